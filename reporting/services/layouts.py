"""What happens to a layout: the program brings its own, an operator another, a second one confirms."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import counted
from reintegration.law import transitions
from reintegration.law.enums import Origin, State
from reintegration.notices.services import raise_task, settle_task
from reporting import kinds
from reporting.enums import LayoutKind
from reporting.models import ReportLayout
from reporting.rules.layout_parsing import LayoutError, Problem, parse

transitions.register(ReportLayout)

FOLDER: Final = Path(__file__).resolve().parent.parent / "layouts"


class LayoutDiffers(RuntimeError):
    """A file and the table say something else under the same version; the file needs a new one."""


def built_in() -> Iterator[Any]:
    """The documents of the program, in the order of their names."""
    for path in sorted(FOLDER.glob("*.json")):
        yield json.loads(path.read_text("utf-8"))


def load_layouts() -> int:
    """Bring the layouts of the files into the table and return how many are new.

    Layouts are added, never changed. Runs in the operator's scope, after each migration.
    """
    return sum(_load(document) for document in built_in())


def _load(document: Any) -> bool:
    layout = parse(document)
    standing = ReportLayout.objects.filter(kind=layout.kind, version=layout.version).first()
    if standing is None:
        ReportLayout.objects.create(
            kind=layout.kind,
            version=layout.version,
            since_year=layout.since_year,
            title=layout.title,
            document=document,
            origin=Origin.FILE,
            state=State.CONFIRMED,
        )
        return True
    if standing.origin == Origin.FILE and standing.document != document:
        message = f"{layout.kind} {layout.version}: the file says something else than the table."
        raise LayoutDiffers(message)
    return False


class Refused(InputError):
    """The file is no layout; the page names every problem with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        many = counted(len(problems), "miejsce", "miejsca", "miejsc")
        super().__init__(f"Plik ma {many} do poprawienia.", field="file")
        self.problems = tuple(problems)


def propose_layout(*, content: bytes, by: UUID) -> ReportLayout:
    """Bring a version of a layout; it holds once another operator confirms it."""
    document = _read(content)
    try:
        layout = parse(document)
    except LayoutError as error:
        raise Refused(error.problems) from error
    # Reports of last year are written now; those of years before stand in the layout that they had.
    if layout.since_year < clock.today().year - 1:
        sentence = f"Nowy wzór obowiązuje najwcześniej od roku {clock.today().year - 1}."
        raise Refused([Problem("since_year", sentence)])
    found = ReportLayout(
        kind=layout.kind,
        version=layout.version,
        since_year=layout.since_year,
        title=layout.title,
        document=document,
        origin=Origin.OPERATOR,
        proposed_by_id=by,
        proposed_at=clock.now(),
    )
    try:
        found.full_clean(exclude=["proposed_by"])
    except ValidationError as error:
        raise Refused([Problem("", one) for one in error.messages]) from error
    found.save(force_insert=True)
    raise_task(
        kind=kinds.LAYOUT_WAITING.key,
        key=str(found.pk),
        title=f"Do potwierdzenia: {LayoutKind(found.kind).label}, wersja {found.version}",
        text=f"Od sprawozdania za rok {found.since_year}.",
        link=reverse("reporting:layout", args=[found.pk]),
    )
    return found


def _read(content: bytes) -> Any:
    """The document of a file; a name that stands twice would hide what was written first."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise Refused([Problem("", f"Pole „{twice[:40]}” stoi w jednym obiekcie dwa razy.")])
        return found

    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=once)
    except json.JSONDecodeError as error:
        place = f"wiersz {error.lineno}, znak {error.colno}"
        raise Refused([Problem(place, "Tu plik przestaje być zapisem JSON.")]) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise Refused([Problem("", "Tego pliku nie da się przeczytać jako JSON w UTF-8.")]) from error


def confirm_layout(*, pk: UUID, by: UUID) -> ReportLayout:
    """Let a version hold from its year on; a second operator does it."""
    row = transitions.lock(ReportLayout, pk)
    transitions.confirm(row, by=by, at=clock.now())
    settle_task(kind=kinds.LAYOUT_WAITING.key, key=str(row.pk))
    return row


def withdraw_layout(*, pk: UUID, by: UUID) -> ReportLayout:
    """Take a version back that nobody confirmed."""
    row = transitions.lock(ReportLayout, pk)
    transitions.withdraw(row, by=by, at=clock.now())
    settle_task(kind=kinds.LAYOUT_WAITING.key, key=str(row.pk))
    return row
