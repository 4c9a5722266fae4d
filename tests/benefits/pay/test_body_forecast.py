"""The first payment for whoever refers: the same as the unit's own, and nothing else of the unit."""

import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from benefits.models import PaymentTerms
from benefits.queries.forecast import first_payments, told_payments, told_terms
from benefits.services import pay as services
from benefits.services.terms import tell_terms
from participants.models import PlaceOffer
from participants.services.referrals import accept, receive, refuse, study
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.law.services import confirm_reading, propose_reading
from tests.benefits.test_basis import chosen
from tests.cast import World, sign_in
from tests.participants.portal.made import sent
from tests.participants.portal.test_links import entered, inside, issued
from tests.participants.referrals.test_course import begun

pytestmark = pytest.mark.django_db
PAGE = "benefits:body_forecast"
START = date(2026, 11, 24)


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def asked(unit: UUID, day: str = "24.11.2026") -> str:
    return f"?unit={unit}&start={day}&pit2=yes"


@pytest.fixture
def told(world: World) -> World:
    """A unit that chose its rounding and pays by the fifth."""
    with world.scope("cis", "ewa"):
        chosen(world, "rate_rounding", "exact")
        services.save_settings(payment_day=5)
    return world


def test_a_body_counts_what_the_unit_counts(told: World):
    with told.scope("cis", "ewa"):
        own = first_payments(START, pit2=True)
    with told.scope("ops", "zofia"):
        terms = told_terms([told.cis.pk])[told.cis.pk]
        assert told_payments(terms, START, pit2=True) == own
    assert own[0].paid_by == date(2026, 12, 5)


def test_each_month_is_counted_by_the_reading_of_its_time(told: World):
    with told.scope("cis", "ewa"):
        today, since = clock.today(), Month.of(clock.today()).next
        made = propose_reading(
            key="payout_rounding", value="up10", since=since, by=told.people["ewa"].pk, today=today
        )
    with told.scope("cis", "celina"):
        confirm_reading(pk=made.pk, by=told.people["celina"].pk, today=today)
    begun = [since.first + timedelta(days=8), since.previous.first + timedelta(days=8)]
    with told.scope("cis", "ewa"):
        own = [first_payments(day, pit2=True) for day in begun]
    with told.scope("ops", "zofia"):
        terms = told_terms([told.cis.pk])[told.cis.pk]
        assert [told_payments(terms, day, pit2=True) for day in begun] == own
    (rounded, later), (exact, typical) = ([one.benefit for one in payments] for payments in own)
    assert rounded * 10 % 1 == 0 != exact * 10 % 1
    # The typical month of somebody who begins before the change is counted by the new reading.
    assert later == typical


def test_who_tells_nothing_is_not_counted_for(world: World, client: Client):
    with world.scope("cis", "ewa"):
        services.save_settings(payment_day=5, told=False)
        # A reading that comes later does not show what the unit hid.
        chosen(world, "rate_rounding", "exact")
        tell_terms()
    with world.scope("ops", "zofia"):
        assert told_terms([world.cis.pk]) == {}
    sign_in(client, world.people["zofia"])
    assert "nie podał jeszcze" in text(client, reverse(PAGE))


def test_a_club_tells_nothing(world: World):
    with world.scope("kis", "bozena"):
        assert tell_terms() is None
        assert not PaymentTerms.objects.exists()


def test_before_the_rounding_is_chosen_nothing_is_promised(world: World, client: Client):
    with world.scope("cis", "ewa"):
        services.save_settings(payment_day=5)
    referral = sent(world)
    sign_in(client, world.people["zofia"])
    assert "Nie można jeszcze policzyć" in text(client, reverse(PAGE) + asked(world.cis.pk))
    assert "Pierwsza wypłata" not in rail(client, referral)
    with world.scope("ops", "zofia"), pytest.raises(InputError):
        told_payments(told_terms([world.cis.pk])[world.cis.pk], START, pit2=True)


def rail(client: Client, referral: Any) -> str:
    return text(client, reverse("participants:own_referral", args=[referral.pk])).split('class="rail"')[1]


def test_the_referral_says_when_and_how_much(told: World, client: Client):
    soon = clock.today() + timedelta(days=40)
    with told.scope("cis", "ewa"):
        PlaceOffer.objects.create(
            title="kuchnia", places=2, published=True, starts_on=soon, updated_at=clock.now()
        )
        expected = first_payments(soon, pit2=True)
    referral = sent(told)
    sign_in(client, told.people["zofia"])
    panel = rail(client, referral)
    assert f"{expected[0].to_pay:.2f}".replace(".", ",")[-6:] in panel
    assert reverse("benefits:referral_forecast", args=[referral.pk]) in panel


