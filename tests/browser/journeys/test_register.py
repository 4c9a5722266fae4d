"""Between a unit and the office that keeps the register: a club's notice, a letter of supervision."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfWriter

from reintegration.core import clock
from reporting.models import ClubNotice, SupervisionLetter
from reporting.services import registers
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.reporting.made import entered

CLUB = {
    "Ulica i numer": "ul. Portowa 1",
    "Kod pocztowy": "22-011",
    "Dzień utworzenia": "1.10.2026",
    "Rozpoczęcie działalności": "1.11.2026",
    "Imię i nazwisko kierownika Klubu": "Bożena Lipa",
}
NAME = "Klub Integracji Społecznej „Przystań”"
MISSING = "Prosimy podać numer telefonu Klubu."
PHONE = "810 000 004"
NUMBER = "7/2026"
NEW_YEAR = "2027-01-04T09:30:00+01:00"
CENTRE = "CIS „Nowy Most”"
NEW_PHONE = "810 000 005"
ASKED = "Prosimy wyjaśnić godziny zajęć."
ANSWER = "Zajęcia trwają 6 godzin dziennie."


def paper_of_one_page() -> bytes:
    target = BytesIO()
    with PdfWriter() as writer:
        writer.add_blank_page(595, 842)
        writer.write(target)
    return target.getvalue()


def tells_of_the_club(unit: Desk) -> None:
    unit.goes("Ustawienia")
    unit.follows("Wpis w rejestrze", exact=False)
    unit.follows("Zgłoś Klub do rejestru")
    unit.faultless()
    for label, value in CLUB.items():
        unit.writes(label, value)
    # The labels of what may stay empty say so, too.
    unit.writes_in(unit.page.locator("[name=email]"), "kis@przystan.example")
    unit.writes_in(unit.page.locator("[name=founder_email]"), "biuro@krok.example")
    unit.picture("rejestr-zgloszenie")
    unit.presses("Zapisz")


def sends(unit: Desk) -> None:
    unit.sees("kopia aktu o utworzeniu Klubu, jako załącznik")
    unit.faultless()
    unit.follows("Dodaj załącznik")
    unit.writes("Co to jest", "Akt o utworzeniu Klubu")
    unit.brings("Plik", "akt.pdf", paper_of_one_page())
    unit.presses("Dodaj załącznik")
    unit.follows("Wyślij do urzędu")
    unit.presses("Wyślij")
    unit.sees("Urząd ma czas do")


def calls(office: Desk) -> None:
    office.goes("Zgłoszenia KIS")
    office.follows(NAME)
    office.sees("zostało")
    office.faultless()
    office.picture("rejestr-urzad")
    assert office.fetches("Akt o utworzeniu Klubu").startswith(b"%PDF")
    office.follows("Wezwij do uzupełnienia")
    office.writes("Czego brakuje", MISSING)
    office.presses("Wyślij wezwanie")


def completes(unit: Desk) -> None:
    unit.goes("Pulpit")
    unit.follows("Zgłoszenie", exact=False)
    unit.sees(MISSING, "termin nie biegnie")
    unit.faultless()
    unit.picture("rejestr-wezwanie")
    unit.follows("Potwierdź odbiór")
    unit.presses("Potwierdź odbiór")
    unit.follows("Popraw dane")
    unit.writes_in(unit.page.locator("[name=phone]"), PHONE)
    unit.presses("Wyślij uzupełnienie")


def enters(office: Desk) -> None:
    office.goes("Zgłoszenia KIS")
    office.follows(NAME)
    office.follows("Wpisz do rejestru")
    office.sees("kis@przystan.example")
    expect(office.main).not_to_contain_text("Bożena Lipa")
    office.faultless()
    office.picture("rejestr-wpis")
    office.writes("Numer w rejestrze", NUMBER)
    office.presses("Wpisz do rejestru")
    office.sees(NUMBER)


def reads(anybody: Desk) -> None:
    anybody.opens("/rejestr/")
    anybody.writes_in(anybody.page.get_by_label("Nazwa, miejscowość albo REGON"), "jodlow")
    anybody.presses("Pokaż")
    anybody.sees(NAME, "ul. Portowa 1")
    anybody.faultless()
    anybody.picture("rejestr-publiczny")
    expect(anybody.main).not_to_contain_text("Bożena Lipa")
    assert anybody.fetches("XLSX", exact=False).startswith(b"PK")


def looks_back(office: Desk) -> None:
    office.goes("Rejestr KIS")
    if office.page.locator("summary", has_text="Filtry").is_visible():
        office.unfolds("Filtry")
    office.writes_in(office.page.get_by_label("Stan na dzień"), "31.12.2026")
    office.presses("Pokaż")
    office.sees("Czynne 31 grudnia 2026: 1 jednostka.")
    office.reads_paper("Wydruk (PDF)", NAME, NUMBER, "31.12.2026", "ul. Portowa 1")
    assert office.fetches("XLSX").startswith(b"PK")


def tells_of_a_change(unit: Desk) -> None:
    unit.goes("Ustawienia")
    unit.follows("Wpis w rejestrze", exact=False)
    unit.follows("Zgłoś zmianę danych")
    unit.faultless()
    # What was said once is not asked again, not even what no register publishes.
    expect(unit.page.get_by_label("Imię i nazwisko kierownika Klubu")).to_have_value("Bożena Lipa")
    unit.writes("Od kiedy są te dane", "4.01.2027")
    unit.writes_in(unit.page.locator("[name=phone]"), NEW_PHONE)
    unit.presses("Zapisz")
    unit.follows("Wyślij do urzędu")
    unit.presses("Wyślij")


def writes_the_change_down(office: Desk) -> None:
    office.goes("Zgłoszenia KIS")
    office.follows(NAME)
    office.sees("Zmiana: Telefon", f"{PHONE} → {NEW_PHONE}")
    office.faultless()
    office.picture("rejestr-zmiana")
    office.follows("Zapisz w rejestrze")
    office.presses("Zapisz w rejestrze")
    office.sees(NEW_PHONE, "Zmiana danych")


def tells_of_the_end(unit: Desk) -> None:
    unit.goes("Ustawienia")
    unit.follows("Wpis w rejestrze", exact=False)
    unit.sees(NEW_PHONE)
    unit.follows("Zgłoś zaprzestanie")
    unit.writes("Dzień zaprzestania prowadzenia", "4.01.2027")
    unit.presses("Zapisz")
    unit.reads_paper("Pobierz PDF", "zaprzestano prowadzenia Klubu", "4.01.2027", NEW_PHONE)
    unit.follows("Wyślij do urzędu")
    unit.presses("Wyślij")


def deletes(office: Desk) -> None:
    office.goes("Zgłoszenia KIS")
    office.follows(NAME)
    office.follows("Wykreśl z rejestru")
    office.writes_in(office.page.get_by_label("Numer pisma"), "PS.1.2027")
    office.faultless()
    office.presses("Wykreśl z rejestru")
    office.sees("wykreślony", "PS.1.2027", "zgłoszone zaprzestanie prowadzenia")


def keeps_a_centre(office: Desk) -> None:
    office.goes("Rejestr CIS")
    office.follows(CENTRE)
    office.follows("Zmień dane")
    office.writes_in(office.page.locator("[name=phone]"), NEW_PHONE)
    office.presses("Zapisz")
    office.sees(NEW_PHONE, "Zmiana danych")
    office.follows("Utrata statusu")
    office.chooses("wniosek instytucji tworzącej (art. 6 ust. 1a)")
    office.writes_in(office.page.get_by_label("Numer decyzji albo pisma"), "PS.2.2027")
    office.writes("Z dnia", "4.01.2027")
    office.writes("Od kiedy", "4.01.2027")
    office.faultless()
    office.presses("Zapisz utratę statusu")
    office.sees("PS.2.2027")


@variants("desktop-script")
def test_a_club(begin: Begin, cast: World, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    with cast.scope("office", "maria"):
        entered(number="9", name=CENTRE)
    walk = begin("rejestr")
    unit, office, anybody = walk.sits("bozena"), walk.sits("maria"), walk.sits(None)
    with walk.step("Klub: zgłoszenie"):
        tells_of_the_club(unit)
    with walk.step("Klub: załącznik i wysłanie"):
        sends(unit)
    with walk.step("Urząd: czy niczego nie brakuje"):
        calls(office)
    with walk.step("Klub: uzupełnienie"):
        completes(unit)
    with walk.step("Urząd: wpis"):
        enters(office)
    with walk.step("Każdy: rejestr publiczny"):
        reads(anybody)
    monkeypatch.setenv(clock.VARIABLE, NEW_YEAR)
    with walk.step("Urząd: rejestr na 31 grudnia"):
        looks_back(office)
    with walk.step("Klub i urząd: zmiana danych"):
        tells_of_a_change(unit)
        writes_the_change_down(office)
    with walk.step("Klub i urząd: zaprzestanie"):
        tells_of_the_end(unit)
        deletes(office)
        unit.goes("Ustawienia")
        unit.follows("Wpis w rejestrze", exact=False)
        unit.sees("wykreślony")
    with walk.step("Urząd: zmiana danych Centrum i utrata statusu"):
        keeps_a_centre(office)
    walk.ends()
    with cast.scope("kis", "bozena"):
        notices = ClubNotice.objects.order_by("made_at", "pk").values_list("kind", "state")
        assert list(notices) == [("entry", "done"), ("change", "done"), ("closing", "done")]


def writes_a_letter(office: Desk) -> None:
    office.goes("Rejestr CIS")
    office.follows(CENTRE)
    office.follows("Napisz pismo nadzoru")
    office.chooses("żądanie wyjaśnień")
    office.writes("Znak sprawy", "PS.7.2026")
    office.writes("Termin odpowiedzi w dniach", "14")
    office.writes("Treść", ASKED)
    office.faultless()
    office.picture("nadzor-pismo")
    office.presses("Zapisz szkic")
    office.reads_paper("Pobierz PDF", ASKED, "14 dni")
    office.follows("Wyślij")
    office.presses("Wyślij")


def answers(unit: Desk) -> None:
    unit.goes("Pulpit")
    unit.follows("Pismo nadzoru", exact=False)
    unit.follows("Potwierdź odbiór")
    unit.presses("Potwierdź odbiór")
    unit.follows("Odpowiedz")
    unit.writes("Odpowiedź", ANSWER)
    unit.presses("Wyślij odpowiedź")
    unit.faultless()
    unit.picture("nadzor-centrum")
    unit.goes("Ustawienia")
    unit.follows("Wpis w rejestrze", exact=False)
    unit.sees("PS.7.2026")


def closes(office: Desk) -> None:
    office.goes("Pisma nadzoru")
    office.follows("PS.7.2026")
    office.sees(ANSWER)
    office.picture("nadzor-odpowiedz")
    office.follows("Zakończ sprawę")
    office.chooses("tak, sprawa wyjaśniona albo usunięta")
    office.presses("Zakończ sprawę")
    office.sees("skutecznie")


@variants("desktop-plain")
def test_a_letter(begin: Begin, cast: World, variant: Variant) -> None:
    with cast.scope("office", "maria"):
        registers.link(entry_id=entered(number="9", name=CENTRE).pk, unit_id=cast.cis.pk)
    walk = begin("pismo-nadzoru")
    office, unit = walk.sits("stefan"), walk.sits("ewa")
    with walk.step("Urząd: pismo"):
        writes_a_letter(office)
    with walk.step("Centrum: odbiór i odpowiedź"):
        answers(unit)
    with walk.step("Urząd: zakończenie"):
        closes(office)
    walk.ends()
    with cast.scope("office", "maria"):
        assert SupervisionLetter.objects.get().heeded is True
