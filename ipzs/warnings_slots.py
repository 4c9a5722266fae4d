"""A talk takes away the reason to talk."""

from ipzs.services.warnings import look_again
from participants.models import CardEntry
from reintegration.core import slots


def talked(entry: CardEntry) -> None:
    look_again([entry.person_id])


slots.fill("participants.entry_added", talked)
