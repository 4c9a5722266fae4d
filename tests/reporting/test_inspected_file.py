"""A full file as an inspection shows it: each panel what it must, and nothing of another stay or person."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from benefits.models import Statement
from benefits.services import lists, statements
from ipzs.enums import MarkKind
from ipzs.services import attendance
from ipzs.services import programmes as programme_services
from participants.models import CardEntry, Diagnosis, Participation, PersonGroup
from participants.services import participations as services
from reintegration.audit.models import Event
from reintegration.core import clock, slots
from reintegration.documents.files import read_file
from reintegration.documents.models import Document
from reporting import perms
from reporting.models import Inspection, InspectionFile
from reporting.queries import inspections as queries
from reporting.queries.inspected_file import Dossier, Panel, dossier
from tests.benefits.lists.made import approved, rounding
from tests.benefits.pay.made import payable
from tests.cast import World, known_world, sign_in
from tests.ipzs.attendance.made import mark
from tests.ipzs.duties.made import done, issued
from tests.ipzs.programmes import made as programmes
from tests.participants.participations import made as files
from tests.reporting.inspections_made import ALL, opened, sampled
from tests.specimens import specimen

pytestmark = pytest.mark.django_db
CANARY = "KanarekPoufny"
OTHER = "buty z innego pobytu"
NOT_TOLD = (CANARY, OTHER, "Bażant")


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # What other rooms ask before the trial is theirs to test.
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with clock.frozen(datetime(2026, 11, 20, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def world() -> World:
    return known_world()


def full(world: World) -> Participation:
    """Somebody's second stay, with all that it gathers in half a year, and a colleague on the same list."""
    with world.scope("cis", "ewa"):
        rounding(world)
        before = files.candidate("Anna Kanarek", opened_on=date(2025, 3, 1))
        issued(before, name=OTHER, on=date(2025, 3, 3))
        services.end_participation(
            participation_id=before.pk, ended_on=date(2025, 4, 1), reason="job", destination="open_market"
        )
        file = services.open_participation(person_id=before.person_id, opened_on=files.OPENED)
        programmes.running(file, on=date(2026, 3, 4), since=files.TRIAL)
        with files.alone():
            services.start_trial(participation_id=file.pk, since=files.TRIAL)
        programme_services.qualify(participation_id=file.pk, decided_on=date(2026, 4, 9))
        for row in (file, files.in_classes("Leszek Bażant")):
            payable(row)
            mark(row, date(2026, 10, 5), reason="z listy papierowej")
            mark(row, date(2026, 10, 6), MarkKind.UNEXCUSED, reason="nie przyszła")
        leave = attendance.add_sick_leave(
            participation_id=file.pk, since=date(2026, 10, 12), until=date(2026, 10, 13)
        )
        attendance.confirm(leave_id=leave.pk, confirmed_on=date(2026, 10, 14))
        done(file)
        issued(file)
        specimen(PersonGroup, world, "", person=file.person, code="5", since=files.OPENED, main=True)
        for model in (CardEntry, Diagnosis):
            specimen(model, world, CANARY, participation=file, person=file.person)
    row = approved(world)
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=clock.today(), without_file=True)
        for one in Statement.objects.filter(payroll_list=row).order_by("position"):
            statements.issue(statement_id=one.pk)
        file.refresh_from_db()
    return file


def inspected(world: World, file: Participation, areas: list[str]) -> tuple[Inspection, InspectionFile]:
    row = opened(world, areas=areas)
    (sample,) = sampled(world, row, file)
    return row, sample


def shown(world: World, row: Inspection, file: Participation) -> Dossier:
    with world.scope("cis", "ewa"):
        return dossier(Participation.objects.select_related("person", "referral").get(pk=file.pk), row)


def of(found: Dossier, key: str) -> Panel:
    return next(panel for panel in found.panels if panel.key == key)


def as_inspector(world: World) -> Client:
    client = Client()
    sign_in(client, world.people["stefan"], world.organisation_of("stefan").pk)
    return client


