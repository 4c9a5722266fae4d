"""Free places: what a unit publishes, and who reads it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from participants.models import Gmina, PlaceOffer
from participants.rules.areas import meet
from reintegration.core import clock
from reintegration.core.formats import counted, format_date
from reintegration.core.text import search_key
from reintegration.tenancy.enums import BodyType
from reintegration.tenancy.models import Organisation, ReferringBody, Unit

# They work for a whole powiat, the others for their gmina.
OF_POWIAT = frozenset({BodyType.PUP.value, BodyType.PCPR.value})


@dataclass(frozen=True, slots=True)
class Area:
    """Where a body works: the codes, and how they are said."""

    codes: tuple[str, ...]
    name: str


def area_of(organisation: Organisation, body_type: str = "") -> Area:
    """Where a body works, from its town: its gmina, its powiat, or all of its voivodeship.

    A town that gives its name to two gminas means both; one that the register does not know means the
    voivodeship, so that nobody loses a place because a register was not loaded.
    """
    found = Gmina.objects.filter(
        code__startswith=organisation.voivodeship, search=search_key(organisation.town)
    ).order_by("code")
    gminas = list(found)
    whole = f"województwo {organisation.get_voivodeship_display()}"
    if not gminas:
        return Area((organisation.voivodeship,), whole)
    if body_type in OF_POWIAT:
        codes = tuple(sorted({gmina.code[:4] for gmina in gminas}))
        return Area(codes, gminas[0].powiat)
    return Area(tuple(gmina.code for gmina in gminas), f"gmina {gminas[0].name}")


def area_of_body(organisation_id: UUID) -> Area:
    """The area of the referring body with this key."""
    body = ReferringBody.objects.select_related("organisation").get(pk=organisation_id)
    return area_of(body.organisation, body.body_type)


def own_offers() -> QuerySet[PlaceOffer]:
    """All offers of the current unit, published or not."""
    return PlaceOffer.objects.order_by("title", "pk")


def published() -> QuerySet[Any]:
    """What anybody may read: published offers of units that work."""
    rows: QuerySet[Any] = PlaceOffer.public.select_related("unit__organisation")
    return rows.filter(unit__organisation__closed_on__isnull=True).order_by(
        "unit__organisation__town", "unit__organisation__name_order", "starts_on", "title", "pk"
    )


def in_voivodeship(code: str) -> QuerySet[Any]:
    """Published offers for people of a voivodeship: of its units, and of others that name it."""
    here = Q(unit__organisation__voivodeship=code, areas=[])
    named = [
        pk for pk, areas in published().exclude(areas=[]).values_list("pk", "areas") if meet([code], areas)
    ]
    return published().filter(here | Q(pk__in=named))


def for_area(area: Area) -> QuerySet[Any]:
    """Published offers for people of a body's area."""
    whole = {code[:2] for code in area.codes}
    named = [
        pk
        for pk, areas in published().exclude(areas=[]).values_list("pk", "areas")
        if meet(area.codes, areas)
    ]
    return published().filter(Q(unit__organisation__voivodeship__in=whole, areas=[]) | Q(pk__in=named))


def said_areas(codes: list[str], names: dict[str, str]) -> str:
    """The areas of an offer in words; a code that no register names stays a code."""
    return ", ".join(names.get(code, code) for code in codes)


def area_names(codes: set[str]) -> dict[str, str]:
    """Names of gminas, powiats and voivodeships by their codes, in one query."""
    if not codes:
        return {}
    asked = Q(code__in=codes)
    for code in codes:
        if len(code) < 7:
            asked |= Q(code__startswith=code)
    names: dict[str, str] = {}
    for gmina in Gmina.objects.filter(asked).order_by("code"):
        names.setdefault(gmina.code, f"gmina {gmina.name}")
        names.setdefault(gmina.code[:4], gmina.powiat)
        names.setdefault(gmina.code[:2], f"województwo {gmina.voivodeship}")
    return {code: name for code, name in names.items() if code in codes}


def units_for(area: Area) -> list[tuple[str, str]]:
    """Units to choose from: those with places for the area first, then the others of the voivodeship."""
    offers: dict[UUID, list[str]] = {}
    names: dict[UUID, str] = {}
    for row in for_area(area):
        names[row.unit_id] = f"{row.unit.organisation.short_name}, {row.unit.organisation.town}"
        start = format_date(row.starts_on, today=clock.today()) if row.starts_on else "nabór ciągły"
        places = counted(row.places, "miejsce", "miejsca", "miejsc")
        offers.setdefault(row.unit_id, []).append(f"{row.title} {places}, {start}")
    first = [(str(pk), f"{names[pk]}: {'; '.join(said)}") for pk, said in offers.items()]
    others = (
        Unit.objects.filter(
            organisation__voivodeship__in={code[:2] for code in area.codes},
            organisation__closed_on__isnull=True,
        )
        .exclude(pk__in=list(offers))
        .select_related("organisation")
        .order_by("organisation__name_order", "pk")
    )
    return first + [
        (str(unit.pk), f"{unit.organisation.short_name}, {unit.organisation.town}") for unit in others
    ]
