"""Helping a colleague who lost the phone and the printed codes."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reintegration.accounts import events, perms, second_factor, services
from reintegration.accounts.models import User
from reintegration.accounts.views.base import AuthPage
from reintegration.accounts.views.passwords import link_for
from reintegration.core import toasts
from reintegration.tenancy.enums import Role


class HelpColleague(AuthPage):
    """People of this organisation who work nowhere else; one is chosen, recognised, and let in anew.

    The operator helps those who work in several organisations: by their exact address, without a list.
    """

    action = perms.FACTOR_RESET
    template_name = "accounts/help_colleague.html"

    @property
    def anybody(self) -> bool:
        return Role.OPERATOR in self.request.principal.roles  # type: ignore[attr-defined]

    def people(self) -> Any:
        request: Any = self.request
        strong = Authenticator.objects.filter(
            user=OuterRef("pk"), type__in=[second_factor.APP, second_factor.PASSKEY]
        )
        people = services.helpable(by=request.user, organisation_id=request.principal.place.id)
        return people.annotate(enrolled=Exists(strong)).order_by("last_name", "first_name", "pk")

    def chosen(self, key: str) -> User | None:
        try:
            number = UUID(key)
        except ValueError:
            return None
        found: User | None = self.people().filter(pk=number).first()
        if found is None and self.anybody:
            return self.others().filter(pk=number).first()
        return found

    def others(self) -> QuerySet[User]:
        return User.objects.filter(is_active=True).exclude(pk=self.request.user.pk)

    def get(self, request: HttpRequest) -> HttpResponse:
        person, asked = self.chosen(request.GET.get("osoba", "")), ""
        if person is None and self.anybody:
            asked = request.GET.get("adres", "").strip().lower()[:254].replace("\x00", "")
            person = self.others().filter(email=asked).first()
        people = [] if person else list(self.people())
        return self.show(person=person, people=people, anybody=self.anybody, asked=asked)

    def post(self, request: Any) -> HttpResponse:
        person = self.chosen(request.POST.get("osoba", ""))
        if person is None:
            toasts.saved(request, "Tej osobie nie można tu pomóc. Wybierz kogoś z listy.")
            return HttpResponseRedirect(reverse("accounts:help_colleague"))
        services.reset_second_factor(user=person, link=link_for)
        events.write(request, perms.FACTOR_RESET, user=person)
        toasts.saved(request, "Zdjęto drugi krok. Na adres tej osoby poszedł link do nowego hasła.")
        return HttpResponseRedirect(reverse("accounts:help_colleague"))
