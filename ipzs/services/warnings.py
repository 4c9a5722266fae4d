"""Early warnings on the desk: raised once each, settled as soon as the reason is gone."""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse

from ipzs.enums import MarkKind
from ipzs.queries import warnings as queries
from ipzs.queries.warnings import Warned
from ipzs.rules.codes import AlertKind
from ipzs.rules.hours import week_of
from ipzs.warnings_kinds import KINDS
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.jobs.services import enqueue
from reintegration.notices.models import DeskTask
from reintegration.notices.services import raise_task, settle_task
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import current_scope

# Days of such a kind may make a sign true; presence does so only in a week that is over.
TELLING: Final = frozenset({MarkKind.UNEXCUSED, MarkKind.EXCUSED, MarkKind.SICK})
LOOK_JOB: Final = "ipzs.warnings_look"


def tells(kind: str, day: date) -> bool:
    """Whether a mark may be a sign of anything."""
    return kind in TELLING or day < week_of(clock.today()).first


def look_again(person_ids: Collection[UUID] | None = None, *, news: bool = False) -> None:
    """After a mark, a correction or a talk: what no longer holds leaves the desk at once, not in the morning.

    Nearly always nobody of them stands on a desk, and one question says so. Without persons everybody is
    looked at who stands on one. With `news` a job looks, as soon as this is committed, for what may hold
    now: whoever marks does not wait for it.
    """
    if news:
        persons = {} if person_ids is None else {"persons": sorted(person_ids)}
        enqueue(kind=LOOK_JOB, payload=persons)
    standing = open_tasks().order_by("pk")
    if person_ids is not None:
        standing = standing.filter(subject_id__in=person_ids)
    told = {key for key in standing.values_list("subject_id", flat=True) if key is not None}
    if told:
        refresh(today=clock.today(), person_ids=told)


def open_tasks() -> QuerySet[DeskTask]:
    kinds = [kind.key for kind in KINDS.values()]
    rows: QuerySet[DeskTask] = DeskTask.objects.filter(kind__in=kinds, settled_at__isnull=True)
    return rows


def refresh(*, today: date, person_ids: Collection[UUID] | None = None) -> int:
    """Bring the desks of this unit to what holds today; answers how many warnings stand."""
    found = queries.warnings(today=today, person_ids=person_ids)
    wanted = {(KINDS[one.alert.kind].key, key_of(one)): one for one in found}
    here = _working_here(today)
    standing = open_tasks().order_by("pk")
    if person_ids is not None:
        standing = standing.filter(subject_id__in=person_ids)
    for kind, key in standing.values_list("kind", "key"):
        if (kind, key) not in wanted:
            settle_task(kind=kind, key=key)
    for (kind, key), one in wanted.items():
        leader = one.file.case_manager_id
        raise_task(
            kind=kind,
            key=key,
            title=f"{KINDS[one.alert.kind].label}: {one.file.person}",
            text=one.alert.sentence,
            link=link_of(one),
            person_id=leader if leader in here else None,
            subject_id=one.file.person_id,
        )
    return len(wanted)


def key_of(one: Warned) -> str:
    """The same sign of the same day is one task, however often it is looked for."""
    return f"{one.file.pk}:{one.alert.day.isoformat()}"


def link_of(one: Warned) -> str:
    """The screen on which something is done about it."""
    kind = one.alert.kind
    if kind is AlertKind.ENDS_SOON:
        name = "ipzs:programme_show" if one.may_extend else "participants:file"
    elif kind is AlertKind.FEW_HOURS:
        url = reverse("ipzs:attendance_person", args=[one.file.pk])
        return f"{url}?miesiac={Month.of(one.alert.day)}"
    else:
        name = "ipzs:contact_add"
    return reverse(name, args=[one.file.pk])


def _working_here(today: date) -> set[object]:
    held = Membership.objects.active(today=today).filter(organisation_id=current_scope().organisation_id)
    people = get_user_model().objects.filter(is_active=True, pk__in=held.values("user"))
    return set(people.order_by("pk").values_list("pk", flat=True))
