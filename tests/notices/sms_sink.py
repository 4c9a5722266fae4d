"""A gateway of text messages on a local port, which takes them or misbehaves at a chosen moment."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

TAKEN = {"count": 1, "list": [{"id": "1", "status": "QUEUED"}]}
ANSWERS: dict[str, tuple[int, object]] = {
    "": (200, TAKEN),
    "fails": (500, {"error": 999}),
    "busy": (503, {}),
    "refuses": (401, {"error": 101, "message": "600100200 is not yours"}),
    "refuses politely": (200, {"error": 13, "message": "600100200"}),
    "took it before": (200, {"error": 53}),
    "breaks inside": (200, {"error": 201}),
    "leads elsewhere": (302, {}),
    "mumbles": (200, "przyjęto"),
}


@dataclass
class Gateway:
    """`fault`: what goes wrong, "" for nothing. `taken`: the forms that were read whole."""

    fault: str = ""
    taken: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    port: int = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        gateway: Gateway = self.server.gateway  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        gateway.taken.append({name: value[0] for name, value in parse_qs(body).items()})
        gateway.tokens.append(self.headers["Authorization"])
        self.close_connection = True
        if gateway.fault == "hangs":
            gateway.release.wait(10)
        elif gateway.fault == "drips":
            self._drip(gateway)
        elif gateway.fault != "accepts then closes":
            self._answer(*ANSWERS[gateway.fault])

    def _drip(self, gateway: Gateway) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not gateway.release.wait(0.05):
            try:
                self.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0)

    def _answer(self, status: int, said: object) -> None:
        told = json.dumps(said, ensure_ascii=False).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *args: Any) -> None:
        """Nothing is written down."""


@contextmanager
def sms_sink(fault: str = "", *, tls: ssl.SSLContext | None = None) -> Iterator[Gateway]:
    gateway = Gateway(fault)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.gateway = gateway  # type: ignore[attr-defined]
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        gateway.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield gateway
        finally:
            gateway.release.set()
            server.shutdown()
            thread.join()


def use(settings: Any, port: int, scheme: str = "http") -> None:
    settings.SMS_SENDER = "reintegration.notices.sms.HttpsGateway"
    settings.SMS_URL = f"{scheme}://127.0.0.1:{port}/sms.do"
    settings.SMS_TOKEN, settings.SMS_FROM, settings.SMS_TIMEOUT = "tajne", "Kontakt", 0.5
