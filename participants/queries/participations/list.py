"""The list of participants: who is here, in which stage, with whom, and what asks for attention."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from participants.enums import AgreementState, Group, Stage
from participants.models import (
    Agreement,
    IntakeSettings,
    Participation,
    PartnerRequest,
    Period,
    PersonGroup,
)
from participants.models.partner import OPEN
from participants.perms import CASE
from participants.queries.participations.stage import with_stage
from participants.rules.codes import UnitType
from reintegration.accounts.models import User
from reintegration.core import clock
from reintegration.tenancy.enums import UNIT_ROLES, Role
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import current_scope

IN_CARE = (Stage.CANDIDATE, Stage.TRIAL, Stage.MAIN, Stage.EXTENDED)


def list_page(*, today: date, unit_type: UnitType) -> QuerySet[Participation]:
    """Files with their persons and stages, in the Polish order of names."""
    rows = Participation.objects.select_related("person", "case_manager")
    found = with_stage(rows, today=today, unit_type=unit_type)
    asked = PartnerRequest.objects.filter(participation=OuterRef("pk"), state__in=OPEN).order_by()
    counted = asked.values("participation").annotate(count=Count("pk")).values("count")
    return found.annotate(
        contact_since=Coalesce("last_contact_on", "opened_on"), open_requests=Subquery(counted)
    ).order_by("person__name_order", "pk")


def in_care(rows: QuerySet[Participation], *, today: date) -> QuerySet[Participation]:
    """Those in one of the stages of care, said in plain columns, which the planner can estimate."""
    periods = Period.objects.filter(participation=OuterRef("pk"))
    return rows.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today),
        Exists(periods.filter(until__gte=today)) | ~Exists(periods),
    )


def of_group(rows: QuerySet[Participation], group: Group, *, today: date) -> QuerySet[Participation]:
    """Those whose person belongs to a group of art. 1 today; the code itself stays covered."""
    now = PersonGroup.objects.filter(Q(until__isnull=True) | Q(until__gte=today), code_index=group.value)
    return rows.filter(Exists(now.filter(person=OuterRef("person_id"))))


def without_contact(rows: QuerySet[Participation], *, today: date, days: int) -> QuerySet[Participation]:
    return rows.filter(ended_on__isnull=True, contact_since__lt=today - timedelta(days=days - 1))


def with_open_request(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Those for whom a partner was asked and has not helped yet."""
    return rows.filter(open_requests__gt=0)


def asked_partners(participation_id: UUID) -> list[str]:
    """Whom a file has asked and not yet heard out, by name."""
    rows = PartnerRequest.objects.filter(participation=participation_id, state__in=OPEN)
    names = rows.order_by("partner__name_order", "pk").values_list("partner__name", flat=True)
    return list(dict.fromkeys(names))


def agreement_late(rows: QuerySet[Participation], *, today: date) -> QuerySet[Participation]:
    late = Agreement.objects.filter(state=AgreementState.ASKED, due_on__lt=today)
    return rows.filter(Exists(late.filter(participation=OuterRef("pk"))))


def unsigned(today: date, unit_type: UnitType) -> tuple[str, Q]:
    """The first of the missing papers; other rooms add theirs in the slot "participants.missing_papers"."""
    paper = "program" if unit_type is UnitType.CIS else "kontrakt"
    return f"{paper} bez podpisu", Q(programme_signed_on__isnull=True, ended_on__isnull=True)


def not_agreed(today: date) -> tuple[str, Q]:
    """An agreement is of the newest version or of none: a newer one replaces or awaits its own answer.

    The newest one is asked for file by file, because whoever joins them all compares each with each.
    """
    newest = Agreement.objects.filter(unit=OuterRef("unit"), participation=OuterRef("pk")).order_by(
        "-version"
    )
    state = Coalesce(Subquery(newest.values("state")[:1]), Value(""))
    agreed = Exact(state, AgreementState.AGREED)
    missing = Q(programme_signed_on__isnull=False, ended_on__isnull=True) & ~Q(agreed)
    return "program bez uzgodnienia", missing


def asked_terms() -> QuerySet[IntakeSettings]:
    """The terms of intake, for those who ask for them together with something else."""
    found: QuerySet[IntakeSettings] = IntakeSettings.objects.order_by("pk")[:1]
    return found


def terms(found: Iterable[IntakeSettings] | None = None) -> IntakeSettings:
    """What the unit has set, or what holds until it does."""
    return next(iter(asked_terms() if found is None else found), IntakeSettings())


def colleagues(roles: frozenset[Role] = UNIT_ROLES) -> QuerySet[User]:
    """Who works in the unit today in one of the roles."""
    here = Membership.objects.active(today=clock.today()).filter(
        organisation_id=current_scope().organisation_id, role__in=roles
    )
    return User.objects.filter(pk__in=here.values("user_id"), is_active=True).order_by(
        "last_name", "first_name", "pk"
    )


def leaders() -> QuerySet[User]:
    """Who may lead a file."""
    return colleagues(CASE)


def led_by(user_id: UUID) -> QuerySet[Participation]:
    """The open files of one worker, by name."""
    rows: QuerySet[Participation] = Participation.objects.select_related("person").filter(
        case_manager=user_id, ended_on__isnull=True
    )
    return rows.order_by("person__name_order", "pk")


def days_without_contact(row: Participation, *, today: date) -> int:
    return (today - (row.last_contact_on or row.opened_on)).days
