"""The reports of the demo against the other count: what was paid, and what the Labour Fund gave, too."""

import pytest

from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from reporting.enums import LayoutKind
from reporting.queries.filling import fill
from reporting.queries.layouts import in_force
from tests.reporting.filling_sql import CIS, KIS, differences

pytestmark = pytest.mark.usefixtures("demo")


def told(kind: LayoutKind) -> set[str]:
    """Sources of which the report says something."""
    layout = in_force(kind, 2026).layout
    sources = {layout.cells[key].source for key, value in fill(layout, 2026).values.items() if value}
    return {one.key for one in sources if one is not None}


def test_the_demo_says_what_the_other_count_says():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        assert differences(CIS, 2025, 2026) == []
        assert told(LayoutKind.CIS) >= {"paid", "paid_people", "payments", "contributions", "staff", "hours"}
    with scope(organisation_id=demo_id("organisation:przystan"), source="test"):
        assert differences(KIS, 2025, 2026) == []
        assert told(LayoutKind.KIS) >= {"participants", "started", "at_end", "covered", "hours", "posts"}
