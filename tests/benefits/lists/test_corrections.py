"""What changed after a month was paid becomes rows of the next list (spec., section 5)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from benefits.models import Correction, PayWay, Recovery, Statement, TaxStatement
from benefits.queries import integrity, standing
from benefits.queries.statements import told_of
from benefits.services import recoveries
from ipzs.enums import MarkKind
from ipzs.services import attendance
from participants.models import Participation
from participants.rules.codes import PeriodKind
from participants.rules.stages import Period
from participants.services import participations
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.formats import format_money
from tests.benefits.lists import made
from tests.benefits.lists.made import FULL, OCTOBER, SEPTEMBER
from tests.benefits.pay.made import payable
from tests.cast import World
from tests.ipzs.attendance.made import TODAY, mark
from tests.participants.participations.made import agreed, alone, in_classes, ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
DAY = Decimal("107.03")


@pytest.fixture
def paid(world: World) -> World:
    """A unit whose list of September is approved."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
    made.approved(world, SEPTEMBER)
    return world


def october(file: Participation) -> tuple[Statement, list[Correction]]:
    row = made.draft()
    statement = made.statement_of(row, file)
    return statement, list(Correction.objects.filter(statement=statement).order_by("month"))


def test_nothing_changed_so_nothing_is_corrected(paid: World):
    with paid.scope("cis", "ewa"):
        made.draft()
        assert not Correction.objects.exists()


def test_more_is_paid_out_at_once_with_its_reason(paid: World):
    """An unexcused day that October paid less for turns out to be excused."""
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        mark(file, OCTOBER.first, MarkKind.UNEXCUSED, reason="późno")
    made.approved(paid)
    with clock.frozen(date(2026, 12, 20)), paid.scope("cis", "ewa"):
        made.reopened(OCTOBER)
        attendance.clear_mark(participation_id=file.pk, day=OCTOBER.first, reason="pomyłka")
        made.shut(OCTOBER)
        row = made.draft(OCTOBER.next)
        statement = made.statement_of(row, file)
        (more,) = Correction.objects.filter(payroll_list=row)
        assert (more.month, more.benefit, statement.corrected) == (OCTOBER.first, DAY, DAY)
        assert statement.document["corrected"]["2026-10"] == [["unexcused", [], ["2026-10-01"]]]
        # 12 % of 2248 less 300 is below zero: nothing is taken.
        assert statement.to_pay == Decimal(FULL) + DAY


