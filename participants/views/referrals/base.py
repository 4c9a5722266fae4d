"""What the screens of one referral share."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.models import Referral
from participants.queries import referrals as queries
from participants.views.referrals.inbox import LIST, TITLE
from reintegration.audit import record
from reintegration.core.views import FormPage


def one(request: Any, pk: Any, *, lock: bool = False) -> Referral:
    """A referral of this unit, noted in the journal; another's, or a draft, is not found."""
    rows = queries.of_unit()
    found: Referral = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows, pk=pk)
    record.about(request, found)
    record.shows(request, [found.pk])
    return found


class ReferralForm(FormPage):
    """A form that adds something to a referral and changes nothing that stands."""

    drafts = False

    def object(self, *, lock: bool) -> Referral:
        return one(self.request, self.kwargs["pk"], lock=lock)

    def version(self) -> str:
        return ""

    @property
    def back_url(self) -> str:  # type: ignore[override]
        return reverse("participants:referral", args=[self.kwargs["pk"]])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (str(self.found), self.back_url), (self.get_title(), "")]

    def lead(self) -> str:
        return f"{self.found}, {self.found.get_state_display()}."
