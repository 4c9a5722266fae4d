"""How a sender narrows the list of referrals."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from participants.queries import portal as queries
from reintegration.core.form_fields import ChoiceField, TextField, TickField
from reintegration.core.lists import FilterForm

WORK, YOURS, TAKEN, DRAFTS, REFUSED, ENDED = "w-toku", "na-was", "przyjete", "szkice", "odmowy", "zamkniete"
STATES = {
    WORK: ("w jednostce", queries.IN_WORK),
    YOURS: ("czekają na Was", None),
    DRAFTS: ("szkice i zwrócone", [queries.S.DRAFT]),
    TAKEN: ("przyjęte", [queries.S.ACCEPTED]),
    REFUSED: ("odmowy", [queries.S.REFUSED]),
    ENDED: ("wycofane i nieaktualne", [queries.S.WITHDRAWN, queries.S.OBSOLETE]),
}


class OwnFilter(FilterForm):
    q = TextField(label="Imię albo nazwisko", max_length=80, width="m")
    stan = ChoiceField(
        label="Gdzie są",
        choices=[("", "wszystkie"), *((key, label) for key, (label, _) in STATES.items())],
        widget=forms.Select,
    )
    moje = TickField(label="tylko moje")

    def __init__(self, *args: Any, user_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id = user_id

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = queries.named_like(rows, self.cleaned_data["q"])
        chosen = self.cleaned_data["stan"]
        if chosen == YOURS:
            rows = queries.waiting_for_sender(rows)
        elif chosen:
            rows = rows.filter(state__in=STATES[chosen][1] or [])
        return rows.filter(sent_by=self.user_id) if self.cleaned_data["moje"] else rows
