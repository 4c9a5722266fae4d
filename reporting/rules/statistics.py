"""Counting: every cell is the set of those who are counted, so that a number and its list are one thing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from participants.rules.codes import UnitType
from reintegration.core.dates import DateSpan
from reporting.rules import graduates
from reporting.rules.facts import FileFacts, ReferralFacts

UNKNOWN: Final = ""
NO_REFERRAL: Final = "none"
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; `key` is a value of the choices that the row is about."""

    key: str
    people: frozenset[UUID]

    def __len__(self) -> int:
        return len(self.people)


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure in one span: its rows, and everybody whom it is about."""

    figure: str
    lines: tuple[Line, ...]
    total: frozenset[UUID]

    def line(self, key: str) -> frozenset[UUID]:
        return next((one.people for one in self.lines if one.key == key), frozenset())


def count(
    files: Sequence[FileFacts], referrals: Iterable[ReferralFacts], span: DateSpan
) -> dict[str, Counted]:
    """All figures about people in one span; the last day of it is known."""
    last = span.last
    assert last is not None
    taking = [one for one in files if one.takes_part(span)]
    left = [one for one in files if graduates.has_left(one) and _in(one.ended_on, span)]
    # Who died is counted among the ends, and is asked nothing more.
    living = [one for one in left if one.end_reason != graduates.DEATH]
    told = [one for one in files if (talk := graduates.half_a_year_later(one)) and talk.on in span]
    newest = newest_file(taking)
    return {
        one.figure: one
        for one in (
            _participants(taking, span),
            _split("group_main", newest.values(), lambda one: main_group(one, span)),
            _split_many("group_any", newest.values(), lambda one: groups_held(one, span)),
            _split("age", newest.values(), lambda one: one.age_band(last)),
            _split("education", newest.values(), lambda one: one.education),
            _split("source", newest.values(), lambda one: one.source or NO_REFERRAL),
            _flow(files, referrals, span),
            _cohort(files, span),
            _split("end_reason", left, lambda one: one.end_reason),
            _split("destination", living, lambda one: one.destination),
            _split("work", [one for one in living if graduates.work_kind(one)], graduates.work_kind),
            _split("situation", told, _situation),
            _effects(living),
        )
    }


def _in(day: date | None, span: DateSpan) -> bool:
    return day is not None and day in span


def _people(files: Iterable[FileFacts]) -> frozenset[UUID]:
    return frozenset(one.person for one in files)


def newest_file(files: Iterable[FileFacts]) -> dict[UUID, FileFacts]:
    """The file that stands for each person: of two it is the one that was opened later."""
    found: dict[UUID, FileFacts] = {}
    for one in sorted(files, key=lambda one: (one.opened_on, one.file)):
        found[one.person] = one
    return found


def _participants(taking: Sequence[FileFacts], span: DateSpan) -> Counted:
    """Everybody who took part, and of them who began in the span."""
    everybody = _people(taking)
    new = _people(one for one in taking if _in(one.started_on, span))
    lines = (Line("all", everybody), Line("new", new), Line("earlier", everybody - new))
    return Counted("participants", lines, everybody)


def _split(figure: str, files: Iterable[FileFacts], of: Callable[[FileFacts], str]) -> Counted:
    return _split_many(figure, files, lambda one: (of(one),))


def _split_many(figure: str, files: Iterable[FileFacts], of: Callable[[FileFacts], Iterable[str]]) -> Counted:
    found: dict[str, set[UUID]] = {}
    total = set()
    for one in files:
        total.add(one.person)
        for key in of(one):
            found.setdefault(key, set()).add(one.person)
    lines = tuple(Line(key, frozenset(found[key])) for key in sorted(found))
    return Counted(figure, lines, frozenset(total))


def groups_held(one: FileFacts, span: DateSpan) -> tuple[str, ...]:
    held = tuple(dict.fromkeys(group.code for group in one.groups if group.span.overlaps(span)))
    return held or (UNKNOWN,)


def main_group(one: FileFacts, span: DateSpan) -> str:
    held = [group for group in one.groups if group.span.overlaps(span)]
    first = min(held, key=lambda group: (not group.main, group.span.first, group.code), default=None)
    return first.code if first is not None else UNKNOWN


def _situation(one: FileFacts) -> str:
    talk = graduates.half_a_year_later(one)
    return talk.situation if talk is not None else UNKNOWN


def _with_qualified(unit_type: UnitType | None, steps: Mapping[str, frozenset[UUID]]) -> tuple[Line, ...]:
    left_out = {"qualified"} if unit_type is UnitType.KIS else set()
    return tuple(Line(key, people) for key, people in steps.items() if key not in left_out)


def _type_of(files: Sequence[FileFacts]) -> UnitType | None:
    return files[0].unit_type if files else None


def _flow(files: Sequence[FileFacts], referrals: Iterable[ReferralFacts], span: DateSpan) -> Counted:
    """What happened in the span, each event on its own day."""
    left = [one for one in files if _in(one.ended_on, span)]
    steps = {
        "referred": frozenset(one.referral for one in referrals if one.received_on in span),
        "started": _people(one for one in files if _in(one.started_on, span)),
        "qualified": _people(one for one in files if _in(one.qualified_on, span)),
        "graduated": _people(one for one in files if _in(graduates.graduated_on(one), span)),
        "employed": _people(one for one in left if graduates.employment_effect(one)),
        "still_employed": _people(
            one
            for one in files
            if graduates.still_employed(one)
            and (talk := graduates.half_a_year_later(one))
            and talk.on in span
        ),
    }
    return Counted("flow", _with_qualified(_type_of(files), steps), frozenset())


def _cohort(files: Sequence[FileFacts], span: DateSpan) -> Counted:
    """Those who began in the span, and how far they came until today; each step is a part of the first."""
    begun = [one for one in files if _in(one.started_on, span)]
    steps = {
        "started": _people(begun),
        "qualified": _people(one for one in begun if one.qualified_on is not None),
        "left": _people(one for one in begun if graduates.has_left(one)),
        "graduated": _people(one for one in begun if graduates.graduated_on(one) is not None),
        "employed": _people(one for one in begun if graduates.employment_effect(one)),
        "still_employed": _people(one for one in begun if graduates.still_employed(one)),
    }
    return Counted("cohort", _with_qualified(_type_of(files), steps), _people(begun))


def _effects(left: Sequence[FileFacts]) -> Counted:
    """Employment and social effect apart, and those who have both or were not asked."""
    work = _people(one for one in left if graduates.employment_effect(one))
    social = _people(one for one in left if graduates.social_effect(one))
    everybody = _people(left)
    lines = (
        Line("left", everybody),
        Line("employment", work),
        Line("social", social),
        Line("both", work & social),
        Line("independent", _people(one for one in left if one.independent)),
        Line("not_asked", everybody - _people(one for one in left if one.changes is not None)),
    )
    return Counted("effects", lines, everybody)


# Places


def on_average(taken: Iterable[DateSpan], open_days: DateSpan) -> Decimal:
    """How many of these spans cover a day of `open_days` on the average, to the tenth."""
    days = sum(clipped.days for one in taken if (clipped := one.clip(open_days)) is not None)
    return (Decimal(days) / open_days.days).quantize(_TENTH, ROUND_HALF_UP)


# What is handed to others

FEWEST: Final = 5


def covered(counts: Sequence[int]) -> list[int | None]:
    """Numbers of rows that together give a whole, without those that may tell who somebody is.

    From one to four are not said. What is left out together could be reckoned from the whole, so that the
    next smallest goes with it as long as it is one row alone or few people.
    """
    small = {place for place, number in enumerate(counts) if 0 < number < FEWEST}
    others = sorted(
        (place for place, number in enumerate(counts) if number >= FEWEST), key=counts.__getitem__
    )
    while small and others and (len(small) == 1 or sum(counts[place] for place in small) < FEWEST):
        small.add(others.pop(0))
    return [None if place in small else number for place, number in enumerate(counts)]
