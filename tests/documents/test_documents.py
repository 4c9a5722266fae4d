"""Papers that are issued: once, with number and hash, sealed, and shown to whom they are for."""

import hashlib
import threading
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from reintegration.audit.models import Event
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.ids import uuid7
from reintegration.documents import files
from reintegration.documents.enums import DocumentState
from reintegration.documents.exports import KEPT
from reintegration.documents.files import FileLost, erase_files, path_of, read_file, store_bytes
from reintegration.documents.models import Counter, Document, PaperSettings, Signatory, StoredFile
from reintegration.documents.queries import staff_list
from reintegration.documents.services import (
    add_signatory,
    end_signatory,
    issue_document,
    letterhead,
    set_letterhead,
    signature_boxes,
    withdraw_document,
)
from reintegration.documents.uploads import check_upload
from reintegration.jobs.models import Job
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.tenancy.models import Organisation, StaffMember
from reintegration.tenancy.scope import platform_scope, scope
from tests.cast import World, known_world, sign_in
from tests.documents import made

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(files_dir: Path) -> Any:
    with clock.frozen(TODAY):
        yield


def staff(world: World) -> None:
    rows = [
        ("Ewa", "Jarzębina", "manager", "employment", "1.000", None),
        ("Anna", "Łąka", "social_worker", "employment", "0.500", None),
        ("Jan", "Odszedł", "instructor", "mandate", "1.000", TODAY - timedelta(days=1)),
        ("=Ola", "Życzliwa", "volunteer", "volunteering", "0.000", None),
    ]
    for first, last, kind, basis, fte, until in rows:
        StaffMember.objects.create(
            first_name=first,
            last_name=last,
            kind=kind,
            basis=basis,
            fte=fte,
            since=date(2020, 1, 1),
            until=until,
        )


def issue(**kwargs: Any) -> Document:
    context = {"staff": staff_list(on=TODAY), "boxes": signature_boxes(on=TODAY)}
    return issue_document(**{"kind": "documents.staff_list", "context": context} | kwargs)


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def enter(client: Any, world: World, person: str) -> Any:
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


# Issuing


def test_a_paper_is_stored_once_with_its_number_and_hash(world: World):
    with world.scope("cis", "ewa"):
        staff(world)
        found = issue()
        content = read_file(found.file)
        assert (found.number, found.title, found.state) == ("WK/1/2026", "Wykaz kadry", DocumentState.ISSUED)
        assert found.sha256 == found.file.sha256 == hashlib.sha256(content).hexdigest()
        assert found.file.name == "Wykaz kadry WK-1-2026.pdf"
        assert found.made_by == world.people["ewa"]
        shown = text_of(content)
        for word in (
            "WK/1/2026",
            "Jarzębina Ewa",
            "1,500 etatu",
            "=Ola",
            "Nowy Most",
            "Nie wymaga podpisu",
        ):
            assert word in shown
        assert "Odszedł" not in shown


def test_the_same_key_gives_the_same_paper(world: World):
    with world.scope("cis", "ewa"):
        one, same, other = issue(key="2026-11"), issue(key="2026-11"), issue(key="2026-12")
        assert one.pk == same.pk != other.pk
        assert [one.number, other.number] == ["WK/1/2026", "WK/2/2026"]
        assert StoredFile.objects.count() == 2


def test_two_at_once_make_one_paper_of_one_key(committed_db: str):
    place = known_world().cis.pk
    barrier, made_papers = threading.Barrier(6), []

    def run() -> None:
        try:
            barrier.wait(timeout=20)
            with clock.frozen(TODAY), scope(organisation_id=place, source="test"):
                made_papers.append(issue(key="jeden").pk)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(made_papers) == 6
    assert len(set(made_papers)) == 1
    with scope(organisation_id=place, source="test"):
        assert Counter.objects.get().value == 1
        assert Document.objects.count() == StoredFile.objects.count() == 1


