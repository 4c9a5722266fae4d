"""Who left: their certificates, their standing as graduates, and the talk half a year later."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from participants.enums import EndReason, FollowUpState, Stage
from participants.models import FollowUp, Participation, Period
from participants.queries.participations.stage import with_stage
from participants.rules.codes import UnitType
from reporting.enums import CertificateKind, CertificateState
from reporting.models import Certificate, Outcome

VALID = Q(state=CertificateState.ISSUED) & ~Q(kind=CertificateKind.DUPLICATE)


def left() -> QuerySet[Any]:
    """Files of those who were in classes and are over."""
    begun = Period.objects.filter(participation=OuterRef("pk"), since__lte=OuterRef("ended_on"))
    rows: QuerySet[Any] = Participation.objects.filter(Exists(begun), ended_on__isnull=False)
    return rows


def to_issue() -> QuerySet[Any]:
    """Whoever left and has no certificate; of who died nobody is given one (art. 13 ust. 5a, 18 ust. 5a)."""
    rows: QuerySet[Any] = Participation.objects.filter(ended_on__isnull=False, certificate_on__isnull=True)
    # Asked of each of the few that an index holds; `left` would join the periods of everybody who ever came.
    first = Period.objects.filter(participation=OuterRef("pk")).order_by("since").values("since")[:1]
    begun = rows.annotate(begun_on=Subquery(first)).filter(begun_on__lte=F("ended_on"))
    return begun.exclude(end_reason=EndReason.DEATH)


def graduates_page(*, today: date, unit_type: UnitType) -> QuerySet[Any]:
    """Everybody who left, with what is known of them since; one query for a page."""
    valid = Certificate.objects.filter(VALID, participation=OuterRef("pk")).order_by("-made_at")
    talks = FollowUp.objects.filter(participation=OuterRef("pk"))
    due = talks.filter(state=FollowUpState.DUE).order_by("due_on", "pk")
    done = talks.filter(state=FollowUpState.DONE).order_by("-held_on", "-pk")
    rows = with_stage(left(), today=today, unit_type=unit_type).select_related("person")
    return rows.annotate(
        certificate_number=Subquery(valid.values("number")[:1]),
        certificate_until=Subquery(valid.values("graduate_until")[:1]),
        outcome=Exists(Outcome.objects.filter(participation=OuterRef("pk"))),
        talk_due=Subquery(due.values("due_on")[:1]),
        talk_key=Subquery(due.values("pk")[:1]),
        talk_situation=Subquery(done.values("situation")[:1]),
    )


def only(rows: QuerySet[Any], state: str, *, today: date) -> QuerySet[Any]:
    """The rows that wait for something, or the graduates of today."""
    asked = rows.exclude(end_reason=EndReason.DEATH)
    return {
        "to_issue": lambda: asked.filter(certificate_on__isnull=True),
        "graduates": lambda: rows.filter(stage=Stage.GRADUATE),
        "talk": lambda: rows.filter(talk_due__lte=today),
        "no_outcome": lambda: asked.filter(outcome=False),
    }[state]()
