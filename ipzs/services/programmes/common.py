"""What the services of programmes share: locking, the content, periods as the rules take them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from ipzs.enums import ProgrammeState, VersionState
from ipzs.models import Programme, ProgrammeVersion
from ipzs.queries.programmes import binding_decision
from ipzs.rules import programmes as rules
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.rules.stages import Period
from participants.services.participations.common import (
    as_planned,
    locked,
    locked_open,
    periods_of,
    trial_reading,
    unit_type,
)
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date

PREPARED = (VersionState.DRAFT, VersionState.READY, VersionState.SIGNED)


def paper(unit_type: UnitType) -> str:
    """How a unit calls what it agrees on: a programme (art. 13) or a contract (art. 18)."""
    return "Program" if unit_type is UnitType.CIS else "Kontrakt"


def locked_programme(programme_id: UUID) -> Programme:
    """The programme, held until the transaction ends, so that two people decide one after the other.

    Its file is locked before it, always: then the programme, the version, the agreement.
    """
    locked(Programme.objects.values_list("participation_id", flat=True).get(pk=programme_id))
    return _held(programme_id)


def _held(programme_id: UUID) -> Programme:
    found: Programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    return found


def locked_version(version_id: UUID) -> tuple[Programme, ProgrammeVersion]:
    """A version and its programme, which is locked before it."""
    programme_id = ProgrammeVersion.objects.values_list("programme_id", flat=True).get(pk=version_id)
    programme = locked_programme(programme_id)
    version: ProgrammeVersion = ProgrammeVersion.objects.select_for_update(of=("self",)).get(pk=version_id)
    return programme, version


def running_of(participation_id: UUID) -> Programme:
    """The programme that holds for a file, locked after it."""
    locked(participation_id)
    found = Programme.objects.filter(participation_id=participation_id, state=ProgrammeState.RUNNING).first()
    if found is None:
        if unit_type() is UnitType.KIS:
            raise InputError("Nie ma kontraktu, który obowiązuje. Najpierw go podpiszcie.")
        raise InputError("Nie ma programu, który obowiązuje. Najpierw podpisz go i uzgodnij.")
    return _held(found.pk)


def extendable(participation_id: UUID, asked: rules.Extension, *, decided_on: date) -> Programme:
    """The programme that may run longer as it is asked for, locked; else a refusal says why not."""
    programme = running_of(participation_id)
    file = open_file(programme)
    if unit_type() is UnitType.KIS:
        raise InputError("W KIS nie ma przedłużenia. Zapisz kolejny okres z kontraktu. (art. 18)")
    refuse_decided(programme)
    held = planned_periods(file)
    reading = trial_reading(held[0].span.first if held else decided_on)
    refuse(rules.extension_problems(asked, held, decided_on=decided_on, reading=reading))
    return programme


def refuse_decided(programme: Programme) -> None:
    """Nothing is planned beyond a decision that was delivered."""
    decision = binding_decision(programme)
    if decision is not None:
        day = format_table_date(decision.ends_on)
        raise InputError(f"Doręczono decyzję {decision.number}. Udział kończy się {day}.")


def version_in_force(programme: Programme) -> ProgrammeVersion | None:
    found: ProgrammeVersion | None = ProgrammeVersion.objects.filter(
        programme=programme, state=VersionState.IN_FORCE
    ).first()
    return found


def newest_version(programme: Programme) -> ProgrammeVersion:
    rows = ProgrammeVersion.objects.filter(programme=programme)
    found: ProgrammeVersion | None = rows.order_by("-number").first()
    if found is None:
        raise InputError("Ten program nie ma jeszcze żadnej wersji.")
    return found


def planned_periods(file: Participation) -> list[Period]:
    return as_planned(periods_of(file))


def last_planned(periods: Iterable[Period]) -> date | None:
    return max((period.span.last for period in periods if period.span.last is not None), default=None)


def open_file(programme: Programme) -> Participation:
    """The file of a programme, locked; refused when it is over."""
    return locked_open(programme.participation_id)


def refuse_live(file: Participation) -> None:
    """Nobody has two programmes in a unit at once."""
    live = (ProgrammeState.PREPARED, ProgrammeState.RUNNING)
    if Programme.objects.filter(person_id=file.person_id, state__in=live).exists():
        raise InputError("Ta osoba ma już program, który trwa albo jest przygotowywany.")


def refuse(sentences: Iterable[str], *, field: str | None = None) -> None:
    found = list(sentences)
    if found:
        raise InputError(" ".join(found), field=field)
