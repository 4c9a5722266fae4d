"""Production. Whatever is unsafe is refused at the start, by name (reintegration.core.safety)."""

from reintegration.settings import env
from reintegration.settings.base import *  # noqa: F403

DEBUG = env.text("DJANGO_DEBUG") == "1"
DEMO = False
PRODUCTION = True
SECRET_KEY = env.required("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

DATABASES = {"default": env.database(env.required("DATABASE_URL"))}
for alias in ("owner", "keeper"):
    if url := env.text(f"{alias.upper()}_DATABASE_URL"):
        DATABASES[alias] = env.database(url)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.text("SSL_REDIRECT", "1") == "1"
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
