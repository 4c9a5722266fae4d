"""Handing over a one-time code: a port. No gateway is part of the product; an installation may add one."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Handover:
    """What the member of staff reads: whether the code went by itself, and what to do."""

    sent: bool
    instruction: str
    code_to_show: str = ""


class CodeSender(Protocol):
    def send(self, *, phone: str, code: str) -> Handover:
        """Send the code, or say how a person hands it over."""


class ByHand:
    """The default: staff give the code on paper, or say it on the phone."""

    def send(self, *, phone: str, code: str) -> Handover:
        how = "Podaj kod przez telefon albo na kartce." if phone else "Podaj kod osobiście, na kartce."
        return Handover(
            sent=False,
            instruction=f"{how} Najpierw sprawdź, z kim rozmawiasz. Nie wysyłaj kodu e-mailem.",
            code_to_show=" ".join(code[at : at + 3] for at in range(0, len(code), 3)),
        )


def code_sender() -> CodeSender:
    sender: CodeSender = import_string(settings.SMS_SENDER)()
    return sender
