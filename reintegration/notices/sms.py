"""Text messages: one port for codes and reminders. By default a person hands them over.

A gateway is trusted no further than a mail server is: what it refused was not sent, and of what it took
without an answer nobody knows.
"""

import json
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final, Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from reintegration.core.identifiers import format_phone
from reintegration.notices.postman import NotDelivered, Unclear

# What a gateway says in a body is short; the rest is not read.
LONGEST_ANSWER: Final = 64 * 1024
TRY_LATER: Final = frozenset({429, 503})
# Of the gateway's own codes: this key was sent before; an inner error, of which nobody knows how it ended.
SENT_BEFORE: Final = 53
INNER: Final = frozenset({201, 999})


@dataclass(frozen=True, slots=True)
class Handover:
    """What the member of staff reads: whether the code went by itself, and what to do."""

    sent: bool
    instruction: str
    code_to_show: str = ""


class TextSender(Protocol):
    # Whether it sends at all; where it does not, the screens say what to tell the person.
    sends: bool

    def send(self, *, phone: str, words: str, key: str) -> None:
        """Send once for a key: it returns, or raises `NotDelivered` or `Unclear`."""


class ByHand:
    """The default: staff give the code on paper, or say it on the phone; nobody is reminded by itself."""

    sends = False

    def send(self, *, phone: str, words: str, key: str) -> None:
        raise NotDelivered("nie ustawiono bramki SMS", again=False)


class HttpsGateway:
    """A gateway that takes a form over HTTPS with a token, as `sms.do` of SMSAPI does.

    `idx` with `check_idx` lets it refuse what it has taken before. A redirect is not followed: it would
    carry the token elsewhere.
    """

    sends = True

    def send(self, *, phone: str, words: str, key: str) -> None:
        form = {
            "to": phone.removeprefix("+"),
            "message": words,
            "format": "json",
            "encoding": "utf-8",
            "idx": key,
            "check_idx": "1",
            **({"from": settings.SMS_FROM} if settings.SMS_FROM else {}),
        }
        to = urlsplit(settings.SMS_URL)
        connection = _connected(to.scheme, to.hostname or "", to.port)
        # A gateway that says a byte now and then would outlast the time limit of each reading.
        alarm = threading.Timer(settings.SMS_TIMEOUT, _cut, [connection.sock])
        alarm.start()
        try:
            connection.request(
                "POST",
                f"{to.path or '/'}{f'?{to.query}' if to.query else ''}",
                body=urlencode(form).encode(),
                headers={
                    "Authorization": f"Bearer {settings.SMS_TOKEN}",
                    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
                },
            )
            answer = connection.getresponse()
            _judge(answer, answer.read(LONGEST_ANSWER))
        except (OSError, HTTPException) as error:
            raise Unclear(type(error).__name__) from error
        finally:
            alarm.cancel()
            connection.close()


def _connected(scheme: str, host: str, port: int | None) -> HTTPConnection:
    """A connection that stands; until then nothing was handed over."""
    if scheme == "https":
        context = ssl.create_default_context()
        found: HTTPConnection = HTTPSConnection(host, port, timeout=settings.SMS_TIMEOUT, context=context)
    else:
        found = HTTPConnection(host, port, timeout=settings.SMS_TIMEOUT)
    try:
        found.connect()
    except OSError as error:
        found.close()
        raise NotDelivered(type(error).__name__, again=True) from error
    return found


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _judge(answer: HTTPResponse, body: bytes) -> None:
    """Taken, refused, or unknown. The gateway's words may quote the number; its codes are enough."""
    status = answer.status
    if status in TRY_LATER:
        raise NotDelivered(f"HTTP {status}", again=True)
    if status >= 500:
        raise Unclear(f"HTTP {status}")
    said = _read(body)
    code = said.get("error")
    if code == SENT_BEFORE:
        return
    if code in INNER:
        raise Unclear(f"kod {code}")
    if code or not 200 <= status < 300:
        reason = f"kod {code}" if isinstance(code, int) else f"HTTP {status}"
        raise NotDelivered(reason, again=False)
    if not said:
        raise Unclear("nieczytelna odpowiedź")


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def text_sender() -> TextSender:
    sender: TextSender = import_string(settings.SMS_SENDER)()
    return sender


def hand_over(*, phone: str, code: str, key: str) -> Handover:
    """Send a code, or say how a person hands it over: it is kept nowhere, so that it is said now or never."""
    shown = " ".join(code[at : at + 3] for at in range(0, len(code), 3))
    gateway = text_sender()
    if not phone or not gateway.sends:
        how = "Podaj kod przez telefon albo na kartce." if phone else "Podaj kod osobiście, na kartce."
        return Handover(False, f"{how} Najpierw sprawdź, z kim rozmawiasz. Nie wysyłaj kodu e-mailem.", shown)
    number = format_phone(phone)
    try:
        gateway.send(phone=phone, words=f"Kod do odnośnika: {shown}. Nie podawaj go nikomu.", key=key)
    except NotDelivered:
        return Handover(False, f"SMS z kodem nie wyszedł. Podaj kod przez telefon: {number}.", shown)
    except Unclear:
        sentence = f"Nie wiadomo, czy SMS z kodem doszedł. Zadzwoń ({number}) i zapytaj; gdy nie, podaj kod."
        return Handover(False, sentence, shown)
    return Handover(True, f"Kod poszedł SMS-em na numer {number}.")
