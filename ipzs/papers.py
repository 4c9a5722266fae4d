"""The numbers, papers and files of this room, one module for each part."""

from ipzs import programmes_papers  # noqa: F401 - declares its kinds
