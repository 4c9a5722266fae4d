"""`make run`: everything that Reintegra needs on one machine, under one supervisor, until Ctrl-C."""

import hashlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psycopg

from reintegration.ops import process
from reintegration.ops.environment import Servers, as_owner
from reintegration.ops.places import PYTHON, REQUIREMENTS, ROOT, VAR, VENV, shown
from reintegration.ops.process import AlreadyRunning, LaunchError, say
from reintegration.ops.supervisor import Child, Supervisor

FIRST_PORT = 8000
HEALTH = "/zdrowie/"
STATE = VAR / "run"
LOGS = VAR / "log"
# Somebody waits for a page and nobody for a job, so where both want a processor the page has it first.
AFTER_PAGES = ("nice", "-n", "10")


class Stopped(BaseException):
    """Somebody asked us to stop."""


def _stop(number: int, frame: FrameType | None) -> None:
    # One request is enough; what follows must be allowed to finish.
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, signal.SIG_IGN)
    raise Stopped


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the checkout's lock; another `make run` of it is told who has it."""
    process.make_folder(STATE, mode=0o700)
    process.make_folder(LOGS, mode=0o700)
    try:
        taken = process.take_lock(STATE / "lock", what="Reintegra")
    except AlreadyRunning as error:
        raise AlreadyRunning("Reintegra of this checkout runs already; `make stop` stops it.") from error
    with taken as lock:
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)


def choose_port() -> int:
    """The asked port or the next free one."""
    asked = os.environ.get("PORT", "")
    first = int(asked) if asked.isdecimal() else FIRST_PORT
    for port in range(first, first + 20):
        if process.is_free(port):
            if port != first:
                say(f"Port {first} is taken by another program; using {port}.")
            return port
    raise LaunchError(
        f"The ports {first} to {first + 19} are all taken; name a free one: make run PORT=9000."
    )


