"""Handlers for tests only; the name says what each does."""

import threading
from datetime import timedelta
from typing import Any

from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import JobError, Work
from reintegration.tenancy.models import Site
from reintegration.tenancy.scope import OPERATOR_ID, current_scope

# What the handlers saw, in order; each test empties it.
seen: list[Any] = []


def make_site(name: str) -> None:
    Site.objects.create(
        name=name, street="Leśna 1", postcode="20-001", town="Modrzewno", opened_on="2020-01-01"
    )


@job_handler("test.site", title="Miejsce zajęć")
def site(work: Work) -> dict[str, Any]:
    seen.append((current_scope(), work.attempt))
    make_site(work.payload["name"])
    return {"site": work.payload["name"]}


@job_handler("test.fails", title="Zawsze błąd", max_attempts=3)
def fails(work: Work) -> None:
    seen.append(work.attempt)
    make_site("half")
    raise RuntimeError("Jan Kowalski z ulicy Leśnej")


@job_handler("test.refuses", title="Odmowa")
def refuses(work: Work) -> None:
    raise JobError("Brak pliku wzoru.", retry=False)


@job_handler("test.waits", title="Za godzinę")
def waits(work: Work) -> None:
    raise JobError("Serwer zajęty.", delay=timedelta(hours=1))


@job_handler("test.urgent", title="Pilne", priority=0)
def urgent(work: Work) -> None:
    seen.append(work.key)


@job_handler("test.quiet", title="Zwykłe", priority=5)
def quiet(work: Work) -> None:
    seen.append(work.key)


@job_handler("test.steps", title="W krokach", in_steps=True)
def steps(work: Work) -> None:
    with work.step():
        make_site("first")
    with work.step(OPERATOR_ID):
        seen.append(current_scope().organisation_id)
    if work.attempt == 1:
        raise RuntimeError


# For handlers that wait for their test, and say that they do.
stalled = threading.Event()
wake = threading.Event()


@job_handler("test.stalls", title="Zasypia za pierwszym razem")
def stalls(work: Work) -> None:
    make_site(f"attempt {work.attempt}")
    if work.attempt == 1:
        stalled.set()
        wake.wait(20)


@job_handler("test.long", title="Długie")
def long(work: Work) -> None:
    work.progress(1, 3, "pierwsza z trzech")
    stalled.set()
    wake.wait(20)


meeting = threading.Barrier(1)


@job_handler("test.meets", title="Kończą razem")
def meets(work: Work) -> None:
    meeting.wait(10)
