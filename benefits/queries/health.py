"""Who is covered by what health insurance and when not, and what the OPS is to be told of whom."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from benefits.enums import HealthKind
from benefits.models import HealthRegistration, HealthTitle
from benefits.rules import health as rules
from ipzs.enums import ProgrammeKind, ProgrammeState
from ipzs.models import Programme, ProgrammeVersion
from participants.enums import ReferralSource
from participants.models import Participation, Period, Person, Referral
from participants.queries.places import area_names
from participants.rules.codes import UnitType
from participants.rules.terc import is_code
from participants.services.participations.common import unit_type
from reintegration.core.dates import ONE_DAY, DateSpan, Month
from reintegration.core.text import search_key
from reintegration.law.book import law_book
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

# The code of the title in ZUS; the OPS adds two digits, of a pension and of a disability. It is known from
# the guidance of 2007, when the title came, and is to be compared with the dictionary of Płatnik.
TITLE_CODE = "14 22 XX"
# How early a gap and a day for the OPS are told of.
SOON = timedelta(days=14)
# How long after the end a file is looked at without anything waiting.
LATELY = timedelta(days=60)
# Who registers (art. 75 ust. 12).
REGISTERS = (ReferralSource.OPS, ReferralSource.CUS)


@dataclass(frozen=True, slots=True)
class Body:
    """The OPS of a person; without `sender_id` it does not work in this program.

    One that has an account is known by it, however it was called. Another one is known by the name that
    somebody typed and by its gmina: "Gminny Ośrodek Pomocy Społecznej" is the name of hundreds. `place` is
    the code of the gmina, or the town of a person whose gmina nobody wrote down.
    """

    name: str = ""
    sender_id: UUID | None = None
    referral_id: UUID | None = None
    place: str = ""

    @property
    def key(self) -> str:
        """The same for each row of one body and for no other body; empty where no body is written down."""
        if self.sender_id is not None:
            return str(self.sender_id)
        return f"{search_key(self.place)}:{self.name}" if self.name else ""


@dataclass(frozen=True)
class FileHealth:
    """One file: its programmes, what covers the person, and what the OPS knows."""

    file: Participation
    programmes: Sequence[rules.Programme]
    # Nobody signed yet: the days are a plan.
    planned: bool
    # A club's own contract is none of social assistance, and insures nobody.
    uninsured: bool
    titles: Sequence[HealthTitle]
    told: Sequence[HealthRegistration]
    body: Body
    terms: rules.Terms
    # In a club it is a contract that insures.
    club: bool

    @cached_property
    def segments(self) -> list[rules.Segment]:
        covers = [
            rules.Title(rules.Cover(one.kind), DateSpan(one.since, one.until))
            for one in self.titles
            if one.kind != HealthKind.NONE
        ]
        return rules.timeline(self.programmes, covers, self.terms)

    @property
    def asked(self) -> bool:
        """Whether somebody wrote down how the person is insured."""
        return bool(self.titles)

    @cached_property
    def stretches(self) -> list[DateSpan]:
        """The days on which the OPS insures the person; a plan obliges nobody."""
        return [] if self.planned else rules.stretches(self.segments)

    @cached_property
    def registrations(self) -> list[rules.Registration]:
        return [
            rules.Registration(
                row.pk,
                DateSpan(row.since, row.until),
                row.registered_on,
                row.deregistered_on,
                row.cancelled_on is not None,
            )
            for row in self.told
        ]

    @cached_property
    def changes(self) -> list[rules.Change]:
        """What the OPS was not told yet."""
        return rules.changes(self.registrations, self.stretches)

    @cached_property
    def events(self) -> list[rules.Event]:
        """What the OPS has still to do of what it was told."""
        return rules.events(self.registrations, self.terms)

    @property
    def first_day(self) -> date | None:
        """The first day of the obligation by the last programme."""
        return rules.begins(self.programmes[-1], self.terms) if self.programmes else None

    def gap(self, today: date) -> rules.Segment | None:
        return rules.next_gap(self.segments, today)

    def to_tell(self, today: date) -> list[rules.Change]:
        """Of what begins soon or changed: a registration weeks ahead is forgotten."""
        return [
            one
            for one in self.changes
            if one.key is not None or one.span is None or one.span.first <= today + SOON
        ]

    def due(self, today: date) -> list[rules.Event]:
        return [one for one in self.events if one.is_due(today)]

    def unregistered(self, span: DateSpan) -> bool:
        """Whether the programme should insure on a day of the span, and the OPS has registered nobody.

        The obligation is met by the registration alone (art. 67 ust. 1).
        """
        days = [one for one in self.stretches if one.overlaps(span)]
        known = [row for row in self.told if row.registered_on is not None]
        return any(not any(_same(row, one) for row in known) for one in days)


def terms_on(day: date) -> rules.Terms:
    book = law_book()
    return rules.Terms(
        wait=book.count("health_insurance_wait", on=day),
        after=book.count("health_insurance_after", on=day),
        decision=book.count("health_decision_days", on=day),
        registration=book.count("registration_days", on=day),
    )


def looked_at(today: date) -> QuerySet[Participation]:
    """Files that are open, ended lately, or of whom the OPS has something to do."""
    waits = HealthRegistration.objects.filter(
        Q(registered_on__isnull=True, cancelled_on__isnull=True)
        | Q(registered_on__isnull=False, deregistered_on__isnull=True),
        participation=OuterRef("pk"),
    )
    rows: QuerySet[Participation] = Participation.objects.select_related("person", "case_manager")
    return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today - LATELY) | Exists(waits))


def health_of(files: Iterable[Participation]) -> dict[UUID, FileHealth]:
    """The insurance of any number of files, in a number of queries that does not depend on them."""
    by_key = {file.pk: file for file in files}
    keys = list(by_key)
    club = unit_type() is UnitType.KIS
    programmes = _programmes(by_key, club=club)
    titles: dict[UUID, list[HealthTitle]] = {key: [] for key in keys}
    for title in HealthTitle.objects.filter(participation__in=keys).order_by("since", "pk"):
        titles[title.participation_id].append(title)
    told: dict[UUID, list[HealthRegistration]] = {key: [] for key in keys}
    for row in HealthRegistration.objects.filter(participation__in=keys).order_by("since", "pk"):
        told[row.participation_id].append(row)
    bodies = _bodies(by_key.values())
    found = {}
    for key, file in by_key.items():
        of, planned, uninsured = programmes[key]
        day = of[0].since if of else file.opened_on
        found[key] = FileHealth(
            file, of, planned, uninsured, titles[key], told[key], bodies.get(file.referral_id, Body()),
            terms_on(day), club,
        )  # fmt: skip
    return found


def health_of_one(file: Participation) -> FileHealth:
    return health_of([file])[file.pk]


_Of = tuple[list[rules.Programme], bool, bool]


def _programmes(files: Mapping[UUID, Participation], *, club: bool) -> dict[UUID, _Of]:
    """The days of each file's programmes; where none was written here, those of its periods."""
    rows: dict[UUID, list[Programme]] = {}
    known = Programme.objects.filter(participation__in=list(files)).exclude(state=ProgrammeState.DROPPED)
    for row in known.order_by("made_at", "pk"):
        rows.setdefault(row.participation_id, []).append(row)
    signed = _signed(rows)
    periods = _periods([key for key in files if key not in rows])
    found: dict[UUID, _Of] = {}
    for key, file in files.items():
        own = rows.get(key, [])
        insuring = [one for one in own if one.kind != ProgrammeKind.INTERNAL_CONTRACT]
        running = [one for one in insuring if one.state != ProgrammeState.PREPARED]
        days = [span for one in running or insuring if (span := _days(one, signed, club=club)) is not None]
        if not own and key in periods:
            days = [_of_periods(file, periods[key], club=club)]
        planned = bool(days) and bool(own) and not running
        found[key] = days, planned, bool(own) and not insuring
    return found


