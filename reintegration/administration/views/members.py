"""Screens of an organisation's own people: who has access, in which roles, from when to when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from reintegration.accounts.models import User
from reintegration.accounts.perms import INVITATION_LIST, INVITATION_MAKE
from reintegration.administration import perms, queries, services
from reintegration.administration.forms.members import MemberFilter, RoleDatesForm, RoleForm
from reintegration.administration.queries import ACTIVE, COMING, RolesHere, state_of
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Link
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_long_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, DetailPage, FormPage, Page, wants_fragment
from reintegration.tenancy.enums import ROLES_OF_KIND, OrganisationKind, Role
from reintegration.tenancy.models import Membership, Organisation

SETTINGS = "Ustawienia"
PEOPLE = "Osoby z dostępem"
BADGE_KINDS = {ACTIVE: "ok", COMING: "info"}


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    settings = (SETTINGS, reverse("administration:settings"))
    return [settings, (PEOPLE, reverse("administration:member_list")), *more]


def roles_of(kind: OrganisationKind) -> list[Role]:
    return [role for role in Role if role in ROLES_OF_KIND[kind]]


def _here(user: Any) -> RolesHere:
    return RolesHere(user.held_here, clock.today())


def _role_names(user: Any) -> str:
    """The roles that hold or will hold; of who has none any more, those they had."""
    rows = _here(user).open or user.held_here
    return ", ".join(dict.fromkeys(Role(row.role).label for row in rows))


def _first_day(user: Any) -> date:
    return min(row.since for row in _here(user).open or user.held_here)


def _last_day(user: Any) -> date | None:
    """The day after which nothing holds any more; none when a role is without end."""
    rows = _here(user).open
    if not rows:
        ends = [row.until for row in user.held_here if row.until is not None]
        gone = [clock.day_of(row.revoked_at) for row in user.held_here if row.revoked_at is not None]
        return max([*ends, *gone], default=None)
    ends = [row.until for row in rows if row.until is not None]
    return max(ends) if len(ends) == len(rows) else None


def _access(user: Any) -> Badge:
    if user.has_access:
        return Badge("ma dostęp", "ok")
    return Badge("jeszcze nie", "info") if _here(user).open else Badge("bez dostępu")


class MemberList(ListPage):
    action = perms.MEMBER_LIST
    template_name = "administration/members.html"
    title = PEOPLE
    file_name = "osoby-z-dostepem"
    filter_form = MemberFilter
    row_url_name = "administration:member_show"
    columns = (
        Column("get_full_name", "Osoba", sort="in_order"),
        Column("roles", "Role", cell=_role_names),
        Column("since", "Od", cell=_first_day, phone="hide"),
        Column("until", "Do", cell=_last_day, phone="hide"),
        Column("has_access", "Dostęp", sort=("-has_access", "in_order"), cell=_access, phone="main"),
    )

    @property
    def place(self) -> Any:
        return self.request.principal.place  # type: ignore[attr-defined]

    def queryset(self) -> QuerySet[User]:
        return queries.members(self.place.id, today=clock.today())

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"roles": roles_of(self.place.kind)}

    def lead(self) -> str:
        return "Kto się loguje do tej organizacji i w jakich rolach. Odebranie roli działa od razu."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [_crumbs()[0], (PEOPLE, "")]

    def actions(self) -> Sequence[Link]:
        found = [Link("Kto co może", reverse("administration:matrix"))]
        if self.request.may(INVITATION_MAKE):  # type: ignore[attr-defined]
            found.append(Link("Zaproś osobę", reverse("accounts:invite"), current=True))
        return found

    def page(self) -> Mapping[str, Any]:
        may: Any = self.request.may  # type: ignore[attr-defined]
        if not may(INVITATION_LIST) or wants_fragment(self.request):
            return {**super().page(), "waiting": []}
        now = clock.now()
        waiting = [
            (one, Badge("czeka", "info") if one.is_usable(at=now) else Badge("wygasło", "warn"))
            for one in queries.waiting_invitations(self.place.id)[:50]
        ]
        return {**super().page(), "waiting": waiting}


class OneMember:
    """What the pages of one person share. A person who never belonged here is not found."""

    request: Any
    kwargs: Mapping[str, Any]
    person: Any
    back_url: str

    @property
    def organisation_id(self) -> UUID:
        key: UUID = self.request.principal.place.id
        return key

    def organisation(self) -> Organisation:
        return Organisation.objects.get(pk=self.organisation_id)

    def member(self, key: UUID) -> Any:
        found = get_object_or_404(queries.members(self.organisation_id, today=clock.today()), pk=key)
        record.about(self.request, found)
        self.take(found)
        return found

    def take(self, person: Any) -> None:
        self.person = person
        self.back_url = reverse("administration:member_show", args=[person.pk])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.person.get_full_name(), self.back_url), (self.get_title(), ""))  # type: ignore[attr-defined]


class MemberShow(OneMember, DetailPage):
    action = perms.MEMBER_SHOW
    template_name = "administration/member.html"

    def object(self) -> Any:
        self.member(self.kwargs["pk"])
        self.held = _here(self.person)
        return self.person

    @property
    def own(self) -> bool:
        return bool(self.person.pk == self.request.user.pk)

    def get_title(self) -> str:
        return str(self.person.get_full_name())

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _crumbs((self.get_title(), ""))

    def lead(self) -> str:
        if not self.held.open:
            return "Nie ma dostępu do tej organizacji. Wcześniejsze role zostają w historii."
        return f"Role tutaj: {_role_names(self.person)}."

    def facts(self) -> Iterable[tuple[str, Any]]:
        return [("Adres e-mail", self.person.email)]

    def actions(self) -> Sequence[Link]:
        held = {row.role for row in self.held.open}
        left = [role for role in roles_of(self.request.principal.place.kind) if role not in held]
        if self.own or not left:
            return []
        return [Link("Nadaj rolę", reverse("administration:role_add", args=[self.person.pk]), current=True)]

    def page(self) -> Mapping[str, Any]:
        today = self.held.today
        rows = []
        for row in reversed(self.held.roles):
            said = state_of(row, today=today)
            badge = Badge(said, BADGE_KINDS.get(said, "plain"))
            rows.append((row, badge, said in BADGE_KINDS and not self.own))
        return {
            **super().page(),
            "roles": rows,
            "own": self.own,
            "may_revoke": bool(self.held.open) and not self.own,
        }


class RoleAdd(OneMember, FormPage):
    action = perms.ROLE_ADD
    title = "Nadaj rolę"
    form_class = RoleForm
    submit = "Nadaj rolę"

    def object(self, *, lock: bool) -> None:
        self.member(self.kwargs["pk"])

    def lead(self) -> str:
        return f"{self.person.get_full_name()}. Nowa rola działa od wpisanego dnia."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"roles": roles_of(self.request.principal.place.kind)}

    def initial(self) -> Mapping[str, Any]:
        return {"since": clock.today()}

    def save(self, form: Any) -> Membership:
        typed = form.cleaned_data
        return services.add_role(
            user=self.person,
            organisation=self.organisation(),
            role=Role(typed["role"]),
            since=typed["since"],
            until=typed["until"],
            by=self.request.user,
        )

    def success(self, form: Any, result: Any) -> str:
        return f"Nadano rolę: {Role(result.role).label}."


class OneRole(OneMember):
    """What the pages of one role share. A role of another organisation is not found."""

    def role(self) -> Membership:
        rows = Membership.objects.filter(organisation_id=self.organisation_id).select_related("user")
        found: Membership = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found)
        self.take(found.user)
        return found


class RoleEdit(OneRole, FormPage):
    action = perms.ROLE_EDIT
    form_class = RoleDatesForm
    submit = "Zapisz daty"

    def object(self, *, lock: bool) -> Membership:
        return self.role()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Roles change one at a time in an organisation, and whoever waits too long is told so.

        The row itself is not locked here: its owner's own requests hold it (`services.promptly`).
        """
        try:
            with services.promptly():
                services.hold_organisation(self.organisation_id)
        except InputError as error:
            self.found = self.object(lock=False)
            form = self.make_form(request.POST)
            form.refuse(error)
            return self.show(form, version=request.POST.get("version", ""), status=422)
        return super().post(request, *args, **kwargs)

    def get_title(self) -> str:
        return f"Zmień daty roli: {Role(self.found.role).label}"

    def lead(self) -> str:
        return str(self.person.get_full_name())

    def initial(self) -> Mapping[str, Any]:
        return {"since": self.found.since, "until": self.found.until}

    def save(self, form: Any) -> Membership:
        typed = form.cleaned_data
        return services.change_role_dates(
            membership=self.found, since=typed["since"], until=typed["until"], by=self.request.user
        )

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano daty roli."


