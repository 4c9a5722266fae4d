"""The tab „Świadczenie” of a file: what is needed before somebody is paid, and how it is written."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from benefits import papers, perms
from benefits.enums import GrantState, PayMethod, PremiumState
from benefits.forms import pay as forms
from benefits.models import Grant, InsuranceTitle
from benefits.queries.advances import said_of
from benefits.queries.bankable import own_account, refusal
from benefits.queries.pay import decision_of, pay_file
from benefits.queries.premiums import premiums_of, usual_month
from benefits.queries.standing import recoveries_of, report
from benefits.queries.statement_papers import of_file
from benefits.rules.tax import pit2_on
from benefits.services import pay as services
from benefits.views.standing_words import ground_in_words, shown
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.views.participations.base import crumbs_of, file_of, unit_type
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.components import Badge
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_date
from reintegration.core.identifiers import format_nrb
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.documents.exports import as_download
from reintegration.tenancy.actions import handles

TAB = "Świadczenie"
BADGES = {
    GrantState.ASKED.value: Badge("czeka na decyzję", "warn"),
    GrantState.GRANTED.value: Badge("przyznane", "ok"),
    GrantState.REFUSED.value: Badge("odmowa", "plain"),
    GrantState.WITHDRAWN.value: Badge("wycofany", "plain"),
}
PREMIUM_BADGES = {
    PremiumState.PROPOSED.value: Badge("propozycja", "warn"),
    PremiumState.GRANTED.value: Badge("przyznana", "ok"),
    PremiumState.REFUSED.value: Badge("nieprzyznana", "plain"),
    PremiumState.WITHDRAWN.value: Badge("wycofana", "plain"),
}


def tab(request: Any, file: Participation) -> tuple[str, str] | None:
    """The tab, in a CIS, for whoever may know what somebody is paid."""
    if unit_type(request) is not UnitType.CIS or not request.may(perms.PAY_SHOW):
        return None
    return TAB, reverse("benefits:pay", args=[file.pk])


def only_cis(request: Any) -> None:
    """A club has no benefit, so it has no such page."""
    if unit_type(request) is not UnitType.CIS:
        raise Http404


def _last_month(file: Participation) -> Month:
    """The month that a payment is about today: after the end it is the last one."""
    return Month.of(min(clock.today(), file.ended_on or clock.today()))


class Show(OfTab):
    action = perms.PAY_SHOW
    template_name = "benefits/pay/tab.html"
    tab = TAB
    request: Any

    def load(self) -> None:
        only_cis(self.request)
        super().load()

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        month = _last_month(self.file)
        found = pay_file(self.file.pk)
        grant, way = found.grant, found.way_on(today)
        return {
            **super().page(),
            "pay": found,
            "grant": grant,
            "badge": BADGES[grant.state] if grant is not None else None,
            "decision": decision_of(grant) if grant is not None else None,
            "missing": [sentence for _, sentence in found.missing(self.file, month)],
            "refused": refusal(self.file.person, found.way_for(month), own_account()),
            "way": way,
            "account": format_nrb(way.account) if way is not None and way.account else "",
            "tax": found.tax_for(month),
            "next_tax": next((one for one in reversed(found.taxes) if one.since > today), None),
            "pit2_over": pit2_on(today, said_of([self.file.person_id])[self.file.person_id]).over,
            "open": self.file.ended_on is None,
            # The last month is paid after the end; who never began has nothing to be paid.
            "settles": self.file.ended_on is None or bool(found.periods),
            "reads": self.request.may(perms.PAY_DATA),
            "premiums": [
                (row, Month.of(row.month), PREMIUM_BADGES[row.state]) for row in premiums_of(self.file.pk)
            ],
            "premium_month": usual_month(),
            "statements": of_file(self.file.pk) if self.request.may(perms.STATEMENT_SHOW) else [],
            **self.not_as_paid(),
        }

    def not_as_paid(self) -> Mapping[str, Any]:
        """Months that today's facts make different, and by what right something may be deducted."""
        found = report(self.file)
        grounds = recoveries_of(self.file.pk)
        return {
            "standing": shown(found, found.found),
            "uncounted": found.uncounted,
            "grounds": [(row, ground_in_words(row)) for row in grounds],
            "ground": any(row.withdrawn_on is None for row in grounds),
            "receivable": found.receivable,
        }


