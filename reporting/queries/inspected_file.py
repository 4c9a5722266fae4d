"""A file of the sample as whoever inspects reads it: what the scope names, and nothing else.

It is read in the scope of the unit and shown in that of the office, so it holds plain values alone. Whatever
tells of health, diagnosis or somebody's private life stays out of it: confidential entries, the diagnosis,
reasons of absences. Why somebody is excluded and on which days they were ill is read only where the scope of
the inspection says so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import Q, QuerySet

from benefits.explain.languages import LANGUAGES
from benefits.models import Grant, Statement
from benefits.papers import DECISION, STATEMENT, statement_key
from benefits.queries.lists import SICK
from benefits.queries.pay import decision_key
from benefits.queries.statements import told_of
from ipzs.enums import MarkKind
from ipzs.models import (
    DayMark,
    Decision,
    DutyRecord,
    Evaluation,
    IssuedItem,
    PeriodDecision,
    Programme,
    ProgrammeVersion,
    SickLeave,
)
from ipzs.programme_paper import content_of
from ipzs.rules.content import PER_NAMES, Service
from ipzs.services.programmes.course import period_key
from ipzs.services.programmes.decisions import decision_key as ending_key
from participants.enums import Group
from participants.models import Agreement, Participation, Period, PersonGroup, ReferralOpinion
from participants.queries.participations.file import PERIOD_LABELS
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_money, format_month, format_number, format_table_date
from reintegration.documents.models import Document
from reporting.models import Certificate, Inspection
from reporting.rules.checklist import Area

# Papers of the way through a centre: of counselling and diagnosis none is among them.
FILE_PAPERS: Final = (
    "ipzs.decision", "ipzs.qualified", "ipzs.extended", "ipzs.qualification", "reporting.certificate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    key: str
    title: str
    number: str
    made_on: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the dossier: facts, a table, or both; `empty` says that the unit has nothing of it."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""

    @property
    def table(self) -> list[list[tuple[str, str]]]:
        """The rows, each value with the name of its column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]

    @property
    def empty(self) -> bool:
        return not self.facts and not self.rows


@dataclass(frozen=True, slots=True)
class Dossier:
    number: str
    name: str
    facts: tuple[tuple[str, str], ...]
    panels: tuple[Panel, ...]
    papers: tuple[Paper, ...] = field(default=())


def dossier(file: Participation, inspection: Inspection) -> Dossier:
    """What an inspection with its scope shows of a file."""
    panels = [make(file, inspection) for area, make in PANELS if area in inspection.areas]
    return Dossier(
        number=file.number,
        name=f"{file.person.first_name} {file.person.last_name}",
        facts=tuple(_head(file)),
        panels=tuple(panels),
        papers=tuple(_paper(one) for one in papers_of(file, inspection)),
    )


def papers_of(file: Participation, inspection: Inspection) -> list[Document]:
    """The issued papers of this file that the scope opens; other stays of the person have their own."""
    wanted = Q(pk__in=[])
    if Area.FILES in inspection.areas:
        wanted |= Q(kind__in=FILE_PAPERS, key__in=_keys_of_file(file))
    if Area.BENEFITS in inspection.areas:
        for grant in Grant.objects.filter(participation=file).order_by("pk"):
            wanted |= Q(kind=DECISION.key, key__startswith=f"{decision_key(grant)}:")
        if Area.ABSENCES in inspection.areas:
            # A statement says on which days somebody was ill.
            keys = [
                statement_key(one.pk, said) for one in _statements(file, inspection) for said in LANGUAGES
            ]
            wanted |= Q(kind=STATEMENT.key, key__in=keys)
    rows = Document.objects.filter(wanted, subject_id=file.person_id).select_related("file")
    return list(rows.order_by("-made_at", "-pk"))


def _keys_of_file(file: Participation) -> Iterator[str]:
    """By which keys the papers of its decisions and certificates are found."""
    for period in PeriodDecision.objects.filter(programme__participation=file).order_by("pk"):
        yield period_key(period.pk)
    for end in Decision.objects.filter(programme__participation=file).order_by("pk"):
        yield ending_key(end)
    for certificate in Certificate.objects.filter(participation=file).order_by("pk"):
        yield str(certificate.pk)


def _statements(file: Participation, inspection: Inspection) -> QuerySet[Statement]:
    months = (inspection.period_from.replace(day=1), inspection.period_until)
    rows = Statement.objects.filter(participation=file, payroll_list__month__range=months)
    return rows.select_related("payroll_list").order_by("payroll_list__month", "pk")


