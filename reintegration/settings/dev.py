"""Development and demo: `make run` fills the environment from the private servers under var/."""

from reintegration.settings import env
from reintegration.settings.base import *  # noqa: F403

DEBUG = False
DEMO = True
SECRET_KEY = env.required("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DATABASES = {"default": env.database(env.required("DATABASE_URL"))}
for alias in ("owner", "keeper"):
    if url := env.text(f"{alias.upper()}_DATABASE_URL"):
        DATABASES[alias] = env.database(url)

# `make run` gathers no static files; WhiteNoise serves them from where they lie.
WHITENOISE_USE_FINDERS = True
