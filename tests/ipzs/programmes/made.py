"""Programmes on their way, made by the services themselves. All names are invented."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from ipzs.models import Programme, ProgrammeVersion, Service
from ipzs.programme_paper import content_of
from ipzs.rules.content import (
    PARTS,
    Area,
    Content,
    Face,
    Form,
    Goal,
    Part,
    Per,
    Responsible,
    Step,
)
from ipzs.rules.content import Service as ContentService
from ipzs.services import programmes as services
from participants.models import Participation
from participants.services import participations as files
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.documents.uploads import CheckedFile
from tests.participants.participations.made import alone, candidate

TODAY = date(2026, 11, 20)
OPENED = date(2026, 3, 1)
SIGNED = date(2026, 3, 2)
TRIAL = date(2026, 3, 9)


def whole(face: str = "ipzs", since: date = TRIAL, until: date | None = None) -> Content:
    """A content that lacks nothing, with keys of its own."""
    last = until or add_months(since, 12) - timedelta(days=1)
    step = Step(str(uuid4()), "Przyjdę na rozmowę z doradcą.", "Marek i doradca", since + timedelta(days=20))
    goal = Goal(str(uuid4()), "Chcę znaleźć pracę w stolarni.", Area.VOCATIONAL, True, (step,))
    service = Service.objects.filter(active=True).order_by("name_order", "pk").first()
    key = str(service.pk) if service is not None else str(uuid4())
    return Content(
        face=Face(face),
        texts={part: f"Ustalenie: {part.value}." for part in PARTS[Face(face)] if part is not Part.NOTES},
        responsible=(Responsible(str(uuid4()), "Anna Lawenda", "prowadzi sprawę"),),
        goals=(goal,),
        services=(ContentService(key, "Stolarnia", Area.VOCATIONAL, Form.GROUP, Decimal(20), Per.WEEK),),
        evaluations=(min(since + timedelta(days=90), last),),
        since=since,
        until=last,
    )


def drafted(file: Participation | None = None, *, kind: str | None = None, **given: Any) -> ProgrammeVersion:
    """A draft that lacks nothing."""
    case = file or candidate(opened_on=OPENED)
    version = services.draft_programme(participation_id=case.pk, kind=kind)
    content = whole(version.programme.kind, **given)
    return services.save_content(version_id=version.pk, content=content, revision=version.revision)


def ready(file: Participation | None = None, **given: Any) -> ProgrammeVersion:
    version = drafted(file, **given)
    return services.make_ready(version_id=version.pk)


def signed(file: Participation | None = None, on: date = SIGNED, **given: Any) -> ProgrammeVersion:
    version = ready(file, **given)
    return services.sign_version(
        version_id=version.pk,
        signed_on=on,
        how="paper",
        # Nothing is printed for it, as it would be for signatures in somebody's presence.
        scan=CheckedFile(name="program.pdf", media_type="application/pdf", content=b"%PDF-1.7 program"),
        body_name="OPS Modrzewno",
    )


def agree(version: ProgrammeVersion, on: date = SIGNED) -> ProgrammeVersion:
    """Let OPS agree on paper."""
    return answer(version, agreed=True, on=on)


def answer(version: ProgrammeVersion, *, agreed: bool, on: date = SIGNED) -> ProgrammeVersion:
    files.record_answer(
        agreement_id=version.agreement_id,
        agreed=agreed,
        remarks="" if agreed else "Dopiszcie psychologa.",
        name="Paweł Tarnina",
        answered_on=on,
    )
    version.refresh_from_db()
    return version


def in_force(file: Participation | None = None, on: date = SIGNED, **given: Any) -> ProgrammeVersion:
    version = signed(file, on, **given)
    return agree(version, on) if version.agreement_id is not None else version


def running(file: Participation | None = None, **given: Any) -> Programme:
    """A programme that holds, before the trial."""
    return Programme.objects.get(pk=in_force(file, **given).programme_id)


def in_classes(since: date = TRIAL, **given: Any) -> Programme:
    """A programme in the main period of a CIS."""
    file = candidate(opened_on=min(OPENED, since - timedelta(days=10)))
    programme = running(file, on=since - timedelta(days=5), since=since, **given)
    with alone():
        files.start_trial(participation_id=programme.participation_id, since=since)
    services.qualify(
        participation_id=programme.participation_id, decided_on=min(add_months(since, 1), clock.today())
    )
    programme.refresh_from_db()
    return programme


def annexed(programme: Programme, **changes: Any) -> ProgrammeVersion:
    """An annex that waits for signatures."""
    version = services.draft_annex(
        programme_id=programme.pk, motion_by="person", motion_on=TODAY, motion_reason="Chcę więcej godzin."
    )
    content = replace(content_of(version, programme.kind), **changes)
    services.save_content(version_id=version.pk, content=content, revision=version.revision)
    return services.make_ready(version_id=version.pk)
