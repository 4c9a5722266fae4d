"""A welfare centre without an account: free places, the questions, a referral by a link with a code."""

from datetime import timedelta

from playwright.sync_api import expect

from benefits.services.pay import save_settings
from participants.models import Referral
from reintegration.core import clock
from tests.benefits.test_basis import chosen
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.test_bodies import ADDRESS, comes_in
from tests.browser.journeys.test_referral import EXCLUDING, NAME, day
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.participants.portal.made import pesel

BODY = "Ośrodek Pomocy Społecznej w Sosnowie"
PLACE = "Gastronomia"


def publishes(manager: Desk) -> None:
    manager.goes("Ustawienia")
    manager.follows("Wolne miejsca", exact=False)
    manager.follows("Ogłoś miejsca")
    manager.writes("Pracownia albo grupa", PLACE)
    manager.writes("Wolne miejsca", "3")
    manager.writes_in(manager.page.locator("[name=starts_on]"), day(clock.today() + timedelta(days=12)))
    manager.faultless()
    manager.presses("Ogłoś miejsca")
    manager.sees(PLACE)


def looks_around(visitor: Desk) -> None:
    visitor.opens("/wolne-miejsca/")
    visitor.sees(PLACE, "3 miejsca", "od 16 listopada")
    visitor.faultless()
    visitor.picture("bez-konta-miejsca")
    visitor.follows("Sprawdź, czy może przyjść")
    main = visitor.main
    visitor.chooses_in(main.locator("input[name=groups][value='1']"))
    visitor.chooses_in(main.locator("input[name=in_need][value=yes]"))
    for key in EXCLUDING:
        visitor.chooses_in(main.locator(f"input[name={key}][value=no]"))
    if not visitor.script:
        visitor.presses("Pokaż wynik")
    visitor.sees("nic nie wyłącza udziału")


def issues(manager: Desk) -> str:
    manager.goes("Ustawienia")
    manager.follows("Odnośniki z kodem", exact=False)
    manager.follows("Wydaj odnośnik")
    manager.writes("Dla kogo", BODY)
    manager.writes("Adres e-mail podmiotu", ADDRESS)
    manager.presses("Wydaj odnośnik")
    manager.sees("Kod widać tylko teraz.")
    return str(manager.page.locator(".code").inner_text())


def refers(visitor: Desk) -> None:
    first, _, last = NAME.partition(" ")
    visitor.writes("Imię", first)
    visitor.writes("Nazwisko", last)
    visitor.writes("PESEL", pesel())
    visitor.chooses_in(visitor.page.locator("input[name=groups][value='1']"))
    visitor.writes_in(visitor.page.get_by_label("Miejscowość"), "Sosnowo")
    visitor.writes_in(visitor.page.get_by_label("Sytuacja w kilku zdaniach"), "Od trzech lat bez pracy.")
    visitor.chooses_in(visitor.page.locator("input[name=insured][value=yes]"))
    visitor.chooses_in(visitor.page.get_by_label("Osoba wie o skierowaniu"))
    visitor.writes("Imię i nazwisko osoby, która kieruje", "Irena Malwa")
    visitor.writes_in(visitor.page.locator("[name=sender_phone]"), "600 100 200")
    visitor.faultless()
    visitor.picture("bez-konta-skierowanie")
    visitor.presses("Wyślij skierowanie")


def receives(unit: Desk) -> None:
    unit.goes("Skierowania")
    unit.follows("Sęk Roman")
    unit.presses("Odbierz")
    unit.follows("Zaproś na rozmowę")
    unit.writes_in(unit.page.get_by_label("Dzień rozmowy"), day(clock.today() + timedelta(days=3)))
    unit.writes_in(unit.page.get_by_label("Godzina"), "10:30")
    unit.writes_in(unit.page.get_by_label("Gdzie"), "sala na parterze")
    unit.presses("Zapisz termin rozmowy")


def reads_the_first_payment(visitor: Desk, here: str) -> None:
    """What the person would get, from what the centre wrote and the unit publishes."""
    visitor.opens(here)
    shown = visitor.main.get_by_role("region", name="Pierwsza wypłata")
    expect(shown).to_contain_text("Gdyby osoba zaczęła")
    expect(shown).to_contain_text("najpóźniej 5")


def follows_it(visitor: Desk) -> None:
    # That it waits for the opinion does not hide where the person is expected.
    visitor.sees(NAME, "Zaproszono na rozmowę", "10:30", "Miejsce rozmowy: sala na parterze")
    visitor.faultless()
    visitor.picture("bez-konta-droga")
    visitor.writes_in(visitor.page.get_by_label("Wywiad środowiskowy"), day(clock.today()))
    visitor.chooses("popieram")
    visitor.writes("Opinia", "Chce pracować rękami.")
    visitor.writes("Imię i nazwisko pracownika socjalnego", "Irena Malwa")
    visitor.presses("Podpisz i wyślij opinię")
    visitor.sees("popieram")
    visitor.presses("Zakończ i zamknij dostęp w tej przeglądarce")


@variants("phone-plain")
def test_a_referral_without_an_account(begin: Begin, cast: World, variant: Variant) -> None:
    with cast.scope("cis", "ewa"):
        chosen(cast, "rate_rounding", "exact")
        save_settings(payment_day=5)
    walk = begin("skierowanie-bez-konta")
    manager, unit, visitor = walk.sits("ewa"), walk.sits("anna"), walk.sits(None)
    with walk.step("Kierownik: wolne miejsca"):
        publishes(manager)
    with walk.step("Każdy: miejsca i osiem pytań"):
        looks_around(visitor)
    with walk.step("Kierownik: odnośnik dla ośrodka"):
        code = issues(manager)
    with walk.step("Ośrodek: skierowanie"):
        comes_in(visitor, code)
        here = visitor.address
        refers(visitor)
    with walk.step("Jednostka: odbiór"):
        receives(unit)
    with walk.step("Ośrodek: co się dzieje"):
        reads_the_first_payment(visitor, here)
        follows_it(visitor)
    walk.ends()
    with cast.scope("cis", "ewa"):
        found = Referral.objects.get()
        assert (found.sender_id, found.sender_name) == (None, BODY)
