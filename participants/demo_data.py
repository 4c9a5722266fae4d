"""The demo of this room, one step for each part."""

from participants.demo import gminas, participations, portal, referrals

__all__ = ["gminas", "participations", "portal", "referrals"]
