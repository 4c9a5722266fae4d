"""What is told about annual reports: to the other side after a step, to a unit when the term comes near."""

from uuid import UUID

from django.urls import reverse

from participants.services.participations.common import own_unit
from reintegration.core import clock
from reintegration.core.formats import counted
from reintegration.notices.services import notify
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.scope import current_scope
from reporting import report_kinds as kinds
from reporting.enums import VersionState
from reporting.models import ReportVersion
from reporting.queries import reports as queries
from reporting.rules import reports as rules
from reporting.services.report_papers import promise, take_back


def tell(*, version_id: UUID, state: str) -> None:
    """In the other organisation: say what became of a version, and make or mark the office's own paper."""
    version = (
        ReportVersion.objects.select_related("report", "unit__organisation").filter(pk=version_id).first()
    )
    if version is None:
        return
    report, here = version.report, current_scope().organisation_id
    name = str(version.unit.organisation)
    year = report.year
    key = f"{version.pk}:{state}"
    if here == version.unit_id:
        link = reverse("reporting:report", args=[report.pk])
        returned = state == VersionState.RETURNED
        kind = kinds.REPORT_RETURNED if returned else kinds.REPORT_ACCEPTED
        title = f"Sprawozdanie za {year}: {'zwrócone do poprawy' if returned else 'przyjęte'}"
        notify(kind=kind.key, title=title, link=link, key=key)
        return
    if state == VersionState.SUBMITTED:
        # What was taken back before this job ran is not the office's to read.
        if version.state == VersionState.WITHDRAWN:
            return
        link = reverse("reporting:office_report", args=[report.pk])
        promise(version)
        again = f", wersja {version.number}" if version.number > 1 else ""
        notify(kind=kinds.REPORT_CAME.key, title=f"{name}: sprawozdanie za {year}{again}", link=link, key=key)
    else:
        take_back(version_id=version.pk)
        notify(
            kind=kinds.REPORT_TAKEN_BACK.key,
            title=f"{name}: wycofane sprawozdanie za {year}",
            link=reverse("reporting:season"),
            key=key,
        )


def remind() -> int:
    """Tell the unit of the term when its day has come; each day before or after is told once.

    What the office returned waits to be sent as well, and the reminder says that it was returned.
    """
    today = clock.today()
    year = rules.season_of(today)
    step = rules.reminder(year, today)
    if step is None:
        return 0
    returned = queries.returned(year)
    if returned is None and not queries.is_missing(year):
        return 0
    left = (rules.due_on(year) - today).days
    days = counted(abs(left), "dzień", "dni", "dni")
    when = "termin mija dziś" if left == 0 else f"zostało {days}" if left > 0 else f"{days} po terminie"
    if returned is not None:
        found = notify(
            kind=kinds.REPORT_RETURNED.key,
            title=f"Sprawozdanie za {year} jest zwrócone do poprawy: {when}",
            text="Popraw komórki z uwagami urzędu i wyślij je jeszcze raz.",
            link=reverse("reporting:report", args=[returned.pk]),
            key=f"report-returned:{year}:{step}",
        )
        return len(found)
    found = notify(
        kind=kinds.REPORT_DUE.key,
        title=f"Sprawozdanie za {year}: {when}",
        text=f"Dostaje je {rules.told_to(club=own_unit().unit_type == UnitType.KIS)}.",
        link=reverse("reporting:reports"),
        key=f"report-due:{year}:{step}",
    )
    return len(found)
