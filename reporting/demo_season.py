"""A season in the office of the demo: reports from paper of two years, and what the minister was told."""

from datetime import date, timedelta
from decimal import Decimal

from reintegration.administration.demo_data import id_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.scope import scope
from reporting.models import OutsideReport, RegisterEntry
from reporting.queries import season as queries
from reporting.rules.layouts import Layout
from reporting.services import season as services

OFFICE, PERSON = "uw-lubelski", "maria.sosna@uw-lubelski.example"
# How many units of either kind sent a report on paper; the last one waits for the office.
PAPERS = {UnitType.CIS: 6, UnitType.KIS: 4}
GROUPS = ("g1", "g2", "g4", "g5", "g8")
TABLES = ("participants", "started", "ended")


@demo_step("a season of reports from paper", order=115)
def load_season() -> None:
    user_id = demo_id(f"person:{PERSON}")
    with scope(organisation_id=id_of(OFFICE), user_id=user_id, source="demo"):  # type: ignore[arg-type]
        if OutsideReport.objects.exists():
            return
        last = clock.today().year - 1
        for unit_type, many in PAPERS.items():
            rows = RegisterEntry.objects.filter(unit_type=unit_type, joined=None, state="open")
            standing = queries.board(last - 1).filter(entry__in=rows).order_by("entry__number", "pk")
            for place, row in enumerate(list(standing[:many])):
                for year in (last - 1, last):
                    _paper(row.entry, year, place, accepted=year < last or place < many - 1)
        for year in (last - 1, last):
            sent = services.begin(unit_type=UnitType.CIS, year=year)
            if year < last:
                services.send(report_id=sent.pk)


def _paper(entry: RegisterEntry, year: int, place: int, *, accepted: bool) -> None:
    made = services.bring(entry_id=entry.pk, year=year, received_on=_came_on(year, place))
    services.copy(report_id=made.pk, cells=_cells(made.layout.layout, year, place))
    if accepted:
        services.accept(report_id=made.pk)


def _came_on(year: int, place: int) -> date:
    return min(date(year + 1, 2, 3) + timedelta(days=4 * place), clock.today())


def _cells(layout: Layout, year: int, place: int) -> dict[str, Decimal]:
    """Invented numbers that agree with each other, for the cells that the layout asks for."""
    wanted: dict[str, int] = {}
    for table in TABLES:
        for step, group in enumerate(GROUPS):
            women, men = 2 + (place + step + year) % 5, 3 + (place * 2 + step) % 6
            wanted |= {f"{table}.{group}.women": women, f"{table}.{group}.men": men}
            wanted[f"{table}.{group}.total"] = women + men
        for column in ("women", "men", "total"):
            wanted[f"{table}.all.{column}"] = sum(wanted[f"{table}.{group}.{column}"] for group in GROUPS)
    people = wanted["participants.all.total"]
    wanted |= {
        "costs.c2.done": 9_800 * people,
        "costs.c5.done": 212_000 + 7_000 * place,
        "income.grants.done": 180_000 + 5_000 * place,
        "independent.all.total": people // 4,
    }
    asked = {cell.key for cell in services.typed_cells(layout)}
    return {key: Decimal(value) for key, value in wanted.items() if key in asked}
