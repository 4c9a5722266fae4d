"""How many people sign a list: two change it, from a month on that nobody has handed over yet."""

from decimal import Decimal
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from benefits.enums import ListState
from benefits.models import PayrollList, SigningRule
from benefits.queries.signing import first_free_month, rule_of
from benefits.services import lists, signing
from reintegration.core.errors import InputError
from reintegration.law.enums import State
from reintegration.notices.models import DeskTask
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.cast import World, known_world, sign_in
from tests.ipzs.attendance.made import TODAY, closed

pytestmark = pytest.mark.usefixtures("november")

SHOW = reverse("benefits:signing")


@pytest.fixture
def two(world: World) -> World:
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
    return world


def proposed(world: World, **given: object) -> SigningRule:
    with world.scope("cis", "ewa"):
        return signing.propose(**{"since": OCTOBER, "hands": 2, **given})  # type: ignore[arg-type]


@pytest.mark.django_db
def test_one_proposes_and_another_confirms(two: World):
    row = proposed(two)
    with two.scope("cis", "ewa"):
        assert rule_of(OCTOBER).hands == 3
        assert DeskTask.objects.filter(key=str(row.pk)).count() == 1
        with pytest.raises(InputError, match="Potwierdza druga osoba"):
            signing.confirm(rule_id=row.pk)
    with two.scope("cis", "rafal"):
        signing.confirm(rule_id=row.pk)
        assert [rule_of(month).hands for month in (SEPTEMBER, OCTOBER, OCTOBER.next)] == [3, 2, 2]


@pytest.mark.django_db
def test_a_refused_proposal_changes_nothing_and_gives_way_to_another(two: World):
    row = proposed(two)
    with two.scope("cis", "celina"):
        assert signing.withdraw(rule_id=row.pk).state == State.WITHDRAWN
        assert rule_of(OCTOBER).hands == 3
        with pytest.raises(InputError, match="jest już rozstrzygnięty"):
            signing.confirm(rule_id=row.pk)
    proposed(two, hands=3, second_above=Decimal("5000.00"))


@pytest.mark.django_db
def test_a_rule_never_reaches_a_list_that_was_handed_over(two: World):
    waiting = proposed(two)
    row = made.locked(two)
    with (
        two.scope("cis", "celina"),
        pytest.raises(InputError, match="Najwcześniejszy miesiąc: listopad 2026"),
    ):
        signing.confirm(rule_id=waiting.pk)
    with two.scope("cis", "celina"):
        signing.withdraw(rule_id=waiting.pk)
    for month in (SEPTEMBER, OCTOBER):
        with pytest.raises(InputError, match="nie działa wstecz"):
            proposed(two, since=month)
    with two.scope("cis", "celina"):
        assert first_free_month(today=TODAY) == OCTOBER.next
        lists.send_back(list_id=row.pk, remark="Jeszcze raz.")
        assert first_free_month(today=TODAY) == OCTOBER
    again = proposed(two)
    with two.scope("cis", "celina"):
        signing.confirm(rule_id=again.pk)
    with two.scope("cis", "rafal"):
        assert lists.lock(list_id=row.pk).hands == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"second_above": Decimal("5000.00")}, "gdzie podpisują trzy osoby"),
        ({"since": OCTOBER.plus(40)}, "dwóch najbliższych lat"),
    ],
)
def test_what_makes_no_sense_is_refused(two: World, given: dict[str, object], said: str):
    with pytest.raises(InputError, match=said):
        proposed(two, **given)


@pytest.mark.django_db
def test_a_club_has_no_such_rule(world: World, client: Client):
    with world.scope("kis", "bozena"), pytest.raises(InputError, match="KIS nie wypłaca"):
        signing.propose(since=OCTOBER, hands=3)
    sign_in(client, world.people["bozena"])
    assert client.get(SHOW).status_code == 404
    assert SHOW not in client.get(reverse("administration:settings")).content.decode()


@pytest.mark.django_db
def test_two_people_change_the_rule_on_the_screen(two: World, client: Client):
    sign_in(client, two.people["ewa"])
    assert "Teraz: trzy osoby." in client.get(SHOW).content.decode()
    client.post(reverse("benefits:signing_propose"), {"since": "10.2026", "hands": "2", "second_above": ""})
    with two.scope("cis", "ewa"):
        row = SigningRule.objects.get()
    confirm = reverse("benefits:signing_confirm", args=[row.pk])
    mine = client.get(SHOW).content.decode()
    assert "potwierdza ją inna osoba" in mine
    assert confirm not in mine
    sign_in(client, two.people["rafal"])
    assert confirm in client.get(SHOW).content.decode()
    assert client.post(confirm).status_code == 302
    page = client.get(SHOW).content.decode()
    assert "Teraz: dwie osoby." in page
    assert "Rafał Wiąz" in page


@pytest.mark.django_db
def test_only_a_manager_proposes(two: World, client: Client):
    sign_in(client, two.people["celina"])
    propose = reverse("benefits:signing_propose")
    assert propose not in client.get(SHOW).content.decode()
    assert client.get(propose).status_code == 403


@pytest.mark.parametrize("hands", [2, 3])
def test_a_rule_and_the_lock_of_its_month_wait_for_each_other(committed_db: str, hands: int):
    """Whichever comes first: a list is never handed over by one rule while another holds for its month."""
    world = known_world()
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
        closed(OCTOBER.first)
        key = made.draft().pk
    for turn in range(3):
        above = None if hands == 2 else Decimal(1000 + turn)
        rule = proposed(world, hands=hands, second_above=above).pk
        work = {
            "rafal": partial(lists.lock, list_id=key),
            "celina": partial(signing.confirm, rule_id=rule),
        }
        made.at_once(world, work)
        with world.scope("cis", "celina"):
            found, holds = PayrollList.objects.get(pk=key), rule_of(OCTOBER)
            assert found.state == ListState.LOCKED
            assert (found.hands, found.second_above) == (holds.hands, holds.second_above)
            lists.send_back(list_id=key, remark="Jeszcze raz.")
            if SigningRule.objects.get(pk=rule).waits:
                signing.withdraw(rule_id=rule)
