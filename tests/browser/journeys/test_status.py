"""The status of a CIS: the application point by point, its decision and entry; more years, and a refusal."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from reintegration.core import clock
from reintegration.core.formats import format_long_date, format_table_date
from reporting.models import RegisterEntry, StatusApplication, StatusDecision
from reporting.rules import procedures as rules
from reporting.rules.procedures import Way
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.test_register import paper_of_one_page
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.reporting.procedures_made import ANSWERS, granted, handed_in

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


# Years before the day of the journey: the status runs out in the spring that follows.
BEFORE = date(2022, 5, 2)
OTHER = "Centrum Integracji Społecznej „Warsztat”"
LONGER, REFUSED = "PS.7.2026", "PS.8.2026"
REASONS = "Opinia starosty jest negatywna, a w lokalu nie ma pracowni."


def years_ago(cast: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One centre has had its status for four years and a half; another one asks for its first."""
    now = clock.now().isoformat()
    monkeypatch.setenv(clock.VARIABLE, BEFORE.isoformat())
    with cast.scope("cis", "ewa"):
        made = handed_in()
    with cast.scope("office", "maria"):
        granted(made.pk)
    monkeypatch.setenv(clock.VARIABLE, now)
    with cast.scope("other_cis", "teresa"):
        handed_in()


def own_entry(unit: Desk) -> None:
    unit.goes("Ustawienia")
    unit.follows("Wpis w rejestrze", exact=False)


def asks_for_more(unit: Desk) -> None:
    """What was answered years ago stands there; papers are new ones."""
    own_entry(unit)
    unit.follows("Wniosek o przedłużenie")
    unit.presses("Zacznij wniosek")
    unit.sees("Brakuje: 3 punkty.", ANSWERS["3"]["words"])
    unit.faultless()
    unit.picture("przedluzenie-wniosek")
    unit.follows("Odpowiedz na punkt 12")
    for button in ("Zapisz i dalej", "Zapisz i dalej", "Dodaj załącznik"):
        unit.brings("Plik", "papier.pdf", paper_of_one_page())
        unit.presses(button)
    unit.follows("Wyślij do urzędu")
    unit.presses("Wyślij")


def prolongs(office: Desk) -> None:
    office.goes("Wnioski CIS")
    office.follows(CENTRE)
    office.sees("Sprawozdania z 3 ostatnich lat", "Za 2025")
    office.follows("Przedłuż status")
    office.writes("Numer decyzji", LONGER)
    office.chooses("Wzięto pod uwagę sprawozdania z 3 ostatnich lat")
    office.faultless()
    office.picture("przedluzenie-decyzja")
    office.presses("Przedłuż status")
    office.reads_paper(f"Decyzja {LONGER}", "przedłuża się status", "od 02.05.2027 do 01.05.2032")


def refuses(office: Desk) -> None:
    office.goes("Wnioski CIS")
    office.follows(OTHER)
    office.follows("Odmów")
    office.writes("Numer decyzji", REFUSED)
    office.writes("Uzasadnienie", REASONS)
    office.faultless()
    office.picture("odmowa-decyzja")
    office.presses("Wydaj decyzję odmowną")
    office.reads_paper(f"Decyzja o odmowie {REFUSED}", "odmawia się nadania statusu", REASONS, "14 dni")


def appeals(office: Desk) -> None:
    """The minister reverses the refusal, so the office decides anew."""
    office.goes("Wnioski CIS")
    # What was decided is not among what waits.
    if office.page.locator("summary", has_text="Filtry").is_visible():
        office.unfolds("Filtry")
    office.picks_in(office.main.get_by_label("Stan"), "odmowa")
    # A script narrows the list while one chooses, and puts it anew under the focus.
    if office.script:
        office.page.wait_for_url("**stan=refused**")
        office.page.wait_for_load_state("networkidle")
    else:
        office.presses("Pokaż")
    office.follows(OTHER)
    office.follows("Zapisz odwołanie")
    office.chooses_in(office.page.locator("main form [name=kind]").first)
    office.presses("Zapisz odwołanie")
    office.follows("Wpisz wynik odwołania")
    office.chooses("decyzja uchylona")
    office.presses("Zapisz wynik")
    office.sees("zostało")


@variants("desktop-plain")
def test_a_status_goes_on_and_another_is_refused(
    begin: Begin, cast: World, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    years_ago(cast, monkeypatch)
    walk = begin("przedluzenie-statusu")
    unit, other, office = walk.sits("ewa"), walk.sits("teresa"), walk.sits("maria")
    with walk.step("Urząd: komu kończy się status"):
        office.goes("Kończące się statusy")
        office.sees(ANSWERS["2"]["name"], "01.05.2027")
        office.picture("przedluzenie-konczace")
    with walk.step("Centrum: wniosek o przedłużenie"):
        asks_for_more(unit)
    with walk.step("Urząd: przedłużenie"):
        prolongs(office)
    with walk.step("Centrum: nowy koniec"):
        own_entry(unit)
        unit.sees("1 maja 2032")
        unit.follows("Wniosek o przedłużenie statusu", exact=False)
        unit.reads_paper(f"Decyzja {LONGER}", "przedłuża się status")
        own_entry(unit)
    with walk.step("Urząd: odmowa"):
        refuses(office)
    with walk.step("Centrum: odmowa"):
        own_entry(other)
        other.notes()
        other.follows("Wniosek o status CIS")
        other.reads_paper(f"Decyzja o odmowie {REFUSED}", REASONS)
    with walk.step("Urząd: odwołanie"):
        appeals(office)
    walk.ends()
    with cast.scope("office", "maria"):
        kinds = StatusDecision.objects.order_by("since").values_list("kind", "until")
        assert list(kinds) == [("granted", date(2027, 5, 1)), ("prolonged", date(2032, 5, 1))]
        assert StatusApplication.objects.get(unit=cast.organisations["other_cis"].pk).state == "sent"
