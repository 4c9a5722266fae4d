"""The Labour Fund on the screen: the board, and agreements with the labour office."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import perms
from benefits.enums import FundAgreementState, FundMode
from benefits.forms import fund as forms
from benefits.models import FundAgreement, FundBudget, FundReceipt
from benefits.queries import fund as queries
from benefits.queries import fund_board
from benefits.services.fund import agreements as services
from benefits.services.fund.common import held_agreement
from benefits.views.fund_words import AGREEMENTS, APPLICATIONS, todo
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import counted, format_money, format_table_date, format_table_span
from reintegration.core.sheets import WRITERS
from reintegration.core.views import FormPage, Page
from reintegration.documents.exports import as_download

TITLE = "Fundusz Pracy"


def crumbs_of(*more: tuple[str, str]) -> Sequence[tuple[str, str]]:
    return [(TITLE, reverse("benefits:fund")), *more]


class Board(Page):
    action = perms.FUND_SHOW
    title = TITLE
    template_name = "benefits/fund/board.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        self.found = fund_board.board(clock.today())
        return self.answer()

    def lead(self) -> str:
        current = self.found.current
        if current is None:
            return "Świadczenia ze składkami zwraca urząd pracy, gdy jest z nim umowa. (art. 15 ust. 8)"
        balance = current.account.balance
        if balance == 0:
            return "Urząd pracy nie jest Wam nic winien."
        if balance < 0:
            return f"Z zaliczek jest u Was jeszcze {format_money(-balance)}."
        return f"Urząd pracy jest Wam winien {format_money(balance)}."

    def actions(self) -> Sequence[Link]:
        if self.found.agreements or not self.request.may(perms.FUND_PREPARE):
            return []
        return [Link("Zapisz wniosek o umowę", reverse("benefits:fund_ask"), current=True)]

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        found = self.found
        return {
            "board": found,
            "current": found.current,
            "todo": todo(self.request, found, today),
            "waiting": [(one, (today - one.asked_on).days) for one in found.waiting],
            "unpaid": [(one, one.over(today)) for one in found.unpaid],
            "others": [(one, AGREEMENTS[one.state]) for one in found.others],
            "may_prepare": self.request.may(perms.FUND_PREPARE),
        }


class OfAgreement:
    """A screen about one agreement; it leads back to its page."""

    request: Any
    kwargs: dict[str, Any]
    back_url = ""

    def object(self, *, lock: bool) -> FundAgreement:
        only_cis(self.request)
        row: FundAgreement = get_object_or_404(FundAgreement, pk=self.kwargs["pk"])
        if lock:
            row = held_agreement(row.pk)
        self.row = row
        self.back_url = reverse("benefits:fund_agreement", args=[row.pk])
        record.about(self.request, row)
        return row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of((str(self.row), self.back_url), (self.get_title(), ""))  # type: ignore[attr-defined]

    def lead(self) -> str:
        return f"{self.row.office}."


class Table(OfAgreement, Page):
    """The applications of an agreement with what came of each."""

    action = perms.FUND_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.object(lock=False)
        write, _ = WRITERS["xlsx"]
        labels = [
            "Wniosek", "Miesiąc", "Stan", "Wysłano", "We wniosku", "Nie przyznano", "Wpłynęło", "Z zaliczki",
            "Do wyjaśnienia",
        ]  # fmt: skip
        rows = (
            [
                one.row.number, str(one.month), one.row.get_state_display(), one.row.sent_on, one.found.asked,
                one.found.refused, one.found.received, one.found.from_advance, one.found.open,
            ]
            for one in queries.account_of(row).applications
        )  # fmt: skip
        return as_download(write(labels, rows), f"wnioski, umowa {row.number or row.asked_on}", "xlsx")


class Show(OfAgreement, Page):
    action = perms.FUND_SHOW
    template_name = "benefits/fund/agreement.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.object(lock=False)
        self.account = queries.account_of(self.row)
        return self.answer()

    def get_title(self) -> str:
        return f"Umowa {self.row.number}" if self.row.number else "Umowa, na którą czekacie"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of((self.get_title(), ""))

    def actions(self) -> Sequence[Link]:
        if self.row.state == FundAgreementState.ASKED and self.request.may(perms.FUND_PREPARE):
            return [Link("Zapisz podpisanie", self.url("sign"), current=True)]
        return []

    def url(self, name: str) -> str:
        return reverse(f"benefits:fund_{name}", args=[self.row.pk])

    def page(self) -> Mapping[str, Any]:
        row = self.row
        receipts = FundReceipt.objects.filter(agreement=row).select_related("application", "advance")
        money = self.request.may(perms.FUND_MONEY)
        signed = row.state == FundAgreementState.SIGNED
        return {
            "row": row,
            "badge": AGREEMENTS[row.state],
            "account": self.account,
            "faults": queries.faults(self.account),
            "facts": self._facts(),
            "years": [fund_board.year_of(row, one.year) for one in self._budgets()],
            "applications": [(one, APPLICATIONS[one.row.state]) for one in self.account.applications],
            "advances": row.advances.order_by("-asked_on", "-number"),
            "receipts": receipts.order_by("-day", "-made_at"),
            "may_prepare": self.request.may(perms.FUND_PREPARE),
            "may_money": money,
            "may_ask_advance": signed and row.mode == FundMode.ADVANCE,
            "may_give_back": money and self.account.free > 0,
        }

    def _budgets(self) -> Sequence[FundBudget]:
        return list(self.row.budgets.order_by("year"))

    def _facts(self) -> list[tuple[str, Any]]:
        row = self.row
        facts: list[tuple[str, Any]] = [("Urząd", row.office)]
        if row.address:
            facts.append(("Adres", row.address))
        facts.append(("Wniosek o umowę", format_table_date(row.asked_on)))
        if row.since is not None and row.signed_on is not None:
            facts += [
                ("Podpisana", format_table_date(row.signed_on)),
                ("Obowiązuje", format_table_span(row.since, row.until)),
                ("Wniosek o refundację", f"do {row.apply_by}. dnia następnego miesiąca"),
                ("Urząd płaci w ciągu", counted(row.pays_within, "dnia", "dni", "dni")),
            ]
        facts += [("Miejsca", str(row.places)), ("Sposób", row.get_mode_display())]
        facts += [("Załączniki", row.attachments)] if row.attachments else []
        facts += [("Uwagi", row.remark)] if row.remark else []
        if row.closed_on is not None:
            said = f"{format_table_date(row.closed_on)}: {row.closed_because}"
            facts.append((row.get_state_display().capitalize(), said))
        return facts


class Ask(FormPage):
    action = perms.FUND_PREPARE
    title = "Zapisz wniosek o umowę"
    form_class = forms.AskForm
    request: Any

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)
        self.back_url = reverse("benefits:fund")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of((self.title, ""))

    def save(self, form: forms.AskForm) -> FundAgreement:
        made = services.ask(**form.cleaned_data)
        record.about(self.request, made)
        return made

    def success(self, form: forms.AskForm, result: FundAgreement) -> str:
        return "Zapisano. Na pulpicie Funduszu Pracy widać, ile dni czekacie."


class Change(OfAgreement, FormPage):
    """What was asked for while it waits, the terms of an annex later."""

    action = perms.FUND_PREPARE
    title = "Zmień umowę"

    @property
    def form_class(self) -> Any:
        return forms.AskForm if self.row.state == FundAgreementState.ASKED else forms.ChangeForm

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.row, name) for name in self.form_class.base_fields}

    def save(self, form: Any) -> FundAgreement:
        if self.row.state == FundAgreementState.ASKED:
            return services.correct(agreement_id=self.row.pk, **form.cleaned_data)
        return services.change(agreement_id=self.row.pk, **form.cleaned_data)


class Sign(OfAgreement, FormPage):
    action = perms.FUND_PREPARE
    title = "Zapisz podpisanie umowy"
    form_class = forms.SignForm

    def initial(self) -> Mapping[str, Any]:
        names = ("places", "mode", "apply_by", "pays_within", "remark")
        return {name: getattr(self.row, name) for name in names}

    def save(self, form: forms.SignForm) -> FundAgreement:
        return services.sign(agreement_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.SignForm, result: FundAgreement) -> str:
        return f"Umowa {result.number} obowiązuje {format_table_span(result.since, result.until)}."


class Refuse(OfAgreement, FormPage):
    action = perms.FUND_PREPARE
    title = "Zapisz odmowę umowy"
    submit = "Zapisz odmowę"
    form_class = forms.CloseForm

    def save(self, form: forms.CloseForm) -> FundAgreement:
        return services.refuse(agreement_id=self.row.pk, **form.cleaned_data)


class End(OfAgreement, FormPage):
    action = perms.FUND_PREPARE
    title = "Zakończ umowę wcześniej"
    submit = "Zakończ umowę"
    form_class = forms.CloseForm

    def lead(self) -> str:
        return "Wnioski wysłane do tego dnia rozliczycie jak zwykle."

    def save(self, form: forms.CloseForm) -> FundAgreement:
        return services.end(agreement_id=self.row.pk, **form.cleaned_data)


class Budget(OfAgreement, FormPage):
    action = perms.FUND_PREPARE
    title = "Kwota umowy na rok"
    form_class = forms.BudgetForm

    def lead(self) -> str:
        return "Do roku należą wnioski wysłane w tym roku, tak jak w budżecie urzędu."

    def initial(self) -> Mapping[str, Any]:
        known = {one.year: one.amount for one in self.row.budgets.order_by("year")}
        year = clock.today().year
        return {"year": year, "amount": known.get(year)}

    def save(self, form: forms.BudgetForm) -> FundBudget:
        return services.set_budget(agreement_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.BudgetForm, result: FundBudget) -> str:
        return f"Kwota na {result.year} rok: {format_money(result.amount)}."


_AGREEMENT = "fundusz-pracy/umowy/<uuid:pk>/"
urlpatterns = [
    path("fundusz-pracy/", Board.as_view(), name="fund"),
    path("fundusz-pracy/umowy/nowa/", Ask.as_view(), name="fund_ask"),
    path(_AGREEMENT, Show.as_view(), name="fund_agreement"),
    path(f"{_AGREEMENT}wnioski/arkusz/", Table.as_view(), name="fund_agreement_sheet"),
    path(f"{_AGREEMENT}zmien/", Change.as_view(), name="fund_change"),
    path(f"{_AGREEMENT}podpisz/", Sign.as_view(), name="fund_sign"),
    path(f"{_AGREEMENT}odmowa/", Refuse.as_view(), name="fund_refuse"),
    path(f"{_AGREEMENT}zakoncz/", End.as_view(), name="fund_end"),
    path(f"{_AGREEMENT}kwota/", Budget.as_view(), name="fund_budget"),
]
