"""Screens of motivational premiums: the list of a month, proposals, the manager's decisions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from benefits import papers, perms
from benefits.enums import ListState, PremiumState
from benefits.forms import premiums as forms
from benefits.models import Premium
from benefits.queries import premiums as queries
from benefits.queries.lists import live_lists
from benefits.services import premiums as services
from benefits.views.pay import PREMIUM_BADGES, only_cis
from participants.views.participations.base import file_of
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import counted, format_money, format_month
from reintegration.core.money import ZERO
from reintegration.core.views import ConfirmPage, FormPage, Once, Page, go_to, read_ids
from reintegration.documents.exports import as_download

TITLE = "Premie"


def url_of(month: Month, name: str = "month") -> str:
    return reverse(f"benefits:premium_{name}", args=[str(month)])


def reads(request: Any, row: Premium) -> bool:
    """Amounts and reasons are for who leads cases or pays, and for whoever proposed them."""
    return bool(request.may(perms.PREMIUM_PRINT) or row.proposed_by_id == request.principal.user_id)


def plan_sentence(plan: queries.Plan) -> str:
    """What is left of the plan, or by how much it is exceeded; nothing where there is no plan."""
    if plan.left is None:
        return ""
    if plan.left < 0:
        return f"Plan premii jest przekroczony o {format_money(-plan.left)}."
    return f"W planie zostało {format_money(plan.left)}."


def plan_after(plan: queries.Plan, more: Decimal) -> Mapping[str, Any]:
    """The plan, and what a decision under way leaves of it or takes above it."""
    left = None if plan.left is None else plan.left - more
    return {"plan": plan, "left": left, "over": -left if left is not None else None}


class Start(Page):
    """The place in the navigation leads to the month that premiums are about today."""

    action = perms.PREMIUM_SHOW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        only_cis(request)
        return redirect(url_of(queries.usual_month()))


class OfMonth:
    """What every screen of one month shares."""

    request: Any
    kwargs: dict[str, Any]
    month: Month

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        try:
            self.month = Month.parse(kwargs["month"])
        except ValueError:
            raise Http404 from None

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.month, self.get_title())  # type: ignore[attr-defined]


def crumbs_of(month: Month, *more: str) -> Sequence[tuple[str, str]]:
    here = (format_month(month).capitalize(), url_of(month) if more else "")
    return [(TITLE, reverse("benefits:premiums")), here, *((one, "") for one in more)]


class MonthShow(OfMonth, Page):
    action = perms.PREMIUM_SHOW
    template_name = "benefits/premiums/month.html"

    def get_title(self) -> str:
        return f"Premie: {format_month(self.month)}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.month)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        only_cis(request)
        self.rows, self.refused = queries.standings(self.month)
        self.plan = queries.plan_of(self.month)
        record.shows(request, {one.file.person_id for one in self.rows})
        return self.answer()

    def lead(self) -> str:
        waiting = len(self._in(PremiumState.PROPOSED))
        plan = plan_sentence(self.plan) if self.request.may(perms.PREMIUM_PRINT) else ""
        if waiting:
            said = counted(waiting, "propozycja czeka", "propozycje czekają", "propozycji czeka")
            return f"{said} na decyzję kierownika. {plan}".strip()
        return f"Premię proponuje, kto pracuje z osobą. Przyznaje ją kierownik. {plan}".strip()

    def _in(self, state: str) -> list[queries.Standing]:
        return [one for one in self.rows if one.premium is not None and one.premium.state == state]

    def page(self) -> Mapping[str, Any]:
        listed = live_lists(self.month).first()
        is_open = listed is None or listed.state == ListState.OPEN
        granted = self._in(PremiumState.GRANTED)
        waiting = self._in(PremiumState.PROPOSED)
        begun = self.month.first <= clock.today()
        readable = [one.premium for one in waiting if one.premium and reads(self.request, one.premium)]
        return {
            "month": self.month,
            "refused": self.refused,
            "everybody": self.request.may(perms.PREMIUM_PRINT),
            "waiting": [self._shown(one) for one in waiting],
            "waiting_sum": sum((one.amount for one in readable), ZERO),
            "granted": [self._shown(one) for one in granted],
            "others": [self._shown(one) for one in self.rows if not one.live],
            "plan": self.plan,
            "is_open": is_open,
            "begun": begun,
            "may_propose": is_open and begun and self.request.may(perms.PREMIUM_PROPOSE),
            "may_decide": self.request.may(perms.PREMIUM_DECIDE),
            "bulk_url": url_of(self.month, "grant_several"),
            "submission": Once.new_token(),
            "previous": _beside(self.month, -1),
            "next": _beside(self.month, 1),
        }

    def _shown(self, one: queries.Standing) -> Mapping[str, Any]:
        row = one.premium
        return {
            "file": one.file,
            "premium": row,
            "badge": PREMIUM_BADGES[row.state] if row is not None else None,
            "reads": row is not None and reads(self.request, row),
            "limit": one.limit,
            "above": row is not None and one.limit.most is not None and row.amount > one.limit.most,
        }


def _beside(month: Month, step: int) -> Link | None:
    """The month before or after; the calendar has a first and a last one."""
    try:
        found = month.plus(step)
    except ValueError:
        return None
    return Link(format_month(found), url_of(found))


class Propose(OfMonth, FormPage):
    action = perms.PREMIUM_PROPOSE
    title = "Zaproponuj premię"
    submit = "Zaproponuj"
    form_class = forms.ProposeForm

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)
        # The service holds the list of the month before the file.
        self.file = file_of(self.request, self.kwargs["pk"])
        self.back_url = url_of(self.month)

    def lead(self) -> str:
        return f"{self.file.person}, {format_month(self.month)}."

    def save(self, form: forms.ProposeForm) -> Premium:
        made = services.propose(participation_id=self.file.pk, month=self.month, **form.cleaned_data)
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: Premium) -> str:
        return f"Zapisano propozycję: {self.file.person}, {format_money(result.amount)}."


class OfPremium:
    """A screen about one premium; it leads back to the list of its month."""

    request: Any
    kwargs: dict[str, Any]
    back_url = ""

    def object(self, *, lock: bool) -> Premium:
        only_cis(self.request)
        row = get_object_or_404(queries.premiums(), pk=self.kwargs["pk"])
        if not reads(self.request, row):
            raise Http404
        if lock:
            row = services.held(row.pk)
        self.row = row
        self.month = Month.of(row.month)
        self.back_url = url_of(self.month)
        record.about(self.request, row)
        record.shows(self.request, [row.person_id])
        return row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.month, self.get_title())  # type: ignore[attr-defined]

    def lead(self) -> str:
        return f"{self.row.person}, {format_month(self.month)}."

    def said(self) -> str:
        return f"{self.row.person}, {format_month(self.month)}, {format_money(self.row.amount)}."


class Change(OfPremium, FormPage):
    action = perms.PREMIUM_PROPOSE
    title = "Zmień propozycję"
    form_class = forms.ProposeForm

    def initial(self) -> Mapping[str, Any]:
        return {"amount": self.row.amount, "reason": self.row.reason}

    def save(self, form: forms.ProposeForm) -> Premium:
        return services.change(premium_id=self.row.pk, **form.cleaned_data)


class Withdraw(OfPremium, ConfirmPage):
    action = perms.PREMIUM_PROPOSE
    title = "Wycofać propozycję?"
    verb = "Wycofaj propozycję"

    def text(self) -> str:
        return self.said()

    def perform(self) -> str:
        services.withdraw(premium_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Wycofano propozycję."


class Grant(OfPremium, FormPage):
    action = perms.PREMIUM_DECIDE
    title = "Przyznaj premię"
    submit = "Przyznaj premię"
    form_class = forms.GrantForm
    template_name = "benefits/premiums/grant.html"
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"amount": self.row.amount}

    def page(self) -> Mapping[str, Any]:
        plan = queries.plan_of(self.month)
        try:
            limit = queries.limits([self.row.participation_id], self.month)[self.row.participation_id]
        except InputError as error:
            limit = queries.Limit(reason=error.message)
        return {"premium": self.row, "limit": limit, **plan_after(plan, self.row.amount)}

    def save(self, form: forms.GrantForm) -> Premium:
        return services.grant(premium_id=self.row.pk, **form.cleaned_data)

    def success(self, form: Any, result: Premium) -> str:
        said = f"Przyznano premię: {self.row.person}, {format_money(result.amount)}, {result.number}."
        return f"{said} {plan_sentence(queries.plan_of(self.month))}".strip()


class Refuse(OfPremium, ConfirmPage):
    action = perms.PREMIUM_DECIDE
    title = "Nie przyznawać premii?"
    verb = "Nie przyznaję"

    def text(self) -> str:
        return f"{self.said()} Później można zaproponować ją jeszcze raz."

    def perform(self) -> str:
        services.refuse(premium_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return f"Nie przyznano premii: {self.row.person}."


class TakeBack(OfPremium, ConfirmPage):
    action = perms.PREMIUM_DECIDE
    title = "Cofnąć decyzję o premii?"
    verb = "Cofnij decyzję"
    danger = True

    def text(self) -> str:
        return f"{self.said()} Decyzja {self.row.number} przestanie działać, premii nie będzie na liście."

    def perform(self) -> str:
        services.take_back(premium_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return f"Cofnięto decyzję {self.row.number}."


class GrantSeveral(OfMonth, Once):
    """First it says what the ticked proposals make together; then it grants them, and names what is left."""

    action = {"POST": perms.PREMIUM_DECIDE}  # noqa: RUF012 - read once, when the address is resolved
    title = "Przyznaj kilka premii"
    template_name = "benefits/premiums/several.html"
    http_method_names = ["post", "options"]

    def page(self) -> Mapping[str, Any]:
        plan, total = queries.plan_of(self.month), sum((row.amount for row in self.rows), ZERO)
        return {
            "rows": self.rows,
            "total": total,
            **plan_after(plan, total),
            "submission": self.new_token(),
            "back_url": url_of(self.month),
        }

    def lead(self) -> str:
        return f"{format_month(self.month).capitalize()}. Czego nie da się przyznać, wymienimy z powodem."

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        only_cis(request)
        back = url_of(self.month)
        ids = read_ids(request.POST.getlist("ids"))
        if not ids:
            toasts.refused(request, "Zaznacz przynajmniej jedną propozycję.")
            return go_to(request, back)
        asked = queries.premiums().filter(pk__in=ids, month=self.month.first)
        self.rows = list(asked.order_by("person__name_order", "pk"))
        record.shows(request, {row.person_id for row in self.rows})
        if not self.rows:
            raise Http404
        if "chosen" not in request.POST:
            return self.answer()
        before = self.done_before() or self.claim()
        if before is not None:
            return before
        try:
            with transaction.atomic():
                done, refused = services.grant_several(
                    month=self.month, premium_ids=[row.pk for row in self.rows]
                )
        except (InputError, ValidationError) as error:
            toasts.refused(request, " ".join(getattr(error, "messages", None) or [str(error)]))
            return self.finish(back)
        if done:
            people = counted(len(done), "premię", "premie", "premii")
            total = format_money(sum((row.amount for row in done), ZERO))
            left = plan_sentence(queries.plan_of(self.month))
            toasts.saved(request, f"Przyznano {people}, razem {total}. {left}".strip())
        for row, why in refused:
            toasts.refused(request, f"{row.person}: {why}")
        return self.finish(back)


class Print(Page):
    """The decision on paper."""

    action = perms.PREMIUM_PRINT

    def get(self, request: Any, pk: UUID) -> HttpResponse:
        only_cis(request)
        row = get_object_or_404(queries.premiums(), pk=pk)
        record.about(request, row)
        record.shows(request, [row.person_id])
        if row.state != PremiumState.GRANTED:
            return redirect(url_of(Month.of(row.month)))
        return as_download(papers.premium_decision(row), f"decyzja o premii {row.number}")


_MONTH = "premie/<slug:month>/"
_PROPOSAL = "premie/propozycje/<uuid:pk>/"
_DECISION = "premie/decyzje/<uuid:pk>/"
urlpatterns = [
    path("premie/", Start.as_view(), name="premiums"),
    path(f"{_PROPOSAL}zmien/", Change.as_view(), name="premium_change"),
    path(f"{_PROPOSAL}wycofaj/", Withdraw.as_view(), name="premium_withdraw"),
    path(f"{_PROPOSAL}przyznaj/", Grant.as_view(), name="premium_grant"),
    path(f"{_PROPOSAL}odmow/", Refuse.as_view(), name="premium_refuse"),
    path(f"{_DECISION}cofnij/", TakeBack.as_view(), name="premium_take_back"),
    path(f"{_DECISION}druk/", Print.as_view(), name="premium_print"),
    path(_MONTH, MonthShow.as_view(), name="premium_month"),
    path(f"{_MONTH}przyznaj/", GrantSeveral.as_view(), name="premium_grant_several"),
    path(f"{_MONTH}<uuid:pk>/", Propose.as_view(), name="premium_propose"),
]
