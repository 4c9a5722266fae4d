"""How a programme or a contract ends, what each end needs, and until when a decision can be complained of.

Art. 13 ust. 4 pkt 1 and 2: the manager of a CIS decides on lasting breach and on abandonment, and the
participant may complain to the administrative court (ust. 4b). Taking part in a KIS is voluntary (art. 18
ust. 3) and ends without a decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from ipzs.rules.programmes import tail_after_work
from participants.rules.codes import UnitType
from reintegration.core.calendar_pl import is_working_day
from reintegration.core.dates import ONE_DAY, add_months
from reintegration.core.formats import format_table_date

COMPLAINT_DAYS: Final = 30
COMPLAINT_FEE: Final = 200
# Art. 44 k.p.a.: a letter that nobody took counts as delivered when fourteen days have passed.
SUBSTITUTE_DAYS: Final = 14
# A contract is often signed before the first day of work; who leaves sooner than that ends by a statement.
WORK_AHEAD_MONTHS: Final = 1


class Ending(StrEnum):
    """Art. 13 ust. 4 and 5; the values are those of the table's choices."""

    BREACH = "breach"
    ABANDONMENT = "abandonment"
    STATEMENT = "statement"
    WORK = "work"
    PERIOD_OVER = "period_over"
    CONTRACT_FULFILLED = "contract_fulfilled"
    OTHER = "other"


class WorkKind(StrEnum):
    """Art. 13 ust. 5: what work ends a programme."""

    EMPLOYMENT = "employment"
    OTHER_WORK = "other_work"
    COOPERATIVE = "cooperative"
    BUSINESS = "business"


ENDING_NAMES: Final = {
    Ending.BREACH: "uporczywe naruszanie programu",
    Ending.ABANDONMENT: "trwałe opuszczenie zajęć",
    Ending.STATEMENT: "oświadczenie uczestnika",
    Ending.WORK: "podjęcie pracy lub działalności",
    Ending.PERIOD_OVER: "upływ okresu",
    Ending.CONTRACT_FULFILLED: "kontrakt zrealizowany",
    Ending.OTHER: "inny powód",
}
WORK_NAMES: Final = {
    WorkKind.EMPLOYMENT: "zatrudnienie",
    WorkKind.OTHER_WORK: "inna praca zarobkowa",
    WorkKind.COOPERATIVE: "spółdzielnia socjalna",
    WorkKind.BUSINESS: "własna działalność",
}
ACTS: Final = {
    Ending.BREACH: "art. 13 ust. 4 pkt 1",
    Ending.ABANDONMENT: "art. 13 ust. 4 pkt 2",
    Ending.STATEMENT: "art. 13 ust. 4 pkt 3",
    Ending.WORK: "art. 13 ust. 5",
    Ending.PERIOD_OVER: "art. 13 ust. 5",
}
DECIDED: Final = frozenset({Ending.BREACH, Ending.ABANDONMENT})
# Why the file of a participation then ends, in the words of `participants`.
_REASONS: Final = {
    Ending.BREACH: "breach",
    Ending.ABANDONMENT: "abandoned",
    Ending.STATEMENT: "statement",
    Ending.PERIOD_OVER: "completed",
    Ending.CONTRACT_FULFILLED: "completed",
}
_WORK_REASONS: Final = {
    WorkKind.EMPLOYMENT: "job",
    WorkKind.OTHER_WORK: "job",
    WorkKind.COOPERATIVE: "cooperative",
    WorkKind.BUSINESS: "business",
}


def endings(unit_type: UnitType) -> tuple[Ending, ...]:
    """The ends that there are in a unit, in the order of a list of choices."""
    return tuple(one for one in Ending if one is not Ending.CONTRACT_FULFILLED or unit_type is UnitType.KIS)


def needs_decision(ending: Ending, unit_type: UnitType) -> bool:
    """Tell whether the manager decides (art. 13 ust. 4a)."""
    return ending in DECIDED and unit_type is UnitType.CIS


def participation_reason(ending: Ending, work: WorkKind | None = None) -> str | None:
    """The reason with which the participation ends too; None where somebody has to choose it."""
    if ending is Ending.WORK:
        return None if work is None else _WORK_REASONS[work]
    return _REASONS.get(ending)


