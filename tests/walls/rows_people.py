"""The objects of persons: their sections, their entries, and pairs of persons."""

from typing import Any

from participants.models import Person
from participants.views.people.parts import WORDS
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of

LABELS = {
    "group": "participants.PersonGroup",
    "disability": "participants.Disability",
    "fact": "participants.PersonFact",
    "barrier": "participants.Barrier",
    "income": "participants.Income",
}


def _pair(world: World, canary: str) -> dict[str, Any]:
    one, other = (specimen(Person, world, canary) for _ in range(2))
    return {"pk": one.pk, "other": other.pk}


ROWS.update(
    {
        "participants:person": row_of("participants.Person"),
        "participants:number_reveal": row_of("participants.Person"),
        "participants:fact_reveal": row_of("participants.Person"),
        "participants:identity_edit": row_of("participants.Person"),
        "participants:address_edit": row_of("participants.Person"),
        "participants:work_edit": row_of("participants.Person"),
        "participants:household_edit": row_of("participants.Person"),
        "participants:double_find": row_of("participants.Person"),
        "participants:person_merge": Row(_pair),
        "participants:double_dismiss": Row(_pair),
        **{f"participants:{kind}_add": row_of("participants.Person") for kind in WORDS},
        **{
            f"participants:{kind}_{verb}": row_of(LABELS[kind])
            for kind in WORDS
            for verb in ("edit", "end", "remove")
        },
    }
)
