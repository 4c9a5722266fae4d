"""Tax on the screen: advances by month of payment, and the year's PIT-4R and PIT-11."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from benefits import perms
from benefits import tax_papers as papers
from benefits.enums import PublicKind
from benefits.forms import tax as forms
from benefits.models import TaxSlip
from benefits.queries import public_money
from benefits.queries import tax as queries
from benefits.queries.forecast import pay_settings
from benefits.rules.tax_year import due_at_office, due_at_person, due_on
from benefits.services import tax as services
from benefits.views.ledger import asked_year
from benefits.views.pay import only_cis
from benefits.views.public_money import standing
from reintegration.administration.perms import OWN_EDIT
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.components import Badge, Link
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_money, format_table_date
from reintegration.core.money import ZERO
from reintegration.core.views import FormPage, Page
from reintegration.documents.exports import as_download
from reintegration.documents.models import Document

TITLE = "Podatek"
PEOPLE = ("osoba", "osoby", "osób")


class OfYear(Page):
    """What every page of a year shares: the year of the address, and the way to the others."""

    action = perms.TAX_SHOW
    name = ""
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        self.year = asked_year(request)
        self.load()
        return self.answer()

    def load(self) -> None:
        """What is read before the page is told."""

    def url(self, name: str) -> str:
        return f"{reverse(f'benefits:{name}')}?rok={self.year}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, self.url("tax")), (self.get_title(), "")]

    def page(self) -> Mapping[str, Any]:
        here = {*queries.years(), self.year}
        return {
            "year": self.year,
            "years": [
                Link(str(one), f"?rok={one}", current=one == self.year) for one in sorted(here, reverse=True)
            ],
        }


class Index(OfYear):
    template_name = "benefits/tax/index.html"

    def load(self) -> None:
        self.every = public_money.months_of(PublicKind.TAX)
        self.months = [one for one in self.every if one.month.year == self.year]
        self.by_month = {one.month: one for one in queries.unit_year(self.year)}

    def get_title(self) -> str:
        return f"{TITLE} {self.year}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return []

    def lead(self) -> str:
        return "Zaliczki od świadczeń i premii. Liczy się miesiąc, w którym pieniądze wypłacono."

    def actions(self) -> Sequence[Link]:
        return [Link("PIT-11", self.url("tax_slips")), Link("PIT-4R", self.url("tax_unit"))]

    def page(self) -> Mapping[str, Any]:
        shown = standing(PublicKind.TAX, self.months, among=self.every)
        left = sum((one.left for one in self.months), ZERO)
        return {
            **super().page(),
            **shown,
            "owed": [(one, badge, self.by_month[one.month]) for one, badge in shown["owed"]],
            "tax": sum((one.amount for one in self.months), ZERO),
            "paid": sum((one.paid for one in self.months), ZERO),
            "left": left,
            "over": -left,
        }


class Unit(OfYear):
    """PIT-4R."""

    template_name = "benefits/tax/unit.html"

    def load(self) -> None:
        self.months = queries.unit_year(self.year)

    def get_title(self) -> str:
        return f"PIT-4R za {self.year} rok"

    def lead(self) -> str:
        tax = format_money(sum((one.tax for one in self.months), ZERO))
        return f"Zaliczki roku: {tax}. Do urzędu do {format_table_date(due_at_office(self.year))}."

    def page(self) -> Mapping[str, Any]:
        return {
            **super().page(),
            "months": [(one, due_on(one.month)) for one in self.months],
            "income": sum((one.income for one in self.months), ZERO),
            "tax": sum((one.tax for one in self.months), ZERO),
            "office": pay_settings().tax_office,
            "payer": papers.payer(),
            "print_url": self.url("tax_unit_print"),
            "sheet_url": self.url("tax_unit_sheet"),
        }


class UnitPrint(Page):
    action = perms.TAX_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        year = asked_year(request)
        return as_download(papers.unit_pdf(year), f"PIT-4R {year}")


class UnitSheet(Page):
    action = perms.TAX_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        year = asked_year(request)
        return as_download(papers.unit_xlsx(year), f"PIT-4R {year}", "xlsx")


def badge_of(one: queries.Slip) -> Badge:
    """How the information of a person stands."""
    if one.lacks:
        return Badge("brakuje danych", "warn")
    if one.latest is None:
        return Badge("do wydania", "plain")
    if one.amounts_differ:
        return Badge("do korekty", "bad")
    if one.latest.sent_on and one.latest.given_on:
        return Badge("doręczony", "ok")
    return Badge("wydany", "info")


class Slips(OfYear):
    """PIT-11 of everybody."""

    template_name = "benefits/tax/slips.html"

    def load(self) -> None:
        self.all = queries.slips_of(self.year)
        self.asked = self.request.GET.get("osoba", "")[:100]
        self.found = queries.searched(self.all, self.asked)
        record.shows(self.request, {one.person.pk for one in self.found})

    def get_title(self) -> str:
        return f"PIT-11 za {self.year} rok"

    def lead(self) -> str:
        days = due_at_office(self.year), due_at_person(self.year)
        office, person = (format_table_date(day) for day in days)
        return f"{counted(len(self.all), *PEOPLE)}. Do urzędu do {office}, dla osoby do {person}."

    def page(self) -> Mapping[str, Any]:
        over = self.year < clock.today().year
        return {
            **super().page(),
            "slips": [(one, badge_of(one), self.person_url(one), own_lacks(one)) for one in self.found],
            # What everybody lacks is said once.
            "no_payer": any(queries.NO_PAYER in one.lacks for one in self.all),
            "asked": self.asked,
            "over": over,
            "waiting": sum(one.waits for one in self.all) if over else 0,
            "lacking": sum(bool(own_lacks(one)) for one in self.all),
            "undelivered": sum(
                one.latest is not None and not (one.latest.sent_on and one.latest.given_on)
                for one in self.all
            ),
            "progress": queries.progress(self.year),
            "issue_url": self.url("tax_slips_issue"),
            "delivery_url": self.url("tax_slips_delivery"),
            "sheet_url": self.url("tax_slips_sheet"),
        }

    def person_url(self, one: queries.Slip) -> str:
        return f"{reverse('benefits:tax_slip', args=[one.person.pk])}?rok={self.year}"


def own_lacks(one: queries.Slip) -> list[str]:
    return [sentence for sentence in one.lacks if sentence != queries.NO_PAYER]


class SlipsSheet(Page):
    action = perms.TAX_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        year = asked_year(request)
        found = queries.slips_of(year)
        record.shows(request, {one.person.pk for one in found})
        return as_download(papers.slips_xlsx(found), f"PIT-11 {year}", "xlsx")


class IssueAll(Page):
    """Promise whatever is to be issued of a year."""

    action = {"POST": perms.TAX_ISSUE}  # noqa: RUF012 - read once, when the address is resolved
    http_method_names = ["post", "options"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        year = asked_year(request)
        try:
            count = services.promise(year)
        except InputError as error:
            toasts.refused(request, error.message)
        else:
            people = counted(count, "osoby", "osób", "osób")
            toasts.saved(request, f"Powstają PIT-11 dla {people}." if count else "Niczego nie brakuje.")
        return redirect(f"{reverse('benefits:tax_slips')}?rok={year}")


class Delivery(FormPage):
    """One day for everybody whose information was not sent, or not handed over, before."""

    action = perms.TAX_ISSUE
    title = "Doręczenie PIT-11"
    form_class = forms.DeliveryForm
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)
        self.year = asked_year(self.request)
        self.back_url = f"{reverse('benefits:tax_slips')}?rok={self.year}"

    def lead(self) -> str:
        return f"Dla wszystkich wydanych za {self.year} rok, przy których tego dnia jeszcze nie wpisano."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (TITLE, reverse("benefits:tax")),
            (f"PIT-11 za {self.year} rok", self.back_url),
            (self.title, ""),
        ]

    def save(self, form: forms.DeliveryForm) -> Any:
        self.changed = services.deliver_all(year=self.year, **form.cleaned_data)
        return None

    def success(self, form: forms.DeliveryForm, result: Any) -> str:
        return f"Zapisano przy {counted(self.changed, 'osobie', 'osobach', 'osobach')}."


class OfPerson:
    """What the pages of one person's year share."""

    request: Any
    kwargs: dict[str, Any]

    def find(self) -> queries.Slip:
        only_cis(self.request)
        found = queries.slip_of(asked_year(self.request), self.kwargs["pk"])
        if found is None:
            raise Http404
        record.shows(self.request, [found.person.pk])
        return found


