"""Who lives in the country. Everybody is invented, and carries a PESEL of a series that nobody has."""

from datetime import date, timedelta
from random import Random
from typing import Final

from reintegration.core.identifiers import false_pesel

WOMEN: Final = (
    "Alicja", "Beata", "Celina", "Danuta", "Elwira", "Faustyna", "Grażyna", "Honorata", "Iwona", "Jolanta",
    "Krystyna", "Lidia", "Łucja", "Mirosława", "Natalia", "Olga", "Pelagia", "Róża", "Sylwia", "Żaneta",
)  # fmt: skip
MEN: Final = (
    "Adam", "Błażej", "Cezary", "Dariusz", "Edward", "Feliks", "Gustaw", "Hubert", "Ireneusz", "Józef",
    "Konrad", "Lucjan", "Łukasz", "Mieczysław", "Norbert", "Olgierd", "Przemysław", "Roman", "Sławomir",
    "Żelisław",
)  # fmt: skip
BEGINNINGS: Final = (
    "Bobro", "Chabro", "Dębo", "Grabo", "Jarzębo", "Jesiono", "Kalino", "Klono", "Kruko", "Lipo", "Łubino",
    "Mako", "Modrzewo", "Olcho", "Osiko", "Paproto", "Rumianko", "Rzepako", "Słowiko", "Sowo", "Świerko",
    "Szczygło", "Topolo", "Trzcino", "Wierzbo", "Wilgo", "Wrzoso", "Żubro", "Żuko", "Żurawino",
)  # fmt: skip
ENDINGS: Final = ("bór", "dół", "gaj", "jar", "krąg", "ląd", "most", "róg", "staw", "świt", "wiatr", "zdrój")
TOWNS: Final = (
    "Modrzewno", "Jodłów", "Wierzbowiec", "Świerkowo", "Rokitowo", "Olszyny", "Brzezina", "Lipnik",
    "Brzozowo", "Klonowa", "Jaworzyna", "Grabów", "Topolin", "Kalinów", "Wrzosy", "Żurawiny",
)  # fmt: skip

# A hundred years of birthdays that no living person has, from 1 January 1800 on.
FIRST_BIRTHDAY: Final = date(1800, 1, 1)
BIRTHDAYS: Final = 36_500
EDUCATION: Final = ("none", "primary", "lower_secondary", "vocational", "vocational", "secondary", "higher")
# A.22: 49 % long without work, 11 % with a disability, 11 % with alcohol; the rest otherwise.
GROUPS: Final = ("5", "8", "2", "1", "6", "9")
GROUP_WEIGHTS: Final = (49, 12, 11, 9, 9, 10)


def first_name(dice: Random, sex: str) -> str:
    return dice.choice(WOMEN if sex == "F" else MEN)


def last_name(dice: Random) -> str:
    """Three hundred and sixty names that begin like a tree or a bird and end like a place."""
    return dice.choice(BEGINNINGS) + dice.choice(ENDINGS)


def pesel(serial: int, sex: str) -> str:
    """The number of the person with this serial number in the whole country; none comes twice."""
    series, day = divmod(serial, BIRTHDAYS)
    return false_pesel(FIRST_BIRTHDAY + timedelta(days=day), series, "M" if sex == "M" else "K")
