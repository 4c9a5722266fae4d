"""Numbers of papers: no gap, no double, and given back when the paper is not made."""

import threading
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import connections

from reintegration.documents import kinds
from reintegration.documents.models import Counter
from reintegration.documents.numbers import next_number
from reintegration.tenancy.scope import scope
from tests.cast import World, known_world

DAY = date(2026, 11, 20)
THREADS = 20


@pytest.fixture(autouse=True)
def _probe_series(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "SERIES", dict(kinds.SERIES))
    monkeypatch.setattr("reintegration.documents.numbers.SERIES", kinds.SERIES)
    kinds.series("PR", "próbna")
    kinds.series("CI", "ciągła", pattern="{number}/{series}")


@pytest.mark.django_db
def test_numbers_follow_each_other_within_a_year(world: World):
    with world.scope("cis", "ewa"):
        given = [next_number("PR", on=day) for day in (DAY, DAY, date(2027, 1, 2), DAY)]
        assert given == ["PR/1/2026", "PR/2/2026", "PR/1/2027", "PR/3/2026"]
        assert [next_number("CI", on=day) for day in (DAY, date(2027, 1, 2))] == ["1/CI", "2/CI"]


@pytest.mark.django_db
def test_each_organisation_counts_for_itself(world: World):
    for place in ("cis", "kis"):
        with world.scope(place):
            assert next_number("PR", on=DAY) == "PR/1/2026"


@pytest.mark.django_db
def test_a_series_that_nobody_declared_is_refused(world: World):
    with world.scope("cis"), pytest.raises(KeyError):
        next_number("XX", on=DAY)


def test_a_series_is_declared_well_or_not_at_all():
    for code, pattern in [("pr", "{number}"), ("PX", "{series}/{year}"), ("PX", "{number}/{name}")]:
        with pytest.raises(ValueError, match="series"):
            kinds.series(code, "zła", pattern=pattern)
    with pytest.raises(ValueError, match="twice"):
        kinds.series("PR", "druga")


class Undone(Exception):
    pass


def test_a_number_is_given_back_when_its_paper_is_not_made(committed_db: str):
    place = known_world().cis.pk

    def attempt(fail: bool) -> str:
        with scope(organisation_id=place, source="test"):
            number = next_number("PR", on=DAY)
            if fail:
                raise Undone
            return number

    assert attempt(False) == "PR/1/2026"
    for _ in range(3):
        with pytest.raises(Undone):
            attempt(True)
    assert attempt(False) == "PR/2/2026"


def careless(organisation_id: UUID) -> str:
    """How numbers are given without a lock: read the last, write the next."""
    found, _ = Counter.objects.get_or_create(series="PR", year=2026, defaults={"value": 0})
    together.wait(timeout=20)
    found.value += 1
    found.save()
    return f"PR/{found.value}/2026"


def careful(organisation_id: UUID) -> str:
    together.wait(timeout=20)
    return next_number("PR", on=DAY)


together = threading.Barrier(THREADS)


def race(place: UUID, give: Callable[[UUID], str]) -> list[str]:
    given: list[str] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with scope(organisation_id=place, source="test"):
                number = give(place)
            given.append(number)
        except BaseException as error:
            failed.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failed, failed
    return given


def test_twenty_at_once_get_twenty_numbers(committed_db: str):
    place = known_world().cis.pk
    given = race(place, careful)
    assert sorted(given, key=lambda text: int(text.split("/")[1])) == [
        f"PR/{number}/2026" for number in range(1, THREADS + 1)
    ]


def test_without_the_lock_the_same_twenty_get_doubles(committed_db: str):
    place = known_world().cis.pk
    with scope(organisation_id=place, source="test"):
        Counter.objects.create(series="PR", year=2026, value=0)
    assert len(set(race(place, careless))) < THREADS
