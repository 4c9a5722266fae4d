"""What an inspection looks at: the areas of its scope, and the points of its checklist with their articles.

Articles without an act are those of the act on social employment. A point that the program knows something
of names a fact, which is counted in the unit's scope over the files and days of the inspected period; the
sentence says what the count means. What the act leaves to the unit's own rules is asked, not counted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Area(StrEnum):
    """What an inspection may look at; of a file it opens what belongs to its areas and nothing else."""

    DOCUMENTS = "documents"
    STAFF = "staff"
    FILES = "files"
    GROUPS = "groups"
    HOURS = "hours"
    ABSENCES = "absences"
    BENEFITS = "benefits"
    SAFETY = "safety"
    REPORTS = "reports"


# What a file is opened for; without one of them no files are drawn.
OF_FILES: Final = frozenset({Area.FILES, Area.GROUPS, Area.HOURS, Area.ABSENCES, Area.BENEFITS, Area.SAFETY})
# A club pays no benefits, so no absence lowers them, and owes nobody the duties of art. 14.
CIS_ONLY: Final = frozenset({Area.ABSENCES, Area.BENEFITS, Area.SAFETY})
# What is opened only when somebody asks for it: it tells of health, or why somebody is excluded.
SENSITIVE: Final = frozenset({Area.GROUPS, Area.ABSENCES})


class Answer(StrEnum):
    UNCHECKED = ""
    OK = "ok"
    FAULT = "fault"
    NOT_APPLICABLE = "none"


@dataclass(frozen=True, slots=True)
class Point:
    code: str
    area: Area
    asks: str
    article: str
    # The fact that the program counts, and how its number is said: {count} of {of}.
    fact: str = ""
    says: str = ""


CIS: Final = (
    Point(
        "D1", Area.DOCUMENTS, "Centrum ma status, a jego dane w rejestrze są aktualne.",
        "art. 5 ust. 2 i 5",
    ),
    Point(
        "D2", Area.DOCUMENTS, "Działalność Centrum odpowiada temu, co podano we wniosku o status.",
        "art. 4 ust. 2, art. 6 ust. 1",
    ),
    Point(
        "D3", Area.DOCUMENTS, "Informacja o przetwarzaniu danych wisi w widocznym miejscu.",
        "art. 8b, art. 13 RODO",
    ),
    Point(
        "S1", Area.STAFF, "Pracują kierownik, pracownik socjalny, instruktorzy i osoba od finansów.",
        "art. 11",
        "staff_missing", "Stanowisk bez nikogo w kadrze: {count} z {of}.",
    ),
    Point(
        "S2", Area.STAFF, "Na osobę prowadzącą zajęcia przypada nie więcej niż 10 uczestników.", "art. 11",
        "per_leader", "Uczestników na koniec okresu: {count}, prowadzących zajęcia: {of}.",
    ),
    Point(
        "S3", Area.STAFF, "Kto ma dostęp do danych, ma upoważnienie i zobowiązał się do tajemnicy.",
        "art. 8b ust. 6",
    ),
    Point(
        "F1", Area.FILES, "Uczestnik ma skierowanie z opinią pracownika socjalnego.", "art. 12 ust. 1-3",
        "no_referral", "Akt bez skierowania w programie: {count} z {of}.",
    ),
    Point(
        "F2", Area.FILES, "Program podpisano przed przyjęciem do Centrum.", "art. 12 ust. 4, art. 13 ust. 1",
        "late_programme", "Akt bez programu podpisanego do pierwszego dnia: {count} z {of}.",
    ),
    Point(
        "F3", Area.FILES, "Przyjęcie uzgodniono z kierownikiem OPS albo CUS.", "art. 12 ust. 4",
        "no_agreement", "Akt bez uzgodnienia: {count} z {of}.",
    ),
    Point(
        "F4", Area.FILES, "Okres próbny trwał miesiąc, udział do 11 miesięcy, przedłużenie do 12.",
        "art. 15 ust. 1 i 3",
    ),
    Point(
        "F5", Area.FILES, "Realizację programu oceniano w terminach, które w nim zapisano.", "art. 13",
        "late_evaluations", "Ocen, których termin minął bez wpisu: {count} z {of}.",
    ),
    Point(
        "F6", Area.FILES, "Kto skończył udział, dostał zaświadczenie.", "art. 13 ust. 5a",
        "no_certificate", "Zakończonych akt bez zaświadczenia: {count} z {of}.",
    ),
    Point("G1", Area.GROUPS, "Uczestnik należy do grupy, którą wymienia ustawa.", "art. 1 ust. 2"),
    Point(
        "H1", Area.HOURS, "Zajęcia trwają od 30 do 40 godzin w tygodniu.", "art. 14 ust. 1",
        "long_weeks", "Tygodni osób powyżej 40 godzin: {count} z {of}.",
    ),
    Point("H2", Area.HOURS, "Na każdy miesiąc jest program zajęć.", "art. 14 ust. 1a"),
    Point(
        "H3", Area.HOURS, "Obecność zapisano na każdy dzień zajęć, a miesiące zamknięto.", "art. 15 ust. 7",
        "open_months", "Miesięcy obecności niezamkniętych: {count} z {of}.",
    ),
    Point(
        "L1", Area.ABSENCES, "Dni choroby mają zaświadczenie lekarskie.", "art. 15 ust. 7a",
        "unconfirmed_leaves", "Zwolnień bez przyniesionego zaświadczenia: {count} z {of}.",
    ),
    Point(
        "B1", Area.BENEFITS, "Świadczenie przyznał kierownik na wniosek uczestnika.", "art. 15 ust. 4",
        "no_grant", "Akt z udziałem w zajęciach, a bez przyznania: {count} z {of}.",
    ),
    Point(
        "B2", Area.BENEFITS, "Świadczenia wypłacano co miesiąc z dołu, w terminie jednostki.",
        "art. 15 ust. 5",
        "late_lists", "List wypłaconych po terminie jednostki: {count} z {of}.",
    ),
    Point(
        "B3", Area.BENEFITS, "Nieobecność i choroba zmniejszały świadczenie tak, jak mówi ustawa.",
        "art. 15 ust. 7 i 7a",
    ),
    Point("B4", Area.BENEFITS, "Dni wolne udzielano na wniosek, w granicach puli.", "art. 15 ust. 6a i 6b"),
    Point("B5", Area.BENEFITS, "Premia nie przekroczyła wysokości świadczenia.", "art. 15a ust. 2"),
    Point("B6", Area.BENEFITS, "Refundację rozliczono z list, które wypłacono.", "art. 15 ust. 8"),
    Point(
        "Z1", Area.SAFETY, "Uczestnik odbył szkolenie BHP przed pierwszymi zajęciami.", "art. 14 ust. 2",
        "no_training", "Akt bez szkolenia do pierwszego dnia: {count} z {of}.",
    ),
    Point(
        "Z2", Area.SAFETY, "Uczestnik ma aktualne badania lekarskie.", "art. 14 ust. 2",
        "no_medical", "Akt bez badań do pierwszego dnia: {count} z {of}.",
    ),
    Point(
        "Z3", Area.SAFETY, "Wydano odzież i obuwie robocze.", "art. 14 ust. 2",
        "no_clothes", "Akt bez wydanej odzieży: {count} z {of}.",
    ),
    Point(
        "Z4", Area.SAFETY, "Każdego dnia pobytu jest jeden bezpłatny posiłek.", "art. 14 ust. 4",
        "no_meal", "Dni obecności bez posiłku: {count} z {of}.",
    ),
    Point("Z5", Area.SAFETY, "Wypadki są w rejestrze i mają protokół.", "art. 14 ust. 3"),
    Point("R1", Area.REPORTS, "Sprawozdania roczne wysłano do 31 marca.", "art. 5 ust. 4"),
    Point("R2", Area.REPORTS, "Liczby sprawozdania zgadzają się z aktami.", "art. 5 ust. 4"),
)  # fmt: skip

KIS: Final = (
    Point("D1", Area.DOCUMENTS, "Dane Klubu w rejestrze są aktualne.", "art. 18a ust. 2 i 4"),
    Point(
        "D3", Area.DOCUMENTS, "Informacja o przetwarzaniu danych wisi w widocznym miejscu.",
        "art. 18f, art. 13 RODO",
    ),
    Point("S1", Area.STAFF, "Kadra odpowiada temu, co Klub podał w sprawozdaniu.", "art. 18a ust. 6 pkt 1"),
    Point(
        "S3", Area.STAFF, "Kto ma dostęp do danych, ma upoważnienie i zobowiązał się do tajemnicy.",
        "art. 18f",
    ),
    Point(
        "F1", Area.FILES, "Uczestnik ma kontrakt socjalny podpisany do pierwszego dnia.", "art. 18 ust. 5",
        "late_programme", "Akt bez kontraktu podpisanego do pierwszego dnia: {count} z {of}.",
    ),
    Point(
        "F2", Area.FILES, "Realizację kontraktu oceniano w terminach, które w nim zapisano.",
        "art. 18 ust. 5",
        "late_evaluations", "Ocen, których termin minął bez wpisu: {count} z {of}.",
    ),
    Point(
        "F3", Area.FILES, "Kto skończył udział, dostał zaświadczenie.", "art. 18 ust. 5a",
        "no_certificate", "Zakończonych akt bez zaświadczenia: {count} z {of}.",
    ),
    Point("G1", Area.GROUPS, "Uczestnik należy do grupy, którą wymienia ustawa.", "art. 1 ust. 2"),
    Point("H1", Area.HOURS, "Prowadzono działania, które Klub ma w zgłoszeniu.", "art. 18 ust. 2"),
    Point(
        "H2", Area.HOURS, "Udział w zajęciach zapisywano na bieżąco.", "art. 18a ust. 6 pkt 3",
        "open_months", "Miesięcy obecności niezamkniętych: {count} z {of}.",
    ),
    Point("R1", Area.REPORTS, "Sprawozdania roczne wysłano do 31 marca.", "art. 18a ust. 6"),
    Point("R2", Area.REPORTS, "Liczby sprawozdania zgadzają się z aktami.", "art. 18a ust. 6"),
    Point("R3", Area.REPORTS, "Dotacje rozliczono z tym, kto je dał.", "art. 18a ust. 6 pkt 4"),
)  # fmt: skip

CATALOGUE: Final[Mapping[str, tuple[Point, ...]]] = {"CIS": CIS, "KIS": KIS}


def areas_for(unit_type: str) -> list[Area]:
    """The areas that a unit of a kind has."""
    return [area for area in Area if unit_type == "CIS" or area not in CIS_ONLY]


def points_for(unit_type: str, areas: Collection[str]) -> list[Point]:
    """The checklist of an inspection: the points of its areas."""
    return [point for point in CATALOGUE[unit_type] if point.area in areas]


def find(unit_type: str, code: str) -> Point | None:
    return next((point for point in CATALOGUE[unit_type] if point.code == code), None)


def draws_files(areas: Collection[str]) -> bool:
    return not OF_FILES.isdisjoint(areas)


def said(point: Point, facts: Mapping[str, tuple[int, int]]) -> str:
    """What the program knows of a point, in words; empty where it knows nothing, or had nothing to count."""
    found = facts.get(point.fact)
    if found is None or not found[1]:
        return ""
    return point.says.format(count=found[0], of=found[1])
