"""The first payment before anybody signs: what, when, and as a card in three languages."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy

from benefits import papers, perms
from benefits.enums import HealthKind
from benefits.explain.first_payment import FIRST_PAYMENT
from benefits.forms import pay as forms
from benefits.models import PaySettings
from benefits.queries.forecast import first_payments, own_terms
from benefits.queries.health import FileHealth, health_of_one
from benefits.rules.health import Cover, Entry, Title
from benefits.services import pay as services
from benefits.views.forecast_parts import asked_titles, entry_of, living, parts, query_of
from benefits.views.pay import TAB, only_cis
from participants.models import Participation
from participants.views.participations.base import crumbs_of, file_of
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError
from reintegration.core.views import FormPage, Page
from reintegration.documents.exports import as_download

TITLE = "Pierwsza wypłata"
LANGUAGES = {"pl": "po polsku", "uk": "po ukraińsku", "en": "po angielsku"}


def _asked(request: Any, file: Participation, health: FileHealth) -> forms.ForecastForm:
    """The question of the address; without one, somebody who begins on the day that was named to them, or
    today, and files PIT-2."""
    today = clock.today()
    named = file.referral.trial_since if file.referral is not None else None
    first = {"start": max(named or today, today), "pit2": True}
    return forms.ForecastForm(
        request.GET if "start" in request.GET else None, initial=first, ask_insured=not health.asked
    )


def _entry(asked: Mapping[str, Any], health: FileHealth) -> Entry | None:
    """The insurance as the file knows it, or as it was asked here."""
    if not asked:
        return None
    if not health.asked:
        titles, known = asked_titles(asked)
        return entry_of(asked["start"], titles, known=known)
    titles = [
        Title(Cover(one.kind), DateSpan(one.since, one.until))
        for one in health.titles
        if one.kind != HealthKind.NONE
    ]
    return entry_of(asked["start"], titles, known=True)


def answered(form: forms.ForecastForm) -> Mapping[str, Any]:
    """What is asked, or what stands in the form before anybody asked."""
    if not form.is_bound:
        return dict(form.initial)
    return form.cleaned_data if form.is_valid() else {}


def _counted(asked: Mapping[str, Any]) -> tuple[Sequence[Any], str]:
    """What the months would bring, and why they cannot be told."""
    try:
        return (first_payments(asked["start"], pit2=asked["pit2"]) if asked else ()), ""
    except InputError as error:
        return (), error.message


class Forecast(OfTab):
    action = perms.FORECAST
    template_name = "benefits/pay/forecast.html"
    tab = TAB
    request: Any

    def load(self) -> None:
        only_cis(self.request)
        super().load()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, reverse("benefits:pay", args=[self.file.pk])), (TITLE, ""))

    def page(self) -> Mapping[str, Any]:
        health = health_of_one(self.file)
        form = _asked(self.request, self.file, health)
        asked = answered(form)
        payments, refused = _counted(asked)
        query = urlencode(query_of(asked))
        url = reverse("benefits:first_payment_print", args=[self.file.pk])
        return {
            **super().page(),
            "form": form,
            "payments": payments,
            "refused": refused,
            **parts(asked, payments, _entry(asked, health)),
            "cards": [(label, f"{url}?{query}&jezyk={code}") for code, label in LANGUAGES.items()],
        }


class Card(Page):
    """The card to take home."""

    action = perms.FORECAST_PRINT

    def get(self, request: Any, pk: UUID) -> HttpResponse:
        only_cis(request)
        file = file_of(request, pk)
        language = request.GET.get("jezyk", "pl")
        health = health_of_one(file)
        asked = answered(_asked(request, file, health))
        payments, _ = _counted(asked)
        if language not in FIRST_PAYMENT or not payments:
            # The page says what is wrong with the question, or what the unit still has to choose.
            return redirect(f"{reverse('benefits:first_payment', args=[pk])}?{request.GET.urlencode()}")
        paper = papers.first_payment(
            str(file.person),
            asked["start"],
            payments,
            language=language,
            living=living(asked, payments),
            entry=_entry(asked, health),
        )
        return as_download(paper, f"pierwsza wypłata {file.number}")


class Settings(FormPage):
    """Until which day the unit pays, and its own money for premiums."""

    action = perms.SETTINGS
    title = "Wypłaty"
    form_class = forms.SettingsForm
    back_url = reverse_lazy("administration:settings")
    request: Any

    def lead(self) -> str:
        return "Świadczenie jest wypłacane z dołu. Ten dzień stoi na prognozie pierwszej wypłaty."

    def object(self, *, lock: bool) -> PaySettings:
        only_cis(self.request)
        rows = PaySettings.objects.all()
        self.own = (rows.select_for_update(of=("self",)) if lock else rows).first() or PaySettings()
        return self.own

    def initial(self) -> Mapping[str, Any]:
        terms = own_terms()
        return {
            "payment_day": self.own.payment_day,
            **{
                name: getattr(self.own, name)
                for name in ("premium_plan", "tax_office", "tax_account", "zus_account")
            },
            "told": terms is None or terms.published,
        }

    def save(self, form: forms.SettingsForm) -> PaySettings:
        made = services.save_settings(**form.cleaned_data)
        record.about(self.request, made)
        return made


_FILE = "uczestnicy/<uuid:pk>/swiadczenie/pierwsza-wyplata/"
urlpatterns = [
    path(_FILE, Forecast.as_view(), name="first_payment"),
    path(f"{_FILE}druk/", Card.as_view(), name="first_payment_print"),
    path("ustawienia/wyplaty/", Settings.as_view(), name="pay_settings"),
]