def test_a_paper_that_fails_leaves_no_number_and_no_row(
    committed_db: str, files_dir: Path, monkeypatch: pytest.MonkeyPatch
):
    place = known_world().cis.pk

    def crash(folder: Path) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(files, "sync_folder", crash)
        with pytest.raises(OSError, match="disk full"), scope(organisation_id=place, source="test"):
            issue()
    with scope(organisation_id=place, source="test"):
        assert Document.objects.count() == Counter.objects.count() == 0
        assert issue().number == "WK/1/2026"


def test_a_withdrawn_paper_keeps_its_number_and_is_withdrawn_once(world: World):
    with world.scope("cis", "ewa"):
        found = issue()
        with pytest.raises(InputError, match="Wpisz powód"):
            withdraw_document(document=found, reason=" ")
        done = withdraw_document(document=found, reason="wydany z błędem")
        assert (done.state, done.withdrawal, done.number) == ("withdrawn", "wydany z błędem", "WK/1/2026")
        with pytest.raises(InputError, match="już wycofany"):
            withdraw_document(document=found, reason="znowu")
        assert issue().number == "WK/2/2026"


def test_an_erased_person_leaves_the_number_and_the_digest(
    world: World, client: Any, django_capture_on_commit_callbacks: Any
):
    person = uuid7()
    with django_capture_on_commit_callbacks(execute=True), world.scope("cis", "ewa"):
        found = issue(subject=person, title="Zaświadczenie Jana Kanarka")
        path = path_of(found.file)
        assert erase_files(person) == 1
    assert not path.exists()
    with world.scope("cis", "ewa"):
        found.refresh_from_db()
        assert (found.title, found.state, found.number) == ("", "erased", "WK/1/2026")
        assert len(found.sha256) == 64
    enter(client, world, "ewa")
    assert client.get(reverse("documents:open", args=[found.pk])).status_code == 404
    assert client.get(reverse("documents:document", args=[found.pk])).status_code == 200


# Letterhead and signatures


def test_the_head_is_the_organisations_until_it_says_otherwise(world: World):
    with world.scope("cis", "ewa"):
        assert letterhead().name == "Centrum Integracji Społecznej „Nowy Most”"
        assert letterhead().lines == ("Modrzewno",)
        Organisation.objects.filter(pk=world.cis.pk).update(phone="+48600100200")
        assert letterhead().lines == ("Modrzewno", "600\N{NO-BREAK SPACE}100\N{NO-BREAK SPACE}200")
        Organisation.objects.filter(pk=world.cis.pk).update(phone="")
        logo = check_upload(SimpleUploadedFile("z.png", made.image()), max_bytes=10**7)
        set_letterhead(name="CIS", address="ul. Inna 2", contact="", logo=logo)
        assert (letterhead().name, letterhead().lines) == ("CIS", ("ul. Inna 2",))
        assert letterhead().logo == logo.content
        add_signatory(name="Ewa Jarzębina", position="kierownik", since=TODAY)
        figures = str(PdfReader(BytesIO(read_file(issue().file))).pages[0]["/Resources"])
        assert "/XObject" in figures


def test_a_logo_that_is_replaced_is_erased(world: World, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True), world.scope("cis", "ewa"):
        logo = check_upload(SimpleUploadedFile("z.png", made.image()), max_bytes=10**7)
        first = set_letterhead(name="", address="", contact="", logo=logo).logo
        path = path_of(first)
        kept = set_letterhead(name="A", address="", contact="").logo
        assert kept == first
        set_letterhead(name="A", address="", contact="", drop_logo=True)
    assert not path.exists()
    with world.scope("cis", "ewa"):
        assert PaperSettings.objects.get().logo is None
        assert StoredFile.objects.get().erased_at is not None


