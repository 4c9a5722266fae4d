"""What the voivode's office does with a report that was sent to it."""

from uuid import UUID

from participants.services.participations.common import actor, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import clean
from reporting.enums import VersionState
from reporting.models import CellComment, Report, ReportVersion
from reporting.queries import reports as queries
from reporting.services.reports import decide, locked, pass_on, refuse_pesel
from reporting.transitions import REPORTS, OfReport


def comment(*, report_id: UUID, number: int, cell: str, words: str) -> CellComment:
    """Ask for something in a cell of the version that waits; said again it is changed."""
    report, version = _waiting(report_id, number)
    if cell not in version.content["cells"]:
        raise InputError("Tej komórki nie ma w tym sprawozdaniu.")
    refuse_pesel(words)
    row = CellComment.objects.filter(version=version, cell=cell).first()
    row = row or CellComment(unit_id=report.unit_id, sender_id=report.sender_id, version=version, cell=cell)
    row.words, row.made_at, row.made_by_id = clean(words, lines=True), clock.now(), actor()
    said: CellComment = stored(row)
    return said


def uncomment(*, report_id: UUID, number: int, cell: str) -> None:
    """Take a comment back that was not sent yet."""
    _, version = _waiting(report_id, number)
    CellComment.objects.filter(version=version, cell=cell, sent_at=None).delete()


def give_back(*, report_id: UUID, number: int, words: str = "") -> Report:
    """Return a report with what is to be put right."""
    report, version = _waiting(report_id, number)
    REPORTS.move(report, OfReport.RETURN)
    told = CellComment.objects.filter(version=version, sent_at=None).update(sent_at=clock.now())
    said = clean(words, lines=True)
    refuse_pesel(said)
    if not told and not said:
        raise InputError("Napisz, co poprawić: przy komórce albo tutaj.", field="words")
    decide(version, VersionState.RETURNED, said)
    returned: Report = stored(report)
    pass_on(version, report.unit_id)
    return returned


def accept(*, report_id: UUID, number: int) -> Report:
    report, version = _waiting(report_id, number)
    REPORTS.move(report, OfReport.ACCEPT)
    CellComment.objects.filter(version=version, sent_at=None).delete()
    decide(version, VersionState.ACCEPTED)
    accepted: Report = stored(report)
    pass_on(version, report.unit_id)
    return accepted


def _waiting(report_id: UUID, number: int) -> tuple[Report, ReportVersion]:
    """The report, locked, and the version that was read, which still waits; refused when another was faster.

    A unit may take a version back and send the next one while the office reads, so that the number says
    which of them is decided about.
    """
    report = locked(report_id)
    REPORTS.refuse_state(report, OfReport.ACCEPT)
    version = queries.newest_version(report)
    if version.number != number:
        raise InputError(
            f"Jednostka wysłała tymczasem wersję {version.number}. Wróć i przeczytaj ją najpierw."
        )
    return report, version
