"""The demo's plan and journal: loaded twice they are the same."""

import pytest

from ipzs.demo import timetable
from ipzs.models import ClassMeeting, ClassPresence, PracticalSkill, TimetableEntry, WorkshopPlace
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope

pytestmark = pytest.mark.usefixtures("demo")


def counts(unit: str) -> list[int]:
    with scope(organisation_id=demo_id(f"organisation:{unit}"), source="test"):
        models = (WorkshopPlace, TimetableEntry, ClassMeeting, ClassPresence)
        return [model.objects.count() for model in models]


def test_both_units_have_a_plan_and_a_journal_once() -> None:
    before = [counts(unit) for unit in (timetable.CENTRE, timetable.CLUB)]
    assert all(all(found) for found in before)
    with scope(organisation_id=demo_id(f"organisation:{timetable.CENTRE}"), source="test"):
        assert PracticalSkill.objects.exists()

    timetable.load_plan()
    timetable.load_journal()

    assert [counts(unit) for unit in (timetable.CENTRE, timetable.CLUB)] == before
