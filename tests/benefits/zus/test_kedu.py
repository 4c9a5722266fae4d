"""Documents for ZUS: three months with a correction, read back from the file. All names are invented."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from benefits.rules.law import Law
from benefits.rules.month import Contributions, contributions_of
from benefits.zus.facts import Amounts, CountedBy, Declaration, IdKind, Insured, Payer, Registration, Title
from benefits.zus.kedu import registrations, settlement
from benefits.zus.layouts import layout_of
from benefits.zus.months import DocumentSet, Said, month_of, sets_of
from benefits.zus.registrations import Span, events
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.law.sources import book_of_files

AUGUST, SEPTEMBER, OCTOBER = (Month(2026, number) for number in (8, 9, 10))
LAYOUT = layout_of(OCTOBER)
PAYER = Payer("Centrum Integracji Społecznej „Przykład” w Kielcach", "9591234567", "123456789")
TITLE = Title("0910")
PEOPLE = {
    "A": Insured("Żaneta", "Ćwik-Łąka", "90010112345"),
    "B": Insured("Олена", "Шевченко", "FE123456", IdKind.PASSPORT, date(1988, 3, 4)),
}
LAW = Law(book_of_files())
NAMES = {"k": LAYOUT.namespace}


def amounts(benefit: str, month: Month = OCTOBER) -> Amounts:
    return Amounts(Decimal(benefit), contributions_of(Decimal(benefit), month, LAW))


def said(source: int, person: str, month: Month, benefit: str) -> Said:
    at = datetime(2026, source, 5, tzinfo=UTC)
    return Said(source, at, person, month, amounts(benefit, month))


def written(found: list[DocumentSet]) -> Any:
    declarations = [
        Declaration(
            number=one.number,
            month=one.month,
            term="3",
            reports=tuple((PEOPLE[str(key)], TITLE, value) for key, value in one.people.items()),
            people=one.everybody,
            total=one.total,
        )
        for one in found
    ]
    return etree.fromstring(settlement(PAYER, declarations, LAYOUT))


def money(node: Any, path: str) -> list[Decimal]:
    return [Decimal(one.text) for one in node.xpath(path, namespaces=NAMES)]


THREE_MONTHS = [
    *(said(9, who, AUGUST, "2140.68") for who in "AB"),
    *(said(10, who, SEPTEMBER, "2140.68") for who in "AB"),
    said(11, "A", OCTOBER, "2140.68"),
    said(11, "B", OCTOBER, "0.00"),
    said(11, "B", SEPTEMBER, "-71.36"),
]  # fmt: skip


def test_three_months_with_a_correction_are_valid_and_equal_to_what_was_said():
    found = sets_of(THREE_MONTHS)
    assert [(one.month, one.number) for one in found] == [
        (AUGUST, 1), (SEPTEMBER, 1), (SEPTEMBER, 2), (OCTOBER, 1),
    ]  # fmt: skip
    root = written(found)
    assert money(root, "//k:ZUSDRA/k:IX/k:p2") == [one.total.total for one in found]
    assert money(root, "//k:ZUSDRA[3]/k:IV/k:p37") == [
        sum((one.amounts.total for one in THREE_MONTHS if one.month == SEPTEMBER), Decimal(0))
    ]
    # The correcting report names whoever changed, with the whole amount as it is now.
    assert money(root, "//k:ZUSRCA[3]/k:III/k:B/k:p4") == [Decimal("2069.32")]
    assert root.xpath("//k:ZUSRCA[3]/k:I/k:p1/k:p1/text()", namespaces=NAMES) == ["02"]


def test_sums_are_of_rounded_parts():
    root = written(sets_of([said(11, who, OCTOBER, "2140.68") for who in "AB"]))
    # 2140.68 · 9.76 % = 208.93…, 1.5 % = 32.11…, 6.5 % = 139.14…
    assert money(root, "//k:III[1]/k:B/*[position() > 2]") == [
        Decimal(value) for value in ("208.93", "32.11", "208.93", "139.14", "589.11")
    ]
    assert money(root, "//k:IV/*") == [
        Decimal(value)
        for value in (
            "835.72", "342.50", "1178.22", "417.86", "64.22", "482.08",
            "417.86", "278.28", "696.14", "1178.22",
        )
    ]  # fmt: skip


@given(st.lists(st.decimals("0", "2500", places=2), min_size=1, max_size=20))
def test_the_declaration_is_the_sum_of_its_reports(benefits: list[Decimal]):
    rows = [
        Said(1, datetime(2026, 11, 5, tzinfo=UTC), place, OCTOBER, amounts(str(one)))
        for place, one in enumerate(benefits)
    ]
    (found,) = sets_of(rows)
    reports = tuple(
        (Insured("Jan", f"N{key}", "90010112345"), TITLE, one) for key, one in found.people.items()
    )
    made = Declaration(
        number=1, month=OCTOBER, term="3", reports=reports, people=found.everybody, total=found.total
    )
    root = etree.fromstring(settlement(PAYER, [made], LAYOUT))
    assert sum(money(root, "//k:B/k:p29")) == money(root, "//k:IV/k:p37")[0]


def test_names_are_written_in_letters_of_the_office():
    root = written(sets_of(THREE_MONTHS[:2]))
    assert root.xpath("//k:A/k:p1/text()", namespaces=NAMES) == ["Ćwik-Łąka", "Shevchenko"]
    assert root.xpath("//k:A/k:p3/text()", namespaces=NAMES) == ["P", "2"]


def test_more_taken_back_than_there_was_is_refused_by_name():
    with pytest.raises(InputError, match="Ćwik"):
        written(sets_of([said(11, "A", OCTOBER, "-10.00")]))


def test_a_fortieth_set_is_refused():
    one = Declaration(number=40, month=OCTOBER, term="3", reports=(), people=0, total=Amounts.none())
    with pytest.raises(InputError, match="39"):
        settlement(PAYER, [one], LAYOUT)


def test_without_a_tax_number_there_is_no_payer():
    with pytest.raises(InputError, match="NIP"):
        Payer("CIS", "")


def test_who_begins_and_who_ends_are_told():
    told = [
        Registration(PEOPLE["A"], TITLE, date(2026, 10, 5), begins=True),
        Registration(PEOPLE["B"], TITLE, date(2026, 11, 1), begins=False),
    ]
    root = etree.fromstring(registrations(PAYER, told, LAYOUT))
    assert root.xpath("//k:ZUSZUA/k:VI/*/text()", namespaces=NAMES) == [
        "2026-10-05", "true", "true", "false", "false",
    ]  # fmt: skip
    assert root.xpath("//k:ZUSZWUA/k:IV/k:p2/text()", namespaces=NAMES) == ["2026-11-01"]
    assert root.xpath("//k:ZUSZWUA/k:III/k:p4/text()", namespaces=NAMES) == ["FE123456"]


def test_the_month_is_that_of_the_benefit_or_of_the_payment():
    assert month_of(OCTOBER, CountedBy.DUE, None) == OCTOBER
    assert month_of(OCTOBER, CountedBy.PAID, date(2026, 11, 10)) == Month(2026, 11)
    assert month_of(OCTOBER, CountedBy.PAID, None) is None


def test_both_ends_of_a_title_have_a_term():
    spans = [Span("x", date(2026, 10, 5), date(2026, 10, 31), date(2026, 10, 13), None)]
    begin, end = events(spans, 7)
    assert (begin.until, begin.is_late) == (date(2026, 10, 12), True)
    assert not begin.is_overdue(date(2026, 12, 1))
    assert (end.day, end.until) == (date(2026, 11, 1), date(2026, 11, 8))
    assert end.is_overdue(date(2026, 11, 9))
    assert not end.is_overdue(date(2026, 11, 8))


def test_amounts_add_up_and_take_away():
    both = amounts("100.00") + amounts("50.00")
    assert both - amounts("50.00") == amounts("100.00")
    assert Amounts.none().parts == Contributions(*[Decimal(0)] * 4)
