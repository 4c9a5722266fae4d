"""Closing a month by the keyboard: from what keeps it open to where it is mended, closed, opened again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ipzs.models import AttendanceMonth, DayMark, SickLeave
from ipzs.queries import timetable
from ipzs.services import attendance
from participants.models import Participation
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.formats import format_month, format_table_date
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.ipzs.months.made import marked
from tests.participants.participations.made import in_classes

NAMES = ("Marek Dąbek", "Wiesława Kalina", "Adam Modrzew")


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rooms ask before the trial is theirs to test."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])


@pytest.fixture
def month() -> Month:
    return Month.of(clock.today()).previous


@pytest.fixture
def people(cast: World, month: Month) -> dict[str, Participation]:
    """Three persons whose days of the last month are marked."""
    with cast.scope("cis", "ewa"):
        files = {name: in_classes(name, since=month.first - timedelta(days=40)) for name in NAMES}
        marked(files.values(), month)
    return files


def working_days(files: dict[str, Participation], month: Month) -> list[date]:
    file = files[NAMES[0]]
    return sorted(timetable.class_days([file.pk], month)[file.pk])


def goes_to(page: Page, name: str, *, role: Any = "link", of: str = "") -> None:
    """Follow a link or press a button by the keyboard; `of`: the person beside whom it stands."""
    part = page.get_by_role("region", name=of, exact=True) if of else page
    part.get_by_role(role, name=name, exact=role == "button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def show(month: Month) -> str:
    return reverse("ipzs:month_show", args=[str(month)])


def test_what_keeps_a_month_open_is_mended_where_its_link_leads(
    open_as: OpenAs, cast: World, people: dict[str, Participation], month: Month
) -> None:
    """A day without a mark, sickness without a leave, a leave without a paper: then it is closed."""
    with cast.scope("cis", "ewa"):
        gap, ill, away = working_days(people, month)[:3]
        attendance.clear_mark(participation_id=people["Marek Dąbek"].pk, day=gap, reason="pomyłka")
        attendance.mark(
            participation_id=people["Wiesława Kalina"].pk, day=ill, kind="sick", reason="dzwoniła"
        )
        adam = people["Adam Modrzew"]
        DayMark.objects.filter(participation=adam, day=away).delete()
        attendance.add_sick_leave(participation_id=adam.pk, since=away, until=away)
    page = open_as("ewa")
    page.goto(reverse("ipzs:month_list"))
    goes_to(page, format_month(month))
    expect(page.locator("main")).to_contain_text("3 osoby mają dni do poprawienia")
    expect(page.get_by_role("link", name="Zamknij obecność")).to_have_count(0)

    goes_to(page, "Popraw dni", of="Marek Dąbek")
    goes_to(page, "Wpisz", of="Dni")
    page.get_by_label("obecność", exact=True).check()
    page.get_by_label("Powód późnego wpisu").fill("lista papierowa")
    goes_to(page, "Zapisz", role="button")

    page.goto(show(month))
    expect(page.locator("main")).to_contain_text("2 osoby mają dni do poprawienia")
    goes_to(page, "Popraw zwolnienia", of="Wiesława Kalina")
    goes_to(page, "Dodaj zwolnienie")
    for label in ("Od", "Do"):
        page.get_by_label(label, exact=True).fill(format_table_date(ill))
    page.get_by_label("Zaświadczenie przyniesiono").fill(format_table_date(clock.today()))
    goes_to(page, "Zapisz", role="button")

    page.goto(show(month))
    goes_to(page, "Popraw zwolnienia", of="Adam Modrzew")
    goes_to(page, "Potwierdź")
    goes_to(page, "Zapisz", role="button")

    page.goto(show(month))
    expect(page.get_by_text("Nic nie zatrzymuje zamknięcia").first).to_be_visible()
    goes_to(page, "Zamknij obecność")
    goes_to(page, "Zamknij obecność", role="button")
    expect(page.locator("main")).to_contain_text("Zamknięty.")
    with cast.scope("cis", "ewa"):
        assert AttendanceMonth.objects.get().state == "closed"
        assert not SickLeave.objects.filter(confirmed_on__isnull=True).exists()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_clean_month_is_closed_and_opened_again_with_a_reason(
    open_as: OpenAs, cast: World, people: dict[str, Participation], month: Month, javascript: bool
) -> None:
    page = open_as("ewa", javascript=javascript)
    page.goto(show(month))
    goes_to(page, "Zamknij obecność")
    goes_to(page, "Zamknij obecność", role="button")
    expect(page.locator("main")).to_contain_text("Ewa Jarzębina")
    page.goto(f"{reverse('ipzs:attendance_person', args=[people[NAMES[0]].pk])}?miesiac={month}")
    expect(page.locator("main")).to_contain_text("Miesiąc jest zamknięty.")
    expect(page.get_by_role("link", name="Popraw")).to_have_count(0)

    page.goto(show(month))
    goes_to(page, "Otwórz ponownie")
    page.get_by_role("button", name="Otwórz ponownie").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("Dlaczego otwierasz")
    page.get_by_label("Dlaczego otwierasz miesiąc ponownie").fill("Zwolnienie przyszło później.")
    goes_to(page, "Otwórz ponownie", role="button")
    expect(page.locator("main")).to_contain_text("Zwolnienie przyszło później.")
    expect(page.get_by_role("link", name="Zamknij obecność")).to_be_visible()
    with cast.scope("cis", "ewa"):
        assert AttendanceMonth.objects.get().state == "open"


def test_months_that_are_clean_are_closed_together(
    open_as: OpenAs, cast: World, people: dict[str, Participation], month: Month
) -> None:
    with cast.scope("cis", "ewa"):
        marked(people.values(), month.previous)
    page = open_as("ewa")
    page.goto(reverse("ipzs:month_list"))
    goes_to(page, "Zamknij kilka miesięcy")
    expect(page.get_by_label(format_month(month.previous))).to_be_checked()
    goes_to(page, "Zamknij zaznaczone", role="button")
    with cast.scope("cis", "ewa"):
        closed = AttendanceMonth.objects.filter(state="closed").values_list("first_day", flat=True)
        assert {month.first, month.previous.first} <= set(closed)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_what_keeps_a_month_open_is_readable(
    open_as: OpenAs, cast: World, people: dict[str, Participation], month: Month, width: int
) -> None:
    with cast.scope("cis", "ewa"):
        DayMark.objects.all().delete()
    page = open_as("ewa", width=width)
    for url in (show(month), reverse("ipzs:month_list"), reverse("ipzs:month_close_several")):
        page.goto(url)
        assert axe(page) == []
        assert sideways_scroll(page) == 0
