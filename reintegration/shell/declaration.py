"""What the declaration of accessibility says: how the program was looked into, and what is not accessible.

`docs/accessibility.md` tells the same to those who work on the program, and a test holds the two together:
the gaps word for word, of the checks their days and numbers.
Whoever mends a gap or finds one changes it here, with the day.
"""

from dataclasses import dataclass
from datetime import date

# When the declaration was made, and looked through last (at least once a year, by 31 March).
DECLARED_ON = date(2026, 11, 22)
REVIEWED_ON = date(2026, 11, 23)


@dataclass(frozen=True)
class Check:
    """One way in which the program was looked into, and what it found on that day."""

    name: str
    on: date
    found: str


@dataclass(frozen=True)
class Gap:
    """What is not accessible, why, and what there is instead."""

    what: str
    why: str
    instead: str


CHECKS = (
    Check(
        "Program axe-core na 635 stronach z danymi i z odrzuconym formularzem, w wyglądzie jasnym, ciemnym "
        "i kontrastowym, na komputerze i telefonie; na listach także pustych",
        date(2026, 11, 22),
        "uwagi miało 21 stron; przyczyny usunięto albo opisano",
    ),
    Check(
        "Te same strony powiększone do 400%, a osobno z odstępami liter, o które prosi WCAG",
        date(2026, 11, 22),
        "nic nie jest ucięte; oba naraz wymagają na kilku stronach przewijania w bok",
    ),
    Check(
        "Całe sprawy od pierwszego ekranu do ostatniego pisma, samą klawiaturą",
        date(2026, 11, 23),
        "każdy krok da się zrobić",
    ),
    Check(
        "26 głównych czynności samą klawiaturą, krok po kroku, na telefonie i komputerze",
        date(2026, 11, 23),
        "każdą da się zrobić; poprawiono to, że po skoku do treści klawiatura mijała listę błędów formularza",
    ),
    Check(
        "Budowa dokumentów PDF, własne badanie i program outloud, według PDF/UA-1",
        date(2026, 11, 22),
        "bez naruszeń normy",
    ),
)
GAPS = (
    Gap(
        "Tabela na kilku stronach dokumentu PDF jest dla czytnika ekranu kilkoma tabelami.",
        "Tak dzieli ją biblioteka, która robi dokumenty.",
        "Każda część ma własne nagłówki, a cała tabela jest na stronie, z której powstał dokument.",
    ),
    Gap(
        "Wydruk zbiorczy wielu pism nie ma budowy dla czytnika ekranu.",
        "Jest przeznaczony dla drukarki.",
        "Każde pismo z osobna ją ma.",
    ),
    Gap(
        "Skany i załączniki, które ktoś dodał, wyglądają tak, jak je zrobiono.",
        "Program nie zmienia cudzych dokumentów.",
        "Przeczytamy je na prośbę.",
    ),
    Gap(
        "Programu nie badały jeszcze osoby, które na co dzień używają czytnika ekranu.",
        "Takie badanie robi się z ludźmi, a nie automatem.",
        "Napisz, co przeszkadza. Odpowiemy w 7 dni.",
    ),
)
