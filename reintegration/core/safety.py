"""In production the program refuses to start on a setting that would put people's data or money at risk.

Each refusal names the setting. The web process, the worker and beat all ask before they serve anything.
"""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import connection

from reintegration.core import keys

SHORTEST_KEY = 50
# Of 32 random bytes nearly all differ.
FEWEST_DIFFERENT_BYTES = 16
KNOWN_KEYS = ("only-for-tests", "django-insecure", "changeme", "secret")


class UnsafeSettingError(SystemExit):
    """Ends the process with a sentence for each unsafe setting."""


def refuse_unsafe() -> None:
    if not getattr(settings, "PRODUCTION", False):
        return
    found = list(problems())
    if found:
        raise UnsafeSettingError(
            "Reintegra does not start:\n" + "\n".join(f"- {problem}" for problem in found)
        )


def problems() -> Iterator[str]:
    for check in CHECKS:
        yield from check()


def _debug() -> Iterator[str]:
    if settings.DEBUG:
        yield "DJANGO_DEBUG is on: error pages would show personal data."
    if settings.DEMO:
        yield "DEMO is on: the demo accounts' codes are known."


def _secret_key() -> Iterator[str]:
    key = str(settings.SECRET_KEY)
    if len(key) < SHORTEST_KEY or any(known in key.lower() for known in KNOWN_KEYS):
        yield f"DJANGO_SECRET_KEY is a default or shorter than {SHORTEST_KEY} characters."


def _hosts() -> Iterator[str]:
    if not settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS is empty: name the addresses of this server."
    for host in settings.ALLOWED_HOSTS:
        if "*" in host or host.startswith("."):
            yield f"ALLOWED_HOSTS holds the wildcard {host}: name each address."


def _site() -> Iterator[str]:
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme != "https" or not parts.hostname:
        yield "SITE_URL does not begin with https:// and a host: links in mails would lead past TLS."


def _mail() -> Iterator[str]:
    """The settings fall back to a folder when EMAIL_URL is missing."""
    if not settings.EMAIL_HOST:
        yield "EMAIL_URL names no mail server: mails would stay on this machine. Set smtps://user:password@host."
    elif not (settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS):
        yield "EMAIL_URL switches TLS off: mails would cross the network readable by all. Use smtps://."


def _texts() -> Iterator[str]:
    """Text messages are sent only where a gateway is named."""
    if not settings.SMS_URL:
        return
    parts = urlsplit(settings.SMS_URL)
    if parts.scheme != "https" or not parts.hostname:
        yield "SMS_URL does not begin with https:// and a host: the token would be readable by all."
    if not settings.SMS_TOKEN:
        yield "SMS_TOKEN is empty: the gateway at SMS_URL would not know who sends."


def _keys() -> Iterator[str]:
    rings: dict[str, Callable[[], Iterable[keys.Key]]] = {
        "REINTEGRA_FIELD_KEYS": lambda: keys.field_keys().keys,
        "REINTEGRA_FILE_KEYS": lambda: keys.file_keys().keys,
        "REINTEGRA_SEAL_KEYS": lambda: keys.seal_keys().keys,
        "REINTEGRA_INDEX_KEY": lambda: [keys.index_key()],
    }
    for name, read in rings.items():
        try:
            found = read()
        except keys.KeyRefused as error:
            yield f"{name} is not usable: {error}"
            continue
        for key in found:
            if len(set(key.secret)) < FEWEST_DIFFERENT_BYTES:
                yield f"{name}: the key {key.id} is not random."


def _database_role() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH owner AS (
                SELECT relowner AS oid FROM pg_class
                WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
            )
            SELECT r.rolname, r.rolsuper, r.rolbypassrls,
                EXISTS (SELECT FROM owner WHERE owner.oid = r.oid),
                EXISTS (
                    SELECT FROM pg_roles o WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')
                        AND (o.rolsuper OR o.rolbypassrls OR o.oid IN (SELECT oid FROM owner))
                )
            FROM pg_roles r WHERE r.rolname = current_user
            """
        )
        role, superuser, bypasses, owns, may_become = cursor.fetchone()
    if superuser or bypasses:
        yield f"DATABASE_URL signs in as {role}, a role that bypasses row security."
    elif owns:
        yield f"DATABASE_URL signs in as {role}, a role that owns tables; the program must own nothing."
    elif may_become:
        yield f"DATABASE_URL signs in as {role}, which may become a role that bypasses row security."


def _row_security() -> Iterator[str]:
    tables = {model._meta.db_table for model in apps.get_models() if hasattr(model, "tenant_field")}
    with connection.cursor() as cursor:
        cursor.execute("SHOW row_security")
        if cursor.fetchone() != ("on",):
            yield "row_security is off in the database's settings."
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)"
            " AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname",
            [sorted(tables)],
        )
        for (table,) in cursor.fetchall():
            yield f"Row security is off on the table {table}."


def _durability() -> Iterator[str]:
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone() == ("off",):
                yield f"{name} is off in PostgreSQL: a paid benefit could be forgotten in a power cut."


CHECKS: list[Callable[[], Iterator[str]]] = [
    _debug,
    _secret_key,
    _hosts,
    _site,
    _mail,
    _texts,
    _keys,
    _database_role,
    _row_security,
    _durability,
]
