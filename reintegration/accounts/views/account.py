"""One's own account: who, where signed in, proving it anew, and forms that wait."""

import base64
import json
import time
from typing import Any
from uuid import UUID

from allauth.mfa.base.internal.flows import post_authentication
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reintegration.accounts import (
    events,
    held,
    mails,
    passkeys,
    perms,
    second_factor,
    services,
    sessions,
    throttling,
)  # fmt: skip
from reintegration.accounts.forms import AddressForm, CodeForm, ListCodeForm, NameForm, PasswordForm
from reintegration.accounts.models import User
from reintegration.accounts.views.base import AuthPage, address_of, home, next_of
from reintegration.accounts.views.passwords import stay_signed_in
from reintegration.core import toasts
from reintegration.core.crypto import Refused, bound_to, decrypt, encrypt
from reintegration.core.errors import InputError
from reintegration.core.keys import UnknownKey, field_keys
from reintegration.tenancy.enums import Role

ADDRESS_LINK_LASTS = 24 * 60 * 60
_ADDRESS = bound_to("accounts", "address-link")


class Profile(AuthPage):
    action = perms.PROFILE
    template_name = "accounts/profile.html"

    def get(self, request: Any) -> HttpResponse:
        return self.show(
            person=request.user,
            places=[
                {"place": one.place, "role_labels": [Role(role).label for role in sorted(one.roles)]}
                for one in request.user.principals
            ],
            ways=len([one for one in second_factor.factors(request.user) if one.type != second_factor.CODES]),
            codes_left=second_factor.codes_left(request.user),
        )


class EditName(AuthPage):
    action = perms.PROFILE_EDIT
    template_name = "accounts/edit_name.html"

    def get(self, request: Any) -> HttpResponse:
        user = request.user
        return self.show(NameForm(initial={"first_name": user.first_name, "last_name": user.last_name}))

    def post(self, request: Any) -> HttpResponse:
        form = NameForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        services.rename(user=request.user, **form.cleaned_data)
        toasts.saved(request, "Zapisano imię i nazwisko.")
        return HttpResponseRedirect(reverse("accounts:profile"))


class ChangeAddress(AuthPage):
    """The new address counts once its owner has opened the link that goes there."""

    action = perms.EMAIL_CHANGE
    template_name = "accounts/change_address.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(AddressForm())

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(form, status=status, person=self.request.user, **context)

    def post(self, request: Any) -> HttpResponse:
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        email = form.cleaned_data["email"].lower()
        if email == request.user.email:
            form.add_error("email", "To jest obecny adres. Wpisz inny.")
            return self.show(form)
        # The same answer whether or not somebody has that address already.
        if not User.objects.filter(email=email).exists():
            link = reverse("account_confirm_email", kwargs={"key": address_key(request.user, email)})
            mails.send(mails.ADDRESS_TO_CONFIRM, to=email, link=link)
        toasts.saved(request, "Wysłano link na nowy adres. Działa przez dobę.")
        return HttpResponseRedirect(reverse("accounts:profile"))


def address_key(user: User, email: str) -> str:
    said = json.dumps({"user": str(user.pk), "from": user.email, "to": email, "at": time.time()})
    return base64.urlsafe_b64encode(encrypt(field_keys(), said.encode(), _ADDRESS)).decode().rstrip("=")


def read_address_key(key: str) -> tuple[User, str] | None:
    """Whose address the link changes and to what; None when the link is spent, too old or not ours."""
    try:
        raw = base64.urlsafe_b64decode(key[:2000] + "=" * (-len(key[:2000]) % 4))
        said = json.loads(decrypt(field_keys(), raw, _ADDRESS))
    except (ValueError, Refused, UnknownKey):
        return None
    if time.time() - said["at"] > ADDRESS_LINK_LASTS:
        return None
    user = User.objects.filter(pk=said["user"], email=said["from"], is_active=True).first()
    return (user, said["to"]) if user is not None else None


class ConfirmAddress(AuthPage):
    """Opening the link asks; only the button changes: mail scanners open links too."""

    action = perms.EMAIL_CONFIRM
    template_name = "accounts/confirm_address.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        found = read_address_key(key)
        return self.show(status=200 if found else 410, address=found[1] if found else "")

    def post(self, request: Any, key: str) -> HttpResponse:
        found = read_address_key(key)
        if found is None:
            return self.show(status=410, address="")
        user, email = found
        try:
            with events.sign_in_scope(request, user_id=user.pk):
                services.change_address(user=user, email=email)
                events.write(request, perms.EMAIL_CONFIRM, user=user)
        except InputError as error:
            toasts.saved(request, error.message)
            return HttpResponseRedirect(reverse("account_login"))
        toasts.saved(request, "Adres zmieniony. Zaloguj się nowym adresem.")
        return HttpResponseRedirect(reverse("account_login"))


