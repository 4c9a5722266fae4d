"""What the screens of settings and of the operator read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, Collate

from reintegration.accounts.models import Invitation, User
from reintegration.administration.perms import LEADS
from reintegration.administration.rules import week_in_words
from reintegration.core import clock
from reintegration.core.calendar_pl import public_holidays
from reintegration.core.dates import DateSpan
from reintegration.core.sql import PolishOrder, SearchKey
from reintegration.tenancy.actions import REGISTRY, Action, Audience
from reintegration.tenancy.enums import ROLES_OF_KIND, OrganisationKind, Role
from reintegration.tenancy.models import (
    ClosedDay,
    Founder,
    Membership,
    Organisation,
    Site,
    StaffMember,
    UnitAccount,
    UnitCalendar,
)
from reintegration.tenancy.scope import OPERATOR_ID


def sites() -> QuerySet[Site]:
    """The places of the current unit, in Polish order."""
    rows: QuerySet[Site] = Site.objects.order_by("name_order", "pk")
    return rows


def staff() -> QuerySet[StaffMember]:
    """The unit's register of staff and volunteers."""
    rows: QuerySet[StaffMember] = StaffMember.objects.order_by("name_order", "pk")
    return rows


def namesakes(first_name: str, last_name: str, *, besides: StaffMember | None = None) -> list[StaffMember]:
    """Rows of the register with this name, or held for the same person; they may be of one or of several."""
    like = Q(first_name__iexact=first_name, last_name__iexact=last_name)
    if besides is None:
        rows = StaffMember.objects.filter(like)
    else:
        rows = StaffMember.objects.filter(like | Q(person_key=besides.person_key)).exclude(pk=besides.pk)
    return list(rows.order_by("since", "pk"))


# The operator's


def organisations() -> QuerySet[Organisation]:
    """Every organisation but the operator's own, with its subtype and whether somebody answers for it."""
    leads = Membership.objects.active(today=clock.today()).filter(organisation=OuterRef("pk"), role__in=LEADS)
    return (
        Organisation.objects.exclude(kind=OrganisationKind.OPERATOR)
        .annotate(
            subtype=Coalesce(F("unit__unit_type"), F("referringbody__body_type"), output_field=CharField()),
            has_lead=Exists(leads),
        )
        .order_by("name_order", "pk")
    )


def founders() -> QuerySet[Founder]:
    return Founder.objects.annotate(unit_count=Count("units")).order_by("name_order", "pk")


def waiting_invitations(organisation_id: UUID) -> QuerySet[Invitation]:
    """Sent and neither used nor withdrawn; some may have run out."""
    rows = Invitation.objects.open().filter(organisation_id=organisation_id)
    return rows.order_by("-created_at", "-pk")


def waiting_leads(organisation_id: UUID) -> QuerySet[Invitation]:
    """Those that an operator sent; whom an organisation invites itself is its own affair."""
    operators = Membership.objects.filter(organisation_id=OPERATOR_ID).values("user")
    return waiting_invitations(organisation_id).filter(invited_by__in=operators)


# Members


@dataclass(frozen=True, slots=True)
class RolesHere:
    """A person's roles in one organisation: those that count today, to come, and those over."""

    roles: Sequence[Membership]
    today: date

    @property
    def active(self) -> list[Membership]:
        return [row for row in self.roles if state_of(row, today=self.today) == ACTIVE]

    @property
    def open(self) -> list[Membership]:
        """Roles that hold or will hold."""
        return [row for row in self.roles if state_of(row, today=self.today) in {ACTIVE, COMING}]


ACTIVE, COMING, OVER, REVOKED = "czynna", "od przyszłego dnia", "zakończona", "odebrana"


def lasting(*, today: date) -> Q:
    """Memberships that hold or will hold: neither revoked nor over."""
    return (Q(until__isnull=True) | Q(until__gte=today)) & Q(revoked_at__isnull=True)


