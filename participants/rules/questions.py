"""The eight questions of the pre-check, in the order in which a screen asks them."""

from dataclasses import dataclass
from typing import Final

from participants.rules.codes import GROUP_NAMES, Group


@dataclass(frozen=True, slots=True)
class Question:
    """One question; with `choices` several may be marked, without them it is yes, no or unknown."""

    key: str
    text: str
    hint: str
    article: str
    choices: tuple[tuple[Group, str], ...] = ()


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "groups",
        "Co opisuje sytuację tej osoby?",
        "Zaznacz wszystko, co pasuje. Ustawa nie zamyka tej listy.",
        "art. 1 ust. 2",
        tuple(GROUP_NAMES.items()),
    ),
    Question(
        "in_need",
        "Czy z powodu tej sytuacji osoba nie zaspokaja podstawowych potrzeb własnym staraniem"
        " i trudno jej żyć życiem zawodowym, społecznym i rodzinnym?",
        "Od 15 lutego 2022 dochód nie jest warunkiem.",
        "art. 1 ust. 1",
    ),
    Question(
        "long_unemployed",
        "Czy PUP ma tę osobę w ewidencji jako długotrwale bezrobotną?",
        "Do CIS kieruje ją wtedy PUP i zawiadamia OPS.",
        "art. 12",
    ),
    Question(
        "unemployment_benefit",
        "Czy ma prawo do zasiłku dla bezrobotnych?",
        "Liczy się prawo, nie wypłata. Wie to PUP.",
        "art. 1 ust. 3",
    ),
    Question(
        "pre_retirement",
        "Czy ma prawo do zasiłku albo świadczenia przedemerytalnego?",
        "Świadczenie przedemerytalne wypłaca ZUS.",
        "art. 1 ust. 3",
    ),
    Question(
        "pension",
        "Czy ma prawo do emerytury albo nauczycielskiego świadczenia kompensacyjnego?",
        "Także wtedy, gdy wypłatę zawieszono.",
        "art. 1 ust. 3",
    ),
    Question(
        "structural_pension",
        "Czy ma prawo do renty strukturalnej?",
        "Dostają ją rolnicy, którzy oddali gospodarstwo. Wypłaca ją ARiMR.",
        "art. 1 ust. 3",
    ),
    Question(
        "incapacity_pension",
        "Czy ma prawo do renty z tytułu niezdolności do pracy?",
        "Wyłącza udział w CIS, nie w KIS. Renta socjalna niczego nie wyłącza.",
        "art. 1 ust. 3 i 3a",
    ),
)
