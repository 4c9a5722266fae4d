"""What partners were asked for when a file ends, and when its end was a mistake."""

from typing import Final

from participants.models import Participation, PartnerRequest
from participants.models.partner import OPEN
from participants.services.participations.common import stored
from participants.transitions import REQUESTS, OfRequest
from reintegration.core import clock
from reintegration.tenancy.scope import current_scope

FILE_ENDED: Final = "Udział tej osoby się zakończył."


def withdraw_asked(file: Participation) -> None:
    """Nobody needs the help any more: what is going on is withdrawn; of a job nobody is named as the one."""
    rows = PartnerRequest.objects.select_for_update(of=("self",)).filter(participation=file, state__in=OPEN)
    for row in rows.order_by("pk"):
        REQUESTS.move(row, OfRequest.WITHDRAW)
        row.reason = FILE_ENDED
        row.ended_at, row.ended_by_id = clock.now(), current_scope().user_id
        stored(row)


def ask_again(file: Participation) -> None:
    """What the end withdrew goes on, with the promise that there was; what a person withdrew stays so."""
    ended = REQUESTS[OfRequest.WITHDRAW].to
    rows = PartnerRequest.objects.select_for_update(of=("self",)).filter(participation=file, state=ended)
    for row in rows.order_by("pk"):
        if row.reason != FILE_ENDED:
            continue
        REQUESTS.move(row, OfRequest.RETRACT_ANSWER)
        if row.promised_for is not None:
            REQUESTS.move(row, OfRequest.PROMISE)
        row.ended_at = row.ended_by = None
        row.reason = ""
        row.corrected_at, row.correction = clock.now(), "Sprawę otwarto ponownie."
        stored(row)
