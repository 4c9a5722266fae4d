"""The demo has months that are closed and one that waits."""

import pytest

from ipzs.models import AttendanceMonth
from reintegration.core.dates import Month
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from tests.ipzs.attendance.made import TODAY

pytestmark = pytest.mark.usefixtures("demo")


def test_months_of_the_demo_are_closed_but_the_last() -> None:
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        closed = set(AttendanceMonth.objects.values_list("first_day", "state", "closings"))
        assert {(state, closings) for _, state, closings in closed} == {("closed", 1)}
        assert max(day for day, _, _ in closed) < Month.of(TODAY).previous.first
