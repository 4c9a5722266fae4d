"""Certificates and outcomes: the file that each address opens."""

from participants.models import Participation
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of

ROWS.update(
    {
        **{
            f"reporting:{name}": Row(lambda world, canary: {"pk": specimen(Participation, world, canary).pk})
            for name in ("certificate", "certificate_preview", "certificate_issue", "outcomes")
        },
        "reporting:certificate_duplicate": row_of("reporting.Certificate"),
        "reporting:certificate_correct": row_of("reporting.Certificate"),
    }
)
