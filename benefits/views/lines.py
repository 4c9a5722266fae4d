"""Screens of the payments of a list: how each stands, and what becomes of one that came back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from benefits import perms
from benefits.enums import LineState, PayMethod
from benefits.forms import answers as forms
from benefits.forms import transfers as transfer_forms
from benefits.models import PaidLine, PayrollList, TransferFile
from benefits.models.lists import AFTER_PAYMENT
from benefits.queries import answers as queries
from benefits.queries import transfers as transfer_queries
from benefits.queries.pay import pay_file
from benefits.services import lines as services
from benefits.services import lists as list_services
from benefits.services import transfers as transfer_services
from benefits.transitions import LINES, LISTS, OfLine, OfList
from benefits.views import lists
from benefits.views.line_words import answer_of, badges_of, summed
from benefits.views.pay import only_cis
from benefits.views.transfers import OfMoney, file_answer
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.calendar_pl import next_working_day
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.formats import (
    counted,
    format_money,
    format_month,
    format_table_date,
    format_table_moment,
)
from reintegration.core.identifiers import format_nrb
from reintegration.core.sheets import WRITERS
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download

TITLE = "Płatności"
SENT_BY_WORD = {
    PayMethod.TRANSFER: "Przelano bez pliku",
    PayMethod.CASH: "Wydano w kasie",
    PayMethod.POST: "Nadano na poczcie",
}
# What the day on which a payment left is called, and the one on which it arrived.
DAYS = {
    PayMethod.TRANSFER: ("Wysłano", "Zaksięgowano"),
    PayMethod.CASH: ("Wydano", ""),
    PayMethod.POST: ("Nadano", "Doręczono"),
}
WORDS = ("płatność", "płatności", "płatności")


class OfPayments(lists.OfMonth):
    """What every screen of the payments of one list shares; a list that is not paid has none."""

    def find_paid(self) -> PayrollList:
        found = self.find()
        if found is None or found.state not in AFTER_PAYMENT:
            raise Http404
        self.row = found
        self.lines = queries.lines_of(found)
        record.shows(self.request, {one.person_id for one in self.lines})
        return found


class Payments(OfPayments, Page):
    action = perms.LINE_SHOW
    title = TITLE
    template_name = "benefits/lines/payments.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.find_paid()
        return self.answer()

    def lead(self) -> str:
        last = queries.latest(self.lines)
        said = f"Lista {self.row.number} za {format_month(self.month)}. "
        return said + (
            f"{counted(len(last), *WORDS)}, {summed(last)}." if last else "Nic z niej nie wychodzi."
        )

    def actions(self) -> Sequence[Link]:
        """The one step that brings the list on."""
        waiting = [one for one in queries.latest(self.lines) if one.state in queries.OPEN]
        planned = [
            one for one in self.lines
            if one.state == LineState.PLANNED and one.method == PayMethod.TRANSFER
        ]  # fmt: skip
        if planned and self.request.may(perms.TRANSFER_MAKE):
            return [
                Link("Zrób plik ponownych przelewów", lists.url_of("again_make", self.month), current=True)
            ]
        if LISTS.may(self.row, OfList.SETTLE) and self.request.may(perms.LIST_SETTLE):
            if not waiting:
                return [Link("Rozlicz listę", lists.url_of("list_settle", self.month), current=True)]
            return answer_of(waiting, self.month, self.request)
        return []

    def page(self) -> Mapping[str, Any]:
        return {
            "row": self.row,
            "lines": badges_of(self.lines),
            "confirm": self._confirms(),
            "sheet_url": lists.url_of("payments_sheet", self.month),
            "files": [
                (made, reverse("benefits:again_file", args=[str(self.month), made.round]))
                for made in transfer_queries.files_again(self.row)
            ],
            "may_take": self.request.may(perms.TRANSFER_TAKE),
        }

    def _confirms(self) -> list[Link]:
        """Where a word may stand for what no statement of a bank will tell."""
        sent = {one.method for one in self.lines if one.state == LineState.SENT}
        if not self.request.may(perms.LINE_DECIDE):
            return []
        words = {
            PayMethod.TRANSFER: ("Bank nie daje wyciągu w pliku", "payments_confirm"),
            PayMethod.POST: ("Potwierdź przekazy pocztowe", "post_confirm"),
        }
        return [
            Link(label, lists.url_of(name, self.month))
            for method, (label, name) in words.items()
            if method in sent
        ]


class PaymentsSheet(OfPayments, Page):
    action = perms.LINE_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find_paid()
        write, _ = WRITERS["xlsx"]
        labels = [
            "Oznaczenie", "Osoba", "Za co", "Który raz", "Sposób", "Kwota", "Stan", "Wysłano",
            "Zaksięgowano", "Wróciło", "Powód",
        ]  # fmt: skip
        rows = (
            [
                one.reference, str(one.person), one.get_part_display(), one.attempt, one.get_method_display(),
                one.amount, queries.in_words(one), one.sent_on, one.booked_on, one.returned_on, one.reason,
            ]
            for one in self.lines
        )  # fmt: skip
        return as_download(write(labels, rows), f"płatności {self.row.number}", "xlsx")


class ByWord(OfPayments, FormPage):
    """A person's word stands for what no file of a bank says."""

    action = perms.LINE_DECIDE
    method: PayMethod
    words: tuple[str, str, str]
    form_class = forms.DayForm
    drafts = False

    def object(self, *, lock: bool) -> PayrollList:
        row = self.find_paid()
        self.back_url = lists.url_of("payments", self.month)
        return row

    def waiting(self) -> str:
        sent = [one for one in self.lines if one.state == LineState.SENT and one.method == self.method]
        return counted(len(sent), *self.words)

    def initial(self) -> Mapping[str, Any]:
        return {"day": clock.today()}

    def save(self, form: forms.DayForm) -> int:
        return services.confirm_by_word(list_id=self.row.pk, method=self.method, **form.cleaned_data)

    def success(self, form: forms.DayForm, result: int) -> str:
        return f"Potwierdzono: {counted(result, *self.words)}."


