"""Ways to the forms of annual reports, of the unit and of the office."""

from collections.abc import Callable, Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reintegration.tenancy.scope import OPERATOR_ID, scope
from reporting.models import Report, ReportLayout
from reporting.services import report_office
from reporting.services import reports as services
from tests.cast import World
from tests.reporting.made import entered
from tests.reporting.reports_made import GRANT, WHY, explained, filled, sent

Way = Callable[[World, Client], str]


def last_year() -> int:
    return clock.today().year - 1


def _of_unit(name: str, make: Callable[[World], Report], *more: Any) -> Way:
    def way(world: World, client: Client) -> str:
        return reverse(f"reporting:{name}", args=[make(world).pk, *more])

    return way


def _started(world: World) -> Report:
    with world.scope("cis", "ewa"):
        return services.start(year=last_year())


def _filled(world: World) -> Report:
    with world.scope("cis", "ewa"):
        report = filled(last_year())
        explained(report.pk)
        return report


def _unexplained(world: World, client: Client) -> str:
    """The check that the cast has no register of staff."""
    report = _started(world)
    checks = report.layout.layout.checks
    staff = next(one for one in checks if [term.cell for term in one.left] == ["staff.all.year"])
    return reverse("reporting:report_check", args=[report.pk, staff.key])


def _sent(world: World) -> Report:
    with world.scope("cis", "ewa"):
        return sent(last_year()).report


def _accepted(world: World) -> Report:
    report = _sent(world)
    with world.scope("office", "maria"):
        return report_office.accept(report_id=report.pk, number=1)


def _correcting(world: World) -> Report:
    report = _accepted(world)
    with world.scope("cis", "ewa"):
        return services.correct(report_id=report.pk, reason="Próba.")


def _commented(world: World) -> Report:
    report = _sent(world)
    with world.scope("office", "maria"):
        report_office.comment(report_id=report.pk, number=1, cell=GRANT, words="Ile?")
    return report


def _sent_before_its_entry(world: World) -> Report:
    """Nobody has linked its unit, and the register has an entry to choose."""
    with world.scope("office", "maria"):
        entered(number="R-1")
    return _sent(world)


def _of_old_layout(world: World) -> Report:
    """Begun before two operators brought another layout."""
    report = _started(world)
    first, second = (world.people[key] for key in ("operator", "second_operator"))
    with scope(organisation_id=OPERATOR_ID, user_id=first.pk, source="test"):
        ReportLayout.objects.create(
            kind="cis", version="nowy", since_year=last_year(), title=report.layout.title,
            document={**report.layout.document, "version": "nowy", "since_year": last_year()},
            origin="operator", state="confirmed", proposed_by=first, proposed_at=clock.now(),
            confirmed_by=second, confirmed_at=clock.now(),
        )  # fmt: skip
    return report


def _recipient(name: str) -> Way:
    def way(world: World, client: Client) -> str:
        report = _sent(world)
        with world.scope("cis", "ewa"):
            made = services.add_recipient(report_id=report.pk, kind="grantor", name="Gmina Modrzewno")
        return reverse(f"reporting:{name}", args=[made.pk])

    return way


def _start(world: World, client: Client) -> str:
    return reverse("reporting:report_start", args=[last_year()])


REPORTS_WAYS: dict[str, Way] = {
    "reporting:report": _of_unit("report", _started),
    "reporting:report_zeros": _of_unit("report_zeros", _started),
    "reporting:report_start": _start,
    "reporting:report_part": _of_unit("report_part", _started, "employees"),
    "reporting:report_cell": _of_unit("report_cell", _started, GRANT),
    "reporting:report_check": _unexplained,
    "reporting:report_submit": _of_unit("report_submit", _filled),
    "reporting:report_withdraw": _of_unit("report_withdraw", _sent),
    "reporting:report_correct": _of_unit("report_correct", _accepted),
    "reporting:report_drop": _of_unit("report_drop", _correcting),
    "reporting:report_layout": _of_unit("report_layout", _of_old_layout),
    "reporting:report_preview": _of_unit("report_preview", _started),
    "reporting:report_recipient_add": _of_unit("report_recipient_add", _started),
    "reporting:report_recipient_sent": _recipient("report_recipient_sent"),
    "reporting:report_recipient_remove": _recipient("report_recipient_remove"),
    "reporting:report_version": _of_unit("report_version", _sent, 1),
    "reporting:office_report": _of_unit("office_report", _commented),
    "reporting:office_report_attach": _of_unit("office_report_attach", _sent_before_its_entry),
    "reporting:office_report_version": _of_unit("office_report_version", _sent, 1),
    "reporting:office_report_cell": _of_unit("office_report_cell", _sent, 1, GRANT),
    "reporting:office_report_cell_drop": _of_unit("office_report_cell_drop", _commented, 1, GRANT),
    "reporting:office_report_return": _of_unit("office_report_return", _commented, 1),
    "reporting:office_report_accept": _of_unit("office_report_accept", _sent, 1),
}


def _today(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


REPORTS_TYPED: Mapping[str, dict[str, Any]] = {
    "reporting:report_check": {"words": [WHY], "by": ["-1"]},
    "reporting:report_recipient_sent": {"sent_on": _today},
    "reporting:report_cell": {"value": ["1 200,50"]},
}
