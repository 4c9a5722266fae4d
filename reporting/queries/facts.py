"""Files of the unit as they are counted, in as many queries for a thousand files as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from participants.enums import FollowUpState, Group
from participants.models import AnonymousFile, FollowUp, Participation, Period, PersonGroup, Referral
from participants.queries.participations.stage import NOT_FULFILLED
from participants.rules import stages
from participants.rules.codes import PeriodKind, UnitType
from reintegration.audit.models import Erasure
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reporting.models import Outcome
from reporting.rules import erased
from reporting.rules.facts import FileFacts, GroupSpan, ReferralFacts, Talk


def files(unit_type: UnitType, only: Iterable[UUID] | None = None) -> list[FileFacts]:
    """The facts of every file of the unit, or of some; six queries whatever their number."""
    rows = Participation.objects.annotate(
        erased=Exists(Erasure.objects.filter(subject_id=OuterRef("person_id")))
    )
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    found = list(
        rows.order_by("pk").values(
            "pk", "person_id", "opened_on", "ended_on", "end_reason", "destination", "certificate_on",
            "person__sex", "person__birth_date", "person__education", "referral__source", "erased",
        )
    )  # fmt: skip
    keys = [row["pk"] for row in found] if only is not None else None
    periods, talks = _periods(keys), _talks(keys)
    groups = _groups([row["person_id"] for row in found] if only is not None else None)
    outcomes = {
        key: noted
        for key, *noted in _of(Outcome.objects.all(), keys)
        .order_by("pk")
        .values_list("participation_id", "reached", "independent", "work")
    }
    known = [
        FileFacts(
            file=row["pk"],
            person=row["person_id"],
            unit_type=unit_type,
            opened_on=row["opened_on"],
            periods=tuple(periods[row["pk"]]),
            ended_on=row["ended_on"],
            end_reason=row["end_reason"],
            destination=row["destination"],
            certificate_on=row["certificate_on"],
            fulfilled=row["end_reason"] not in NOT_FULFILLED,
            sex=row["person__sex"],
            birth_date=row["person__birth_date"],
            education=row["person__education"],
            source=row["referral__source"] or "",
            groups=tuple(groups[row["person_id"]]),
            talks=tuple(talks[row["pk"]]),
            **_noted(*outcomes.get(row["pk"], ())),
            erased=row["erased"],
        )
        for row in found
    ]
    return known if only is not None else erased.deal(known, _kept())


def _noted(changes: int | None = None, independent: bool | None = None, work: str = "") -> dict[str, Any]:
    """What was looked at together at the end; nothing is known of a file of which nobody was asked."""
    return {"changes": changes, "independent": independent, "work": work}


def file_facts(file: Participation, unit_type: UnitType) -> FileFacts:
    (found,) = files(unit_type, [file.pk])
    return found


def referrals() -> list[ReferralFacts]:
    """What came to the unit, each on the day on which it was received."""
    came = Referral.objects.annotate(
        came_on=TruncDate(Coalesce("received_at", "sent_at"), tzinfo=clock.WARSAW)
    )
    rows = came.filter(came_on__isnull=False).order_by("pk").values_list("pk", "came_on", "sex", "source")
    return [ReferralFacts(*row) for row in rows]


def _kept() -> list[erased.Kept]:
    rows = AnonymousFile.objects.order_by("pk").values_list(
        "opened_month", "ended_month", "sex", "education", "end_reason", "destination", "groups_held", "ages"
    )
    return [erased.Kept.read(row) for row in rows]


def _of(rows: QuerySet[Any], keys: Sequence[UUID] | None) -> QuerySet[Any]:
    return rows if keys is None else rows.filter(participation__in=keys)


def _periods(keys: Sequence[UUID] | None) -> defaultdict[UUID, list[stages.Period]]:
    """The days on which a period really ran: an end makes it shorter."""
    found: defaultdict[UUID, list[stages.Period]] = defaultdict(list)
    rows = _of(Period.objects.filter(until__gte=F("since")), keys)
    for key, kind, since, until in rows.order_by("since", "pk").values_list(
        "participation_id", "kind", "since", "until"
    ):
        found[key].append(stages.Period(PeriodKind(kind), DateSpan(since, until)))
    return found


def _talks(keys: Sequence[UUID] | None) -> defaultdict[UUID, list[Talk]]:
    found: defaultdict[UUID, list[Talk]] = defaultdict(list)
    rows = _of(FollowUp.objects.filter(state=FollowUpState.DONE), keys)
    for key, day, situation in rows.order_by("held_on", "pk").values_list(
        "participation_id", "held_on", "situation"
    ):
        found[key].append(Talk(day, situation))
    return found


def _groups(people: Sequence[UUID] | None) -> defaultdict[UUID, list[GroupSpan]]:
    """Groups by their blind indexes: nothing is deciphered to be counted."""
    index: Any = PersonGroup._meta.get_field("code_index")
    codes = {bytes(index.fingerprint(one.value)): one.value for one in Group}
    found: defaultdict[UUID, list[GroupSpan]] = defaultdict(list)
    rows = PersonGroup.objects.filter(code_index__isnull=False).filter(
        Q(until__isnull=True) | Q(until__gte=F("since"))
    )
    if people is not None:
        rows = rows.filter(person__in=people)
    for person, code, main, since, until in rows.order_by("since", "pk").values_list(
        "person_id", "code_index", "main", "since", "until"
    ):
        known = codes.get(bytes(code))
        if known is not None:
            found[person].append(GroupSpan(known, main, DateSpan(since, until)))
    return found
