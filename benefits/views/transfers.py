"""The money of an approved list on its way: the file for the bank, the post, cash, and what goes on paper."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse_lazy

from benefits import perms
from benefits import transfer_papers as papers
from benefits.enums import BankFormat, ListState
from benefits.forms import transfers as forms
from benefits.models import BankProfile, PayrollList, TransferFile
from benefits.queries import integrity
from benefits.queries import transfers as queries
from benefits.services import transfers as services
from benefits.services.lists import hold_unit
from benefits.views.lists import OfMonth, ask_of_tax, url_of
from benefits.views.pay import only_cis
from reintegration.administration.queries import account_on
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.calendar_pl import next_working_day
from reintegration.core.components import Link
from reintegration.core.downloads import attachment
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_money, format_month, format_table_date
from reintegration.core.identifiers import format_nrb
from reintegration.core.views import FormPage, Page
from reintegration.documents.exports import as_download
from reintegration.documents.uploads import clean_name

TITLE = "Przelewy"
TRANSFERS = ("przelew", "przelewy", "przelewów")
ORDERS = ("przekaz", "przekazy", "przekazów")
PEOPLE = ("osoba", "osoby", "osób")


class OfMoney(OfMonth):
    """What every screen of one list's money shares; a month without a list has none of them."""

    # A screen that says of which list it is knows it.
    row: PayrollList

    def find_list(self) -> PayrollList:
        found = self.find()
        if found is None:
            raise Http404
        return found

    def find_sheet(self) -> queries.Sheet:
        sheet = queries.sheet_of(self.find_list())
        record.shows(self.request, sheet.person_ids)
        return sheet

    def url(self, name: str) -> str:
        return url_of(name, self.month)

    def lead(self) -> str:
        return f"Lista {self.row.number} za {format_month(self.month)}."


class Show(OfMoney, Page):
    """What goes by transfer, by post and in cash, and the file when it is made."""

    action = perms.TRANSFER_SHOW
    template_name = "benefits/transfers/show.html"
    title = TITLE

    @property
    def row(self) -> PayrollList:
        return self.sheet.row

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.sheet = self.find_sheet()
        self.made = queries.file_of(self.row)
        self.faults = integrity.faults(self.row)
        return self.answer()

    def actions(self) -> Sequence[Link]:
        if self.made is not None:
            if self.request.may(perms.TRANSFER_TAKE) and not self.sheet.is_erased:
                return [Link("Pobierz plik dla banku", self.url("transfers_file"), current=True)]
            return []
        if self.request.may(perms.TRANSFER_MAKE) and _can_be_made(self.sheet):
            return [Link("Zrób plik dla banku", self.url("transfers_make"), current=True)]
        return []

    def page(self) -> Mapping[str, Any]:
        made = self.made
        return {
            "sheet": self.sheet,
            "row": self.row,
            "ready": queries.may_be_paid(self.row),
            "faults": self.faults,
            "made": made,
            "no_account": made is None and account_on(clock.today()) is None,
            "transfers": [(one, papers.account_of(one)) for one in self.sheet.transfers],
            "posted": papers.posted(self.sheet),
            "facts": self._facts(),
            "of_file": _facts_of(made) if made is not None else [],
            "month": str(self.month),
        }

    def _facts(self) -> list[tuple[str, str]]:
        sheet = self.sheet
        sent = f"{counted(len(sheet.transfers), *TRANSFERS)}, {format_money(sheet.by_transfer)}"
        posted = f"{counted(len(sheet.post), *ORDERS)}, {format_money(sheet.by_post)}"
        handed = f"{counted(len(sheet.cash), *PEOPLE)}, {format_money(sheet.in_cash)}"
        by_post = [("Pocztą", posted)] if sheet.post else []
        return [("Przelewem", sent), *by_post, ("W kasie", handed), ("Razem", format_money(sheet.total))]


def _facts_of(made: TransferFile) -> list[tuple[str, Any]]:
    how = made.get_format_display()
    if made.format == BankFormat.ELIXIR:
        how = f"{how}, {made.get_encoding_display()}"
    return [
        ("Oznaczenie", made.reference),
        ("Dzień przelewu", format_table_date(made.day)),
        # With spaces at which a phone may break the line.
        ("Z rachunku", format_nrb(made.account).replace("\u00a0", " ")),
        ("Przelewy", f"{counted(made.count, *TRANSFERS)}, {format_money(made.total)}"),
        ("Format", how),
        ("Skrót SHA-256", made.digest),
    ]


def _can_be_made(sheet: queries.Sheet) -> bool:
    """Whether nothing but a day, and perhaps a tick, is missing for the file."""
    return bool(
        sheet.row.state == ListState.APPROVED
        and sheet.transfers
        and not sheet.is_erased
        and queries.file_of(sheet.row) is None
        and not integrity.faults(sheet.row)
        and account_on(clock.today()) is not None
    )


