"""Contributions on the screen: sets of documents for ZUS by month, one set, and who is to be registered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy

from benefits import contribution_papers as papers
from benefits import perms
from benefits.enums import PublicKind
from benefits.forms.contributions import RuleForm
from benefits.models import ContributionRule
from benefits.queries import contributions as queries
from benefits.queries import public_money
from benefits.queries.contribution_rules import rule_of, rules
from benefits.services import contributions as services
from benefits.views.pay import only_cis
from benefits.views.public_money import standing
from benefits.views.transfers import as_file
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money, format_month, format_table_date
from reintegration.core.views import FormPage, Page
from reintegration.documents.exports import as_download

TITLE = "Składki ZUS"


class Index(Page):
    action = perms.CONTRIBUTION_SHOW
    title = TITLE
    template_name = "benefits/contributions/index.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        today = clock.today()
        self.waiting = queries.waiting(today)
        self.untitled = queries.untitled(today)
        shown = {one.title.person_id for one in self.waiting} | {one.person_id for one in self.untitled}
        record.shows(request, shown)
        return self.answer()

    def lead(self) -> str:
        return "Składki od świadczeń z zatwierdzonych list. Płaci je CIS, zwraca Fundusz Pracy."

    def page(self) -> Mapping[str, Any]:
        lists = queries.standing_lists()
        by_key = {one.pk: one for one in lists}
        rule = rule_of(Month.of(clock.today()))
        known = rules()
        return {
            "sets": [
                (one, row, queries.due_on(one.month, queries.rule_of_set(one.month, row, known)))
                for one in queries.all_sets(lists)
                for row in [by_key[one.source]]
            ],
            "unpaid": queries.unpaid_lists(lists),
            "waiting": self.waiting,
            "takes": any(one.insured for one in self.waiting),
            "untitled": self.untitled,
            "rule": rule,
            "layout": queries.layout(),
            **standing(PublicKind.ZUS, public_money.months_of(PublicKind.ZUS)),
        }


class OfSet:
    """What every answer about one set shares."""

    request: Any
    kwargs: dict[str, Any]

    def find_sheet(self) -> queries.Sheet:
        only_cis(self.request)
        try:
            month = Month.parse(self.kwargs["month"])
        except ValueError:
            raise Http404 from None
        found = queries.sheet_of(month, self.kwargs["number"])
        if found is None:
            raise Http404
        record.about(self.request, found.row)
        record.shows(self.request, {one.person.pk for one in found.lines})
        return found


class Show(OfSet, Page):
    action = perms.CONTRIBUTION_SHOW
    template_name = "benefits/contributions/show.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.sheet = self.find_sheet()
        return self.answer()

    def get_title(self) -> str:
        what = "Korekta składek" if self.sheet.is_correction else "Składki"
        return f"{what} za {format_month(self.sheet.found.month)}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("benefits:contributions")), (self.get_title(), "")]

    def lead(self) -> str:
        how = "Do zapłaty" if not self.sheet.is_correction else "Razem po korekcie"
        return f"{how} {format_money(self.sheet.found.total.total)}. Z listy {self.sheet.row.number}."

    def actions(self) -> Sequence[Link]:
        if self.sheet.unnamed:
            return []
        return [Link("Pobierz plik dla Płatnika", self.url("file"), current=True)]

    def url(self, name: str) -> str:
        found = self.sheet.found
        return reverse(f"benefits:contributions_{name}", args=[str(found.month), found.number])

    def page(self) -> Mapping[str, Any]:
        sheet = self.sheet
        return {
            "sheet": sheet,
            "lines": [(one, papers.amounts_of(one.amounts)) for one in sheet.lines],
            "total": papers.amounts_of(papers.sum_of(sheet.lines)),
            "facts": self._facts(),
            "print_url": self.url("print"),
            "sheet_url": self.url("sheet"),
            "csv_url": self.url("csv"),
        }

    def _facts(self) -> list[tuple[str, str]]:
        found = self.sheet.found
        facts = [
            ("Numer dokumentów", papers.name_of(self.sheet)),
            ("Emerytalna", format_money(found.total.parts.pension)),
            ("Rentowa", format_money(found.total.parts.disability)),
            ("Razem", format_money(found.total.total)),
            ("Osoby", str(found.everybody)),
        ]
        if self.sheet.is_correction:
            facts.insert(4, ("Zmiana", format_money(found.difference.total)))
        else:
            facts.append(("Zapłać do", format_table_date(self.sheet.due)))
        return [*facts, ("Format pliku", f"KEDU {queries.layout().version}")]


class Take(OfSet, Page):
    """The file for Płatnik; who took it stands in the journal."""

    action = perms.CONTRIBUTION_TAKE

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = self.find_sheet()
        try:
            content = queries.file_of(sheet)
        except InputError as error:
            toasts.refused(request, error.message)
            return redirect("benefits:contributions_set", str(sheet.found.month), sheet.found.number)
        return as_file(content, f"ZUS {papers.name_of(sheet)}", "xml")


class Print(OfSet, Page):
    action = perms.CONTRIBUTION_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = self.find_sheet()
        return as_download(papers.sheet_pdf(sheet), f"składki {papers.name_of(sheet)}")


class Table(OfSet, Page):
    """The data of the documents, for who types them by hand into Płatnik or PUE."""

    action = perms.CONTRIBUTION_SHOW
    kind = "xlsx"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = self.find_sheet()
        content = papers.sheet_table(sheet, self.kind)
        return as_download(content, f"składki {papers.name_of(sheet)}", self.kind)


class TableCsv(Table):
    kind = "csv"


class Registrations(Page):
    """Everybody of whom ZUS has not been told, in one file."""

    action = perms.CONTRIBUTION_TAKE
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        found = queries.waiting(clock.today())
        record.shows(request, {one.title.person_id for one in found if one.insured})
        try:
            content = queries.registrations_file(found)
        except InputError as error:
            toasts.refused(request, error.message)
            return redirect("benefits:contributions")
        return as_file(content, f"ZUS zgłoszenia {clock.today():%Y-%m-%d}", "xml")


class RegistrationsTable(Page):
    """The same as data, for who types them by hand; whoever cannot be told from others stands there too."""

    action = perms.CONTRIBUTION_SHOW
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        today = clock.today()
        found = queries.waiting(today)
        record.shows(request, {one.title.person_id for one in found})
        return as_download(papers.registrations_table(found), f"zgłoszenia ZUS {today:%Y-%m-%d}", "xlsx")


class Settings(FormPage):
    """From which month on contributions are settled how."""

    action = perms.SETTINGS
    title = TITLE
    form_class = RuleForm
    submit = "Zapisz"
    back_url = reverse_lazy("administration:settings")
    request: Any

    def lead(self) -> str:
        return "Zmiana działa od miesiąca, którego listy jeszcze nikt nie zatwierdził."

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)

    def initial(self) -> Mapping[str, Any]:
        month = Month.of(clock.today())
        rule = rule_of(month)
        said = {name: getattr(rule, name) for name in ("counted_by", "pay_by", "title_code")}
        return {**said, "since": month}

    def save(self, form: RuleForm) -> ContributionRule:
        made = services.set_rule(**form.cleaned_data)
        record.about(self.request, made)
        return made


_SET = "skladki/<str:month>/<int:number>/"
urlpatterns = [
    path("skladki/", Index.as_view(), name="contributions"),
    path("skladki/zgloszenia/plik/", Registrations.as_view(), name="contribution_registrations"),
    path("skladki/zgloszenia/arkusz/", RegistrationsTable.as_view(), name="contribution_registrations_sheet"),
    path(_SET, Show.as_view(), name="contributions_set"),
    path(f"{_SET}plik/", Take.as_view(), name="contributions_file"),
    path(f"{_SET}druk/", Print.as_view(), name="contributions_print"),
    path(f"{_SET}arkusz/", Table.as_view(), name="contributions_sheet"),
    path(f"{_SET}csv/", TableCsv.as_view(), name="contributions_csv"),
    path("ustawienia/skladki/", Settings.as_view(), name="contribution_rule"),
]