class OfPay(FormPage):
    """A form about the money of one file; it leads back to the tab."""

    request: Any

    def object(self, *, lock: bool) -> Any:
        only_cis(self.request)
        self.file = file_of(self.request, self.kwargs["pk"], lock=lock)
        self.back_url = reverse("benefits:pay", args=[self.file.pk])
        return self.file

    def lead(self) -> str:
        return f"{self.file.person}, sprawa {self.file.number}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, self.back_url), (self.get_title(), ""))


class Apply(OfPay):
    action = perms.APPLY
    title = "Wniosek o świadczenie"
    form_class = forms.ApplyForm

    def lead(self) -> str:
        return f"{self.file.person}. Świadczenie przyznaje kierownik na wniosek osoby. (art. 15 ust. 4)"

    def initial(self) -> Mapping[str, Any]:
        return {"asked_on": clock.today()}

    def save(self, form: forms.ApplyForm) -> Grant:
        return services.apply(participation_id=self.file.pk, **form.cleaned_data)


class OfRow:
    """A screen about something that was written on the tab; it leads back there."""

    model: type[Grant | InsuranceTitle]
    request: Any
    kwargs: dict[str, Any]
    title = ""
    back_url = ""

    def object(self, *, lock: bool) -> Any:
        only_cis(self.request)
        self.row: Any = get_object_or_404(self.model.objects.all(), pk=self.kwargs["pk"])
        # The file before what belongs to it, as everybody who writes takes them.
        self.file = file_of(self.request, self.row.participation_id, lock=lock)
        if lock:
            self.row = self.model.objects.select_for_update(of=("self",)).get(pk=self.row.pk)
        record.about(self.request, self.row)
        self.back_url = reverse("benefits:pay", args=[self.file.pk])
        return self.row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, self.back_url), (self.title, ""))


class OfGrant(OfRow):
    """A screen about one application."""

    model = Grant

    def lead(self) -> str:
        asked = format_date(self.row.asked_on, today=clock.today())
        return f"{self.file.person}, wniosek: {asked}."


class Decide(OfGrant, FormPage):
    action = perms.DECIDE
    title = "Przyznaj świadczenie"
    submit = "Przyznaj świadczenie"
    form_class = forms.GrantForm

    def initial(self) -> Mapping[str, Any]:
        periods = pay_file(self.file.pk).periods
        first = periods[0].since if periods else None
        return {"granted_from": first, "decided_on": clock.today()}

    def save(self, form: forms.GrantForm) -> Grant:
        return services.grant(grant_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.GrantForm, result: Grant) -> str:
        since = format_date(form.cleaned_data["granted_from"], today=clock.today())
        return f"Świadczenie przyznane od {since}."


class ChangeDay(OfGrant, FormPage):
    action = perms.DECIDE
    title = "Zmień dzień przyznania"
    form_class = forms.DayForm

    def initial(self) -> Mapping[str, Any]:
        return {"granted_from": self.row.granted_from}

    def save(self, form: forms.DayForm) -> Grant:
        return services.change_day(grant_id=self.row.pk, **form.cleaned_data)


class Refuse(OfGrant, FormPage):
    action = perms.DECIDE
    title = "Odmów świadczenia"
    submit = "Odmów świadczenia"
    form_class = forms.RefuseForm

    def initial(self) -> Mapping[str, Any]:
        return {"decided_on": clock.today()}

    def save(self, form: forms.RefuseForm) -> Grant:
        return services.refuse(grant_id=self.row.pk, **form.cleaned_data)

    def success(self, form: forms.RefuseForm, result: Grant) -> str:
        return "Zapisano odmowę."


