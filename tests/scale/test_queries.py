"""How many queries the main pages of a unit ask: no more than was said, and no more for more people."""

from typing import Any

import pytest

from reintegration.administration.generation.country import Country
from tests.scale.bench import PAGES, UNTIL, counts, made

# Of an average unit; a CIS has one and a half times as many.
FEW, MORE = 4, 12


@pytest.mark.process
@pytest.mark.refills
def test_a_page_asks_few_questions_and_no_more_for_more_people(django_db_setup: None, django_db_blocker: Any):
    with django_db_blocker.unblock():
        few, more = (counts(made(Country(1, 1, 1, people, UNTIL))) for people in (FEW, MORE))
    most = {page.name: page.most for page in PAGES}
    assert {name: asked for name, asked in more.items() if asked > most[name]} == {}
    assert {name: asked for name, asked in more.items() if asked > few[name]} == {}
