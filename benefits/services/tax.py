"""The year's information on a person's tax (PIT-11): promised for everybody, issued, corrected, delivered."""

from datetime import date
from uuid import UUID

from benefits import tax_papers
from benefits.models import TaxSlip
from benefits.queries import tax as queries
from participants.models import Person
from participants.rules.codes import UnitType
from participants.services.participations.common import not_in_future, stored, unit_type
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import join_words
from reintegration.jobs.enums import JobState
from reintegration.jobs.services import enqueue_batch, retry_job

WORK = "benefits.tax_slip"


def promise(year: int) -> int:
    """Promise whatever is to be issued of a year; answers how many people that is.

    The same information again is the same job: what waits or runs is left alone, what was given up runs
    again.
    """
    _refuse_early(year)
    waiting = [one for one in queries.slips_of(year) if one.waits]
    work = {
        f"{one.person.pk}:{year}:{len(one.issued) + 1}": {"person": one.person.pk, "year": year}
        for one in waiting
    }
    for job in enqueue_batch(kind=WORK, batch=queries.batch_of(year), work=work):
        if job.state in {JobState.PARKED, JobState.CANCELLED}:
            retry_job(job_id=job.pk)
    return len(waiting)


def issue(*, person_id: UUID, year: int) -> TaxSlip:
    """The information of one person; asked for again while nothing changed it is the one that stands."""
    _refuse_early(year, person_id)
    # Whoever merges a person into another one holds them first, and would not see a paper under way.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person_id)
    found = queries.slip_of(year, person_id)
    if found is None:
        raise InputError(f"Ta osoba nie miała w {year} roku żadnej wypłaty.")
    if found.lacks:
        raise InputError(f"Brakuje: {join_words(found.lacks)}.")
    if found.latest is not None and not found.may_be_issued:
        return found.latest
    row = stored(
        TaxSlip(
            person=found.person,
            year=year,
            version=len(found.issued) + 1,
            income=found.amounts.income,
            advance=found.amounts.tax,
            named=found.named,
            issued_on=clock.today(),
        )
    )
    tax_papers.slip(found, row)
    return row


def deliver(*, slip_id: UUID, sent_on: date | None, given_on: date | None) -> TaxSlip:
    """When an information went to the tax office, and when the person had it."""
    row = TaxSlip.objects.select_for_update(of=("self",)).get(pk=slip_id)
    return _delivered(row, sent_on, given_on)


def deliver_all(*, year: int, sent_on: date | None, given_on: date | None) -> int:
    """The same for each one that stands and of which it is not known yet; answers how many changed."""
    if sent_on is None and given_on is None:
        raise InputError("Wpisz dzień wysłania albo dzień przekazania.")
    keys = [one.latest.pk for one in queries.slips_of(year) if one.latest is not None]
    changed = 0
    for row in TaxSlip.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"):
        before = row.sent_on, row.given_on
        days = row.sent_on or sent_on, row.given_on or given_on
        if days != before:
            _delivered(row, *days)
            changed += 1
    return changed


def _delivered(row: TaxSlip, sent_on: date | None, given_on: date | None) -> TaxSlip:
    for name, day in (("sent_on", sent_on), ("given_on", given_on)):
        if day is not None:
            not_in_future(day, field=name)
            if day < row.issued_on:
                raise InputError("Ten dzień jest przed wydaniem PIT-11.", field=name)
    row.sent_on, row.given_on = sent_on, given_on
    return stored(row)


def _refuse_early(year: int, person_id: UUID | None = None) -> None:
    """A year is known when it is over; who has left may ask for it before (art. 39 ust. 2)."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    if not queries.is_time(year, person_id):
        raise InputError(
            f"PIT-11 za {year} rok wydaje się po jego końcu. Wcześniej tylko temu, kto skończył."
        )
