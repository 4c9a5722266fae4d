"""Who a person is: PESEL, birth date, sex and the document that stands in for PESEL (art. 8b, 18f)."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from participants.rules.codes import DocumentKind, NoPesel, Sex
from reintegration.core.dates import full_years
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_long_date
from reintegration.core.identifiers import FALSE_BIRTH_YEARS, parse_pesel, pesel_birth_date, pesel_sex

OLDEST: Final = 110
YOUNGEST: Final = 15

# Years by which the series of made-up numbers lies beside the living: who is born 1985 has one of 1885.
_ASIDE: Final = {18: 100, 21: -100, 22: -200}
# Without knowing the number and without papers there is no document to ask for.
_WITH_DOCUMENT: Final = frozenset({NoPesel.FOREIGNER, NoPesel.PENDING})


class FieldProblem(NamedTuple):
    """A sentence and the field at which it stands."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PeselFacts:
    """What a PESEL says of its holder."""

    birth_date: date
    sex: Sex


@dataclass(frozen=True, slots=True)
class Identity:
    """What was typed; the names are those of the fields of the person."""

    pesel: str = ""
    no_pesel: NoPesel | None = None
    document_kind: DocumentKind | None = None
    document_number: str = ""
    birth_date: date | None = None
    sex: Sex | None = None


def facts_of(pesel: str) -> PeselFacts:
    """Read birth date and sex from a PESEL that has been parsed."""
    return PeselFacts(pesel_birth_date(pesel), Sex.MALE if pesel_sex(pesel) == "M" else Sex.FEMALE)


def as_living(birth: date) -> date:
    """Move a birth date of the made-up series beside it to the day of a living person; leave others."""
    if birth.year not in FALSE_BIRTH_YEARS:
        return birth
    return birth.replace(year=birth.year + _ASIDE[birth.year // 100])


def identity_problems(
    identity: Identity, *, today: date, false_series: bool = False
) -> tuple[FieldProblem, ...]:
    """Tell what does not fit together, each sentence at the field to correct.

    `false_series` is for the demo and the tests, whose numbers carry birth years of nobody alive: the
    birth date may then be that of the number or the one a century beside it.
    """
    found: list[FieldProblem] = []
    facts = None
    if identity.pesel.strip():
        try:
            facts = facts_of(parse_pesel(identity.pesel))
        except InputError as error:
            found.append(FieldProblem("pesel", error.message))
        if identity.no_pesel is not None:
            found.append(FieldProblem("no_pesel", "Wpisz numer PESEL albo powód jego braku, nie oba."))
    else:
        found += _without_pesel(identity)
    if facts is not None:
        found += _contradictions(identity, facts, false_series=false_series)
    birth, field = identity.birth_date, "birth_date"
    if birth is None and facts is not None:
        birth, field = facts.birth_date, "pesel"
    if birth is not None:
        told = as_living(birth) if false_series else birth
        if sentence := unlikely_birth(told, today=today):
            found.append(FieldProblem(field, sentence))
    return tuple(found)


def unlikely_birth(birth: date, *, today: date) -> str | None:
    """Say why nobody who takes part can have been born that day, or nothing."""
    if birth > today:
        return f"Data urodzenia {format_long_date(birth)} jest w przyszłości."
    age = full_years(birth, today)
    if age > OLDEST or age < YOUNGEST:
        return f"Ta osoba miałaby {counted(age, 'rok', 'lata', 'lat')}. Sprawdź rok urodzenia."
    return None


def _without_pesel(identity: Identity) -> list[FieldProblem]:
    if identity.no_pesel is None:
        return [FieldProblem("pesel", "Wpisz numer PESEL albo wybierz powód jego braku.")]
    if identity.no_pesel not in _WITH_DOCUMENT:
        return []
    found = []
    if identity.document_kind is None:
        found.append(FieldProblem("document_kind", "Wybierz dokument, który osoba pokazała."))
    number = [sign for sign in identity.document_number if sign.isalnum()]
    if not number:
        found.append(FieldProblem("document_number", "Wpisz serię i numer dokumentu."))
    elif len(number) < 3:
        found.append(FieldProblem("document_number", "Numer dokumentu ma co najmniej 3 litery lub cyfry."))
    if identity.birth_date is None:
        found.append(FieldProblem("birth_date", "Wpisz datę urodzenia z dokumentu."))
    return found


def _contradictions(identity: Identity, facts: PeselFacts, *, false_series: bool) -> list[FieldProblem]:
    found = []
    accepted = {facts.birth_date, as_living(facts.birth_date)} if false_series else {facts.birth_date}
    if identity.birth_date is not None and identity.birth_date not in accepted:
        told = format_long_date(facts.birth_date)
        found.append(
            FieldProblem("birth_date", f"Według PESEL data urodzenia to {told}. Popraw datę albo PESEL.")
        )
    if identity.sex is not None and identity.sex is not facts.sex:
        told = "mężczyzny" if facts.sex is Sex.MALE else "kobiety"
        found.append(FieldProblem("sex", f"To PESEL {told}. Popraw płeć albo PESEL."))
    return found