def test_signatories_sign_from_a_day_to_a_day(world: World):
    with world.scope("cis", "ewa"):
        found = add_signatory(name="Ewa Jarzębina", position="kierownik", since=TODAY)
        assert signature_boxes(on=TODAY - timedelta(days=1)) == []
        assert "Ewa Jarzębina" in text_of(read_file(issue().file))
        with pytest.raises(InputError, match="dopiero od"):
            end_signatory(signatory=found, on=TODAY - timedelta(days=1))
        end_signatory(signatory=found, on=TODAY)
        assert signature_boxes(on=TODAY + timedelta(days=1)) == []


# Screens


def test_a_manager_issues_finds_and_takes_the_staff_list(client: Any, world: World):
    with world.scope("cis", "ewa"):
        staff(world)
    enter(client, world, "ewa")
    page = client.get(reverse("documents:staff_list"))
    assert "2 osoby z kadry, 1 wolontariusz" in page.content.decode()
    answer = client.post(reverse("documents:staff_list"), {"submission": "a1"}, follow=True)
    assert "WK/1/2026" in answer.content.decode()
    again = client.post(reverse("documents:staff_list"), {"submission": "a1"}, follow=True)
    assert again.request["PATH_INFO"] == answer.request["PATH_INFO"], "a double click makes one paper"
    shown = client.get(reverse("documents:list")).content.decode()
    assert "WK/1/2026" in shown
    assert "WK/2/2026" not in shown
    with world.scope("cis", "ewa"):
        found = Document.objects.get()
    paper = client.get(reverse("documents:open", args=[found.pk]))
    assert "Jarzębina Ewa" in text_of(paper.content)
    with world.scope("cis", "ewa"):
        event = Event.objects.filter(action="documents.document.open").latest("id")
        assert event.object_id == found.pk


def test_a_file_is_served_as_an_attachment_that_can_do_nothing(client: Any, world: World):
    person = uuid7()
    with world.scope("cis", "ewa"):
        found = store_bytes(
            b"x", name="Łąka.txt", media_type="text/plain", kind="documents.logo", subject=person
        )
    answer = enter(client, world, "tomasz").get(reverse("documents:file", args=[found.pk]))
    assert answer.content == b"x"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C5%81%C4%85ka.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    with world.scope("cis", "ewa"):
        event = Event.objects.filter(action="documents.file.open").latest("id")
        assert (event.object_id, event.persons) == (found.pk, [person])


def test_strangers_and_wrong_roles_do_not_find_a_paper(client: Any, world: World):
    with world.scope("cis", "ewa"):
        found = issue()
    for person, status in [("ewa", 200), ("rafal", 200), ("tomasz", 404), ("bozena", 404), ("stefan", 404)]:
        for name in ("documents:document", "documents:open"):
            answer = enter(client, world, person).get(reverse(name, args=[found.pk]))
            assert answer.status_code == status, (person, name)
        answer = client.get(reverse("documents:file", args=[found.file_id]))
        assert answer.status_code == (200 if person == "ewa" else 404), person
    assert "WK/1/2026" not in enter(client, world, "tomasz").get(reverse("documents:list")).content.decode()


def test_a_file_that_is_gone_from_the_disk_is_not_found(client: Any, world: World):
    with world.scope("cis", "ewa"):
        found = issue()
        path_of(found.file).unlink()
        with pytest.raises(FileLost):
            read_file(found.file)
    assert enter(client, world, "ewa").get(reverse("documents:open", args=[found.pk])).status_code == 404


def test_the_list_is_filtered(client: Any, world: World):
    with world.scope("cis", "ewa"):
        issue()
        withdraw_document(document=issue(), reason="błąd")
    enter(client, world, "ewa")
    shown = client.get(reverse("documents:list"), {"state": "withdrawn"}).content.decode()
    assert "WK/2/2026" in shown
    assert "WK/1/2026" not in shown
    assert "WK/1/2026" in client.get(reverse("documents:list"), {"number": "/1/"}).content.decode()
    nothing = client.get(reverse("documents:list"), {"number": "%", "kind": "x"})
    assert nothing.status_code == 200


