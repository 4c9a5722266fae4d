"""Consents: what is in force on a day, and what of a card may be shown to whom.

A card leaves the unit only with two consents, the participant's and the responsible worker's, each for a
named recipient, purpose and scope and until a day. Art. 7 ust. 3 RODO: a consent is withdrawn as easily as
it is given, and from that day nothing rests on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from participants.rules.codes import Giver
from reintegration.core.text import search_key


@dataclass(frozen=True, slots=True)
class Term:
    """When a consent holds: both days inside, the day of withdrawal outside."""

    since: date
    until: date | None = None
    withdrawn_on: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError("A consent cannot end before it begins.")
        if self.withdrawn_on is not None and self.withdrawn_on < self.since:
            raise ValueError("A consent cannot be withdrawn before it is given.")


def in_force(term: Term, day: date) -> bool:
    """Tell whether a consent holds on a day; on the day of withdrawal it no longer does."""
    if day < term.since or (term.until is not None and day > term.until):
        return False
    return term.withdrawn_on is None or day < term.withdrawn_on


@dataclass(frozen=True, slots=True)
class SharingConsent:
    """One of the two consents; the worker's also confirms that the recipient's offer helps."""

    giver: Giver
    recipient: str
    purpose: str
    scope: frozenset[str]
    term: Term
    confirms_gain: bool = False


@dataclass(frozen=True, slots=True)
class Sharing:
    """What may be shown, and why not more."""

    allowed: frozenset[str]
    reasons: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Everything that was asked for may be shown."""
        return bool(self.allowed) and not self.reasons


_MISSING: Final = {
    Giver.PARTICIPANT: "Brakuje zgody uczestnika dla tego odbiorcy i celu.",
    Giver.WORKER: "Brakuje zgody opiekuna dla tego odbiorcy i celu.",
}


def sharing(
    consents: Iterable[SharingConsent], *, recipient: str, purpose: str, parts: frozenset[str], day: date
) -> Sharing:
    """Tell which of the parts asked for both consents allow, for this recipient and purpose on this day.

    Several consents of the same giver add up; those of the two givers are cut to what they share. The
    worker's counts only when it confirms that the recipient's offer will strengthen the work done.
    """
    wanted = (search_key(recipient), search_key(purpose))
    given: dict[Giver, frozenset[str]] = {}
    unconfirmed = False
    for consent in consents:
        meant = (search_key(consent.recipient), search_key(consent.purpose))
        if meant != wanted or not in_force(consent.term, day):
            continue
        if consent.giver is Giver.WORKER and not consent.confirms_gain:
            unconfirmed = True
            continue
        given[consent.giver] = given.get(consent.giver, frozenset()) | consent.scope
    reasons = [
        "Opiekun nie potwierdził jeszcze, że oferta odbiorcy wzmocni dotychczasową pracę."
        if giver is Giver.WORKER and unconfirmed
        else sentence
        for giver, sentence in _MISSING.items()
        if giver not in given
    ]
    if reasons:
        return Sharing(frozenset(), tuple(reasons))
    allowed = parts & given[Giver.PARTICIPANT] & given[Giver.WORKER]
    if allowed != parts:
        return Sharing(allowed, ("Zgody nie obejmują wszystkich części karty.",))
    return Sharing(allowed)
