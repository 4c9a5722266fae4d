"""What money tells a referring body: the first payment, beside its referral."""

from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.queries.forecast import told_payments, told_terms
from benefits.services.terms import tell_terms
from benefits.views.body_forecast import begins_on, told_insured
from benefits.views.forecast_parts import entry_of
from participants.enums import ReferralState
from participants.models import Referral
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.errors import InputError

# Nobody begins by these any more.
OVER = frozenset({ReferralState.REFUSED, ReferralState.WITHDRAWN, ReferralState.OBSOLETE})


def first_payment(request: Any, referral: Referral) -> slots.Panel | None:
    """For an account of the sender, with the way to count otherwise."""
    if not request.may(perms.BODY_FORECAST):
        return None
    return _panel(referral, reverse("benefits:referral_forecast", args=[referral.pk]))


def by_link(request: Any, referral: Referral) -> slots.Panel | None:
    """The same for whoever has the link: it follows from what the unit publishes and the sender wrote."""
    return _panel(referral)


def _panel(referral: Referral, url: str = "") -> slots.Panel | None:
    """When and how much, if the person begins when the unit says; nothing of a unit that does not tell."""
    terms = told_terms([referral.unit_id]).get(referral.unit_id)
    if terms is None or referral.state in OVER or _began(referral):
        return None
    start = referral.started_on or begins_on(referral.unit_id, referral)
    try:
        found = told_payments(terms, start, pit2=True)
    except InputError:
        # The unit has not chosen how it rounds: nothing is promised in its name.
        return None
    return slots.Panel(
        "pierwsza-wyplata",
        "Pierwsza wypłata",
        "benefits/pay/body_panel.html",
        {
            "start": start,
            "first": found[0],
            "typical": found[-1],
            "entry": entry_of(start, [], known=bool(told_insured(referral))),
            "url": url,
        },
    )


def _began(referral: Referral) -> bool:
    """Whether what comes is no forecast any more."""
    begun = referral.started_on is not None and referral.started_on <= clock.today()
    return begun or referral.left_on is not None


def before_writing(request: Any) -> Link | None:
    """The way to the forecast from the form of a new referral."""
    if not request.may(perms.BODY_FORECAST):
        return None
    return Link("Policz pierwszą wypłatę", reverse("benefits:body_forecast"))


slots.fill("law.reading_confirmed", tell_terms)
slots.fill("participants.own_referral", first_payment, order=10)
slots.fill("participants.linked_referral", by_link, order=10)
slots.fill("participants.referral_links", before_writing, order=10)
