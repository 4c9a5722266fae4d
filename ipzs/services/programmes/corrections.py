"""What a correction of a file's periods may not do behind the back of its programme."""

from collections.abc import Sequence

from ipzs.enums import PeriodStep, ProgrammeState
from ipzs.models import PeriodDecision, Programme
from ipzs.services.programmes.common import last_planned, paper
from participants.models import Participation
from participants.rules.codes import PeriodKind
from participants.rules.stages import Period
from participants.services.participations.common import unit_type
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date


def periods_corrected(file: Participation, wanted: Sequence[Period]) -> None:
    """Refuse days that no programme covers, and an extension that nobody decided (art. 15 ust. 3)."""
    programme = Programme.objects.filter(participation=file, state=ProgrammeState.RUNNING).first()
    if programme is None:
        return
    last = last_planned(wanted)
    if last is not None and programme.until is not None and last > programme.until:
        until = format_table_date(programme.until)
        raise InputError(f"{paper(unit_type())} obowiązuje do {until}. Zmień go najpierw aneksem.")
    for one in wanted:
        if one.kind is PeriodKind.EXTENSION:
            _decided(programme, one)


def _decided(programme: Programme, extension: Period) -> None:
    rows = PeriodDecision.objects.filter(programme=programme, step=PeriodStep.EXTENDED)
    decided = rows.order_by("-until", "-pk").first()
    if decided is None:
        raise InputError(
            "Przedłużenie zapisz w karcie „Program”, na wniosek albo po opinii. (art. 15 ust. 3)"
        )
    if extension.span.last is not None and extension.span.last > decided.until:
        until = format_table_date(decided.until)
        raise InputError(f"Przedłużono do {until}. Na dłużej trzeba przedłużyć jeszcze raz. (art. 15 ust. 3)")
