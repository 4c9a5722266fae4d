"""A report against a count that somebody else wrote in SQL, cell by cell, before and after corrections."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import AnonymousFile, Participation
from reintegration.audit.erasure import erase_subject
from reporting.enums import LayoutKind
from reporting.queries.filling import fill
from reporting.queries.layouts import in_force
from reporting.rules.layouts import CellKind
from tests.cast import World
from tests.reporting.filling_sql import CIS, differences
from tests.reporting.population import correct, populate
from tests.reporting.population_work import correct_work, work

pytestmark = pytest.mark.django_db


def test_every_cell_is_what_another_count_says_also_after_corrections(world: World, in_november: None):
    dice = Random(20261122)
    with world.scope("other_cis", "teresa"):
        populate(8, dice)
        work(dice)
    with world.scope("cis", "ewa"):
        populate(60, dice)
        work(dice)
        assert differences(CIS, 2025, 2026) == []
        layout = in_force(LayoutKind.CIS, 2025).layout
        before = fill(layout, 2025)
        user_id = world.people["ewa"].pk
        for _ in range(100):
            correct(dice, user_id)
            correct_work(dice)
        assert differences(CIS, 2025, 2026) == []
        after = fill(layout, 2025)
        # Nearly every source says something here; money is what the demo pays.
        told = {layout.cells[key].source for key, value in after.values.items() if value}
        assert len(told) >= 14
        assert sum(before.values[key] != after.values[key] for key in before.values) > 20
        # The people behind a number are the number.
        for cell in layout.of_kind(CellKind.COUNTED):
            if cell.measure.value == "osoby" and cell.about:
                assert after.values[cell.key] == len(after.people[cell.key]), cell.key


def test_who_was_erased_is_counted_and_not_shown(world: World, in_november: None):
    with world.scope("cis", "ewa"):
        populate(40, Random(5))
        layout = in_force(LayoutKind.CIS, 2025).layout
        before = fill(layout, 2025)
        gone = before.people["ended.all.total"]
        ended = Participation.objects.filter(person__in=gone, ended_on__isnull=False)
        # Whose every file is over, as after the term of retention.
        running = set(Participation.objects.filter(ended_on__isnull=True).values_list("person_id", flat=True))
        people = sorted({file.person_id for file in ended.order_by("pk")} - running)[:12]
        for person in people:
            erase_subject(subject_id=person, basis="próba")
        assert AnonymousFile.objects.count() >= len(people)
        after = fill(layout, 2025)
    assert after.values == before.values
    assert not after.people["participants.all.total"] & set(people)
    assert len(after.people["ended.all.total"]) == before.values["ended.all.total"] - len(people)


def test_a_report_asks_the_same_number_of_questions_for_whatever_it_says(world: World, in_november: None):
    with world.scope("cis", "ewa"):
        populate(20, Random(7))
        work(Random(7))
        layout = in_force(LayoutKind.CIS, 2025).layout
        with CaptureQueriesContext(connection) as many:
            fill(layout, 2025)
    with world.scope("other_cis", "teresa"), CaptureQueriesContext(connection) as none:
        fill(layout, 2025)
    assert len(many) == len(none) <= 21
