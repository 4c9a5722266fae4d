"""Filling: what is known becomes facts, and each cell adds up those that it narrows to.

A fact says whose it is, how much, and what is known of it by each dimension of its source. So a cell, and the
people behind it, are one thing, whichever way a layout cuts it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Final
from uuid import UUID

from reintegration.core.dates import DateSpan
from reporting.rules import graduates, statistics
from reporting.rules.definitions import Measure
from reporting.rules.facts import FileFacts, ReferralFacts
from reporting.rules.layouts import Cell

Codes = tuple[str, ...]
_DISTINCT: Final = frozenset({Measure.PERSONS, Measure.REFERRALS})
# What is kept more exactly than it is said: minutes of lessons, posts by the day.
LESSON: Final = 45
_ROUNDED: Final = {
    Measure.HOURS: (LESSON, Decimal("0.1")),
    Measure.MINUTES_AS_HOURS: (1, Decimal("0.01")),
    Measure.POSTS: (1, Decimal("0.01")),
}
_HOW: Final = {
    "completed": "completed",
    "job": "working", "business": "working", "cooperative": "working",
    "breach": "interrupted", "abandoned": "interrupted", "statement": "interrupted",
    "trial_failed": "interrupted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """Whose it is, how much, and its codes by dimension: several where it belongs to several."""

    who: UUID | None
    codes: Mapping[str, Codes]
    amount: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Filling:
    """What a report says of itself: numbers, words, and who was counted."""

    values: dict[str, Decimal] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    # Of counted cells alone, and without those whose data are erased: they count and are not shown.
    people: dict[str, frozenset[UUID]] = field(default_factory=dict)


@dataclass(slots=True)
class _Drawer:
    people: set[UUID] = field(default_factory=set)
    amount: Decimal = Decimal(0)


def tally(
    cells: Iterable[Cell], facts: Mapping[str, Sequence[Fact]], *, hidden: frozenset[UUID] = frozenset()
) -> Filling:
    """Every counted cell; each way of cutting a source is gone through once, however many cells it has."""
    cuts: defaultdict[tuple[str, Codes], list[Cell]] = defaultdict(list)
    for cell in cells:
        assert cell.source is not None
        if cell.measure is not Measure.TEXT:
            cuts[cell.source.key, tuple(sorted(cell.where))].append(cell)
    found = Filling()
    for (source, dimensions), wanted in cuts.items():
        drawers = _sorted(facts.get(source, ()), dimensions)
        for cell in wanted:
            wide = product(*(cell.where[name] for name in dimensions))
            opened = [drawers[one] for one in wide if one in drawers]
            people = frozenset().union(*(one.people for one in opened))
            if cell.measure in _DISTINCT:
                value = Decimal(len(people))
            else:
                value = _rounded(cell.measure, sum((one.amount for one in opened), Decimal(0)))
            found.values[cell.key] = value
            if cell.about:
                found.people[cell.key] = people - hidden
    return found


def _sorted(facts: Iterable[Fact], dimensions: Codes) -> dict[Codes, _Drawer]:
    drawers: defaultdict[Codes, _Drawer] = defaultdict(_Drawer)
    for fact in facts:
        for one in product(*(fact.codes.get(name, ("",)) for name in dimensions)):
            drawer = drawers[one]
            drawer.amount += fact.amount
            if fact.who is not None:
                drawer.people.add(fact.who)
    return dict(drawers)


def _rounded(measure: Measure, amount: Decimal) -> Decimal:
    if measure not in _ROUNDED:
        return amount
    parts, step = _ROUNDED[measure]
    return (amount / parts).quantize(step, ROUND_HALF_UP)


# What is known of people


@dataclass(frozen=True, slots=True)
class Known:
    """The files of a unit in one year, with what each person is told apart by."""

    files: Sequence[FileFacts]
    span: DateSpan
    persons: Mapping[UUID, Mapping[str, Codes]] = field(default_factory=dict)
    # In which areas a file had classes until the last day, whatever the year.
    whole: Mapping[UUID, Codes] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        files: Sequence[FileFacts],
        span: DateSpan,
        areas: Mapping[UUID, Codes],
        whole: Mapping[UUID, Codes],
    ) -> "Known":
        """`areas` says in which areas somebody was at classes in the span, `whole` in a file at all."""
        last = span.last
        assert last is not None
        living = _living(files, span)
        effects: defaultdict[UUID, set[str]] = defaultdict(set)
        for one in living:
            effects[one.person].update(effects_of(one))
        persons = {
            one.person: {
                "effect": tuple(sorted(effects[one.person])),
                "sex": (one.sex,),
                "group": (statistics.main_group(one, span),),
                "any_group": statistics.groups_held(one, span),
                "age": (one.age_band(last),),
                "area": areas.get(one.person, ()),
            }
            for one in files
        }
        return cls(files, span, persons, whole)

    def fact(self, person: UUID, amount: Decimal = Decimal(1), **codes: Codes) -> Fact:
        return Fact(person, {**self.persons.get(person, {}), **codes}, amount)


def about_people(known: Known) -> dict[str, list[Fact]]:
    """Facts of every source that the files alone tell."""
    files, span = known.files, known.span
    last = span.last
    assert last is not None
    living = _living(files, span)
    told = [(one, talk) for one in files if (talk := graduates.half_a_year_later(one)) and talk.on in span]
    return {
        "participants": _each(known, (one for one in files if one.takes_part(span))),
        "at_end": _each(known, (one for one in files if one.takes_part(DateSpan(last, last)))),
        "started": _each(known, (one for one in files if _in(one.started_on, span))),
        "ended": [
            known.fact(
                one.person,
                area=known.whole.get(one.file, ()),
                reason=(one.end_reason,),
                how=(_HOW.get(one.end_reason, "other"),),
                destination=(one.destination,),
            )
            for one in _left(files, span)
        ],
        "independent": [
            known.fact(one.person, kind=(kind,)) for one in living if (kind := independent_by(one))
        ],
        "effects": [known.fact(one.person) for one in living if effects_of(one)],
        "graduates": [known.fact(one.person) for one in files if _in(graduates.graduated_on(one), span)],
        "certificates": [known.fact(one.person) for one in files if _in(one.certificate_on, span)],
        "talks": [known.fact(one.person, situation=(talk.situation,)) for one, talk in told],
    }


def _left(files: Iterable[FileFacts], span: DateSpan) -> list[FileFacts]:
    return [one for one in files if graduates.has_left(one) and _in(one.ended_on, span)]


def _living(files: Iterable[FileFacts], span: DateSpan) -> list[FileFacts]:
    """Who left in the span; of whom died nothing more is asked."""
    return [one for one in _left(files, span) if one.end_reason != graduates.DEATH]


def _in(day: date | None, span: DateSpan) -> bool:
    return day is not None and day in span


def _each(known: Known, files: Iterable[FileFacts]) -> list[Fact]:
    """A fact for each person: of two files the newer one says who referred."""
    newest = statistics.newest_file(files)
    return [known.fact(one.person, source=(one.source or statistics.NO_REFERRAL,)) for one in newest.values()]


def independent_by(one: FileFacts) -> str:
    """By what somebody who left lives on their own: work first, and what was noted at the end otherwise."""
    if graduates.employment_effect(one):
        return one.destination
    return "other" if one.independent else ""


def effects_of(one: FileFacts) -> Codes:
    codes = []
    if graduates.employment_effect(one):
        codes.append("employment")
    if graduates.social_effect(one):
        codes.append("social")
    return (*codes, "any") if codes else ()


def about_referrals(referrals: Iterable[ReferralFacts], span: DateSpan) -> list[Fact]:
    return [
        Fact(one.referral, {"source": (one.source or statistics.NO_REFERRAL,), "sex": (one.sex,)})
        for one in referrals
        if one.received_on in span
    ]


# Money


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending of one payment of a list: when it left, and when it came back."""

    sent_on: date | None
    returned_on: date | None


