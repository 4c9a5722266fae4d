"""Certificates: issued once, said again, put right, and gone with an end that was a mistake."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from participants.models import Participation
from participants.queries.participations.stage import with_stage
from participants.rules.codes import UnitType
from participants.services import participations
from reintegration.core import clock, slots
from reintegration.core.errors import InputError
from reintegration.core.transitions import WrongState
from reintegration.documents.files import read_file
from reintegration.documents.models import Document
from reintegration.documents.services import withdraw_document
from reporting import certificate_papers
from reporting.graduates_slots import kept_of
from reporting.models import Certificate, Outcome
from reporting.queries import certificates as queries
from reporting.services import certificates, outcomes
from tests.cast import World, sign_in
from tests.participants.participations.made import TODAY, in_classes
from tests.reporting.graduates_made import LEFT, course, left, left_club, left_trial

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A day that stands still; what programmes ask of a file is theirs to test."""
    for name in ("ended", "periods_planned"):
        monkeypatch.setitem(slots._filled, f"participants.{name}", [])
    held = slots.providers("participants.reopened")
    own = [(50, one) for one in held if one is certificates.file_reopened]
    monkeypatch.setitem(slots._filled, "participants.reopened", own)
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def cis(world: World) -> Iterator[World]:
    with world.scope("cis", "ewa"):
        yield world


def read(row: Certificate) -> str:
    paper = Document.objects.select_related("file").get(kind=queries.KIND, key=str(row.pk))
    return words(read_file(paper.file))