def _paper(row: Document) -> Paper:
    return Paper(str(row.pk), row.title, row.number, _of(row.made_at))


def _head(file: Participation) -> Iterator[tuple[str, str]]:
    yield "Sprawa otwarta", _day(file.opened_on)
    if file.ended_on is not None:
        yield "Koniec udziału", f"{_day(file.ended_on)}, {file.get_end_reason_display()}"
    for one in Period.objects.filter(participation=file).order_by("since", "pk"):
        yield _capital(PERIOD_LABELS[one.kind]), f"{_day(one.since)} – {_day(one.until)}"


def _way_in(file: Participation, inspection: Inspection) -> Panel:
    """The referral, the opinion and the agreement of the head of OPS (art. 12)."""
    facts: list[tuple[str, str]] = []
    referral = file.referral
    if referral is not None:
        facts += [
            ("Kto skierował", referral.sender_name or str(referral.get_source_display())),
            ("Wysłano", _of(referral.sent_at)),
        ]
        opinions = ReferralOpinion.objects.filter(referral=referral).order_by("signed_at", "pk")
        facts += [
            ("Opinia pracownika socjalnego", f"{_of(one.signed_at)}, {one.author_name}") for one in opinions
        ]
    agreements = Agreement.objects.filter(participation=file).order_by("version")
    facts += [
        (
            f"Uzgodnienie wersji {one.version}",
            f"{one.get_state_display()}, {_of(one.answered_at or one.asked_at)}, {one.body_name}",
        )
        for one in agreements
    ]
    return Panel("skierowanie", "Skierowanie i uzgodnienie", tuple(facts))


def _programme(file: Participation, inspection: Inspection) -> Panel:
    """What was agreed with the person, and when it was looked at (art. 13, art. 18 ust. 5)."""
    facts: list[tuple[str, str]] = []
    rows: list[tuple[str, ...]] = []
    for one in Programme.objects.filter(participation=file).order_by("made_at", "pk"):
        facts.append((_capital(str(one.get_kind_display())), f"{one.number}, {one.get_state_display()}"))
        versions = ProgrammeVersion.objects.filter(programme=one, signed_on__isnull=False).order_by("number")
        for version in versions:
            span = f"{_day(version.since)} – {_day(version.until)}"
            facts.append((f"Wersja {version.number}", f"podpisana {_day(version.signed_on)}, {span}"))
        newest = versions.last()
        content = content_of(newest, one.kind) if newest is not None else None
        if content is not None:
            facts += [("Cel", goal.text) for goal in content.goals]
            facts += [("Usługa", f"{one.name}{_hours_of(one)}") for one in content.services]
            facts += [("Odpowiada", f"{one.name}, {one.task}".rstrip(", ")) for one in content.responsible]
        evaluations = Evaluation.objects.filter(programme=one).order_by("due_on", "pk")
        rows += [
            (_day(look.due_on), _day(look.held_on), str(look.get_result_display()) or "–")
            for look in evaluations
        ]
    return Panel(
        "program",
        "Program albo kontrakt",
        tuple(facts),
        ("Ocena w terminie", "Odbyła się", "Wynik"),
        tuple(rows),
    )


def _groups(file: Participation, inspection: Inspection) -> Panel:
    rows = PersonGroup.objects.filter(person=file.person_id).order_by("since", "pk")
    found = tuple(
        (str(Group(one.code).label), _day(one.since), _day(one.until), "tak" if one.main else "–")
        for one in rows
        if one.code
    )
    return Panel("powody", "Powody wykluczenia (art. 1 ust. 2)", (), ("Grupa", "Od", "Do", "Główna"), found)


