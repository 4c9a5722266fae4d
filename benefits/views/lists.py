"""Screens of the payroll list: which lists there are, one list, and the steps of its way."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from benefits import list_papers as papers
from benefits import perms
from benefits.enums import ListState
from benefits.forms import lists as forms
from benefits.models import PayrollList
from benefits.queries import lists as queries
from benefits.queries.advances import OtherTax, payment_day, taxed_otherwise
from benefits.queries.answers import OPEN, latest, short_lines_of
from benefits.queries.granted import STANDS
from benefits.queries.signing import rule_of
from benefits.queries.statement_papers import standing
from benefits.queries.statements import belongs_of
from benefits.queries.transfers import lacks_file
from benefits.services import lists as services
from benefits.transitions import LISTS, UNDER_WAY, OfList
from benefits.views.line_words import answer_of
from benefits.views.line_words import standing as standing_of_payments
from benefits.views.pay import only_cis
from ipzs.queries.months import month_row
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.addresses import address
from reintegration.core.components import Badge, Link
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_moment, format_money, format_month
from reintegration.core.lists import NOBODY
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download
from reintegration.law.queries import unchosen
from reintegration.tenancy.scope import current_scope

TITLE = "Listy wypłat"
YEAR = len("2026")
# How many addresses of lists a process remembers; a page shows those of a year.
ADDRESSES = 200
KINDS = {ListState.OPEN: "plain", ListState.ABANDONED: "plain"} | dict.fromkeys(
    (ListState.LOCKED, ListState.CHECKED, ListState.HALF), "warn"
)


def badge_of(row: PayrollList) -> Badge:
    return Badge(row.get_state_display(), KINDS.get(ListState(row.state), "ok"))


@lru_cache(maxsize=ADDRESSES)
def url_of(name: str, month: Month) -> str:
    return reverse(f"benefits:{name}", args=[str(month)])


def heading(month: Month) -> str:
    return f"Lista wypłat {month.month}/{month.year}"


class Index(Page):
    action = perms.LIST_SHOW
    title = TITLE
    template_name = "benefits/lists/index.html"
    request: Any

    def lead(self) -> str:
        return "Jedna lista na miesiąc. Liczy się ją z zamkniętej obecności, a podpisują ją różne osoby."

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        return self.answer()

    def actions(self) -> Sequence[Link]:
        month = Month.of(clock.today()).previous
        found = [
            Link("Wyrównania", address("benefits:standing")),
            Link("Co by było, gdyby…", address("benefits:what_if_sample")),
        ]
        if not self.found[2]:
            found.insert(0, Link(f"Lista za {format_month(month)}", url_of("list", month), current=True))
        return found

    @cached_property
    def found(self) -> tuple[list[int], list[PayrollList], bool]:
        asked = self.request.GET.get("rok", "")
        year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == YEAR else None
        return queries.index(Month.of(clock.today()).previous, year)

    def page(self) -> Mapping[str, Any]:
        """The lists of one year, the newest when none is asked for."""
        (years, rows, _), here = self.found, self.request.path
        year = rows[0].month.year if rows else None
        # As many as a narrow window holds: this one and those beside it.
        place = years.index(year) if year is not None else 0
        beside = years[max(0, place - 1) : place + 2]
        return {
            "years": [Link(str(one), f"{here}?rok={one}", current=one == year) for one in beside],
            "lists": [(row, badge_of(row), url_of("list", Month.of(row.month))) for row in rows],
        }


class OfMonth:
    """What every screen of one month's list shares."""

    request: Any
    kwargs: dict[str, Any]
    month: Month
    back_url = ""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        try:
            self.month = Month.parse(kwargs["month"])
        except ValueError:
            raise Http404 from None
        self.back_url = url_of("list", self.month)

    def find(self) -> PayrollList | None:
        only_cis(self.request)
        found = queries.list_of(self.month)
        if found is not None:
            record.about(self.request, found)
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        here = (heading(self.month), url_of("list", self.month))
        return [(TITLE, address("benefits:lists")), here, (self.get_title(), "")]  # type: ignore[attr-defined]


