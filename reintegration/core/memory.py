"""What the form base remembers between requests: drafts, and which submissions were already done.

The tables belong to the shell, above; this is the port through which the form base reaches them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest, QueryDict


@dataclass(frozen=True, slots=True)
class Draft:
    saved_at: datetime
    data: QueryDict


class Memory(Protocol):
    def draft(self, request: HttpRequest) -> Draft | None:
        """The draft this person left at this address, if any."""

    def drop_draft(self, request: HttpRequest) -> None: ...

    def result(self, request: HttpRequest, token: str) -> str:
        """Where an earlier submission of the same form led, or nothing."""

    def claim(self, request: HttpRequest, token: str) -> bool:
        """Take the token for this request; false when another request has it already.

        Waits for a request that holds the token and has not finished.
        """

    def settle(self, request: HttpRequest, token: str, location: str) -> None:
        """Write down where the submission led, for whoever sends it again."""


class Forgetful:
    """Where nothing is installed, nothing is remembered."""

    def draft(self, request: HttpRequest) -> Draft | None:
        return None

    def drop_draft(self, request: HttpRequest) -> None:
        return None

    def result(self, request: HttpRequest, token: str) -> str:
        return ""

    def claim(self, request: HttpRequest, token: str) -> bool:
        return True

    def settle(self, request: HttpRequest, token: str, location: str) -> None:
        return None


_installed: list[Memory] = [Forgetful()]


def install(memory: Memory) -> None:
    _installed[:] = [memory]


def memory() -> Memory:
    return _installed[0]
