"""The demo of this room, one step for each part."""

from participants.demo import (
    cards,
    diagnoses,
    everyday,
    gminas,
    notices,
    participations,
    partners,
    people,
    portal,
    referrals,
    years,
)

__all__ = [
    "cards",
    "diagnoses",
    "everyday",
    "gminas",
    "notices",
    "participations",
    "partners",
    "people",
    "portal",
    "referrals",
    "years",
]
