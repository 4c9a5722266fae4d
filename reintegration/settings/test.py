"""Tests: tests/conftest.py starts the servers and puts their addresses in."""

import base64

from reintegration.settings import env
from reintegration.settings.base import *  # noqa: F403

DEBUG = False
DEMO = True
SECRET_KEY = "only-for-tests"  # noqa: S105 - nothing real is signed with it
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {
    "default": env.database(env.text("DATABASE_URL", "postgresql://reintegra_app@127.0.0.1:1/unset"))
}
# Only processes that a test starts get the keeper's address.
if url := env.text("KEEPER_DATABASE_URL"):
    DATABASES["keeper"] = env.database(url)
# Hashing a password takes a second by design; no test needs that second.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


REINTEGRA_FIELD_KEYS = f"t1:{_key('f')}"
REINTEGRA_FILE_KEYS = f"t1:{_key('p')}"
REINTEGRA_SEAL_KEYS = f"t1:{_key('s')}"
REINTEGRA_INDEX_KEY = _key("i")

# Static files are served where they lie.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
