"""The objects of the money of a CIS."""

from participants.models import Participation
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of

OF_FILE = ("pay", "grant_apply", "grant_print", "pay_way", "tax_statement", "insurance_title_add")
ROWS.update(
    {
        **{
            f"benefits:{name}": Row(lambda world, canary: {"pk": specimen(Participation, world, canary).pk})
            for name in OF_FILE
        },
        **{
            f"benefits:grant_{name}": row_of("benefits.Grant")
            for name in ("decide", "refuse", "change_day", "withdraw")
        },
        "benefits:insurance_title_change": row_of("benefits.InsuranceTitle"),
    }
)
