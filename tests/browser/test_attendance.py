"""Attendance by the keyboard alone, by the finger, without a script; what stands in the database after it."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ipzs.models import DayMark, Workshop
from ipzs.services import attendance
from participants.models import Participation
from reintegration.core import clock, slots
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.ipzs.attendance.made import NAMES, excuse, in_workshop, workshop
from tests.ipzs.attendance.test_ranges import practice

FINGER = 44
MOST_KEYS = 40


def last_friday() -> date:
    today = clock.today()
    return today - timedelta(days=(today.weekday() - 4) % 7)


@pytest.fixture
def place(cast: World, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with cast.scope("cis", "ewa"):
        found = workshop()
        in_workshop(found, *NAMES, since=clock.today() - timedelta(days=120))
        # Marks of the whole week are made at its end, and are not late.
        attendance.save_settings(late_days=14)
        excuse()
    return found


def marks(cast: World) -> dict[tuple[str, date], str]:
    with cast.scope("cis", "ewa"):
        rows = DayMark.objects.order_by("pk").values_list("person__last_name", "day", "kind")
        return {(name, day): kind for name, day, kind in rows}


class Keys:
    """The keyboard, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


def address(place: Workshop, day: date) -> str:
    return f"{reverse('ipzs:attendance_day', args=[place.pk])}?dzien={day}"


def test_a_week_of_twelve_takes_forty_keys(open_as: OpenAs, cast: World, place: Workshop) -> None:
    """Five days, four exceptions, no mouse."""
    friday = last_friday()
    week = [friday - timedelta(days=back) for back in range(4, -1, -1)]
    exceptions = {week[0]: [(3, "N")], week[1]: [(2, "N"), (1, "N")], week[3]: [(4, "P")]}
    page = open_as("tomasz")
    page.goto(address(place, week[0]))
    keys = Keys(page)
    for day in week:
        expect(page.get_by_role("button", name="Wszyscy obecni (12)")).to_be_focused()
        keys.press("Enter")
        expect(page.locator("[data-count=left]")).to_have_text("0")
        expect(page.locator(".att-r").first.locator("input:checked")).to_be_focused()
        for down, letter in exceptions.get(day, []):
            keys.press(*["ArrowDown"] * down)
            with page.expect_response("**/zapis/"):
                keys.press(letter)
        if day != week[-1]:
            keys.press("PageDown")
            page.wait_for_url(f"**dzien={day + timedelta(days=1)}")
    assert keys.count <= MOST_KEYS
    found = marks(cast)
    assert len(found) == 60
    assert Counter(found.values()) == {"present": 56, "unexcused": 3, "employer": 1}
    assert found[("Głóg", week[0])] == "unexcused"


