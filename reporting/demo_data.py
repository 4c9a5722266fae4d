"""Registers of two voivodeships: 33 CIS and 28 KIS, all invented; the demo's own are linked."""

from datetime import timedelta

from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import ORGANISATIONS, id_of
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.models import Organisation, Unit
from reintegration.tenancy.scope import scope
from reporting import (  # noqa: F401 - they declare their steps
    demo_country,
    demo_graduates,
    demo_inspections,
    demo_procedures,
    demo_reports,
    demo_season,
    demo_totals,
)
from reporting.enums import EndReason, FounderForm
from reporting.models import RegisterEntry
from reporting.rules import registers as rules
from reporting.services import registers

# office: (who works there, units of the demo, towns, how many CIS and KIS in all)
OFFICES = {
    "uw-lubelski": (
        "maria.sosna@uw-lubelski.example",
        ("nowymost", "przystan"),
        ("Modrzewno", "Jodłów", "Wierzbowiec", "Świerkowo", "Rokitowo", "Olszyny", "Brzezina", "Lipnik"),
        20,
        16,
    ),
    "uw-opolski": (
        "dorota.olcha@uw-opolski.example",
        ("warsztat",),
        ("Brzozowo", "Klonowa", "Jaworzyna", "Grabów", "Topolin", "Kalinów"),
        13,
        12,
    ),
}
# The invented powiats of the invented towns.
POWIATS = {
    "Modrzewno": "modrzewski", "Jodłów": "jodłowski", "Wierzbowiec": "wierzbowiecki",
    "Świerkowo": "świerkowski", "Rokitowo": "wierzbowiecki", "Olszyny": "świerkowski",
    "Brzezina": "jodłowski", "Lipnik": "modrzewski",
    "Brzozowo": "brzozowski", "Klonowa": "brzozowski", "Jaworzyna": "jaworzyński", "Grabów": "jaworzyński",
    "Topolin": "topoliński", "Kalinów": "topoliński",
}  # fmt: skip
NAMES = (
    "Stary Młyn", "Zielony Krąg", "Spichlerz", "Wspólna Droga", "Przystanek", "Nowy Start", "Łan", "Kuźnia",
    "Latarnia", "Dobry Początek", "Pod Lipą", "Krok Dalej", "Ogród", "Tkalnia", "Mosty", "Drugi Brzeg",
    "Zaczyn", "Kompas", "Rzemyk", "Wiatrak",
)  # fmt: skip
WORK = ("stolarnia i meble", "kuchnia i catering", "zieleń i ogrody", "krawiectwo", "prace porządkowe")
# In turn; of the founders of clubs three in five are gminas, and the others associations and foundations.
FOUNDERS = {
    UnitType.CIS: (
        ("Fundacja", "ngo"), ("Gmina", "local_government"), ("Spółdzielnia Socjalna", "cooperative"),
    ),
    UnitType.KIS: (
        ("Gmina", "local_government"), ("Fundacja", "ngo"), ("Gmina", "local_government"),
        ("Stowarzyszenie", "ngo"), ("Gmina", "local_government"),
    ),
}  # fmt: skip


@demo_step("registers of two voivodeships", order=90)
def load_registers() -> None:
    for office, (email, units, towns, cis, kis) in OFFICES.items():
        user_id = demo_id(f"person:{email}")
        with scope(organisation_id=id_of(office), user_id=user_id, source="demo"):  # type: ignore[arg-type]
            if RegisterEntry.objects.exists():
                continue
            held = [_of_demo(key, place) for place, key in enumerate((*units, *_country_units(office)))]
            for unit_type, many in ((UnitType.CIS, cis), (UnitType.KIS, kis)):
                for place in range(many - held.count(unit_type)):
                    _invented(unit_type, place, towns, len(held))


