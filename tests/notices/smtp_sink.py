"""A mail server on a local port, which takes messages or misbehaves at a chosen moment."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Sink:
    """`fault`: what goes wrong, "" for nothing. `messages`: (sender, receivers, content) taken whole."""

    fault: str = ""
    messages: list[tuple[str, list[str], str]] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    port: int = 0


class _Handler(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        sink: Sink = self.server.sink  # type: ignore[attr-defined]
        if sink.fault == "hangs at once":
            sink.release.wait(10)
            return
        self.say("220 sink")
        sender, receivers = "", []
        for raw in self.rfile:
            line = raw.decode().strip()
            verb = line[:4].upper()
            if verb == "EHLO":
                self.say("250 sink")
            elif verb == "MAIL":
                sender = line
                self.say("451 later" if sink.fault == "busy" else "250 ok")
            elif verb == "RCPT":
                if sink.fault == "refuses":
                    self.say("550 <anna@cis.example> unknown")
                else:
                    receivers.append(line)
                    self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                content = self.read_content()
                if sink.fault != "forgets":
                    sink.messages.append((sender, receivers, content))
                if sink.fault in {"dies after data", "forgets"}:
                    return
                if sink.fault == "hangs after data":
                    sink.release.wait(10)
                    return
                self.say("552 too big" if sink.fault == "refuses content" else "250 taken")
            else:
                self.say("250 ok")

    def read_content(self) -> str:
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw[1:] if raw.startswith(b"..") else raw)
        return b"".join(lines).decode()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def smtp_sink(fault: str = "") -> Iterator[Sink]:
    sink = Sink(fault)
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.sink = sink  # type: ignore[attr-defined]
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield sink
        finally:
            sink.release.set()
            server.shutdown()
            thread.join()
