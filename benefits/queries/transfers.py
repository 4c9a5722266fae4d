"""What an approved list pays out: by the bank, by the post, in cash; the bytes of a file that was made.

Nothing here reads a clock: a file is made of the frozen list and its own row, today as in ten years.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from benefits.bank.elixir import Encoding, elixir
from benefits.bank.facts import Order, Party, Transfer
from benefits.bank.pain import Addresses, Version, pain
from benefits.bank.title import benefit_title, premium_title
from benefits.enums import BankFormat, PayMethod, PayPart, TransferPurpose
from benefits.models import BankProfile, PaidLine, PayrollList, Statement, TransferFile
from benefits.queries import integrity
from benefits.queries.granted import STANDS
from benefits.queries.lists import ERASED, address_of
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import join_words
from reintegration.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer of a person, or what is paid to the person in cash or by a postal order."""

    statement: Statement
    amount: Decimal
    reference: str
    is_premium: bool = False
    # What came back goes out as the person is paid by then, not as the list froze it.
    again: PaidLine | None = None

    @property
    def address(self) -> dict[str, str]:
        if self.again is not None:
            return dict(self.again.party or {})
        return address_of(self.statement)

    @property
    def name(self) -> str:
        return self.address.get("name", ERASED)

    @property
    def account(self) -> str:
        return self.again.account if self.again is not None else self.statement.account

    @property
    def what(self) -> str:
        return "premia" if self.is_premium else "świadczenie"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who gets money from a list and how; who gets nothing is not on it."""

    row: PayrollList
    transfers: Sequence[Payment]
    post: Sequence[Payment]
    cash: Sequence[Payment]

    @property
    def is_erased(self) -> bool:
        return any(not one.address for one in self.transfers)

    @property
    def by_transfer(self) -> Decimal:
        return _total(self.transfers)

    @property
    def by_post(self) -> Decimal:
        return _total(self.post)

    @property
    def in_cash(self) -> Decimal:
        return _total(self.cash)

    @property
    def total(self) -> Decimal:
        return self.by_transfer + self.by_post + self.in_cash

    @property
    def paid_people(self) -> int:
        """To how many people the transfers go; one may get two."""
        return len({one.statement.person_id for one in self.transfers})

    @property
    def person_ids(self) -> list[UUID]:
        return [one.statement.person_id for one in (*self.transfers, *self.post, *self.cash)]

    @property
    def shared(self) -> list[str]:
        """Who shares an account with somebody else on the list: `Jan Lis i Ewa Lis`."""
        names: defaultdict[str, dict[UUID, str]] = defaultdict(dict)
        for one in self.transfers:
            names[one.account][one.statement.person_id] = one.name
        return [
            join_words(people.values()) for account, people in names.items() if account and len(people) > 1
        ]


def _total(payments: Sequence[Payment]) -> Decimal:
    return sum((one.amount for one in payments), ZERO)


def may_be_paid(row: PayrollList) -> bool:
    """Whether the list is approved, or further on its way."""
    return row.state in STANDS


def sheet_of(row: PayrollList) -> Sheet:
    statements = [one for one in integrity.statements_of(row) if one.to_pay > ZERO]
    sent = [one for one in statements if one.method == PayMethod.TRANSFER]
    return Sheet(
        row,
        [payment for one in sent for payment in _parted(row, one)],
        *(
            [_whole(row, one) for one in statements if one.method == how]
            for how in (PayMethod.POST, PayMethod.CASH)
        ),
    )


def again_of(row: PayrollList, lines: Iterable[PaidLine]) -> Sheet:
    """What goes out once more, in the order of the list."""
    ordered = sorted(lines, key=lambda one: (one.statement.position, one.part))
    return Sheet(
        row,
        [
            Payment(one.statement, one.amount, one.reference, one.part == PayPart.PREMIUM, again=one)
            for one in ordered
        ],
        [],
        [],
    )


def sheet_of_file(made: TransferFile) -> Sheet:
    """What a file pays: the transfers of its list, or those that went out with it again."""
    if made.purpose == TransferPurpose.PAYMENT:
        return sheet_of(made.payroll_list)
    lines = PaidLine.objects.filter(transfer_file=made).select_related("statement").order_by("pk")
    return again_of(made.payroll_list, lines)


def _parted(row: PayrollList, one: Statement) -> list[Payment]:
    """The benefit, free from enforcement, and the premium, which is not (docs/decisions/0050).

    Corrections are of the benefit, and tax is taken from the benefit as far as it goes.
    """
    benefit = max(ZERO, one.to_pay - one.premium)
    reference = _reference(row, one)
    parts = [
        Payment(one, benefit, reference),
        Payment(one, one.to_pay - benefit, f"{reference}-P", is_premium=True),
    ]
    return [part for part in parts if part.amount > ZERO]


def _whole(row: PayrollList, one: Statement) -> Payment:
    return Payment(one, one.to_pay, _reference(row, one))


def _reference(row: PayrollList, one: Statement) -> str:
    return f"{row.number}-{one.position:02}"


def bank_profile() -> BankProfile:
    """How the unit talks to its bank; what nobody set is as most banks take it."""
    return BankProfile.objects.first() or BankProfile()


def file_of(row: PayrollList) -> TransferFile | None:
    """The file of the list's payment; there is one, or none."""
    found: TransferFile | None = TransferFile.objects.filter(
        payroll_list=row, purpose=TransferPurpose.PAYMENT
    ).first()
    return found


def files_again(row: PayrollList) -> list[TransferFile]:
    """What was made of payments that came back, the first round first."""
    rows = TransferFile.objects.filter(payroll_list=row, purpose=TransferPurpose.AGAIN)
    return list(rows.select_related("made_by").order_by("round"))


def lacks_file(row: PayrollList) -> bool:
    """Whether money goes to the bank from a list, and nobody made the file of it."""
    sent = Statement.objects.filter(payroll_list=row, method=PayMethod.TRANSFER, to_pay__gt=ZERO)
    return sent.exists() and file_of(row) is None


def content_of(made: TransferFile, sheet: Sheet) -> bytes:
    """The bytes of a file, out of its row and the frozen list."""
    order = Order(
        reference=made.reference,
        made_at=made.made_at,
        day=made.day,
        payer=Party(made.payer_name, made.payer_street, made.payer_postcode, made.payer_town),
        account=made.account,
        transfers=tuple(_transfer(sheet.row, one) for one in sheet.transfers),
    )
    if made.format == BankFormat.ELIXIR:
        return elixir(order, Encoding(made.encoding))
    return pain(order, Version(made.format), Addresses(made.addresses))


def _transfer(row: PayrollList, one: Payment) -> Transfer:
    title = premium_title if one.is_premium else benefit_title
    return Transfer(
        reference=one.reference,
        party=Party(**one.address),
        account=one.account,
        amount=one.amount,
        title=title(Month.of(row.month), one.reference),
    )


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def handed_out(made: TransferFile, sheet: Sheet) -> bytes:
    """The file again, byte for byte as it was made, or the reason why it cannot be."""
    if sheet.is_erased:
        raise InputError(
            "Tego pliku nie da się już odtworzyć: dane co najmniej jednej osoby z listy zostały usunięte."
        )
    if found := integrity.faults(sheet.row):
        raise InputError(f"Lista nie zgadza się z tym, co podpisano: {found[0]}. Plik nie został wydany.")
    content = content_of(made, sheet)
    if digest_of(content) != made.digest:
        raise InputError(
            "Odtworzony plik różni się od zrobionego, więc nie został wydany. Zgłoś to operatorowi programu."
        )
    return content
