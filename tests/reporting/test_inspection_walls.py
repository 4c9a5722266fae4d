"""What an inspection keeps from the unit until it is told, by the database and by querysets alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from reintegration.core import clock
from reporting.models import Inspection, InspectionFinding, InspectionPoint, Recommendation
from reporting.queries import inspection_results as results_read
from reporting.queries import inspections as queries
from reporting.rules import inspection_results as rules
from reporting.services import inspection_results as results
from reporting.services import inspections as services
from tests.cast import World, known_world
from tests.reporting import inspection_results_made as made
from tests.reporting.inspections_made import files, opened, sampled
from tests.walls.modes import STANDING, walls
from tests.walls.test_shared import readers

SIDES = {"office": "stefan", "cis": "ewa"}
STRANGERS = {"other_cis": "teresa", "kis": "marek", "ops": "zofia", "other_office": "dorota"}
FAULT = "Program podpisano miesiąc po terminie."


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.frozen(datetime(2026, 11, 20, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def standing(request: Any, monkeypatch: pytest.MonkeyPatch, django_db_setup: None) -> Iterator[World]:
    """The cast, while the walls of `request.param` stand."""
    with walls(request.param, monkeypatch):
        request.getfixturevalue("db")
        yield known_world()


def found(world: World) -> Inspection:
    """An open inspection with a fault in a file and at a point, and a recommendation in mind."""
    row = opened(world)
    (file,) = sampled(world, row, *files(world, "Anna Kanarek"))
    made.checked(world, row)
    with world.scope("office", "stefan"):
        services.find(inspection_id=row.pk, file_id=file.pk, finding="fault", words=FAULT)
    return row


def selected(world: World, table: str) -> set[str]:
    """Which organisations select a row of the table, whatever the code of a page asks."""
    seen = set()
    for organisation, person in (SIDES | STRANGERS).items():
        with world.scope(organisation, person), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM reporting_{table}")
            if cursor.fetchone()[0]:
                seen.add(organisation)
    return seen


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_what_was_found_is_read_from_the_protocol_on(standing: World) -> None:
    row = found(standing)
    parts: tuple[Any, ...] = (InspectionFinding, InspectionPoint)
    for part in parts:
        assert readers(standing, part) == {"office"}, part
    with standing.scope("office", "stefan"):
        results.hand(inspection_id=row.pk, findings=made.FINDINGS, objection_days=7)
    for part in parts:
        assert readers(standing, part) == {"office", "cis"}, part
    with standing.scope("cis", "ewa"):
        (file,) = queries.sample_of(row)
        assert file.found is not None
        assert file.found.words == FAULT
        assert len(results_read.faults_of(queries.points_of(row), [file])) == 2


@pytest.mark.django_db
def test_no_query_of_the_unit_selects_what_was_found_before() -> None:
    world = known_world()
    row = found(world)
    for table in ("inspectionfinding", "inspectionpoint"):
        assert selected(world, table) == {"office"}, table
    assert selected(world, "inspectionfile") == {"office", "cis"}
    with world.scope("office", "stefan"):
        results.hand(inspection_id=row.pk, findings=made.FINDINGS, objection_days=7)
    for table in ("inspectionfinding", "inspectionpoint"):
        assert selected(world, table) == {"office", "cis"}, table


@pytest.mark.django_db
def test_a_row_of_the_unit_tells_nothing_that_was_not_handed_over() -> None:
    """Neither words nor papers are in the inspection before its protocol, nor a name in a draft."""
    world = known_world()
    row = found(world)
    words = b"\x01words"

    def refused(table: str, pk: UUID, change: str, *values: Any) -> None:
        with pytest.raises(IntegrityError, match=r"violates check"), transaction.atomic():
            connection.cursor().execute(f"UPDATE reporting_{table} SET {change} WHERE id = %s", [*values, pk])

    with world.scope("office", "stefan"):
        refused("inspection", row.pk, "findings = %s", words)
        refused("inspection", row.pk, "pack = id, pack_digest = 'x', protocol = id")
        results.hand(inspection_id=row.pk, findings=made.FINDINGS, objection_days=7)
        draft = results.recommend(
            inspection_id=row.pk, words=made.WORDS, due_on=rules.proposed_term(clock.today())
        )
        refused("recommendation", draft.pk, "addressee_id = %s", row.addressee_id)
    assert readers(world, Recommendation) == {"office"}
    with world.scope("cis", "ewa"):
        refused("inspection", row.pk, "objections = %s", words)


@pytest.mark.django_db
def test_the_unit_writes_nothing_of_what_was_found() -> None:
    world = known_world()
    row = found(world)
    with world.scope("office", "stefan"):
        results.hand(inspection_id=row.pk, findings=made.FINDINGS, objection_days=7)
    with world.scope("cis", "ewa"), connection.cursor() as cursor:
        for table in ("inspectionfinding", "inspectionpoint"):
            for statement in (f"UPDATE reporting_{table} SET words = ''", f"DELETE FROM reporting_{table}"):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(statement)
