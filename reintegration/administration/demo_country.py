"""A dozen units with three years behind them, centres and clubs, one that is new, and their offices.

They are not in the small demo, which has of two of them the name and a few people only. Their people and
days are made in bulk, room by room (`years`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reintegration.accounts.models import User
from reintegration.tenancy.enums import Role, UnitType

LUBELSKIE, OPOLSKIE = "06", "16"


@dataclass(frozen=True, slots=True)
class CountryUnit:
    """A unit and how large it is; `places` are taken by more than twice as many people in a year."""

    key: str
    unit_type: UnitType
    name: str
    founder: str
    voivodeship: str
    street: str
    postcode: str
    town: str
    places: int
    # Name and trade of each workshop; a club has groups.
    groups: tuple[tuple[str, str], ...]
    ops: str
    pup: str
    manager: str
    accountant: str = ""
    office: str = ""
    social_worker: str = ""
    instructor: str = ""
    # Each group beyond the first has an instructor of its own.
    others: tuple[str, ...] = ()
    # Full months of history before today's.
    history: int = 35

    @property
    def is_cis(self) -> bool:
        return self.unit_type is UnitType.CIS

    @property
    def is_new(self) -> bool:
        """Younger than a year: nobody has left yet, and no report was due."""
        return self.history < 12  # noqa: PLR2004

    @property
    def short_name(self) -> str:
        return f"{self.unit_type} „{self.name}”"

    @property
    def leader(self) -> str:
        """Who leads the files."""
        return self.social_worker or self.manager

    def people(self) -> Iterator[tuple[str, str, list[str]]]:
        """Login, name and roles of everybody who works there."""
        alone = not self.social_worker
        yield login(self.manager), self.manager, ["manager", *(["social_worker"] if alone else [])]
        for role in (Role.ACCOUNTANT, Role.OFFICE, Role.SOCIAL_WORKER, Role.INSTRUCTOR):
            name = getattr(self, role.value)
            if name:
                yield login(name), name, [role.value]
        for name in self.others:
            yield login(name), name, [Role.INSTRUCTOR.value]

    def email(self, role: str) -> str:
        return f"{login(getattr(self, role))}@{self.key}.example"

    def user(self, role: str) -> User:
        return User.objects.get(email=self.email(role))


def login(name: str) -> str:
    plain = name.lower().translate(str.maketrans("ąćęłńóśźż", "acelnoszz"))
    return plain.replace(" ", ".")


UNITS: Final = (
    CountryUnit(
        "furtka", UnitType.CIS, "Dębowa Furtka", "furtka", LUBELSKIE, "ul. Dębowa 1", "22-003", "Wierzbowiec",
        50, (("Stolarnia", "carpentry"), ("Kuchnia", "catering"), ("Zieleń", "gardening"),
             ("Krawiectwo", "sewing"), ("Remonty", "building"), ("Porządki", "cleaning")),
        "ops-wierzbowiec", "pup-wierzbowiec", "Hanna Jaśmin", "Barbara Malina", "Marcin Chmiel",
        "Dorota Leszczyna", "Paweł Modrzew",
        ("Irena Nagietek", "Zbigniew Ostrzeń", "Longina Mięta", "Ryszard Jawor", "Emilia Stokrotka"),
    ),
    CountryUnit(
        "kram", UnitType.CIS, "Kram", "swierkowo", LUBELSKIE, "Rynek 8", "22-004", "Świerkowo",
        20, (("Kuchnia", "catering"), ("Remonty", "building"), ("Zieleń", "gardening"),
             ("Szwalnia", "sewing"),
             ("Stolarnia", "carpentry")),
        "ops-wierzbowiec", "pup-wierzbowiec", "Roman Cedr", "Iwona Kalina", "Edyta Wrzos", "Monika Paproć",
        "Sławomir Rdest", ("Justyna Przetacznik", "Bernard Kminek", "Halina Dziurawiec", "Witold Skrzyp"),
    ),
    CountryUnit(
        "zielnik", UnitType.CIS, "Zielnik", "krok", LUBELSKIE, "ul. Ogrodowa 17", "22-005", "Rokitowo",
        12, (("Zieleń", "gardening"), ("Kuchnia", "catering")),
        "ops-wierzbowiec", "pup-wierzbowiec", "Urszula Szałwia", "Alicja Rumianek", "Kamil Oset",
        "Beata Malwa", "Janusz Piołun", ("Zofia Kocanka",),
    ),
    CountryUnit(
        "laweczka", UnitType.KIS, "Ławeczka", "olszyny", LUBELSKIE, "ul. Parkowa 2", "22-006", "Olszyny",
        15, (("Klub pracy", ""), ("Warsztaty kompetencji", "")),
        "ops-wierzbowiec", "pup-wierzbowiec", "Renata Jemioła", instructor="Adam Tatarak",
    ),
    CountryUnit(
        "czolenko", UnitType.CIS, "Czółenko", "warta", OPOLSKIE, "ul. Tkacka 6", "46-002", "Jaworzyna",
        25, (("Szwalnia", "sewing"), ("Pralnia", "cleaning"), ("Kuchnia", "catering"),
             ("Zieleń", "gardening")),
        "ops-jaworzyna", "pup-jaworzyna", "Grażyna Lawenda", "Teresa Jałowiec", "Michał Bez",
        "Ewelina Cis", "Robert Grusza", ("Anna Pigwa", "Stefan Dereń", "Maryla Kalina"),
    ),
    CountryUnit(
        "przeslo", UnitType.CIS, "Przęsło", "topolin", OPOLSKIE, "ul. Mostowa 3", "46-003", "Topolin",
        11, (("Remonty", "building"), ("Stolarnia", "carpentry"), ("Porządki", "cleaning")),
        "ops-jaworzyna", "pup-jaworzyna", "Wojciech Platan", "Danuta Głóg", "Sylwia Kminek",
        "Agata Tymian", "Leon Berberys", ("Urban Rokitnik", "Wiesława Szczaw"),
    ),
    CountryUnit(
        "drabinka", UnitType.KIS, "Drabinka", "klonowa", OPOLSKIE, "ul. Leśna 11", "46-004", "Klonowa",
        8, (("Klub pracy", ""),),
        "ops-jaworzyna", "pup-jaworzyna", "Lucyna Konwalia", instructor="Piotr Łopian",
    ),
    CountryUnit(
        "kolowrotek", UnitType.KIS, "Kołowrotek", "grabow", OPOLSKIE, "ul. Szeroka 20", "46-005", "Grabów",
        13, (("Klub pracy", ""), ("Grupa wsparcia", "")),
        "ops-jaworzyna", "pup-jaworzyna", "Bogumiła Mak", instructor="Dariusz Wiciokrzew",
    ),
    CountryUnit(
        "warsztat", UnitType.CIS, "Warsztat", "warta", OPOLSKIE, "ul. Polna 30", "46-001", "Brzozowo",
        12, (("Ślusarnia", "welding"), ("Kuchnia", "catering")),
        "ops-brzozowo", "pup-jaworzyna", "Piotr Jesion", "Danuta Brzost", "Celestyn Trzmiel",
        "Wiesława Trzcina", "Norbert Jarząb", ("Krystian Lebiodka",),
    ),
    CountryUnit(
        "kladka", UnitType.KIS, "Kładka", "lipnik", LUBELSKIE, "ul. Rzeczna 7", "22-008", "Lipnik",
        9, (("Klub pracy", ""), ("Grupa wsparcia", "")),
        "ops-wierzbowiec", "pup-wierzbowiec", "Kazimiera Jarzmianka", instructor="Florian Wrotycz",
    ),
    CountryUnit(
        "dziupla", UnitType.KIS, "Dziupla", "brzezina", LUBELSKIE, "ul. Sadowa 3", "22-007", "Brzezina",
        11, (("Klub pracy", ""), ("Warsztaty kompetencji", "")),
        "ops-wierzbowiec", "pup-wierzbowiec", "Eleonora Bodziszek", instructor="Hubert Krwawnik",
    ),
    CountryUnit(
        "cegielka", UnitType.KIS, "Cegiełka", "kalinow", OPOLSKIE, "Rynek 14", "46-006", "Kalinów",
        8, (("Klub pracy", ""),),
        "ops-jaworzyna", "pup-jaworzyna", "Wioletta Szczodrzeniec", instructor="Aleksander Barwinek",
    ),
    CountryUnit(
        "razem", UnitType.KIS, "Razem", "jodlow", LUBELSKIE, "Rynek 1", "22-002", "Jodłów",
        8, (("Klub pracy", ""),),
        "ops-wierzbowiec", "pup-wierzbowiec", "Halina Wierzba", instructor="Tymon Klematis", history=2,
    ),
)  # fmt: skip

# key: (name, kind, town)
FOUNDERS: Final = {
    "furtka": ("Stowarzyszenie Dębowa Furtka", "ngo", "Wierzbowiec"),
    "swierkowo": ("Gmina Świerkowo", "local_government", "Świerkowo"),
    "olszyny": ("Gmina Olszyny", "local_government", "Olszyny"),
    "topolin": ("Gmina Topolin", "local_government", "Topolin"),
    "klonowa": ("Gmina Klonowa", "local_government", "Klonowa"),
    "grabow": ("Gmina Grabów", "local_government", "Grabów"),
    "lipnik": ("Stowarzyszenie Kładka", "ngo", "Lipnik"),
    "brzezina": ("Gmina Brzezina", "local_government", "Brzezina"),
    "kalinow": ("Gmina Kalinów", "local_government", "Kalinów"),
}

BY_KEY: Final = {unit.key: unit for unit in UNITS}

# key: (body type, name, short name, voivodeship, street, postcode, town, worker, head)
BODIES: Final = {
    "ops-wierzbowiec": (
        "OPS", "Ośrodek Pomocy Społecznej w Wierzbowcu", "OPS Wierzbowiec", LUBELSKIE,
        "ul. Wspólna 4", "22-003", "Wierzbowiec", "Jolanta Bluszcz", "Stefania Dziewanna",
    ),
    "ops-jaworzyna": (
        "OPS", "Ośrodek Pomocy Społecznej w Jaworzynie", "OPS Jaworzyna", OPOLSKIE,
        "Rynek 3", "46-002", "Jaworzyna", "Magda Fiołek", "Lech Ostrokrzew",
    ),
    "ops-brzozowo": (
        "OPS", "Ośrodek Pomocy Społecznej w Brzozowie", "OPS Brzozowo", OPOLSKIE,
        "ul. Krótka 5", "46-001", "Brzozowo", "Krystyna Wrzos", "Adam Leszczyna",
    ),
    "pup-wierzbowiec": (
        "PUP", "Powiatowy Urząd Pracy w Wierzbowcu", "PUP Wierzbowiec", LUBELSKIE,
        "ul. Kolejowa 9", "22-003", "Wierzbowiec", "Natalia Krokus", "Jacek Żarnowiec",
    ),
    "pup-jaworzyna": (
        "PUP", "Powiatowy Urząd Pracy w Jaworzynie", "PUP Jaworzyna", OPOLSKIE,
        "ul. Dworcowa 5", "46-002", "Jaworzyna", "Karol Chaber", "Elżbieta Ostróżka",
    ),
}  # fmt: skip


def present() -> bool:
    """Whether the country is in this demo; the small one goes without."""
    return User.objects.filter(email=UNITS[0].email("manager")).exists()
