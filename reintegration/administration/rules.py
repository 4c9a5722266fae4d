"""What of settings can be said without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from reintegration.core.errors import InputError

# Names of the days of the week, Monday first, as ISO 8601 numbers them.
WEEKDAYS = {
    1: "poniedziałek",
    2: "wtorek",
    3: "środa",
    4: "czwartek",
    5: "piątek",
    6: "sobota",
    7: "niedziela",
}
SHORT = {1: "pn.", 2: "wt.", 3: "śr.", 4: "czw.", 5: "pt.", 6: "sob.", 7: "niedz."}

# The longest run of days that one entry closes: a holiday of the whole unit.
MOST_CLOSED = 62


def week_in_words(days: Sequence[int]) -> str:
    """`poniedziałek–piątek` for a run of days, else each day by its short name."""
    ordered = sorted(days)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{WEEKDAYS[ordered[0]]}–{WEEKDAYS[ordered[-1]]}"
    if len(ordered) == 1:
        return WEEKDAYS[ordered[0]]
    return ", ".join(SHORT[day] for day in ordered)


def read_fte(text: str) -> Decimal:
    """Read a share of full time: `1`, `0,5`, `3/4`; kept to three decimals."""
    typed = text.replace(" ", "").replace(",", ".")
    sentence = "Wpisz część etatu, na przykład 1, 0,5 albo 3/4."
    if len(typed) > 12 or not all(sign in "0123456789./" for sign in typed):
        raise InputError(sentence)
    try:
        share = Fraction(typed)
    except (ValueError, ZeroDivisionError):
        raise InputError(sentence) from None
    if share > 1:
        raise InputError("Wymiar etatu jest liczbą od 0 do 1.")
    # Rounded half up: 1/3 of full time is 0,333.
    thousandths = (share.numerator * 2000 + share.denominator) // (share.denominator * 2)
    return Decimal(thousandths) / 1000


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, as far as it matters for who is left in charge."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def leaves_nobody_in_charge(*, after: Held | None, before: Held, others: Sequence[Held], today: date) -> bool:
    """Whether a change of one role leaves a day on which nobody answers for the organisation.

    Asked for today and for the day after the role's new end; an end that stood before the change, or a
    later one, takes nobody away.
    """
    held = [*others, after] if after is not None else list(others)
    days = [today] if before.covers(today) else []
    if after is not None and after.until is not None and (before.until is None or after.until < before.until):
        days.append(max(after.until + timedelta(days=1), today))
    return not all(any(one.covers(day) for one in held) for day in days)
