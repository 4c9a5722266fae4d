"""What a booking of the bank may be besides a payment of a list.

Whoever has a form for such money offers it here; the form finds the booking in its address (`?zapis=<id>`),
takes its day and amount, and calls `services.answers.take` when it is saved.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from benefits.models import BankBooking
from reintegration.core.components import Link
from reintegration.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Offer:
    """`came`: whether it is for money that came, or for money that went."""

    label: str
    url_name: str
    action: Any
    came: bool


_offers: list[Offer] = []


def offer(label: str, url_name: str, action: Any, *, came: bool) -> None:
    """Say that a form is for such bookings; its address needs nothing but the booking."""
    _offers.append(Offer(label, url_name, action, came))


def offers_for(request: Any, row: BankBooking) -> list[Link]:
    came = row.amount > ZERO
    return [
        Link(one.label, f"{reverse(one.url_name)}?zapis={row.pk}")
        for one in _offers
        if one.came is came and request.may(one.action)
    ]