class Show(OfMonth, Page):
    """The list: what is paid, what changed, who is left out, and whose turn it is."""

    action = perms.LIST_SHOW
    template_name = "benefits/lists/list.html"

    def get_title(self) -> str:
        return heading(self.month)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, address("benefits:lists")), (self.get_title(), "")]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        row = self.find()
        self.found = queries.overview(row) if row is not None else None
        self.closed = row.attendance_closed if row is not None else month_row(self.month).is_closed
        self.lacks_file = row is not None and row.state == ListState.APPROVED and lacks_file(row)
        self.lines = short_lines_of(row) if row is not None else []
        self.other_tax = (
            taxed_otherwise(row, payment_day(self.month))
            if row is not None and row.state in (*UNDER_WAY, ListState.APPROVED)
            else []
        )
        self.waiting = [one for one in latest(self.lines) if one.state in OPEN]
        if self.found is not None:
            people = {one.statement.person_id: one.statement.person for one in self.found.people}
            for line in self.waiting:
                if line.person_id in people:
                    line.person = people[line.person_id]
            record.shows(request, {one.statement.person_id for one in self.found.people})
        return self.answer()

    def lead(self) -> str:
        if self.found is None:
            return "Tej listy jeszcze nie ma."
        row = self.found.row
        when = format_moment(row.counted_at, today=clock.today())
        return f"{row.number}. Policzona {when}."

    def actions(self) -> Sequence[Link]:
        """The step whose turn it is; only those who may take it see it."""
        row = self.found.row if self.found is not None else None
        if row is None:
            return []
        if self.waiting and LISTS.may(row, OfList.SETTLE):
            # The bank has the next word, or somebody who decides about one payment.
            return answer_of(self.waiting, self.month, self.request)
        if self.other_tax and row.state in UNDER_WAY:
            may = self.request.may(perms.LIST_COUNT)
            return [Link("Policz od nowa", url_of("list_count", self.month), current=True)] if may else []
        steps = [
            (OfList.LOCK, "list_lock", "Oddaj do podpisów", perms.LIST_LOCK),
            (OfList.CHECK, "list_check", "Podpisz sprawdzenie", perms.LIST_CHECK),
            (OfList.APPROVE, "list_approve", "Zatwierdź listę", perms.LIST_APPROVE),
            (OfList.APPROVE_SECOND, "list_approve", "Zatwierdź listę", perms.LIST_APPROVE),
            (OfList.PAY, "transfers_make", "Zrób plik dla banku", perms.TRANSFER_MAKE)
            if self.lacks_file
            else (OfList.PAY, "list_pay", "Potwierdź wypłatę", perms.LIST_PAY),
            (OfList.SETTLE, "list_settle", "Rozlicz listę", perms.LIST_SETTLE),
        ]
        return [
            Link(label, url_of(name, self.month), current=True)
            for step, name, label, action in steps
            if LISTS.may(row, step) and self.request.may(action) and (step is not OfList.LOCK or self.closed)
        ]

    def page(self) -> Mapping[str, Any]:
        row = self.found.row if self.found is not None else None
        may = self.request.may
        return {
            "month": self.month,
            "row": row,
            "found": self.found,
            "badge": badge_of(row) if row is not None else None,
            "other_tax": self._other_tax(),
            "is_approved": row is not None and row.state == ListState.APPROVED,
            "is_open": row is None or row.state == ListState.OPEN,
            "attendance_closed": self.closed,
            "attendance_url": reverse("ipzs:month_show", args=[str(self.month)]),
            # One address for fifty rows that differ in the key alone.
            "statement_url": reverse("benefits:statement", args=[NOBODY]).partition(NOBODY),
            "unchosen": unchosen(current_scope().organisation_id, self.month),
            "begun": self.month.first <= clock.today(),
            "may_count": may(perms.LIST_COUNT),
            "count_url": url_of("list_count", self.month),
            "transfers_url": url_of("transfers", self.month)
            if row is not None and row.state in STANDS and may(perms.TRANSFER_SHOW)
            else "",
            "by_hand_url": url_of("list_pay", self.month) if self.lacks_file and may(perms.LIST_PAY) else "",
            "papers": standing(row, [one.statement for one in self.found.people])
            if row is not None and self.found is not None and row.state in STANDS
            else None,
            "payments": standing_of_payments(self.lines, self.month, self.request),
            "belongs": belongs_of(row) if row is not None else None,
            "print_url": url_of("list_print", self.month),
            "sheet_url": url_of("list_sheet", self.month),
            "papers_url": url_of("list_papers", self.month),
            "papers_print_url": url_of("list_papers_print", self.month),
            "may_return": row is not None and LISTS.may(row, OfList.RETURN) and may(perms.LIST_RETURN),
            "return_url": url_of("list_return", self.month),
            "may_abandon": row is not None and LISTS.may(row, OfList.ABANDON) and may(perms.LIST_RETURN),
            "abandon_url": url_of("list_abandon", self.month),
            "previous": Link(format_month(self.month.previous), url_of("list", self.month.previous)),
            "next": Link(format_month(self.month.next), url_of("list", self.month.next)),
        }

    def _other_tax(self) -> Sequence[tuple[str, OtherTax]]:
        people = self.found.people if self.found is not None and self.other_tax else ()
        names = {one.statement.pk: one.name for one in people}
        return [(names[one.statement_id], one) for one in self.other_tax]


