"""The demo of this room, one step for each part."""

from participants.demo import cards, diagnoses, gminas, participations, people, portal, referrals, years

__all__ = ["cards", "diagnoses", "gminas", "participations", "people", "portal", "referrals", "years"]
