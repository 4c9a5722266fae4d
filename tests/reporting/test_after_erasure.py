"""Every year counts after the people of it were erased as it counted before."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from benefits.services import lists
from ipzs.enums import MarkKind
from participants.models import Participation, Person, PersonGroup
from participants.rules.codes import UnitType
from reintegration.audit.erasure import erase_subject
from reintegration.core import clock, slots
from reintegration.core.dates import DateSpan
from reporting.queries import filling
from reporting.queries import statistics as queries
from reporting.rules.layout_parsing import parse
from reporting.services.layouts import built_in
from tests.benefits.lists import made as payroll
from tests.cast import World
from tests.ipzs.attendance.made import mark
from tests.participants.participations.made import TODAY
from tests.reporting.graduates_made import course, left
from tests.reporting.population import populate

pytestmark = pytest.mark.django_db
YEARS = [DateSpan(date(year, 1, 1), min(date(year, 12, 31), TODAY)) for year in (2024, 2025, 2026)]


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


def told() -> dict[str, Any]:
    """Every cell of every year: what it counts, women and men."""
    return {
        f"{span.first.year} {table.figure.key} {row.key}": (row.label, row.value, row.women, row.men)
        for span in YEARS
        for table in queries.report(UnitType.CIS, span, None).tables
        for row in [*table.rows, *([table.total] if table.total else [])]
    }


def reports() -> dict[str, Any]:
    """The annual report of each year, as it fills itself."""
    return {
        f"{span.first.year} {key}": value
        for span in YEARS
        for layout in map(parse, built_in())
        if layout.unit_type is UnitType.CIS
        for key, value in filling.fill(layout, span.first.year).values.items()
    }


def test_money_that_was_paid_stays_paid(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with world.scope("cis", "ewa"):
        payroll.rounding(world)
        (file,) = payroll.people(1)
    row = payroll.approved(world)
    with world.scope("cis", "celina"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        before, reported = told(), reports()
        assert before["2026 benefits "][1]
        erase_subject(subject_id=file.person_id, basis="próba")
        # Whose file was never ended has no age and no group any more; it is kept until it ends.
        kept = {key: value for key, value in told().items() if key.split()[1] == "benefits"}
        assert kept == {key: before[key] for key in kept}
        assert reports().keys() == reported.keys()


def test_no_cell_of_any_year_changes(world: World):
    with world.scope("cis", "ewa"):
        populate(60, Random(2026))
        file = left()
        course(file)
        mark(file, date(2026, 5, 12), MarkKind.SICK, reason="Z listy na papierze")
        before, reported = told(), reports()
        assert {key.split()[1] for key, (_, value, *_) in before.items() if value} >= {
            "group_main", "group_any", "age", "cohort", "effects", "situation", "attendance", "services",
        }  # fmt: skip
        open_files = Participation.objects.filter(ended_on=None).values("person")
        gone = list(Person.objects.exclude(pk__in=open_files).order_by("pk").values_list("pk", flat=True))
        assert len(gone) > 30
        for person in gone:
            erase_subject(subject_id=person, basis="próba")
        assert not PersonGroup.objects.filter(person__in=gone, code_index__isnull=False).exists()
        assert not Person.objects.filter(pk__in=gone, birth_date__isnull=False).exists()
        assert told() == before
        assert reports() == reported
