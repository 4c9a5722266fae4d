"""A list from its draft to the payment: who may do what, in which state, and what it says."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from benefits.enums import ListState
from benefits.models import PayrollList, SigningRule, Statement
from benefits.queries import integrity
from benefits.services import lists
from ipzs.enums import MarkKind
from ipzs.models import OpeningBalance
from reintegration.core import clock
from reintegration.core.errors import InputError
from tests.benefits.lists import made
from tests.benefits.lists.made import FULL, OCTOBER
from tests.cast import World
from tests.ipzs.attendance.made import TODAY, mark
from tests.participants.participations.made import in_classes
from tests.specimens import specimen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def three(world: World) -> World:
    """Three people whom nothing keeps from being paid, in a unit that chose its rounding."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people()
    return world


def test_a_draft_says_what_everybody_gets_in_the_order_of_names(three: World):
    with three.scope("cis", "rafal"):
        row = made.draft()
        statements = integrity.statements_of(row)
        assert [one.person.last_name for one in statements] == ["Bażant", "Borsuk", "Dąbek"]
        assert made.amounts(statements, "benefit", "tax", "to_pay") == [(FULL, "0.00", FULL)] * 3
        assert all(one.first for one in statements)
        assert made.draft().pk == row.pk
        assert Statement.objects.count() == 3


def test_a_list_goes_through_three_hands_and_is_paid(three: World):
    row = made.approved(three)
    assert (row.state, row.hands, row.number) == (ListState.APPROVED, 3, "LW/1/2026")
    with three.scope("cis", "ewa"):
        assert integrity.faults(row) == []
        with pytest.raises(InputError, match="wcześniejsza niż zatwierdzenie"):
            lists.confirm_payment(list_id=row.pk, paid_on=date(2026, 11, 19), without_file=True)
        paid = lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        assert paid.state == ListState.PAID
        with pytest.raises(InputError, match="„wypłacona”"):
            lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        with pytest.raises(InputError, match="nie liczy się jej od nowa"):
            made.draft()


def test_a_month_is_locked_when_its_attendance_is(three: World):
    with three.scope("cis", "rafal"):
        row = made.draft()
        with pytest.raises(InputError, match="zamknij obecność za październik 2026"):
            lists.lock(list_id=row.pk)


def test_the_lock_counts_once_more(three: World):
    with three.scope("cis", "ewa"):
        row = made.draft()
        statement = integrity.statements_of(row)[0]
        mark(statement.participation, date(2026, 10, 6), MarkKind.UNEXCUSED, reason="późno")
    made.locked(three)
    with three.scope("cis", "ewa"):
        after = made.statement_of(row, statement.participation)
        assert after.benefit == Decimal("2033.65")


def test_whoever_prepared_or_checked_a_list_does_not_approve_it(three: World):
    row = made.locked(three, by="celina")
    with three.scope("cis", "celina"), pytest.raises(InputError, match="kto ją przygotował"):
        lists.check(list_id=row.pk)
    with three.scope("cis", "ewa"):
        lists.send_back(list_id=row.pk, remark="Sprawdza księgowy, a oddał tę listę on sam.")
    with three.scope("cis", "rafal"):
        lists.lock(list_id=row.pk)
    with three.scope("cis", "celina"):
        lists.check(list_id=row.pk)
    for person in ("rafal", "celina"):
        with three.scope("cis", person), pytest.raises(InputError, match="Zatwierdza inna osoba"):
            lists.approve(list_id=row.pk)


def test_the_database_refuses_the_same_person_twice(three: World):
    row = made.locked(three)
    rafal, celina = three.people["rafal"].pk, three.people["celina"].pk

    def refused(sql: str, *values: object) -> str:
        with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE benefits_payrolllist SET {sql} WHERE id = %s", [*values, row.pk])
        return str(error.value)

    with three.scope("cis", "rafal"):
        checked = "state = 'checked', checked_by_id = %s, checked_at = now()"
        assert "list_checked_by_another" in refused(checked, rafal)
        assert "list_signed_in_order" in refused("state = 'checked'")
    with three.scope("cis", "celina"):
        lists.check(list_id=row.pk)
        approved = "state = 'approved', approved_by_id = %s, approved_at = now()"
        for person in (rafal, celina):
            assert "list_approved_by_another" in refused(approved, person)


def _rule(world: World, **given: object) -> None:
    people = {"proposed_by": world.people["ewa"], "confirmed_by": world.people["celina"]}
    SigningRule.objects.create(
        since_month=OCTOBER.first, state="confirmed", proposed_at=clock.now(), confirmed_at=clock.now(),
        **people, **given,
    )  # fmt: skip


def test_where_there_are_only_two_the_accountant_prepares_and_checks(three: World):
    with three.scope("cis", "ewa"):
        _rule(three, hands=2)
    row = made.locked(three, by="celina")
    with three.scope("cis", "celina"):
        lists.check(list_id=row.pk)
        with pytest.raises(InputError, match="Zatwierdza inna osoba"):
            lists.approve(list_id=row.pk)
    with three.scope("cis", "ewa"):
        assert lists.approve(list_id=row.pk).state == ListState.APPROVED