class ConfirmAll(ByWord):
    """Where the bank gives no file."""

    title = "Potwierdź przelewy bez wyciągu"
    submit = "Potwierdź przelewy"
    method = PayMethod.TRANSFER
    words = ("przelew", "przelewy", "przelewów")

    def lead(self) -> str:
        return (
            f"Potwierdzasz, że bank wykonał przelewy, na które jeszcze czekamy: {self.waiting()}. "
            "Najpierw zapisz te, które wróciły. Gdy bank daje wyciąg w pliku, lepiej go wczytać."
        )


class ConfirmPost(ByWord):
    title = "Potwierdź przekazy pocztowe"
    submit = "Potwierdź przekazy"
    method = PayMethod.POST
    words = ("przekaz", "przekazy", "przekazów")

    def lead(self) -> str:
        return (
            f"Potwierdzasz, że poczta doręczyła wszystko, co jeszcze jest w drodze: {self.waiting()}. "
            "Przekaz, który wrócił, najpierw otwórz na liście płatności i zapisz zwrot."
        )


class Settle(lists.OfRow, ConfirmPage):
    action = perms.LIST_SETTLE
    verb = "Rozlicz listę"

    def get_title(self) -> str:
        return f"Rozliczyć listę {self.row.number}?"

    def text(self) -> str:
        if waiting := queries.open_lines(self.row):
            return f"Czeka jeszcze {counted(len(waiting), *WORDS)}. Potwierdź je albo zdecyduj, co z nimi."
        return "Każda płatność jest wypłacona albo rozstrzygnięta. Co wróci później, stanie na pulpicie."

    def perform(self) -> str:
        list_services.settle(list_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Lista jest rozliczona."


# Transfers that go again


class AgainMake(OfMoney, FormPage):
    action = perms.TRANSFER_MAKE
    template_name = "benefits/transfers/make.html"
    title = "Zrób plik ponownych przelewów"
    submit = "Zrób plik"
    form_class = transfer_forms.MakeForm
    drafts = False

    @property
    def row(self) -> PayrollList:
        return self.sheet.row

    def object(self, *, lock: bool) -> PayrollList:
        row = self.find_list()
        planned = [
            one for one in queries.lines_of(row)
            if one.state == LineState.PLANNED and one.method == PayMethod.TRANSFER
        ]  # fmt: skip
        self.sheet = transfer_queries.again_of(row, planned)
        self.back_url = self.url("payments")
        record.shows(self.request, self.sheet.person_ids)
        return row

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.object(lock=False)
        return super().get(request, *args, **kwargs) if self.sheet.transfers else redirect(self.back_url)

    def lead(self) -> str:
        how = counted(len(self.sheet.transfers), "przelew", "przelewy", "przelewów")
        return f"{super().lead()} {how}, razem {format_money(self.sheet.by_transfer)}."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"shared": self.sheet.shared}

    def initial(self) -> Mapping[str, Any]:
        return {"day": next_working_day(clock.today())}

    def save(self, form: Any) -> TransferFile:
        return transfer_services.make_file_again(list_id=self.row.pk, **form.cleaned_data)

    def success(self, form: Any, result: TransferFile) -> str:
        return "Plik jest gotowy. Pobierz go i wyślij do banku."


