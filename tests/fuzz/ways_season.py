"""Ways to the forms of a season: a report from paper in the right state, and what goes to the minister."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from ipzs.imports.table import TEXT
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reintegration.documents.files import store_bytes
from reporting.services import season as services
from tests.cast import World
from tests.reporting.season_made import on_paper, paper_file, somebody, year_due

Way = Callable[[World, Client], str]
MEN = {"participants.g1.men": 3}
TABLES: dict[str, Callable[[], bytes]] = {
    "reporting.outside_cis": lambda: paper_file("R-1", participants__g1__men="3"),
    "reporting.outside_kis": lambda: paper_file("R-1", participants__g1__men="3"),
}


def _outside(name: str, *more: str, accepted: bool = False) -> Way:
    def way(world: World, client: Client) -> str:
        with world.scope("office", "maria"):
            made = on_paper(somebody("R-1"), MEN, year=year_due(), accepted=accepted)
            return reverse(f"reporting:{name}", args=[made.pk, *more])

    return way


def _bring(world: World, client: Client) -> str:
    with world.scope("office", "maria"):
        return reverse("reporting:outside_bring", args=[year_due(), somebody("R-1").pk])


def _of_year(name: str, unit_type: str = "CIS") -> Way:
    def way(world: World, client: Client) -> str:
        with world.scope("office", "maria"):
            somebody("R-1", unit_type=unit_type)
        return reverse(f"reporting:{name}", args=[year_due()])

    return way


def _collective(name: str) -> Way:
    def way(world: World, client: Client) -> str:
        with world.scope("office", "maria"):
            on_paper(somebody("R-1"), MEN, year=year_due())
            made = services.begin(unit_type="CIS", year=year_due())
        return reverse(f"reporting:{name}", args=[made.pk])

    return way


def _file(world: World, client: Client) -> str:
    with world.scope("office", "maria"):
        somebody("R-1")
        content = TABLES["reporting.outside_cis"]()
        kept = store_bytes(content, name="plik.csv", media_type=TEXT, kind="reporting.outside_cis")
    return reverse("reporting:outside_import_run", args=[year_due(), kept.pk, clock.today().isoformat()])


SEASON_WAYS: dict[str, Way] = {
    "reporting:outside": _outside("outside"),
    "reporting:outside_accept": _outside("outside_accept"),
    "reporting:outside_reopen": _outside("outside_reopen", accepted=True),
    "reporting:outside_drop": _outside("outside_drop"),
    "reporting:outside_part": _outside("outside_part", "people"),
    "reporting:outside_bring": _bring,
    "reporting:outside_import_cis": _of_year("outside_import_cis"),
    "reporting:outside_import_kis": _of_year("outside_import_kis", "KIS"),
    "reporting:outside_import_run": _file,
    "reporting:remind": _of_year("remind"),
    "reporting:collective": _collective("collective"),
    "reporting:collective_edit": _collective("collective_edit"),
    "reporting:collective_send": _collective("collective_send"),
    "reporting:collective_begin_cis": _of_year("collective_begin_cis"),
    "reporting:collective_begin_kis": _of_year("collective_begin_kis", "KIS"),
}


def _day(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


SEASON_TYPED: dict[str, dict[str, Any]] = {
    "reporting:outside_bring": {"received_on": _day},
    "reporting:outside_import_cis": {"received_on": _day},
    "reporting:outside_import_kis": {"received_on": _day},
}
