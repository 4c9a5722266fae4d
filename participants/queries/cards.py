"""What a counselling card shows: the part filled from the file, the rolling part, and talks after the end.

Who reads what: whoever leads cases reads the file; an instructor or specialist reads the cards of those
they work with, and of others only their own entries. Within a card the author of an entry says whether
the team, the case manager besides, or nobody else may read it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from participants.enums import (
    DisabilityDegree,
    EntryVisibility,
    FactKind,
    FollowUpState,
    Group,
    IncomeKind,
)
from participants.models import CardEntry, FollowUp, Participation, Person, TeamMember
from participants.perms import CASE
from participants.queries.participations.stage import end_label
from participants.rules.codes import UnitType
from reintegration.core.components import Badge
from reintegration.core.formats import (
    counted,
    format_long_date,
    format_money,
    join_words,
)
from reintegration.tenancy.principal import Principal

# What of the sensitive facts speaks of money and a roof, and what of health.
MATERIAL = (FactKind.HOUSING, FactKind.DEBT)
MINUTES_IN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the general part. What is sensitive is covered unless it was asked for with a reason."""

    label: str
    value: str
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A group of lines, and where they are corrected: on the person's page or in the file."""

    key: str
    title: str
    facts: Sequence[Fact]
    source: str


# Who reads


def leads_cases(principal: Principal) -> bool:
    return not CASE.isdisjoint(principal.roles)


def works_with(principal: Principal, case: Participation, *, today: date) -> bool:
    """Whether somebody leads cases here, leads this one, or stands in its team today."""
    if leads_cases(principal) or case.case_manager_id == principal.user_id:
        return True
    now = Q(until__isnull=True) | Q(until__gte=today)
    found: bool = TeamMember.objects.filter(
        now, participation=case, user=principal.user_id, since__lte=today
    ).exists()
    return found


def readable(principal: Principal, *, today: date) -> QuerySet[Any]:
    """The entries that this person may read, of all cards."""
    rows: QuerySet[Any] = CardEntry.objects.visible_to(principal)
    if leads_cases(principal):
        return rows
    now = Q(until__isnull=True) | Q(until__gte=today)
    in_team = TeamMember.objects.filter(
        now, participation=OuterRef("participation_id"), user=principal.user_id, since__lte=today
    )
    own = Q(author=principal.user_id) | Q(participation__case_manager=principal.user_id)
    return rows.filter(own | Q(Exists(in_team)))


def entries_of(case: Participation, principal: Principal, *, today: date) -> QuerySet[Any]:
    """The rolling part of one card as this person may read it, newest first."""
    rows = readable(principal, today=today).filter(participation=case)
    return rows.select_related("struck_by").order_by("-held_on", "-made_at")


def shared_entries(case: Participation) -> QuerySet[Any]:
    """What may leave the unit with consents: what the whole team reads, without what was struck out."""
    rows: QuerySet[Any] = CardEntry.objects.filter(
        participation=case, visibility=EntryVisibility.TEAM, struck_at__isnull=True
    )
    return rows.order_by("held_on", "made_at")


def minutes_in(entries: QuerySet[Any]) -> int:
    """The whole time of counselling; a struck entry counts for nothing."""
    found = entries.order_by().filter(struck_at__isnull=True).aggregate(all=Sum("minutes"))["all"]
    return found or 0


def in_hours(minutes: int) -> str:
    hours, rest = divmod(minutes, MINUTES_IN_HOUR)
    parts = [f"{hours} godz."] if hours else []
    return " ".join([*parts, f"{rest} min"] if rest or not hours else parts)


# The general part


def general_part(case: Participation, *, today: date, open_facts: bool = False) -> list[Part]:
    """The general part (PLAN-07), filled from the file; `open_facts` uncovers what is sensitive."""
    person = case.person
    return [
        Part("person", "Dane osobowe", list(_identity(person, open_facts=open_facts)), "person"),
        Part("case", "Skierowanie i uczestnictwo", list(_case(case, today=today)), "file"),
        Part("work", "Praca i wykształcenie", list(_work(person)), "person"),
        Part(
            "health",
            "Zdrowie i grupy z art. 1",
            list(_health(person, today=today, open_facts=open_facts)),
            "person",
        ),
        Part(
            "living",
            "Sytuacja społeczna i materialna",
            list(_living(person, today=today, open_facts=open_facts)),
            "person",
        ),
    ]


def _identity(person: Person, *, open_facts: bool) -> Iterator[Fact]:
    names = (person.first_name, person.second_name, person.last_name)
    yield Fact("Imię i nazwisko", " ".join(name for name in names if name))
    yield _sensitive("PESEL", [person.pesel] if person.pesel else [], open_facts=open_facts)
    if not person.pesel:
        yield Fact("Bez numeru PESEL", person.get_no_pesel_display())
        yield Fact("Dokument", person.get_document_kind_display())
    yield Fact("Data urodzenia", format_long_date(person.birth_date) if person.birth_date else "")
    yield Fact("Stan cywilny", person.get_marital_status_display())
    place = " ".join(part for part in (person.postcode, person.town) if part)
    yield Fact("Adres", ", ".join(part for part in (person.street, place) if part))
    yield Fact("Telefon", person.phone)
    yield Fact("Osoba do kontaktu", person.contact_person)


