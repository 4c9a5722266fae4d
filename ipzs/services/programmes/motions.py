"""A motion about more time: the social worker writes it, the manager extends or says no (art. 15 ust. 3)."""

from datetime import date
from uuid import UUID

from ipzs.enums import Basis
from ipzs.models import ExtensionMotion, Programme
from ipzs.queries.programmes import waiting_motion
from ipzs.rules import programmes as rules
from ipzs.services.programmes.common import (
    extendable,
    locked_programme,
)
from ipzs.transitions.programmes import OfMotion, passed, refuse_state
from participants.services.participations.common import (
    actor,
    not_in_future,
    stored,
)
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date


def ask_extension(
    *, participation_id: UUID, basis: str, asked_on: date, until: date, author: str, analysis: str
) -> ExtensionMotion:
    """Write a motion or an opinion; the programme may still be shorter, as an annex can follow."""
    not_in_future(asked_on, field="asked_on")
    asked = rules.Extension(until, rules.Basis(basis), asked_on, author, analysis)
    programme = extendable(participation_id, asked, decided_on=asked_on)
    return stored(
        ExtensionMotion(
            programme=programme,
            person_id=programme.person_id,
            basis=Basis(basis),
            asked_on=asked_on,
            until=until,
            author=author.strip(),
            analysis=analysis.strip(),
            made_by_id=actor(),
            made_at=clock.now(),
        )
    )


def refuse_extension(*, motion_id: UUID, decided_on: date, answer: str) -> ExtensionMotion:
    """The manager does not extend, and says why; another motion may follow."""
    row = _locked(motion_id)
    refuse_state(row, OfMotion.REFUSE)
    not_in_future(decided_on, field="decided_on")
    if decided_on < row.asked_on:
        asked = format_table_date(row.asked_on)
        raise InputError(f"Wniosek jest z {asked}. Odpowiedź nie jest wcześniejsza.", field="decided_on")
    if not answer.strip():
        raise InputError("Napisz, dlaczego nie przedłużasz.", field="answer")
    passed(row, OfMotion.REFUSE, decided_on=decided_on, decided_by_id=actor(), answer=answer.strip())
    return row


def withdraw_motion(*, motion_id: UUID) -> ExtensionMotion:
    """Take a motion back before it is answered."""
    row = _locked(motion_id)
    passed(row, OfMotion.WITHDRAW)
    return row


def grant_waiting(programme: Programme, *, decided_on: date) -> None:
    """An extension answers the motion that waits; the programme is locked."""
    row = waiting_motion(programme.participation_id)
    if row is not None:
        passed(row, OfMotion.GRANT, decided_on=max(decided_on, row.asked_on), decided_by_id=actor())


def drop_waiting(programme: Programme) -> None:
    """Nobody answers a motion about a programme that is over."""
    row = waiting_motion(programme.participation_id)
    if row is not None:
        passed(row, OfMotion.WITHDRAW)


def _locked(motion_id: UUID) -> ExtensionMotion:
    """The motion, locked after its programme."""
    locked_programme(ExtensionMotion.objects.values_list("programme_id", flat=True).get(pk=motion_id))
    found: ExtensionMotion = ExtensionMotion.objects.select_for_update(of=("self",)).get(pk=motion_id)
    return found
