"""Forms of the office about its entries: entering, changing, prolonging, ending, linking, a note."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path, reverse

from reintegration.core import clock
from reintegration.core.formats import format_long_date
from reintegration.core.views import ConfirmPage, FormPage
from reintegration.tenancy.enums import UnitType
from reporting import perms
from reporting.forms import registers as forms
from reporting.models import RegisterEntry
from reporting.queries.registers import as_rules
from reporting.rules import registers as rules
from reporting.services import registers as services
from reporting.views.registers import TITLES, OneEntry, register_url


class Enter(FormPage):
    action = perms.REGISTER_WRITE
    unit_type = UnitType.CIS
    submit = "Wpisz do rejestru"

    def get_title(self) -> str:
        return "Nowy CIS w rejestrze" if self.unit_type is UnitType.CIS else "Nowy KIS w rejestrze"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLES[self.unit_type], self.back_url), (self.get_title(), "")]

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return register_url(self.unit_type)

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return forms.EnterCisForm if self.unit_type is UnitType.CIS else forms.EnterKisForm

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": self.unit_type}

    def save(self, form: Any) -> RegisterEntry:
        data = dict(form.cleaned_data)
        since = data.pop("since", data["decided_on"])
        decision = data.pop("decision", "")
        return services.enter(unit_type=self.unit_type, decision=decision, since=since, **data)

    def next_url(self, result: RegisterEntry) -> str:
        return reverse("reporting:entry", args=[result.pk])

    def success(self, form: Any, result: RegisterEntry) -> str:
        return f"Wpisano: {form.cleaned_data['name']}, numer {result.number}."


class EntryForm(OneEntry, FormPage):
    """A form about one entry; it goes back to its page."""

    action = perms.REGISTER_WRITE

    def lead(self) -> str:
        return self.name


class Change(EntryForm):
    form_class = forms.ChangeForm
    title = "Zmień dane"

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": self.unit_type}

    def initial(self) -> Mapping[str, Any]:
        if not self.past.versions:
            return {"since": clock.today()}
        row = self.past.latest
        return {"since": clock.today(), **{name: getattr(row, name) for name in services.DATA}}

    def save(self, form: Any) -> Any:
        return services.change(entry_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Zapisano dane od {format_long_date(result.since)}."


class Prolong(EntryForm):
    action = perms.REGISTER_DECIDE
    form_class = forms.ProlongForm
    title = "Przedłuż status"
    submit = "Przedłuż status"

    def lead(self) -> str:
        last = rules.valid_until(as_rules(self.past.decisions))
        if last is None:
            return self.name
        first = rules.prolongation_from(as_rules(self.past.decisions))
        until = rules.last_day_of_status(first)
        span = f"od {format_long_date(first)} do {format_long_date(until)}"
        return f"{self.name}: na kolejne 5 lat, {span}. (art. 5a)"

    def save(self, form: Any) -> Any:
        return services.prolong(entry_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Przedłużono status do {format_long_date(result.until)}."


class End(EntryForm):
    action = perms.REGISTER_DECIDE
    form_class = forms.EndForm
    request: Any

    def initial(self) -> Mapping[str, Any]:
        """The ground that the page of the entry offers."""
        return {"reason": self.request.GET.get("powod", "")}

    def get_title(self) -> str:
        return "Utrata statusu" if self.unit_type is UnitType.CIS else "Wykreśl z rejestru"

    @property
    def submit(self) -> str:  # type: ignore[override]
        return "Zapisz utratę statusu" if self.unit_type is UnitType.CIS else "Wykreśl z rejestru"

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": self.unit_type}

    def save(self, form: Any) -> Any:
        return services.end(entry_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Zapisano: {result.get_kind_display()} od {format_long_date(result.since)}."


class NoteAdd(EntryForm):
    form_class = forms.NoteForm
    title = "Notatka"

    def save(self, form: Any) -> Any:
        return services.note(entry_id=self.found.pk, **form.cleaned_data)


class UnitLink(EntryForm):
    form_class = forms.LinkForm
    title = "Połącz z jednostką"
    submit = "Połącz"
    drafts = False

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": self.found.unit_type}

    def save(self, form: Any) -> Any:
        return services.link(entry_id=self.found.pk, unit_id=form.cleaned_data["unit"].pk)

    def success(self, form: Any, result: RegisterEntry) -> str:
        return f"Połączono z jednostką: {result.joined}."


class UnitUnlink(OneEntry, ConfirmPage):
    action = perms.REGISTER_WRITE
    title = "Rozłączyć z jednostką?"
    verb = "Rozłącz"

    def text(self) -> str:
        return "Wpis zostaje w rejestrze. Jednostka przestaje widzieć go jako swój."

    def perform(self) -> str:
        services.unlink(entry_id=self.found.pk)
        return self.back_url

    def success(self) -> str:
        return "Rozłączono wpis i jednostkę."


urlpatterns = [
    path("rejestry/cis/nowy/", Enter.as_view(unit_type=UnitType.CIS), name="cis_enter"),
    path("rejestry/kis/nowy/", Enter.as_view(unit_type=UnitType.KIS), name="kis_enter"),
    path("rejestry/wpis/<uuid:pk>/dane/", Change.as_view(), name="entry_change"),
    path("rejestry/wpis/<uuid:pk>/przedluz/", Prolong.as_view(), name="entry_prolong"),
    path("rejestry/wpis/<uuid:pk>/koniec/", End.as_view(), name="entry_end"),
    path("rejestry/wpis/<uuid:pk>/notatka/", NoteAdd.as_view(), name="entry_note"),
    path("rejestry/wpis/<uuid:pk>/polacz/", UnitLink.as_view(), name="entry_link"),
    path("rejestry/wpis/<uuid:pk>/rozlacz/", UnitUnlink.as_view(), name="entry_unlink"),
]
