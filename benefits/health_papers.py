"""Papers of health insurance: the request for a decision, the letter to an OPS, and the list of a month."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from benefits.queries.health import TITLE_CODE, FileHealth, OpsLine, data_of
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_month
from reintegration.core.sheets import WRITERS
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead, signature_boxes

LABELS = (
    "Osoba", "PESEL albo dokument", "Data urodzenia", "Adres", "Kod tytułu", "Od", "Do", "Zgłoszono",
    "Wyrejestrowano", "OPS",
)  # fmt: skip


def decision_letter(found: FileHealth, today: date) -> bytes:
    """For the head of the gmina, through its OPS: the decision that somebody may be treated (art. 54)."""
    gap = found.gap(today)
    return render_pdf(
        "benefits/health/paper/decision.html",
        {
            "file": found.file,
            "data": data_of(found.file.person),
            "body": found.body.name,
            "gap": gap,
            "first_day": found.first_day,
            "begins": found.programmes[-1].since if found.programmes else None,
            "boxes": [
                SignatureBox("podpis osoby", name=str(found.file.person)),
                SignatureBox("podpis pracownika"),
            ],
        },
        title="Prośba o decyzję o prawie do leczenia",
        number=found.file.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def ops_letter(found: FileHealth, today: date) -> bytes:
    """One person: from when to insure, until when, under which code (art. 75 ust. 12)."""
    span = found.stretches[-1]
    over = span.last is not None and span.last < today
    return render_pdf(
        "benefits/health/paper/ops.html",
        {
            "file": found.file,
            "data": data_of(found.file.person),
            "body": found.body.name,
            "since": span.first,
            "until": span.last,
            "over": over,
            "begins": found.programmes[-1].since,
            "code": TITLE_CODE,
            "days": found.terms.registration,
            "boxes": signature_boxes(on=today) or [SignatureBox("podpis kierownika")],
        },
        title=f"{'Wyrejestrowanie z' if over else 'Zgłoszenie do'} ubezpieczenia zdrowotnego",
        number=found.file.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def list_pdf(lines: Sequence[OpsLine], month: Month, body: str) -> bytes:
    return render_pdf(
        "benefits/health/paper/list.html",
        {
            "lines": [(one, data_of(one.file.person)) for one in lines],
            "month": format_month(month),
            "body": body,
            "code": TITLE_CODE,
            "boxes": signature_boxes(on=clock.today()) or [SignatureBox("podpis kierownika")],
        },
        title="Lista do ubezpieczenia zdrowotnego",
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def list_table(lines: Sequence[OpsLine], bodies: Mapping[str, str], ending: str) -> bytes:
    write, _ = WRITERS[ending]
    return write(LABELS, _cells(lines, bodies))


def list_name(month: Month) -> str:
    return f"ubezpieczenie zdrowotne {month}"


def _cells(lines: Sequence[OpsLine], bodies: Mapping[str, str]) -> Iterator[Sequence[object]]:
    for one in lines:
        data, told = data_of(one.file.person), one.told
        yield [
            str(one.file.person),
            data["number"],
            one.file.person.birth_date,
            data["address"],
            TITLE_CODE,
            one.span.first,
            one.span.last,
            told.registered_on if told is not None else None,
            told.deregistered_on if told is not None else None,
            bodies[one.health.body.key],
        ]
