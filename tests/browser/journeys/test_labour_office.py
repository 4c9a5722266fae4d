"""After the payment: contributions, and the Labour Fund from an agreement to two months settled to 0.00."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from benefits.models import FundApplication, FundLine, PayrollList
from benefits.queries import fund as queries
from benefits.services import lines, lists, recoveries
from ipzs.enums import MarkKind
from ipzs.queries import timetable
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.formats import format_money, format_month, format_table_date
from reintegration.core.identifiers import false_pesel
from reintegration.jobs.worker import drain
from tests.benefits.lists.made import approved, reopened, rounding, shut
from tests.benefits.pay.made import payable
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.ipzs.attendance.made import NAMES, mark, placed, workshop
from tests.participants.participations.made import in_classes

OFFICE = "Powiatowy Urząd Pracy w Brzozowej"
ATTACHMENT = "kopie skierowań"
PEOPLE = 3


class Unit:
    """Three people of a workshop; the month before the last one is paid, and the bank has confirmed it."""

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
            for number, file in enumerate(self.files, 1):
                file.person.pesel = false_pesel(date(1885, 5, 4), number, "M")
                file.person.no_pesel = ""
                file.person.save()
        self.pays(self.before)

    def pays(self, month: Month) -> PayrollList:
        row = approved(self.cast, month)
        with self.cast.scope("cis", "ewa"):
            lists.confirm_payment(list_id=row.pk, paid_on=clock.today(), without_file=True)
            lines.confirm_by_word(list_id=row.pk, day=clock.today())
            return lists.settle(list_id=row.pk)

    def misses_a_day(self) -> None:
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

    def is_even(self) -> None:
        """Nothing of both months is open, on the screens and in the journal."""
        with self.cast.scope("cis", "celina"):
            rows = list(queries.applications().order_by("pk"))
            (agreement,) = {row.agreement for row in rows}
            assert [queries.account_of(agreement).of(row).found.open for row in rows] == [0, 0]
            assert queries.posted(agreement) == 0


def pays_contributions(accountant: Desk, unit: Unit) -> None:
    month = format_month(unit.before)
    accountant.goes("Składki ZUS")
    accountant.picture("urzad-skladki")
    accountant.follows(month)
    assert b"KEDU" in accountant.fetches("Pobierz plik dla Płatnika")
    accountant.reads_paper("Lista (PDF)", NAMES[0])
    accountant.goes("Składki ZUS")
    accountant.follows("Zapisz zapłatę", of=month)
    accountant.presses("Zapisz zapłatę")
    accountant.sees("zapłacone")


def asks_for_an_agreement(accountant: Desk) -> None:
    accountant.goes("Fundusz Pracy")
    accountant.follows("Zapisz wniosek o umowę")
    accountant.writes("Urząd pracy", OFFICE)
    accountant.writes_in(
        accountant.page.get_by_label("Dzień wniosku o umowę"),
        format_table_date(clock.today() - timedelta(days=47)),
    )
    accountant.writes("Liczba miejsc", str(PEOPLE))
    accountant.chooses("refundacja po wypłacie")
    accountant.presses("Zapisz")
    expect(accountant.page.locator("#czekacie")).to_contain_text("47 dni")


def signs_it(accountant: Desk) -> None:
    """From the year before on, so that this year's amount is entered apart."""
    today = clock.today()
    accountant.follows(OFFICE)
    accountant.follows("Zapisz podpisanie")
    accountant.writes("Numer umowy", "UM/7/FP")
    for label, day in {
        "Dzień podpisania": today,
        "Obowiązuje od": date(today.year - 1, 1, 1),
        "Obowiązuje do": date(today.year + 1, 12, 31),
    }.items():
        accountant.writes(label, format_table_date(day))
    accountant.writes("Kwota na pierwszy rok", "20000")
    accountant.writes_in(accountant.page.get_by_label("Załączniki, których chce urząd"), ATTACHMENT)
    accountant.presses("Zapisz")
    accountant.goes("Fundusz Pracy")
    accountant.follows("Wpisz kwotę")
    accountant.writes("Rok", str(today.year))
    accountant.writes("Kwota na rok", "100000")
    accountant.presses("Zapisz")
    accountant.goes("Fundusz Pracy")
    accountant.picture("urzad-umowa")


