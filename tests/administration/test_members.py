"""An organisation's people: who has access, giving and taking roles, and the table of rights."""

import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reintegration.accounts.models import Invitation, User
from reintegration.accounts.services import invite
from reintegration.administration import queries, services
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.ids import uuid7
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import OPERATOR_ID
from reintegration.tenancy.services import hold_memberships
from tests.cast import SINCE, World, known_world, sign_in

LEADS = {"ewa": "tomasz", "pawel": "zofia", "maria": "stefan", "operator": "second_operator"}


def client_of(world: World, person: str) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


@pytest.fixture
def ewa(world: World) -> Client:
    return client_of(world, "ewa")


def address(name: str, *args: Any) -> str:
    return reverse(f"administration:{name}", args=args)


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def send(client: Client, url: str, **values: Any) -> Any:
    return client.post(url, {"submission": uuid7().hex, **values})


def role_of(world: World, person: str) -> Membership:
    return Membership.objects.get(user=world.people[person])


def second_manager(world: World, person: str = "anna", **values: Any) -> Membership:
    with world.scope("cis", "ewa"):
        return Membership.objects.create(
            user=world.people[person],
            organisation=world.cis,
            role="manager",
            **{"since": SINCE, **values},
        )


# The list


@pytest.mark.parametrize("person", LEADS)
def test_whoever_answers_for_an_organisation_sees_its_people(world: World, person: str):
    shown = text_of(client_of(world, person).get(address("member_list")))
    assert world.people[person].get_full_name() in shown
    assert world.people[LEADS[person]].get_full_name() in shown
    assert "Bożena Lipa" not in shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tekst=deren", {"Jan Dereń"}),
        ("tekst=jan", {"Jan Dereń"}),
        ("rola=manager", {"Ewa Jarzębina"}),
        ("stan=nie", {"Celina Grab"}),
        ("stan=tak&rola=instructor", {"Tomasz Klon"}),
    ],
)
def test_the_list_is_narrowed(world: World, ewa: Client, query: str, names: set[str]):
    with world.scope("cis", "ewa"):
        services.revoke_role(membership=role_of(world, "celina"), by=world.people["ewa"])
    page = ewa.get(f"{address('member_list')}?{query}").content.decode()
    everybody = {person.get_full_name() for person in world.people.values()}
    assert {name for name in everybody if f">{name}</a>" in page} == names


def test_the_list_is_sorted_by_name_and_taken_away(ewa: Client):
    file = ewa.get(f"{address('member_list')}?plik=csv").content.decode("utf-8-sig").splitlines()
    assert file[0] == "Osoba;Role;Od;Do;Dostęp"
    assert [line.split(";")[0] for line in file[1:3]] == ["Jan Dereń", "Celina Grab"]
    assert "Jan Dereń;opiekun uczestnika;2020-01-01;;ma dostęp" in file
    turned = ewa.get(f"{address('member_list')}?sort=-get_full_name&plik=csv").content.decode("utf-8-sig")
    assert turned.splitlines()[1].startswith("Rafał Wiąz")


def test_the_list_costs_the_same_for_one_and_for_fifty(world: World, ewa: Client):
    counts = []
    for more in (1, 9, 40):
        with world.scope("cis", "ewa"):
            for _ in range(more):
                user = User.objects.create_user(
                    f"{uuid7().hex}@cis.example", first_name="Iga", last_name="Bez"
                )
                for role in ("instructor", "specialist"):
                    Membership.objects.create(user=user, organisation=world.cis, role=role, since=SINCE)
                invite(
                    email=f"{uuid7().hex}@cis.example",
                    organisation=world.cis,
                    roles=[Role.OFFICE],
                    since=SINCE,
                    until=None,
                    by=world.people["ewa"],
                )
        with CaptureQueriesContext(connection) as bare:
            ewa.get(reverse("administration:matrix"))
        with CaptureQueriesContext(connection) as full:
            ewa.get(address("member_list"))
        counts.append(len(full))
        assert len(full) - len(bare) <= 8
    assert len(set(counts)) == 1


def test_waiting_invitations_stand_below_and_are_withdrawn(world: World, ewa: Client):
    with world.scope("cis", "ewa"):
        made, _ = invite(
            email="nowy@cis.example",
            organisation=world.cis,
            roles=[Role.OFFICE],
            since=SINCE,
            until=None,
            by=world.people["ewa"],
        )
    assert "nowy@cis.example" in text_of(ewa.get(address("member_list")))
    ewa.post(reverse("accounts:revoke_invitation"), {"zaproszenie": made.pk})
    assert "nowy@cis.example" not in text_of(ewa.get(address("member_list")))
    assert Invitation.objects.get().revoked_at is not None


# One person


