"""An inspection from both its sides, and everybody whom it does not let in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from benefits.queries.pay import decision_key
from benefits.services import pay
from participants.models import Participation
from reintegration.audit.models import Event
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.ids import uuid7
from reintegration.documents.models import Document
from reintegration.jobs.models import Job
from reporting import perms
from reporting.models import (
    Inspection,
    InspectionFile,
    InspectionFinding,
    InspectionMember,
    InspectionPoint,
    InspectionStep,
)
from reporting.queries import inspections as queries
from reporting.queries.inspected_file import FILE_PAPERS, papers_of
from reporting.rules import checklist
from reporting.rules import inspections as rules
from reporting.services import inspections as services
from reporting.services.proceedings import TELL_JOB
from reporting.views.inspections import MemberAdd
from tests.benefits.pay.made import granted
from tests.cast import World, known_world, sign_in
from tests.participants.participations.made import in_classes
from tests.reporting.inspections_made import ALL, drawn, files, opened, prepared, said, sampled
from tests.walls.test_shared import readers

pytestmark = pytest.mark.django_db
NAMES = ("Anna Kanarek", "Bronisław Żuraw", "Cecylia Wilga")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.frozen(datetime(2026, 11, 20, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def world() -> World:
    return known_world()


def as_one(world: World, who: str) -> Client:
    client = Client()
    sign_in(client, world.people[who], world.organisation_of(who).pk)
    return client


def look_url(row: Inspection, file: InspectionFile) -> str:
    return reverse("reporting:inspection_look", args=[row.pk, file.pk])


def looks_in(world: World, organisation: str, person: str) -> list[Event]:
    with world.scope(organisation, person):
        rows = Event.objects.filter(action=perms.INSPECTION_LOOK.name, outcome__in=["seen", "taken"])
        return list(rows.order_by("id"))


# What it is and who reads it


def test_the_unit_reads_an_inspection_from_the_moment_it_is_opened(world: World) -> None:
    row = prepared(world)
    assert readers(world, Inspection, pk=row.pk) == {"office"}
    assert readers(world, InspectionMember, inspection=row.pk) == {"office"}
    with world.scope("office", "stefan"):
        services.open_access(inspection_id=row.pk)
    found = files(world, *NAMES)
    sampled(world, row, found[0])
    assert readers(world, Inspection, pk=row.pk) == {"office", "cis"}
    assert readers(world, InspectionMember, inspection=row.pk) == {"office", "cis"}
    assert readers(world, InspectionFile, inspection=row.pk) == {"office", "cis"}
    assert readers(world, InspectionStep, inspection=row.pk) == {"office", "cis"}


def test_one_that_was_cancelled_before_it_was_opened_stays_the_offices(world: World) -> None:
    row = prepared(world)
    with world.scope("office", "maria"):
        services.cancel(inspection_id=row.pk, words="Pomyłka.")
    assert readers(world, Inspection, pk=row.pk) == {"office"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"access_until": date(2027, 1, 19)}, "najwyżej 60 dni"),
        ({"authorised_on": date(2026, 11, 21)}, "nie wcześniej niż upoważnienie"),
        ({"areas": []}, "co obejmuje"),
        ({"areas": ["nothing"]}, "co obejmuje"),
        ({"basis": "other"}, "jaki przepis"),
    ],
)
def test_an_inspection_says_what_it_may_do(world: World, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        prepared(world, **given)


def test_a_club_is_not_inspected_by_the_article_of_centres(world: World) -> None:
    with pytest.raises(InputError, match="dotyczy CIS"):
        prepared(world, unit="kis")
    with world.scope("office", "stefan"):
        row = services.prepare(
            entry_id=queries.EntryVersion.objects.get().entry_id, **said(basis="voivode", areas=ALL)
        )
    assert row.areas == [area.value for area in checklist.areas_for("KIS")]


def test_what_was_opened_is_no_longer_changed(world: World) -> None:
    row = opened(world)
    with world.scope("office", "stefan"):
        with pytest.raises(InputError, match="już otwarto"):
            services.change(inspection_id=row.pk, **said(areas=ALL))
        with pytest.raises(InputError, match="otworzyć dostępu"):
            services.open_access(inspection_id=row.pk)


def test_access_is_extended_with_a_reason_and_ends_for_good(world: World) -> None:
    row = opened(world)
    until = row.access_from + timedelta(days=100)
    with world.scope("office", "stefan"):
        with pytest.raises(InputError, match="późniejszy dzień"):
            services.extend(inspection_id=row.pk, until=row.access_until, words="x")
        with pytest.raises(InputError, match="120"):
            services.extend(inspection_id=row.pk, until=until + timedelta(days=20), words="x")
        assert services.extend(inspection_id=row.pk, until=until, words="Choroba.").access_until == until
        services.end_access(inspection_id=row.pk, words="Wystarczy.")
        with pytest.raises(InputError, match="nowego upoważnienia"):
            services.extend(inspection_id=row.pk, until=until + timedelta(days=1), words="x")
        assert [one.act for one in queries.steps_of(row)] == ["opened", "extended", "ended"]
        assert not queries.may_look(Inspection.objects.get(), clock.today())


# The sample


def test_a_sample_is_drawn_so_that_it_can_be_drawn_again(world: World) -> None:
    files(world, *NAMES)
    row = drawn(world, opened(world), size=2)
    with world.scope("cis", "ewa"):
        frame = queries.frame(row)
    with world.scope("office", "stefan"):
        sample = queries.files_of(row)
        assert [one.participation for one in sample] == rules.draw(frame, size=2, seed=row.seed)
        assert row.frame_digest == rules.digest_of(frame)
        assert row.frame_size == len(frame)
        assert {one.file_number for one in sample} <= set(frame.values())
        with pytest.raises(InputError, match="już wylosowana"):
            services.draw(inspection_id=row.pk, frame=frame, facts={})


def test_the_frame_holds_the_files_of_the_period(world: World) -> None:
    found = files(world, *NAMES)
    with world.scope("cis", "ewa"):
        later = Inspection(period_from=date(2026, 1, 1), period_until=date(2026, 2, 1))
        assert not set(queries.frame(later)) & {one.pk for one in found}
        later.period_until = date(2026, 3, 1)
        assert set(queries.frame(later)) >= {one.pk for one in found}


def test_a_file_of_another_unit_is_not_drawn_in(world: World) -> None:
    row = opened(world)
    other = files(world, "Dorota Czapla", unit="other_cis", person="teresa")[0]
    client = as_one(world, "stefan")
    client.post(reverse("reporting:inspection_add", args=[row.pk]), {"number": other.number, "reason": "x"})
    with world.scope("office", "stefan"):
        held = {one.participation for one in queries.files_of(row)}
        # Numbers repeat between units: what came in is the inspected unit's own.
        assert other.pk not in held


# Who looks


def test_a_look_shows_the_file_and_stands_in_both_journals(world: World) -> None:
    found = files(world, *NAMES)
    row = opened(world)
    file = sampled(world, row, found[0])[0]
    page = as_one(world, "stefan").get(look_url(row, file))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Anna Kanarek" in text
    assert "Skierowanie i uzgodnienie" in text
    assert "OPS Modrzewno" in text
    # The scope does not name them.
    assert "Powody wykluczenia" not in text
    assert "Świadczenia" not in text
    (seen,) = looks_in(world, "cis", "ewa")
    assert seen.user_id == world.people["stefan"].pk
    assert seen.persons == [found[0].person_id]
    assert seen.detail == {"inspection": "PS.8.2026"}
    assert seen.source == f"inspection:{row.pk}"
    (own,) = looks_in(world, "office", "stefan")
    assert own.request_id == seen.request_id
    assert own.object_id == file.pk


@pytest.mark.parametrize(
    "areas", [["files"], ["groups"], ["hours"], ["absences"], ["benefits"], ["safety"], ALL]
)
def test_each_area_opens_its_part_alone(world: World, areas: list[str]) -> None:
    found = files(world, NAMES[0])
    row = opened(world, areas=areas)
    file = sampled(world, row, found[0])[0]
    text = as_one(world, "stefan").get(look_url(row, file)).content.decode()
    titles = {
        "files": "Skierowanie i uzgodnienie",
        "groups": "Powody wykluczenia",
        "hours": "Obecność w okresie kontrolowanym",
        "absences": "Zwolnienia lekarskie",
        "benefits": "Świadczenia",
        "safety": "BHP, badania i odzież",
    }
    shown = {area for area, title in titles.items() if f">{title}" in text}
    assert shown == set(areas) & set(titles)


def _refused(world: World, row: Inspection, file: InspectionFile, who: str, status: int = 200) -> None:
    """To a colleague the page of the file says that it is closed; to a stranger there is no such page."""
    before = len(looks_in(world, "cis", "ewa"))
    page = as_one(world, who).get(look_url(row, file))
    assert page.status_code == status
    assert "Kanarek" not in page.content.decode()
    assert (status == 200) == ("Akt nie da się teraz otworzyć" in page.content.decode())
    # Nothing was looked at, so the unit's journal has nothing of it, and the office's counts no look.
    assert len(looks_in(world, "cis", "ewa")) == before


def test_only_who_inspects_looks(world: World) -> None:
    row = opened(world)
    file = sampled(world, row, *files(world, NAMES[0]))[0]
    _refused(world, row, file, "maria")
    for stranger in ("dorota", "wiktor"):
        _refused(world, row, file, stranger, 404)
    for stranger in ("ewa", "anna", "teresa", "zofia", "operator"):
        _refused(world, row, file, stranger, 403)
    with world.scope("office", "maria"):
        services.add_member(inspection_id=row.pk, user_id=world.people["maria"].pk)
        member = InspectionMember.objects.get(user=world.people["stefan"])
    assert as_one(world, "maria").get(look_url(row, file)).status_code == 200
    with world.scope("office", "maria"):
        services.remove_member(inspection_id=row.pk, member_id=member.pk)
    _refused(world, row, file, "stefan")


def test_only_who_inspects_says_what_was_found(world: World) -> None:
    row = opened(world)
    file = sampled(world, row, *files(world, NAMES[0]))[0]
    with world.scope("office", "maria"):
        with pytest.raises(InputError, match="prowadzi kto inny"):
            services.find(inspection_id=row.pk, file_id=file.pk, finding="ok", words="")
        with pytest.raises(InputError, match="prowadzi kto inny"):
            services.answer(inspection_id=row.pk, code="F1", answer="ok", words="")


def test_whoever_joins_an_open_inspection_is_told_of(world: World) -> None:
    row = opened(world)
    assert MemberAdd.action.reauth
    with world.scope("office", "stefan"):
        services.add_member(inspection_id=row.pk, user_id=world.people["maria"].pk)
        told = Job.objects.filter(kind=TELL_JOB).order_by("pk")
        assert "joined" in {one.payload["step"] for one in told}


def test_papers_of_another_stay_stay_closed(world: World) -> None:
    """A paper is opened by a key that rows of the file have, and not because it is about the same person."""
    row = opened(world, areas=ALL)
    with world.scope("cis", "ewa"):
        file = in_classes()
        grant = granted(file)
        pay.issue_decision(grant_id=grant.pk)
        (own,) = papers_of(file, row)
        assert own.key.startswith(str(decision_key(grant)))
        for kind in (*FILE_PAPERS, "benefits.statement", "benefits.grant_decision"):
            other = Document.objects.get(pk=own.pk)
            other.pk, other.kind, other.key, other.number = uuid7(), kind, f"another:{kind}", ""
            other.series = ""
            other.save(force_insert=True)
        assert papers_of(file, row) == [own]
        row.areas = ["files"]
        assert papers_of(file, row) == []


@pytest.mark.parametrize("days", [-1, 14, 400])
def test_outside_its_days_nobody_looks(world: World, days: int) -> None:
    row = opened(world)
    file = sampled(world, row, *files(world, NAMES[0]))[0]
    with clock.frozen(datetime(2026, 11, 20, 10, tzinfo=UTC) + timedelta(days=days)):
        _refused(world, row, file, "stefan")
        page = as_one(world, "stefan").get(reverse("reporting:inspection_draw", args=[row.pk]))
        assert "jest zamknięty" in page.content.decode()


@pytest.mark.parametrize("act", ["end", "cancel"])
def test_after_an_act_that_ends_it_nobody_looks(world: World, act: str) -> None:
    row = opened(world)
    file = sampled(world, row, *files(world, NAMES[0]))[0]
    with world.scope("office", "stefan"):
        {"end": services.end_access, "cancel": services.cancel}[act](inspection_id=row.pk, words="Koniec.")
    _refused(world, row, file, "stefan")


def test_a_file_outside_of_the_sample_stays_closed(world: World) -> None:
    found = files(world, *NAMES)
    row = opened(world)
    file = sampled(world, row, found[1])[0]
    for key in (found[0].pk, found[1].pk, found[0].person_id):
        page = as_one(world, "stefan").get(reverse("reporting:inspection_look", args=[row.pk, key]))
        assert page.status_code == 404
    assert looks_in(world, "cis", "ewa") == []
    assert as_one(world, "stefan").get(look_url(row, file)).status_code == 200


def test_a_file_of_another_inspection_is_not_opened_through_this_one(world: World) -> None:
    row = opened(world)
    file = sampled(world, row, *files(world, NAMES[0]))[0]
    with world.scope("office", "maria"):
        other = services.prepare(entry_id=row.entry_id, **said(number="PS.9.2026"))
        services.open_access(inspection_id=other.pk)
    _refused(world, other, file, "maria", 404)
    # Who prepared the other one does not inspect this one.
    _refused(world, row, file, "maria")


def test_a_draft_opens_nothing(world: World) -> None:
    row = prepared(world)
    client = as_one(world, "stefan")
    for name in ("draw", "add"):
        page = client.post(
            reverse(f"reporting:inspection_{name}", args=[row.pk]),
            {"size": "2", "number": "1", "reason": "x"},
        )
        assert page.status_code in {422, 302}
    with world.scope("office", "stefan"):
        row.refresh_from_db()
        assert row.seed == ""
    with world.scope("cis", "ewa"):
        assert not Event.objects.filter(action__startswith="reporting.inspection").exists()


def test_a_sample_is_drawn_through_the_page(world: World) -> None:
    files(world, *NAMES)
    row = opened(world, areas=ALL)
    url = reverse("reporting:inspection_draw", args=[row.pk])
    client = as_one(world, "stefan")
    assert client.get(url).status_code == 200
    assert client.post(url, {"size": "2"}).status_code == 302
    with world.scope("office", "stefan"):
        row.refresh_from_db()
        assert len(queries.files_of(row)) == 2
        assert row.facts["late_programme"][1] == 0
        assert {one.code for one in InspectionPoint.objects.order_by("code")} == {
            point.code for point in checklist.points_for("CIS", ALL)
        }
    with world.scope("cis", "ewa"):
        noted = Event.objects.filter(action=perms.INSPECTION_SAMPLE.name).order_by("id")
        assert [one.outcome for one in noted] == ["seen", "seen"]


def test_a_page_of_another_site_draws_nothing(world: World) -> None:
    """The visit comes before the view, and so before the view's own check of the form."""
    files(world, *NAMES)
    row = opened(world)
    client = Client(enforce_csrf_checks=True)
    sign_in(client, world.people["stefan"], world.organisation_of("stefan").pk)
    page = client.post(reverse("reporting:inspection_draw", args=[row.pk]), {"size": "2"})
    assert page.status_code == 403
    with world.scope("cis", "ewa"):
        assert not Event.objects.filter(action__startswith="reporting.inspection").exists()


