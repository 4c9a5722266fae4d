"""Work of this room that happens by itself or takes long, one module for each part."""

from ipzs import programmes_tasks  # noqa: F401 - declares its jobs
