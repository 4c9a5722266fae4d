"""Starting a diagnosis, filling it section by section, finishing or removing it."""

from collections.abc import Mapping
from typing import Any

from django.forms import BoundField, RadioSelect, Select
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from participants.diagnosis.content import Kind, Question, Section, Template
from participants.enums import DiagnosisState
from participants.forms.diagnoses import filling as forms
from participants.models import Diagnosis
from participants.perms import diagnoses as perms
from participants.queries.diagnoses import progress, results, surveys
from participants.services import diagnoses as services
from participants.views.diagnoses.base import OfCase, OfDiagnosis, tab_url
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.formats import counted, format_table_date
from reintegration.core.views import ConfirmPage, FormPage


def section_url(diagnosis: Diagnosis, key: str) -> str:
    return reverse("participants:diagnosis_fill", args=[diagnosis.pk, key])


class Start(OfCase, FormPage):
    action = perms.DIAGNOSIS_START
    title = "Nowa diagnoza"
    form_class = forms.StartForm
    submit = "Zacznij"
    drafts = False

    def object(self, *, lock: bool) -> None:
        self.find_case()
        if not self.inside:
            raise Http404

    def lead(self) -> str:
        return f"{self.case.person}. Ankietę wypełniacie razem; nikt nie musi odpowiadać na każde pytanie."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"surveys": list(surveys.titles().items())}

    def initial(self) -> Mapping[str, Any]:
        asked = self.request.GET.get("ankieta", "")
        return {"survey": asked, "held_on": clock.today(), "with_person": True}

    def save(self, form: Any) -> Diagnosis:
        made = services.start_diagnosis(
            participation_id=self.case.pk, by=self.request.principal.user_id, **form.cleaned_data
        )
        record.about(self.request, made)
        return made

    def next_url(self, result: Diagnosis) -> str:
        return section_url(result, surveys.template_of(result).sections[0].key)

    def success(self, form: Any, result: Diagnosis) -> str:
        return ""


class OfDraft(OfDiagnosis):
    """A screen of a diagnosis that is not finished yet."""

    def object(self, *, lock: bool = False) -> Diagnosis:
        found = super().object(lock=lock)
        if found.state != DiagnosisState.DRAFT:
            raise Http404
        self.template: Template = surveys.template_of(found)
        return found


class Fill(OfDraft, FormPage):
    """One section; its answers are saved together, and typed ones are kept every few seconds."""

    action = perms.DIAGNOSIS_FILL
    template_name = "participants/diagnoses/fill.html"
    form_class = forms.AnswersForm

    def object(self, *, lock: bool = False) -> Diagnosis:
        found = super().object(lock=lock)
        self.place, self.section = self.find_section(self.template)
        last = self.place == len(self.template.sections)
        self.submit = "Zapisz i podsumuj" if last else "Zapisz i dalej"
        return found

    def find_section(self, template: Template) -> tuple[int, Section]:
        for place, section in enumerate(template.sections, start=1):
            if section.key == self.kwargs["section"]:
                return place, section
        raise Http404

    def get_title(self) -> str:
        return self.section.title

    def lead(self) -> str:
        row = self.diagnosis
        return f"{row.person}. {row.title}, część {self.place} z {len(self.template.sections)}."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"template": self.template, "section": self.section}

    def initial(self) -> Mapping[str, Any]:
        return forms.initial_of(self.section, self.diagnosis.answers or {})

    def save(self, form: forms.AnswersForm) -> Diagnosis:
        return services.save_answers(
            diagnosis_id=self.diagnosis.pk, section=self.section.key, typed=form.typed()
        )

    def success(self, form: Any, result: Diagnosis) -> str:
        return f"Zapisano część „{self.section.title}”."

    def next_url(self, result: Diagnosis) -> str:
        if self.place < len(self.template.sections):
            return section_url(result, self.template.sections[self.place].key)
        return reverse("participants:diagnosis_finish", args=[result.pk])

    def answer(self, status: int = 200, **more: Any) -> HttpResponse:
        form = more.get("form")
        if form is None:  # two entries side by side
            return super().answer(status, **more)
        earlier, told = results.earlier_answers(self.diagnosis, sensitive=self.sensitive)
        before = format_table_date(earlier.held_on) if earlier is not None else ""
        drawn = [
            draw_question(form[forms.STEM + one.key], one, before=before, was=told.get(one.key, ""))
            for one in self.section.questions
        ]
        return super().answer(status, questions=drawn, before=before, **more)

    def page(self) -> Mapping[str, Any]:
        return {
            "diagnosis": self.diagnosis,
            "section": self.section,
            **steps_of(self.diagnosis, self.template, self.section.key),
        }


