"""Health insurance around a programme: who covers a person on each day, and what the OPS is to be told.

Art. 66 ust. 1 pkt 30, 67 ust. 4, 73 pkt 13, 75 ust. 12 and 54 of the act on health care from public money.
A term that runs "from a day" does not count that day (art. 111 § 2 of the Civil Code), so the obligation
of a programme that begins on 2 March arises after thirty whole days: on 2 April.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reintegration.core.dates import ONE_DAY, DateSpan


class Cover(StrEnum):
    """By what somebody may see a doctor, the strongest first; a gap is what nothing covers."""

    OWN = "own"
    PROGRAMME = "programme"
    FAMILY = "family"
    DECISION = "decision"
    AFTER = "after"
    GAP = "gap"


RANK = {cover: rank for rank, cover in enumerate(Cover)}


@dataclass(frozen=True, slots=True)
class Terms:
    """Numbers of the law: days of waiting, days after a title, days of a decision, days to tell ZUS."""

    wait: int
    after: int
    decision: int
    registration: int


@dataclass(frozen=True, slots=True)
class Title:
    """What is known besides the programme: an own title, a family member's, or a decision."""

    cover: Cover
    span: DateSpan


@dataclass(frozen=True, slots=True)
class Programme:
    """From the day it begins to its last day, which may still be a plan."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Segment:
    since: date
    until: date
    cover: Cover

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def is_gap(self) -> bool:
        return self.cover is Cover.GAP


def begins_on(start: date, terms: Terms) -> date:
    """The first day on which a programme that begins so insures (art. 73 pkt 13)."""
    return start + timedelta(days=terms.wait) + ONE_DAY


def begins(programme: Programme, terms: Terms) -> date:
    """The first day of the obligation, should the programme last so long."""
    return begins_on(programme.since, terms)


def decision_until(since: date, terms: Terms) -> date:
    """The last day of a decision of the wójt: so many days with the first one (art. 54 ust. 7)."""
    return since + timedelta(days=terms.decision) - ONE_DAY


def timeline(
    programmes: Sequence[Programme], titles: Iterable[Title], terms: Terms, *, seen_from: date | None = None
) -> list[Segment]:
    """Every day from the first programme, or from a day before it, to the last one's end by what covers it,
    like days together.
    """
    if not programmes:
        return []
    first, last = min(one.since for one in programmes), max(one.until for one in programmes)
    if seen_from is not None:
        first = min(first, seen_from)
    layers = [*_layers(programmes, titles, terms)]
    edges = {first, last + ONE_DAY}
    for _, span in layers:
        edges.add(span.first)
        if span.last is not None and span.last < date.max:
            edges.add(span.last + ONE_DAY)
    within = sorted(day for day in edges if first <= day <= last + ONE_DAY)
    found: list[Segment] = []
    for since, after in zip(within, within[1:], strict=False):
        cover = min((one for one, span in layers if since in span), key=RANK.__getitem__, default=Cover.GAP)
        if found and found[-1].cover is cover:
            since = found.pop().since  # noqa: PLW2901 - the segment before goes on
        found.append(Segment(since, after - ONE_DAY, cover))
    return found


def _layers(
    programmes: Iterable[Programme], titles: Iterable[Title], terms: Terms
) -> Iterator[tuple[Cover, DateSpan]]:
    """What covers, one over another; after a title of one's own the right lasts on (art. 67 ust. 4)."""
    found = [*titles]
    for one in programmes:
        arises = begins(one, terms)
        if arises <= one.until:
            found.append(Title(Cover.PROGRAMME, DateSpan(arises, one.until)))
    for title in found:
        yield title.cover, title.span
        last = title.span.last
        if title.cover in {Cover.OWN, Cover.PROGRAMME} and last is not None:
            yield Cover.AFTER, DateSpan(last + ONE_DAY, last + timedelta(days=terms.after))


def until_insured(
    start: date, titles: Sequence[Title], terms: Terms, *, seen_from: date | None = None
) -> list[Segment]:
    """From some day, or the first of a programme, until it insures: what covers somebody who thinks of it.

    The last segment goes on: it is the programme, or a title of one's own that has no end.
    """
    ends = [one.span.last for one in titles if one.span.last is not None]
    # Long enough to see the programme insure after whatever is known to end.
    last = max([begins_on(start, terms), *ends]) + timedelta(days=terms.after)
    planned = Programme(start, last)
    found = timeline([planned], titles, terms, seen_from=seen_from)
    insures = next((at for at, one in enumerate(found) if one.cover is Cover.PROGRAMME), len(found) - 1)
    return found[: insures + 1]


