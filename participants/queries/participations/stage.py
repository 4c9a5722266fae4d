"""The stage of a file: for one in Python by `rules.stages`, for a list in SQL. A test compares them."""

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from participants.enums import EndReason, PeriodKind, Stage
from participants.models import Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind as RulePeriodKind
from participants.rules.codes import Stage as RuleStage
from participants.rules.codes import UnitType
from reintegration.core.components import Badge
from reintegration.core.dates import DateSpan

# The certificate of a KIS says that the contract was fulfilled; these ends say that it was not.
NOT_FULFILLED = (EndReason.BREACH, EndReason.ABANDONED, EndReason.STATEMENT)

BADGES = {
    Stage.CANDIDATE: Badge(Stage.CANDIDATE.label, "plain"),
    Stage.TRIAL: Badge(Stage.TRIAL.label, "info"),
    Stage.MAIN: Badge(Stage.MAIN.label, "ok"),
    Stage.EXTENDED: Badge(Stage.EXTENDED.label, "brand"),
    Stage.ENDED: Badge(Stage.ENDED.label, "plain", "lock"),
    Stage.GRADUATE: Badge(Stage.GRADUATE.label, "plum", "certificate"),
}

_STAGES = {PeriodKind.TRIAL: Stage.TRIAL, PeriodKind.MAIN: Stage.MAIN, PeriodKind.EXTENSION: Stage.EXTENDED}

# `rules.stages.attended_long_enough` for the row of the outer query: half a year by the calendar, or 180
# days with a break. Periods of one person never overlap, so that their days may simply be added.
_ATTENDED = """
EXISTS (
    SELECT 1 FROM (
        SELECT sum(least(period.until, participants_participation.ended_on) - period.since + 1) AS days,
            min(period.since) AS first_day,
            max(least(period.until, participants_participation.ended_on)) AS last_day
        FROM participants_period period
        WHERE period.unit_id = participants_participation.unit_id
            AND period.participation_id = participants_participation.id
            AND period.kind <> 'trial' AND period.since <= participants_participation.ended_on
    ) attended
    WHERE CASE WHEN days = last_day - first_day + 1
        THEN last_day >= (first_day + interval '6 months')::date - 1 ELSE days >= 180 END
)
"""
_SIX_MONTHS_LATER = "(participants_participation.ended_on + interval '6 months')::date"


def with_stage(rows: QuerySet[Participation], *, today: date, unit_type: UnitType) -> QuerySet[Participation]:
    """Files with `stage`, `stage_rank` (the order of the way) and `lasts_until` (of the last period)."""
    periods = Period.objects.filter(participation=OuterRef("pk"))
    begun = periods.filter(since__lte=today).order_by("-since").values("kind")[:1]
    last = periods.order_by("-until").values("until")[:1]
    attended = RawSQL(_ATTENDED, [], output_field=BooleanField())  # noqa: S611 - a constant
    half_a_year = RawSQL(_SIX_MONTHS_LATER, [], output_field=DateField())  # noqa: S611 - a constant
    # An alias is computed where it is used: of a file without a certificate nobody asks how long it was.
    found = rows.alias(attended=attended, half_a_year=half_a_year).annotate(
        lasts_until=Subquery(last, output_field=DateField()),
        running=Subquery(begun, output_field=CharField()),
    )
    over = Q(ended_on__lt=today) | Q(lasts_until__lt=today)
    graduate = Q(certificate_on__isnull=False, ended_on__isnull=False, attended=True)
    if unit_type is UnitType.KIS:
        graduate &= ~Q(end_reason__in=NOT_FULFILLED)
    else:
        graduate &= Q(half_a_year__gte=today, certificate_on__lte=F("half_a_year"))
    stage = Case(
        When(over & graduate, then=Value(Stage.GRADUATE.value)),
        When(over, then=Value(Stage.ENDED.value)),
        *(When(running=kind, then=Value(stage.value)) for kind, stage in _STAGES.items()),
        default=Value(Stage.CANDIDATE.value),
        output_field=CharField(),
    )
    ranks = [When(stage=one.value, then=Value(rank)) for rank, one in enumerate(Stage)]
    return found.annotate(stage=stage).annotate(
        stage_rank=Case(*ranks, default=Value(0), output_field=SmallIntegerField())
    )


def stage_of(file: Participation, periods: list[Period], *, today: date, unit_type: UnitType) -> RuleStage:
    """The stage of one file, by the rules themselves."""
    planned = [
        stages.Period(RulePeriodKind(row.kind), DateSpan(row.since, row.planned_until or row.until))
        for row in periods
    ]
    return stages.stage_on(planned, file.ended_on, _graduate_until(file, planned, unit_type), today)


def _graduate_until(file: Participation, periods: list[stages.Period], unit_type: UnitType) -> date | None:
    if file.ended_on is None:
        return None
    if unit_type is UnitType.CIS:
        return stages.graduate_until(periods, ended_on=file.ended_on, certificate_on=file.certificate_on)
    graduate = stages.is_kis_graduate(
        periods,
        ended_on=file.ended_on,
        certificate_on=file.certificate_on,
        contract_fulfilled=file.end_reason not in NOT_FULFILLED,
    )
    return date.max if graduate else None
