"""What diagnoses and opinions put elsewhere: a tab, the timeline, the counselling card, the export."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from participants.diagnosis.chart import MOST
from participants.enums import DiagnosisState
from participants.happened import Chip, Happened, Part
from participants.models import Diagnosis, Participation, SpecialistOpinion
from participants.perms import diagnoses as perms
from participants.person_export import SLOT, Section
from participants.queries.diagnoses import results
from reintegration.core import clock, slots


def diagnosis_tab(request: Any, case: Participation) -> tuple[str, str] | None:
    if not request.may(perms.DIAGNOSIS_LIST):
        return None
    return "Diagnoza", reverse("participants:diagnosis_list", args=[case.pk])


def found_out(request: Any, case: Participation) -> Iterator[Part]:
    """Finished diagnoses and signed opinions of this file, for those who may open them."""
    principal, today = request.principal, clock.today()
    if not request.may(perms.DIAGNOSIS_SHOW):
        return

    def diagnosed(row: Diagnosis) -> Iterator[Happened]:
        yield Happened(
            row.held_on,
            "Diagnoza",
            Chip.PLAN,
            f"{row.title}.",
            by=row.made_by.get_full_name(),
            icon="clipboard-list",
            url=reverse("participants:diagnosis_show", args=[row.pk]),
        )

    def told_by_specialist(row: SpecialistOpinion) -> Iterator[Happened]:
        yield Happened(
            row.signed_at,
            "Opinia specjalisty",
            Chip.PLAN,
            f"{row.get_kind_display().capitalize()}.{' Poufna.' if row.confidential else ''}",
            by=row.author_name,
            icon="stethoscope",
            url=reverse("participants:specialist_opinion_show", args=[row.pk]),
        )

    rows = results.diagnoses(principal, today=today).filter(participation=case, state=DiagnosisState.FINISHED)
    yield Part(rows.order_by("held_on", "pk"), diagnosed)
    opinions = results.opinions(principal, today=today).filter(participation=case, signed_at__isnull=False)
    yield Part(opinions.order_by("signed_at", "pk"), told_by_specialist)


def needs(request: Any, case: Participation) -> slots.Panel | None:
    """The newest diagnosis of each survey and the open opinions, for the counselling card.

    The card is printed and handed on, so that what is confidential or sensitive stays out of it.
    """
    if not request.may(perms.DIAGNOSIS_SHOW):
        return None
    principal, today = request.principal, clock.today()
    finished = results.diagnoses(principal, today=today).filter(
        person=case.person_id, state=DiagnosisState.FINISHED
    )
    newest: dict[str, Any] = {}
    for row in finished.order_by("-held_on", "-pk"):
        newest.setdefault(row.template_key, row)
    opinions = results.opinions(principal, today=today).filter(
        person=case.person_id, signed_at__isnull=False, confidential=False
    )
    shown = list(opinions.order_by("-held_on", "-pk")[:MOST])
    if not newest and not shown:
        return None
    return slots.Panel(
        "potrzeby",
        "Diagnoza potrzeb",
        "participants/diagnoses/card_section.html",
        {
            "diagnoses": [(row, results.result_of(row, sensitive=False)) for row in newest.values()],
            "opinions": shown,
        },
    )


def told(person_id: UUID) -> Iterator[Section]:
    """Every finished diagnosis in words, question by question: the row itself holds only keys."""
    rows = Diagnosis.objects.filter(person=person_id, state=DiagnosisState.FINISHED)
    yield Section(
        "participants.diagnosis.answers",
        "diagnozy: pytania i odpowiedzi",
        [
            {"diagnoza": row.title, "kiedy": row.held_on.isoformat()}
            | {
                answer.text: answer.answer
                for part in results.answers_of(row, sensitive=True)
                for answer in part.rows
            }
            for row in rows.order_by("held_on", "pk")
        ],
    )


slots.fill("participants.file_tabs", diagnosis_tab, order=20)
slots.fill("participants.timeline", found_out, order=20)
slots.fill("participants.card_sections", needs, order=20)
slots.fill(SLOT, told, order=20)
