"""What becomes of a person whom the unit accepted: whoever referred reads the first day and the last one.

Why somebody left stays with the unit: the referral ends with the person's acceptance, and the reason may
be sensitive (art. 9 RODO).
"""

from collections.abc import Iterator
from datetime import date

from participants.models import Participation, Period, Referral
from participants.services.referrals.desk import tell
from participants.transitions import LEFT, STARTED, STAYS, append, locked
from reintegration.core.formats import format_long_date


def follow(file: Participation) -> None:
    """Bring the referral of a file up to its days, and tell its sender what is new."""
    if file.referral_id is None:
        return
    periods = Period.objects.filter(participation=file).order_by("since")
    first = periods.values_list("since", flat=True).first()
    referral = locked(file.referral_id)
    new = list(_news(referral, first, file.ended_on))
    if not new and first == referral.started_on:
        return
    referral.started_on, referral.left_on = first, file.ended_on
    referral.save(update_fields=["started_on", "left_on"])
    for step, text in new:
        tell(referral, append(referral, step=step, text=text, by_unit=True))


def _news(referral: Referral, first: date | None, ended: date | None) -> Iterator[tuple[str, str]]:
    if first is not None and first != referral.started_on:
        yield STARTED, f"{format_long_date(first)}."
    if ended == referral.left_on:
        return
    if ended is None:
        yield STAYS, ""
    else:
        yield LEFT, f"Ostatni dzień: {format_long_date(ended)}." if first else "Zajęcia się nie zaczęły."
