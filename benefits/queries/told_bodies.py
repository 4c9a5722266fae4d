"""What a body is told: an OPS the month of whom it referred, a labour office what it pays for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from benefits.enums import FundApplicationState, JobState
from benefits.models import FundAgreement, FundApplication, Statement, SupportedJob, SupportedMonth
from benefits.models.lists import AFTER_PAYMENT
from benefits.queries import fund, fund_board, supported
from benefits.queries.health import Body, body_labels, health_of
from ipzs.enums import MarkKind
from ipzs.queries import attendance
from participants.models import Participation
from participants.services.portal.access import Reader
from reintegration.core.dates import DateSpan, Month
from reintegration.core.money import ZERO
from reintegration.core.text import search_key
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation

# Somebody who works at an employer is there.
THERE = (MarkKind.PRESENT, MarkKind.EMPLOYER)
# What an office has got.
SENT = (FundApplicationState.SENT, FundApplicationState.SETTLED)


@dataclass(frozen=True, slots=True)
class OpsPerson:
    """One person of an OPS in a month: who was there, what was paid, whom the programme insures."""

    file: Participation
    days: Mapping[str, int]
    paid: Decimal | None
    paid_on: date | None
    insured: DateSpan | None

    @property
    def there(self) -> int:
        return sum(self.days.get(kind, 0) for kind in THERE)

    @property
    def excused(self) -> int:
        """Days off, of illness and of other good reasons as one: which is not the body's to know."""
        return sum(self.days.get(kind, 0) for kind in (MarkKind.EXCUSED, MarkKind.FREE, MarkKind.SICK))

    @property
    def unexcused(self) -> int:
        return self.days.get(MarkKind.UNEXCUSED, 0)


def ops_of(months: Iterable[Month]) -> dict[str, tuple[str, Body]]:
    """Each OPS that has somebody here in the months, by its key, with what it is called among the others."""
    keys = {file.pk for month in months for file in attendance.month_files(month)}
    found = health_of(Participation.objects.filter(pk__in=keys).select_related("person").order_by("pk"))
    bodies = {one.body.key: one.body for one in found.values() if one.body.name}
    return {key: (label, bodies[key]) for key, label in body_labels(bodies.values()).items()}


def before_account(reader: Reader) -> bool:
    """Whether an OPS of this name has an account, and the link was issued to one without: whom that account
    referred such a link does not show."""
    named = Organisation.objects.filter(kind=OrganisationKind.REFERRING_BODY, name=reader.body_name)
    return reader.body_id is None and named.exists()


def ops_people(month: Month, reader: Reader, today: date) -> list[OpsPerson]:
    """By name; in a number of queries that does not depend on them."""
    everybody = list(attendance.month_files(month))
    told = health_of(everybody)
    asks = Body(reader.body_name, reader.body_id, place=reader.body_place)
    files = [file for file in everybody if told[file.pk].body.key == asks.key]
    rows = attendance.grid(month, today=today, pays=False, files=files).rows
    paid = {
        key: (benefit + corrected, on)
        for key, benefit, corrected, on in Statement.objects.filter(
            participation__in=[file.pk for file in files],
            payroll_list__month=month.first,
            payroll_list__state__in=AFTER_PAYMENT,
            blocked=False,
        )
        .order_by("pk")
        .values_list("participation", "benefit", "corrected", "payroll_list__paid_on")
    }
    found = []
    for row in rows:
        amount, on = paid.get(row.file.pk, (None, None))
        spans = (one for one in told[row.file.pk].stretches if one.overlaps(month.span))
        days = Counter(str(cell.kind) for cell in row.cells if cell.kind)
        found.append(OpsPerson(row.file, days, amount, on, next(spans, None)))
    return sorted(found, key=lambda one: (one.file.person.name_order, one.file.pk))


@dataclass(frozen=True, slots=True)
class Account:
    """What one labour office is asked for, and what is still open of it."""

    current: fund_board.Current | None
    applications: Sequence[fund.Standing]

    @property
    def open(self) -> Decimal:
        return sum((one.found.open for one in self.applications), ZERO)


def account_of(office: str, today: date) -> Account:
    """Of agreements with this office alone: places, the year's amount, and applications, the newest first."""
    agreements = list(_agreements(office))
    found = [one for account in fund.accounts(agreements) for one in account.applications]
    sent = sorted((one for one in found if one.row.state in SENT), key=lambda one: one.month, reverse=True)
    return Account(_current(agreements, today), sent)


def people_of(office: str, today: date) -> Sequence[Participation]:
    """Who takes a place today, where the agreement that runs is with this office."""
    if _current(list(_agreements(office)), today) is None:
        return []
    return list(fund_board.places_on(today))


def _current(agreements: Sequence[FundAgreement], today: date) -> fund_board.Current | None:
    found = fund_board.board(today).current
    return found if found is not None and found.agreement in agreements else None


def jobs_of(office: str) -> Sequence[SupportedJob]:
    """The work for which the unit asks this office, and has no answer."""
    rows = supported.jobs().filter(state=JobState.SENT).order_by("sent_on", "pk")
    return [one for one in rows if _same(one.pup_name, office)]


def refunds_of(office: str) -> Sequence[SupportedMonth]:
    """What employers wait for."""
    rows = supported.waiting(supported.refunds()).order_by("due_on", "pk")
    return [one for one in rows if _same(one.job.pup_name, office)]


def application_of(office: str, pk: UUID) -> FundApplication | None:
    """An application that this office got."""
    rows = fund.applications().filter(agreement__in=_agreements(office), pk=pk)
    found: FundApplication | None = rows.filter(state__in=SENT).first()
    return found


def _agreements(office: str) -> "QuerySet[FundAgreement]":
    return FundAgreement.objects.filter(office=office).order_by("-asked_on", "pk")


def _same(name: str, office: str) -> bool:
    """Somebody typed the office once more for the work; capitals and accents do not make it another one."""
    return search_key(name) == search_key(office)
