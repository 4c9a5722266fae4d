"""Screens of what is known of one person: all of it in a file, and until when it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from participants.models import Person
from participants.perms import consents as perms
from participants.queries import retention as queries
from participants.retention import years_kept
from participants.services.exports import KIND, start_person_export
from reintegration.audit import perms as audit_perms
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.form_fields import ChoiceField, TextField
from reintegration.core.formats import format_table_date
from reintegration.core.lists import Column, FilterForm, ListPage
from reintegration.core.text import search_key
from reintegration.core.views import ConfirmPage, Page
from reintegration.documents.models import StoredFile
from reintegration.jobs.models import Job
from reintegration.jobs.queries import progress_of

EXPORT = "Wszystkie dane jednej osoby"
RETENTION = "Przechowywanie danych"


class PersonExport(ConfirmPage):
    action = perms.PERSON_EXPORT
    title = "Przygotować wszystkie dane tej osoby?"
    verb = "Przygotuj dane"

    def object(self, *, lock: bool) -> Person:
        found: Person = get_object_or_404(Person, pk=self.kwargs["pk"])
        record.about(self.request, found)
        record.shows(self.request, [found.pk])
        self.back_url = reverse("participants:person", args=[found.pk])
        return found

    def text(self) -> str:
        return (
            f"{self.found}. Powstaną dwa pliki: JSON i PDF, także z wpisami i opiniami poufnymi."
            " Osoba ma do nich prawo (art. 15 i 20 RODO). Pliki poczekają tydzień."
        )

    def perform(self) -> str:
        batch = start_person_export(person_id=self.found.pk)
        return reverse("participants:export_show", args=[batch])


class ExportShow(Page):
    action = perms.EXPORT_SHOW
    template_name = "participants/consents/export.html"
    title = EXPORT
    request: Any

    def page(self) -> Mapping[str, Any]:
        batch = self.kwargs["batch"]
        job = Job.objects.here().filter(batch_id=batch, created_by=self.request.user.pk, kind=KIND).first()
        if job is None:
            raise Http404
        person = Person.objects.filter(pk=job.payload["person"]).first()
        if person is not None:
            record.shows(self.request, [person.pk])
        keys = list((job.result or {}).values())
        rows = StoredFile.objects.visible_to(self.request.principal).filter(pk__in=keys)
        files = list(rows.order_by("media_type"))
        return {"progress": progress_of(batch), "files": files, "made": bool(keys), "person": person}


class RetentionFilter(FilterForm):
    kto = TextField(label="Nazwisko", max_length=80, width="m", required=False)
    koniec = ChoiceField(
        label="Koniec przechowywania",
        choices=[("rok", "do usunięcia w tym roku"), ("wstrzymane", "usunięcie wstrzymane")],
        required=False,
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.cleaned_data["kto"]:
            rows = rows.filter(search_last__prefix=search_key(self.cleaned_data["kto"]))
        asked = self.cleaned_data["koniec"]
        if asked == "rok":
            return queries.ending_by(rows, year=clock.today().year)
        return rows.filter(is_held=True) if asked == "wstrzymane" else rows


class RetentionList(ListPage):
    action = perms.RETENTION_LIST
    title = RETENTION
    file_name = "przechowywanie"
    default_sort = "name"
    filter_form = RetentionFilter
    row_url_name = "participants:person"
    request: Any
    columns = (
        Column("name", "Osoba", sort="name_order", cell=str),
        Column("state", "Stan", cell=lambda row: state_of(row.keeping), phone="main"),
        Column("until", "Przechowujemy do", cell=lambda row: until_of(row.keeping)),
        Column("why", "Dlaczego", cell=lambda row: row.keeping.why),
        Column("last_end", "Koniec usług", sort="last_end"),
    )

    def queryset(self) -> QuerySet[Any]:
        return queries.kept_persons()

    def lead(self) -> str:
        year = clock.today().year
        count = queries.ending_by(queries.kept_persons(), year=year).count()
        return f"Do usunięcia w {year} roku: {count}. Program usuwa sam, po ostatnim dniu, i zostawia liczby."

    def actions(self) -> Sequence[Link]:
        if self.request.may(audit_perms.HOLD_LIST):
            return [Link("Wstrzymane usunięcia", reverse("audit:hold_list"))]
        return []

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.pk for row in rows})
        years, today = years_kept(), clock.today()
        for row in rows:
            row.keeping = queries.keeping_of(row, years=years, today=today)

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nie ma jeszcze nikogo w kartotece", "Terminy policzą się same.", "clock")


def until_of(keeping: queries.Keeping) -> str:
    return format_table_date(keeping.until) if keeping.until else "–"


def state_of(keeping: queries.Keeping) -> Badge:
    if keeping.held:
        return Badge("wstrzymane", "info", "lock")
    if keeping.until is None:
        return Badge("w toku", "ok")
    today = clock.today()
    if keeping.due(today):
        return Badge("po terminie", "bad")
    if keeping.until.year == today.year:
        return Badge("w tym roku", "warn")
    return Badge("przechowujemy", "plain")


urlpatterns = [
    path("osoby/<uuid:pk>/wszystkie-dane/", PersonExport.as_view(), name="person_export"),
    path("wszystkie-dane/<uuid:batch>/", ExportShow.as_view(), name="export_show"),
    path("ustawienia/przechowywanie/", RetentionList.as_view(), name="retention_list"),
]