def words(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def stage(file: Participation, kind: UnitType = UnitType.CIS) -> str:
    return with_stage(Participation.objects.filter(pk=file.pk), today=TODAY, unit_type=kind).get().stage


def test_a_certificate_is_issued_once_and_makes_a_graduate(cis: World):
    running = in_classes("Alicja Tuja")
    with pytest.raises(InputError, match="Uczestnictwo trwa. Zaświadczenie wydaje się po jego zakończeniu."):
        certificates.issue(participation_id=running.pk)
    file = left()
    course(file)
    assert stage(file) == "ended"
    made = certificates.issue(participation_id=file.pk)
    assert (made.number, made.given_on, made.graduate) == ("ZS/1/2026", TODAY, True)
    assert made.graduate_until == date(2027, 5, 15)
    file.refresh_from_db()
    assert file.certificate_on == TODAY
    assert stage(file) == "graduate"
    said = read(made)
    for part in (
        "ZS/1/2026",
        "Marek Dąbek",
        "uczestniczył w zajęciach w Centrum Integracji Społecznej od 09.03.2026 do 15.11.2026",
        "Okres próbny 09.03.2026 – 08.04.2026",
        "6 godz. zajęć",
        "Montuje meble z gotowych części",
        "Stolarnia",
        "Doradztwo zawodowe",
        "absolwentem centrum integracji społecznej do 15.05.2027",
        "art. 13 ust. 5a",
        "podpis kierownika Centrum",
    ):
        assert part in said, part
    with pytest.raises(InputError, match="już wydane"):
        certificates.issue(participation_id=file.pk)
    # Its day is that of the paper, from wherever it is written.
    with pytest.raises(InputError, match="ten dzień się nie zmienia"):
        participations.note_certificate(participation_id=file.pk, day=None)


def test_who_was_there_shortly_gets_a_certificate_without_the_title(cis: World):
    file = left_trial()
    made = certificates.issue(participation_id=file.pk)
    assert (made.graduate, made.graduate_until) == (False, None)
    assert "Nie daje statusu absolwenta" in read(made)
    assert stage(file) == "ended"


@pytest.mark.parametrize(("reason", "graduate"), [("job", True), ("statement", False)])
def test_a_club_certifies_in_its_own_words(world: World, reason: str, graduate: bool):
    with world.scope("kis", "bozena"):
        made = certificates.issue(participation_id=left_club(reason=reason).pk)
        said = read(made)
        assert (made.graduate, made.graduate_until) == (graduate, None)
        assert "uczestnictwo w Klubie Integracji Społecznej" in said
        assert "art. 18 ust. 5a" in said
        assert ("zrealizowała postanowienia kontraktu socjalnego" in said) is graduate
        assert "Centr" not in said


def test_a_duplicate_says_the_same_and_a_correction_takes_its_place(cis: World):
    file = left()
    first = certificates.issue(participation_id=file.pk)
    with pytest.raises(InputError, match="takie same"):
        certificates.correct(certificate_id=first.pk, reason="literówka")
    with pytest.raises(InputError, match="Napisz, po co"):
        certificates.duplicate(certificate_id=first.pk, reason=" ")
    with clock.frozen(TODAY + timedelta(days=3)):
        copy = certificates.duplicate(certificate_id=first.pk, reason="Zgubiony")
    assert (copy.number, copy.content, copy.given_on) == ("ZS/1/2026/D1", first.content, TODAY)
    assert "Duplikat zaświadczenia ZS/1/2026 wydanego 20.11.2026" in read(copy)
    file.person.last_name = "Dąbek-Lis"
    file.person.save(update_fields=["last_name"])
    assert queries.prepare(Participation.objects.select_related("person").get(), today=TODAY).differs
    with clock.frozen(TODAY + timedelta(days=9)):
        right = certificates.correct(certificate_id=first.pk, reason="Zmiana nazwiska")
    assert (right.number, right.given_on, right.kind) == ("ZS/2/2026", TODAY, "correction")
    assert "Korekta, zastępuje zaświadczenie ZS/1/2026" in read(right)
    states = dict(Certificate.objects.order_by("made_at").values_list("number", "state"))
    assert states == {"ZS/1/2026": "replaced", "ZS/1/2026/D1": "replaced", "ZS/2/2026": "issued"}
    assert Document.objects.filter(kind=queries.KIND, state="withdrawn").count() == 2
    with pytest.raises(WrongState, match="zastąpione korektą"):
        certificates.correct(certificate_id=first.pk, reason="Jeszcze raz")
    file.refresh_from_db()
    assert file.certificate_on == TODAY


def test_what_was_issued_stays_in_the_table(cis: World):
    made = certificates.issue(participation_id=left().pk)
    rows = Certificate.objects.filter(pk=made.pk)
    for change in ({"content": None}, {"number": "ZS/9/2026"}, {"graduate": False}, {"issued_on": LEFT}):
        with pytest.raises(IntegrityError, match="it was issued"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
    rows.update(state="withdrawn")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="issued")


def test_an_end_taken_back_and_a_paper_withdrawn_take_the_certificate_with_them(cis: World):
    file = left()
    first = certificates.issue(participation_id=file.pk)
    certificates.duplicate(certificate_id=first.pk, reason="Zgubiony")
    paper = Document.objects.get(kind=queries.KIND, key=str(first.pk))
    withdraw_document(document=paper, reason="Zła osoba")
    assert set(Certificate.objects.order_by("pk").values_list("state", flat=True)) == {"withdrawn"}
    file.refresh_from_db()
    assert file.certificate_on is None
    again = certificates.issue(participation_id=file.pk)
    assert again.number == "ZS/2/2026"
    participations.reopen(participation_id=file.pk, reason="Pomyłka")
    again.refresh_from_db()
    assert again.state == "withdrawn"
    assert not Document.objects.filter(kind=queries.KIND, state="issued").exists()


def test_what_was_given_on_paper_is_not_given_again(cis: World):
    file = left()
    participations.note_certificate(participation_id=file.pk, day=LEFT)
    with pytest.raises(InputError, match="Najpierw usuń ten wpis"):
        certificates.issue(participation_id=file.pk)


def test_outcomes_are_written_after_the_end_and_fit_the_destination(cis: World):
    running = in_classes("Alicja Tuja")
    with pytest.raises(InputError, match="jeszcze trwa"):
        outcomes.note_outcome(participation_id=running.pk, changes=["goals"], own_changes=[])
    file = left()
    row = outcomes.note_outcome(
        participation_id=file.pk,
        changes=["ties", "communication"],
        own_changes=["goals"],
        work="civil",
        independent=True,
    )
    assert (row.changes, row.reached) == (["communication", "ties"], 2)
    (section,) = (one for one in kept_of(row.person_id) if one.key == "reporting.outcome")
    assert section.rows[0]["zmiany według uczestnika"] == ["stawia sobie cele i wie, jak do nich dojść"]
    for own in ({"own_changes": ["goals"], "own_missing": "refused"}, {"own_changes": None}):
        with pytest.raises(InputError, match="dlaczego jej nie ma"):
            outcomes.note_outcome(participation_id=file.pk, changes=[], **own)
    with pytest.raises(IntegrityError, match="outcome_own_or_why"), transaction.atomic():
        Outcome.objects.update(own_missing="refused")
    again = outcomes.note_outcome(participation_id=file.pk, changes=[], own_changes=[])
    assert (again.pk, again.reached, again.work, again.independent) == (row.pk, 0, "", None)
    with pytest.raises(InputError, match="nie pasuje"):
        outcomes.note_outcome(participation_id=file.pk, changes=[], own_changes=[], work="internship")
    assert Outcome.objects.count() == 1


# Screens


def client_of(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.people[name])
    return client


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_way_from_the_file_to_the_list_of_certificates(world: World):
    with world.scope("cis", "ewa"):
        file, other = left(), left_trial()
        participations.note_certificate(participation_id=other.pk, day=TODAY)
        running = in_classes("Ilona Czeremcha")
    manager, worker = client_of(world, "ewa"), client_of(world, "anna")
    at = reverse("reporting:certificate", args=[file.pk])
    assert at in text(worker.get(reverse("participants:file", args=[file.pk])))
    page = text(worker.get(at))
    assert "będzie absolwentem do" in page
    assert "Wydaj zaświadczenie" not in page
    assert "Nie ma potwierdzonych umiejętności" in page
    issue = reverse("reporting:certificate_issue", args=[file.pk])
    assert worker.post(issue).status_code == 403
    early = reverse("reporting:certificate_issue", args=[running.pk])
    assert "Uczestnictwo trwa" in text(manager.post(early), 422)
    preview = worker.get(reverse("reporting:certificate_preview", args=[file.pk]))
    assert "Podgląd" in words(preview.content)
    people = text(worker.get(reverse("reporting:graduates")))
    assert "do wydania" in people
    assert "na papierze 20.11.2026" in people
    text(manager.get(issue))
    assert manager.post(issue).status_code == 302
    page = text(manager.get(at))
    assert "ZS/1/2026" in page
    with world.scope("cis", "ewa"):
        made = Certificate.objects.get()
    again = reverse("reporting:certificate_duplicate", args=[made.pk])
    text(manager.get(again))
    text(manager.post(again, {"reason": ""}), 422)
    assert manager.post(again, {"reason": "Zgubiony"}).status_code == 302
    noted = reverse("reporting:outcomes", args=[file.pk])
    assert "umowa o pracę" in text(worker.get(noted))
    typed = {"changes": ["ties", "goals"], "work": "employment", "independent": "yes"}
    assert "Ocena uczestnika" in text(worker.post(noted, typed), 422)
    unsaid = typed | {"own": "refused", "own_changes": ["goals"]}
    assert "Zaznaczono zmiany" in text(worker.post(noted, unsaid), 422)
    answer = worker.post(noted, typed | {"own": "said", "own_changes": ["self_esteem", "goals"]})
    assert answer.status_code == 302
    page = text(worker.get(at))
    for label in ("zdaniem uczestnika i jednostki", "Tylko zdaniem uczestnika", "Tylko zdaniem jednostki"):
        assert label in page
    assert "ma więzi z sąsiadami i rodziną" in page
    assert worker.post(noted, typed | {"own": "refused"}).status_code == 302
    page = text(worker.get(at))
    assert "osoba nie chciała oceniać" in page
    assert "Tylko zdaniem" not in page
    issued = reverse("reporting:certificates")
    assert "ZS/1/2026/D1" in text(worker.get(issued, {"szukaj": "Dąbek"}))
    assert "ZS/1/2026" not in text(worker.get(issued, {"szukaj": "Tuja"}))
    book = CalamineWorkbook.from_filelike(BytesIO(worker.get(issued, {"plik": "xlsx"}).content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["Numer", "Osoba", "Wydano"]
    assert {row[0] for row in rows[1:]} == {"ZS/1/2026", "ZS/1/2026/D1"}
    only = text(worker.get(reverse("reporting:graduates"), {"stan": "graduates"}))
    assert "Dąbek" in only
    assert "Tuja" not in only
    for state in ("to_issue", "talk", "no_outcome"):
        text(worker.get(reverse("reporting:graduates"), {"stan": state, "nazwisko": "Dąbek"}))


def test_what_is_told_is_drawn_from_the_file(cis: World):
    file = left()
    course(file)
    said = certificate_papers.told(queries.content_of(Participation.objects.select_related("person").get()))
    assert said["skills"] == ["Montuje meble z gotowych części"]
    assert said["vocational"] == [("Doradztwo zawodowe", "2")]
    assert said["workshops"] == [("Stolarnia", date(2026, 3, 9), LEFT)]
