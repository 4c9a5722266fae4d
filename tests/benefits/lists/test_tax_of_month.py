"""One reduction of the advance for a person and a month of payment; PIT-2 ends with the participation.

All names are invented.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from benefits.enums import ListState
from benefits.models import PaidLine
from benefits.queries.lists import list_of
from benefits.queries.statements import told_of
from benefits.services import lines, lists, pay
from participants.models import Participation
from participants.services import participations
from reintegration.core import clock
from reintegration.core.dates import Month
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY, closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER = OCTOBER.next
# 12 % of 2141 is 256.92: the first payment of a month takes so much, the second one has 43.08 left.
WHOLE, SECOND = Decimal("257.00"), Decimal("214.00")


@pytest.fixture
def file(world: World) -> Participation:
    """Somebody with PIT-2 from the beginning."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        return made.people(1)[0]


def paid(world: World, row_of: Month, on: date = TODAY) -> None:
    row = made.approved(world, row_of)
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=on, without_file=True)


def drawn_tax(file: Participation, month: Month = OCTOBER) -> Decimal:
    return made.statement_of(made.draft(month), file).tax


def test_a_list_that_waits_for_its_payment_has_taken_its_part(world: World, file: Participation):
    with world.scope("cis", "ewa"):
        assert drawn_tax(file, SEPTEMBER) == drawn_tax(file) == 0
    made.approved(world, SEPTEMBER)
    with world.scope("cis", "ewa"):
        assert drawn_tax(file) == SECOND
        statement = made.statement_of(made.draft(), file)
        tax = told_of(statement, "pl").lines[-2].sentence
        assert "odejmujemy 43,08\u00a0zł, bo mamy oświadczenie PIT-2." in tax


def test_two_lists_paid_in_one_month_are_reduced_once_and_the_next_month_anew(
    world: World, file: Participation
):
    paid(world, SEPTEMBER)
    paid(world, OCTOBER)
    with world.scope("cis", "ewa"):
        closed(NOVEMBER.first)
    with clock.frozen(date(2026, 12, 4)), world.scope("cis", "ewa"):
        assert drawn_tax(file, NOVEMBER) == 0
        taxes = [made.statement_of(list_of(one), file).tax for one in (SEPTEMBER, OCTOBER)]
        assert taxes == [0, SECOND]


def test_a_list_that_was_paid_the_month_before_takes_nothing(world: World, file: Participation):
    with clock.frozen(date(2026, 10, 9)):
        paid(world, SEPTEMBER, on=date(2026, 10, 9))
    with world.scope("cis", "ewa"):
        assert drawn_tax(file) == 0


def test_what_came_back_keeps_its_part_and_what_was_given_up_before_has_none(
    world: World, file: Participation
):
    row = made.locked(world, SEPTEMBER)
    with world.scope("cis", "ewa"):
        # Under signatures it counts, returned or given up it does not.
        assert drawn_tax(file) == SECOND
        lists.send_back(list_id=row.pk, remark="jeszcze raz")
        assert drawn_tax(file) == 0
        lists.lock(list_id=row.pk)
        lists.abandon(list_id=row.pk, remark="pomyłka")
        assert drawn_tax(file) == 0
    with world.scope("cis", "rafal"):
        row = lists.lock(list_id=made.draft(SEPTEMBER).pk)
    with world.scope("cis", "celina"):
        lists.check(list_id=row.pk)
    with world.scope("cis", "ewa"):
        lists.approve(list_id=row.pk)
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        line = PaidLine.objects.get(payroll_list=row)
        lines.return_by_word(line_id=line.pk, day=TODAY, reason="konto zamknięte")
        assert drawn_tax(file) == SECOND


def ended(file: Participation, on: date) -> None:
    participations.end_participation(
        participation_id=file.pk, ended_on=on, reason="job", destination="open_market"
    )


def test_pit_2_ends_with_the_participation(world: World, file: Participation, client: Client):
    with world.scope("cis", "ewa"):
        ended(file, OCTOBER.last)
        statement = made.statement_of(made.draft(), file)
        assert statement.tax == WHOLE
        assert "działało do końca uczestnictwa" in told_of(statement, "pl").lines[-2].sentence
    sign_in(client, world.people["celina"])
    tab = reverse("benefits:pay", args=[file.pk])
    sentence = "PIT-2 działało do końca uczestnictwa."
    assert sentence in client.get(tab).content.decode()
    with world.scope("cis", "ewa"):
        pay.set_tax(participation_id=file.pk, since=NOVEMBER, pit2=True, filed_on=date(2026, 11, 3))
        assert drawn_tax(file) == 0
    assert sentence not in client.get(tab).content.decode()


def test_on_the_last_day_it_still_holds(world: World, file: Participation):
    with world.scope("cis", "ewa"):
        ended(file, TODAY)
        assert drawn_tax(file) == 0
    with clock.frozen(date(2026, 11, 21)), world.scope("cis", "ewa"):
        assert drawn_tax(file) == WHOLE


def test_an_older_list_reads_as_it_was_written(world: World, file: Participation):
    """Nothing of an end or of other payments was kept before; the sentence is the one of that time."""
    with world.scope("cis", "ewa"):
        statement = made.statement_of(made.draft(), file)
        for key in ("pit2_over", "reduction_used"):
            del statement.document[key]
        assert statement.payroll_list.state == ListState.OPEN
        assert "Od podatku odejmujemy 300,00\u00a0zł" in told_of(statement, "pl").lines[-2].sentence


def test_a_list_that_waits_longer_than_its_month_takes_nothing_of_the_next(world: World, file: Participation):
    """Nobody has said whether it was paid in its month."""
    made.approved(world)
    with clock.frozen(date(2026, 12, 4)), world.scope("cis", "ewa"):
        assert drawn_tax(file, NOVEMBER) == 0
