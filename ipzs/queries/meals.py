"""Meals (art. 14 ust. 4): how many a day needs, and who ate, of a day and of a month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from ipzs.models import DayMark, MealCount
from participants.models import Participation
from reintegration.core.dates import Month
from reintegration.core.together import together


@dataclass(frozen=True, slots=True)
class Meals:
    present: int
    extra: int
    reason: str

    @classmethod
    def of(cls, present: Iterable[int], noted: Iterable[MealCount]) -> "Meals":
        one = next(iter(noted), None)
        return cls(sum(present), one.extra if one else 0, one.reason if one else "")

    @property
    def total(self) -> int:
        return max(0, self.present + self.extra)


def meals_on(day: date) -> Meals:
    """How many meals a day needs."""
    return Meals.of(*together(*meals_rows(day)))


def meals_rows(day: date) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """How many people a meal is marked for, and by how many the meals given out differ."""
    eating = DayMark.objects.filter(day=day, meal=True).order_by("day").values("day")
    return (
        eating.annotate(people=Count("pk")).values_list("people", flat=True),
        MealCount.objects.filter(day=day).order_by("pk")[:1],
    )


def eating_on(day: date) -> list[DayMark]:
    """For whom a meal is marked, in the order of their names."""
    rows = DayMark.objects.filter(day=day, meal=True).select_related("person", "workshop")
    return list(rows.order_by("person__name_order", "pk"))


@dataclass(frozen=True, slots=True)
class MonthOfMeals:
    """Every day on which somebody ate or a difference was noted, and how many meals each person had."""

    days: Sequence[tuple[date, Meals]]
    people: Sequence[tuple[Participation, int]]

    @property
    def present(self) -> int:
        return sum(one.present for _, one in self.days)

    @property
    def total(self) -> int:
        return sum(one.total for _, one in self.days)


def meals_in(month: Month) -> MonthOfMeals:
    within = {"day__range": (month.first, month.last)}
    marks = DayMark.objects.filter(meal=True, **within).order_by("day", "pk")
    eaten: dict[UUID, int] = {}
    present: dict[date, int] = {}
    for key, day in marks.values_list("participation_id", "day"):
        eaten[key] = eaten.get(key, 0) + 1
        present[day] = present.get(day, 0) + 1
    noted: Mapping[date, MealCount] = {
        one.day: one for one in MealCount.objects.filter(**within).order_by("day")
    }
    days = [
        (day, Meals.of([present.get(day, 0)], [noted[day]] if day in noted else []))
        for day in sorted({*present, *noted})
    ]
    files = Participation.objects.filter(pk__in=eaten).select_related("person")
    return MonthOfMeals(days, [(one, eaten[one.pk]) for one in files.order_by("person__name_order", "pk")])