# What is not written


def test_in_the_unit_nothing_is_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the code of a look would try: once the look is noted, the database refuses every write."""
    found = files(world, NAMES[0])
    row = opened(world)
    file = sampled(world, row, found[0])[0]
    tried: list[str] = []

    def attempt(participation: Participation, inspection: Inspection) -> Any:
        for statement in (
            "UPDATE participants_participation SET number = 'x'",
            "INSERT INTO audit_event (action) VALUES ('x')",
            "DELETE FROM participants_period",
            "CREATE TABLE planted (id int)",
        ):
            with pytest.raises(DatabaseError, match="read-only"), transaction.atomic():
                connection.cursor().execute(statement)
            tried.append(statement)
        participation.number = "x"
        with pytest.raises(DatabaseError, match="read-only transaction"), transaction.atomic():
            participation.save()

    monkeypatch.setattr("reporting.services.inspection_looks.dossier", attempt)
    assert as_one(world, "stefan").get(look_url(row, file)).status_code == 200
    assert len(tried) == 4
    # It ends with the visit: the unit writes as before.
    with world.scope("cis", "ewa"):
        assert Participation.objects.filter(pk=found[0].pk).update(number="U/1") == 1


def test_a_look_by_another_method_is_none(world: World) -> None:
    row = opened(world)
    file = sampled(world, row, *files(world, NAMES[0]))[0]
    client = as_one(world, "stefan")
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(look_url(row, file)).status_code in {403, 405}


def test_what_was_opened_and_drawn_is_held_by_the_database(world: World) -> None:
    """By statements of the program's own role, whichever side sends them."""
    row = opened(world)
    file = sampled(world, row, *files(world, NAMES[0]))[0]

    def run(statement: str, pk: Any) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = %s", [pk])
            return int(cursor.rowcount)

    def refused(table: str, pk: Any, *changes: str) -> None:
        for change in changes:
            with pytest.raises(DatabaseError):
                run(f"UPDATE reporting_{table} SET {change}", pk)
        with pytest.raises(DatabaseError):
            run(f"DELETE FROM reporting_{table}", pk)

    with world.scope("office", "stefan"):
        member = InspectionMember.objects.get()
        step = InspectionStep.objects.order_by("made_at")[0]
        point = InspectionPoint.objects.order_by("code")[0]
        found = InspectionFinding.objects.get(file=file)
        refused(
            "inspection", row.pk, "access_until = '2030-01-01'", "areas = '{benefits}'",
            "period_from = '2020-01-01'", "addressee_id = NULL", "opened_at = NULL",
            "authorisation = 'inne'", "state = 'settled'",
        )  # fmt: skip
        refused(
            "inspectionfile",
            file.pk,
            "participation = id",
            "position = 9",
            "drawn = true",
            "file_number = 'x'",
        )
        refused("inspectionmember", member.pk, "user_id = user_id, made_at = now()", "addressee_id = NULL")
        refused("inspectionstep", step.pk, "words = '\\x01'", "act = 'drawn'")
        refused("inspectionfinding", found.pk, "file_id = id", "addressee_id = NULL", "made_at = now()")
        refused("inspectionpoint", point.pk, "code = 'X'", "addressee_id = NULL")
        assert run("UPDATE reporting_inspectionpoint SET answer = 'ok'", point.pk) == 1
    with world.scope("cis", "ewa"):
        refused(
            "inspection", row.pk, "state = 'cancelled'", "access_until = access_from", "findings = '\\x01'"
        )
        refused("inspectionfile", file.pk, "reason = '\\x01'", "file_number = ''")
        refused("inspectionmember", member.pk, "removed_at = now()")
        assert run("UPDATE reporting_inspectionpoint SET answer = 'fault'", point.pk) == 0
        assert run("UPDATE reporting_inspectionfinding SET words = '\\x01'", found.pk) == 0
    with world.scope("office", "stefan"):
        services.end_access(inspection_id=row.pk, words="Koniec.")
        refused("inspection", row.pk, "access_ended_at = NULL", "access_until = '2026-12-20'")
        services.cancel(inspection_id=row.pk, words="Koniec.")
        # The parts of what is over stay.
        refused("inspectionfinding", found.pk, "words = '\\x01'")
        refused("inspectionpoint", point.pk, "answer = 'fault'")


