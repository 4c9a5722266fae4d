"""The unit's statistics: every figure of `rules.definitions` in one span, and in another to compare with."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from ipzs.enums import MarkKind, MeetingState, WorkshopKind
from ipzs.models import ClassPresence, DayMark, Workshop, WorkshopPlace
from ipzs.queries.spent import LESSON, counselling
from participants.enums import Destination, Education, EndReason, Group, ReferralSource
from participants.models import Participation
from participants.queries.participations import end_label
from participants.rules.codes import UnitType
from reintegration.core.dates import DateSpan
from reintegration.core.money import ZERO
from reporting.enums import WorkForm
from reporting.queries import facts
from reporting.queries.paid import Paid, paid
from reporting.rules import statistics
from reporting.rules.definitions import FIGURES, Figure
from reporting.rules.facts import FileFacts, ReferralFacts, women_and_men

_TENTH: Final = Decimal("0.1")
UNKNOWN: Final = "nie wiadomo"
_STEPS: Final = {
    "all": "brało udział",
    "new": "w tym zaczęło w okresie",
    "earlier": "w tym zaczęło wcześniej",
    "referred": "skierowano",
    "started": "zaczęło zajęcia",
    "qualified": "zakwalifikowano po okresie próbnym",
    "left": "zakończyło udział",
    "graduated": "zostało absolwentem",
    "employed": "zakończyło z pracą",
    "still_employed": "pracuje także pół roku później",
    "employment": "efekt zatrudnieniowy",
    "social": "efekt społeczny",
    "both": "oba efekty",
    "independent": "utrzymuje się bez pomocy społecznej",
    "not_asked": "bez zapisanych efektów społecznych",
}
_AGES: Final = {
    "15": "do 24 lat", "25": "25–34 lata", "35": "35–44 lata",
    "45": "45–54 lata", "55": "55–64 lata", "65": "65 lat i więcej",
}  # fmt: skip
# Of the open market the contract is asked; the other kinds are said by where somebody went.
_WORK: Final = {
    **{one.value: one.label for one in (WorkForm.EMPLOYMENT, WorkForm.CIVIL)},
    Destination.OPEN_MARKET.value: "otwarty rynek pracy, bez wpisanej umowy",
    **{
        one.value: one.label
        for one in (Destination.SUPPORTED, Destination.COOPERATIVE, Destination.BUSINESS, WorkForm.INTERNSHIP)
    },
}
# Tables whose rows always stand, in the order of their choices; in the others rows without anybody fall out.
_WHOLE: Final = frozenset({"age", "education"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is, women and men where people are counted, the whole, and the span before."""

    key: str
    label: str
    value: Decimal | int
    before: Decimal | int | None
    women: int | None = None
    men: int | None = None
    share: Decimal | None = None

    @property
    def change(self) -> Decimal | int | None:
        return None if self.before is None else self.value - self.before


@dataclass(frozen=True, slots=True)
class Table:
    figure: Figure
    rows: tuple[Row, ...]
    total: Row | None = None
    # Rows that name people of the unit: who was counted may be looked at.
    listed: bool = False

    @property
    def empty(self) -> bool:
        return not any(row.value or row.before for row in self.rows)


