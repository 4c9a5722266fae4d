"""A day of classes by whoever leads them: who is there, meals, what was done, and the papers of it."""

from datetime import date, timedelta

from playwright.sync_api import Locator, expect

from ipzs.models import ClassMeeting, DayMark
from ipzs.services import catalogue
from participants.models import Participation
from participants.services import participations
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.ipzs.attendance.made import NAMES
from tests.ipzs.timetable.made import OPENED, place, practice, service, weekly, workshop
from tests.participants.participations.made import SIGNED, TRIAL, alone, candidate, in_classes

WEEKDAYS = range(5)
LATE, RESTING, MISSING, ILL, AWAY, USUAL = (NAMES[at] for at in (0, 2, 3, 5, 6, 7))
PEOPLE = (LATE, RESTING, MISSING, ILL, AWAY, USUAL)
TOPIC = "Czop i gniazdo"


def joinery(cast: World) -> dict[str, Participation]:
    """Six people of a workshop with classes every day; one is at an employer's today."""
    today = clock.today()
    with cast.scope("cis", "ewa"):
        where, taught = workshop("Stolarska", trade="carpentry"), service("Stolarstwo")
        catalogue.add_leader(workshop_id=where.pk, user_id=cast.people["tomasz"].pk, since=OPENED)
        files = {name: in_classes(name) for name in PEOPLE}
        for file in files.values():
            place(where, file)
        weekly(*WEEKDAYS, workshop=where, service=taught, leader=cast.people["tomasz"])
        practice(files[AWAY], today, today + timedelta(days=30), weekdays=(today.isoweekday(),))
        return files


def club(cast: World) -> None:
    """A group of two in a KIS, which meets in the afternoon."""
    with cast.scope("kis", "bozena"):
        where, taught = workshop("Grupa", kind="group"), service("Poradnictwo zawodowe")
        for name in ("Iga Sowa", "Adam Gil"):
            file = candidate(name)
            participations.sign_programme(participation_id=file.pk, signed_on=SIGNED)
            with alone():
                participations.qualify(participation_id=file.pk, since=TRIAL, until=date(2027, 3, 1))
            place(where, file)
        weekly(*WEEKDAYS, begins=8, ends=11, workshop=where, service=taught, leader=cast.people["igor"])


def takes_up(desk: Desk, title: str, action: str) -> None:
    """A line of the desk by its button."""
    desk.goes("Pulpit")
    line = desk.main.get_by_role("listitem").filter(has_text=title)
    desk.follows_in(line.get_by_role("link", name=action, exact=True))


def row_of(desk: Desk, file: Participation) -> Locator:
    return desk.page.locator(f"#r-{file.pk}")


def changes(desk: Desk, file: Participation, letter: str, kind: str) -> None:
    """By the letter that stands on the button of the mark, or by the buttons of the row."""
    row = row_of(desk, file)
    if desk.script:
        desk.reaches(row.locator("input:checked"))
        with desk.page.expect_response("**/zapis/"):
            desk.page.keyboard.press(letter)
    else:
        desk.chooses_in(row.locator(f"input[value={kind}]"))
        desk.presses_in(row.get_by_role("button", name="Zapisz"))


def came_late(desk: Desk, file: Participation, hours: str) -> None:
    row = row_of(desk, file)
    desk.writes_in(row.locator("input[name=hours]:not([type=hidden])"), hours)
    if desk.script:
        with desk.page.expect_response("**/zapis/"):
            desk.page.keyboard.press("Tab")
    else:
        desk.presses_in(row.get_by_role("button", name="Zapisz"))


def marks_exceptions(instructor: Desk, files: dict[str, Participation]) -> None:
    came_late(instructor, files[LATE], "4")
    changes(instructor, files[MISSING], "n", "unexcused")
    expect(row_of(instructor, files[MISSING])).to_contain_text("1. w listopadzie")
    changes(instructor, files[ILL], "l", "sick")
    changes(instructor, files[RESTING], "w", "free")
    expect(row_of(instructor, files[RESTING])).to_contain_text("Brakuje wniosku")
    instructor.picture("dzien-obecnosc")
    instructor.follows("Dodaj wniosek", of=RESTING)
    instructor.presses("Zapisz")
    expect(row_of(instructor, files[RESTING])).to_contain_text("Wniosek czeka na zgodę")


