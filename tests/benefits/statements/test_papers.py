"""„Skąd ta kwota?” on paper: the same as on the screen, in three languages, made once for everybody."""

import hashlib
import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from benefits.explain.languages import LANGUAGES
from benefits.explain.shown import Line
from benefits.models import Statement
from benefits.papers import STATEMENT
from benefits.queries.statements import told_of
from benefits.services import lists, statements
from ipzs.enums import MarkKind
from participants.models import Person
from participants.services.people.merging import merge_persons
from reintegration.audit.erasure import erase_subject
from reintegration.core import clock
from reintegration.documents.enums import DocumentState
from reintegration.documents.files import path_of, read_file
from reintegration.documents.models import Document
from reintegration.jobs import transitions
from reintegration.jobs.models import Job
from reintegration.law.book import law_book
from reintegration.law.values import DatedValue, LawBook
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY, mark
from tests.participants.participations.made import in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
SHOW = reverse("benefits:list", args=[str(OCTOBER)])
MISSING = reverse("benefits:list_papers", args=[str(OCTOBER)])
PRINT = reverse("benefits:list_papers_print", args=[str(OCTOBER)])


@pytest.fixture
def three(world: World) -> World:
    """Three people, of whom one was away and one reads Ukrainian."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        first, second, _ = made.people()
        for day in (6, 20):
            mark(first, OCTOBER.first.replace(day=day), MarkKind.UNEXCUSED, reason="późno")
        mark(first, OCTOBER.first.replace(day=7), MarkKind.FREE, reason="późno")
        Person.objects.filter(pk=second.person_id).update(language="uk")
    return world


def worked(world: World) -> None:
    """What the workers do, in the transaction of the test."""
    for job in Job.objects.filter(kind=statements.WORK, state="queued").order_by("pk"):
        with world.scope("cis", "ewa"):
            statements.issue(statement_id=job.payload["statement"])
        Job.objects.filter(pk=job.pk).update(state="done", finished_at=clock.now())


def written(line: Line) -> tuple[str, ...]:
    return line.label, line.count, line.sentence, line.article, line.shown


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def text_of(content: bytes) -> str:
    return plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def text_of_page(client: Client, row: Statement, language: str) -> str:
    page = client.get(f"{reverse('benefits:statement', args=[row.pk])}?jezyk={language}").content.decode()
    return plain(unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_paper_says_what_the_screen_says(three: World, client: Client, language: str):
    made.approved(three)
    sign_in(client, three.people["ewa"])
    with three.scope("cis", "ewa"):
        row = Statement.objects.get(position=1)
        paper = statements.issue(statement_id=row.pk, language=language)
        assert paper is not None
        text, told = text_of(read_file(paper.file)), told_of(row, language)
    screen = text_of_page(client, row, language)
    assert all((told.lines, told.not_taken, told.balances, told.next))
    said = [
        *(part for line in told.lines for part in written(line)),
        *(
            f"{one.label[0].upper()}{one.label[1:]}: {one.value}"
            for line in told.lines
            for one in line.named
        ),
        *told.not_taken,
        *(part for one in told.balances for part in (one.label, one.value)),
        *told.next,
        LANGUAGES[language].frame.mistake,
    ]  # fmt: skip
    # Lines of a table are broken anywhere, so words are compared without the spaces between them.
    bare, shown = text.replace(" ", "").replace("-", ""), screen.replace(" ", "").replace("-", "")
    for one in said:
        sought = plain(one).replace(" ", "").replace("-", "")
        assert sought in bare, one
        assert sought in shown, one
    assert paper.number in text
    assert row.payroll_list.number in text


def test_the_approval_promises_a_paper_for_everybody_in_their_language(three: World):
    with three.scope("cis", "ewa"):
        in_classes("Adam Modrzew")
    row = made.approved(three, without_blocked=True)
    with three.scope("cis", "ewa"):
        jobs = list(Job.objects.here().filter(kind=statements.WORK).order_by("pk"))
        assert {str(one.pk) for one in Statement.objects.filter(blocked=False)} == {
            job.payload["statement"] for job in jobs
        }
        assert [set(job.payload) for job in jobs] == [{"statement"}] * 3
        assert {job.batch_id for job in jobs} == {row.pk}
    worked(three)
    with three.scope("cis", "ewa"):
        papers = list(Document.objects.filter(kind=STATEMENT.key).order_by("number"))
        assert [one.language for one in papers] == ["pl", "uk", "pl"]
        of_list = row.number.removeprefix("LW/")
        assert [one.number for one in papers] == [f"RO/{of_list}/1", f"RO/{of_list}/2/uk", f"RO/{of_list}/3"]
        for one in papers:
            assert hashlib.sha256(read_file(one.file)).hexdigest() == one.sha256


def test_a_second_approval_promises_nothing_more(three: World):
    row = made.approved(three)
    with three.scope("cis", "ewa"):
        with pytest.raises(Exception, match="nie można teraz"):
            lists.approve(list_id=row.pk)
        assert statements.promise(row) == 3
        assert Job.objects.here().filter(kind=statements.WORK).count() == 3


def test_a_list_that_nobody_approved_has_no_papers(three: World, client: Client):
    row = made.locked(three)
    sign_in(client, three.people["rafal"])
    page = client.post(MISSING, follow=True).content.decode()
    assert "po zatwierdzeniu" in page
    with three.scope("cis", "rafal"):
        assert Job.objects.here().filter(kind=statements.WORK).count() == 0
        found = Statement.objects.filter(payroll_list=row).order_by("pk")[0]
        assert statements.issue(statement_id=found.pk) is None
    answer = client.post(reverse("benefits:statement_issue", args=[found.pk]), follow=True)
    assert "Na papierze jest tylko to" in answer.content.decode()


def test_the_page_of_the_list_tells_how_far_it_is_and_makes_what_is_missing(three: World, client: Client):
    row = made.approved(three)
    sign_in(client, three.people["rafal"])
    assert "0 z 3" in client.get(SHOW).content.decode()
    with three.scope("cis", "rafal"):
        # One was given up, of another not even the job is there any more.
        first, second, _ = Job.objects.here().filter(kind=statements.WORK).order_by("pk")
        first.delete()
        transitions.cancel(job_id=second.pk)
    worked(three)
    page = client.get(SHOW).content.decode()
    assert "Brakuje 2" in plain(page)
    assert f'action="{MISSING}"' in page
    assert "Powstają rozliczenia dla 2 osób." in plain(client.post(MISSING, follow=True).content.decode())
    worked(three)
    assert "Gotowe: 3 osoby" in plain(client.get(SHOW).content.decode())
    assert "Niczego nie brakuje." in client.post(MISSING, follow=True).content.decode()
    printed = client.get(PRINT)
    text = text_of(printed.content)
    with three.scope("cis", "rafal"):
        numbers = list(
            Document.objects.filter(kind=STATEMENT.key).order_by("pk").values_list("number", flat=True)
        )
        assert len(numbers) == len(Statement.objects.filter(payroll_list=row).order_by("pk")) == 3
    assert all(number in text for number in numbers)


def test_a_file_that_is_gone_from_the_disk_is_said_instead_of_printed(three: World, client: Client):
    made.approved(three)
    worked(three)
    with three.scope("cis", "ewa"):
        path_of(Document.objects.filter(kind=STATEMENT.key).order_by("pk")[0].file).unlink()
    sign_in(client, three.people["rafal"])
    assert "nie ma na dysku" in client.get(PRINT, follow=True).content.decode()


def test_one_more_language_is_made_on_demand_and_once(three: World, client: Client):
    made.approved(three)
    worked(three)
    with three.scope("cis", "ewa"):
        row = Statement.objects.get(position=1)
    url, ask = (reverse(f"benefits:{name}", args=[row.pk]) for name in ("statement", "statement_issue"))
    sign_in(client, three.people["anna"])
    assert "Pobierz PDF" in client.get(url).content.decode()
    assert "Zrób PDF" in client.get(f"{url}?jezyk=en").content.decode()
    for _ in range(2):
        assert client.post(ask, {"jezyk": "en"}).headers["Location"] == f"{url}?jezyk=en"
    page = client.get(f"{url}?jezyk=en").content.decode()
    assert "Zrób PDF" not in page
    with three.scope("cis", "ewa"):
        paper = Document.objects.get(kind=STATEMENT.key, language="en")
    opened = client.get(reverse("documents:open", args=[paper.pk]))
    assert hashlib.sha256(opened.content).hexdigest() == paper.sha256
    tab = client.get(reverse("benefits:pay", args=[row.participation_id])).content.decode()
    assert paper.number in tab


@pytest.mark.parametrize("person", ["tomasz", "olga"])
def test_who_may_not_see_the_page_does_not_open_the_paper(three: World, client: Client, person: str):
    made.approved(three)
    worked(three)
    with three.scope("cis", "ewa"):
        paper = Document.objects.filter(kind=STATEMENT.key).order_by("pk")[0]
        row = Statement.objects.get(position=1)
    sign_in(client, three.people[person])
    assert client.get(reverse("benefits:statement", args=[row.pk])).status_code in {403, 404}
    assert client.get(reverse("documents:open", args=[paper.pk])).status_code == 404


def test_the_balances_are_those_of_the_end_of_the_month(three: World, client: Client):
    """What happens later changes neither the page nor the paper."""
    made.approved(three)
    with three.scope("cis", "ewa"):
        row = Statement.objects.get(position=1)
        before = told_of(row, "pl")
        mark(row.participation, TODAY, MarkKind.FREE)
        mark(row.participation, TODAY.replace(day=19), MarkKind.UNEXCUSED, reason="późno")
        assert told_of(Statement.objects.get(position=1), "pl") == before
    free, _, unexcused = (plain(one.value) for one in before.balances)
    assert free == "Zostało 5 dni wolnych z 6."
    assert unexcused.startswith("Było: 2. ")


def test_a_list_of_before_balances_were_kept_says_nothing_of_them(three: World):
    row = made.approved(three)
    with three.scope("cis", "ewa"):
        found = Statement.objects.filter(payroll_list=row).order_by("position")[0]
        found.document = {key: value for key, value in found.document.items() if key != "balances"}
        assert told_of(found, "pl").balances == ()


def test_who_was_erased_gets_no_paper(three: World, client: Client):
    row = made.approved(three)
    with three.scope("cis", "ewa"):
        first, second, _ = Statement.objects.filter(payroll_list=row).order_by("position")
        made_before = statements.issue(statement_id=first.pk)
        for one in (first, second):
            erase_subject(subject_id=one.person_id, basis="próba")
        made_before.refresh_from_db()
        assert made_before.state == DocumentState.ERASED
        assert statements.issue(statement_id=second.pk) is None
    worked(three)
    with three.scope("cis", "ewa"):
        assert Document.objects.filter(kind=STATEMENT.key, state=DocumentState.ISSUED).count() == 1
    sign_in(client, three.people["rafal"])
    assert client.get(SHOW).status_code == client.get(PRINT).status_code == 200
    page = client.get(reverse("benefits:statement", args=[first.pk])).content.decode()
    assert "Pobierz PDF" not in page


def test_the_papers_of_a_merged_person_go_over(three: World):
    made.approved(three)
    with three.scope("cis", "ewa"):
        row = Statement.objects.get(position=1)
        statements.issue(statement_id=row.pk, language="pl")
        twin = Person.objects.create(
            first_name="Leszek", last_name="Bażant", sex="M", no_pesel="unknown", made_at=clock.now()
        )
        merge_persons(keep_id=twin.pk, gone_id=row.person_id)
        statements.issue(statement_id=row.pk, language="en")
        found = Document.objects.filter(kind=STATEMENT.key, number__contains="/1")
        assert {one.subject_id for one in found.order_by("pk")} == {twin.pk}
        assert found.count() == 2


def test_the_promise_costs_the_same_for_everybody(world: World, django_assert_max_num_queries: Any):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(12)
    row = made.approved(world)
    with world.scope("cis", "ewa"):
        Job.objects.here().filter(kind=statements.WORK).delete()
        with django_assert_max_num_queries(6):
            assert statements.promise(row) == 12


def test_a_value_of_the_law_that_comes_late_changes_no_word(three: World, monkeypatch: pytest.MonkeyPatch):
    """An announcement is entered after the list was signed, for a day before it."""
    made.approved(three)
    with three.scope("cis", "ewa"):
        row = Statement.objects.get(position=1)
        before = {language: told_of(row, language) for language in LANGUAGES}
        book = law_book()
        allowance = book.parameters["allowance"]
        later = replace(allowance, values=(*allowance.values, DatedValue(OCTOBER.first, "1850.00")))
        monkeypatch.setattr(
            "benefits.queries.statements.law_book",
            lambda: LawBook.of({**book.parameters, "allowance": later}.values()),
        )
        assert {language: told_of(row, language) for language in LANGUAGES} == before