@dataclass(frozen=True, slots=True)
class Entry:
    """Health insurance around the first day; `known` is false where nobody asked the person."""

    segments: Sequence[Segment]
    # From when the programme insures, whoever else does.
    arises: date
    known: bool

    @property
    def gap(self) -> Segment | None:
        return next((one for one in self.segments if one.is_gap), None)

    @property
    def last(self) -> Segment:
        """What insures from then on."""
        return self.segments[-1]


def gaps(segments: Sequence[Segment]) -> list[Segment]:
    return [one for one in segments if one.is_gap]


def next_gap(segments: Sequence[Segment], today: date) -> Segment | None:
    """The gap that runs today, or the first that is to come."""
    return next((one for one in segments if one.is_gap and one.until >= today), None)


def stretches(segments: Sequence[Segment]) -> list[DateSpan]:
    """The days on which the OPS insures the person: another own title interrupts them."""
    return [DateSpan(one.since, one.until) for one in segments if one.cover is Cover.PROGRAMME]


def after_the_end(segments: Sequence[Segment], terms: Terms) -> date | None:
    """The last day with a doctor after the end of a programme that insured up to it (art. 67 ust. 4)."""
    if not segments or segments[-1].cover is not Cover.PROGRAMME:
        return None
    return segments[-1].until + timedelta(days=terms.after)


@dataclass(frozen=True, slots=True)
class Registration:
    """What an OPS was told of one stretch, and when it did what was asked."""

    key: Hashable
    span: DateSpan
    registered_on: date | None = None
    deregistered_on: date | None = None
    # Nothing of the stretch is left: the person had a title of their own, or the programme no such days.
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A registration or deregistration for the OPS; `day` is the first with the new state."""

    registers: bool
    day: date
    term: date
    key: Hashable = None

    def is_due(self, today: date) -> bool:
        """Nobody is registered before the obligation arises."""
        return self.day <= today

    def is_late(self, today: date) -> bool:
        return self.term < today


def events(rows: Iterable[Registration], terms: Terms) -> list[Event]:
    """What the OPS has still to do, by term (art. 75 ust. 12; the days of art. 36 of the SUS act)."""
    found = []
    for one in rows:
        last = one.span.last
        assert last is not None, "The days of a programme have an end."
        if one.registered_on is None:
            if not one.cancelled:
                found.append(_event(True, one.span.first, one.key, terms))
        elif one.deregistered_on is None:
            found.append(_event(False, one.span.first if one.cancelled else last + ONE_DAY, one.key, terms))
    return sorted(found, key=lambda one: (one.term, one.day, not one.registers))


def _event(registers: bool, day: date, key: Hashable, terms: Terms) -> Event:
    return Event(registers, day, day + timedelta(days=terms.registration), key)


@dataclass(frozen=True, slots=True)
class Change:
    """What the rows told to an OPS lack: a stretch that is new (`key` None), another, or none any more."""

    key: Hashable
    span: DateSpan | None


def changes(told: Sequence[Registration], wanted: Sequence[DateSpan]) -> list[Change]:
    """Fit what was told to what holds today: the row that shares a day with a stretch follows it.

    A row that fits nothing but was not acted upon follows the next stretch that nobody was told of.
    """
    left = list(wanted)
    found: list[Change] = []
    free: list[Registration] = []
    # What holds and is exact has the first word, what was cancelled the last.
    for row in sorted(told, key=lambda one: (one.cancelled, one.span not in wanted, one.span.first)):
        here = next((one for one in left if one.overlaps(row.span)), None)
        if here is None:
            free.append(row)
            continue
        left.remove(here)
        if here != row.span or row.cancelled:
            found.append(Change(row.key, here))
    for row in free:
        if row.registered_on is None and left:
            found.append(Change(row.key, left.pop(0)))
        elif not row.cancelled and row.deregistered_on is None:
            found.append(Change(row.key, None))
    return [*found, *(Change(None, span) for span in left)]
