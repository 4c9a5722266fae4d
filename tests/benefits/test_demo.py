"""The demo shows a list that was paid, one that is drawn, and somebody whom it cannot pay."""

import pytest

from benefits.enums import PublicKind
from benefits.models import BankBooking, PaidLine, PayrollList, Statement
from benefits.queries import public_money
from benefits.queries.forecast import told_payments, told_terms
from benefits.queries.integrity import faults
from benefits.services.statements import WORK, issue
from reintegration.core import clock
from reintegration.core.demo import demo_id
from reintegration.jobs.models import Job
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


def test_everybody_on_the_paid_list_is_promised_their_statement_and_gets_it():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        paid = PayrollList.objects.get(state="paid")
        rows = list(Statement.objects.filter(payroll_list=paid, blocked=False).order_by("position"))
        jobs = Job.objects.here().filter(kind=WORK, batch_id=paid.pk)
        assert {job.payload["statement"] for job in jobs.order_by("pk")} == {str(one.pk) for one in rows}
        assert [one.number for row in rows if (one := issue(statement_id=row.pk)) is not None] == [
            f"RO/{paid.number.removeprefix('LW/')}/{row.position}" for row in rows
        ]


def test_zus_has_its_money_and_the_tax_office_waits():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        (zus,), (tax,) = (public_money.months_of(kind) for kind in (PublicKind.ZUS, PublicKind.TAX))
        assert (zus.left, tax.paid) == (0, 0)
        assert min(zus.amount, tax.amount) > 0


def test_the_bank_has_answered_and_one_transfer_came_back():
    with scope(organisation_id=demo_id("organisation:nowymost"), source="test"):
        states = PaidLine.objects.order_by("reference").values_list("state", flat=True)
        assert states[0] == "returned"
        assert set(states[1:]) == {"paid"}
        assert BankBooking.objects.filter(state="open").count() == 1


def test_whoever_refers_sees_what_a_centre_would_pay():
    centre = demo_id("organisation:nowymost")
    with scope(organisation_id=demo_id("organisation:ops-modrzewno"), source="test"):
        first, *_ = told_payments(told_terms([centre])[centre], clock.today(), pit2=True)
        assert first.to_pay > 0
