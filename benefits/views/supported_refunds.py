"""The refund of a month on the screen: what the employer asks, when, and what PUP did; and the papers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import perms
from benefits import supported_papers as papers
from benefits.forms import supported as forms
from benefits.models import SupportedJob, SupportedMonth
from benefits.queries import supported as queries
from benefits.services import supported as job_services
from benefits.services import supported_refunds as services
from benefits.views.supported import crumbs_of_job, job_of
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_long_date, format_money, format_month
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download


def _back(job: SupportedJob) -> str:
    return reverse("benefits:supported_job", args=[job.pk]) + "#refundacje"


class Prepare(FormPage):
    """What the employer paid in a month, from which the application is counted."""

    action = perms.SUPPORTED_REFUND
    form_class = forms.RefundForm
    submit = "Policz refundację"
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> SupportedMonth | None:
        self.job = job_of(self.request, self.kwargs["pk"])
        if lock:
            self.job, _ = job_services.held(self.job.pk)
        try:
            self.month = Month.parse(self.kwargs["month"])
        except ValueError:
            raise Http404 from None
        line = next((one for one in queries.lines_of(self.job) if one.month == self.month), None)
        if line is None:
            raise Http404
        self.back_url, self.line = _back(self.job), line
        return line.refund

    def get_title(self) -> str:
        return f"Refundacja za {format_month(self.month)}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of_job(self.job, (self.get_title(), ""))

    def lead(self) -> str:
        most = format_money(self.line.cap)
        who = f"{self.job.person}, {self.job.employer_name}."
        return f"{who} Najwyżej {most} wynagrodzenia i składki od tej części."

    def initial(self) -> Mapping[str, Any]:
        row = self.line.refund
        if row is None:
            return {"pay": self.job.monthly_pay}
        return {"pay": row.pay, "contributions": row.contributions}

    def save(self, form: Any) -> SupportedMonth:
        return services.prepare(job_id=self.job.pk, month=self.month, **form.cleaned_data)

    def success(self, form: Any, result: SupportedMonth) -> str:
        return f"Wniosek na {format_money(result.asked)}. Wydrukuj go dla pracodawcy."


class OfRefund:
    """What every screen about one refund shares."""

    request: Any
    kwargs: dict[str, Any]
    title = ""
    back_url = ""

    def object(self, *, lock: bool) -> SupportedMonth:
        rows = queries.refunds()
        found: SupportedMonth = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        if lock:
            found = services.held_refund(found.pk)
        self.row, self.job = found, found.job
        self.back_url = _back(self.job)
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of_job(self.job, (self.title, ""))

    def said(self) -> str:
        month = format_month(Month.of(self.row.month))
        return f"{self.row.person}, {month}, {format_money(self.row.asked)}."

    def lead(self) -> str:
        return self.said()


class Ask(OfRefund, FormPage):
    action = perms.SUPPORTED_REFUND
    title = "Pracodawca złożył wniosek"
    form_class = forms.AskForm
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"asked_on": clock.today()}

    def save(self, form: Any) -> SupportedMonth:
        return services.ask(refund_id=self.row.pk, **form.cleaned_data)

    def success(self, form: Any, result: SupportedMonth) -> str:
        return f"PUP ma czas do {format_long_date(result.due_on)}."


class Pay(OfRefund, FormPage):
    action = perms.SUPPORTED_REFUND
    title = "PUP zapłacił pracodawcy"
    form_class = forms.PaidForm
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"paid_on": clock.today(), "paid": self.row.asked}

    def save(self, form: Any) -> SupportedMonth:
        return services.pay(refund_id=self.row.pk, **form.cleaned_data)


class Refuse(OfRefund, FormPage):
    action = perms.SUPPORTED_REFUND
    title = "PUP odmówił refundacji"
    form_class = forms.RefusedForm
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"refused_on": clock.today()}

    def save(self, form: Any) -> SupportedMonth:
        return services.refuse(refund_id=self.row.pk, **form.cleaned_data)


class Again(OfRefund, ConfirmPage):
    action = perms.SUPPORTED_REFUND
    title = "Złożyć wniosek jeszcze raz?"
    verb = "Przygotuj jeszcze raz"

    def text(self) -> str:
        return f"{self.said()} Odmowa zostaje w historii, a kwoty można poprawić."

    def perform(self) -> str:
        services.again(refund_id=self.row.pk)
        return self.back_url


class TakeBack(OfRefund, ConfirmPage):
    action = perms.SUPPORTED_REFUND
    title = "Cofnąć zapłatę?"
    verb = "Cofnij zapłatę"

    def text(self) -> str:
        return f"{self.said()} Wpis o zapłacie zniknie, a refundacja znów będzie czekać na PUP."

    def perform(self) -> str:
        services.take_back(refund_id=self.row.pk)
        return self.back_url


class Drop(OfRefund, ConfirmPage):
    action = perms.SUPPORTED_REFUND
    title = "Usunąć przygotowany wniosek?"
    verb = "Usuń wniosek"
    danger = True

    def text(self) -> str:
        return f"{self.said()} Nikt go jeszcze nie złożył. Ten miesiąc można policzyć od nowa."

    def perform(self) -> str:
        services.drop(refund_id=self.row.pk)
        return self.back_url


class PrintRefund(Page):
    """The employer's application for one month (art. 16 ust. 5a)."""

    action = perms.SUPPORTED_PRINT

    def get(self, request: Any, pk: UUID) -> HttpResponse:
        row = get_object_or_404(queries.refunds().select_related("job__participation"), pk=pk)
        record.about(request, row)
        record.shows(request, [row.person_id])
        return as_download(papers.application(row), f"wniosek o refundację {row.month:%Y-%m}")


class PrintJob(Page):
    """One paper of the employer's pack, or all of them."""

    action = perms.SUPPORTED_PRINT

    def get(self, request: Any, pk: UUID, paper: str) -> HttpResponse:
        job = job_of(request, pk)
        if paper == papers.WHOLE:
            return as_download(papers.whole(job), "zatrudnienie wspierane, dokumenty")
        found = next((one for one in papers.PAPERS if one.key == paper and one.fits(job)), None)
        if found is None:
            raise Http404
        return as_download(papers.paper_pdf(found, job), found.title)


_REFUND = "zatrudnienie-wspierane/refundacje/<uuid:pk>/"
_JOB = "zatrudnienie-wspierane/<uuid:pk>/"
urlpatterns = [
    path(f"{_JOB}miesiace/<str:month>/", Prepare.as_view(), name="supported_prepare"),
    path(f"{_JOB}druk/<slug:paper>/", PrintJob.as_view(), name="supported_print"),
    path(f"{_REFUND}zlozono/", Ask.as_view(), name="supported_ask"),
    path(f"{_REFUND}zaplacono/", Pay.as_view(), name="supported_pay"),
    path(f"{_REFUND}odmowa/", Refuse.as_view(), name="supported_refuse"),
    path(f"{_REFUND}jeszcze-raz/", Again.as_view(), name="supported_again"),
    path(f"{_REFUND}cofnij/", TakeBack.as_view(), name="supported_take_back"),
    path(f"{_REFUND}usun/", Drop.as_view(), name="supported_drop"),
    path(f"{_REFUND}druk/", PrintRefund.as_view(), name="supported_refund_print"),
]
