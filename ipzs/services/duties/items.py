"""The card of clothing and protective equipment (art. 14 ust. 2 pkt 3 and 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ipzs.models import IssuedItem
from participants.services.participations.common import actor, locked, locked_open, not_in_future, stored
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date


@dataclass(frozen=True, slots=True)
class ItemData:
    """One thing handed out."""

    kind: str
    name: str
    size: str = ""
    quantity: int = 1
    wear_until: date | None = None


def issue_items(
    *, participation_id: UUID, issued_on: date, items: Sequence[ItemData]
) -> tuple[IssuedItem, ...]:
    """Hand things out on a day, each a line of the card: all of them or none."""
    file = locked_open(participation_id)
    not_in_future(issued_on, field="issued_on")
    if not items:
        raise InputError("Zaznacz albo wpisz, co wydano.", field="items")
    return tuple(
        stored(
            IssuedItem(
                participation=file,
                person_id=file.person_id,
                kind=one.kind,
                name=one.name.strip(),
                size=one.size.strip(),
                quantity=one.quantity,
                issued_on=issued_on,
                wear_until=one.wear_until,
                issued_by_id=actor(),
            )
        )
        for one in items
    )


def return_item(*, item_id: UUID, returned_on: date) -> IssuedItem:
    """Note that a thing came back or wore out; also after the end, when people bring things back."""
    row = _locked(item_id)
    if row.returned_on is not None:
        raise InputError(f"Zwrot zapisano już {format_table_date(row.returned_on)}.")
    not_in_future(returned_on, field="returned_on")
    if returned_on < row.issued_on:
        issued = format_table_date(row.issued_on)
        raise InputError(f"Wydano {issued}. Zwrot nie jest wcześniejszy.", field="returned_on")
    row.returned_on = returned_on
    return stored(row)


def remove_item(*, item_id: UUID) -> None:
    """Take away a line made by mistake; history keeps it."""
    _locked(item_id).delete()


def _locked(item_id: UUID) -> IssuedItem:
    found: IssuedItem = IssuedItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    locked(found.participation_id)
    return found
