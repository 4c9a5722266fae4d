"""The page about accessibility and the public declaration say what the tests and the program know."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from reintegration.core.formats import format_table_date
from reintegration.shell import declaration
from tests.browser.undecided import KNOWN
from tests.documents.drawn import DRAWN_BY

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accessibility.md"
UNDECIDED = [
    "| rule of axe | what it says | on | reason |",
    "|---|---|---|---|",
    *(f"| {one.rule} | {one.said} | `{one.elements}` | {one.reason} |" for one in KNOWN),
]
# How a check of the declaration begins, and where the page tells its day and its numbers.
CHECKED = {
    "Program axe-core": r"The last run of all looks: (\d+ \w+ \d+), (\d+) pages, of which (\d+) had remarks",
    "Te same strony": r"The last run of all looks: (\d+ \w+ \d+)",
    "Całe sprawy": r"on (\d+ \w+ \d+): the journeys in every variant",
    "26 głównych czynności": r"The last run: (\d+ \w+ \d+), (\d+) tasks",
    "Budowa dokumentów PDF": r"A second opinion was asked of `outloud` .+? on (\d+ \w+ \d+)",
}
GAPS = [f"- {one.what} {one.why} {one.instead}" for one in declaration.GAPS]


@pytest.mark.parametrize(("name", "lines"), [("undecided", UNDECIDED), ("gaps", GAPS)])
def test_the_page_tells_what_stands_in_the_code(name: str, lines: list[str]):
    told = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", PAGE.read_text(encoding="utf-8"), re.S)
    assert told is not None
    assert told[1].splitlines() == lines


def test_the_page_tells_the_day_and_the_numbers_of_every_check():
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert len(CHECKED) == len(declaration.CHECKS)
    for begins, pattern in CHECKED.items():
        (check,) = [one for one in declaration.CHECKS if one.name.startswith(begins)]
        told = re.search(pattern, page)
        assert told is not None, begins
        day, *numbers = told.groups()
        assert datetime.strptime(day, "%d %B %Y").date() == check.on, begins  # noqa: DTZ007 - a day
        assert set(numbers) <= set(re.findall(r"\d+", f"{check.name} {check.found}")), begins


def test_the_page_counts_every_paper():
    assert f"none of\nthe {len(DRAWN_BY)} is left out" in PAGE.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_declaration_names_every_gap_and_every_check(client: Client):
    shown = client.get(reverse("shell:accessibility")).content.decode()
    for gap in declaration.GAPS:
        assert escape(gap.what) in shown
        assert escape(gap.instead) in shown
    for check in declaration.CHECKS:
        assert escape(check.name) in shown
        assert f"<b>{escape(check.found)}</b> ({format_table_date(check.on)})" in shown


def test_a_declaration_is_looked_through_after_its_last_check():
    assert max(check.on for check in declaration.CHECKS) <= declaration.REVIEWED_ON
    assert declaration.DECLARED_ON <= declaration.REVIEWED_ON
