"""The objects of diagnoses, of specialists' opinions and of a unit's surveys."""

from typing import Any

from participants.models import (
    Diagnosis,
    DiagnosisTemplate,
    Participation,
    SpecialistOpinion,
    SpecialistOpinionGrant,
)
from reintegration.core import clock
from reintegration.core.ids import uuid7
from reintegration.tenancy.scope import current_scope
from tests.cast import World
from tests.participants.diagnosis.small import small
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row

RESULT = {"scores": [], "assets": [], "deficits": [], "answered": 1, "of": 9}


def _case(world: World, canary: str) -> Participation:
    """A file that the one who asks leads: a specialist or an instructor opens no others."""
    made: Participation = specimen(Participation, world, canary, case_manager_id=current_scope().user_id)
    return made


def _led(world: World, canary: str) -> dict[str, Any]:
    return {"pk": _case(world, canary).pk}


def _diagnosis(*, done: bool = False, **more: str) -> Row:
    def make(world: World, canary: str) -> dict[str, Any]:
        case = _case(world, canary)
        end: dict[str, Any] = {"state": "draft", "finished_at": None}
        if done:
            end = {"state": "finished", "finished_at": clock.now(), "scores": RESULT}
        made = specimen(
            Diagnosis,
            world,
            canary,
            participation=case,
            person=case.person,
            content=small() | {"title": canary},
            answers={"wish": canary},
            **end,
        )
        return {"pk": made.pk, **more}

    return Row(make, own=True)


def _opinion(world: World, canary: str, **given: Any) -> SpecialistOpinion:
    case = _case(world, canary)
    values = {"participation": case, "person": case.person, "author_id": current_scope().user_id}
    made: SpecialistOpinion = specimen(SpecialistOpinion, world, canary, **values | given)
    return made


def _own_draft(world: World, canary: str) -> dict[str, Any]:
    return {"pk": _opinion(world, canary).pk}


def _signed(world: World, canary: str) -> dict[str, Any]:
    return {"pk": _opinion(world, canary, signed_at=clock.now()).pk}


def _confidential(world: World, canary: str) -> SpecialistOpinion:
    return _opinion(world, canary, signed_at=clock.now(), confidential=True)


def _to_open(world: World, canary: str) -> dict[str, Any]:
    return {"pk": _confidential(world, canary).pk}


def _grant(world: World, canary: str) -> dict[str, Any]:
    given = specimen(SpecialistOpinionGrant, world, canary, content_object=_confidential(world, canary))
    return {"pk": given.pk}


def _survey(state: str = "draft", **more: str) -> Row:
    def make(world: World, canary: str) -> dict[str, Any]:
        content = small() | {"title": canary, "key": f"s{uuid7().hex}"}
        made = DiagnosisTemplate.objects.create(
            key=content["key"],
            version=1,
            title=canary,
            content=content,
            state=state,
            made_at=clock.now(),
            made_by_id=current_scope().user_id,
        )
        return {"pk": made.pk, **more}

    return Row(make)


def _built_in(world: World, canary: str) -> dict[str, Any]:
    return {"key": "general"}


ROWS.update(
    {
        "participants:diagnosis_list": Row(_led),
        "participants:diagnosis_compare": Row(_led),
        "participants:diagnosis_start": Row(_led, own=True),
        "participants:diagnosis_show": _diagnosis(done=True),
        "participants:diagnosis_print": _diagnosis(done=True),
        "participants:diagnosis_fill": _diagnosis(section="first"),
        "participants:diagnosis_finish": _diagnosis(),
        "participants:diagnosis_drop": _diagnosis(),
        "participants:specialist_opinion_add": Row(_led, own=True),
        "participants:specialist_opinion_show": Row(_signed, own=True),
        "participants:specialist_opinion_print": Row(_signed, own=True),
        # Nobody but their author, or who opened them, finds these, whatever the walls.
        "participants:specialist_opinion_edit": Row(_own_draft, "filtered", own=True),
        "participants:specialist_opinion_sign": Row(_own_draft, "filtered", own=True),
        "participants:specialist_opinion_drop": Row(_own_draft, "filtered", own=True),
        "participants:specialist_opinion_grant": Row(_to_open, "filtered", own=True),
        "participants:specialist_opinion_grant_end": Row(_grant, "filtered", own=True),
        "participants:template_show": Row(_built_in, "everybody"),
        "participants:template_new_version": Row(_built_in, "everybody"),
        "participants:template_copy": Row(_built_in, "everybody"),
        "participants:template_version": _survey(),
        "participants:template_heading": _survey(),
        "participants:template_publish": _survey(),
        "participants:template_retire": _survey("active"),
        "participants:template_drop": _survey(),
        "participants:template_section_add": _survey(),
        "participants:template_section": _survey(section="first"),
        "participants:template_section_move": _survey(section="first"),
        "participants:template_section_remove": _survey(section="first"),
        "participants:template_question_add": _survey(section="first"),
        "participants:template_question": _survey(section="first", question="roof"),
        "participants:template_question_move": _survey(section="first", question="roof"),
        "participants:template_question_remove": _survey(section="first", question="roof"),
    }
)
