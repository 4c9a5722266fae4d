"""Health insurance in words: what covers, the warning before a gap, the strip, and what waits for the OPS."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.queries.health import FileHealth
from benefits.rules.health import Cover, Event, Segment, after_the_end
from participants.queries.participations.axis import BETWEEN, MARK, WIDTH, Part
from reintegration.core.components import Badge
from reintegration.core.dates import ONE_DAY, DateSpan
from reintegration.core.formats import counted, format_date, format_span, format_table_date

WORDS = {
    Cover.OWN: "własne ubezpieczenie",
    Cover.PROGRAMME: "program, zgłasza OPS",
    Cover.FAMILY: "zgłoszenie przez członka rodziny",
    Cover.DECISION: "decyzja wójta, burmistrza lub prezydenta",
    Cover.AFTER: "30 dni po poprzednim ubezpieczeniu",
    Cover.GAP: "luka: nikt nie płaci za leczenie",
}
LAW = {
    Cover.PROGRAMME: "art. 66 ust. 1 pkt 30 i art. 73 pkt 13",
    Cover.AFTER: "art. 67 ust. 4",
    Cover.DECISION: "art. 54",
}


@dataclass(frozen=True, slots=True)
class Strip:
    parts: Sequence[Part]
    # Where today stands; nothing outside of the programme.
    now: str
    text: str


def strip(segments: Sequence[Segment], today: date, *, club: bool = False) -> Strip | None:
    """The segments as one line, and the same in words for whoever does not see it."""
    if not segments:
        return None
    first, last = segments[0].since, segments[-1].until
    days = (last - first).days + 1
    parts = []
    for one in segments:
        start, end = (WIDTH * (day - first).days / days for day in (one.since, one.until + ONE_DAY))
        width = max(end - start - BETWEEN, (end - start) / 2)
        parts.append(Part(f"{start:.1f}", f"{width:.1f}", one.cover))
    now = ""
    if first <= today <= last:
        place = WIDTH * ((today - first).days + 0.5) / days - MARK / 2
        now = f"{min(max(place, 0), WIDTH - MARK):.1f}"
    said = [
        f"{cover_words(one.cover, club=club)} {format_span(one.since, one.until, today=today)}"
        for one in segments
    ]
    return Strip(parts, now, f"Ubezpieczenie po kolei: {'; '.join(said)}.")


def cover_words(cover: Cover, *, club: bool) -> str:
    """In a club it is the contract that insures."""
    return "kontrakt socjalny, zgłasza OPS" if club and cover is Cover.PROGRAMME else WORDS[cover]


def paper(found: FileHealth) -> str:
    return "kontrakt" if found.club else "program"


def badge(found: FileHealth, today: date) -> Badge:
    """How somebody stands today, in a cell of a list."""
    gap = found.gap(today)
    if found.uninsured:
        return Badge("umowa KIS nie ubezpiecza", "warn")
    if not found.programmes:
        return Badge("bez programu")
    if found.unregistered(DateSpan.single(today)):
        return Badge("OPS nie zgłosił", "bad")
    if gap is None:
        return Badge("bez luki", "ok")
    word = "luka" if found.asked else "nie ustalono"
    if gap.since <= today:
        return Badge(f"{word}, do {format_table_date(gap.until)}", "bad")
    left = counted((gap.since - today).days, "dzień", "dni", "dni")
    return Badge(f"{word} za {left}", "warn")


def covered_now(found: FileHealth, today: date) -> str:
    """By what somebody may see a doctor today."""
    now = next((one for one in found.segments if one.since <= today <= one.until), None)
    if now is None or now.is_gap or found.unregistered(DateSpan.single(today)):
        return ""
    return f"{cover_words(now.cover, club=found.club)}, do {format_table_date(now.until)}"


@dataclass(frozen=True, slots=True)
class Warning:
    kind: str
    title: str
    text: str


def warning(found: FileHealth, today: date) -> Warning | None:
    """What is said before a gap, while it runs, and when nobody knows."""
    if found.uninsured:
        return Warning(
            "warn",
            "Umowa KIS nie daje ubezpieczenia.",
            "Ubezpiecza kontrakt socjalny albo program w CIS. (art. 66 ust. 1 pkt 30) Sprawdź, czy osoba ma"
            " inne ubezpieczenie.",
        )
    if found.unregistered(DateSpan.single(today)):
        return Warning(
            "bad",
            "OPS nie zgłosił jeszcze tej osoby.",
            f"Powinien ubezpieczać ją {paper(found)}, ale bez zgłoszenia leczenie może nie być opłacone."
            " (art. 67 ust. 1) Zapytaj OPS i wpisz dzień zgłoszenia.",
        )
    gap = found.gap(today)
    if gap is None:
        return None
    days = format_span(gap.since, gap.until, today=today)
    then = ""
    after = next((one for one in found.segments if one.since == gap.until + ONE_DAY), None)
    if after is not None and after.cover is Cover.PROGRAMME:
        then = f" Od {format_date(after.since, today=today)} ubezpiecza {paper(found)}."
    if not found.asked:
        return Warning(
            "warn", "Nie ustalono, czy osoba jest ubezpieczona.", f"Jeśli nie jest: luka {days}.{then}"
        )
    if gap.since <= today:
        left = counted((gap.until - today).days + 1, "dzień", "dni", "dni")
        return Warning("bad", f"Osoba nie jest ubezpieczona: jeszcze {left}.", f"Luka {days}.{then}")
    wait = counted((gap.since - today).days, "dzień", "dni", "dni")
    return Warning("warn", f"Za {wait} zacznie się luka w ubezpieczeniu.", f"Luka {days}.{then}")


def end_sentence(found: FileHealth, today: date) -> str:
    """What comes after the programme."""
    last = after_the_end(found.segments, found.terms)
    if last is None:
        return ""
    return (
        f"Po ostatnim dniu leczenie należy się jeszcze do {format_date(last, today=today)}. (art. 67 ust. 4)"
    )


def event_words(event: Event, today: date) -> str:
    """`zgłosić do 09.04.2026`: what, and the last day for it."""
    what = "zgłosić" if event.registers else "wyrejestrować"
    late = ", po terminie" if event.is_late(today) else ""
    return f"{what} do {format_table_date(event.term)}{late}"


def changes_words(found: FileHealth, today: date) -> list[str]:
    """What the OPS does not know yet."""
    said = []
    for one in found.to_tell(today):
        if one.span is None:
            said.append("zgłoszenie jest już niepotrzebne")
        elif one.key is None:
            said.append(f"ubezpieczyć {_days(one.span)}")
        else:
            said.append(f"zmienione dni: {_days(one.span)}")
    return said


def _days(span: DateSpan) -> str:
    assert span.last is not None
    return f"od {format_table_date(span.first)} do {format_table_date(span.last)}"


def waiting(event: Event | None, today: date) -> Badge | None:
    """What the OPS has still to do about one row."""
    if event is None:
        return None
    if not event.is_due(today):
        return Badge(f"{'zgłosić' if event.registers else 'wyrejestrować'} od {format_table_date(event.day)}")
    return Badge(event_words(event, today), "bad" if event.is_late(today) else "warn")
