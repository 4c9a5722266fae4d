"""Payments to ZUS and to the tax office on the screen: written down, and taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from benefits import perms
from benefits.booking_offers import offer
from benefits.enums import PublicKind
from benefits.forms import tax as forms
from benefits.models import BankBooking, PublicPayment
from benefits.queries import public_money as queries
from benefits.services import public_money as services
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge
from reintegration.core.dates import Month
from reintegration.core.formats import format_money, format_month, format_table_date
from reintegration.core.identifiers import format_nrb
from reintegration.core.money import ZERO
from reintegration.core.views import FormPage, read_ids

PLACES = {
    PublicKind.ZUS: ("Składki ZUS", "benefits:contributions", "Zapłata składek", "Nadpłata składek"),
    PublicKind.TAX: ("Podatek", "benefits:tax", "Zapłata zaliczek na podatek", "Nadpłata zaliczek"),
}


def badge_of(one: queries.Owed) -> Badge:
    """How a month stands with an office, to the grosz."""
    if one.left == 0:
        return Badge("zapłacone" if one.amount else "nic do zapłaty", "ok" if one.amount else "plain")
    if one.left < 0:
        return Badge(f"nadpłata {format_money(-one.left)}", "info")
    if one.is_overdue(clock.today()):
        return Badge("po terminie", "bad")
    return Badge("do zapłaty" if not one.paid else "zapłacone w części", "warn")


def standing(
    kind: PublicKind, months: Sequence[queries.Owed], *, among: Sequence[queries.Owed] = ()
) -> Mapping[str, Any]:
    """What both pages show: the months, the payments, and the account to which they go.

    A page of some months only says among which all of them are: what is too much may be counted to any.
    """
    account = queries.account_of(kind)
    # What was counted from one month to another is of both.
    found = {row.pk: row for one in months for row in (*one.payments, *one.counted_away)}
    rows = sorted(found.values(), key=lambda row: row.pk, reverse=True)
    back = {row.reverses_id for row in rows}
    return {
        "owed": [(one, badge_of(one)) for one in months],
        # The oldest that is not paid, which has the button of the page.
        "next_month": next((one.month for one in reversed(months) if one.left > ZERO), None),
        "account": format_nrb(account) if account else "",
        "may_count": any(one.left > 0 for one in among or months),
        # A payment that was taken back, and what took it back, stand for good.
        "payments": [
            (
                row,
                Month.of(row.month),
                Month.of(row.counted_from) if row.counted_from else None,
                row.reverses_id is None and row.pk not in back,
            )
            for row in rows
        ],
    }


def asked_month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Http404 from None


class OfOffice(FormPage):
    """A form about one office; it leads back to the page of that office."""

    action = perms.PUBLIC_PAY
    kind: PublicKind
    drafts = False
    request: Any
    kwargs: dict[str, Any]

    def crumbs(self) -> Sequence[tuple[str, str]]:
        name, url, *_ = PLACES[self.kind]
        return [(name, reverse(url)), (self.get_title(), "")]

    def lead_back(self) -> None:
        only_cis(self.request)
        self.back_url = reverse(PLACES[self.kind][1])


class Pay(OfOffice):
    form_class = forms.PublicPaymentForm
    submit = "Zapisz zapłatę"

    def object(self, *, lock: bool) -> None:
        self.lead_back()
        self.month = asked_month(self.kwargs["month"])
        self.owed = queries.month_with(self.kind, self.month)

    def get_title(self) -> str:
        return f"{PLACES[self.kind][2]}: {format_month(self.month)}"

    def lead(self) -> str:
        left, due = format_money(self.owed.left), format_table_date(self.owed.due)
        return f"Do zapłaty zostało {left}, termin {due}. Zapis trafia do księgi."

    def initial(self) -> Mapping[str, Any]:
        return {"amount": self.owed.left if self.owed.left > 0 else None, "paid_on": clock.today()}

    def save(self, form: forms.PublicPaymentForm) -> PublicPayment:
        made = services.pay(kind=self.kind, month=self.month, **form.cleaned_data)
        record.about(self.request, made)
        return made

    def success(self, form: forms.PublicPaymentForm, result: PublicPayment) -> str:
        return f"Zapisano zapłatę {format_money(result.amount)}."


class PayZus(Pay):
    kind = PublicKind.ZUS


class PayTax(Pay):
    kind = PublicKind.TAX


class Count(OfOffice):
    """What a month has too much is counted to one that owes something."""

    form_class = forms.CountForm
    submit = "Zalicz nadpłatę"

    def object(self, *, lock: bool) -> None:
        self.lead_back()
        self.month = asked_month(self.kwargs["month"])
        self.over = queries.month_with(self.kind, self.month)
        self.waiting = queries.waiting(self.kind)

    def get_title(self) -> str:
        return f"{PLACES[self.kind][3]}: {format_month(self.month)}"

    def lead(self) -> str:
        if not self.over.over:
            return "Ten miesiąc nie ma nadpłaty."
        if not self.waiting:
            return "Żaden miesiąc nie czeka na zapłatę, więc nie ma na co zaliczyć nadpłaty."
        over = format_money(self.over.over)
        return f"Nadpłata wynosi {over}. Księga się nie zmieni: konto w urzędzie jest jedno."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {
            "months": [
                (str(one.month), f"{format_month(one.month)}, zostało {format_money(one.left)}")
                for one in self.waiting
            ]
        }

    def initial(self) -> Mapping[str, Any]:
        if not (self.over.over and self.waiting):
            return {}
        first = self.waiting[0]
        return {"month": str(first.month), "amount": queries.most_counted(self.over, first)}

    def save(self, form: forms.CountForm) -> PublicPayment:
        given = dict(form.cleaned_data)
        made = services.count_over(kind=self.kind, source=self.month, target=given.pop("month"), **given)
        record.about(self.request, made)
        return made

    def success(self, form: forms.CountForm, result: PublicPayment) -> str:
        return f"Zaliczono {format_money(result.amount)} na {format_month(Month.of(result.month))}."


class CountZus(Count):
    kind = PublicKind.ZUS


class CountTax(Count):
    kind = PublicKind.TAX


class Booked(OfOffice):
    """A payment that stands on the bank's statement: its day and amount are known."""

    form_class = forms.BookedForm
    submit = "Zapisz zapłatę"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Without a booking there is nothing to write down from."""
        if "zapis" not in request.GET:
            self.lead_back()
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    def object(self, *, lock: bool) -> None:
        self.lead_back()
        asked = read_ids([self.request.GET.get("zapis", "")])
        rows = BankBooking.objects.filter(amount__lt=0)
        self.row: BankBooking = get_object_or_404(rows, pk__in=asked)
        record.about(self.request, self.row)

    def get_title(self) -> str:
        return PLACES[self.kind][2]

    def lead(self) -> str:
        return f"Z konta wyszło {format_money(-self.row.amount)}, {format_table_date(self.row.day)}."

    def initial(self) -> Mapping[str, Any]:
        waits = [one for one in queries.months_of(self.kind) if one.left > 0]
        return {"amount": -self.row.amount, "month": waits[-1].month if waits else None}

    def save(self, form: forms.BookedForm) -> PublicPayment:
        made = services.pay(kind=self.kind, paid_on=self.row.day, booking_id=self.row.pk, **form.cleaned_data)
        record.about(self.request, made)
        return made

    def success(self, form: forms.BookedForm, result: PublicPayment) -> str:
        return f"Zapisano zapłatę {format_money(result.amount)}."


class BookedZus(Booked):
    kind = PublicKind.ZUS


class BookedTax(Booked):
    kind = PublicKind.TAX


class TakeBack(OfOffice):
    form_class = forms.TakeBackForm

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)
        self.row = get_object_or_404(PublicPayment.objects.all(), pk=self.kwargs["pk"])
        self.kind = PublicKind(self.row.kind)
        record.about(self.request, self.row)
        self.lead_back()
        self.submit = self.get_title()

    def get_title(self) -> str:
        return "Wycofaj zaliczenie nadpłaty" if self.row.counted_from else "Wycofaj zapłatę"

    def lead(self) -> str:
        amount, day = format_money(self.row.amount), format_table_date(self.row.paid_on)
        month = format_month(Month.of(self.row.month))
        if self.row.counted_from:
            source = format_month(Month.of(self.row.counted_from))
            about = f"{amount} z nadpłaty za {source}, zaliczone na {month}."
        else:
            about = f"{amount} z dnia {day} za {month}."
        return f"{about} Zapis zostanie, a obok stanie storno."

    def save(self, form: forms.TakeBackForm) -> PublicPayment:
        return services.take_back(payment_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.TakeBackForm, result: PublicPayment) -> str:
        return "Wycofano zaliczenie." if self.row.counted_from else "Wycofano zapłatę."


offer("To zapłata składek", "benefits:zus_booked", perms.PUBLIC_PAY, came=False)
offer("To zapłata zaliczek na podatek", "benefits:tax_booked", perms.PUBLIC_PAY, came=False)
urlpatterns = [
    path("skladki/zaplata-z-wyciagu/", BookedZus.as_view(), name="zus_booked"),
    path("podatek/zaplata-z-wyciagu/", BookedTax.as_view(), name="tax_booked"),
    path("skladki/<str:month>/zaplata/", PayZus.as_view(), name="zus_pay"),
    path("podatek/<str:month>/zaplata/", PayTax.as_view(), name="tax_pay"),
    path("skladki/<str:month>/nadplata/", CountZus.as_view(), name="zus_count"),
    path("podatek/<str:month>/nadplata/", CountTax.as_view(), name="tax_count"),
    path("zaplaty/<uuid:pk>/wycofaj/", TakeBack.as_view(), name="public_payment_back"),
]
