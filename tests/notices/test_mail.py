"""A mail is sent once, or nobody pretends to know: against a real server that misbehaves."""

from collections.abc import Iterator

import pytest
from django.core.mail import BadHeaderError, EmailMessage
from django.db.models.functions import Now

from reintegration.jobs.enums import JobState
from reintegration.jobs.models import Job
from reintegration.jobs.worker import drain, run_next
from reintegration.notices import postman
from reintegration.notices.enums import MailState
from reintegration.notices.models import DeskTask, Mail
from reintegration.notices.services import accept_mail, notify, resend_mail
from reintegration.notices.transitions import TABLE, Refused, Transition, turn
from reintegration.settings.mail import mail_server
from tests.cast import World
from tests.notices.smtp_sink import Sink, smtp_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(request: pytest.FixtureRequest, settings: object) -> Iterator[Sink]:
    with smtp_sink(getattr(request, "param", "")) as found:
        _use(settings, found.port)
        yield found


def _use(settings: object, port: int) -> None:
    server = mail_server(f"smtp://127.0.0.1:{port}?starttls=no")
    settings.EMAIL_BACKEND = server.backend
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = server.starttls, server.tls
    settings.EMAIL_TIMEOUT = 0.5


def _tell(world: World) -> Mail:
    with world.scope("cis", "anna"):
        notify(kind="test.usual")
        return Mail.objects.get()


def _state(world: World) -> MailState:
    with world.scope("cis"):
        return MailState(Mail.objects.get().state)


def _run_again() -> None:
    Job.objects.filter(state=JobState.QUEUED).update(run_at=Now())
    drain()


def _operators_tasks(world: World) -> list[str]:
    with world.scope("operator"):
        return list(DeskTask.objects.filter(settled_at__isnull=True).values_list("kind", flat=True))


def test_a_server_that_takes_a_mail_gets_it_once(world, sink):
    _tell(world)
    drain()
    _run_again()
    assert len(sink.messages) == 1
    assert sink.messages[0][1] == ["rcpt TO:<ewa@cis.example>"]
    assert "Reintegra: Nowe skierowanie" in sink.messages[0][2]
    assert _state(world) is MailState.SENT


@pytest.mark.parametrize("sink", ["busy", "hangs at once"], indirect=True)
def test_a_server_that_did_not_take_the_mail_is_asked_again_later(world, sink):
    _tell(world)
    drain()
    assert _state(world) is MailState.QUEUED
    sink.fault = ""
    sink.release.set()
    _run_again()
    assert len(sink.messages) == 1
    assert _state(world) is MailState.SENT


def test_a_server_that_is_away_is_asked_again_later(world, settings):
    _use(settings, 1)
    _tell(world)
    drain()
    assert _state(world) is MailState.QUEUED
    with smtp_sink() as back:
        _use(settings, back.port)
        _run_again()
        assert len(back.messages) == 1


@pytest.mark.parametrize("sink", ["refuses"], indirect=True)
def test_a_refusal_for_good_is_told_to_the_operator_without_the_address(world, sink):
    _tell(world)
    drain()
    _run_again()
    assert _state(world) is MailState.FAILED
    assert _operators_tasks(world) == ["notices.mail_failed"]
    with world.scope("cis"):
        assert Mail.objects.get().error == "Serwer poczty nie przyjął wiadomości (SMTP 550)."


@pytest.mark.parametrize("sink", ["refuses content"], indirect=True)
def test_a_refusal_of_the_content_is_an_answer(world, sink):
    _tell(world)
    drain()
    assert _state(world) is MailState.FAILED


@pytest.mark.parametrize("sink", ["dies after data", "hangs after data", "forgets"], indirect=True)
def test_after_a_silence_the_mail_is_never_sent_again_by_itself(world, sink):
    _tell(world)
    drain()
    sink.fault = ""
    sink.release.set()
    _run_again()
    assert _state(world) is MailState.UNCLEAR
    assert len(sink.messages) <= 1
    assert _operators_tasks(world) == ["notices.mail_unclear"]