def step(what: str, arguments: list[str], variables: dict[str, str]) -> str:
    """Run one management command to its end and return what it printed."""
    say(f"{what} ...")
    started = time.monotonic()
    running = subprocess.Popen(  # noqa: S603
        process.dying_with_parent(signal.SIGTERM, [str(PYTHON), str(ROOT / "manage.py"), *arguments]),
        cwd=ROOT,
        env=variables,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        output, trouble = running.communicate()
    except BaseException:
        process.kill_tree(running.pid)
        running.wait()
        raise
    if running.returncode:
        raise LaunchError(
            f"{what} failed. manage.py {' '.join(arguments)} said:\n{(output + trouble).strip()}"
        )
    say(f"{what}: done in {time.monotonic() - started:.1f} s.")
    return output


def prepare_data(servers: Servers, variables: dict[str, str]) -> str:
    """Migrate, and load the demo data once; returns the list of demo accounts.

    A database that was in use before us is left without demo data.
    """
    place = variables["DATABASE_URL"].rpartition("@")[2] if servers.postgres is None else "private"
    mark = STATE / f"demo-{hashlib.sha256(place.encode()).hexdigest()[:12]}"
    if not mark.exists():
        mark.write_text("due" if _is_empty(variables) else "", encoding="utf-8")
    migrate(servers, variables)
    if mark.read_text(encoding="utf-8") == "due":
        small = ["--small"] if os.environ.get("DEMO") == "small" else []
        step("Loading the demo data", ["demo", *small], variables)
        accounts = step("Listing the demo accounts", ["demo", "--list"], variables)
        mark.write_text(accounts or "\n", encoding="utf-8")
    return mark.read_text(encoding="utf-8").strip("\n")


def migrate(servers: Servers, variables: dict[str, str]) -> None:
    """Bring the tables up to date; a private database that has seen these very migrations is left alone."""
    mark = STATE / "migrated"
    seen = ""
    if servers.postgres is not None:
        digest = hashlib.sha256(str(servers.postgres.made_at()).encode())
        for file in (REQUIREMENTS, *migrations()):
            digest.update(file.read_bytes())
        seen = digest.hexdigest()
        if mark.exists() and mark.read_text(encoding="ascii") == seen:
            return
    step("Migrating the database", ["migrate", "--verbosity=0"], as_owner(variables))
    mark.write_text(seen, encoding="ascii")


def migrations() -> list[Path]:
    """Of every room, of those beside the ground too."""
    return sorted({*ROOT.glob("*/migrations/*.py"), *ROOT.glob("reintegration/*/migrations/*.py")})


def _is_empty(variables: dict[str, str]) -> bool:
    with psycopg.connect(variables["OWNER_DATABASE_URL"]) as connection:
        row = connection.execute("SELECT to_regclass('django_migrations') IS NULL").fetchone()
    return bool(row and row[0])


def children(port: int) -> list[Child]:
    """The processes of the program, as docker-compose.yml has them, in a demo's size."""
    programs = VENV / "bin"
    web = [
        str(programs / "gunicorn"),
        "reintegration.wsgi:application",
        f"--bind=127.0.0.1:{port}",
        "--workers=2",
        "--timeout=60",
        "--graceful-timeout=15",
        "--no-control-socket",
    ]
    celery = [str(programs / "celery"), "--app=reintegration"]
    return [
        Child("The web server", web, LOGS / "web.log"),
        Child(
            "The worker",
            [*AFTER_PAGES, *celery, "worker", "--concurrency=2", "--loglevel=INFO"],
            LOGS / "worker.log",
        ),
        Child("The scheduler", [*celery, "beat", "--loglevel=INFO"], LOGS / "beat.log", patience=5),
    ]


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", HEALTH, headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_for_page(port: int, supervisor: Supervisor) -> None:
    web = supervisor.children[0]
    deadline = time.monotonic() + 60
    while not answers(port):
        if not web.is_running() or time.monotonic() > deadline:
            raise LaunchError(f"The web server does not answer; the end of {shown(web.log)}:\n{web.tail()}")
        time.sleep(0.1)


def welcome(port: int, accounts: str, seconds: float) -> None:
    say("")
    say(f"Reintegra is ready after {seconds:.1f} s: http://localhost:{port}/")
    if accounts:
        say("")
        say(accounts)
        say("")
        say('A code for signing in: make manage ARGS="demo_code E-MAIL"')
    say(f"Logs are in {shown(LOGS)}. Ctrl-C stops everything; the data stay.")


def serve() -> None:
    started = time.monotonic()
    with only_one(), Servers() as servers:
        variables = servers.environment()
        port = choose_port()
        variables["SITE_URL"] = f"http://localhost:{port}"
        accounts = prepare_data(servers, variables)
        supervisor = Supervisor(children(port), variables)
        say("Starting the web server, the worker and the scheduler ...")
        try:
            supervisor.start()
            wait_for_page(port, supervisor)
            (STATE / "port").write_text(str(port), encoding="ascii")
            welcome(port, accounts, time.monotonic() - started)
            while True:
                time.sleep(0.2)
                if servers.restart_fallen() and servers.environment().items() - variables.items():
                    variables |= servers.environment()
                    supervisor.restart(variables)
                supervisor.watch()
        finally:
            say("Stopping ...")
            supervisor.stop()


def stop_other() -> int:
    """`make stop`: ask the running `make run` of this checkout to stop, and wait for it."""
    process.make_folder(STATE, mode=0o700)

    def is_over() -> bool:
        try:
            process.take_lock(STATE / "lock", what="Reintegra").close()
        except AlreadyRunning:
            return False
        return True

    if is_over():
        say("Reintegra of this checkout does not run.")
        return 0
    pid = int((STATE / "lock").read_text(encoding="ascii"))
    os.kill(pid, signal.SIGTERM)
    if process.wait_until(is_over, seconds=60, step=0.1):
        say("Stopped.")
        return 0
    say(f"Process {pid} did not stop in a minute.")
    return 1


def main() -> int:
    if sys.argv[1:] == ["stop"]:
        return stop_other()
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, _stop)
    try:
        serve()
    except LaunchError as error:
        say(str(error))
        return 1
    except Stopped:
        say("Everything is stopped.")
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    Path(VAR).mkdir(parents=True, exist_ok=True)
    sys.exit(main())
