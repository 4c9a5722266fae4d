"""The pre-check: eight questions, an answer with its reason, and nothing that stays."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from participants.rules.questions import QUESTIONS
from tests.cast import World

pytestmark = pytest.mark.django_db

ADDRESS = "/sprawdzenie/"
NOTHING_EXCLUDES = {
    "in_need": "yes",
    "long_unemployed": "no",
    "unemployment_benefit": "no",
    "pre_retirement": "no",
    "pension": "no",
    "structural_pension": "no",
    "incapacity_pension": "no",
}


def ask(client: Client, answers: dict, address: str = ADDRESS, **headers: str) -> str:
    response = client.post(address, answers, headers=headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_anybody_is_asked_eight_questions(client: Client, db: None):
    page = client.get(ADDRESS).content.decode()
    assert len(QUESTIONS) == 8
    for question in QUESTIONS:
        assert question.text in page


def test_who_belongs_and_is_not_excluded_may_come_to_both(client: Client):
    page = ask(client, {"groups": ["1"], **NOTHING_EXCLUDES})
    assert page.count("nic nie wyłącza udziału") == 2


def test_incapacity_keeps_out_of_a_cis_and_not_of_a_kis(client: Client):
    page = ask(client, {"groups": ["8"], **NOTHING_EXCLUDES, "incapacity_pension": "yes"})
    assert "Prawo do renty z tytułu niezdolności do pracy wyłącza udział." in page
    assert "art. 1 ust. 3 i 3a" in page
    assert page.count("nic nie wyłącza udziału") == 1


def test_who_may_be_unemployed_for_long_is_checked_with_pup(client: Client):
    page = ask(client, {"groups": ["1"], **NOTHING_EXCLUDES, "long_unemployed": ""})
    assert "Zapytaj PUP" in page
    assert "sprawdź z PUP" in page


def test_pup_is_named_only_where_it_has_to_be_asked(client: Client):
    """Who is known to be unemployed for long comes by PUP; what ZUS knows is not asked of PUP."""
    known = ask(client, {"groups": ["1"], **NOTHING_EXCLUDES, "long_unemployed": "yes"})
    assert "tak, przez PUP" in known
    open_ = ask(client, {"groups": ["1"], **NOTHING_EXCLUDES, "pension": ""})
    assert "zapytaj ZUS albo KRUS" in open_
    assert "sprawdź z PUP" not in known + open_


def test_an_answer_is_drawn_in_place(client: Client):
    part = ask(client, {"groups": ["1"], **NOTHING_EXCLUDES}, **{"HX-Request": "true"})
    assert "<html" not in part
    assert 'class="verdict"' in part


def test_what_cannot_be_read_is_no_answer_and_no_error_of_the_server(client: Client):
    page = ask(client, {"groups": ["77", "x"], "pension": "perhaps"})
    assert "Wybierz" in page


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def test_nothing_of_the_answers_stays(client: Client, caplog: pytest.LogCaptureFixture, world: World):
    before = _rows()
    with caplog.at_level(logging.DEBUG):
        ask(client, {"groups": ["2"], **NOTHING_EXCLUDES, "pension": "yes"})
    assert _rows() == before
    assert not Session.objects.exists()
    assert set(client.cookies) <= {"csrftoken", "__Host-csrftoken"}
    assert "pension" not in caplog.text
    assert "groups" not in caplog.text


def test_the_answer_is_kept_by_no_cache(client: Client):
    response = client.post(ADDRESS, {"groups": ["2"]})
    assert response.headers["Cache-Control"] == "no-store"


def test_answers_in_the_address_are_not_read(client: Client):
    page = client.get(f"{ADDRESS}?groups=1&pension=yes").content.decode()
    assert "checked" not in page