def test_every_panel_of_a_full_file_shows_its_own_and_nobody_elses(world: World) -> None:
    file = full(world)
    row, sample = inspected(world, file, ALL)
    found = shown(world, row, file)
    assert (found.name, found.number) == ("Anna Kanarek", file.number)
    assert dict(found.facts)["Okres próbny"] == "09.03.2026 – 08.04.2026"
    assert not [panel.key for panel in found.panels if panel.empty]
    assert dict(of(found, "skierowanie").facts)["Uzgodnienie wersji 1"].startswith("uzgodniono, 04.03.2026")
    programme = of(found, "program")
    assert dict(programme.facts)["Usługa"] == "Stolarnia, 20 godz. w tygodniu"
    assert programme.rows == (("07.06.2026", "–", "–"),)
    assert of(found, "powody").rows == (("długotrwałe bezrobocie", "01.03.2026", "–", "tak"),)
    # The month: a day of presence, an absence that nobody excused, and the days of illness.
    assert of(found, "obecnosc").rows == (("październik 2026", "1", "6", "1", "0", "0", "0"),)
    assert of(found, "zwolnienia").rows == (("12.10.2026", "13.10.2026", "14.10.2026"),)
    (paid,) = of(found, "swiadczenia").rows
    assert paid[1:3] == ("LW/1/2026", "20.11.2026")
    assert "Dni choroby potwierdzonej przez lekarza: 12 i 13 października." in paid[-1]
    assert [one[0] for one in of(found, "bhp").rows] == ["Szkolenie BHP", "Wydano: ubranie robocze"]
    # A statement, the information and the decision of the qualification.
    assert len(found.papers) == 3
    page = as_inspector(world).get(reverse("reporting:inspection_look", args=[row.pk, sample.pk]))
    text = page.content.decode()
    for panel in found.panels:
        assert f">{panel.title}" in text, panel.key
    for word in NOT_TOLD:
        assert word not in repr(found), word
        assert word not in text, word


def test_without_absences_nothing_says_who_was_ill(world: World) -> None:
    file = full(world)
    row, _ = inspected(world, file, [area for area in ALL if area != "absences"])
    found = shown(world, row, file)
    assert "zwolnienia" not in [panel.key for panel in found.panels]
    assert "Choroba" not in of(found, "obecnosc").head
    (paid,) = of(found, "swiadczenia").rows
    assert "Dni bez usprawiedliwienia: 6 października." in paid[-1]
    assert "chorob" not in paid[-1]
    assert "12 i 13" not in repr(found)
    assert not [one for one in found.papers if one.number.startswith("RO/")]


def test_a_paper_of_the_file_opens_and_each_taking_is_written_down(world: World) -> None:
    file = full(world)
    row, sample = inspected(world, file, ALL)
    with world.scope("cis", "ewa"):
        said = Statement.objects.get(participation=file)
        paper = Document.objects.select_related("file").get(key=f"{said.pk}:pl")
        kept = read_file(paper.file)
        strangers = Document.objects.exclude(subject_id=file.person_id).get(kind=paper.kind)
    client = as_inspector(world)

    def at(one: Document) -> str:
        return reverse("reporting:inspection_paper", args=[row.pk, sample.pk, one.pk])

    assert (
        at(paper)
        in client.get(reverse("reporting:inspection_look", args=[row.pk, sample.pk])).content.decode()
    )
    answer = client.get(at(paper))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == kept
    assert kept.startswith(b"%PDF")
    # The paper of somebody else on the same list leads back to the file.
    assert client.get(at(strangers)).status_code == 302
    with world.scope("cis", "ewa"):
        (taken,) = Event.objects.filter(action=perms.INSPECTION_LOOK.name, outcome="taken").order_by("id")
        assert (taken.user_id, taken.persons) == (world.people["stefan"].pk, [file.person_id])
        assert not Event.objects.filter(
            persons__contains=[strangers.subject_id], source=taken.source
        ).exists()
    with world.scope("office", "stefan"):
        # The look at the file and the paper; what led back is neither.
        assert queries.looks(row).count() == 2
    told = Client()
    sign_in(told, world.people["ewa"], world.cis.pk)
    assert "pobrano dokument" in told.get(reverse("reporting:inspection", args=[row.pk])).content.decode()
