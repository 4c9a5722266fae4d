"""What the periods of a file may not do behind the back of its programme."""

from collections.abc import Sequence

from ipzs.enums import PeriodStep
from ipzs.models import PeriodDecision, Programme
from ipzs.queries.programmes import LIVE, days_that_hold
from ipzs.services.programmes.common import last_planned, paper
from participants.models import Participation
from participants.rules.codes import PeriodKind
from participants.rules.stages import Period
from participants.services.participations.common import unit_type
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date


def periods_planned(file: Participation, wanted: Sequence[Period]) -> None:
    """Refuse days that no programme covers, and an extension that nobody decided (art. 15 ust. 3).

    A first day that stands already, from before the unit came to the program, stays.
    """
    programme = Programme.objects.filter(participation=file, state__in=LIVE).first()
    days = days_that_hold(programme) if programme is not None else None
    if programme is None or days is None:
        return
    since, until = days
    first, last = min((one.span.first for one in wanted), default=since), last_planned(wanted)
    if first < since and not file.periods.filter(since__lte=first).exists():
        day = format_table_date(since)
        raise InputError(f"{paper(unit_type())} obowiązuje od {day}. Okres nie może zacząć się wcześniej.")
    if last is not None and last > until:
        day = format_table_date(until)
        raise InputError(f"{paper(unit_type())} obowiązuje do {day}. Zmień go najpierw aneksem.")
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
