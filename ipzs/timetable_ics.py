"""The plan as calendars read it (RFC 5545): classes with their room, and of people no more than initials."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from ipzs.enums import EntryPurpose, FeedKind, MeetingState
from ipzs.models import ClassMeeting, TimetableEntry, TimetableFeed
from ipzs.queries.timetable import as_entry, entries_within, name_of, off_days
from ipzs.rules import plan
from reintegration.core import clock
from reintegration.core.dates import DateSpan

BACK, AHEAD = timedelta(days=28), timedelta(days=84)
_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(feed: TimetableFeed, *, now: datetime) -> str:
    """Four weeks back and twelve ahead of what the feed is of."""
    today = clock.today()
    span = DateSpan(today - BACK, today + AHEAD)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Reintegra//Plan zajec//PL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text('Plan zajęć')}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *_events(feed, span, now=now),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _events(feed: TimetableFeed, span: DateSpan, *, now: datetime) -> Iterator[str]:
    rows = entries_within(span).filter(purpose=EntryPurpose.CLASS)
    if feed.kind == FeedKind.OWN:
        rows = rows.filter(leader=feed.user_id)
    elif feed.kind == FeedKind.WORKSHOP:
        rows = rows.filter(workshop=feed.workshop_id)
    by_key = {str(row.pk): row for row in rows}
    cancelled = set(
        ClassMeeting.objects.filter(day__range=(span.first, span.last), state=MeetingState.CANCELLED)
        .order_by("pk")
        .values_list("entry", "day")
    )
    for session in plan.sessions([as_entry(row) for row in by_key.values()], span, off_days(span)):
        row = by_key[session.entry.key]
        yield from _event(row, session.day, off=(row.pk, session.day) in cancelled, now=now)


def _event(row: TimetableEntry, day: date, *, off: bool, now: datetime) -> Iterator[str]:
    name = name_of(row)
    if row.person is not None:
        name = f"{name} ({initials(str(row.person))})"
    yield "BEGIN:VEVENT"
    yield f"UID:{row.pk}-{day.isoformat()}@reintegra"
    yield f"DTSTAMP:{_instant(now)}"
    yield f"DTSTART:{_moment(day, row.begins)}"
    yield f"DTEND:{_moment(day, row.ends)}"
    yield f"SUMMARY:{_text(name)}"
    if row.workshop is not None and row.workshop.name != name:
        yield f"DESCRIPTION:{_text(row.workshop.name)}"
    if row.room is not None:
        yield f"LOCATION:{_text(row.room.name)}"
    yield f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}"
    yield "END:VEVENT"


def initials(name: str) -> str:
    """`Marek Dąbek` is `M. D.`"""
    return " ".join(f"{part[0]}." for part in name.split() if part)


def _moment(day: date, hour: time) -> str:
    return _instant(datetime.combine(day, hour, clock.WARSAW))


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; a letter is never cut in two."""
    part = b""
    for letter in line:
        coded = letter.encode()
        if len(part) + len(coded) > _LINE:
            yield part.decode()
            part = b" "
        part += coded
    yield part.decode()
