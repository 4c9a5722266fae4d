"""Ways to the forms of an inspection: one in the right state, with files of the unit, and what is typed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reporting.models import Inspection
from reporting.services import inspections as services
from tests.cast import World
from tests.reporting import inspections_made as made
from tests.reporting.made import entered

Way = Callable[[World, Client], str]


def _prepared(world: World) -> Inspection:
    return made.prepared(world, who="maria", areas=made.ALL)


def _opened(world: World) -> Inspection:
    row = _prepared(world)
    with world.scope("office", "maria"):
        return services.open_access(inspection_id=row.pk)


def _at(name: str, make: Callable[[World], Inspection] = _opened) -> Way:
    def way(world: World, client: Client) -> str:
        made.files(world, "Grzegorz Bielik", "Halina Sowa")
        return reverse(f"reporting:{name}", args=[make(world).pk])

    return way


def _sampled(name: str) -> Way:
    def way(world: World, client: Client) -> str:
        found = made.files(world, "Grzegorz Bielik")
        row = _opened(world)
        file = made.sampled(world, row, *found)[0]
        return reverse(f"reporting:{name}", args=[row.pk, file.pk])

    return way


def _shown(world: World, client: Client) -> str:
    row = _opened(world)
    made.sampled(world, row, *made.files(world, "Grzegorz Bielik"))
    return reverse("reporting:inspection", args=[row.pk])


def _point(world: World, client: Client) -> str:
    return reverse("reporting:inspection_point", args=[_opened(world).pk, "F1"])


def _member(world: World, client: Client) -> str:
    row = _opened(world)
    with world.scope("office", "maria"):
        second = services.add_member(inspection_id=row.pk, user_id=world.people["stefan"].pk)
    return reverse("reporting:inspection_member_remove", args=[second.pk])


def _new(world: World, client: Client) -> str:
    with world.scope("office", "maria"):
        return reverse("reporting:inspection_new", args=[entered(number="R-1").pk])


def _adding(world: World, client: Client) -> str:
    """Of a unit outside the program any number is taken."""
    row = made.prepared(world, unit=None, who="maria")
    with world.scope("office", "maria"):
        services.open_access(inspection_id=row.pk)
    return reverse("reporting:inspection_add", args=[row.pk])


def _today(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


INSPECTION_WAYS: Mapping[str, Way] = {
    "reporting:inspection": _shown,
    "reporting:inspection_new": _new,
    "reporting:inspection_change": _at("inspection_change", _prepared),
    "reporting:inspection_open": _at("inspection_open", _prepared),
    "reporting:inspection_extend": _at("inspection_extend"),
    "reporting:inspection_end": _at("inspection_end"),
    "reporting:inspection_cancel": _at("inspection_cancel"),
    "reporting:inspection_member": _at("inspection_member"),
    "reporting:inspection_member_remove": _member,
    "reporting:inspection_draw": _at("inspection_draw"),
    "reporting:inspection_recount": _at("inspection_recount"),
    "reporting:inspection_add": _adding,
    "reporting:inspection_look": _sampled("inspection_look"),
    "reporting:inspection_finding": _sampled("inspection_finding"),
    "reporting:inspection_point": _point,
}
_DAYS = dict.fromkeys(("authorised_on", "period_from", "period_until", "access_from", "access_until"), _today)
INSPECTION_TYPED: Mapping[str, Mapping[str, Any]] = {
    "reporting:inspection_new": {**_DAYS, "areas": ["files"]},
    "reporting:inspection_change": {**_DAYS, "areas": ["files"]},
    "reporting:inspection_draw": {"size": ["1"]},
}
