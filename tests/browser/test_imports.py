"""A file of days on its way: refused row by row, looked at, read in whole, nothing new the second time."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ipzs.models import DayMark
from ipzs.queries import timetable
from participants.models import Participation
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.jobs.worker import drain
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.ipzs.imports.made import MARK_HEADINGS, as_csv, line
from tests.participants.participations.made import in_classes

LIST = reverse("ipzs:opening_list")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    settings.FILES_DIR = tmp_path


@pytest.fixture
def brought(cast: World) -> tuple[Participation, Sequence[date]]:
    """Somebody with the class days of the last month, of which none is written down."""
    month = Month.of(clock.today()).previous
    with cast.scope("cis", "ewa"):
        made = in_classes(since=month.first - timedelta(days=40))
        file = Participation.objects.select_related("person").get(pk=made.pk)
        return file, sorted(timetable.class_days([file.pk], month)[file.pk])


def upload(page: Page, rows: Sequence[Sequence[Any]]) -> None:
    content = as_csv(MARK_HEADINGS, rows)
    page.get_by_label("Plik", exact=True).set_input_files(
        {"name": "obecnosc.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Sprawdź plik").press("Enter")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_file_is_mended_read_in_whole_and_changes_nothing_again(
    open_as: OpenAs, cast: World, brought: tuple[Participation, Sequence[date]], javascript: bool
) -> None:
    file, days = brought
    good = [line(file, day, "O") for day in days]
    bad = [good[0], ["0/0", "", "1.10.2026", "O"], line(file, days[1], "X"), good[0]]
    page = open_as("ewa", javascript=javascript)
    page.goto(LIST)
    page.get_by_role("link", name="Wczytaj obecność").press("Enter")
    upload(page, bad)
    expect(page.get_by_role("alert").first).to_contain_text(
        "niczego nie wczytano. Do poprawienia: 3 wiersze."
    )
    report = page.get_by_role("table", name="Wiersze, które nie pasują")
    for row, said in ((3, "Nie ma sprawy o numerze"), (4, "Nieznany wpis „X”"), (5, "są już w wierszu 2")):
        expect(report.get_by_role("row", name=f"{row} ")).to_contain_text(said)
    assert written(cast) == 0

    upload(page, good)
    expect(page.locator("main")).to_contain_text(f"Plik ma {len(good)}")
    assert written(cast) == 0
    read_in(page)
    expect(page.locator("main")).to_contain_text(f"Nowe: {len(good)}, bez zmian: 0.")
    assert written(cast) == len(good)

    page.goto(reverse("ipzs:marks_import"))
    upload(page, good)
    read_in(page)
    expect(page.locator("main")).to_contain_text(f"Nowe: 0, bez zmian: {len(good)}.")
    assert written(cast) == len(good)


def read_in(page: Page) -> None:
    """Say yes, and let the work be done while the page looks on."""
    page.get_by_role("button", name="Wczytaj").press("Enter")
    expect(page.locator("main")).to_contain_text("Praca trwa")
    drain()
    page.get_by_role("link", name="Zobacz wynik").press("Enter")


def written(cast: World) -> int:
    with cast.scope("cis", "ewa"):
        return DayMark.objects.count()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_a_report_of_rows_is_for_everybody(
    open_as: OpenAs, brought: tuple[Participation, Sequence[date]], width: int
) -> None:
    file, days = brought
    page = open_as("ewa", width=width)
    page.goto(reverse("ipzs:marks_import"))
    upload(page, [["0/0", "", "1.10.2026", "O"], line(file, days[0], "X")])
    expect(page.get_by_role("table", name="Wiersze, które nie pasują")).to_be_visible()
    assert axe(page) == []
    assert sideways_scroll(page) == 0
