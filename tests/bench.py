"""Speed, as ratios measured side by side: `make bench`, or some of it: `make bench ARGS=national_month`."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tests import measure, servers

ROWS = 50
DATABASE = "bench"


def list_page() -> bool:
    """A list of fifty rows, through everything, beside a bare Django view with the same rows."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from reintegration.tenancy.models import StaffMember
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
    asked = len(captured)
    assert page.status_code == 200, page.status_code
    assert page.content.decode().count("Wymyślona") >= ROWS

    manager = StaffMember.objects

    def rows() -> Any:
        found = manager.restrict(manager._queryset_class(model=StaffMember), world.cis.pk)
        return found.order_by("last_name", "pk")[:ROWS]

    columns = ("first_name", "last_name", "kind", "basis", "fte", "since")
    bare = bare_page(world.cis.pk, rows, columns)
    assert bare().content.decode().count("Wymyślona") == ROWS
    return measure.compared(
        f"a list of {ROWS} rows",
        measure.in_turn(lambda: client.get(address), bare),
        floor="a bare view of the same rows",
        most=4,
        also=f"{asked} queries",
    )


def bare_page(unit: UUID, rows: Callable[[], Any], columns: Sequence[str]) -> Callable[[], Any]:
    """A Django view with nothing around it that shows the same rows, read through the same policy."""
    from django.db import connection
    from django.http import HttpResponse
    from django.template import Context, Template
    from django.test import Client
    from django.test.utils import override_settings
    from django.urls import path

    from reintegration.urls import urlpatterns

    cells = "".join(f"<td>{{{{ row.{name} }}}}</td>" for name in columns)
    template = Template(
        "<!DOCTYPE html><html lang=pl><title>Wiersze</title><table>"
        f"{{% for row in rows %}}<tr>{cells}</tr>{{% endfor %}}</table>"
    )

    def view(request: Any) -> HttpResponse:
        with connection.cursor() as cursor:
            # The floor pays for its rows too.
            cursor.execute("SELECT set_config('app.organisation', %s, false)", [str(unit)])
        return HttpResponse(template.render(Context({"rows": rows()})))

    address = f"bare/{len(urlpatterns)}/"
    urlpatterns.append(path(address, view))
    client = Client()
    with override_settings(MIDDLEWARE=[]):
        client.handler.load_middleware()
    return lambda: client.get(f"/{address}")


def name_search() -> bool:
    from tests.participants.people.bench import name_search

    return name_search()


def year_of_days() -> bool:
    from tests.ipzs.imports.bench import year_of_days

    return year_of_days()


def pay_page() -> bool:
    from tests.benefits.lists.bench import pay_page

    return pay_page()


def national_month() -> bool:
    from tests.benefits.lists.bench import national_month

    return national_month()


def two_workers() -> bool:
    from tests.benefits.statements.bench import two_workers

    return two_workers()


def statements() -> bool:
    from tests.benefits.statements.bench import statements

    return statements()


def public_register() -> bool:
    from tests.reporting.bench import public_register

    return public_register()


def annual_report() -> bool:
    from tests.reporting.bench import annual_report

    return annual_report()


def yearly_totals() -> bool:
    from tests.reporting.bench_years import yearly_totals

    return yearly_totals()


def pages() -> bool:
    from tests.scale.bench import pages

    return pages()


def one_year_against_ten() -> bool:
    from tests.scale.bench import one_year_against_ten

    return one_year_against_ten()


def written_country() -> bool:
    from tests.scale.bench import written_country

    return written_country()


def mixed_day() -> bool:
    from tests.scale.load import mixed_day

    return mixed_day()


BENCHES = {
    one.__name__: one
    for one in (
        list_page,
        name_search,
        year_of_days,
        pay_page,
        national_month,
        two_workers,
        statements,
        public_register,
        annual_report,
        yearly_totals,
        pages,
        one_year_against_ten,
        mixed_day,
    )
}


# It needs hours of writing before (docs/scale.md).
ASKED_FOR = {written_country.__name__: written_country}


def alone(bench: Callable[[], bool]) -> bool:
    """Each finds the cast, and nothing that another one made."""
    from django.db import connection

    connection.close()
    servers.clone(DATABASE, template=servers.CAST)
    return bench()


def main() -> int:
    servers.pytest_load_initial_conftests()
    try:
        os.environ["DJANGO_SETTINGS_MODULE"] = "reintegration.settings.test"
        os.environ["DATABASE_URL"] = servers.dsn("reintegra_app", DATABASE)
        import django

        django.setup()
        from reintegration.core.garbage import settle

        # As every process of the program does.
        settle()
        logging.disable(logging.INFO)
        before = os.getloadavg()[0]
        kept = [alone(ASKED_FOR.get(name) or BENCHES[name]) for name in sys.argv[1:] or BENCHES]
        after = os.getloadavg()[0]
        today = datetime.now().astimezone()
        print(  # noqa: T201
            f"\n{today:%d %B %Y}, {measure.machine()}, load {before:.1f} before and {after:.1f} after."
            f"\n\n{measure.table()}"
        )
        return 0 if all(kept) else 1
    finally:
        servers.pytest_unconfigure()


if __name__ == "__main__":
    sys.exit(main())
