"""Every address of the program, from the resolver, and the object that each asks for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reintegration.accounts.models import User
from reintegration.accounts.services import invite
from reintegration.api import services as api_services
from reintegration.audit.models import Event, LegalHold
from reintegration.core import clock
from reintegration.core.ids import uuid7
from reintegration.core.lists import ListPage
from reintegration.documents.exports import start_export
from reintegration.documents.files import store_bytes
from reintegration.documents.models import Document
from reintegration.jobs.services import enqueue
from reintegration.law.enums import Confidence, Evidence
from reintegration.law.models import Parameter, Reading
from reintegration.law.services import propose_value
from reintegration.notices import kinds
from reintegration.notices.models import DeskTask
from reintegration.tenancy.actions import Action, action_of
from reintegration.tenancy.enums import ROLES_OF_KIND, OrganisationKind, Role
from reintegration.tenancy.models import Founder, Membership, Organisation
from reintegration.tenancy.scope import current_scope
from tests.cast import World
from tests.specimens import specimen

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    """The object that an address asks for.

    `make` stores it in the current scope and answers with the address's arguments. `whose` says what a
    stranger may expect: "tenant" (behind both walls), "filtered" (a global table whose queries name the
    organisation), "everybody" (the law, which all read alike), or "calendar" (a month of which each
    organisation has a page of its own). `own`: only who made it may open it, so each person gets one of
    their own.
    """

    make: Callable[[World, str], dict[str, Any]]
    whose: str = "tenant"
    own: bool = False


# A route with arguments and no row here fails the tests.
ROWS: dict[str, Row] = {}


# What follows an address that names nothing by itself.
QUERY = {"shell:draft": "?dla=/pulpit/", "shell:draft_drop": "?dla=/pulpit/"}


def row_of(label: str, argument: str = "pk") -> Row:
    """The usual row: one tenant's specimen, named by its key."""

    def make(world: World, canary: str) -> dict[str, Any]:
        from django.apps import apps

        return {argument: specimen(apps.get_model(label), world, canary).pk}

    return Row(make)


def _token(world: World, canary: str) -> dict[str, Any]:
    token, _ = api_services.make_token(
        name=canary,
        owner_id=current_scope().user_id,
        actions=["api.me.read"],
        expires_on=clock.today() + timedelta(days=1),
        today=clock.today(),
    )
    return {"pk": token.pk}


def _job(world: World, canary: str) -> dict[str, Any]:
    return {"job_id": enqueue(kind="audit.seal", key=uuid7().hex).pk}


def _batch(world: World, canary: str) -> dict[str, Any]:
    batch = uuid7()
    enqueue(kind="audit.seal", key=uuid7().hex, batch=batch)
    return {"batch_id": batch}


def _proposed_value(world: World, canary: str) -> dict[str, Any]:
    made = propose_value(
        parameter=Parameter.objects.get(key="allowance"),
        since=date(2199, 6, 1),
        typed="1850,00",
        source=canary,
        evidence=Evidence.ANNOUNCEMENT,
        confidence=Confidence.SURE,
        by=current_scope().user_id,
        today=clock.today(),
    )
    return {"pk": made.pk}


def _reading(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(Reading, world, canary, key="sick_pool", value="single").pk}


def _unclear_mail(world: World, canary: str) -> dict[str, Any]:
    """The operator decides about a mail by its task, which stands on the operator's own desk."""
    arguments = {"organisation_id": world.cis.pk, "mail_id": uuid7()}
    specimen(
        DeskTask,
        world,
        canary,
        kind=kinds.MAIL_UNCLEAR.key,
        key=str(arguments["mail_id"]),
        link=reverse("notices:mail_decide", kwargs=arguments),
    )
    return arguments


def _event(world: World, canary: str) -> dict[str, Any]:
    return {"pk": Event.objects.create(action="tenancy.site.list", detail={"note": canary}).pk}


def _seen_person(world: World, canary: str) -> dict[str, Any]:
    person = uuid7()
    Event.objects.create(action="tenancy.site.list", persons=[person])
    return {"pk": person}


def _history(world: World, canary: str) -> dict[str, Any]:
    return {"model": "audit.legalhold", "pk": specimen(LegalHold, world, canary).pk}


