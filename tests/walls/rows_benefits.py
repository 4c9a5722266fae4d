"""The objects of the money of a CIS."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from benefits.enums import PublicKind
from benefits.models import (
    HealthRegistration,
    PayrollList,
    Premium,
    SigningRule,
    Statement,
    SupportedMonth,
)
from benefits.rules.month import PARTS
from benefits.services import public_money, statements, transfers
from participants.models import Participation, Period, Referral
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.law.models import Reading
from reintegration.tenancy.models import UnitAccount
from reintegration.tenancy.scope import current_scope
from tests.benefits.bank.made import account
from tests.benefits.lists.made import digested
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of
from tests.walls.rows_participations import as_unit

OCTOBER = date(2026, 10, 1)
OF_FILE = (
    "pay",
    "first_payment",
    "what_if",
    "grant_apply",
    "grant_print",
    "pay_way",
    "tax_statement",
    "insurance_title_add",
)


def _with_rounding(world: World, canary: str) -> dict[str, Any]:
    """A file of a unit that chose how it rounds, so that there is something to print."""
    here = current_scope().organisation_id
    people = [one for key, one in world.people.items() if world.organisation_of(key).pk == here]
    specimen(
        Reading, world, canary, key="rate_rounding", value="exact", since_month=date(2026, 3, 1),
        state="confirmed", proposed_by=people[0], confirmed_by=people[1], confirmed_at=clock.now(),
    )  # fmt: skip
    return {"pk": specimen(Participation, world, canary).pk}


def _of_month(world: World, canary: str) -> dict[str, Any]:
    """A month with a list, and on it somebody to be seen."""
    here = current_scope().organisation_id
    there = PayrollList.objects.filter(unit=here, month=OCTOBER).first()
    row = there or specimen(PayrollList, world, canary, month=OCTOBER)
    specimen(Statement, world, canary, payroll_list=row)
    return {"month": "2026-10"}


def _list_of_one(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(Statement, world, canary).payroll_list_id}


def _explained(world: World, canary: str) -> dict[str, Any]:
    """With its document: an erased statement has no rows to tell."""
    document = {"salt": "00", "rows": [], "blocked": [["x", canary]]}
    return {"pk": specimen(Statement, world, canary, document=document).pk}


ROWS.update(
    {
        **{
            f"benefits:{name}": Row(lambda world, canary: {"pk": specimen(Participation, world, canary).pk})
            for name in OF_FILE
        },
        **{
            f"benefits:grant_{name}": row_of("benefits.Grant")
            for name in ("decide", "refuse", "change_day", "withdraw", "paper")
        },
        **{
            f"benefits:{name}": Row(_of_month, "calendar")
            for name in (
                "list",
                "list_print",
                "list_sheet",
                *(
                    f"list_{step}"
                    for step in ("count", "lock", "check", "approve", "pay", "return", "abandon")
                ),
            )
        },
        "benefits:statement": row_of("benefits.Statement"),
        "benefits:ledger_entry": row_of("benefits.JournalEntry"),
        "benefits:api_list": row_of("benefits.PayrollList"),
        "benefits:api_statements": Row(_list_of_one),
        "benefits:api_statement": Row(_explained),
        "benefits:statement_issue": row_of("benefits.Statement"),
        "benefits:list_papers": Row(_of_month, "calendar"),
        "benefits:first_payment_print": Row(_with_rounding),
        "benefits:insurance_title_change": row_of("benefits.InsuranceTitle"),
    }
)


def _premium(world: World, canary: str, **given: Any) -> dict[str, Any]:
    """A premium that whoever opens it proposed, so that an instructor may see it too."""
    here = current_scope()
    decided = {"decided_by_id": here.user_id, "decided_on": OCTOBER, "number": "PM/1"} if given else {}
    made = {"month": OCTOBER, "proposed_by_id": here.user_id, **decided, **given}
    return {"pk": specimen(Premium, world, canary, **made).pk}


def _granted(world: World, canary: str) -> dict[str, Any]:
    return _premium(world, canary, state="granted")


def _month_with_premium(world: World, canary: str) -> dict[str, Any]:
    _premium(world, canary)
    return {"month": "2026-10"}


def _to_propose(world: World, canary: str) -> dict[str, Any]:
    return {"month": "2026-10", "pk": specimen(Participation, world, canary).pk}


ROWS.update(
    {
        **{
            f"benefits:premium_{name}": Row(_premium, own=True)
            for name in ("change", "withdraw", "grant", "refuse")
        },
        **{f"benefits:premium_{name}": Row(_granted, own=True) for name in ("take_back", "print")},
        **{
            f"benefits:premium_{name}": Row(_month_with_premium, "calendar")
            for name in ("month", "grant_several")
        },
        "benefits:premium_propose": Row(_to_propose),
    }
)


SINCE = date(2020, 1, 1)


def approved_month(world: World, canary: str) -> dict[str, Any]:
    """A month of its own with an approved list, on which one person goes to the bank and one to the till."""
    if not UnitAccount.objects.filter(since=SINCE).exists():
        specimen(UnitAccount, world, canary, since=SINCE, number=account(7))
    row = specimen(PayrollList, world, canary)
    parts = dict(zip(PARTS, ("9.76", "9.76", "1.50", "6.50"), strict=True))
    paid = {"benefit": 100, "to_pay": 100, "document": {"person": {"name": canary}}, **parts}
    specimen(
        Statement, world, canary, payroll_list=row, position=1, method="transfer", account=account(8), **paid
    )
    specimen(Statement, world, canary, payroll_list=row, position=2, method="cash", account="", **paid)
    row = PayrollList.objects.get(pk=row.pk)
    for state, person in (("locked", "rafal"), ("checked", "celina"), ("approved", "ewa")):
        row.state = state
        setattr(row, f"{state}_by", world.people[person])
        setattr(row, f"{state}_at", clock.now())
        if state == "locked":
            digested(row)
        row.save()
    return {"month": f"{row.month:%Y-%m}"}


def _with_file(world: World, canary: str) -> dict[str, Any]:
    made = approved_month(world, canary)
    row = PayrollList.objects.get(month=f"{made['month']}-01")
    # Its amounts are invented, and so is their tax.
    transfers.make_file(list_id=row.pk, day=clock.today(), as_counted=True)
    return made


def _with_papers(world: World, canary: str) -> dict[str, Any]:
    """An approved list of a month of its own, with a statement on paper."""
    made = approved_month(world, canary)
    row = PayrollList.objects.get(month=f"{made['month']}-01")
    paid = Statement.objects.filter(payroll_list=row).order_by("position")[0]
    assert statements.issue(statement_id=paid.pk) is not None
    return made


OF_MONEY = (
    "transfers", "transfers_make", "transfers_print", "transfers_sheet", "cash_print", "cash_sheet",
    "post_print", "post_sheet",
)  # fmt: skip
ROWS.update(
    {f"benefits:{name}": Row(approved_month) for name in OF_MONEY}
    | {"benefits:transfers_file": Row(_with_file), "benefits:list_papers_print": Row(_with_papers)}
)


def _owed(world: World, canary: str) -> dict[str, Any]:
    """The documents for ZUS of an approved list: the first set of its month."""
    return {**approved_month(world, canary), "number": 1}


OF_ZUS = ("set", "file", "print", "sheet", "csv")
ROWS.update({f"benefits:contributions_{name}": Row(_owed) for name in OF_ZUS})


def _proposed_rule(world: World, canary: str) -> dict[str, Any]:
    """One proposal waits in a unit at a time."""
    waiting = SigningRule.objects.filter(unit=current_scope().organisation_id, state="proposed").first()
    return {"pk": (waiting or specimen(SigningRule, world, canary)).pk}


ROWS.update({f"benefits:signing_{name}": Row(_proposed_rule) for name in ("confirm", "withdraw")})
ROWS.update(
    {
        "benefits:recovery_add": Row(lambda world, canary: {"pk": specimen(Participation, world, canary).pk}),
        "benefits:recovery_withdraw": row_of("benefits.Recovery"),
    }
)
ROWS["benefits:close"] = Row(_of_month, "calendar")


SIGNED = datetime(2026, 11, 20, 10, tzinfo=UTC)


def _insured(world: World, canary: str) -> dict[str, Any]:
    """A file whose programme is long enough to insure."""
    file = specimen(Participation, world, canary)
    specimen(Period, world, canary, participation=file, person=file.person, until=date(2027, 6, 1))
    return {"pk": file.pk}


def _told_to_body(world: World, canary: str) -> dict[str, Any]:
    """What a unit told the body of the current scope of somebody whom it referred."""
    body_id = current_scope().organisation_id
    with as_unit(world.kis.pk):
        file = specimen(Participation, world, canary)
        referral = specimen(Referral, world, canary, sender_id=body_id, sent_at=SIGNED)
        made = specimen(
            HealthRegistration, world, canary, participation=file, sender_id=body_id, referral=referral,
            since=date(2026, 11, 1), until=date(2027, 10, 31),
        )  # fmt: skip
    return {"pk": made.pk}


OF_INSURED = ("health_file", "health_title_add", "health_tell", "health_decision_letter", "health_ops_letter")
ROWS.update(
    {
        **{f"benefits:{name}": Row(_insured) for name in OF_INSURED},
        **{f"benefits:health_title_{name}": row_of("benefits.HealthTitle") for name in ("change", "remove")},
        "benefits:health_done": row_of("benefits.HealthRegistration"),
        "benefits:health_asked_one": Row(_told_to_body),
    }
)


def _paid_year(world: World, canary: str) -> dict[str, Any]:
    """Somebody who was paid this year, by a list of a month of its own."""
    month = approved_month(world, canary)["month"]
    row = PayrollList.objects.get(month=f"{month}-01")
    PayrollList.objects.filter(pk=row.pk).update(
        state="paid", paid_by=world.people["ewa"], paid_at=clock.now(), paid_on=clock.today()
    )
    return {"pk": Statement.objects.filter(payroll_list=row).order_by("position")[0].person_id}


def _paid_office(world: World, canary: str) -> dict[str, Any]:
    """With its entry in the journal, which is taken back with it."""
    row = public_money.pay(
        kind=PublicKind.TAX, month=Month.of(OCTOBER), amount=Decimal(1), paid_on=OCTOBER, note=canary
    )
    return {"pk": row.pk}


ROWS.update(
    {
        "benefits:tax_slip": Row(_paid_year),
        "benefits:tax_slip_issue": Row(_paid_year),
        "benefits:tax_slip_delivery": row_of("benefits.TaxSlip"),
        "benefits:public_payment_back": Row(_paid_office),
        "benefits:tax_pay": Row(lambda world, canary: {"month": "2026-10"}, "calendar"),
        "benefits:zus_pay": Row(lambda world, canary: {"month": "2026-10"}, "calendar"),
        **{
            f"benefits:{name}_count": Row(lambda world, canary: {"month": "2026-10"}, "calendar")
            for name in ("tax", "zus")
        },
    }
)


def _working(world: World, canary: str) -> dict[str, Any]:
    """Somebody who works, with the refund of a month to look at."""
    return {"pk": specimen(SupportedMonth, world, canary).job_id}


OF_JOB = (
    "job", "change", "employer", "send", "refer", "fail", "agree", "agreement", "start", "complete",
    "break_off",
)  # fmt: skip
OF_REFUND = ("ask", "pay", "refuse", "again", "take_back", "drop", "refund_print")
ROWS.update(
    {
        **{
            f"benefits:supported_{name}": Row(
                lambda world, canary: {"pk": specimen(Participation, world, canary).pk}
            )
            for name in ("tab", "propose")
        },
        **{f"benefits:supported_{name}": Row(_working) for name in OF_JOB},
        **{f"benefits:supported_{name}": row_of("benefits.SupportedMonth") for name in OF_REFUND},
        "benefits:supported_prepare": Row(
            lambda world, canary: {**_working(world, canary), "month": "2026-10"}
        ),
        "benefits:supported_print": Row(
            lambda world, canary: {**_working(world, canary), "paper": "wniosek"}
        ),
    }
)
