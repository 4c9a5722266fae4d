"""What the database refuses in this room, and in the one on which it stands, it refuses in Polish."""

import pytest
from django.apps import apps
from django.db.models import BaseConstraint

# What the program alone writes, so that no person can meet it.
UNSEEN = {
    "name_key_once": "the keys of a name are written anew together",
    "not_duplicate_in_order": "the two persons are put in order before they are written",
    "specialistopiniongrant_once": "a grant that stands is prolonged",
    "signed_link_leads_somewhere": "a link is made with what it leads to",
    "body_access_is_told": "a page opens one of the two",
    "body_access_has_a_body": "it is opened to an account that was chosen",
    "body_access_closed_by_someone": "whoever closes writes both",
    "ops_notice_once": "a job writes it, once for a centre",
    "ops_notice_has_a_centre": "a job writes it for the centre that was chosen",
    "ops_notice_read_by_someone": "whoever ticks it writes both",
}
CONSTRAINTS = [
    pytest.param(constraint, id=f"{model.__name__}-{constraint.name}")
    for name in ("ipzs", "participants")
    for model in apps.get_app_config(name).get_models()
    for constraint in model._meta.constraints
    if constraint.name not in UNSEEN
]


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_every_constraint_says_a_sentence(constraint: BaseConstraint) -> None:
    sentence = constraint.violation_error_message
    assert sentence != BaseConstraint.default_violation_error_message
    assert sentence[0].isupper()
    # The article may follow.
    assert sentence.rstrip(")").partition(" (art")[0].endswith(".")
