"""A labour office without an account refers somebody long unemployed, and tells the welfare centre."""

from django.urls import reverse

from reintegration.core import clock
from reintegration.jobs.worker import drain
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.test_bodies import ADDRESS, comes_in
from tests.browser.journeys.test_referral import NAME, day
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.participants.portal.made import pesel

OFFICE = "Powiatowy Urząd Pracy w Modrzewnie"


def issues(manager: Desk) -> str:
    manager.goes("Ustawienia")
    manager.follows("Odnośniki z kodem", exact=False)
    manager.follows("Wydaj odnośnik")
    manager.writes("Dla kogo", OFFICE)
    manager.chooses("powiatowy urząd pracy")
    manager.writes("Adres e-mail podmiotu", ADDRESS)
    manager.presses("Wydaj odnośnik")
    return str(manager.page.locator(".code").inner_text())


def refers(office: Desk, centre: str) -> None:
    first, _, last = NAME.partition(" ")
    office.writes("Imię i nazwisko osoby, która kieruje", "Irena Malwa")
    office.writes_in(office.page.locator("[name=sender_phone]"), "600 100 200")
    office.writes("Imię", first)
    office.writes("Nazwisko", last)
    office.writes("PESEL", pesel())
    office.writes_in(office.page.get_by_label("Miejscowość"), "Sosnowo")
    office.chooses_in(office.page.locator("input[name=groups][value='5']"))
    office.writes_in(office.page.get_by_label("Sytuacja w kilku zdaniach"), "Od trzech lat bez pracy.")
    office.chooses_in(office.page.locator("input[name=insured][value=yes]"))
    office.writes_in(office.page.locator("[name=ops_notified_on]"), day(clock.today()))
    office.chooses_in(office.page.get_by_label(centre))
    office.chooses_in(office.page.get_by_label("Osoba wie o skierowaniu"))
    office.faultless()
    office.presses("Wyślij skierowanie")


@variants("phone-script")
def test_a_labour_office_refers_and_tells_the_centre(begin: Begin, cast: World, variant: Variant) -> None:
    walk = begin("skierowanie-z-urzedu-pracy")
    manager, unit, office = walk.sits("ewa"), walk.sits("anna"), walk.sits(None)
    centre, ops = walk.sits("zofia"), cast.organisations["ops"]
    with walk.step("Kierownik: odnośnik dla urzędu"):
        code = issues(manager)
    with walk.step("Urząd pracy: skierowanie"):
        comes_in(office, code)
        refers(office, f"{ops.name} ({ops.town})")
    with walk.step("Urząd pracy: zawiadomienie OPS"):
        office.sees(NAME, "Wysłano")
        office.faultless()
        office.picture("urzad-zawiadomienie")
        office.reads_paper("Zawiadomienie OPS (PDF)", "art. 12 ust. 3", ops.name, OFFICE, NAME)
    with walk.step("Ośrodek z kontem: zawiadomienie"):
        drain()
        centre.opens(reverse("notices:desk"))
        centre.sees("Zawiadomienie z urzędu pracy", NAME)
        centre.goes("Zawiadomienia")
        centre.follows(NAME)
        centre.sees(NAME, OFFICE, cast.cis.name)
        centre.picture("ops-zawiadomienie")
        centre.presses("Zapisz, że przeczytane")
        centre.sees("przeczytane")
    with walk.step("Jednostka: odbiór"):
        unit.goes("Skierowania")
        unit.follows("Sęk Roman")
        unit.sees("Zawiadomiony OPS", ops.name, OFFICE)
    walk.ends()
