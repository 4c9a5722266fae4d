"""The table of a referral: every step from every state, and the diagram drawn of it."""

import re
from pathlib import Path
from typing import Any

import pytest

from participants.enums import ReferralState
from participants.models import Referral, ReferralEntry
from participants.transitions import (
    TABLE,
    Side,
    Transition,
    WrongSide,
    apply,
    possible,
)
from reintegration.core import clock
from reintegration.core.transitions import WrongState
from tests.cast import World
from tests.participants.referrals.made import TODAY, draft

S, T = ReferralState, Transition
CLOSED = {S.ACCEPTED, S.REFUSED, S.WITHDRAWN, S.OBSOLETE}
DOC = Path(__file__).parents[3] / "docs" / "referrals.md"

# What a step needs besides, so that the constraints of the table are met.
GIVEN: dict[Transition, dict[str, Any]] = {
    T.SEND: {"sent_at": None},
    T.OFFER: {"trial_since": TODAY},
    T.REFUSE: {"reason": "no_places"},
    T.WITHDRAW: {"reason": "found_work"},
    T.OBSOLETE: {"reason": "found_work"},
    T.HAND_OVER: {"reason": "transferred"},
    T.RETURN: {"reason": "data_missing"},
}


def stored(world: World, state: ReferralState, **given: Any) -> Referral:
    """A referral put straight into a state, which only a test may do."""
    values: dict[str, Any] = {"state": state}
    if state != S.DRAFT:
        values["sent_at"] = clock.now()
    if state in CLOSED:
        values |= {"decided_at": clock.now(), "reason": "other"}
    if state == S.TRIAL_OFFERED:
        values["trial_since"] = TODAY
    return draft(world, **values | given)


def make(referral: Referral, transition: Transition) -> tuple[Referral, ReferralEntry]:
    given = dict(GIVEN.get(transition, {}))
    if "sent_at" in given:
        given["sent_at"] = clock.now()
    return apply(referral_id=referral.pk, transition=transition, **given)


def scope_of(world: World, side: Side) -> Any:
    return world.scope("cis", "anna") if side is Side.UNIT else world.scope("ops", "zofia")


@pytest.mark.parametrize("state", list(S), ids=lambda one: one.value)
@pytest.mark.parametrize("transition", list(T), ids=lambda one: one.value)
def test_every_step_is_made_from_the_states_of_the_table_and_from_no_other(
    world: World, transition: Transition, state: ReferralState
) -> None:
    step = TABLE[transition]
    with world.scope("ops", "zofia"):
        referral = stored(world, state)
    if state == S.DRAFT and step.side is Side.UNIT:
        with world.scope("cis", "anna"), pytest.raises(Referral.DoesNotExist):
            make(referral, transition)
        return
    with scope_of(world, step.side):
        if state not in step.sources:
            with pytest.raises(WrongState, match=state.label):
                make(referral, transition)
            assert Referral.objects.get(pk=referral.pk).state == state
            assert not ReferralEntry.objects.filter(referral=referral).exists()
            return
        changed, entry = make(referral, transition)
    assert changed.state == step.to
    with world.scope("ops", "zofia"):
        after = Referral.objects.get(pk=referral.pk)
        assert after.state == step.to
        assert (after.decided_at is not None) == (step.to in CLOSED)
        kept = ReferralEntry.objects.get(referral=referral)
        assert (kept.from_state, kept.to_state, kept.transition) == (state, step.to, transition)
        assert kept.by_unit == (step.side is Side.UNIT)


@pytest.mark.parametrize("transition", list(T), ids=lambda one: one.value)
def test_a_step_is_refused_to_the_other_side(world: World, transition: Transition) -> None:
    step = TABLE[transition]
    state = next(one for one in S if one in step.sources and one != S.DRAFT or step.sources == {one})
    other = Side.SENDER if step.side is Side.UNIT else Side.UNIT
    with world.scope("ops", "zofia"):
        referral = stored(world, state)
    with scope_of(world, other):
        if state == S.DRAFT:
            with pytest.raises(Referral.DoesNotExist):
                make(referral, transition)
        else:
            with pytest.raises(WrongSide):
                make(referral, transition)


@pytest.mark.parametrize("transition", list(T), ids=lambda one: one.value)
def test_without_an_account_of_the_sender_the_unit_makes_every_step(
    world: World, transition: Transition
) -> None:
    state = min(TABLE[transition].sources)
    with world.scope("cis", "anna"):
        referral = stored(world, state, sender_id=None)
        changed, _ = make(referral, transition)
        assert changed.state == TABLE[transition].to


def test_what_is_possible_is_what_the_table_says(world: World) -> None:
    with world.scope("ops", "zofia"):
        for state in S:
            referral = Referral(state=state, sender_id=world.organisations["ops"].pk)
            for side in Side:
                named = {name for name, step in TABLE.items() if state in step.sources and step.side is side}
                assert set(possible(referral, side)) == named


def test_reopening_clears_the_decision(world: World) -> None:
    with world.scope("ops", "zofia"):
        referral = stored(world, S.REFUSED, message="Brak miejsc.", reason="no_places")
    with world.scope("cis", "anna"):
        changed, _ = make(referral, T.REOPEN)
    assert (changed.decided_at, changed.reason, changed.message) == (None, "", "")


def test_a_draft_is_given_back_though_the_unit_no_longer_sees_it(world: World) -> None:
    with world.scope("ops", "zofia"):
        referral = stored(world, S.RECEIVED)
    with world.scope("cis", "anna"):
        make(referral, T.RETURN)
        assert not Referral.objects.filter(pk=referral.pk).exists()
        assert not ReferralEntry.objects.filter(referral_id=referral.pk).exists()


def test_the_docs_say_whose_each_step_is() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (unit|sender) \|", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == {name.value: step.side.value for name, step in TABLE.items()}
