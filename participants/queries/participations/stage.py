"""The stage of a file: for one in Python by `rules.stages`, for a list in SQL. A test compares them."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    CharField,
    DateField,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from participants.enums import EndReason, Stage
from participants.models import Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind, UnitType
from participants.rules.codes import Stage as RuleStage
from reintegration.core.components import Badge
from reintegration.core.dates import DateSpan

# The certificate of a KIS says that the contract was fulfilled; these ends say that it was not.
NOT_FULFILLED = (EndReason.BREACH.value, EndReason.ABANDONED.value, EndReason.STATEMENT.value)


def end_label(reason: str, unit_type: UnitType) -> str:
    """How the end of a file is called: a KIS has a contract where a CIS has a programme (art. 18)."""
    if reason == EndReason.BREACH and unit_type is UnitType.KIS:
        return "uporczywe naruszanie kontraktu"
    return EndReason(reason).label


BADGES = {
    Stage.CANDIDATE: Badge(Stage.CANDIDATE.label, "plain"),
    Stage.TRIAL: Badge(Stage.TRIAL.label, "info"),
    Stage.MAIN: Badge(Stage.MAIN.label, "ok"),
    Stage.EXTENDED: Badge(Stage.EXTENDED.label, "brand"),
    Stage.ENDED: Badge(Stage.ENDED.label, "plain", "lock"),
    Stage.GRADUATE: Badge(Stage.GRADUATE.label, "plum", "certificate"),
}

# What `rules.stages` says, for a row of the outer query, in one look at its periods. Half a year of classes
# goes by the calendar, or is 180 days when there was a break: periods of one person never overlap, so that
# their days may simply be added. The holes are filled with constants of this module.
_STAGE = """
(SELECT CASE
    WHEN file.ended_on < %s OR way.last_day < %s THEN CASE
        WHEN file.certificate_on IS NOT NULL AND file.ended_on IS NOT NULL AND {graduate}
            AND CASE WHEN way.days = way.last_counted - way.first_counted + 1
                THEN way.last_counted >= (way.first_counted + interval '6 months')::date - 1
                ELSE way.days >= 180 END
        THEN 'graduate' ELSE 'ended' END
    WHEN way.running = 'trial' THEN 'trial'
    WHEN way.running = 'main' THEN 'main'
    WHEN way.running = 'extension' THEN 'extended'
    ELSE 'candidate' END
FROM (
    SELECT max(until) AS last_day,
        (array_agg(kind ORDER BY since DESC) FILTER (WHERE since <= %s))[1] AS running,
        min(since) FILTER (WHERE counts) AS first_counted,
        max(lasted) FILTER (WHERE counts) AS last_counted,
        sum(lasted - since + 1) FILTER (WHERE counts) AS days
    FROM (
        SELECT kind, since, until, least(until, file.ended_on) AS lasted,
            kind <> 'trial' AND since <= file.ended_on AS counts
        FROM participants_period
        WHERE unit_id = file.unit_id AND participation_id = file.id
    ) period
) way)
"""
_GRADUATE = {
    UnitType.CIS: ("(file.ended_on + interval '6 months')::date >= greatest(%s, file.certificate_on)"),
    UnitType.KIS: "%s IS NOT NULL AND file.end_reason <> ALL (%s)",
}


def with_stage(rows: QuerySet[Participation], *, today: date, unit_type: UnitType) -> QuerySet[Participation]:
    """Files with `stage`, `stage_rank` (the order of the way) and `lasts_until` (of the last period)."""
    last = Period.objects.filter(participation=OuterRef("pk")).order_by("-until").values("until")[:1]
    stage = RawSQL(*_stage(today, unit_type), output_field=CharField())  # noqa: S611 - made of constants
    return rows.annotate(
        lasts_until=Subquery(last, output_field=DateField()),
        stage=stage,
        stage_rank=Func(
            Value([one.value for one in Stage], output_field=ArrayField(TextField())),
            Cast("stage", TextField()),
            function="array_position",
            output_field=IntegerField(),
        ),
    )


def _stage(today: date, unit_type: UnitType) -> tuple[str, list[Any]]:
    sql = _STAGE.format(graduate=_GRADUATE[unit_type]).replace("file.", "participants_participation.")
    more: list[Any] = [list(NOT_FULFILLED)] if unit_type is UnitType.KIS else []
    return sql, [today, today, today, *more, today]


def stage_of(file: Participation, periods: list[Period], *, today: date, unit_type: UnitType) -> RuleStage:
    """The stage of one file, by the rules themselves."""
    planned = [
        stages.Period(PeriodKind(row.kind), DateSpan(row.since, row.planned_until or row.until))
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
