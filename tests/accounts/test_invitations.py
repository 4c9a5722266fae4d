"""The only way to an account: a link, for one address, one use, and seven days."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from reintegration.accounts import services
from reintegration.accounts.models import Invitation, User
from reintegration.audit.models import Change, Event
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from tests.accounts.helpers import code_now, enter, is_in, link_in, text_of, with_app
from tests.cast import World, sign_in

pytestmark = pytest.mark.django_db

NEW = "nowa@nowymost.example"
PASSWORD = "Siedem gwizdów nad Wisłą"
PERSON = {"first_name": "Nina", "last_name": "Nowa", "password": PASSWORD}


@pytest.fixture
def invite(world: World, client: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Send an invitation as the manager of the CIS; answers with the path of its link."""

    def send(email: str = NEW, roles: tuple[str, ...] = ("instructor",), **more: str) -> str:
        sign_in(client, world.people["ewa"], world.cis.pk)
        data = {"email": email, "roles": list(roles), "since": "1.1.2026", "until": "", **more}
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("accounts:invite"), data)
        assert answer.status_code == 302, text_of(answer)
        return link_in(mail.outbox[-1])

    return send


def open_link(path: str) -> Client:
    guest = Client()
    assert guest.get(path).url == reverse("accounts:accept")
    return guest


def test_an_invited_person_chooses_a_password_enrols_and_is_a_member(invite: Any, world: World):
    guest = open_link(invite())
    assert "Rola: instruktor" in text_of(guest.get(reverse("accounts:accept")))
    guest.post(reverse("accounts:accept"), PERSON)
    assert guest.get(reverse("accounts:profile")).url.startswith(reverse("mfa_index"))
    secret = guest.get(reverse("mfa_activate_totp")).context["secret"].replace(" ", "")
    guest.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert is_in(guest)
    person = User.objects.get(email=NEW)
    assert person.get_full_name() == "Nina Nowa"
    held = Membership.objects.get(user=person)
    assert (held.organisation, held.role, held.since) == (world.cis, Role.INSTRUCTOR, clock.today())


def test_the_mail_names_nobody(invite: Any):
    invite()
    text = mail.outbox[-1].subject + mail.outbox[-1].body
    assert "Ewa" not in text
    assert "instruktor" not in text
    assert NEW not in text


def test_the_token_stands_in_no_table(invite: Any):
    token = invite().rstrip("/").rsplit("/", 1)[1]
    found = Invitation.objects.get()
    assert token not in str(list(Invitation.objects.values()))
    assert found.token_hash == services.hash_of(token)


def test_a_link_works_once(invite: Any):
    path = invite()
    open_link(path).post(reverse("accounts:accept"), PERSON)
    again = open_link(path)
    assert again.get(reverse("accounts:accept")).status_code == 410
    assert again.post(reverse("accounts:accept"), PERSON).status_code == 410
    assert User.objects.filter(email=NEW).count() == 1


def test_a_link_runs_out_after_seven_days(invite: Any):
    path = invite()
    Invitation.objects.get()
    with clock.frozen(clock.now() + timedelta(days=7, seconds=1)):
        assert open_link(path).get(reverse("accounts:accept")).status_code == 410


def test_a_withdrawn_link_does_not_work(invite: Any, client: Client):
    path = invite()
    client.post(reverse("accounts:revoke_invitation"), {"zaproszenie": Invitation.objects.get().pk})
    assert "wycofane" in text_of(client.get(reverse("accounts:invitations")))
    assert open_link(path).get(reverse("accounts:accept")).status_code == 410


def test_only_the_newest_link_to_an_address_works(invite: Any):
    first, second = invite(), invite()
    assert open_link(first).get(reverse("accounts:accept")).status_code == 410
    assert open_link(second).get(reverse("accounts:accept")).status_code == 200


def test_another_organisations_invitation_is_not_withdrawn(invite: Any, world: World):
    invite()
    stranger = Client()
    sign_in(stranger, world.people["bozena"], world.kis.pk)
    stranger.post(reverse("accounts:revoke_invitation"), {"zaproszenie": Invitation.objects.get().pk})
    assert Invitation.objects.get().revoked_at is None
    assert NEW not in stranger.get(reverse("accounts:invitations")).content.decode()


def test_a_person_with_an_account_joins_after_signing_in(invite: Any, world: World):
    marek = with_app(world.people["marek"])
    guest = open_link(invite(marek.email, ("office", "instructor")))
    assert "Masz już konto" in text_of(guest.get(reverse("accounts:accept")))
    assert guest.post(reverse("accounts:accept"), PERSON).status_code == 200
    enter(guest, marek)
    assert "Dołącz" in text_of(guest.get(reverse("accounts:accept")))
    assert guest.post(reverse("accounts:accept")).url == reverse("shell:home")
    roles = Membership.objects.filter(user=marek, organisation=world.cis).order_by("role")
    assert [one.role for one in roles] == ["instructor", "office"]
    assert guest.session["organisation"] == str(world.cis.pk)


def test_another_person_cannot_use_the_link(invite: Any, world: World):
    path = invite()
    other = Client()
    sign_in(other, world.people["marek"], world.kis.pk)
    other.get(path)
    assert "Jesteś na innym koncie" in text_of(other.get(reverse("accounts:accept")))
    other.post(reverse("accounts:accept"))
    assert not Membership.objects.filter(user=world.people["marek"], organisation=world.cis).exists()
    out = other.post(reverse("account_logout"), {"next": reverse("accounts:accept")})
    assert out.url == reverse("accounts:accept")
    assert other.get(out.url).context["state"] == "new"


