"""Where a day that keeps a month open is put right."""

from typing import Any

from django.urls import reverse

from ipzs.perms import attendance as perms
from ipzs.rules.closing import Finding
from ipzs.rules.codes import FindingCode
from participants.models import Participation
from participants.perms import participations as file_perms
from reintegration.core.components import Link
from reintegration.core.dates import Month

LEAVES = frozenset({FindingCode.NO_PAPER, FindingCode.LEAVES_OVERLAP, FindingCode.SICK_WITHOUT_LEAVE})


def place_of(file: Participation, finding: Finding, request: Any) -> Link | None:
    """The screen on which this finding is mended, when this person may open it."""
    if finding.code is FindingCode.OUTSIDE and request.may(file_perms.PERIODS):
        return Link("Popraw okresy", reverse("participants:periods_edit", args=[file.pk]))
    if not request.may(perms.PERSON_SHOW):
        return None
    url = f"{reverse('ipzs:attendance_person', args=[file.pk])}?miesiac={Month.of(finding.days[0])}"
    if finding.code in LEAVES:
        return Link("Popraw zwolnienia", f"{url}#zwolnienia")
    return Link("Popraw dni" if finding.blocks else "Zobacz dni", url)
