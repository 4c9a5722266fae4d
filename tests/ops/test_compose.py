"""docker-compose.yml: safe by itself, and its commands run under production's settings."""

import base64
import os
import re
import secrets
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from reintegration.ops import process
from reintegration.ops.places import PYTHON, ROOT
from reintegration.ops.postgres import PrivatePostgres
from reintegration.ops.redis import PrivateRedis
from tests.ops import compose
from tests.servers import bring_tables

# One worker of pytest keeps the site.

SERVICES = compose.services()
WORKING = ["web", "worker", "beat", "backup", "postgres", "redis"]
# What may be left out, because it is no secret; and a gateway of text messages, which one may lack.
OPTIONAL = {"BACKUP_HOUR", "TRUSTED_PROXIES", "SMS_URL", "SMS_TOKEN", "SMS_FROM"}


def test_no_value_that_matters_has_a_default() -> None:
    found = list(compose.VARIABLE.finditer(compose.FILE.read_text(encoding="utf-8")))
    assert found
    assert {match["name"] for match in found if match["kind"] != ":?"} == OPTIONAL
    assert all(match["rest"] for match in found if match["kind"] == ":?"), (
        "each missing value is asked for with a sentence"
    )


def test_no_secret_stands_in_the_file() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|KEY|SECRET|AUTH|_URL$", variable):
                assert compose.VARIABLE.search(str(value)), f"{name}: {variable}"


@pytest.mark.parametrize("name", WORKING)
def test_what_works_all_the_time_is_watched_and_started_again(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat", "backup"])
def test_the_program_runs_with_as_little_as_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_database_and_broker_are_out_of_reach_from_outside() -> None:
    for name in ("postgres", "redis"):
        assert "ports" not in SERVICES[name]
        assert SERVICES[name]["networks"] == ["inside"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


def test_only_migrations_sign_in_as_the_owner_and_only_the_worker_as_the_keeper() -> None:
    using = {
        role: {name for name, service in SERVICES.items() if role in str(service.get("environment"))}
        for role in ("reintegra_owner", "reintegra_keeper", "reintegra_backup")
    }
    assert using == {
        "reintegra_owner": {"migrate"},
        "reintegra_keeper": {"worker"},
        "reintegra_backup": {"backup"},
    }


def test_the_database_keeps_what_it_has_confirmed() -> None:
    text = compose.FILE.read_text(encoding="utf-8")
    assert not re.search(r"fsync|full_page_writes|synchronous_commit", text)
    assert "--data-checksums" in text


GATHER = """
import sys, django
from django.conf import settings
django.setup()
settings.STATIC_ROOT = sys.argv[1]
from django.core.management import call_command
call_command("collectstatic", "--noinput", verbosity=0)
"""


@pytest.mark.process
def test_the_image_gathers_static_files_without_a_key_or_a_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(PYTHON), "-c", GATHER, str(tmp_path)],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "reintegration.settings.production",
            "DJANGO_SECRET_KEY": "unused",
            "DATABASE_URL": "postgresql://unused@localhost/unused",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "staticfiles.json").is_file()


# The real thing


@dataclass
class Site:
    """Production on this machine: compose's commands against private servers."""

    values: dict[str, str]
    postgres: PrivatePostgres
    redis: PrivateRedis
    port: int
    logs: Path

    def environment(self, name: str) -> dict[str, str]:
        variables = compose.environment(SERVICES[name], self.values)
        for variable, value in variables.items():
            moved = value.replace("@postgres:5432/", f"@127.0.0.1:{self.postgres.port}/")
            variables[variable] = moved.replace("/srv/files", str(self.logs / "files"))
        inherited = {
            variable: os.environ[variable]
            for variable in ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE")
            if variable in os.environ
        }
        variables |= {
            "REDIS_URL": self.redis.url(),
            "WEB_ADDRESS": f"127.0.0.1:{self.port}",
            "HOME": str(self.logs),
            "HOSTNAME": socket.gethostname(),
        }
        return {**variables, **inherited, "PATH": f"{PYTHON.parent}:{os.environ['PATH']}"}

    def command(self, name: str) -> list[str]:
        words = compose.command(SERVICES[name]["command"])
        return [word.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for word in words]

    def is_healthy(self, name: str) -> bool:
        done = subprocess.run(
            compose.health_check(SERVICES[name]),
            cwd=ROOT,
            env=self.environment(name),
            capture_output=True,
            check=False,
        )
        return done.returncode == 0


def key(name: str) -> str:
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with ExitStack() as stack:
        name = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="reintegra-", ignore_cleanup_errors=True)
        )
        folder = Path(name)
        folder.chmod(0o755)
        postgres = PrivatePostgres(folder / "postgres")
        stack.callback(postgres.remove)
        postgres.start()
        redis = stack.enter_context(PrivateRedis(folder / "redis"))
        values = {
            "APP_PASSWORD": postgres.password("reintegra_app"),
            "OWNER_PASSWORD": postgres.password("reintegra_owner"),
            "KEEPER_PASSWORD": postgres.password("reintegra_keeper"),
            "REDIS_PASSWORD": "unused",
            "DJANGO_SECRET_KEY": secrets.token_urlsafe(48),
            "ALLOWED_HOSTS": "reintegra.example",
            "SITE_URL": "https://reintegra.example",
            "MAIL_FROM": "reintegra@reintegra.example",
            "EMAIL_URL": "smtps://user:word@mail.reintegra.example:465",
            "REINTEGRA_FIELD_KEYS": key("f1"),
            "REINTEGRA_FILE_KEYS": key("p1"),
            "REINTEGRA_SEAL_KEYS": key("s1"),
            "REINTEGRA_INDEX_KEY": key("i1").partition(":")[2],
        }
        bring_tables(postgres)
        made = Site(values, postgres, redis, process.free_port(), folder)
        migrated = subprocess.run(
            made.command("migrate"),
            cwd=ROOT,
            env=made.environment("migrate"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert migrated.returncode == 0, migrated.stdout + migrated.stderr
        yield made


@pytest.mark.process
def test_web_worker_and_beat_start_with_the_files_own_commands(site: Site) -> None:
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in ("web", "worker", "beat"):
            with (site.logs / f"{name}.log").open("wb") as log:
                running[name] = subprocess.Popen(
                    process.dying_with_parent(signal.SIGTERM, site.command(name)),
                    cwd=ROOT,
                    env=site.environment(name),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        for name in ("web", "worker", "beat"):
            healthy = process.wait_until(lambda name=name: site.is_healthy(name), seconds=90, step=0.5)
            assert healthy, (site.logs / f"{name}.log").read_text(encoding="utf-8")[-3000:]
        assert all(child.poll() is None for child in running.values())
        for name, child in running.items():
            child.send_signal(signal.SIGTERM)
            assert child.wait(timeout=40) == 0, (site.logs / f"{name}.log").read_text(encoding="utf-8")[
                -3000:
            ]
    finally:
        for child in running.values():
            if child.poll() is None:
                process.kill_tree(child.pid)
                child.wait()


@pytest.mark.process
@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_setting_that_is_unsafe_stops_each_of_them(site: Site, name: str) -> None:
    done = subprocess.run(
        process.dying_with_parent(signal.SIGKILL, site.command(name)),
        cwd=ROOT,
        env={**site.environment(name), "ALLOWED_HOSTS": "*"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "ALLOWED_HOSTS holds the wildcard" in done.stdout + done.stderr
