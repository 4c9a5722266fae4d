"""The desk: what waits for this person, in three places, and nothing of anybody else's."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reintegration.audit.models import Event
from reintegration.core import clock, slots
from reintegration.core.ids import uuid7
from reintegration.core.slots import Panel
from reintegration.jobs.models import Job
from reintegration.jobs.services import enqueue, new_batch
from reintegration.jobs.signals import job_parked, job_taken_up
from reintegration.jobs.worker import drain
from reintegration.notices import desk
from reintegration.notices.desk import MOST_OF_A_KIND, DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.models import DeskTask, Mail, MailPreference, Notice
from reintegration.notices.nav import waiting
from reintegration.notices.rules import Section, section_of
from reintegration.notices.services import notify, raise_task, settle_task
from reintegration.notices.transitions import Transition, turn
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from tests.cast import World, sign_in

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 11, 20)
DESK = "/pulpit/"


@pytest.fixture(autouse=True)
def _on_a_friday(monkeypatch):
    """A desk on which no other room has laid anything."""
    monkeypatch.setattr(desk, "_providers", [])
    monkeypatch.setattr(slots, "_filled", {})
    with clock.frozen(FRIDAY):
        yield


def _raise(world: World, title: str, organisation: str = "cis", **more: object) -> DeskTask:
    values: dict[str, object] = {"kind": "test.paper", "key": title, "title": title, "link": "/x/"} | more
    with world.scope(organisation):
        return raise_task(**values)  # type: ignore[arg-type]


def _page(world: World, client: Client, person: str = "ewa", url: str = DESK) -> str:
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    answer = client.get(url)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_what_stands_behind_the_first_lines_of_a_kind_is_told(world: World):
    def line(number: int) -> DeskLine:
        return DeskLine(Section.GAPS, f"Ocena {number}", f"/o/{number}/", urgency=Urgency.WARN, icon="x")

    def lines(count: int) -> list[DeskLine]:
        return list(first_of(range(count), line, rest="Oceny: kolejne", url="/oceny/"))

    assert lines(0) == []
    assert lines(MOST_OF_A_KIND) == [line(number) for number in range(MOST_OF_A_KIND)]
    *first, last = lines(MOST_OF_A_KIND + 7)
    assert len(first) == MOST_OF_A_KIND
    assert (last.title, last.url, last.urgency) == ("Oceny: kolejne", "/oceny/", Urgency.WARN)


def _part(page: str, section: str) -> str:
    return page.split(f'id="{section}"')[1].split("</section>", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("days", "section"),
    [
        (-1, Section.GAPS),
        (0, Section.TODAY),
        (1, Section.WEEK),
        (7, Section.WEEK),
        (8, None),
    ],
)
def test_a_term_decides_where_a_task_stands(days, section):
    assert section_of(FRIDAY + timedelta(days=days), today=FRIDAY) is section


def test_a_task_without_a_term_is_a_gap():
    assert section_of(None, today=FRIDAY) is Section.GAPS


def test_an_empty_desk_says_what_is_true(world, client):
    page = _page(world, client)
    assert "<h1>Piątek, 20 listopada</h1>" in page
    assert "Na dziś nic nie zostało." in page
    assert "Niczego nie brakuje" in page
    assert "Żaden termin nie mija" in page


def test_each_task_stands_in_its_place_and_opens_where_it_is_done(world, client):
    _raise(world, "Lista za dziś", due_on=FRIDAY)
    _raise(world, "Brak papieru", link="/papiery/7/", text="Bez niego nic.")
    _raise(world, "Zgłoszenie", due_on=FRIDAY + timedelta(days=3))
    _raise(world, "Za miesiąc", due_on=FRIDAY + timedelta(days=30))
    page = _page(world, client)
    assert "Lista za dziś" in _part(page, "dzis")
    gap = _part(page, "braki")
    assert 'href="/papiery/7/"' in gap
    assert "Bez niego nic." in gap
    assert "Dodaj dokument" in gap
    assert "Zgłoszenie" in _part(page, "terminy")
    assert "za 3 dni" in _part(page, "terminy")
    assert "Za miesiąc" not in page


@pytest.mark.parametrize(
    ("gaps", "sentence"),
    [
        (1, "Jest <b>1\xa0brak</b>."),
        (2, "Są <b>2\xa0braki</b>."),
        (5, "Jest <b>5\xa0braków</b>."),
        (22, "Są <b>22\xa0braki</b>."),
    ],
)
def test_the_sentence_on_top_carries_the_numbers(world, client, gaps, sentence):
    for number in range(gaps):
        _raise(world, f"Brak {number}")
    assert sentence.replace("\xa0", " ") in _page(world, client).replace("\xa0", " ")


def test_gaps_begin_with_the_most_urgent_and_a_passed_term_is_urgent(world, client):
    _raise(world, "Zwykły")
    _raise(world, "Pilny", kind="test.urgent")
    _raise(world, "Spóźniony", due_on=FRIDAY - timedelta(days=8))
    part = _part(_page(world, client), "braki")
    assert part.index("Spóźniony") < part.index("Pilny") < part.index("Zwykły")
    assert "termin minął 12 listopada" in part


def test_a_task_of_another_role_person_or_organisation_is_not_shown(world, client):
    _raise(world, "Dla księgowej", roles={Role.ACCOUNTANT})
    _raise(world, "Dla Anny", person_id=world.people["anna"].pk)
    _raise(world, "W KIS", organisation="kis")
    page = _page(world, client)
    assert "Dla księgowej" not in page
    assert "Dla Anny" not in page
    assert "W KIS" not in page
    assert "Dla Anny" in _page(world, Client(), "anna")


def test_what_lay_on_a_leavers_desk_lies_on_the_managers(world, client):
    _raise(world, "Dla Anny", person_id=world.people["anna"].pk)
    assert "Dla Anny" not in _page(world, client)
    with world.scope("operator"):
        Membership.objects.filter(user=world.people["anna"]).update(until=date(2020, 6, 30))
    assert "Dla Anny" in _page(world, client)
    assert "Dla Anny" not in _page(world, Client(), "rafal")


def test_fifty_tasks_take_the_queries_of_one(world, client):
    counts = []
    for many in (1, 50):
        for number in range(many):
            _raise(world, f"Brak {number}")
            with world.scope("cis"):
                notify(kind="test.desk", to=[world.people["ewa"]])
        sign_in(client, world.people["ewa"], world.cis.pk)
        with CaptureQueriesContext(connection) as asked:
            client.get(DESK)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("person", ["anna", "zofia", "maria", "operator"])
def test_everybody_has_a_desk_at_the_same_address(world, client, person):
    assert "Niczego nie brakuje" in _page(world, client, person)


def test_an_open_task_is_raised_once_and_brought_up_to_date(world):
    first = _raise(world, "Brak", key="7", text="dwa dni")
    second = _raise(world, "Brak", key="7", text="trzy dni", urgency=Urgency.BAD)
    assert first.pk == second.pk
    assert (second.text, second.urgency) == ("trzy dni", Urgency.BAD)


def test_what_is_longer_than_its_line_is_cut_and_told(world):
    with world.scope("cis", "anna"):
        task = raise_task(kind="test.paper", key="1", title="ż" * 161, text="ż" * 401, link="/pulpit/")
        (told,) = notify(kind="test.usual", to=[world.people["anna"]], title="ż" * 160, text="ż" * 2000)
    assert (task.title, task.text) == ("ż" * 159 + "…", "ż" * 399 + "…")
    assert (told.title, told.text) == ("ż" * 160, "ż" * 399 + "…")


def test_a_settled_task_is_gone_and_can_come_back(world, client):
    first = _raise(world, "Brak", key="7")
    with world.scope("cis", "anna"):
        assert settle_task(kind="test.paper", key="7")
        assert not settle_task(kind="test.paper", key="7")
        assert DeskTask.objects.get(pk=first.pk).settled_by == world.people["anna"]
    assert "Niczego nie brakuje" in _page(world, client)
    assert _raise(world, "Brak", key="7").pk != first.pk


def test_what_lies_here_today_is_what_the_navigation_counts(world):
    _raise(world, "Dziś", due_on=FRIDAY)
    _raise(world, "Brak")
    _raise(world, "Za tydzień", due_on=FRIDAY + timedelta(days=7))
    with world.scope("cis"):
        assert waiting(next(iter(world.people["ewa"].principals)), FRIDAY).count() == 2


def test_other_rooms_add_lines_and_sections(world, client):
    person = uuid7()

    @desk_lines
    def classes(request, today):
        yield DeskLine(Section.TODAY, "Obecność: stolarnia", "/o/", subject_id=person)
        yield DeskLine(Section.TODAY, "Obecność: kuchnia", "/k/", done=True, end="7:31")
        yield DeskLine(Section.WEEK, "Konsultacja", "/c/", on=today + timedelta(days=1))

    def panel(request, today):
        return Panel("start", "Pierwsze kroki", "notices/notice_items.html", {"notices": []})

    slots.fill("desk.top", panel)
    page = _page(world, client)
    assert "Dziś została <b>1 rzecz</b>" in page.replace("\xa0", " ")
    assert page.index("Obecność: stolarnia") < page.index("Obecność: kuchnia")
    assert "jutro" in _part(page, "terminy")
    assert "Pierwsze kroki" in page
    with world.scope("cis"):
        event = Event.objects.filter(action="notices.desk.view").order_by("-id").first()
        assert event.persons == [person]


def test_a_notice_lies_on_the_desk_until_it_is_read(world, client):
    with world.scope("cis"):
        notify(kind="test.desk", to=[world.people["ewa"]], title="Skierowanie przyjęte", link="/s/1/")
    assert "Skierowanie przyjęte" in _part(_page(world, client), "powiadomienia")
    assert client.post(reverse("notices:notices_read")).status_code == 302
    assert "Nie ma nieprzeczytanych" in _part(_page(world, client), "powiadomienia")
    assert "Skierowanie przyjęte" in _page(world, client, url=reverse("notices:notice_list"))


def test_reading_does_not_touch_anothers_notices(world, client):
    with world.scope("cis"):
        notify(kind="test.desk", to=[world.people["ewa"], world.people["anna"]])
    sign_in(client, world.people["anna"], world.cis.pk)
    client.post(reverse("notices:notices_read"))
    with world.scope("cis"):
        assert Notice.objects.get(read_at__isnull=True).recipient == world.people["ewa"]


def test_preferences_are_stored_and_a_mandatory_one_cannot_be_taken_off(world, client):
    page = _page(world, client, url=reverse("notices:preferences"))
    assert "Zawsze wysyłane." in page
    assert "Wiadomości o Twoim koncie wysyłamy zawsze." in page
    assert "Nowe hasło" not in page
    answer = client.post(reverse("notices:preferences"), {"test.quiet": "on"})
    assert answer.status_code == 302
    with world.scope("cis"):
        stored = dict(MailPreference.objects.order_by("kind").values_list("kind", "by_mail"))
    assert (stored["test.usual"], stored["test.quiet"]) == (False, True)
    assert "test.mandatory" not in stored


def _parked(world: World) -> Job:
    with world.scope("operator"):
        job = Job.objects.create(organisation=world.cis, kind="jobs.clean", key="1")
        job_parked.send(sender=Job, job=job)
    return job


def test_a_parked_job_is_a_task_of_the_operator_until_somebody_decides(world, client):
    job = _parked(world)
    assert "Odłożone zadanie: Porządki w zadaniach" in _page(world, client, "operator")
    with world.scope("operator"):
        job_taken_up.send(sender=Job, job=job)
    assert "Odłożone zadanie" not in _page(world, client, "operator")


def test_whoever_left_a_long_work_finds_its_end_on_the_desk_once(world, client):
    batch = new_batch()
    with world.scope("cis", "ewa"):
        for number in range(2):
            enqueue(kind="jobs.clean", key=str(number), batch=batch)
    drain(most=1)
    assert "Zlecona praca" not in _page(world, client)
    drain()
    part = _part(_page(world, client), "powiadomienia")
    assert part.count("Zlecona praca jest skończona") == 1
    assert "2 z 2" in part
    assert f"/postep/{batch}/" in part


def _unclear_mail(world: World) -> UUID:
    with world.scope("cis"):
        notify(kind="test.usual")
        mail = Mail.objects.get()
        turn(Transition.BEGIN, mail.pk)
    drain()
    return mail.pk


@pytest.mark.parametrize(("decision", "state"), [("resend", "sent"), ("accept", "sent")])
def test_the_operator_decides_about_an_unclear_mail_without_seeing_whose(
    world, client, mailoutbox, decision, state
):
    mail_id = _unclear_mail(world)
    url = reverse("notices:mail_decide", args=[world.cis.pk, mail_id])
    page = _page(world, client, "operator", url)
    assert "Nowe skierowanie" in page
    assert "ewa@" not in page
    assert client.post(url, {"decision": "nonsense"}).status_code == 422
    assert client.post(url, {"decision": decision}).status_code == 302
    assert client.post(url, {"decision": decision}).status_code == 404
    drain()
    with world.scope("cis"):
        assert Mail.objects.get().state == state
    assert len(mailoutbox) == (1 if decision == "resend" else 0)


def test_nobody_else_decides_about_a_mail(world, client):
    mail_id = _unclear_mail(world)
    sign_in(client, world.people["ewa"], world.cis.pk)
    assert client.get(reverse("notices:mail_decide", args=[world.cis.pk, mail_id])).status_code == 403


def test_the_demos_mail_is_shown_in_the_demo_only(world, client, settings, tmp_path):
    settings.EMAIL_BACKEND = "reintegration.notices.postman.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.DEMO = True
    assert "Nic jeszcze nie wysłano" in client.get("/poczta-demo/").content.decode()
    with world.scope("cis"):
        notify(kind="test.usual", link="/skierowania/1/")
    drain()
    page = client.get("/poczta-demo/").content.decode()
    assert "Reintegra: Nowe skierowanie" in page
    assert "/skierowania/1/" in page
    settings.DEMO = False
    assert client.get("/poczta-demo/").status_code == 404


def test_the_time_of_a_notice_is_the_clocks(world):
    with world.scope("cis"):
        notify(kind="test.desk", to=[world.people["ewa"]])
        assert Notice.objects.get().created_at == datetime.combine(
            FRIDAY, datetime.min.time(), tzinfo=clock.WARSAW
        ) + timedelta(hours=12)
