"""The days on which both sides look at the programme."""

from datetime import date

from ipzs.models import Evaluation, Programme
from participants.services.participations.common import stored


def plan_evaluations(programme: Programme, days: tuple[date, ...], *, before: tuple[date, ...] = ()) -> None:
    """Plan the days of the version in force; those that only the version `before` had are planned no more.

    What was held stays, and so does a day that somebody added beside the version.
    """
    rows = Evaluation.objects.filter(programme=programme)
    rows.filter(held_on__isnull=True, due_on__in=set(before) - set(days)).delete()
    for day in sorted(set(days) - set(rows.order_by("due_on").values_list("due_on", flat=True))):
        stored(Evaluation(programme=programme, person_id=programme.person_id, due_on=day))
