"""The objects of a voivode's office: entries of its registers, and a file that waits to be read in."""

from typing import Any

from django.apps import apps

from ipzs.imports.table import TEXT
from reintegration.documents.files import store_bytes
from reporting.models import ApplicationAnswer, EntryVersion, ProcedureFile, StatusAppeal, SupervisionLetter
from reporting.services.proceedings import ATTACHMENT
from reporting.services.supervision import ANSWER_FILE
from tests.cast import World
from tests.reporting.made import register_file
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row


def _entry(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(EntryVersion, world, canary).entry_id}


def _file(world: World, canary: str) -> dict[str, Any]:
    kept = store_bytes(register_file(), name=canary, media_type=TEXT, kind="reporting.cis_register")
    return {"pk": kept.pk}


ROWS.update(
    {
        **{
            f"reporting:entry{name}": Row(_entry)
            for name in ("", "_change", "_prolong", "_end", "_note", "_link", "_unlink", "_appeal")
        },
        "reporting:api_entry": Row(_entry),
        "reporting:appeal_outcome": Row(
            lambda world, canary: {"pk": specimen(StatusAppeal, world, canary).pk}
        ),
        "reporting:register_import_run": Row(_file, own=True),
    }
)


def _case(name: str) -> Row:
    def make(world: World, canary: str) -> dict[str, Any]:
        return {"pk": specimen(apps.get_model("reporting", name), world, canary).pk}

    return Row(make)


def _point(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(ApplicationAnswer, world, canary).application_id, "code": "5"}


def _attached(world: World, canary: str) -> dict[str, Any]:
    stored = store_bytes(canary.encode(), name=canary, media_type="text/plain", kind=ATTACHMENT)
    return {"pk": specimen(ProcedureFile, world, canary, stored_file=stored.pk).pk}


def _answered(world: World, canary: str) -> dict[str, Any]:
    """A letter with its paper and what came with the answer."""
    stored = store_bytes(canary.encode(), name=canary, media_type="text/plain", kind=ANSWER_FILE)
    made = specimen(SupervisionLetter, world, canary, paper=stored.pk, answer_file=stored.pk)
    return {"pk": made.pk}


ROWS.update(
    {
        **{
            f"reporting:case_{step}": _case("ClubNotice")
            for step in ("send", "withdraw", "attach", "call", "received", "leave", "print")
        },
        "reporting:case_file": Row(_attached),
        "reporting:case_file_drop": Row(_attached),
        **{f"reporting:notice{step}": _case("ClubNotice") for step in ("", "_data", "_take")},
        **{
            f"reporting:application_{step}": _case("StatusApplication")
            for step in ("decide", "refuse", "appeal")
        },
        "reporting:application": Row(
            lambda world, canary: {"pk": specimen(ApplicationAnswer, world, canary).application_id}
        ),
        "reporting:application_point": Row(_point),
        "reporting:letter_write": Row(_entry),
        **{
            f"reporting:letter{step}": _case("SupervisionLetter")
            for step in ("", "_change", "_send", "_received", "_answer", "_close")
        },
        "reporting:letter_paper": Row(_answered),
        "reporting:letter_file": Row(_answered),
    }
)
