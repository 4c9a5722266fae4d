"""„Skąd ta kwota?”: what a list says of one person, in words and in the person's language."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from benefits import perms
from benefits.explain.languages import LANGUAGES
from benefits.models import Statement
from benefits.papers import POLISH
from benefits.queries import statement_papers as paper_queries
from benefits.queries.statements import told_of
from benefits.services import statements as services
from benefits.views.lists import TITLE as LISTS
from benefits.views.lists import OfMonth, badge_of, heading, url_of
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import toasts
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_month
from reintegration.core.views import Page
from reintegration.documents.enums import DocumentState
from reintegration.documents.exports import as_download
from reintegration.documents.files import FileLost, read_file
from reintegration.documents.models import Document
from reintegration.documents.papers import join_pdfs
from reintegration.tenancy.actions import handles

NAMES = {"pl": "Polski", "uk": "Українська", "en": "English"}


def asked_language(given: Any) -> str:
    asked = given.get("jezyk", "")
    return asked if asked in LANGUAGES else POLISH


def row_of(request: Any, pk: UUID) -> Statement:
    """A statement of a centre, with word of who looks at whom."""
    only_cis(request)
    rows = Statement.objects.select_related("payroll_list", "person")
    row: Statement = get_object_or_404(rows, pk=pk)
    record.about(request, row)
    record.shows(request, [row.person_id])
    return row


class Show(Page):
    action = perms.STATEMENT_SHOW
    template_name = "benefits/statements/statement.html"
    request: Any
    kwargs: dict[str, Any]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.row = row_of(request, kwargs["pk"])
        self.month = Month.of(self.row.payroll_list.month)
        self.language = asked_language(request.GET)
        return self.answer()

    def get_title(self) -> str:
        return LANGUAGES[self.language].frame.title

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (LISTS, reverse("benefits:lists")),
            (heading(self.month), url_of("list", self.month)),
            (str(self.row.person), ""),
        ]

    def page(self) -> Mapping[str, Any]:
        texts = LANGUAGES[self.language]
        told = told_of(self.row, self.language)
        paper = self.paper()
        return {
            "row": self.row,
            "told": told,
            "balances": [(one.label, one.value) for one in told.balances],
            "paper": paper if paper is not None and paper.state != DocumentState.ERASED else None,
            "may_issue": paper is None
            and paper_queries.may_be_issued(self.row)
            and self.request.may(perms.STATEMENT_ISSUE),
            "issue_url": reverse("benefits:statement_issue", args=[self.row.pk]),
            "frame": texts.frame,
            "said_month": texts.grammar.month(self.month),
            "amount": texts.grammar.amount(self.row.to_pay),
            "language": self.language,
            "badge": badge_of(self.row.payroll_list),
            "blocked": (self.row.document or {}).get("blocked", ()),
            "languages": [
                Link(NAMES[code], f"?jezyk={code}", current=code == self.language) for code in LANGUAGES
            ],
            "file_url": reverse("benefits:pay", args=[self.row.participation_id]),
        }

    def paper(self) -> Document | None:
        """The paper in the language of the page."""
        papers = paper_queries.papers_of([self.row.pk]).get(self.row.pk, ())
        return next((one for one in papers if one.language == self.language), None)


@handles(POST=perms.STATEMENT_ISSUE)
def issue(request: Any, pk: UUID) -> HttpResponse:
    """The paper in one more language, or for whoever does not wait for the workers."""
    row = row_of(request, pk)
    language = asked_language(request.POST)
    made = services.issue(statement_id=row.pk, language=language)
    if made is None:
        toasts.refused(request, "Na papierze jest tylko to, co wypłaca zatwierdzona lista.")
    else:
        toasts.saved(request, f"Zrobiono {made.number}.")
    return redirect(f"{reverse('benefits:statement', args=[pk])}?jezyk={language}")


class Missing(OfMonth, Page):
    """Promise what is not there yet: somebody's work was given up, or a worker was away for long."""

    action = {"POST": perms.LIST_PAPERS}  # noqa: RUF012 - read once, when the address is resolved
    http_method_names = ["post", "options"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.find()
        if row is None:
            raise Http404
        try:
            count = services.promise(row)
        except InputError as error:
            toasts.refused(request, error.message)
        else:
            people = counted(count, "osoby", "osób", "osób")
            toasts.saved(request, f"Powstają rozliczenia dla {people}." if count else "Niczego nie brakuje.")
        return redirect(f"{self.back_url}#rozliczenia")


class PrintAll(OfMonth, Page):
    """What was issued for everybody on the list, one after another, for the printer."""

    action = perms.LIST_PAPERS

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.find()
        if row is None:
            raise Http404
        statements = Statement.objects.filter(payroll_list=row).select_related("payroll_list")
        papers = paper_queries.to_print(statements.order_by("position"))
        if not papers:
            return redirect(self.back_url)
        record.shows(request, {one.subject_id for one in papers})
        title = f"Rozliczenia za {format_month(self.month)}"
        try:
            content = join_pdfs((read_file(one.file) for one in papers), title=title)
        except FileLost:
            toasts.refused(request, "Jednego z plików nie ma na dysku. Operator dowie się o tym w nocy.")
            return redirect(self.back_url)
        return as_download(content, title)


_LIST = "listy-wyplat/<str:month>/rozliczenia/"
urlpatterns = [
    path("swiadczenia/rozliczenia/<uuid:pk>/", Show.as_view(), name="statement"),
    path("swiadczenia/rozliczenia/<uuid:pk>/wydaj/", issue, name="statement_issue"),
    path(_LIST, Missing.as_view(), name="list_papers"),
    path(f"{_LIST}druk/", PrintAll.as_view(), name="list_papers_print"),
]
