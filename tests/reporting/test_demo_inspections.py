"""The inspections of the demo: one half done, one whose recommendation waits for the unit."""

from typing import Any

import pytest

from reintegration.core import clock
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from reporting.enums import InspectionState
from reporting.models import Inspection
from reporting.queries import inspection_results as results
from reporting.queries import inspections as queries

pytestmark = pytest.mark.usefixtures("demo")


def as_one(place: str, email: str) -> Any:
    return scope(
        organisation_id=demo_id(f"organisation:{place}"), user_id=demo_id(f"person:{email}"), source="test"
    )


def test_one_is_half_done_and_the_club_reads_every_look() -> None:
    with as_one("uw-lubelski", "maria.sosna@uw-lubelski.example"):
        row = Inspection.objects.get(state=InspectionState.OPEN)
        assert queries.may_look(row, clock.today())
        files, points = queries.sample_of(row), queries.points_of(row)
        done = queries.progress(files, points)
        assert 0 < done.looked < done.files
        assert 0 < done.answered < done.points
        assert done.faults
        seen = set(queries.looks_by_file(row))
    with as_one("przystan", "bozena.lipa@przystan.example"):
        assert set(queries.looks_by_file(row)) == seen == {one.row.pk for one in files if one.finding}


def test_one_waits_for_the_answer_of_a_centre() -> None:
    with as_one("nowymost", "ewa.jarzebina@nowymost.example"):
        (one,) = results.to_answer()
        assert one.inspection.objected_on is None
        assert one.due_on > clock.today()
