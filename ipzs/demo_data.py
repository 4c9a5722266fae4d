"""The demo of this room, one step for each part."""

from ipzs.demo import duties, programmes

__all__ = ["duties", "programmes"]
