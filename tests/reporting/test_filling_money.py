"""The money of a report against the other count: lists that were paid, and the Labour Fund."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from benefits.models import PaidLine, Statement
from benefits.queries import fund as queries
from benefits.services import lines
from benefits.services.fund import applications, receipts
from participants.rules.codes import UnitType
from reintegration.core import clock, slots
from reintegration.core.dates import DateSpan
from reporting.enums import LayoutKind
from reporting.models import YearCell
from reporting.queries import statistics
from reporting.queries.filling import fill
from reporting.queries.layouts import in_force
from reporting.services import rollups
from tests.benefits.fund import made
from tests.benefits.lists import made as lists_made
from tests.cast import World
from tests.ipzs.attendance.made import TODAY
from tests.reporting.filling_sql import CIS, differences

pytestmark = pytest.mark.django_db
ADVANCE, CAME = Decimal("3000.00"), Decimal("100.00")


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with clock.frozen(TODAY):
        yield


def test_what_was_paid_and_what_the_office_gave_is_what_the_other_count_says(world: World):
    with world.scope("cis", "ewa"):
        agreement = made.signed(mode="advance")
        advance = receipts.ask_advance(
            agreement_id=agreement.pk, month=lists_made.OCTOBER, amount=ADVANCE, asked_on=TODAY
        )
        receipts.receive_advance(advance_id=advance.pk, day=TODAY, amount=ADVANCE)
        receipts.give_back(agreement_id=agreement.pk, day=TODAY, amount=CAME)
        lists_made.rounding(world)
        lists_made.people(3)
    row = made.paid(world)
    with world.scope("cis", "celina"):
        application = made.sent(row)
        applications.accept_rest(application_id=application.pk)
        mistaken = receipts.receive(application_id=application.pk, day=TODAY, amount=CAME)
        receipts.take_back(receipt_id=mistaken.pk, because="pomyłka")
        receipts.receive(application_id=application.pk, day=TODAY, amount=CAME * 2)
        assert queries.faults(queries.account_of(agreement)) == []
    with world.scope("cis", "ewa"):
        assert differences(CIS, 2025, 2026) == []
        found = fill(in_force(LayoutKind.CIS, 2026).layout, 2026)
        paid = sum(one.benefit + one.premium + one.corrected for one in Statement.objects.order_by("pk"))
    values = found.values
    assert values["benefits.all.money"] == paid > 0
    assert (values["benefits.all.people"], values["benefits.all.payments"]) == (3, 3)
    assert [values[f"fund.{one}.money"] for one in ("refund", "advance", "given_back")] == [200, 3000, 100]
    # What benefits cost and what the office gave is not typed a second time.
    assert values["costs.c1.done"] == paid
    assert values["costs.insurance.done"] == values["fund.contributions.money"] > 0
    assert values["income.fund.done"] == 3100


def test_what_came_back_is_paid_once_and_on_the_day_on_which_it_stayed(world: World):
    """One comes back for good, one goes again at once, one in the next year; one comes back only then."""
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people(4)
    made.paid(world)
    with world.scope("cis", "ewa"):
        lost, again, late, after = PaidLine.objects.order_by("statement__position")
        for line in (lost, again, late):
            lines.return_by_word(line_id=line.pk, day=TODAY, reason="rachunek zamknięty")
        lines.send_by_word(line_id=lines.pay_again(line_id=again.pk, method="cash").pk, day=TODAY)
        assert paid_of(2026) == (again.amount + after.amount, 2, 2)
        assert differences(CIS, 2025, 2026) == []
    with world.scope("cis", "ewa"), clock.frozen(date(2027, 2, 10)):
        lines.send_by_word(line_id=lines.pay_again(line_id=late.pk, method="cash").pk, day=date(2027, 1, 5))
        lines.return_by_word(line_id=after.pk, day=date(2027, 1, 7), reason="rachunek zamknięty")
        lines.send_by_word(line_id=lines.pay_again(line_id=after.pk, method="cash").pk, day=date(2027, 1, 8))
        # What a year said stays said: the one that came back after it is not counted a second time.
        assert paid_of(2026) == (again.amount + after.amount, 2, 2)
        assert paid_of(2027) == (late.amount, 1, 1)
        assert differences(CIS, 2026, 2027) == []


def test_statistics_and_the_report_say_the_same_of_what_came_back(world: World):
    """A premium may come back without its benefit; tax that was withheld is withheld."""
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people(3)
    made.paid(world)
    with world.scope("cis", "ewa"):
        lost, again, kept = PaidLine.objects.order_by("statement__position")
        before = benefits_of(2026)
        rollups.recount_changed()
        assert kept_of(2026) == before["benefit"]
        for line in (lost, again):
            lines.return_by_word(line_id=line.pk, day=TODAY, reason="rachunek zamknięty")
        gone = sum(one.statement.benefit for one in (lost, again))
        assert benefits_of(2026)["benefit"] == before["benefit"] - gone
        assert benefits_of(2026)["reached"] == kept.amount
        rollups.recount_changed()
        assert kept_of(2026) == before["benefit"] - gone
    with world.scope("cis", "ewa"), clock.frozen(date(2027, 2, 10)):
        lines.send_by_word(line_id=lines.pay_again(line_id=again.pk, method="cash").pk, day=date(2027, 1, 5))
        for year in (2026, 2027):
            said = benefits_of(year)
            assert said["benefit"] + said["corrected"] + said["premium"] == paid_of(year)[0]
        assert benefits_of(2027)["reached"] == again.amount
        assert benefits_of(2027)["tax"] == 0
        assert benefits_of(2026)["tax"] == before["tax"]


def kept_of(year: int) -> Decimal:
    """What is kept counted of a year; a payment that comes back marks it."""
    return YearCell.objects.get(year=year, figure="benefits", line="benefit").value


def benefits_of(year: int) -> dict[str, Decimal]:
    span = DateSpan(date(year, 1, 1), date(year, 12, 31))
    table = statistics.report(UnitType.CIS, span, None).table("benefits")
    assert table.total is not None
    return {**{row.key: Decimal(row.value) for row in table.rows}, "reached": Decimal(table.total.value)}


def paid_of(year: int) -> tuple[Decimal, ...]:
    values = fill(in_force(LayoutKind.CIS, year).layout, year).values
    return tuple(values[f"benefits.all.{one}"] for one in ("money", "people", "payments"))
