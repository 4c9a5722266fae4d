"""The way to work step by step, what each step refuses, and what the tables refuse whoever writes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from benefits.models import SupportedJob, SupportedMonth
from benefits.queries import supported as queries
from benefits.services import supported, supported_refunds
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from tests.benefits.supported import made
from tests.benefits.supported.made import ENDED, MONTHS, REFERRED, SENT, SINCE, TODAY, UNTIL, WITH_IT
from tests.cast import World
from tests.participants.participations.made import candidate, in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def here(world: World) -> Iterator[World]:
    with world.scope("cis", "ewa"):
        yield world


def refused(call: Any, match: str, **given: Any) -> None:
    with pytest.raises(InputError, match=match):
        call(**given)


def test_the_way_of_somebody_who_works_six_months(here: World) -> None:
    job = made.working()
    assert (job.state, job.refund_until) == ("working", UNTIL)
    assert queries.refundable(job) == [Month(2026, month) for month in (9, 10, 11, 12)] + [
        Month(2027, 1), Month(2027, 2),
    ]  # fmt: skip
    row = made.paid(job)
    assert (row.cap, row.asked, row.state) == (made.FULL, WITH_IT, "paid")
    # Asked on 5 October: thirty days later is a Wednesday.
    assert row.due_on == date(2026, 11, 4)
    with clock.frozen(UNTIL + timedelta(days=1)):
        done = supported.complete(job_id=job.pk, ended_on=UNTIL)
        assert (done.state, len(queries.refundable(done))) == ("completed", 6)


def test_in_a_club_the_social_worker_alone_asks(world: World) -> None:
    with world.scope("kis", "bozena"):
        row = made.sent(made.in_club())
        assert (row.unit_type, row.manager_on, row.participant_on) == ("KIS", None, None)
        assert supported.refer(
            job_id=row.pk, answered_on=REFERRED, employer_name="Tartak", position="pilarz"
        ).state == "referred"  # fmt: skip


def test_who_still_comes_to_classes_is_referred_after_six_months_and_with_a_reason(here: World) -> None:
    file = in_classes()
    # The trial of a month began on 9 March.
    first = queries.referral_from(file)
    assert first == date(2026, 10, 9)
    row = made.drafted(file)
    signed = dict.fromkeys(("sent_on", "manager_on", "social_worker_on", "participant_on"), date(2026, 9, 1))
    refused(supported.send, "dlaczego ma zacząć pracę wcześniej", job_id=row.pk, **signed)
    said = {name: getattr(row, name) for name in ("place", "pup_name", "employer_name", "position")}
    supported.change(job_id=row.pk, reason="Ma ofertę w zawodzie, którego się nauczył.", **said)
    supported.send(job_id=row.pk, **signed)
    where = {"employer_name": "Tartak", "position": "pilarz"}
    refused(supported.refer, "09.10.2026", job_id=row.pk, answered_on=date(2026, 10, 8), **where)
    assert supported.refer(job_id=row.pk, answered_on=date(2026, 10, 9), **where).state == "referred"


def test_nobody_is_asked_for_before_they_began(here: World) -> None:
    row = made.drafted(candidate())
    signed = dict.fromkeys(("sent_on", "manager_on", "social_worker_on", "participant_on"), TODAY)
    refused(supported.send, "nie zaczęła jeszcze zajęć", job_id=row.pk, **signed)


def test_one_way_at_a_time_and_another_after_a_failure(here: World) -> None:
    file = made.graduate()
    row = made.sent(file)
    refused(made.drafted, "w toku", file=file)
    refused(
        supported.fail, "Napisz, co się stało", job_id=row.pk, failed_on=TODAY, fail_reason="other", note=" "
    )
    gone = supported.fail(job_id=row.pk, failed_on=TODAY, fail_reason="no_money", note="")
    assert (gone.state, gone.get_fail_reason_display()) == ("failed", "PUP nie ma środków")
    assert made.drafted(file).state == "drafted"


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"until": UNTIL - timedelta(days=1)}, "do 28.02.2027 albo dłużej"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "nie nadszedł"),
        ({"agreed_on": date(2021, 5, 4)}, "co najmniej 12 miesięcy"),
        ({"agreed_on": date(2003, 9, 1)}, "14.07.2007"),
    ],
)
def test_an_agreement_is_held_to_the_rules_of_its_day(here: World, given: dict[str, Any], match: str) -> None:
    refused(supported.agree, match, job_id=made.referred().pk, **made.agreement(**given))


def test_work_in_the_centre_has_neither_agreement_nor_refund(here: World) -> None:
    row = made.referred(place="centre")
    refused(supported.agree, "nie ma umowy", job_id=row.pk, **made.agreement())
    done = supported.start(job_id=row.pk, since=SINCE, until=UNTIL)
    assert (done.state, done.refund_until, queries.refundable(done)) == ("working", None, [])
    refused(made.prepared, "nie refunduje", job=done)


def test_work_that_is_broken_off_is_refunded_until_its_last_day(here: World) -> None:
    job = made.working()
    refused(supported.complete, "wpisz przerwanie", job_id=job.pk, ended_on=date(2026, 11, 15))
    job = supported.break_off(job_id=job.pk, ended_on=date(2026, 11, 15), end_reason="health", note="")
    assert queries.refundable(job) == MONTHS
    row = made.prepared(job, MONTHS[2], pay=Decimal(2403))
    # Fifteen thirtieths of 1783,90 zł.
    assert str(row.cap) == "891.95"
    refused(made.prepared, "nie refunduje", job=job, month=Month(2026, 12))


def test_a_refund_follows_its_steps(here: World) -> None:
    job = made.working()
    refused(made.prepared, "jeszcze się nie zaczął", job=job, month=Month(2026, 12))
    row = made.prepared(job, contributions=Decimal("861.72"))
    assert row.asked == WITH_IT
    assert made.prepared(job, pay=Decimal(1000)).asked == Decimal("1179.30")
    refused(supported_refunds.pay, "nie można", refund_id=row.pk, paid_on=TODAY, paid=Decimal(1))
    row = supported_refunds.ask(refund_id=row.pk, asked_on=date(2026, 10, 5))
    refused(supported_refunds.drop, "nie można", refund_id=row.pk)
    refused(made.prepared, "nie można", job=job)
    refused(
        supported_refunds.pay, "PUP nie płaci więcej", refund_id=row.pk, paid_on=TODAY, paid=Decimal(9999)
    )
    assert supported_refunds.refuse(refund_id=row.pk, refused_on=TODAY, refusal="no_money").state == "refused"
    assert supported_refunds.again(refund_id=row.pk).asked_on is None
    supported_refunds.ask(refund_id=row.pk, asked_on=TODAY)
    paid = supported_refunds.pay(refund_id=row.pk, paid_on=TODAY, paid=Decimal(1000))
    assert (paid.paid, paid.state) == (Decimal(1000), "paid")
    assert supported_refunds.take_back(refund_id=row.pk).paid is None
    other = made.prepared(job, MONTHS[1])
    supported_refunds.drop(refund_id=other.pk)
    assert SupportedMonth.objects.count() == 1


def test_a_corrected_agreement_keeps_the_months_that_were_asked_for(here: World) -> None:
    job = made.working()
    made.asked(job)
    moved = made.agreement(since=date(2026, 10, 1), until=date(2027, 3, 31))
    with pytest.raises(DatabaseError, match="refund of a month"), transaction.atomic():
        supported.correct_agreement(job_id=job.pk, **moved)
    row = supported.correct_agreement(job_id=job.pk, **made.agreement(until=date(2027, 8, 31)))
    assert (row.until, row.refund_until) == (date(2027, 8, 31), UNTIL)


def test_the_queue_and_what_waits(here: World) -> None:
    job = made.working()
    made.asked(job)
    made.sent(made.graduate("Leszek Bażant"), on=TODAY - timedelta(days=31))
    found = queries.standing(TODAY)
    assert (found.asked, found.late, found.silent) == (WITH_IT, WITH_IT, 1)
    assert [row.due_on for row in queries.late(TODAY)] == [date(2026, 11, 4)]
    assert [month for _, month in queries.all_to_ask(TODAY)] == [MONTHS[1]]
    assert [str(row.person) for row in queries.silent(TODAY)] == ["Leszek Bażant"]
    assert list(queries.silent(TODAY - timedelta(days=1))) == []


JOB: dict[str, dict[str, Any]] = {
    "supported_job_signed": {"participant_on": None},
    "supported_job_referred": {"position": ""},
    "supported_job_agreed": {"monthly_pay": None},
    "supported_job_begun": {"until": None},
    "supported_job_span": {"until": SINCE - timedelta(days=1)},
    "supported_job_ended": {"ended_on": UNTIL},
    "supported_job_broken_off": {"end_reason": "person"},
    "supported_job_failed": {"fail_reason": "person"},
    "supported_job_nip": {"employer_nip": "12"},
    "supported_job_accident": {"accident_rate": 11},
    "supported_job_of_unit_type": {"unit_type": "KIS"},
}
MONTH: dict[str, dict[str, Any]] = {
    "supported_month_month": {"month": date(2026, 9, 2)},
    "supported_month_amounts": {"contributions": Decimal(9000)},
    "supported_month_within": {"asked": Decimal(5000)},
    "supported_month_asked": {"due_on": None},
    "supported_month_paid": {"paid": Decimal(1)},
    "supported_month_refused": {"refusal": "other"},
    "refund of a month": {"month": date(2026, 8, 1)},
}


@pytest.mark.parametrize("name", JOB)
def test_the_table_of_jobs_refuses_what_cannot_be(here: World, name: str) -> None:
    job = made.working()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        SupportedJob.objects.filter(pk=job.pk).update(**JOB[name])


def test_the_table_of_jobs_holds_one_way_at_a_time(here: World) -> None:
    job = made.working()
    one = SupportedJob(
        participation=job.participation, person_id=job.person_id, unit_type="CIS", pup_name="PUP"
    )
    one.unit_id = job.unit_id
    with pytest.raises(IntegrityError, match="supported_job_once"), transaction.atomic():
        one.save()


@pytest.mark.parametrize("name", MONTH)
def test_the_table_of_months_refuses_what_cannot_be(here: World, name: str) -> None:
    row = made.asked(made.working())
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        SupportedMonth.objects.filter(pk=row.pk).update(**MONTH[name])


def test_days_of_a_motion_are_in_their_order(here: World) -> None:
    row = made.drafted()
    signed = {"manager_on": SENT, "participant_on": SENT, "social_worker_on": SENT + timedelta(days=1)}
    with pytest.raises(Exception, match="podpisują ci"), transaction.atomic():
        supported.send(job_id=row.pk, sent_on=SENT, **signed)
    assert ENDED < SENT