def _paper(world: World, canary: str) -> dict[str, Any]:
    """A paper with its file on the disk, of a kind that its manager may open and made by who asks."""
    stored = store_bytes(canary.encode(), name=canary, media_type="text/plain", kind="documents.paper")
    made = specimen(
        Document, world, canary, kind="documents.staff_list", file=stored, made_by_id=current_scope().user_id
    )
    return {"pk": made.pk}


def _stored_file(world: World, canary: str) -> dict[str, Any]:
    content = canary.encode()
    return {"pk": store_bytes(content, name=canary, media_type="text/plain", kind="documents.logo").pk}


def _export(world: World, canary: str) -> dict[str, Any]:
    return {"batch": start_export(export="documents.register", kind="csv", year=2026)}


def _organisation(world: World, canary: str) -> dict[str, Any]:
    return {"pk": world.kis.pk}


def _lead(world: World, canary: str) -> dict[str, Any]:
    """An invitation that the operator sent."""
    made, _ = invite(
        email=f"{uuid7().hex}@kis.example",
        organisation=world.kis,
        roles=[Role.MANAGER],
        since=clock.today(),
        until=None,
        by=world.people["operator"],
    )
    return {"pk": world.kis.pk, "invitation": made.pk}


def _founder(world: World, canary: str) -> dict[str, Any]:
    return {"pk": Founder.objects.create(name=canary, kind="ngo", town=canary).pk}


def _role(world: World, canary: str) -> dict[str, Any]:
    """A role of somebody who joined the organisation of the current scope."""
    place = Organisation.objects.get(pk=current_scope().organisation_id)
    person = User.objects.create_user(f"{uuid7().hex}@x.example", first_name="Iga", last_name=canary)
    role = sorted(ROLES_OF_KIND[OrganisationKind(place.kind)])[0]
    made = Membership.objects.create(user=person, organisation=place, role=role, since=clock.today())
    return {"pk": made.pk}


def _member(world: World, canary: str) -> dict[str, Any]:
    return {"pk": Membership.objects.get(**_role(world, canary)).user_id}


def _named(**arguments: Any) -> Row:
    return Row(lambda world, canary: arguments, "everybody")


ROWS.update(
    {
        "api:site": row_of("tenancy.Site"),
        "administration:account_remove": row_of("tenancy.UnitAccount"),
        "administration:site_edit": row_of("tenancy.Site"),
        "administration:site_close": row_of("tenancy.Site"),
        "administration:staff_edit": row_of("tenancy.StaffMember"),
        "administration:staff_remove": row_of("tenancy.StaffMember"),
        "administration:week_remove": row_of("tenancy.UnitCalendar"),
        "administration:closed_day_remove": row_of("tenancy.ClosedDay"),
        # Links of mails, and a form that waits: whoever comes without the right one is told so, calmly.
        "account_confirm_email": _named(key="nie-ma-takiego"),
        "account_reset_password_from_key": _named(uidb36="nie", key="ma"),
        "accounts:invitation_link": _named(token="nie-ma-takiego"),
        "accounts:resume": _named(key=uuid7()),
        "administration:organisation_show": Row(_organisation, "filtered"),
        "administration:organisation_open": _named(kind="jednostka"),
        "administration:organisation_edit": Row(_organisation, "filtered"),
        "administration:organisation_close": Row(_organisation, "filtered"),
        "administration:organisation_reopen": Row(_organisation, "filtered"),
        "administration:lead_invite": Row(_organisation, "filtered"),
        "administration:lead_withdraw": Row(_lead, "filtered"),
        "administration:founder_edit": Row(_founder, "filtered"),
        "administration:member_show": Row(_member, "filtered"),
        "administration:member_revoke": Row(_member, "filtered"),
        "administration:role_add": Row(_member, "filtered"),
        "administration:role_edit": Row(_role, "filtered"),
        "administration:role_revoke": Row(_role, "filtered"),
        "api:token_revoke": Row(_token, "filtered"),
        "audit:event": Row(_event),
        "audit:history": Row(_history),
        "audit:history_open": Row(_history),
        "audit:seen_by": Row(_seen_person),
        "audit:hold_place": row_of("tenancy.StaffMember"),
        "audit:hold_release": row_of("audit.LegalHold"),
        "documents:document": Row(_paper, own=True),
        "documents:open": Row(_paper, own=True),
        "documents:withdraw": Row(_paper, own=True),
        "documents:grant": Row(_paper, own=True),
        "documents:file": Row(_stored_file),
        "documents:export": Row(_export, "filtered", own=True),
        "documents:grant_end": row_of("documents.DocumentGrant"),
        "documents:signatory_end": row_of("documents.Signatory"),
        "jobs:job_view": Row(_job, "filtered"),
        "jobs:job_retry": Row(_job, "filtered"),
        "jobs:job_cancel": Row(_job, "filtered"),
        "jobs:progress": Row(_batch, "filtered"),
        "law:parameter": _named(key="allowance"),
        "law:value_new": _named(key="allowance"),
        "law:value_confirm": Row(_proposed_value, "everybody"),
        "law:value_withdraw": Row(_proposed_value, "everybody"),
        "law:reading": _named(key="sick_trial"),
        "law:reading_new": _named(key="sick_trial"),
        "law:reading_confirm": Row(_reading),
        "law:reading_withdraw": Row(_reading),
        "shell:guide": _named(slug="rozliczenie-miesiaca"),
        "notices:mail_decide": Row(_unclear_mail, "filtered"),
    }
)


