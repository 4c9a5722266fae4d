"""A server of pages as it runs, for what is measured from outside."""

import http.client
import os
import socket
import subprocess
import sys
import time

WORKERS = 2


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def server(port: int, **variables: str) -> subprocess.Popen[bytes]:
    """A session of its own, as a service has."""
    return subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "reintegration.wsgi:application", f"--bind=127.0.0.1:{port}",
            f"--workers={WORKERS}", "--no-control-socket", "--log-level=error",
        ],
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def wait(port: int, at: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return read(port, at)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def read(port: int, at: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", at, headers={"Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == http.HTTPStatus.OK, answer.status
    connection.close()
