"""Visitors of the public register, and a report filled: `make bench ARGS="public_register annual_report"`."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

from django.urls import reverse

from participants.rules.codes import UnitType
from reintegration.core import clock
from reporting.enums import LayoutKind
from reporting.models import RegisterEntry
from reporting.queries import facts
from reporting.queries.filling import fill as filled
from reporting.queries.layouts import in_force
from tests import measure
from tests.cast import World, known_world
from tests.reporting.made import entered
from tests.reporting.population import populate
from tests.reporting.population_work import work
from tests.serving import WORKERS, free_port, read, server, wait

UNITS = 500
VISITORS = 4
REQUESTS = 400
ROUNDS = 10
PROMISED = 200
PLACES = {"office": "maria", "other_office": "dorota"}


def public_register() -> bool:
    """The page of the whole country from a server as it runs, beside its page of health, in turn."""
    fill(known_world())
    port = free_port()
    served = server(port)
    page, floor = reverse("reporting:public_register"), reverse("jobs:health")
    found = []
    try:
        wait(port, floor)
        for at in (page, floor) * WORKERS * 4:
            read(port, at)
        for _ in range(ROUNDS):
            first, second, third, fourth = (_answered(port, at) for at in (page, floor, floor, page))
            found.append(((first + fourth) / 2, (second + third) / 2))
    finally:
        served.terminate()
        served.wait()
    ours, theirs = measure.middle(found)
    return measure.said(
        measure.Figure(
            f"the public register of {UNITS} units, {WORKERS} workers, {VISITORS} visitors",
            f"{ours:.0f} requests a second",
            f"{theirs:.0f} of the page of health",
            measure.told(found),
            f"at least {PROMISED} a second",
            ours >= PROMISED,
        )
    )


def fill(world: World) -> None:
    """A country of units, in the registers of two offices."""
    since = clock.today() - timedelta(days=365)
    for place, person in PLACES.items():
        with world.scope(place, person):
            for number in range(UNITS // len(PLACES)):
                kind = "CIS" if number % 5 < 2 else "KIS"
                entered(kind, str(1000 + number), since, name=f"{kind} „Przykład {number}”")
    assert RegisterEntry.public.count() >= UNITS


def _answered(port: int, at: str) -> float:
    """Requests a second, while some visitors ask one after the other."""
    visit: Callable[[int], None] = lambda _: read(port, at)  # noqa: E731
    begun = time.perf_counter()
    with ThreadPoolExecutor(VISITORS) as pool:
        list(pool.map(visit, range(REQUESTS)))
    return REQUESTS / (time.perf_counter() - begun)


FILES = 200
MOST_MS = 300


def annual_report() -> bool:
    """A report filled from the files of a unit, its layout read too, beside the same files read alone."""
    with known_world().scope("cis", "ewa"):
        populate(FILES, Random(1))  # noqa: S311 - the same people in every run
        work(Random(1))  # noqa: S311
        found = measure.in_turn(
            lambda: filled(in_force(LayoutKind.CIS, 2025).layout, 2025), lambda: facts.files(UnitType.CIS)
        )
    ours, theirs = measure.middle(found)
    return measure.said(
        measure.Figure(
            f"an annual report filled from {FILES} files",
            measure.shown(ours),
            f"{measure.shown(theirs)} of reading the files",
            measure.told(found),
            f"at most {MOST_MS} ms",
            ours * 1000 <= MOST_MS,
        )
    )
