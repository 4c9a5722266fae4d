"""What the screens of the catalogue show: services, rooms, workshops with their people and leaders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ipzs import catalogue
from ipzs.models import Room, Service, Workshop, WorkshopLeader, WorkshopPlace
from ipzs.rules.hours import crowded
from participants.models import Participation, Period
from reintegration.accounts.models import User
from reintegration.law.book import law_book
from reintegration.tenancy.enums import UNIT_ROLES
from reintegration.tenancy.models import Membership, Site
from reintegration.tenancy.scope import current_scope


def services() -> QuerySet[Service]:
    rows: QuerySet[Service] = Service.objects.all()
    return rows


def offered() -> QuerySet[Service]:
    """The services that may be planned now."""
    return services().filter(active=True).order_by("name_order", "pk")


def rooms() -> QuerySet[Room]:
    rows: QuerySet[Room] = Room.objects.select_related("site")
    return rows


def sites(*, today: date) -> QuerySet[Site]:
    """The places where classes may be held from now on."""
    open_now = Q(closed_on__isnull=True) | Q(closed_on__gte=today)
    return Site.objects.filter(open_now).order_by("name_order", "pk")


def _on(day: date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=day)


def places_on(day: date) -> QuerySet[WorkshopPlace]:
    """Who belongs to which workshop or group on a day."""
    rows: QuerySet[WorkshopPlace] = WorkshopPlace.objects.filter(_on(day), since__lte=day)
    return rows


def workshops(*, today: date) -> QuerySet[Workshop]:
    """Workshops with how many people and leaders each has today."""
    people = _count(places_on(today))
    led = _count(WorkshopLeader.objects.filter(_on(today), since__lte=today))
    rows: QuerySet[Workshop] = Workshop.objects.select_related("site").annotate(
        people=Coalesce(people, 0), led_by=Coalesce(led, 0)
    )
    return rows


def groups_on(day: date) -> QuerySet[Workshop]:
    """The workshops and groups that are open on a day."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gte=day)
    return Workshop.objects.filter(still, opened_on__lte=day).order_by("name_order", "pk")


def _count(rows: QuerySet[Any]) -> Any:
    found = rows.filter(workshop=OuterRef("pk")).order_by().values("workshop")
    return found.annotate(all=Count("pk")).values("all")


def without_workshop(*, today: date) -> QuerySet[Participation]:
    """Who takes part today and belongs to no workshop and no group; no list of a day has them."""
    taking = Period.objects.filter(participation=OuterRef("pk"), since__lte=today, until__gte=today)
    inside = places_on(today).filter(participation=OuterRef("pk"))
    rows: QuerySet[Participation] = Participation.objects.filter(Exists(taking), ~Exists(inside))
    return rows


def open_workshops(*, today: date) -> QuerySet[Workshop]:
    """Those into which somebody may come today or later."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gte=today)
    return Workshop.objects.filter(still).order_by("name_order", "pk")


def most_per_leader(day: date) -> int:
    return law_book().count("participants_per_leader", on=day)


def crowding(people: int, led_by: int, *, day: date) -> str:
    """A sentence when one leader has too many; it stops nothing (art. 11 ust. 3)."""
    return crowded(people, led_by, most=most_per_leader(day)) or ""


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """A workshop as its page shows it on a day."""

    workshop: Workshop
    leaders: Sequence[WorkshopLeader]
    now: Sequence[WorkshopPlace]
    coming: Sequence[WorkshopPlace]
    past: Sequence[WorkshopPlace]
    warning: str


def workshop_page(workshop: Workshop, *, today: date) -> WorkshopPage:
    places = list(
        WorkshopPlace.objects.filter(workshop=workshop)
        .select_related("person", "participation")
        .order_by("person__name_order", "since", "pk")
    )
    led = list(
        WorkshopLeader.objects.filter(_on(today), workshop=workshop)
        .select_related("user")
        .order_by("since", "pk")
    )
    now = [row for row in places if row.since <= today and (row.until is None or row.until >= today)]
    leading = [row for row in led if row.since <= today]
    return WorkshopPage(
        workshop,
        led,
        now,
        [row for row in places if row.since > today],
        [row for row in places if row.until is not None and row.until < today],
        crowding(len(now), len(leading), day=today),
    )


def may_join(workshop: Workshop, *, day: date) -> QuerySet[Participation]:
    """Whom a workshop may take: whoever takes part on the day or later and is not in it."""
    taking = Period.objects.filter(participation=OuterRef("pk"), until__gte=day)
    inside = WorkshopPlace.objects.filter(_on(day), workshop=workshop, participation=OuterRef("pk"))
    rows: QuerySet[Participation] = Participation.objects.filter(
        Exists(taking), ~Exists(inside), ended_on__isnull=True
    )
    return rows.select_related("person").order_by("person__name_order", "pk")


def colleagues(*, today: date) -> list[tuple[str, str]]:
    """Everybody who works in the unit, by key and name."""
    rows = Membership.objects.active(today=today).filter(
        organisation=current_scope().organisation_id, role__in=UNIT_ROLES, user__is_active=True
    )
    users = User.objects.filter(pk__in=rows.values("user")).order_by("last_name", "first_name", "pk")
    return [(str(user.pk), user.get_full_name()) for user in users]


def trades() -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in catalogue.trades()]


def trade_name(key: str) -> str:
    return dict(trades()).get(key, key)


def leaders_on(day: date) -> QuerySet[WorkshopLeader]:
    """Who leads each workshop on a day."""
    rows: QuerySet[WorkshopLeader] = WorkshopLeader.objects.filter(_on(day), since__lte=day)
    return rows.select_related("user").order_by("since", "pk")


def names_of(rows: Iterable[WorkshopLeader]) -> dict[UUID, list[str]]:
    """The leaders of each workshop by name."""
    found: dict[UUID, list[str]] = {}
    for row in rows:
        found.setdefault(row.workshop_id, []).append(row.user.get_full_name())
    return found
