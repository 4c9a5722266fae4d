"""What screens read of partners: the directory, whoever helps one person, what is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from participants.enums import RequestState
from participants.models import Barrier, Participation, Partner, PartnerRequest, TeamMember
from participants.models.partner import OPEN
from participants.queries.people.page import EVERY_CASE
from participants.services.consents import names
from reintegration.core.components import Badge
from reintegration.core.together import together
from reintegration.tenancy.principal import Principal

S = RequestState
BADGES = {
    S.ASKED: Badge(S.ASKED.label, "info"),
    S.PROMISED: Badge(S.PROMISED.label, "brand"),
    S.DECLINED: Badge(S.DECLINED.label, "warn"),
    S.DELIVERED: Badge(S.DELIVERED.label, "ok"),
    S.NOT_DELIVERED: Badge(S.NOT_DELIVERED.label, "bad"),
    S.WITHDRAWN: Badge(S.WITHDRAWN.label, "plain"),
}


def partners() -> QuerySet[Partner]:
    """All partners with what is going on, what they promised and what came of it."""

    def of(*states: str) -> Count:
        return Count("requests", filter=Q(requests__state__in=states))

    rows: QuerySet[Partner] = Partner.objects.annotate(
        going=of(*OPEN), promised=of(S.PROMISED, S.DELIVERED, S.NOT_DELIVERED), delivered=of(S.DELIVERED)
    )
    return rows.order_by("name_order", "pk")


def partners_for(help_kind: str) -> QuerySet[Partner]:
    """Who may be asked: those who help with this first."""
    fits = Case(When(helps_with__contains=[help_kind], then=Value(0)), default=Value(1))
    rows: QuerySet[Partner] = Partner.objects.filter(archived_on__isnull=True).annotate(rank=fits)
    return rows.order_by("rank", "name_order", "pk")


def cases_of(principal: Principal, *, today: date) -> Q:
    """Of files: those whose sensitive part this person may read.

    A case manager sees those whom they lead or help to lead, and those whom nobody leads yet.
    """
    if principal.roles & EVERY_CASE:
        return Q()
    helps = TeamMember.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        participation=OuterRef("pk"),
        user_id=principal.user_id,
        since__lte=today,
    )
    return Q(case_manager=principal.user_id) | Q(case_manager__isnull=True) | Q(Exists(helps))


def may_read(principal: Principal, file: Participation, *, today: date) -> bool:
    """Whether what a person is helped with is for these eyes; who leads the file is not asked twice."""
    if principal.roles & EVERY_CASE or file.case_manager_id in {None, principal.user_id}:
        return True
    return Participation.objects.filter(cases_of(principal, today=today), pk=file.pk).exists()


def requests(principal: Principal, *, today: date) -> QuerySet[PartnerRequest]:
    """The requests that this person may read, what is going on first."""
    rows: QuerySet[PartnerRequest] = PartnerRequest.objects.select_related(
        "person", "partner", "participation", "asked_by"
    )
    if not principal.roles & EVERY_CASE:
        mine = Participation.objects.filter(cases_of(principal, today=today)).order_by()
        rows = rows.filter(participation__in=mine.values("pk"))
    going = Case(When(state__in=OPEN, then=Value(0)), default=Value(1))
    return rows.annotate(rank=going).order_by("rank", "wanted_by", "pk")


@dataclass(frozen=True, slots=True)
class Shown:
    """One request as the page of a person shows it."""

    row: PartnerRequest
    badge: Badge
    late: bool
    # The consent on which the person was named holds no more: whoever asked has to tell the partner.
    consent_over: bool


@dataclass(frozen=True, slots=True)
class Helper:
    """One partner of a person: how often asked, what they promised, what came."""

    partner: Partner
    asked: int
    promised: int
    delivered: int


@dataclass(frozen=True, slots=True)
class Network:
    going: Sequence[Shown]
    ended: Sequence[Shown]
    helpers: Sequence[Helper]
    barriers: Sequence[Barrier]


def network_of(person_id: UUID, *, today: date) -> Network:
    """Who outside helps a person, what they promised and what came; what nobody was asked about yet."""
    helped = PartnerRequest.objects.filter(barrier=OuterRef("pk"), state__in=[*OPEN, S.DELIVERED])
    rows, barriers = together(
        PartnerRequest.objects.select_related(
            "partner", "asked_by", "answered_by", "ended_by", "consent", "barrier"
        )
        .filter(person=person_id)
        .order_by("-asked_at", "-pk"),
        Barrier.objects.filter(~Exists(helped), Q(until__isnull=True) | Q(until__gte=today), person=person_id)
        .order_by("-since", "pk"),
    )  # fmt: skip
    found = [_shown(row, today) for row in rows]
    is_open = [one for one in found if one.row.state in OPEN]
    return Network(
        going=sorted(is_open, key=lambda one: one.row.promised_for or one.row.wanted_by),
        ended=[one for one in found if one.row.state not in OPEN],
        helpers=_helpers(rows),
        barriers=barriers,
    )


def _shown(row: PartnerRequest, today: date) -> Shown:
    due = row.promised_for or row.wanted_by
    over = row.consent is not None and row.state in OPEN and not names(row.consent, day=today)
    return Shown(row, BADGES[S(row.state)], row.state in OPEN and due < today, over)


def _helpers(rows: Sequence[PartnerRequest]) -> list[Helper]:
    of: dict[UUID, list[PartnerRequest]] = {}
    for row in rows:
        of.setdefault(row.partner_id, []).append(row)
    found = [
        Helper(
            some[0].partner,
            len(some),
            sum(row.promised_for is not None for row in some),
            sum(row.state == S.DELIVERED for row in some),
        )
        for some in of.values()
    ]
    return sorted(found, key=lambda one: (-one.delivered, str(one.partner)))


def due(led: QuerySet[Participation], *, until: date) -> QuerySet[PartnerRequest]:
    """Of open files: promises and questions whose day comes until then, the oldest first."""
    rows: QuerySet[Any] = PartnerRequest.objects.filter(
        Q(state=S.PROMISED, promised_for__lte=until) | Q(state=S.ASKED, wanted_by__lte=until),
        participation__in=led.filter(ended_on__isnull=True).order_by().values("pk"),
    )
    day = Case(When(state=S.PROMISED, then="promised_for"), default="wanted_by")
    return rows.select_related("person", "partner").annotate(day=day).order_by("day", "pk")
