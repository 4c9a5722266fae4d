import threading
from datetime import UTC, datetime, timedelta

import pytest

from reintegration.core import clock, throttle
from reintegration.core.models import Throttle
from reintegration.core.throttle import allow, clean_up

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.mark.django_db
def test_attempts_over_the_limit_wait_for_the_end_of_the_window():
    with clock.frozen(START):
        answers = [allow("sign-in:anna", limit=3, per=QUARTER) for _ in range(3)]
    assert [(answer.ok, answer.remaining) for answer in answers] == [(True, 2), (True, 1), (True, 0)]
    with clock.frozen(START + timedelta(minutes=5)):
        refused = allow("sign-in:anna", limit=3, per=QUARTER)
        assert allow("sign-in:jan", limit=3, per=QUARTER).ok
    assert (refused.ok, refused.remaining, refused.retry_after) == (False, 0, timedelta(minutes=10))
    with clock.frozen(START + QUARTER):
        assert allow("sign-in:anna", limit=3, per=QUARTER).remaining == 2


@pytest.mark.django_db
def test_trying_on_does_not_make_the_wait_longer():
    with clock.frozen(START):
        for _ in range(10):
            last = allow("sign-in:anna", limit=3, per=QUARTER)
    assert last.retry_after == QUARTER
    assert Throttle.objects.get().hits == 4


@pytest.mark.django_db
def test_the_key_is_not_stored():
    allow("sign-in:anna@przyklad.pl", limit=3, per=QUARTER)
    assert "anna" not in Throttle.objects.get().key


@pytest.mark.django_db
def test_ended_windows_are_cleaned_up():
    with clock.frozen(START):
        allow("old", limit=3, per=QUARTER)
        allow("young", limit=3, per=2 * QUARTER)
    assert clean_up(now=START + QUARTER + timedelta(seconds=1)) == 1
    assert Throttle.objects.count() == 1


def test_a_limit_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        allow("x", limit=0, per=QUARTER)


READ_THEN_WRITE = """
WITH seen AS (SELECT hits, pg_sleep(0.002) FROM core_throttle WHERE key = %(key)s)
UPDATE core_throttle SET hits = seen.hits + 1 FROM seen WHERE key = %(key)s
RETURNING core_throttle.hits, until
"""


@pytest.mark.parametrize(("statement", "passed"), [(throttle._COUNT, 20), (READ_THEN_WRITE, None)])
def test_attempts_at_once_share_one_count(committed_db, as_role, statement, passed):
    """The control counts in two steps, and more attempts than allowed pass."""
    connections = [as_role("reintegra_app") for _ in range(6)]
    values = {"key": "shared", "now": START, "end": START + QUARTER, "limit": 20}
    if passed is None:
        connections[0].execute(
            "INSERT INTO core_throttle (key, hits, until) VALUES ('shared', 0, %s)", [START + QUARTER]
        )
    together = threading.Barrier(len(connections))
    hits = []

    def attempt(own):
        together.wait()
        hits.extend(own.execute(statement, values).fetchone()[0] for _ in range(10))

    threads = [threading.Thread(target=attempt, args=[own]) for own in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    allowed = sum(count <= 20 for count in hits)
    assert allowed == passed if passed else allowed > 20
