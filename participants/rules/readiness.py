"""Is a referral ready for the interview: what is there, what is missing, what is asked when the person comes.

It stops nothing: whoever invites sees at a glance what to ask for, and of whom (requirement INT-10, PAIN-06).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from participants.rules.codes import Answer, UnitType


class Ready(StrEnum):
    """`MISSING`: the sender owes it. `ASK`: the person knows it. `LATER`: not needed for the interview."""

    HAVE = "have"
    MISSING = "missing"
    ASK = "ask"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a referral, as facts."""

    unit_type: UnitType
    agrees: bool
    opinion: bool
    identity: bool
    address: bool
    reachable: bool
    groups: bool
    story: bool
    insured: Answer
    attachments: int
    from_pup: bool = False
    ops_notified: bool = False
    needs_representative: bool = False
    representative: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One thing: how it stands, what to do about it, and why it is asked for."""

    name: str
    ready: Ready
    to_do: str
    source: str


_ORDER = (Ready.MISSING, Ready.ASK, Ready.LATER, Ready.HAVE)


def points(told: Told) -> list[Point]:
    """Everything that is looked at, what is missing first."""
    return sorted(_points(told), key=lambda one: _ORDER.index(one.ready))


def _there(there: bool, name: str, to_do: str, source: str, otherwise: Ready = Ready.MISSING) -> Point:
    return Point(name, Ready.HAVE if there else otherwise, "" if there else to_do, source)


def _points(told: Told) -> Iterator[Point]:
    cis = told.unit_type is UnitType.CIS
    yield _there(told.agrees, "Zgoda osoby na skierowanie", "Poproś o nią kierującego.", "art. 12 ust. 1")
    if cis:
        yield _there(
            told.opinion,
            "Opinia pracownika socjalnego po wywiadzie",
            "Dodaje ją OPS.",
            "art. 12 ust. 2",
        )
    else:
        # Nobody tells of a contract in a referral, and a club is open by it.
        yield Point("Kontrakt socjalny", Ready.ASK, "Zapytaj osobę i jej pracownika socjalnego.", "art. 18")
    if told.from_pup:
        yield _there(
            told.ops_notified, "Zawiadomienie OPS", "PUP zawiadamia OPS. Zapytaj, kiedy.", "art. 12 ust. 3"
        )
    if told.needs_representative:
        yield _there(
            told.representative, "Przedstawiciel ustawowy", "Poproś o imię i nazwisko.", "art. 12 ust. 1"
        )
    yield _there(told.groups, "Co opisuje sytuację", "Poproś kierującego.", "art. 1 ust. 2")
    yield _there(
        told.story, "Sytuacja w kilku zdaniach", "Zapytaj na rozmowie.", "formularz skierowania", Ready.ASK
    )
    yield _there(
        told.identity, "PESEL albo dokument", "Niech osoba zabierze dokument.", "karta osoby", Ready.ASK
    )
    yield _there(told.address, "Adres", "Zapytaj na rozmowie.", "art. 12 ust. 2 i 5", Ready.ASK)
    yield _there(told.reachable, "Telefon albo e-mail", "Zaproś przez kierującego.", "zaproszenie na rozmowę")
    yield _insurance(told.insured)
    yield _there(
        bool(told.attachments),
        "Załączniki",
        "Zapytaj o wywiad środowiskowy i orzeczenia.",
        "art. 12 ust. 2",
        Ready.ASK,
    )
    if cis:
        yield Point(
            "Badania lekarskie",
            Ready.LATER,
            "Kierujesz na nie po przyjęciu, przed pierwszym dniem.",
            "art. 14",
        )


def _insurance(insured: Answer) -> Point:
    if insured is Answer.YES:
        return Point("Ubezpieczenie zdrowotne", Ready.HAVE, "", "art. 73 pkt 13 ustawy zdrowotnej")
    said = {
        Answer.NO: "Nie ma. Policz lukę w „Pierwsza wypłata” i powiedz o trzech wyjściach.",
        Answer.UNKNOWN: "Zapytaj, kto opłaca składkę.",
    }[insured]
    return Point("Ubezpieczenie zdrowotne", Ready.ASK, said, "art. 73 pkt 13 ustawy zdrowotnej")
