"""Draws the tables of transitions into docs/, each behind the comment that names it."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

DRAWING = re.compile(r"(?<=<!-- table: )([\w.]+)( -->\n```mermaid\n)(.*?)(?=\n```)", re.DOTALL)


def redrawn(text: str) -> str:
    """A page with its diagrams made anew."""
    return DRAWING.sub(lambda found: f"{found[1]}{found[2]}{import_string(found[1]).drawn()}", text)


class Command(BaseCommand):
    help = "write the diagrams of docs/ from the tables of transitions"

    def handle(self, *args: Any, **options: Any) -> None:
        for page in sorted(Path(settings.BASE_DIR, "docs").glob("*.md")):
            before = page.read_text(encoding="utf-8")
            after = redrawn(before)
            if after != before:
                page.write_text(after, encoding="utf-8")
                self.stdout.write(page.name)
