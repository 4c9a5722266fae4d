"""What happens to a layout: the program brings its own, an operator another, a second one confirms."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from reintegration.law.enums import Origin, State
from reporting.models import ReportLayout
from reporting.rules.layout_parsing import parse

FOLDER: Final = Path(__file__).resolve().parent.parent / "layouts"


class LayoutDiffers(RuntimeError):
    """A file and the table say something else under the same version; the file needs a new one."""


def built_in() -> Iterator[Any]:
    """The documents of the program, in the order of their names."""
    for path in sorted(FOLDER.glob("*.json")):
        yield json.loads(path.read_text("utf-8"))


def load_layouts() -> int:
    """Bring the layouts of the files into the table and return how many are new.

    Layouts are added, never changed. Runs in the operator's scope, after each migration.
    """
    return sum(_load(document) for document in built_in())


def _load(document: Any) -> bool:
    layout = parse(document)
    standing = ReportLayout.objects.filter(kind=layout.kind, version=layout.version).first()
    if standing is None:
        ReportLayout.objects.create(
            kind=layout.kind,
            version=layout.version,
            since_year=layout.since_year,
            title=layout.title,
            document=document,
            origin=Origin.FILE,
            state=State.CONFIRMED,
        )
        return True
    if standing.origin == Origin.FILE and standing.document != document:
        message = f"{layout.kind} {layout.version}: the file says something else than the table."
        raise LayoutDiffers(message)
    return False
