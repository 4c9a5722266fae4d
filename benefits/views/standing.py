"""What is not as it was paid: a page for the whole unit, and the grounds of deduction of one person."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from benefits import perms
from benefits.forms.lists import RecoveryForm
from benefits.models import Recovery
from benefits.queries import standing as queries
from benefits.queries.standing import Outcome
from benefits.services import recoveries as services
from benefits.views.pay import TAB, OfPay, only_cis
from benefits.views.standing_words import ground_in_words, shown
from participants.views.participations.base import crumbs_of, file_of
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.formats import format_money
from reintegration.core.views import ConfirmPage, Page

GROUPS = (
    ("do-wyplaty", "Do wypłaty", (Outcome.PAID,)),
    ("czeka", "Czeka, bo czegoś brakuje", (Outcome.WAITS,)),
    ("naleznosci", "Należności bez potrącenia", (Outcome.RECEIVABLE, Outcome.NOTHING_TO_TAKE)),
    ("do-potracenia", "Do potrącenia", (Outcome.DEDUCTED,)),
)


class Show(Page):
    """Months that today's facts make different from what was paid, in groups by what becomes of them."""

    action = perms.STANDING
    title = "Wyrównania"
    template_name = "benefits/standing/show.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        only_cis(request)
        self.report = report = queries.report()
        record.shows(request, {one.file.person_id for one in (*report.found, *report.uncounted)})
        return self.answer()

    def lead(self) -> str:
        report = self.report
        if not report.found:
            return "Miesiące wypłacone, które dzisiejsze wpisy liczą inaczej."
        more, less = format_money(report.to_pay), format_money(report.receivable)
        return f"Za mało wypłacono {more}, za dużo {less}."

    def page(self) -> Mapping[str, Any]:
        report = self.report
        groups = [(key, label, shown(report, report.of(*some))) for key, label, some in GROUPS]
        return {
            "report": report,
            "groups": [one for one in groups if one[2]],
            "lists_url": reverse("benefits:lists"),
        }


class Add(OfPay):
    action = perms.RECOVERY
    title = "Podstawa potrącenia"
    form_class = RecoveryForm

    def lead(self) -> str:
        return (
            f"{self.file.person}. Bez zgody osoby albo decyzji nie wolno potrącić tego, co wypłacono za dużo."
        )

    def initial(self) -> Mapping[str, Any]:
        return {"given_on": clock.today()}

    def save(self, form: RecoveryForm) -> Recovery:
        return services.add(participation_id=self.file.pk, **form.cleaned_data)

    def success(self, form: RecoveryForm, result: Recovery) -> str:
        return "Zapisano podstawę potrącenia. Zadziała od następnego przeliczenia listy."


class Withdraw(ConfirmPage):
    action = perms.RECOVERY
    title = "Wycofać podstawę potrącenia?"
    verb = "Wycofaj podstawę"
    request: Any

    def object(self, *, lock: bool) -> Recovery:
        only_cis(self.request)
        self.row: Recovery = get_object_or_404(Recovery.objects.all(), pk=self.kwargs["pk"])
        # The file before what belongs to it, as everybody who writes takes them.
        self.file = file_of(self.request, self.row.participation_id, lock=lock)
        record.about(self.request, self.row)
        self.back_url = reverse("benefits:pay", args=[self.file.pk])
        return self.row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, self.back_url), (self.verb, ""))

    def text(self) -> str:
        said = ground_in_words(self.row)
        return f"{self.file.person}: {said}. Od teraz nic się nie potrąci; co już potrącono, zostaje."

    def perform(self) -> str:
        services.withdraw(recovery_id=self.row.pk)
        return self.back_url

    def success(self) -> str:
        return "Wycofano podstawę potrącenia."


urlpatterns = [
    path("wyrownania/", Show.as_view(), name="standing"),
    path("uczestnicy/<uuid:pk>/swiadczenie/potracenie/", Add.as_view(), name="recovery_add"),
    path("swiadczenia/potracenia/<uuid:pk>/wycofaj/", Withdraw.as_view(), name="recovery_withdraw"),
]
