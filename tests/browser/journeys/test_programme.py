"""After the trial a CIS decides who stays; a KIS begins with a social contract instead of a programme."""

from datetime import timedelta

from playwright.sync_api import Locator

from ipzs.services.catalogue import ensure_catalogue
from participants.models import Participation, Period
from participants.services import participations
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.formats import format_table_date
from reintegration.jobs.worker import drain
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.test_counselling import takes_up
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.ipzs.programmes import made
from tests.participants.participations.made import alone, candidate, ready

TRIED, NEW = "Marek Dąbek", "Iga Sowa"
GOAL = "Chcę znów pracować w szwalni."


def trial_ends(cast: World) -> None:
    """A CIS: a month of trial was over yesterday."""
    since = add_months(clock.today(), -1)
    with cast.scope("cis", "ewa"):
        ensure_catalogue()
        file = candidate(TRIED, opened_on=since - timedelta(days=10))
        made.in_force(file, on=since - timedelta(days=5), since=since)
        with alone():
            participations.start_trial(participation_id=file.pk, since=since)


def comes_to_a_club(cast: World) -> None:
    """A KIS: everything but the contract is done."""
    with cast.scope("kis", "bozena"):
        ensure_catalogue()
        ready(candidate(NEW, opened_on=clock.today() - timedelta(days=5)))


def qualifies(manager: Desk) -> None:
    takes_up(manager, f"Kwalifikacja: {TRIED}", "Zakwalifikuj")
    # The day, the last one that there may be, and the centre of the programme are there already.
    assert manager.page.get_by_label("Kogo informujemy").input_value() == "OPS Modrzewno"
    manager.faultless()
    manager.picture("kwalifikacja-decyzja")
    manager.presses("Zakwalifikuj")
    manager.sees("Postanowienia o okresach", "Kwalifikacja po okresie próbnym")


def tells_the_centre(manager: Desk) -> None:
    manager.follows("Zapisz, kiedy poinformowano OPS")
    manager.presses("Zapisz")
    manager.sees("OPS poinformowano")


def writes_a_contract(worker: Desk) -> None:
    today = clock.today()

    def field(name: str) -> Locator:
        return worker.page.locator(f'main form [name="{name}"]')

    worker.goes("Uczestnicy")
    worker.follows(NEW)
    worker.follows("Kontrakt")
    worker.presses("Kontrakt socjalny")
    worker.writes_in(field("since"), format_table_date(today))
    worker.writes_in(field("until"), format_table_date(add_months(today, 6) - timedelta(days=1)))
    worker.writes_in(field("day_0"), format_table_date(add_months(today, 3)))
    worker.presses("Zapisz i dalej")
    worker.writes_in(field("goal_0"), GOAL)
    worker.chooses_in(field("goal_0_main"))
    worker.writes_in(field("goal_0_step_0"), "Zapiszę się na kurs szycia.")
    worker.writes_in(field("goal_0_step_0_who"), "Iga")
    worker.writes_in(field("goal_0_step_0_due"), format_table_date(add_months(today, 1)))
    worker.presses("Zapisz i dalej")
    for name, text in {
        "causes": "Zakład upadł.",
        "barriers": "Dojazd.",
        "strengths": "Szyje od dziecka.",
        "attempts": "Dwa kursy.",
        "evaluation": "Po trzech miesiącach, razem.",
        "consequences": "Rozmowa i nowy termin.",
    }.items():
        worker.writes_in(field(name), text)
    worker.faultless()
    worker.picture("kwalifikacja-kontrakt")
    worker.presses("Zapisz i dalej")
    worker.chooses_in(worker.page.locator('main input[type="checkbox"]').first)
    worker.presses("Zapisz i dalej")
    worker.writes_in(field("name_0"), "Marek Świerk")
    worker.writes_in(field("task_0"), "prowadzi sprawę")
    worker.presses("Zapisz i dalej")


def signs(worker: Desk) -> None:
    worker.presses("Gotowe do podpisu")
    worker.reads_paper("Wydrukuj", "Kontrakt socjalny", NEW, GOAL)
    worker.follows("Zapisz podpisy")
    worker.chooses_in(worker.page.locator("[name=how][value=witnessed]"))
    worker.writes_in(worker.page.locator("[name=witness]"), "Marek Świerk")
    worker.presses("Zapisz podpisy")
    worker.sees("Kontrakt obowiązuje.")


def begins_classes(worker: Desk) -> None:
    worker.picture("kwalifikacja-klub")
    worker.follows("Zapisz początek zajęć")
    # As the contract says.
    assert worker.page.get_by_label("Pierwszy dzień").input_value() == format_table_date(clock.today())
    worker.presses("Zapisz okres")
    worker.sees("Zapisz kolejny okres")


@variants("phone-plain")
def test_a_qualification_and_a_contract(begin: Begin, cast: World, variant: Variant) -> None:
    trial_ends(cast)
    comes_to_a_club(cast)
    walk = begin("kwalifikacja-i-kontrakt")
    manager, worker = walk.sits("ewa"), walk.sits("marek")
    with walk.step("Kierownik CIS: kwalifikacja po okresie próbnym"):
        qualifies(manager)
    with walk.step("Kierownik CIS: wiadomość dla ośrodka"):
        drain()
        tells_the_centre(manager)
    with walk.step("Klub: kontrakt socjalny"):
        writes_a_contract(worker)
    with walk.step("Klub: podpisy"):
        signs(worker)
    with walk.step("Klub: początek zajęć"):
        begins_classes(worker)
    walk.ends()
    with cast.scope("cis", "ewa"):
        assert list(Period.objects.order_by("since").values_list("kind", flat=True)) == ["trial", "main"]
    with cast.scope("kis", "bozena"):
        assert Participation.objects.get().periods.get().since == clock.today()
