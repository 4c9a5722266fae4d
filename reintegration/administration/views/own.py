"""The settings of one's own organisation: the list of them, its data, its account, its first steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from reintegration.administration import checklist, perms, queries, services
from reintegration.administration.forms.unit import AccountForm, OwnForm
from reintegration.administration.settings_places import places_for
from reintegration.audit import perms as audit_perms
from reintegration.audit import record
from reintegration.audit.panels import seen_url
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import format_long_date
from reintegration.core.identifiers import format_nrb
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.tenancy.models import Organisation, Unit, UnitAccount

SETTINGS = "Ustawienia"


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(SETTINGS, reverse("administration:settings")), *more]


def history_links(request: Any, found: Model) -> list[Link]:
    """To what changed in an object, and to who saw a person, for whoever may read it."""
    links = []
    if request.may(audit_perms.HISTORY):
        links.append(Link("Historia", reverse("audit:history", args=[found._meta.label_lower, found.pk])))
    if url := seen_url(request, found):
        links.append(Link("Kto widział", url))
    return links


class SettingsHub(Page):
    """Where everything that is set once in a while can be found."""

    action = perms.SETTINGS
    template_name = "administration/settings.html"
    title = SETTINGS

    def lead(self) -> str:
        return f"{self.request.principal.place}. To, co ustawia się raz na jakiś czas."

    def page(self) -> Mapping[str, Any]:
        return {"groups": places_for(self.request)}


class OwnEdit(FormPage):
    action = perms.OWN_EDIT
    title = "Dane organizacji"
    form_class = OwnForm
    back_url = reverse_lazy("administration:settings")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((self.title, ""))

    def lead(self) -> str:
        return f"{self.found.name}. Nazwę i rodzaj zmienia operator systemu."

    def object(self, *, lock: bool) -> Organisation:
        rows = Organisation.objects.filter(pk=self.request.principal.place.id)
        return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.found, name) for name in OwnForm.base_fields}

    def save(self, form: OwnForm) -> Organisation:
        values = {name: value or "" for name, value in form.cleaned_data.items()}
        record.about(self.request, self.found)
        return services.change_organisation(organisation=self.found, values=values)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano dane organizacji."


class TwoPeople(ConfirmPage):
    """That only two people work here, so that one may do what otherwise asks for a third."""

    action = perms.TWO_PEOPLE
    back_url = reverse_lazy("administration:settings")

    def object(self, *, lock: bool) -> Unit:
        rows = Unit.objects.filter(pk=self.request.principal.place.id)
        return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)

    @property
    def verb(self) -> str:  # type: ignore[override]
        return "Zapisz, że jest nas więcej" if self.found.only_two_people else "Zapisz, że jest nas dwoje"

    def get_title(self) -> str:
        if self.found.only_two_people:
            return "Zapisać, że w jednostce pracują więcej niż dwie osoby?"
        return "Zapisać, że w jednostce pracują tylko dwie osoby?"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs(("Tylko dwie osoby", ""))

    def text(self) -> str:
        if self.found.only_two_people:
            return "Od teraz listę wypłat sporządza, sprawdza i zatwierdza troje różnych ludzi."
        return (
            "Listę wypłat sporządza, sprawdza i zatwierdza zwykle troje różnych ludzi."
            " Z tym zapisem wystarczą dwie osoby, ale zawsze różne. Zapis widać w dzienniku."
        )

    def perform(self) -> str:
        record.about(self.request, self.found)
        services.set_two_people(unit=self.found, only_two=not self.found.only_two_people)
        return str(self.back_url)

    def success(self) -> str:
        return "Zapisano."


class Account(Page):
    """The bank account from which the unit pays."""

    action = perms.ACCOUNT_SHOW
    template_name = "administration/account.html"
    title = "Rachunek jednostki"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((self.title, ""))

    def lead(self) -> str:
        return "Z tego rachunku wychodzą świadczenia. Nowy numer działa od dnia, który wpiszesz."

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.ACCOUNT_SET):
            return []
        return [Link("Wpisz rachunek", reverse("administration:account_set"), current=True)]

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        rows = list(queries.accounts())
        current = next((row for row in rows if row.since <= today), None)
        return {
            "rows": [(row, format_nrb(row.number)) for row in rows],
            "current": current,
            "today": today,
        }


class AccountSet(FormPage):
    action = perms.ACCOUNT_SET
    title = "Nowy rachunek"
    form_class = AccountForm
    back_url = reverse_lazy("administration:account")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs(("Rachunek jednostki", str(self.back_url)), (self.title, ""))

    def initial(self) -> Mapping[str, Any]:
        return {"since": clock.today()}

    def save(self, form: AccountForm) -> UnitAccount:
        made = services.set_account(
            number=form.cleaned_data["number"],
            bank=form.cleaned_data["bank"],
            since=form.cleaned_data["since"],
            today=clock.today(),
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: UnitAccount) -> str:
        return f"Zapisano rachunek od {format_long_date(result.since)}."


class AccountRemove(ConfirmPage):
    action = perms.ACCOUNT_REMOVE
    verb = "Wycofaj rachunek"
    danger = True
    back_url = reverse_lazy("administration:account")

    def object(self, *, lock: bool) -> UnitAccount:
        rows = UnitAccount.objects.filter(pk=self.kwargs["pk"])
        return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)

    def get_title(self) -> str:
        return f"Wycofać rachunek od {format_long_date(self.found.since)}?"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs(("Rachunek jednostki", str(self.back_url)), ("Wycofanie", ""))

    def text(self) -> str:
        return f"Numer kończący się na {self.found.number[-4:]}. Zostanie wcześniejszy rachunek."

    def perform(self) -> str:
        record.about(self.request, self.found)
        services.remove_account(row=self.found, today=clock.today())
        return str(self.back_url)

    def success(self) -> str:
        return "Wycofano rachunek."


class Start(Page):
    """What a new unit does first, in order."""

    action = perms.START
    template_name = "administration/start.html"
    title = "Pierwsze kroki"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((self.title, ""))

    def lead(self) -> str:
        left = sum(not step.done for step in self.steps)
        return "Wszystko gotowe do pracy." if not left else "Po kolei. Do każdego kroku możesz wrócić."

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.steps = checklist.steps_for(request)
        return super().get(request, *args, **kwargs)

    def page(self) -> Mapping[str, Any]:
        return {"steps": self.steps}
