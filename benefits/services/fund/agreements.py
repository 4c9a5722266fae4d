"""Agreements with the labour office: asked for, signed, refused, ended; their amounts of a year."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from benefits.models import FundAgreement, FundBudget
from benefits.queries import fund as queries
from benefits.services.fund.common import held_agreement, refuse_club, said
from benefits.transitions import FUND_AGREEMENTS, OfFundAgreement
from participants.services.participations.common import not_in_future, stored
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO
from reintegration.core.text import clean


def ask(*, office: str, address: str, asked_on: date, places: int, mode: str, remark: str) -> FundAgreement:
    """Write down that the unit asked for an agreement: from this day on it waits."""
    refuse_club()
    not_in_future(asked_on, field="asked_on")
    return stored(
        FundAgreement(
            office=clean(office),
            address=clean(address),
            asked_on=asked_on,
            places=places,
            mode=mode,
            remark=clean(remark),
        )
    )


def correct(
    *, agreement_id: UUID, office: str, address: str, asked_on: date, places: int, mode: str, remark: str
) -> FundAgreement:
    """Put right what was asked for, while nobody signed it."""
    row = held_agreement(agreement_id)
    FUND_AGREEMENTS.refuse_state(row, OfFundAgreement.SIGN)
    not_in_future(asked_on, field="asked_on")
    row.office, row.address, row.asked_on = clean(office), clean(address), asked_on
    row.places, row.mode, row.remark = places, mode, clean(remark)
    return stored(row)


def sign(
    *,
    agreement_id: UUID,
    number: str,
    signed_on: date,
    since: date,
    until: date,
    amount: Decimal,
    **terms: Any,
) -> FundAgreement:
    """The office signed: number, days and terms as they stand in it, and the amount of its first year."""
    row = held_agreement(agreement_id)
    FUND_AGREEMENTS.move(row, OfFundAgreement.SIGN)
    not_in_future(signed_on, field="signed_on")
    if signed_on < row.asked_on:
        raise InputError("Podpis nie może być wcześniejszy niż wniosek o umowę.", field="signed_on")
    row.number, row.signed_on = clean(number), signed_on
    _take(row, since=since, until=until, **terms)
    stored(row)
    set_budget(agreement_id=row.pk, year=since.year, amount=amount)
    return row


def change(*, agreement_id: UUID, office: str, address: str, **terms: Any) -> FundAgreement:
    """Put an agreement right, or enter an annex; what was sent keeps its amounts."""
    row = held_agreement(agreement_id)
    FUND_AGREEMENTS.refuse_state(row, OfFundAgreement.END)
    row.office, row.address = clean(office), clean(address)
    _take(row, **terms)
    return stored(row)


def refuse(*, agreement_id: UUID, closed_on: date, because: str) -> FundAgreement:
    """The office does not want an agreement."""
    row = held_agreement(agreement_id)
    FUND_AGREEMENTS.move(row, OfFundAgreement.REFUSE)
    return _closed(row, closed_on, because)


def end(*, agreement_id: UUID, closed_on: date, because: str) -> FundAgreement:
    """An agreement ends before its last day; what was asked by it is still settled."""
    row = held_agreement(agreement_id)
    FUND_AGREEMENTS.move(row, OfFundAgreement.END)
    if row.since is None or row.until is None or not row.since <= closed_on <= row.until:
        raise InputError("Wybierz dzień, w którym umowa obowiązuje.", field="closed_on")
    row.until = closed_on
    return _closed(row, closed_on, because)


def set_budget(*, agreement_id: UUID, year: int, amount: Decimal) -> FundBudget:
    """What the agreement gives for a year; not less than what was asked of it already."""
    agreement = held_agreement(agreement_id)
    if agreement.since is None or agreement.until is None:
        raise InputError("Najpierw zapisz podpisanie umowy.")
    # The refund of the last December is asked for in the year after it.
    if not agreement.since.year <= year <= agreement.until.year + 1:
        years = f"{agreement.since.year}–{agreement.until.year}"
        raise InputError(f"Umowa obowiązuje w latach {years}.", field="year")
    already = sum(queries.spent(agreement, year).values(), ZERO)
    if amount < already:
        raise InputError(f"Wnioski na {year} rok to już {format_money(already)}.", field="amount")
    rows = FundBudget.objects.select_for_update(of=("self",)).filter(agreement=agreement, year=year)
    row = rows.first() or FundBudget(agreement=agreement, year=year)
    row.amount = amount
    return stored(row)


def _take(
    row: FundAgreement,
    *,
    since: date,
    until: date,
    places: int,
    mode: str,
    apply_by: int,
    pays_within: int,
    attachments: str,
    remark: str,
) -> None:
    if until < since:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="until")
    row.since, row.until, row.places, row.mode = since, until, places, mode
    row.apply_by, row.pays_within = apply_by, pays_within
    row.attachments, row.remark = clean(attachments), clean(remark)


def _closed(row: FundAgreement, closed_on: date, because: str) -> FundAgreement:
    if closed_on < row.asked_on:
        raise InputError("To nie mogło być przed wnioskiem o umowę.", field="closed_on")
    row.closed_on, row.closed_because = closed_on, said(because, field="because")
    return stored(row)
