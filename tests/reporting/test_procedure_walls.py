"""Who reads and who writes a notice, an application and a letter, by the walls alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from reintegration.audit.models import Erasure
from reintegration.core import clock
from reporting.models import (
    ApplicationAnswer,
    ClubNotice,
    ProcedureFile,
    ProcedureStep,
    StatusApplication,
    SupervisionLetter,
)
from reporting.services import applications, notices, proceedings, registers, supervision
from reporting.transitions import OfProcedure
from tests.cast import World, known_world
from tests.reporting.made import entered
from tests.reporting.procedures_made import (
    applied,
    case,
    drafted,
    handed_in,
    pdf,
    sent,
    written,
)
from tests.walls.modes import STANDING, walls

TODAY = datetime(2026, 11, 22, 10, tzinfo=UTC)
EVERYBODY = {
    "cis": "ewa", "kis": "bozena", "other_cis": "teresa", "ops": "zofia", "office": "maria",
    "other_office": "dorota",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def standing(request: Any, monkeypatch: pytest.MonkeyPatch, django_db_setup: None) -> Iterator[World]:
    """The cast, while the walls of `request.param` stand."""
    with walls(request.param, monkeypatch):
        request.getfixturevalue("db")
        yield known_world()


def readers(world: World, model: Any, **lookup: Any) -> set[str]:
    found = set()
    for organisation, person in EVERYBODY.items():
        with world.scope(organisation, person):
            if model.objects.filter(**lookup).exists():
                found.add(organisation)
    return found


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_an_office_reads_what_was_sent_to_it_and_nobody_else_does(standing: World) -> None:
    world = standing
    with world.scope("kis", "bozena"):
        notice = drafted()
        file = proceedings.attach(notice, file=pdf(), label="Akt")
    with world.scope("cis", "ewa"):
        application = applied()
    assert readers(world, ClubNotice, pk=notice.pk) == {"kis"}
    assert readers(world, ProcedureFile, pk=file.pk) == {"kis"}
    assert readers(world, StatusApplication, pk=application.pk) == {"cis"}
    assert readers(world, ApplicationAnswer, application=application.pk) == {"cis"}
    with world.scope("kis", "bozena"):
        notices.send(notice_id=notice.pk)
    with world.scope("cis", "ewa"):
        applications.send(application_id=application.pk)
    for model, lookup in ((ClubNotice, {"pk": notice.pk}), (ProcedureFile, {"pk": file.pk})):
        assert readers(world, model, **lookup) == {"kis", "office"}
    assert readers(world, ProcedureStep, notice=notice.pk) == {"kis", "office"}
    for model, lookup in (
        (StatusApplication, {"pk": application.pk}),
        (ApplicationAnswer, {"application": application.pk}),
    ):
        assert readers(world, model, **lookup) == {"cis", "office"}
    with world.scope("office", "maria"):
        applications.call(application_id=application.pk, words="Popraw 5.", days=18)
    with world.scope("cis", "ewa"):
        again = applications.answer(application_id=application.pk, point="5", content={"words": "Nowe."})
    assert readers(world, ApplicationAnswer, pk=again.pk) == {"cis"}
    with world.scope("office", "maria"):
        entry = entered(number="9")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        letter = written(entry.pk)
    assert readers(world, SupervisionLetter, pk=letter.pk) == {"office"}
    with world.scope("office", "maria"):
        supervision.send(letter_id=letter.pk)
    assert readers(world, SupervisionLetter, pk=letter.pk) == {"office", "cis"}


@pytest.mark.django_db
def test_each_side_writes_its_own_part_alone(world: World) -> None:
    """The database holds it, whatever the program would do."""
    with world.scope("kis", "bozena"):
        notice = sent()
    with world.scope("office", "maria"):
        entry = entered(number="9")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        letter = supervision.send(letter_id=written(entry.pk).pk)

    def refused(change: Any) -> None:
        with pytest.raises(DatabaseError, match="other side"), transaction.atomic():
            change()

    with world.scope("office", "maria"):
        told = case(notice.pk)
        told.content = {"name": "Inny"}
        refused(told.save)
    with world.scope("cis", "ewa"):
        refused(lambda: SupervisionLetter.objects.filter(pk=letter.pk).update(days=60))
        letter.words = "Nic."
        refused(letter.save)


@pytest.mark.django_db
def test_what_was_sent_is_held_by_the_database(world: World) -> None:
    """By statements of the program's own role, whichever side sends them."""
    with world.scope("kis", "bozena"):
        notice = sent()
    with world.scope("cis", "ewa"):
        application = handed_in()
    with world.scope("office", "maria"):
        entry = entered(number="9")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        letter = supervision.send(letter_id=written(entry.pk).pk)

    def run(statement: str, pk: Any) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} = %s", [pk])
            return int(cursor.rowcount)

    def refused(table: str, pk: Any, *changes: str, key: str = "id") -> None:
        for change in changes:
            with pytest.raises(DatabaseError, match="other side"):
                run(f"UPDATE reporting_{table} SET {change} WHERE {key}", pk)
        with pytest.raises(DatabaseError, match="other side"):
            run(f"DELETE FROM reporting_{table} WHERE {key}", pk)

    done = "state = 'done', decided_on = '2026-11-22'"
    fixed = ("made_at = now()", "unit_id = sender_id", "sender_id = NULL")
    of_answer, of_file, of_step = "application_id", "notice_id", "notice_id"
    for place, club, who in (("kis", True, "bozena"), ("cis", False, "ewa"), ("office", None, "maria")):
        with world.scope(place, who):
            if club is not False:
                refused("clubnotice", notice.pk, "content = '\\x01'", "due_on = '2030-01-01'", *fixed)
                refused("procedurefile", notice.pk, "stored_file = id", "size = 1", *fixed, key=of_file)
                refused("procedurestep", notice.pk, "words = '\\x01'", "by_office = true", key=of_step)
            if club is not True:
                refused("statusapplication", application.pk, "local = true", "due_on = '2030-01-01'", *fixed)
                refused("applicationanswer", application.pk, "content = '\\x01'", *fixed, key=of_answer)
                refused("supervisionletter", letter.pk, "words = '\\x01'", "days = 60", "paper = NULL")
    with world.scope("kis", "bozena"):
        refused("clubnotice", notice.pk, done, "decided_on = '2026-11-22'", "entry = id")
    with world.scope("cis", "ewa"):
        refused("statusapplication", application.pk, done)
        refused("supervisionletter", letter.pk, "state = 'closed', closed_on = '2026-11-22', heeded = true")
        received = "received_on = '2026-11-22', due_on = '2026-12-07', received_by_unit = true"
        assert run(f"UPDATE reporting_supervisionletter SET {received} WHERE id", letter.pk) == 1
    with world.scope("office", "maria"):
        refused("clubnotice", notice.pk, "state = 'withdrawn'")
        refused(
            "supervisionletter", letter.pk, "answer = '\\x01'", "answer_file = id",
            "received_on = '2026-11-23', due_on = '2026-12-07'",
            "state = 'answered', answered_on = '2026-11-22'",
        )  # fmt: skip
        file = ProcedureFile.objects.get(notice_id=notice.pk)
        refused("clubnotice", notice.pk, "content = NULL")
        refused("procedurefile", file.pk, "label = ''")
        # The end of the time for which they are kept.
        for key in (notice.pk, file.pk):
            Erasure.objects.create(subject_id=key, basis="po terminie", erased_at=clock.now())
        assert run("UPDATE reporting_clubnotice SET content = NULL WHERE id", notice.pk) == 1
        assert run("UPDATE reporting_procedurefile SET label = '' WHERE id", file.pk) == 1
        call = proceedings.call(case(notice.pk), words="Akt.", days=7)
    with world.scope("kis", "bozena"):
        refused("procedurestep", call.pk, "words = ''")
        refused("clubnotice", notice.pk, "called_on = NULL", "call_days = 30", "content = '\\x02'")
        proceedings.receive(case(notice.pk), received_on=date(2026, 11, 22))
        refused("clubnotice", notice.pk, "complete_by = '2026-12-01'", "call_received_on = '2026-11-23'")
    with world.scope("office", "maria"):
        refused(
            "clubnotice", notice.pk, "call_received_on = '2026-11-23', complete_by = '2026-11-30'",
            "call_received_by_unit = false", "call_days = 30",
        )  # fmt: skip