class Show(OfPerson, Page):
    """The information of one person: its fields, the months behind it, what was issued."""

    action = perms.TAX_SHOW
    template_name = "benefits/tax/slip.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.found = self.find()
        return self.answer()

    def get_title(self) -> str:
        return f"PIT-11 za {self.found.year} rok: {self.found.person}"

    def lead(self) -> str:
        amounts = self.found.amounts
        return f"Przychód {format_money(amounts.income)}, zaliczki {format_money(amounts.tax)}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        year = self.found.year
        slips = f"{reverse('benefits:tax_slips')}?rok={year}"
        return [
            (TITLE, f"{reverse('benefits:tax')}?rok={year}"),
            (f"PIT-11 za {year} rok", slips),
            (str(self.found.person), ""),
        ]

    def page(self) -> Mapping[str, Any]:
        found = self.found
        documents = {
            one.key: one
            for one in Document.objects.filter(
                kind=papers.SLIP.key, key__in=[papers.slip_key(one) for one in found.issued]
            ).order_by("pk")
        }
        last = found.latest
        return {
            "slip": found,
            "badge": badge_of(found),
            "mend": [(sentence, *self._mended_at(sentence)) for sentence in found.lacks],
            "parts": papers.parts_of(found, version=last.version if last is not None else 1),
            "form": papers.FORM,
            "issued": [(one, documents.get(papers.slip_key(one))) for one in reversed(found.issued)],
            "may_issue": found.may_be_issued and queries.is_time(found.year, found.person.pk),
            "issue_url": f"{reverse('benefits:tax_slip_issue', args=[found.person.pk])}?rok={found.year}",
        }

    def _mended_at(self, sentence: str) -> tuple[str, str]:
        """Where somebody writes down what is missing."""
        person = self.found.person.pk
        places = {
            queries.NO_NUMBER: (reverse("participants:identity_edit", args=[person]), "Uzupełnij numer"),
            queries.NO_ADDRESS: (reverse("participants:address_edit", args=[person]), "Uzupełnij adres"),
            queries.NO_OFFICE: (reverse("benefits:tax_statement", args=[self.found.file_id]), "Wpisz urząd"),
        }
        if self.request.may(OWN_EDIT):
            places[queries.NO_PAYER] = (reverse("administration:own_edit"), "Wpisz NIP")
        return places.get(sentence, ("", ""))


