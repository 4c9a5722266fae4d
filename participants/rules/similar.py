"""Are two records of one person? A warning for people to judge: nothing is merged by it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from participants.rules.codes import Score
from reintegration.core.text import one_typo_apart, search_key

# Short first names differ by a letter and are other names: Ewa and Ela may be twins.
_SHORT: Final = 3
_ORDER: Final = (Score.POSSIBLE, Score.LIKELY, Score.CERTAIN)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared; `pesel` may be the number or its blind index, both sides alike."""

    first_name: str
    last_name: str
    birth_date: date | None = None
    pesel: str | bytes = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How surely the two are one, and what speaks for it or against it."""

    score: Score
    reasons: tuple[str, ...]

    @property
    def rank(self) -> int:
        """Higher is surer, for ordering a list."""
        return _ORDER.index(self.score)


def likeness(one: Profile, other: Profile) -> Likeness | None:
    """Compare two records; None where nothing speaks for one person.

    The same PESEL is certain. Otherwise names and birth date are weighed together, since either alone is
    shared by many. Two different PESELs speak against it: what was likely is then only possible.
    """
    if one.pesel and one.pesel == other.pesel:
        return Likeness(Score.CERTAIN, ("Ten sam PESEL.",))
    name, name_reason = _names(one, other)
    birth, birth_reason = _births(one, other)
    reasons = [reason for reason in (name_reason, birth_reason) if reason]
    unknown_birth = one.birth_date is None or other.birth_date is None
    agrees = unknown_birth or birth > 0
    # Weights: 3 the same, 2 nearly, 1 weakly, 0 other or unknown.
    score = None
    if name and birth:
        score = Score.LIKELY if name + birth >= 5 else Score.POSSIBLE
    elif name == 3 and unknown_birth:
        score = Score.POSSIBLE
    if one.phone and one.phone == other.phone:
        reasons.append("Ten sam telefon.")
        if name >= 2 and agrees:
            score = Score.LIKELY
        score = score or Score.POSSIBLE
    if score is None:
        return None
    if one.pesel and other.pesel:
        if score is Score.POSSIBLE:
            return None
        score = Score.POSSIBLE
        reasons.append("Numery PESEL są różne.")
    return Likeness(score, tuple(reasons))


def _names(one: Profile, other: Profile) -> tuple[int, str]:
    first, last = search_key(one.first_name), search_key(one.last_name)
    other_first, other_last = search_key(other.first_name), search_key(other.last_name)
    if not (first and last and other_first and other_last):
        return 0, ""
    if (first, last) == (other_first, other_last):
        return 3, "To samo imię i nazwisko."
    if (first, last) == (other_last, other_first):
        return 3, "Imię i nazwisko zamienione miejscami."
    if first == other_first and set(last.split()) & set(other_last.split()):
        return 2, "To samo imię i część nazwiska."
    if not (one_typo_apart(first, other_first) and one_typo_apart(last, other_last)):
        return 0, ""
    return _names_with_typo(first, last, other_first, other_last)


def _names_with_typo(first: str, last: str, other_first: str, other_last: str) -> tuple[int, str]:
    if first == other_first:
        return 2, "Nazwiska różnią się jedną literą."
    if last == other_last:
        short = min(len(first), len(other_first)) <= _SHORT
        return 1 if short else 2, "Imiona różnią się jedną literą."
    return 1, "Imiona i nazwiska różnią się po jednej literze."


def _births(one: Profile, other: Profile) -> tuple[int, str]:
    a, b = one.birth_date, other.birth_date
    if a is None or b is None:
        return 0, ""
    if a == b:
        return 3, "Ta sama data urodzenia."
    if a.year == b.year and (a.day, a.month) == (b.month, b.day):
        return 2, "Dzień i miesiąc urodzenia zamienione miejscami."
    return 0, ""