def test_a_persons_page_holds_the_history_of_their_roles(world: World, ewa: Client):
    with world.scope("cis", "ewa"):
        services.revoke_role(membership=role_of(world, "tomasz"), by=world.people["ewa"])
    shown = text_of(ewa.get(address("member_show", world.people["tomasz"].pk)))
    assert "instruktor" in shown
    assert "odebrana" in shown
    assert "Nie ma dostępu" in shown
    assert "Odbierz" not in shown


def test_nobody_is_offered_to_change_their_own_rights(world: World, ewa: Client):
    shown = text_of(ewa.get(address("member_show", world.people["ewa"].pk)))
    assert "Własnych uprawnień nikt nie zmienia" in shown
    for button in ("Odbierz", "Zmień daty", "Nadaj rolę"):
        assert button not in shown


def test_a_stranger_is_not_found(world: World, ewa: Client):
    for name in ("member_show", "role_add", "member_revoke"):
        assert ewa.get(address(name, world.people["bozena"].pk)).status_code == 404
        assert send(ewa, address(name, world.people["bozena"].pk)).status_code in {404, 405}
    for name in ("role_edit", "role_revoke"):
        assert ewa.get(address(name, role_of(world, "bozena").pk)).status_code == 404
        assert send(ewa, address(name, role_of(world, "bozena").pk)).status_code == 404
    assert role_of(world, "bozena").revoked_at is None


# Giving


def test_a_role_is_given_from_a_day_to_a_day(world: World, ewa: Client):
    today = clock.today()
    until = today + timedelta(days=30)
    answer = send(
        ewa,
        address("role_add", world.people["tomasz"].pk),
        role="specialist",
        since=f"{today:%d.%m.%Y}",
        until=f"{until:%d.%m.%Y}",
    )
    assert answer.url == address("member_show", world.people["tomasz"].pk)
    made = Membership.objects.get(user=world.people["tomasz"], role="specialist")
    assert (made.since, made.until, made.organisation_id) == (today, until, world.cis.pk)


def test_a_form_sent_twice_gives_one_role(world: World, ewa: Client):
    url = address("role_add", world.people["tomasz"].pk)
    values = {"submission": uuid7().hex, "role": "specialist", "since": f"{clock.today():%d.%m.%Y}"}
    assert ewa.post(url, values).url == ewa.post(url, values).url
    assert Membership.objects.filter(user=world.people["tomasz"]).count() == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"role": ""}, "Zaznacz rolę"),
        ({"role": "registrar"}, "Wybierz jedną z podanych odpowiedzi"),
        ({"role": "x" * 5000}, "Wybierz jedną z podanych odpowiedzi"),
        ({"role": "instructor"}, "ma już tę rolę w tych dniach"),
        ({"since": "wczoraj"}, "Od:"),
        ({"since": "1.1.2020"}, "albo późniejszy dzień"),
        ({"since": "1.1.2199", "until": "1.1.2198"}, "Ostatni dzień jest przed pierwszym"),
        ({"since": "\x00"}, "znak sterujący"),
    ],
)
def test_a_role_that_cannot_be_given_is_said_at_the_field(world: World, ewa: Client, values, sentence):
    sent = {"role": "office", "since": f"{clock.today():%d.%m.%Y}", **values}
    assert sentence in text_of(send(ewa, address("role_add", world.people["tomasz"].pk), **sent), 422)
    assert Membership.objects.filter(user=world.people["tomasz"]).count() == 1


def test_the_dates_of_a_role_are_changed(world: World, ewa: Client):
    row = role_of(world, "tomasz")
    answer = send(ewa, address("role_edit", row.pk), since="01.02.2020", until="31.12.2099")
    assert answer.url == address("member_show", world.people["tomasz"].pk)
    row.refresh_from_db()
    assert (row.since, row.until) == (date(2020, 2, 1), date(2099, 12, 31))
    assert "Ostatni dzień jest przed pierwszym" in text_of(
        send(ewa, address("role_edit", row.pk), since="01.02.2020", until="01.01.2020"), 422
    )


def test_two_who_change_the_same_dates_see_both_entries(world: World, ewa: Client):
    url = address("role_edit", role_of(world, "tomasz").pk)
    version = re.search(r'name="version" value="(\w+)"', ewa.get(url).content.decode())[1]
    assert send(ewa, url, since="01.02.2020", version=version).status_code == 302
    assert send(ewa, url, since="01.03.2020", version=version).status_code == 409


# Taking


