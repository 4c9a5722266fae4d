"""A new value of the law: one person enters, another confirms, nobody edits."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from reintegration.core.errors import InputError
from reintegration.law import transitions
from reintegration.law.book import law_book
from reintegration.law.enums import Confidence, Evidence, State
from reintegration.law.models import Parameter, ParameterValue
from reintegration.law.services import confirm_value, propose_value, withdraw_value
from reintegration.law.transitions import Transition

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
LATER = date(2199, 6, 1)


def _propose(world, *, since=LATER, typed="1850,00", key="allowance", by="operator"):
    return propose_value(
        parameter=Parameter.objects.get(key=key),
        since=since,
        typed=typed,
        source="obwieszczenie",
        evidence=Evidence.ANNOUNCEMENT,
        confidence=Confidence.SURE,
        by=world.people[by].pk,
        today=TODAY,
    )


def _second(world):
    return world.people["second_operator"].pk


def test_a_proposed_value_counts_for_nothing(world):
    with world.scope("operator", "operator"):
        _propose(world)
        assert law_book().amount("allowance", on=LATER) == Decimal("1783.90")


def test_a_second_person_lets_it_stand(world):
    with world.scope("operator", "operator"):
        found = _propose(world)
        confirm_value(pk=found.pk, by=_second(world))
        book = law_book()
        assert book.amount("allowance", on=LATER) == Decimal("1850.00")
        assert book.amount("allowance", on=date(2199, 5, 31)) == Decimal("1783.90")


def test_who_entered_cannot_confirm(world):
    with world.scope("operator", "operator"):
        found = _propose(world)
        with pytest.raises(InputError, match="druga osoba"):
            confirm_value(pk=found.pk, by=found.proposed_by_id)


def test_the_database_refuses_one_person_for_both(world):
    with world.scope("operator", "operator"):
        found = _propose(world)
        with pytest.raises(IntegrityError, match="value_two_people"), transaction.atomic():
            ParameterValue.objects.filter(pk=found.pk).update(
                state=State.CONFIRMED, confirmed_by=found.proposed_by_id, confirmed_at=found.proposed_at
            )


def test_nothing_typed_confirms_the_value_of_before(world):
    with world.scope("operator", "operator"):
        found = _propose(world, typed=" ")
        assert (found.value, found.unchanged) == ("1783.90", True)


def test_a_day_that_has_a_value_takes_no_other(world):
    with world.scope("operator", "operator"), pytest.raises(InputError) as caught:
        _propose(world, since=date(2026, 6, 1))
    assert caught.value.field == "since"


def test_a_day_waits_for_one_proposal_only(world):
    with world.scope("operator", "operator"):
        _propose(world)
        with pytest.raises(InputError, match="czeka na drugą osobę"):
            _propose(world, typed="1900,00", by="second_operator")


def test_a_value_that_cannot_be_read_is_refused_at_its_field(world):
    with world.scope("operator", "operator"), pytest.raises(InputError) as caught:
        _propose(world, typed="sto złotych")
    assert caught.value.field == "value"


def test_a_proposal_can_be_withdrawn_and_entered_anew(world):
    with world.scope("operator", "operator"):
        found = _propose(world)
        withdraw_value(pk=found.pk, by=found.proposed_by_id, today=TODAY)
        again = _propose(world, typed="1860,00")
        assert (again.value, again.state) == ("1860.00", State.PROPOSED)


def test_a_confirmed_value_can_be_withdrawn_before_its_day(world):
    with world.scope("operator", "operator"):
        found = _propose(world)
        confirm_value(pk=found.pk, by=_second(world))
        withdraw_value(pk=found.pk, by=_second(world), today=TODAY)
        assert law_book().amount("allowance", on=LATER) == Decimal("1783.90")


def test_a_value_in_force_is_not_withdrawn(world):
    with world.scope("operator", "operator"):
        found = _propose(world, since=date(2026, 9, 1))
        confirm_value(pk=found.pk, by=_second(world))
        with pytest.raises(InputError, match="obowiązuje"):
            withdraw_value(pk=found.pk, by=_second(world), today=TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"value": "1.00"},
        {"since": date(2030, 1, 1)},
        {"source": "inne"},
        {"state": State.WITHDRAWN},
        {"state": State.PROPOSED},
        {"unchanged": True},
    ],
)
def test_the_database_never_changes_a_value_in_force(world, change):
    with world.scope("operator", "operator"):
        found = _propose(world, since=date(2026, 9, 1))
        confirm_value(pk=found.pk, by=_second(world))
        with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
            ParameterValue.objects.filter(pk=found.pk).update(**change)


def test_the_database_never_changes_a_value_of_the_files(world):
    with world.scope("operator", "operator"):
        row = ParameterValue.objects.filter(parameter__key="allowance").earliest("since")
        with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
            ParameterValue.objects.filter(pk=row.pk).update(value="1.00")


def test_what_was_proposed_is_what_is_confirmed(world):
    with world.scope("operator", "operator"):
        found = _propose(world)
        with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
            ParameterValue.objects.filter(pk=found.pk).update(value="1.00")


@pytest.mark.parametrize("role", ["reintegra_owner", "postgres"])
def test_no_role_removes_a_value(world, as_role, role):
    with as_role(role) as server, pytest.raises(Exception, match="never removed"):
        server.execute("DELETE FROM law_parametervalue")


def test_the_program_has_no_right_to_remove_a_value(world):
    with world.scope("operator"), pytest.raises(ProgrammingError, match="permission denied"):
        ParameterValue.objects.filter(parameter__key="allowance").delete()


def test_a_second_look_in_one_scope_asks_nothing(world, django_assert_num_queries):
    law_book()
    with world.scope("operator", "operator"):
        with django_assert_num_queries(1):
            law_book()
        with django_assert_num_queries(0):
            law_book()
            law_book()


def test_a_value_rolled_back_leaves_no_trace_in_the_book(world):
    with world.scope("operator", "operator"):
        point = transaction.savepoint()
        found = _propose(world)
        confirm_value(pk=found.pk, by=_second(world))
        assert law_book().amount("allowance", on=LATER) == Decimal("1850.00")
        transaction.savepoint_rollback(point)
    with world.scope("operator", "operator"):
        assert law_book().amount("allowance", on=LATER) == Decimal("1783.90")


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("transition", list(Transition))
def test_each_transition_is_allowed_or_refused(world, state, transition):
    with world.scope("operator", "operator"):
        row = _propose(world)
        if state is State.CONFIRMED:
            transitions.confirm(row, by=_second(world), at=row.proposed_at)
        elif state is State.WITHDRAWN:
            transitions.withdraw(row, by=_second(world), at=row.proposed_at)
        act = {Transition.CONFIRM: transitions.confirm, Transition.WITHDRAW: transitions.withdraw}[transition]
        if state in transitions.VALUE[transition][0]:
            assert act(row, by=_second(world), at=row.proposed_at).state == transitions.VALUE[transition][1]
        else:
            with pytest.raises(InputError, match="rozstrzygnięty"):
                act(row, by=_second(world), at=row.proposed_at)
            assert ParameterValue.objects.get(pk=row.pk).state == state


def test_a_change_of_the_law_is_history(world):
    with world.scope("operator", "operator"):
        found = _propose(world)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, operation, user_id FROM audit_change WHERE row_id = %s", [found.pk]
            )
            assert cursor.fetchall() == [("law_parametervalue", "I", world.people["operator"].pk)]
