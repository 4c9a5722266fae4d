"""What happens at the same moment, on connections of their own and with real commits."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from reintegration.accounts import second_factor, services, throttling
from reintegration.accounts.models import Invitation, User
from reintegration.core import clock
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import scope
from reintegration.tenancy.services import hold_memberships
from tests.accounts.helpers import code_now, with_app
from tests.cast import known_world, sign_in


def at_once(times: int, work: Callable[[], Any]) -> list[Any]:
    """Do a piece of work in several threads that start together; answers with what each gave."""
    gave: list[Any] = []
    barrier = threading.Barrier(times)

    def run() -> None:
        barrier.wait()
        try:
            gave.append(work())
        except Exception as error:
            gave.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return gave


def test_parallel_guesses_do_not_overtake_the_counter(committed_db: str):
    """Forty guesses by eight at once: the five free ones are let through and no more."""

    def hammer() -> int:
        key = throttling.counter(throttling.ACCOUNT, "anna@cis.example")
        return sum(throttling.begin(key).wait == 0 for _ in range(5))

    assert sum(at_once(8, hammer)) == throttling.ACCOUNT.free


def test_a_code_sent_twice_at_once_works_once(committed_db: str):
    anna = with_app(known_world().people["anna"])
    code = code_now()
    assert at_once(6, lambda: second_factor.use_code(anna, code) is not None).count(True) == 1


def test_a_recovery_code_sent_twice_at_once_works_once(committed_db: str):
    anna = known_world().people["anna"]
    code = second_factor.make_codes(anna)[0]
    assert at_once(6, lambda: second_factor.use_code(anna, code) is not None).count(True) == 1
    assert second_factor.codes_left(anna) == 9


def test_the_last_of_two_ways_stays_when_both_are_removed_at_once(committed_db: str):
    from allauth.mfa.models import Authenticator

    anna = with_app(known_world().people["anna"])
    Authenticator.objects.create(
        user=anna, type=second_factor.PASSKEY, data={"name": "biuro", "credential": {}}
    )
    keys = [one.pk for one in second_factor.factors(anna)]
    done = at_once(2, lambda: second_factor.remove(anna, keys.pop()))
    assert sorted(done) == [False, True]
    assert second_factor.is_enrolled(anna)


def test_an_invitation_used_twice_at_once_makes_one_account(committed_db: str):
    world = known_world()
    with world.scope("cis", "ewa"):
        _, token = services.invite(
            email="nowa@nowymost.example",
            organisation=world.cis,
            roles=[Role.INSTRUCTOR],
            since=clock.today(),
            until=None,
            by=world.people["ewa"],
        )

    def accept() -> int:
        guest = Client()
        guest.get(reverse("accounts:invitation_link", args=[token]))
        person = {"first_name": "Nina", "last_name": "Nowa", "password": "Siedem gwizdów nad Wisłą"}
        return int(guest.post(reverse("accounts:accept"), person).status_code)

    answers = at_once(4, accept)
    assert answers.count(302) == 1
    assert all(answer in {200, 302, 410, 422} for answer in answers)
    assert User.objects.filter(email="nowa@nowymost.example").count() == 1
    assert Membership.objects.filter(user__email="nowa@nowymost.example").count() == 1


def revoke_meanwhile(request: Any, action: Any, principal: Any) -> None:
    """A check of the gate that lets everybody pass and, on another connection, takes the right away."""

    def revoke() -> None:
        held = Membership.objects.select_related("user").get(pk=principal.membership_ids[0])
        held.revoked_at, held.revoked_by = clock.now(), held.user
        with scope(organisation_id=principal.place.id, source="test"):
            held.save()

    if request.method == "POST":
        assert at_once(1, revoke) == [None]


def test_a_right_taken_away_while_a_form_is_under_way_is_gone_for_its_commit(
    committed_db: str, settings: Any
):
    """The gate has read the membership; before the form's transaction holds it, it is revoked."""
    settings.GATE_CHECKS = [*settings.GATE_CHECKS, f"{__name__}.revoke_meanwhile"]
    world = known_world()
    client = Client()
    sign_in(client, world.people["ewa"], world.cis.pk)
    data = {"email": "nowa@nowymost.example", "roles": ["instructor"], "since": "1.1.2026"}
    assert client.post(reverse("accounts:invite"), data).status_code == 403
    assert not Invitation.objects.exists()


def test_a_right_is_held_until_the_commit_of_a_form_that_was_first(committed_db: str):
    """Whoever takes the right away waits for a form that holds it, and then succeeds."""
    world = known_world()
    held = Membership.objects.get(user=world.people["ewa"])
    order: list[str] = []

    def revoke() -> None:
        with world.scope("cis", "operator"):
            held.revoked_at, held.revoked_by = clock.now(), world.people["operator"]
            held.save()
        order.append("revoked")
        connection.close()

    with world.scope("cis", "ewa"):
        assert hold_memberships([held.pk])
        thread = threading.Thread(target=revoke)
        thread.start()
        thread.join(timeout=0.5)
        order.append("form done")
    thread.join()
    assert order == ["form done", "revoked"]
