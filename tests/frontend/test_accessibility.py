"""The page about accessibility and the public declaration say what the tests and the program know."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from reintegration.core.formats import format_table_date
from reintegration.shell import declaration
from tests.browser.undecided import KNOWN

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accessibility.md"
UNDECIDED = [
    "| rule of axe | what it says | on | reason |",
    "|---|---|---|---|",
    *(f"| {one.rule} | {one.said} | `{one.elements}` | {one.reason} |" for one in KNOWN),
]
GAPS = [f"- {one.what} {one.why} {one.instead}" for one in declaration.GAPS]


@pytest.mark.parametrize(("name", "lines"), [("undecided", UNDECIDED), ("gaps", GAPS)])
def test_the_page_tells_what_stands_in_the_code(name: str, lines: list[str]):
    told = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", PAGE.read_text(encoding="utf-8"), re.S)
    assert told is not None
    assert told[1].splitlines() == lines


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
