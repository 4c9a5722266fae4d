"""Before the first payment: the application and its grant, the way of payment, PIT-2, insurance.

Everything runs in the scope of the unit, in the transaction of the request; the file is locked first.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from benefits import papers
from benefits.enums import GrantState, PayMethod, TitleKind
from benefits.models import Grant, InsuranceTitle, PaySettings, PayWay, TaxStatement
from benefits.queries.pay import decision_key, decision_of, decisions_of
from benefits.rules.tax_year import holds_at_the_latest
from benefits.services.terms import tell_terms
from benefits.transitions import GRANTS, OfGrant
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.services.participations.common import (
    ENDED,
    actor,
    locked,
    not_in_future,
    periods_of,
    stored,
    unit_type,
)
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_month, format_table_date
from reintegration.documents.enums import DocumentState
from reintegration.documents.models import Document
from reintegration.documents.services import withdraw_document

# The days on which ZUS was told that a title began, and that it ended.
TOLD = ("registered_on", "deregistered_on")
# Where all accounts of payers lie: tax in the National Bank (art. 61b of the tax ordinance), contributions in
# a bank code of ZUS.
TAX_BANK, ZUS_BANK = "10100071", "60000002"


def apply(*, participation_id: UUID, asked_on: date) -> Grant:
    """Write down the person's application (art. 15 ust. 4)."""
    file = _paid_file(participation_id)
    not_in_future(asked_on, field="asked_on")
    live = Grant.objects.filter(participation=file, state__in=[GrantState.ASKED, GrantState.GRANTED])
    if live.exists():
        raise InputError("W tej sprawie jest już wniosek o świadczenie.")
    return stored(Grant(participation=file, person_id=file.person_id, asked_on=asked_on))


def grant(*, grant_id: UUID, granted_from: date, decided_on: date) -> Grant:
    """The manager grants the benefit from a day of the participation on."""
    row, file = _held(grant_id)
    GRANTS.move(row, OfGrant.GRANT)
    _decided(row, decided_on)
    row.granted_from = _day_of(file, granted_from)
    return stored(row)


def change_day(*, grant_id: UUID, granted_from: date) -> Grant:
    """Correct the first day of a grant; months that were paid are corrected by the next list."""
    row, file = _held(grant_id)
    if row.state != GrantState.GRANTED:
        raise InputError("Zmienić można dzień przyznanego świadczenia.")
    row.granted_from = _day_of(file, granted_from)
    return stored(row)


def refuse(*, grant_id: UUID, reason: str, decided_on: date) -> Grant:
    row, _ = _held(grant_id)
    GRANTS.move(row, OfGrant.REFUSE)
    if not reason.strip():
        raise InputError("Napisz, dlaczego świadczenie nie jest przyznane.", field="reason")
    _decided(row, decided_on)
    row.reason = reason.strip()
    return stored(row)


def issue_decision(*, grant_id: UUID) -> Document:
    """The decision on paper; a paper of a day that was corrected since no longer counts."""
    row, file = _held(grant_id)
    if row.state not in {GrantState.GRANTED, GrantState.REFUSED}:
        raise InputError("Tego wniosku nikt jeszcze nie rozstrzygnął.")
    issued = decision_of(row)
    if issued is not None:
        return issued
    before = decisions_of(row)
    for one in before:
        if one.state == DocumentState.ISSUED:
            withdraw_document(document=one, reason="Zmieniono dzień, od którego świadczenie jest przyznane.")
    return papers.grant_decision(row, file.number, key=f"{decision_key(row)}:{len(before)}")


def withdraw(*, grant_id: UUID) -> Grant:
    row, _ = _held(grant_id)
    GRANTS.move(row, OfGrant.WITHDRAW)
    return stored(row)


def save_settings(
    *,
    payment_day: int,
    premium_plan: Decimal | None = None,
    told: bool = True,
    tax_office: str = "",
    tax_account: str | None = None,
    zus_account: str | None = None,
) -> PaySettings:
    """By which day of the next month the unit pays, what it plans for premiums, whether bodies see it, and
    where it pays what it owes to the offices.
    """
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    row = PaySettings.objects.select_for_update(of=("self",)).first() or PaySettings()
    _refuse_strange(tax_account, TAX_BANK, "tax_account", "Mikrorachunek podatkowy ma")
    _refuse_strange(zus_account, ZUS_BANK, "zus_account", "Numer rachunku składkowego ma")
    row.payment_day, row.premium_plan = payment_day, premium_plan
    row.tax_office = tax_office.strip()
    row.tax_account, row.zus_account = tax_account or "", zus_account or ""
    stored(row)
    tell_terms(published=told)
    return row


def _refuse_strange(number: str | None, bank: str, field: str, what: str) -> None:
    """Whoever mixes up two accounts pays the wrong office."""
    if number and number[2:10] != bank:
        raise InputError(f"{what} po dwóch pierwszych cyfrach {bank[:4]} {bank[4:]}.", field=field)


