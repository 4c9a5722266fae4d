"""A whole month of a CIS of twelve, by those who do it: from attendance to the file for the bank."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from benefits.models import PayrollList, Premium, Statement
from benefits.queries import integrity
from benefits.services import lists
from ipzs.enums import MarkKind
from ipzs.queries import timetable
from ipzs.services import attendance
from ipzs.services import months as attendance_months
from participants.models import Participation
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.formats import format_table_date
from reintegration.jobs.worker import drain
from reintegration.tenancy.models import UnitAccount
from tests.benefits.bank.made import account
from tests.benefits.lists.made import rounding
from tests.benefits.pay.made import payable
from tests.browser.conftest import OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.ipzs.attendance.made import NAMES, mark, placed, workshop
from tests.ipzs.months.made import marked
from tests.participants.participations.made import in_classes, in_trial

# What happens to whom.
CORRECTED, PRAISED, FORFEITED, ILL, BEGINS = NAMES[0], NAMES[1], NAMES[3], NAMES[6], NAMES[9]
PREMIUM = "150,00"


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any) -> None:
    """What other rooms ask before the trial is theirs to test."""
    settings.FILES_DIR = tmp_path
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])


class Unit:
    """Twelve people of a workshop: the month before is paid, this one is marked but for its last days."""

    def __init__(self, cast: World) -> None:
        self.cast = cast
        self.month = Month.of(clock.today()).previous
        before = self.month.previous
        with cast.scope("cis", "ewa"):
            rounding(cast)
            attendance.save_settings(late_days=60)
            UnitAccount.objects.create(since=date(2020, 1, 1), number=account(1), bank="Bank Leśny")
            self.place = workshop()
            self.files = {name: self._came(name, number) for number, name in enumerate(NAMES, 2)}
            there = [file for name, file in self.files.items() if name not in {BEGINS, ILL}]
            marked(there, before)
            self._fell_ill(before)
            self.gap = self.days(CORRECTED, before)[0]
            attendance.clear_mark(participation_id=self.files[CORRECTED].pk, day=self.gap, reason="pomyłka")
            mark(self.files[CORRECTED], self.gap, MarkKind.UNEXCUSED, reason="nie przyszedł")
            attendance_months.close(month=before)
        self._pay(before)
        with cast.scope("cis", "ewa"):
            self.last = self.days(FORFEITED, self.month)[-4:]
            marked([*there, self.files[BEGINS]], self.month, left_out=self.last)

    def _came(self, name: str, number: int) -> Participation:
        """Long ago, but for the one whose trial begins in the month."""
        if name == BEGINS:
            since = self.month.first + timedelta(days=9)
            file = in_trial(name, since)
        else:
            since = self.month.previous.first - timedelta(days=100)
            file = in_classes(name, since)
        return placed(payable(file, since, account=account(number)), self.place, since)

    def _fell_ill(self, month: Month) -> None:
        """Ten days, so that the limit is passed in the month after."""
        file, since = self.files[ILL], month.last - timedelta(days=9)
        marked([file], month, left_out=[since + timedelta(days=n) for n in range(10)])
        attendance.add_sick_leave(
            participation_id=file.pk, since=since, until=month.last, confirmed_on=month.last
        )

    def _pay(self, month: Month) -> None:
        with self.cast.scope("cis", "rafal"):
            row = lists.lock(list_id=lists.calculate(month=month).pk)
        with self.cast.scope("cis", "celina"):
            lists.check(list_id=row.pk)
        with self.cast.scope("cis", "ewa"):
            lists.approve(list_id=row.pk)

    def days(self, name: str, month: Month) -> list[date]:
        key = self.files[name].pk
        return sorted(timetable.class_days([key], month)[key])

    def list(self, step: str = "") -> str:
        return reverse(f"benefits:list{step}", args=[str(self.month)])


@pytest.fixture
def unit(cast: World) -> Unit:
    return Unit(cast)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def takes(page: Page, step: str) -> None:
    """The link of a step, and the button of the same name, in a dialog or on a page of its own."""
    page.get_by_role("link", name=step, exact=True).click()
    press(page, step)


def marks_the_last_days(page: Page, unit: Unit) -> None:
    """All were there, except for one who did not come on any of the four."""
    for day in unit.last:
        page.goto(f"{reverse('ipzs:attendance_day', args=[unit.place.pk])}?dzien={day}")
        page.get_by_role("button", name="Wszyscy obecni").press("Enter")
        expect(page.locator("[data-count=left]")).to_have_text("0")
        row = page.locator(f"#r-{unit.files[FORFEITED].pk}")
        with page.expect_response("**/zapis/"):
            row.locator("label", has=page.locator("input[value=unexcused]")).click()
        expect(row.locator("input[value=unexcused]")).to_be_checked()
    expect(row).to_contain_text("Zabiera świadczenie za cały miesiąc")


def proposes_a_premium(page: Page, unit: Unit) -> None:
    page.goto(reverse("benefits:premium_propose", args=[str(unit.month), unit.files[PRAISED].pk]))
    page.get_by_label("Kwota").fill(PREMIUM)
    page.get_by_label("Za co").fill("Sam naprawił piłę.")
    press(page, "Zaproponuj")


def brings_the_leave(page: Page, unit: Unit) -> None:
    page.goto(reverse("ipzs:sick_add", args=[unit.files[ILL].pk]))
    page.get_by_label("Od", exact=True).fill(format_table_date(unit.month.first))
    page.get_by_label("Do", exact=True).fill(format_table_date(unit.month.last))
    page.get_by_label("Zaświadczenie przyniesiono").fill(format_table_date(clock.today()))
    press(page, "Zapisz")


def puts_the_month_before_right(page: Page, unit: Unit) -> None:
    before = str(unit.month.previous)
    page.goto(reverse("ipzs:month_reopen", args=[before]))
    page.get_by_label("Dlaczego otwierasz miesiąc ponownie").fill("Był, lista papierowa.")
    press(page, "Otwórz ponownie")
    page.goto(f"{reverse('ipzs:mark_edit', args=[unit.files[CORRECTED].pk])}?dzien={unit.gap}")
    page.get_by_label("obecność", exact=True).check()
    page.get_by_label("Powód późnego wpisu").fill("lista papierowa")
    press(page, "Zapisz")
    closes(page, unit.month.previous)


def closes(page: Page, month: Month) -> None:
    page.goto(reverse("ipzs:month_show", args=[str(month)]))
    takes(page, "Zamknij miesiąc")
    expect(page.locator("main")).to_contain_text("Zamknięty.")


def grants_the_premium(page: Page, unit: Unit) -> None:
    with unit.cast.scope("cis", "ewa"):
        key = Premium.objects.get().pk
    page.goto(reverse("benefits:premium_grant", args=[key]))
    press(page, "Przyznaj premię")


def prepares(page: Page, unit: Unit) -> None:
    """Counts the list, looks at what it says, and hands it over."""
    page.goto(unit.list())
    takes(page, "Policz listę")
    look = page.locator("main")
    for said in ("pierwsza wypłata", "świadczenie przepada", "premia", "wyrównanie za", "dni choroby"):
        expect(look).to_contain_text(said)
    assert axe(page) == []
    assert sideways_scroll(page) == 0
    takes(page, "Oddaj do podpisów")


def signs(page: Page, unit: Unit, step: str) -> None:
    page.goto(unit.list())
    takes(page, step)


def file_for_the_bank(page: Page, unit: Unit) -> bytes:
    page.goto(reverse("benefits:transfers", args=[str(unit.month)]))
    page.get_by_role("link", name="Zrób plik dla banku").click()
    page.get_by_label("Dzień przelewu").fill(format_table_date(clock.today()))
    press(page, "Zrób plik")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Pobierz plik dla banku").click()
    return taken.value.path().read_bytes()


def plain(text: str) -> str:
    """Without spaces: a paper breaks its lines elsewhere."""
    return "".join(text.split())


def statement_of(page: Page, row: Statement) -> tuple[list[str], str]:
    """The cells of the screen, and the text of its PDF."""
    page.goto(reverse("benefits:statement", args=[row.pk]))
    cells = page.locator("table.calc tbody :is(th b, th span, td)").all_inner_texts()
    pdf = page.request.get(str(page.get_by_role("link", name="Pobierz PDF").get_attribute("href")))
    paper = " ".join(one.extract_text() for one in PdfReader(BytesIO(pdf.body())).pages)
    return [plain(cell) for cell in cells if cell.strip()], plain(paper)


def test_a_month_from_attendance_to_the_bank(open_as: OpenAs, unit: Unit) -> None:
    instructor, manager = open_as("tomasz"), open_as("ewa")
    brings_the_leave(manager, unit)
    marks_the_last_days(instructor, unit)
    proposes_a_premium(instructor, unit)
    puts_the_month_before_right(manager, unit)
    closes(manager, unit.month)
    grants_the_premium(manager, unit)
    prepares(open_as("rafal"), unit)
    signs(open_as("celina"), unit, "Podpisz sprawdzenie")
    signs(manager, unit, "Zatwierdź listę")
    drain()

    with unit.cast.scope("cis", "ewa"):
        row = PayrollList.objects.get(month=unit.month.first)
        found = Statement.objects.filter(payroll_list=row).select_related("person").order_by("position")
        statements = {str(one.person): one for one in found}
        assert integrity.faults(row) == []
    assert len(statements) == len(NAMES)
    assert not any(one.blocked for one in statements.values())
    assert statements[FORFEITED].to_pay == 0
    assert statements[BEGINS].first
    assert statements[PRAISED].premium == Decimal("150.00")
    assert statements[CORRECTED].corrected > 0
    full = statements[NAMES[2]].benefit
    assert all(0 < statements[name].benefit < full for name in (ILL, BEGINS))

    said = {name: statement_of(manager, one) for name, one in statements.items()}
    for name, (cells, paper) in said.items():
        assert len(cells) > 3
        assert [cell for cell in cells if cell not in paper] == [], name
    assert any("ponadlimit" in cell.lower() for cell in said[ILL][0])

    records = file_for_the_bank(manager, unit).decode("cp1250").splitlines()
    # A premium is a transfer of its own, and of nothing there is none.
    assert len(records) == len(NAMES) - 1 + 1
    total = sum(one.to_pay for one in statements.values())
    assert sum(Decimal(one.split(",")[2]) for one in records) == total * 100
