"""The demo of this room, one step for each part."""

from participants.demo import gminas, referrals

__all__ = ["gminas", "referrals"]
