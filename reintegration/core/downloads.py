"""Files that somebody takes away: the header that makes an answer one, and what is written down of it.

Whatever answers with an attachment is noted by the gate as taken; what the writer of a table knows besides,
how many rows and through which filters, goes with the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import Message
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from reintegration.core.sheets import Written


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken: the kind of file, of a table its rows, and the filters that it went through."""

    format: str
    rows: int | None = None
    filters: tuple[str, ...] = ()

    def detail(self) -> dict[str, Any]:
        """As an event keeps it; nothing here names anybody."""
        found: dict[str, Any] = {"format": self.format}
        if self.rows is not None:
            found["rows"] = self.rows
        if self.filters:
            found["filters"] = list(self.filters)
        return found


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to take away under this name."""
    answer = HttpResponse(content, content_type=media_type)
    named(answer, name, rows=content.rows if isinstance(content, Written) else None)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def passed_on(
    content: bytes | Iterator[bytes], name: str, media_type: str, *, rows: int, filters: Sequence[str]
) -> HttpResponseBase:
    """A long table to take away: what comes in pieces is passed on in pieces."""
    if isinstance(content, bytes):
        answer: HttpResponseBase = HttpResponse(content, content_type=media_type)
    else:
        answer = StreamingHttpResponse(content, content_type=media_type)
    named(answer, name, rows=rows, filters=filters)
    return answer


def named(
    answer: HttpResponseBase, name: str, *, rows: int | None = None, filters: Sequence[str] = ()
) -> None:
    """Make an answer a file to take away."""
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    answer.taken = Taken(_ending(name), rows, tuple(filters))  # type: ignore[attr-defined]


def taken_of(answer: HttpResponseBase) -> Taken | None:
    """What an answer gives to take away; it is enough that it calls itself an attachment."""
    header = answer.headers.get("Content-Disposition", "")
    if answer.status_code != 200 or not header.lower().startswith("attachment"):
        return None
    found = getattr(answer, "taken", None) or Taken(_ending(_name_in(header)))
    # A file that somebody brought may have a name without an ending.
    return found if found.format else replace(found, format=_subtype(answer))


def _name_in(header: str) -> str:
    message = Message()
    message["Content-Disposition"] = header
    return message.get_filename() or ""


def _subtype(answer: HttpResponseBase) -> str:
    return answer.headers.get("Content-Type", "").partition(";")[0].rpartition("/")[2]


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""