class OnPaper(OfMonth, Page):
    """The list to print or to take into a spreadsheet; a draft says that it is one."""

    action = perms.LIST_SHOW
    written = staticmethod(papers.list_pdf)
    kind = "pdf"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.find()
        if row is None:
            raise Http404
        found = queries.overview(row)
        record.shows(request, {one.statement.person_id for one in found.people})
        return as_download(self.written(found), f"lista wypłat {row.number}", self.kind)


class Sheet(OnPaper):
    written = staticmethod(papers.list_xlsx)
    kind = "xlsx"


class OfRow(OfMonth):
    """A step of a list that is there."""

    def object(self, *, lock: bool) -> PayrollList:
        found = self.find()
        if found is None:
            raise Http404
        self.row = services.held(found.pk) if lock else found
        return self.row


class Count(OfMonth, ConfirmPage):
    """Make the list, or count the draft again."""

    action = perms.LIST_COUNT
    verb = "Policz listę"

    def get_title(self) -> str:
        return f"Policzyć listę za {format_month(self.month)}?"

    def text(self) -> str:
        said = "Lista robocza policzy się od nowa z tego, co jest teraz zapisane."
        return f"{said} Podpisy, które już są, przestaną obowiązywać." if self.is_signed else said

    def object(self, *, lock: bool) -> PayrollList | None:
        found = self.find()
        self.is_signed = found is not None and found.state in UNDER_WAY
        return found

    def perform(self) -> str:
        if self.is_signed:
            services.count_again(list_id=self.found.pk)
        else:
            record.about(self.request, services.calculate(month=self.month))
        return self.back_url

    def success(self) -> str:
        return "Policzono listę."


class Lock(OfRow, FormPage):
    action = perms.LIST_LOCK
    form_class = forms.LockForm
    title = "Oddaj listę do podpisów"
    submit = "Oddaj do podpisów"
    drafts = False

    def object(self, *, lock: bool) -> PayrollList:
        if lock:
            services.hold_unit()
        row = super().object(lock=lock)
        self.blocked = queries.overview(row).blocked
        return row

    def lead(self) -> str:
        said = (
            "Lista policzy się ostatni raz i zamarznie. Odtąd nie zmieni się na niej ani grosz, "
            "chyba że ktoś ją zwróci."
        )
        if rule_of(self.month).hands == 3 and self.request.may(perms.LIST_CHECK):  # noqa: PLR2004 – people
            # Whoever prepares a list does not check it, and most units have one accountant.
            return f"{said} Sprawdzi ją inny księgowy. Gdy go nie ma, listę oddaje kierownik albo biuro."
        return said

    def make_form(self, data: Any = None, files: Any = None, **kwargs: Any) -> Any:
        form = super().make_form(data, files, **kwargs)
        if not self.blocked:
            del form.fields["without_blocked"]
        return form

    def save(self, form: forms.LockForm) -> PayrollList:
        return services.lock(list_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.LockForm, result: PayrollList) -> str:
        return "Lista czeka na sprawdzenie."


class Sign(OfRow, ConfirmPage):
    """A signature: what it means, and the amount that is signed."""

    def text(self) -> str:
        found = queries.overview(self.row)
        people = counted(len(found.paid), "osoba", "osoby", "osób")
        return f"Do wypłaty {format_money(found.to_pay)}, {people}. {self.meaning}"

    meaning = ""


