"""The demo shows a list that was paid, one that is drawn, and somebody whom it cannot pay."""

import pytest

from benefits.models import PayrollList, Statement
from benefits.queries.integrity import faults
from reintegration.core.demo import demo_id
from reintegration.tenancy.scope import scope

pytestmark = pytest.mark.usefixtures("demo")


def test_one_list_was_paid_and_the_next_is_a_draft():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        paid, draft = PayrollList.objects.order_by("month")
        assert (paid.state, draft.state) == ("paid", "open")
        assert faults(paid) == []
        assert {one.blocked for one in Statement.objects.filter(payroll_list=draft).order_by("pk")} == {
            True,
            False,
        }