class Sessions(AuthPage):
    action = perms.SESSIONS
    template_name = "accounts/sessions.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        found = sessions.own(request)
        return self.show(sessions=found, others=sum(not one.current for one in found))


class EndSession(AuthPage):
    """Ends one other session, or all others when none is named."""

    action = perms.SESSION_END
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("usersessions_list"))

    def post(self, request: Any) -> HttpResponse:
        key = request.POST.get("sesja", "")
        if key == "inne":
            sessions.end_others(request)
            stay_signed_in(request)
            toasts.saved(request, "Zakończono wszystkie inne sesje.")
        elif key.isascii() and key.isdigit() and len(key) < 10 and sessions.end_one(request, int(key)):
            toasts.saved(request, "Zakończono sesję.")
        else:
            toasts.saved(request, "Tej sesji już nie ma.")
        events.write(request, perms.SESSION_END, user=request.user)
        return HttpResponseRedirect(reverse("usersessions_list"))


class Reauthenticate(AuthPage):
    """Prove it is still you: by a code, a passkey or the password; what was typed waits meanwhile."""

    action = perms.REAUTHENTICATE
    template_name = "accounts/reauthenticate.html"

    @property
    def way(self) -> str:
        """What is asked for: whoever has not used the second factor in this session must use it."""
        asked = self.request.GET.get("sposob", "")
        kinds = self.kinds
        if not kinds:
            return "haslo"
        if asked == "haslo" and sessions.has_second_factor(self.request):
            return "haslo"
        if asked == "lista" or second_factor.APP not in kinds:
            return "lista"
        return "kod"

    @property
    def kinds(self) -> list[str]:
        found = second_factor.factors(self.request.user)  # type: ignore[arg-type]
        return [one.type for one in found if one.type != second_factor.CODES]

    def form(self, data: Any = None) -> Any:
        return {"haslo": PasswordForm, "lista": ListCodeForm, "kod": CodeForm}[self.way](data)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.form())

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        kinds = self.kinds
        user: Any = self.request.user
        return super().show(
            form,
            status=status,
            way=self.way,
            has_app=second_factor.APP in kinds,
            enrolled=bool(kinds),
            by_password=not kinds or sessions.has_second_factor(self.request),
            codes_left=second_factor.codes_left(user),
            passkey=passkeys.options_for(user) if second_factor.PASSKEY in kinds else None,
            refused=context.get("refused", ""),
        )

    def post(self, request: Any) -> HttpResponse:
        if "credential" in request.POST:
            return self.by_passkey(request)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        by_password, user = self.way == "haslo", request.user
        count = throttling.sign_in_counters if by_password else throttling.code_counters
        who = user.email if by_password else user
        tried = throttling.begin(*count(request, who, address_of(request)))
        if tried.wait:
            return self.wait(form, tried.wait, "password" if by_password else "code")
        if by_password:
            ok = user.check_password(form.cleaned_data["password"])
            if ok:
                sessions.proved(request, user, "password", reauthenticated=True)
        else:
            used = second_factor.use_code(user, form.cleaned_data["code"])
            ok = used is not None
            if used is not None:
                post_authentication(request, used, reauthenticated=True)
        if not ok:
            events.write(request, perms.REAUTHENTICATE, user=user, outcome="refused")
            wrong = "Hasło się nie zgadza." if by_password else "Ten kod już wygasł albo był użyty."
            form.add_error("password" if by_password else "code", f"{wrong} Wpisz jeszcze raz.")
            return self.show(form)
        throttling.succeeded(tried)
        return HttpResponseRedirect(next_of(request) or home())

    def by_passkey(self, request: Any) -> HttpResponse:
        try:
            used = passkeys.check(request.POST.get("credential", ""), user=request.user)
        except passkeys.NotValid:
            events.write(request, perms.REAUTHENTICATE, user=request.user, outcome="refused")
            return self.show(self.form(), status=422, refused="Ten klucz nie pasuje. Spróbuj inaczej.")
        used.user = request.user
        post_authentication(request, used, reauthenticated=True)
        return HttpResponseRedirect(next_of(request) or home())


class Resume(AuthPage):
    """The form that was sent while the person had to prove who they are: send it now, or let it go."""

    action = perms.RESUME
    template_name = "accounts/resume.html"

    def get(self, request: Any, key: UUID) -> HttpResponse:
        form = held.of(request.user, key)
        if form is None:
            return self.show(status=200, held=None, fields=[], files=[], key=key, path="")
        return self.show(
            held=form,
            fields=held.fields_of(form),
            files=form.content["files"],
            path=form.path,
            key=key,
        )

    def post(self, request: Any, key: UUID) -> HttpResponse:
        held.drop(request.user, key)
        toasts.saved(request, "Odrzucono to, co było wpisane.")
        return HttpResponseRedirect(home())
