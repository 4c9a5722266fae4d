"""Readings: points that the act leaves open and that each unit decides for itself.

The list is benefit-spec 4. A reading has a value from the first day of a month on; months that are
approved already keep theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reintegration.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ReadingSpec:
    """One open point: the question, its answers, and why the act does not settle it."""

    key: str
    label: str
    explanation: str
    article: str
    options: tuple[Option, ...]
    # The most literal answer; None where the unit has to choose before its first payroll.
    default: str | None

    def label_of(self, value: str) -> str:
        return next(one.label for one in self.options if one.value == value)


def _reading(
    key: str, label: str, *, article: str, explanation: str, default: str | None, **options: str
) -> ReadingSpec:
    answers = tuple(Option(value, text) for value, text in options.items())
    return ReadingSpec(key, label, explanation, article, answers, default)


_ALL = (
    _reading(
        "rate_rounding",
        "zaokrąglanie pełnej kwoty świadczenia",
        article="art. 15 ust. 4; dawny art. 81 ustawy o promocji zatrudnienia",
        explanation=(
            "120% zasiłku nie zawsze jest kwotą z pełnymi dziesiątkami groszy. Ustawa nie mówi, czy ją "
            "zaokrąglić. Część urzędów pracy zaokrągla w górę do 10 groszy, tak jak dawniej zasiłki. "
            "Różnica to najwyżej 9 groszy na osobę, ale lista musi się zgodzić z PUP. Zapytaj swój PUP."
        ),
        default=None,
        exact="dokładnie, bez zaokrąglania",
        up10="w górę do 10 groszy",
    ),
    _reading(
        "payout_rounding",
        "zaokrąglanie kwoty do wypłaty",
        article="art. 15 ust. 6–7a",
        explanation=(
            "Po potrąceniach zostają części grosza. Ustawa nie podaje reguły. Domyślnie zaokrąglamy raz, "
            "na końcu."
        ),
        default="grosz",
        grosz="do grosza, raz na końcu",
        up10="w górę do 10 groszy",
    ),
    _reading(
        "fraction_base",
        "od jakiej kwoty liczyć 1/20 i 1/40",
        article="art. 15 ust. 7 i 7a",
        explanation=(
            "„Świadczenie ulega zmniejszeniu o 1/20”: w niepełnym miesiącu może chodzić o pełną kwotę "
            "miesięczną albo o kwotę za przypadające dni. W pełnym miesiącu wynik jest ten sam."
        ),
        default="full",
        full="od pełnej kwoty miesięcznej",
        prorated="od kwoty za dni, za które się należy",
    ),
    _reading(
        "unexcused_over_limit",
        "kiedy przepada miesiąc przez nieobecności",
        article="art. 15 ust. 7",
        explanation=(
            "Świadczenie przepada przy nieobecności „trwającej dłużej niż 3 dni w miesiącu”. Można liczyć "
            "wszystkie dni nieusprawiedliwione w miesiącu albo tylko dni następujące po sobie."
        ),
        default="total",
        total="więcej niż 3 dni razem w miesiącu",
        consecutive="więcej niż 3 dni zajęć z rzędu",
    ),
    _reading(
        "sick_day_count",
        "które dni choroby się liczą",
        article="art. 15 ust. 7a",
        explanation=(
            "Przepis mówi o „każdym dniu niezdolności”. Zwolnienie obejmuje też soboty i niedziele, a "
            "zajęć wtedy nie ma."
        ),
        default="calendar",
        calendar="wszystkie dni kalendarzowe zwolnienia",
        **{"class": "tylko dni, w których są zajęcia"},
    ),
    _reading(
        "sick_pool",
        "limit dni choroby przy przedłużeniu",
        article="art. 15 ust. 3 i 7a",
        explanation=(
            "Limit dotyczy „okresu uczestnictwa, o którym mowa w ust. 3”. Ust. 3 mówi też o przedłużeniu: "
            "limit może być jeden na całość albo nowy od dnia przedłużenia."
        ),
        default="single",
        single="jeden limit na cały okres",
        per_extension="nowy limit od dnia przedłużenia",
    ),
    _reading(
        "sick_trial",
        "choroba w okresie próbnym",
        article="art. 15 ust. 1 i 7a",
        explanation=(
            "Potrącenie 1/40 dotyczy tylko okresu po próbnym. O chorobie w okresie próbnym ustawa milczy. "
            "Domyślnie nic nie potrącamy."
        ),
        default="full",
        full="bez potrącenia",
        per_30="1/30 za dzień",
        per_40="1/40 za dzień",
    ),
    _reading(
        "sick_over",
        "choroba ponad limit",
        article="art. 15 ust. 6 i 7a",
        explanation=(
            "„Za każdy kolejny dzień świadczenie nie przysługuje”, ale ustawa nie mówi, ile jest wart taki "
            "dzień. Wyniki różnią się w miesiącach, które nie mają 30 dni."
        ),
        default="per_30",
        per_30="odjąć 1/30 pełnej kwoty za dzień",
        days_due="policzyć miesiąc bez tych dni",
        per_20="odjąć 1/20 pełnej kwoty za dzień",
    ),
    _reading(
        "excused_other",
        "inne usprawiedliwione nieobecności",
        article="art. 15; regulamin jednostki (art. 4 ust. 2 pkt 12)",
        explanation=(
            "O wezwaniu do sądu, opiece czy wizycie w urzędzie ustawa milczy. Rodzaje nieobecności mogą "
            "mieć własną regułę; ta działa, gdy rodzaj jej nie ma."
        ),
        default="full",
        full="bez potrącenia",
        per_30="1/30 za dzień",
    ),
    _reading(
        "trial_end",
        "ostatni dzień okresu próbnego",
        article="art. 15 ust. 1; art. 112 Kodeksu cywilnego",
        explanation=(
            "Okres próbny „trwa 1 miesiąc”. Początek 15 października: koniec 14 albo 15 listopada. Od tego "
            "zależą dni wolne, limit choroby i premia."
        ),
        default="day_before",
        day_before="dzień przed tą samą datą następnego miesiąca",
        same_day="ta sama data następnego miesiąca",
    ),
    _reading(
        "premium_cap",
        "od jakiej kwoty liczyć górną granicę premii",
        article="art. 15a ust. 2",
        explanation=(
            "Premia nie może przekroczyć 100% „wysokości świadczenia, o którym mowa w art. 15 ust. 4”. To "
            "pełna kwota miesięczna; ostrożniej można liczyć od kwoty po potrąceniach."
        ),
        default="full",
        full="od pełnej kwoty miesięcznej",
        due="od kwoty po potrąceniach",
    ),
)
READINGS: Mapping[str, ReadingSpec] = MappingProxyType({one.key: one for one in _ALL})
DEFAULTS: Mapping[str, str] = MappingProxyType(
    {one.key: one.default for one in _ALL if one.default is not None}
)


class NotChosen(InputError):
    """A reading without a default was asked for before the unit chose."""

    def __init__(self, found: ReadingSpec) -> None:
        super().__init__(f"Jednostka nie wybrała jeszcze odczytu „{found.label}” ({found.key}).")


def require(readings: Mapping[str, str], key: str) -> str:
    """The value of a reading, refused while the unit has not chosen it."""
    if key not in readings:
        raise NotChosen(READINGS[key])
    return readings[key]


def checked(key: str, value: str) -> str:
    """A value that the reading knows."""
    found = READINGS.get(key)
    if found is None:
        raise InputError("Nie ma takiego odczytu. Wróć do listy odczytów.")
    if value not in {one.value for one in found.options}:
        raise InputError("Wybierz jedną z podanych odpowiedzi.")
    return value
