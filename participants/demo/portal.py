"""Free places and one signed link; the referrals themselves are in the step beside."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from participants.models import PlaceOffer, SignedLink
from participants.services.portal import links
from participants.services.portal.offers import save_offer
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of, id_of
from reintegration.core import clock
from reintegration.core.demo import demo_step
from reintegration.tenancy.scope import scope

# (unit, title, places, days to the start, what is worth knowing, areas)
OFFERS = [
    ("nowymost", "stolarnia", 2, 10, "Nauka od podstaw, posiłek na miejscu.", []),
    ("nowymost", "gastronomia", 3, 24, "Badania do celów sanitarnych opłaca centrum.", ["0659"]),
    ("przystan", "grupa poranna", 4, None, "Zajęcia trzy razy w tygodniu, po 4 godziny.", []),
    ("razem", "praca i prawo", 5, None, "", ["0659"]),
    ("warsztat", "ślusarnia", 1, 40, "", []),
]


@contextmanager
def _as(login: str, organisation: str) -> Iterator[None]:
    user = User.objects.get(email=email_of(login, organisation))
    with scope(organisation_id=id_of(organisation), user_id=user.pk, source="demo"):  # type: ignore[arg-type]
        yield


@demo_step("free places and a signed link", order=60)
def portal() -> None:
    _offers()
    _link()


def _offers() -> None:
    for unit, title, places, days, note, areas in OFFERS:
        with scope(organisation_id=id_of(unit), source="demo"):  # type: ignore[arg-type]
            if PlaceOffer.objects.filter(title=title).exists():
                continue
            starts_on = clock.today() + timedelta(days=days) if days is not None else None
            save_offer(
                offer_id=None,
                title=title,
                places=places,
                starts_on=starts_on,
                note=note,
                areas=areas,
                published=True,
            )


def _link() -> None:
    with _as("anna.lawenda", "nowymost"):
        if not SignedLink.objects.exists():
            links.issue_link(
                purpose="refer",
                body_name="Stowarzyszenie Przystanek",
                body_kind="NGO",
                email="biuro@przystanek.example",
            )
