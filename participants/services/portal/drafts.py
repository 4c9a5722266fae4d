"""Writing a referral before it is sent; sending and all that follows is `services.referrals`."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings

from participants.enums import ReferralSource, ReferralState
from participants.models import Referral, ReferralEntry
from participants.rules.identity import as_living, facts_of
from participants.rules.situation import gather
from participants.transitions import Transition
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.models import ReferringBody, Unit
from reintegration.tenancy.scope import current_scope

PERSON = [
    "first_name",
    "last_name",
    "pesel",
    "no_pesel",
    "document_kind",
    "document_number",
    "birth_date",
    "sex",
    "street",
    "postcode",
    "town",
    "gmina",
    "phone",
    "email",
    "representative",
    "person_agrees",
    "ops_notified_on",
    "ops_name",
]


def save_draft(
    *,
    referral_id: UUID | None,
    unit_id: UUID,
    sender_id: UUID | None,
    source: str,
    data: Mapping[str, Any],
    contact: Mapping[str, str] | None = None,
) -> Referral:
    """Write a draft, new or begun; only its sender sees it. `sent_by` is its author until it is sent."""
    if not Unit.objects.filter(pk=unit_id, organisation__closed_on__isnull=True).exists():
        raise InputError("Wybierz jednostkę z listy.", field="unit")
    if referral_id is None:
        found = Referral(made_at=clock.now(), sender_id=sender_id, source=ReferralSource(source))
    else:
        found = Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)
        if found.state != ReferralState.DRAFT:
            raise InputError("To skierowanie jest już wysłane. Zmień je wiadomością do jednostki.")
        returned = ReferralEntry.objects.filter(referral=found, transition=Transition.RETURN)
        if found.unit_id != unit_id and returned.exists():
            raise InputError("To wraca do tej samej jednostki. Do innej napisz nowe.", field="unit")
    found.unit_id = unit_id
    found.sent_by_id = current_scope().user_id
    for name in PERSON:
        if name in data:
            setattr(found, name, data[name])
    if "ops" in data:
        found.ops_id = UUID(data["ops"]) if data["ops"] else None
    for name, value in (contact or {}).items():
        setattr(found, name, value)
    found.situation = gather(data)
    _complete(found)
    found.save()
    return found


def source_of(body_id: UUID) -> str:
    """Who refers, from what kind of body it is; the values of both lists are the same."""
    body_type: str = ReferringBody.objects.values_list("body_type", flat=True).get(pk=body_id)
    return body_type


def _complete(found: Referral) -> None:
    """Read birth date and sex from the PESEL where nobody said them."""
    if not found.pesel:
        return
    facts = facts_of(found.pesel)
    birth = as_living(facts.birth_date) if settings.DEMO else facts.birth_date
    found.birth_date = found.birth_date or birth
    found.sex = found.sex or facts.sex.value