class AgainFile(OfMoney, Page):
    """The file itself, made again byte for byte."""

    action = perms.TRANSFER_TAKE

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.find_list()
        number = self.kwargs["number"]
        made = next((one for one in transfer_queries.files_again(row) if one.round == number), None)
        if made is None:
            raise Http404
        sheet = transfer_queries.sheet_of_file(made)
        record.shows(request, sheet.person_ids)
        return file_answer(request, made, sheet, refused_url=self.url("payments"))


# One payment


class OfLinePage:
    """What every screen of one payment shares."""

    request: Any
    kwargs: dict[str, Any]
    line: PaidLine
    back_url = ""

    def find(self) -> PaidLine:
        only_cis(self.request)
        rows = PaidLine.objects.select_related(
            "payroll_list", "statement", "person", "moved_by", "transfer_file"
        )
        self.line = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.month = Month.of(self.line.payroll_list.month)
        self.back_url = reverse("benefits:line", args=[self.line.pk])
        record.about(self.request, self.line)
        record.shows(self.request, [self.line.person_id])
        return self.line

    def object(self, *, lock: bool) -> PaidLine:
        return self.find()

    def name(self) -> str:
        return f"{self.line.person}, {self.line.reference}"

    def lead(self) -> str:
        return f"{self.name()}, {format_money(self.line.amount)}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        before = [
            (lists.TITLE, reverse("benefits:lists")),
            (lists.heading(self.month), lists.url_of("list", self.month)),
            (TITLE, lists.url_of("payments", self.month)),
        ]
        here = self.get_title()  # type: ignore[attr-defined]
        return (
            [*before, (here, "")]
            if here == self.name()
            else [*before, (self.name(), self.back_url), (here, "")]
        )


