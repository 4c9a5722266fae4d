"""A report of the unit filled from its files, in as many queries for ten cells as for a thousand.

Runs in the unit's scope. What is known of a year is read once, by source; cells are cut out of it in memory.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, Sum

from benefits.models import FundReceipt
from ipzs.enums import MarkKind, MeetingState
from ipzs.models import ClassPresence, DayMark, Service
from ipzs.queries.spent import counselling
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError
from reintegration.tenancy.models import StaffMember
from reporting.queries import facts
from reporting.queries.identity import identity
from reporting.queries.paid import paid
from reporting.rules import filling
from reporting.rules.definitions import Measure
from reporting.rules.facts import FileFacts
from reporting.rules.filling import LESSON, Codes, Fact, Filling, Known, Post
from reporting.rules.layouts import CellKind, Layout, add_up

# What the files alone tell (`rules.filling.about_people`).
_OF_FILES: Final = frozenset(
    {
        "participants", "at_end", "started", "ended", "independent", "effects", "graduates", "certificates",
        "talks",
    }
)  # fmt: skip
OWN: Final = "own"
WORKSHOP: Final = "workshop"
_NOWHERE: Final = ("", "")
_AT_WORK: Final = Q(kind=MarkKind.EMPLOYER) | Q(kind=MarkKind.PRESENT, workshop__isnull=False)


def fill(layout: Layout, year: int) -> Filling:
    """Every cell that can be counted, the sums of those, and who stands behind each number."""
    reader = _Reader(layout, year_of(year))
    cells = list(layout.of_kind(CellKind.COUNTED))
    wanted = {cell.source.key for cell in cells if cell.source is not None}
    hidden = frozenset(one.person for one in reader.files if one.erased)
    found = filling.tally(cells, reader.read(wanted), hidden=hidden)
    if "identity" in wanted:
        told = identity(reader.last)
        for cell in cells:
            if cell.measure is Measure.TEXT:
                (what,) = cell.where["what"]
                found.texts[cell.key] = told.get(what, "")
    return Filling(add_up(layout, found.values), found.texts, found.people)


def year_of(year: int) -> DateSpan:
    """The days of a year that are known: of a running one those until today."""
    today = clock.today()
    if year > today.year:
        raise InputError(f"Rok {year} jeszcze się nie zaczął.")
    return DateSpan(date(year, 1, 1), min(date(year, 12, 31), today))


class _Reader:
    """What is known of a year; each thing is asked for once, and only when a cell wants it."""

    def __init__(self, layout: Layout, span: DateSpan) -> None:
        self.layout, self.span = layout, span
        assert span.last is not None
        self.last: date = span.last

    def read(self, wanted: set[str]) -> dict[str, Sequence[Fact]]:
        readers: dict[frozenset[str], Callable[[], Mapping[str, Sequence[Fact]]]] = {
            _OF_FILES: lambda: filling.about_people(self.known),
            frozenset({"covered"}): lambda: {"covered": self.covered},
            frozenset({"hours"}): lambda: {"hours": self.hours},
            frozenset({"practice"}): lambda: {"practice": self.practice},
            frozenset({"referrals"}): lambda: {
                "referrals": filling.about_referrals(facts.referrals(), self.span)
            },
            frozenset({"staff", "posts", "volunteers"}): lambda: filling.about_staff(_posts(), self.span),
            frozenset({"paid", "paid_people", "payments", "contributions"}): self.money,
            frozenset({"fund"}): lambda: {"fund": self.fund},
        }
        found: dict[str, Sequence[Fact]] = {}
        for keys, read in readers.items():
            if keys & wanted:
                found.update(read())
        return found

    @property
    def days(self) -> tuple[date, date]:
        return self.span.first, self.last

    # Who

    @cached_property
    def files(self) -> list[FileFacts]:
        return facts.files(self.layout.unit_type)

    @cached_property
    def person_of(self) -> dict[UUID, UUID]:
        return {one.file: one.person for one in self.files}

    @cached_property
    def known(self) -> Known:
        areas: defaultdict[UUID, set[str]] = defaultdict(set)
        for person, _, area, _ in self.lessons:
            areas[person].add(area)
        for person, _, at_work in self.marks:
            if at_work:
                areas[person].add("vocational")
        return Known.of(self.files, self.span, _sorted(areas), _sorted(self.areas_so_far))

    @cached_property
    def areas_so_far(self) -> Mapping[UUID, set[str]]:
        """Areas of each file until the last day: who left in January had the classes in the year before."""
        found: defaultdict[UUID, set[str]] = defaultdict(set)
        services, by_name = self.services, self.by_name
        held = ClassPresence.objects.filter(day__lte=self.last, meeting__state=MeetingState.HELD)
        two = "participation_id", "meeting__service_id"
        for file, service in held.order_by(*two).values_list(*two).distinct():
            found[file].add(services[service][1])
        talks = counselling(DateSpan(date.min, self.last)).order_by("participation_id", "service")
        for file, name in talks.values_list("participation_id", "service").distinct():
            found[file].add(by_name.get(name.casefold(), _NOWHERE)[1])
        marks = DayMark.objects.filter(_AT_WORK, day__lte=self.last).order_by("participation_id")
        for file in marks.values_list("participation_id", flat=True).distinct():
            found[file].add("vocational")
        return found

    # Services

    @cached_property
    def services(self) -> dict[UUID, tuple[str, str, str]]:
        rows = Service.objects.order_by("pk").values_list("pk", "key", "area", "name")
        return {pk: (key or OWN, area, name) for pk, key, area, name in rows}

    @cached_property
    def by_name(self) -> dict[str, tuple[str, str]]:
        return {name.casefold(): (key, area) for key, area, name in self.services.values()}

    @cached_property
    def lessons(self) -> list[tuple[UUID, str, str, Decimal]]:
        """Person, service, area and minutes: classes that were held, and counselling from the card."""
        held = (
            ClassPresence.objects.filter(day__range=self.days, meeting__state=MeetingState.HELD)
            .order_by("participation_id", "meeting__service_id")
            .values_list("participation_id", "meeting__service_id")
            .annotate(total=Sum("hours"))
        )
        found = []
        for file, service, hours in held:
            key, area, _ = self.services[service]
            found.append((self.person_of[file], key, area, hours * LESSON))
        by_name = self.by_name
        talks = (
            counselling(self.span)
            .order_by("participation_id", "service")
            .values_list("participation_id", "service")
            .annotate(total=Sum("minutes"))
        )
        for file, name, minutes in talks:
            key, area = by_name.get(name.casefold(), _NOWHERE)
            found.append((self.person_of[file], key, area, Decimal(minutes)))
        return found

    @cached_property
    def marks(self) -> list[tuple[UUID, Decimal, bool]]:
        """Person, hours, and whether it was in a workshop or at an employer."""
        rows = (
            DayMark.objects.filter(day__range=self.days, kind__in=[MarkKind.PRESENT, MarkKind.EMPLOYER])
            .order_by("participation_id")
            .values_list("participation_id", "kind", "workshop_id")
            .annotate(total=Sum("hours"))
        )
        return [
            (self.person_of[file], total or Decimal(0), kind == MarkKind.EMPLOYER or shop is not None)
            for file, kind, shop, total in rows
        ]

    @cached_property
    def covered(self) -> list[Fact]:
        taught = {(person, key, area) for person, key, area, _ in self.lessons}
        taught |= {(person, WORKSHOP, "vocational") for person, _, at_work in self.marks if at_work}
        return [self.known.fact(person, service=(key,), area=(area,)) for person, key, area in sorted(taught)]

    @cached_property
    def hours(self) -> list[Fact]:
        return [
            self.known.fact(person, minutes, service=(key,), area=(area,))
            for person, key, area, minutes in self.lessons
        ]

    @cached_property
    def practice(self) -> list[Fact]:
        return [self.known.fact(person, hours) for person, hours, at_work in self.marks if at_work]

    # Money

    def money(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {
            key: [] for key in ("paid", "paid_people", "payments", "contributions")
        }
        for one in paid([self.span]):
            person, parts = self.person_of[one.participation], one.within(self.span)
            for part, amount in parts.items():
                found["paid"].append(self.known.fact(person, amount, part=(part,)))
            if parts:
                found["paid_people"].append(self.known.fact(person, part=tuple(parts)))
                found["payments"].append(self.known.fact(person, part=tuple(parts)))
            if one.contributions and one.listed_on in self.span:
                found["contributions"].append(self.known.fact(person, one.contributions))
        return found

    @cached_property
    def fund(self) -> list[Fact]:
        rows = (
            FundReceipt.objects.filter(day__range=self.days, taken_back_on__isnull=True)
            .order_by("kind")
            .values_list("kind")
            .annotate(total=Sum("amount"))
        )
        return [Fact(None, {"part": (kind,)}, total) for kind, total in rows]


def _sorted(areas: Mapping[UUID, set[str]]) -> dict[UUID, Codes]:
    return {key: tuple(sorted(one)) for key, one in areas.items()}


def _posts() -> list[Post]:
    rows: Any = StaffMember.objects.order_by("since", "pk").values_list(
        "pk", "person_key", "kind", "basis", "fte", "since", "until"
    )
    return [
        Post(key, person, kind, basis, part, DateSpan(since, until))
        for key, person, kind, basis, part, since, until in rows
    ]
