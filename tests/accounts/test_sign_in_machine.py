"""The way in as a machine: whatever is sent in whatever order, only password and code open the account."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from reintegration.accounts import second_factor, sessions
from reintegration.accounts.models import Attempts, User
from tests.accounts.helpers import code_now, forget_used_codes, give_password, with_app
from tests.cast import PASSWORD, World

NONSENSE = st.text(max_size=60)


class SignIn(RuleBasedStateMachine):
    """Model: which steps of this browser's sign-in were passed, and whether it is in."""

    user: User

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.client = Client()
        self.first_step = self.inside = False
        forget_used_codes(self.user)
        self.codes = second_factor.make_codes(self.user)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    def calm(self) -> None:
        """Waiting is tested elsewhere; here nobody waits."""
        Attempts.objects.all().delete()

    @rule()
    def right_password(self) -> None:
        self.calm()
        answer = give_password(self.client, self.user)
        assert answer.status_code == 302
        self.first_step = not self.inside

    @rule(password=NONSENSE)
    def wrong_password(self, password: str) -> None:
        self.calm()
        if password != PASSWORD:
            answer = give_password(self.client, self.user, password)
            assert answer.status_code == (302 if self.inside else 422)

    @rule()
    def right_code(self) -> None:
        self.calm()
        forget_used_codes(self.user)
        answer = self.client.post(reverse("mfa_authenticate"), {"code": code_now()})
        assert answer.status_code == 302
        self.pass_second_step()

    @rule()
    def used_code(self) -> None:
        self.calm()
        second_factor.use_code(self.user, code_now())
        answer = self.client.post(reverse("mfa_authenticate"), {"code": code_now()})
        assert answer.status_code == (422 if self.first_step else 302)

    @rule()
    def printed_code(self) -> None:
        self.calm()
        if self.codes:
            known = second_factor.codes_left(self.user)
            self.client.post(reverse("mfa_authenticate") + "?sposob=lista", {"code": self.codes[-1]})
            if second_factor.codes_left(self.user) < known:
                self.codes.pop()
                assert self.first_step
            self.pass_second_step()

    @rule(code=NONSENSE)
    def wrong_code(self, code: str) -> None:
        self.calm()
        right = {code_now(steps=step) for step in (-1, 0, 1)} | {
            second_factor.plain(one) for one in self.codes
        }
        if second_factor.plain(code) not in right:
            answer = self.client.post(reverse("mfa_authenticate"), {"code": code})
            assert answer.status_code == (422 if self.first_step else 302)

    @rule(credential=NONSENSE)
    def wrong_passkey(self, credential: str) -> None:
        for name in ("mfa_authenticate", "mfa_login_webauthn", "account_reauthenticate"):
            answer = self.client.post(reverse(name), {"credential": credential})
            assert answer.status_code in {302, 422}

    @rule(
        name=st.sampled_from(
            ["account_login", "mfa_authenticate", "account_inactive", "account_reset_password"]
        )
    )
    def look(self, name: str) -> None:
        assert self.client.get(reverse(name)).status_code in {200, 302}

    @rule()
    def leave(self) -> None:
        self.client.post(reverse("account_logout"))
        self.first_step = self.inside = False

    @rule()
    def wait_too_long(self) -> None:
        session = self.client.session
        if sessions.SEEN in session:
            session[sessions.SEEN] -= 3600
            session.save()
            self.first_step = self.inside = False

    def pass_second_step(self) -> None:
        if self.first_step:
            self.first_step, self.inside = False, True

    @invariant()
    def only_both_steps_open_the_account(self) -> None:
        opened = self.client.get(reverse("accounts:profile")).status_code == 200
        assert opened == self.inside


@pytest.mark.django_db
def test_nothing_but_password_and_code_opens_the_account(world: World) -> Any:
    SignIn.user = with_app(world.people["anna"])
    run_state_machine_as_test(
        SignIn,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
