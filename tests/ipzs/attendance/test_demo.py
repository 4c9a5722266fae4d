"""The demo shows days of every kind."""

import pytest

from ipzs.enums import FreeDayState
from ipzs.models import DayMark, FreeDayRequest, SickLeave
from ipzs.queries import attendance as queries
from reintegration.core.dates import Month
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from tests.ipzs.attendance.made import TODAY

pytestmark = pytest.mark.usefixtures("demo")


def test_the_demo_has_days_of_every_kind_and_today_is_left() -> None:
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        kinds = set(DayMark.objects.order_by("kind").values_list("kind", flat=True))
        assert {"present", "unexcused", "excused", "sick", "free"} <= kinds
        assert not DayMark.objects.filter(day=TODAY).exists()
        assert SickLeave.objects.filter(confirmed_on__isnull=True).count() == 1
        states = set(FreeDayRequest.objects.order_by("state").values_list("state", flat=True))
        assert states == {FreeDayState.ASKED, FreeDayState.GRANTED}
        assert queries.grid(Month(2026, 10), today=TODAY, pays=True).missing == 0
    with scope(organisation_id=demo_id("organisation:przystan"), source="test"):
        assert DayMark.objects.exists()
