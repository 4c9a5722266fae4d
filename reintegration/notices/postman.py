"""Handing a message to the mail server, and knowing afterwards what became of it.

Django's own backend says „an error” for a server that refused and for one that fell silent after
taking the message. The second may have delivered it; sending again would be sending twice.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address

from reintegration.core.ids import uuid7

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")


class NotDelivered(RuntimeError):
    """The server did not take the message. `again`: it may be tried later."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


class Unclear(RuntimeError):
    """The message was handed over, and no answer came."""


def deliver(message: EmailMessage) -> None:
    """Send one message through the configured backend: it returns, or raises one of the two above."""
    get_connection().send_messages([message])


class SmtpBackend(BaseEmailBackend):
    """SMTP, one dialogue a message, with the moment of handing over known."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.send(message)
        return len(email_messages)

    def send(self, message: EmailMessage) -> None:
        # Made first: a header with a line break is refused here, before anything is opened.
        content = message.message().as_bytes()
        sender = sanitize_address(message.from_email, "utf-8")
        handed_over = False
        try:
            with self.dialogue() as server:
                _expect(server.mail(sender), 250)
                for address in message.recipients():
                    _expect(server.rcpt(sanitize_address(address, "utf-8")), 250, 251)
                _expect(server.docmd("DATA"), 354)
                handed_over = True
                server.send(_quoted(content))
                answer = server.getreply()
                handed_over = False
                _expect(answer, 250)
        except NotDelivered:
            raise
        except (OSError, smtplib.SMTPException) as error:
            if handed_over:
                raise Unclear(type(error).__name__) from error
            raise NotDelivered(type(error).__name__, again=True) from error

    @contextmanager
    def dialogue(self) -> Iterator[smtplib.SMTP]:
        kwargs: dict[str, Any] = {
            "timeout": settings.EMAIL_TIMEOUT,
            "local_hostname": socket.gethostname() or "localhost",
        }
        context = ssl.create_default_context()
        if settings.EMAIL_USE_SSL:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.EMAIL_HOST, settings.EMAIL_PORT, context=context, **kwargs
            )
        else:
            server = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, **kwargs)
        try:
            server.ehlo()
            if settings.EMAIL_USE_TLS:
                server.starttls(context=context)
                server.ehlo()
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            yield server
        finally:
            # What was said stands; a server that does not say goodbye changes nothing.
            server.close()


class FolderBackend(BaseEmailBackend):
    """The demo's mail: each message a file in a folder, read by the page /poczta-demo/."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = str(uuid7())
            draft = folder / f".{name}"
            draft.write_bytes(message.message().as_bytes())
            draft.replace(folder / f"{name}.eml")
        return len(email_messages)


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    code, _ = answer
    if code not in codes:
        # The server's words may quote the address; its number is enough.
        raise NotDelivered(f"SMTP {code}", again=not 500 <= code < 600)


def _quoted(content: bytes) -> bytes:
    lines = _LEADING_DOT.sub(b"..", _LINE_END.sub(b"\r\n", content))
    return lines + (b".\r\n" if lines.endswith(b"\r\n") else b"\r\n.\r\n")
