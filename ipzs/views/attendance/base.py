"""What the screens of attendance share: a day and a month of an address, rows with their choices."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.urls import reverse

from ipzs.enums import MarkKind
from ipzs.forms.attendance import day_asked
from ipzs.models import ExcuseReason
from ipzs.perms import attendance as perms
from ipzs.queries import attendance as queries
from participants.models import Participation
from participants.rules.codes import PeriodKind, UnitType
from participants.views.participations.base import unit_type
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.formats import MONTHS_LOCATIVE

K = MarkKind
TITLE = "Obecność"


def pays(request: Any) -> bool:
    """Whether the unit pays the benefit, so that balances mean something."""
    return unit_type(request) is UnitType.CIS


def asked_day(request: Any) -> date:
    """The day of the address; classes are never marked a year ahead."""
    return day_asked(request.GET.get("dzien", ""))


def given_day(request: Any) -> date | None:
    """The day of an address that names one."""
    try:
        return date.fromisoformat(request.GET.get("dzien", ""))
    except ValueError:
        return None


def asked_month(request: Any) -> Month:
    try:
        return Month.parse(request.GET.get("miesiac", ""))
    except ValueError:
        return Month.of(clock.today())


def uuid_of(text: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(text)
    return None


def day_url(place_id: UUID, day: date, **more: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in {"dzien": day.isoformat(), **more}.items())
    return f"{reverse('ipzs:attendance_day', args=[place_id])}?{query}"


def month_url(month: Month, place_id: UUID | None = None) -> str:
    place = f"&pracownia={place_id}" if place_id else ""
    return f"{reverse('ipzs:attendance_month')}?miesiac={month}{place}"


@dataclass(frozen=True, slots=True)
class Choice:
    kind: str
    letters: str
    key: str
    label: str
    checked: bool
    # Why it cannot be chosen; it stands there struck through.
    why: str
    effect: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the day as its template takes it."""

    row: queries.DayRow
    choices: Sequence[Choice]
    excuse_id: str
    error: str = ""
    # The control that the error is about, what was typed, and where the whole form of the mark is.
    bad: str = ""
    hours: str = ""
    form_url: str = ""

    # What the next day would do; the benefits say it in money under "next".
    ahead: str = ""
    # Where the paper is added that the mark still lacks.
    paper: Link | None = None

    @property
    def note(self) -> str:
        mark = self.row.mark
        return mark.reason if mark is not None else ""


def shown_rows(
    request: Any,
    rows: Sequence[queries.DayRow],
    day: date,
    refused: Mapping[UUID, Mapping[str, Any]] = MappingProxyType({}),
) -> list[ShownRow]:
    """Rows with what each choice would do; the benefits say it in money through "ipzs.next_day"."""
    money: dict[UUID, dict[str, str]] = {}
    for provider in slots.providers("ipzs.next_day"):
        for key, said in provider(request, day, [row.file for row in rows]).items():
            money.setdefault(key, {}).update(said)
    return [
        shown_row(
            row, day, money.get(row.file.pk, {}), paper=_paper(request, row), **refused.get(row.file.pk, {})
        )
        for row in rows
    ]


def _paper(request: Any, row: queries.DayRow) -> Link | None:
    """The form of the leave or request on which a mark of a CIS rests, for whoever may bring it."""
    mark = row.mark
    if mark is None or row.balances is None:
        return None
    day = f"?dzien={mark.day}"
    if mark.kind == K.SICK and mark.sick_leave_id is None and request.may(perms.SICK_ADD):
        return Link("Wpisz zwolnienie", reverse("ipzs:sick_add", args=[row.file.pk]) + day)
    if mark.kind == K.FREE and mark.free_day_id is None and not row.asked and request.may(perms.FREE_ASK):
        return Link("Dodaj wniosek", reverse("ipzs:free_ask", args=[row.file.pk]) + day)
    return None


def shown_row(row: queries.DayRow, day: date, money: Mapping[str, str], **more: Any) -> ShownRow:
    mark = row.mark
    kind = more.pop("kind", mark.kind if mark is not None else "")
    choices = [
        Choice(
            one.value,
            queries.LETTERS[one],
            queries.KEYS[one],
            queries.SHORT[one],
            one.value == kind,
            _why_not(row, one, day),
            " · ".join(said for said in (money.get(one.value), _effect(row, one, day)) if said),
        )
        for one in K
    ]
    excuse = str(mark.excuse_id) if mark is not None and mark.excuse_id else ""
    ahead = "" if kind == K.UNEXCUSED else money.get("next") or _next(row)
    return ShownRow(row, choices, more.pop("excuse_id", excuse), ahead=ahead, **more)


def _next(row: queries.DayRow) -> str:
    """The one thing to know before the next absence, where there is one."""
    if row.balances is None:
        return ""
    unexcused = row.balances.unexcused
    return "Następna NN zabierze świadczenie za miesiąc." if unexcused.used == unexcused.limit else ""


def _why_not(row: queries.DayRow, kind: MarkKind, day: date) -> str:
    if kind is K.FREE and (row.mark is None or row.mark.kind != K.FREE):
        if row.balances is None:
            return "w KIS nie ma dni wolnych z ustawy"
        if row.kind is PeriodKind.TRIAL:
            return "po okresie próbnym"
        if not row.balances.free.left:
            return "wykorzystane"
    if day > clock.today() and kind in {K.PRESENT, K.UNEXCUSED, K.EMPLOYER}:
        return "ten dzień jeszcze nie nadszedł"
    return ""


def _effect(row: queries.DayRow, kind: MarkKind, day: date) -> str:
    """What a choice does to the balances, in a few words; nothing where it does nothing."""
    found, mark = row.balances, row.mark
    if found is None:
        return ""
    already = mark is not None and mark.kind == kind
    more = 0 if already else 1
    if kind is K.UNEXCUSED:
        return _unexcused(found.unexcused.used + more, found.unexcused.limit, day)
    if kind is K.SICK:
        if found.sick.applies and found.sick.used + more > found.sick.limit:
            return "Ponad limit: za ten dzień nie ma świadczenia."
        covered = mark is not None and mark.sick_leave_id is not None
        return "Jest zwolnienie." if covered else "Potrzebne zwolnienie."
    if kind is K.FREE and found.free.applies:
        bare = already and mark is not None and mark.free_day_id is None
        lacks = "Wniosek czeka na zgodę." if row.asked else "Brakuje wniosku."
        return f"Płatny w całości. {lacks}" if bare else "Płatny w całości."
    return ""


def _unexcused(number: int, limit: int, day: date) -> str:
    if number > limit:
        return "Zabiera świadczenie za cały miesiąc. (art. 15 ust. 7)"
    last = " Kolejna zabierze wszystko." if number == limit else ""
    return f"{number}. w {MONTHS_LOCATIVE[day.month - 1]}.{last}"


@dataclass(frozen=True, slots=True)
class Legend:
    kind: str
    letters: str
    key: str
    label: str


LEGEND = [Legend(kind.value, queries.LETTERS[kind], queries.KEYS[kind], queries.SHORT[kind]) for kind in K]


def options(excuses: Sequence[ExcuseReason]) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in excuses]


def person_url(file: Participation, month: Month | None = None) -> str:
    url = reverse("ipzs:attendance_person", args=[file.pk])
    return f"{url}?miesiac={month}" if month else url
