"""The opinion of a specialist: written by its author alone, signed once, opened to few."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from participants.models import Participation, SpecialistOpinion, SpecialistOpinionGrant
from participants.perms.diagnoses import OPINION_SHOW
from reintegration.accounts.models import User
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.grants import end_grant, grant
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import current_scope


@dataclass(frozen=True, slots=True)
class OpinionData:
    """What an opinion says, as its form asks for it."""

    kind: str
    held_on: date
    text: str
    advice: str = ""
    confidential: bool = False


def write_opinion(*, participation_id: UUID, data: OpinionData, author_id: UUID) -> SpecialistOpinion:
    """Begin an opinion; until it is signed, nobody but its author sees it."""
    case: Participation = Participation.objects.get(pk=participation_id)
    author = User.objects.get(pk=author_id)
    made = SpecialistOpinion(
        person_id=case.person_id,
        participation=case,
        author=author,
        author_name=author.get_full_name(),
        made_at=clock.now(),
        **asdict(data),
    )
    _save(made)
    return made


def edit_opinion(*, opinion_id: UUID, data: OpinionData, by: UUID) -> SpecialistOpinion:
    found = _own_draft(opinion_id, by)
    for name, value in asdict(data).items():
        setattr(found, name, value)
    _save(found)
    return found


def sign_opinion(*, opinion_id: UUID, by: UUID) -> SpecialistOpinion:
    """Make an opinion final; whoever thinks otherwise later writes another."""
    found = _own_draft(opinion_id, by)
    found.signed_at = clock.now()
    found.save(update_fields=["signed_at"])
    return found


def drop_opinion(*, opinion_id: UUID, by: UUID) -> None:
    """Remove what was never signed."""
    _own_draft(opinion_id, by).delete()


def open_opinion(
    *, opinion_id: UUID, user_id: UUID, reason: str, until: date, by: UUID
) -> SpecialistOpinionGrant:
    """Let one colleague read a confidential opinion until a day: its author may, and the case manager."""
    found = _granted_by(opinion_id, by)
    if found.signed_at is None:
        raise InputError("Najpierw podpisz opinię. Szkic widzi tylko autor.")
    if not found.confidential:
        raise InputError("Ta opinia nie jest poufna. Zespół czyta ją bez osobnej zgody.")
    members = Membership.objects.active(today=clock.today()).filter(
        organisation=current_scope().organisation_id, user=user_id, role__in=OPINION_SHOW.roles
    )
    if not members.exists():
        raise InputError("Ta osoba nie pracuje tu z uczestnikami. Wybierz inną.", field="person")
    user = User.objects.get(pk=user_id)
    if user.pk in {found.author_id, found.participation.case_manager_id}:
        raise InputError("Ta osoba czyta tę opinię i bez tego. Wybierz inną.", field="person")
    made: SpecialistOpinionGrant = grant(user=user, obj=found, reason=reason, until=until)  # type: ignore[assignment]
    return made


def close_opinion(*, grant_id: UUID, by: UUID) -> None:
    """Take access back before its day."""
    found: Any = SpecialistOpinionGrant.objects.get(pk=grant_id)
    _granted_by(found.content_object_id, by)
    end_grant(grant=found)


def _granted_by(opinion_id: UUID, by: UUID) -> SpecialistOpinion:
    rows = SpecialistOpinion.objects.select_for_update(of=("self",)).select_related("participation")
    found: SpecialistOpinion = rows.get(pk=opinion_id)
    if by not in {found.author_id, found.participation.case_manager_id}:
        raise InputError("Dostęp daje autor opinii albo opiekun osoby.")
    return found


def _own_draft(opinion_id: UUID, by: UUID) -> SpecialistOpinion:
    found: SpecialistOpinion = SpecialistOpinion.objects.select_for_update(of=("self",)).get(pk=opinion_id)
    if found.author_id != by:
        raise InputError("Tę opinię pisze ktoś inny.")
    if found.signed_at is not None:
        raise InputError("Ta opinia jest podpisana i się nie zmienia. Napisz następną.")
    return found


def _save(opinion: SpecialistOpinion) -> None:
    if opinion.held_on > clock.today():
        raise InputError("Ten dzień jeszcze nie nastąpił. Wpisz datę do dziś.", field="held_on")
    opinion.full_clean(exclude=["person", "participation"])
    opinion.save()
