"""Readings of a unit: two people, from a month on, never reaching back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.law import months, transitions
from reintegration.law.enums import State
from reintegration.law.models import Reading
from reintegration.law.queries import first_month_to_answer, open_points, readings_of, unchosen
from reintegration.law.readings import DEFAULTS, READINGS, NotChosen, require
from reintegration.law.services import confirm_reading, propose_reading, withdraw_reading
from reintegration.law.transitions import Transition

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOVEMBER = Month(2026, 11)

# benefit-spec, section 4
EXPECTED = {
    "rate_rounding": (None, {"exact", "up10"}),
    "payout_rounding": ("grosz", {"grosz", "up10"}),
    "fraction_base": ("full", {"full", "prorated"}),
    "unexcused_over_limit": ("total", {"total", "consecutive"}),
    "sick_day_count": ("calendar", {"calendar", "class"}),
    "sick_pool": ("single", {"single", "per_extension"}),
    "sick_trial": ("full", {"full", "per_30", "per_40"}),
    "sick_over": ("per_30", {"per_30", "days_due", "per_20"}),
    "excused_other": ("full", {"full", "per_30"}),
    "trial_end": ("day_before", {"day_before", "same_day"}),
    "premium_cap": ("full", {"full", "due"}),
}


def _propose(world, *, key="sick_trial", value="per_30", since=NOVEMBER, by="ewa", today=TODAY):
    return propose_reading(key=key, value=value, since=since, by=world.people[by].pk, today=today)


def _confirm(world, row, *, by="celina", today=TODAY):
    return confirm_reading(pk=row.pk, by=world.people[by].pk, today=today)


def test_the_registry_is_the_list_of_the_specification():
    found = {key: (spec.default, {option.value for option in spec.options}) for key, spec in READINGS.items()}
    assert found == EXPECTED


def test_without_a_choice_the_defaults_govern_and_the_rate_is_unset(world):
    with world.scope("cis"):
        found = readings_of(world.cis.pk, NOVEMBER)
        assert dict(found) == dict(DEFAULTS)
        assert [spec.key for spec in unchosen(world.cis.pk, NOVEMBER)] == ["rate_rounding"]
        with pytest.raises(NotChosen, match="rate_rounding"):
            require(found, "rate_rounding")


def test_readings_cannot_be_changed_by_who_reads_them(world):
    with world.scope("cis"):
        found = readings_of(world.cis.pk, NOVEMBER)
    with pytest.raises(TypeError):
        found["sick_trial"] = "per_40"


def test_a_reading_governs_from_its_month_on(world):
    with world.scope("cis", "ewa"):
        _confirm(world, _propose(world, since=Month(2026, 12)))
        governs = [readings_of(world.cis.pk, Month(2026, month))["sick_trial"] for month in (11, 12)]
        assert governs == ["full", "per_30"]
        assert readings_of(world.cis.pk, Month(2027, 5))["sick_trial"] == "per_30"


def test_a_proposal_governs_nothing(world):
    with world.scope("cis", "ewa"):
        _propose(world)
        assert readings_of(world.cis.pk, NOVEMBER)["sick_trial"] == "full"


def test_within_one_month_the_later_word_stands(world):
    with world.scope("cis", "ewa"):
        _confirm(world, _propose(world))
        _confirm(world, _propose(world, value="per_40"))
        assert readings_of(world.cis.pk, NOVEMBER)["sick_trial"] == "per_40"


def test_one_person_does_not_do_both(world):
    with world.scope("cis", "ewa"), pytest.raises(InputError, match="druga osoba"):
        _confirm(world, _propose(world), by="ewa")


def test_the_database_refuses_one_person_for_both(world):
    with world.scope("cis", "ewa"):
        row = _propose(world)
        with pytest.raises(IntegrityError, match="reading_two_people"), transaction.atomic():
            Reading.objects.filter(pk=row.pk).update(
                state=State.CONFIRMED, confirmed_by=row.proposed_by_id, confirmed_at=row.proposed_at
            )


def test_a_reading_never_reaches_back(world):
    with world.scope("cis", "ewa"), pytest.raises(InputError, match="listopad 2026") as caught:
        _propose(world, since=Month(2026, 10))
    assert caught.value.field == "since"


def test_a_first_answer_may_reach_back_and_the_next_one_may_not(world, monkeypatch):
    october = Month(2026, 10)
    monkeypatch.setattr(months, "_providers", [lambda unit_id: october])
    with world.scope("cis", "ewa"):
        assert first_month_to_answer(world.cis.pk, "rate_rounding", today=TODAY) == october
        assert first_month_to_answer(world.cis.pk, "sick_trial", today=TODAY) == NOVEMBER
        _confirm(world, _propose(world, key="rate_rounding", value="exact", since=october))
        assert readings_of(world.cis.pk, october)["rate_rounding"] == "exact"
        assert first_month_to_answer(world.cis.pk, "rate_rounding", today=TODAY) == NOVEMBER
        with pytest.raises(InputError, match="listopad 2026"):
            _propose(world, key="rate_rounding", value="up10", since=october)


def test_a_proposal_that_waited_too_long_is_refused(world):
    with world.scope("cis", "ewa"):
        row = _propose(world)
        with pytest.raises(InputError, match="grudzień 2026"):
            _confirm(world, row, today=date(2026, 12, 1))


def test_a_closed_month_pushes_the_first_month_on(world, monkeypatch):
    monkeypatch.setattr(months, "_providers", [lambda unit_id: Month(2026, 12)])
    with world.scope("cis", "ewa"):
        with pytest.raises(InputError, match="styczeń 2027"):
            _propose(world, since=Month(2026, 12))
        assert _propose(world, since=Month(2027, 1)).state == State.PROPOSED


def test_of_several_closed_months_the_last_one_counts(monkeypatch, world):
    monkeypatch.setattr(
        months,
        "_providers",
        [lambda unit_id: None, lambda unit_id: Month(2026, 3), lambda unit_id: Month(2026, 1)],
    )
    assert months.last_closed_month(world.cis.pk) == Month(2026, 3)


@pytest.mark.parametrize(
    ("key", "value"), [("sick_trial", "per_20"), ("nothing", "full"), ("sick_trial", "")]
)
def test_an_unknown_answer_is_refused(world, key, value):
    with world.scope("cis", "ewa"), pytest.raises(InputError):
        _propose(world, key=key, value=value)


def test_the_database_refuses_an_unknown_answer(world):
    with world.scope("cis", "ewa"), pytest.raises(IntegrityError, match="reading_known"):
        Reading.objects.create(
            key="sick_trial",
            value="per_20",
            since_month=date(2026, 11, 1),
            proposed_by=world.people["ewa"],
            proposed_at="2026-11-20T10:00:00Z",
        )


def test_a_reading_waits_once(world):
    with world.scope("cis", "ewa"):
        _propose(world)
        with pytest.raises(InputError, match="czeka już"):
            _propose(world, value="per_40")


def test_a_withdrawn_proposal_makes_room(world):
    with world.scope("cis", "ewa"):
        row = _propose(world)
        withdraw_reading(pk=row.pk, by=world.people["ewa"].pk)
        assert _propose(world, value="per_40").state == State.PROPOSED


@pytest.mark.parametrize(
    "change", [{"value": "per_40"}, {"since_month": date(2026, 1, 1)}, {"state": "withdrawn"}]
)
def test_the_database_never_changes_a_confirmed_reading(world, change):
    with world.scope("cis", "ewa"):
        row = _confirm(world, _propose(world))
        with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
            Reading.objects.filter(pk=row.pk).update(**change)


def test_another_unit_keeps_its_own_readings(world):
    with world.scope("cis", "ewa"):
        _confirm(world, _propose(world))
    with world.scope("kis"):
        assert readings_of(world.kis.pk, NOVEMBER)["sick_trial"] == "full"
        assert readings_of(world.cis.pk, NOVEMBER)["sick_trial"] == "full"


def test_the_page_shows_what_holds_waits_comes_and_was(world):
    with world.scope("cis", "ewa"):
        first = _confirm(world, _propose(world))
        coming = _confirm(world, _propose(world, value="per_40", since=Month(2027, 1)))
        waiting = _propose(world, value="full", since=Month(2027, 2))
        points = {point.spec.key: point for point in open_points(world.cis.pk, today=TODAY)}
    point = points["sick_trial"]
    assert (point.current, list(point.coming), point.waiting) == (first, [coming], waiting)
    assert point.answer == "1/30 za dzień"
    assert (points["rate_rounding"].answer, points["trial_end"].is_default) == ("", True)


def test_the_page_asks_once_for_all_readings(world, django_assert_num_queries):
    with world.scope("cis", "ewa"):
        for key in ("sick_trial", "sick_over"):
            _confirm(world, _propose(world, key=key))
        with django_assert_num_queries(1):
            points = open_points(world.cis.pk, today=TODAY)
            assert [str(p.current.confirmed_by) for p in points if p.current] == ["Celina Grab"] * 2


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("transition", list(Transition))
def test_each_transition_is_allowed_or_refused(world, state, transition):
    with world.scope("cis", "ewa"):
        row = _propose(world)
        second = world.people["celina"].pk
        if state is State.CONFIRMED:
            transitions.confirm(row, by=second, at=row.proposed_at)
        elif state is State.WITHDRAWN:
            transitions.withdraw(row, by=second, at=row.proposed_at)
        act = {Transition.CONFIRM: transitions.confirm, Transition.WITHDRAW: transitions.withdraw}[transition]
        if state in transitions.READING[transition][0]:
            assert act(row, by=second, at=row.proposed_at).state == transitions.READING[transition][1]
        else:
            with pytest.raises(InputError, match="rozstrzygnięty"):
                act(row, by=second, at=row.proposed_at)
