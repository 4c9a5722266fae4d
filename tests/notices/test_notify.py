"""Who is told, once, and what reaches the mail."""

from datetime import date

import pytest
from django.core import mail
from django.db import transaction

from reintegration.jobs.worker import drain
from reintegration.notices.models import Mail, Notice
from reintegration.notices.services import UnsafeLink, notify, set_preferences, write_to
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from tests.cast import World
from tests.notices import kinds

pytestmark = pytest.mark.django_db


def _tell(world: World, kind: str = "test.usual", **more: object) -> list[Notice]:
    with world.scope("cis", "anna"):
        return notify(kind=kind, **more)  # type: ignore[arg-type]


def test_without_names_those_who_hold_the_kinds_roles_here_are_told(world):
    told = _tell(world)
    assert [notice.recipient_id for notice in told] == [world.people["ewa"].pk]


def test_roles_can_be_named(world):
    told = _tell(world, roles={Role.ACCOUNTANT})
    assert [notice.recipient_id for notice in told] == [world.people["celina"].pk]


def test_the_mail_says_what_the_registry_says_and_names_nobody(world):
    _tell(
        world, title="Skierowanie: Krystyna Wrzos", text="Krystyna Wrzos, Modrzewno", link="/skierowania/7/"
    )
    drain()
    message = mail.outbox[0]
    assert message.to == ["ewa@cis.example"]
    assert message.subject == "Reintegra: Nowe skierowanie"
    whole = message.message().as_string() + message.body
    assert "Krystyna" not in whole
    assert "/skierowania/7/" in message.body
    assert message.alternatives[0].mimetype == "text/html"


def test_the_same_key_tells_and_mails_once(world):
    first, second = _tell(world, key="7"), _tell(world, key="7")
    drain()
    assert (len(first), len(second), len(mail.outbox)) == (1, 0, 1)


def test_a_notice_of_a_transaction_that_rolled_back_is_never_mailed(world):
    with world.scope("cis"):
        notify(kind="test.usual")
        transaction.set_rollback(True)
    drain()
    assert mail.outbox == []


@pytest.mark.parametrize(("kind", "mails"), [("test.quiet", 0), ("test.desk", 0), ("test.mandatory", 1)])
def test_the_kind_says_whether_it_goes_by_mail(world, kind, mails):
    _tell(world, kind, to=[world.people["anna"]])
    drain()
    assert len(mail.outbox) == mails


def test_a_person_chooses_what_comes_by_mail(world):
    anna = world.people["anna"]
    with world.scope("cis", "anna"):
        set_preferences(person_id=anna.pk, wishes={"test.usual": False, "test.quiet": True})
    _tell(world, "test.usual", to=[anna])
    _tell(world, "test.quiet", to=[anna])
    drain()
    assert [message.subject for message in mail.outbox] == ["Reintegra: Drobna rzecz"]


def test_a_mandatory_kind_cannot_be_switched_off(world):
    ewa = world.people["ewa"]
    with world.scope("cis", "ewa"):
        set_preferences(person_id=ewa.pk, wishes={"test.mandatory": False})
    _tell(world, "test.mandatory")
    drain()
    assert len(mail.outbox) == 1


def test_a_leavers_mail_goes_to_the_manager(world):
    _tell(world, to=[world.people["anna"]])
    with world.scope("operator"):
        Membership.objects.filter(user=world.people["anna"]).update(until=date(2020, 6, 30))
    drain()
    assert mail.outbox[0].to == ["ewa@cis.example"]
    assert "nie pracuje już" in mail.outbox[0].body


def test_an_inactive_accounts_mail_goes_to_the_manager(world):
    _tell(world, to=[world.people["anna"]])
    with world.scope("operator"):
        world.people["anna"].is_active = False
        world.people["anna"].save()
    drain()
    assert mail.outbox[0].to == ["ewa@cis.example"]


def test_a_personal_mail_is_never_handed_on(world):
    _tell(world, "test.personal", to=[world.people["anna"]])
    with world.scope("operator"):
        Membership.objects.filter(user=world.people["anna"]).update(until=date(2020, 6, 30))
    drain()
    assert mail.outbox == []
    with world.scope("cis"):
        assert Mail.objects.get().state == "failed"


def test_somebody_without_an_account_gets_a_mail_and_is_forgotten_after_it(world):
    with world.scope("cis", "ewa"):
        write_to(kind="test.usual", address="nowa@example.org", link="/zaproszenie/abc/", key="1")
    drain()
    assert mail.outbox[0].to == ["nowa@example.org"]
    with world.scope("cis"):
        sent = Mail.objects.get()
        assert (sent.address, sent.link, sent.state) == (None, None, "sent")


@pytest.mark.parametrize(
    "link",
    ["https://zle.example", "//zle.example/", "/\\zle.example", "javascript:x()", "/a\r\nBcc: x"],
)
def test_a_link_that_leads_elsewhere_is_refused(world, link):
    with pytest.raises(UnsafeLink):
        _tell(world, link=link)


def test_an_address_with_a_line_break_is_refused_and_nothing_is_sent(world):
    with world.scope("cis"):
        write_to(kind="test.usual", address="a@example.org\nBcc: b@example.org", link="/", key="1")
    drain(most=1)
    assert mail.outbox == []


def test_the_organisations_name_is_escaped_in_the_html_part(world):
    with world.scope("operator"):
        world.cis.name = "CIS <script>alert(1)</script>"
        world.cis.save()
    _tell(world)
    drain()
    html = mail.outbox[0].alternatives[0].content
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_kinds_of_the_tests_are_those_the_tests_speak_of():
    assert kinds.USUAL.key == "test.usual"
