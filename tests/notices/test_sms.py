"""A text message is sent once, or nobody pretends to know: against a real gateway that misbehaves."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.test import Client

from reintegration.jobs.enums import JobState
from reintegration.jobs.models import Job
from reintegration.jobs.worker import drain
from reintegration.notices.enums import MailState
from reintegration.notices.models import DeskTask, Mail
from reintegration.notices.postman import NotDelivered
from reintegration.notices.services import text_to
from reintegration.notices.sms import hand_over, text_sender
from tests.cast import World, sign_in
from tests.notices.sms_sink import Gateway, sms_sink, use

PHONE, CODE = "+48600100200", "123456789"


@pytest.fixture
def gateway(request: pytest.FixtureRequest, settings: Any) -> Iterator[Gateway]:
    with sms_sink(getattr(request, "param", "")) as found:
        use(settings, found.port)
        yield found


def promised(world: World) -> None:
    with world.scope("cis", "anna"):
        for _ in range(2):
            text_to(kind="test.text", key="1")
    drain()


def state(world: World) -> MailState:
    with world.scope("cis"):
        return MailState(Mail.objects.get().state)


def run_again() -> None:
    Job.objects.filter(state=JobState.QUEUED).update(run_at=Now())
    drain()


def operators_tasks(world: World) -> list[str]:
    with world.scope("operator"):
        return list(DeskTask.objects.filter(settled_at__isnull=True).values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_gateway_that_takes_a_message_gets_it_once(world: World, gateway: Gateway) -> None:
    promised(world)
    run_again()
    (form,) = gateway.taken
    assert (form["to"], form["message"], form["from"]) == ("48600100200", "Na próbę: 1.", "Kontakt")
    assert gateway.tokens == ["Bearer tajne"]
    assert state(world) is MailState.SENT
    with world.scope("cis"):
        row = Mail.objects.get()
        assert (row.address, row.link, form["idx"]) == (None, None, str(row.pk))
        with pytest.raises(IntegrityError, match="mail_text_names_nobody"), transaction.atomic():
            Mail.objects.update(recipient=world.people["anna"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "gateway",
    ["fails", "hangs", "drips", "accepts then closes", "mumbles", "breaks inside"],
    indirect=True,
)
def test_of_what_it_took_without_an_answer_a_person_decides(world: World, gateway: Gateway) -> None:
    promised(world)
    gateway.fault = ""
    gateway.release.set()
    run_again()
    assert state(world) is MailState.UNCLEAR
    assert len(gateway.taken) == 1
    assert operators_tasks(world) == ["notices.mail_unclear"]
    client = Client()
    sign_in(client, world.people["operator"])
    with world.scope("operator"):
        link = DeskTask.objects.get().link
    assert "Na próbę" in client.get(link).content.decode()
    assert client.post(link, {"decision": "resend"}).status_code == 302
    drain()
    assert len(gateway.taken) == 2
    assert len({form["idx"] for form in gateway.taken}) == 1
    assert state(world) is MailState.SENT


@pytest.mark.django_db
@pytest.mark.parametrize("gateway", ["busy"], indirect=True)
def test_a_busy_gateway_is_asked_again_later(world: World, gateway: Gateway) -> None:
    promised(world)
    assert state(world) is MailState.QUEUED
    gateway.fault = ""
    run_again()
    assert state(world) is MailState.SENT


@pytest.mark.django_db
def test_a_gateway_that_is_away_is_asked_again_later(world: World, settings: Any) -> None:
    use(settings, 1)
    promised(world)
    assert state(world) is MailState.QUEUED


@pytest.mark.django_db
@pytest.mark.parametrize("gateway", ["refuses", "refuses politely", "leads elsewhere"], indirect=True)
def test_a_refusal_is_told_without_the_number(world: World, gateway: Gateway) -> None:
    promised(world)
    run_again()
    assert state(world) is MailState.FAILED
    assert operators_tasks(world) == ["notices.mail_failed"]
    with world.scope("cis"):
        told = Mail.objects.get().error
    assert told.startswith("Bramka SMS nie przyjęła wiadomości (")
    assert "600" not in told
    assert len(gateway.taken) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("gateway", ["took it before"], indirect=True)
def test_what_it_took_before_was_sent(world: World, gateway: Gateway) -> None:
    promised(world)
    assert state(world) is MailState.SENT


@pytest.mark.django_db
def test_what_is_not_wanted_any_more_does_not_go_and_bothers_no_operator(
    world: World, gateway: Gateway
) -> None:
    with world.scope("cis", "anna"):
        text_to(kind="test.text", key="unwanted")
    drain()
    assert state(world) is MailState.FAILED
    assert gateway.taken == []
    assert operators_tasks(world) == []


def test_a_gateway_that_cannot_prove_its_name_gets_nothing(settings: Any, tmp_path: Path) -> None:
    with sms_sink(tls=_unknown(tmp_path)) as found:
        use(settings, found.port, "https")
        with pytest.raises(NotDelivered, match="SSLCertVerificationError"):
            text_sender().send(phone=PHONE, words="Próba", key="1")
    assert found.taken == []


def _unknown(folder: Path) -> ssl.SSLContext:
    """A certificate for the right address, by nobody."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(tz=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


# Codes


def test_by_default_staff_hand_the_code_over() -> None:
    found = hand_over(phone="", code=CODE, key="1")
    assert not found.sent
    assert found.code_to_show == "123 456 789"
    assert "osobiście" in found.instruction
    assert "przez telefon" in hand_over(phone=PHONE, code=CODE, key="1").instruction


def test_a_code_goes_by_the_gateway_and_stands_on_no_screen(gateway: Gateway) -> None:
    found = hand_over(phone=PHONE, code=CODE, key="1")
    assert (found.sent, found.code_to_show) == (True, "")
    assert "123 456 789" in gateway.taken[0]["message"]


@pytest.mark.parametrize(
    ("gateway", "said"),
    [("refuses", "nie wyszedł"), ("fails", "Nie wiadomo"), ("hangs", "Nie wiadomo"), ("busy", "nie wyszedł")],
    indirect=["gateway"],
)
def test_a_code_that_may_not_have_come_is_said_by_a_person(gateway: Gateway, said: str) -> None:
    found = hand_over(phone=PHONE, code=CODE, key="1")
    assert said in found.instruction
    assert found.code_to_show == "123 456 789"
