"""What screens read of tasks and notices."""

from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from reintegration.notices.enums import ByMail, Urgency
from reintegration.notices.models import DeskTask, MailPreference, Notice
from reintegration.notices.registry import NOTICES, NoticeKind
from reintegration.notices.rules import AHEAD, IN_CHARGE
from reintegration.tenancy.models import Membership
from reintegration.tenancy.principal import Principal

_URGENCY = Case(
    When(urgency=Urgency.BAD, then=Value(0)),
    When(urgency=Urgency.WARN, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def tasks_of(principal: Principal, *, today: date) -> QuerySet[DeskTask]:
    """Open tasks of this person or of a role held here, due within the week; the most urgent first.

    What lies on the desk of somebody who has left is found by whoever is in charge.
    """
    mine = Q(person=principal.user_id) | Q(roles__overlap=sorted(principal.roles))
    if not IN_CHARGE.isdisjoint(principal.roles):
        members = Membership.objects.active(today=today).filter(user__is_active=True)
        here = members.filter(user=OuterRef("person"), organisation=OuterRef("organisation"))
        mine |= Q(~Exists(here), person__isnull=False)
    near = Q(due_on__isnull=True) | Q(due_on__lte=today + AHEAD)
    rows: QuerySet[DeskTask] = DeskTask.objects.filter(mine, near, settled_at__isnull=True)
    return rows.order_by(_URGENCY, "due_on", "pk")


def waiting_of(principal: Principal, *, today: date) -> QuerySet[DeskTask]:
    """What the number in the navigation counts: for today, and missing."""
    return tasks_of(principal, today=today).filter(Q(due_on__isnull=True) | Q(due_on__lte=today))


def notices_of(principal: Principal) -> QuerySet[Notice]:
    rows: QuerySet[Notice] = Notice.objects.filter(recipient=principal.user_id)
    return rows.order_by("-created_at", "-pk")


def unread_of(principal: Principal) -> QuerySet[Notice]:
    return notices_of(principal).filter(read_at__isnull=True)


def preferences_of(principal: Principal) -> list[tuple[NoticeKind, bool]]:
    """The kinds this person can receive by mail here, and whether they do."""
    rows: Any = MailPreference.objects.filter(person=principal.user_id)
    wishes = dict(rows.order_by("kind").values_list("kind", "by_mail"))
    found = []
    for kind in sorted(NOTICES.values(), key=lambda one: one.title):
        concerns = not kind.roles or bool(kind.roles & principal.roles)
        # About the account itself, to a partner, to whoever has no account: there is nothing to choose.
        elsewhere = kind.outside or (kind.personal and kind.by_mail is ByMail.ALWAYS)
        if concerns and not elsewhere and kind.by_mail is not ByMail.NEVER:
            usual = kind.by_mail in (ByMail.ALWAYS, ByMail.ON)
            found.append((kind, usual if kind.by_mail is ByMail.ALWAYS else wishes.get(kind.key, usual)))
    return found
