"""Annual reports: of a unit, and as they came to an office."""

from typing import Any

from reintegration.tenancy.scope import current_scope
from reporting.models import CellComment, ReportDraft, ReportRecipient, ReportVersion
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row

CELL = "participants.all.total"


def _sent(world: World, canary: str) -> ReportVersion:
    """The organisation's report, with a version; a unit has one of a year."""
    mine = ReportVersion.seen_by(current_scope().organisation_id)
    there: ReportVersion | None = ReportVersion.objects.filter(mine).order_by("pk").first()
    return there or specimen(ReportVersion, world, canary)


def _report(world: World, canary: str, **more: Any) -> dict[str, Any]:
    """A report that is being written."""
    report = _sent(world, canary).report
    if not ReportDraft.objects.filter(report=report).exists():
        specimen(ReportDraft, world, canary, report=report)
    return {"pk": report.pk, **more}


def _part(world: World, canary: str) -> dict[str, Any]:
    return _report(world, canary, part="general")


def _cell(world: World, canary: str) -> dict[str, Any]:
    return _report(world, canary, cell=CELL)


def _check(world: World, canary: str) -> dict[str, Any]:
    """That the cast has no register of staff."""
    found = _report(world, canary)
    layout = ReportVersion.objects.filter(report=found["pk"]).select_related("layout")[0].layout.layout
    staff = next(one for one in layout.checks if [term.cell for term in one.left] == ["staff.all.year"])
    return {**found, "check": staff.key}


def _version(world: World, canary: str, **more: Any) -> dict[str, Any]:
    """A report that was sent; an office sees it as one that came."""
    made = _sent(world, canary)
    return {"pk": made.report_id, "number": made.number, **more}


def _file(world: World, canary: str) -> dict[str, Any]:
    return _version(world, canary, ending="json")


def _came(world: World, canary: str) -> dict[str, Any]:
    return {"pk": _sent(world, canary).report_id}


def _came_cell(world: World, canary: str) -> dict[str, Any]:
    return _version(world, canary, cell=CELL)


def _commented(world: World, canary: str) -> dict[str, Any]:
    """With a comment that was not sent yet, which can be taken back."""
    version = _sent(world, canary)
    if not CellComment.objects.filter(version=version).exists():
        sides = {"unit_id": version.unit_id, "sender_id": version.sender_id}
        specimen(CellComment, world, canary, version=version, cell=CELL, sent_at=None, **sides)
    return {"pk": version.report_id, "number": version.number, "cell": CELL}


def _recipient(world: World, canary: str) -> dict[str, Any]:
    """With a version, so that there is something that went to somebody."""
    version = _sent(world, canary)
    return {"pk": specimen(ReportRecipient, world, canary, report=version.report).pk}


ROWS.update(
    {
        **{
            f"reporting:report{name}": Row(_report)
            for name in (
                "", "_zeros", "_submit", "_withdraw", "_correct", "_drop", "_layout", "_preview",
                "_recipient_add",
            )
        },
        "reporting:report_part": Row(_part),
        "reporting:report_cell": Row(_cell),
        "reporting:report_check": Row(_check),
        "reporting:report_version": Row(_version),
        "reporting:report_file": Row(_file),
        "reporting:report_recipient_sent": Row(_recipient),
        "reporting:report_recipient_remove": Row(_recipient),
        "reporting:report_start": Row(lambda world, canary: {"year": 2025}, "calendar"),
        "reporting:report_statistics": Row(lambda world, canary: {"year": 2025}, "calendar"),
        "reporting:office_report": Row(_came),
        "reporting:office_report_attach": Row(_came),
        **{
            f"reporting:office_report_{name}": Row(_version) for name in ("version", "return", "accept")
        },
        "reporting:office_report_file": Row(_file),
        "reporting:office_report_cell": Row(_came_cell),
        "reporting:office_report_cell_drop": Row(_commented),
    }
)  # fmt: skip
