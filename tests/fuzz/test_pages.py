"""Every page with everything that is sent to it; what is tried stands beside, each in a module."""

import pytest

from tests.cast import World
from tests.fuzz.addresses import a_malformed_key_leads_nowhere, no_query_breaks_a_page
from tests.fuzz.files import fields_take_none_but_good_files
from tests.fuzz.pages import PAGES, Visit
from tests.fuzz.test_bodies import ids_reach_nothing_of_a_stranger
from tests.fuzz.test_doubled import a_second_post_leaves_nothing
from tests.fuzz.test_forms import forms_refuse_calmly
from tests.fuzz.test_methods import its_head_is_the_page_without_its_body
from tests.walls.routes import Route

# To come to a page takes as long as to try one of these, so they are tried one after the other.
CHECKS = (
    its_head_is_the_page_without_its_body,
    no_query_breaks_a_page,
    a_malformed_key_leads_nowhere,
    ids_reach_nothing_of_a_stranger,
    fields_take_none_but_good_files,
    a_second_post_leaves_nothing,
    forms_refuse_calmly,
)


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_page_stands_whatever_is_sent(route: Route, world: World):
    visit = Visit(world, route)
    wrong = []
    for check in CHECKS:
        with visit.taken_back():
            wrong += [f"{check.__name__}: {one}" for one in check(visit)]
    assert not wrong, "\n".join(wrong)
