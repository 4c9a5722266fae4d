"""What paid lists say of tax: advances by month, and the year of the unit and of each person.

Amounts are those that the lists froze and the day is that of the payment; nothing is counted again here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid5

from benefits.models import PayrollList, Statement, TaxSlip, TaxStatement
from benefits.rules import tax_year
from benefits.rules.digests import digest
from benefits.rules.tax_year import OfMonth, OfPerson, Paid
from participants.models import Gmina, Participation, Person
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.text import search_key
from reintegration.jobs.queries import Progress, progress_of
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

NO_NUMBER: Final = "nie ma numeru PESEL ani dokumentu tożsamości"
NO_ADDRESS: Final = "nie ma adresu"
NO_OFFICE: Final = "nie ma urzędu skarbowego"
NO_DATA: Final = "dane osoby usunięto"
NO_PAYER: Final = "nie ma numeru NIP jednostki"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The year of one person with everything that its information (PIT-11) names."""

    year: int
    person: Person
    amounts: OfPerson
    # The file that was paid last, where the office is written down.
    file_id: UUID
    office: str
    gmina: Gmina | None
    payer: Organisation
    # Issued before, the latest last.
    issued: Sequence[TaxSlip] = field(default=())

    @property
    def latest(self) -> TaxSlip | None:
        return self.issued[-1] if self.issued else None

    @property
    def lacks(self) -> list[str]:
        """What has to be written down first; whose data were erased has no more information."""
        person = self.person
        if not person.last_name:
            return [NO_DATA]
        found = [] if self.payer.nip else [NO_PAYER]
        if not person.pesel and not person.document_number:
            found.append(NO_NUMBER)
        if not (person.town and person.postcode):
            found.append(NO_ADDRESS)
        if not self.office:
            found.append(NO_OFFICE)
        return found

    @property
    def named(self) -> str:
        """A digest of who is named."""
        person, gmina = self.person, self.gmina
        return digest(
            person.first_name, person.last_name, person.pesel, person.document_kind, person.document_number,
            person.citizenship, person.birth_date, person.street, person.postcode, person.town,
            gmina.code if gmina is not None else "", self.office,
        )  # fmt: skip

    @property
    def amounts_differ(self) -> bool:
        """Since it was issued something else was paid out in the year."""
        last = self.latest
        return last is not None and (last.income, last.advance) != (self.amounts.income, self.amounts.tax)

    @property
    def names_differ(self) -> bool:
        last = self.latest
        return last is not None and last.named != self.named

    @property
    def may_be_issued(self) -> bool:
        return not self.lacks and (self.latest is None or self.amounts_differ or self.names_differ)

    @property
    def waits(self) -> bool:
        """Whether it is to be issued: for the first time, or because its amounts are no longer true."""
        return not self.lacks and (self.latest is None or self.amounts_differ)


def years() -> list[int]:
    """Those in which somebody was paid, the latest first."""
    days = PayrollList.objects.filter(paid_on__isnull=False).dates("paid_on", "year", order="DESC")
    return [day.year for day in days]


def paid(*, year: int | None = None, since: Month | None = None, person_id: UUID | None = None) -> list[Paid]:
    """Every payment, or those of one year, from one month on, or of one person."""
    rows = Statement.objects.filter(payroll_list__paid_on__isnull=False, blocked=False)
    if year is not None:
        rows = rows.filter(payroll_list__paid_on__year=year)
    if since is not None:
        rows = rows.filter(payroll_list__paid_on__gte=since.first)
    if person_id is not None:
        rows = rows.filter(person=person_id)
    found = rows.order_by("payroll_list__paid_on", "pk").values_list(
        "person_id", "payroll_list__paid_on", "benefit", "corrected", "premium", "tax"
    )
    return [Paid(key, day, own + later, premium, tax) for key, day, own, later, premium, tax in found]


def unit_year(year: int) -> list[OfMonth]:
    """PIT-4R: all months of a year."""
    return tax_year.year_by_month(year, paid(year=year))


def slips_of(year: int, *, person_id: UUID | None = None) -> list[Slip]:
    """PIT-11 of everybody, or of one, in a number of queries that does not depend on them."""
    amounts = {one.person: one for one in tax_year.year_by_person(year, paid(year=year, person_id=person_id))}
    people = list(Person.objects.filter(pk__in=list(amounts)).order_by("name_order", "pk"))
    keys = [one.pk for one in people]
    offices, issued = _offices(keys, year), _issued(keys, year)
    rows = Statement.objects.filter(person__in=keys).order_by("payroll_list__month", "pk")
    files = dict(rows.values_list("person_id", "participation_id"))
    here = Organisation.objects.get(pk=current_scope().organisation_id)
    gminas = {one.code: one for one in Gmina.objects.filter(code__in={one.gmina for one in people})}
    return [
        Slip(
            year=year,
            person=one,
            amounts=amounts[one.pk],
            file_id=files[one.pk],
            office=offices.get(one.pk, ""),
            payer=here,
            gmina=gminas.get(one.gmina),
            issued=issued[one.pk],
        )
        for one in people
    ]


def slip_of(year: int, person_id: UUID) -> Slip | None:
    return next(iter(slips_of(year, person_id=person_id)), None)


def searched(slips: Sequence[Slip], asked: str) -> list[Slip]:
    """Those whose name has every word of the question."""
    words = search_key(asked).split()
    return [one for one in slips if all(word in search_key(str(one.person)) for word in words)]


def _offices(people: Sequence[UUID], year: int) -> Mapping[UUID, str]:
    """The tax office of each person as it was said last until the end of the year, in whichever file."""
    rows = TaxStatement.objects.filter(person__in=people, since__lte=Month(year, 12).first).exclude(office="")
    return dict(rows.order_by("since", "pk").values_list("person_id", "office"))


def _issued(people: Sequence[UUID], year: int) -> Mapping[UUID, list[TaxSlip]]:
    found: defaultdict[UUID, list[TaxSlip]] = defaultdict(list)
    for one in TaxSlip.objects.filter(person__in=people, year=year).order_by("pk"):
        found[one.person_id].append(one)
    return found


def is_time(year: int, person_id: UUID | None = None) -> bool:
    """When the year is over; who has left may ask for it before (art. 39 ust. 2)."""
    if year < clock.today().year or person_id is None:
        return year < clock.today().year
    return not Participation.objects.filter(person=person_id, ended_on__isnull=True).exists()


def batch_of(year: int) -> UUID:
    """The key that joins the unit's jobs of a year, so that nothing has to be stored to find them."""
    return uuid5(current_scope().organisation_id, f"pit-11:{year}")


def progress(year: int) -> Progress | None:
    return progress_of(batch_of(year))
