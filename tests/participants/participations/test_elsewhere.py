"""Whether a person is in another unit's care: one logged answer of dates, and no other way to learn it."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from participants.models import Participation, Period, Person
from participants.services import participations as services
from reintegration.audit.models import Event
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.formats import format_table_date
from tests.cast import World, sign_in
from tests.participants.participations.made import TODAY, agreed, person

pytestmark = pytest.mark.django_db

SPAN = DateSpan(date(2026, 1, 1), date(2028, 12, 31))
SERIAL = 77


@pytest.fixture
def shared(world: World) -> tuple[Person, Person, Participation]:
    """One human being in two units: a row here, a row there, and a file there."""
    with world.scope("kis", "bozena"):
        there = person("Marek Dąbek", SERIAL)
        file = services.open_participation(person_id=there.pk, opened_on=date(2026, 3, 1))
        services.sign_programme(participation_id=file.pk, signed_on=date(2026, 3, 1))
        services.qualify(participation_id=file.pk, since=date(2026, 3, 2), until=date(2027, 3, 1))
    with world.scope("cis", "anna"):
        here = person("Marek Dąbek", SERIAL)
    return here, there, file


def test_the_answer_is_yes_with_dates_and_nothing_else(world: World, shared: Any):
    here, _, _ = shared
    with world.scope("cis", "anna"):
        assert services.elsewhere(person_id=here.pk, span=SPAN) == [
            DateSpan(date(2026, 3, 2), date(2027, 3, 1))
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM participants_elsewhere(%s, %s, %s)", [here.pk, SPAN.first, SPAN.last]
            )
            assert [column.name for column in cursor.description] == ["since", "until"]


def test_the_same_pesel_may_stand_in_two_units(world: World, shared: Any):
    here, there, _ = shared
    assert here.pk != there.pk
    with world.scope("cis", "anna"):
        assert Person.objects.filter(pesel_index=here.pesel).count() == 1


def test_the_answer_is_no_outside_the_days_and_after_the_end(world: World, shared: Any):
    here, _, file = shared
    with world.scope("cis", "anna"):
        assert services.elsewhere(person_id=here.pk, span=DateSpan(date(2025, 1, 1), date(2026, 3, 1))) == []
        assert services.elsewhere(person_id=here.pk, span=DateSpan(date(2027, 3, 2), None)) == []
    with world.scope("kis", "bozena"):
        services.end_participation(participation_id=file.pk, ended_on=date(2026, 6, 30), reason="statement")
    with world.scope("cis", "anna"):
        assert services.elsewhere(person_id=here.pk, span=SPAN) == [
            DateSpan(date(2026, 3, 2), date(2026, 6, 30))
        ]
        assert services.elsewhere(person_id=here.pk, span=DateSpan(date(2026, 7, 1), None)) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (DateSpan(date(2026, 5, 1), date(2026, 5, 31)), DateSpan(date(2026, 5, 1), date(2026, 5, 31))),
        (DateSpan(date(2026, 1, 1), date(2026, 5, 31)), DateSpan(date(2026, 3, 2), date(2026, 5, 31))),
        (DateSpan(date(2026, 5, 1), None), DateSpan(date(2026, 5, 1), date(2027, 3, 1))),
    ],
)
def test_the_answer_tells_no_day_that_was_not_asked_about(
    world: World, shared: Any, asked: DateSpan, told: DateSpan
):
    here, _, _ = shared
    with world.scope("cis", "anna"):
        assert services.elsewhere(person_id=here.pk, span=asked) == [told]


def test_a_candidate_elsewhere_is_not_in_care(world: World):
    with world.scope("kis", "bozena"):
        services.open_participation(person_id=person(serial=SERIAL).pk, opened_on=TODAY)
    with world.scope("cis", "anna"):
        assert services.elsewhere(person_id=person(serial=SERIAL).pk, span=SPAN) == []


def test_own_files_and_persons_without_a_pesel_are_no_answer(world: World):
    with world.scope("cis", "anna"):
        file = services.open_participation(person_id=person(serial=SERIAL).pk, opened_on=date(2026, 3, 1))
        agreed(file, on=date(2026, 3, 1))
        services.start_trial(participation_id=file.pk, since=date(2026, 3, 9))
        assert services.elsewhere(person_id=file.person_id, span=SPAN) == []
    with world.scope("kis", "bozena"):
        nameless = person()
    with world.scope("cis", "anna"):
        assert services.elsewhere(person_id=person("Marek Dąbek").pk, span=SPAN) == []
        assert nameless.pesel_index is None


def test_each_question_leaves_an_event_whatever_the_answer(world: World, shared: Any):
    here, _, _ = shared
    with world.scope("cis", "anna"):
        for span in (SPAN, DateSpan(date(2020, 1, 1), date(2020, 1, 2))):
            services.elsewhere(person_id=here.pk, span=span)
        events = list(Event.objects.filter(action="participants.elsewhere.ask").order_by("at", "pk"))
        assert [(event.persons, event.object_id, event.outcome) for event in events] == [
            ([here.pk], here.pk, "seen")
        ] * 2
        assert events[0].detail == {"since": "2026-01-01", "until": "2028-12-31"}
    with world.scope("kis"):
        assert not Event.objects.filter(action="participants.elsewhere.ask").exists()


def _refused(call: Any) -> str:
    with pytest.raises(Error) as caught, transaction.atomic():
        call()
    return str(caught.value)


def _ask(pk: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM participants_elsewhere(%s, '2026-01-01', '2026-12-31')", [pk])


def test_another_units_person_and_nobody_are_refused_with_the_same_words(world: World, shared: Any):
    _, there, _ = shared
    nobody = UUID(int=7)
    with world.scope("cis", "anna"):
        foreign, unknown = _refused(lambda: _ask(there.pk)), _refused(lambda: _ask(nobody))
        assert foreign == unknown
        assert "a unit asks about its own persons" in foreign
        with pytest.raises(Person.DoesNotExist):
            services.elsewhere(person_id=there.pk, span=SPAN)


def test_nobody_asks_outside_an_organisation(world: World, shared: Any):
    here, _, _ = shared
    message = _refused(lambda: _ask(here.pk))
    assert str(here.pk) not in message
    assert "2027" not in message


def test_a_referring_body_has_nobody_to_ask_about(world: World, shared: Any):
    here, there, _ = shared
    with world.scope("ops", "pawel"):
        assert {_refused(lambda pk=pk: _ask(pk)) for pk in (here.pk, there.pk)} == {
            _refused(lambda: _ask(UUID(int=7)))
        }


def test_rows_and_columns_of_the_other_unit_cannot_be_read_in_sql(world: World, shared: Any):
    here, there, file = shared
    with world.scope("cis", "anna"), connection.cursor() as cursor:
        for statement, values in (
            (
                "SELECT count(*) FROM participants_person WHERE pesel_index = %s AND id <> %s",
                [here.pesel_index, here.pk],
            ),
            ("SELECT count(*) FROM participants_person WHERE id = %s", [there.pk]),
            ("SELECT count(*) FROM participants_period WHERE participation_id = %s", [file.pk]),
            ("SELECT count(*) FROM participants_participation WHERE unit_id = %s", [world.kis.pk]),
            ("SELECT count(*) FROM participants_participation WHERE id = %s", [file.pk]),
        ):
            cursor.execute(statement, values)
            assert cursor.fetchone() == (0,), statement
        for table in (Person, Period, Participation):
            cursor.execute(
                f"UPDATE {table._meta.db_table} SET unit_id = unit_id WHERE unit_id = %s", [world.kis.pk]
            )  # noqa: S608
            assert cursor.rowcount == 0


def test_a_key_of_the_other_unit_collides_no_differently_than_a_free_one(world: World, shared: Any):
    """A taken number, a taken PESEL, a foreign reference: what the database says tells nothing."""
    here, there, file = shared
    with world.scope("cis", "anna"):
        assert Participation.objects.create(person=here, number=file.number, opened_on=TODAY).pk
        said = {
            _refused(lambda pk=pk: _insert_file(world, pk)).replace(str(pk), "KEY")
            for pk in (there.pk, UUID(int=9))
        }
        assert len(said) == 1, said


def _insert_file(world: World, person_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO participants_participation (id, unit_id, person_id, number, opened_on, end_reason,"
            " end_note, destination, reopen_reason)"
            " VALUES (gen_random_uuid(), %s, %s, 'X/1', '2026-11-20', '', '', '', '')",
            [world.cis.pk, person_id],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_program_cannot_become_the_owner_whose_eyes_the_function_has(world: World, shared: Any):
    with world.scope("cis", "anna"):
        for statement in (
            "SET ROLE reintegra_owner",
            "SET SESSION AUTHORIZATION reintegra_owner",
            "ALTER TABLE participants_person DISABLE ROW LEVEL SECURITY",
            "CREATE POLICY mine ON participants_person USING (true)",
            "CREATE OR REPLACE FUNCTION participants_elsewhere(uuid, date, date)"
            " RETURNS TABLE (since date, until date) LANGUAGE sql AS 'SELECT current_date, current_date'",
        ):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_a_shadowed_name_does_not_fool_the_function(world: World, shared: Any):
    """A table of the caller's own with the same name is not what the owner reads."""
    here, _, _ = shared
    with world.scope("cis", "anna"), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE participants_period (unit_id uuid) ON COMMIT DROP")
        cursor.execute("SET LOCAL search_path = pg_temp, public")
        cursor.execute(
            "SELECT * FROM public.participants_elsewhere(%s, '2026-01-01', '2027-12-31')", [here.pk]
        )
        assert cursor.fetchall() == [(date(2026, 3, 2), date(2027, 3, 1))]


