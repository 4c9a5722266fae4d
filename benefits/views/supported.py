"""Supported employment on the screen: the tab of a file, the list of the unit, and the page of one way."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import perms
from benefits.enums import JobState
from benefits.forms import supported as forms
from benefits.models import SupportedJob
from benefits.queries import supported as queries
from benefits.supported_papers import PAPERS
from benefits.views.supported_words import JOB_BADGES, REFUND_BADGES, employer_facts, ending, steps_of
from participants.models import Participation
from participants.views.participations.base import crumbs_of
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Empty, Link
from reintegration.core.formats import counted, format_money
from reintegration.core.lists import Column, ListPage
from reintegration.core.money import ZERO
from reintegration.core.views import Page

TAB = "Zatrudnienie"
TITLE = "Zatrudnienie wspierane"


def tab(request: Any, file: Participation) -> tuple[str, str] | None:
    if not request.may(perms.SUPPORTED_SHOW):
        return None
    return TAB, reverse("benefits:supported_tab", args=[file.pk])


def job_of(request: Any, pk: UUID) -> SupportedJob:
    """The row with its person, noted in the journal; of another unit it is not found."""
    found: SupportedJob = get_object_or_404(queries.jobs(), pk=pk)
    record.about(request, found)
    record.shows(request, [found.person_id])
    return found


def crumbs_of_job(job: SupportedJob, *more: tuple[str, str]) -> Sequence[tuple[str, str]]:
    tab_url = reverse("benefits:supported_tab", args=[job.participation_id])
    page = reverse("benefits:supported_job", args=[job.pk]) if more else ""
    return crumbs_of(job.participation, (TAB, tab_url), (job.employer_name or "Wniosek do PUP", page), *more)


class Tab(OfTab):
    action = perms.SUPPORTED_SHOW
    template_name = "benefits/supported/tab.html"
    tab = TAB

    def page(self) -> Mapping[str, Any]:
        rows = queries.jobs_of(self.file)
        first = queries.referral_from(self.file)
        return {
            **super().page(),
            "jobs": [(row, JOB_BADGES[row.state], ending(row)) for row in rows],
            "free": not any(row.state in queries.UNDER_WAY for row in rows),
            "first": first,
            "may_now": first is not None and first <= clock.today(),
        }


class JobList(ListPage):
    action = perms.SUPPORTED_LIST
    title = TITLE
    file_name = "zatrudnienie-wspierane"
    filter_form = forms.JobFilter
    row_url_name = "benefits:supported_job"
    default_sort = "state"
    request: Any
    columns = (
        Column("person", "Osoba", sort="person__name_order"),
        Column(
            "state",
            "Stan",
            sort=("place_on_way", "sent_on"),
            cell=lambda row: JOB_BADGES[row.state],
            phone="main",
        ),
        Column("employer_name", "Pracodawca", sort="employer_name"),
        Column("pup_name", "Urząd pracy", sort="pup_name", phone="hide"),
        Column("sent_on", "Wniosek wysłano", sort="sent_on", phone="hide"),
        Column(
            "waiting", "Dni czekania", cell=lambda row: queries.waiting_days(row, clock.today()), number=True
        ),
        Column("since", "Praca od", sort="since"),
        Column("until", "do", sort="until", phone="hide"),
        Column("fail_reason", "Bez skutku, bo", cell=lambda row: row.get_fail_reason_display()),
    )

    def queryset(self) -> QuerySet[Any]:
        return queries.jobs_by_way()

    def lead(self) -> str:
        found = queries.standing(clock.today())
        if not any(found.states.values()):
            return "PUP kieruje do pracy, a starosta zwraca pracodawcy część wynagrodzenia. (art. 16)"
        working = counted(found.states[JobState.WORKING], "osoba pracuje", "osoby pracują", "osób pracuje")
        waiting = counted(found.states[JobState.SENT], "wniosek czeka", "wnioski czekają", "wniosków czeka")
        said = f"{working}, {waiting} na PUP"
        said += f" ({found.silent} ponad {queries.SILENT_DAYS} dni)." if found.silent else "."
        refund = f" PUP ma zapłacić pracodawcom {format_money(found.asked)}"
        late = f", z tego po terminie {format_money(found.late)}." if found.late_count else "."
        return said + (refund + late if found.asked_count else "")

    def actions(self) -> Sequence[Link]:
        return [Link("Refundacje", reverse("benefits:supported_refunds"))]

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.person_id for row in rows})

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nikt nie ma jeszcze zatrudnienia wspieranego",
            "Wniosek do PUP zaczyna się na karcie uczestnika, w zakładce „Zatrudnienie”.",
            "briefcase",
            "Uczestnicy",
            reverse("participants:list"),
        )


class RefundList(ListPage):
    """The queue of what PUP has not paid, the oldest term first."""

    action = perms.SUPPORTED_LIST
    title = "Refundacje dla pracodawców"
    file_name = "refundacje-dla-pracodawcow"
    filter_form = forms.RefundFilter
    default_sort = "due_on"
    request: Any
    columns = (
        Column("person", "Osoba", sort="person__name_order"),
        Column("month", "Miesiąc", sort="month", cell=lambda row: f"{row.month:%m/%Y}"),
        Column("state", "Stan", sort="state", cell=lambda row: REFUND_BADGES[row.state], phone="main"),
        Column("job.employer_name", "Pracodawca", sort="job__employer_name"),
        Column("job.pup_name", "Urząd pracy", sort="job__pup_name", phone="hide"),
        Column("asked", "Wniosek", sort="asked", number=True),
        Column("asked_on", "Złożono", sort="asked_on", phone="hide"),
        Column("due_on", "Termin", sort="due_on"),
        Column(
            "late", "Dni po terminie", cell=lambda row: queries.days_late(row, clock.today()), number=True
        ),
        Column("paid", "Zapłacono", sort="paid", number=True),
        Column("refusal", "Odmowa", cell=lambda row: row.get_refusal_display(), phone="hide"),
    )

    def queryset(self) -> QuerySet[Any]:
        rows = queries.refunds()
        return rows if self.asked.get("stan") else queries.waiting(rows)

    def lead(self) -> str:
        found = queries.standing(clock.today())
        paid = f"W tym roku PUP zapłacił {format_money(found.paid)}."
        if not found.asked_count:
            return f"PUP nie zalega z żadną refundacją. {paid}"
        months = counted(found.asked_count, "miesiąc", "miesiące", "miesięcy")
        said = f"Czeka {format_money(found.asked)} za {months}"
        late = f", po terminie {format_money(found.late)}" if found.late_count else ", wszystko w terminie"
        return f"{said}{late}. {paid}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("benefits:supported")), (self.title, "")]

    def row_url(self, row: Any) -> str:
        return reverse("benefits:supported_job", args=[row.job_id]) + "#refundacje"

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.person_id for row in rows})

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("PUP nie zalega z żadną refundacją", "Zapłacone i odmowy pokaże filtr „Stan”.", "coins")


class Show(Page):
    """One way to work: where it stands, the one next step, the refunds, the employer's papers."""

    action = perms.SUPPORTED_SHOW
    template_name = "benefits/supported/job.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.job = job_of(request, kwargs["pk"])
        return self.answer()

    def get_title(self) -> str:
        return f"{self.job.person}: zatrudnienie wspierane"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of_job(self.job)

    def page(self) -> Mapping[str, Any]:
        job, request = self.job, self.request
        lines = queries.lines_of(job)
        ask = next((one.month for one in lines if one.over and one.refund is None), None)
        first = queries.referral_from(job.participation)
        return {
            "job": job,
            "badge": JOB_BADGES[job.state],
            "steps": steps_of(job, first, asks=ask is not None and request.may(perms.SUPPORTED_REFUND)),
            "ending": ending(job),
            "facts": employer_facts(job),
            "lines": [
                (one, REFUND_BADGES[one.refund.state] if one.refund is not None else None) for one in lines
            ],
            "asked": sum((one.refund.asked for one in lines if one.refund is not None), ZERO),
            "paid": sum((one.refund.paid or ZERO for one in lines if one.refund is not None), ZERO),
            "next": ask,
            "papers": [(paper.key, paper.title, paper.whom) for paper in PAPERS if paper.fits(job)],
            "may_write": request.may(perms.SUPPORTED_WRITE),
            "may_refund": request.may(perms.SUPPORTED_REFUND),
            "may_print": request.may(perms.SUPPORTED_PRINT),
            "open": job.state in queries.UNDER_WAY,
            "silent": (queries.waiting_days(job, clock.today()) or 0) > queries.SILENT_DAYS,
        }


urlpatterns = [
    path("uczestnicy/<uuid:pk>/zatrudnienie/", Tab.as_view(), name="supported_tab"),
    path("zatrudnienie-wspierane/", JobList.as_view(), name="supported"),
    path("zatrudnienie-wspierane/refundacje/", RefundList.as_view(), name="supported_refunds"),
    path("zatrudnienie-wspierane/<uuid:pk>/", Show.as_view(), name="supported_job"),
]