class Withdraw(OfGrant, ConfirmPage):
    action = perms.APPLY
    title = "Wycofaj wniosek"
    verb = "Wycofaj wniosek"

    def text(self) -> str:
        return "Osoba nie chce już świadczenia. Nowy wniosek można wpisać później."

    def perform(self) -> str:
        services.withdraw(grant_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Wycofano wniosek."


@handles(POST=perms.DECISION_ISSUE)
def issue_decision(request: Any, pk: UUID) -> HttpResponse:
    """The decision as a paper with a number; asked for again it is the same one."""
    only_cis(request)
    row = get_object_or_404(Grant, pk=pk)
    file = file_of(request, row.participation_id)
    try:
        made = services.issue_decision(grant_id=row.pk)
    except InputError as error:
        toasts.refused(request, error.message)
    else:
        record.about(request, made)
        toasts.saved(request, f"Wydano decyzję {made.number}.")
    return redirect(reverse("benefits:pay", args=[file.pk]))


class Way(OfPay):
    action = perms.PAY_DATA
    title = "Sposób wypłaty"
    form_class = forms.WayForm

    def initial(self) -> Mapping[str, Any]:
        way = pay_file(self.file.pk).way_on(clock.today())
        kept = {"method": way.method, "account": way.account} if way else {"method": PayMethod.TRANSFER}
        return {"since": clock.today(), **kept}

    def save(self, form: forms.WayForm) -> Any:
        return services.set_way(participation_id=self.file.pk, **form.cleaned_data)


class Tax(OfPay):
    action = perms.PAY_DATA
    title = "PIT-2"
    form_class = forms.TaxForm

    def lead(self) -> str:
        said = "Z PIT-2 zaliczka na podatek jest mniejsza. Liczy się miesiąc wypłaty."
        return f"{self.file.person}. {said} (art. 31a i 32 ustawy o PIT)"

    def initial(self) -> Mapping[str, Any]:
        month = _last_month(self.file)
        held = pay_file(self.file.pk).tax_of(month)
        kept = {name: getattr(held, name) for name in ("pit2", "filed_on", "office")} if held else {}
        return {"since": month, **kept}

    def save(self, form: forms.TaxForm) -> Any:
        return services.set_tax(participation_id=self.file.pk, **form.cleaned_data)


class TitleAdd(OfPay):
    action = perms.PAY_DATA
    title = "Tytuł ubezpieczenia"
    form_class = forms.TitleForm

    def initial(self) -> Mapping[str, Any]:
        grant = pay_file(self.file.pk).grant
        return {"since": grant.granted_from if grant is not None else None}

    def save(self, form: forms.TitleForm) -> Any:
        return services.add_title(participation_id=self.file.pk, **form.cleaned_data)


class TitleChange(OfRow, OfPay):
    model = InsuranceTitle
    action = perms.PAY_DATA
    title = "Zmień tytuł ubezpieczenia"
    form_class = forms.TitleForm

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.row, name) for name in ("kind", "since", "until", *services.TOLD)}

    def save(self, form: forms.TitleForm) -> Any:
        return services.change_title(title_id=self.row.pk, **form.cleaned_data)


class Print(Page):
    """The application on paper, for the person's signature."""

    action = perms.APPLICATION_PRINT

    def get(self, request: Any, pk: UUID) -> HttpResponse:
        only_cis(request)
        file = file_of(request, pk)
        return as_download(
            papers.application(file, pay_file(file.pk).grant), f"wniosek o świadczenie {file.number}"
        )


_FILE = "uczestnicy/<uuid:pk>/swiadczenie/"
urlpatterns = [
    path(_FILE, Show.as_view(), name="pay"),
    path(f"{_FILE}wniosek/", Apply.as_view(), name="grant_apply"),
    path(f"{_FILE}wniosek/druk/", Print.as_view(), name="grant_print"),
    path(f"{_FILE}wyplata/", Way.as_view(), name="pay_way"),
    path(f"{_FILE}pit-2/", Tax.as_view(), name="tax_statement"),
    path(f"{_FILE}ubezpieczenie/", TitleAdd.as_view(), name="insurance_title_add"),
    path("swiadczenia/wnioski/<uuid:pk>/przyznaj/", Decide.as_view(), name="grant_decide"),
    path("swiadczenia/wnioski/<uuid:pk>/odmow/", Refuse.as_view(), name="grant_refuse"),
    path("swiadczenia/wnioski/<uuid:pk>/dzien/", ChangeDay.as_view(), name="grant_change_day"),
    path("swiadczenia/wnioski/<uuid:pk>/decyzja/", issue_decision, name="grant_paper"),
    path("swiadczenia/wnioski/<uuid:pk>/wycofaj/", Withdraw.as_view(), name="grant_withdraw"),
    path("swiadczenia/ubezpieczenia/<uuid:pk>/", TitleChange.as_view(), name="insurance_title_change"),
]
