"""What a file shows of the referral it came of: a tab, and the first lines of the timeline."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from participants.happened import Chip, Happened, Part
from participants.models import Participation, ReferralEntry
from participants.perms import referrals as perms
from participants.queries import portal as shared
from participants.services.referrals.course import follow
from participants.transitions import LEFT, STARTED, STAYS
from reintegration.core import slots


def tab(request: Any, file: Participation) -> tuple[str, str] | None:
    """Only a file that came of a referral has the tab."""
    if file.referral_id is None or not request.may(perms.SHOW):
        return None
    return ("Skierowanie", reverse("participants:file_referral", args=[file.pk]))


def steps(request: Any, file: Participation) -> Iterator[Part]:
    """The steps of the referral; what was said in them stands on its tab."""
    if file.referral_id is None or not request.may(perms.SHOW):
        return
    url = reverse("participants:file_referral", args=[file.pk])

    def step(row: ReferralEntry) -> Iterator[Happened]:
        entry = shared.shown(row)
        yield Happened(
            at=entry.at, title=f"Skierowanie: {entry.title[:1].lower()}{entry.title[1:]}", chip=Chip.STAGES,
            by=entry.by, icon=entry.icon, url=url,
        )  # fmt: skip

    # The periods and the end of the file tell of its course themselves.
    yield Part(shared.entries(file.referral_id).exclude(transition__in=[STARTED, LEFT, STAYS]), step)


slots.fill("participants.file_tabs", tab, order=10)
slots.fill("participants.timeline", steps, order=10)
slots.fill("participants.periods_kept", follow)
slots.fill("participants.ended", follow)
slots.fill("participants.reopened", follow)
