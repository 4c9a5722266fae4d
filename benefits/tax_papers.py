"""The year's tax on paper and in a spreadsheet: PIT-11 of a person, PIT-4R of the unit.

Both are data for the official forms, with the names and numbers of their fields; neither is the form itself.
Whoever files them types them into the office's program or e-Deklaracje.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benefits import perms
from benefits.models import TaxSlip
from benefits.queries.forecast import pay_settings
from benefits.queries.tax import Slip, unit_year
from benefits.rules.tax_year import due_at_office, due_on
from reintegration.core import clock
from reintegration.core.formats import format_money, format_month, format_table_date
from reintegration.core.money import ZERO
from reintegration.core.sheets import WRITERS
from reintegration.documents.kinds import document_kind, series
from reintegration.documents.models import Document
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import issue_document, letterhead
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

# The form whose numbers of fields stand here: the last one that was published for sure.
FORM: Final = "PIT-11(29)"
SLIP = document_kind(
    "benefits.tax_slip",
    "Dane do PIT-11",
    template="benefits/tax/paper/slip.html",
    series=series("PIT", "informacje PIT-11").code,
    opens=perms.PAYERS,
)
_COUNTRY: Final = "POLSKA"
_MONTHS: Final = (
    "Miesiąc",
    "Liczba podatników",
    "W tym z zaliczką",
    "Przychód",
    "Kwota zaliczek",
    "Termin wpłaty",
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the official form: its number there, its name, and what goes into it."""

    number: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    fields: Sequence[Field]


def payer() -> Organisation:
    found: Organisation = Organisation.objects.get(pk=current_scope().organisation_id)
    return found


def parts_of(slip: Slip, *, version: int = 1) -> list[Part]:
    """The fields of one person's PIT-11, in the order of the form."""
    here, amounts = slip.payer, slip.amounts
    return [
        Part(
            "A. Miejsce i cel składania",
            [
                Field("4", "Rok", str(slip.year)),
                Field("5", "Numer informacji", str(version)),
                Field("6", "Urząd skarbowy", slip.office),
                Field("7", "Cel", "1. złożenie informacji" if version == 1 else "2. korekta informacji"),
            ],
        ),
        Part(
            "B. Składający",
            [
                Field("1", "NIP", here.nip),
                Field("8", "Rodzaj składającego", "1. niebędący osobą fizyczną"),
                Field("9", "Nazwa pełna", here.name),
            ],
        ),
        Part("C. Podatnik", list(_person(slip))),
        Part(
            "E. Dochody, zaliczki i składki: wiersz 15. Inne źródła",
            [
                Field("90", "Przychód", format_money(amounts.income)),
                Field("91", "Koszty uzyskania przychodów", format_money(ZERO)),
                Field("92", "Dochód", format_money(amounts.income)),
                Field("94", "Zaliczka pobrana przez płatnika", format_money(amounts.tax)),
                Field("95", "Składki na ubezpieczenia społeczne do odliczenia", format_money(ZERO)),
            ],
        ),
    ]


def _person(slip: Slip) -> Iterator[Field]:
    person, gmina = slip.person, slip.gmina
    yield Field("11", "Obowiązek podatkowy", "1. nieograniczony (rezydent)")
    yield Field("12", "PESEL", person.pesel)
    if not person.pesel:
        yield Field("13", "Numer dokumentu", person.document_number)
        yield Field("14", "Rodzaj dokumentu", person.get_document_kind_display())
        yield Field("15", "Kraj wydania", person.citizenship)
    yield Field("16", "Nazwisko", person.last_name)
    yield Field("17", "Pierwsze imię", person.first_name)
    yield Field("18", "Data urodzenia", format_table_date(person.birth_date) if person.birth_date else "")
    yield Field("19", "Kraj", _COUNTRY)
    if gmina is not None:
        yield Field("20", "Województwo", gmina.voivodeship)
        yield Field("21", "Powiat", gmina.powiat)
        yield Field("22", "Gmina", gmina.name)
    yield Field("23–25", "Ulica, numer domu i lokalu", person.street)
    yield Field("26", "Miejscowość", person.town)
    yield Field("27", "Kod pocztowy", person.postcode)


def slip_title(row: TaxSlip) -> str:
    return f"Dane do PIT-11 za {row.year} rok" + (f", korekta {row.version - 1}" if row.version > 1 else "")


def slip(found: Slip, row: TaxSlip) -> Document:
    """The paper of an information that was issued."""
    return issue_document(
        kind=SLIP.key,
        title=slip_title(row),
        context={"slip": found, "parts": parts_of(found, version=row.version), "form": FORM},
        subject=found.person.pk,
        key=slip_key(row),
    )


def slip_key(row: TaxSlip) -> str:
    return str(row.pk)


def slips_xlsx(slips: Sequence[Slip]) -> bytes:
    """A row for each person, a column for each field of the form that differs between people."""
    write, _ = WRITERS["xlsx"]
    labels = [
        "Nazwisko", "Imię", "PESEL", "Dokument", "Data urodzenia", "Ulica, dom i lokal", "Kod pocztowy",
        "Miejscowość", "Gmina", "Powiat", "Województwo", "Urząd skarbowy", "Świadczenie", "Premia",
        "Przychód (90)", "Koszty (91)", "Dochód (92)", "Zaliczka (94)", "Składki (95)", "Wydano", "Wersja",
        "Wysłano do urzędu", "Przekazano osobie", "Brakuje",
    ]  # fmt: skip
    return write(labels, (_row(one) for one in slips))


def _row(one: Slip) -> Sequence[Any]:
    person, gmina, last, amounts = one.person, one.gmina, one.latest, one.amounts
    place = (gmina.name, gmina.powiat, gmina.voivodeship) if gmina is not None else (None, None, None)
    issued = (last.issued_on, last.version, last.sent_on, last.given_on) if last is not None else (None,) * 4
    return [
        person.last_name, person.first_name, person.pesel or None,
        None if person.pesel else person.document_number,
        person.birth_date, person.street, person.postcode, person.town, *place, one.office, amounts.benefit,
        amounts.premium, amounts.income, ZERO, amounts.income, amounts.tax, ZERO, *issued,
        ", ".join(one.lacks) or None,
    ]  # fmt: skip


def unit_pdf(year: int) -> bytes:
    """PIT-4R of the unit."""
    months = unit_year(year)
    return render_pdf(
        "benefits/tax/paper/unit.html",
        {
            "year": year,
            "payer": payer(),
            "office": pay_settings().tax_office,
            "until": due_at_office(year),
            "months": months,
            "income": sum((one.income for one in months), ZERO),
            "tax": sum((one.tax for one in months), ZERO),
        },
        title=f"Dane do PIT-4R za {year} rok",
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def unit_xlsx(year: int) -> bytes:
    """The same as a table, with the year's sum."""
    write, _ = WRITERS["xlsx"]
    months = unit_year(year)
    rows = [
        [format_month(one.month), one.people, one.taxed, one.income, one.tax, due_on(one.month)]
        for one in months
    ]
    total = [sum((one.income for one in months), ZERO), sum((one.tax for one in months), ZERO)]
    return write(_MONTHS, iter([*rows, ["Razem", None, None, *total, None]]))
