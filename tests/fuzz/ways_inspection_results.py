"""Ways to the forms of what follows an inspection, each in the state in which its form is."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reporting.models import Inspection, Recommendation
from reporting.services import inspection_results as results
from reporting.transitions import OfRecommendation
from tests.cast import World
from tests.reporting import inspection_results_made as made
from tests.reporting.inspections_made import opened

Way = Callable[[World, Client], str]


def _at(name: str, make: Callable[[World], Inspection]) -> Way:
    return lambda world, client: reverse(f"reporting:inspection_{name}", args=[make(world).pk])


def _one(name: str, make: Callable[[World], Recommendation]) -> Way:
    return lambda world, client: reverse(f"reporting:recommendation_{name}", args=[make(world).pk])


def _opened(world: World) -> Inspection:
    """Of the one who opens the pages: only those who inspect hand a protocol over."""
    return opened(world, who="maria")


def _drafted(world: World) -> Recommendation:
    row = made.decided(world)
    with world.scope("office", "maria"):
        return Recommendation.objects.get(inspection=row)


def _checked(world: World) -> Inspection:
    row, one = made.answered(world)
    with world.scope("office", "maria"):
        results.follow(recommendation_id=one.pk, step=OfRecommendation.DONE, words="", due_on=None)
    return row


def _today(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


def _later(page: Any) -> list[str]:
    return [format_table_date(clock.today() + timedelta(days=30))]


INSPECTION_RESULT_WAYS: Mapping[str, Way] = {
    "reporting:inspection_results": _at("results", made.handed),
    "reporting:inspection_hand": _at("hand", _opened),
    "reporting:inspection_received": _at("received", made.handed),
    "reporting:inspection_object": _at("object", made.handed),
    "reporting:inspection_decide": _at("decide", made.objected),
    "reporting:inspection_recommend": _at("recommend", made.handed),
    "reporting:inspection_settle": _at("settle", made.decided),
    "reporting:inspection_close": _at("close", _checked),
    "reporting:recommendation_change": _one("change", _drafted),
    "reporting:recommendation_drop": _one("drop", _drafted),
    "reporting:recommendation_answer": _one("answer", lambda world: made.settled(world)[1][0]),
    "reporting:recommendation_check": _one("check", lambda world: made.answered(world)[1]),
}
INSPECTION_RESULT_TYPED: Mapping[str, Mapping[str, Any]] = {
    "reporting:inspection_hand": {"objection_days": ["7"]},
    "reporting:inspection_received": {"received_on": _today},
    "reporting:inspection_recommend": {"due_on": _later},
    "reporting:recommendation_change": {"due_on": _later},
    "reporting:recommendation_check": {"step": ["again"], "due_on": _later},
}