class Show(OfLinePage, Page):
    action = perms.LINE_SHOW
    template_name = "benefits/lines/line.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.find()
        rows = PaidLine.objects.filter(statement=self.line.statement, part=self.line.part)
        self.attempts = list(rows.order_by("attempt"))
        return self.answer()

    def get_title(self) -> str:
        return self.name()

    def lead(self) -> str:
        return ""

    def actions(self) -> Sequence[Link]:
        line, may = self.line, self.request.may
        is_last = self.attempts[-1].pk == line.pk
        if not is_last or not may(perms.LINE_DECIDE):
            return []
        found: list[Link] = []
        if line.state in {LineState.RETURNED, LineState.DROPPED}:
            found.append(
                self._step("Wypłać jeszcze raz", "line_again", current=line.state == LineState.RETURNED)
            )
        if line.state == LineState.PLANNED:
            by_bank = line.method == PayMethod.TRANSFER
            # A transfer goes out with its file; typed at the bank it is the rarer way.
            found.append(self._step(SENT_BY_WORD[line.method], "line_sent", current=not by_bank))
            if by_bank and may(perms.TRANSFER_MAKE):
                url = lists.url_of("again_make", self.month)
                found.append(Link("Zrób plik ponownych przelewów", url, current=True))
        if LINES.may(line, OfLine.DROP):
            found.append(self._step("Nie wypłacaj teraz", "line_give_up"))
        if LINES.may(line, OfLine.RETURN):
            found.append(self._step("Nie doszła do osoby", "line_returned"))
        by_word = line.returned_on is not None and line.return_booking_id is None
        if by_word and LINES.may(line, OfLine.UNRETURN):
            found.append(self._step("Cofnij zwrot", "line_undo"))
        return found

    def _step(self, label: str, name: str, *, current: bool = False) -> Link:
        return Link(label, reverse(f"benefits:{name}", args=[self.line.pk]), current=current)

    def page(self) -> Mapping[str, Any]:
        line = self.line
        went, arrived = DAYS[line.method]
        account = queries.account_of(line) if line.method == PayMethod.TRANSFER else ""
        facts = [
            ("Kwota", format_money(line.amount)),
            ("Za co", line.get_part_display()),
            ("Lista", line.payroll_list.number),
            ("Sposób", line.get_method_display()),
            ("Konto", format_nrb(account).replace("\u00a0", " ") if account else ""),
            ("Adres", queries.place_of(line) if line.method == PayMethod.POST else ""),
            ("Plik", line.transfer_file.reference if line.transfer_file is not None else ""),
            (went, format_table_date(line.sent_on) if line.sent_on else ""),
            (arrived, format_table_date(line.booked_on) if arrived and line.booked_on else ""),
            ("Wróciło", format_table_date(line.returned_on) if line.returned_on else ""),
            ("Powód", line.reason),
            ("Ostatnia zmiana", f"{line.moved_by}, {format_table_moment(line.moved_at)}"),
        ]
        return {
            "line": line,
            "badge": dict(badges_of(self.attempts))[line],
            "facts": [(label, value) for label, value in facts if value],
            "attempts": [(one, badge) for one, badge in badges_of(self.attempts) if one.pk != line.pk],
            "bookings": [
                (label, reverse("benefits:booking", args=[key]))
                for label, key in (
                    ("Operacja na wyciągu", line.booking_id),
                    ("Zwrot na wyciągu", line.return_booking_id),
                )
                if key is not None
            ],
        }


class Again(OfLinePage, FormPage):
    action = perms.LINE_DECIDE
    title = "Wypłać jeszcze raz"
    submit = "Wypłać jeszcze raz"
    form_class = forms.AgainForm
    drafts = False

    def object(self, *, lock: bool) -> PaidLine:
        line = self.find()
        self.way = pay_file(line.statement.participation_id).way_on(clock.today())
        return line

    def lead(self) -> str:
        if self.way is not None and self.way.account:
            where = (
                f"Konto tej osoby dziś: {format_nrb(self.way.account)}. Gdy jest inne, najpierw je popraw."
            )
        else:
            where = "Ta osoba nie ma dziś konta. Przelew będzie możliwy, gdy je wpiszesz."
        return f"{super().lead()} {where}"

    def actions(self) -> Sequence[Link]:
        file = self.line.statement.participation_id
        return [Link("Dane do wypłaty", reverse("benefits:pay", args=[file]))]

    def initial(self) -> Mapping[str, Any]:
        return {"method": self.way.method if self.way is not None else PayMethod.CASH}

    def save(self, form: forms.AgainForm) -> PaidLine:
        return services.pay_again(line_id=self.line.pk, **form.cleaned_data)

    def next_url(self, result: PaidLine) -> str:
        return reverse("benefits:line", args=[result.pk])

    def success(self, form: forms.AgainForm, result: PaidLine) -> str:
        if result.method == PayMethod.CASH:
            return "Płatność czeka na wydanie w kasie."
        if result.method == PayMethod.POST:
            return "Płatność czeka na nadanie na poczcie."
        return "Płatność czeka na plik dla banku."


