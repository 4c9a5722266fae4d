"""Notices, applications and letters, made by the services themselves."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from pypdf import PdfReader

from reintegration.core import clock
from reintegration.documents.uploads import CheckedFile
from reintegration.jobs.models import Job
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import scope
from reporting.models import ClubNotice, StatusApplication, SupervisionLetter
from reporting.queries.procedures import find_case
from reporting.rules import procedures as rules
from reporting.services import applications, notices, proceedings, supervision
from reporting.tasks import tell_other_side
from tests.cast import World

CLUB: dict[str, Any] = {
    "name": "KIS „Przystań”",
    "street": "ul. Portowa 1",
    "postcode": "22-011",
    "town": "Jodłów",
    "created_on": date(2026, 10, 1),
    "starts_on": date(2026, 11, 1),
    "founder_name": "Fundacja Krok",
    "founder_kind": "ngo",
    "founder_town": "Modrzewno",
    "phone": "810000003",
    "founder_email": "biuro@krok.example",
    "manager_name": "Kunegunda Kanarek",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "1": {
        "founder_name": "Fundacja Krok", "founder_kind": "ngo", "founder_street": "ul. Cicha 4",
        "founder_postcode": "22-010", "founder_town": "Modrzewno",
    },
    "2": {
        "name": "CIS „Nowy Most”", "street": "ul. Mostowa 2", "postcode": "22-010", "town": "Modrzewno",
        "starts_on": date(2026, 12, 1),
    },
    "2a": {"phone": "810000002", "email": "cis@nowymost.example"},
    "4": {"activity": "stolarnia"},
    **{code: {"words": f"Odpowiedź {code}."} for code in ("3", "5", "6", "6a", "7", "8", "9", "10", "11")},
}  # fmt: skip


def pdf(name: str = "akt.pdf") -> CheckedFile:
    return CheckedFile(name=name, media_type="application/pdf", content=b"%PDF-1.7 x")


def placed(world: World, key: str) -> None:
    """Give an organisation of the cast the address that a form needs."""
    Organisation.objects.filter(pk=world.organisations[key].pk).update(
        street="ul. Portowa 1", postcode="22-011"
    )


def drafted(**data: Any) -> ClubNotice:
    return notices.start(kind="entry", **{**CLUB, **data})


def complete() -> ClubNotice:
    """A draft with all that its form asks."""
    made = drafted()
    proceedings.attach(made, file=pdf(), label="Akt o utworzeniu")
    return made


def sent() -> ClubNotice:
    return notices.send(notice_id=complete().pk)


def applied(*, local: bool = False) -> StatusApplication:
    """An application with an answer to every point; the unit has not sent it."""
    made = applications.start(local=local, powiat=False)
    for code, content in ANSWERS.items():
        applications.answer(application_id=made.pk, point=code, content=content)
    for code in ("12", "13", "14", *(["15"] if local else [])):
        proceedings.attach(made, file=pdf(), label=rules.BY_CODE[code].title, point=code)
    return made


def handed_in() -> StatusApplication:
    made = applied()
    applications.send(application_id=made.pk)
    return made


def written(entry_id: Any, kind: str = "explain", days: int = 14) -> SupervisionLetter:
    return supervision.write(
        entry_id=entry_id, kind=kind, number="PS.5.2026", days=days, words="Prosimy wyjaśnić zajęcia."
    )


def granted(application_id: Any, number: str = "5/2026") -> Any:
    return applications.grant(
        application_id=application_id, number=number, decision=f"PS.{number}",
        decided_on=clock.today(), since=clock.today(),
    )  # fmt: skip


def case(pk: Any) -> Any:
    return find_case(pk)


def text_of(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())


def hear(job: Job) -> None:
    """What a worker does with the job."""

    class Work:
        payload = job.payload

        @contextmanager
        def step(self, organisation_id: Any) -> Iterator[None]:
            with scope(organisation_id=organisation_id, source="test"):
                yield

    tell_other_side(Work())  # type: ignore[arg-type]