def test_roles_of_another_kind_of_organisation_are_not_given(client: Client, world: World):
    sign_in(client, world.people["ewa"], world.cis.pk)
    data = {"email": NEW, "roles": ["operator"], "since": "1.1.2026"}
    assert client.post(reverse("accounts:invite"), data).status_code == 422
    with world.scope("cis", "ewa"), pytest.raises(InputError):
        services.invite(
            email=NEW,
            organisation=world.cis,
            roles=[Role.OPERATOR],
            since=clock.today(),
            until=None,
            by=world.people["ewa"],
        )


def test_a_manager_invites_into_their_own_organisation_only(invite: Any, client: Client, world: World):
    sign_in(client, world.people["ewa"], world.cis.pk)
    data = {"email": NEW, "roles": ["instructor"], "since": "1.1.2026"}
    client.post(f"{reverse('accounts:invite')}?organizacja={world.kis.pk}", data)
    assert Invitation.objects.get().organisation == world.cis


def test_the_operator_invites_the_first_manager_of_any_organisation(client: Client, world: World):
    sign_in(client, world.people["operator"], world.organisations["operator"].pk)
    url = f"{reverse('accounts:invite')}?organizacja={world.kis.pk}"
    assert "KIS" not in text_of(client.get(f"{reverse('accounts:invite')}?organizacja=zzz"))
    assert client.post(url, {"email": NEW, "roles": ["manager"], "since": "1.1.2026"}).status_code == 302
    assert Invitation.objects.get().organisation == world.kis


def test_somebody_who_has_the_role_already_is_not_invited(client: Client, world: World):
    sign_in(client, world.people["ewa"], world.cis.pk)
    data = {"email": world.people["tomasz"].email, "roles": ["instructor"], "since": "1.1.2026"}
    assert "ma już taką rolę" in text_of(client.post(reverse("accounts:invite"), data))


@pytest.mark.parametrize(
    "change",
    [
        {"email": ""},
        {"email": "nie-adres"},
        {"email": "x" * 400 + "@a.example"},
        {"email": "a\x00@a.example"},
        {"roles": []},
        {"roles": ["nikt"]},
        {"since": "jutro"},
        {"since": "31.2.2026"},
        {"since": "2.1.2027", "until": "1.1.2027"},
        {"since": "1.1.2020", "until": "1.1.2021"},
    ],
    ids=str,
)
def test_nonsense_in_an_invitation_gets_an_answer_at_the_field(
    client: Client, world: World, change: dict[str, Any]
):
    sign_in(client, world.people["ewa"], world.cis.pk)
    data = {"email": NEW, "roles": ["instructor"], "since": "1.1.2026", "until": "", **change}
    assert client.post(reverse("accounts:invite"), data).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"password": "krótkie"},
        {"password": "Nowa Nina 12"},
        {"password": "qwertyuiop123456"},
        {"password": "x" * 300},
        {"first_name": ""},
        {"last_name": "N" * 500},
        {"first_name": "a\x07b"},
    ],
    ids=str,
)
def test_nonsense_in_a_new_account_gets_an_answer_and_the_link_stays_good(
    invite: Any, change: dict[str, str]
):
    guest = open_link(invite())
    assert guest.post(reverse("accounts:accept"), {**PERSON, **change}).status_code == 422
    assert not User.objects.filter(email=NEW).exists()
    assert guest.post(reverse("accounts:accept"), PERSON).status_code == 302


@pytest.mark.parametrize("token", ["x", "%00", "a" * 1500, "..%2f..", "żółw"])
def test_a_link_that_is_none_says_so(token: str):
    guest = Client()
    guest.get(f"/zaproszenie/{token}/")
    answer = guest.get(reverse("accounts:accept"))
    assert answer.status_code == 410
    assert "nie jest już ważne" in text_of(answer)


def test_the_way_of_an_invitation_stands_in_the_audit(invite: Any, world: World):
    open_link(invite()).post(reverse("accounts:accept"), PERSON)
    with world.scope("cis"):
        assert Event.objects.filter(action="accounts.invitation.accept", outcome="done").count() == 1
        changed = Change.objects.filter(table_name="accounts_invitation").order_by("id")
        assert [one.operation for one in changed] == ["I", "U"]
        assert Change.objects.filter(table_name="tenancy_membership", operation="I").exists()


def test_there_is_no_sign_up():
    for path in ("/signup/", "/accounts/signup/", "/rejestracja/", "/logowanie/signup/"):
        assert Client().get(path).status_code == 404


def test_the_first_operator_is_invited_by_a_command(world: World, capsys: Any):
    call_command("invite_operator", "szef@operator.example")
    link = capsys.readouterr().out.strip()
    guest = open_link(link[link.index("/zaproszenie/") :])
    assert guest.post(reverse("accounts:accept"), PERSON).status_code == 302
    held = Membership.objects.get(user__email="szef@operator.example")
    assert (held.organisation, held.role) == (world.organisations["operator"], Role.OPERATOR)


@pytest.mark.parametrize("email", ["", "nie-adres", "operator@operator.example"])
def test_the_command_says_why_it_refuses(world: World, email: str):
    with pytest.raises(CommandError):
        call_command("invite_operator", email)