def test_access_without_an_end_is_none_for_the_database(world: World) -> None:
    row = prepared(world)
    with world.scope("office", "stefan"):
        for change in (
            {"access_until": None},
            {"access_until": row.access_from + timedelta(days=60)},
            {"access_until": row.access_from - timedelta(days=1)},
            {"extended": True, "access_until": row.access_from + timedelta(days=120)},
            {"areas": []},
            {"unit_type": "KIS"},
            {"seed": "x"},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                Inspection.objects.filter(pk=row.pk).update(**change)


# The unit's page


def test_the_unit_reads_who_looked_at_what(world: World) -> None:
    found = files(world, *NAMES)
    row = opened(world)
    file = sampled(world, row, *found)[0]
    as_one(world, "stefan").get(look_url(row, file))
    client = as_one(world, "ewa")
    text = client.get(reverse("reporting:inspection", args=[row.pk])).content.decode()
    for words in ("Stefan Jawor", "12/2026", found[0].number, "3 grudnia", "skarga", "Wglądy w akta"):
        assert words in text, words
    # What was found is told with the protocol.
    assert "Lista kontrolna" not in text
    assert "nieobejrzane" not in text
    assert "Kontrola PS.8.2026" in client.get(reverse("reporting:own_entry")).content.decode()
    for stranger in ("teresa", "bozena", "dorota"):
        page = as_one(world, stranger).get(reverse("reporting:inspection", args=[row.pk]))
        assert page.status_code == 404


def test_the_checklist_is_answered_point_by_point(world: World) -> None:
    row = opened(world, areas=["staff"])
    client = as_one(world, "stefan")
    url = reverse("reporting:inspection_point", args=[row.pk, "S1"])
    assert client.get(url).status_code == 200
    page = client.post(url, {"answer": "fault", "words": ""})
    assert page.status_code == 422
    page = client.post(url, {"answer": "fault", "words": "Nie ma instruktora."})
    assert page["Location"] == reverse("reporting:inspection_point", args=[row.pk, "S2"])
    with world.scope("office", "stefan"):
        done = queries.progress(queries.sample_of(row), queries.points_of(row))
        assert (done.answered, done.points, done.faults) == (1, 3, 1)
    assert client.get(reverse("reporting:inspection_point", args=[row.pk, "B1"])).status_code == 404


def test_a_unit_outside_the_program_is_inspected_on_paper(world: World) -> None:
    row = opened(world, unit=None)
    client = as_one(world, "stefan")
    page = client.post(
        reverse("reporting:inspection_add", args=[row.pk]),
        {"number": "7/2026", "reason": "z listy jednostki"},
    )
    assert page.status_code == 302
    with world.scope("office", "stefan"):
        (file,) = queries.files_of(row)
        assert (file.participation, file.file_number) == (None, "7/2026")
        services.find(inspection_id=row.pk, file_id=file.pk, finding="ok", words="")
    _refused(world, row, file, "stefan")