@pytest.mark.django_db
def test_nobody_adds_rows_in_the_name_of_the_other_side(world: World) -> None:
    """Beside its own steps and papers on a case that it has, the office adds nothing of a unit's."""
    with world.scope("kis", "bozena"):
        notice = sent()
    with world.scope("other_cis", "teresa"):
        kept = applied()
        file = kept.procedurefiles.order_by("pk").first()
    with world.scope("cis", "ewa"):
        application = handed_in()
    with world.scope("office", "maria"):
        entry = entered(number="9")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        letter = supervision.send(letter_id=written(entry.pk).pk)

    def again(table: str, pk: Any, **changes: str) -> int:
        """The same row once more, with other values."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT column_name FROM information_schema.columns WHERE table_name = 'reporting_{table}'"
            )
            names = [name for (name,) in cursor.fetchall()]
            chosen = ", ".join({"id": "gen_random_uuid()", **changes}.get(name, name) for name in names)
            cursor.execute(
                f"INSERT INTO reporting_{table} ({', '.join(names)}) SELECT {chosen}"
                f" FROM reporting_{table} WHERE id = %s",
                [pk],
            )
            return int(cursor.rowcount)

    def refused(table: str, pk: Any, **changes: str) -> None:
        with pytest.raises(DatabaseError, match="other side"):
            again(table, pk, **changes)

    with world.scope("office", "maria"):
        step = notice.proceduresteps.order_by("pk").first()
        said = application.answers.order_by("pk").first()
        refused("clubnotice", notice.pk)
        refused("statusapplication", application.pk)
        refused("applicationanswer", said.pk)
        refused("procedurestep", step.pk)
        assert again("procedurestep", step.pk, by_office="true") == 1
        unsent = {"unit_id": f"'{kept.unit_id}'", "notice_id": "NULL", "application_id": f"'{kept.pk}'"}
        refused("procedurestep", step.pk, by_office="true", **unsent)
    with world.scope("other_cis", "teresa"):
        refused("procedurefile", file.pk, by_office="true")
        assert again("procedurefile", file.pk) == 1
        # An office has nothing of a case before the case is sent to it.
        refused("procedurefile", file.pk, sender_id=f"'{letter.organisation_id}'")
    with world.scope("cis", "ewa"):
        refused("supervisionletter", letter.pk)
    with world.scope("office", "maria"):
        proceedings.finish(case(notice.pk), OfProcedure.FINISH, on=clock.today())
    with world.scope("kis", "bozena"):
        # To what is decided nothing is added.
        refused("procedurestep", step.pk)
