"""What is missing before a person can be paid for a month (journey C.3, step 4).

Nothing is assumed for anybody: whoever lacks a decision, a way of payment or a title stands on the list as
blocked, with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reintegration.core.dates import DateSpan


class Blocker(StrEnum):
    NO_APPLICATION = "no_application"
    NOT_DECIDED = "not_decided"
    NO_WAY = "no_way"
    NO_TAX = "no_tax"
    NO_TITLE = "no_title"
    OPENING = "opening"


SENTENCES = {
    Blocker.NO_APPLICATION: "Brakuje wniosku o świadczenie. (art. 15 ust. 4)",
    Blocker.NOT_DECIDED: "Wniosek o świadczenie czeka na decyzję kierownika.",
    Blocker.NO_WAY: "Brakuje sposobu wypłaty: konta, kasy albo poczty.",
    Blocker.NO_TAX: "Nie wiadomo, czy osoba złożyła PIT-2.",
    Blocker.NO_TITLE: "Brakuje tytułu ubezpieczenia na cały miesiąc.",
    Blocker.OPENING: (
        "Dni tego miesiąca są tylko w stanie początkowym. Rozlicz ten miesiąc tak jak dotąd, poza programem."
    ),
}


@dataclass(frozen=True, slots=True)
class PayFacts:
    """What is known of one person for one month."""

    asked: bool = False
    refused: bool = False
    granted_from: date | None = None
    has_way: bool = False
    has_tax: bool = False
    titles: tuple[DateSpan, ...] = ()
    # The last day of which only sums are known here, where the unit began to mark days in mid-course.
    summed_until: date | None = None


def blockers(facts: PayFacts, due: DateSpan | None) -> Iterator[Blocker]:
    """Why a person cannot be paid for the days of a month that are theirs, in the order of the work.

    `due` are the days of participation in the month; nobody is asked for anything when there are none.
    Who was refused, or is granted from a later day only, has nothing to be paid.
    """
    if due is None or (facts.refused and not facts.asked and facts.granted_from is None):
        return
    if facts.granted_from is None:
        yield Blocker.NOT_DECIDED if facts.asked else Blocker.NO_APPLICATION
    elif due.last is None or facts.granted_from > due.last:
        return
    if not facts.has_way:
        yield Blocker.NO_WAY
    if not facts.has_tax:
        yield Blocker.NO_TAX
    paid = due if facts.granted_from is None else DateSpan(max(due.first, facts.granted_from), due.last)
    if paid.subtract(*facts.titles):
        yield Blocker.NO_TITLE
    # Nobody knows here which of these days were absences: the whole month would be paid.
    if facts.summed_until is not None and facts.summed_until >= due.first:
        yield Blocker.OPENING
