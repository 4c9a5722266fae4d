"""Money of the labour office that stands on the bank's statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from benefits import perms
from benefits.booking_offers import offer
from benefits.enums import BookingState
from benefits.forms import fund as forms
from benefits.models import BankBooking, FundAdvance, FundApplication, FundReceipt
from benefits.queries import fund as queries
from benefits.services.fund import receipts as services
from benefits.views.fund import crumbs_of
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import toasts
from reintegration.core.dates import Month
from reintegration.core.formats import format_money, format_month, format_table_date
from reintegration.core.money import ZERO
from reintegration.core.views import FormPage, read_ids

CAME, WENT = "To wpłata z urzędu pracy", "To zwrot do urzędu pracy"
NOTHING_AWAITED = "Żaden wysłany wniosek ani zaliczka nie czeka na te pieniądze."
NOTHING_TO_GIVE = "Żaden wniosek ani umowa nie ma tyle do zwrotu."


class Booked(FormPage):
    """Somebody says what the money is of; its day and amount are known."""

    action = perms.FUND_MONEY
    form_class = forms.BookedForm
    submit = "Zapisz"
    drafts = False
    request: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Without a booking there is nothing to write down from."""
        if "zapis" not in request.GET:
            return redirect("benefits:fund")
        return super().dispatch(request, *args, **kwargs)

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)
        asked = read_ids([self.request.GET["zapis"]])
        self.row: BankBooking = get_object_or_404(BankBooking, pk__in=asked)
        self.came = self.row.amount > ZERO
        self.back_url = reverse("benefits:booking", args=[self.row.pk])
        self.open = {str(one.row.pk): one for one in queries.open_for(self.row)}
        record.about(self.request, self.row)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        shown = super().get(request, *args, **kwargs)
        if self.row.state != BookingState.OPEN or not self.open:
            why = NOTHING_AWAITED if self.came else NOTHING_TO_GIVE
            toasts.refused(request, why if not self.open else "Ta operacja jest już rozstrzygnięta.")
            return redirect(self.back_url)
        return shown

    def get_title(self) -> str:
        return CAME if self.came else WENT

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of((self.get_title(), ""))

    def lead(self) -> str:
        how = "Na konto wpłynęło" if self.came else "Z konta wyszło"
        return f"{how} {format_money(abs(self.row.amount))}, {format_table_date(self.row.day)}."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"offered": [(key, words(one, came=self.came)) for key, one in self.open.items()]}

    def initial(self) -> Mapping[str, Any]:
        """The one of just this amount; of several nobody knows which."""
        same = [key for key, one in self.open.items() if one.amount == abs(self.row.amount)]
        return {"of": same[0]} if len(same) == 1 else {}

    def save(self, form: forms.BookedForm) -> FundReceipt:
        made = services.book(booking_id=self.row.pk, of=self.open[form.cleaned_data["of"]].row)
        record.about(self.request, made)
        return made

    def success(self, form: forms.BookedForm, result: FundReceipt) -> str:
        return f"Zapisano {'wpłatę' if self.came else 'zwrot'} {format_money(result.amount)}."

    def next_url(self, result: FundReceipt) -> str:
        about = result.application or result.agreement
        name = "fund_application" if result.application is not None else "fund_agreement"
        return reverse(f"benefits:{name}", args=[about.pk])


def words(one: queries.Open, *, came: bool) -> str:
    """What is open, as a person chooses it."""
    amount = format_money(one.amount)
    if isinstance(one.row, FundAdvance):
        month = format_month(Month.of(one.row.month))
        return f"Zaliczka {one.row.number} na {month}, {amount}"
    if isinstance(one.row, FundApplication):
        month = format_month(Month.of(one.row.payroll_list.month))
        said = f"czekacie na {amount}" if came else f"do zwrotu {amount}"
        return f"Wniosek {one.row.number} za {month}, {said}"
    return f"Reszta zaliczek z umowy {one.row}, {amount}"


offer(CAME, "benefits:fund_booked", perms.FUND_MONEY, came=True)
offer(WENT, "benefits:fund_booked", perms.FUND_MONEY, came=False)
urlpatterns = [path("fundusz-pracy/z-wyciagu/", Booked.as_view(), name="fund_booked")]