@dataclass(frozen=True)
class Route:
    name: str
    view: Callable[..., Any]
    arguments: frozenset[str]

    def action(self, method: str) -> Action | None:
        return action_of(self.view, method)

    @property
    def actions(self) -> dict[str, Action]:
        return {method: found for method in METHODS if (found := self.action(method)) is not None}

    @property
    def methods(self) -> list[str]:
        """The methods that the view knows; a function view may be asked by GET and by POST."""
        view = getattr(self.view, "view_class", None)
        known = METHODS if self.for_programs else ("GET", "POST")
        return [
            name for name in known if name in self.actions and (view is None or _takes(view, name.lower()))
        ]

    @property
    def is_list(self) -> bool:
        """Whether the page can be had as a spreadsheet."""
        found = getattr(self.view, "view_class", None)
        return found is not None and issubclass(found, ListPage)

    @property
    def for_programs(self) -> bool:
        """An address of the API answers to tokens, not to people's sessions."""
        return hasattr(self.view, "cls")

    def address(self, arguments: dict[str, Any]) -> str:
        return reverse(self.name, kwargs=arguments) + QUERY.get(self.name, "")

    def __str__(self) -> str:
        return self.name


def _takes(view: Any, method: str) -> bool:
    return method in view.http_method_names and hasattr(view, method)


def routes() -> list[Route]:
    return sorted(_walk(get_resolver(), ""), key=lambda route: route.name)


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"The address {entry.pattern} has no name."
            yield Route(f"{namespace}{entry.name}", entry.callback, frozenset(entry.pattern.converters))


# Rooms with many addresses list their objects in modules of their own, which need what stands above.
from tests.walls import (  # noqa: E402
    rows_answers,  # noqa: F401
    rows_benefits,  # noqa: F401
    rows_cards,  # noqa: F401
    rows_diagnoses,  # noqa: F401
    rows_fund,  # noqa: F401
    rows_graduates,  # noqa: F401
    rows_inspection_results,  # noqa: F401
    rows_inspections,  # noqa: F401
    rows_ipzs_attendance,  # noqa: F401
    rows_ipzs_catalogue,  # noqa: F401
    rows_ipzs_duties,  # noqa: F401
    rows_ipzs_months,  # noqa: F401
    rows_ipzs_opening,  # noqa: F401
    rows_ipzs_programmes,  # noqa: F401
    rows_ipzs_timetable,  # noqa: F401
    rows_layouts,  # noqa: F401
    rows_participations,  # noqa: F401
    rows_people,  # noqa: F401
    rows_portal,  # noqa: F401
    rows_referrals,  # noqa: F401
    rows_reporting,  # noqa: F401
    rows_reports,  # noqa: F401
    rows_season,  # noqa: F401
)
