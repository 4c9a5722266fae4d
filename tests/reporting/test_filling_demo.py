"""The reports of the demo against the other count: what was paid, and what the Labour Fund gave, too."""

import pytest

from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope
from reporting.enums import LayoutKind
from tests.reporting.filling_sql import CIS, KIS, asked, differences, told

pytestmark = pytest.mark.usefixtures("demo")
# Of these the demo has nothing yet: nobody left its club, no volunteer is there, nobody of its centre is half
# a year after the end, and the labour office has not answered its applications. The populations of
# `test_filling.py` have them.
NOTHING = {
    LayoutKind.CIS: {"fund", "talks"},
    LayoutKind.CAS02: set(),
    LayoutKind.KIS: {"certificates", "effects", "ended", "graduates", "independent", "talks", "volunteers"},
    LayoutKind.CAS01: {"ended", "volunteers"},
}
# So many cells say something, so that the two counts do not agree on noughts.
AT_LEAST = {LayoutKind.CIS: 200, LayoutKind.CAS02: 70, LayoutKind.KIS: 60, LayoutKind.CAS01: 25}


@pytest.mark.parametrize(("place", "kinds"), [("nowymost", CIS), ("przystan", KIS)])
def test_the_demo_says_what_the_other_count_says(place: str, kinds: tuple[LayoutKind, ...]):
    with scope(organisation_id=demo_id(f"organisation:{place}"), source="test"):
        assert differences(kinds, 2025, 2026) == []
        for kind in kinds:
            said = told(kind, 2026)
            assert asked(kind) - set(said) == NOTHING[kind], kind
            assert sum(said.values()) >= AT_LEAST[kind], kind