def agrees_to_a_free_day(manager: Desk) -> None:
    takes_up(manager, f"Wniosek o dni wolne: {RESTING}", "Rozpatrz")
    manager.faultless()
    manager.picture("dzien-zgoda")
    manager.follows("Zgoda")
    manager.presses("Wyrażam zgodę")
    expect(manager.page.get_by_role("link", name="Odmowa")).to_have_count(0)
    manager.reads_paper("Wniosek", RESTING, f"Zgoda z dnia {format_table_date(clock.today())}.")


def brings_a_paper(office: Desk) -> None:
    office.goes("Obecność")
    office.follows("Stolarska")
    office.follows("Wpisz zwolnienie", of=ILL)
    office.writes("Do", format_table_date(clock.today() + timedelta(days=4)))
    office.presses("Zapisz")


def orders_meals(instructor: Desk) -> None:
    instructor.goes("Obecność")
    instructor.follows("Wydano inną liczbę")
    instructor.writes("Różnica", "1")
    instructor.writes_in(instructor.page.get_by_label("Skąd różnica"), "gość z OPS")
    instructor.presses("Zapisz")
    instructor.picture("dzien-posilki")
    # Late is there, and so eats; who is missing, ill, resting or at an employer's does not.
    instructor.reads_paper("Lista posiłków (PDF)", LATE, USUAL, "gość z OPS", "Posiłków: 3.")
    instructor.reads_paper("Posiłki w miesiącu (PDF)", "Posiłków razem: 3.", format_table_date(clock.today()))


def writes_the_journal(desk: Desk, name: str) -> None:
    takes_up(desk, f"Zajęcia: {name}", "Wpisz do dziennika")
    desk.writes("Temat zajęć", TOPIC)


@variants("phone-script")
def test_a_day_of_classes(begin: Begin, cast: World, variant: Variant) -> None:
    files = joinery(cast)
    club(cast)
    walk = begin("dzien-zajec")
    instructor, office, helper = walk.sits("tomasz"), walk.sits("rafal"), walk.sits("igor")
    manager = walk.sits("ewa")
    with walk.step("Rano: kto jest"):
        instructor.goes("Pulpit")
        instructor.picture("dzien-pulpit")
        takes_up(instructor, "Obecność: Stolarska", "Wpisz obecność")
        instructor.presses("Wszyscy obecni (6)", stays=True)
        expect(instructor.page.locator("[data-count=left]")).to_have_text("0")
    with walk.step("Rano: wyjątki"):
        marks_exceptions(instructor, files)
    with walk.step("Kierownik: zgoda na dzień wolny"):
        agrees_to_a_free_day(manager)
    with walk.step("Biuro: zwolnienie lekarskie"):
        brings_a_paper(office)
    with walk.step("Posiłki"):
        orders_meals(instructor)
    with walk.step("Lista na papierze"):
        instructor.goes("Obecność")
        instructor.follows("Stolarska")
        instructor.reads_paper("Arkusz z QR", "Ryszard Głóg")
    with walk.step("Zajęcia: dziennik"):
        writes_the_journal(instructor, "Stolarstwo")
        instructor.picture("dzien-dziennik")
        instructor.presses("Zapisz w dzienniku")
    with walk.step("Zajęcia spoza planu"):
        instructor.goes("Zajęcia")
        instructor.unfolds("Zajęcia spoza planu")
        instructor.follows("Stolarska")
        instructor.writes("Od godziny", "15:00")
        instructor.writes("Do godziny", "16:30")
        instructor.presses("Dalej: dziennik")
        instructor.sees("Temat zajęć")
    with walk.step("Dziennik na papierze"):
        instructor.goes("Zajęcia")
        instructor.follows("Dziennik")
        instructor.reads_paper("Wydrukuj miesiąc", TOPIC)
    with walk.step("Klub: godziny miesiąca"):
        writes_the_journal(helper, "Poradnictwo zawodowe")
        helper.presses("Zapisz w dzienniku")
        helper.goes("Obecność")
        helper.follows("Grupa")
        helper.sees("w miesiącu 4 godz. dydaktycznych")
    walk.ends()
    with cast.scope("cis", "ewa"):
        kinds = dict(DayMark.objects.order_by("pk").values_list("participation__person__last_name", "kind"))
        assert kinds == {
            "Bażant": "present",
            "Dąbek": "free",
            "Głóg": "unexcused",
            "Jesion": "sick",
            "Kalina": "employer",
            "Kulik": "present",
        }
        assert DayMark.objects.get(participation=files[RESTING]).free_day.state == "granted"
        assert DayMark.objects.get(participation=files[ILL]).sick_leave_id is not None
        assert ClassMeeting.objects.get().topic == TOPIC
