"""A referral is looked through before the interview, refused for a reason, and read by who sent it."""

from reintegration.jobs.worker import drain
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import World
from tests.participants.portal.made import sent

NAME = "Roman Sęk"
NEXT = "Zadzwonimy w styczniu, gdy zwolni się miejsce."


def looks_through(unit: Desk) -> None:
    unit.goes("Skierowania")
    unit.follows("Sęk Roman")
    unit.sees("Czy wszystko jest", "Opinia pracownika socjalnego po wywiadzie. Dodaje ją OPS.")
    unit.presses("Odbierz")
    unit.faultless()
    unit.picture("odmowa-gotowosc", of=unit.page.locator("#gotowosc"))


def refuses(unit: Desk) -> None:
    unit.follows("Odmów")
    unit.picks("Powód", "brak wolnych miejsc")
    unit.writes_in(unit.page.locator("[name=text]"), NEXT)
    unit.presses("Odmów przyjęcia")
    unit.sees("Brak wolnych miejsc", NEXT)
    unit.reads_paper("Wydrukuj odmowę", "Odmowa przyjęcia", NAME, "Brak wolnych miejsc.", NEXT)


def reads_it(ops: Desk) -> None:
    ops.goes("Skierowania")
    ops.sees("odmowa: brak wolnych miejsc")
    ops.follows(NAME)
    ops.sees("Odmówiono przyjęcia", NEXT)
    ops.faultless()
    ops.picture("odmowa-osrodek")
    ops.follows("Wolne miejsca")


@variants("phone-plain")
def test_a_refusal(begin: Begin, cast: World, variant: Variant) -> None:
    walk = begin("odmowa")
    sent(cast)
    unit, ops = walk.sits("anna"), walk.sits("zofia")
    with walk.step("Jednostka: czy wszystko jest"):
        looks_through(unit)
    with walk.step("Jednostka: odmowa"):
        refuses(unit)
        drain()
    with walk.step("Ośrodek: co widzi"):
        reads_it(ops)
    walk.ends()
