"""The demo has persons of whom much is known, and two who may be one."""

from datetime import date

import pytest

from participants.demo.lives import lives
from participants.models import Barrier, PersonFact
from participants.queries.people import likely_doubles
from participants.rules.codes import Sex
from participants.rules.identity import Identity, identity_problems
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope


@pytest.mark.usefixtures("demo")
def test_the_demo_shows_what_is_known_and_a_pair_to_judge():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        assert Barrier.objects.count() == 2
        assert PersonFact.objects.count() == 3
        pairs = [{str(pair.one), str(pair.other)} for pair in likely_doubles()]
        assert {"Zdzisław Klon", "Zdzisława Klon"} in pairs


def test_what_a_number_of_the_large_demo_says_fits_the_person():
    """Else another unit, to which a file is handed on, cannot take it over."""
    today = date(2026, 11, 22)
    found = lives("test", 30, is_cis=True, history=35, today=today)
    assert {life.birth_date.year // 100 for life in found} == {19, 20}
    for life in found:
        told = Identity(pesel=life.pesel, birth_date=life.birth_date, sex=Sex(life.sex))
        assert identity_problems(told, today=today, false_series=True) == ()
