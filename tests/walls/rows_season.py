"""The objects of a season in a voivode's office: reports from paper, what the minister is told, and files."""

from typing import Any

from ipzs.imports.table import TEXT
from reintegration.documents.files import store_bytes
from reporting.models import EntryVersion, OutsideReport
from tests.cast import World
from tests.reporting.season_made import paper_file, year_due
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of


def _outside(**more: str) -> Row:
    def make(world: World, canary: str) -> dict[str, Any]:
        return {"pk": specimen(OutsideReport, world, canary).pk, **more}

    return Row(make)


def _entry(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(EntryVersion, world, canary).entry_id, "year": year_due()}


def _reminded(world: World, canary: str) -> dict[str, Any]:
    from django.apps import apps

    specimen(apps.get_model("reporting", "SeasonReminder"), world, canary)
    return {"year": year_due()}


def _file(world: World, canary: str) -> dict[str, Any]:
    kept = store_bytes(
        paper_file(participants__g1__men="3"), name=canary, media_type=TEXT, kind="reporting.outside_cis"
    )
    return {"pk": kept.pk, "year": year_due(), "day": "2026-11-20"}


def _of_year(**more: str) -> Row:
    """Everybody has such a page of their own, in which nothing of a unit is named."""
    return Row(lambda world, canary: {"year": year_due(), **more}, "everybody")


def _collective(**more: str) -> Row:
    found = row_of("reporting.CollectiveReport")
    return Row(lambda world, canary: {**found.make(world, canary), **more})


ROWS.update(
    {
        "reporting:outside": _outside(),
        "reporting:outside_accept": _outside(),
        "reporting:outside_reopen": _outside(),
        "reporting:outside_drop": _outside(),
        "reporting:outside_part": _outside(part="people"),
        "reporting:outside_file": _outside(kind="json"),
        "reporting:outside_bring": Row(_entry),
        "reporting:outside_import_run": Row(_file, own=True),
        "reporting:api_report": _outside(),
        "reporting:reminders": Row(_reminded, "calendar"),
        "reporting:collective": _collective(),
        "reporting:collective_cell": _collective(cell="costs.c2.done"),
        "reporting:collective_edit": _collective(),
        "reporting:collective_send": _collective(),
        "reporting:collective_file": _collective(kind="json"),
        "reporting:office_statistics": _of_year(kind="cas02"),
        "reporting:totals_cell": Row(lambda world, canary: {"cell": "costs.c2.done"}, "everybody"),
        **{
            f"reporting:{name}": _of_year()
            for name in (
                "remind", "outside_import_cis", "outside_import_kis", "outside_template_cis",
                "outside_template_kis", "collective_begin_cis", "collective_begin_kis",
            )
        },
    }
)  # fmt: skip