def paid_for_good(sendings: Iterable[Sending]) -> date | None:
    """The day on which a payment is counted, so that it is counted in one year.

    A sending that came back within its own year paid nothing. Of one that came back later the report of its
    year had counted it already.
    """
    for one in sendings:
        if one.sent_on is not None and (one.returned_on is None or one.returned_on.year > one.sent_on.year):
            return one.sent_on
    return None


# Staff


@dataclass(frozen=True, slots=True)
class Post:
    """A row of the staff register; the same person may have another one, for another contract."""

    key: UUID
    person: UUID
    kind: str
    basis: str
    part: Decimal
    span: DateSpan


VOLUNTEER: Final = "volunteer"
_OTHER: Final = "other"
# Positions without a row of their own in a report: other staff there, so that rows and whole agree.
REPORTED_AS: Final[Mapping[str, str]] = dict.fromkeys(
    (
        "head_social", "head_vocational", "coordinator", "carer", "pedagogue", "therapist", "administration",
    ),
    _OTHER,
)  # fmt: skip


def about_staff(posts: Iterable[Post], span: DateSpan) -> dict[str, list[Fact]]:
    last = span.last
    assert last is not None
    found: dict[str, list[Fact]] = {"staff": [], "posts": [], "volunteers": []}
    # Whoever has two rows is shown by the first of them.
    people: dict[UUID, UUID] = {}
    for one in posts:
        here = one.span.clip(span)
        if here is None:
            continue
        who = people.setdefault(one.person, one.key)
        ends_here = last in one.span
        when = ("year", "end") if ends_here else ("year",)
        if one.kind == VOLUNTEER:
            found["volunteers"].append(Fact(who, {"when": when}))
            continue
        codes = {"kind": (REPORTED_AS.get(one.kind, one.kind),), "basis": (one.basis,)}
        found["staff"].append(Fact(who, {**codes, "when": when}))
        # Every day weighs the same, so that half a year of a whole post is half a post.
        average = one.part * here.days / span.days
        found["posts"].append(Fact(who, {**codes, "when": ("year",)}, average))
        if ends_here:
            found["posts"].append(Fact(who, {**codes, "when": ("end",)}, one.part))
    return found