@dataclass(frozen=True, slots=True)
class Report:
    span: DateSpan
    other: DateSpan | None
    unit_type: UnitType
    tables: tuple[Table, ...]

    def table(self, key: str) -> Table:
        return next(one for one in self.tables if one.figure.key == key)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the people of a unit are counted from, read once for as many spans as are wanted."""

    files: list[FileFacts]
    referrals: list[ReferralFacts]

    @classmethod
    def of(cls, unit_type: UnitType) -> "Gathered":
        return cls(facts.files(unit_type), facts.referrals())


def report(
    unit_type: UnitType, span: DateSpan, other: DateSpan | None, gathered: Gathered | None = None
) -> Report:
    """Everything about one span, compared with another; as many queries for ten people as for a thousand."""
    found = _people(unit_type, span, other, gathered or Gathered.of(unit_type))
    found += [_attendance(span, other)]
    if unit_type is UnitType.CIS:
        found.append(_benefits(span, other))
    found += [_services(span, other), _places(span, other)]
    order = list(FIGURES)
    return Report(span, other, unit_type, tuple(sorted(found, key=lambda one: order.index(one.figure.key))))


def counted_people(unit_type: UnitType, span: DateSpan, figure: str, line: str) -> QuerySet[Participation]:
    """The files of those whom one cell counts: of each person the newest."""
    found = statistics.count(facts.files(unit_type), (), span).get(figure)
    people = found.line(line) if found is not None and line != "referred" else frozenset()
    rows: QuerySet[Participation] = Participation.objects.filter(person__in=people)
    newest = rows.order_by("person", "-opened_on", "-pk").distinct("person").values("pk")
    return Participation.objects.filter(pk__in=newest).select_related("person")  # type: ignore[no-any-return]


# People


def _people(unit_type: UnitType, span: DateSpan, other: DateSpan | None, gathered: Gathered) -> list[Table]:
    files, came = gathered.files, gathered.referrals
    sexes = women_and_men(files, came)
    now = statistics.count(files, came, span)
    before = statistics.count(files, came, other) if other is not None else {}
    return [_table(unit_type, one, before.get(key), sexes) for key, one in now.items()]


def _table(
    unit_type: UnitType,
    now: statistics.Counted,
    before: statistics.Counted | None,
    sexes: dict[UUID, str],
) -> Table:
    figure = FIGURES[now.figure]
    labels = _labels(unit_type, now.figure)
    keys = [one.key for one in now.lines] + [one.key for one in (before.lines if before else ())]
    held = set(keys)
    order = [key for key in labels if key in held or now.figure in _WHOLE]
    order += [key for key in dict.fromkeys(keys) if key not in labels]

    def row(key: str, label: str, people: frozenset[UUID], earlier: frozenset[UUID] | None) -> Row:
        women = sum(sexes.get(one) == "F" for one in people)
        men = sum(sexes.get(one) == "M" for one in people)
        return Row(key, label, len(people), None if earlier is None else len(earlier), women, men)

    rows = tuple(
        row(key, labels.get(key, UNKNOWN), now.line(key), before.line(key) if before else None)
        for key in order
    )
    total = row("", "Razem", now.total, before.total if before else None) if figure.parts else None
    return Table(figure, rows, total, listed=True)


def _labels(unit_type: UnitType, figure: str) -> dict[str, str]:
    """What the rows of a figure are called, in their order."""
    if figure in {"group_main", "group_any"}:
        return {one.value: one.label for one in Group}
    if figure in {"destination", "situation"}:
        return {one.value: one.label for one in Destination}
    return {
        "age": _AGES,
        "work": _WORK,
        "education": {one.value: one.label for one in Education},
        "source": {
            **{one.value: one.label for one in ReferralSource},
            statistics.NO_REFERRAL: "bez skierowania",
        },
        "end_reason": {one.value: end_label(one.value, unit_type) for one in EndReason},
    }.get(figure, _STEPS)


def in_order(unit_type: UnitType, figure: str, lines: Iterable[str]) -> list[str]:
    """Rows of a figure in the order in which every table has them; what has no place comes last."""
    order = list(_labels(unit_type, figure))
    return sorted(lines, key=lambda one: (order.index(one) if one in order else len(order), one))


def label_of(unit_type: UnitType, figure: str, line: str) -> str:
    return _labels(unit_type, figure).get(line, UNKNOWN)


# Days, hours, money, places


def _both(span: DateSpan, other: DateSpan | None, column: str) -> list[Q]:
    return [Q(**{f"{column}__range": (one.first, one.last)}) for one in (span, other) if one is not None]


def _pair(values: Sequence[Decimal | int | None]) -> tuple[Decimal | int, Decimal | int | None]:
    now, *before = [value or 0 for value in values]
    return now, before[0] if before else None


def _attendance(span: DateSpan, other: DateSpan | None) -> Table:
    """Marks by their kind; the share is of the days on which the unit worked."""
    wanted = _both(span, other, "day")
    totals = {f"at{number}": Count("pk", filter=one) for number, one in enumerate(wanted)}
    rows = DayMark.objects.filter(_any(wanted)).order_by("kind").values_list("kind").annotate(**totals)
    days = {kind: values for kind, *values in rows}
    worked = sum(values[0] for kind, values in days.items() if kind != MarkKind.CLOSED)
    found = []
    for kind in MarkKind:
        now, before = _pair(days.get(kind.value, [0] * len(wanted)))
        share = _share(int(now), worked) if kind != MarkKind.CLOSED else None
        if now or before:
            found.append(Row(kind.value, kind.label, now, before, share=share))
    return Table(FIGURES["attendance"], tuple(found), _sum(found, compared=other is not None))


def _benefits(span: DateSpan, other: DateSpan | None) -> Table:
    """Sums of what was paid in the span, as the annual report counts it, and what reached people."""
    spans = [one for one in (span, other) if one is not None]
    found = paid(spans)

    def row(key: str, label: str, amount: Callable[[Paid, DateSpan], Decimal]) -> Row:
        now, before = _pair([sum((amount(one, span) for one in found), ZERO) for span in spans])
        return Row(key, label, now, before)

    def part(name: str) -> Callable[[Paid, DateSpan], Decimal]:
        return lambda one, span: one.within(span).get(name, ZERO)

    rows = (
        row("benefit", "świadczenia integracyjne", part("benefit")),
        row("corrected", "wyrównania za wcześniejsze miesiące", part("corrected")),
        row("premium", "motywacyjne premie integracyjne", part("premium")),
        row("tax", "podatek, który odjęto", lambda one, span: one.tax if one.listed_on in span else ZERO),
    )
    return Table(FIGURES["benefits"], rows, row("", "Wypłacono osobom", Paid.reached_within))


def _services(span: DateSpan, other: DateSpan | None) -> Table:
    """Hours of classes that were held, by service, and counselling from the card beside them."""
    wanted = _both(span, other, "day")
    sums = {f"at{number}": Coalesce(Sum("hours", filter=one), ZERO) for number, one in enumerate(wanted)}
    rows = (
        ClassPresence.objects.filter(_any(wanted), meeting__state=MeetingState.HELD)
        .order_by("meeting__service__name_order", "meeting__service__pk")
        .values_list("meeting__service__pk", "meeting__service__name")
        .annotate(**sums)
    )
    found = [Row(str(key), name, *_pair(values)) for key, name, *values in rows]
    talks = _pair([_talks(one) for one in (span, other) if one is not None])
    if any(talks):
        found.append(Row("talks", "doradztwo z karty usług", *talks))
    return Table(FIGURES["services"], tuple(found), _sum(found, compared=other is not None))


def _talks(span: DateSpan) -> Decimal:
    minutes = counselling(span).aggregate(total=Coalesce(Sum("minutes"), 0))["total"]
    return (Decimal(minutes) / LESSON).quantize(_TENTH, ROUND_HALF_UP)


def _places(span: DateSpan, other: DateSpan | None) -> Table:
    """Workshops with their places and how many were taken on the average."""
    shops = list(
        Workshop.objects.exclude(kind=WorkshopKind.GROUP)
        .order_by("name_order", "pk")
        .values_list("pk", "name", "places", "opened_on", "closed_on")
    )
    taken: defaultdict[UUID, list[DateSpan]] = defaultdict(list)
    rows = WorkshopPlace.objects.annotate(ended=F("participation__ended_on")).order_by("since", "pk")
    for shop, since, until, ended in rows.values_list("workshop_id", "since", "until", "ended"):
        last = min((day for day in (until, ended) if day is not None), default=None)
        if last is None or last >= since:
            taken[shop].append(DateSpan(since, last))
    found = []
    for key, name, places, opened, closed in shops:
        values = [_average(taken[key], opened, closed, one) for one in (span, other) if one is not None]
        if any(value is not None for value in values):
            now, before = _pair(values)
            share = _share(now, places) if places else None
            label = f"{name}, miejsc: {places}" if places else name
            found.append(Row(str(key), label, now, before, share=share))
    return Table(FIGURES["places"], tuple(found))


def _average(taken: Iterable[DateSpan], opened: date, closed: date | None, span: DateSpan) -> Decimal | None:
    """On the average of the days on which the workshop was open; nothing when it was not."""
    days = DateSpan(opened, closed).clip(span)
    return statistics.on_average(taken, days) if days is not None else None


def _any(wanted: Sequence[Q]) -> Q:
    found = wanted[0]
    for one in wanted[1:]:
        found |= one
    return found


def _share(part: Decimal | int, whole: int) -> Decimal | None:
    return (Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None


def _sum(rows: Sequence[Row], *, compared: bool) -> Row:
    before = sum((row.before or 0 for row in rows), Decimal(0)) if compared else None
    return Row("", "Razem", sum((row.value for row in rows), Decimal(0)), before)
