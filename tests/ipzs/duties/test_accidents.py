"""The table of an accident: every step from every state, the diagram drawn of it, and its paper."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError

from ipzs.enums import AccidentState
from ipzs.models import Accident
from ipzs.services import duties as services
from ipzs.services.duties.accidents import protocol_of
from ipzs.transitions.accident import OPEN, TABLE, Transition, apply
from reintegration.core.errors import InputError
from reintegration.core.transitions import WrongState
from reintegration.documents.enums import DocumentState
from reintegration.documents.models import Document
from tests.cast import World
from tests.ipzs.duties.made import TODAY, accident, accident_data, at, confirmed, examined
from tests.participants.participations.made import candidate, ended

pytestmark = pytest.mark.django_db

S, T = AccidentState, Transition
DOC = Path(__file__).parents[3] / "docs" / "duties.md"


def stored(state: AccidentState) -> Accident:
    """An accident put straight into a state, which only a test may do."""
    made = accident(candidate(), injury="Stłuczenie.", witnesses="nikt")
    made.state = state
    made.protocol_on = None if state in OPEN else TODAY
    made.sent_on = TODAY if state == S.SENT else None
    made.save()
    return made


def make(row: Accident, transition: Transition) -> Accident:
    return {
        T.EXAMINE: lambda: services.examine_accident(accident_id=row.pk),
        T.CONFIRM: lambda: services.confirm_accident(accident_id=row.pk, protocol_on=TODAY),
        T.SEND: lambda: services.send_accident(accident_id=row.pk, sent_on=TODAY),
        T.REOPEN: lambda: services.reopen_accident(accident_id=row.pk, reason="Zła data."),
    }[transition]()


@pytest.mark.parametrize("state", list(S), ids=lambda one: one.value)
@pytest.mark.parametrize("transition", list(T), ids=lambda one: one.value)
def test_every_step_is_made_from_the_state_of_the_table_and_from_no_other(
    world: World, transition: Transition, state: AccidentState
):
    step = TABLE[transition]
    with world.scope("cis", "anna"):
        row = stored(state)
        if state not in step.sources:
            for way in (make, lambda one, name: apply(accident_id=one.pk, transition=name)):
                with pytest.raises(WrongState, match=state.label):
                    way(row, transition)
            assert Accident.objects.get(pk=row.pk).state == state
            return
        assert make(row, transition).state == step.to
        after = Accident.objects.get(pk=row.pk)
        assert after.state == step.to
        assert (after.protocol_on is None) == (step.to in OPEN)
        assert (after.sent_on is not None) == (step.to == S.SENT)


@pytest.mark.parametrize("state", list(S), ids=lambda one: one.value)
def test_what_is_possible_is_what_the_table_says(state: AccidentState):
    named = {name for name, step in TABLE.items() if state in step.sources}
    assert set(TABLE.possible(Accident(state=state))) == named


@pytest.mark.parametrize("state", list(S), ids=lambda one: one.value)
def test_what_is_known_may_be_mended_until_the_protocol_is_confirmed(world: World, state: AccidentState):
    with world.scope("cis", "anna"):
        row = stored(state)
        data = accident_data(place="kuchnia")
        if state in OPEN:
            changed = services.change_accident(accident_id=row.pk, data=data, reported_on=TODAY)
            assert (changed.place, changed.state) == ("kuchnia", state)
        else:
            with pytest.raises(WrongState, match="zatwierdzony"):
                services.change_accident(accident_id=row.pk, data=data, reported_on=TODAY)


def test_accidents_are_numbered_without_gaps(world: World):
    with world.scope("cis", "anna"):
        numbers = [accident(candidate(f"Ada Osoba{one}")).number for one in range(2)]
    assert numbers == ["WYP/1/2026", "WYP/2/2026"]


def test_an_accident_happens_in_the_time_of_the_file(world: World):
    with world.scope("cis", "anna"):
        file = ended(on=TODAY - timedelta(days=5))
        assert accident(file, happened_at=at(TODAY - timedelta(days=5))).state == S.REPORTED
        for day, said in (
            (TODAY - timedelta(days=4), "nie była"),
            (TODAY + timedelta(days=1), "nie nadeszła"),
        ):
            with pytest.raises(InputError, match=said) as refused:
                accident(file, happened_at=at(day))
            assert refused.value.field == "happened_on"
        with pytest.raises(InputError) as refused:
            accident(file, happened_at=at(TODAY - timedelta(days=6)), reported_on=TODAY - timedelta(days=7))
        assert refused.value.field == "reported_on"


def test_circumstances_are_complete_before_the_protocol(world: World):
    with world.scope("cis", "anna"):
        row = accident(candidate())
        for name in ("injury", "witnesses"):
            with pytest.raises(InputError) as refused:
                services.examine_accident(accident_id=row.pk)
            assert refused.value.field == name
            setattr(row, name, "nie było")
            row.save()
        assert services.examine_accident(accident_id=row.pk).state == S.EXAMINED


def test_a_confirmed_protocol_is_kept_and_a_withdrawn_one_stays_readable(world: World):
    with world.scope("cis", "anna"):
        row = confirmed(candidate())
        first = protocol_of(row)
        assert first is not None
        assert first.subject_id == row.person_id
        services.reopen_accident(accident_id=row.pk, reason="Pomylone miejsce.")
        assert protocol_of(row) is None
        services.confirm_accident(accident_id=row.pk, protocol_on=TODAY)
        second = protocol_of(row)
        assert second is not None
        assert second.pk != first.pk
        assert Document.objects.get(pk=first.pk).state == DocumentState.WITHDRAWN


def test_days_of_the_way_to_zus_stand_in_order(world: World):
    with world.scope("cis", "anna"):
        row = examined(candidate())
        with pytest.raises(InputError, match="nie jest wcześniejszy"):
            services.confirm_accident(accident_id=row.pk, protocol_on=TODAY - timedelta(days=3))
        services.confirm_accident(accident_id=row.pk, protocol_on=TODAY)
        with pytest.raises(InputError, match="nie jest wcześniejsze"):
            services.send_accident(accident_id=row.pk, sent_on=TODAY - timedelta(days=1))
        assert services.send_accident(accident_id=row.pk, sent_on=TODAY).state == S.SENT
        with pytest.raises(IntegrityError, match="accident_sent_after_protocol"):
            Accident.objects.filter(pk=row.pk).update(sent_on=None)