def _country_units(office: str) -> list[str]:
    if not country.present():
        return []
    here = country.LUBELSKIE if office == "uw-lubelski" else country.OPOLSKIE
    # Those of the small demo are named above, or wait to be entered.
    return [unit.key for unit in country.UNITS if unit.voivodeship == here and unit.key not in ORGANISATIONS]


def _of_demo(key: str, place: int) -> UnitType:
    """A unit of the demo, linked to its entry; its status runs out within a year. Says what it is."""
    found = Organisation.objects.get(pk=id_of(key))
    unit = Unit.objects.select_related("founder").get(pk=found.pk)
    since = add_months(clock.today(), -54 + place)
    number = f"{place + 1}/{since.year}"
    entry = registers.enter(
        unit_type=UnitType(unit.unit_type), number=number, decision=f"PS.{number}", decided_on=since,
        since=since, name=found.name, street=found.street, postcode=found.postcode,
        town=found.town, **_place(found.town), starts_on=since,
        activity=WORK[0] if unit.unit_type == UnitType.CIS else "",
        founder_name=unit.founder.name, founder_kind=unit.founder.kind, founder_town=unit.founder.town,
        founder_form=_form(UnitType(unit.unit_type), unit.founder.kind),
    )  # fmt: skip
    registers.link(entry_id=entry.pk, unit_id=unit.pk)
    return UnitType(unit.unit_type)


def _form(unit_type: UnitType, founder_kind: str, place: int = 0) -> str:
    """A gmina runs its club in its welfare centre, one in eight in its office."""
    if unit_type is not UnitType.KIS or founder_kind != "local_government":
        return ""
    return FounderForm.IN_OFFICE if place % 8 == 7 else FounderForm.IN_OPS  # noqa: PLR2004


def _place(town: str) -> dict[str, str]:
    powiat = POWIATS.get(town)
    return {"gmina": town, "powiat": f"powiat {powiat}"} if powiat else {}


def _invented(unit_type: UnitType, place: int, towns: tuple[str, ...], taken: int) -> None:
    """A unit outside the program; the statuses of CIS run out at different times."""
    since = add_months(clock.today(), -(3 + place * 3)) + timedelta(days=place % 9)
    founders = FOUNDERS[unit_type]
    founder, kind = founders[place % len(founders)]
    town = towns[place % len(towns)]
    name = NAMES[place % len(NAMES)] if unit_type is UnitType.CIS else NAMES[-1 - place % len(NAMES)]
    number = f"{place + 1 + taken}/{since.year}"
    entry = registers.enter(
        unit_type=unit_type, number=number, decision=f"PS.{number}", decided_on=since, since=since,
        name=f"{unit_type} „{name}”", street=f"ul. Wymyślona {place + 1}", town=town,
        **_place(town),
        postcode=f"2{place % 10}-1{place:02}", phone=f"8100000{place:02}",
        email=f"{unit_type.lower()}{place}@rejestr.example",
        starts_on=since, activity=WORK[place % len(WORK)] if unit_type is UnitType.CIS else "",
        founder_name=f"{founder} „{name}”" if kind != "local_government" else f"{founder} {town}",
        founder_kind=kind, founder_town=town, founder_form=_form(unit_type, kind, place),
    )  # fmt: skip
    _later(unit_type, place, entry)


def _later(unit_type: UnitType, place: int, entry: RegisterEntry) -> None:
    """What was decided afterwards: old statuses were prolonged, one unit of either kind has gone."""
    if unit_type is UnitType.CIS and place * 3 > 51:
        last = rules.valid_until(registers.decided(entry)) or clock.today()
        day = min(clock.today(), last) - timedelta(days=40)
        registers.prolong(entry_id=entry.pk, number=f"PS.P.{entry.number}", decided_on=day)
    if place == 10:
        reason = EndReason.FOUNDER_ASKED if unit_type is UnitType.CIS else EndReason.CLOSED
        day = clock.today() - timedelta(days=100)
        registers.end(entry_id=entry.pk, reason=reason, number="PS.K.10", decided_on=day, since=day)
