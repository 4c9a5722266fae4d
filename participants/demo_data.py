"""The demo of this room, one step for each part."""

from participants.demo import gminas, participations, people, portal, referrals

__all__ = ["gminas", "participations", "people", "portal", "referrals"]
