"""The demo of this room, one step for each part."""

from ipzs.demo import duties

__all__ = ["duties"]
