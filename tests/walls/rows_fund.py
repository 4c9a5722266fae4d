"""The objects of the Labour Fund."""

from typing import Any

from benefits.models import FundLine
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of


def _application(world: World, canary: str) -> dict[str, Any]:
    """An application with somebody in it."""
    return {"pk": specimen(FundLine, world, canary).application_id}


OF_AGREEMENT = (
    "agreement", "agreement_sheet", "change", "sign", "refuse", "end", "budget", "give_back", "ask_advance",
    "link", "access",
)  # fmt: skip
OF_APPLICATION = (
    "application", "send", "withdraw", "accept", "settle", "reopen", "print", "sheet", "receive", "overpaid",
)  # fmt: skip
ROWS.update(
    {
        **{f"benefits:fund_{name}": row_of("benefits.FundAgreement") for name in OF_AGREEMENT},
        **{f"benefits:fund_{name}": Row(_application) for name in OF_APPLICATION},
        **{
            f"benefits:fund_{name}": row_of("benefits.FundLine")
            for name in ("answer", "leave_out", "put_back", "carry")
        },
        **{
            f"benefits:fund_{name}": row_of("benefits.FundAdvance")
            for name in ("receive_advance", "refuse_advance", "withdraw_advance", "print_advance")
        },
        "benefits:fund_draw": row_of("benefits.PayrollList"),
        "benefits:fund_take_back": row_of("benefits.FundReceipt"),
    }
)
