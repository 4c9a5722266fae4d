"""Who works with a person besides the case manager, and the handover of a caseload."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from participants.models import Participation, TeamMember
from participants.perms import CASE
from participants.services.participations.common import colleague, locked_open, stored
from participants.services.participations.files import NO_LEADER, assign_case_manager
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.tenancy.enums import UNIT_ROLES


@dataclass(frozen=True, slots=True)
class HandedOver:
    done: tuple[Participation, ...]
    # What could not be handed over, each with its reason.
    refused: tuple[tuple[Participation, str], ...]


def add_team_member(*, participation_id: UUID, user_id: UUID, task: str, since: date) -> TeamMember:
    file = locked_open(participation_id)
    colleague(user_id, roles=UNIT_ROLES, sentence="Wybierz kogoś, kto pracuje w tej jednostce.", field="user")
    if since < file.opened_on:
        opened = format_table_date(file.opened_on)
        raise InputError(f"Sprawę otwarto {opened}. Wpisz ten dzień albo późniejszy.", field="since")
    return stored(TeamMember(participation=file, user_id=user_id, task=task.strip(), since=since))


def end_team_member(*, member_id: UUID, until: date) -> TeamMember:
    """The last day of somebody's work with a person."""
    member: TeamMember = TeamMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    if member.until is not None:
        raise InputError("Ta osoba nie jest już w zespole.")
    if until < member.since:
        since = format_table_date(member.since)
        raise InputError(f"Ta osoba jest w zespole od {since}. Wpisz ten dzień albo późniejszy.")
    member.until = until
    return stored(member)


def hand_over(*, from_user_id: UUID, to_user_id: UUID, participation_ids: Sequence[UUID]) -> HandedOver:
    """Give files of one worker to another; what meanwhile went to somebody else is named and left."""
    if from_user_id == to_user_id:
        raise InputError("Wybierz inną osobę niż ta, która prowadzi te sprawy.", field="to")
    colleague(to_user_id, roles=CASE, sentence=NO_LEADER, field="to")
    rows = Participation.objects.select_related("person", "case_manager").filter(pk__in=participation_ids)
    done: list[Participation] = []
    refused: list[tuple[Participation, str]] = []
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        if row.case_manager_id != from_user_id:
            who = row.case_manager.get_full_name() if row.case_manager else "nikt"
            refused.append((row, f"prowadzi ją już {who}."))
        elif row.ended_on is not None:
            refused.append((row, f"zakończona {format_table_date(row.ended_on)}."))
        else:
            assign_case_manager(participation_id=row.pk, user_id=to_user_id)
            done.append(row)
    return HandedOver(tuple(done), tuple(refused))