def set_way(*, participation_id: UUID, since: date, method: str, account: str) -> PayWay:
    """How the person is paid from a day on; the same day written twice is a correction."""
    file = _paid_file(participation_id)
    row = PayWay.objects.filter(participation=file, since=since).first() or PayWay(
        participation=file, person_id=file.person_id, since=since
    )
    if method == PayMethod.TRANSFER and not account:
        raise InputError("Wpisz numer konta albo wybierz gotówkę lub przekaz.", field="account")
    row.method, row.account = method, account if method == PayMethod.TRANSFER else ""
    return stored(row)


def set_tax(
    *, participation_id: UUID, since: Month, pit2: bool, filed_on: date | None, office: str = ""
) -> TaxStatement:
    """Whether PIT-2 was filed or taken back, from a month on; the same month written twice is a correction.

    It may hold at once and must hold from the month after (art. 31a of the PIT act), so never for a payment
    that was made before anybody said it.
    """
    file = _paid_file(participation_id)
    rows = TaxStatement.objects.filter(participation=file)
    row = rows.filter(since=since.first).first() or TaxStatement(
        participation=file, person_id=file.person_id, since=since.first
    )
    if pit2 and filed_on is None:
        raise InputError("Wpisz dzień, w którym złożono PIT-2.", field="filed_on")
    before = rows.filter(since__lt=since.first).order_by("-since").first()
    if not pit2 and filed_on is None and before is not None and before.pit2:
        raise InputError("Wpisz dzień, w którym wycofano PIT-2.", field="filed_on")
    if filed_on is not None:
        not_in_future(filed_on, field="filed_on")
        _refuse_wrong_month(since, filed_on, changes=before is not None and before.pit2 != pit2)
    row.pit2, row.filed_on, row.office = pit2, filed_on, office.strip()
    return stored(row)


def _refuse_wrong_month(since: Month, filed_on: date, *, changes: bool) -> None:
    """Until the first statement nobody is paid, so only a change of one may come too late."""
    said, latest = format_table_date(filed_on), holds_at_the_latest(filed_on)
    if since < Month.of(filed_on):
        sentence = f"Oświadczenie z {said} nie działa wstecz."
        raise InputError(f"{sentence} Wpisz {format_month(Month.of(filed_on))} albo później.", field="since")
    if changes and since > latest:
        sentence = f"Zmiana z {said} działa najpóźniej od miesiąca {format_month(latest)}."
        raise InputError(sentence, field="since")


def add_title(
    *,
    participation_id: UUID,
    kind: str,
    since: date,
    until: date | None,
    registered_on: date | None,
    deregistered_on: date | None = None,
) -> InsuranceTitle:
    """By what the person is insured; what ran on without end ends the day before."""
    file = _paid_file(participation_id)
    row = InsuranceTitle(participation=file, person_id=file.person_id)
    told = registered_on, deregistered_on
    return _titled(row, kind=kind, since=since, until=until, told=told)


def change_title(
    *,
    title_id: UUID,
    kind: str,
    since: date,
    until: date | None,
    registered_on: date | None,
    deregistered_on: date | None = None,
) -> InsuranceTitle:
    key = InsuranceTitle.objects.values_list("participation_id", flat=True).get(pk=title_id)
    locked(key)
    row = InsuranceTitle.objects.select_for_update(of=("self",)).get(pk=title_id)
    told = registered_on, deregistered_on
    return _titled(row, kind=kind, since=since, until=until, told=told)


def _titled(
    row: InsuranceTitle,
    *,
    kind: str,
    since: date,
    until: date | None,
    told: tuple[date | None, date | None],
) -> InsuranceTitle:
    if until is not None and until < since:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="until")
    for field, day in zip(TOLD, told, strict=True):
        if day is not None:
            not_in_future(day, field=field)
        # What another payer told ZUS is not ours to note.
        setattr(row, field, day if kind == TitleKind.BENEFIT else None)
    row.kind, row.since, row.until = kind, since, until
    return stored(row)


def _paid_file(participation_id: UUID) -> Participation:
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    # The last month is paid after the end; who never began has nothing to be paid.
    file = locked(participation_id)
    if file.ended_on is not None and not periods_of(file):
        raise InputError(ENDED)
    return file


def _held(grant_id: UUID) -> tuple[Grant, Participation]:
    file = locked(Grant.objects.values_list("participation_id", flat=True).get(pk=grant_id))
    row: Grant = Grant.objects.select_for_update(of=("self",)).get(pk=grant_id)
    return row, file


def _decided(row: Grant, decided_on: date) -> None:
    not_in_future(decided_on, field="decided_on")
    if decided_on < row.asked_on:
        said = format_table_date(row.asked_on)
        raise InputError(f"Wniosek jest z {said}, decyzja nie może być wcześniejsza.", field="decided_on")
    row.decided_on, row.decided_by_id = decided_on, actor()


def _day_of(file: Participation, day: date) -> date:
    """A benefit is for days of participation: none before the first one."""
    first = min((period.since for period in periods_of(file)), default=None)
    if first is None:
        raise InputError("Najpierw zapisz początek okresu próbnego.", field="granted_from")
    if day < first:
        sentence = f"Świadczenie należy się od początku uczestnictwa, czyli od {format_table_date(first)}."
        raise InputError(sentence, field="granted_from")
    if file.ended_on is not None and day > file.ended_on:
        raise InputError("Ten dzień jest po końcu uczestnictwa.", field="granted_from")
    return day
