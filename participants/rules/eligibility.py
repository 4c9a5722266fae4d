"""May a person take part: the pre-check of art. 1 and 12 of the act on social employment.

It answers for facts as told, stores nothing and decides nothing: the referral does.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from participants.rules.codes import Answer, Group, Outcome, UnitType
from participants.rules.questions import QUESTIONS, Question

__all__ = ["QUESTIONS", "Answers", "Question", "Reason", "Verdict", "verdict"]

# Dz.U. 2022 poz. 218: the premise of poverty fell, and art. 1 ust. 3a came.
AMENDED: Final = date(2022, 2, 15)
_NEW_WORDING: Final = "brzmienie od 15 lutego 2022 (t.j. Dz.U. 2022 poz. 2241)"
_OLD_WORDING: Final = "brzmienie sprzed 15 lutego 2022 (t.j. Dz.U. 2020 poz. 176)"

_ARTICLES: Final = {question.key: question.article for question in QUESTIONS}

# What each right is called, and who can say whether the person has it.
_RIGHTS: Final = {
    "unemployment_benefit": ("zasiłku dla bezrobotnych", "PUP"),
    "pre_retirement": ("zasiłku albo świadczenia przedemerytalnego", "ZUS"),
    "pension": ("emerytury albo nauczycielskiego świadczenia kompensacyjnego", "ZUS albo KRUS"),
    "structural_pension": ("renty strukturalnej", "ARiMR"),
    "incapacity_pension": ("renty z tytułu niezdolności do pracy", "ZUS albo KRUS"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a person; every field is the key of a question."""

    groups: frozenset[Group] = frozenset()
    in_need: Answer = Answer.UNKNOWN
    long_unemployed: Answer = Answer.UNKNOWN
    unemployment_benefit: Answer = Answer.UNKNOWN
    pre_retirement: Answer = Answer.UNKNOWN
    pension: Answer = Answer.UNKNOWN
    structural_pension: Answer = Answer.UNKNOWN
    incapacity_pension: Answer = Answer.UNKNOWN

    def right(self, key: str) -> Answer:
        """The answer to one of the questions about rights."""
        answer: Answer = getattr(self, key)
        return answer


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence, where the law says so, and the question that it comes from."""

    sentence: str
    article: str
    question: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the pre-check says; `kis` is the answer of a KIS where a CIS says no."""

    unit_type: UnitType
    outcome: Outcome
    reasons: tuple[Reason, ...]
    wording: str
    kis: Outcome | None = None

    @property
    def sentence(self) -> str:
        """The verdict as one reads it: `CIS: nie. Prawo do … wyłącza udział. KIS: tak.`"""
        said = [f"{self.unit_type}: {_SAID[self.outcome]}."]
        said += [reason.sentence for reason in self.reasons]
        if self.kis is not None:
            said.append(f"KIS: {_SAID[self.kis]}.")
        return " ".join(said)


_SAID: Final = {
    Outcome.YES: "tak",
    Outcome.NO: "nie",
    Outcome.THROUGH_PUP: "tak, przez PUP",
    Outcome.CHECK_WITH_PUP: "sprawdź z PUP",
    Outcome.CHECK: "sprawdź",
}


def verdict(answers: Answers, unit_type: UnitType, on: date) -> Verdict:
    """Judge the answers by art. 1 ust. 1–3a and the way of referral of art. 12.

    A single exclusion decides, whatever else is unknown. Otherwise a fact that is missing is named
    together with the office that knows it. The long-term unemployed are sent to a CIS by PUP, which is
    a way and nothing to find out; a KIS needs no such referral (art. 18).
    """
    wording = _NEW_WORDING if on >= AMENDED else _OLD_WORDING
    if refusals := _refusals(answers, unit_type, on):
        kis = verdict(answers, UnitType.KIS, on).outcome if unit_type is UnitType.CIS else None
        return Verdict(unit_type, Outcome.NO, refusals, wording, kis)
    with_pup, elsewhere = _gaps(answers, unit_type, on)
    way = _way_through_pup(answers, unit_type)
    if elsewhere:
        return Verdict(unit_type, Outcome.CHECK, (*elsewhere, *with_pup, *way), wording)
    if with_pup:
        return Verdict(unit_type, Outcome.CHECK_WITH_PUP, (*with_pup, *way), wording)
    if way:
        return Verdict(unit_type, Outcome.THROUGH_PUP, way, wording)
    belongs = "Osoba należy do grup, dla których jest ustawa, i nic nie wyłącza udziału."
    return Verdict(unit_type, Outcome.YES, (_reason("groups", belongs),), wording)


