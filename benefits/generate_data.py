"""What people of a synthetic country are paid by, and the lists of the months that are over.

Lists are counted by the program's own rules, from the rows that were just written. They begin where the law
of the program does: of older months nobody knows the tax.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import uuid5

from django.db.models import Model

from benefits.models import Grant, InsuranceTitle, PayrollList, PaySettings, PayWay, TaxStatement
from benefits.queries import integrity
from benefits.queries.drafts import lines_of
from benefits.services.drafts import statement_of
from benefits.services.ledger import post_entitlement, post_payment
from benefits.services.lines import write_lines
from benefits.services.lists import NUMBERS
from benefits.transitions import LISTS, OfList
from reintegration.administration.generation.country import FilePlan
from reintegration.administration.generation.steps import Phase, Work, generate_step, noon
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.documents.numbers import next_number
from reintegration.law.book import law_book
from reintegration.law.enums import State
from reintegration.law.models import Reading
from reintegration.tenancy.enums import Role

# A tenth takes the money in cash; the others have an account in a bank that does not exist.
CASH_EVERY: Final = 10
OFFICE: Final = "Urząd Skarbowy w Wymysłowie"
# The first month whose payment falls under a tax that the program knows.
FIRST_MONTH: Final = Month(2022, 7)
PREPARED_AFTER: Final = timedelta(days=2)
PAID_AFTER: Final = timedelta(days=5)


@generate_step("settings of payments", phase=Phase.UNIT, order=40)
def settings(work: Work) -> None:
    """The day of payments, and the one point of the act that a unit has to read for itself."""
    unit, at = work.unit, noon(work.country.opened_on)
    if unit.is_cis:
        work.put(
            work.new(PaySettings),
            work.new(
                Reading, key="rate_rounding", value="exact", since_month=work.country.opened_on,
                state=State.CONFIRMED, proposed_by_id=unit.user(Role.MANAGER), proposed_at=at,
                confirmed_by_id=unit.user(Role.ACCOUNTANT), confirmed_at=at,
            ),
        )  # fmt: skip


@generate_step("before the first payment", phase=Phase.YEAR, order=42)
def grounds(work: Work) -> None:
    """The day of the first class is that of the application, the grant, the account and the insurance."""
    if work.unit.is_cis:
        work.put(*(row for plan in work.year.files for row in _grounds(work, plan)))


def _grounds(work: Work, plan: FilePlan) -> Iterator[Model]:
    kept = {"participation_id": plan.key, "person_id": plan.person}
    since, until = plan.since, plan.ended_on
    cash = plan.place % CASH_EVERY == 0
    yield work.new(
        Grant, asked_on=since, state="granted", granted_from=since, decided_on=since,
        decided_by_id=work.unit.user(Role.MANAGER), **kept,
    )  # fmt: skip
    yield work.new(
        PayWay, since=since, method="cash" if cash else "transfer",
        account="" if cash else account_of(int(plan.pesel)), **kept,
    )  # fmt: skip
    yield work.new(
        TaxStatement, since=Month.of(since).first, pit2=True, filed_on=since, office=OFFICE, **kept
    )
    yield work.new(
        InsuranceTitle, kind="benefit", since=since, until=until, registered_on=since, deregistered_on=until,
        **kept,
    )  # fmt: skip


def account_of(serial: int) -> str:
    """An account of the bank with the number zero, with the right check digits."""
    own = f"{0:08}{serial:016}"
    # Letters of the country stand as numbers behind the account when it is checked (ISO 13616).
    return f"{98 - int(own + '252100') % 97:02}{own}"


@generate_step("payroll lists", phase=Phase.YEAR, order=60)
def lists(work: Work) -> None:
    if work.unit.is_cis:
        for month in work.year.months_over:
            if month >= FIRST_MONTH:
                _paid(work, month)


def _paid(work: Work, month: Month) -> None:
    """Count a list, have it signed by three people, and pay it on the unit's day."""
    paid_on = month.last + PAID_AFTER
    # Whoever prepares a list does so when the month is closed.
    with clock.frozen(min(month.last + PREPARED_AFTER, work.country.until)):
        lines = lines_of(month, corrected=False)
        if not lines:
            return
        row = work.new(
            PayrollList, month=month.first, number=next_number(NUMBERS, on=clock.today()),
            counted_at=clock.now(),
        )  # fmt: skip
        row.save()
        statements = [statement_of(row, place, line, month) for place, line in enumerate(lines, 1)]
        for one in statements:
            one.pk = uuid5(row.pk, str(one.position))
            one.unit_id = row.unit_id
            # Nobody guesses at a synthetic person: the same salt keeps the same country the same.
            one.document["salt"] = one.pk.hex
            one.sealed_digest = integrity.sealed_digest(one)
            one.digest = integrity.statement_digest(one, [])
        work.loader.put(statements)
        row.law = law_book().until(max(month.last, clock.today()))
        row.locked_by_id, row.locked_at = work.unit.user(Role.OFFICE), clock.now()
        row.digest = integrity.list_digest(row, statements)
        _move(row, OfList.LOCK)
        row.checked_by_id, row.checked_at = work.unit.user(Role.ACCOUNTANT), clock.now()
        _move(row, OfList.CHECK)
        row.approved_by_id, row.approved_at = work.unit.user(Role.MANAGER), clock.now()
        _move(row, OfList.APPROVE)
        post_entitlement(row, day=clock.today())
    if paid_on <= work.country.until:
        _pay(work, row, paid_on)


def _pay(work: Work, row: PayrollList, paid_on: date) -> None:
    with clock.frozen(paid_on):
        row.paid_by_id, row.paid_at, row.paid_on = work.unit.user(Role.MANAGER), noon(paid_on), paid_on
        _move(row, OfList.PAY)
        post_payment(row, day=paid_on)
        write_lines(row)


def _move(row: PayrollList, step: OfList) -> None:
    LISTS.move(row, step)
    row.save()