class Finish(OfDraft, FormPage):
    action = perms.DIAGNOSIS_FINISH
    title = "Podsumowanie"
    template_name = "participants/diagnoses/finish.html"
    form_class = forms.FinishForm
    submit = "Zakończ diagnozę"
    missing: Mapping[str, str] = {}

    def lead(self) -> str:
        row = self.diagnosis
        return f"{row.person}. {row.title}. Po zakończeniu odpowiedzi i wynik już się nie zmienią."

    def save(self, form: Any) -> Diagnosis:
        try:
            return services.finish_diagnosis(diagnosis_id=self.diagnosis.pk, **form.cleaned_data)
        except services.Unfinished as error:
            self.missing = error.missing
            raise

    def next_url(self, result: Diagnosis) -> str:
        return self.back_url

    def success(self, form: Any, result: Diagnosis) -> str:
        return f"Zakończono: {result.title}."

    def page(self) -> Mapping[str, Any]:
        missing = [
            (
                section.title,
                question.text,
                self.missing[question.key],
                section_url(self.diagnosis, section.key),
            )
            for section in self.template.sections
            for question in section.questions
            if question.key in self.missing
        ]
        result = progress.preview(self.template, self.diagnosis)
        return {
            "diagnosis": self.diagnosis,
            "missing": missing,
            "result": result,
            **steps_of(self.diagnosis, self.template, ""),
        }


class Drop(OfDraft, ConfirmPage):
    action = perms.DIAGNOSIS_DROP
    verb = "Usuń diagnozę"
    danger = True

    def get_title(self) -> str:
        return f"Usunąć niedokończoną: {self.diagnosis.title}?"

    def text(self) -> str:
        count = len(self.diagnosis.answers or {})
        answers = counted(count, "odpowiedź", "odpowiedzi", "odpowiedzi")
        return f"{self.diagnosis.person}. Zniknie {answers}." if count else f"{self.diagnosis.person}."

    def perform(self) -> str:
        case = self.diagnosis.participation_id
        services.drop_diagnosis(diagnosis_id=self.diagnosis.pk)
        return tab_url(case)

    def success(self) -> str:
        return "Usunięto niedokończoną diagnozę."


def steps_of(diagnosis: Diagnosis, template: Template, current: str) -> Mapping[str, Any]:
    """The sections as steps, each with a link and what is answered in it."""
    parts = progress.parts(template, diagnosis.answers or {})
    answered, asked = sum(part.answered for part in parts), sum(part.of for part in parts)
    return {
        "steps": [
            (_link(diagnosis, part, current), part.state(current), f"{part.answered} z {part.of}")
            for part in parts
        ],
        "answered": answered,
        "of": asked,
        "count_text": f"{answered} z {counted(asked, 'pytania', 'pytań', 'pytań')}",
    }


def _link(diagnosis: Diagnosis, part: progress.Part, current: str) -> SafeString | str:
    if part.key == current:
        return part.title
    return format_html('<a href="{}">{}</a>', section_url(diagnosis, part.key), part.title)


def draw_question(bound: BoundField, question: Question, *, before: str, was: str) -> SafeString:
    """Words, what was answered before, errors, and the answers to choose from."""
    notes = [("hint", bound.help_text), ("was", was), ("err", bound.errors)]
    described = " ".join(f"{bound.auto_id}-{name}" for name, present in notes if present)
    widget = bound.field.widget
    context: dict[str, Any] = {
        "bound": bound,
        "question": question,
        "before": before,
        "was": was,
        "described": described,
    }
    if isinstance(widget, RadioSelect):  # boxes to tick are its kind, too
        context |= {"options": list(bound), "scale": question.kind is Kind.SCALE}
    else:
        shape = "form-select" if isinstance(widget, Select) else "form-control"
        attrs: dict[str, Any] = {"class": f"{shape} w-{getattr(bound.field, 'width', 'l')}"}
        if described:
            attrs["aria-describedby"] = described
        if bound.errors:
            attrs["aria-invalid"] = "true"
        context["widget"] = bound.as_widget(attrs=attrs)
    return render_to_string("participants/diagnoses/question.html", context)
