"""Two annual reports of the demo's CIS: that of the year before last accepted, last year's returned."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Final
from uuid import UUID

from reintegration.administration.demo_data import id_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope
from reporting.models import Report
from reporting.queries import reports as queries
from reporting.services import report_office
from reporting.services import reports as services

UNIT: Final = ("nowymost", "ewa.jarzebina@nowymost.example")
OFFICE: Final = ("uw-lubelski", "maria.sosna@uw-lubelski.example")
# Cell: złoty in the year before last; a year later it is a little more.
MONEY: Final = {
    "grants.gmina.granted": 180_000,
    "grants.gmina.received": 180_000,
    "grants_used.gmina.running": 120_000,
    "grants_used.gmina.reintegration": 60_000,
    "income.grants.plan": 180_000,
    "income.own.plan": 90_000,
    "income.own.done": 84_500,
    "costs.c2.done": 62_000,
    "costs.c5.done": 148_000,
    "next_income.grants.next": 190_000,
    "next_income.own.next": 95_000,
    "next_costs.c2.next": 70_000,
    "next_costs.c5.next": 160_000,
}
COMMENTS: Final = {
    "grants.gmina.received": "Umowa z gminą mówi o 195 000 zł. Sprawdźcie kwotę i zwrot.",
    "next_costs.c1.next": "W preliminarzu nie ma świadczeń integracyjnych. Wpiszcie planowaną kwotę.",
}
WHY: Final = "W tych latach jednostka nie prowadziła jeszcze kartotek w tym programie."


@demo_step("annual reports", order=110)
def load_reports() -> None:
    last = clock.today().year - 1
    with _as(*UNIT):
        if Report.objects.exists():
            return
        accepted, returned = _sent(last - 1, 0), _sent(last, 9_000)
    with _as(*OFFICE):
        report_office.accept(report_id=accepted, number=1)
        for cell, words in COMMENTS.items():
            report_office.comment(report_id=returned, number=1, cell=cell, words=words)
        report_office.give_back(report_id=returned, number=1)


@contextmanager
def _as(organisation: str, email: str) -> Iterator[None]:
    with scope(organisation_id=id_of(organisation), user_id=demo_id(f"person:{email}"), source="demo"):  # type: ignore[arg-type]
        yield


def _sent(year: int, more: int) -> UUID:
    """The key of a report that was sent."""
    report = services.start(year=year)
    services.put(report_id=report.pk, cells={cell: Decimal(amount + more) for cell, amount in MONEY.items()})
    services.zeros(report_id=report.pk)
    # The next year takes over whoever gave money.
    if not report.recipients.filter(kind="grantor").exists():
        services.add_recipient(report_id=report.pk, kind="grantor", name="Gmina Modrzewno")
    for one in queries.written(report, services.draft_of(report)).broken:
        services.explain(report_id=report.pk, check=one.key, by=one.by, words=WHY)
    services.submit(report_id=report.pk)
    key: UUID = report.pk
    return key