def test_a_withdrawal_asks_for_a_reason(client: Any, world: World):
    with world.scope("cis", "ewa"):
        found = issue()
    enter(client, world, "ewa")
    url = reverse("documents:withdraw", args=[found.pk])
    assert client.get(url).status_code == 200
    refused = client.post(url, {"reason": ""})
    assert refused.status_code == 422
    assert "Wpisz, dlaczego" in refused.content.decode()
    done = client.post(url, {"reason": "wydany z błędem"}, follow=True)
    assert "wycofany" in done.content.decode()
    assert "wydany z błędem" in done.content.decode()


def test_the_letterhead_is_changed_and_a_bad_logo_is_refused_at_its_field(client: Any, world: World):
    enter(client, world, "ewa")
    url = reverse("documents:letterhead")
    assert client.get(url).status_code == 200
    values = {"name": "CIS „Nowy”", "address": "ul. Leśna 1", "contact": ""}
    refused = client.post(url, values | {"logo": SimpleUploadedFile("z.svg", b"<svg><script/></svg>")})
    assert refused.status_code == 422
    assert "To strona internetowa albo rysunek SVG" in refused.content.decode()
    assert "CIS „Nowy”" in refused.content.decode(), "what was typed is kept"
    done = client.post(url, values | {"logo": SimpleUploadedFile("z.png", made.image())}, follow=True)
    assert "CIS „Nowy”" in done.content.decode()
    with world.scope("cis", "ewa"):
        assert letterhead().logo
    sample = client.get(reverse("documents:sample"))
    assert "CIS „Nowy”" in text_of(sample.content)


def test_too_large_a_logo_names_its_size(client: Any, world: World):
    enter(client, world, "ewa")
    large = SimpleUploadedFile("z.png", b"\x89PNG" + bytes(13 * 1024 * 1024))
    refused = client.post(reverse("documents:letterhead"), {"logo": large})
    assert refused.status_code == 422
    assert "przyjmujemy do 2" in refused.content.decode()


def test_signatories_are_added_and_ended(client: Any, world: World):
    enter(client, world, "ewa")
    values = {"name": "Ewa Jarzębina", "position": "kierownik", "since": "1.11.2026"}
    done = client.post(reverse("documents:signatory_new"), values, follow=True)
    assert "Ewa Jarzębina" in done.content.decode()
    with world.scope("cis", "ewa"):
        found = Signatory.objects.get()
    url = reverse("documents:signatory_end", args=[found.pk])
    assert client.get(url).status_code == 200
    refused = client.post(url, {"on": "31.10.2026"})
    assert "dopiero od" in refused.content.decode()
    assert client.post(url, {"on": "19.11.2026"}, follow=True).status_code == 200
    assert (
        "Ewa Jarzębina"
        not in client.get(reverse("documents:papers")).content.decode().split("<main")[1].split("toast")[0]
    )


# Tables


def test_the_staff_sheet_holds_the_same_rows_as_the_paper(client: Any, world: World):
    with world.scope("cis", "ewa"):
        staff(world)
        found = issue()
    shown = enter(client, world, "ewa").get(reverse("documents:document", args=[found.pk])).content.decode()
    assert reverse("documents:staff_table") in shown
    answer = client.get(reverse("documents:staff_table"))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["Nazwisko", "Imię", "Stanowisko"]
    assert [row[0] for row in rows[1:]] == ["Jarzębina", "Łąka", "Życzliwa"]
    assert rows[3][1] == "=Ola", "a formula is a text"
    assert b"<f>" not in answer.content


