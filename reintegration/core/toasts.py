"""What was just saved, said once on the next page, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo "


def saved(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """Say what was saved. `undo_url` takes a POST that undoes it."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")


def refused(request: HttpRequest, text: str) -> None:
    """Say what was left out. An error of a form never stands here alone."""
    messages.warning(request, text)