class GiveUp(OfLinePage, FormPage):
    action = perms.LINE_DECIDE
    title = "Nie wypłacaj teraz"
    submit = "Zapisz decyzję"
    form_class = forms.GiveUpForm
    drafts = False

    def lead(self) -> str:
        return f"{super().lead()} W księdze ta kwota dalej należy się osobie. Można ją wypłacić później."

    def save(self, form: forms.GiveUpForm) -> PaidLine:
        return services.give_up(line_id=self.line.pk, **form.cleaned_data)

    def success(self, form: forms.GiveUpForm, result: PaidLine) -> str:
        return "Zapisano decyzję."


class Sent(OfLinePage, FormPage):
    action = perms.LINE_DECIDE
    submit = "Potwierdź"
    form_class = forms.DayForm
    drafts = False

    def get_title(self) -> str:
        return SENT_BY_WORD[self.line.method]

    def initial(self) -> Mapping[str, Any]:
        return {"day": clock.today()}

    def save(self, form: forms.DayForm) -> PaidLine:
        return services.send_by_word(line_id=self.line.pk, **form.cleaned_data)


class Returned(OfLinePage, FormPage):
    """No booking says so: bank or post sent it back, or nobody came to the till."""

    action = perms.LINE_DECIDE
    title = "Nie doszła do osoby"
    submit = "Zapisz zwrot"
    form_class = forms.ReturnedForm
    drafts = False

    def lead(self) -> str:
        if self.line.method != PayMethod.TRANSFER:
            return super().lead()
        return (
            f"{super().lead()} Gdy zwrot jest na wyciągu, wczytaj wyciąg, a ta strona nie będzie potrzebna."
        )

    def initial(self) -> Mapping[str, Any]:
        return {"day": clock.today()}

    def save(self, form: forms.ReturnedForm) -> PaidLine:
        return services.return_by_word(line_id=self.line.pk, **form.cleaned_data)

    def success(self, form: forms.ReturnedForm, result: PaidLine) -> str:
        return "Zapisano zwrot. Zdecyduj, czy wypłacić jeszcze raz."


class UndoReturn(OfLinePage, ConfirmPage):
    action = perms.LINE_DECIDE
    title = "Cofnąć zwrot?"
    verb = "Cofnij zwrot"

    def text(self) -> str:
        return f"{self.name()}. Zapis w księdze zostanie wystornowany."

    def perform(self) -> str:
        services.undo_return(line_id=self.line.pk)
        return self.back_url

    def success(self) -> str:
        return "Cofnięto zwrot."


_LIST = "listy-wyplat/<str:month>/"
_ONE = "platnosci/<uuid:pk>/"
urlpatterns = [
    path(f"{_LIST}platnosci/", Payments.as_view(), name="payments"),
    path(f"{_LIST}platnosci/arkusz/", PaymentsSheet.as_view(), name="payments_sheet"),
    path(f"{_LIST}platnosci/potwierdz/", ConfirmAll.as_view(), name="payments_confirm"),
    path(f"{_LIST}platnosci/poczta/", ConfirmPost.as_view(), name="post_confirm"),
    path(f"{_LIST}platnosci/jeszcze-raz/", AgainMake.as_view(), name="again_make"),
    path(f"{_LIST}platnosci/jeszcze-raz/<int:number>/", AgainFile.as_view(), name="again_file"),
    path(f"{_LIST}rozlicz/", Settle.as_view(), name="list_settle"),
    path(_ONE, Show.as_view(), name="line"),
    path(f"{_ONE}jeszcze-raz/", Again.as_view(), name="line_again"),
    path(f"{_ONE}nie-teraz/", GiveUp.as_view(), name="line_give_up"),
    path(f"{_ONE}wyslano/", Sent.as_view(), name="line_sent"),
    path(f"{_ONE}nie-doszla/", Returned.as_view(), name="line_returned"),
    path(f"{_ONE}cofnij-zwrot/", UndoReturn.as_view(), name="line_undo"),
]