def _signed(rows: Mapping[UUID, Sequence[Programme]]) -> dict[UUID, ProgrammeVersion]:
    """The first version of each programme: the day of its signature, and the days that it plans."""
    keys = [one.pk for of in rows.values() for one in of]
    versions = ProgrammeVersion.objects.filter(programme__in=keys, number=1).defer("content", "remarks")
    return {row.programme_id: row for row in versions.order_by("pk")}


def _days(row: Programme, versions: Mapping[UUID, ProgrammeVersion], *, club: bool) -> rules.Programme | None:
    """From the first day of a programme, or the signature of a social contract, to the last (art. 73 pkt 13).

    Who began to work is insured by the work.
    """
    version = versions.get(row.pk)
    since = row.since or (version.since if version is not None else None)
    until = row.ended_on or row.until or (version.until if version is not None else None)
    if since is None or until is None:
        return None
    if club and version is not None and version.signed_on is not None:
        since = version.signed_on
    if row.work_since is not None:
        until = min(until, row.work_since - ONE_DAY)
    return rules.Programme(since, until) if since <= until else None


def _periods(keys: Sequence[UUID]) -> dict[UUID, list[Period]]:
    found: dict[UUID, list[Period]] = {}
    for row in Period.objects.filter(participation__in=keys).order_by("since", "pk"):
        found.setdefault(row.participation_id, []).append(row)
    return found


def _of_periods(file: Participation, periods: Sequence[Period], *, club: bool) -> rules.Programme:
    since, until = periods[0].since, periods[-1].until
    if club and file.programme_signed_on is not None:
        since = min(since, file.programme_signed_on)
    if file.ended_on is not None:
        until = max(since, min(until, file.ended_on))
    return rules.Programme(since, until)


