"""What is read of the law: the readings of a unit, and what the pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from reintegration.core.dates import Month
from reintegration.core.together import Questions
from reintegration.law.enums import State, Unit
from reintegration.law.models import Parameter, ParameterValue, Reading
from reintegration.law.months import first_open_month, last_closed_month
from reintegration.law.readings import DEFAULTS, READINGS, ReadingSpec
from reintegration.law.rules import missing_indexation
from reintegration.law.values import show
from reintegration.tenancy.prepared import prepared

ALLOWANCE = "allowance"

# The headings of the page of the law, in its order; the names are those of the files.
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "allowance": "Podstawa świadczenia",
        "benefit": "Świadczenie i premia",
        "participation": "Uczestnictwo, godziny, dni wolne",
        "contributions": "Składki i ubezpieczenie",
        "tax": "Podatek",
        "supported_work": "Zatrudnienie po skierowaniu",
        "oversight": "Status, sprawozdania, nadzór",
    }
)


def readings_of(unit_id: UUID, month: Month) -> Mapping[str, str]:
    """The readings that govern a month: those confirmed for it, else the defaults.

    A reading without a default is missing from the answer until the unit chooses; `readings.require`
    refuses it by name. Runs in the unit's scope.
    """
    return MappingProxyType(
        {**DEFAULTS, **{row.key: row.value for row in _asked(unit_id, month).answers()[0]}}
    )


@prepared
def _asked(unit_id: UUID, month: Month) -> Questions:
    return Questions(_governing(unit_id, month))


def _governing(unit_id: UUID, month: Month) -> QuerySet[Reading]:
    """Of each reading the last one confirmed; within one month the later word stands."""
    standing: QuerySet[Reading] = Reading.objects.filter(unit_id=unit_id, state=State.CONFIRMED)
    return (
        standing.filter(since_month__lte=month.first)
        .order_by("key", "-since_month", "-confirmed_at")
        .distinct("key")
    )


def readings_in(unit_id: UUID, months: Iterable[Month]) -> Mapping[Month, Mapping[str, str]]:
    """The same of several months, in one question."""
    rows = _confirmed(unit_id).answers()[0]
    return {
        month: MappingProxyType(
            {**DEFAULTS, **{row.key: row.value for row in rows if row.since_month <= month.first}}
        )
        for month in months
    }


@prepared
def _confirmed(unit_id: UUID) -> Questions:
    return Questions(confirmed_readings(unit_id))


def confirmed_readings(unit_id: UUID) -> QuerySet[Reading]:
    """Every answer that the unit ever gave, the earliest month first; a later word of a month comes after."""
    return Reading.objects.filter(unit_id=unit_id, state=State.CONFIRMED).order_by(
        "since_month", "confirmed_at"
    )


def unchosen(unit_id: UUID, month: Month) -> list[ReadingSpec]:
    """The readings that the unit has to choose before it can count."""
    chosen = readings_of(unit_id, month)
    return [spec for spec in READINGS.values() if spec.key not in chosen]


def first_month_to_answer(unit_id: UUID, key: str, *, today: date) -> Month:
    """The month a form begins with: the last closed one while it still waits for a first answer."""
    closed = last_closed_month(unit_id)
    if closed is not None and key not in readings_of(unit_id, closed):
        return min(closed, Month.of(today))
    return first_open_month(unit_id, today=today)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One reading as a page shows it: what holds, what waits, what comes, what was."""

    spec: ReadingSpec
    current: Reading | None
    waiting: Reading | None
    coming: Sequence[Reading]
    history: Sequence[Reading]

    @property
    def answer(self) -> str:
        """What governs now, in words; empty while the unit has not chosen."""
        value = self.current.value if self.current else self.spec.default
        return self.spec.label_of(value) if value else ""

    @property
    def is_default(self) -> bool:
        return self.current is None and self.spec.default is not None


def open_points(unit_id: UUID, *, today: date, keys: Sequence[str] = ()) -> list[OpenPoint]:
    rows = Reading.objects.filter(unit_id=unit_id).select_related(
        "proposed_by", "confirmed_by", "withdrawn_by"
    )
    if keys:
        rows = rows.filter(key__in=keys)
    by_key: dict[str, list[Reading]] = {}
    for row in rows.order_by("-since_month", "-confirmed_at", "-proposed_at"):
        by_key.setdefault(row.key, []).append(row)
    month = Month.of(today).first
    return [
        _open_point(spec, by_key.get(spec.key, []), month)
        for spec in READINGS.values()
        if not keys or spec.key in keys
    ]


def _open_point(spec: ReadingSpec, rows: list[Reading], month: date) -> OpenPoint:
    standing = [row for row in rows if row.stands]
    current = next((row for row in standing if row.since_month <= month), None)
    return OpenPoint(
        spec=spec,
        current=current,
        waiting=next((row for row in rows if row.waits), None),
        coming=[row for row in standing if row.since_month > month],
        history=[row for row in rows if not row.waits],
    )


def label_of(row: Reading) -> str:
    return READINGS[row.key].label_of(row.value)


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One parameter of the list: what holds today, since when, what comes and what waits."""

    parameter: Parameter
    current: ParameterValue | None
    coming: ParameterValue | None
    waiting: ParameterValue | None

    @property
    def shown(self) -> str:
        return shown(self.current) if self.current else ""


def shown(value: ParameterValue) -> str:
    return show(value.value, Unit(value.parameter.unit))


def parameter_lines(parameters: QuerySet[Parameter], *, today: date) -> list[ParameterLine]:
    rows = parameters.prefetch_related(
        Prefetch(
            "values",
            queryset=ParameterValue.objects.exclude(state=State.WITHDRAWN).order_by("since"),
        )
    )
    return [_line(parameter, today) for parameter in rows]


def _line(parameter: Parameter, today: date) -> ParameterLine:
    values = list(parameter.values.all())
    standing = [one for one in values if one.stands]
    past = [one for one in standing if one.since <= today]
    coming = [one for one in standing if one.since > today]
    current = past[-1] if past else None
    if current is None and parameter.reaches_back and standing:
        current, coming = standing[0], standing[1:]
    return ParameterLine(
        parameter,
        current=current,
        coming=coming[0] if coming else None,
        waiting=next((one for one in values if one.waits), None),
    )


def indexation_gap(*, today: date) -> date | None:
    """The 1 June for which nobody has entered or confirmed the allowance, or None."""
    days = ParameterValue.objects.filter(parameter__key=ALLOWANCE, state=State.CONFIRMED).values_list(
        "since", flat=True
    )
    return missing_indexation(today, days.order_by("since"))