class Make(OfMoney, FormPage):
    action = perms.TRANSFER_MAKE
    template_name = "benefits/transfers/make.html"
    title = "Zrób plik dla banku"
    submit = "Zrób plik"
    form_class = forms.OfListForm
    drafts = False

    @property
    def row(self) -> PayrollList:
        return self.sheet.row

    def object(self, *, lock: bool) -> PayrollList:
        if lock:
            hold_unit()
        self.sheet = self.find_sheet()
        self.back_url = self.url("transfers")
        return self.sheet.row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        *before, here = super().crumbs()
        return [*before, (TITLE, self.url("transfers")), here]

    def lead(self) -> str:
        how = counted(len(self.sheet.transfers), *TRANSFERS)
        return f"{super().lead()} {how}, razem {format_money(self.sheet.by_transfer)}."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"shared": self.sheet.shared}

    def initial(self) -> Mapping[str, Any]:
        return {"day": next_working_day(clock.today())}

    def make_form(self, data: Any = None, files: Any = None, **kwargs: Any) -> Any:
        form = super().make_form(data, files, **kwargs)
        ask_of_tax(form, "day", self.row)
        return form

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page of the list says what is still missing; here only what can be made is asked for."""
        sheet = self.find_sheet()
        return (
            super().get(request, *args, **kwargs) if _can_be_made(sheet) else redirect(self.url("transfers"))
        )

    def save(self, form: forms.OfListForm) -> TransferFile:
        return services.make_file(list_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.OfListForm, result: TransferFile) -> str:
        return f"Plik jest gotowy: {counted(result.count, *TRANSFERS)}. Pobierz go i wyślij do banku."


class Take(OfMoney, Page):
    """The file itself; what was handed out to whom stands in the journal."""

    action = perms.TRANSFER_TAKE

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = self.find_sheet()
        made = queries.file_of(sheet.row)
        if made is None:
            return redirect(self.url("transfers"))
        return file_answer(request, made, sheet, refused_url=self.url("transfers"))


def file_answer(request: Any, made: TransferFile, sheet: queries.Sheet, *, refused_url: str) -> HttpResponse:
    """A file for the bank as it was made, or the page that says why it cannot be handed out."""
    try:
        content = queries.handed_out(made, sheet)
    except InputError as error:
        toasts.refused(request, error.message)
        return redirect(refused_url)
    ending = "txt" if made.format == BankFormat.ELIXIR else "xml"
    return as_file(content, f"przelewy {made.reference}", ending)


def as_file(content: bytes, name: str, ending: str) -> HttpResponse:
    """A file for another program, which a browser leaves alone."""
    return attachment(content, clean_name(name.replace("/", "-"), ending), "application/octet-stream")


class OnPaper(OfMoney, Page):
    """A list to print or to take into a spreadsheet; without an approval that holds there is none."""

    action = perms.TRANSFER_SHOW
    part: str
    name: str
    written: Callable[[queries.Sheet], bytes]
    kind = "pdf"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        sheet = self.find_sheet()
        ready = queries.may_be_paid(sheet.row) and getattr(sheet, self.part)
        if not ready or integrity.faults(sheet.row):
            return redirect(self.url("transfers"))
        return as_download(self.written(sheet), f"{self.name} {sheet.row.number}", self.kind)


class TransfersPrint(OnPaper):
    part, name = "transfers", "wykaz przelewów"
    written = staticmethod(lambda sheet: papers.transfers_pdf(sheet, queries.file_of(sheet.row)))


class PostPrint(OnPaper):
    part, name = "post", "przekazy pocztowe"
    written = staticmethod(papers.post_pdf)


class CashPrint(OnPaper):
    part, name = "cash", "kasa"
    written = staticmethod(papers.cash_pdf)


class TransfersSheet(OnPaper):
    part, name, kind = "transfers", "wykaz przelewów", "xlsx"
    written = staticmethod(papers.transfers_xlsx)


class PostSheet(OnPaper):
    part, name, kind = "post", "przekazy pocztowe", "xlsx"
    written = staticmethod(papers.post_xlsx)


class CashSheet(OnPaper):
    part, name, kind = "cash", "kasa", "xlsx"
    written = staticmethod(papers.cash_xlsx)


class Settings(FormPage):
    """What the unit's bank reads."""

    action = perms.SETTINGS
    title = TITLE
    form_class = forms.ProfileForm
    back_url = reverse_lazy("administration:settings")
    request: Any

    def lead(self) -> str:
        return "Tak powstaje plik dla banku. Pliki już zrobione się nie zmienią."

    def object(self, *, lock: bool) -> BankProfile:
        only_cis(self.request)
        rows = BankProfile.objects.all()
        self.own = (rows.select_for_update(of=("self",)) if lock else rows).first() or BankProfile()
        return self.own

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.own, name) for name in ("format", "encoding", "addresses")}

    def save(self, form: forms.ProfileForm) -> BankProfile:
        made = services.set_profile(**form.cleaned_data)
        record.about(self.request, made)
        return made


_LIST = "listy-wyplat/<str:month>/przelewy/"
urlpatterns = [
    path(_LIST, Show.as_view(), name="transfers"),
    path(f"{_LIST}zrob/", Make.as_view(), name="transfers_make"),
    path(f"{_LIST}plik/", Take.as_view(), name="transfers_file"),
    path(f"{_LIST}wykaz/druk/", TransfersPrint.as_view(), name="transfers_print"),
    path(f"{_LIST}wykaz/arkusz/", TransfersSheet.as_view(), name="transfers_sheet"),
    path(f"{_LIST}poczta/druk/", PostPrint.as_view(), name="post_print"),
    path(f"{_LIST}poczta/arkusz/", PostSheet.as_view(), name="post_sheet"),
    path(f"{_LIST}kasa/druk/", CashPrint.as_view(), name="cash_print"),
    path(f"{_LIST}kasa/arkusz/", CashSheet.as_view(), name="cash_sheet"),
    path("ustawienia/przelewy/", Settings.as_view(), name="transfer_settings"),
]