class RoleRevoke(OneRole, ConfirmPage):
    action = perms.ROLE_REVOKE
    verb = "Odbierz rolę"
    danger = True

    def object(self, *, lock: bool) -> Membership:
        return self.role()

    def get_title(self) -> str:
        return f"Odebrać rolę: {Role(self.found.role).label}?"

    def text(self) -> str:
        since = format_long_date(self.found.since)
        return (
            f"{self.person.get_full_name()}, rola od {since}. Odebranie działa od razu, także gdy ta osoba"
            " jest właśnie zalogowana. Rola zostaje w historii."
        )

    def perform(self) -> str:
        services.revoke_role(membership=self.found, by=self.request.user)
        return self.back_url

    def success(self) -> str:
        return f"Odebrano rolę: {Role(self.found.role).label}."


class MemberRevoke(OneMember, ConfirmPage):
    action = perms.MEMBER_REVOKE
    title = "Odebrać cały dostęp?"
    verb = "Odbierz dostęp"
    danger = True

    def object(self, *, lock: bool) -> Any:
        return self.member(self.kwargs["pk"])

    def text(self) -> str:
        return (
            f"{self.person.get_full_name()} straci wszystkie role w tej organizacji:"
            f" {_role_names(self.person)}. Działa od razu, także gdy ta osoba jest właśnie zalogowana."
        )

    def perform(self) -> str:
        self.count = services.revoke_member(
            user=self.person, organisation=self.organisation(), by=self.request.user
        )
        return self.back_url

    def success(self) -> str:
        return f"Odebrano dostęp: {counted(self.count, 'rola', 'role', 'ról')}."