def _bodies(files: Iterable[Participation]) -> dict[UUID | None, Body]:
    """The OPS of each referral; who was referred by somebody else has the one that was told of it."""
    people = {file.referral_id: file.person for file in files if file.referral_id is not None}
    found: dict[UUID | None, Body] = {}
    for row in Referral.objects.filter(pk__in=list(people)).order_by("pk"):
        registers = row.source in REGISTERS
        name = row.sender_name if registers else row.ops_name
        person = people[row.pk]
        # The unit keeps the person's data; the referral is as it came.
        place = person.gmina or row.gmina or person.town or row.town
        found[row.pk] = Body(name, row.sender_id if registers else None, row.pk, place)
    return found


def body_labels(bodies: Iterable[Body]) -> dict[str, str]:
    """What each body is called, by its key, in the order of names; namesakes with what tells them apart."""
    # A body that has an account may have been called otherwise once; the last name in the alphabet is one.
    by_key = {one.key: one for one in sorted(bodies, key=lambda one: (one.name, one.place))}
    names = Counter(one.name for one in by_key.values())
    shared = [one for one in by_key.values() if names[one.name] > 1]
    gminas = area_names({one.place for one in shared if is_code(one.place)})
    accounts = [one.sender_id for one in shared if one.sender_id is not None]
    towns = dict(Organisation.objects.filter(pk__in=accounts).values_list("pk", "town")) if accounts else {}
    labels = {key: one.name for key, one in by_key.items()}
    for one in shared:
        said = f"konto, {towns[one.sender_id]}" if one.sender_id else gminas.get(one.place, one.place)
        labels[one.key] = f"{one.name} ({said or 'bez gminy'})"
    return labels


def data_of(person: Person) -> dict[str, str]:
    """What a registration asks for of a person."""
    number = person.pesel
    if not number and person.document_number:
        kind = person.get_document_kind_display() if person.document_kind else "dokument"
        number = f"{kind} {person.document_number}"
    place = " ".join(part for part in (person.postcode, person.town) if part)
    address = ", ".join(part for part in (person.street, place) if part)
    return {"number": number, "address": address, "born": str(person.birth_date or "")}


# A month, for its close and for the OPS


@dataclass(frozen=True, slots=True)
class Lacking:
    """Days of a month on which nobody would pay for a doctor; `asked` is whether somebody asked at all.

    `unregistered`: the programme insures in the month, and the OPS has not said that it registered.
    """

    file: Participation
    spans: Sequence[DateSpan]
    asked: bool
    unregistered: bool


def lacking(month: Month) -> list[Lacking]:
    """Who takes part in a programme in the month and is insured by nothing on some of its days."""
    found = []
    for one in _of_month(month):
        clipped = [DateSpan(gap.since, gap.until).clip(month.span) for gap in rules.gaps(one.segments)]
        spans = [span for span in clipped if span is not None]
        unregistered = one.unregistered(month.span)
        if unregistered or spans and not one.planned:
            found.append(Lacking(one.file, spans, one.asked, unregistered))
    return found


@dataclass(frozen=True, slots=True)
class OpsLine:
    """One person on the list for the OPS: the days of the obligation, and what was done about them."""

    health: FileHealth
    span: DateSpan
    told: HealthRegistration | None

    @property
    def file(self) -> Participation:
        return self.health.file


def ops_lines(month: Month) -> list[OpsLine]:
    """Everybody whom an OPS insures on a day of the month, by name."""
    found = []
    for one in _of_month(month):
        for span in one.stretches:
            if span.overlaps(month.span):
                row = next((row for row in one.told if _same(row, span)), None)
                found.append(OpsLine(one, span, row))
    return found


def _same(row: HealthRegistration, span: DateSpan) -> bool:
    return row.cancelled_on is None and span.overlaps(DateSpan(row.since, row.until))


def _of_month(month: Month) -> list[FileHealth]:
    """Files that may have a day in the month: opened by then, and not over before it."""
    rows = Participation.objects.select_related("person", "case_manager").filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=month.first), opened_on__lte=month.last
    )
    return list(health_of(rows.order_by("person__name_order", "pk")).values())


# The body's side


def asked_of_body() -> QuerySet[HealthRegistration]:
    """What units told the current body, its own work first."""
    rows: QuerySet[HealthRegistration] = HealthRegistration.objects.filter(
        sender=current_scope().organisation_id
    ).exclude(person_name="")
    return rows.select_related("unit__organisation")


def waiting_for_body(rows: QuerySet[HealthRegistration], today: date) -> QuerySet[HealthRegistration]:
    """Whom to register or to deregister today; `rules.events` says the same of one row."""
    return rows.filter(
        Q(registered_on__isnull=True, cancelled_on__isnull=True, since__lte=today)
        | Q(registered_on__isnull=False, deregistered_on__isnull=True, cancelled_on__isnull=False)
        | Q(registered_on__isnull=False, deregistered_on__isnull=True, until__lt=today)
    )


def event_of(row: HealthRegistration) -> rules.Event | None:
    one = rules.Registration(
        row.pk,
        DateSpan(row.since, row.until),
        row.registered_on,
        row.deregistered_on,
        row.cancelled_on is not None,
    )
    return next(iter(rules.events([one], terms_on(row.since))), None)