def state_of(row: Membership, *, today: date) -> str:
    if row.revoked_at is not None:
        return REVOKED
    if row.until is not None and row.until < today:
        return OVER
    return COMING if row.since > today else ACTIVE


def members(organisation_id: UUID, *, today: date) -> QuerySet[User]:
    """Everybody who has or had a role here, in Polish order; their roles stand in `held_here`."""
    here = Membership.objects.filter(organisation_id=organisation_id)
    mine = here.filter(user=OuterRef("pk"))
    lasting_here = mine.filter(lasting(today=today))
    return (
        User.objects.filter(Exists(mine))
        .annotate(
            has_access=Exists(mine.active(today=today)),
            roles=ArraySubquery(lasting_here.order_by("role").values("role")),
            last_key=SearchKey("last_name", "first_name"),
            first_key=SearchKey("first_name", "last_name"),
            in_order=Collate(PolishOrder(F("last_name"), F("first_name")), "C"),
        )
        .prefetch_related(Prefetch("memberships", here.order_by("since", "pk"), to_attr="held_here"))
        .order_by("in_order", "pk")
    )


# Who may do what


@dataclass(frozen=True, slots=True)
class MatrixLine:
    action: Action
    marks: Sequence[bool]


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    key: str
    title: str
    lines: Sequence[MatrixLine]


def matrix(kind: OrganisationKind) -> tuple[list[Role], list[MatrixGroup]]:
    """The actions that members of such an organisation can perform, by room, against its roles."""
    roles = [role for role in Role if role in ROLES_OF_KIND[kind]]
    lines: dict[str, list[MatrixLine]] = {}
    for action in sorted(REGISTRY.values(), key=lambda one: one.label):
        if action.audience is Audience.MEMBERS and action.roles & set(roles):
            room = action.name.split(".")[0]
            lines.setdefault(room, []).append(MatrixLine(action, [role in action.roles for role in roles]))
    groups = [MatrixGroup(room, _title(room), found) for room, found in lines.items()]
    return roles, sorted(groups, key=lambda group: group.title)


def _title(room: str) -> str:
    found = str(apps.get_app_config(room).verbose_name)
    return found[:1].upper() + found[1:]


# Calendar and account


@dataclass(frozen=True, slots=True)
class Week:
    """A layout of the week, and the last day before the next one."""

    row: UnitCalendar
    until: date | None

    @property
    def words(self) -> str:
        return week_in_words(self.row.weekdays)


@dataclass(frozen=True, slots=True)
class Year:
    current: Week | None
    coming: Sequence[Week]
    past: Sequence[Week]
    closed: Sequence[ClosedDay]
    holidays: Sequence[tuple[date, str]]


def calendar_of(year: int, *, today: date) -> Year:
    """The unit's weeks, and the days of a year on which it has no classes."""
    weeks = list(UnitCalendar.objects.order_by("since"))
    ends = [row.since for row in weeks[1:]]
    spans = [
        Week(row, date.fromordinal(ends[number].toordinal() - 1) if number < len(ends) else None)
        for number, row in enumerate(weeks)
    ]
    begun = [week for week in spans if week.row.since <= today]
    span = DateSpan(date(year, 1, 1), date(year, 12, 31))
    return Year(
        current=begun[-1] if begun else None,
        coming=[week for week in spans if week.row.since > today],
        past=begun[:-1][::-1],
        closed=list(ClosedDay.objects.filter(day__range=(span.first, span.last)).order_by("day")),
        holidays=list(public_holidays(span).items()),
    )


def accounts() -> QuerySet[UnitAccount]:
    """The unit's bank accounts, the newest first."""
    rows: QuerySet[UnitAccount] = UnitAccount.objects.order_by("-since")
    return rows


def account_on(day: date) -> UnitAccount | None:
    """The account from which the unit pays on a day."""
    return accounts().filter(since__lte=day).first()