class Matrix(Page):
    """Which role may do what, as the program itself asks it."""

    action = perms.MATRIX
    template_name = "administration/member_matrix.html"
    title = "Kto co może"

    @property
    def kind(self) -> OrganisationKind:
        """One's own kind; the operator, who answers for all of them, may look at each."""
        mine: OrganisationKind = self.request.principal.place.kind  # type: ignore[attr-defined]
        asked = self.request.GET.get("rodzaj", "")
        if mine is OrganisationKind.OPERATOR and asked in OrganisationKind.values:
            return OrganisationKind(asked)
        return mine

    def lead(self) -> str:
        return "Tabela powstaje z tych samych reguł, które program sprawdza przy każdym wejściu."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [_crumbs()[0], (self.title, "")]

    def page(self) -> Mapping[str, Any]:
        roles, groups = queries.matrix(self.kind)
        here = reverse("administration:matrix")
        kinds = [
            Link(kind.label, f"{here}?rodzaj={kind.value}", current=kind is self.kind)
            for kind in OrganisationKind
        ]
        chooses = self.request.principal.place.kind is OrganisationKind.OPERATOR  # type: ignore[attr-defined]
        return {
            "roles": [role.label for role in roles],
            "groups": groups,
            "kinds": kinds if chooses else [],
            "span": len(roles) + 1,
        }