def _case(case: Participation, *, today: date) -> Iterator[Fact]:
    referral = case.referral
    if referral is None:
        yield Fact("Kto kieruje", "bez skierowania")
    else:
        yield Fact("Kto kieruje", referral.sender_name or referral.get_source_display())
    yield Fact("Numer sprawy", case.number)
    yield Fact("Sprawa otwarta", format_long_date(case.opened_on))
    last = case.periods.order_by("-until").values_list("until", flat=True).first()
    if case.ended_on is not None:
        why = end_label(case.end_reason, UnitType(case.unit.unit_type))
        yield Fact("Koniec", f"{format_long_date(case.ended_on)}, {why}")
    else:
        yield Fact("Planowany koniec", format_long_date(last) if last else "")
    yield Fact("Opiekun", str(case.case_manager) if case.case_manager else "")
    now = Q(until__isnull=True) | Q(until__gte=today)
    team = case.team.filter(now).select_related("user").order_by("since", "pk")
    yield Fact("Zespół", join_words([f"{one.user} ({one.task})" for one in team]))


def _work(person: Person) -> Iterator[Fact]:
    months = person.months_without_work
    yield Fact("Czas bez pracy", counted(months, "miesiąc", "miesiące", "miesięcy") if months else "")
    yield Fact("Ostatnia praca", person.last_work)
    yield Fact("Wykształcenie", person.get_education_display())
    yield Fact("Kwalifikacje i doświadczenie", person.qualifications)


def _health(person: Person, *, today: date, open_facts: bool) -> Iterator[Fact]:
    groups = [Group(one.code).label for one in _current(person.groups, today).order_by("-main", "since")]
    yield _sensitive("Grupy z art. 1 ust. 2", groups, open_facts=open_facts)
    degrees = [DisabilityDegree(one.degree).label for one in _current(person.disabilities, today)]
    yield _sensitive("Stopień niepełnosprawności", degrees, open_facts=open_facts)
    facts = [one for one in _current(person.facts, today) if one.kind not in MATERIAL]
    yield _sensitive("Informacje wrażliwe", _told(facts), open_facts=open_facts)


def _living(person: Person, *, today: date, open_facts: bool) -> Iterator[Fact]:
    size = person.household_size
    yield Fact("Gospodarstwo domowe", counted(size, "osoba", "osoby", "osób") if size else "")
    children = person.children
    yield Fact("Dzieci na utrzymaniu", "" if children is None else str(children))
    yield Fact("Sytuacja rodzinna", person.household)
    incomes = list(_current(person.incomes, today).order_by("since", "pk"))
    yield _sensitive(
        "Źródła dochodu",
        [
            IncomeKind(one.kind).label + (f", {format_money(one.amount)}" if one.amount is not None else "")
            for one in incomes
        ],
        open_facts=open_facts,
    )
    material = [one for one in _current(person.facts, today) if one.kind in MATERIAL]
    yield _sensitive("Mieszkanie i zadłużenie", _told(material), open_facts=open_facts)
    barriers = _current(person.barriers, today).order_by("since", "pk")
    yield Fact("Co utrudnia udział", join_words([one.get_kind_display() for one in barriers]))


def _current(rows: Any, today: date) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.filter(Q(until__isnull=True) | Q(until__gte=today))
    return found


def _told(facts: Iterable[Any]) -> list[str]:
    return [f"{one.get_kind_display()}: {one.text}" for one in facts]


def _sensitive(label: str, values: Sequence[str], *, open_facts: bool) -> Fact:
    if not values:
        return Fact(label, "")
    return Fact(label, "; ".join(values)) if open_facts else Fact(label, "", covered=True)


# Talks after the end


def state_of(follow_up: FollowUp, *, today: date) -> Badge:
    if follow_up.state == FollowUpState.DONE:
        return Badge("zapisana", "ok")
    if follow_up.state == FollowUpState.UNREACHABLE:
        return Badge("brak kontaktu", "plain")
    if follow_up.due_on < today:
        return Badge("po terminie", "bad")
    return Badge("dziś", "warn") if follow_up.due_on == today else Badge("zaplanowana", "info")


def follow_ups() -> QuerySet[Any]:
    """Every talk of the unit; those that wait come first, the oldest on top."""
    rows: QuerySet[Any] = FollowUp.objects.select_related("person", "participation__case_manager", "done_by")
    return rows


def due_follow_ups(*, until: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = FollowUp.objects.filter(state=FollowUpState.DUE, due_on__lte=until)
    return rows.select_related("person").order_by("due_on", "pk")


def meetings_on(day: date, principal: Principal) -> QuerySet[Any]:
    """The meetings that entries have announced for a day: one's own, or of those one leads."""
    own = Q(author=principal.user_id) | Q(participation__case_manager=principal.user_id)
    later = CardEntry.objects.filter(
        participation=OuterRef("participation_id"), author=OuterRef("author_id"),
        struck_at__isnull=True, held_on__gte=day,
    )  # fmt: skip
    rows = readable(principal, today=day).filter(own, next_on=day, struck_at__isnull=True)
    rows = rows.filter(participation__ended_on__isnull=True).annotate(held=Exists(later))
    found: QuerySet[Any] = rows.select_related("person").order_by("person__name_order", "pk")
    return found


def authors_in(entries: QuerySet[Any]) -> list[tuple[UUID, str, int]]:
    """Who wrote how many of the entries, for the chips."""
    counts: dict[tuple[UUID, str], int] = {}
    for author_id, first, last in entries.order_by("author__last_name", "author_id").values_list(
        "author_id", "author__first_name", "author__last_name"
    ):
        key = (author_id, f"{first} {last}".strip())
        counts[key] = counts.get(key, 0) + 1
    return [(author_id, name, count) for (author_id, name), count in counts.items()]


def kinds_in(entries: QuerySet[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind in entries.order_by("kind").values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def case_of(pk: UUID) -> QuerySet[Any]:
    """One file with what the general part reads of it."""
    rows: QuerySet[Any] = Participation.objects.filter(pk=pk)
    return rows.select_related("person", "case_manager", "referral")
