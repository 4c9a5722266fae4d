"""What an application for the status of a CIS holds (art. 4 ust. 2), and the terms of the procedures.

**Terms** are those of the code of administrative procedure: the day of what began them is not counted
(art. 57 § 1), a month ends on the day with the same number or, where there is none, on its last day (§ 3),
and an end on a Saturday or on a day off moves to the next working day (§ 4). What an office asks of somebody
counts from the day on which it came, so that before the receipt is known there is no term.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from reintegration.core.calendar_pl import next_working_day
from reintegration.core.dates import add_months
from reporting.rules.reports import due_on

# Art. 18a ust. 2: from the day of the notice; and ust. 4: from the day on which a club stopped.
ENTRY_DAYS: Final = 30
CLOSING_DAYS: Final = 30
# Art. 35 § 3 of the code of administrative procedure; the time of a completion is not counted (§ 5).
DECISION_MONTHS: Final = 1
# Art. 64 § 2 of the code: a call for completion sets at least so many days.
COMPLETION_DAYS: Final = 7
# Art. 5a: the yearly reports that a prolongation looks at.
REPORT_YEARS: Final = 3
# Art. 5b ust. 2, from the day on which the letter came.
EXPLANATION_DAYS: Final = 14
REMEDY_DAYS: Final = 30
MOST_DAYS: Final = 365
# No run of days off is longer: Christmas Eve on a Wednesday with the two days of Christmas and a week's end.
MOST_MOVED: Final = 5
# Art. 57 § 4: a term ends on a day of Monday to Friday, and no holiday of them.
LAST_WEEKDAY: Final = 5


class Way(StrEnum):
    """How a point is answered: by data of the register, by words with numbers, or by a paper."""

    DATA = "data"
    WORDS = "words"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the point asks for."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    code: str
    title: str
    way: Way
    asks: str = ""
    fields: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    needs_words: bool = True


POINTS: Final = (
    Point(
        "1", "Instytucja tworząca", Way.DATA, "Nazwa i adres siedziby.",
        ("founder_name", "founder_kind", "founder_form", "founder_street", "founder_postcode", "founder_town",
         "founder_nip", "founder_regon", "founder_krs"),
    ),
    Point(
        "2", "Miejsce i początek działalności", Way.DATA,
        "Gdzie działa Centrum, gdzie realizuje usługi i kiedy chce zacząć.",
        ("name", "regon", "street", "postcode", "town", "gmina", "powiat", "service_places", "starts_on"),
    ),
    Point("2a", "Dane kontaktowe", Way.DATA, "Telefon i adres e-mail Centrum.", ("phone", "email")),
    Point(
        "3", "Uczestnicy", Way.WORDS, "Dla jakich grup osób z art. 1 ust. 2 Centrum będzie świadczyć usługi.",
        numbers=(Number("participants", "Przewidywana liczba uczestników"),),
    ),
    Point(
        "4", "Rodzaj działalności", Way.DATA, "Planowana działalność wytwórcza, handlowa lub usługowa.",
        ("activity",),
    ),
    Point(
        "5", "Program prac z uczestnikami", Way.WORDS,
        "Co Centrum będzie robić z uczestnikami w reintegracji zawodowej i społecznej.",
    ),
    Point(
        "6", "Pracownicy", Way.WORDS, "Jakie kwalifikacje będą mieć pracownicy. Nie wpisuj nazwisk.",
        numbers=(Number("staff", "Przewidywana liczba pracowników"),),
    ),
    Point(
        "6a", "Umowy o pracę", Way.WORDS, "Planowane rodzaje umów o pracę i wymiar czasu pracy.",
    ),
    Point("7", "Organizacja i system zajęć", Way.WORDS, "Ile dni i godzin, jakie pracownie i grupy."),
    Point(
        "8", "Zakładane efekty", Way.WORDS, "Jak Centrum zamierza je osiągnąć.",
        numbers=(
            Number("trained", "Przyuczenie, przekwalifikowanie, podwyższenie kwalifikacji: ile osób"),
            Number("employed", "Zatrudnienie albo własna działalność: ile osób"),
            Number("independent", "Usamodzielnienie ekonomiczne: ile osób"),
        ),
        needs_words=False,
    ),
    Point(
        "9", "Roczne koszty", Way.WORDS, "Szacunkowy preliminarz ogólnych kosztów działalności.",
        numbers=(
            Number("costs", "Koszty roczne razem, w złotych"),
            Number("reintegration", "W tym koszty reintegracji, w złotych"),
        ),
        needs_words=False,
    ),
    Point(
        "10", "Zasoby własne", Way.WORDS,
        "W jakiej formie poniesiono je na utworzenie Centrum i jaki będzie udział w jego finansowaniu.",
        numbers=(Number("own", "Zasoby własne poniesione na utworzenie, w złotych"),),
    ),
    Point(
        "11", "Inne źródła finansowania", Way.WORDS,
        "W tym środki z gminnego programu profilaktyki i przeciwdziałania wykluczeniu.",
    ),
    Point("12", "Projekt regulaminu Centrum", Way.PAPER, "Regulamin, który będzie obowiązywać uczestników."),
    Point(
        "13", "Tytuł prawny do nieruchomości", Way.PAPER,
        "Kopia dokumentu, na przykład umowy najmu, dla każdego miejsca.",
    ),
    Point(
        "14", "Opinia starosty", Way.PAPER,
        "O potrzebie powołania Centrum na terenie powiatu. Nie dotyczy wniosku, który składa powiat.",
    ),
    Point(
        "15", "Akt powołania Centrum", Way.PAPER,
        "Gdy Centrum powołuje jednostka samorządu terytorialnego.",
    ),
)  # fmt: skip
BY_CODE: Final = {one.code: one for one in POINTS}
# What art. 4 ust. 2 pkt 1, 2 and 4 name, and without what the register has nothing to say (art. 5 ust. 5a).
NEEDED: Final = frozenset(
    {
        "founder_name", "founder_kind", "founder_street", "founder_postcode", "founder_town",
        "name", "street", "postcode", "town", "starts_on", "activity",
    }
)  # fmt: skip
# One of these is enough.
CONTACTS: Final = frozenset({"phone", "email"})


# The form of a club (Dz.U. 2012 poz. 513): what it asks, in its own order, and what answers it. A number in
# the KRS is not here: there are organisations that have none.
OF_CLUB: Final = (
    ("pełna nazwa podmiotu, który prowadzi Klub", ("founder_name",)),
    ("telefon albo e-mail podmiotu, który prowadzi Klub", ("founder_phone", "founder_email")),
    ("pełna nazwa Klubu", ("name",)),
    ("ulica i numer Klubu", ("street",)),
    ("kod pocztowy Klubu", ("postcode",)),
    ("miejscowość Klubu", ("town",)),
    ("dzień utworzenia", ("created_on",)),
    ("dzień rozpoczęcia działalności", ("starts_on",)),
    ("imię i nazwisko kierownika Klubu", ("manager_name",)),
    ("telefon albo e-mail Klubu", ("phone", "email")),
)
ACT_OF_CLUB: Final = "kopia aktu o utworzeniu Klubu, jako załącznik"


def missing_of_club(content: Mapping[str, Any], *, attached: bool) -> list[str]:
    """What a club has not said or attached yet of what its form asks (art. 18a ust. 3)."""
    found = [title for title, names in OF_CLUB if not any(content.get(name) for name in names)]
    return found if attached else [*found, ACT_OF_CLUB]


def points_for(*, local: bool, powiat: bool) -> list[Point]:
    """The points that an application answers: the opinion is asked of everybody but a powiat, the act of
    establishment of local governments alone."""
    left_out = {code for code, out in (("14", powiat), ("15", not local)) if out}
    return [one for one in POINTS if one.code not in left_out]


def lacks(point: Point, content: Mapping[str, Any]) -> bool:
    """Whether an answer leaves out what the point has to say."""
    needed = [name for name in point.fields if name in NEEDED]
    contacts = [name for name in point.fields if name in CONTACTS]
    return not all(content.get(name) for name in needed) or bool(
        contacts and not any(content.get(name) for name in contacts)
    )


def missing(
    points: Iterable[Point], answers: Mapping[str, Mapping[str, Any]], papers: Collection[str]
) -> list[Point]:
    """The points that nobody has answered yet, or not with everything that they ask."""
    return [
        one
        for one in points
        if (
            one.code not in papers
            if one.way is Way.PAPER
            else one.code not in answers or lacks(one, answers[one.code])
        )
    ]


def next_of(left: Iterable[Point], here: Point) -> Point | None:
    """Where the answer to one point leads: to the next that is missing, or to one that was passed over."""
    others = [one for one in left if one != here]
    behind = [one for one in others if POINTS.index(one) > POINTS.index(here)]
    return next(iter(behind or others), None)


def after(day: date, days: int) -> date:
    """The last day of a term of days that an event began. Art. 57 § 1 and 4 of the code."""
    return next_working_day(day + timedelta(days=days))


def entry_due(sent: date) -> date:
    """Until when the voivode enters a club that was told of. Art. 18a ust. 2, art. 57 § 4 of the code."""
    return after(sent, ENTRY_DAYS)


def decision_due(sent: date, waited: int = 0) -> date:
    """Until when an application is decided: a month, without the days for which the office waited for the
    applicant. Art. 35 § 3 and 5, art. 57 § 3 and 4 of the code."""
    return after(add_months(sent, DECISION_MONTHS), waited)


def completion_due(received: date, days: int) -> date:
    """Until when somebody completes what they were called for, from the receipt of the call. Art. 64 § 2 and
    art. 57 § 4 of the code."""
    return after(received, days)


def closing_due(stopped: date) -> date:
    """Until when a club says that it stopped. Art. 18a ust. 4.

    The act binds the club outside any proceeding, so the day stands, as 31 March does of a report.
    """
    return stopped + timedelta(days=CLOSING_DAYS)


def years_looked_at(today: date) -> list[int]:
    """The last three years whose reports were due by 31 March (art. 5a)."""
    last = today.year - 1
    if today <= due_on(last):
        last -= 1
    return list(range(last - REPORT_YEARS + 1, last + 1))


def least_days(remedy: bool) -> int:
    return REMEDY_DAYS if remedy else EXPLANATION_DAYS


def letter_due(received: date, days: int) -> date:
    """Until when a letter of supervision is answered. Art. 5b ust. 2, art. 57 § 4 of the code."""
    return after(received, days)


def days_left(due: date, today: date) -> int:
    return (due - today).days
