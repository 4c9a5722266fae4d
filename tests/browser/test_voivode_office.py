"""The office looks at its season and takes it away; another voivodeship sees nothing of it."""

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from reintegration.core.formats import format_table_date
from tests.browser.conftest import WIDTHS, OpenAs
from tests.browser.test_registers import looked_at
from tests.cast import World
from tests.reporting.season_made import on_paper, somebody, year_due

COST = "costs.c2.done"


def sheet(page: Any, link: Any) -> list[dict[str, Any]]:
    """What a link gives to take away, as a spreadsheet reads it."""
    with page.expect_download() as waiting:
        link.click()
    content = waiting.value.path().read_bytes()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_an_office_takes_its_board_and_its_sums_away(open_as: OpenAs, cast: World, width: int) -> None:
    year = year_due()
    with cast.scope("office", "maria"):
        on_paper(somebody("1", "CIS „Stary Młyn”"), {COST: 1000}, year=year)
        entry = somebody("2", "CIS „Kuźnia”", powiat="powiat kuźnicki", gmina="Kuźnica")
    page: Any = open_as("maria", width=width)
    page.goto(reverse("notices:desk"))
    looked_at(page, "desk")
    expect(page.get_by_text("przyjęte: 1", exact=False)).to_be_visible()
    page.goto(reverse("reporting:entry", args=[entry.pk]))
    page.get_by_role("link", name=re.compile(f"Wpisz z papieru.*{year}")).click()
    page.get_by_label("Kiedy wpłynęło").fill(format_table_date(entry.changed_at.date()))
    page.get_by_role("button", name="Zacznij wpisywać").click()
    page.get_by_role("link", name="VII. Wykonanie", exact=False).click()
    page.get_by_role("link", name="Wpisz tę część").click()
    looked_at(page, "part")
    page.locator("[name=costs--c2--done]").fill("500,50")
    page.get_by_role("button", name="Zapisz część").click()
    looked_at(page, "outside")
    page.get_by_role("link", name="Przyjmij").click()
    page.get_by_role("button", name="Przyjmij").click()
    expect(page.get_by_text("Sprawozdanie przyjęte.")).to_be_visible()
    looked_at(page, "board")
    board = sheet(page, page.get_by_role("link", name="XLSX", exact=True))
    assert {row["nazwa"]: row["stan sprawozdania"] for row in board} == {
        "CIS „Stary Młyn”": "przyjęte",
        "CIS „Kuźnia”": "przyjęte",
    }
    page.get_by_role("link", name="Sumy", exact=True).click()
    looked_at(page, "totals")
    sums = sheet(page, page.get_by_role("link", name="XLSX", exact=True))
    found = {row["Miejsce"]: row["Wartość"] for row in sums if row["Komórka"] == COST}
    assert (found[""], found["powiat kuźnicki"]) == (1500.5, 500.5)

    other: Any = open_as("dorota", width=width)
    other.goto(reverse("reporting:season"))
    expect(other.get_by_text("Nikt nie składa sprawozdania za ten rok")).to_be_visible()
    assert other.goto(reverse("reporting:entry", args=[entry.pk])).status == 404
    other.goto(reverse("reporting:totals"))
    expect(other.get_by_text("W tej części nikt jeszcze niczego nie podał.")).to_be_visible()
