"""A closed month stays closed while somebody signs what was counted from it."""

from datetime import date
from functools import partial
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from benefits.enums import ListState
from benefits.models import PayrollList
from benefits.services import lists
from ipzs.models import AttendanceMonth
from ipzs.services import months as attendance_months
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.law.services import propose_reading
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.cast import World, known_world, sign_in
from tests.ipzs.attendance.made import closed

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def two(world: World) -> World:
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
    return world


@pytest.mark.django_db
def test_a_month_is_opened_only_when_its_list_is_returned(two: World, client: Client):
    row = made.locked(two)
    sign_in(client, two.people["ewa"])
    url = reverse("ipzs:month_reopen", args=[str(OCTOBER)])
    refused = client.post(url, {"reason": "poprawka"})
    assert refused.status_code == 422
    assert f"Lista {row.number} czeka na podpisy. Najpierw zwróć ją do poprawy" in refused.content.decode()
    with two.scope("cis", "celina"):
        lists.check(list_id=row.pk)
    with two.scope("cis", "ewa"):
        with pytest.raises(InputError, match="Najpierw zwróć ją"):
            made.reopened(OCTOBER)
        lists.send_back(list_id=row.pk, remark="Brakuje zwolnienia.")
    assert client.post(url, {"reason": "poprawka"}).status_code == 302


@pytest.mark.django_db
def test_an_approved_list_keeps_no_month_closed(two: World):
    made.approved(two)
    with two.scope("cis", "ewa"):
        made.reopened(OCTOBER)
        assert AttendanceMonth.objects.get().state == "open"


@pytest.mark.django_db
@pytest.mark.parametrize("corrects", [True, False])
def test_a_month_that_a_list_under_way_corrects_stays_closed_too(two: World, corrects: bool):
    made.approved(two, SEPTEMBER)
    with two.scope("cis", "ewa"):
        if corrects:
            made.missed(made.somebody())
    row = made.locked(two)
    with clock.frozen(date(2026, 12, 1)), two.scope("cis", "ewa"):
        if not corrects:
            made.reopened(SEPTEMBER)
            return
        with pytest.raises(InputError, match=f"Lista {row.number} wyrównuje wrzesień 2026"):
            made.reopened(SEPTEMBER)


@pytest.mark.django_db
def test_another_unit_keeps_nothing_closed(two: World):
    made.locked(two)
    with two.scope("other_cis", "teresa"):
        closed(OCTOBER.first)
        made.reopened(OCTOBER)


def counted_and_locked(month: Month) -> None:
    lists.lock(list_id=lists.calculate(month=month).pk)


@pytest.mark.parametrize("counted", [True, False])
def test_a_lock_and_a_reopening_wait_for_each_other(committed_db: str, counted: bool):
    """Whichever comes first: nobody signs a list of a month that is open."""
    world = known_world()
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
        closed(OCTOBER.first)
        key: UUID | None = made.draft().pk if counted else None
    for turn in range(4):
        with clock.frozen(date(2026, 11, 20 + turn)):
            work = partial(lists.lock, list_id=key) if key else partial(counted_and_locked, OCTOBER)
            reopening = partial(attendance_months.reopen, month=OCTOBER, reason=f"poprawka {turn}")
            given = made.at_once(world, {"rafal": work, "ewa": reopening})
            with world.scope("cis", "ewa"):
                found = PayrollList.objects.filter(month=OCTOBER.first).exclude(state="abandoned").first()
                is_open = AttendanceMonth.objects.get().state == "open"
                locked = found is not None and found.state == ListState.LOCKED
                assert locked is not is_open, given
                if locked and found is not None:
                    lists.abandon(list_id=found.pk, remark="Jeszcze raz.")
                    key = made.draft().pk if counted else None
                else:
                    made.shut(OCTOBER)


@pytest.mark.django_db
def test_a_reading_does_not_reach_an_approved_month_that_was_reopened(two: World):
    november = OCTOBER.next
    with clock.frozen(november.last):
        made.approved(two, november)
        with two.scope("cis", "ewa"):
            made.reopened(november)
            with pytest.raises(InputError, match="grudzień 2026"):
                propose_reading(
                    key="rate_rounding", value="up10", since=november,
                    by=two.people["ewa"].pk, today=clock.today(),
                )  # fmt: skip
