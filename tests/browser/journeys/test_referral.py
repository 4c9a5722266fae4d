"""From the eight questions of a welfare centre to a programme that is in force, as each side sees it."""

from datetime import date, timedelta

from playwright.sync_api import Locator

from benefits.services.pay import save_settings
from ipzs.services.catalogue import ensure_catalogue
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.formats import format_table_date
from reintegration.jobs.worker import drain
from tests.benefits.test_basis import chosen
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.participants.participations.made import ready
from tests.participants.portal.made import pesel

EXCLUDING = (
    "long_unemployed",
    "unemployment_benefit",
    "pre_retirement",
    "pension",
    "structural_pension",
    "incapacity_pension",
)
NAME = "Roman Sęk"


def day(found: date) -> str:
    return format_table_date(found)


def asks_eight_questions(ops: Desk) -> None:
    ops.goes("Skierowania")
    ops.follows("Nowe skierowanie")
    main = ops.main
    ops.chooses_in(main.locator("input[name=groups][value='1']"))
    ops.chooses_in(main.locator("input[name=in_need][value=yes]"))
    for key in EXCLUDING:
        ops.chooses_in(main.locator(f"input[name={key}][value=no]"))
    if not ops.script:
        ops.presses("Pokaż wynik")
    ops.sees("nic nie wyłącza udziału")
    ops.picture("skierowanie-pytania")
    ops.presses("Dalej: skierowanie")


def writes_the_referral(ops: Desk) -> None:
    first, _, last = NAME.partition(" ")
    ops.writes("Imię", first)
    ops.writes("Nazwisko", last)
    ops.writes("PESEL", pesel())
    ops.writes_in(ops.page.get_by_label("Miejscowość"), "Modrzewno")
    ops.writes_in(ops.page.get_by_label("Sytuacja w kilku zdaniach"), "Od trzech lat bez pracy.")
    ops.chooses_in(ops.page.locator("input[name=insured][value=yes]"))
    ops.chooses_in(ops.page.get_by_label("Osoba wie o skierowaniu"))
    ops.chooses_in(ops.page.get_by_label("CIS „Nowy Most”"))
    ops.picture("skierowanie-formularz")
    ops.presses("Wyślij skierowanie")


def counts_the_first_payment(ops: Desk) -> None:
    """With the person who sits here, and the card of it goes home with them."""
    ops.sees("Gdyby osoba zaczęła")
    ops.follows("Policz inaczej i wydrukuj kartę")
    ops.writes("Pierwszy dzień", day(clock.today() + timedelta(days=14)))
    # What the centre gives is its own to say; the program counts the rest.
    ops.writes_in(ops.page.locator("[name=help_now]"), "1000")
    ops.writes_in(ops.page.locator("[name=help_then]"), "200")
    ops.picks_in(ops.page.locator("[name=insured]"), "własne: praca, renta, urząd pracy")
    ops.writes_in(ops.page.locator("[name=insured_until]"), day(clock.today() - timedelta(days=5)))
    ops.presses("Policz")
    ops.faultless()
    ops.sees("To o 1 340,68 zł więcej niż teraz.", "30 dni po poprzednim ubezpieczeniu", "Luka: 19 dni")
    ops.picture("skierowanie-wyplata")
    ops.reads_paper(
        "po polsku",
        "Pierwsza wypłata świadczenia",
        "wypłacane z dołu",
        NAME,
        "Z OPS (wpisał pracownik)",
        "2 340,68 zł",
        "Przez 19 dni nikt nie płaci za leczenie.",
    )


def adds_an_opinion(ops: Desk) -> None:
    ops.follows("Dodaj opinię")
    ops.writes_in(ops.page.get_by_label("Wywiad środowiskowy"), day(clock.today()))
    ops.chooses("popieram")
    ops.writes("Opinia", "Chce pracować rękami.")
    ops.presses("Podpisz i wyślij opinię")
    ops.sees("Chce pracować rękami.")


def invites(unit: Desk) -> None:
    unit.goes("Skierowania")
    unit.follows("Sęk Roman")
    unit.presses("Odbierz")
    unit.follows("Zaproś na rozmowę")
    unit.writes_in(unit.page.get_by_label("Dzień rozmowy"), day(clock.today() + timedelta(days=3)))
    unit.writes_in(unit.page.get_by_label("Godzina"), "10:30")
    unit.writes_in(unit.page.get_by_label("Gdzie"), "sala na parterze")
    unit.presses("Zapisz termin rozmowy")
    unit.picture("skierowanie-jednostka")


def accepts(unit: Desk) -> None:
    unit.follows("Zaproś na okres próbny")
    unit.writes_in(unit.page.get_by_label("Od kiedy osoba może zacząć"), day(clock.today()))
    unit.presses("Zaproś na okres próbny")
    unit.follows("Przyjmij")
    unit.presses("Przyjmij i otwórz sprawę")
    unit.sees(NAME)


def gives_the_card(unit: Desk, file: str) -> None:
    unit.follows("Pierwsza wypłata")
    # The day that the person was invited for is there already.
    assert unit.page.get_by_label("Pierwszy dzień").input_value() == day(clock.today())
    unit.reads_paper("po polsku", "Pierwsza wypłata świadczenia", NAME)
    unit.reads_paper("po ukraińsku", "Перша виплата допомоги")
    unit.opens(file)


