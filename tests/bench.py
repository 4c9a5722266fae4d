"""Speed, as ratios measured side by side: `make bench`.

Both sides run in one process, in turn (A B B A), so that a slower machine slows both. What is quoted is
the median of the pairs' ratios with an interval from resampling, never a time alone.
"""

import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from tests import servers

PAIRS = 40
ROWS = 50


def ratios(ours: Callable[[], Any], floor: Callable[[], Any]) -> tuple[list[float], float, float]:
    """Run both in turn; the ratio of each pair, and the median of either side in milliseconds."""
    for side in (ours, floor, ours, floor):
        side()
    found, times = [], {ours: [], floor: []}
    gc.disable()
    for _ in range(PAIRS):
        spent = {ours: 0.0, floor: 0.0}
        for side in (ours, floor, floor, ours):
            begun = time.perf_counter()
            side()
            spent[side] += time.perf_counter() - begun
        gc.collect()
        for side in (ours, floor):
            times[side].append(spent[side] / 2)
        found.append(spent[ours] / spent[floor])
    gc.enable()
    return found, statistics.median(times[ours]) * 1000, statistics.median(times[floor]) * 1000


def interval(found: list[float]) -> tuple[float, float]:
    """Where the median lies in 95 of 100 resamplings."""
    draw = random.Random(1)  # noqa: S311 - the same resampling in every run
    medians = sorted(statistics.median(draw.choices(found, k=len(found))) for _ in range(2000))
    return medians[50], medians[1949]


def report(name: str, ours: Callable[[], Any], floor: Callable[[], Any], *, most: float) -> bool:
    found, mine, theirs = ratios(ours, floor)
    low, high = interval(found)
    middle = statistics.median(found)
    kept = "kept" if middle <= most else "MISSED"
    print(  # noqa: T201
        f"{name}: {middle:.2f} times the floor (95 %: {low:.2f} to {high:.2f}), at most {most:g}: {kept}"
        f"  [{mine:.2f} ms beside {theirs:.2f} ms]"
    )
    return middle <= most


def list_page() -> bool:
    """A list of fifty rows, through everything, beside a bare Django view with the same rows."""
    from django.db import connection
    from django.http import HttpResponse
    from django.template import Context, Template
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings
    from django.urls import path, reverse

    from reintegration.tenancy.models import StaffMember
    from reintegration.urls import urlpatterns
    from tests.cast import known_world, sign_in

    world = known_world()
    with world.scope("cis", "ewa"):
        for number in range(ROWS):
            StaffMember.objects.create(
                first_name="Osoba",
                last_name=f"Wymyślona {number:02}",
                kind="instructor",
                basis="employment",
                fte=1,
                since=date(2024, 1, 1),
            )
    client = Client()
    sign_in(client, world.people["ewa"], world.cis.pk)
    address = reverse("administration:staff_list")
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert page.status_code == 200, page.status_code
    assert page.content.decode().count("Wymyślona") >= ROWS
    print(f"list page: {len(captured)} queries with {ROWS} rows")  # noqa: T201

    template = Template(
        "<!DOCTYPE html><html lang=pl><title>Kadra</title><table>{% for row in rows %}<tr>"
        "<td>{{ row.first_name }}</td><td>{{ row.last_name }}</td><td>{{ row.kind }}</td>"
        "<td>{{ row.basis }}</td><td>{{ row.fte }}</td><td>{{ row.since }}</td></tr>{% endfor %}</table>"
    )

    def bare_view(request: Any) -> HttpResponse:
        with connection.cursor() as cursor:
            # The floor pays for its rows too: the same table, through the same policy.
            cursor.execute("SELECT set_config('app.organisation', %s, false)", [str(world.cis.pk)])
        manager = StaffMember.objects
        rows = manager.restrict(manager._queryset_class(model=StaffMember), world.cis.pk)
        return HttpResponse(template.render(Context({"rows": rows.order_by("last_name", "pk")[:ROWS]})))

    urlpatterns.append(path("bare/", bare_view))
    bare = Client()
    with override_settings(MIDDLEWARE=[]):
        bare.handler.load_middleware()
    assert bare.get("/bare/").content.decode().count("Wymyślona") == ROWS
    return report(f"a list of {ROWS} rows", lambda: client.get(address), lambda: bare.get("/bare/"), most=4)


def name_search() -> bool:
    from tests.participants.people.bench import name_search

    return name_search()


def year_of_days() -> bool:
    from tests.ipzs.imports.bench import year_of_days

    return year_of_days()


BENCHES = [list_page, name_search, year_of_days]


def main() -> int:
    servers.pytest_load_initial_conftests()
    try:
        os.environ["DJANGO_SETTINGS_MODULE"] = "reintegration.settings.test"
        import django

        django.setup()
        print(f"load before: {os.getloadavg()[0]:.2f}")  # noqa: T201
        kept = [bench() for bench in BENCHES]
        print(f"load after: {os.getloadavg()[0]:.2f}")  # noqa: T201
        return 0 if all(kept) else 1
    finally:
        servers.pytest_unconfigure()


if __name__ == "__main__":
    sys.exit(main())
