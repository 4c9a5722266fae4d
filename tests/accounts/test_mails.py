"""Mails about accounts are stored with what they tell of, and leave through a job."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from reintegration.accounts import mails
from reintegration.notices.models import Mail
from tests.accounts.helpers import link_in
from tests.cast import World, sign_in

pytestmark = pytest.mark.django_db


def test_an_invitation_is_stored_as_a_mail_with_its_link_encrypted(
    client: Client, world: World, stored_mails: None, as_role: Any
):
    sign_in(client, world.people["ewa"], world.cis.pk)
    data = {"email": "nowa@nowymost.example", "roles": ["instructor"], "since": "1.1.2026", "until": ""}
    assert client.post(reverse("accounts:invite"), data).status_code == 302
    with world.scope("cis"):
        stored = Mail.objects.get(kind=mails.INVITATION.key)
        assert stored.address == "nowa@nowymost.example"
        assert stored.link.startswith("/zaproszenie/")
    assert mail.outbox == []


def test_asking_for_a_password_stores_a_mail_of_the_operator(
    client: Client, world: World, stored_mails: None, settings: Any
):
    settings.RESET_ANSWERS_AFTER = 0
    client.post(reverse("account_reset_password"), {"email": world.people["anna"].email})
    with world.scope("operator"):
        assert Mail.objects.get().kind == mails.NEW_PASSWORD.key


def test_links_of_mails_lead_to_the_configured_address_whatever_host_was_asked(
    client: Client, world: World, settings: Any, django_capture_on_commit_callbacks: Any
):
    settings.RESET_ANSWERS_AFTER = 0
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://reintegra.example"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("account_reset_password"),
            {"email": world.people["anna"].email},
            headers={"Host": "zly.example"},
        )
    assert "https://reintegra.example/haslo/link/" in mail.outbox[-1].body
    assert link_in(mail.outbox[-1]).startswith("/haslo/link/")


@pytest.mark.parametrize("kind", mails.KINDS, ids=lambda kind: kind.key)
def test_no_mail_has_a_place_for_a_name(kind: mails.Kind):
    assert "{" not in kind.title + kind.lead
    assert "%" not in kind.title + kind.lead