def test_a_role_that_is_taken_ends_in_the_same_moment(world: World, ewa: Client):
    tomasz = client_of(world, "tomasz")
    home = reverse("administration:settings")
    assert tomasz.get(home).status_code == 200
    url = address("role_revoke", role_of(world, "tomasz").pk)
    assert "Odebrać rolę: instruktor?" in text_of(ewa.get(url))
    assert send(ewa, url).status_code == 302
    assert tomasz.get(home).status_code != 200
    row = role_of(world, "tomasz")
    assert (row.revoked_by, row.revoked_at is not None) == (world.people["ewa"], True)
    assert "Ta rola jest już odebrana." in text_of(send(ewa, url), 422)
    assert "Ta rola jest odebrana." in text_of(
        send(ewa, address("role_edit", row.pk), since="01.01.2020"), 422
    )


def test_all_access_of_a_person_is_taken_at_once(world: World, ewa: Client):
    with world.scope("cis", "ewa"):
        services.add_role(
            user=world.people["tomasz"],
            organisation=world.cis,
            role=Role.SPECIALIST,
            since=clock.today() + timedelta(days=9),
            until=None,
            by=world.people["ewa"],
        )
    url = address("member_revoke", world.people["tomasz"].pk)
    assert "instruktor, specjalista" in text_of(ewa.get(url))
    assert send(ewa, url).status_code == 302
    assert not Membership.objects.filter(user=world.people["tomasz"], revoked_at__isnull=True).exists()
    assert "nie ma już dostępu" in text_of(send(ewa, url), 422)


def test_a_role_that_was_over_stays_over_when_all_access_is_taken(world: World):
    with world.scope("cis", "ewa"):
        over = Membership.objects.create(
            user=world.people["tomasz"],
            organisation=world.cis,
            role="office",
            since=SINCE,
            until=date(2021, 1, 1),
        )
        services.revoke_member(user=world.people["tomasz"], organisation=world.cis, by=world.people["ewa"])
        over.refresh_from_db()
        assert over.revoked_at is None
        with pytest.raises(InputError, match="już się skończyła"):
            services.revoke_role(membership=over, by=world.people["ewa"])


def test_who_left_can_be_given_a_role_again(world: World):
    with world.scope("cis", "ewa"):
        services.revoke_role(membership=role_of(world, "tomasz"), by=world.people["ewa"])
        made = services.add_role(
            user=world.people["tomasz"],
            organisation=world.cis,
            role=Role.INSTRUCTOR,
            since=clock.today(),
            until=None,
            by=world.people["ewa"],
        )
    assert made.revoked_at is None


@pytest.mark.parametrize("name", ["role_edit", "role_revoke", "role_add", "member_revoke"])
def test_nobody_changes_their_own_rights(world: World, ewa: Client, name: str):
    second_manager(world)
    of_a_role = name in {"role_edit", "role_revoke"}
    key = role_of(world, "ewa").pk if of_a_role else world.people["ewa"].pk
    today = f"{clock.today():%d.%m.%Y}"
    answer = send(ewa, address(name, key), role="office", since=today, until="31.12.2199")
    assert "Własnych uprawnień nie zmienisz" in text_of(answer, 422)
    assert Membership.objects.filter(user=world.people["ewa"], until__isnull=True).count() == 1


def test_whoever_changes_rights_proves_anew_who_they_are(world: World, ewa: Client):
    session = ewa.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 1}]
    session.save()
    row = role_of(world, "tomasz")
    for name, key in (("role_revoke", row.pk), ("member_revoke", row.user_id), ("role_add", row.user_id)):
        assert send(ewa, address(name, key)).url.startswith(reverse("account_reauthenticate"))
    row.refresh_from_db()
    assert row.revoked_at is None


# The last one who answers for the organisation


def test_the_last_manager_cannot_be_taken_away(world: World):
    """Asked for by somebody whose own role was taken in the meantime, as a race would."""
    row = role_of(world, "ewa")
    anna = world.people["anna"]
    with world.scope("cis", "anna"):
        for change in (
            lambda: services.revoke_role(membership=row, by=anna),
            lambda: services.revoke_member(user=world.people["ewa"], organisation=world.cis, by=anna),
            lambda: services.change_role_dates(
                membership=row, since=SINCE, until=clock.today() + timedelta(days=5), by=anna
            ),
            lambda: services.change_role_dates(
                membership=row, since=clock.today() + timedelta(days=5), until=None, by=anna
            ),
        ):
            with pytest.raises(InputError, match="To ostatnia osoba z rolą: kierownik"):
                change()


def test_a_manager_whose_term_ends_does_not_count_for_the_days_after(world: World, ewa: Client):
    row = second_manager(world, since=SINCE, until=clock.today() + timedelta(days=10))
    anna = world.people["anna"]
    with world.scope("cis", "anna"):
        with pytest.raises(InputError, match="To ostatnia osoba"):
            services.change_role_dates(
                membership=role_of(world, "ewa"), since=SINCE, until=clock.today() + timedelta(20), by=anna
            )
        services.change_role_dates(
            membership=role_of(world, "ewa"), since=SINCE, until=clock.today() + timedelta(9), by=anna
        )
    assert send(ewa, address("role_revoke", row.pk)).status_code == 302


