"""What this room tells people on their desks and by e-mail, one module for each part."""

from ipzs import warnings_kinds  # noqa: F401 - declares its kinds
