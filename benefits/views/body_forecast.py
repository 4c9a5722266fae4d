"""The first payment for whoever refers: counted as the unit counts it, before anybody is sent there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.functional import cached_property

from benefits import papers, perms
from benefits.enums import HealthKind
from benefits.forms import pay as forms
from benefits.models import PaymentTerms
from benefits.queries.forecast import told_payments, told_terms
from benefits.rules.forecast import Payment
from benefits.rules.health import Entry
from benefits.views.forecast import LANGUAGES, TITLE, answered
from benefits.views.forecast_parts import asked_titles, entry_of, living, parts, query_of
from participants.models import Referral
from participants.queries import places
from participants.rules.situation import INSURED, scatter
from participants.views.portal.own import LIST, own
from participants.views.portal.own import TITLE as REFERRALS
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.views import Page
from reintegration.documents.exports import as_download


def begins_on(unit_id: UUID, referral: Referral | None) -> date:
    """The day that the unit named, or its next published start, or today."""
    today = clock.today()
    if referral is not None and referral.trial_since is not None and referral.trial_since >= today:
        return referral.trial_since
    starts: Any = places.published().filter(unit=unit_id, starts_on__gte=today).order_by("starts_on", "pk")
    first: date | None = starts.values_list("starts_on", flat=True).first()
    return first or today


def told_insured(referral: Referral | None) -> str:
    """That somebody has no insurance is all that a referral says in so many words."""
    said = scatter(referral.situation if referral is not None else None)[INSURED]
    return HealthKind.NONE.value if said == "no" else ""


class Asked:
    """What the page and its card share: the units to choose from, the question, and the answer."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def referral(self) -> Referral | None:
        """The referral that the address names."""
        if "pk" not in self.kwargs:
            return None
        found: Referral = own(self.kwargs["pk"])
        record.about(self.request, found)
        record.shows(self.request, [found.pk])
        return found

    @cached_property
    def asked_of(self) -> list[tuple[str, str]]:
        """The unit of the referral, else those of the body's area."""
        if self.referral is not None:
            return [(str(self.referral.unit_id), str(self.referral.unit))]
        found = places.units_for(places.area_of_body(self.request.principal.place.id))
        return [(key, label.split(":")[0]) for key, label in found]

    @cached_property
    def terms(self) -> Mapping[UUID, PaymentTerms]:
        return told_terms(UUID(key) for key, _ in self.asked_of)

    @cached_property
    def units(self) -> list[tuple[str, str]]:
        """Those that tell how they pay."""
        return [(key, label) for key, label in self.asked_of if UUID(key) in self.terms]

    @cached_property
    def form(self) -> forms.BodyForecastForm:
        asked = self.request.GET
        first = {"pit2": True}
        if self.units:
            unit = self.units[0][0]
            first = {
                "unit": unit,
                "start": begins_on(UUID(unit), self.referral),
                "pit2": True,
                "insured": told_insured(self.referral),
            }
        return forms.BodyForecastForm(asked if "start" in asked else None, initial=first, units=self.units)

    def counted(self) -> tuple[Mapping[str, Any], Sequence[Payment], str]:
        """The question, what the months would bring, and why they cannot be told."""
        asked = answered(self.form) if self.units else {}
        if not asked:
            return {}, (), ""
        try:
            terms = self.terms[UUID(self.unit_of(asked)[0])]
            return asked, told_payments(terms, asked["start"], pit2=asked["pit2"]), ""
        except InputError as error:
            return asked, (), error.message

    def entry(self, asked: Mapping[str, Any]) -> Entry | None:
        if not asked:
            return None
        titles, known = asked_titles(asked)
        return entry_of(asked["start"], titles, known=known)

    def unit_of(self, asked: Mapping[str, Any]) -> tuple[str, str]:
        """The unit that was chosen, or the only one."""
        return next(one for one in self.units if one[0] == asked.get("unit", self.units[0][0]))

    def url(self, name: str) -> str:
        """An address of these pages: of the referral, or of no one."""
        if self.referral is not None:
            return reverse(f"benefits:referral_{name}", args=[self.referral.pk])
        return reverse(f"benefits:body_{name}")


class Forecast(Asked, Page):
    action = perms.BODY_FORECAST
    title = TITLE
    template_name = "benefits/pay/body_forecast.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self.answer()

    def lead(self) -> str:
        if self.referral is not None:
            return f"{self.referral}, {self.referral.unit}."
        only = f" {self.units[0][1]}." if len(self.units) == 1 else ""
        return f"Policz ją razem z osobą, zanim ją skierujesz.{only}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        if self.referral is None:
            return []
        url = reverse("participants:own_referral", args=[self.referral.pk])
        return [(REFERRALS, str(LIST)), (str(self.referral) or "Szkic skierowania", url), (TITLE, "")]

    def page(self) -> Mapping[str, Any]:
        asked, payments, refused = self.counted()
        query = urlencode({**query_of(asked), "unit": self.unit_of(asked)[0]} if asked else {})
        url = self.url("forecast_print")
        return {
            "lead": self.lead(),
            "form": self.form,
            "units": self.units,
            "payments": payments,
            "refused": refused,
            **parts(asked, payments, self.entry(asked)),
            "cards": [(label, f"{url}?{query}&jezyk={code}") for code, label in LANGUAGES.items()],
        }


class Card(Asked, Page):
    """The card to take home, with the name of whoever it is for when a referral says it."""

    action = perms.BODY_FORECAST

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        language = request.GET.get("jezyk", "pl")
        asked, payments, _ = self.counted()
        if language not in LANGUAGES or not payments:
            # The page says what is wrong with the question, or what the unit has not told.
            return HttpResponseRedirect(f"{self.url('forecast')}?{request.GET.urlencode()}")
        person = str(self.referral) if self.referral is not None else ""
        _, unit = self.unit_of(asked)
        paper = papers.first_payment(
            person,
            asked["start"],
            payments,
            language=language,
            unit=unit,
            living=living(asked, payments),
            entry=self.entry(asked),
        )
        return as_download(paper, "pierwsza wypłata")


urlpatterns = [
    path("pierwsza-wyplata/", Forecast.as_view(), name="body_forecast"),
    path("pierwsza-wyplata/druk/", Card.as_view(), name="body_forecast_print"),
    path("moje-skierowania/<uuid:pk>/pierwsza-wyplata/", Forecast.as_view(), name="referral_forecast"),
    path("moje-skierowania/<uuid:pk>/pierwsza-wyplata/druk/", Card.as_view(), name="referral_forecast_print"),
]