def at_once(*works: Callable[[], Any]) -> list[Any]:
    gave: list[Any] = []
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            gave.append(work())
        except Exception as error:
            gave.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return gave


def test_two_managers_who_take_each_others_role_leave_one_in_charge(committed_db: str):
    """Each request holds its person's own roles, as the gate does; neither waits for ever."""
    world = known_world()
    second = second_manager(world, "anna")
    first = Membership.objects.get(user=world.people["ewa"])

    def take(row: Membership, person: str, own: Membership) -> str:
        with world.scope("cis", person):
            if not hold_memberships([own.pk]):
                return "refused"
            services.revoke_role(membership=row, by=world.people[person])
            return "taken"

    gave = at_once(
        lambda: take(Membership.objects.get(pk=second.pk), "ewa", first),
        lambda: take(Membership.objects.get(pk=first.pk), "anna", second),
    )
    left = Membership.objects.filter(organisation=world.cis, role="manager", revoked_at__isnull=True)
    assert left.count() >= 1
    assert all(one in {"taken", "refused"} or isinstance(one, InputError) for one in gave), gave


def test_two_who_take_the_last_two_managers_at_once_leave_one(committed_db: str):
    world = known_world()
    rows = [second_manager(world, "anna"), second_manager(world, "jan")]
    with world.scope("cis", "anna"):
        services.revoke_role(
            membership=Membership.objects.get(user=world.people["ewa"]), by=world.people["anna"]
        )

    def take(row: Membership) -> str:
        with world.scope("cis", "tomasz"):
            services.revoke_role(membership=Membership.objects.get(pk=row.pk), by=world.people["tomasz"])
            return "taken"

    gave = at_once(*[lambda row=row: take(row) for row in rows])
    left = Membership.objects.filter(organisation=world.cis, role="manager", revoked_at__isnull=True)
    assert left.count() == 1
    assert gave.count("taken") == 1
    assert [type(one) for one in gave if one != "taken"] == [InputError]


def test_two_managers_on_two_screens_get_an_answer_and_no_error(committed_db: str):
    world = known_world()
    second = second_manager(world, "anna")
    first = Membership.objects.get(user=world.people["ewa"])
    clients = {name: client_of(world, name) for name in ("ewa", "anna")}
    dates = {"since": "01.01.2020", "until": "31.12.2199"}
    gave = at_once(
        lambda: send(clients["ewa"], address("role_edit", second.pk), **dates).status_code,
        lambda: send(clients["anna"], address("role_revoke", first.pk)).status_code,
    )
    assert set(gave) <= {302, 403, 404, 422}, gave
    assert Membership.objects.filter(organisation=world.cis, role="manager", revoked_at__isnull=True).exists()


# Who may do what


def test_the_table_of_rights_says_who_gives_roles(world: World, ewa: Client):
    page = ewa.get(address("matrix")).content.decode()
    row = page[page.index("Nadanie roli") :].split("</tr>")[0]
    marks = ["tak" if 'label="tak"' in cell or "tak" in cell else "nie" for cell in row.split("<td>")[1:]]
    assert marks == ["tak", *["nie"] * 6]
    assert "Organizacje: lista" not in page


def test_only_the_operator_looks_at_the_table_of_others(world: World, ewa: Client):
    operator = client_of(world, "operator")
    assert "prowadzący rejestr" in text_of(operator.get(f"{address('matrix')}?rodzaj=voivode_office"))
    assert "prowadzący rejestr" not in text_of(ewa.get(f"{address('matrix')}?rodzaj=voivode_office"))
    assert operator.get(f"{address('matrix')}?rodzaj=nie-ma").status_code == 200


def test_every_action_stands_in_the_table_of_some_kind():
    from reintegration.tenancy.actions import REGISTRY, Audience
    from reintegration.tenancy.enums import OrganisationKind

    shown = {
        line.action.name
        for kind in OrganisationKind
        for group in queries.matrix(kind)[1]
        for line in group.lines
    }
    assert shown == {name for name, one in REGISTRY.items() if one.audience is Audience.MEMBERS and one.roles}


def test_members_of_the_operator_are_members_like_others(world: World):
    client = client_of(world, "operator")
    other = world.people["second_operator"]
    assert send(client, address("member_revoke", other.pk)).status_code == 302
    assert not Membership.objects.filter(
        user=other, organisation_id=OPERATOR_ID, revoked_at__isnull=True
    ).exists()
