"""A year's report: drafted, checked and sent by the unit, returned and accepted by the office."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from reintegration.accounts.session_store import SessionStore
from reintegration.core import clock, slots
from reintegration.jobs.worker import drain
from reporting.models import ReportVersion
from reporting.services import registers
from tests.accounts.helpers import code_now, with_app
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.reporting.made import entered
from tests.reporting.reports_made import YEAR
from tests.reporting.test_annual_reports import in_2026

UNIT = "CIS „Nowy Most”"
# In the register, and has sent nothing.
SILENT = "CIS „Stary Młyn”"
FINANCE = "Część VII. Wykonanie planu finansowego i rozliczenie dotacji (art. 5 ust. 4 pkt 2, ust. 6 pkt 6)"
PEOPLE = "Część III. Uczestnicy (art. 5 ust. 6 pkt 2)"
GRANT = "Gmina, Otrzymane"
USED = "Gmina, Bieżąca działalność"
UNUSED = "Dotacja „Gmina”: kwota otrzymana bez zwrotu różni się od kwoty rozpisanej na cele"
WHY = "Kadra i dziennik zajęć są prowadzone na papierze."
ASKED = "Umowa mówi o 6000 zł."
ANSWER = "Umowę zmieniono aneksem, pieniądze wpłyną w styczniu."


@pytest.fixture(autouse=True)
def _in_march(_on_a_fixed_day: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The season; what other rooms ask before the trial is theirs to test."""
    monkeypatch.setenv(clock.VARIABLE, "2027-03-05T09:30:00+01:00")
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])


def some_time_passes(desk: Desk) -> None:
    """More than the minutes for which somebody is believed to be who they are."""
    (key,) = (one["value"] for one in desk.page.context.cookies() if one["name"] == "sessionid")
    session = SessionStore(key)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 3600}]
    session.save()


def waits(desk: Desk) -> Iterator[Locator]:
    """The checks that are neither put right nor explained, as long as there are any."""
    while (first := desk.page.locator("#sprawdzenia .block-warn").first).count():
        yield first


def begins(unit: Desk) -> None:
    unit.goes("Sprawozdania")
    unit.sees("Zostało 26 dni")
    unit.presses(f"Zacznij sprawozdanie za {YEAR}")
    unit.picture("sprawozdanie-szkic")
    unit.faultless()
    here = unit.address
    unit.follows(PEOPLE)
    unit.follows_in(unit.page.locator("#participants tbody tr").last.get_by_role("link").last)
    unit.sees("Marek Dąbek", "Alicja Tuja")
    unit.faultless()
    unit.follows("Wróć do części")
    unit.faultless()
    unit.opens(here)


def types_what_is_not_known(unit: Desk) -> None:
    unit.follows(FINANCE)
    unit.writes(GRANT, "5000")
    unit.picture("sprawozdanie-czesc")
    unit.faultless()
    unit.presses("Zapisz i dalej")
    unit.sees("Preliminarz")
    unit.follows(f"Sprawozdanie za {YEAR}")
    unit.presses("Wpisz zero w puste komórki")
    unit.sees("Wszystkie komórki mają odpowiedź.")


def settles_the_checks(unit: Desk) -> None:
    """One is put right in its cell, which settles the total too; the others are explained."""
    grant = unit.page.locator("#sprawdzenia li", has_text=UNUSED)
    unit.follows_in(grant.get_by_role("link", name="Na co wykorzystano dotacje"))
    unit.follows(USED)
    unit.writes_in(unit.page.get_by_label("Wartość"), "5000")
    unit.presses("Zapisz")
    expect(grant).to_have_count(0)
    explains(unit, WHY, picture=True)
    expect(unit.page.get_by_role("link", name="Wyślij do urzędu")).to_have_count(1)


def explains(unit: Desk, words: str, *, picture: bool = False) -> None:
    for number, check in enumerate(waits(unit)):
        if picture and number == 1:
            # Without the message that what went before was saved.
            unit.opens(unit.address)
            unit.faultless()
            unit.picture("sprawozdanie-sprawdzenia", of=unit.page.locator("#sprawdzenia"))
        unit.writes_in(check.get_by_label("Wyjaśnienie"), words)
        unit.presses_in(check.get_by_role("button"))


def sends(unit: Desk, number: int, *, proves: bool) -> None:
    unit.follows("Wyślij do urzędu")
    if proves:
        unit.writes("Kod", code_now())
        unit.presses("Potwierdź")
    unit.faultless()
    unit.presses("Wyślij do urzędu")
    unit.sees(f"Wersję {number} wysłano")
    unit.faultless()
    drain()


