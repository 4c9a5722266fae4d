"""What stands in a log cannot be erased with its person, so it names no address."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import World, sign_in

ROOT = Path(__file__).resolve().parents[2]
NAME = "ĆwirekZDziennika"


def test_a_name_that_was_looked_for_is_in_no_log(
    world: World, client: Client, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")
    sign_in(client, world.people["ewa"], world.cis.pk)
    assert client.get(reverse("administration:staff_list"), {"nazwisko": NAME}).status_code == 200
    assert "Ćwirek" not in caplog.text
    assert "GET /ustawienia/kadra/ 200" in caplog.text


@pytest.mark.django_db
def test_the_secret_of_an_address_is_in_no_log(client: Client, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    secret = "tajemnica-zaproszenia"
    client.get(reverse("accounts:invitation_link", args=[secret]))
    assert client.get(f"/{secret}/").status_code == 404
    assert secret not in caplog.text
    assert "GET /zaproszenie/<str:token>/" in caplog.text
    assert "Not Found: (no such address)" in caplog.text


@pytest.mark.parametrize("file", ["docker-compose.yml", "reintegration/ops/run.py", "Dockerfile"])
def test_the_web_server_keeps_no_log_of_addresses(file: str):
    assert "--access-log" not in (ROOT / file).read_text()