def _attendance(file: Participation, inspection: Inspection) -> Panel:
    """The months of the inspected period; which absence was an illness only where the scope says so."""
    ill = Area.ABSENCES in inspection.areas
    days: dict[Month, Counter[str]] = defaultdict(Counter)
    hours: dict[Month, Decimal] = defaultdict(Decimal)
    marks = DayMark.objects.filter(
        participation=file, day__range=(inspection.period_from, inspection.period_until)
    ).order_by("day")
    for day, kind, length in marks.values_list("day", "kind", "hours"):
        month = Month.of(day)
        days[month][kind] += 1
        hours[month] += length or Decimal(0)
    shown = (MarkKind.UNEXCUSED, MarkKind.EXCUSED, MarkKind.FREE)
    rows = []
    for month in sorted(days, key=lambda one: one.first):
        found = days[month]
        there = found[MarkKind.PRESENT] + found[MarkKind.EMPLOYER]
        counts = {kind: found[kind] for kind in shown}
        if not ill:
            counts[MarkKind.EXCUSED] += found[MarkKind.SICK]
        rows.append(
            (
                format_month(month),
                str(there),
                format_number(hours[month]),
                *(str(counts[kind]) for kind in shown),
                *((str(found[MarkKind.SICK]),) if ill else ()),
            )
        )
    head = ("Miesiąc", "Dni obecności", "Godziny", "Nieuspr.", "Uspr.", "Dni wolne")
    return Panel(
        "obecnosc",
        "Obecność w okresie kontrolowanym",
        (),
        (*head, "Choroba") if ill else head,
        tuple(rows),
        "" if ill else "Zwolnień lekarskich zakres nie obejmuje: liczą się w usprawiedliwionych.",
    )


def _leaves(file: Participation, inspection: Inspection) -> Panel:
    """The days of illness and whether a doctor confirmed them; nothing of why."""
    rows = SickLeave.objects.filter(
        participation=file, since__lte=inspection.period_until, until__gte=inspection.period_from
    ).order_by("since", "pk")
    found = tuple((_day(one.since), _day(one.until), _day(one.confirmed_on)) for one in rows)
    return Panel("zwolnienia", "Zwolnienia lekarskie", (), ("Od", "Do", "Zaświadczenie"), found)


def _benefits(file: Participation, inspection: Inspection) -> Panel:
    """The grant and each list of the period, with the sentences that explain its amount."""
    grants = Grant.objects.filter(participation=file).order_by("asked_on", "pk")
    facts = [
        (
            f"Wniosek z {_day(one.asked_on)}",
            f"{one.get_state_display()}, od {_day(one.granted_from)}, decyzja {_day(one.decided_on)}",
        )
        for one in grants
    ]
    ill = Area.ABSENCES in inspection.areas
    rows = [
        (
            format_month(Month.of(one.payroll_list.month)),
            one.payroll_list.number,
            _day(one.payroll_list.paid_on),
            format_money(one.benefit, unit=False),
            format_money(one.premium, unit=False),
            format_money(one.to_pay, unit=False),
            " ".join(
                line.sentence
                for line in told_of(one, "pl").lines
                if line.sentence and (ill or line.key not in SICK)
            ),
        )
        for one in _statements(file, inspection)
    ]
    head = ("Miesiąc", "Lista", "Wypłacono", "Świadczenie", "Premia", "Do wypłaty", "Skąd ta kwota")
    note = "" if ill else "Dni choroby zakres nie obejmuje: zdań o nich i rozliczeń tu nie ma."
    return Panel("swiadczenia", "Świadczenia", tuple(facts), head, tuple(rows), note)


def _safety(file: Participation, inspection: Inspection) -> Panel:
    """What the centre owes to whoever works in it (art. 14 ust. 2)."""
    records = DutyRecord.objects.filter(participation=file).order_by("done_on", "pk")
    rows = [
        (_capital(str(one.get_kind_display())), _day(one.done_on), _day(one.valid_until)) for one in records
    ]
    items = IssuedItem.objects.filter(participation=file).order_by("issued_on", "pk")
    rows += [(f"Wydano: {one.name}", _day(one.issued_on), _day(one.wear_until)) for one in items]
    return Panel("bhp", "BHP, badania i odzież", (), ("Co", "Kiedy", "Ważne do"), tuple(rows))


PANELS: Final[tuple[tuple[Area, Callable[[Participation, Inspection], Panel]], ...]] = (
    (Area.FILES, _way_in),
    (Area.FILES, _programme),
    (Area.GROUPS, _groups),
    (Area.HOURS, _attendance),
    (Area.ABSENCES, _leaves),
    (Area.BENEFITS, _benefits),
    (Area.SAFETY, _safety),
)


def _day(day: date | None) -> str:
    return format_table_date(day) if day is not None else "–"


def _of(moment: datetime | None) -> str:
    return _day(clock.day_of(moment)) if moment is not None else "–"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _hours_of(service: Service) -> str:
    if service.hours is None:
        return ""
    return f", {format_number(service.hours)} godz. {PER_NAMES[service.per]}"