def reminds(office: Desk) -> None:
    """Everybody who has not sent, with one press."""
    office.goes("Sprawozdania")
    office.sees("Wysłało 1 z 2.")
    office.faultless()
    office.picture("sprawozdanie-tablica")
    office.follows("Przypomnij")
    office.presses("Wyślij przypomnienia")
    office.sees("05.03.2027 09:30")
    office.follows("Wysłane przypomnienia")
    office.sees("biuro@starymlyn.example", "Stefan Jawor")
    drain()


def returns(office: Desk) -> str:
    office.goes("Sprawozdania")
    office.follows(UNIT)
    here = office.address
    office.follows("VII. Wykonanie planu finansowego i rozliczenie dotacji")
    office.sees(WHY)
    office.follows_in(office.page.locator("#grants").get_by_role("link", name=GRANT))
    office.writes("Co poprawić albo wyjaśnić", ASKED)
    office.presses("Zapisz uwagę")
    office.sees("jeszcze nie wysłana")
    office.picture("sprawozdanie-uwaga")
    office.faultless()
    assert "Marek" not in office.page.content()
    office.follows("Zwróć do poprawy")
    office.presses("Zwróć do poprawy")
    return here


def corrects(unit: Desk) -> None:
    unit.goes("Sprawozdania")
    unit.follows(f"Sprawozdanie za {YEAR}")
    unit.sees(ASKED)
    unit.picture("sprawozdanie-zwrot")
    unit.faultless()
    unit.follows("Otwórz komórkę", exact=False)
    unit.writes_in(unit.page.get_by_label("Wartość"), "6000")
    unit.presses("Zapisz")
    explains(unit, ANSWER)
    sends(unit, 2, proves=False)


def adds_up(office: Desk) -> None:
    office.goes("Sprawozdania")
    office.sees("przyjęte")
    assert office.fetches("Wszystkie sprawozdania CIS (XLSX)").startswith(b"PK")
    office.follows("Sumy")
    assert office.fetches("XLSX").startswith(b"PK")


def takes_statistics(office: Desk) -> None:
    office.goes("Sprawozdania")
    office.follows("CAS 02 (CIS)")
    office.sees("Sumy z przyjętych sprawozdań: 1 z 2.")
    office.faultless()
    assert office.fetches("XLSX").startswith(b"PK")
    office.follows("UW CIS 01")
    office.sees(UNIT, SILENT)
    office.faultless()
    assert office.fetches("XLSX").startswith(b"PK")
    office.follows("CAS 01 (KIS)")
    office.sees("Sumy z przyjętych sprawozdań: 0 z 0.")
    assert office.fetches("XLSX").startswith(b"PK")


def accepts(office: Desk, report: str) -> None:
    office.opens(report)
    office.sees("Co zmieniło się od wersji 1", "+1 000,00", ANSWER)
    office.faultless()
    office.follows("Przyjmij")
    office.presses("Przyjmij")
    office.sees("przyjęta")


@variants("phone-script")
def test_a_year(begin: Begin, cast: World, variant: Variant) -> None:
    in_2026(cast)
    with cast.scope("office", "maria"):
        registers.link(entry_id=entered(name=UNIT, since=date(2024, 5, 1)).pk, unit_id=cast.cis.pk)
        entered(number="9", name=SILENT)
    with_app(cast.people["ewa"])
    walk = begin("sprawozdanie")
    unit, office = walk.sits("ewa"), walk.sits("stefan")
    some_time_passes(unit)
    with walk.step("Jednostka: szkic"):
        begins(unit)
    with walk.step("Jednostka: to, czego program nie wie"):
        types_what_is_not_known(unit)
    with walk.step("Jednostka: sprawdzenia"):
        settles_the_checks(unit)
    with walk.step("Jednostka: wysłanie"):
        sends(unit, 1, proves=True)
    with walk.step("Urząd: przypomnienie"):
        reminds(office)
    with walk.step("Urząd: uwaga do liczby"):
        report = returns(office)
    with walk.step("Jednostka: poprawka"):
        corrects(unit)
    with walk.step("Urząd: przyjęcie"):
        accepts(office, report)
    with walk.step("Papier"):
        unit.goes("Sprawozdania")
        unit.follows(f"Sprawozdanie za {YEAR}")
        unit.follows("Wersja 2")
        unit.reads_paper("PDF", "6 000,00", WHY, ANSWER)
        office.reads_paper("PDF", "6 000,00", WHY, ANSWER)
    with walk.step("Urząd: sumy"):
        adds_up(office)
    with walk.step("Urząd: statystyka publiczna"):
        takes_statistics(office)
    walk.ends()
    with cast.scope("cis", "ewa"):
        states = ReportVersion.objects.order_by("number").values_list("state", flat=True)
        assert list(states) == ["returned", "accepted"]