def applies(accountant: Desk, picture: str) -> None:
    accountant.goes("Fundusz Pracy")
    accountant.takes_step("Zrób wniosek o refundację")
    accountant.picture(picture)
    accountant.reads_paper("Wniosek z listą (PDF)", "art. 15 ust. 8", "Razem do zwrotu", ATTACHMENT)
    accountant.follows("Wyślij wniosek")
    accountant.presses("Zapisz wysłanie")


def receives(accountant: Desk, amount: Decimal) -> None:
    accountant.follows("Zapisz wpłatę")
    accountant.writes("Dzień", format_table_date(clock.today()))
    accountant.writes("Kwota", format_money(amount, unit=False))
    accountant.presses("Zapisz")


def is_refused(accountant: Desk, name: str) -> None:
    accountant.follows("Odmowa albo część", of=name)
    accountant.writes_in(accountant.page.get_by_label("Ile przyznał urząd"), "0")
    accountant.picks_in(accountant.page.get_by_label("Dlaczego"), "brakuje dokumentu")
    accountant.writes_in(accountant.page.get_by_label("Szczegóły"), "brak kopii skierowania")
    accountant.chooses_in(accountant.page.get_by_label("Zapytaj o tę kwotę w następnym wniosku"))
    accountant.presses("Zapisz")


def ends_the_month(manager: Desk) -> None:
    for kind in ("składek", "podatku"):
        manager.goes("Rozliczenie miesiąca")
        manager.follows(f"Zapisz zapłatę {kind}")
        manager.presses("Zapisz zapłatę")
    drain()
    manager.goes("Rozliczenie miesiąca")
    manager.takes_step("Zamknij listę")
    manager.sees("Wszystko jest zrobione.")
    manager.picture("urzad-koniec")


@variants("phone-plain")
def test_the_labour_office(
    begin: Begin, cast: World, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Application, partial receipt, refusal of one person, correction next month, settlement to 0.00."""
    # What other rooms ask before the trial is theirs to test.
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    unit = Unit(cast)
    walk = begin("urzad-pracy")
    accountant, manager = walk.sits("celina"), walk.sits("ewa")
    with walk.step("Księgowy: składki ZUS"):
        pays_contributions(accountant, unit)
    with walk.step("Księgowy: umowa z urzędem pracy"):
        asks_for_an_agreement(accountant)
        signs_it(accountant)
    with walk.step("Księgowy: wniosek"):
        applies(accountant, "urzad-wniosek")
    _, asked, (refused, *_) = unit.application(unit.before)
    with walk.step("Księgowy: odpowiedź urzędu"):
        receives(accountant, asked - refused.amount)
        accountant.sees("czeka na odpowiedź albo wpłatę")
        is_refused(accountant, str(refused.person))
        accountant.takes_step("Urząd przyznał resztę")
        accountant.sees("przejdzie do następnego wniosku")
        accountant.picture("urzad-odpowiedz")
        accountant.takes_step("Rozlicz wniosek")
        accountant.sees("rozliczony")
    unit.misses_a_day()
    unit.pays(unit.month)
    with walk.step("Księgowy: następny miesiąc"):
        applies(accountant, "urzad-nastepny")
        _, again, rows = unit.application(unit.month)
        assert sorted(one.kind for one in rows) == ["carried", "correction", *["own"] * PEOPLE]
        assert next(one for one in rows if one.kind == "carried").amount == refused.amount
        assert next(one for one in rows if one.kind == "correction").amount < 0
        assert again == sum(one.amount for one in rows)
        receives(accountant, again)
        accountant.takes_step("Rozlicz wniosek")
    with walk.step("Kierownik: koniec miesiąca"):
        ends_the_month(manager)
    walk.ends()
    unit.is_even()
