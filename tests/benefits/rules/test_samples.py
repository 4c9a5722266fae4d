"""The samples by which a unit sees what its answers do."""

import pytest

from benefits.rules.samples import SAMPLES, answers
from reintegration.law.readings import READINGS
from tests.benefits.rules.made import LAW


def test_every_open_point_has_a_sample():
    assert SAMPLES.keys() == READINGS.keys()


@pytest.mark.parametrize("key", SAMPLES)
def test_every_answer_pays_something_else_in_its_sample(key: str):
    found = answers(key, {}, LAW)
    assert len({one.amount for one in found}) == len(found) == len(READINGS[key].options)


def test_a_sample_is_counted_by_the_other_answers_of_the_unit():
    exact = {one.value: str(one.amount) for one in answers("payout_rounding", {}, LAW)}
    rounded = {
        one.value: str(one.amount) for one in answers("payout_rounding", {"rate_rounding": "up10"}, LAW)
    }
    assert exact == {"grosz": "2087.16", "up10": "2087.20"}
    assert rounded == {"grosz": "2087.18", "up10": "2087.20"}
