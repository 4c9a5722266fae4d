"""Ends whose day is still to come: a decision that names a later last day, work that begins after today."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from ipzs.models import Decision, Programme
from ipzs.programmes_tasks import DECIDED_JOB
from ipzs.services import programmes as services
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.errors import InputError
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.cast import World
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import TODAY
from tests.ipzs.programmes.test_screens import at, client_of, text
from tests.ipzs.programmes.test_services import decided

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST = TODAY + 10 * DAY


def delivered(programme: Programme) -> Decision:
    """A decision in the person's hands ten days before the last day that it names."""
    row = decided(programme, ends_on=LAST)
    services.issue_decision(decision_id=row.pk, decided_on=TODAY)
    return services.deliver_decision(decision_id=row.pk, delivered_on=TODAY, how="in_person")


def night() -> None:
    with scope(organisation_id=OPERATOR_ID, source="test"):
        enqueue(kind=DECIDED_JOB, payload={}, key=f"test:{clock.today()}")
    drain()


def test_a_decision_is_delivered_before_its_last_day_and_then_ends_the_programme(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        delivered(programme)
        programme.refresh_from_db()
        assert programme.state == "running"
        with pytest.raises(InputError, match="Doręczono decyzję"):
            services.draft_annex(programme_id=programme.pk, motion_by="unit", motion_on=TODAY)
    client = client_of(world, "ewa")
    page = text(client.get(at("programme_show", programme.participation_id)))
    assert "Decyzja jest doręczona." in page
    assert "Przedłuż" not in page
    overview = text(client.get(reverse("participants:file", args=[programme.participation_id])))
    assert all("Zostało 10 dni" in shown for shown in (page, overview))
    # The band above every tab counts to the same day.
    assert all("do 30 listopada (decyzja)" in shown for shown in (page, overview))
    with clock.frozen(LAST):
        night()
    with world.scope("cis"):
        assert Programme.objects.get().state == "running"
    with clock.frozen(LAST + DAY):
        night()
    with world.scope("cis"):
        ended, file = Programme.objects.get(), Participation.objects.get()
        assert (ended.state, ended.end_kind, ended.ended_on) == ("ended", "abandonment", LAST)
        assert (file.ended_on, file.end_reason) == (LAST, "abandoned")


def test_a_decision_set_aside_before_its_last_day_ends_nothing(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        row = delivered(programme)
        services.complain(decision_id=row.pk, complained_on=TODAY)
        services.judge(decision_id=row.pk, upheld=False, judged_on=TODAY, judgment="III SA/Lu 1/26")
    with clock.frozen(LAST + DAY):
        night()
    with world.scope("cis"):
        assert Programme.objects.get().state == "running"


def test_a_letter_that_nobody_took_is_delivered_after_fourteen_days(world: World):
    with world.scope("cis", "ewa"):
        row = decided(made.in_classes())
        services.issue_decision(decision_id=row.pk, decided_on=TODAY - 13 * DAY)
        with pytest.raises(InputError, match="najwcześniej 21.11.2026"):
            services.deliver_decision(decision_id=row.pk, delivered_on=TODAY, how="substitute")
        services.deliver_decision(decision_id=row.pk, delivered_on=TODAY, how="post")


def test_work_may_begin_after_the_last_day_of_classes(world: World):
    starts = TODAY + 11 * DAY
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        asked = {"programme_id": programme.pk, "work_kind": "employment", "left_on": TODAY}
        with pytest.raises(InputError, match="najpóźniej 20.12.2026"), transaction.atomic():
            services.end_by_work(work_started_on=add_months(TODAY, 1) + DAY, **asked)
        with pytest.raises(InputError, match="Zajęcia jeszcze trwają"), transaction.atomic():
            services.end_by_work(work_started_on=starts, **{**asked, "left_on": TODAY + DAY})
        with pytest.raises(InputError, match="Pierwszy dzień pracy"), transaction.atomic():
            services.end_by_work(work_started_on=starts, ended_on=TODAY, **asked)
        services.end_by_work(work_started_on=starts, **asked)
        programme.refresh_from_db()
        assert (programme.state, programme.work_since) == ("running", starts)
        assert programme.until == add_months(starts, 6)
        file = Participation.objects.get()
        assert (file.ended_on, file.end_reason) == (TODAY, "job")
    page = text(client_of(world, "anna").get(at("programme_show", file.pk)))
    assert "Praca już czeka." in page


def test_work_after_the_period_is_no_end_of_it(world: World):
    since = add_months(TODAY, -12) + 5 * DAY
    with world.scope("cis", "anna"):
        programme = made.in_classes(since=since)
        with pytest.raises(InputError, match="Wybierz „Upływ okresu”"):
            services.end_by_work(
                programme_id=programme.pk,
                work_kind="business",
                work_started_on=TODAY + 9 * DAY,
                left_on=TODAY,
            )
