"""A season as an office meets it: entries, reports from paper, and the files that bring them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from reintegration.core import clock
from reintegration.tenancy.enums import UnitType
from reporting.models import OutsideReport, RegisterEntry
from reporting.services import outside_import
from reporting.services import season as services
from tests.reporting.made import entered

# The season of the report of 2026.
MARCH: Final = datetime(2027, 3, 5, 10, tzinfo=UTC)
YEAR: Final = 2026
CAME: Final = date(2027, 2, 10)


def on_paper(
    entry: RegisterEntry, cells: Mapping[str, int], *, year: int = YEAR, accepted: bool = True
) -> OutsideReport:
    """A report that came on paper and was copied."""
    made = services.bring(entry_id=entry.pk, year=year, received_on=min(CAME, clock.today()))
    services.copy(report_id=made.pk, cells={key: Decimal(value) for key, value in cells.items()})
    if accepted:
        services.accept(report_id=made.pk)
    made.refresh_from_db()
    return made


def somebody(
    number: str = "9", name: str = "CIS „Łan”", unit_type: str = "CIS", **data: Any
) -> RegisterEntry:
    """A unit of the register that does not work in the program."""
    return entered(unit_type, number, name=name, **data)


def year_due() -> int:
    """The year whose reports are due now."""
    return clock.today().year - 1


def paper_file(number: str = "9", **cells: object) -> bytes:
    """A filled template; cells are named with two lines instead of dots."""
    headings = ";".join(one.heading for one in outside_import.COLUMNS)
    rows = [f"{number};{key.replace('__', '.')};;{value}" for key, value in cells.items()]
    return "\r\n".join([headings, *rows, ""]).encode()


def typed_keys(unit_type: UnitType = UnitType.CIS, year: int = YEAR) -> list[str]:
    return [row[1] for row in outside_import.template_rows(unit_type, year)]