class Check(Sign):
    action = perms.LIST_CHECK
    verb = "Podpisz sprawdzenie"
    meaning = "Podpisujesz, że lista zgadza się z obecnością, decyzjami i kontami."

    def get_title(self) -> str:
        return f"Podpisać sprawdzenie listy {self.row.number}?"

    def perform(self) -> str:
        services.check(list_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Lista jest sprawdzona i czeka na zatwierdzenie."


class Approve(Sign):
    action = perms.LIST_APPROVE
    verb = "Zatwierdź listę"
    meaning = "Po zatwierdzeniu nikt już nie zmieni tej listy. Różnice wypłaci następna."

    def get_title(self) -> str:
        return f"Zatwierdzić listę {self.row.number}?"

    def perform(self) -> str:
        self.row = services.approve(list_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        if self.row.state == ListState.HALF:
            return "Lista czeka na drugie zatwierdzenie."
        return "Lista jest zatwierdzona."


def ask_of_tax(form: Any, name: str, row: PayrollList) -> None:
    """The tick stands only where the tax of the day that is asked for is another one."""
    day = form.get_initial_for_field(form.fields[name], name)
    if form.is_bound:
        with suppress(ValidationError):
            day = form.fields[name].clean(form[name].data)
    if not taxed_otherwise(row, day):
        del form.fields["as_counted"]


class Pay(OfRow, FormPage):
    action = perms.LIST_PAY
    form_class = forms.PaidForm
    title = "Potwierdź wypłatę"
    submit = "Potwierdź wypłatę"
    drafts = False

    def object(self, *, lock: bool) -> PayrollList:
        if lock:
            services.hold_unit()
        row = super().object(lock=lock)
        self.lacks_file = lacks_file(row)
        return row

    def lead(self) -> str:
        said = "Potwierdzasz, że przelewy poszły do banku, przekazy na pocztę, a gotówka została wydana."
        return f"{said} Nikt nie zrobił jeszcze pliku dla banku." if self.lacks_file else said

    def make_form(self, data: Any = None, files: Any = None, **kwargs: Any) -> Any:
        form = super().make_form(data, files, **kwargs)
        if not self.lacks_file:
            del form.fields["without_file"]
        ask_of_tax(form, "paid_on", self.row)
        return form

    def initial(self) -> Mapping[str, Any]:
        return {"paid_on": clock.today()}

    def save(self, form: forms.PaidForm) -> PayrollList:
        return services.confirm_payment(list_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.PaidForm, result: PayrollList) -> str:
        return "Lista jest wypłacona."


class Return(OfRow, FormPage):
    action = perms.LIST_RETURN
    form_class = forms.RemarkForm
    title = "Zwróć listę do poprawy"
    submit = "Zwróć listę"

    def lead(self) -> str:
        return "Lista będzie znowu robocza, a podpisy, które już są, przestaną obowiązywać."

    def save(self, form: forms.RemarkForm) -> PayrollList:
        return services.send_back(list_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.RemarkForm, result: PayrollList) -> str:
        return "Lista wróciła do poprawy."


class Abandon(OfRow, FormPage):
    action = perms.LIST_RETURN
    form_class = forms.RemarkForm
    title = "Porzuć listę"
    submit = "Porzuć listę"

    def lead(self) -> str:
        return "Ta lista zostanie w spisie jako porzucona. Na ten miesiąc będzie można zrobić nową."

    def save(self, form: forms.RemarkForm) -> PayrollList:
        return services.abandon(list_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.RemarkForm, result: PayrollList) -> str:
        return "Lista jest porzucona."


_LIST = "listy-wyplat/<str:month>/"
urlpatterns = [
    path("listy-wyplat/", Index.as_view(), name="lists"),
    path(_LIST, Show.as_view(), name="list"),
    path(f"{_LIST}druk/", OnPaper.as_view(), name="list_print"),
    path(f"{_LIST}arkusz/", Sheet.as_view(), name="list_sheet"),
    path(f"{_LIST}policz/", Count.as_view(), name="list_count"),
    path(f"{_LIST}do-podpisow/", Lock.as_view(), name="list_lock"),
    path(f"{_LIST}sprawdz/", Check.as_view(), name="list_check"),
    path(f"{_LIST}podpisz/", Approve.as_view(), name="list_approve"),
    path(f"{_LIST}wyplacono/", Pay.as_view(), name="list_pay"),
    path(f"{_LIST}zwroc/", Return.as_view(), name="list_return"),
    path(f"{_LIST}porzuc/", Abandon.as_view(), name="list_abandon"),
]
