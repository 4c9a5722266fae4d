"""A report against a count that somebody else wrote in SQL, cell by cell, before and after corrections."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import AnonymousFile, Participation
from reintegration.audit.erasure import erase_subject
from reintegration.tenancy.enums import StaffKind
from reporting.enums import LayoutKind
from reporting.queries.filling import fill
from reporting.queries.layouts import in_force
from reporting.rules.layouts import CellKind
from tests import factories
from tests.cast import World
from tests.reporting.filling_sql import CIS, KIS, asked, differences, told
from tests.reporting.population import correct, populate
from tests.reporting.population_money import correct_money, pay
from tests.reporting.population_work import correct_work, work

pytestmark = pytest.mark.django_db
# Whatever fails says it, so that it falls the same way again.
SEED = 20261122


def corrected(number: int, *works: Callable[[], None], dice: Random) -> None:
    for _ in range(number):
        dice.choice(works)()


def told_much(kinds: tuple[LayoutKind, ...], *, cells: int) -> None:
    """Neither count is an empty one: every source says something, and a good part of the cells does."""
    for kind in kinds:
        by_source = [told(kind, year) for year in (2025, 2026)]
        assert asked(kind) == set().union(*by_source), kind
    assert sum(told(kinds[0], 2026).values()) > cells


def test_every_cell_of_a_centre_is_what_another_count_says_also_after_corrections(
    world: World, in_november: None
):
    dice = Random(SEED)
    with world.scope("other_cis", "teresa"):
        populate(8, dice)
        work(dice)
    pay(world, 6, dice)
    with world.scope("cis", "ewa"):
        populate(45, dice)
        work(dice)
        assert differences(CIS, 2025, 2026) == [], SEED
        layout = in_force(LayoutKind.CIS, 2026).layout
        before = fill(layout, 2026)
        user_id = world.people["ewa"].pk
        files, rest, money = (
            lambda: correct(dice, user_id), lambda: correct_work(dice), lambda: correct_money(dice),
        )  # fmt: skip
        corrected(200, files, files, rest, rest, money, dice=dice)
        assert differences(CIS, 2025, 2026) == [], SEED
        told_much(CIS, cells=180)
        after = fill(layout, 2026)
        assert sum(before.values[key] != after.values[key] for key in before.values) > 100, SEED
        # A talk whose name is no service has a row of its own, so that no hour is lost.
        assert after.values["services.unnamed.hours"] > 0
        # The people behind a number are the number.
        for cell in layout.of_kind(CellKind.COUNTED):
            if cell.measure.value == "osoby" and cell.about:
                assert after.values[cell.key] == len(after.people[cell.key]), cell.key


def test_every_cell_of_a_club_is_what_another_count_says_also_after_corrections(
    world: World, in_november: None
):
    dice = Random(SEED)
    with world.scope("kis", "bozena"):
        populate(45, dice, club=True)
        work(dice)
        assert differences(KIS, 2025, 2026) == [], SEED
        layout = in_force(LayoutKind.KIS, 2026).layout
        before = fill(layout, 2026)
        user_id = world.people["bozena"].pk
        corrected(200, lambda: correct(dice, user_id), lambda: correct_work(dice), dice=dice)
        assert differences(KIS, 2025, 2026) == [], SEED
        told_much(KIS, cells=140)
        after = fill(layout, 2026)
        assert sum(before.values[key] != after.values[key] for key in before.values) > 50, SEED


def test_two_people_of_one_name_are_two_and_two_agreements_of_one_person_are_one(world: World):
    with world.scope("cis", "ewa"):
        first, _ = (factories.staff("Anna Nowak", kind=kind) for kind in ("manager", "finance"))
        factories.staff("Anna Nowak-Lis", kind="instructor", person_key=first.person_key)
        found = fill(in_force(LayoutKind.CIS, 2025).layout, 2025)
        assert [found.values[f"staff.{row}.year"] for row in ("all", "manager", "finance")] == [2, 1, 1]
        assert found.values["staff.all.posts_end"] == 3
        # Behind the number stand rows of the register, one for each person.
        assert len(found.people["staff.all.year"]) == 2


def test_every_position_stands_in_a_row_of_the_report(world: World):
    paid = [one for one in StaffKind.values if one != StaffKind.VOLUNTEER]
    with world.scope("cis", "ewa"):
        for number, kind in enumerate(paid):
            factories.staff(f"Kadra Numer{number}", kind=kind)
        layout = in_force(LayoutKind.CIS, 2025).layout
        found = fill(layout, 2025)
    for column in ("year", "end", "posts_end"):
        rows = {key: value for key, value in found.values.items() if key.startswith("staff.")}
        rows = {key: value for key, value in rows.items() if key.endswith(f".{column}")}
        whole = rows.pop(f"staff.all.{column}")
        assert sum(rows.values()) == whole == len(paid)
        assert rows[f"staff.other.{column}"] == 8


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
