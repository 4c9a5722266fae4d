"""What is written of a person, and what does not fit together in it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from django.conf import settings

from participants.models import Person
from participants.queries.people.search import birth_told
from participants.rules.codes import DocumentKind, NoPesel, Sex
from participants.rules.identity import FieldProblem, Identity, facts_of, identity_problems
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.identifiers import parse_pesel

IDENTITY: Final = frozenset({"pesel", "no_pesel", "document_kind", "document_number", "birth_date", "sex"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonData:
    """The columns of a person that people fill in; an empty text means that nothing is known."""

    first_name: str
    last_name: str
    second_name: str = ""
    pesel: str = ""
    no_pesel: str = ""
    document_kind: str = ""
    document_number: str = ""
    birth_date: date | None = None
    sex: str = ""
    citizenship: str = "PL"
    language: str = "pl"
    marital_status: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    gmina: str = ""
    mail_address: str = ""
    phone: str = ""
    email: str = ""
    contact_person: str = ""
    education: str = ""
    qualifications: str = ""
    last_work: str = ""
    months_without_work: int | None = None
    household_size: int | None = None
    children: int | None = None
    household: str = ""
    distance_km: int | None = None


NAMES: Final = tuple(field.name for field in fields(PersonData))


class PersonRefused(InputError):
    """Several things do not fit; each has its field. Who shows one sentence shows the first."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems[0].sentence, field=self.problems[0].field)


class KnownPesel(InputError):
    """The person is in the unit's files already."""

    def __init__(self, person: Person) -> None:
        super().__init__(f"Z tym numerem jest już w kartotece: {person}.", field="pesel")
        self.person = person


def data_of(person: Person) -> PersonData:
    """Read what is written now, so that a form changes its own part of it and nothing else."""
    return PersonData(**{name: getattr(person, name) for name in NAMES})


def completed(data: PersonData) -> dict[str, Any]:
    """Give the columns to store: the PESEL bare, birth date and sex read from it where nobody said them.

    What contradicts itself is refused, every sentence at its field.
    """
    values = {name: getattr(data, name) for name in NAMES}
    found = identity_problems(
        Identity(
            pesel=data.pesel,
            no_pesel=NoPesel(data.no_pesel) if data.no_pesel else None,
            document_kind=DocumentKind(data.document_kind) if data.document_kind else None,
            document_number=data.document_number,
            birth_date=data.birth_date,
            sex=Sex(data.sex) if data.sex else None,
        ),
        today=clock.today(),
        false_series=settings.DEMO,
    )
    if found:
        raise PersonRefused(found)
    if data.pesel.strip():
        values["pesel"] = parse_pesel(data.pesel)
        values["birth_date"] = data.birth_date or birth_told(values["pesel"])
        values["sex"] = data.sex or facts_of(values["pesel"]).sex.value
    return values
