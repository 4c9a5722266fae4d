"""Diagnoses and opinions on their way, made by the services themselves."""

from datetime import date, timedelta
from typing import Any

from participants.models import Diagnosis, DiagnosisTemplate, Participation, SpecialistOpinion, TeamMember
from participants.queries.diagnoses import surveys
from participants.services import diagnoses as services
from participants.services.participations import assign_case_manager
from reintegration.core import clock
from tests.cast import World
from tests.participants.diagnosis.small import small
from tests.participants.participations.made import TODAY, candidate

SECRET = "Boi się wracać do domu."
QUIET = "Tajemnica terapeuty."


def case(world: World, name: str = "Marek Dąbek", leader: str = "jan") -> Participation:
    """An open file that somebody leads."""
    found = candidate(name)
    assign_case_manager(participation_id=found.pk, user_id=world.people[leader].pk)
    found.refresh_from_db()
    return found


def small_survey(world: World, **changed: Any) -> DiagnosisTemplate:
    """A small survey of the unit's own, in use."""

    content = small() | changed
    return DiagnosisTemplate.objects.create(
        key=content["key"],
        version=content["version"],
        title=content["title"],
        content=content,
        state="active",
        made_at=clock.now(),
        made_by=world.people["anna"],
        published_at=clock.now(),
    )


def begun(world: World, file: Participation, held_on: date = TODAY, by: str = "jan") -> Diagnosis:
    if surveys.newest("small") is None:
        small_survey(world)
    return services.start_diagnosis(
        participation_id=file.pk, survey="small", held_on=held_on, by=world.people[by].pk
    )


def answered(row: Diagnosis, roof: int = 4, health: int = 0) -> Diagnosis:
    services.save_answers(
        diagnosis_id=row.pk, section="first", typed={"roof": str(roof), "debts": "tak", "health": str(health)}
    )
    return services.save_answers(
        diagnosis_id=row.pk, section="second", typed={"search": "often", "wish": SECRET, "years": "1,5"}
    )


def finished(
    world: World, file: Participation, held_on: date = TODAY, *, roof: int = 4, by: str = "jan"
) -> Diagnosis:
    row = answered(begun(world, file, held_on, by), roof=roof)
    return services.finish_diagnosis(diagnosis_id=row.pk, summary="Zaczynamy od mieszkania.")


def opinion(
    world: World,
    file: Participation,
    *,
    by: str = "olga",
    signed: bool = True,
    confidential: bool = True,
    text: str = QUIET,
) -> SpecialistOpinion:
    made = services.write_opinion(
        participation_id=file.pk,
        data=services.OpinionData(
            kind="psychologist",
            held_on=TODAY,
            text=text,
            advice="Krótkie zadania.",
            confidential=confidential,
        ),
        author_id=world.people[by].pk,
    )
    return services.sign_opinion(opinion_id=made.pk, by=world.people[by].pk) if signed else made


def in_team(world: World, file: Participation, person: str) -> TeamMember:
    return TeamMember.objects.create(
        participation=file,
        user=world.people[person],
        task="wsparcie",
        since=TODAY - timedelta(days=10),
    )
