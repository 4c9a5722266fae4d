"""Screens of what the bank answers: files that were taken in, their bookings, and what a booking is."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy

from benefits import perms
from benefits.booking_offers import offers_for
from benefits.enums import BookingState
from benefits.forms import answers as forms
from benefits.models import BankBooking, BankStatement, PaidLine
from benefits.queries import answers as queries
from benefits.services import answers as services
from benefits.transitions import BOOKINGS, OfBooking
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import (
    counted,
    format_money,
    format_table_date,
    format_table_moment,
    format_table_span,
    join_words,
)
from reintegration.core.identifiers import format_nrb
from reintegration.core.lists import Column, ListPage
from reintegration.core.money import ZERO
from reintegration.core.views import BulkPage, ConfirmPage, FormPage, Page

TITLE = "Wyciągi"
LIST = reverse_lazy("benefits:answers")
BOOKINGS_WORDS = ("operacja", "operacje", "operacji")
BADGES = {
    BookingState.OPEN: Badge("do rozstrzygnięcia", "warn"),
    BookingState.MATCHED: Badge("dopasowana", "ok"),
    BookingState.ASIDE: Badge("odłożona"),
}
# What a whole statement of other business is put aside with at once.
NOT_OURS = "nie dotyczy świadczeń"


class Index(ListPage):
    action = perms.ANSWER_SHOW
    title = TITLE
    file_name = "wyciagi"
    row_url_name = "benefits:answer"
    default_sort = "-days"
    columns = (
        Column(
            "days",
            "Okres",
            sort=("last_day", "first_day"),
            cell=lambda row: format_table_span(row.first_day, row.last_day),
        ),
        Column("number", "Numer", sort="number", phone="hide"),
        Column("format", "Format", cell=lambda row: row.get_format_display(), phone="hide"),
        Column("count", "Nowe operacje", sort="count", number=True, phone="hide"),
        Column(
            "open",
            "Do rozstrzygnięcia",
            sort="open",
            cell=lambda row: Badge(str(row.open), "warn") if row.open else "0",
            phone="main",
        ),
        Column("read_at", "Wczytano", sort="read_at", phone="full"),
    )

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        return super().get(request, *args, **kwargs)

    def queryset(self) -> "QuerySet[BankStatement]":
        return queries.statements()

    def lead(self) -> str:
        return "Co bank zrobił z przelewami. Plik z banku wczytuje się cały albo wcale."

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.ANSWER_TAKE_IN):  # type: ignore[attr-defined]
            return []
        return [Link("Wczytaj wyciąg", reverse("benefits:answers_take_in"), current=True)]

    def empty(self, *, filtered: bool) -> Empty:
        return Empty(
            "Nie ma jeszcze żadnego wyciągu",
            "Pobierz z banku plik MT940 albo camt.053 i wczytaj go tutaj. Gdy bank nie daje wyciągu w pliku, "
            "przelewy potwierdza się na stronie listy wypłat.",
            "receipt",
        )


def days_of(row: BankStatement) -> str:
    return format_table_span(row.first_day, row.last_day)


class TakeIn(FormPage):
    action = perms.ANSWER_TAKE_IN
    title = "Wczytaj wyciąg"
    submit = "Wczytaj"
    form_class = forms.TakeInForm
    back_url: Any = LIST
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)

    def lead(self) -> str:
        return "Pobierz wyciąg z banku. Gdy choć jeden wiersz się nie zgadza, nic się nie wczyta."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (self.title, "")]

    def save(self, form: forms.TakeInForm) -> services.TakenIn:
        found = services.take_in(content=form.cleaned_data["file"])
        record.about(self.request, found.statement)
        return found

    def next_url(self, result: services.TakenIn) -> str:
        return reverse("benefits:answer", args=[result.statement.pk])

    def success(self, form: forms.TakeInForm, result: services.TakenIn) -> str:
        said = [f"Wczytano: {counted(result.statement.count, *BOOKINGS_WORDS)}"]
        if result.known:
            said.append(f"już znane: {result.known}")
        said.append(f"przelewy, które doszły do skutku: {result.paid}")
        if result.returned:
            said.append(f"zwroty: {result.returned}")
        return f"{', '.join(said)}."


class Show(ListPage):
    """One statement: its bookings, and what each of them is."""

    action = perms.ANSWER_SHOW
    template_name = "benefits/answers/statement.html"
    filter_form = forms.BookingFilter
    row_url_name = "benefits:booking"
    file_name = "operacje"
    default_sort = "day"
    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        return [
            Column("name", "Kto", cell=lambda row: row.name or "bez nazwy"),
            Column("day", "Dzień", sort=("day", "position")),
            Column("title", "Tytuł", cell=lambda row: row.title),
            Column("amount", "Kwota", sort="amount", number=True, phone="main"),
            Column("state", "Stan", sort="state", cell=lambda row: BADGES[row.state]),
            Column("what", "Co to jest", cell=self._what),
        ]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        self.statement = get_object_or_404(queries.statements(), pk=self.kwargs["pk"])
        record.about(request, self.statement)
        if self.statement.open and request.may(perms.ANSWER_DECIDE):
            self.bulk_url = reverse("benefits:answer_aside", args=[self.statement.pk])
            self.bulk_label = "Odłóż zaznaczone: nie dotyczą świadczeń"
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        return f"Wyciąg {days_of(self.statement)}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (self.get_title(), "")]

    def lead(self) -> str:
        if not self.statement.open:
            return "Wszystko rozstrzygnięte."
        return f"Do rozstrzygnięcia: {counted(self.statement.open, *BOOKINGS_WORDS)}."

    def queryset(self) -> "QuerySet[BankBooking]":
        return queries.bookings_of(self.statement)

    def shown_rows(self, rows: Sequence[BankBooking]) -> None:
        self.judged = queries.judged(rows)
        self.lines = queries.lines_of_bookings(rows)
        people = {line.person_id for some in self.lines.values() for line in some}
        for one in self.judged.values():
            people |= one.person_ids
        record.shows(self.request, people)

    def _what(self, row: BankBooking) -> str:
        if (one := self.judged.get(row.pk)) is not None:
            return one.why or ("jest propozycja" if one.proposals else "")
        if row.remark:
            return row.remark
        return what_of(row, self.lines[row.pk])

    def empty(self, *, filtered: bool) -> Empty:
        return super().empty(filtered=True)

    def page(self) -> Mapping[str, Any]:
        row = self.statement
        facts = [
            ("Rachunek", format_nrb(row.account).replace("\u00a0", " ")),
            ("Numer wyciągu", row.number or "–"),
            ("Saldo początkowe", format_money(row.opening)),
            ("Saldo końcowe", format_money(row.closing)),
            ("Wczytano", f"{format_table_moment(row.read_at)}, {row.read_by}"),
        ]
        return {**super().page(), "facts": facts}


def what_of(row: BankBooking, lines: Sequence[PaidLine]) -> str:
    """The payments that a booking was matched with, in a few words."""
    if not lines:
        return "zapisana na innej stronie"
    if len(lines) > 1:
        return (
            f"plik listy {lines[0].payroll_list}: {counted(len(lines), 'płatność', 'płatności', 'płatności')}"
        )
    what = "zwrot" if row.amount > ZERO else "wypłata"
    return f"{what} {lines[0].reference}, {lines[0].person}"


class AsideSeveral(BulkPage):
    """Other business of the unit, of which a statement may be full."""

    action = {"POST": perms.ANSWER_DECIDE}  # noqa: RUF012 - read once, when the address is resolved
    request: Any
    kwargs: dict[str, Any]

    def objects(self, ids: Sequence[UUID]) -> "QuerySet[BankBooking]":
        only_cis(self.request)
        found = get_object_or_404(BankStatement.objects.all(), pk=self.kwargs["pk"])
        self.back_url = reverse("benefits:answer", args=[found.pk])
        rows = queries.bookings_of(found).filter(pk__in=ids)
        if ids and not rows.exists():
            raise Http404
        return rows

    def perform_one(self, obj: BankBooking) -> None:
        services.put_aside(booking_id=obj.pk, remark=NOT_OURS)

    def success(self, done: int) -> str:
        return f"Odłożono: {counted(done, *BOOKINGS_WORDS)}."


class OfBookingPage:
    """What every screen of one booking shares."""

    request: Any
    kwargs: dict[str, Any]
    row: BankBooking
    back_url = ""

    def find(self) -> BankBooking:
        only_cis(self.request)
        rows = BankBooking.objects.select_related("statement", "decided_by")
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.back_url = reverse("benefits:booking", args=[self.row.pk])
        record.about(self.request, self.row)
        return self.row

    def object(self, *, lock: bool) -> BankBooking:
        return self.find()

    def name(self) -> str:
        return f"{format_money(self.row.amount)}, {format_table_date(self.row.day)}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        statement = self.row.statement
        before = [
            (TITLE, str(LIST)),
            (f"Wyciąg {days_of(statement)}", reverse("benefits:answer", args=[statement.pk])),
        ]
        here = self.get_title()  # type: ignore[attr-defined]
        if here == self.name():
            return [*before, (here, "")]
        return [*before, (self.name(), self.back_url), (here, "")]


class Booking(OfBookingPage, Page):
    """One booking: what the bank says, what it may be, and what was decided."""

    action = perms.ANSWER_SHOW
    template_name = "benefits/answers/booking.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.find()
        self.judged = queries.judged([self.row]).get(self.row.pk)
        self.lines = queries.lines_of_bookings([self.row])[self.row.pk]
        people = {line.person_id for line in self.lines}
        record.shows(request, people | (self.judged.person_ids if self.judged is not None else set()))
        return self.answer()

    def get_title(self) -> str:
        return self.name()

    def page(self) -> Mapping[str, Any]:
        row, decides = self.row, self.request.may(perms.ANSWER_DECIDE)
        is_open = BOOKINGS.may(row, OfBooking.TAKE)
        return {
            "row": row,
            "badge": BADGES[BookingState(row.state)],
            "facts": self._facts(),
            "why": self.judged.why if self.judged is not None else "",
            "proposals": [self._proposal(one) for one in self.judged.proposals] if self.judged else [],
            "decides": decides,
            "is_open": is_open,
            "lines": self.lines,
            "offers": offers_for(self.request, row) if is_open and decides else [],
            "aside_url": reverse("benefits:booking_aside", args=[row.pk]) if is_open and decides else "",
            "reopen_url": reverse("benefits:booking_reopen", args=[row.pk])
            if decides and (self.lines or row.state == BookingState.ASIDE)
            else "",
        }

    def _facts(self) -> list[tuple[str, str]]:
        row = self.row
        said = [
            ("Kwota", format_money(row.amount)),
            ("Dzień", format_table_date(row.day)),
            ("Od kogo" if row.amount > ZERO else "Do kogo", row.name),
            ("Konto", format_nrb(row.account).replace("\u00a0", " ") if row.account else ""),
            ("Tytuł", row.title),
            ("Oznaczenie banku", row.bank_reference),
        ]
        if row.decided_by is not None and row.decided_at is not None:
            when = format_table_moment(row.decided_at)
            said.append(("Rozstrzygnięto", f"{row.decided_by.get_full_name()}, {when}"))
        if row.remark:
            said.append(("Dlaczego odłożono", row.remark))
        return [(label, value) for label, value in said if value]

    def _proposal(self, lines: Sequence[PaidLine]) -> dict[str, Any]:
        name = "booking_confirm_file" if len(lines) > 1 else "booking_confirm"
        first = lines[0]
        return {
            "who": counted(len(lines), "osoba", "osoby", "osób") if len(lines) > 1 else str(first.person),
            "reference": str(first.transfer_file) if len(lines) > 1 else first.reference,
            "amount": sum((one.amount for one in lines), ZERO),
            "state": "cały plik" if len(lines) > 1 else queries.in_words(first),
            "url": reverse(f"benefits:{name}", args=[self.row.pk, first.pk]),
        }


class Confirm(OfBookingPage, ConfirmPage):
    """A person says that a booking is the payment that was proposed."""

    action = perms.ANSWER_DECIDE
    verb = "To ta płatność"
    whole = False

    def object(self, *, lock: bool) -> BankBooking:
        row = self.find()
        self.group = next((one for one in self._groups(row) if one[0].pk == self.kwargs["line"]), None)
        if self.group is None:
            get_object_or_404(PaidLine.objects.all(), pk=self.kwargs["line"])
        record.shows(self.request, [one.person_id for one in self.group or ()])
        return row

    def _groups(self, row: BankBooking) -> list[list[PaidLine]]:
        judged = queries.judged([row]).get(row.pk)
        return [one for one in judged.proposals if (len(one) > 1) is self.whole] if judged is not None else []

    def get_title(self) -> str:
        return "To zwrot tej płatności?" if self.row.amount > ZERO else "To ta płatność?"

    def text(self) -> str:
        if self.group is None:
            return f"{self.row.name}: ta propozycja już nie pasuje. Wróć i zobacz, co się zmieniło."
        named = join_words(f"{one.person} ({one.reference})" for one in self.group)
        return f"{self.name()}: {named}."

    def perform(self) -> str:
        keys = [one.pk for one in self.group] if self.group is not None else [self.kwargs["line"]]
        services.confirm(booking_id=self.row.pk, line_ids=keys)
        return reverse("benefits:answer", args=[self.row.statement_id])

    def success(self) -> str:
        return "Dopasowano."


class ConfirmFile(Confirm):
    verb = "To cały ten plik"
    whole = True


class Aside(OfBookingPage, FormPage):
    action = perms.ANSWER_DECIDE
    title = "Odłóż operację"
    submit = "Odłóż"
    form_class = forms.AsideForm
    drafts = False

    def lead(self) -> str:
        return f"{self.name()}. Odłożona operacja nie dotyczy świadczeń; można ją potem otworzyć od nowa."

    def save(self, form: forms.AsideForm) -> BankBooking:
        return services.put_aside(booking_id=self.row.pk, **form.cleaned_data)

    def next_url(self, result: BankBooking) -> str:
        return reverse("benefits:answer", args=[result.statement_id])

    def success(self, form: forms.AsideForm, result: BankBooking) -> str:
        return "Odłożono."


class Reopen(OfBookingPage, ConfirmPage):
    action = perms.ANSWER_DECIDE
    title = "Otworzyć operację od nowa?"
    verb = "Otwórz od nowa"

    def text(self) -> str:
        return (
            "Operacja będzie znowu do rozstrzygnięcia. Przelew, który potwierdziła, będzie czekał na "
            "potwierdzenie, a zwrot, który zapisała, przestanie się liczyć."
        )

    def perform(self) -> str:
        services.reopen(booking_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Operacja jest znowu do rozstrzygnięcia."


_ONE = "wyciagi/operacje/<uuid:pk>/"
urlpatterns = [
    path("wyciagi/", Index.as_view(), name="answers"),
    path("wyciagi/wczytaj/", TakeIn.as_view(), name="answers_take_in"),
    path("wyciagi/<uuid:pk>/", Show.as_view(), name="answer"),
    path("wyciagi/<uuid:pk>/odloz/", AsideSeveral.as_view(), name="answer_aside"),
    path(_ONE, Booking.as_view(), name="booking"),
    path(f"{_ONE}to/<uuid:line>/", Confirm.as_view(), name="booking_confirm"),
    path(f"{_ONE}to-plik/<uuid:line>/", ConfirmFile.as_view(), name="booking_confirm_file"),
    path(f"{_ONE}odloz/", Aside.as_view(), name="booking_aside"),
    path(f"{_ONE}od-nowa/", Reopen.as_view(), name="booking_reopen"),
]
