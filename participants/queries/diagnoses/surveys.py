"""The surveys of a unit: the built-in set, with the unit's own versions in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from participants.diagnosis.builtin import KEYS, builtin_template
from participants.diagnosis.content import Template
from participants.diagnosis.reading import read_template
from participants.enums import TemplateState
from participants.models import DiagnosisTemplate


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey: the version in use, the unit's own row of it, and a version that is being made."""

    template: Template
    own: DiagnosisTemplate | None
    draft: DiagnosisTemplate | None

    @property
    def key(self) -> str:
        return self.template.key


def template_of(row: Any) -> Template:
    """The questions that a diagnosis or a unit's version holds."""
    content: Mapping[str, Any] = row.content
    return read_template(content)


def builtin(key: str) -> Template | None:
    return builtin_template(key) if key in KEYS else None


def newest(key: str) -> Template | None:
    """The version in use: the unit's own, or the built-in one."""
    row = active_rows().filter(key=key).first()
    return template_of(row) if row is not None else builtin(key)


def titles() -> dict[str, str]:
    """The surveys in use by key, built-in ones first, for a list to choose from."""
    own = dict(active_rows().order_by("title", "pk").values_list("key", "title"))
    found = {key: own.pop(key, "") or builtin_template(key).title for key in KEYS}
    return {**found, **own}


def surveys() -> list[Survey]:
    """Every survey that is in use, or only being made for the first time."""
    own = {row.key: row for row in active_rows().order_by("pk")}
    rows = DiagnosisTemplate.objects.filter(state=TemplateState.DRAFT)
    drafts = {row.key: row for row in rows.order_by("pk")}
    return [
        Survey(template_of(own[key]) if key in own else builtin_template(key), own.get(key), drafts.get(key))
        for key in titles()
    ]


def first_drafts() -> Sequence[DiagnosisTemplate]:
    """Surveys of the unit that were never in use yet."""
    rows = DiagnosisTemplate.objects.filter(state=TemplateState.DRAFT).exclude(key__in=titles())
    return list(rows.order_by("title", "pk"))


def active_rows() -> QuerySet[Any]:
    rows: QuerySet[Any] = DiagnosisTemplate.objects.filter(state=TemplateState.ACTIVE)
    return rows


def versions_of(key: str) -> QuerySet[Any]:
    """Every version of the unit's own, newest first."""
    rows: QuerySet[Any] = DiagnosisTemplate.objects.filter(key=key).select_related("made_by")
    return rows.order_by("-version")


def before(row: DiagnosisTemplate) -> Template | None:
    """The version that a row of the unit replaces: an earlier one of its own, or the built-in one."""
    own = DiagnosisTemplate.objects.filter(key=row.key, version__lt=row.version).order_by("-version").first()
    return template_of(own) if own is not None else builtin(row.key)
