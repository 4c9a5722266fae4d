"""Money of the labour office on the screen: what came, advances, and what goes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import fund_papers as papers
from benefits import perms
from benefits.forms import fund as forms
from benefits.models import FundAdvance, FundReceipt
from benefits.queries import fund as queries
from benefits.services.fund import receipts as services
from benefits.services.fund.common import held_agreement
from benefits.views.fund import OfAgreement, crumbs_of
from benefits.views.fund_applications import OfApplication
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_money, format_month, format_table_date
from reintegration.core.money import ZERO
from reintegration.core.views import FormPage, Page
from reintegration.documents.exports import as_download


class Receive(OfApplication, FormPage):
    action = perms.FUND_MONEY
    title = "Zapisz wpłatę z urzędu pracy"
    form_class = forms.MoneyForm
    drafts = False

    def lead(self) -> str:
        found = queries.account_of(self.row.agreement).of(self.row).found
        return f"{super().lead()} Czekacie na {format_money(max(found.open, ZERO))}."

    def save(self, form: forms.MoneyForm) -> FundReceipt:
        return services.receive(application_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.MoneyForm, result: FundReceipt) -> str:
        found = queries.account_of(self.row.agreement).of(self.row).found
        said = f"Zapisano wpłatę {format_money(result.amount)}."
        return f"{said} Zostało do wyjaśnienia {format_money(found.open)}." if found.open else said


class Overpaid(OfApplication, FormPage):
    action = perms.FUND_MONEY
    title = "Zapisz zwrot nadpłaty"
    form_class = forms.MoneyForm
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        over = queries.account_of(self.row.agreement).of(self.row).found.overpaid
        return {"amount": over} if over else {}

    def save(self, form: forms.MoneyForm) -> FundReceipt:
        return services.give_back_overpaid(application_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.MoneyForm, result: FundReceipt) -> str:
        return f"Zapisano zwrot {format_money(result.amount)}."


class GiveBack(OfAgreement, FormPage):
    action = perms.FUND_MONEY
    title = "Zapisz zwrot reszty zaliczki"
    form_class = forms.MoneyForm
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        free = queries.account_of(self.row).free
        return {"amount": free} if free else {}

    def save(self, form: forms.MoneyForm) -> FundReceipt:
        return services.give_back(agreement_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.MoneyForm, result: FundReceipt) -> str:
        return f"Zapisano zwrot {format_money(result.amount)}."


class AskAdvance(OfAgreement, FormPage):
    action = perms.FUND_PREPARE
    title = "Wniosek o zaliczkę"
    form_class = forms.AdvanceForm

    def initial(self) -> Mapping[str, Any]:
        return {"asked_on": clock.today(), "month": Month.of(clock.today())}

    def save(self, form: forms.AdvanceForm) -> FundAdvance:
        return services.ask_advance(agreement_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.AdvanceForm, result: FundAdvance) -> str:
        return f"Zapisano wniosek {result.number}. Wydrukuj go i wyślij do urzędu."


class OfAdvance:
    """A screen about one advance; it leads back to its agreement."""

    request: Any
    kwargs: dict[str, Any]
    back_url = ""

    def object(self, *, lock: bool) -> FundAdvance:
        only_cis(self.request)
        rows = FundAdvance.objects.select_related("agreement")
        row: FundAdvance = get_object_or_404(rows, pk=self.kwargs["pk"])
        if lock:
            row = services.held_advance(row.pk)
        self.row = row
        self.back_url = reverse("benefits:fund_agreement", args=[row.agreement_id])
        record.about(self.request, row)
        return row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        here = (f"{self.row.number}: {self.get_title()}", "")  # type: ignore[attr-defined]
        return crumbs_of((str(self.row.agreement), self.back_url), here)

    def lead(self) -> str:
        month = format_month(Month.of(self.row.month))
        return f"Wniosek {self.row.number} na {month}, {format_money(self.row.amount)}."


class ReceiveAdvance(OfAdvance, FormPage):
    action = perms.FUND_MONEY
    title = "Zapisz wpłatę zaliczki"
    form_class = forms.MoneyForm
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"amount": self.row.amount}

    def save(self, form: forms.MoneyForm) -> FundReceipt:
        return services.receive_advance(advance_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.MoneyForm, result: FundReceipt) -> str:
        return f"Zapisano zaliczkę {format_money(result.amount)}. Rozlicza ją wniosek za ten miesiąc."


class RefuseAdvance(OfAdvance, FormPage):
    action = perms.FUND_PREPARE
    title = "Zapisz odmowę zaliczki"
    submit = "Zapisz odmowę"
    form_class = forms.BecauseForm
    drafts = False

    def save(self, form: forms.BecauseForm) -> FundAdvance:
        return services.refuse_advance(advance_id=self.row.pk, **form.cleaned_data)


class WithdrawAdvance(OfAdvance, FormPage):
    action = perms.FUND_PREPARE
    title = "Wycofaj wniosek o zaliczkę"
    submit = "Wycofaj wniosek"
    form_class = forms.BecauseForm
    drafts = False

    def save(self, form: forms.BecauseForm) -> FundAdvance:
        return services.withdraw_advance(advance_id=self.row.pk, **form.cleaned_data)


class PrintAdvance(OfAdvance, Page):
    action = perms.FUND_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.object(lock=False)
        return as_download(papers.advance_pdf(row), f"wniosek o zaliczkę {row.number}")


class TakeBack(FormPage):
    """A receipt that was written down by mistake."""

    action = perms.FUND_MONEY
    title = "Cofnij zapis pieniędzy"
    submit = "Cofnij zapis"
    form_class = forms.BecauseForm
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> FundReceipt:
        only_cis(self.request)
        rows = FundReceipt.objects.select_related("agreement", "application")
        self.row: FundReceipt = get_object_or_404(rows, pk=self.kwargs["pk"])
        if lock:
            held_agreement(self.row.agreement_id)
        about = self.row.application or self.row.agreement
        name = "fund_application" if self.row.application is not None else "fund_agreement"
        self.back_url = reverse(f"benefits:{name}", args=[about.pk])
        self.about = about
        record.about(self.request, self.row)
        return self.row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of((str(self.about), self.back_url), (self.title, ""))

    def lead(self) -> str:
        row = self.row
        said = f"{row.get_kind_display().capitalize()} {format_money(row.amount)}"
        return f"{said} z dnia {format_table_date(row.day)}. W księdze zostanie storno."

    def save(self, form: forms.BecauseForm) -> FundReceipt:
        return services.take_back(receipt_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.BecauseForm, result: FundReceipt) -> str:
        return "Cofnięto zapis."


_ADVANCE = "fundusz-pracy/zaliczki/<uuid:pk>/"
urlpatterns = [
    path("fundusz-pracy/wnioski/<uuid:pk>/wplata/", Receive.as_view(), name="fund_receive"),
    path("fundusz-pracy/wnioski/<uuid:pk>/nadplata/", Overpaid.as_view(), name="fund_overpaid"),
    path("fundusz-pracy/umowy/<uuid:pk>/zwrot/", GiveBack.as_view(), name="fund_give_back"),
    path("fundusz-pracy/umowy/<uuid:pk>/zaliczka/", AskAdvance.as_view(), name="fund_ask_advance"),
    path(f"{_ADVANCE}wplata/", ReceiveAdvance.as_view(), name="fund_receive_advance"),
    path(f"{_ADVANCE}odmowa/", RefuseAdvance.as_view(), name="fund_refuse_advance"),
    path(f"{_ADVANCE}wycofaj/", WithdrawAdvance.as_view(), name="fund_withdraw_advance"),
    path(f"{_ADVANCE}druk/", PrintAdvance.as_view(), name="fund_print_advance"),
    path("fundusz-pracy/wplaty/<uuid:pk>/cofnij/", TakeBack.as_view(), name="fund_take_back"),
]
