"""The servers and the environment of the program on one machine: private ones unless others are named."""

import base64
import json
import os
import secrets
from pathlib import Path
from types import TracebackType
from typing import Self

from reintegration.ops import system
from reintegration.ops.places import VAR, shown
from reintegration.ops.postgres import PrivatePostgres
from reintegration.ops.process import AlreadyRunning, LaunchError, make_folder, say, write_private
from reintegration.ops.redis import PrivateRedis

KEY_BYTES = 32
KEYS = VAR / "keys.json"


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def demo_keys() -> dict[str, str]:
    """The keys of this checkout's demo, made once; without them its stored values cannot be read again."""
    if not KEYS.exists():
        made = {
            "DJANGO_SECRET_KEY": secrets.token_urlsafe(48),
            "REINTEGRA_FIELD_KEYS": f"k1:{_key()}",
            "REINTEGRA_FILE_KEYS": f"k1:{_key()}",
            "REINTEGRA_SEAL_KEYS": f"k1:{_key()}",
            "REINTEGRA_INDEX_KEY": _key(),
        }
        write_private(KEYS, json.dumps(made, indent=1))
    kept: dict[str, str] = json.loads(KEYS.read_text(encoding="utf-8"))
    return {name: os.environ.get(name) or value for name, value in kept.items()}


class Servers:
    """PostgreSQL and Redis of a checkout: started here, joined when they run already, or named outside."""

    def __init__(self, folder: Path = VAR) -> None:
        self.postgres = None if os.environ.get("DATABASE_URL") else PrivatePostgres(folder / "postgres")
        self.redis = None if os.environ.get("REDIS_URL") else PrivateRedis(folder / "redis")
        self.folder = folder

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        make_folder(self.folder, mode=0o755)
        if self.postgres is None:
            if not os.environ.get("OWNER_DATABASE_URL"):
                raise LaunchError(
                    "DATABASE_URL names an outside server, so OWNER_DATABASE_URL is needed too: the role that"
                    " owns the tables and migrates them (see docs/operations.md)."
                )
            say("PostgreSQL: the one that DATABASE_URL names.")
        else:
            say(f"PostgreSQL: starting a private one in {shown(self.postgres.directory)} ...")
            self.postgres.start()
        if self.redis is None:
            say("Redis: the one that REDIS_URL names.")
        else:
            say(f"Redis: starting a private one in {shown(self.redis.directory)} ...")
            self.redis.start()

    def start_or_join(self) -> None:
        """Start what does not run; use what another process of this checkout runs."""
        for server in (self.postgres, self.redis):
            if server is not None:
                try:
                    server.start()
                except AlreadyRunning:
                    server.join()

    def stop(self) -> None:
        for server in (self.redis, self.postgres):
            if server is not None:
                server.stop()

    def restart_fallen(self) -> bool:
        """Start a private server that died again; tells whether one did."""
        fallen = [
            server for server in (self.postgres, self.redis) if server is not None and not server.is_running()
        ]
        for server in fallen:
            say(f"A private server died; starting it again in {shown(server.directory)} ...")
            server.stop()
            server.start()
        return bool(fallen)

    def environment(self) -> dict[str, str]:
        """The whole environment of the program's processes."""
        variables = {**os.environ, **system.environment(), **demo_keys()}
        variables.setdefault("DJANGO_SETTINGS_MODULE", "reintegration.settings.dev")
        variables["PYTHONUNBUFFERED"] = "1"
        if self.postgres is not None:
            variables["DATABASE_URL"] = self.postgres.dsn("reintegra_app")
            variables["OWNER_DATABASE_URL"] = self.postgres.dsn("reintegra_owner")
            variables["KEEPER_DATABASE_URL"] = self.postgres.dsn("reintegra_keeper")
        if self.redis is not None:
            variables["REDIS_URL"] = self.redis.url()
        return variables


def as_owner(variables: dict[str, str]) -> dict[str, str]:
    """The environment of a migration: signed in as the role that owns the tables."""
    return {**variables, "DATABASE_URL": variables["OWNER_DATABASE_URL"]}
