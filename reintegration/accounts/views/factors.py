"""The second factor of one's own account: an app, passkeys, and the printed list."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from reintegration.accounts import events, mails, passkeys, perms, second_factor, sessions, throttling
from reintegration.accounts.adapter import FactorAdapter
from reintegration.accounts.forms import CodeForm, PasskeyNameForm
from reintegration.accounts.views.base import AuthPage, address_of, next_of, with_next
from reintegration.core import toasts

NEW_APP = "new_app"
AFTER = "after_enrolment"


def qr_code(text: str) -> SafeString:
    """A QR code as SVG; it stands in the page itself."""
    import qrcode  # noqa: PLC0415 - loads an imaging library, needed on one page only
    from qrcode.image.svg import SvgPathImage  # noqa: PLC0415

    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    drawn = image.to_string(encoding="unicode")
    return mark_safe(drawn[drawn.index("<svg") :])  # noqa: S308 - made of numbers by the library


class Factors(AuthPage):
    """Which ways there are; for somebody without any, where to begin."""

    action = perms.FACTORS

    def get(self, request: Any) -> HttpResponse:
        enrolled = second_factor.is_enrolled(request.user)
        self.template_name = "accounts/factors.html" if enrolled else "accounts/first_factor.html"
        if not enrolled and next_of(request):
            request.session[AFTER] = next_of(request)
        found = second_factor.factors(request.user)
        strong = [one for one in found if one.type != second_factor.CODES]
        return self.show(
            app=next((one for one in strong if one.type == second_factor.APP), None),
            passkeys=[
                {
                    "key": one.pk,
                    "name": one.data["name"],
                    "created_at": one.created_at,
                    "used_at": one.last_used_at,
                }
                for one in strong
                if one.type == second_factor.PASSKEY
            ],
            codes_left=second_factor.codes_left(request.user),
            last=len(strong) < 2,
        )


def enrolled(request: Any, made: Authenticator) -> HttpResponse:
    """A new way is there: it was just used, so it opens this session too; the first comes with its list."""
    user = request.user
    sessions.proved(request, user, sessions.SECOND_FACTOR, id=made.pk, type=str(made.type))
    events.write(request, perms.FACTOR_ADD, user=user, type=str(made.type))
    mails.send(mails.FACTOR_CHANGED, to=user.email)
    if second_factor.codes_left(user) == 0:
        second_factor.keep_for_print(request, second_factor.make_codes(user))
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
    return HttpResponseRedirect(reverse("mfa_index"))


class AddApp(AuthPage):
    action = perms.FACTOR_ADD
    template_name = "accounts/add_app.html"

    def get(self, request: Any) -> HttpResponse:
        request.session[NEW_APP] = second_factor.seal(second_factor.new_secret(), request.user.pk)
        return self.show(CodeForm())

    def secret(self) -> str:
        sealed = self.request.session.get(NEW_APP)
        user: Any = self.request.user
        return second_factor.unseal(sealed, user.pk) if sealed else ""

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        secret = self.secret()
        uri = FactorAdapter().build_totp_url(self.request.user, secret)  # type: ignore[arg-type]
        grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return super().show(
            form,
            status=status,
            qr=qr_code(uri),
            secret=grouped,
            first=not second_factor.is_enrolled(self.request.user),  # type: ignore[arg-type]
        )

    def post(self, request: Any) -> HttpResponse:
        form, secret = CodeForm(request.POST), self.secret()
        if not secret:
            return HttpResponseRedirect(request.path)
        if not form.is_valid():
            return self.show(form)
        tried = throttling.begin(*throttling.code_counters(request, request.user, address_of(request)))
        if tried.wait:
            return self.wait(form, tried.wait, "code")
        made = second_factor.activate_app(request.user, secret, form.cleaned_data["code"])
        if made is None:
            form.add_error("code", "Ten kod już wygasł. Wpisz ten, który aplikacja pokazuje teraz.")
            return self.show(form)
        throttling.succeeded(tried)
        del request.session[NEW_APP]
        return enrolled(request, made)


class AddPasskey(AuthPage):
    """A passkey needs a script; without one this page says what to do instead."""

    action = perms.FACTOR_ADD
    template_name = "accounts/add_passkey.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(PasskeyNameForm(initial={"name": "Ten komputer"}))

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        options = passkeys.new_options(self.request.user)  # type: ignore[arg-type]
        return super().show(
            form,
            status=status,
            options=options,
            first=not second_factor.is_enrolled(self.request.user),  # type: ignore[arg-type]
            refused=context.get("refused", ""),
        )

    def post(self, request: Any) -> HttpResponse:
        form = PasskeyNameForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            made = passkeys.add(request.user, request.POST.get("credential", ""), form.cleaned_data["name"])
        except passkeys.NotValid:
            return self.show(form, status=422, refused="Klucz nie powstał. Spróbuj jeszcze raz.")
        return enrolled(request, made)


class RemoveFactor(AuthPage):
    action = perms.FACTOR_REMOVE
    template_name = "accounts/remove_factor.html"

    def get(self, request: Any) -> HttpResponse:
        return self.show(which=self.which(request.GET.get("klucz", "")))

    def which(self, key: str) -> Authenticator | None:
        if not (key.isascii() and key.isdigit() and len(key) < 10):
            return None
        strong = [second_factor.APP, second_factor.PASSKEY]
        return Authenticator.objects.filter(user=self.request.user, type__in=strong, pk=int(key)).first()

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        which = context.get("which")
        name = ""
        if which is not None:
            name = (
                "aplikacja z kodami" if which.type == second_factor.APP else f"klucz „{which.data['name']}”"
            )
        return super().show(form, status=status, which=which, name=name)

    def post(self, request: Any) -> HttpResponse:
        found = self.which(request.POST.get("klucz", ""))
        if found is None:
            toasts.saved(request, "Tego sposobu już nie ma.")
        elif not second_factor.remove(request.user, found.pk):
            toasts.saved(request, "To jedyny drugi krok tego konta. Najpierw dodaj inny, potem usuń ten.")
        else:
            events.write(request, perms.FACTOR_REMOVE, user=request.user, type=str(found.type))
            mails.send(mails.FACTOR_CHANGED, to=request.user.email)
            toasts.saved(request, "Usunięto drugi krok.")
        return HttpResponseRedirect(reverse("mfa_index"))


class PrintCodes(AuthPage):
    """The codes just made, to print; later only their number is known."""

    action = perms.CODES_SHOW
    template_name = "accounts/codes.html"

    def get(self, request: Any) -> HttpResponse:
        return self.show(
            codes=second_factor.to_print(request), codes_left=second_factor.codes_left(request.user)
        )

    def post(self, request: Any) -> HttpResponse:
        second_factor.printed(request)
        return HttpResponseRedirect(request.session.pop(AFTER, "") or reverse("mfa_index"))


class MakeCodes(AuthPage):
    action = perms.CODES_MAKE
    template_name = "accounts/make_codes.html"

    def get(self, request: Any) -> HttpResponse:
        return self.show(codes_left=second_factor.codes_left(request.user))

    def post(self, request: Any) -> HttpResponse:
        second_factor.keep_for_print(request, second_factor.make_codes(request.user))
        events.write(request, perms.CODES_MAKE, user=request.user)
        mails.send(mails.FACTOR_CHANGED, to=request.user.email)
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))


class PasskeyList(AuthPage):
    """allauth's name for the list of passkeys; ours stands with the other ways."""

    action = perms.FACTORS

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(with_next(reverse("mfa_index"), next_of(request)))