@pytest.mark.parametrize("sink", ["dies after data"], indirect=True)
def test_control_with_djangos_backend_a_silence_ends_in_two_mails(world, sink, settings):
    """What the states are for: sending again after an error sends twice."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for _ in range(2):
        with pytest.raises(OSError, match="closed"):
            EmailMessage("a", "b", to=["ewa@cis.example"]).send()
    assert len(sink.messages) == 2


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_program_killed_while_sending_does_not_send_again(world, sink, monkeypatch, moment):
    class Killed(BaseException):
        """As SIGKILL: nothing after it runs."""

    real = postman.deliver

    def deliver(message: EmailMessage) -> None:
        if moment == "after":
            real(message)
        raise Killed

    monkeypatch.setattr(postman, "deliver", deliver)
    _tell(world)
    with pytest.raises(Killed):
        run_next()
    monkeypatch.undo()
    Job.objects.filter(state=JobState.RUNNING).update(leased_until=Now())
    drain()
    assert _state(world) is MailState.UNCLEAR
    assert len(sink.messages) == (1 if moment == "after" else 0)


@pytest.mark.parametrize("option", ["EMAIL_USE_TLS", "EMAIL_USE_SSL"])
def test_a_server_without_encryption_gets_nothing_when_it_is_demanded(world, sink, settings, option):
    setattr(settings, option, True)
    _tell(world)
    drain()
    assert _state(world) is MailState.QUEUED
    assert sink.messages == []


def test_a_header_with_a_line_break_is_refused_before_anything_is_opened(sink):
    message = EmailMessage("a\nBcc: zle@example.org", "b", to=["ewa@cis.example"])
    with pytest.raises(BadHeaderError):
        postman.SmtpBackend().send(message)
    assert sink.messages == []


def test_lines_that_begin_with_a_dot_arrive_whole(sink):
    message = EmailMessage("a", ".\n..\n.koniec\n", "reintegra@localhost", ["ewa@cis.example"])
    postman.SmtpBackend().send(message)
    assert sink.messages[0][2].endswith(".\r\n..\r\n.koniec\r\n")


@pytest.mark.parametrize("state", list(MailState))
@pytest.mark.parametrize("transition", list(Transition))
def test_only_the_transitions_of_the_table_are_possible(world, state, transition):
    mail = _tell(world)
    sources, to = TABLE[transition]
    with world.scope("cis"):
        sent = Now() if state is MailState.SENT else None
        Mail.objects.filter(pk=mail.pk).update(state=state, error="x", sent_at=sent)
        if state in sources:
            assert turn(transition, mail.pk, error="y").state == to
        else:
            with pytest.raises(Refused):
                turn(transition, mail.pk)


@pytest.mark.parametrize("sink", ["dies after data"], indirect=True)
def test_the_decision_of_a_person_sends_again_or_leaves_it(world, sink):
    mail = _tell(world)
    drain()
    sink.fault = ""
    with world.scope("cis"):
        resend_mail(mail_id=mail.pk)
    drain()
    assert _state(world) is MailState.SENT
    assert len(sink.messages) == 2
    with world.scope("cis"), pytest.raises(Refused):
        accept_mail(mail_id=mail.pk)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://ja:ha%40slo@poczta.example", ("poczta.example", 587, "ja", "ha@slo", True, False)),
        ("smtp://127.0.0.1:25?starttls=no", ("127.0.0.1", 25, "", "", False, False)),
        ("smtps://poczta.example", ("poczta.example", 465, "", "", False, True)),
    ],
)
def test_the_address_of_the_server_is_read(url, expected):
    found = mail_server(url)
    assert (found.host, found.port, found.user, found.password, found.starttls, found.tls) == expected


@pytest.mark.parametrize("url", ["http://x", "smtp://", "", "poczta.example"])
def test_an_address_that_names_no_server_is_refused(url):
    with pytest.raises(RuntimeError, match="EMAIL_URL"):
        mail_server(url)
