"""What a certificate says, drawn from the file, and the certificates that were issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from ipzs.enums import MeetingState
from ipzs.models import ClassPresence, OpeningBalance, Placement, PracticalSkill, WorkshopPlace
from ipzs.queries import spent
from participants.models import Participation, Period
from participants.queries.participations.stage import NOT_FULFILLED
from participants.rules.codes import UnitType
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.formats import format_number
from reintegration.documents.models import Document
from reintegration.tenancy.models import Unit
from reporting.enums import CertificateKind, CertificateState
from reporting.models import Certificate, Outcome
from reporting.queries.facts import file_facts
from reporting.queries.procedures import decision_of
from reporting.rules import graduates

KIND = "reporting.certificate"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as its certificate sees it today."""

    file: Participation
    content: Mapping[str, Any]
    standing: graduates.Standing
    obstacles: tuple[str, ...]
    issued: Certificate | None
    papers: Mapping[UUID, UUID]
    all: tuple[Certificate, ...]
    # Noted as issued on paper, outside the program.
    elsewhere_on: date | None
    outcome: Outcome | None

    @property
    def differs(self) -> bool:
        """Whether the file says today something else than the certificate that counts."""
        return self.issued is not None and self.issued.content not in (None, self.content)


def prepare(file: Participation, *, today: date) -> Prepared:
    """Everything about one certificate; `today` is the day on which it would be issued."""
    rows = tuple(
        Certificate.objects.filter(participation=file).select_related("made_by").order_by("made_at", "pk")
    )
    issued = next(
        (
            one
            for one in rows
            if one.state == CertificateState.ISSUED and one.kind != CertificateKind.DUPLICATE
        ),
        None,
    )
    unit = _unit(file)
    facts = file_facts(file, UnitType(unit.unit_type))
    first = issued.given_on if issued is not None else today
    return Prepared(
        file=file,
        content=content_of(file, unit),
        standing=graduates.standing(facts, on=max(today, first), certificate_on=first),
        obstacles=graduates.obstacles(facts, on=today, issued=issued is not None),
        issued=issued,
        papers=papers_of([one.pk for one in rows]),
        all=rows,
        elsewhere_on=file.certificate_on if issued is None else None,
        outcome=Outcome.objects.filter(participation=file).select_related("noted_by").first(),
    )


def title_on(file: Participation, given_on: date) -> graduates.Standing:
    """The title that a certificate gives on the day on which it is issued first."""
    facts = file_facts(file, UnitType(_unit(file).unit_type))
    return graduates.standing(facts, on=given_on, certificate_on=given_on)


def content_of(file: Participation, unit: Unit | None = None) -> dict[str, Any]:
    """What is certified, as plain values that are kept for good (art. 13 ust. 5a, art. 18 ust. 5a)."""
    unit = unit or _unit(file)
    kind = UnitType(unit.unit_type)
    person = file.person
    last = file.ended_on or clock.today()
    rows = list(Period.objects.filter(participation=file, since__lte=last).order_by("since", "pk"))
    first = rows[0].since if rows else file.opened_on
    days = spent.by_day([file.pk], DateSpan(first, max(first, last)))[file.pk]
    done = spent.total(days, DateSpan(first, max(first, last)))
    return {
        "unit": unit.organisation.name,
        "unit_type": kind.value,
        "founder": unit.founder.name,
        "register": unit.register_number,
        **_decision(unit, last),
        "town": unit.organisation.town,
        "person": str(person),
        "pesel": person.pesel,
        "born": person.birth_date.isoformat() if person.birth_date else "",
        "sex": person.sex,
        "file": file.number,
        "since": first.isoformat(),
        "until": last.isoformat(),
        "periods": [
            [row.get_kind_display(), row.since.isoformat(), min(row.until, last).isoformat()] for row in rows
        ],
        # Why somebody left is nobody's business but that a contract was carried out (art. 2 pkt 1b).
        "fulfilled": kind is UnitType.KIS and bool(file.end_reason) and file.end_reason not in NOT_FULFILLED,
        "classes": format_number(done.class_hours),
        "talks": format_number(done.talk_hours),
        "lessons": format_number(done.lessons),
        "counted_from": _counted_from(file),
        "services": _services(file),
        "workshops": _workshops(file),
        "placements": _placements(file),
        "skills": _skills(file),
    }


def _decision(unit: Unit, last: date) -> dict[str, str]:
    """The voivode's decision by which the centre had its status, when its entry is linked."""
    found = decision_of(unit.pk, last) if unit.unit_type == UnitType.CIS else None
    if found is None or not found.number:
        return {}
    day = found.decided_on.isoformat() if found.decided_on is not None else ""
    return {"decision": found.number, "decision_on": day}


def _unit(file: Participation) -> Unit:
    return Unit.objects.select_related("organisation", "founder").get(pk=file.unit_id)


def _counted_from(file: Participation) -> str:
    """From when hours are known, where the unit came here while somebody was in classes already."""
    until = OpeningBalance.objects.filter(participation=file).values_list("until", flat=True).first()
    return until.isoformat() if until else ""


def _services(file: Participation) -> list[list[str]]:
    held = ClassPresence.objects.filter(participation=file, meeting__state=MeetingState.HELD)
    rows = held.values_list("meeting__service__name", "meeting__service__area")
    return [
        [name, area, format_number(hours)]
        for name, area, hours in rows.annotate(total=Sum("hours")).order_by(
            "-meeting__service__area", "meeting__service__name"
        )
    ]


def _workshops(file: Participation) -> list[list[str]]:
    rows = WorkshopPlace.objects.filter(participation=file).select_related("workshop")
    rows = rows.exclude(workshop__kind="group")
    return [
        [row.workshop.name, row.since.isoformat(), _until(row.until, file)]
        for row in rows.order_by("since", "pk")
    ]


def _placements(file: Participation) -> list[list[str]]:
    rows = Placement.objects.filter(participation=file).order_by("since", "pk")
    return [[row.employer, row.since.isoformat(), _until(row.until, file)] for row in rows]


def _skills(file: Participation) -> list[list[str]]:
    rows = PracticalSkill.objects.filter(participation=file).order_by("acquired_on", "name")
    return [[name, day.isoformat()] for name, day in rows.values_list("name", "acquired_on")]


def _until(day: date | None, file: Participation) -> str:
    last = file.ended_on or clock.today()
    return min(day or last, last).isoformat()


def papers_of(keys: list[UUID]) -> dict[UUID, UUID]:
    """The papers of certificates, by the key of each."""
    rows = Document.objects.filter(kind=KIND, key__in=[str(key) for key in keys])
    return {UUID(key): pk for key, pk in rows.order_by("pk").values_list("key", "pk")}


def issued() -> QuerySet[Any]:
    """Every certificate of the unit, with whose it is."""
    rows: QuerySet[Any] = Certificate.objects.select_related("person", "participation", "made_by")
    return rows


def counts(rows: QuerySet[Any]) -> Mapping[str, int]:
    """How many there are, and how many of them made somebody a graduate; duplicates say nothing new."""
    valid = Q(state=CertificateState.ISSUED) & ~Q(kind=CertificateKind.DUPLICATE)
    found: Mapping[str, int] = rows.aggregate(
        valid=Count("pk", filter=valid), graduates=Count("pk", filter=valid & Q(graduate=True))
    )
    return found
