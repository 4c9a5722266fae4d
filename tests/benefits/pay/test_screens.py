"""The tab „Świadczenie”: who sees what, and the way from application to a person who can be paid."""

import pytest
from django.test import Client
from django.urls import reverse

from benefits.models import Grant, PayWay
from reintegration.core.formats import format_table_date
from tests.benefits.pay import made
from tests.cast import World, sign_in
from tests.participants.participations.made import TRIAL, candidate, in_classes

pytestmark = pytest.mark.django_db
FIRST = format_table_date(TRIAL)


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_the_way_from_an_application_to_a_payment(client: Client, world: World):
    with world.scope("cis", "ewa"):
        file = in_classes()
    url = reverse("benefits:pay", args=[file.pk])
    sign_in(client, world.people["ewa"])
    assert "Brakuje wniosku o świadczenie" in text(client, url)

    def send(name: str, key: object, data: dict[str, str]) -> None:
        answer = client.post(reverse(f"benefits:{name}", args=[key]), data)
        assert (answer.status_code, answer.url) == (302, url)

    send("grant_apply", file.pk, {"asked_on": FIRST})
    assert "czeka na decyzję kierownika" in text(client, url)
    with world.scope("cis", "ewa"):
        row = Grant.objects.get()
    send("grant_decide", row.pk, {"granted_from": FIRST, "decided_on": FIRST})
    send("pay_way", file.pk, {"since": FIRST, "method": "transfer", "account": made.ACCOUNT})
    send("tax_statement", file.pk, {"since": "03.2026", "pit2": "yes", "filed_on": FIRST})
    assert "Brakuje tytułu ubezpieczenia" in text(client, url)
    send("insurance_title_add", file.pk, {"kind": "benefit", "since": FIRST, "until": ""})
    page = text(client, url)
    assert "nie można jeszcze wypłacić" not in page
    assert "61 1090 1014 0000 0712 1981 2874" in page
    assert "brak zgłoszenia" in page


def test_who_leads_a_case_sees_the_standing_and_no_account(client: Client, world: World):
    with world.scope("cis", "ewa"):
        file = made.payable(in_classes())
    sign_in(client, world.people["anna"])
    page = text(client, reverse("benefits:pay", args=[file.pk]))
    assert "Przelew" in page
    assert "1090" not in page
    assert client.get(reverse("benefits:pay_way", args=[file.pk])).status_code == 403


def test_an_instructor_sees_no_money(client: Client, world: World):
    with world.scope("cis", "ewa"):
        file = in_classes()
    sign_in(client, world.people["tomasz"])
    assert client.get(reverse("benefits:pay", args=[file.pk])).status_code == 403
    assert "Świadczenie" not in text(client, reverse("participants:file", args=[file.pk]))


def test_a_club_has_no_such_tab(client: Client, world: World):
    with world.scope("kis", "bozena"):
        file = candidate()
    sign_in(client, world.people["bozena"])
    assert client.get(reverse("benefits:pay", args=[file.pk])).status_code == 404
    assert client.get(reverse("benefits:grant_apply", args=[file.pk])).status_code == 404
    assert "/swiadczenie/" not in text(client, reverse("participants:file", args=[file.pk]))


def test_a_wrong_account_is_told_at_its_field(client: Client, world: World):
    with world.scope("cis", "ewa"):
        file = in_classes()
    sign_in(client, world.people["celina"])
    wrong = {"since": FIRST, "method": "transfer", "account": made.ACCOUNT[:-1] + "5"}
    answer = client.post(reverse("benefits:pay_way", args=[file.pk]), wrong)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    with world.scope("cis", "ewa"):
        assert not PayWay.objects.exists()
