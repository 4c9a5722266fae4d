"""The demo of this room, one step for each part."""

from participants.demo import gminas

__all__ = ["gminas"]