def test_the_register_is_made_by_a_job_and_kept_for_a_week(
    client: Any, world: World, django_capture_on_commit_callbacks: Any
):
    someone = uuid7()
    with world.scope("cis", "ewa"):
        issue(subject=someone)
        issue(subject=someone)
    enter(client, world, "ewa")
    assert "2 dokumenty" in client.get(reverse("documents:register")).content.decode()
    started = client.post(reverse("documents:register"), {"submission": "b1"})
    waiting = client.get(started.url)
    assert waiting.status_code == 200
    drain()
    ready = client.get(started.url).content.decode()
    assert "Pobierz arkusz" in ready
    with world.scope("cis", "ewa"):
        stored = StoredFile.objects.get(kind="documents.export")
        assert stored.made_by == world.people["ewa"]
        assert Job.objects.here().get(kind="documents.export").result == {"file": str(stored.pk)}
        noted = Event.objects.get(action="documents.export.make")
        assert (noted.persons, noted.detail["rows"]) == ([someone], 2)
    answer = client.get(reverse("documents:file", args=[stored.pk]))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Numer", "WK/1/2026", "WK/2/2026"]
    assert enter(client, world, "rafal").get(started.url).status_code in {403, 404}
    assert client.get(reverse("documents:file", args=[stored.pk])).status_code == 404
    with (
        clock.frozen(TODAY + KEPT + timedelta(days=1)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        with platform_scope(source="test"):
            enqueue(kind="documents.reconcile_files")
        drain()
    with world.scope("cis", "ewa"):
        stored.refresh_from_db()
        assert stored.erased_at is not None
    assert "Tego pliku już nie ma" in enter(client, world, "ewa").get(started.url).content.decode()


def test_a_missing_file_parks_the_review_for_the_operator(world: World):
    with world.scope("cis", "ewa"):
        path_of(issue().file).unlink()
    with platform_scope(source="test"):
        job = enqueue(kind="documents.reconcile_files")
    drain()
    job.refresh_from_db()
    assert job.state == "parked"
    assert "Na dysku brakuje 1" in job.error


@pytest.mark.parametrize("count", [1, 10, 50])
def test_the_list_asks_the_same_questions_for_many_papers(
    client: Any, world: World, django_assert_max_num_queries: Any, count: int
):
    with world.scope("cis", "ewa"):
        stored = store_bytes(b"x", name="a.txt", media_type="text/plain", kind="documents.logo")
        for number in range(count):
            Document.objects.create(
                kind="documents.staff_list",
                title="Wykaz",
                number=f"WK/{number}/2026",
                template_version="x",
                sha256=stored.sha256,
                file=stored,
                made_at=clock.now(),
                made_by=world.people["ewa"],
            )
    enter(client, world, "ewa")
    client.get(reverse("documents:list"))
    with django_assert_max_num_queries(18) as asked:
        answer = client.get(reverse("documents:list"))
    assert answer.content.decode().count("WK/") >= count
    of_documents = [query["sql"] for query in asked.captured_queries if "documents_document" in query["sql"]]
    assert len(of_documents) == 2, "the count and the rows of one page"


def test_wrong_input_gets_a_sentence_and_never_an_error(client: Any, world: World):
    with world.scope("cis", "ewa"):
        found = issue()
    enter(client, world, "ewa")
    garbage = ["", "\x00", "x" * 5000, "<script>", "99.99.9999", "01a1fb", "%s%n", "🙂"]
    for value in garbage:
        answers = [
            client.get(
                reverse("documents:list"), {"number": value, "kind": value, "sort": value, "page": value}
            ),
            client.post(reverse("documents:withdraw", args=[found.pk]), {"reason": value[:1]}),
            client.post(
                reverse("documents:grant", args=[found.pk]),
                {"person": value, "reason": value, "until": value},
            ),
            client.post(reverse("documents:letterhead"), {"name": value * 300, "logo": value}),
            client.post(
                reverse("documents:signatory_new"), {"name": "x" * 121, "position": value, "since": value}
            ),
        ]
        assert all(answer.status_code in {200, 302, 422} for answer in answers), (
            value,
            [answer.status_code for answer in answers],
        )
