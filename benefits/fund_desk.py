"""What the Labour Fund puts on the desk: an application that is due, and money that does not come."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from benefits import perms
from benefits.enums import FundApplicationState
from benefits.models import FundAgreement, FundApplication
from benefits.queries import fund as queries
from benefits.queries.fund_board import ToApply, to_apply
from reintegration.core.formats import counted, format_date, format_money, format_month
from reintegration.notices.desk import DeskLine, desk_lines
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section, section_of
from reintegration.tenancy.enums import UnitType


@desk_lines
def refunds(request: Any, today: date) -> Iterator[DeskLine]:
    """For whoever pays: what is to be asked for by the agreement's day, and what is late."""
    if request.principal.place.subtype != UnitType.CIS or not request.may(perms.FUND_PREPARE):
        return
    sent = FundApplication.objects.filter(agreement=OuterRef("pk"), state=FundApplicationState.SENT)
    rows = FundAgreement.objects.filter(state__in=queries.IN_FORCE).annotate(waits=Exists(sent))
    agreements = list(rows.order_by("since"))
    for one in to_apply(agreements):
        section = section_of(one.due, today=today)
        if section is not None:
            yield _to_ask(one, section, today)
    # Of years that are settled nothing is read.
    for account in queries.accounts(one for one in agreements if one.waits):
        for standing in account.open_ones:
            if over := standing.over(today):
                yield DeskLine(
                    Section.GAPS,
                    f"Urząd pracy nie zapłacił wniosku {standing.row.number}",
                    reverse("benefits:fund_application", args=[standing.row.pk]),
                    text=f"Czekacie na {format_money(standing.found.open)}.",
                    urgency=Urgency.WARN,
                    icon="coins",
                    action="Otwórz wniosek",
                    end=f"{counted(over, 'dzień', 'dni', 'dni')} po terminie",
                    on=standing.due,
                )


def _to_ask(one: ToApply, section: Section, today: date) -> DeskLine:
    late = one.due < today
    return DeskLine(
        section,
        f"Wniosek do urzędu pracy za {format_month(one.month)}",
        reverse("benefits:fund"),
        text=f"Lista {one.row.number} jest wypłacona.",
        urgency=Urgency.WARN if late else Urgency.INFO,
        icon="coins",
        action="Zrób wniosek o refundację",
        end=f"termin minął {format_date(one.due, today=today)}" if late else "",
        on=one.due,
    )
