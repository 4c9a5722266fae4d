"""The list of contributions of one set of documents, to print and to take into a spreadsheet."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from benefits.queries.contributions import Line, Sheet, Waiting, titled
from benefits.zus.facts import Amounts, Insured, Title
from benefits.zus.kedu import ENDED
from participants.models import Person
from reintegration.core import clock
from reintegration.core.formats import format_month
from reintegration.core.sheets import WRITERS
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead

# In the order of the fields of RCA, with the names that Płatnik and PUE show.
LABELS = (
    "Nazwisko", "Imię", "Rodzaj identyfikatora", "Identyfikator", "Kod tytułu", "Podstawa",
    "Emerytalna ubezpieczonego", "Emerytalna płatnika", "Rentowa ubezpieczonego", "Rentowa płatnika", "Razem",
    "Zmiana",
)  # fmt: skip
REGISTRATION_LABELS = (
    "Dokument", "Nazwisko", "Imię", "Rodzaj identyfikatora", "Identyfikator", "Data urodzenia", "Kod tytułu",
    "Od dnia", "Zgłoś do", "Emerytalne", "Rentowe", "Chorobowe", "Wypadkowe", "Przyczyna wyrejestrowania",
)  # fmt: skip


def amounts_of(found: Amounts) -> Sequence[Decimal]:
    """In the order of the columns: base, both halves of pension, both parts of disability, the sum."""
    parts = found.parts
    return (
        found.base,
        parts.pension_insured,
        parts.pension_payer,
        parts.disability_insured,
        parts.disability_payer,
        found.total,
    )


def sum_of(lines: Sequence[Line]) -> Amounts:
    return sum((one.amounts for one in lines), Amounts.none())


def sheet_pdf(sheet: Sheet) -> bytes:
    return render_pdf(
        "benefits/contributions/paper.html",
        {
            "sheet": sheet,
            "month": format_month(sheet.found.month),
            "lines": [(one, amounts_of(one.amounts)) for one in sheet.lines],
            "total": amounts_of(sum_of(sheet.lines)),
        },
        title="Lista składek",
        number=name_of(sheet),
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def sheet_table(sheet: Sheet, kind: str) -> bytes:
    """The data of RCA, a row for each person, and the sums of DRA, as a spreadsheet or as text."""
    write, _ = WRITERS[kind]
    return write(LABELS, _cells(sheet))


def registrations_table(found: Sequence[Waiting]) -> bytes:
    """The data of ZUA and ZWUA of whoever waits."""
    write, _ = WRITERS["xlsx"]
    return write(REGISTRATION_LABELS, (_registration(one, title) for one, title in titled(found)))


def name_of(sheet: Sheet) -> str:
    """As ZUS names a set: its number and its month."""
    return f"{sheet.found.number:02d} {sheet.found.month.month:02d} {sheet.found.month.year}"


def _cells(sheet: Sheet) -> Iterator[Sequence[object]]:
    for one in sheet.lines:
        change = one.change.total if sheet.is_correction else None
        yield [*_who(one.person, one.insured), one.title.whole, *amounts_of(one.amounts), change]
    change = sheet.found.difference.total if sheet.is_correction else None
    yield ["Razem RCA", None, None, None, None, *amounts_of(sum_of(sheet.lines)), change]
    # The declaration of a correction has the sums of everybody, named in it or not.
    yield [
        f"DRA, osoby: {sheet.found.everybody}",
        None,
        None,
        None,
        None,
        *amounts_of(sheet.found.total),
        None,
    ]


def _registration(one: Waiting, title: Title) -> Sequence[object]:
    person, event = one.title.participation.person, one.event
    insured = ("tak", "tak", "nie", "nie", None) if event.begins else (None, None, None, None, ENDED)
    return [
        "ZUA" if event.begins else "ZWUA", *_who(person, one.insured), person.birth_date, title.whole,
        event.day, event.until, *insured,
    ]  # fmt: skip


def _who(person: Person, insured: Insured | None) -> Sequence[object]:
    """As the fields of Płatnik name somebody; without a number, the name alone."""
    number = (insured.kind.value, insured.number) if insured is not None else (None, None)
    return [person.last_name, person.first_name, *number]
