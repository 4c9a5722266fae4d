"""Where what keeps a month open is put right."""

from typing import Any

from django.urls import reverse

from ipzs.perms import attendance as perms
from ipzs.perms import timetable as classes
from ipzs.rules.closing import Finding
from ipzs.rules.codes import FindingCode
from participants.models import Participation
from participants.perms import participations as file_perms
from reintegration.core.components import Link
from reintegration.core.dates import Month

LEAVES = frozenset({FindingCode.NO_PAPER, FindingCode.LEAVES_OVERLAP, FindingCode.SICK_WITHOUT_LEAVE})


def places_of(file: Participation, finding: Finding, request: Any) -> list[Link]:
    """The screens on which this finding is mended, those that this person may open."""
    if finding.code is FindingCode.OUTSIDE and request.may(file_perms.PERIODS):
        return [Link("Popraw okresy", reverse("participants:periods_edit", args=[file.pk]))]
    found = []
    if request.may(perms.PERSON_SHOW):
        url = f"{reverse('ipzs:attendance_person', args=[file.pk])}?miesiac={Month.of(finding.days[0])}"
        if finding.code in LEAVES:
            found.append(Link("Popraw zwolnienia", f"{url}#zwolnienia"))
        else:
            found.append(Link("Popraw dni" if finding.blocks else "Zobacz dni", url))
    if finding.code is FindingCode.JOURNAL and request.may(classes.MEETING_LIST):
        url = f"{reverse('ipzs:meeting_day')}?dzien={finding.days[0].isoformat()}"
        found.append(Link("Popraw dziennik", url))
    return found
