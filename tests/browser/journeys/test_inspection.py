"""An inspection: from the authorisation and a look into a file to a recommendation that was carried out."""

from hashlib import sha256

from playwright.sync_api import expect

from reporting.models import Inspection
from reporting.services import registers
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.reporting.inspections_made import files
from tests.reporting.made import entered

CENTRE = "CIS „Nowy Most”"
NUMBER = "PS.8.2026"
NAMES = (
    "Anna Kanarek", "Bronisław Żuraw", "Cecylia Wilga", "Daniel Kos", "Elżbieta Sowa", "Feliks Czyżyk",
)  # fmt: skip
IN_FILE = "Nie ma oceny programu za lipiec."
IN_POINT = "W rejestrze jest dawny numer telefonu."
FINDINGS = "Sprawdzono akta i dane w rejestrze."
OBJECTION = "Numer telefonu zgłosiliśmy w maju."
STAND = "Zgłoszenie jest w aktach. Ocena nadal jest potrzebna."
WANTED = "Uzupełnić ocenę programu za lipiec."
ANSWER = "Ocenę wpisano i podpisano."


def prepares(office: Desk) -> None:
    office.goes("Rejestr CIS")
    office.follows(CENTRE)
    office.follows("Przygotuj kontrolę")
    office.writes("Znak sprawy", NUMBER)
    office.writes("Numer upoważnienia", "12/2026")
    office.chooses("nadzór nad CIS (art. 5b ustawy o zatrudnieniu socjalnym)")
    office.faultless()
    office.picture("kontrola-nowa")
    office.presses("Zapisz kontrolę")
    office.sees("przygotowywana", "12/2026")


def draws(office: Desk) -> None:
    office.takes_step("Otwórz dostęp")
    office.sees("dostęp jeszcze 14 dni")
    office.follows("Wylosuj akta")
    office.sees("6 spraw")
    office.faultless()
    office.presses("Wylosuj akta")
    office.sees("Wylosowano z 6 akt okresu")


def checks(office: Desk) -> None:
    office.follows_in(office.page.locator("#proba tbody th a").first)
    office.sees("Wgląd trafił do dziennika jednostki")
    office.faultless()
    office.follows("Wpisz wynik")
    office.chooses("uchybienie")
    office.writes_in(office.page.locator("[name=words]"), IN_FILE)
    office.presses("Zapisz wynik")
    office.follows("Sprawdź następny punkt")
    office.picture("kontrola-punkt")
    office.chooses("uchybienie")
    office.writes_in(office.page.locator("[name=words]"), IN_POINT)
    office.faultless()
    office.presses("Zapisz odpowiedź")
    office.sees("Punkt D2")


def sees_the_looks(unit: Desk) -> None:
    unit.goes("Pulpit")
    unit.follows(f"Kontrola {NUMBER}", exact=False)
    unit.sees("Urząd ma wgląd w akta z próby", "Stefan Jawor")
    expect(unit.page.locator("#wglady tbody tr")).to_have_count(1)
    # What was found comes with the protocol.
    expect(unit.main).not_to_contain_text(IN_FILE)
    unit.faultless()


def hands_over(office: Desk) -> None:
    office.goes("Kontrole")
    office.follows(NUMBER)
    office.follows("Napisz protokół")
    office.sees(IN_FILE, IN_POINT)
    office.writes("Ustalenia", FINDINGS)
    office.faultless()
    office.presses("Przekaż protokół")
    office.sees("jeszcze nie potwierdzono")


def objects(unit: Desk) -> None:
    unit.goes("Pulpit")
    unit.follows(f"Protokół kontroli {NUMBER}", exact=False)
    unit.sees(IN_FILE, IN_POINT)
    digest = unit.page.locator("#protokol code").inner_text()
    assert sha256(unit.fetches("Pobierz zestaw dowodów (PDF)")).hexdigest() == digest
    unit.reads_paper("Pobierz protokół (PDF)", FINDINGS, IN_FILE, digest)
    unit.faultless()
    unit.takes_step("Potwierdź odbiór")
    unit.follows("Zgłoś zastrzeżenia")
    unit.writes("Zastrzeżenia", OBJECTION)
    unit.presses("Wyślij zastrzeżenia")


def recommends(office: Desk) -> None:
    office.goes("Pulpit")
    office.follows("Zastrzeżenia do protokołu", exact=False)
    office.follows("Zajmij stanowisko")
    office.sees(OBJECTION)
    office.chooses("uwzględnione w części")
    office.writes("Stanowisko", STAND)
    office.presses("Zapisz stanowisko")
    office.follows("Dodaj zalecenie")
    office.writes("Zalecenie", WANTED)
    office.presses("Zapisz zalecenie")
    office.faultless()
    office.takes_step("Wydaj zalecenia")
    office.reads_paper("Pobierz wystąpienie pokontrolne (PDF)", WANTED)


def answers(unit: Desk) -> None:
    unit.goes("Pulpit")
    unit.follows(f"Zalecenie 1 z kontroli {NUMBER}", exact=False)
    unit.sees(WANTED)
    unit.writes("Co zrobiono", ANSWER)
    unit.faultless()
    unit.picture("kontrola-odpowiedz")
    unit.presses("Wyślij odpowiedź")
    unit.sees(STAND, ANSWER)


def closes(office: Desk) -> None:
    office.goes("Pulpit")
    office.follows("Sprawdź odpowiedź", exact=False)
    office.sees(ANSWER)
    office.chooses("wykonane")
    office.presses("Zapisz wynik")
    office.takes_step("Zakończ kontrolę")
    office.sees("zakończona")
    office.faultless()


@variants("phone-script")
def test_an_inspection(begin: Begin, cast: World, variant: Variant) -> None:
    with cast.scope("office", "maria"):
        registers.link(entry_id=entered(number="9", name=CENTRE).pk, unit_id=cast.cis.pk)
    files(cast, *NAMES)
    walk = begin("kontrola")
    office, unit = walk.sits("stefan"), walk.sits("ewa")
    with walk.step("Urząd: nowa kontrola"):
        prepares(office)
    with walk.step("Urząd: dostęp i próba akt"):
        draws(office)
    with walk.step("Urząd: akta i punkty"):
        checks(office)
    with walk.step("Jednostka: kto i co ogląda"):
        sees_the_looks(unit)
    with walk.step("Urząd: protokół"):
        hands_over(office)
    with walk.step("Jednostka: odbiór i zastrzeżenia"):
        objects(unit)
    with walk.step("Urząd: stanowisko i zalecenia"):
        recommends(office)
    with walk.step("Jednostka: odpowiedź na zalecenie"):
        answers(unit)
    with walk.step("Urząd: sprawdzenie i koniec"):
        closes(office)
    walk.ends()
    with cast.scope("office", "stefan"):
        assert Inspection.objects.get().state == "closed"
