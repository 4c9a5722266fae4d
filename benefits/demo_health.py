"""The demo's health insurance: who is covered by what, and whom the OPS registered."""

from datetime import timedelta
from typing import Any

from benefits.models import HealthRegistration, HealthTitle
from benefits.queries.health import FileHealth, health_of, looked_at
from benefits.services import health
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope

UNIT = "nowymost"


@demo_step("health insurance", order=103)
def load_health() -> None:
    """Most people are registered; one was asked and has nothing, and of the last nobody asked."""
    user = User.objects.get(email=email_of("ewa.jarzebina", UNIT))
    with scope(organisation_id=demo_id(f"organisation:{UNIT}"), user_id=user.pk, source="demo"):
        if HealthTitle.objects.exists():
            return
        today = clock.today()
        files = looked_at(today).filter(ended_on__isnull=True).order_by("number")
        insured = [one for one in health_of(files).values() if one.programmes]
        for number, one in enumerate(insured[:-1]):
            _cover(one, number % 4)
            if any(span.first <= today for span in one.stretches):
                health.tell(participation_id=one.file.pk)
        begun = HealthRegistration.objects.filter(since__lte=today, until__gte=today)
        for row in begun.order_by("since", "pk"):
            day = min(row.since + timedelta(days=3), today)
            health.note_done(registration_id=row.pk, registered_on=day, deregistered_on=None)


def _cover(one: FileHealth, kind: int) -> None:
    """A job that ended before, a family member, nothing, or a decision for the days of waiting."""
    begins = one.programmes[0].since
    given: dict[str, Any] = {"participation_id": one.file.pk, "until": None}
    if kind == 0:
        job = {"since": begins - timedelta(days=400), "until": begins - timedelta(days=10)}
        health.add_title(**given | job, kind="own")
    elif kind == 1:
        health.add_title(**given, kind="family", since=begins - timedelta(days=100))
    elif kind == 2:
        health.add_title(**given, kind="none", since=min(begins, clock.today()))
    else:
        health.add_title(**given, kind="decision", since=begins, note="Decyzja 8120.4")
