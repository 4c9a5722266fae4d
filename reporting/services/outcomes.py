"""What became of somebody when they left: the unit's rating and their own (OUT-08 to OUT-10, OUT-13)."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from participants.enums import Destination, EndReason
from participants.services.participations.common import actor, locked, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reporting.enums import SocialChange, WorkForm
from reporting.models import Outcome

# Only there the kind of work is a question; the other destinations answer it themselves.
WORK_OF: Final = {
    Destination.OPEN_MARKET: (WorkForm.EMPLOYMENT, WorkForm.CIVIL),
    Destination.TRAINING: (WorkForm.INTERNSHIP,),
}


def note_outcome(
    *,
    participation_id: UUID,
    changes: Iterable[str],
    own_changes: Iterable[str] | None,
    own_missing: str = "",
    work: str = "",
    independent: bool | None = None,
) -> Outcome:
    """Write down, once for each file, what changed; what is written later takes its place.

    `own_changes` are in the person's own eyes; None when they did not say, and `own_missing` says why.
    """
    file = locked(participation_id)
    if file.ended_on is None:
        raise InputError("Uczestnictwo jeszcze trwa. Efekty zapiszesz po jego zakończeniu.")
    if file.end_reason == EndReason.DEATH:
        raise InputError("Tej osoby nie pytamy o efekty udziału.")
    if work and work not in work_forms(file.destination):
        raise InputError("Ten rodzaj pracy nie pasuje do tego, dokąd poszła ta osoba.", field="work")
    if (own_changes is None) != bool(own_missing):
        raise InputError("Wpisz ocenę uczestnika albo dlaczego jej nie ma.", field="own")
    chosen, own = _in_order(changes), None if own_changes is None else _in_order(own_changes)
    row = Outcome.objects.filter(participation=file).first() or Outcome(
        participation=file, person_id=file.person_id
    )
    row.changes, row.reached, row.work, row.independent = chosen, len(chosen), work, independent
    row.own_changes, row.own_reached = own, None if own is None else len(own)
    row.own_missing = own_missing
    row.noted_on, row.noted_by_id = clock.today(), actor()
    return stored(row)


def _in_order(changes: Iterable[str]) -> list[str]:
    wanted = {SocialChange(one) for one in changes}
    return [one.value for one in SocialChange if one in wanted]


def work_forms(destination: str) -> tuple[WorkForm, ...]:
    return WORK_OF.get(Destination(destination), ()) if destination else ()
