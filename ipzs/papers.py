"""The numbers, papers and files of this room, one module for each part."""

from ipzs import imports_papers, programmes_papers, sick_papers  # noqa: F401 - they declare their kinds
