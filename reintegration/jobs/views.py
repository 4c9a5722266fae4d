"""The operator's list of jobs, the progress of long work, and the sign of life."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from reintegration.audit import record
from reintegration.core import toasts
from reintegration.core.components import Badge, Empty
from reintegration.core.errors import InputError
from reintegration.core.form_fields import ChoiceField
from reintegration.core.lists import Column, FilterForm, ListPage
from reintegration.core.views import DetailPage, wants_fragment
from reintegration.jobs import perms, queries, services, transitions
from reintegration.jobs.enums import JobState
from reintegration.jobs.models import Job
from reintegration.jobs.registry import REGISTRY, title_of
from reintegration.tenancy.actions import handles

BADGES = {
    JobState.QUEUED: "plain",
    JobState.RUNNING: "info",
    JobState.DONE: "ok",
    JobState.PARKED: "bad",
    JobState.CANCELLED: "plain",
}


def badge_of(job: Job) -> Badge:
    return Badge(JobState(job.state).label, BADGES[JobState(job.state)])


class JobFilter(FilterForm):
    stan = ChoiceField(label="Stan", choices=JobState.choices, widget=forms.Select)
    rodzaj = ChoiceField(label="Rodzaj", choices=[], widget=forms.Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted((handler.title, kind) for kind, handler in REGISTRY.items())
        self.offer("stan", "każdy stan", JobState.choices)
        self.offer("rodzaj", "każdy rodzaj", [(kind, title) for title, kind in kinds])

    def offer(self, name: str, every: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", every), *choices]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if state := self.cleaned_data.get("stan"):
            rows = rows.filter(state=state)
        if kind := self.cleaned_data.get("rodzaj"):
            rows = rows.filter(kind=kind)
        return rows


class JobList(ListPage):
    """All jobs of all organisations: kinds, states and times, never what is in them."""

    action = perms.JOB_LIST
    title = "Zadania w tle"
    file_name = "zadania"
    row_url_name = "jobs:job_view"
    filter_form = JobFilter
    default_sort = "-created"
    columns: Sequence[Column] = (
        Column("kind", "Zadanie", cell=lambda job: title_of(job.kind)),
        Column("state", "Stan", sort="state", cell=badge_of, phone="main"),
        Column("organisation.short_name", "Organizacja"),
        Column("attempts", "Próby", sort="attempts", number=True),
        Column("created", "Zlecone", sort="created_at", cell=lambda job: job.created_at),
        Column("finished", "Koniec", sort="finished_at", cell=lambda job: job.finished_at, phone="hide"),
        Column("error", "Przyczyna", phone="full"),
    )

    def queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Job.objects.select_related("organisation")
        return rows

    def lead(self) -> str:
        if queries.is_beating():
            return "Praca w tle działa."
        return "Praca w tle stoi: od minuty nie ma znaku życia. Sprawdź procesy worker i beat."

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nie ma żadnych zadań", "Pojawią się, gdy ktoś zleci pracę, która trwa dłużej.")


class JobView(DetailPage):
    action = perms.JOB_VIEW
    template_name = "jobs/job.html"

    def object(self) -> Job:
        job: Job = get_object_or_404(Job.objects.select_related("organisation"), pk=self.kwargs["job_id"])
        record.about(self.request, job)
        return job

    def get_title(self) -> str:
        return title_of(self.found.kind)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Zadania w tle", reverse("jobs:job_list")), (self.get_title(), "")]

    def facts(self) -> Iterable[tuple[str, Any]]:
        job = self.found
        yield "Nazwa techniczna", job.kind
        yield "Organizacja", job.organisation
        yield "Próby", job.attempts
        yield "Zlecone", job.created_at
        yield "Nie wcześniej niż", job.run_at
        yield "Ostatni początek", job.started_at
        yield "Koniec", job.finished_at
        yield "Przyczyna", job.error

    def page(self) -> dict[str, Any]:
        sources = {name: transitions.TABLE[name][0] for name in transitions.TABLE}
        return {
            **super().page(),
            "badge": badge_of(self.found),
            "can_retry": self.found.state in sources[transitions.Transition.RETRY],
            "can_cancel": self.found.state in sources[transitions.Transition.CANCEL],
        }


@handles(POST=perms.JOB_RETRY)
def job_retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    record.about(request, get_object_or_404(Job, pk=job_id))
    try:
        services.retry_job(job_id=job_id)
    except InputError as error:
        toasts.refused(request, error.message)
    else:
        toasts.saved(request, "Zadanie wróciło do kolejki.")
    return redirect("jobs:job_view", job_id=job_id)


@handles(POST=perms.JOB_CANCEL)
def job_cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    record.about(request, get_object_or_404(Job, pk=job_id))
    try:
        services.cancel_job(job_id=job_id)
    except InputError as error:
        toasts.refused(request, error.message)
    else:
        toasts.saved(request, "Zadanie anulowane.")
    return redirect("jobs:job_view", job_id=job_id)


@handles(GET=perms.PROGRESS)
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """How far a batch is: a part of a page for htmx, a page of its own without JavaScript."""
    found = queries.progress_of(batch_id)
    if found is None:
        raise Http404
    template = "jobs/progress.html" if wants_fragment(request) else "jobs/progress_page.html"
    return render(request, template, {"progress": found})


@handles(GET=perms.HEALTH)
def health(request: HttpRequest) -> HttpResponse:
    """For health checks: the database answers; with ?czesc=praca, work in the background goes on."""
    try:
        connection.ensure_connection()
        beating = queries.is_beating()
    except DatabaseError:
        return JsonResponse({"baza": "nie odpowiada"}, status=503)
    asked_for_work = request.GET.get("czesc") == "praca"
    return JsonResponse(
        {"baza": "działa", "praca": "działa" if beating else "stoi"},
        status=503 if asked_for_work and not beating else 200,
        json_dumps_params={"ensure_ascii": False},
    )
