"""Which month's list comes first, and what becomes of a month that was passed over."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from benefits.enums import ListState
from benefits.models import Correction, Grant, PayrollList, Statement
from benefits.queries import drafts
from benefits.queries.order import first_missing
from benefits.services import lists
from participants.services import participations
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from tests.benefits.lists import made
from tests.benefits.lists.made import FULL, OCTOBER, SEPTEMBER
from tests.benefits.pay.made import payable
from tests.benefits.premiums import made as premiums
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY, closed
from tests.participants.participations.made import candidate, in_classes, in_trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER, DECEMBER = OCTOBER.next, OCTOBER.plus(2)
LATER = date(2026, 12, 20)
FIRST = "Najpierw zatwierdź listę za październik 2026."


@pytest.fixture
def paid(world: World) -> World:
    """A unit whose list of September is approved, its first one."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
    made.approved(world, SEPTEMBER)
    return world


@pytest.fixture
def passed_over(paid: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The list of November was approved without one of October, as it could be once."""
    with clock.frozen(LATER), monkeypatch.context() as before:
        before.setattr(lists, "in_the_way", lambda month: None)
        made.approved(paid, NOVEMBER)
    return paid


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def shut(world: World, month: Month) -> None:
    with world.scope("cis", "ewa"):
        closed(month.first)


def handed_over(world: World, month: Month) -> PayrollList:
    with world.scope("cis", "rafal"):
        return lists.lock(list_id=made.draft(month).pk)


def leave(*, until: date) -> None:
    for file in made.Participation.objects.filter(ended_on__isnull=True).order_by("number"):
        participations.end_participation(
            participation_id=file.pk, ended_on=until, reason="job", destination="open_market"
        )


def test_no_list_is_handed_over_while_an_earlier_month_has_none(paid: World, client: Client):
    with clock.frozen(LATER):
        shut(paid, NOVEMBER)
        with pytest.raises(InputError, match=FIRST):
            handed_over(paid, NOVEMBER)
        sign_in(client, paid.people["ewa"])
        there = reverse("benefits:close", args=[str(OCTOBER)])
        page = text(client, reverse("benefits:close", args=[str(NOVEMBER)]))
        assert f"{FIRST} Bez niej nikt nie dostanie pieniędzy za ten miesiąc." in page
        assert f'href="{there}"' in page
        assert f'href="{there}"' in text(client, reverse("notices:desk"))
        # An abandoned list is none.
        with paid.scope("cis", "ewa"):
            lists.abandon(list_id=made.draft(OCTOBER).pk, remark="Pomyłka.")
            assert first_missing(NOVEMBER) == OCTOBER
        made.approved(paid, OCTOBER)
        assert f'href="{there}"' not in text(client, reverse("notices:desk"))
        assert handed_over(paid, NOVEMBER).state == ListState.LOCKED


def test_a_month_that_was_passed_over_is_paid_late_by_its_own_list(passed_over: World):
    world = passed_over
    with clock.frozen(LATER), world.scope("cis", "ewa"):
        file = made.somebody()
        premiums.granted(file, month=OCTOBER)
        made.missed(file)
    with clock.frozen(date(2027, 1, 10)):
        shut(world, DECEMBER)
        with pytest.raises(InputError, match=FIRST):
            handed_over(world, DECEMBER)
        late = made.approved(world, OCTOBER)
        with world.scope("cis", "ewa"):
            own = made.statement_of(late, file)
            assert (own.benefit, own.premium) == (Decimal(FULL), Decimal("200.00"))
            # It corrects what was before it, as any list does.
            assert [one.month for one in Correction.objects.filter(payroll_list=late)] == [SEPTEMBER.first]
        december = handed_over(world, DECEMBER)
        with world.scope("cis", "ewa"):
            # A receivable stands; of October nothing is left.
            again = Correction.objects.filter(payroll_list=december)
            assert [(one.month, one.benefit) for one in again] == [(SEPTEMBER.first, 0)]


def test_what_was_before_the_first_list_is_not_the_programs(world: World):
    """Nobody is asked for a list of it; one that was begun stops nothing, and may still be approved."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
    made.approved(world, OCTOBER)
    with clock.frozen(LATER):
        shut(world, SEPTEMBER)
        with world.scope("cis", "ewa"):
            made.draft(SEPTEMBER)
        november = made.locked(world, NOVEMBER)
        # What both would correct is granted by one: they are signed one after the other.
        with pytest.raises(InputError, match=f"Lista {november.number} za listopad 2026 czeka na podpisy"):
            handed_over(world, SEPTEMBER)
        with world.scope("cis", "ewa"):
            lists.send_back(list_id=november.pk, remark="Najpierw wrzesień.")
        late = handed_over(world, SEPTEMBER)
        with world.scope("cis", "ewa"):
            assert Statement.objects.filter(payroll_list=late, to_pay=Decimal(FULL)).count() == 2


def test_a_late_list_does_not_move_the_beginning_back(world: World):
    """July, approved after October, is before the books; it does not make August a month of them."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
    made.approved(world, OCTOBER)
    with clock.frozen(LATER):
        made.approved(world, OCTOBER.plus(-3))
        with world.scope("cis", "ewa"):
            assert first_missing(NOVEMBER) is None
            # What comes after the list approved first is asked for as before.
            assert first_missing(DECEMBER) == NOVEMBER


def test_a_month_in_which_nobody_took_part_needs_no_list(paid: World):
    with paid.scope("cis", "ewa"):
        leave(until=SEPTEMBER.last)
        payable(in_trial("Adam Modrzew", date(2026, 11, 2)), date(2026, 11, 2))
    with clock.frozen(LATER):
        assert made.locked(paid, NOVEMBER).state == ListState.LOCKED


def test_a_month_of_people_who_were_all_refused_needs_no_list(paid: World):
    """Its list would be empty, and an empty one is not handed over."""
    with paid.scope("cis", "ewa"):
        leave(until=SEPTEMBER.last)
        file = in_classes("Adam Modrzew", date(2026, 10, 1))
        grant = Grant.objects.get(participation=payable(file, date(2026, 10, 1)))
        assert first_missing(NOVEMBER) == OCTOBER
        Grant.objects.filter(pk=grant.pk).update(state="refused", granted_from=None)
        assert first_missing(NOVEMBER) is None
        # A draft of it is in nobody's way either.
        made.draft(OCTOBER)
        assert first_missing(NOVEMBER) is None


def test_what_corrections_of_a_later_list_paid_is_not_paid_again(
    paid: World, monkeypatch: pytest.MonkeyPatch
):
    def before(month: Month, found: Callable[..., Any] = drafts.paid_months) -> list[Month]:
        return [SEPTEMBER, OCTOBER] if month == NOVEMBER else found(month)

    with monkeypatch.context() as once:
        once.setattr(lists, "in_the_way", lambda month: None)
        once.setattr(drafts, "paid_months", before)
        with clock.frozen(LATER):
            row = made.approved(paid, NOVEMBER)
    with clock.frozen(date(2027, 1, 10)):
        with paid.scope("cis", "ewa"):
            assert set(Correction.objects.values_list("month", flat=True)) == {OCTOBER.first}
            assert first_missing(DECEMBER) is None
        with pytest.raises(InputError, match=f"wypłaciła już lista {row.number} jako wyrównania"):
            made.locked(paid, OCTOBER)


def test_who_left_without_an_account_is_paid_by_the_next_list(paid: World, client: Client):
    """The account, PIT-2 and the insurance of somebody who left are often told after the end."""
    with paid.scope("cis", "ewa"):
        begun = date(2026, 10, 1)
        left = in_classes("Adam Modrzew", begun)
        leave(until=OCTOBER.last)
        never = candidate("Anna Brzoza")
        participations.end_participation(participation_id=never.pk, ended_on=TODAY, reason="statement")
    sign_in(client, paid.people["rafal"])
    tab = text(client, reverse("benefits:pay", args=[left.pk]))
    assert "Tej osoby nie można jeszcze wypłacić" in tab
    assert f'href="{reverse("benefits:pay_way", args=[left.pk])}"' in tab
    assert reverse("benefits:pay_way", args=[never.pk]) not in text(
        client, reverse("benefits:pay", args=[never.pk])
    )
    made.approved(paid, OCTOBER, without_blocked=True)
    with clock.frozen(LATER):
        with paid.scope("cis", "ewa"):
            payable(left, begun)
            with pytest.raises(InputError, match="zakończ"):
                payable(never, begun)
        november = made.locked(paid, NOVEMBER, without_blocked=True)
        with paid.scope("cis", "ewa"):
            given = Correction.objects.filter(payroll_list=november, statement__participation=left)
            assert [(one.month, str(one.benefit)) for one in given] == [(OCTOBER.first, FULL)]
            own = made.statement_of(november, left)
            assert (own.blocked, own.to_pay > 0) == (False, True)
