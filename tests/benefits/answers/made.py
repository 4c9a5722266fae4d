"""Paid lists, and what an invented bank answers. All names and accounts are invented."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from benefits.models import PaidLine, PayrollList
from benefits.queries import transfers as queries
from benefits.services import answers, lists, transfers
from reintegration.core import clock
from reintegration.core.money import ZERO
from tests.benefits.bank.made import account
from tests.benefits.transfers import made
from tests.cast import World

OWN = made.OWN
DAY = date(2026, 11, 20)
_numbers = iter(range(1, 10**6))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A movement as the bank tells it; money that went is below zero."""

    amount: Decimal
    title: str = ""
    account: str = ""
    name: str = "ODBIORCA PRZYKLAD"
    end_to_end: str = ""
    day: date = DAY
    bank: str = ""
    reversal: bool = False


def _amount(amount: Decimal) -> str:
    return f"{abs(amount):.2f}".replace(".", ",")


def mt940(*entries: Entry, own: str = OWN, number: str = "1", opening: str = "10000.00") -> bytes:
    """A statement in the shape of most Polish banks, titles broken after 27 letters as they do it."""
    lines = [
        ":20:MT940",
        f":25:/PL{own}",
        f":28C:{number}",
        f":60F:C{DAY:%y%m%d}PLN{_amount(Decimal(opening))}",
    ]
    for one in entries:
        side = f"{'R' if one.reversal else ''}{'C' if (one.amount > 0) is not one.reversal else 'D'}"
        lines.append(
            f":61:{one.day:%y%m%d%m%d}{side}{_amount(one.amount)}N641{one.end_to_end or 'NONREF'}//{one.bank}"
        )
        parts = [one.title[start : start + 27] for start in range(0, len(one.title), 27)]
        told = "".join(f"~{20 + place}{part}" for place, part in enumerate(parts))
        other = f"~32{one.name}" + (f"~38PL{one.account}" if one.account else "")
        lines.append(f":86:641~00PRZELEW{told}{other}")
    closing = Decimal(opening) + sum((one.amount for one in entries), ZERO)
    side = "C" if closing >= 0 else "D"
    lines.append(f":62F:{side}{DAY:%y%m%d}PLN{_amount(closing)}")
    return "\r\n".join(lines).encode("cp1250")


def camt(*entries: Entry, own: str = OWN, number: str = "1", opening: str = "10000.00") -> bytes:
    def balance(code: str, amount: Decimal) -> str:
        side = "CRDT" if amount >= 0 else "DBIT"
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='PLN'>{abs(amount):.2f}</Amt>"
            f"<CdtDbtInd>{side}</CdtDbtInd></Bal>"
        )

    def written(one: Entry) -> str:
        side, party = ("CRDT", "Dbtr") if one.amount > 0 else ("DBIT", "Cdtr")
        number = f"<{party}Acct><Id><IBAN>PL{one.account}</IBAN></Id></{party}Acct>" if one.account else ""
        return (
            f"<Ntry><Amt Ccy='PLN'>{abs(one.amount):.2f}</Amt><CdtDbtInd>{side}</CdtDbtInd>"
            f"<RvslInd>{str(one.reversal).lower()}</RvslInd><BookgDt><Dt>{one.day}</Dt></BookgDt>"
            f"<AcctSvcrRef>{one.bank}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>"
            f"{one.end_to_end or 'NOTPROVIDED'}</EndToEndId></Refs><RltdPties><{party}><Nm>{one.name}</Nm>"
            f"</{party}>{number}</RltdPties><RmtInf><Ustrd>{one.title}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )

    first = Decimal(opening)
    closing = first + sum((one.amount for one in entries), ZERO)
    return (
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt>"
        f"<Id>S{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb><Acct><Id><IBAN>PL{own}</IBAN></Id></Acct>"
        f"{balance('OPBD', first)}{balance('CLBD', closing)}{''.join(map(written, entries))}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def of_elixir(content: bytes) -> list[Entry]:
    """What the bank books of an Elixir-0 file of ours."""
    found = []
    for line in content.decode("cp1250").split("\r\n")[:-1]:
        fields = [field.strip('"') for field in line.split(",")]
        found.append(
            Entry(
                amount=-Decimal(fields[2]).scaleb(-2),
                account=fields[6],
                name=fields[8].split("|")[0],
                title=" ".join(part for part in fields[11].split("|") if part),
                bank=f"BR{next(_numbers)}",
            )
        )
    return found


def of_pain(content: bytes) -> list[Entry]:
    root = etree.fromstring(content)
    return [
        Entry(
            amount=-Decimal(one.findtext(".//{*}InstdAmt")),
            account=one.findtext(".//{*}CdtrAcct//{*}IBAN").removeprefix("PL"),
            name=one.findtext(".//{*}Cdtr/{*}Nm"),
            title=one.findtext(".//{*}Ustrd"),
            end_to_end=one.findtext(".//{*}EndToEndId"),
            bank=f"BR{next(_numbers)}",
        )
        for one in root.iterfind(".//{*}CdtTrfTxInf")
    ]


def paid(world: World, **given: int) -> PayrollList:
    """The list of October, sent as a file and confirmed."""
    row = made.ready(world, **given)
    with world.scope("cis", "ewa"):
        transfers.make_file(list_id=row.pk, day=DAY)
        return lists.confirm_payment(list_id=row.pk, paid_on=clock.today())


def sent(row: PayrollList) -> list[Entry]:
    """What the bank books of the file of a list."""
    made_file = queries.file_of(row)
    assert made_file is not None
    return of_elixir(queries.handed_out(made_file, queries.sheet_of(row)))


def back(one: Entry, **given: str) -> Entry:
    """The same money on its way back."""
    title = given.pop("title", f"ZWROT PRZELEWU {one.title[-12:]} RACHUNEK ZAMKNIETY")
    return Entry(amount=-one.amount, title=title, bank=f"BR{next(_numbers)}", **given)


def lines() -> list[PaidLine]:
    return list(PaidLine.objects.order_by("statement__position", "part", "attempt"))


def states() -> list[str]:
    return [one.state for one in lines()]


def take_in(*entries: Entry, **given: str) -> answers.TakenIn:
    return answers.take_in(content=mt940(*entries, **given))


def other(number: int) -> str:
    return account(number)


def in_order(entries: Iterable[Entry]) -> Sequence[Decimal]:
    return [one.amount for one in entries]
