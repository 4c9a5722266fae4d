"""Files of transfers: made once of an approved list, and how the unit's bank wants them.

Everything runs in the scope of the unit, in the transaction of the request; whoever makes a file holds its
list, so any number of clicks make one. Whoever makes that of a payment holds the unit before it, because the
tax goes by what other lists pay in the month.
"""

from datetime import date, timedelta
from uuid import UUID

from benefits.enums import LineState, ListState, PayMethod, TransferPurpose
from benefits.models import BankProfile, PaidLine, PayrollList, TransferFile
from benefits.queries import integrity
from benefits.queries import transfers as queries
from benefits.services.lines import sent
from benefits.services.lists import held, hold_unit, refuse_unseen_tax
from participants.rules.codes import UnitType
from participants.services.participations.common import actor, stored, unit_type
from reintegration.administration.queries import account_on
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

# A day far off is a slip of the finger; banks take orders some weeks ahead.
FURTHEST_DAYS = 60


def set_profile(*, format: str, encoding: str, addresses: str) -> BankProfile:  # noqa: A002
    """What the unit's bank reads; files that were made stay as they are."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    row = BankProfile.objects.select_for_update(of=("self",)).first() or BankProfile()
    row.format, row.encoding, row.addresses = format, encoding, addresses
    return stored(row)


def make_file(
    *, list_id: UUID, day: date, shared_confirmed: bool = False, as_counted: bool = False
) -> TransferFile:
    """Make the file of a list's transfers for a day. There is one, whoever asks and how often."""
    hold_unit()
    row = held(list_id)
    refuse_unpaid(row)
    if queries.file_of(row) is not None:
        raise InputError("Plik przelewów tej listy jest już zrobiony. Można go pobrać jeszcze raz.")
    if row.state != ListState.APPROVED:
        # Whoever typed the transfers at the bank would send the money twice.
        raise InputError("Ta lista jest już wypłacona, więc plik dla banku nie powstanie.")
    refuse_unseen_tax(row, day, as_counted=as_counted)
    made = TransferFile(payroll_list=row, purpose=TransferPurpose.PAYMENT, reference=row.number)
    return _filled(made, queries.sheet_of(row), day, shared_confirmed=shared_confirmed)


def make_file_again(*, list_id: UUID, day: date, shared_confirmed: bool = False) -> TransferFile:
    """Make a file of what came back and waits to go out once more; with it the payments are on their way."""
    row = held(list_id)
    lines = list(
        PaidLine.objects.select_for_update(of=("self",))
        .filter(payroll_list=row, state=LineState.PLANNED, method=PayMethod.TRANSFER)
        .select_related("statement", "person", "payroll_list")
        .order_by("pk")
    )
    number = len(queries.files_again(row)) + 1
    made = TransferFile(
        payroll_list=row, purpose=TransferPurpose.AGAIN, round=number, reference=f"{row.number}-R{number}"
    )
    made = _filled(made, queries.again_of(row, lines), day, shared_confirmed=shared_confirmed)
    for line in lines:
        line.transfer_file = made
        sent(line, day=day)
    return made


def _filled(made: TransferFile, sheet: queries.Sheet, day: date, *, shared_confirmed: bool) -> TransferFile:
    """Freeze everything besides the payments that the bytes depend on, and what they come to."""
    _refuse_day(day)
    if found := integrity.faults(sheet.row):
        raise InputError(f"Lista nie zgadza się z tym, co podpisano: {found[0]}.")
    if not sheet.transfers:
        raise InputError("Z tej listy nie idzie żaden przelew.")
    if sheet.is_erased:
        raise InputError("Nie ma z czego zrobić pliku: dane co najmniej jednej osoby zostały usunięte.")
    if sheet.shared and not shared_confirmed:
        raise InputError(f"Na jedno konto mają iść pieniądze: {sheet.shared[0]}.", field="shared_confirmed")
    _freeze(made, day)
    made.count, made.total = len(sheet.transfers), sheet.by_transfer
    made.digest = queries.digest_of(queries.content_of(made, sheet))
    return stored(made)


def refuse_unpaid(row: PayrollList) -> None:
    if not queries.may_be_paid(row):
        state = row.get_state_display()
        raise InputError(f"Stan listy {row.number}: {state}. Przelewy robi się po zatwierdzeniu.")


def _refuse_day(day: date) -> None:
    today = clock.today()
    last = today + timedelta(days=FURTHEST_DAYS)
    if day < today:
        raise InputError("Przelewu nie można zlecić na dzień, który minął.", field="day")
    if day > last:
        raise InputError(
            f"Ten dzień jest za daleko. Wpisz najpóźniej {format_table_date(last)}.", field="day"
        )


def _freeze(made: TransferFile, day: date) -> None:
    """The account, the payer and the format, as they stand now."""
    account = account_on(day)
    if account is None:
        raise InputError("Brakuje rachunku, z którego jednostka płaci. Wpisz go w ustawieniach.")
    payer = Organisation.objects.get(pk=current_scope().organisation_id)
    profile = queries.bank_profile()
    made.made_at, made.made_by_id = clock.now(), actor()
    made.day, made.account = day, account.number
    made.format, made.encoding, made.addresses = profile.format, profile.encoding, profile.addresses
    made.payer_name, made.payer_street = payer.name, payer.street
    made.payer_postcode, made.payer_town = payer.postcode, payer.town
