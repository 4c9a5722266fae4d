"""Settings that hold everywhere. What differs by place comes from the environment."""

from datetime import timedelta

from reintegration.settings import env
from reintegration.settings.parts.accounts import *  # noqa: F403
from reintegration.settings.parts.api import *  # noqa: F403
from reintegration.settings.parts.audit import *  # noqa: F403
from reintegration.settings.parts.documents import *  # noqa: F403
from reintegration.settings.parts.jobs import *  # noqa: F403
from reintegration.settings.parts.notices import *  # noqa: F403
from reintegration.settings.parts.security import *  # noqa: F403

BASE_DIR = env.BASE_DIR

# settings/production.py says otherwise; what only tests and the demo may do asks this.
PRODUCTION = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "reintegration.core",
    "reintegration.audit",
    "reintegration.tenancy",
    "reintegration.accounts",
    "reintegration.jobs",
    "reintegration.documents",
    "reintegration.notices",
    "reintegration.law",
    "reintegration.shell",
    "reintegration.administration",
    "reintegration.api",
    "participants",
    "ipzs",
    "benefits",
    "reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reintegration.core.logs.access_log",
    "reintegration.shell.middleware.request_id",
    "reintegration.shell.middleware.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "reintegration.accounts.middleware.PersonOfSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reintegration.accounts.middleware.session_limits",
    "django_htmx.middleware.HtmxMiddleware",
    "reintegration.shell.gate.Gate",
]

ROOT_URLCONF = "reintegration.urls"
WSGI_APPLICATION = "reintegration.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reintegration.shell.context.shell",
            ],
            "builtins": ["reintegration.core.templatetags.ui", "django.templatetags.static"],
        },
    },
]

LANGUAGE_CODE = "pl"
TIME_ZONE = "Europe/Warsaw"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

STATIC_URL = "/static/"
# What people read under "Pomoc", and its pictures.
GUIDE_DIR = BASE_DIR / "docs" / "przewodnik"
STATICFILES_DIRS = [BASE_DIR / "static", ("przewodnik", GUIDE_DIR / "obrazy")]
STATIC_ROOT = BASE_DIR / "var" / "static"

# Messages ride in a cookie: they cost no query and work while Redis is away.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_ENGINE = "reintegration.accounts.session_store"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())

# Limits must hold while Redis is away, so the default cache, which allauth counts in, is PostgreSQL.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"},
}

# A text that is far too long still comes back with its sentence and the rest of its form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

REINTEGRA_FIELD_KEYS = env.text("REINTEGRA_FIELD_KEYS")
REINTEGRA_FILE_KEYS = env.text("REINTEGRA_FILE_KEYS")
REINTEGRA_SEAL_KEYS = env.text("REINTEGRA_SEAL_KEYS")
REINTEGRA_INDEX_KEY = env.text("REINTEGRA_INDEX_KEY")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_address": {"()": "reintegration.core.logs.WithoutAddress"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A filter of a logger sees only what is logged to it by name.
    "loggers": {
        name: {"filters": ["without_address"]} for name in ("django.request", "django.security.csrf")
    },
}
