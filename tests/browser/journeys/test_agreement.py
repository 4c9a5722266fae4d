"""A welfare centre without an account agrees to a programme: remarks first, then its second version."""

from datetime import timedelta

from ipzs.services.catalogue import ensure_catalogue
from participants.models import Agreement
from reintegration.core import clock
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.test_bodies import ADDRESS, comes_in
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.ipzs.programmes import made
from tests.participants.participations.made import candidate

NAME = "Roman Sęk"
HEAD = "Irena Malwa"
REMARKS = "Dopiszcie rozmowy z psychologiem."


def is_signed(cast: World) -> None:
    """A first version that waits for the centre."""
    today = clock.today()
    with cast.scope("cis", "ewa"):
        ensure_catalogue()
        file = candidate(NAME, opened_on=today)
        made.signed(file, today, since=today + timedelta(days=7))


def opens_the_programme(unit: Desk) -> None:
    unit.goes("Uczestnicy")
    unit.follows(NAME)
    unit.follows("Program")


def issues(unit: Desk) -> str:
    unit.follows("Wydaj odnośnik dla ośrodka bez konta")
    # Whose it is and which programme is known already.
    assert unit.page.get_by_label("Dla kogo").input_value() == "OPS Modrzewno"
    unit.writes_in(unit.page.get_by_label("Adres e-mail podmiotu"), ADDRESS)
    unit.presses("Wydaj odnośnik")
    unit.sees("Kod widać tylko teraz.")
    return str(unit.page.locator(".code").inner_text())


def has_remarks(head: Desk) -> None:
    head.sees(NAME, "wersja 1", "Chcę znaleźć pracę w stolarni.")
    head.faultless()
    assert head.fetches("Otwórz program").startswith(b"%PDF")
    head.chooses("Mam uwagi")
    head.writes_in(head.page.locator("[name=remarks]"), REMARKS)
    head.writes_in(head.page.locator("[name=name]"), HEAD)
    head.picture("uzgodnienie-odnosnik")
    head.presses("Wyślij odpowiedź")
    head.sees("są uwagi", REMARKS)


def writes_it_again(unit: Desk) -> None:
    unit.sees(REMARKS)
    unit.presses("Przygotuj następną wersję")
    unit.follows("Pisz dalej")
    for _ in range(3):
        unit.presses("Zapisz i dalej")
    # The centre asked for one more person, so somebody is to lead that.
    unit.presses("Zapisz i dalej")
    unit.writes_in(unit.page.locator('main form [name="name_1"]'), "Wanda Cis")
    unit.writes_in(unit.page.locator('main form [name="task_1"]'), "rozmowy z psychologiem")
    unit.presses("Zapisz i dalej")
    unit.presses("Gotowe do podpisu")
    unit.follows("Zapisz podpisy")
    unit.chooses_in(unit.page.locator("[name=how][value=witnessed]"))
    unit.writes_in(unit.page.locator("[name=witness]"), "Anna Lawenda")
    unit.presses("Zapisz i wyślij do OPS")


def agrees(head: Desk) -> None:
    head.sees("wersja 2", "Wcześniejsze wersje", "Wersja 1: są uwagi", REMARKS, HEAD)
    head.faultless()
    head.chooses("Uzgadniam program")
    head.writes_in(head.page.locator("[name=name]"), HEAD)
    head.picture("uzgodnienie-wersje")
    head.presses("Wyślij odpowiedź")
    head.sees("uzgodniono", HEAD)
    head.presses("Zakończ i zamknij dostęp w tej przeglądarce")


@variants("phone-script")
def test_a_programme_agreed_to_by_a_link(begin: Begin, cast: World, variant: Variant) -> None:
    walk = begin("uzgodnienie-bez-konta")
    is_signed(cast)
    unit, head = walk.sits("ewa"), walk.sits(None)
    with walk.step("Jednostka: odnośnik"):
        opens_the_programme(unit)
        code = issues(unit)
    with walk.step("Kierownik ośrodka: uwagi"):
        comes_in(head, code)
        has_remarks(head)
    with walk.step("Jednostka: druga wersja"):
        opens_the_programme(unit)
        writes_it_again(unit)
        code = issues(unit)
    with walk.step("Kierownik ośrodka: zgoda"):
        comes_in(head, code)
        agrees(head)
    with walk.step("Jednostka: po zgodzie"):
        opens_the_programme(unit)
        unit.sees("obowiązuje")
        unit.follows("Przegląd")
        unit.sees("Droga do zajęć", "Uzgodnienie z OPS")
    walk.ends()
    with cast.scope("cis", "ewa"):
        found = Agreement.objects.order_by("version").values_list("version", "state", "answered_name")
        assert list(found) == [(1, "remarks", HEAD), (2, "agreed", HEAD)]
