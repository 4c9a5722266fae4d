"""The papers of this room."""

from reporting import certificate_papers  # noqa: F401 - says what it issues
