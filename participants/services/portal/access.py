"""What a body reads of a unit by a link with a code or from its own account, and who opens the latter.

Nobody of a body is a member of a unit. From an account it is read by a visit: the body's own scope says
which access is open to it; the unit's scope asks the same of its own row, can only read, and draws what the
slots of other rooms tell; then who read, and of whom, is written into the unit's journal, and only after
that is anything given back.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from participants.enums import LinkPurpose
from participants.models import BodyAccess, SignedLink
from participants.perms import portal as perms
from participants.services.portal.links import token_of
from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.errors import InputError
from reintegration.tenancy.enums import BodyType
from reintegration.tenancy.models import ReferringBody
from reintegration.tenancy.principal import Principal
from reintegration.tenancy.scope import current_scope, scope
from reintegration.tenancy.visits import only_read

T = TypeVar("T")
# Which bodies the pages are for: an OPS has people here, a labour office an agreement.
KINDS = {
    LinkPurpose.MONTH: frozenset({BodyType.OPS, BodyType.CUS}),
    LinkPurpose.FUND: frozenset({BodyType.PUP}),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told, whichever way they came; `body_id` is an account, the place that of a body without one."""

    purpose: str
    body_name: str
    body_id: UUID | None
    body_place: str
    take_url: Callable[[object], str]


def by_link(link: SignedLink) -> Reader:
    def take_url(name: object) -> str:
        return reverse("participants:link_take", args=[token_of(link), str(name)])

    return Reader(link.purpose, link.body_name, link.body_id, link.body_place, take_url)


def by_account(access: BodyAccess) -> Reader:
    def take_url(name: object) -> str:
        return reverse("participants:opened_take", args=[access.pk, str(name)])

    return Reader(access.purpose, access.body_name, access.sender_id, "", take_url)


# The unit's side


def open_access(*, purpose: str, body_id: UUID, body_name: str) -> BodyAccess:
    """Let a body with an account read its pages here until the unit closes them."""
    wanted = LinkPurpose(purpose)
    body = ReferringBody.objects.select_related("organisation").filter(pk=body_id).first()
    if body is None or body.body_type not in KINDS[wanted]:
        raise InputError("Wybierz podmiot z listy.", field="body")
    same = BodyAccess.objects.filter(sender=body_id, purpose=wanted, closed_at__isnull=True)
    if wanted == LinkPurpose.FUND:
        same = same.filter(body_name=body_name)
    if same.exists():
        raise InputError("Ten podmiot ma już ten dostęp.", field="body")
    made: BodyAccess = BodyAccess.objects.create(
        purpose=wanted,
        sender_id=body_id,
        body_name=body_name,
        opened_at=clock.now(),
        opened_by_id=current_scope().user_id,
    )
    return made


def close_access(*, access_id: UUID) -> BodyAccess:
    """End an access at once; the next page that the body asks for is closed."""
    found: BodyAccess = BodyAccess.objects.select_for_update(of=("self",)).get(pk=access_id)
    if found.closed_at is None:
        found.closed_at = clock.now()
        found.closed_by_id = current_scope().user_id
        found.save(update_fields=["closed_at", "closed_by"])
    return found


# The body's side


def read(request: Any, principal: Principal, access_id: UUID) -> SafeString | None:
    """The pages of an access as they are drawn; nothing for whom it is not open."""

    def drawn(access: BodyAccess) -> tuple[SafeString, set[UUID]]:
        panels = slots.items("participants.told", request, by_account(access))
        persons = {key for panel in panels for key in panel.context.get("persons", ())}
        return render_to_string("participants/portal/told.html", {"panels": panels}), persons

    return _visit(request, principal, access_id, drawn, outcome="seen")


def take(request: Any, principal: Principal, access_id: UUID, name: str) -> HttpResponse | None:
    """A file that another room hands out to whom the access tells something."""

    def taken(access: BodyAccess) -> tuple[HttpResponse, set[UUID]] | None:
        for provider in slots.providers("participants.taken"):
            found: tuple[HttpResponse, set[UUID]] | None = provider(request, by_account(access), name)
            if found is not None:
                return found
        return None

    return _visit(request, principal, access_id, taken, outcome="taken")


def _visit(
    request: Any,
    principal: Principal,
    access_id: UUID,
    look: Callable[[BodyAccess], tuple[T, Collection[UUID]] | None],
    *,
    outcome: str,
) -> T | None:
    def open_scope(organisation_id: UUID, source: str) -> Any:
        return scope(
            organisation_id=organisation_id,
            user_id=principal.user_id,
            request_id=request.request_id,
            source=source,
        )

    with open_scope(principal.place.id, principal.source):
        known = _open_to(access_id, principal)
    if known is None:
        return None
    with open_scope(known.unit_id, f"access:{access_id}"):
        only_read()
        access = _open_to(access_id, principal)
        found = look(access) if access is not None else None
    if access is None or found is None:
        return None
    shown, persons = found
    with open_scope(known.unit_id, f"access:{access_id}"):
        record.note(
            perms.OPENED_READ, found=access, persons=sorted(persons), outcome=outcome, access=str(access_id)
        )
    return shown


def _open_to(access_id: UUID, principal: Principal) -> BodyAccess | None:
    """Asked in both scopes: the access that is open to this very organisation."""
    rows = BodyAccess.objects.filter(pk=access_id, sender=principal.place.id, closed_at__isnull=True)
    found: BodyAccess | None = rows.first()
    return found
