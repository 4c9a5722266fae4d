"""Work of this room that happens by itself or takes long, one module for each part."""

from ipzs import imports_tasks, programmes_tasks, warnings_tasks  # noqa: F401 - they declare their jobs