class Field(StrEnum):
    """What an end may ask for; a form shows the fields of the chosen end."""

    STATEMENT_ON = "statement_on"
    NUMBER = "number"
    DECIDED_ON = "decided_on"
    REASONS = "reasons"
    INSTRUCTED = "instructed"
    DELIVERED_ON = "delivered_on"
    WORK_KIND = "work_kind"
    WORK_STARTED_ON = "work_started_on"


_DECISION: Final = (Field.NUMBER, Field.DECIDED_ON, Field.REASONS, Field.INSTRUCTED, Field.DELIVERED_ON)


def needed(ending: Ending, unit_type: UnitType) -> tuple[Field, ...]:
    """The fields that an end asks for, in the order of a form."""
    if needs_decision(ending, unit_type):
        return _DECISION
    return {
        Ending.BREACH: (Field.REASONS,),
        Ending.ABANDONMENT: (Field.REASONS,),
        Ending.STATEMENT: (Field.STATEMENT_ON,),
        Ending.WORK: (Field.WORK_KIND, Field.WORK_STARTED_ON),
        Ending.OTHER: (Field.REASONS,),
    }.get(ending, ())


@dataclass(frozen=True, slots=True)
class End:
    """An end as somebody writes it down; `ended_on` is the last day of the programme."""

    ending: Ending
    ended_on: date
    statement_on: date | None = None
    number: str = ""
    decided_on: date | None = None
    reasons: str = ""
    instructed: bool = False
    delivered_on: date | None = None
    work_kind: WorkKind | None = None
    work_started_on: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What an end lacks or what of it cannot be, at the field where it is put right."""

    field: str
    sentence: str


_MISSING: Final = {
    Field.STATEMENT_ON: "Wpisz, kiedy uczestnik złożył oświadczenie. (art. 13 ust. 4 pkt 3)",
    Field.NUMBER: "Wpisz numer decyzji. (art. 13 ust. 4a)",
    Field.DECIDED_ON: "Wpisz datę decyzji. (art. 13 ust. 4a)",
    Field.REASONS: "Napisz, dlaczego program się kończy.",
    Field.INSTRUCTED: "Dodaj do decyzji pouczenie o skardze do sądu administracyjnego. (art. 13 ust. 4b)",
    Field.DELIVERED_ON: "Wpisz, kiedy doręczono decyzję. Od tego dnia biegnie termin skargi.",
    Field.WORK_KIND: "Wybierz, jaką pracę podjął uczestnik. (art. 13 ust. 5)",
    Field.WORK_STARTED_ON: "Wpisz, kiedy zaczęła się praca. (art. 13 ust. 5)",
}


def issue_problems(end: End) -> tuple[Problem, ...]:
    """What keeps a decision from being issued: all that it needs but the delivery."""
    return tuple(_lacking(end, tuple(one for one in _DECISION if one is not Field.DELIVERED_ON)))


def end_problems(
    end: End, *, unit_type: UnitType, since: date, period_until: date | None = None
) -> tuple[Problem, ...]:
    """What keeps a programme that runs from `since`, in periods until `period_until`, from ending so."""
    found = list(_lacking(end, needed(end.ending, unit_type)))
    if end.ended_on < since:
        day = format_table_date(since)
        found.append(Problem("ended_on", f"Program zaczął się {day}. Kończy się tego dnia albo później."))
    if end.ending is Ending.PERIOD_OVER:
        found += _whole_period(end, period_until)
    elif end.ending is Ending.WORK:
        found += _after_work(end, since, period_until)
    elif period_until is not None and end.ended_on > period_until:
        day = format_table_date(period_until)
        found.append(Problem("ended_on", f"Okres skończył się {day}. Program kończy się najpóźniej wtedy."))
    if end.statement_on is not None and end.statement_on > end.ended_on:
        found.append(
            Problem("statement_on", "Program kończy się w dniu oświadczenia albo później, nie wcześniej.")
        )
    if end.decided_on is not None and end.delivered_on is not None:
        problem = delivery_problem(end.decided_on, end.delivered_on)
        found += [] if problem is None else [Problem("delivered_on", problem)]
    return tuple(found)


def delivery_problem(decided_on: date, delivered_on: date, *, substitute: bool = False) -> str | None:
    """Why a decision cannot have been delivered on a day: it may be as soon as it is issued.

    A letter that nobody took is delivered by the act alone, with the end of the fourteenth day.
    """
    if delivered_on < decided_on:
        return "Decyzji nie można doręczyć przed dniem jej wydania."
    earliest = decided_on + timedelta(days=SUBSTITUTE_DAYS)
    if substitute and delivered_on < earliest:
        day = format_table_date(earliest)
        return (
            f"List czeka na poczcie {SUBSTITUTE_DAYS} dni. "
            f"Doręczenie zastępcze jest najwcześniej {day}. (art. 44 k.p.a.)"
        )
    return None


def latest_work(today: date) -> date:
    """The last first day of work that may be written down today."""
    return add_months(today, WORK_AHEAD_MONTHS)


def end_remarks(end: End) -> tuple[str, ...]:
    """What is worth a look and keeps nobody from ending the programme."""
    if end.ending in DECIDED and end.delivered_on is not None and end.ended_on < end.delivered_on:
        delivered = format_table_date(end.delivered_on)
        return (f"Decyzja wiąże od doręczenia, {delivered}. Koniec wpisano wcześniej. (art. 110 k.p.a.)",)
    return ()


def _lacking(end: End, asked: Iterable[Field]) -> Iterable[Problem]:
    for one in asked:
        value = getattr(end, one)
        if not (value.strip() if isinstance(value, str) else value):
            yield Problem(one, _MISSING[one])


def _whole_period(end: End, period_until: date | None) -> Iterable[Problem]:
    if period_until is None:
        yield Problem("ended_on", "Okres nie ma ostatniego dnia. Wpisz go albo wybierz inny powód.")
    elif end.ended_on != period_until:
        day = format_table_date(period_until)
        yield Problem("ended_on", f"Okres kończy się {day}. Wpisz ten dzień albo wybierz inny powód.")


def _after_work(end: End, since: date, period_until: date | None) -> Iterable[Problem]:
    if end.work_started_on is None:
        return
    if end.work_started_on < since:
        day = format_table_date(since)
        yield Problem("work_started_on", f"Program zaczął się {day}. Praca nie mogła zacząć się wcześniej.")
    elif period_until is not None and end.work_started_on > period_until:
        # Whichever of the two comes first ends the programme.
        day = format_table_date(period_until)
        yield Problem(
            "work_started_on",
            f"Okres kończy się {day}, przed tą pracą. Wybierz „Upływ okresu”. (art. 13 ust. 5)",
        )
    elif (sentence := tail_after_work(end.work_started_on).problem(end.ended_on)) is not None:
        yield Problem("ended_on", sentence)


# The complaint


@dataclass(frozen=True, slots=True)
class Complaint:
    """Until when a decision can be complained of, and from when nobody can any more."""

    delivered_on: date
    until: date
    binding_from: date


def complaint(delivered_on: date) -> Complaint:
    """The term of the complaint: thirty days from the delivery (art. 53 § 1 p.p.s.a.).

    The day of the delivery is not counted; a last day that is a Saturday or a day free from work moves to
    the next one that is neither (art. 83 § 2 p.p.s.a.).
    """
    until = delivered_on + timedelta(days=COMPLAINT_DAYS)
    while not is_working_day(until):
        until += ONE_DAY
    return Complaint(delivered_on, until, until + ONE_DAY)


def is_binding(delivered_on: date | None, day: date, *, complained: bool = False) -> bool:
    """Tell whether a decision can no longer be complained of on a day.

    It is final at once, as there is no appeal; it becomes binding for good when the term passes without a
    complaint (art. 16 § 3 k.p.a.). With a complaint the court's judgment decides, not the calendar.
    """
    return delivered_on is not None and not complained and day >= complaint(delivered_on).binding_from


def instruction() -> str:
    """The instruction on the complaint that stands under a decision (art. 107 § 1 pkt 9 k.p.a.).

    The fee is that of § 2 ust. 6 of the regulation of 16.12.2003 on fees in administrative courts; art. 239
    p.p.s.a. may free the person of it.
    """
    return (
        "Na tę decyzję przysługuje skarga do wojewódzkiego sądu administracyjnego. Skargę składa się za "
        f"pośrednictwem kierownika Centrum, w ciągu {COMPLAINT_DAYS} dni od dnia doręczenia decyzji. Wpis od "
        f"skargi jest stały i wynosi {COMPLAINT_FEE} zł, chyba że ustawa zwalnia skarżącego od kosztów. "
        "Można prosić sąd o zwolnienie od kosztów sądowych albo o przyznanie prawa pomocy. "
        "(art. 13 ust. 4b ustawy o zatrudnieniu socjalnym, art. 53 § 1 i art. 54 § 1 Prawa o postępowaniu "
        "przed sądami administracyjnymi)"
    )
