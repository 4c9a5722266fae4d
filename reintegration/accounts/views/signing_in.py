"""Password, second step, passkey, and the way out."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from reintegration.accounts import events, mails, passkeys, perms, second_factor, sessions, throttling
from reintegration.accounts.forms import CodeForm, ListCodeForm, SignInForm
from reintegration.accounts.models import User
from reintegration.accounts.views.base import AuthPage, address_of, home, next_of, with_next
from reintegration.core import throttle, toasts

GUESSES_TO_TELL = 10
QUESTIONS = 100
NOT_VALID = "Ten klucz nie pasuje. Spróbuj jeszcze raz albo zaloguj się hasłem."


class SignIn(AuthPage):
    """The first step. What it answers, and how long it takes, does not tell whether an account exists."""

    action = perms.SIGN_IN
    template_name = "accounts/sign_in.html"

    def get(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(next_of(request) or home())
        refused = request.session.pop("passkey_refused", "") if "passkey_refused" in request.session else ""
        return self.show(SignInForm(), ended=self.ended(), refused=refused)

    def ended(self) -> dict[str, str] | None:
        """Why the last session ended, and that what was typed is kept."""
        left = self.request.session.get(sessions.ENDED)
        if left is None:
            return None
        idle = left["reason"] == "idle"
        title = "Minęło 30 minut bez ruchu" if idle else "Minęło 12 godzin od zalogowania"
        text = "Zaloguj się jeszcze raz."
        if left["resume"]:
            text += " To, co było wpisane, czeka."
        return {"title": title, "text": text}

    def post(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(next_of(request) or home())
        form = SignInForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        email, password = form.cleaned_data["email"], form.cleaned_data["password"]
        tried = throttling.begin(*throttling.sign_in_counters(request, email, address_of(request)))
        if tried.wait:
            return self.wait(form, tried.wait)
        user = get_adapter(request).authenticate(request, email=email, password=password)
        if user is None:
            known = User.objects.filter(email=email.lower()).first()
            events.write(request, perms.SIGN_IN, user=known, outcome="refused", step="password")
            form.add_error(None, "Adres e-mail albo hasło się nie zgadza. Sprawdź jedno i drugie.")
            return self.show(form)
        throttling.succeeded(tried)
        login = Login(user=user, email=user.email, redirect_url=next_of(request) or None)
        clear_login(request)
        answer = perform_password_login(request, {}, login)
        if request.user.is_authenticated:
            events.write(request, perms.SIGN_IN, user=request.user, by=request.user.pk, step="password")
        return answer

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(form, status=status, **{"ended": None, "refused": "", **context})


def signed_in(request: Any, answer: HttpResponse, *, step: str) -> HttpResponse:
    """Write down a complete sign-in, and know this browser the next time."""
    if request.user.is_authenticated:
        events.write(request, perms.SIGN_IN, user=request.user, by=request.user.pk, step=step)
        throttling.remember_device(request, answer, request.user.email)
    return answer


class SecondStep(AuthPage):
    """A code of the app, a code of the printed list, or a passkey."""

    action = perms.SECOND_STEP
    template_name = "accounts/second_step.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            return HttpResponseRedirect(home())
        self.stage = LoginStageController.enter(request, AuthenticateStage.key)
        if self.stage is None or not getattr(self.stage.login.user, "is_active", False):
            clear_login(request)
            return HttpResponseRedirect(reverse("account_login"))
        self.person: User = self.stage.login.user
        return super().dispatch(request, *args, **kwargs)

    @property
    def by_list(self) -> bool:
        return self.request.GET.get("sposob") == "lista"

    def form(self, data: Any = None) -> Any:
        return (ListCodeForm if self.by_list else CodeForm)(data)

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        kinds = [one.type for one in second_factor.factors(self.person)]
        has_passkey = second_factor.PASSKEY in kinds
        return super().show(
            form,
            status=status,
            person=self.person,
            has_app=second_factor.APP in kinds,
            by_list=self.by_list or second_factor.APP not in kinds,
            codes_left=second_factor.codes_left(self.person),
            passkey=passkeys.options_for(self.person) if has_passkey else None,
            refused=context.get("refused", ""),
        )

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: Any) -> HttpResponse:
        if "credential" in request.POST:
            return self.by_passkey(request)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        tried = throttling.begin(*throttling.code_counters(request, self.person, address_of(request)))
        if tried.wait:
            return self.wait(form, tried.wait, "code")
        used = second_factor.use_code(self.person, form.cleaned_data["code"])
        if used is None:
            self.tell_of_guesses(tried)
            events.write(request, perms.SECOND_STEP, user=self.person, outcome="refused")
            form.add_error("code", self.what_is_wrong())
            return self.show(form)
        throttling.succeeded(tried)
        return self.leave(request, used)

    def what_is_wrong(self) -> str:
        if self.by_list:
            return "Tego kodu nie ma na liście albo był już użyty. Wpisz następny."
        return "Ten kod już wygasł albo był użyty. Wpisz ten, który widzisz teraz."

    def tell_of_guesses(self, tried: throttling.Try) -> None:
        if tried.failures == GUESSES_TO_TELL:
            with events.sign_in_scope(self.request):
                mails.send(mails.GUESSES, to=self.person.email)

    def by_passkey(self, request: Any) -> HttpResponse:
        try:
            used = passkeys.check(request.POST.get("credential", ""), user=self.person)
        except passkeys.NotValid:
            events.write(request, perms.SECOND_STEP, user=self.person, outcome="refused")
            return self.show(self.form(), status=422, refused=NOT_VALID)
        return self.leave(request, used)

    def leave(self, request: Any, used: Authenticator) -> HttpResponse:
        used.user = self.person
        post_authentication(request, used)
        answer = self.stage.exit()
        return signed_in(request, answer, step=str(used.type))


class PasskeySignIn(AuthPage):
    """A passkey alone: something one has and a finger, a face or a PIN at once, so two factors."""

    action = perms.SIGN_IN

    def get(self, request: Any) -> HttpResponse:
        # Each question is a row of a session, so a machine must not ask without end.
        asked = throttle.allow(f"passkey:{address_of(request)}", limit=QUESTIONS, per=timedelta(minutes=10))
        if not asked.ok:
            return JsonResponse({}, status=429)
        return JsonResponse(passkeys.login_options())

    def post(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(next_of(request) or home())
        try:
            used = passkeys.check(request.POST.get("credential", ""), user=None)
        except passkeys.NotValid:
            events.write(request, perms.SIGN_IN, user=None, outcome="refused", step="webauthn")
            request.session["passkey_refused"] = NOT_VALID
            return HttpResponseRedirect(with_next(reverse("account_login"), next_of(request)))
        clear_login(request)
        post_authentication(request, used, passwordless=True)
        answer = perform_login(request, Login(user=used.user, redirect_url=next_of(request) or None))
        return signed_in(request, answer, step="webauthn")


class SignOut(AuthPage):
    action = perms.SIGN_OUT
    template_name = "accounts/sign_out.html"

    def get(self, request: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponseRedirect(reverse("account_login"))
        return self.show()

    def post(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            events.write(request, perms.SIGN_OUT, user=request.user, by=request.user.pk)
        kept = request.session.get("invitation")
        logout(request, show_message=False)
        if kept and next_of(request):
            request.session["invitation"] = kept
        toasts.saved(request, "Wylogowano.")
        answer = HttpResponseRedirect(next_of(request) or reverse("account_login"))
        answer["Clear-Site-Data"] = '"cache", "storage"'
        return answer


class ClosedAccount(AuthPage):
    action = perms.CLOSED_ACCOUNT
    template_name = "accounts/closed.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()
