"""The Labour Fund by an accountant: from waiting for an agreement to two months settled to 0.00."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from benefits.models import FundApplication, FundLine, PayrollList
from benefits.queries import fund as queries
from benefits.services import lists, recoveries
from ipzs.enums import MarkKind
from ipzs.queries import timetable
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.formats import format_money, format_table_date
from tests.benefits.lists.made import approved, reopened, rounding, shut
from tests.benefits.pay.made import payable
from tests.browser.conftest import OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.ipzs.attendance.made import NAMES, mark, placed, workshop
from tests.participants.participations.made import in_classes

PEOPLE = 3


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def takes(page: Page, step: str) -> None:
    """The link of a step, and the button of the same name, in a dialog or on a page of its own."""
    page.get_by_role("link", name=step, exact=True).click()
    press(page, step)


class Unit:
    """Three people of a workshop; the month before the last one is paid."""

    def __init__(self, cast: World) -> None:
        self.cast = cast
        self.month = Month.of(clock.today()).previous
        self.before = self.month.previous
        since = self.before.first - timedelta(days=100)
        with cast.scope("cis", "ewa"):
            rounding(cast)
            place = workshop()
            self.files = [
                placed(payable(in_classes(name, since), since), place, since) for name in NAMES[:PEOPLE]
            ]
        self.paid(self.before)

    def paid(self, month: Month) -> PayrollList:
        row = approved(self.cast, month)
        with self.cast.scope("cis", "ewa"):
            return lists.confirm_payment(list_id=row.pk, paid_on=clock.today(), without_file=True)

    def a_day_was_missed(self) -> None:
        """A day of the paid month turns out to be unexcused, and the person agrees to pay it back."""
        file = self.files[1]
        with self.cast.scope("cis", "ewa"):
            day = sorted(timetable.class_days([file.pk], self.before)[file.pk])[0]
            recoveries.add(
                participation_id=file.pk, kind="consent", given_on=clock.today(), reference="", at_most=None
            )
            reopened(self.before)
            mark(file, day, MarkKind.UNEXCUSED, reason="lista papierowa")
            shut(self.before)

    def application(self, month: Month) -> tuple[FundApplication, Decimal, list[FundLine]]:
        with self.cast.scope("cis", "celina"):
            row = queries.applications().get(payroll_list__month=month.first)
            return row, queries.account_of(row.agreement).of(row).found.asked, list(queries.lines_of(row))

    def open_amount(self, month: Month) -> Decimal:
        with self.cast.scope("cis", "celina"):
            row = queries.applications().get(payroll_list__month=month.first)
            return queries.account_of(row.agreement).of(row).found.open


@pytest.fixture
def unit(cast: World, monkeypatch: pytest.MonkeyPatch) -> Unit:
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    return Unit(cast)


def waits_for_an_agreement(page: Page) -> None:
    asked_on = clock.today() - timedelta(days=47)
    page.goto(reverse("benefits:fund"))
    page.get_by_role("link", name="Zapisz wniosek o umowę").click()
    page.get_by_label("Urząd pracy").fill("Powiatowy Urząd Pracy w Brzozowej")
    page.get_by_label("Dzień wniosku o umowę").fill(format_table_date(asked_on))
    page.get_by_label("Liczba miejsc").fill(str(PEOPLE))
    page.get_by_label("refundacja po wypłacie").check()
    press(page, "Zapisz")
    expect(page.locator("#czekacie")).to_contain_text("47 dni")


def signs_it(page: Page) -> None:
    """From the year before on, so that this year's amount is entered apart."""
    today = clock.today()
    page.get_by_role("link", name="Powiatowy Urząd Pracy w Brzozowej").click()
    page.get_by_role("link", name="Zapisz podpisanie").click()
    page.get_by_label("Numer umowy").fill("UM/7/FP")
    page.get_by_label("Dzień podpisania").fill(format_table_date(today))
    page.get_by_label("Obowiązuje od").fill(format_table_date(date(today.year - 1, 1, 1)))
    page.get_by_label("Obowiązuje do").fill(format_table_date(date(today.year + 1, 12, 31)))
    page.get_by_label("Kwota na pierwszy rok").fill("20000")
    press(page, "Zapisz")
    page.goto(reverse("benefits:fund"))
    page.get_by_role("link", name="Wpisz kwotę").click()
    page.get_by_label("Rok", exact=True).fill(str(today.year))
    page.get_by_label("Kwota na rok").fill("100000")
    press(page, "Zapisz")


