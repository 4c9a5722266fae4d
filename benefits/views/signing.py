"""How many people sign a list: the rule that holds, and how two people change it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy

from benefits import perms
from benefits.forms.lists import SigningForm
from benefits.models import SigningRule
from benefits.queries import signing as queries
from benefits.services import signing as services
from benefits.views.pay import only_cis
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.formats import format_month
from reintegration.core.views import ConfirmPage, FormPage, Page

TITLE = "Podpisy list wypłat"


class Show(Page):
    """The rule that holds, what waits for the second person, and what was."""

    action = perms.SIGNING_SHOW
    template_name = "benefits/signing/show.html"
    title = TITLE
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        self.found = queries.rules(today=clock.today())
        return self.answer()

    def lead(self) -> str:
        return f"Teraz: {services.in_words(self.found.current)}."

    def actions(self) -> Sequence[Link]:
        if self.found.waiting or not self.request.may(perms.SIGNING):
            return []
        return [Link("Zaproponuj zmianę", reverse("benefits:signing_propose"), current=True)]

    def page(self) -> Mapping[str, Any]:
        waiting = self.found.waiting
        return {
            "current": self.found.current,
            "waiting": waiting,
            "waiting_words": services.in_words(waiting) if waiting else "",
            "waiting_month": Month.of(waiting.since_month) if waiting else None,
            "mine": waiting is not None and waiting.proposed_by_id == self.request.user.pk,
            "history": [
                (row, services.in_words(row), Month.of(row.since_month)) for row in self.found.history
            ],
        }


class Propose(FormPage):
    action = perms.SIGNING
    title = "Zmiana zasady podpisów"
    submit = "Zapisz do potwierdzenia"
    form_class = SigningForm
    back_url = reverse_lazy("benefits:signing")
    request: Any

    def lead(self) -> str:
        return "Zmiana zacznie działać, gdy potwierdzi ją druga osoba: kierownik, księgowy albo biuro."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), ("Zmiana", "")]

    def object(self, *, lock: bool) -> None:
        only_cis(self.request)

    def initial(self) -> Mapping[str, Any]:
        rule = queries.rule_of(Month.of(clock.today()))
        since = queries.first_free_month(today=clock.today())
        return {"since": since, "hands": rule.hands, "second_above": rule.second_above}

    def save(self, form: SigningForm) -> SigningRule:
        return services.propose(**form.cleaned_data)

    def success(self, form: SigningForm, result: SigningRule) -> str:
        return "Zapisano. Zmiana czeka na drugą osobę."


class Decide(ConfirmPage):
    """What the two decisions about a proposal share."""

    back_url = reverse_lazy("benefits:signing")
    request: Any

    def object(self, *, lock: bool) -> SigningRule:
        only_cis(self.request)
        self.row: SigningRule = get_object_or_404(SigningRule.objects.all(), pk=self.kwargs["pk"])
        record.about(self.request, self.row)
        return self.row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(self.back_url)), (self.verb, "")]

    def text(self) -> str:
        month = format_month(Month.of(self.row.since_month))
        return f"Listy podpisują {services.in_words(self.row)}. Od miesiąca: {month}."


class Confirm(Decide):
    action = perms.SIGNING_CONFIRM
    title = "Potwierdzić zasadę podpisów?"
    verb = "Potwierdź zasadę"

    def text(self) -> str:
        return f"{super().text()} Listy oddane wcześniej do podpisów zostają przy swojej zasadzie."

    def perform(self) -> str:
        services.confirm(rule_id=self.row.pk)
        return str(self.back_url)

    def success(self) -> str:
        return "Potwierdzono zasadę podpisów."


class Withdraw(Decide):
    action = perms.SIGNING_WITHDRAW
    title = "Wycofać propozycję?"
    verb = "Wycofaj propozycję"

    def perform(self) -> str:
        services.withdraw(rule_id=self.row.pk)
        return str(self.back_url)

    def success(self) -> str:
        return "Wycofano propozycję. Zostaje zasada, która jest."


_SETTINGS = "ustawienia/podpisy/"
urlpatterns = [
    path(_SETTINGS, Show.as_view(), name="signing"),
    path(f"{_SETTINGS}zmiana/", Propose.as_view(), name="signing_propose"),
    path(f"{_SETTINGS}<uuid:pk>/potwierdz/", Confirm.as_view(), name="signing_confirm"),
    path(f"{_SETTINGS}<uuid:pk>/wycofaj/", Withdraw.as_view(), name="signing_withdraw"),
]
