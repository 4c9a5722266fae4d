"""The objects of the bank's answer, and the payments of a list."""

from typing import Any

from benefits.models import BankBooking, PaidLine, PayrollList, Statement
from benefits.services import transfers
from reintegration.core import clock
from tests.benefits.bank.made import account
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of
from tests.walls.rows_benefits import approved_month


def _paid_line(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(PaidLine, world, canary).pk}


def _paid_month(world: World, canary: str) -> dict[str, Any]:
    """A month with a list that was paid, and a payment of it whose reference is the canary."""
    line = specimen(PaidLine, world, canary)
    return {"month": f"{line.payroll_list.month:%Y-%m}"}


def _again(world: World, canary: str) -> dict[str, Any]:
    """A paid list of which a payment waits to go out once more, and that is as it was signed."""
    made = approved_month(world, canary)
    row = PayrollList.objects.get(month=f"{made['month']}-01")
    row.state, row.paid_by, row.paid_at, row.paid_on = "paid", row.approved_by, clock.now(), clock.today()
    row.save()
    said = Statement.objects.get(payroll_list=row, position=1)
    specimen(
        PaidLine, world, canary, payroll_list=row, statement=said, person=said.person, amount=100, attempt=2,
        method="transfer", account=account(8), party={"name": canary}, reason="",
        reference=f"LW/{said.pk.int % 10**6}/2026-01-R1",
    )  # fmt: skip
    return {**made, "row": row}


def _month_again(world: World, canary: str) -> dict[str, Any]:
    return {"month": _again(world, canary)["month"]}


def _file_again(world: World, canary: str) -> dict[str, Any]:
    made = _again(world, canary)
    file = transfers.make_file_again(list_id=made["row"].pk, day=clock.today())
    return {"month": made["month"], "number": file.round}


def _proposed(world: World, canary: str) -> dict[str, Any]:
    """A booking of the account and the amount of a payment, without its reference."""
    line = specimen(PaidLine, world, canary, method="transfer", state="sent", sent_on=clock.today())
    line.statement.refresh_from_db()
    booking = specimen(
        BankBooking, world, canary, amount=-line.amount, account=line.statement.account or account(8)
    )
    return {"pk": booking.pk, "line": line.pk}


ROWS.update(
    {
        "benefits:answer": Row(
            lambda world, canary: {"pk": specimen(BankBooking, world, canary).statement_id}
        ),
        "benefits:answer_aside": row_of("benefits.BankStatement"),
        **{
            f"benefits:{name}": row_of("benefits.BankBooking")
            for name in ("booking", "booking_aside", "booking_reopen")
        },
        **{f"benefits:{name}": Row(_proposed) for name in ("booking_confirm", "booking_confirm_file")},
        **{
            f"benefits:{name}": Row(_paid_line)
            for name in ("line", "line_again", "line_give_up", "line_sent", "line_returned", "line_undo")
        },
        **{f"benefits:{name}": Row(_paid_month) for name in ("payments", "payments_sheet")},
        **{
            f"benefits:{name}": Row(_paid_month, "calendar")
            for name in ("payments_confirm", "post_confirm", "list_settle", "list_close")
        },
        "benefits:again_make": Row(_month_again, "calendar"),
        "benefits:again_file": Row(_file_again),
    }
)
