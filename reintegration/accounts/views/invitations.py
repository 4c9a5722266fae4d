"""Inviting, and being invited."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property

from reintegration.accounts import events, perms, services, sessions, throttling
from reintegration.accounts.forms import InvitationForm, RegisterForm
from reintegration.accounts.models import Invitation, User
from reintegration.accounts.views.base import AuthPage, address_of, home
from reintegration.core import clock, toasts
from reintegration.core.errors import InputError
from reintegration.core.views import FormPage
from reintegration.tenancy.enums import OrganisationKind, Role
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import scope

LINK = "invitation"
MOST_SHOWN = 100


class Invitations(AuthPage):
    """What was sent from this organisation and what became of it."""

    action = perms.INVITATION_LIST
    template_name = "accounts/invitations.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: Any) -> HttpResponse:
        rows = Invitation.objects.filter(organisation_id=request.principal.place.id)
        rows = rows.select_related("invited_by", "organisation").order_by("-created_at", "-pk")[:MOST_SHOWN]
        return self.show(rows=[self.row(one) for one in rows], most=MOST_SHOWN)

    @staticmethod
    def row(one: Invitation) -> dict[str, Any]:
        if one.accepted_at:
            state = ("przyjęte", "ok")
        elif one.revoked_at:
            state = ("wycofane", "plain")
        elif not one.is_usable(at=clock.now()):
            state = ("wygasło", "warn")
        else:
            state = ("czeka", "info")
        return {
            "pk": one.pk,
            "email": one.email,
            "roles": ", ".join(one.role_labels),
            "created_at": one.created_at,
            "by": one.invited_by.get_full_name() if one.invited_by else "",
            "state": state[0],
            "kind": state[1],
            "open": one.accepted_at is None and one.revoked_at is None,
        }


class Invite(FormPage):
    """Invite into one's own organisation; the operator also into any other, to its first manager."""

    action = perms.INVITATION_MAKE
    title = "Zaproś osobę"
    form_class = InvitationForm
    submit = "Wyślij zaproszenie"
    back_url = reverse_lazy("accounts:invitations")
    drafts = False
    request: Any

    @cached_property
    def organisation(self) -> Organisation | None:
        principal = self.request.principal
        key = principal.place.id
        asked = self.request.GET.get("organizacja", "")
        if asked and Role.OPERATOR in principal.roles:
            try:
                key = UUID(asked)
            except ValueError:
                return None
        return Organisation.objects.filter(pk=key).first()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.organisation is None:
            return HttpResponseRedirect(str(self.back_url))
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Zaproszenia", str(self.back_url)), ("Nowe", "")]

    def lead(self) -> str:
        return self.organisation.name if self.organisation else ""

    def form_kwargs(self) -> Mapping[str, Any]:
        assert self.organisation is not None
        return {"kind": OrganisationKind(self.organisation.kind)}

    def save(self, form: Any) -> Invitation:
        assert self.organisation is not None
        typed = form.cleaned_data
        made, token = services.invite(
            email=typed["email"],
            organisation=self.organisation,
            roles=[Role(role) for role in typed["roles"]],
            since=typed["since"],
            until=typed["until"],
            by=self.request.user,
        )
        services.send_invitation(made, token=token)
        return made

    def success(self, form: Any, result: Any) -> str:
        return "Wysłano zaproszenie. Link działa 7 dni."


class RevokeInvitation(AuthPage):
    action = perms.INVITATION_REVOKE
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("accounts:invitations"))

    def post(self, request: Any) -> HttpResponse:
        try:
            key = UUID(request.POST.get("zaproszenie", ""))
            services.revoke_invitation(key=key, organisation_id=request.principal.place.id)
        except InputError as error:
            toasts.saved(request, error.message)
        except ValueError:
            toasts.saved(request, "Tego zaproszenia nie można już wycofać: zostało przyjęte albo wycofane.")
        else:
            toasts.saved(request, "Wycofano zaproszenie. Link już nie działa.")
        return HttpResponseRedirect(reverse("accounts:invitations"))


class InvitationLink(AuthPage):
    """Takes the token out of the address, so that it stands in no history and in no header."""

    action = perms.INVITATION_ACCEPT

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if services.usable_invitation(token) is not None:
            request.session[LINK] = token
        return HttpResponseRedirect(reverse("accounts:accept"))


class Accept(AuthPage):
    """An invited person: makes an account, or joins with the one they have."""

    action = perms.INVITATION_ACCEPT
    template_name = "accounts/accept.html"

    def token(self) -> str:
        return str(self.request.session.get(LINK, ""))

    def get(self, request: Any) -> HttpResponse:
        invitation = services.usable_invitation(self.token())
        if invitation is None:
            return self.gone()
        return self.ask(invitation)

    def gone(self) -> HttpResponse:
        return self.show(status=410, invitation=None, state="gone")

    def ask(self, invitation: Invitation, form: RegisterForm | None = None) -> HttpResponse:
        request: Any = self.request
        if request.user.is_authenticated:
            same = request.user.email == invitation.email
            return self.show(invitation=invitation, state="join" if same else "other")
        if User.objects.filter(email=invitation.email).exists():
            return self.show(invitation=invitation, state="sign_in")
        return self.show(form or RegisterForm(), invitation=invitation, state="new")

    def post(self, request: Any) -> HttpResponse:
        tried = throttling.begin(throttling.counter(throttling.LINK, address_of(request)))
        if tried.wait:
            form = RegisterForm(request.POST)
            form.is_valid()
            form.add_error(None, f"Za dużo prób. Spróbuj ponownie za {tried.wait} s.")
            return self.show(form, status=429, invitation=None, state="wait")
        invitation = services.usable_invitation(self.token())
        if invitation is None:
            return self.gone()
        throttling.succeeded(tried)
        if request.user.is_authenticated:
            return self.join(request, invitation)
        if User.objects.filter(email=invitation.email).exists():
            return self.ask(invitation)
        return self.register(request, invitation)

    def inside(self, invitation: Invitation, user: User | None) -> Any:
        return scope(
            organisation_id=invitation.organisation_id,
            user_id=user.pk if user else None,
            request_id=self.request.request_id,  # type: ignore[attr-defined]
            source="web",
        )

    def join(self, request: Any, invitation: Invitation) -> HttpResponse:
        if not sessions.has_second_factor(request):
            return HttpResponseRedirect(f"{reverse('mfa_index')}?next={reverse('accounts:accept')}")
        try:
            with self.inside(invitation, request.user):
                services.join(token=self.token(), user=request.user)
                events.write(request, perms.INVITATION_ACCEPT, user=request.user)
        except InputError as error:
            toasts.saved(request, error.message)
            return self.ask(invitation)
        del request.session[LINK]
        request.session["organisation"] = str(invitation.organisation_id)
        toasts.saved(request, f"Dołączono: {invitation.organisation.short_name}.")
        return HttpResponseRedirect(home())

    def register(self, request: Any, invitation: Invitation) -> HttpResponse:
        form = RegisterForm(request.POST)
        if not form.is_valid():
            return self.ask(invitation, form)
        try:
            with self.inside(invitation, None):
                user = services.register(token=self.token(), **form.cleaned_data)
                events.write(request, perms.INVITATION_ACCEPT, user=user)
        except InputError as error:
            form.refuse(error)
            return self.ask(invitation, form)
        del request.session[LINK]
        sessions.proved(request, user, "password")
        request.session["organisation"] = str(invitation.organisation_id)
        return perform_login(request, Login(user=user, redirect_url=home()))

    def show(self, form: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(form, status=status, **{"invitation": None, "state": "gone", **context})
