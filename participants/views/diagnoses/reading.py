"""The tab of diagnoses, one diagnosis with its result, several compared, and the paper."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from participants import diagnosis_papers as papers
from participants.diagnosis.chart import FEWEST, MOST
from participants.enums import DiagnosisState
from participants.models import Diagnosis
from participants.perms import diagnoses as perms
from participants.queries.cards import works_with
from participants.queries.diagnoses import progress, results, surveys
from participants.queries.diagnoses.bars import score_rows
from participants.views.diagnoses.base import TITLE, OfDiagnosis, opinion_state, state_of, tab_url
from participants.views.diagnoses.filling import section_url, steps_of
from participants.views.participations.base import crumbs_of
from participants.views.participations.files import OfFile, OfTab
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import format_date
from reintegration.core.views import Page, read_ids
from reintegration.documents.exports import as_download


class DiagnosisList(OfTab):
    """The tab „Diagnoza” of a file: every diagnosis of the person here, and the opinions."""

    action = perms.DIAGNOSIS_LIST
    template_name = "participants/diagnoses/list.html"
    tab = TITLE
    request: Any

    def load(self) -> None:
        super().load()
        principal, today = self.request.principal, clock.today()
        self.inside = works_with(principal, self.file, today=today)
        rows = results.diagnoses(principal, today=today).filter(person=self.file.person_id)
        self.rows: list[Diagnosis] = list(rows.order_by("title", "template_key", "-held_on", "-pk"))

    def actions(self) -> Sequence[Link]:
        """One primary button: finish what was begun, else begin."""
        if not self.inside or self.file.ended_on is not None:
            return []
        begun = [row for row in self.rows if row.state == DiagnosisState.DRAFT]
        start = reverse("participants:diagnosis_start", args=[self.file.pk])
        if not self.request.may(perms.DIAGNOSIS_START):
            return []
        if not begun:
            return [Link("Zacznij diagnozę", start, current=True)]
        row = max(begun, key=lambda one: one.pk)
        url = reverse("participants:diagnosis_show", args=[row.pk])
        return [Link("Zacznij inną", start), Link(f"Dokończ: {row.title}", url, current=True)]

    def page(self) -> Mapping[str, Any]:
        opinions = results.opinions(self.request.principal, today=clock.today())
        rows = opinions.filter(person=self.file.person_id).order_by("-held_on", "-pk")
        return {
            **super().page(),
            "inside": self.inside,
            "groups": [
                self.group(list(rows)) for _, rows in groupby(self.rows, lambda row: row.template_key)
            ],
            "opinions": [(row, opinion_state(row)) for row in rows],
            "add_url": self.add_url(),
            "add_label": "Dodaj opinię" if self.add_url() else "",
        }

    def add_url(self) -> str:
        open_file = self.inside and self.file.ended_on is None
        if not open_file or not self.request.may(perms.OPINION_ADD):
            return ""
        return reverse("participants:specialist_opinion_add", args=[self.file.pk])

    def group(self, rows: list[Diagnosis]) -> Mapping[str, Any]:
        finished = sum(row.state == DiagnosisState.FINISHED for row in rows)
        key = rows[0].template_key
        compare = reverse("participants:diagnosis_compare", args=[self.file.pk]) + f"?ankieta={key}"
        return {
            "key": key,
            "title": rows[0].title,
            "rows": [(row, state_of(row)) for row in rows],
            "compare": compare if finished >= FEWEST else "",
            "compare_label": "Porównaj" if finished >= FEWEST else "",
        }


class Show(OfDiagnosis, Page):
    """A finished diagnosis with its result; one that is not finished with its steps."""

    action = perms.DIAGNOSIS_SHOW
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.found = self.object()
        draft = self.found.state == DiagnosisState.DRAFT
        self.template_name = f"participants/diagnoses/{'progress' if draft else 'result'}.html"
        return self.answer()

    def get_title(self) -> str:
        return self.found.title

    def lead(self) -> str:
        row, today = self.found, clock.today()
        together = "razem z osobą" if row.with_person else "bez udziału osoby"
        held = format_date(row.held_on, today=today)
        return f"{row.person}. Rozmowa: {held}, {together}. Prowadzi {row.made_by.get_full_name()}."

    def actions(self) -> Sequence[Link]:
        row = self.found
        if row.state == DiagnosisState.DRAFT:
            if not self.request.may(perms.DIAGNOSIS_FILL):
                return []
            key = progress.next_part(surveys.template_of(row), row.answers or {})
            drop = reverse("participants:diagnosis_drop", args=[row.pk])
            return [Link("Usuń", drop), Link("Wypełniaj dalej", section_url(row, key), current=True)]
        case = row.participation
        found = [Link("Wydrukuj", reverse("participants:diagnosis_print", args=[row.pk]))]
        if self.compared:
            found.append(Link("Porównaj", self.compare_url()))
        if case.ended_on is None and self.request.may(perms.DIAGNOSIS_START):
            url = reverse("participants:diagnosis_start", args=[case.pk])
            found.append(Link("Powtórz", f"{url}?ankieta={row.template_key}", current=True))
        return found

    @property
    def compared(self) -> bool:
        same = results.diagnoses(self.request.principal, today=clock.today()).filter(
            person=self.found.person_id,
            template_key=self.found.template_key,
            state=DiagnosisState.FINISHED,
        )
        return bool(same.exclude(pk=self.found.pk).exists())

    def compare_url(self) -> str:
        url = reverse("participants:diagnosis_compare", args=[self.found.participation_id])
        return f"{url}?ankieta={self.found.template_key}"

    def page(self) -> Mapping[str, Any]:
        row = self.found
        if row.state == DiagnosisState.DRAFT:
            may = self.request.may(perms.DIAGNOSIS_FILL)
            template = surveys.template_of(row)
            return {"diagnosis": row, "may_fill": may, **steps_of(row, template, "")}
        result = results.result_of(row, sensitive=self.sensitive)
        return {
            "diagnosis": row,
            "scores": score_rows(result.scores),
            "result": result,
            "parts": results.answers_of(row, sensitive=self.sensitive),
            "sensitive": self.sensitive,
        }


class Compare(OfFile):
    """Two to four diagnoses of one survey side by side."""

    action = perms.DIAGNOSIS_COMPARE
    template_name = "participants/diagnoses/compare.html"
    request: Any

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TITLE, tab_url(self.file.pk)), ("Porównanie", ""))

    def actions(self) -> Sequence[Link]:
        return []

    def page(self) -> Mapping[str, Any]:
        asked = self.request.GET.get("ankieta", "")
        rows = results.diagnoses(self.request.principal, today=clock.today()).filter(
            person=self.file.person_id, state=DiagnosisState.FINISHED
        )
        if not asked:
            asked = next(iter(rows.order_by("-held_on").values_list("template_key", flat=True)[:1]), "")
        found = list(rows.filter(template_key=asked).order_by("-held_on", "-pk"))
        chosen_ids = set(read_ids(self.request.GET.getlist("d")))
        chosen = [row for row in found if row.pk in chosen_ids] if chosen_ids else results.comparable(found)
        fits = FEWEST <= len(chosen) <= MOST
        keys = {row.pk for row in chosen}
        return {
            **super().page(),
            "survey": asked,
            "survey_title": found[0].title if found else "",
            "choices": [(row, row.pk in keys) for row in found],
            "enough": len(found) >= FEWEST,
            "chart": results.chart_of(chosen) if fits else None,
            "versions": sorted({row.template_version for row in chosen}),
        }


class Print(OfDiagnosis, Page):
    """The paper, made for who asks and not kept."""

    action = perms.DIAGNOSIS_PRINT
    request: Any

    def get_title(self) -> str:
        return self.diagnosis.title

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.object()
        if row.state == DiagnosisState.DRAFT:
            return HttpResponseRedirect(self.back_url)
        content = papers.diagnosis_pdf(row, sensitive=self.sensitive)
        return as_download(content, f"diagnoza {row.participation.number} {row.held_on:%Y-%m-%d}")
