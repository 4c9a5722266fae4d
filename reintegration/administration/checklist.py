"""The first steps of a new unit. A room adds its step; a step is done when the room says so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.documents.models import PaperSettings
from reintegration.law.queries import unchosen
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.models import Site, UnitAccount, UnitCalendar


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    why: str
    url_name: str
    action: str
    is_done: Callable[[Any], bool]
    # A KIS pays no benefit, so it needs neither readings nor an account.
    only_cis: bool = False


@dataclass(frozen=True, slots=True)
class Stood:
    """A step as it stands for one unit."""

    title: str
    why: str
    url: str
    action: str
    done: bool
    state: str


_steps: list[Step] = []


def first_step(step: Step) -> Step:
    _steps.append(step)
    return step


def steps_for(request: Any) -> list[Stood]:
    """The steps of the current unit; the first that is not done is the one to take now."""
    cis = request.principal.place.subtype == UnitType.CIS
    found: list[Stood] = []
    waiting = False
    for step in _steps:
        if step.only_cis and not cis:
            continue
        done = step.is_done(request)
        state = "done" if done else "later" if waiting else "now"
        waiting = waiting or not done
        found.append(Stood(step.title, step.why, reverse(step.url_name), step.action, done, state))
    return found


first_step(
    Step(
        "Miejsca zajęć",
        "Zajęcia i obecność zapisuje się w miejscu.",
        "administration:site_list",
        "Dodaj miejsce",
        lambda request: Site.objects.exists(),
    )
)
first_step(
    Step(
        "Kalendarz zajęć",
        "Bez dni tygodnia program nie wie, kiedy kto powinien być.",
        "administration:calendar",
        "Ustaw dni",
        lambda request: UnitCalendar.objects.exists(),
    )
)
first_step(
    Step(
        "Nagłówek pism",
        "Stoi na każdym piśmie, które wydrukujesz.",
        "documents:letterhead",
        "Ustaw nagłówek",
        lambda request: PaperSettings.objects.exists(),
    )
)
first_step(
    Step(
        "Odczyty ustawy",
        "Ustawa nie rozstrzyga wszystkiego. Zapytaj swój PUP i wybierz, jak liczyć.",
        "law:readings",
        "Wybierz",
        lambda request: not unchosen(request.principal.place.id, Month.of(clock.today())),
        only_cis=True,
    )
)
first_step(
    Step(
        "Rachunek jednostki",
        "Z niego wychodzą świadczenia.",
        "administration:account",
        "Wpisz rachunek",
        lambda request: UnitAccount.objects.exists(),
        only_cis=True,
    )
)
