"""The payroll list itself, to print and to take into a spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from benefits.models import PayrollList
from benefits.queries.lists import Overview, Person
from reintegration.core import clock
from reintegration.core.formats import format_month
from reintegration.core.sheets import WRITERS
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead

LABELS = (
    "Lp.", "Osoba", "Dni", "NN", "Choroba", "Świadczenie", "Wyrównania", "Premia", "Podatek", "Do wypłaty",
    "Sposób wypłaty",
)  # fmt: skip
TOTALS = ("benefit", "corrected", "premium", "tax", "to_pay")
# Who signs, in the order of the way of a list.
STEPS = (
    ("Przygotowanie", "locked"),
    ("Sprawdzenie", "checked"),
    ("Zatwierdzenie", "approved"),
    ("Drugie zatwierdzenie", "second"),
    ("Wypłata", "paid"),
)


def list_pdf(found: Overview) -> bytes:
    return render_pdf(
        "benefits/lists/paper/list.html",
        {
            "row": found.row,
            "month": format_month(found.month),
            "paid": found.paid,
            "blocked": found.blocked,
            "totals": [found.total(name) for name in TOTALS],
            "signatures": signatures(found.row),
        },
        title="Lista wypłat",
        number=found.row.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def list_xlsx(found: Overview) -> bytes:
    write, _ = WRITERS["xlsx"]
    return write(LABELS, _cells(found))


def signatures(row: PayrollList) -> Sequence[tuple[str, Any, Any]]:
    """Step, who and when; a second approval only where it is asked for."""
    return [
        (label, getattr(row, f"{step}_by"), getattr(row, f"{step}_at"))
        for label, step in STEPS
        if step != "second" or row.second_by is not None or row.state == "half"
    ]


def _cells(found: Overview) -> Iterator[Sequence[Any]]:
    for one in found.people:
        yield _row(one)
    yield ["", "Razem", None, None, None, *(found.total(name) for name in TOTALS), ""]


def _row(one: Person) -> Sequence[Any]:
    row = one.statement
    how = "zatrzymane" if row.blocked else row.get_method_display()
    amounts = (getattr(row, name) for name in TOTALS)
    return [row.position, one.name, one.days, one.unexcused, one.sick, *amounts, how]
