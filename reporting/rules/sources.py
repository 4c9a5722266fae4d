"""What a cell of a report may be filled from: each source with its measure and definition.

A layout is data and may change without a release; what can be counted is code, and this is its list. A source
that is not counted is typed: the system cannot know it. Two cells with the same source and the same narrowing
say the same, in whatever layout they stand, so that one layout can be filled from another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from participants.rules.ages import AGES
from participants.rules.codes import Group, UnitType
from reporting.rules.definitions import Measure


class About(StrEnum):
    """Whom a counted cell can list; a cell of typed or added up values lists nobody."""

    PERSONS = "persons"
    STAFF = "staff"
    NOBODY = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what a source may be narrowed; without codes any text narrows, as keys of services do."""

    label: str
    codes: tuple[str, ...]

    def knows(self, code: str) -> bool:
        return not self.codes or code in self.codes


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One thing that can be said of a year; there is one of each."""

    key: str
    label: str
    definition: str
    measure: Measure
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    counted: bool = True
    about: About = About.NOBODY
    # In which reports it may stand; what a club pays is nothing (art. 18).
    units: frozenset[UnitType] = frozenset(UnitType)
    # What each of its cells has to say, because the codes do not add up to a whole.
    asks: tuple[str, ...] = ()
    # A form of its own for what no list foresees: two such cells say nothing of each other.
    loose: bool = False


def _codes(label: str, codes: str) -> Dimension:
    """A dimension with its codes; a dash stands for what nobody wrote down."""
    return Dimension(label, tuple("" if one == "-" else one for one in codes.split()))


SEX: Final = _codes("płeć", "F M -")
GROUP: Final = _codes("główna grupa z art. 1 ust. 2", f"{' '.join(Group)} -")
ANY_GROUP: Final = _codes("każda grupa z art. 1 ust. 2", f"{' '.join(Group)} -")
AREA: Final = _codes("obszar", "social vocational")
# The key of the catalogue; "own" of a service that the unit added, "workshop" of a day in a workshop.
SERVICE: Final = Dimension("usługa", ())
AGE: Final = _codes("wiek od", f"{' '.join(str(one) for one in AGES)} -")
DESTINATION: Final = _codes(
    "co robi po zakończeniu",
    "open_market supported business cooperative training cis kis pension treatment inactive unknown -",
)
END_REASON: Final = _codes(
    "powód zakończenia",
    "completed job business cooperative breach abandoned statement trial_failed transfer resigned excluded"
    " death other",
)
HOW_ENDED: Final = _codes("jak się skończyło", "completed working interrupted other")
INDEPENDENT: Final = _codes("rodzaj usamodzielnienia", "open_market supported business cooperative other")
EFFECT: Final = _codes("efekt", "employment social any")
STAFF_KIND: Final = _codes(
    "stanowisko",
    "manager social_worker instructor psychologist vocational_adviser lawyer finance supported other",
)
BASIS: Final = _codes("podstawa", "employment mandate specific_work secondment b2b")
WHEN: Final = _codes("w ciągu roku czy 31 grudnia", "year end")
REFERRED_BY: Final = _codes(
    "kto skierował", "OPS CUS PCPR PUP clinic NGO prison KIS CIS self representative none"
)
PAID: Final = _codes("za co", "benefit corrected premium")
FUND_PART: Final = _codes("co to było", "refund advance given_back")
FACT: Final = _codes(
    "dana",
    "name regon nip street postcode town gmina powiat phone email founder founder_kind founder_street"
    " founder_postcode founder_town founder_nip founder_regon founder_krs number standing since times"
    " last_since until ended starts_on activity service_places",
)
GIVEN_BY: Final = _codes("kto dał", "gmina powiat voivodeship state eu pfron addiction other")
USED_FOR: Final = _codes("przeznaczenie", "equipment first_months running reintegration other")
SETTLED: Final = _codes("część rozliczenia", "granted received returned")
# The points of art. 10 ust. 6.
COST: Final = _codes(
    "na co, punkt art. 10 ust. 6 albo składki za uczestników", "1 2 3 4 5 6 7 8 9 10 insurance"
)
GRANTS: Final = "grants"
INCOME: Final = _codes("przychód", "grants fund own other")
PLAN: Final = _codes("plan, wykonanie czy preliminarz roku bieżącego", "plan done next")
WORKS: Final = _codes("działalność", "psu public_works events social_enterprise other")
WOMEN_AND_MEN: Final = _codes("płeć", "F M")
_CIS: Final = frozenset({UnitType.CIS})
_WHO: Final = MappingProxyType(
    {"sex": SEX, "group": GROUP, "any_group": ANY_GROUP, "age": AGE, "effect": EFFECT}
)


def _people(key: str, label: str, definition: str, **dimensions: Dimension) -> Source:
    """A source of persons, each once, told apart by what is known of a person."""
    return Source(
        key, label, definition, Measure.PERSONS, MappingProxyType({**_WHO, **dimensions}), about=About.PERSONS
    )


def _typed(key: str, label: str, definition: str, measure: Measure, **more: Dimension) -> Source:
    return Source(key, label, definition, measure, MappingProxyType(more), counted=False)


def _money(key: str, label: str, definition: str, **dimensions: Dimension) -> Source:
    return Source(
        key, label, definition, Measure.MONEY, MappingProxyType(dimensions), about=About.PERSONS, units=_CIS
    )


SOURCES: Final[Mapping[str, Source]] = MappingProxyType({
    one.key: one
    for one in (
        # Participants, each once
        _people(
            "participants", "Uczestnicy roku",
            "Kto choć jeden dzień roku był w okresie próbnym, okresie uczestnictwa albo przedłużeniu; w KIS"
            " kto brał udział w zajęciach. (art. 2 pkt 7, art. 15, art. 18)",
            area=AREA, source=REFERRED_BY,
        ),
        _people(
            "at_end", "Uczestnicy 31 grudnia", "Kto był uczestnikiem w ostatnim dniu roku.", area=AREA,
        ),
        _people(
            "started", "Zaczęli w roku", "Kto miał w roku pierwszy dzień zajęć.",
            area=AREA, source=REFERRED_BY,
        ),
        _people(
            "ended", "Zakończyli w roku",
            "Kto zakończył udział w roku, a był już na zajęciach. Zgodnie z programem: upływ okresu. Pracą:"
            " praca, własna działalność, spółdzielnia. Przerwaniem: naruszanie programu, opuszczenie zajęć,"
            " oświadczenie uczestnika, brak kwalifikacji po okresie próbnym. Rodzaj reintegracji: z zajęć"
            " całej sprawy. (art. 13 ust. 4 i 5)",
            area=AREA, reason=END_REASON, how=HOW_ENDED, destination=DESTINATION,
        ),
        _people(
            "independent", "Usamodzielnieni ekonomicznie",
            "Kto zakończył udział w roku i w dniu zakończenia pracował na otwartym rynku, był w zatrudnieniu"
            " wspieranym, prowadził działalność albo był w spółdzielni socjalnej, albo przy zakończeniu"
            " zapisano, że utrzymuje się bez pomocy społecznej. (art. 2 pkt 8, art. 5 ust. 6 pkt 3)",
            kind=INDEPENDENT,
        ),
        _people(
            "effects", "Osoby, które osiągnęły efekty",
            "Z osób, które zakończyły udział w roku. Zatrudnieniowy: praca, zatrudnienie wspierane, własna"
            " działalność albo spółdzielnia socjalna w dniu zakończenia. Społeczny: choć jedna potwierdzona"
            " zmiana w życiu społecznym. (art. 2 pkt 4 i 8, art. 18a ust. 6 pkt 2 lit. b)",
        ),
        _people(
            "graduates", "Absolwenci",
            "Kto w roku uzyskał status absolwenta. (art. 2 pkt 1a i 1b)",
        ),
        _people(
            "certificates", "Wydane zaświadczenia",
            "Komu w roku wydano pierwsze zaświadczenie. (art. 13 ust. 5a, art. 18 ust. 5a)",
        ),
        _people(
            "talks", "Rozmowy pół roku po zakończeniu",
            "Z kim w roku odbyto pierwszą rozmowę co najmniej 5 miesięcy po zakończeniu, i co wtedy robił.",
            situation=DESTINATION,
        ),
        _people(
            "covered", "Objęci usługami",
            "Kto w roku choć raz był na zajęciach usługi z tego obszaru, które się odbyły; dzień w"
            " pracowni albo u pracodawcy to reintegracja zawodowa, a rozmowa z karty usług liczy się do"
            " usługi o tej samej nazwie. (art. 3 ust. 1, art. 18 ust. 2)",
            area=AREA, service=SERVICE,
        ),
        Source(
            "hours", "Godziny usług",
            "Godziny dydaktyczne osób na zajęciach, które się odbyły, i na doradztwie z karty usług; godzina"
            " to 45 minut. Dni w pracowni liczą się osobno. (art. 3 ust. 1, art. 18 ust. 2)",
            Measure.HOURS, MappingProxyType({"area": AREA, "service": SERVICE, "sex": SEX, "group": GROUP}),
            about=About.PERSONS,
        ),
        Source(
            "practice", "Godziny w pracowni i u pracodawcy",
            "Godziny zegarowe obecności w pracowni albo u pracodawcy, z miesięcznych kart obecności."
            " (art. 14 ust. 1)",
            Measure.MINUTES_AS_HOURS, MappingProxyType({"sex": SEX, "group": GROUP}), about=About.PERSONS,
        ),
        Source(
            "referrals", "Skierowania", "Skierowania, które wpłynęły w roku. (art. 12)", Measure.REFERRALS,
            MappingProxyType({"source": REFERRED_BY, "sex": SEX}),
        ),
        # Staff
        Source(
            "staff", "Pracownicy",
            "Kto w roku był w kadrze choć jeden dzień, bez wolontariuszy; kto ma dwie umowy, jest jedną"
            " osobą. Przy stanie na 31 grudnia: kto był w kadrze tego dnia. Kierownicy działów, koordynator,"
            " opiekun grupy, pedagog, terapeuta i administracja to inni pracownicy."
            " (art. 5 ust. 6 pkt 1, art. 11)",
            Measure.PERSONS, MappingProxyType({"kind": STAFF_KIND, "basis": BASIS, "when": WHEN}),
            about=About.STAFF,
        ),
        Source(
            "posts", "Etaty",
            "Suma wymiarów etatu z kadry, bez wolontariuszy: 31 grudnia albo przeciętnie w roku, każdy dzień"
            " jednakowo. Stanowiska jak przy pracownikach. (art. 18a ust. 6 pkt 1)",
            Measure.POSTS, MappingProxyType({"kind": STAFF_KIND, "basis": BASIS, "when": WHEN}),
            about=About.STAFF, asks=("when",),
        ),
        Source(
            "volunteers", "Wolontariusze", "Wolontariusze, którzy byli w kadrze choć jeden dzień roku.",
            Measure.PERSONS, MappingProxyType({"when": WHEN}), about=About.STAFF,
        ),
        # Money
        _money(
            "paid", "Wypłacone świadczenia i premie",
            "Z list wypłaconych w roku, według dnia wypłaty, przed podatkiem. Wypłata, która wróciła przed"
            " końcem roku, nie jest wypłacona; wypłacona ponownie liczy się raz, w dniu ponownej wypłaty."
            " (art. 15, art. 15a, art. 10 ust. 6 pkt 1)",
            part=PAID, sex=SEX, group=GROUP,
        ),
        Source(
            "paid_people", "Osoby, którym wypłacono",
            "Komu w roku wypłacono świadczenie albo premię; każdy raz. Wypłaty, która wróciła i nie poszła"
            " ponownie, nie ma.",
            Measure.PERSONS, MappingProxyType({"part": PAID, "sex": SEX, "group": GROUP}),
            about=About.PERSONS, units=_CIS,
        ),
        Source(
            "payments", "Liczba wypłat",
            "Ile razy w roku wypłacono świadczenie albo premię; jedna pozycja listy to jedna wypłata."
            " Wypłaty, która wróciła i nie poszła ponownie, nie ma.",
            Measure.NUMBER, MappingProxyType({"part": PAID}), about=About.PERSONS, units=_CIS,
        ),
        Source(
            "contributions", "Składki za uczestników",
            "Składki społeczne od świadczeń z list wypłaconych w roku, także gdy wypłata wróciła: ZUS"
            " należą się dalej. (art. 15 ust. 8)",
            Measure.MONEY, about=About.PERSONS, units=_CIS,
        ),
        Source(
            "fund", "Pieniądze z Funduszu Pracy",
            "Wpłaty urzędu pracy z roku według dnia wpłaty; zwroty do urzędu stoją osobno i nie pomniejszają"
            " ich. Cofniętych wpłat nie ma. (art. 10 ust. 1 pkt 4, art. 15 ust. 8)",
            Measure.MONEY,
            MappingProxyType({"part": FUND_PART}),
            units=_CIS,
        ),
        # What stands in the unit's data and the register
        Source(
            "identity", "Dane jednostki", "Z danych jednostki i rejestru wojewody, na 31 grudnia roku.",
            Measure.TEXT,
            MappingProxyType({"what": FACT}), asks=("what",),
        ),
        # Typed: the system cannot know
        _typed(
            GRANTS, "Dotacje",
            "Dotacje za rok, według tego, kto dał: przyznane, otrzymane i zwrócone z tych dotacji, także po"
            " końcu roku. Pieniądze gminy z programu przeciw uzależnieniom stoją tylko w jego wierszu, a"
            " pozostałe tylko w wierszu „Gmina”. (art. 5 ust. 4 pkt 2, art. 7, 8, 10)",
            Measure.MONEY, source=GIVEN_BY, part=SETTLED,
        ),
        _typed(
            "grants_used", "Wykorzystanie dotacji", "Ile dotacji wykorzystano w roku i na co.", Measure.MONEY,
            source=GIVEN_BY, use=USED_FOR,
        ),
        _typed(
            "income", "Przychody", "Przychody związane z usługami z art. 3 ust. 1, według źródła."
            " (art. 10 ust. 1 i 2)", Measure.MONEY, source=INCOME, year=PLAN,
        ),
        _typed(
            "costs", "Koszty", "Koszty działalności, a osobno składki społeczne za uczestników, które zwraca"
            " Fundusz Pracy. (art. 10 ust. 6, art. 15 ust. 8)", Measure.MONEY,
            head=COST, year=PLAN,
        ),
        _typed(
            "volunteers_by_sex", "Wolontariusze według płci",
            "Kadra nie ma wpisanej płci; razem ma być tyle, ilu wolontariuszy policzono.",
            Measure.PERSONS, sex=WOMEN_AND_MEN,
        ),
        _typed(
            "works_people", "Inna działalność: osoby",
            "Osoby spoza uczestników zajęć albo ich dodatkowe prace, których wzór nie przewiduje.",
            Measure.PERSONS, what=WORKS, sex=WOMEN_AND_MEN,
        ),
        _typed("works_hours", "Inna działalność: godziny", "Ile godzin przepracowano.",
               Measure.MINUTES_AS_HOURS, what=WORKS),
        _typed("works_number", "Inna działalność: ile razy", "Ile było wydarzeń albo umów.",
               Measure.NUMBER, what=WORKS),
        Source(
            "words", "Opis", "Wpisuje jednostka.", Measure.TEXT, MappingProxyType({"what": WORKS}),
            counted=False, loose=True,
        ),
        *(
            Source(
                f"typed_{key}", f"Wpisywane: {measure.value}", "Wpisuje jednostka.", measure, counted=False,
                loose=True,
            )
            for key, measure in (
                ("persons", Measure.PERSONS), ("hours", Measure.MINUTES_AS_HOURS), ("money", Measure.MONEY),
                ("number", Measure.NUMBER), ("posts", Measure.POSTS), ("places", Measure.PLACES),
                ("days", Measure.DAYS),
            )
        ),
    )
})  # fmt: skip
