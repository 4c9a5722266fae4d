"""Health insurance of one person: the tab of the file, what is written there, and the letters."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from benefits import health_papers as papers
from benefits import perms
from benefits.enums import HealthKind
from benefits.forms import health as forms
from benefits.models import HealthRegistration, HealthTitle
from benefits.queries.health import TITLE_CODE, event_of, health_of_one
from benefits.services import health as services
from benefits.views import health_words as words
from participants.models import Participation
from participants.views.participations.base import FileForm, crumbs_of, file_of
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download
from reintegration.tenancy.actions import handles

TAB = "Ubezpieczenie"


def tab(request: Any, file: Participation) -> tuple[str, str] | None:
    """The tab, in a CIS and a KIS alike."""
    if not request.may(perms.HEALTH_SHOW):
        return None
    return TAB, reverse("benefits:health_file", args=[file.pk])


class Show(OfTab):
    action = perms.HEALTH_SHOW
    template_name = "benefits/health/file.html"
    tab = TAB

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        found = health_of_one(self.file)
        gap = found.gap(today)
        return {
            **super().page(),
            "health": found,
            "strip": words.strip(found.segments, today, club=found.club),
            "segments": [
                (
                    one,
                    words.cover_words(one.cover, club=found.club),
                    words.LAW.get(one.cover, ""),
                    one.since <= today <= one.until,
                )
                for one in found.segments
            ],
            "warning": words.warning(found, today),
            "bridges": gap is not None,
            "after": words.end_sentence(found, today),
            "rows": [(row, words.waiting(event_of(row), today)) for row in found.told],
            "untold": words.changes_words(found, today),
            "code": TITLE_CODE,
            "during": "W czasie kontraktu" if found.club else "W czasie programu",
            "paper": words.paper(found),
        }


class OfHealth(FileForm):
    """A form about the insurance of one file; it leads back to the tab."""

    action = perms.HEALTH_WRITE

    def object(self, *, lock: bool) -> Participation:
        file = super().object(lock=lock)
        self.back_url = reverse("benefits:health_file", args=[file.pk])
        return file

    def lead(self) -> str:
        return f"{self.file.person}, sprawa {self.file.number}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, self.back_url), (self.get_title(), ""))


class TitleAdd(OfHealth):
    title = "Ubezpieczenie osoby"
    form_class = forms.TitleForm
    request: Any

    def initial(self) -> Mapping[str, Any]:
        asked = self.request.GET.get("rodzaj", "")
        if asked not in HealthKind.values:
            return {}
        # A decision is asked for today, and today somebody said that they have nothing.
        dated = asked in {HealthKind.DECISION, HealthKind.NONE}
        return {"kind": asked, "since": clock.today() if dated else None}

    def save(self, form: forms.TitleForm) -> HealthTitle:
        return services.add_title(participation_id=self.file.pk, **form.cleaned_data)


class OfRow:
    """A screen about something written on the tab; it leads back there."""

    model: type[HealthTitle | HealthRegistration]
    request: Any
    kwargs: dict[str, Any]
    title = ""
    back_url = ""

    def object(self, *, lock: bool) -> Any:
        self.row: Any = get_object_or_404(self.model.objects.all(), pk=self.kwargs["pk"])
        # The file before what belongs to it, as everybody who writes takes them.
        self.file = file_of(self.request, self.row.participation_id, lock=lock)
        if lock:
            self.row = get_object_or_404(
                self.model.objects.select_for_update(of=("self",)), pk=self.kwargs["pk"]
            )
        record.about(self.request, self.row)
        self.back_url = reverse("benefits:health_file", args=[self.file.pk])
        return self.row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, self.back_url), (self.title, ""))


class TitleChange(OfRow, FormPage):
    model = HealthTitle
    action = perms.HEALTH_WRITE
    title = "Popraw ubezpieczenie"
    form_class = forms.TitleForm

    def lead(self) -> str:
        return f"{self.file.person}, sprawa {self.file.number}."

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.row, name) for name in ("kind", "since", "until", "note")}

    def save(self, form: forms.TitleForm) -> HealthTitle:
        return services.change_title(title_id=self.row.pk, **form.cleaned_data)


class TitleRemove(OfRow, ConfirmPage):
    model = HealthTitle
    action = perms.HEALTH_WRITE
    title = "Usuń wpis"
    verb = "Usuń wpis"
    danger = True

    def text(self) -> str:
        until = f" do {format_table_date(self.row.until)}" if self.row.until else ""
        entry = f"{self.row.get_kind_display()}, od {format_table_date(self.row.since)}{until}"
        return (
            f"{self.file.person}: {entry}. Usuń to, co wpisano przez pomyłkę."
            " Ubezpieczeniu, które się skończyło, wpisz koniec."
        )

    def perform(self) -> str:
        services.remove_title(title_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Usunięto wpis."


class Done(OfRow, FormPage):
    """The days that the OPS told by telephone or on paper."""

    model = HealthRegistration
    action = perms.HEALTH_WRITE
    title = "Zgłoszenie w OPS"
    form_class = forms.DoneForm

    def lead(self) -> str:
        return f"{self.file.person}: co zrobił OPS. (art. 75 ust. 12)"

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.row, name) for name in ("registered_on", "deregistered_on")}

    def save(self, form: forms.DoneForm) -> HealthRegistration:
        return services.note_done(registration_id=self.row.pk, **form.cleaned_data)


@handles(POST=perms.HEALTH_TELL)
def tell(request: Any, pk: UUID) -> HttpResponse:
    """Tell the OPS; a body that works in this program sees it at once."""
    file = file_of(request, pk)
    try:
        made = services.tell(participation_id=file.pk)
    except InputError as error:
        toasts.refused(request, error.message)
    else:
        for row in made:
            record.about(request, row)
        if any(row.sender_id for row in made):
            toasts.saved(request, "Przekazano. OPS widzi zadanie u siebie.")
        else:
            toasts.saved(request, "Zapisano. Wydrukuj pismo i wyślij je do OPS.")
    return redirect("benefits:health_file", file.pk)


class DecisionLetter(Page):
    """The request for the decision of the wójt, for the person's signature."""

    action = perms.HEALTH_PRINT

    def get(self, request: Any, pk: UUID) -> HttpResponse:
        file = file_of(request, pk)
        paper = papers.decision_letter(health_of_one(file), clock.today())
        return as_download(paper, f"prośba o decyzję {file.number}")


