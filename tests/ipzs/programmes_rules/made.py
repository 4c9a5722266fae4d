"""Contents and periods for the tests of programmes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from ipzs.rules.content import (
    PARTS,
    Area,
    Content,
    Face,
    Form,
    Goal,
    Part,
    Per,
    Responsible,
    Service,
    Step,
)
from participants.rules.codes import PeriodKind, TrialEnd
from participants.rules.stages import Period, latest_end
from reintegration.core.dates import DateSpan

ONE = timedelta(days=1)
FIRST = date(2026, 10, 12)
LAST = date(2027, 10, 11)


def period(kind: PeriodKind, first: date, last: date | None = None) -> Period:
    return Period(kind, DateSpan(first, last))


def course(
    first: date = FIRST,
    kinds: tuple[PeriodKind, ...] = tuple(PeriodKind),
    reading: TrialEnd = TrialEnd.DAY_BEFORE,
) -> list[Period]:
    """Periods one after another, each as long as the law allows."""
    made = []
    for kind in kinds:
        last = latest_end(kind, first, reading)
        made.append(period(kind, first, last))
        first = last + ONE
    return made


def whole(face: Face = Face.IPZS) -> Content:
    """A content that lacks nothing."""
    step = Step("s1", "Przyjdę na rozmowę z doradcą.", "Jan Klon", date(2026, 11, 1))
    goal = Goal("g1", "Chcę znaleźć pracę w kuchni.", Area.VOCATIONAL, True, (step,))
    kitchen = Service(
        "kitchen", "Praca w pracowni", Area.VOCATIONAL, Form.GROUP, Decimal(20), Per.WEEK, "Ewa Lipa"
    )
    talks = Service("talks", "Rozmowy z psychologiem", Area.SOCIAL, Form.INDIVIDUAL, Decimal("2.5"))
    return Content(
        face=face,
        texts={part: f"Treść: {part}." for part in PARTS[face] if part is not Part.NOTES},
        responsible=(Responsible("anna", "Anna Brzoza", "prowadzi sprawę"),),
        goals=(goal,),
        services=(kitchen, talks),
        evaluations=(date(2027, 1, 15),),
        since=FIRST,
        until=LAST,
    )


def with_step(content: Content, step: Step) -> Content:
    """The same with other words in the only step."""
    return replace(content, goals=(replace(content.goals[0], steps=(step,)),))


WORDS = st.sampled_from(["", " ", "praca", "prawo jazdy", "spokój w domu"])
KEYS = st.sampled_from("abcdef")
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def unique(rows):
    return st.lists(rows, max_size=4, unique_by=lambda row: row.key).map(tuple)


STEPS = st.builds(Step, KEYS, WORDS, WORDS, st.none() | DAYS)
BARE_GOALS = unique(st.builds(Goal, KEYS, WORDS, st.none() | st.sampled_from(Area), st.booleans()))
SERVICES = st.builds(
    Service,
    KEYS,
    WORDS,
    st.sampled_from(Area),
    st.sampled_from(Form),
    st.none() | st.decimals("0.25", "40", places=2),
    st.sampled_from(Per),
    WORDS,
)


@st.composite
def _goals(draw):
    goals = draw(BARE_GOALS)
    if not goals:
        return goals
    steps: dict[str, list[Step]] = {goal.key: [] for goal in goals}
    for step in draw(unique(STEPS)):
        steps[draw(st.sampled_from(goals)).key].append(step)
    return tuple(replace(goal, steps=tuple(steps[goal.key])) for goal in goals)


@st.composite
def contents(draw, face: Face = Face.IPZS):
    """Any content, whole or not."""
    bounds = sorted(draw(st.tuples(DAYS, DAYS)))
    return Content(
        face=face,
        texts=draw(st.dictionaries(st.sampled_from(Part), WORDS)),
        responsible=draw(unique(st.builds(Responsible, KEYS, WORDS, WORDS))),
        goals=draw(_goals()),
        services=draw(unique(SERVICES)),
        evaluations=tuple(draw(st.lists(DAYS, max_size=3))),
        since=draw(st.sampled_from([None, bounds[0]])),
        until=draw(st.sampled_from([None, bounds[1]])),
    )
