"""The registers on a day: what stood in them then, for the office and for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.models import Organisation, Unit
from reintegration.tenancy.scope import current_scope
from reporting.enums import DecisionKind, Standing
from reporting.models import EntryNote, EntryVersion, RegisterEntry, StatusAppeal, StatusDecision
from reporting.rules import registers as rules

TERMS = (DecisionKind.GRANTED, DecisionKind.PROLONGED, DecisionKind.ENTERED)
ENDS = (DecisionKind.LOST, DecisionKind.DELETED)


def voivodeship() -> str:
    """The voivodeship of the office that works now."""
    found: str = Organisation.objects.values_list("voivodeship", flat=True).get(
        pk=current_scope().organisation_id
    )
    return found


def data_on(day: date, *, public: bool = False, ahead: Any = None) -> QuerySet[Any]:
    """The data of every entry as they stood on a day, without what was decided.

    Of the entries `ahead` that came into the register after the day there is what they said first.
    """
    versions = EntryVersion.public if public else EntryVersion.objects
    later = versions.filter(entry=OuterRef("entry"), since__gt=OuterRef("since"), since__lte=day)
    wanted = Q(~Exists(later), since__lte=day)
    if ahead is not None:
        earlier = versions.filter(entry=OuterRef("entry"), since__lt=OuterRef("since"))
        wanted |= Q(~Exists(earlier), since__gt=day, entry__in=ahead)
    rows: QuerySet[Any] = versions.filter(wanted).select_related("entry")
    return rows


def standing_ends(decisions: QuerySet[Any]) -> QuerySet[Any]:
    """Losses and deletions that were not reversed; what reverses one is as public as it is."""
    return decisions.filter(~Exists(StatusDecision.public.filter(reverses=OuterRef("pk"))), kind__in=ENDS)


def as_rules(rows: Iterable[StatusDecision]) -> list[rules.Decided]:
    """All that was decided about an entry, as the rules read it."""
    known = list(rows)
    gone = {row.reverses_id for row in known}
    return [
        rules.Decided(rules.DecisionKind(row.kind), row.since, row.until, reversed=row.pk in gone)
        for row in known
    ]


def known_on(day: date) -> Q:
    """Decisions that were made until a day; one whose own day is not known counts from its first day."""
    return Q(decided_on__lte=day) | Q(decided_on__isnull=True, since__lte=day)


def on_day(day: date, *, public: bool = False, ahead: Any = None) -> QuerySet[Any]:
    """What every entry said on a day, each with its standing: the rule `standing_on`, said in SQL.

    `first_on` is the day of the first term, `given_on` that of the decision about it, `valid_until` the end
    of the last one known on the day.
    """
    decisions = StatusDecision.public if public else StatusDecision.objects
    of_entry = decisions.filter(entry=OuterRef("entry"))
    begun = of_entry.filter(kind__in=TERMS).order_by("since", "pk")
    ended = standing_ends(of_entry).filter(since__lte=day).order_by("since", "pk")
    covering = of_entry.filter(Q(until__isnull=True) | Q(until__gte=day), kind__in=TERMS, since__lte=day)
    rows: QuerySet[Any] = data_on(day, public=public, ahead=ahead)
    if public:
        rows = rows.filter(entry__published=True)
    return rows.annotate(
        first_on=Subquery(begun.values("since")[:1]),
        given_on=Subquery(begun.filter(known_on(day)).values("decided_on")[:1]),
        granted_on=Subquery(begun.filter(known_on(day)).order_by("-since").values("decided_on")[:1]),
        valid_until=Subquery(begun.filter(known_on(day)).order_by("-since", "-pk").values("until")[:1]),
        ended_on=Subquery(ended.values("since")[:1]),
        ended_as=Subquery(ended.values("kind")[:1]),
        running=Exists(covering),
    ).annotate(
        standing=Case(
            When(ended_as=DecisionKind.LOST, then=Value(Standing.LOST.value)),
            When(ended_as=DecisionKind.DELETED, then=Value(Standing.DELETED.value)),
            When(Q(first_on__isnull=True) | Q(first_on__gt=day), then=Value(Standing.AHEAD.value)),
            When(running=True, then=Value(Standing.ACTIVE.value)),
            default=Value(Standing.EXPIRED.value),
            output_field=CharField(),
        ),
    )


def decided_on_day(day: date) -> QuerySet[Any]:
    """What the office knows of every entry on a day: besides what is public, by which decisions it stands."""
    of_entry = StatusDecision.objects.filter(entry=OuterRef("entry"))
    begun = of_entry.filter(known_on(day), kind__in=TERMS).order_by("-since", "-pk")
    ended = standing_ends(of_entry).filter(since__lte=day).order_by("since", "pk")
    return on_day(day).annotate(
        decision_number=Subquery(begun.values("number")[:1]),
        end_reason=Subquery(ended.values("reason")[:1]),
        end_number=Subquery(ended.values("number")[:1]),
    )


def register(unit_type: UnitType, day: date) -> QuerySet[Any]:
    """The office's own register of one kind on a day."""
    return decided_on_day(day).filter(entry__unit_type=unit_type).order_by("name_order", "pk")


