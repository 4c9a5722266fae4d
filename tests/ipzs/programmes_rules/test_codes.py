"""The choices of the tables carry the codes of the rules and of the catalogue."""

import pytest

from ipzs import enums
from ipzs.catalogue.reading import Dimension, DutyKind, Effect, Provider
from ipzs.rules.content import Area, Face, Form
from ipzs.rules.endings import Ending
from ipzs.rules.programmes import Side


@pytest.mark.parametrize(
    ("ours", "choices"),
    [
        (Face, enums.ProgrammeKind),
        (Ending, enums.ProgrammeEnd),
        (Side, enums.Side),
        (Area, enums.Area),
        (Form, enums.Form),
        (Dimension, enums.Dimension),
        (Provider, enums.Provider),
    ],
)
def test_the_tables_carry_the_same_codes(ours, choices):
    assert {one.value for one in ours} == set(choices.values)


def test_a_built_in_duty_is_one_that_the_tables_know():
    assert set(DutyKind) - {DutyKind.SPECIALISTS} <= set(enums.DutyKind.values)
    assert set(Effect) <= set(enums.DutyEffect.values)
