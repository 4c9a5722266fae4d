"""What money tells a file: its tab, steps on the timeline, "everything of one person"."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from benefits import perms
from benefits.enums import GrantState, PremiumState
from benefits.models import Grant, InsuranceTitle, PayWay, Premium, Recovery, TaxStatement
from benefits.views.pay import tab
from participants.happened import Chip, Happened, Part
from participants.models import Participation
from participants.person_export import SLOT, Section, described
from participants.rules.codes import UnitType
from participants.views.participations.base import unit_type
from reintegration.core import slots
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.formats import format_money, format_month

SAID = {
    GrantState.ASKED: "Wniosek o świadczenie",
    GrantState.GRANTED: "Świadczenie przyznane",
    GrantState.REFUSED: "Odmowa świadczenia",
    GrantState.WITHDRAWN: "Wycofany wniosek o świadczenie",
}


def happened(request: Any, file: Participation) -> Iterator[Part]:
    """Applications, what was decided, and premiums."""
    if not request.may(perms.PAY_SHOW):
        return
    url = reverse("benefits:pay", args=[file.pk])

    def asked(row: Grant) -> Iterator[Happened]:
        day = row.decided_on or row.asked_on
        yield Happened(day, SAID[GrantState(row.state)], Chip.PAPERS, url=url)

    def rewarded(row: Premium) -> Iterator[Happened]:
        said = f"Premia za {format_month(Month.of(row.month))}"
        yield Happened(row.decided_on, said, Chip.MONEY, text=format_money(row.amount), url=url)

    yield Part(Grant.objects.filter(participation=file).order_by("asked_on", "pk"), asked)
    premiums = Premium.objects.filter(participation=file, state=PremiumState.GRANTED)
    yield Part(premiums.order_by("month", "pk"), rewarded)


def before_signing(request: Any, file: Participation) -> Link | None:
    """The card that somebody takes home before anything is signed; a club pays nothing."""
    if unit_type(request) is not UnitType.CIS or not request.may(perms.FORECAST):
        return None
    return Link("Pierwsza wypłata", reverse("benefits:first_payment", args=[file.pk]))


def money_of(person_id: UUID) -> Iterator[Section]:
    """Everything that is kept for a person's payments."""
    for model in (Grant, PayWay, TaxStatement, InsuranceTitle, Premium, Recovery):
        rows: Any = model._default_manager.filter(person=person_id)
        title = str(model._meta.verbose_name_plural)
        yield Section(model._meta.label_lower, title, [described(row) for row in rows.order_by("pk")])


slots.fill("participants.file_tabs", tab, order=45)
slots.fill("participants.timeline", happened, order=45)
slots.fill("participants.before_signing", before_signing, order=45)
slots.fill(SLOT, money_of, order=70)
