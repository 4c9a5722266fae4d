"""Production refuses each unsafe setting by name: the real program, started with one thing wrong."""

import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from reintegration.ops.postgres import ADMIN, DATABASE, PrivatePostgres
from tests.servers import bring_tables

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.process


def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


class Production:
    """A durable server of its own, with the tables of production."""

    def __init__(self, server: PrivatePostgres) -> None:
        self.server = server
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "DJANGO_SETTINGS_MODULE": "reintegration.settings.production",
            "DJANGO_SECRET_KEY": base64.b64encode(os.urandom(60)).decode(),
            "ALLOWED_HOSTS": "cis.example",
            "DATABASE_URL": server.dsn("reintegra_app"),
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "SITE_URL": "https://cis.example",
            "EMAIL_URL": "smtps://user:word@mail.example:465",
            "REINTEGRA_FIELD_KEYS": f"p1:{_key()}",
            "REINTEGRA_FILE_KEYS": f"p1:{_key()}",
            "REINTEGRA_SEAL_KEYS": f"p1:{_key()}",
            "REINTEGRA_INDEX_KEY": _key(),
        }

    def start(self, **changes: str) -> subprocess.CompletedProcess[str]:
        """Load the web process's application, as gunicorn does."""
        return subprocess.run(
            [sys.executable, "-c", "import reintegration.wsgi; print('serving')"],
            cwd=ROOT,
            env={**self.environment, **changes},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def sql(self, *statements: str) -> None:
        with psycopg.connect(self.server.dsn(ADMIN), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def told(self, question: str) -> object:
        with psycopg.connect(self.server.dsn(ADMIN), autocommit=True) as connection:
            return connection.execute(question).fetchone()[0]


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    folder = tmp_path_factory.mktemp("production")
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    with PrivatePostgres(folder / "pg") as server:
        bring_tables(server)
        yield Production(server)


def test_a_safe_production_starts(production: Production):
    done = production.start()
    assert (done.returncode, done.stdout.strip()) == (0, "serving"), done.stderr


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("DJANGO_DEBUG", "1", "DJANGO_DEBUG is on"),
        ("DJANGO_SECRET_KEY", "only-for-tests", "DJANGO_SECRET_KEY is a default"),
        ("DJANGO_SECRET_KEY", "django-insecure-" + "x" * 50, "DJANGO_SECRET_KEY is a default"),
        ("DJANGO_SECRET_KEY", "", "DJANGO_SECRET_KEY is not set"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS holds the wildcard *"),
        ("ALLOWED_HOSTS", "cis.example,.example", "ALLOWED_HOSTS holds the wildcard .example"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is empty"),
        ("SITE_URL", "", "SITE_URL does not begin with https://"),
        ("SITE_URL", "http://cis.example", "SITE_URL does not begin with https://"),
        ("SITE_URL", "https://", "SITE_URL does not begin with https://"),
        ("EMAIL_URL", "", "EMAIL_URL names no mail server"),
        ("EMAIL_URL", "console:", "EMAIL_URL names no mail server"),
        ("EMAIL_URL", "folder:/tmp/mails", "EMAIL_URL names no mail server"),
        ("EMAIL_URL", "smtp://mail.example:25?starttls=no", "EMAIL_URL switches TLS off"),
        ("EMAIL_URL", "mail.example", "EMAIL_URL must begin with smtp://"),
        ("SMS_URL", "http://sms.example/sms.do", "SMS_URL does not begin with https://"),
        ("SMS_URL", "https://sms.example/sms.do", "SMS_TOKEN is empty"),
        ("REINTEGRA_FIELD_KEYS", "", "REINTEGRA_FIELD_KEYS is not usable"),
        ("REINTEGRA_FILE_KEYS", "p1:c2hvcnQ=", "REINTEGRA_FILE_KEYS is not usable"),
        ("REINTEGRA_SEAL_KEYS", f"p1:{'A' * 43}=", "REINTEGRA_SEAL_KEYS: the key p1 is not random"),
        ("REINTEGRA_INDEX_KEY", "no", "REINTEGRA_INDEX_KEY is not usable"),
    ],
)
def test_an_unsafe_setting_is_refused_by_name(production: Production, name: str, value: str, named: str):
    done = production.start(**{name: value})
    assert done.returncode != 0
    assert named in done.stderr
    assert "serving" not in done.stdout


@pytest.mark.parametrize("address", ["smtps://mail.example", "smtp://mail.example:587"])
def test_a_mail_server_with_tls_is_enough(production: Production, address: str):
    assert production.start(EMAIL_URL=address).returncode == 0


@pytest.mark.parametrize("role", ["reintegra_owner", ADMIN])
def test_a_role_that_could_pass_the_wall_is_refused(production: Production, role: str):
    done = production.start(DATABASE_URL=production.server.dsn(role))
    assert done.returncode != 0
    assert f"DATABASE_URL signs in as {role}" in done.stderr


def test_a_role_that_may_become_the_owner_is_refused(production: Production):
    production.sql("GRANT reintegra_owner TO reintegra_app")
    try:
        assert "may become a role" in production.start().stderr
    finally:
        production.sql("REVOKE reintegra_owner FROM reintegra_app")


def test_a_role_that_bypasses_row_security_is_refused(production: Production):
    production.sql("ALTER ROLE reintegra_app BYPASSRLS")
    try:
        assert "bypasses row security" in production.start().stderr
    finally:
        production.sql("ALTER ROLE reintegra_app NOBYPASSRLS")


@pytest.mark.parametrize("what", ["NO FORCE", "DISABLE"])
def test_a_table_without_row_security_is_refused(production: Production, what: str):
    production.sql(f"ALTER TABLE tenancy_site {what} ROW LEVEL SECURITY")
    try:
        assert "Row security is off on the table tenancy_site" in production.start().stderr
    finally:
        production.sql(
            "ALTER TABLE tenancy_site ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE tenancy_site FORCE ROW LEVEL SECURITY",
        )


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("fsync", "fsync is off"),
        ("full_page_writes", "full_page_writes is off"),
        ("synchronous_commit", "synchronous_commit is off"),
        ("row_security", "row_security is off"),
    ],
)
def test_a_server_that_forgets_is_refused(production: Production, setting: str, named: str):
    production.sql(f"ALTER SYSTEM SET {setting} = off", "SELECT pg_reload_conf()")
    # A busy machine takes its time: the server reads its file when the signal has reached it.
    while production.told(f"SHOW {setting}") != "off":
        time.sleep(0.05)
    try:
        assert named in production.start().stderr
    finally:
        production.sql(f"ALTER SYSTEM RESET {setting}", "SELECT pg_reload_conf()")


def test_another_engine_is_refused(production: Production):
    address = urlsplit(production.server.dsn("reintegra_app", DATABASE))
    done = production.start(DATABASE_URL=urlunsplit(address._replace(scheme="mysql")))
    assert "PostgreSQL is the only engine" in done.stderr
