"""The counselling card on paper: for whoever prints it, and for a recipient with two consents.

It is made for one reader and not kept: the next print shows what is true then.
"""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from participants.models import Participation
from participants.queries import cards as queries
from reintegration.accounts.models import User
from reintegration.core import clock, slots
from reintegration.documents.exports import as_download
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead

TITLE = "Karta usług doradczych"
TEMPLATE = "participants/cards/paper/card.html"


def card_pdf(request: Any, case: Participation, *, open_facts: bool = False) -> bytes:
    """The whole card as this person may read it, with places for two signatures."""
    today, principal = clock.today(), request.principal
    entries = queries.entries_of(case, principal, today=today)
    inside = queries.works_with(principal, case, today=today)
    helper = User.objects.get(pk=principal.user_id)
    context = {
        "case": case,
        "parts": queries.general_part(case, today=today, open_facts=open_facts) if inside else [],
        "sections": [
            {"title": one.title, "html": render_to_string(one.template, dict(one.context))}
            for one in (slots.items("participants.card_sections", request, case) if inside else [])
        ],
        "entries": list(entries),
        "time": queries.in_hours(queries.minutes_in(entries)),
        "follow_ups": list(queries.follow_ups().filter(participation=case).order_by("due_on")),
        "open_facts": open_facts,
        "boxes": [
            SignatureBox("podpis uczestnika", name=str(case.person)),
            SignatureBox("podpis osoby prowadzącej", name=helper.get_full_name()),
        ],
    }
    return render_pdf(
        TEMPLATE,
        context,
        title=TITLE,
        number=case.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def download(request: Any, case: Participation, *, open_facts: bool) -> HttpResponse:
    return as_download(card_pdf(request, case, open_facts=open_facts), f"karta {case.number}")