def test_less_stands_as_a_receivable_until_there_is_a_ground(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.missed(file)
        statement, rows = october(file)
        assert (rows[0].difference, rows[0].benefit, rows[0].recovery) == (-DAY, 0, None)
        # September is paid in November too, and took its part of the month's reduction.
        assert (statement.corrected, statement.to_pay) == (0, Decimal(FULL) - 214)
        assert statement.document["corrected"]["2026-09"] == [["unexcused", ["2026-09-01"], []]]
        recoveries.add(participation_id=file.pk, kind="consent", given_on=TODAY, reference="", at_most=None)
        statement, rows = october(file)
        assert (rows[0].benefit, statement.corrected) == (-DAY, -DAY)
        assert statement.to_pay == Decimal(FULL) - DAY - 201
        # The contributions of what was taken back are no longer asked from the Labour Fund.
        assert rows[0].pension_insured < 0


def test_what_a_ground_limits_is_carried_to_the_next_list(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.missed(file, count=2)
        recoveries.add(
            participation_id=file.pk, kind="decision", given_on=TODAY, reference="DK/1/2026",
            at_most=Decimal("100.00"),
        )  # fmt: skip
    made.approved(paid)
    with clock.frozen(date(2026, 12, 20)), paid.scope("cis", "ewa"):
        row = made.draft(OCTOBER.next)
        (left,) = Correction.objects.filter(payroll_list=row)
        assert (left.month, left.difference, left.benefit) == (
            SEPTEMBER.first, 100 - 2 * DAY - Decimal("0.01"), -100,
        )  # fmt: skip


def test_whoever_could_not_be_paid_gets_it_with_the_next_list(world: World):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(1)
        late = in_classes("Adam Modrzew")
    made.approved(world, SEPTEMBER, without_blocked=True)
    with world.scope("cis", "ewa"):
        payable(late)
        statement, rows = october(late)
        assert [(one.month, one.benefit) for one in rows] == [(SEPTEMBER.first, Decimal(FULL))]
        assert statement.document["corrected"]["2026-09"] == [["not_paid", [], []]]
        # Tax is taken once, on both months together: 12 % of 4281 less 300.
        assert (statement.tax, statement.to_pay) == (214, 2 * Decimal(FULL) - 214)


def test_who_has_left_stands_on_the_list_with_corrections_only(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.reopened(SEPTEMBER)
        participations.end_participation(
            participation_id=file.pk, ended_on=date(2026, 9, 15), reason="statement", destination="unknown"
        )
        made.shut(SEPTEMBER)
        statement, rows = october(file)
        assert (statement.benefit, statement.document["basis"], statement.document["rows"]) == (0, None, [])
        assert [(one.month, one.difference) for one in rows] == [(SEPTEMBER.first, Decimal("-1070.34"))]
        assert statement.document["corrected"]["2026-09"][0][0] == "participation"


@pytest.fixture
def twice(world: World) -> tuple[World, Participation, Participation]:
    """A person whose first file has a correction coming, and who takes part by a second one."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(1)
        first = in_classes("Adam Modrzew")
    made.approved(world, SEPTEMBER, without_blocked=True)
    with world.scope("cis", "ewa"):
        payable(first)
        participations.end_participation(
            participation_id=first.pk, ended_on=SEPTEMBER.last, reason="job", destination="open_market"
        )
        again = participations.open_participation(person_id=first.person_id, opened_on=OCTOBER.first)
        agreed(again, on=OCTOBER.first)
        ready(again)
        with alone():
            participations.start_trial(participation_id=again.pk, since=OCTOBER.first)
        payable(again, since=OCTOBER.first)
    return world, first, again


def test_tax_is_taken_once_from_a_person_with_two_files(twice: tuple[World, Participation, Participation]):
    world, first, again = twice
    with world.scope("cis", "ewa"):
        row = made.draft()
        before, now = made.statement_of(row, first), made.statement_of(row, again)
        income = before.corrected + now.benefit
        assert (before.corrected, now.benefit > 0) == (Decimal(FULL), True)
        # 12 % of it whole, less 300 once.
        assert before.tax + now.tax == (income.quantize(Decimal(1)) * 12 / 100 - 300).quantize(Decimal(1)) > 0
        assert (before.tax > 0, now.tax) == (True, 0)
        assert before.to_pay + now.to_pay == income - before.tax
        bearing, other = (told_of(one, "pl").lines[-2] for one in (before, now))
        whole = format_money(income)
        assert f"Podatek liczymy raz, od wszystkich kwot razem: to 12\u00a0% z {whole}." in bearing.sentence
        assert "na innym rozliczeniu" not in bearing.sentence
        assert f"Cały podatek to {format_money(before.tax)}." in other.sentence
        assert "Podatku za ten miesiąc nie ma" not in other.sentence


def test_what_a_person_said_last_about_pit_2_holds_for_both_files(
    twice: tuple[World, Participation, Participation],
):
    world, first, again = twice
    with world.scope("cis", "ewa"):
        TaxStatement.objects.filter(participation=again).update(pit2=False, filed_on=None)
        row = made.draft()
        found = [made.statement_of(row, one) for one in (first, again)]
        assert [one.document["pit2"] for one in found] == [False, False]
        income = found[0].corrected + found[1].benefit
        assert sum(one.tax for one in found) == (income.quantize(Decimal(1)) * 12 / 100).quantize(Decimal(1))


def test_whose_first_day_moved_out_of_a_paid_month_owes_it(paid: World):
    """The file has no day in any month that is looked at any more, only what was paid for one."""
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.reopened(SEPTEMBER)
        trial = Period(PeriodKind.TRIAL, DateSpan(date(2026, 11, 2), date(2026, 12, 1)))
        participations.set_periods(participation_id=file.pk, periods=[trial])
        made.shut(SEPTEMBER)
        (one,) = standing.report().found
        assert (one.file, one.due.difference) == (file, -Decimal(FULL))
        statement, rows = october(file)
        assert (statement.benefit, statement.to_pay) == (0, 0)
        assert [(one.month, one.difference) for one in rows] == [(SEPTEMBER.first, -Decimal(FULL))]
        assert statement.document["corrected"]["2026-09"][0][0] == "participation"


def test_who_has_left_and_owes_is_asked_for_no_account(paid: World):
    """A way of payment is needed for a payment; what is owed stands, and blocks nobody."""
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.reopened(SEPTEMBER)
        participations.end_participation(
            participation_id=file.pk, ended_on=date(2026, 9, 15), reason="statement", destination="unknown"
        )
        made.shut(SEPTEMBER)
        PayWay.objects.filter(participation=file).delete()
        statement, rows = october(file)
        assert (statement.blocked, statement.to_pay) == (False, 0)
        assert [(one.difference, one.benefit) for one in rows] == [(Decimal("-1070.34"), 0)]


def test_a_sick_leave_that_came_late_is_told_by_its_days(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.reopened(SEPTEMBER)
        attendance.add_sick_leave(
            participation_id=file.pk, since=date(2026, 9, 7), until=date(2026, 9, 8), confirmed_on=TODAY
        )
        made.shut(SEPTEMBER)
        statement, rows = october(file)
        assert rows[0].difference == -DAY
        assert statement.document["corrected"]["2026-09"] == [["sick", ["2026-09-07", "2026-09-08"], []]]


def test_a_month_that_is_open_again_is_left_alone(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.reopened(SEPTEMBER)
        mark(file, SEPTEMBER.first, MarkKind.UNEXCUSED, reason="późno")
        assert october(file)[1] == []


def test_a_deduction_without_a_ground_is_refused_by_the_database(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.missed(file)
        _, rows = october(file)
        with pytest.raises(IntegrityError, match="correction_has_ground"), transaction.atomic():
            Correction.objects.filter(pk=rows[0].pk).update(benefit=-DAY)
        with pytest.raises(IntegrityError, match="correction_within"), transaction.atomic():
            Correction.objects.filter(pk=rows[0].pk).update(benefit=DAY)


def test_a_ground_that_was_withdrawn_takes_nothing(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        made.missed(file)
        ground = recoveries.add(
            participation_id=file.pk, kind="consent", given_on=TODAY, reference="", at_most=None
        )
        recoveries.withdraw(recovery_id=ground.pk)
        assert Recovery.objects.count() == 1
        assert october(file)[0].corrected == 0


def test_the_list_that_was_paid_never_changes(paid: World):
    with paid.scope("cis", "ewa"):
        file = made.somebody()
        before = integrity.statements_of(made.PayrollList.objects.get(month=SEPTEMBER.first))
        made.missed(file)
        made.draft()
        after = integrity.statements_of(made.PayrollList.objects.get(month=SEPTEMBER.first))
        assert made.amounts(before, "digest") == made.amounts(after, "digest")
        assert integrity.faults(made.PayrollList.objects.get(month=SEPTEMBER.first)) == []