class OpsLetter(Page):
    """The letter to the OPS that asks to register one person, or to end it."""

    action = perms.HEALTH_PRINT

    def get(self, request: Any, pk: UUID) -> HttpResponse:
        file = file_of(request, pk)
        found = health_of_one(file)
        if not found.stretches:
            toasts.refused(request, "Program nie daje tej osobie ubezpieczenia, więc nie ma czego zgłaszać.")
            return redirect("benefits:health_file", file.pk)
        return as_download(papers.ops_letter(found, clock.today()), f"zgłoszenie zdrowotne {file.number}")


_FILE = "uczestnicy/<uuid:pk>/ubezpieczenie-zdrowotne/"
_ROW = "ubezpieczenie-zdrowotne/wpisy/<uuid:pk>/"
urlpatterns = [
    path(_FILE, Show.as_view(), name="health_file"),
    path(f"{_FILE}dodaj/", TitleAdd.as_view(), name="health_title_add"),
    path(f"{_FILE}przekaz/", tell, name="health_tell"),
    path(f"{_FILE}prosba-o-decyzje/", DecisionLetter.as_view(), name="health_decision_letter"),
    path(f"{_FILE}pismo-do-ops/", OpsLetter.as_view(), name="health_ops_letter"),
    path(_ROW, TitleChange.as_view(), name="health_title_change"),
    path(f"{_ROW}usun/", TitleRemove.as_view(), name="health_title_remove"),
    path("ubezpieczenie-zdrowotne/zgloszenia/<uuid:pk>/", Done.as_view(), name="health_done"),
]
