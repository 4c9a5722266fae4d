"""The port of the virus scan, filled by a ClamAV daemon: FILE_SCANNER names `infected`, CLAMAV its address.

It is off unless set. When it is on and the daemon does not answer, nothing is taken in: an unscanned
file is not stored.
"""

import socket

from django.conf import settings

from reintegration.core.errors import InputError

CHUNK = 64 * 1024
SECONDS = 20


def infected(content: bytes) -> bool:
    """Ask the daemon over its INSTREAM command."""
    try:
        with _connect() as daemon:
            daemon.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                part = content[start : start + CHUNK]
                daemon.sendall(len(part).to_bytes(4) + part)
            daemon.sendall(bytes(4))
            answer = b""
            while not answer.endswith(b"\0") and (received := daemon.recv(1024)):
                answer += received
    except OSError:
        answer = b""
    if answer.endswith(b"OK\0"):
        return False
    if answer.endswith(b"FOUND\0"):
        return True
    raise InputError("Skanowanie plików chwilowo nie działa. Dodaj ten plik za kilka minut.")


def _connect() -> socket.socket:
    """`/run/clamav/clamd.ctl` or `host:port`."""
    address: str = settings.CLAMAV
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    daemon = socket.socket(socket.AF_UNIX)
    try:
        daemon.settimeout(SECONDS)
        daemon.connect(address)
    except OSError:
        daemon.close()
        raise
    return daemon
