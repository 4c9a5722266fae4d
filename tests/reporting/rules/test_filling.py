"""Cells cut out of facts: each is what a plain look at every fact finds, however a layout cuts them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from reintegration.core.dates import DateSpan
from reintegration.core.ids import uuid7
from reporting.rules.definitions import Measure
from reporting.rules.filling import Fact, Post, about_staff, tally
from reporting.rules.layouts import Cell, CellKind
from reporting.rules.sources import SOURCES

PEOPLE = [UUID(int=number) for number in range(1, 7)]
SEXES, GROUPS = ("F", "M", ""), ("1", "2", "")
FACTS = st.lists(
    st.builds(
        Fact,
        st.sampled_from(PEOPLE),
        st.fixed_dictionaries(
            {
                "sex": st.sampled_from(SEXES).map(lambda one: (one,)),
                "any_group": st.lists(st.sampled_from(GROUPS), max_size=3, unique=True).map(tuple),
            }
        ),
    ),
    max_size=12,
)
WHERE = st.fixed_dictionaries(
    {},
    optional={
        "sex": st.lists(st.sampled_from(SEXES), min_size=1, max_size=3, unique=True).map(tuple),
        "any_group": st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True).map(tuple),
    },
)
YEAR = DateSpan(date(2025, 1, 1), date(2025, 12, 31))


def cell(key: str, where: Mapping[str, Any], source: str = "participants") -> Cell:
    found = SOURCES[source]
    return Cell(key, "t", "r", "c", "", CellKind.COUNTED, found.measure, "", found, where)


@given(FACTS, st.lists(WHERE, max_size=6), st.frozensets(st.sampled_from(PEOPLE), max_size=2))
def test_a_cell_is_what_a_plain_look_finds(facts: list[Fact], wheres: list[Any], hidden: frozenset[UUID]):
    cells = [cell(f"t.r.{place}", where) for place, where in enumerate(wheres)]
    found = tally(cells, {"participants": facts}, hidden=hidden)
    for one in cells:
        people = {
            fact.who
            for fact in facts
            if all(set(fact.codes[name]) & set(codes) for name, codes in one.where.items())
        }
        assert found.values[one.key] == len(people)
        assert found.people[one.key] == people - hidden


def post(person: int, kind: str, part: str, since: date, until: date | None = None) -> Post:
    return Post(uuid7(), UUID(int=person), kind, "employment", Decimal(part), DateSpan(since, until))


def test_staff_are_heads_and_posts_are_days():
    posts = [
        post(1, "manager", "0.5", date(2020, 1, 1)),
        post(1, "instructor", "0.5", date(2025, 7, 1)),
        post(2, "other", "1", date(2025, 1, 1), date(2025, 6, 30)),
        post(3, "volunteer", "0", date(2025, 3, 1), date(2025, 3, 2)),
        post(4, "other", "1", date(2024, 1, 1), date(2024, 12, 31)),
    ]
    facts = about_staff(posts, YEAR)
    cells = [
        cell("staff.all.year", {"when": ("year",)}, "staff"),
        cell("staff.all.end", {"when": ("end",)}, "staff"),
        cell("staff.other.year", {"when": ("year",), "kind": ("other",)}, "staff"),
        cell("posts.all.end", {"when": ("end",)}, "posts"),
        cell("posts.all.year", {"when": ("year",)}, "posts"),
        cell("volunteers.all.year", {"when": ("year",)}, "volunteers"),
    ]
    # Half a post all the year, half of one in 184 days, a whole one in 181: of 365.
    assert tally(cells, facts).values == {
        "staff.all.year": 2,
        "staff.all.end": 1,
        "staff.other.year": 1,
        "posts.all.end": Decimal("1.00"),
        "posts.all.year": Decimal("1.25"),
        "volunteers.all.year": 1,
    }


def test_minutes_become_lesson_hours_once_they_are_added():
    assert SOURCES["hours"].measure is Measure.HOURS
    facts = [Fact(PEOPLE[0], {}, Decimal(20)), Fact(PEOPLE[1], {}, Decimal(20)), Fact(None, {}, Decimal(20))]
    found = tally([cell("h.all.total", {}, "hours")], {"hours": facts})
    assert found.values["h.all.total"] == Decimal("1.3")
    assert found.people["h.all.total"] == set(PEOPLE[:2])
    assert tally([cell("h.all.total", {}, "hours")], {}).values["h.all.total"] == 0
