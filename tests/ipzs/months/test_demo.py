"""The demo has months that are closed and one that waits, and may be loaded twice."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from ipzs.models import AttendanceMonth
from reintegration.core.dates import Month
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from tests.ipzs.attendance.made import TODAY

pytestmark = pytest.mark.django_db


def test_months_of_the_demo_are_closed_but_the_last(settings: Any, tmp_path: Any) -> None:
    settings.DEMO, settings.FILES_DIR = True, str(tmp_path)
    for _ in range(2):
        call_command("demo", stderr=StringIO(), stdout=StringIO())
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        closed = set(AttendanceMonth.objects.values_list("first_day", "state", "closings"))
        assert {(state, closings) for _, state, closings in closed} == {("closed", 1)}
        assert max(day for day, _, _ in closed) < Month.of(TODAY).previous.first