def test_a_slip_is_taken_back_by_the_keyboard(open_as: OpenAs, cast: World, place: Workshop) -> None:
    day = last_friday()
    page = open_as("tomasz")
    page.goto(address(place, day))
    page.keyboard.press("Enter")
    expect(page.locator("[data-count=left]")).to_have_text("0")
    with page.expect_response("**/zapis/"):
        page.keyboard.press("n")
    expect(page.locator(".att-r").first).to_contain_text("1. w")
    expect(page.locator("[data-undo]")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("Control+z")
    assert set(marks(cast).values()) == {"present"}


def test_an_excuse_is_chosen_where_it_was_pressed(open_as: OpenAs, cast: World, place: Workshop) -> None:
    day = last_friday()
    page = open_as("tomasz")
    page.goto(address(place, day))
    page.keyboard.press("Enter")
    expect(page.locator("[data-count=left]")).to_have_text("0")
    page.keyboard.press("u")
    choice = page.locator(".att-r").first.locator("select[name=excuse]")
    expect(choice).to_be_focused()
    with page.expect_response("**/zapis/"):
        choice.select_option(label="wezwanie do sądu")
    expect(page.locator(".att-r").first.get_by_role("alert")).to_have_count(0)
    assert Counter(marks(cast).values()) == {"present": 11, "excused": 1}


def test_a_reason_chosen_at_once_is_heard(open_as: OpenAs, cast: World, place: Workshop) -> None:
    """The field that took the focus listens in the same moment, not a blink later."""
    day = last_friday()
    page = open_as("tomasz")
    page.goto(address(place, day))
    page.keyboard.press("Enter")
    expect(page.locator("[data-count=left]")).to_have_text("0")
    page.evaluate(
        """() => document.addEventListener("htmx:afterSwap", () => setTimeout(() => {
            const choice = document.activeElement;
            choice.selectedIndex = choice.options.length - 1;
            choice.dispatchEvent(new Event("change", { bubbles: true }));
        }), { once: true })"""
    )
    with page.expect_response(lambda answer: answer.url.endswith("/zapis/") and answer.ok):
        page.keyboard.press("u")
    assert Counter(marks(cast).values()) == {"present": 11, "excused": 1}


def test_the_month_is_filled_by_letters(open_as: OpenAs, cast: World, place: Workshop) -> None:
    page = open_as("tomasz")
    day = last_friday()
    page.goto(f"{reverse('ipzs:attendance_month')}?miesiac={day:%Y-%m}")
    cell = page.locator(f"[data-d='{day}']").first
    cell.click()
    for letter in ("o", "n", "Space"):
        with page.expect_response("**/zapis/") as answer:
            page.keyboard.press(letter)
        # The hours of the plan go with the key, so that nobody asks for them again.
        assert "hours=6&" in (answer.value.request.post_data or "")
    page.wait_for_timeout(300)
    expect(page.locator("td:focus")).to_have_attribute("data-d", str(day))
    assert Counter(marks(cast).values()) == {"present": 2, "unexcused": 1}
    page.keyboard.press("ArrowUp")
    with page.expect_response("**/zapis/"):
        page.keyboard.press("Delete")
    assert len(marks(cast)) == 2


def test_a_range_of_the_month_is_marked_by_one_key(open_as: OpenAs, cast: World, place: Workshop) -> None:
    """As in a spreadsheet: Shift and arrows, one key, and one undo; practice is at the employer's."""
    friday = last_friday()
    first = friday.replace(day=1) if friday.day < 3 else friday - timedelta(days=2)
    days = [day for n in range(3) if (day := first + timedelta(days=n)) <= friday]
    with cast.scope("cis", "ewa"):
        away = Participation.objects.order_by("person__name_order").first()
        practice(away, days[0], days[0])
    page = open_as("tomasz")
    page.goto(f"{reverse('ipzs:attendance_month')}?miesiac={friday:%Y-%m}")
    page.fill("#powod", "przepisane z listy")
    page.locator(f"[data-d='{days[0]}']").first.click()
    columns = page.locator("tr[data-file]").first.locator("[data-d]")
    shown = [columns.nth(at).get_attribute("data-d") for at in range(columns.count())]
    inside = [day for day in days if str(day) in shown]
    for _ in range(len(inside) - 1):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("td.sel")).to_have_count(2 * len(inside))
    with page.expect_response("**/zakres/"):
        page.keyboard.press("Space")
    expect(page.locator("#mg-told")).to_contain_text("Zapisano:")
    found = marks(cast)
    assert Counter(found.values()) == {"present": 2 * len(inside) - 1, "employer": 1}
    expect(page.locator("td.sel")).to_have_count(2 * len(inside))
    with page.expect_response("**/zakres/"):
        page.locator("#mg-bar .mg-key[data-kind=unexcused]").click()
    expect(page.locator("td[data-k=unexcused]")).to_have_count(2 * len(inside))
    with page.expect_navigation():
        page.keyboard.press("Control+z")
    assert marks(cast) == found


def test_without_a_script_a_day_is_marked_row_by_row(open_as: OpenAs, cast: World, place: Workshop) -> None:
    day = last_friday()
    page = open_as("tomasz", javascript=False)
    page.goto(address(place, day))
    page.get_by_role("button", name="Wszyscy obecni (12)").click()
    row = page.locator(".att-r").first
    row.locator("input[value=unexcused]").check(force=True)
    row.get_by_role("button", name="Zapisz").click()
    assert Counter(marks(cast).values()) == {"present": 11, "unexcused": 1}
    page.get_by_role("button", name="Wszyscy obecni").is_hidden()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_a_mark_is_as_large_as_a_finger(open_as: OpenAs, place: Workshop, width: int) -> None:
    page = open_as("tomasz", width=width)
    page.goto(address(place, last_friday()))
    boxes: list[Any] = [one.bounding_box() for one in page.locator(".r-mark").all()]
    assert boxes
    least = FINGER if width < 768 else 30
    assert min(box["height"] for box in boxes) >= least
    assert sideways_scroll(page) == 0
    assert axe(page) == []


def test_what_another_wrote_meanwhile_is_seen_by_both(open_as: OpenAs, cast: World, place: Workshop) -> None:
    day = last_friday()
    one, other = open_as("tomasz"), open_as("anna")
    for page in (one, other):
        page.goto(address(place, day))
    name = "Głóg"
    for page, kind in ((one, "unexcused"), (other, "present")):
        row = page.locator(".att-r", has_text=name)
        with page.expect_response("**/zapis/"):
            row.locator(f"input[value={kind}]").check(force=True)
    expect(other.locator(".att-r", has_text=name).get_by_role("alert")).to_contain_text("Tomasz Klon")
    with cast.scope("cis", "ewa"):
        file = Participation.objects.get(person__last_name=name)
        assert DayMark.objects.get(participation=file).kind == "unexcused"
    with other.expect_response("**/zapis/"):
        other.locator(".att-r", has_text=name).locator("input[value=employer]").check(force=True)
    with cast.scope("cis", "ewa"):
        assert DayMark.objects.get(participation=file).kind == "employer"
    # The first of them goes on with somebody else, and sees it.
    with one.expect_response("**/zapis/"):
        one.locator(".att-r", has_text="Bażant").locator("input[value=present]").check(force=True)
    expect(one.locator(".att-r", has_text=name).locator("input[value=employer]")).to_be_checked()
    expect(one.locator(".att-r", has_text=name)).to_contain_text("Anna Lawenda")
