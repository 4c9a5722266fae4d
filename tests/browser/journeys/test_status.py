"""The status of a CIS: the application point by point, what the office calls for, the decision, the entry."""

from typing import Any

from playwright.sync_api import expect

from reintegration.core import clock
from reintegration.core.formats import format_long_date, format_table_date
from reporting.models import RegisterEntry, StatusApplication
from reporting.rules import procedures as rules
from reporting.rules.procedures import Way
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.test_register import paper_of_one_page
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.reporting.procedures_made import ANSWERS

CENTRE = "Centrum Integracji Społecznej „Nowy Most”"
WORDS = {
    "3": "Osoby długotrwale bezrobotne i osoby w kryzysie bezdomności.",
    "5": "Przyuczenie w stolarni i w kuchni, warsztaty umiejętności społecznych.",
    "6": "Dwóch instruktorów zawodu, doradca zawodowy, pracownik socjalny, psycholog.",
    "6a": "Umowy o pracę, cztery na cały etat i jedna na pół etatu.",
    "7": "Pięć dni w tygodniu po 6 godzin, dwie pracownie i grupa wsparcia.",
    "8": "Praktyki u pracodawców od siódmego miesiąca.",
    "9": "Wynagrodzenia, czynsz, materiały do pracowni, posiłki.",
    "10": "Wyposażenie stolarni i samochód.",
    "11": "Gminny program profilaktyki i przeciwdziałania wykluczeniu.",
}
NUMBERS = {
    "participants": "25",
    "staff": "6",
    "trained": "20",
    "employed": "8",
    "independent": "5",
    "costs": "640000",
    "reintegration": "410000",
    "own": "90000",
}
MISSING = "W punkcie 6 brakuje kwalifikacji."
STAFF = "Instruktor stolarstwa, kwalifikacje czeladnicze."
NUMBER = "5/2026"
DECISION = "PS.5.2026"


def begins(unit: Desk) -> None:
    unit.goes("Ustawienia")
    unit.follows("Wpis w rejestrze", exact=False)
    unit.follows("Wniosek o status")
    unit.faultless()
    unit.presses("Zacznij wniosek")
    unit.sees("Brakuje:")
    unit.faultless()
    unit.picture("status-punkty")


def typed(value: Any) -> str:
    return value if isinstance(value, str) else format_table_date(value)


def writes_point(unit: Desk, point: rules.Point) -> None:
    """What the centre has to say; what the program knew stands there already."""
    if point.way is Way.PAPER:
        unit.brings("Plik", "papier.pdf", paper_of_one_page())
        return
    for number in point.numbers:
        unit.writes(number.label, NUMBERS[number.key])
    said = {"words": WORDS[point.code]} if point.way is Way.WORDS else ANSWERS[point.code]
    for name, value in said.items():
        field = unit.page.locator(f"main form [name={name}]")
        if name == "founder_kind":
            expect(field.and_(unit.page.locator(f"[value={value}]"))).to_be_checked()
        elif name != "name" and field.input_value() != typed(value):
            unit.writes_in(field, typed(value))


def answers(unit: Desk) -> None:
    """From one point to the next, as the button leads."""
    unit.follows("Odpowiedz na punkt 1")
    codes = [one.code for one in rules.points_for(local=False, powiat=False)]
    for code in codes[:-1]:
        unit.sees(f"Punkt {code}.")
        writes_point(unit, rules.BY_CODE[code])
        if code == "3":
            unit.faultless()
            unit.picture("status-punkt")
        unit.presses("Zapisz i dalej")
    unit.sees("Opinia starosty")
    writes_point(unit, rules.BY_CODE[codes[-1]])
    unit.presses("Dodaj załącznik")
    unit.sees("Wszystkie punkty są gotowe.")


def sends(unit: Desk) -> None:
    unit.reads_paper("Pobierz PDF", "Szkic.", WORDS["5"], "Opinia starosty")
    unit.follows("Wyślij do urzędu")
    unit.presses("Wyślij")
    unit.sees("Urząd ma czas do")


def calls(office: Desk) -> None:
    office.goes("Wnioski CIS")
    office.sees("zostało")
    office.follows(CENTRE)
    office.sees(WORDS["5"])
    office.faultless()
    office.picture("status-urzad")
    assert office.fetches("Opinia starosty").startswith(b"%PDF")
    office.follows("Wezwij do uzupełnienia")
    office.writes("Czego brakuje", MISSING)
    office.presses("Wyślij wezwanie")
    office.reads_paper("Wezwanie do uzupełnienia", MISSING, "14 dni", exact=False)


def completes(unit: Desk) -> None:
    unit.goes("Pulpit")
    unit.follows("Uzupełnij", exact=False)
    unit.sees(MISSING, "termin nie biegnie")
    unit.faultless()
    unit.picture("status-wezwanie")
    unit.follows("Potwierdź odbiór")
    unit.presses("Potwierdź odbiór")
    unit.follows("6. Pracownicy")
    unit.writes("Opis", STAFF)
    unit.presses("Zapisz punkt")
    unit.follows("Wyślij uzupełnienie")
    unit.presses("Wyślij")


def decides(office: Desk) -> None:
    office.goes("Wnioski CIS")
    office.follows(CENTRE)
    office.sees(STAFF)
    office.follows("Nadaj status")
    office.writes("Numer w rejestrze", NUMBER)
    office.writes("Numer decyzji", DECISION)
    office.faultless()
    office.picture("status-decyzja")
    office.presses("Nadaj status")
    office.reads_paper(f"Decyzja {DECISION}", "nadaje się status", NUMBER, "14 dni")


def finds_the_entry(office: Desk) -> None:
    office.goes("Rejestr CIS")
    office.goes("Kończące się statusy")
    office.goes("Rejestr CIS")
    office.follows(CENTRE)
    office.sees(NUMBER, DECISION)


def reads_the_decision(unit: Desk) -> None:
    unit.goes("Ustawienia")
    unit.follows("Wpis w rejestrze", exact=False)
    unit.follows("Wniosek o status CIS")
    unit.reads_paper(f"Decyzja {DECISION}", "nadaje się status", "na okres 5 lat")
    unit.goes("Ustawienia")
    unit.follows("Wpis w rejestrze", exact=False)
    unit.sees(NUMBER, format_long_date(clock.today()))
    expect(unit.main).to_contain_text("Status do")
    unit.faultless()
    unit.picture("status-wpis")


@variants("phone-script")
def test_a_status(begin: Begin, cast: World, variant: Variant) -> None:
    walk = begin("status")
    unit, office = walk.sits("ewa"), walk.sits("maria")
    with walk.step("Centrum: początek wniosku"):
        begins(unit)
    with walk.step("Centrum: punkt po punkcie"):
        answers(unit)
    with walk.step("Centrum: wysłanie"):
        sends(unit)
    with walk.step("Urząd: czy wniosek jest kompletny"):
        calls(office)
    with walk.step("Centrum: uzupełnienie"):
        completes(unit)
    with walk.step("Urząd: decyzja"):
        decides(office)
    with walk.step("Urząd: wpis w rejestrze"):
        finds_the_entry(office)
    with walk.step("Centrum: decyzja i wpis"):
        reads_the_decision(unit)
    walk.ends()
    with cast.scope("office", "maria"):
        assert StatusApplication.objects.get().state == "done"
        assert RegisterEntry.objects.get().joined_id == cast.cis.pk
