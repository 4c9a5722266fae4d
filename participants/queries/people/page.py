"""Everything that the page of one person shows, in three queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from participants.models import (
    Barrier,
    Gmina,
    Income,
    Participation,
    Person,
    PersonFact,
    Referral,
    TeamMember,
)
from participants.queries.participations.stage import BADGES, with_stage
from participants.rules.codes import UnitType
from reintegration.core.components import Badge
from reintegration.core.fields import Ciphertext
from reintegration.tenancy.enums import Role
from reintegration.tenancy.principal import Principal

# Who answers for every case of the unit; a case manager for their own.
EVERY_CASE = frozenset({Role.MANAGER, Role.SOCIAL_WORKER})


@dataclass(frozen=True, slots=True)
class Known:
    """One entry with its dates. What it says is covered, or in `row` where the page shows it."""

    what: str
    id: UUID
    kind: str
    main: bool
    since: date | None
    until: date | None
    row: Any = None

    def over(self, today: date) -> bool:
        return self.until is not None and self.until < today


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a person, as a search and the person's page show it."""

    pk: UUID
    person_id: UUID
    number: str
    opened_on: date
    ended_on: date | None
    manager: str
    manager_id: UUID | None
    in_team: bool
    badge: Badge
    referral_id: UUID | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person
    gmina: str
    files: tuple[FileLine, ...]
    known: tuple[Known, ...]

    def of(self, what: str) -> list[Known]:
        return [entry for entry in self.known if entry.what == what]


def person_page(pk: UUID, *, user_id: UUID, today: date, unit_type: UnitType) -> PersonPage | None:
    """The person, what is known of them and their files; nothing when the unit has no such person."""
    shown = Concat("name", Value(", "), "kind", Value(", "), "powiat", Value(", "), "voivodeship")
    place = Gmina.objects.filter(code=OuterRef("gmina")).values(shown=shown)
    person = Person.objects.filter(pk=pk).annotate(place=Subquery(place)).first()
    if person is None:
        return None
    files = files_of([pk], user_id=user_id, today=today, unit_type=unit_type)
    return PersonPage(person, person.place or person.gmina, tuple(files), tuple(_known(person)))


def files_of(
    person_ids: Sequence[UUID], *, user_id: UUID | None, today: date, unit_type: UnitType
) -> list[FileLine]:
    """The files of some persons, the newest first."""
    mine = TeamMember.objects.filter(
        participation=OuterRef("pk"), user_id=user_id, until__isnull=True, since__lte=today
    )
    rows = with_stage(
        Participation.objects.filter(person__in=person_ids).select_related("case_manager"),
        today=today,
        unit_type=unit_type,
    ).annotate(in_team=Exists(mine))
    return [
        FileLine(
            row.pk,
            row.person_id,
            row.number,
            row.opened_on,
            row.ended_on,
            str(row.case_manager or ""),
            row.case_manager_id,
            row.in_team,
            BADGES[row.stage],
            row.referral_id,
        )
        for row in rows.order_by("-opened_on", "-pk")
    ]


def accepted_referrals(files: Iterable[FileLine]) -> list[Referral]:
    """The referrals from which the files of a person were opened, the newest first."""
    opened = [one.referral_id for one in files if one.referral_id]
    return list(Referral.objects.filter(pk__in=opened).order_by("-sent_at", "-pk")) if opened else []


def case_allows(principal: Principal, files: Iterable[FileLine]) -> bool:
    """Whether this person's case lets them see what is sensitive, their role given.

    A case manager sees those whom they lead or help to lead, and those whom nobody leads yet.
    """
    if principal.roles & EVERY_CASE:
        return True
    if Role.CASE_MANAGER not in principal.roles:
        return False
    led = [file for file in files if file.manager_id is not None]
    return not led or any(file.manager_id == principal.user_id or file.in_team for file in led)


# The entries of all five kinds at once. What stands covered on the page is not even read: of a group, a
# certificate come only the dates, of a sensitive fact what it is about.
_KNOWN = """
SELECT 'group', id, '', main, since, until, NULL::numeric, '', NULL::bytea, NULL::bytea
    FROM participants_persongroup WHERE unit_id = %(unit)s AND person_id = %(person)s
UNION ALL SELECT 'disability', id, '', false, since, until, NULL, '', NULL, NULL
    FROM participants_disability WHERE unit_id = %(unit)s AND person_id = %(person)s
UNION ALL SELECT 'fact', id, '', false, since, until, NULL, '', kind, NULL
    FROM participants_personfact WHERE unit_id = %(unit)s AND person_id = %(person)s
UNION ALL SELECT 'barrier', id, kind, false, since, until, NULL, '', text, help_given
    FROM participants_barrier WHERE unit_id = %(unit)s AND person_id = %(person)s
UNION ALL SELECT 'income', id, '', false, since, until, amount, paid_by, kind, NULL
    FROM participants_income WHERE unit_id = %(unit)s AND person_id = %(person)s
ORDER BY 4 DESC, 6 DESC NULLS FIRST, 5 DESC NULLS LAST, 2
"""


def _known(person: Person) -> list[Known]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"unit": person.unit_id, "person": person.pk})
        rows: list[Any] = cursor.fetchall()
    found = []
    for what, pk, said, main, since, until, amount, paid_by, first, second in rows:
        row, kind = None, said
        if what == "barrier":
            row = Barrier(id=pk, kind=said, text=_sealed(first), help_given=_sealed(second))
        elif what == "income":
            row = Income(id=pk, kind=_sealed(first), amount=amount, paid_by=paid_by)
        elif what == "fact":
            kind = PersonFact(id=pk, kind=_sealed(first)).kind
        found.append(Known(what, pk, kind, main, since, until, row))
    return found


def _sealed(value: bytes | None) -> Ciphertext | str:
    """What the column holds, for the row it belongs to; opened when the page asks for it."""
    return Ciphertext(value) if value else ""