def linked(world: World, referral: Any) -> str:
    """The page of the referral for whoever has the link and its code."""
    address, code = issued(world, purpose="follow", referral_id=referral.pk)
    return text(inside(address, code), address)


def test_the_link_says_the_same_as_the_account_until_classes_begin(told: World, client: Client):
    referral = entered(told)
    with told.scope("cis", "ewa"):
        expected = first_payments(clock.today(), pit2=True)
    page = linked(told, referral)
    assert "Pierwsza wypłata" in page
    assert f"{expected[0].to_pay:.2f}".replace(".", ",")[-6:] in page
    # To count otherwise takes an account.
    assert "Policz inaczej" not in page
    with told.scope("cis", "anna"):
        study(referral_id=referral.pk)
        begun(accept(referral_id=referral.pk), clock.today())
    assert "Pierwsza wypłata" not in linked(told, referral)


def test_the_link_of_a_unit_that_tells_nothing_says_nothing(told: World):
    with told.scope("cis", "ewa"):
        services.save_settings(payment_day=5, told=False)
    assert "Pierwsza wypłata" not in linked(told, entered(told))


def test_a_refused_referral_forecasts_nothing(told: World, client: Client):
    referral = sent(told)
    sign_in(client, told.people["zofia"])
    assert "Pierwsza wypłata" in rail(client, referral)
    with told.scope("cis", "anna"):
        receive(referral_id=referral.pk)
        refuse(referral_id=referral.pk, reason="no_places", text="Brak miejsc.")
    assert "Pierwsza wypłata" not in rail(client, referral)


def test_the_page_and_its_card_say_the_same(told: World, client: Client):
    referral = sent(told)
    sign_in(client, told.people["zofia"])
    url = reverse("benefits:referral_forecast", args=[referral.pk])
    page = text(client, url + asked(told.cis.pk))
    assert "499,49 zł" in page
    assert "5.12.2026" in page
    card = client.get(f"{url}druk/{asked(told.cis.pk)}&jezyk=uk")
    said = " ".join(one.extract_text() for one in PdfReader(BytesIO(b"".join(card))).pages)
    said = said.replace("\u00a0", " ")
    assert "499,49 злотих" in said
    assert str(referral) in said
    assert str(referral.unit) in said


BESIDE = "&help_now=1%C2%A0000,00&help_then=200&insured=none"


def test_what_the_ops_gives_and_the_days_without_a_doctor_stand_beside_it(told: World, client: Client):
    referral = sent(told)
    sign_in(client, told.people["zofia"])
    url = reverse("benefits:referral_forecast", args=[referral.pk])
    page = text(client, url + asked(told.cis.pk) + BESIDE)
    for said in ("1 000,00 zł", "2 340,68 zł", "1 340,68 zł", "Luka:", "25.12.2026"):
        assert said in page, said
    # The card asks the same: its address carries what was typed.
    (card,) = [one for one in re.findall(r'href="([^"]+)"', page) if one.endswith("jezyk=pl")]
    said = " ".join(
        one.extract_text() for one in PdfReader(BytesIO(b"".join(client.get(unescape(card))))).pages
    )
    said = " ".join(said.replace("\u00a0", " ").split())
    assert "2 340,68 zł" in said
    assert "program: zgłasza OPS 25.12.2026" in said


def test_what_is_unknown_is_said_to_be(told: World, client: Client):
    sign_in(client, told.people["zofia"])
    page = text(client, reverse(PAGE) + asked(told.cis.pk) + "&help_now=1000")
    assert "nie wpisano" in page
    assert "Nie wiadomo, czy osoba jest ubezpieczona" in page
    assert "Wpisz, do kiedy jest decyzja" in text(
        client, reverse(PAGE) + asked(told.cis.pk) + "&insured=decision"
    )


def test_without_a_referral_the_card_has_no_name(told: World, client: Client):
    sign_in(client, told.people["zofia"])
    assert reverse(PAGE) in text(client, reverse("participants:own_referral_new"))
    card = client.get(f"{reverse(PAGE)}druk/{asked(told.cis.pk)}")
    assert card["Content-Type"] == "application/pdf"
    refused = client.get(f"{reverse(PAGE)}druk/{asked(told.cis.pk, 'kiedys')}")
    assert refused.status_code == 302
    assert "Wpisz dzień, miesiąc i rok" in text(client, refused["Location"])
