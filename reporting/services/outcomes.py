"""What became of somebody when they left, looked at together (OUT-08 to OUT-10)."""

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
    *, participation_id: UUID, changes: Iterable[str], work: str = "", independent: bool | None = None
) -> Outcome:
    """Write down, once for each file, what changed; what is written later takes its place."""
    file = locked(participation_id)
    if file.ended_on is None:
        raise InputError("Uczestnictwo jeszcze trwa. Efekty zapiszesz po jego zakończeniu.")
    if file.end_reason == EndReason.DEATH:
        raise InputError("Tej osoby nie pytamy o efekty udziału.")
    if work and work not in work_forms(file.destination):
        raise InputError("Ten rodzaj pracy nie pasuje do tego, dokąd poszła ta osoba.", field="work")
    wanted = {SocialChange(one) for one in changes}
    chosen = [one.value for one in SocialChange if one in wanted]
    row = Outcome.objects.filter(participation=file).first() or Outcome(
        participation=file, person_id=file.person_id
    )
    row.changes, row.reached, row.work, row.independent = chosen, len(chosen), work, independent
    row.noted_on, row.noted_by_id = clock.today(), actor()
    return stored(row)


def work_forms(destination: str) -> tuple[WorkForm, ...]:
    return WORK_OF.get(Destination(destination), ()) if destination else ()