def running_out(today: date, until: date) -> QuerySet[Any]:
    """CIS whose status runs out by a day, the nearest first."""
    rows = decided_on_day(today).filter(entry__unit_type=UnitType.CIS, standing=Standing.ACTIVE)
    return rows.filter(valid_until__lte=until).order_by("valid_until", "name_order", "pk")


def powiats(unit_type: UnitType) -> list[str]:
    """The powiats that the office's register names, to choose from."""
    rows = EntryVersion.objects.filter(entry__unit_type=unit_type).exclude(powiat="")
    return sorted(set(rows.order_by("powiat").values_list("powiat", flat=True)))


@dataclass(frozen=True, slots=True)
class History:
    """Everything that was ever said and decided about an entry."""

    entry: RegisterEntry
    versions: list[EntryVersion]
    decisions: list[StatusDecision]
    notes: list[EntryNote]
    appeals: list[StatusAppeal]

    @property
    def latest(self) -> EntryVersion:
        return self.versions[-1]


def history(entry: RegisterEntry) -> History:
    return History(
        entry,
        list(EntryVersion.objects.filter(entry=entry).order_by("since", "pk")),
        list(StatusDecision.objects.filter(entry=entry).order_by("since", "pk")),
        list(EntryNote.objects.filter(entry=entry).select_related("made_by").order_by("day", "pk")),
        list(StatusAppeal.objects.filter(decision__entry=entry).order_by("lodged_on", "pk")),
    )


def end_of(entry: RegisterEntry) -> StatusDecision | None:
    """The loss or the deletion by which an entry is over."""
    found: StatusDecision | None = standing_ends(StatusDecision.objects.filter(entry=entry)).first()
    return found


def appeals_of_refusal(application_id: UUID) -> list[StatusAppeal]:
    return list(StatusAppeal.objects.filter(application=application_id).order_by("lodged_on", "pk"))


def units_to_link(entry_type: str) -> QuerySet[Unit]:
    """Units of the voivodeship that no entry is linked to."""
    taken = RegisterEntry.objects.filter(joined__isnull=False).values("joined")
    return (
        Unit.objects.filter(
            unit_type=entry_type,
            organisation__voivodeship=voivodeship(),
            organisation__closed_on__isnull=True,
        )
        .exclude(pk__in=taken)
        .select_related("organisation")
        .order_by("organisation__name_order", "pk")
    )


def entries_for(unit: Unit, day: date) -> QuerySet[Any]:
    """The entries at which a report of a unit may stand that stands at none: its own that is nearest to a
    day, or, of a unit that has none in this register, those that are nobody's."""
    named = EntryVersion.objects.filter(entry=OuterRef("pk")).order_by("-since", "pk")
    rows = RegisterEntry.objects.filter(unit_type=unit.unit_type)
    rows = rows.annotate(name=Subquery(named.values("name")[:1])).order_by("name", "pk")
    decided: dict[UUID, list[StatusDecision]] = {
        one.pk: [] for one in rows.filter(of_unit(unit.pk)).order_by("pk")
    }
    if not decided:
        return rows.filter(joined=None, former=None)
    for one in StatusDecision.objects.filter(entry__in=decided).order_by("since", "pk"):
        decided[one.entry_id].append(one)
    return rows.filter(pk=min(decided, key=lambda pk: rules.days_from(as_rules(decided[pk]), day)))


def of_unit(unit_id: UUID, path: str = "") -> Q:
    """The entries of a unit: the one that is linked to it, and those whose status was over before."""
    return Q(**{f"{path}joined": unit_id}) | Q(**{f"{path}former": unit_id})


def entry_of_unit(unit_id: UUID, day: date) -> Any:
    """What the register of its voivodeship says on a day of the unit that is linked to an entry; a unit reads
    it like everybody."""
    rows = on_day(day, public=True).filter(entry__joined=unit_id)
    return rows.filter(entry__organisation__voivodeship=F("entry__joined__organisation__voivodeship")).first()


def entry_on(unit_id: UUID, day: date, *, office_id: UUID | None = None) -> Any:
    """What a register said on a day of a unit, by all entries that are or were its own: of one that stood
    rather than of one that was over, then of its own voivodeship. An office that is named is asked alone.
    """
    rows = on_day(day, public=True).filter(of_unit(unit_id, "entry__"))
    if office_id is not None:
        rows = rows.filter(entry__organisation=office_id)
    here = Organisation.objects.filter(pk=unit_id).values("voivodeship")
    return rows.order_by(
        Case(When(standing=Standing.ACTIVE, then=0), default=1),
        Case(When(entry__organisation__voivodeship=Subquery(here), then=0), default=1),
        Case(When(entry__joined=unit_id, then=0), default=1),
        F("first_on").desc(nulls_last=True),
        "pk",
    ).first()
