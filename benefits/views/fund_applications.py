"""Applications for a refund on the screen: drawn up, sent, answered row by row, settled to 0.00."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import fund_papers as papers
from benefits import perms
from benefits.enums import FundApplicationState
from benefits.forms import fund as forms
from benefits.models import FundApplication, FundLine, PayrollList
from benefits.queries import fund as queries
from benefits.services.fund import applications as services
from benefits.services.fund.common import held, held_line
from benefits.views.fund import crumbs_of
from benefits.views.fund_words import APPLICATIONS, answer_of, sums
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_money, format_month, format_table_date
from reintegration.core.money import ZERO
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download

PEOPLE = ("osoba", "osoby", "osób")


class Draw(ConfirmPage):
    """A paid list becomes an application."""

    action = perms.FUND_PREPARE
    title = "Zrobić wniosek o refundację?"
    verb = "Zrób wniosek o refundację"
    request: Any

    def object(self, *, lock: bool) -> PayrollList:
        only_cis(self.request)
        self.row: PayrollList = get_object_or_404(PayrollList, pk=self.kwargs["pk"])
        self.back_url = reverse("benefits:fund")
        record.about(self.request, self.row)
        return self.row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of((self.title, ""))

    def text(self) -> str:
        month = format_month(Month.of(self.row.month))
        return f"Z listy {self.row.number} za {month}. Zanim go wyślesz, zobaczysz każdą osobę i kwotę."

    def perform(self) -> str:
        made = services.draw(list_id=self.row.pk)
        record.about(self.request, made)
        return reverse("benefits:fund_application", args=[made.pk])


class OfApplication:
    """A screen about one application; it leads back to its page."""

    request: Any
    kwargs: dict[str, Any]
    back_url = ""

    def object(self, *, lock: bool) -> FundApplication:
        only_cis(self.request)
        row = get_object_or_404(queries.applications(), pk=self.kwargs["pk"])
        if lock:
            held(row.pk)
        self.take(row)
        return row

    def take(self, row: FundApplication) -> None:
        self.row = row
        self.month = Month.of(row.payroll_list.month)
        self.back_url = reverse("benefits:fund_application", args=[row.pk])
        record.about(self.request, row)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        agreement = self.row.agreement
        return crumbs_of(
            (str(agreement), reverse("benefits:fund_agreement", args=[agreement.pk])),
            (self.row.number, self.back_url),
            (self.get_title(), ""),  # type: ignore[attr-defined]
        )

    def lead(self) -> str:
        return f"Wniosek {self.row.number} za {format_month(self.month)}."


class Show(OfApplication, Page):
    action = perms.FUND_SHOW
    template_name = "benefits/fund/application.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.object(lock=False)
        self.lines = list(queries.lines_of(self.row))
        self.standing = queries.account_of(self.row.agreement).of(self.row)
        record.shows(request, {one.person_id for one in self.lines})
        return self.answer()

    def get_title(self) -> str:
        return f"Wniosek {self.row.number}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return super().crumbs()[:-2] + [(self.row.number, "")]  # type: ignore[operator]

    def lead(self) -> str:
        people = counted(self.people, *PEOPLE)
        said = f"Za {format_month(self.month)}, {people}, {format_money(self.standing.found.asked)}."
        if self.row.state == FundApplicationState.SENT and self.standing.due is not None:
            return f"{said} Urząd płaci do {format_table_date(self.standing.due)}."
        return said

    @property
    def people(self) -> int:
        """Somebody may have several rows: of the month, a correction, and what was carried."""
        return len({one.participation_id for one in self.lines if one.asked})

    @property
    def refusals(self) -> list[str]:
        if self.row.state != FundApplicationState.DRAFT:
            return []
        return queries.refusals(self.row, self.lines, clock.today())

    def actions(self) -> Sequence[Link]:
        if self.step is None:
            return []
        label, name, action = self.step
        return [Link(label, self.url(name), current=True)] if self.request.may(action) else []

    @property
    def step(self) -> tuple[str, str, Any] | None:
        """What is done next with it."""
        found = self.standing.found
        if self.row.state == FundApplicationState.DRAFT:
            return None if self.refusals else ("Wyślij wniosek", "send", perms.FUND_MONEY)
        if self.row.state != FundApplicationState.SENT:
            return None
        if found.is_even:
            return "Rozlicz wniosek", "settle", perms.FUND_MONEY
        if found.open == ZERO:
            return "Urząd przyznał resztę", "accept", perms.FUND_PREPARE
        if found.overpaid:
            return "Zapisz zwrot nadpłaty", "overpaid", perms.FUND_MONEY
        return "Zapisz wpłatę", "receive", perms.FUND_MONEY

    def url(self, name: str) -> str:
        return reverse(f"benefits:fund_{name}", args=[self.row.pk])

    def page(self) -> Mapping[str, Any]:
        row, found = self.row, self.standing.found
        money, prepares = self.request.may(perms.FUND_MONEY), self.request.may(perms.FUND_PREPARE)
        carried = queries.carried(self.lines)
        receipts = row.receipts.select_related("made_by").order_by("-day", "-made_at")
        sent, draft = row.state == FundApplicationState.SENT, row.state == FundApplicationState.DRAFT
        return {
            "row": row,
            "badge": APPLICATIONS[row.state],
            "found": found,
            "sums": sums(found),
            "refusals": self.refusals,
            "over": self.standing.over(clock.today()),
            "people": self.people,
            "lines": [self._shown(one, carried) for one in self.lines if one.asked],
            "left_out": [self._shown(one, carried) for one in self.lines if not one.asked],
            "premium": papers.premium_of(row.payroll_list),
            "receipts": receipts,
            "draft": draft,
            # A draft has no answers yet.
            "answered": not draft,
            "sent": sent,
            "may_prepare": prepares,
            "may_take_back": money and sent,
            "may_receive": money and sent and (found.is_even or found.open <= ZERO),
            "may_accept": sent and prepares and found.unanswered > 0 and found.open != ZERO,
            "may_withdraw": money and (draft or sent),
            "may_reopen": money and row.state == FundApplicationState.SETTLED,
            "urls": {
                name: self.url(name) for name in ("print", "sheet", "accept", "withdraw", "reopen", "receive")
            },
        }

    def _shown(self, one: FundLine, carried: Mapping[Any, str]) -> Mapping[str, Any]:
        return {
            "line": one,
            "name": queries.name_on(one),
            "month": Month.of(one.month),
            "answer": answer_of(one),
            "carried": carried.get(one.pk, ""),
            "rest": one.refused if one.asked else one.amount,
        }


class Send(OfApplication, FormPage):
    action = perms.FUND_MONEY
    title = "Wyślij wniosek"
    submit = "Zapisz wysłanie"
    form_class = forms.SendForm
    drafts = False

    def lead(self) -> str:
        return f"{super().lead()} Wydrukuj go, wyślij do urzędu i wpisz dzień. Potem nikt nie zmieni kwot."

    def initial(self) -> Mapping[str, Any]:
        return {"sent_on": clock.today()}

    def save(self, form: forms.SendForm) -> FundApplication:
        return services.send(application_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.SendForm, result: FundApplication) -> str:
        return f"Wniosek {result.number} jest zapisany jako wysłany."


class Withdraw(OfApplication, FormPage):
    action = perms.FUND_MONEY
    title = "Wycofaj wniosek"
    submit = "Wycofaj wniosek"
    form_class = forms.BecauseForm
    drafts = False

    def lead(self) -> str:
        return f"{super().lead()} Z tej samej listy zrobisz potem nowy."

    def save(self, form: forms.BecauseForm) -> FundApplication:
        return services.withdraw(application_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.BecauseForm, result: FundApplication) -> str:
        return f"Wycofano wniosek {result.number}."


class Accept(OfApplication, ConfirmPage):
    action = perms.FUND_PREPARE
    title = "Urząd przyznał resztę?"
    verb = "Urząd przyznał resztę"

    def text(self) -> str:
        found = queries.account_of(self.row.agreement).of(self.row).found
        rows = counted(found.unanswered, "wiersz", "wiersze", "wierszy")
        return f"Bez odpowiedzi: {rows}, razem {format_money(found.pending)}."

    def perform(self) -> str:
        services.accept_rest(application_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Zapisano: urząd przyznał resztę."


class Settle(OfApplication, ConfirmPage):
    action = perms.FUND_MONEY
    title = "Rozliczyć wniosek?"
    verb = "Rozlicz wniosek"

    def text(self) -> str:
        found = queries.account_of(self.row.agreement).of(self.row).found
        said = f"We wniosku {format_money(found.asked)}, nie przyznano {format_money(found.refused)}"
        got = f"wpłynęło {format_money(found.received)}"
        covered = f", z zaliczki {format_money(found.from_advance)}" if found.from_advance else ""
        return f"{said}, {got}{covered}. Do wyjaśnienia: {format_money(found.open)}."

    def perform(self) -> str:
        services.settle(application_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return f"Wniosek {self.row.number} jest rozliczony do 0,00 zł."


class Reopen(OfApplication, ConfirmPage):
    action = perms.FUND_MONEY
    title = "Otworzyć rozliczenie?"
    verb = "Otwórz rozliczenie"

    def text(self) -> str:
        return f"{self.lead()} Odpowiedzi i wpłaty zostaną, będzie można je poprawić."

    def perform(self) -> str:
        services.reopen(application_id=self.row.pk)
        return self.back_url


class OfLine(OfApplication):
    """A screen about one row of an application."""

    line: FundLine

    def object(self, *, lock: bool) -> FundLine:
        only_cis(self.request)
        rows = FundLine.objects.select_related("person", "statement", "participation")
        self.line = get_object_or_404(rows, pk=self.kwargs["pk"])
        if lock:
            held_line(self.line.pk)
        self.take(queries.applications().get(pk=self.line.application_id))
        record.shows(self.request, [self.line.person_id])
        return self.line

    def lead(self) -> str:
        said = f"{queries.name_on(self.line)}, {format_month(Month.of(self.line.month))}"
        return f"{said}: we wniosku {format_money(self.line.amount)}."


class Answer(OfLine, FormPage):
    action = perms.FUND_PREPARE
    title = "Odpowiedź urzędu"
    form_class = forms.AnswerForm
    drafts = False

    @property
    def sign(self) -> int:
        """A correction that lowers the application is answered by how much it is lowered."""
        return -1 if self.line.amount < 0 else 1

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"most": abs(self.line.amount)}

    def initial(self) -> Mapping[str, Any]:
        line = self.line
        granted = line.amount if line.granted is None else line.granted
        return {"granted": abs(granted), "reason": line.reason, "words": line.words, "carry": line.carry}

    def save(self, form: forms.AnswerForm) -> FundLine:
        said = form.cleaned_data
        granted = Decimal(said.pop("granted")) * self.sign
        return services.answer(line_id=self.line.pk, granted=granted, **said)

    def success(self, form: forms.AnswerForm, result: FundLine) -> str:
        if result.refused == ZERO:
            return "Zapisano: urząd przyznał całość."
        return f"Zapisano: urząd nie przyznał {format_money(result.refused)}."


class LeaveOut(OfLine, FormPage):
    action = perms.FUND_PREPARE
    title = "Pomiń osobę we wniosku"
    submit = "Pomiń"
    form_class = forms.LeaveOutForm
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"carry": True}

    def save(self, form: forms.LeaveOutForm) -> None:
        services.leave_out(line_id=self.line.pk, **form.cleaned_data)

    def success(self, form: forms.LeaveOutForm, result: None) -> str:
        return f"Pominięto we wniosku: {queries.name_on(self.line)}."


class PutBack(OfLine, ConfirmPage):
    action = perms.FUND_PREPARE
    title = "Przywrócić osobę do wniosku?"
    verb = "Przywróć"

    def text(self) -> str:
        return f"{queries.name_on(self.line)}, {format_money(self.line.amount)}."

    def perform(self) -> str:
        services.put_back(line_id=self.line.pk)
        return self.back_url


class Carry(OfLine, ConfirmPage):
    """What was not given goes into the next application, or stays with the unit."""

    action = perms.FUND_PREPARE

    def get_title(self) -> str:
        return "Zostawić jako koszt centrum?" if self.line.carry else "Zapytać w następnym wniosku?"

    @property
    def verb(self) -> str:  # type: ignore[override]
        return "Zostaw jako koszt" if self.line.carry else "Zapytaj w następnym"

    def text(self) -> str:
        rest = self.line.refused if self.line.asked else self.line.amount
        return f"{queries.name_on(self.line)}, {format_money(rest)}."

    def perform(self) -> str:
        services.decide_carry(line_id=self.line.pk, carry=not self.line.carry)
        return self.back_url


class Print(OfApplication, Page):
    action = perms.FUND_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = papers.sheet_of(self.object(lock=False))
        record.shows(request, {one.person_id for one in sheet.lines})
        return as_download(papers.application_pdf(sheet), f"wniosek {self.row.number}")


class Table(OfApplication, Page):
    action = perms.FUND_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = papers.sheet_of(self.object(lock=False))
        record.shows(request, {one.person_id for one in sheet.lines})
        return as_download(papers.application_xlsx(sheet), f"wniosek {self.row.number}", "xlsx")


_ROW = "fundusz-pracy/wnioski/<uuid:pk>/"
_LINE = "fundusz-pracy/wiersze/<uuid:pk>/"
urlpatterns = [
    path("fundusz-pracy/listy/<uuid:pk>/wniosek/", Draw.as_view(), name="fund_draw"),
    path(_ROW, Show.as_view(), name="fund_application"),
    path(f"{_ROW}wyslij/", Send.as_view(), name="fund_send"),
    path(f"{_ROW}wycofaj/", Withdraw.as_view(), name="fund_withdraw"),
    path(f"{_ROW}przyznane/", Accept.as_view(), name="fund_accept"),
    path(f"{_ROW}rozlicz/", Settle.as_view(), name="fund_settle"),
    path(f"{_ROW}otworz/", Reopen.as_view(), name="fund_reopen"),
    path(f"{_ROW}druk/", Print.as_view(), name="fund_print"),
    path(f"{_ROW}arkusz/", Table.as_view(), name="fund_sheet"),
    path(f"{_LINE}odpowiedz/", Answer.as_view(), name="fund_answer"),
    path(f"{_LINE}pomin/", LeaveOut.as_view(), name="fund_leave_out"),
    path(f"{_LINE}przywroc/", PutBack.as_view(), name="fund_put_back"),
    path(f"{_LINE}przenies/", Carry.as_view(), name="fund_carry"),
]
