"""A new password: from a link, or in one's own account. Neither goes around the second factor."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reintegration.accounts import events, mails, perms, services, throttling
from reintegration.accounts.forms import AskResetForm, ChangePasswordForm, NewPasswordForm
from reintegration.accounts.models import User
from reintegration.accounts.views.base import AuthPage, address_of
from reintegration.core import throttle, toasts
from reintegration.core.errors import InputError

KEY = "password_link"
MAILS_TO_ONE, ASKED_BY_ONE = 3, 30


class LinkToken(PasswordResetTokenGenerator):
    """Valid once: the password, the address and the last sign-in are part of it."""

    key_salt = "reintegration.accounts.views.passwords.LinkToken"


tokens = LinkToken()


def link_for(user: User) -> str:
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user.pk.hex, "key": tokens.make_token(user)}
    )


class AskReset(AuthPage):
    """Always the same answer after the same time, whether the account exists or not."""

    action = perms.RESET_ASK
    template_name = "accounts/ask_reset.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(AskResetForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        form = AskResetForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        asked = throttle.allow(f"reset-by:{address_of(request)}", limit=ASKED_BY_ONE, per=timedelta(hours=1))
        if not asked.ok:
            return self.wait(form, max(1, int(asked.retry_after.total_seconds())))
        self.send(form.cleaned_data["email"].lower())
        time.sleep(max(0.0, settings.RESET_ANSWERS_AFTER - (time.monotonic() - began)))
        return HttpResponseRedirect(reverse("account_reset_password_done"))

    def send(self, email: str) -> None:
        allowed = throttle.allow(f"reset-to:{email}", limit=MAILS_TO_ONE, per=timedelta(hours=1))
        user = User.objects.filter(email=email, is_active=True).first()
        with events.sign_in_scope(self.request):
            events.write(self.request, perms.RESET_ASK, user=user)
            if user is not None and allowed.ok:
                mails.send(mails.NEW_PASSWORD, to=user.email, link=link_for(user))


class ResetAsked(AuthPage):
    action = perms.RESET_ASK
    template_name = "accounts/reset_asked.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()


class ResetLink(AuthPage):
    """Takes the key out of the address, so that it stands in no history and in no header."""

    action = perms.RESET_SET

    def get(self, request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
        if person_of([uidb36, key]) is not None:
            request.session[KEY] = [uidb36, key]
        return HttpResponseRedirect(reverse("accounts:new_password"))


def person_of(held: Any) -> User | None:
    """Whose link it is, if it is still valid."""
    try:
        number, key = held
        user = User.objects.filter(pk=UUID(hex=number), is_active=True).first()
    except (TypeError, ValueError):
        return None
    return user if user is not None and tokens.check_token(user, key) else None


class NewPassword(AuthPage):
    action = perms.RESET_SET
    template_name = "accounts/new_password.html"

    def get(self, request: Any) -> HttpResponse:
        user = person_of(request.session.get(KEY))
        if user is None:
            return self.show(status=410, person=None)
        return self.show(NewPasswordForm(), person=user)

    def post(self, request: Any) -> HttpResponse:
        tried = throttling.begin(throttling.counter(throttling.LINK, address_of(request)))
        user = person_of(request.session.get(KEY))
        form = NewPasswordForm(request.POST)
        if tried.wait:
            form.is_valid()
            return self.wait(form, tried.wait)
        if user is None:
            return self.show(status=410, person=None)
        throttling.succeeded(tried)
        if not form.is_valid():
            return self.show(form, person=user)
        try:
            services.check_password(form.cleaned_data["password"], user)
        except InputError as error:
            form.refuse(error)
            return self.show(form, person=user)
        with events.sign_in_scope(request, user_id=user.pk):
            services.set_password(user=user, password=form.cleaned_data["password"])
            events.write(request, perms.RESET_SET, user=user)
        request.session.flush()
        return HttpResponseRedirect(reverse("account_reset_password_from_key_done"))

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(form, status=status, **{"person": None, **context})


class ResetDone(AuthPage):
    action = perms.RESET_SET
    template_name = "accounts/reset_done.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()


class ChangePassword(AuthPage):
    action = perms.PASSWORD_CHANGE
    template_name = "accounts/change_password.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(ChangePasswordForm())

    def post(self, request: Any) -> HttpResponse:
        form, user = ChangePasswordForm(request.POST), request.user
        if not form.is_valid():
            return self.show(form)
        tried = throttling.begin(*throttling.sign_in_counters(request, user.email, address_of(request)))
        if tried.wait:
            return self.wait(form, tried.wait, "present_password")
        if not user.check_password(form.cleaned_data["present_password"]):
            form.add_error("present_password", "To nie jest obecne hasło. Wpisz je jeszcze raz.")
            return self.show(form)
        throttling.succeeded(tried)
        try:
            services.check_password(form.cleaned_data["password"], user)
        except InputError as error:
            form.refuse(error)
            return self.show(form)
        services.set_password(user=user, password=form.cleaned_data["password"])
        stay_signed_in(request)
        events.write(request, perms.PASSWORD_CHANGE, user=user)
        toasts.saved(request, "Hasło zmienione. Inne sesje zakończone.")
        return HttpResponseRedirect(reverse("accounts:profile"))


def stay_signed_in(request: Any) -> None:
    """This session lives on although all others of the account have just ended."""
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)
