"""The list of participants costs the same for ten persons and for ten thousand."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World, known_world, sign_in

URL = reverse("participants:list")
MOST = 8
TRANSACTION = ("BEGIN", "SELECT set_config(", "COMMIT")

# Straight into the tables, as a restored backup would be: no triggers, and the planner knows the sizes.
ROWS = """
WITH made AS (
    INSERT INTO participants_person (id, unit_id, first_name, second_name, last_name, pesel, no_pesel,
        document_kind, document_number, sex, citizenship, language, marital_status, street, postcode, town,
        gmina, mail_address, phone, email, contact_person, education, qualifications, last_work, household,
        made_at)
    SELECT gen_random_uuid(), %(unit)s, 'Ada', '', 'Osoba ' || n, '', 'unknown', '', '', 'F', 'PL', 'pl', '',
        '', '', '', '', '', '', '', '', '', '', '', '', now()
    FROM generate_series(1, %(count)s) AS n
    RETURNING id
), files AS (
    INSERT INTO participants_participation (id, unit_id, person_id, number, opened_on, end_reason, end_note,
        destination, reopen_reason)
    SELECT gen_random_uuid(), %(unit)s, id, id::text, '2026-03-01', '', '', '', ''
    FROM made RETURNING id, person_id
)
INSERT INTO participants_period (id, unit_id, participation_id, person_id, kind, since, until)
SELECT gen_random_uuid(), %(unit)s, files.id, files.person_id, kind, since::date, until::date
FROM files, (VALUES ('trial', '2026-03-09', '2026-04-08'), ('main', '2026-04-09', '2027-03-08'))
    AS spans (kind, since, until)
"""


def _fill(as_role: Any, world: World, count: int) -> None:
    server = as_role("postgres")
    server.execute("SET session_replication_role = replica")
    server.execute(ROWS, {"unit": world.cis.pk, "count": count})
    server.execute("ANALYZE participants_person, participants_participation, participants_period")


def _asked(client: Client, **query: str) -> list[str]:
    """Every statement of one request, from the session to the event; a transaction's own ends aside."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(URL, query)
    assert answer.status_code == 200
    assert len(answer.context["rows"]) in {10, 50}
    return [one["sql"] for one in caught if not one["sql"].startswith(TRANSACTION)]


def _seen(as_role: Any) -> tuple[list[str], list[str], Client]:
    """What the list asks for ten persons and for ten thousand."""
    world = known_world()
    client = Client()
    sign_in(client, world.people["anna"])
    _fill(as_role, world, 10)
    few = _asked(client)
    _fill(as_role, world, 9_990)
    return few, _asked(client), client


def test_the_list_of_ten_thousand_persons_takes_eight_queries(committed_db: str, as_role: Any) -> None:
    """With all that the rooms above put into it."""
    few, many, client = _seen(as_role)
    assert len(few) == len(many) <= MOST
    for query in ({"sort": "-stage"}, {"etap": "main", "braki": "0"}, {"uwaga": "kontakt", "page": "7"}):
        assert len(_asked(client, **query)) <= MOST
