"""Yearly totals: equal to the raw count in every cell, whatever changes, and mended when they are not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.enums import MarkKind
from participants.models import Person
from participants.rules.codes import UnitType
from reintegration.audit.erasure import erase_subject
from reintegration.core import clock
from reintegration.jobs.models import Job
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.tenancy.models import Founder, Organisation, Unit
from reintegration.tenancy.scope import OPERATOR_ID
from reporting.models import StaleYear, UnitYear, YearCell
from reporting.queries import statistics
from reporting.rules.rollups import TOTAL, span_of, years_of
from reporting.services import rollups
from reporting.services.outcomes import note_outcome
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import mark
from tests.participants.participations.made import TODAY
from tests.reporting.graduates_made import course, left
from tests.reporting.population import correct, populate

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025, 2026)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


def stored() -> dict[Any, Any]:
    return {
        (row.year, row.figure, row.line): (row.value, row.women, row.men)
        for row in YearCell.objects.order_by("pk")
    }


def raw() -> dict[Any, Any]:
    """The same straight from the statistics."""
    return {
        (year, table.figure.key, key): (Decimal(row.value), row.women, row.men)
        for year in YEARS
        for table in statistics.report(UnitType.CIS, span_of(year, clock.today()), None).tables
        for key, row in [(one.key, one) for one in table.rows]
        + ([(TOTAL, table.total)] if table.total else [])
        if row.value
    }


@pytest.mark.parametrize(
    ("marks", "years"),
    [
        ([], []),
        ([(2025, 2025), (2025, 2025)], [2025]),
        ([(2024, None)], [2024, 2025, 2026]),
        ([(1999, 2003), (2030, 2031)], [2003]),
        ([(2026, 2030)], [2026]),
    ],
)
def test_which_years_are_counted_again(marks: Any, years: list[int]):
    assert years_of(marks, 2026) == years


def test_every_cell_follows_whatever_changes(world: World):
    dice = Random(20261122)
    with world.scope("other_cis", "teresa"):
        populate(5, dice)
    with world.scope("cis", "ewa"):
        populate(40, dice)
        file = left()
        course(file)
        mark(file, date(2026, 5, 12), MarkKind.SICK, reason="Z listy na papierze")
        rollups.recount_changed()
        assert stored() == raw()
        assert {figure for _, figure, _ in stored()} >= {"age", "cohort", "attendance", "services", "places"}
        user_id = world.people["ewa"].pk
        for step in range(60):
            correct(dice, user_id)
            if step % 6 == 0:
                rollups.recount_changed()
                assert stored() == raw(), step
        rollups.recount_changed()
        assert stored() == raw()
        # Nothing changed, nothing is counted; a phone number is counted nowhere.
        Person.objects.update(phone="600700800")
        assert rollups.recount_changed() == 0
        # Days, deletions and erasures are changes as well.
        file.marks.all().delete()
        for person in Person.objects.order_by("pk").values_list("pk", flat=True)[:15]:
            erase_subject(subject_id=person, basis="próba")
        assert rollups.recount_changed() == len(YEARS)
        assert stored() == raw()
        assert rollups.check().wrong == ()
    assert set(rollups.waiting_units()) >= {world.organisations["other_cis"].pk}


def test_another_kind_of_work_alone_marks_the_years(world: World):
    with world.scope("cis", "ewa"):
        file = left()
        note_outcome(participation_id=file.pk, changes=[], own_changes=[], work="employment")
        rollups.recount_changed()
        assert stored() == raw()
        assert [line for _, figure, line in stored() if figure == "work"] == ["employment"]
        note_outcome(participation_id=file.pk, changes=[], own_changes=[], work="civil")
        assert rollups.recount_changed() >= 1
        assert stored() == raw()
        assert [line for _, figure, line in stored() if figure == "work"] == ["civil"]


def test_the_night_finds_what_is_wrong_mends_it_and_brings_the_year_up_to_today(world: World):
    with world.scope("cis", "ewa"):
        populate(12, Random(3))
        rollups.recount_changed()
        YearCell.objects.filter(year=2025, figure="participants", line="all").update(
            value=999, women=0, men=0
        )
        YearCell.objects.filter(year=2024, figure="flow").first().delete()
        found = rollups.check()
        assert {year for year, _ in found.wrong} == {2024, 2025}
        assert (2025, ("participants", "all")) in found.wrong
        assert UnitYear.objects.get(year=2025).mended == 1
        assert stored() == raw()
        assert rollups.check().wrong == ()
    with clock.frozen(datetime(2027, 1, 2, 5, tzinfo=UTC)), world.scope("cis", "ewa"):
        # A year that has ended is counted to its last day, and the new one begins.
        assert rollups.check().wrong == ()
        days = dict(UnitYear.objects.order_by("year").values_list("year", "as_of"))
        assert (days[2026], days[2027]) == (date(2026, 12, 31), date(2027, 1, 2))


def test_the_jobs_count_what_changed_and_tell_the_operator_of_a_difference(world: World):
    with world.scope("cis", "ewa"):
        populate(8, Random(9))
    with world.scope("operator"):
        enqueue(kind="reporting.recount")
    drain()
    with world.scope("cis", "ewa"):
        assert stored() == raw()
        YearCell.objects.filter(figure="participants", line="all").update(value=5, women=0, men=0)
    with world.scope("operator"):
        enqueue(kind="reporting.check_years")
    drain()
    with world.scope("cis", "ewa"):
        assert stored() == raw()
        assert UnitYear.objects.filter(checked_at=None).count() == 0
    job = Job.objects.get(kind="reporting.check_years")
    assert job.state == "parked"
    assert "różniły się od spraw" in job.error


def test_a_change_under_way_keeps_its_mark(world: World):
    with world.scope("cis", "ewa"):
        populate(3, Random(1))
        count = StaleYear.objects.filter(unit_id=world.cis.pk).count()
        assert count
        rollups.recount_changed()
        assert not StaleYear.objects.filter(unit_id=world.cis.pk).exists()
        Person.objects.update(sex="F")
        # One statement, one mark for each year in which files begin.
        assert 0 < StaleYear.objects.filter(unit_id=world.cis.pk).count() <= len(YEARS)


def test_the_unit_and_the_operator_see_them_and_nobody_else(world: World):
    with world.scope("cis", "ewa"):
        populate(6, Random(5))
        rollups.recount_changed()
        count = YearCell.objects.count()
        assert count
        assert set(YearCell.objects.values_list("sender_id", flat=True).order_by("pk")) == {OPERATOR_ID}
    with world.scope("operator", "operator"):
        assert YearCell.objects.filter(unit=world.cis.pk).count() == count
    for place, person in (("other_cis", "teresa"), ("office", "maria"), ("ops", "zofia")):
        with world.scope(place, person):
            assert not YearCell.objects.exists()
            assert not UnitYear.objects.exists()
    # The page of the unit and that of the operator read them, in as many queries for ten years as for one.
    client = Client()
    sign_in(client, world.people["ewa"], world.cis.pk)
    with CaptureQueriesContext(connection) as few:
        page = client.get(reverse("reporting:statistics_years"))
    assert page.status_code == 200
    assert "2024" in page.content.decode()
    with world.scope("cis", "ewa"):
        YearCell.objects.create(year=2015, figure="participants", line="all", value=7, sender_id=OPERATOR_ID)
        UnitYear.objects.create(year=2016, as_of=TODAY, counted_at=clock.now(), sender_id=OPERATOR_ID)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("reporting:statistics_years"))
    assert len(few) == len(many)
    operator = Client()
    sign_in(operator, world.people["operator"], OPERATOR_ID)
    # The sums of a few units would tell what one of them counted.
    said = operator.get(reverse("reporting:platform_years")).content.decode()
    assert "Uczestnicy" not in said
    assert "policzone 1 z 3 jednostek" in said
    with world.scope("operator", "operator"):
        units = [world.kis.pk, world.organisations["other_cis"].pk, *(another_unit() for _ in range(2))]
        for unit in units[:-1]:
            counted(unit)
    assert "Uczestnicy" not in operator.get(reverse("reporting:platform_years")).content.decode()
    with world.scope("operator", "operator"):
        counted(units[-1])
    said = operator.get(reverse("reporting:platform_years")).content.decode()
    assert "Uczestnicy" in said
    assert "policzone 5 z 5 jednostek" in said
    assert "Nowy Most" not in said.partition("<main")[2]
    assert client.get(reverse("reporting:platform_years")).status_code == 403
    maria = Client()
    sign_in(maria, world.people["maria"])
    assert maria.get(reverse("reporting:platform_years")).status_code == 403


def another_unit() -> UUID:
    """A unit besides those of the cast."""
    made = Organisation.objects.create(
        kind="unit", name="CIS", short_name="CIS", voivodeship="06", town="Jodłów", opened_on=date(2024, 1, 1)
    )
    Unit.objects.create(organisation=made, unit_type="CIS", founder=Founder.objects.order_by("pk")[0])
    return made.pk


def counted(unit: UUID) -> None:
    UnitYear.objects.create(
        year=2025, as_of=TODAY, counted_at=clock.now(), unit_id=unit, sender_id=OPERATOR_ID
    )
