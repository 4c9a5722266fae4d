"""Every figure that is counted from the files: its key, its name, what it says, and in what it is measured.

The unit's statistics and what is sent on are made of the same figures, so that they are defined once. The
functions of `statistics` count what stands here; no sentence about a figure is written anywhere else.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Measure(StrEnum):
    """What one is: a person who comes twice is one person and two files."""

    PERSONS = "osoby"
    REFERRALS = "skierowania"
    MIXED = "skierowania, potem osoby"
    DAYS = "dni"
    HOURS = "godziny dydaktyczne"
    MINUTES_AS_HOURS = "godziny"
    MONEY = "zł"
    PLACES = "miejsca"
    POSTS = "etaty"
    NUMBER = "liczba"
    TEXT = "tekst"


@dataclass(frozen=True, slots=True)
class Figure:
    """One table of the statistics; `definition` is what stands under it, with the article it follows."""

    key: str
    title: str
    definition: str
    measure: Measure
    # Whether each person stands in one row only, so that the rows give the whole.
    parts: bool = True
    # A CIS alone has it: what a club pays or qualifies is nothing (art. 18).
    cis_only: bool = False


FIGURES: Final[dict[str, Figure]] = {
    one.key: one
    for one in (
        Figure(
            "participants",
            "Uczestnicy",
            "Kto choć jeden dzień okresu był w okresie próbnym, okresie uczestnictwa albo przedłużeniu."
            " Kto zaczął w okresie, miał w nim pierwszy dzień zajęć. (art. 2 pkt 7, art. 15, art. 18)",
            Measure.PERSONS,
            parts=False,
        ),
        Figure(
            "group_main",
            "Uczestnicy według głównej grupy",
            "Uczestnicy okresu według głównej grupy z art. 1 ust. 2, wpisanej na dni tego okresu. Bez głównej"
            " grupy liczy się najwcześniejsza.",
            Measure.PERSONS,
        ),
        Figure(
            "group_any",
            "Uczestnicy według każdej grupy",
            "Kto należy do kilku grup z art. 1 ust. 2, stoi w każdej z nich, więc wiersze nie dają sumy.",
            Measure.PERSONS,
            parts=False,
        ),
        Figure(
            "age",
            "Uczestnicy według wieku",
            "Wiek ukończony w ostatnim dniu okresu.",
            Measure.PERSONS,
        ),
        Figure(
            "education",
            "Uczestnicy według wykształcenia",
            "Wykształcenie wpisane w danych osoby.",
            Measure.PERSONS,
        ),
        Figure(
            "source",
            "Uczestnicy według tego, kto skierował",
            "Kto skierował osobę do sprawy, która trwała w okresie; przy dwóch sprawach liczy się nowsza."
            " (art. 12 ust. 1)",
            Measure.PERSONS,
        ),
        Figure(
            "flow",
            "Co zdarzyło się w okresie",
            "Liczy się dzień zdarzenia: odebrania skierowania, pierwszego dnia zajęć, kwalifikacji"
            " (art. 15 ust. 2), uzyskania statusu absolwenta (art. 2 pkt 1a, 1b), zakończenia z pracą,"
            " rozmowy po pół roku.",
            Measure.MIXED,
            parts=False,
        ),
        Figure(
            "cohort",
            "Droga osób, które zaczęły w okresie",
            "Te same osoby od pierwszego dnia zajęć do dziś. Kto zaczął niedawno, jest jeszcze w drodze.",
            Measure.PERSONS,
            parts=False,
        ),
        Figure(
            "end_reason",
            "Jak zakończono udział",
            "Zakończenia z okresu, gdy osoba była już na zajęciach. (art. 13 ust. 4 i 5, art. 18)",
            Measure.PERSONS,
            parts=False,
        ),
        Figure(
            "destination",
            "Dokąd poszły osoby po zakończeniu",
            "Co osoba robiła w dniu zakończenia, wpisane przy końcu sprawy. Bez osób, które zmarły.",
            Measure.PERSONS,
            parts=False,
        ),
        Figure(
            "work",
            "Praca po zakończeniu według rodzaju",
            "Osoby, które w okresie zakończyły udział i w tym dniu pracowały albo były na stażu."
            " Umowę wpisuje się w efektach udziału. Staż to nauka w pracy i nie jest efektem zatrudnieniowym."
            " (art. 2 pkt 8, art. 4 ust. 2 pkt 8)",
            Measure.PERSONS,
            parts=False,
        ),
        Figure(
            "situation",
            "Co osoby robią pół roku później",
            "Z pierwszej rozmowy odbytej co najmniej 5 miesięcy po zakończeniu, jeżeli odbyła się w okresie.",
            Measure.PERSONS,
            parts=False,
        ),
        Figure(
            "effects",
            "Efekt zatrudnieniowy i efekt społeczny",
            "Z osób, które w okresie zakończyły udział. Efekt zatrudnieniowy: praca na otwartym rynku,"
            " zatrudnienie wspierane, własna działalność albo spółdzielnia socjalna w dniu zakończenia"
            " (art. 2 pkt 8, art. 4 ust. 2 pkt 8). Efekt społeczny: potwierdzona przy zakończeniu choć jedna"
            " z dziewięciu zmian w życiu społecznym (art. 2 pkt 4, art. 18a ust. 6 pkt 2 lit. b). Liczymy je"
            " osobno: ta sama osoba może mieć oba.",
            Measure.PERSONS,
            parts=False,
        ),
        Figure(
            "attendance",
            "Obecności i nieobecności",
            "Wpisy obecności z okresu. Udział liczony z dni, w których jednostka pracowała.",
            Measure.DAYS,
        ),
        Figure(
            "benefits",
            "Wypłacone świadczenia",
            "Z list wypłaconych w okresie, według dnia wypłaty. Wypłata, która wróciła w tym samym roku,"
            " liczy się dopiero, gdy wyszła jeszcze raz. (art. 15 ust. 4 i 5, art. 15a)",
            Measure.MONEY,
            cis_only=True,
        ),
        Figure(
            "services",
            "Godziny zajęć według usług",
            "Godziny osób na zajęciach, które się odbyły; godzina dydaktyczna to 45 minut. Doradztwo z karty"
            " usług przeliczono z minut tak samo. (art. 3 ust. 1, art. 18 ust. 2)",
            Measure.HOURS,
        ),
        Figure(
            "places",
            "Wykorzystanie miejsc",
            "Ile miejsc było zajętych średnio w dniu kalendarzowym okresu, gdy pracownia działała.",
            Measure.PLACES,
            parts=False,
        ),
    )
}
