"""The page and the card of the first payment."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from benefits.explain.first_payment import FIRST_PAYMENT
from benefits.models import PaySettings
from tests.benefits.test_basis import chosen
from tests.cast import World, sign_in
from tests.participants.participations.made import candidate

pytestmark = pytest.mark.django_db
ASKED = "?start=24.11.2026&pit2=yes"


@pytest.fixture
def url(world: World, client: Client) -> str:
    with world.scope("cis", "ewa"):
        chosen(world, "rate_rounding", "exact")
        file = candidate()
    sign_in(client, world.people["anna"])
    return reverse("benefits:first_payment", args=[file.pk])


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_whoever_leads_the_case_shows_it_before_signing(client: Client, url: str):
    page = text(client, url + ASKED)
    assert "499,49 zł" in page
    assert "7 z 30" in page
    assert "2 140,68 zł" in page
    assert "10.12.2026" in page


def test_a_day_that_is_none_is_told_at_its_field(client: Client, url: str):
    page = text(client, f"{url}?start=kiedys&pit2=yes")
    assert "Wpisz dzień, miesiąc i rok" in page
    assert "Karta do domu" not in page


@pytest.mark.parametrize(
    ("language", "amounts"),
    [
        ("pl", ("499,49 zł", "2 140,68 zł")),
        ("uk", ("499,49 злотих", "2 140,68 злотих")),
        ("en", ("PLN 499.49", "PLN 2,140.68")),
    ],
)
def test_the_card_says_the_same_in_three_languages(
    client: Client, url: str, language: str, amounts: tuple[str, str]
):
    answer = client.get(f"{url}druk/{ASKED}&jezyk={language}")
    card = PdfReader(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    said = " ".join(page.extract_text() for page in card.pages).replace("\u00a0", " ")
    assert FIRST_PAYMENT[language]["title"] in said
    assert all(amount in said for amount in amounts)
    assert "10.12.2026" in said


def test_every_language_has_every_word():
    names = {language: set(words) for language, words in FIRST_PAYMENT.items()}
    assert names.keys() == {"pl", "uk", "en"}
    assert names["pl"] == names["uk"] == names["en"]


def test_before_the_rounding_is_chosen_nothing_is_promised(client: Client, world: World):
    with world.scope("cis", "ewa"):
        file = candidate()
    sign_in(client, world.people["anna"])
    page = text(client, reverse("benefits:first_payment", args=[file.pk]) + ASKED)
    assert "Nie można jeszcze policzyć" in page
    assert "zł</b>" not in page


def test_the_manager_says_until_which_day_the_unit_pays(client: Client, world: World, url: str):
    sign_in(client, world.people["ewa"])
    settings = reverse("benefits:pay_settings")
    assert "Wpisz 28 albo mniej" in client.post(settings, {"payment_day": "31"}).content.decode()
    assert client.post(settings, {"payment_day": "5"}).status_code == 302
    with world.scope("cis", "ewa"):
        assert PaySettings.objects.get().payment_day == 5
    assert "5.12.2026" in text(client, url + ASKED)


def test_a_club_promises_no_money(client: Client, world: World):
    with world.scope("kis", "bozena"):
        file = candidate()
    sign_in(client, world.people["bozena"])
    assert client.get(reverse("benefits:first_payment", args=[file.pk])).status_code == 404
    assert client.get(reverse("benefits:pay_settings")).status_code == 404
    assert "Do którego dnia wypłacacie" not in client.get(reverse("administration:settings")).content.decode()
