"""What a unit offers: its services, rooms, workshops, who leads them and who belongs to them.

Everything runs in the scope of the unit, in the transaction of the request.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q

from ipzs import catalogue
from ipzs.enums import DutyKind, Provider
from ipzs.models import (
    DutyRule,
    ExcuseReason,
    Room,
    Service,
    Workshop,
    WorkshopLeader,
    WorkshopPlace,
)
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.services.participations.common import colleague, stored, unit_type
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.tenancy.enums import UNIT_ROLES
from reintegration.tenancy.models import Site

# Who the partner of a built-in service is, only the unit knows; its form asks for the name.
UNNAMED: Final = "partner do wpisania"


def ensure_catalogue() -> int:
    """Give the unit what is built in and what it does not have yet; how many rows were new.

    A row that the unit renamed keeps its key and comes no second time; one that it wrote itself under
    the same name stays its own. What is built in is well formed, so each table is written at once.
    """
    here = unit_type()
    made = _services(here) + _excuses()
    return made + _duties() if here is UnitType.CIS else made


def _services(here: UnitType) -> int:
    taken = Service.objects.order_by("pk").values_list("key", "name")
    keys, names = {key for key, _ in taken}, {name for _, name in taken}
    rows = [
        Service(
            key=one.key,
            name=one.name,
            description=one.description,
            area=one.area.value,
            form=one.form.value,
            dimension=one.dimension.value,
            provider=one.provider.value,
            partner=UNNAMED if one.provider.value == Provider.PARTNER else "",
            hours=None if one.hours is None else Decimal(one.hours),
        )
        for one in catalogue.services_of(here)
        if one.key not in keys and one.name not in names
    ]
    return len(Service.objects.bulk_create(rows))


def _excuses() -> int:
    taken = ExcuseReason.objects.order_by("pk").values_list("key", "name")
    keys, names = {key for key, _ in taken}, {name for _, name in taken}
    rows = [
        ExcuseReason(key=one.key, name=one.name, pay_rule=one.pay.value, paper=one.paper)
        for one in catalogue.excuses()
        if one.key not in keys and one.name not in names
    ]
    return len(ExcuseReason.objects.bulk_create(rows))


def _duties() -> int:
    """One rule for each kind; the first of a kind in the list says how strict it is."""
    taken = set(DutyRule.objects.order_by("pk").values_list("kind", flat=True))
    rows = []
    for one in catalogue.duties():
        if one.kind.value in DutyKind.values and one.kind.value not in taken:
            taken.add(one.kind.value)
            rows.append(DutyRule(kind=one.kind.value, effect=one.effect.value, months=one.months))
    return len(DutyRule.objects.bulk_create(rows))


# Services of the catalogue


@dataclass(frozen=True, slots=True)
class ServiceData:
    """A service, as its form asks for it."""

    name: str
    area: str
    form: str
    dimension: str
    description: str = ""
    provider: str = "own"
    partner: str = ""
    hours: Decimal | None = None


def add_service(*, data: ServiceData) -> Service:
    return stored(_written(Service(), data))


def change_service(*, service_id: UUID, data: ServiceData) -> Service:
    return stored(_written(_locked_service(service_id), data))


def set_service_active(*, service_id: UUID, active: bool) -> Service:
    """Take a service off the offer, or put it back; what was planned with it stays."""
    found = _locked_service(service_id)
    if found.active != active:
        found.active = active
        found.save(update_fields=["active"])
    return found


def _written(row: Service, data: ServiceData) -> Service:
    row.name, row.description = data.name, data.description
    row.area, row.form, row.dimension = data.area, data.form, data.dimension
    row.provider, row.hours = data.provider, data.hours
    row.partner = data.partner.strip() if data.provider == "partner" else ""
    if data.provider == "partner" and row.partner in {"", UNNAMED}:
        raise InputError("Przy usłudze partnera wpisz, kto nim jest.", field="partner")
    return row


def _locked_service(service_id: UUID) -> Service:
    found: Service = Service.objects.select_for_update(of=("self",)).get(pk=service_id)
    return found


# Rooms


def save_room(
    *, room_id: UUID | None = None, site_id: UUID, name: str, places: int | None = None, active: bool = True
) -> Room:
    """Add a room, or change one."""
    row = Room() if room_id is None else Room.objects.select_for_update(of=("self",)).get(pk=room_id)
    row.site = Site.objects.get(pk=site_id)
    row.name, row.places, row.active = name, places, active
    return stored(row)


# Workshops and groups


@dataclass(frozen=True, slots=True)
class WorkshopData:
    """A workshop or a group, as its form asks for it."""

    kind: str
    name: str
    opened_on: date
    trade: str = ""
    site_id: UUID | None = None
    employer: str = ""
    places: int | None = None
    closed_on: date | None = None


def save_workshop(*, data: WorkshopData, workshop_id: UUID | None = None) -> Workshop:
    """Open a workshop, or change one. Closing it ends the places and the work of its leaders that day."""
    row = Workshop() if workshop_id is None else _locked_workshop(workshop_id)
    row.kind, row.name, row.trade = data.kind, data.name, data.trade
    row.site = Site.objects.get(pk=data.site_id) if data.site_id else None
    row.employer = data.employer.strip() if data.kind == "external" else ""
    if data.kind == "external" and not row.employer:
        raise InputError("Przy warsztacie zewnętrznym wpisz, u kogo się odbywa.", field="employer")
    row.places, row.opened_on, row.closed_on = data.places, data.opened_on, data.closed_on
    if row.closed_on is not None and row.closed_on < row.opened_on:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="closed_on")
    made = stored(row)
    if made.closed_on is not None:
        _close(made, made.closed_on)
    return made


def _close(workshop: Workshop, last: date) -> None:
    for model in (WorkshopPlace, WorkshopLeader):
        rows = model.objects.filter(Q(until__isnull=True) | Q(until__gt=last), workshop=workshop)
        if rows.filter(since__gt=last).exists():
            raise InputError(
                "Ktoś ma zacząć w tej pracowni po jej zamknięciu. Najpierw zmień tamten wpis.",
                field="closed_on",
            )
        for row in rows.select_for_update(of=("self",)):
            row.until = last
            stored(row)


def _locked_workshop(workshop_id: UUID) -> Workshop:
    found: Workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop_id)
    return found


# Who leads


def add_leader(*, workshop_id: UUID, user_id: UUID, since: date) -> WorkshopLeader:
    workshop = _locked_workshop(workshop_id)
    colleague(user_id, roles=UNIT_ROLES, sentence="Wybierz kogoś, kto pracuje w tej jednostce.", field="user")
    _inside(workshop, since)
    again = Q(until__isnull=True) | Q(until__gte=since)
    if WorkshopLeader.objects.filter(again, workshop=workshop, user=user_id).exists():
        raise InputError("Ta osoba już prowadzi tę pracownię.", field="user")
    return stored(WorkshopLeader(workshop=workshop, user_id=user_id, since=since))


def end_leader(*, leader_id: UUID, until: date) -> WorkshopLeader:
    """The last day on which somebody leads a workshop."""
    found: WorkshopLeader = WorkshopLeader.objects.select_for_update(of=("self",)).get(pk=leader_id)
    if found.until is not None:
        raise InputError("Ta osoba nie prowadzi już tej pracowni.")
    if until < found.since:
        raise InputError(
            f"Prowadzi od {format_table_date(found.since)}. Wpisz ten dzień albo późniejszy.", field="until"
        )
    found.until = until
    return stored(found)


# Who belongs


def take_place(
    *, workshop_id: UUID, participation_id: UUID, since: date, until: date | None = None
) -> WorkshopPlace:
    """Put somebody into a workshop from a day; the number of places only warns."""
    workshop = _locked_workshop(workshop_id)
    case: Participation = Participation.objects.select_related("person").get(pk=participation_id)
    _inside(workshop, since)
    if case.ended_on is not None and since > case.ended_on:
        raise InputError(
            f"Sprawę zakończono {format_table_date(case.ended_on)}. Wpisz wcześniejszy dzień.", field="since"
        )
    if until is not None and until < since:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="until")
    met = Q(until__isnull=True) | Q(until__gte=since)
    if until is not None:
        met &= Q(since__lte=until)
    if WorkshopPlace.objects.filter(met, workshop=workshop, participation=case).exists():
        raise InputError(f"{case.person} jest już w tej pracowni w tych dniach.", field="since")
    row = WorkshopPlace(workshop=workshop, participation=case, person_id=case.person_id)
    row.since, row.until = since, until
    return stored(row)


def leave_place(*, place_id: UUID, until: date) -> WorkshopPlace:
    """The last day of somebody in a workshop."""
    found = _locked_place(place_id)
    if found.until is not None and until > found.until:
        raise InputError(
            f"To miejsce kończy się {format_table_date(found.until)}. Wpisz ten dzień albo wcześniejszy.",
            field="until",
        )
    if until < found.since:
        raise InputError(
            f"W pracowni od {format_table_date(found.since)}. Wpisz ten dzień albo późniejszy.", field="until"
        )
    found.until = until
    return stored(found)


def move_place(*, place_id: UUID, to_workshop_id: UUID, since: date) -> WorkshopPlace:
    """Move somebody to another workshop: from the day on there, until the day before here."""
    found = _locked_place(place_id)
    if found.workshop_id == to_workshop_id:
        raise InputError("Wybierz inną pracownię niż ta.", field="workshop")
    until = found.until
    if until is not None and since > until:
        raise InputError(
            f"To miejsce kończy się {format_table_date(until)}. Wpisz ten dzień albo wcześniejszy.",
            field="since",
        )
    if since <= found.since:
        raise InputError(
            f"W tej pracowni od {format_table_date(found.since)}. Wpisz późniejszy dzień.", field="since"
        )
    leave_place(place_id=found.pk, until=since - timedelta(days=1))
    return take_place(
        workshop_id=to_workshop_id, participation_id=found.participation_id, since=since, until=until
    )


def _locked_place(place_id: UUID) -> WorkshopPlace:
    found: WorkshopPlace = WorkshopPlace.objects.select_for_update(of=("self",)).get(pk=place_id)
    return found


def _inside(workshop: Workshop, since: date) -> None:
    if since < workshop.opened_on:
        raise InputError(
            f"„{workshop.name}” działa od {format_table_date(workshop.opened_on)}."
            " Wpisz ten dzień albo późniejszy.",
            field="since",
        )
    if workshop.closed_on is not None and since > workshop.closed_on:
        raise InputError(
            f"„{workshop.name}” działa do {format_table_date(workshop.closed_on)}."
            " Wpisz ten dzień albo wcześniejszy.",
            field="since",
        )