def makes_a_diagnosis(unit: Desk, file: str) -> None:
    """The first part and the last; nobody has to answer every question."""
    unit.follows("Diagnoza")
    unit.follows("Zacznij diagnozę")
    unit.chooses("Ankieta ogólna")
    unit.presses("Zacznij")
    unit.faultless()
    unit.writes("Co ma się zmienić w Twoim życiu dzięki udziałowi?", "Chcę znowu pracować.")
    unit.picture("skierowanie-diagnoza")
    unit.presses("Zapisz i dalej")
    unit.follows("Na koniec")
    unit.writes("Jaki mały krok zrobisz w najbliższych dwóch tygodniach?", "Przyjdę obejrzeć stolarnię.")
    unit.presses("Zapisz i podsumuj")
    unit.writes_in(unit.page.locator("[name=summary]"), "Zaczynamy od dojazdu.")
    unit.presses("Zakończ diagnozę")
    unit.sees("Zaczynamy od dojazdu.")
    unit.faultless()
    unit.reads_paper("Wydrukuj", NAME, "Zaczynamy od dojazdu.")
    unit.opens(file)


def writes_the_programme(unit: Desk) -> None:
    today = clock.today()

    def field(name: str) -> Locator:
        return unit.page.locator(f'main form [name="{name}"]')

    unit.follows("Napisz i podpisz program")
    unit.presses("Napisz program")
    unit.writes_in(field("since"), day(today))
    unit.writes_in(field("until"), day(add_months(today, 12) - timedelta(days=1)))
    unit.writes_in(field("day_0"), day(add_months(today, 3)))
    unit.presses("Zapisz i dalej")
    unit.writes_in(field("goal_0"), "Chcę pracować w stolarni.")
    unit.writes_in(field("goal_0_step_0"), "Przez tydzień przyjdę na czas.")
    unit.writes_in(field("goal_0_step_0_who"), "Roman")
    unit.writes_in(field("goal_0_step_0_due"), day(add_months(today, 1)))
    unit.picture("skierowanie-program")
    unit.presses("Zapisz i dalej")
    for name, text in {
        "social_scope": "Sprawy urzędowe.",
        "social_forms": "Rozmowy.",
        "vocational_scope": "Stolarstwo.",
        "vocational_forms": "Pracownia.",
    }.items():
        unit.writes_in(field(name), text)
    unit.presses("Zapisz i dalej")
    unit.chooses_in(unit.page.locator('main input[type="checkbox"]').first)
    unit.presses("Zapisz i dalej")
    unit.writes_in(field("name_0"), "Anna Lawenda")
    unit.writes_in(field("task_0"), "prowadzi sprawę")
    unit.presses("Zapisz i dalej")


def signs(unit: Desk) -> None:
    unit.presses("Gotowe do podpisu")
    unit.reads_paper("Wydrukuj", "Chcę pracować w stolarni.")
    unit.follows("Zapisz podpisy")
    # The day and the centre that referred the person are there already.
    unit.chooses_in(unit.page.locator("[name=how][value=witnessed]"))
    unit.writes_in(unit.page.locator("[name=witness]"), "Anna Lawenda")
    unit.presses("Zapisz i wyślij do OPS")
    unit.sees("Kierownik ośrodka uzgadnia program")


def agrees(head: Desk) -> None:
    head.goes("Do uzgodnienia")
    head.follows(NAME)
    head.sees("Chcę pracować w stolarni.")
    head.chooses_in(head.page.locator('[name="agreed"][value="yes"]'))
    head.picture("skierowanie-uzgodnienie")
    head.presses("Wyślij odpowiedź")


def starts(unit: Desk) -> None:
    unit.picture("skierowanie-droga")
    unit.follows("Zapisz początek")
    unit.writes_in(unit.page.locator("[name=since]"), day(clock.today()))
    unit.presses("Zapisz początek")


@variants("desktop-script", "phone-plain")
def test_a_referral(begin: Begin, cast: World, variant: Variant) -> None:
    walk = begin("skierowanie")
    with cast.scope("cis", "ewa"):
        ensure_catalogue()
        chosen(cast, "rate_rounding", "exact")
        save_settings(payment_day=5)
    ops, unit, head = walk.sits("zofia"), walk.sits("anna"), walk.sits("pawel")
    with walk.step("Ośrodek: osiem pytań"):
        asks_eight_questions(ops)
    with walk.step("Ośrodek: skierowanie"):
        writes_the_referral(ops)
        here = ops.address
    with walk.step("Ośrodek: pierwsza wypłata"):
        counts_the_first_payment(ops)
        ops.opens(here)
    with walk.step("Ośrodek: opinia"):
        adds_an_opinion(ops)
    with walk.step("Jednostka: rozmowa"):
        invites(unit)
        ops.opens(here)
        ops.sees("Jednostka odebrała", "Zaproszono na rozmowę", "10:30", "sala na parterze")
    with walk.step("Jednostka: przyjęcie"):
        accepts(unit)
        ops.opens(here)
        ops.sees("Zaproszono na okres próbny", "Przyjęto")
        ops.picture("skierowanie-przyjete")
    file = unit.address
    with walk.step("Jednostka: pierwsza wypłata"):
        gives_the_card(unit, file)
    with walk.step("Jednostka: diagnoza"):
        makes_a_diagnosis(unit, file)
    with walk.step("Jednostka: program"):
        writes_the_programme(unit)
    with walk.step("Jednostka: podpisy"):
        signs(unit)
    with walk.step("Kierownik ośrodka: uzgodnienie"):
        agrees(head)
        drain()
    with walk.step("Jednostka: pierwszy dzień"):
        with cast.scope("cis", "ewa"):
            ready(Participation.objects.get())
        unit.opens(file)
        starts(unit)
        unit.sees("okres próbny")
    with walk.step("Ośrodek: pierwszy dzień"):
        ops.goes("Skierowania")
        ops.sees("zajęcia od")
        ops.follows(NAME)
        ops.sees("Pierwszy dzień zajęć", "4 listopada 2026")
        ops.picture("skierowanie-poczatek")
    walk.ends()
