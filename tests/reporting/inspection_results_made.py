"""Results of inspections, made by the services themselves, each in the state that a test needs."""

from datetime import date
from typing import Any

from reintegration.core import clock
from reporting.models import Inspection, Recommendation
from reporting.rules import inspection_results as rules
from reporting.services import inspection_results as results
from reporting.services import inspections as services
from tests.cast import World
from tests.reporting.inspections_made import opened

FINDINGS = "Skontrolowano akta i obecność. Zajęcia trwały krócej, niż zapisano."
WORDS = "Zamykać miesiąc obecności do piątego dnia następnego miesiąca."


def checked(world: World, row: Inspection) -> None:
    """A fault in the checklist."""
    with world.scope("office", "stefan"):
        services.answer(inspection_id=row.pk, code="H3", answer="fault", words="Trzy miesiące otwarte.")


def handed(world: World, **given: Any) -> Inspection:
    row = opened(world, **given)
    checked(world, row)
    with world.scope("office", "stefan"):
        return results.hand(inspection_id=row.pk, findings=FINDINGS, objection_days=7)


def objected(world: World) -> Inspection:
    row = handed(world)
    with world.scope("cis", "ewa"):
        return results.object_to(
            inspection_id=row.pk, words="Miesiące zamknięto.", objected_on=clock.today(), file=None
        )


def received(world: World, row: Inspection, day: date | None = None) -> Inspection:
    outside = row.addressee_id is None
    with world.scope(*(("office", "stefan") if outside else ("cis", "ewa"))):
        return results.receive(inspection_id=row.pk, received_on=day or clock.today())


def decided(world: World, words: tuple[str, ...] = (WORDS,)) -> Inspection:
    """Objections that the office has answered, with recommendations that nobody has given."""
    row = objected(world)
    with world.scope("office", "stefan"):
        made = results.decide(inspection_id=row.pk, result="part", words="Dwa miesiące zamknięto.")
        for one in words:
            results.recommend(inspection_id=row.pk, words=one, due_on=rules.proposed_term(clock.today()))
    return made


def settled(world: World, words: tuple[str, ...] = (WORDS,)) -> tuple[Inspection, list[Recommendation]]:
    row = decided(world, words)
    with world.scope("office", "stefan"):
        made = results.settle(inspection_id=row.pk)
        return made, list(Recommendation.objects.filter(inspection=row).order_by("position"))


def answered(world: World) -> tuple[Inspection, Recommendation]:
    row, (one,) = settled(world)
    with world.scope("cis", "ewa"):
        return row, results.answer(
            recommendation_id=one.pk, words="Zamykamy piątego.", answered_on=clock.today(), file=None
        )