def _reason(key: str, sentence: str) -> Reason:
    return Reason(sentence, _ARTICLES[key], key)


def _rights(unit_type: UnitType, on: date) -> tuple[str, ...]:
    """The rights that exclude: all for a CIS; a KIS is open to the incapacitated (art. 1 ust. 3a)."""
    spared = unit_type is UnitType.KIS and on >= AMENDED
    return tuple(key for key in _RIGHTS if not (spared and key == "incapacity_pension"))


def _refusals(answers: Answers, unit_type: UnitType, on: date) -> tuple[Reason, ...]:
    found = [
        _reason(key, f"Prawo do {_RIGHTS[key][0]} wyłącza udział.")
        for key in _rights(unit_type, on)
        if answers.right(key) is Answer.YES
    ]
    if answers.in_need is Answer.NO:
        found.append(_reason("in_need", "Osoba radzi sobie własnym staraniem, a ustawa jest dla innych."))
    return tuple(found)


def _gaps(answers: Answers, unit_type: UnitType, on: date) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What keeps the answer from being yes: what PUP can tell or does, and all else."""
    with_pup: list[Reason] = []
    elsewhere: list[Reason] = []
    if not answers.groups and answers.long_unemployed is not Answer.YES:
        elsewhere.append(_reason("groups", "Zaznacz, co opisuje sytuację tej osoby."))
    if answers.in_need is Answer.UNKNOWN:
        elsewhere.append(_reason("in_need", "Ustal, czy osoba radzi sobie własnym staraniem."))
    for key in _rights(unit_type, on):
        if answers.right(key) is Answer.UNKNOWN:
            name, office = _RIGHTS[key]
            gaps = with_pup if office == "PUP" else elsewhere
            gaps.append(_reason(key, f"Prawo do {name}: zapytaj {office}."))
    if question := _question_to_pup(answers, unit_type):
        with_pup.append(_reason("long_unemployed", question))
    if on < AMENDED:
        elsewhere.append(
            Reason(
                "Przed 15 lutego 2022 trzeba też sprawdzić ubóstwo i ukończoną terapię.",
                "art. 1",
                "in_need",
            )
        )
    return tuple(with_pup), tuple(elsewhere)


def _way_through_pup(answers: Answers, unit_type: UnitType) -> tuple[Reason, ...]:
    if unit_type is not UnitType.CIS or answers.long_unemployed is not Answer.YES:
        return ()
    said = "Długotrwale bezrobotnych kieruje do CIS urząd pracy i zawiadamia OPS."
    return (_reason("long_unemployed", said),)


def _question_to_pup(answers: Answers, unit_type: UnitType) -> str | None:
    """Why PUP has to be asked about long-term unemployment, or None."""
    only_as_unemployed = answers.groups == {Group.LONG_UNEMPLOYED}
    if answers.long_unemployed is Answer.NO:
        return (
            "PUP nie ma tej osoby jako długotrwale bezrobotnej: wyjaśnij to." if only_as_unemployed else None
        )
    if answers.long_unemployed is Answer.UNKNOWN:
        asked = unit_type is UnitType.CIS or only_as_unemployed
        return "Zapytaj PUP, czy osoba jest długotrwale bezrobotna." if asked else None
    return None