def test_above_an_amount_a_second_manager_approves(three: World):
    with three.scope("cis", "ewa"):
        _rule(three, second_above=Decimal("5000.00"))
    row = made.approved(three)
    assert row.state == ListState.HALF
    for somebody in ("ewa", "celina", "rafal"):
        with three.scope("cis", somebody), pytest.raises(InputError, match="Zatwierdza inna osoba"):
            lists.approve(list_id=row.pk)
    with three.scope("cis", "jan"):
        done = lists.approve(list_id=row.pk)
        assert (done.state, done.second_by_id) == (ListState.APPROVED, three.people["jan"].pk)


def test_a_returned_list_is_a_draft_again_and_keeps_no_signature(three: World):
    row = made.locked(three)
    with three.scope("cis", "celina"):
        lists.check(list_id=row.pk)
    with three.scope("cis", "ewa"):
        with pytest.raises(InputError, match="Napisz, dlaczego"):
            lists.send_back(list_id=row.pk, remark=" ")
        back = lists.send_back(list_id=row.pk, remark="Brakuje zwolnienia na 12 października.")
        assert (back.state, back.locked_by, back.checked_by, back.digest) == (ListState.OPEN, None, None, "")
    with three.scope("cis", "rafal"):
        again = lists.lock(list_id=row.pk)
        assert (again.state, again.remark) == (ListState.LOCKED, "")


def test_an_abandoned_list_gives_its_month_free(three: World):
    row = made.locked(three)
    with three.scope("cis", "ewa"):
        lists.abandon(list_id=row.pk, remark="Zły miesiąc.")
        other = made.draft()
        assert other.pk != row.pk
        assert PayrollList.objects.count() == 2


def test_an_approved_list_is_neither_returned_nor_abandoned(three: World):
    row = made.approved(three)
    with three.scope("cis", "ewa"):
        for step in (lists.send_back, lists.abandon):
            with pytest.raises(InputError, match="„zatwierdzona”"):
                step(list_id=row.pk, remark="Pomyłka.")


def test_who_lacks_something_stands_on_the_list_with_the_reason(three: World):
    with three.scope("cis", "ewa"):
        file = in_classes("Adam Modrzew")
        row = made.draft()
        statement = made.statement_of(row, file)
        assert statement.blocked
        assert statement.to_pay == 0
        codes = [code for code, _ in statement.document["blocked"]]
        assert codes == ["no_application", "no_way", "no_tax", "no_title"]
    with pytest.raises(InputError, match="1 osobie czegoś brakuje"):
        made.locked(three)


def test_who_began_here_within_a_month_is_not_paid_for_it_by_the_program(three: World):
    with three.scope("cis", "ewa"):
        file = made.somebody()
        opening = specimen(
            OpeningBalance, three, "stan", participation_id=file.pk, person_id=file.person_id,
            until=date(2026, 10, 15), sick_days=4, sick_days_extension=0,
        )  # fmt: skip
        statement = made.statement_of(made.draft(), file)
        assert (statement.blocked, statement.to_pay) == (True, 0)
        assert [code for code, _ in statement.document["blocked"]] == ["opening"]
        opening.until = date(2026, 9, 30)
        opening.save()
        assert not made.statement_of(made.draft(), file).blocked


def test_a_list_may_be_locked_without_those_who_are_blocked(three: World):
    with three.scope("cis", "ewa"):
        in_classes("Adam Modrzew")
    row = made.approved(three, without_blocked=True)
    with three.scope("cis", "ewa"):
        assert sum(one.to_pay for one in integrity.statements_of(row)) == 3 * Decimal(FULL)


def test_a_club_has_no_list(world: World):
    with world.scope("kis", "bozena"):
        with pytest.raises(InputError, match="KIS nie wypłaca"):
            made.draft()
        with pytest.raises(IntegrityError), transaction.atomic():
            PayrollList.objects.create(month=OCTOBER.first, number="LW/1/2026", counted_at=clock.now())


def test_a_month_that_has_not_begun_has_no_list(three: World):
    with three.scope("cis", "ewa"), pytest.raises(InputError, match="jeszcze się nie zaczął"):
        made.draft(OCTOBER.plus(2))


def test_months_go_in_order(three: World):
    with three.scope("cis", "ewa"):
        made.draft(made.SEPTEMBER)
    with pytest.raises(InputError, match="Najpierw zatwierdź listę za wrzesień 2026"):
        made.locked(three)


def test_another_unit_finds_nothing(three: World):
    row = made.locked(three)
    with three.scope("other_cis", "teresa"):
        assert list(PayrollList.objects.all()) == []
        with pytest.raises(PayrollList.DoesNotExist):
            lists.held(UUID(str(row.pk)))
