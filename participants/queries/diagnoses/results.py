"""What finished diagnoses say, and how they compare; who reads them and the opinions of specialists.

Whoever leads cases reads every diagnosis; a specialist or an instructor those of the persons they work
with, the instructor without the sensitive answers. An unsigned opinion is its author's alone; a signed one
is read by whoever leads cases and by the specialists in the team, a confidential one by its author, the
case manager and whom they let (`visible_to`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from participants.diagnosis.answers import shown
from participants.diagnosis.chart import MOST as MOST_COMPARED
from participants.diagnosis.chart import Chart, Series, chart
from participants.diagnosis.content import Dimension
from participants.diagnosis.scores import Finding, Result, Score
from participants.enums import DiagnosisState
from participants.models import Diagnosis, Participation, SpecialistOpinion, TeamMember
from participants.perms.diagnoses import FILLERS, OPINION_SHOW
from participants.queries.cards import leads_cases
from participants.queries.diagnoses.surveys import template_of
from reintegration.core.formats import format_table_date
from reintegration.tenancy.enums import Role
from reintegration.tenancy.grants import opened_to
from reintegration.tenancy.models import Membership
from reintegration.tenancy.principal import Principal
from reintegration.tenancy.scope import current_scope

# Who reads


def sees_sensitive(principal: Principal) -> bool:
    return not FILLERS.isdisjoint(principal.roles)


def with_them(principal: Principal, *, today: date) -> Q:
    """The person is one whose case somebody leads, or in whose team they stand today."""
    cases = Participation.objects.filter(person=OuterRef("person_id"), case_manager=principal.user_id)
    now = Q(until__isnull=True) | Q(until__gte=today)
    teams = TeamMember.objects.filter(
        now, participation__person=OuterRef("person_id"), user=principal.user_id, since__lte=today
    )
    return Q(Exists(cases)) | Q(Exists(teams))


def diagnoses(principal: Principal, *, today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Diagnosis.objects.select_related("person", "participation", "made_by")
    return rows if leads_cases(principal) else rows.filter(with_them(principal, today=today))


def opinions(principal: Principal, *, today: date) -> QuerySet[Any]:
    """The opinions that this person may read, of everybody."""
    rows: QuerySet[Any] = SpecialistOpinion.objects.visible_to(principal).filter(
        Q(signed_at__isnull=False) | Q(author=principal.user_id)
    )
    if not leads_cases(principal):
        own = Q(author=principal.user_id) | Q(participation__case_manager=principal.user_id)
        open_to = own | Q(opened_to(SpecialistOpinion, principal.user_id))
        if Role.SPECIALIST in principal.roles:
            open_to |= with_them(principal, today=today)
        rows = rows.filter(open_to)
    return rows.select_related("person", "participation__case_manager", "author")


def may_be_let(opinion: SpecialistOpinion, *, today: date) -> list[tuple[str, str]]:
    """The colleagues to whom a confidential opinion can be opened: they work with participants here."""
    reads = {opinion.author_id, opinion.participation.case_manager_id}
    rows = Membership.objects.active(today=today).filter(
        organisation=current_scope().organisation_id, role__in=OPINION_SHOW.roles, user__is_active=True
    )
    found = rows.select_related("user").order_by("user__last_name", "user__first_name", "user_id")
    names = {str(row.user_id): row.user.get_full_name() for row in found if row.user_id not in reads}
    return list(names.items())


# What they say


def result_of(diagnosis: Diagnosis, *, sensitive: bool) -> Result:
    """The frozen result of a finished diagnosis."""
    held: dict[str, Any] = diagnosis.scores or {}
    result = Result(
        scores=tuple(
            Score(
                dimension=Dimension(key=one["key"], title=one["title"], group=one["group"]),
                value=Decimal(one["value"]) if one["value"] is not None else None,
                answered=one["answered"],
                of=one["of"],
            )
            for one in held.get("scores", ())
        ),
        assets=tuple(Finding(**one) for one in held.get("assets", ())),
        deficits=tuple(Finding(**one) for one in held.get("deficits", ())),
        answered=held.get("answered", 0),
        of=held.get("of", 0),
    )
    return result if sensitive else result.without_sensitive()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question with its answer in words, and the earlier one beside it when they differ."""

    text: str
    answer: str
    sensitive: bool
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPart:
    title: str
    rows: Sequence[AnswerRow]


def answers_of(diagnosis: Diagnosis, *, sensitive: bool) -> list[AnswerPart]:
    """Everything that was answered, part by part; a question without an answer is left out."""
    answers = diagnosis.answers or {}
    found = []
    for section in template_of(diagnosis).sections:
        rows = [
            AnswerRow(question.text, shown(section, question, answers[question.key]), question.sensitive)
            for question in section.questions
            if question.key in answers and (sensitive or not question.sensitive)
        ]
        if rows:
            found.append(AnswerPart(section.title, rows))
    return found


def earlier_answers(diagnosis: Diagnosis, *, sensitive: bool) -> tuple[Diagnosis | None, dict[str, str]]:
    """The finished diagnosis before this one, and its answers in words by question."""
    rows = Diagnosis.objects.filter(
        person=diagnosis.person_id, template_key=diagnosis.template_key, state=DiagnosisState.FINISHED
    )
    found: Diagnosis | None = (
        rows.filter(held_on__lte=diagnosis.held_on)
        .exclude(pk=diagnosis.pk)
        .order_by("-held_on", "-finished_at")
        .first()
    )
    if found is None:
        return None, {}
    answers = found.answers or {}
    told = {
        question.key: shown(section, question, answers[question.key])
        for section in template_of(found).sections
        for question in section.questions
        if question.key in answers and (sensitive or not question.sensitive)
    }
    return found, told


def chart_of(found: Sequence[Diagnosis]) -> Chart:
    """Two to four finished diagnoses of one survey, oldest first."""
    ordered = sorted(found, key=lambda one: (one.held_on, one.pk))
    return chart(
        [Series(format_table_date(one.held_on), result_of(one, sensitive=False).scores) for one in ordered]
    )


def comparable(rows: Sequence[Diagnosis]) -> list[Diagnosis]:
    """The newest finished ones of a survey that fit into one chart."""
    finished = [row for row in rows if row.state == DiagnosisState.FINISHED]
    return sorted(finished, key=lambda one: (one.held_on, one.pk))[-MOST_COMPARED:]
