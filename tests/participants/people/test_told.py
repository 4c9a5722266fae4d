"""What a sender wrote of income, obstacles and care is at hand when the person's page is filled in."""

import pytest
from django.urls import reverse

from participants.models import Person, Referral
from reintegration.core import clock
from tests.cast import World
from tests.participants.people.test_screens import signed_in, text_of
from tests.participants.referrals.made import SITUATION, TODAY, in_state, sent

NEEDS = {
    **SITUATION,
    "help": ["maintenance"],
    "help_note": "Zasiłek z gminy do marca.",
    "barriers_note": "Autobus jeździ dwa razy dziennie.",
    "care": ["child_care"],
    "care_note": "Córka wraca ze szkoły o trzynastej.",
}


@pytest.fixture
def accepted(world: World) -> tuple[Person, Referral]:
    with clock.frozen(TODAY):
        referral = sent(world, situation=NEEDS)
        with world.scope("cis", "anna"):
            in_state("accepted", referral)
            return Person.objects.get(), referral


def test_the_senders_words_stand_on_the_page_with_their_source(world: World, accepted: tuple):
    person, referral = accepted
    page = text_of(signed_in(world, "anna").get(reverse("participants:person", args=[person.pk])))
    said = page.partition('id="kierowanie-1"')[2]
    for words in ("Zasiłek z gminy do marca.", "Autobus jeździ", "Córka wraca", "alimenty"):
        assert words in said
    assert referral.sender_name in said
    assert str(referral.pk) in said
    # What tells of groups stays covered here.
    assert "noclegowni" not in page


@pytest.mark.parametrize("person", ["tomasz", "olga", "rafal"])
def test_who_does_not_lead_the_case_reads_none_of_it(world: World, accepted: tuple, person: str):
    found, _ = accepted
    page = text_of(signed_in(world, person).get(reverse("participants:person", args=[found.pk])))
    assert "Z kierowania" not in page
    assert "Zasiłek z gminy" not in page