def test_the_keeper_may_not_ask(as_role: Any):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("reintegra_keeper").execute(
            "SELECT * FROM participants_elsewhere(%s, '2026-01-01', '2026-12-31')", [UUID(int=1)]
        )


# On the screen


@pytest.fixture
def client(world: World) -> Iterator[Client]:
    client = Client()
    sign_in(client, world.people["anna"])
    return client


def test_the_screen_answers_and_writes_down_who_asked(world: World, shared: Any, client: Client):
    here, _, _ = shared
    with world.scope("cis", "anna"):
        file = services.open_participation(person_id=here.pk, opened_on=TODAY)
    url = reverse("participants:file_elsewhere", args=[file.pk])
    answer = client.post(url)
    page = answer.content.decode()
    # From the day on which it is asked about, which is the first of this file.
    assert format_table_date(min(TODAY, clock.today())) in page
    assert "01.03.2027" in page
    for word in ("KIS", "Przystań", "Jodłów", "Bożena", "U/1/2026".replace("2026", "2025")):
        assert word not in page.replace("CIS albo KIS", "").replace("CIS ani KIS", "")
    with world.scope("cis"):
        asked = Event.objects.get(action="participants.elsewhere.ask")
        assert (asked.user_id, asked.persons) == (world.people["anna"].pk, [here.pk])
    assert client.get(url).status_code == 405


def test_the_screen_says_no_alike_for_everybody_else(world: World, client: Client):
    with world.scope("cis", "anna"):
        known = services.open_participation(person_id=person(serial=5).pk, opened_on=TODAY)
        unknown = services.open_participation(person_id=person().pk, opened_on=TODAY)
    assert "Nie." in client.post(reverse("participants:file_elsewhere", args=[known.pk])).content.decode()
    page = client.post(reverse("participants:file_elsewhere", args=[unknown.pk])).content.decode()
    assert "Bez numeru PESEL nie da się sprawdzić" in page


def test_who_leads_no_cases_does_not_ask(world: World, shared: Any):
    here, _, _ = shared
    with world.scope("cis", "anna"):
        file = services.open_participation(person_id=here.pk, opened_on=TODAY)
    for name in ("tomasz", "rafal", "celina"):
        client = Client()
        sign_in(client, world.people[name])
        assert client.post(reverse("participants:file_elsewhere", args=[file.pk])).status_code == 403