def applies(page: Page) -> None:
    page.goto(reverse("benefits:fund"))
    takes(page, "Zrób wniosek")
    takes_send(page)


def takes_send(page: Page) -> None:
    page.get_by_role("link", name="Wyślij wniosek").click()
    press(page, "Wysłano")


def receives(page: Page, amount: Decimal) -> None:
    page.get_by_role("link", name="Zapisz wpłatę", exact=True).click()
    page.get_by_label("Dzień", exact=True).fill(format_table_date(clock.today()))
    page.get_by_label("Kwota").fill(format_money(amount, unit=False))
    press(page, "Zapisz")


def is_refused(page: Page, name: str) -> None:
    page.get_by_role("row", name=name).get_by_role("link", name="Odmowa albo część").click()
    page.get_by_label("Ile przyznał urząd").fill("0")
    page.get_by_label("Dlaczego").select_option("brakuje dokumentu")
    page.get_by_label("Szczegóły").fill("brak kopii skierowania")
    page.get_by_label("Zapytaj o tę kwotę w następnym wniosku").check()
    press(page, "Zapisz")


def test_two_months_are_settled_to_the_grosz(open_as: OpenAs, unit: Unit):
    """Application, partial receipt, refusal of one person, correction next month, settlement to 0.00."""
    page = open_as("celina")
    waits_for_an_agreement(page)
    signs_it(page)

    applies(page)
    row, asked, lines = unit.application(unit.before)
    refused = lines[0]
    receives(page, asked - refused.amount)
    expect(page.locator("main")).to_contain_text("czeka na odpowiedź albo wpłatę")
    is_refused(page, str(refused.person))
    takes(page, "Urząd przyznał resztę")
    assert axe(page) == []
    expect(page.locator(".figs")).to_contain_text("0,00 zł")
    expect(page.locator("main")).to_contain_text("przejdzie do następnego wniosku")
    takes_settle(page)
    expect(page.locator("main")).to_contain_text("rozliczony")

    unit.a_day_was_missed()
    unit.paid(unit.month)
    phone = open_as("celina", width=390)
    applies(phone)
    _, again, lines = unit.application(unit.month)
    assert sorted(one.kind for one in lines) == ["carried", "correction", *["own"] * PEOPLE]
    assert next(one for one in lines if one.kind == "carried").amount == refused.amount
    assert next(one for one in lines if one.kind == "correction").amount < 0
    assert again == sum(one.amount for one in lines)
    assert sideways_scroll(phone) == 0
    assert axe(phone) == []
    receives(phone, again)
    takes_settle(phone)
    assert unit.open_amount(unit.before) == unit.open_amount(unit.month) == 0
    with unit.cast.scope("cis", "celina"):
        assert queries.posted(row.agreement) == 0
    says_all_of_it(page, row)


def takes_settle(page: Page) -> None:
    page.get_by_role("link", name="Rozlicz wniosek").click()
    press(page, "Rozlicz")


def says_all_of_it(page: Page, row: FundApplication) -> None:
    """The board is empty again, and the paper has the list with its sum."""
    page.goto(reverse("benefits:fund"))
    expect(page.locator("#teraz")).to_contain_text("Nic tu nie czeka")
    assert axe(page) == []
    paper: Any = page.request.get(reverse("benefits:fund_print", args=[row.pk]))
    text = "\n".join(one.extract_text() for one in PdfReader(BytesIO(paper.body())).pages)
    assert "art. 15 ust. 8" in text
    assert "Razem do zwrotu" in text
