"""What the database refuses in this room, and of the files on which it stands, it refuses in Polish."""

import pytest
from django.apps import apps
from django.db.models import BaseConstraint

from participants.models import Agreement, Participation, Period, TeamMember

CONSTRAINTS = [
    pytest.param(constraint, id=f"{model.__name__}-{constraint.name}")
    for model in [*apps.get_app_config("ipzs").get_models(), Participation, Period, TeamMember, Agreement]
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_every_constraint_says_a_sentence(constraint: BaseConstraint) -> None:
    sentence = constraint.violation_error_message
    assert sentence != BaseConstraint.default_violation_error_message
    assert sentence[0].isupper()
    # The article may follow.
    assert sentence.rstrip(")").partition(" (art")[0].endswith(".")
