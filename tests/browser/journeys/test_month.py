"""A month of a CIS by those who do it: from the last day's marks to the bank's answer and a paper."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from benefits.models import PayrollList, Statement
from benefits.queries import integrity
from benefits.services import lists
from ipzs.enums import MarkKind
from ipzs.queries import timetable
from ipzs.services import attendance
from ipzs.services import months as attendance_months
from participants.models import Participation
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.formats import format_date, format_table_date
from reintegration.jobs.worker import drain
from reintegration.tenancy.models import UnitAccount
from tests.benefits.answers.made import DAY, mt940, of_elixir
from tests.benefits.bank.made import account
from tests.benefits.lists.made import reopened, rounding
from tests.benefits.pay.made import payable
from tests.benefits.transfers.made import OWN, by_post
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.ipzs.attendance.made import NAMES, mark, placed, workshop
from tests.ipzs.months.made import marked
from tests.participants.participations.made import in_classes, in_trial

# What happens to whom.
CORRECTED, PRAISED, FORFEITED, ILL, BEGINS, USUAL = (NAMES[at] for at in (0, 1, 3, 6, 9, 2))
# They have no account: one comes to the till, to the other the post goes.
AT_TILL, BY_POST = NAMES[4], NAMES[5]
PEOPLE = (CORRECTED, PRAISED, USUAL, FORFEITED, ILL, BEGINS, AT_TILL, BY_POST)
PREMIUM = "150,00"


class Unit:
    """Eight people of a workshop: the month before is paid, this one is marked but for its last day."""

    def __init__(self, cast: World) -> None:
        self.cast = cast
        self.month = Month.of(clock.today()).previous
        before = self.month.previous
        with cast.scope("cis", "ewa"):
            rounding(cast)
            attendance.save_settings(late_days=60)
            UnitAccount.objects.create(since=date(2020, 1, 1), number=OWN, bank="Bank Leśny")
            self.place = workshop()
            self.files = {name: self._came(name, number) for number, name in enumerate(PEOPLE, 2)}
            there = [file for name, file in self.files.items() if name not in {BEGINS, ILL}]
            marked(there, before)
            self._fell_ill(before)
            gap = self.days(CORRECTED, before)[0]
            attendance.clear_mark(participation_id=self.files[CORRECTED].pk, day=gap, reason="pomyłka")
            mark(self.files[CORRECTED], gap, MarkKind.UNEXCUSED, reason="nie przyszedł")
            attendance_months.close(month=before)
        self._pay(before)
        with cast.scope("cis", "ewa"):
            # He had been there after all: what is missing is paid with the next list.
            reopened(before)
            attendance.clear_mark(participation_id=self.files[CORRECTED].pk, day=gap, reason="był")
            mark(self.files[CORRECTED], gap, MarkKind.PRESENT, reason="lista papierowa")
            attendance_months.close(month=before)
            *missed, self.last = self.days(FORFEITED, self.month)[-4:]
            # Nobody wrote down a day of one more.
            self.forgotten = self.days(USUAL, self.month)[4]
            absent = self.files[FORFEITED]
            forgotten = self.files[USUAL]
            others = [file for file in (*there, self.files[BEGINS]) if file not in {absent, forgotten}]
            marked(others, self.month, left_out=[self.last])
            marked([forgotten], self.month, left_out=[self.forgotten, self.last])
            marked([absent], self.month, left_out=[*missed, self.last])
            for day in missed:
                mark(absent, day, MarkKind.UNEXCUSED, reason="nie przyszedł")
            attendance.add_sick_leave(
                participation_id=self.files[ILL].pk,
                since=self.month.first,
                until=self.month.last,
                confirmed_on=clock.today(),
            )

    def _came(self, name: str, number: int) -> Participation:
        """Long ago, but for the one whose trial begins in the month."""
        if name == BY_POST:
            since = self.month.previous.first - timedelta(days=100)
            return placed(by_post(name, since), self.place, since)
        if name == BEGINS:
            since = self.month.first + timedelta(days=9)
            file = in_trial(name, since)
        else:
            since = self.month.previous.first - timedelta(days=100)
            file = in_classes(name, since)
        way = {"method": "cash", "account": ""} if name == AT_TILL else {"account": account(number)}
        return placed(payable(file, since, **way), self.place, since)

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


def marks_the_last_day(instructor: Desk, unit: Unit) -> None:
    """All were there but one, for whom it is the fourth day."""
    instructor.goes("Obecność")
    for _ in range((clock.today() - unit.last).days):
        instructor.follows("poprzedni dzień")
    instructor.follows("Stolarska")
    instructor.presses("Wszyscy obecni (8)", stays=True)
    expect(instructor.page.locator("[data-count=left]")).to_have_text("0")
    row = instructor.page.locator(f"#r-{unit.files[FORFEITED].pk}")
    if instructor.script:
        # The letter that stands on the button of the mark.
        instructor.reaches(row.locator("input:checked"))
        with instructor.page.expect_response("**/zapis/"):
            instructor.page.keyboard.press("n")
    else:
        instructor.chooses_in(row.locator("input[value=unexcused]"))
        instructor.presses_in(row.get_by_role("button", name="Zapisz"))
    expect(row).to_contain_text("Zabiera świadczenie za cały miesiąc")
    instructor.picture("miesiac-obecnosc")


def proposes_a_premium(instructor: Desk) -> None:
    instructor.goes("Premie")
    instructor.follows("Zaproponuj", of=PRAISED)
    instructor.writes("Kwota", PREMIUM)
    instructor.writes("Za co", "Sam naprawił piłę.")
    instructor.presses("Zaproponuj")


def next_thing(desk: Desk, name: str) -> None:
    """The step that waits for this person, by the button of the page of the month."""
    desk.goes("Rozliczenie miesiąca")
    desk.follows(name)


def mends_what_blocks(manager: Desk, unit: Unit) -> None:
    """A day without a mark keeps the month open; its line leads to where it is written."""
    manager.goes("Rozliczenie miesiąca")
    manager.sees("Brakuje wpisu:")
    assert not manager.page.get_by_role("link", name="Zamknij obecność").count()
    manager.picture("miesiac-braki")
    manager.follows("Popraw dni", of=USUAL)
    manager.sees("brak wpisu")
    manager.follows("Wpisz", of=format_date(unit.forgotten, today=clock.today()))
    manager.chooses("obecność")
    manager.writes_in(manager.page.get_by_label("Powód późnego wpisu lub zmiany"), "lista papierowa")
    manager.presses("Zapisz")


def closes_attendance(manager: Desk) -> None:
    manager.goes("Rozliczenie miesiąca")
    manager.picture("miesiac-kroki")
    manager.takes_step("Zamknij obecność")


def grants_the_premium(manager: Desk) -> None:
    next_thing(manager, "Zdecyduj o premiach")
    manager.follows("Przyznaj", of=PRAISED)
    manager.presses("Przyznaj premię")
    manager.reads_paper("Drukuj decyzję", PRAISED, PREMIUM, exact=False)


def prepares(office: Desk) -> None:
    next_thing(office, "Policz listę")
    office.presses("Policz listę")
    office.sees("pierwsza wypłata", "świadczenie przepada", "premia", "wyrównanie za", "dni choroby")
    office.picture("miesiac-lista")
    office.follows("Oddaj do podpisów")
    office.presses("Oddaj do podpisów")


def makes_the_file(accountant: Desk) -> bytes:
    next_thing(accountant, "Zrób plik dla banku")
    accountant.writes("Dzień przelewu", format_table_date(clock.today()))
    accountant.presses("Zrób plik")
    return accountant.fetches("Pobierz plik dla banku")


def takes_lists(accountant: Desk) -> None:
    """Whom no bank pays: one list to sign at the till, one for the counter of the post."""
    accountant.sees(BY_POST, AT_TILL, "Lipowa 3")
    accountant.faultless()
    accountant.picture("miesiac-kasa", of=accountant.page.locator("#poczta"))
    accountant.reads_paper("Lista do podpisu PDF", AT_TILL, "Data i podpis")
    accountant.reads_paper("Wykaz dla poczty PDF", BY_POST, "Lipowa 3", "wolne od egzekucji")


def nobody_came(accountant: Desk) -> None:
    """The one at the till did not come, and comes a day later; the post has delivered."""
    accountant.goes("Listy wypłat")
    accountant.follows("10/2026")
    accountant.follows("Wszystkie płatności")
    accountant.follows(AT_TILL)
    accountant.follows("Nie doszła do osoby")
    accountant.writes("Dlaczego", "nie przyszedł do kasy")
    accountant.presses("Zapisz zwrot")
    accountant.goes("Pulpit")
    accountant.sees(f"Wróciła wypłata: {AT_TILL}")
    next_thing(accountant, "Zdecyduj o zwrotach")
    accountant.follows(AT_TILL)
    accountant.faultless()
    accountant.picture("miesiac-zwrot")
    accountant.follows("Wypłać jeszcze raz")
    accountant.chooses("gotówka w kasie")
    accountant.presses("Wypłać jeszcze raz")
    accountant.follows("Wydano w kasie")
    accountant.presses("Potwierdź")
    next_thing(accountant, "Potwierdź przekazy")
    accountant.presses("Potwierdź przekazy")
    accountant.sees("doręczona", "wydana w kasie")


def confirms(manager: Desk) -> None:
    next_thing(manager, "Potwierdź wypłatę")
    manager.presses("Potwierdź wypłatę")


def answered(sent: bytes) -> bytes:
    """What the bank books of the file, on the day of the journey."""
    invented, today = (f"{one:%y%m%d}".encode() for one in (DAY, clock.today()))
    told = mt940(*of_elixir(sent))
    return told.replace(invented + invented[2:], today + today[2:]).replace(invented, today)


def brings_the_answer(accountant: Desk, sent: bytes) -> None:
    next_thing(accountant, "Wczytaj wyciąg")
    accountant.brings("Plik z banku", "wyciag.sta", answered(sent))
    accountant.presses("Wczytaj")
    accountant.picture("miesiac-wyciag")


def settles(accountant: Desk) -> None:
    next_thing(accountant, "Rozlicz listę")
    accountant.presses("Rozlicz listę")


def hands_out(manager: Desk) -> None:
    """One print for all: everybody on the list has a paper of their own."""
    manager.goes("Listy wypłat")
    manager.follows("10/2026")
    manager.picture("miesiac-rozliczenia", of=manager.page.locator("#rozliczenia"))
    manager.reads_paper("Wydrukuj wszystkie", *PEOPLE)


def explains(manager: Desk, unit: Unit) -> PayrollList:
    """The same amounts on the screen and on the paper of whoever was ill longer than is paid."""
    with unit.cast.scope("cis", "ewa"):
        row = PayrollList.objects.get(month=unit.month.first)
    manager.follows(ILL)
    manager.sees("ponad limit")
    manager.picture("miesiac-skad")
    cells = manager.page.locator("table.calc tbody :is(th b, th span, td)").all_inner_texts()
    assert len(cells) > 3
    manager.reads_paper("Pobierz PDF", *cells, exact=False)
    return row


def adds_up(row: PayrollList, sent: bytes, cast: World) -> None:
    with cast.scope("cis", "ewa"):
        row.refresh_from_db()
        assert row.state == "settled"
        assert integrity.faults(row) == []
        found = Statement.objects.filter(payroll_list=row).select_related("person").order_by("position")
        statements = {str(one.person): one for one in found}
    assert set(statements) == set(PEOPLE)
    assert not any(one.blocked for one in statements.values())
    assert statements[FORFEITED].to_pay == 0
    assert statements[BEGINS].first
    assert statements[PRAISED].premium == Decimal("150.00")
    assert statements[CORRECTED].corrected > 0
    full = statements[USUAL].benefit
    assert all(0 < statements[name].benefit < full for name in (ILL, BEGINS))
    records = sent.decode("cp1250").splitlines()
    # A premium is a transfer of its own, and of nothing there is none.
    sent_by_bank = [one for one in statements.values() if one.method == "transfer" and one.to_pay]
    assert len(records) == len(sent_by_bank) + 1
    total = sum(one.to_pay for one in sent_by_bank)
    assert sum(Decimal(one.split(",")[2]) for one in records) == total * 100


@variants("desktop-plain", "phone-script")
def test_a_month(begin: Begin, cast: World, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    # What other rooms ask before the trial is theirs to test.
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    unit = Unit(cast)
    walk = begin("rozliczenie-miesiaca")
    instructor, manager = walk.sits("tomasz"), walk.sits("ewa")
    office, accountant = walk.sits("rafal"), walk.sits("celina")
    with walk.step("Instruktor: ostatni dzień"):
        marks_the_last_day(instructor, unit)
    with walk.step("Instruktor: premia"):
        proposes_a_premium(instructor)
    with walk.step("Kierownik: co zatrzymuje zamknięcie"):
        mends_what_blocks(manager, unit)
    with walk.step("Kierownik: zamknięcie obecności"):
        closes_attendance(manager)
    with walk.step("Kierownik: premie"):
        grants_the_premium(manager)
    with walk.step("Biuro: lista wypłat"):
        prepares(office)
    with walk.step("Księgowy i kierownik: podpisy"):
        next_thing(accountant, "Podpisz sprawdzenie")
        accountant.presses("Podpisz sprawdzenie")
        next_thing(manager, "Zatwierdź listę")
        manager.presses("Zatwierdź listę")
        drain()
    with walk.step("Księgowy: plik dla banku"):
        sent = makes_the_file(accountant)
    with walk.step("Księgowy: kasa i poczta"):
        takes_lists(accountant)
    with walk.step("Kierownik: potwierdzenie wypłaty"):
        confirms(manager)
    with walk.step("Księgowy: wyciąg z banku"):
        brings_the_answer(accountant, sent)
    with walk.step("Księgowy: kto nie odebrał"):
        nobody_came(accountant)
    with walk.step("Księgowy: rozliczenie listy"):
        settles(accountant)
    with walk.step("Rozliczenia dla osób"):
        hands_out(manager)
    with walk.step("Skąd ta kwota?"):
        row = explains(manager, unit)
    walk.ends()
    adds_up(row, sent, cast)
