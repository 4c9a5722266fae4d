"""The same file read in twice at once: threads and real commits."""

import pytest

from ipzs.services import imports
from participants.models import Participation, Person
from tests.cast import World, known_world
from tests.ipzs.attendance.test_races import together
from tests.ipzs.imports.made import OPENING_HEADINGS, TEXT, as_csv
from tests.ipzs.imports.test_openings import person


@pytest.fixture
def people(committed_db: str) -> World:
    return known_world()


def test_the_same_persons_without_pesel_brought_twice_at_once_are_there_once(people: World) -> None:
    line = person(first_name="Adam", last_name="Modrzew", sex="M", birth_date="1.02.1980")
    content = as_csv(OPENING_HEADINGS, [line])

    def bring() -> int:
        with people.scope("cis", "ewa"):
            return imports.run(kind=imports.OPENINGS, content=content, media_type=TEXT).fresh

    assert sorted(together(bring, bring)) == [0, 1]
    with people.scope("cis", "ewa"):
        assert Person.objects.filter(last_name="Modrzew").count() == 1
        assert Participation.objects.filter(person__last_name="Modrzew").count() == 1