class Issue(OfPerson, Page):
    action = {"POST": perms.TAX_ISSUE}  # noqa: RUF012 - read once, when the address is resolved
    http_method_names = ["post", "options"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        found = self.find()
        try:
            made = services.issue(person_id=found.person.pk, year=found.year)
        except InputError as error:
            toasts.refused(request, error.message)
        else:
            record.about(request, made)
            toasts.saved(request, f"Wydano: {papers.slip_title(made)}.")
        return redirect(f"{reverse('benefits:tax_slip', args=[found.person.pk])}?rok={found.year}")


class Deliver(FormPage):
    """When one information was sent and handed over."""

    action = perms.TAX_ISSUE
    title = "Doręczenie"
    form_class = forms.DeliveryForm
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> TaxSlip:
        only_cis(self.request)
        rows = TaxSlip.objects.select_related("person")
        rows = rows.select_for_update(of=("self",)) if lock else rows
        self.row: TaxSlip = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, self.row)
        record.shows(self.request, [self.row.person_id])
        self.back_url = f"{reverse('benefits:tax_slip', args=[self.row.person_id])}?rok={self.row.year}"
        return self.row

    def lead(self) -> str:
        issued = format_table_date(self.row.issued_on)
        return f"{self.row.person}. {papers.slip_title(self.row)}, z dnia {issued}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("benefits:tax")), (str(self.row.person), self.back_url), (self.title, "")]

    def initial(self) -> Mapping[str, Any]:
        return {"sent_on": self.row.sent_on, "given_on": self.row.given_on}

    def save(self, form: forms.DeliveryForm) -> TaxSlip:
        return services.deliver(slip_id=self.row.pk, **form.cleaned_data)


_SLIPS = "podatek/pit-11/"
urlpatterns = [
    path("podatek/", Index.as_view(), name="tax"),
    path("podatek/pit-4r/", Unit.as_view(), name="tax_unit"),
    path("podatek/pit-4r/druk/", UnitPrint.as_view(), name="tax_unit_print"),
    path("podatek/pit-4r/arkusz/", UnitSheet.as_view(), name="tax_unit_sheet"),
    path(_SLIPS, Slips.as_view(), name="tax_slips"),
    path(f"{_SLIPS}arkusz/", SlipsSheet.as_view(), name="tax_slips_sheet"),
    path(f"{_SLIPS}wydaj/", IssueAll.as_view(), name="tax_slips_issue"),
    path(f"{_SLIPS}doreczenie/", Delivery.as_view(), name="tax_slips_delivery"),
    path(f"{_SLIPS}osoba/<uuid:pk>/", Show.as_view(), name="tax_slip"),
    path(f"{_SLIPS}osoba/<uuid:pk>/wydaj/", Issue.as_view(), name="tax_slip_issue"),
    path(f"{_SLIPS}<uuid:pk>/doreczenie/", Deliver.as_view(), name="tax_slip_delivery"),
]
