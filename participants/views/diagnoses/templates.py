"""The surveys of a unit, behind the settings: the versions in use, and the editor of a draft."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from participants.diagnosis.content import Question, Section, Template
from participants.diagnosis.versions import differences
from participants.enums import TemplateState
from participants.forms.diagnoses import templates as forms
from participants.models import DiagnosisTemplate
from participants.perms import diagnoses as perms
from participants.queries.diagnoses import surveys
from participants.services.diagnoses import templates as services
from reintegration.audit import record
from reintegration.core import toasts
from reintegration.core.components import Badge, Link
from reintegration.core.errors import InputError
from reintegration.core.views import ConfirmPage, FormPage, Page, go_to
from reintegration.tenancy.actions import handles

TITLE = "Ankiety diagnozy"
STATES = {
    TemplateState.DRAFT: Badge("szkic", "info"),
    TemplateState.ACTIVE: Badge("w użyciu", "ok"),
    TemplateState.RETIRED: Badge("wycofana", "plain"),
}


def version_url(row: DiagnosisTemplate) -> str:
    return reverse("participants:template_version", args=[row.pk])


def list_url() -> str:
    return reverse("participants:template_list")


class TemplateList(Page):
    action = perms.TEMPLATE_LIST
    title = TITLE
    template_name = "participants/diagnoses/surveys.html"

    def lead(self) -> str:
        return "Gotowe ankiety są w programie od pierwszego dnia. Każdą możesz zmienić pod swoją jednostkę."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, "")]

    def page(self) -> Mapping[str, Any]:
        return {"surveys": surveys.surveys(), "first_drafts": surveys.first_drafts()}


class OfSurvey:
    """A screen of one survey by its key."""

    request: Any
    kwargs: dict[str, Any]

    def object(self, *, lock: bool = False) -> Template:
        found = surveys.newest(self.kwargs["key"])
        if found is None:
            raise Http404
        self.template = found
        self.back_url = reverse("participants:template_show", args=[found.key])
        return found


class TemplateShow(OfSurvey, Page):
    """The version in use, question by question, and the versions before it."""

    action = perms.TEMPLATE_SHOW
    template_name = "participants/diagnoses/survey.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object()
        self.versions = list(surveys.versions_of(self.template.key))
        return self.answer()

    def get_title(self) -> str:
        return self.template.title

    def lead(self) -> str:
        own = any(row.state == TemplateState.ACTIVE for row in self.versions)
        return f"Wersja {self.template.version}, {'własna jednostki' if own else 'gotowa, z programu'}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, list_url()), (self.template.title, "")]

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.TEMPLATE_COPY):
            return []
        return [
            Link("Nowa ankieta z tych pytań", reverse("participants:template_copy", args=[self.template.key]))
        ]

    def page(self) -> Mapping[str, Any]:
        draft = next((row for row in self.versions if row.state == TemplateState.DRAFT), None)
        active = next((row for row in self.versions if row.state == TemplateState.ACTIVE), None)
        return {
            "survey": self.template,
            "versions": [(row, STATES[TemplateState(row.state)]) for row in self.versions],
            "draft": draft,
            "active": active,
        }


@handles(POST=perms.TEMPLATE_COPY)
def new_version(request: Any, key: str) -> HttpResponse:
    """Begin a new version of a survey; one that is being made already is shown instead."""
    template = surveys.newest(key)
    if template is None:
        raise Http404
    try:
        made = services.copy_template(key=key, by=request.principal.user_id)
    except InputError as error:
        toasts.refused(request, error.message)
        return go_to(request, reverse("participants:template_show", args=[key]))
    record.about(request, made)
    return go_to(request, version_url(made))


class Copy(OfSurvey, FormPage):
    action = perms.TEMPLATE_COPY
    form_class = forms.CopyForm
    submit = "Zacznij nową ankietę"
    drafts = False

    def get_title(self) -> str:
        return "Nowa ankieta"

    def lead(self) -> str:
        return f"Zacznie się od pytań ankiety „{self.template.title}”. Ta zostaje bez zmian."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, list_url()), (self.template.title, self.back_url), ("Nowa ankieta", "")]

    def save(self, form: Any) -> DiagnosisTemplate:
        made: DiagnosisTemplate = services.copy_template(
            key=self.template.key, by=self.request.principal.user_id, title=form.cleaned_data["title"]
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: DiagnosisTemplate) -> str:
        return f"Zaczęto ankietę „{result.title}”."

    def next_url(self, result: DiagnosisTemplate) -> str:
        return version_url(result)


class OfVersion:
    """A screen of one version of the unit's own."""

    request: Any
    kwargs: dict[str, Any]
    only: TemplateState | None = TemplateState.DRAFT

    def object(self, *, lock: bool = False) -> DiagnosisTemplate:
        rows = DiagnosisTemplate.objects.select_related("made_by")
        if self.only is not None:
            rows = rows.filter(state=self.only)
        if lock:
            rows = rows.select_for_update(of=("self",))
        row: DiagnosisTemplate = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.row = row
        self.template = surveys.template_of(self.row)
        self.back_url = version_url(self.row)
        record.about(self.request, self.row)
        self.find()
        return row

    def find(self) -> None:
        """What of the survey the address names besides."""

    def crumbs(self) -> Sequence[tuple[str, str]]:
        shown = f"{self.row.title}, wersja {self.row.version}"
        return [(TITLE, list_url()), (shown, self.back_url), (self.get_title(), "")]  # type: ignore[attr-defined]


class OfSection(OfVersion):
    section: Section

    def find(self) -> None:
        self.section = _named(self.template.sections, self.kwargs["section"])


class OfQuestion(OfSection):
    question: Question

    def find(self) -> None:
        super().find()
        self.question = _named(self.section.questions, self.kwargs["question"])


def _named(parts: Sequence[Any], key: str) -> Any:
    for part in parts:
        if part.key == key:
            return part
    raise Http404


class Version(OfVersion, Page):
    """One version: a draft with its editor, or an earlier one to read."""

    action = perms.TEMPLATE_SHOW
    template_name = "participants/diagnoses/version.html"
    only = None

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object()
        return self.answer()

    def get_title(self) -> str:
        return f"{self.row.title}, wersja {self.row.version}"

    def lead(self) -> str:
        if self.row.state == TemplateState.DRAFT:
            return "Szkic. Diagnozy robi się jeszcze według wersji, która jest w użyciu."
        return "Diagnozy zrobione według tej wersji zostają takie, jakie są."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, list_url()), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.TEMPLATE_EDIT):
            return []
        pk = self.row.pk
        if self.row.state == TemplateState.DRAFT:
            return [
                Link("Usuń szkic", reverse("participants:template_drop", args=[pk])),
                Link("Oddaj do użytku", reverse("participants:template_publish", args=[pk]), current=True),
            ]
        if self.row.state == TemplateState.ACTIVE:
            return [Link("Wycofaj", reverse("participants:template_retire", args=[pk]))]
        return []

    def page(self) -> Mapping[str, Any]:
        earlier = surveys.before(self.row)
        return {
            "row": self.row,
            "survey": self.template,
            "state": STATES[TemplateState(self.row.state)],
            "editable": self.row.state == TemplateState.DRAFT and self.request.may(perms.TEMPLATE_EDIT),
            "changes": differences(earlier, self.template) if earlier is not None else None,
            "earlier": earlier,
        }


class VersionForm(OfVersion, FormPage):
    """A form of the editor; it leads back to the draft."""

    action = perms.TEMPLATE_EDIT
    drafts = False

    def dimensions(self) -> list[tuple[str, str]]:
        return [(dimension.key, dimension.title) for dimension in self.template.dimensions]


class Heading(VersionForm):
    title = "Nazwa i wstęp"
    form_class = forms.HeadingForm

    def initial(self) -> Mapping[str, Any]:
        return {"title": self.template.title, "lead": self.template.lead}

    def save(self, form: Any) -> DiagnosisTemplate:
        return services.set_heading(template_id=self.row.pk, **form.cleaned_data)


class SectionAdd(VersionForm):
    title = "Nowa część"
    form_class = forms.FirstQuestionForm
    submit = "Dodaj część"

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"dimensions": self.dimensions()}

    def version(self) -> str:
        return ""

    def save(self, form: forms.FirstQuestionForm) -> DiagnosisTemplate:
        return services.add_section(
            template_id=self.row.pk, data=form.section_data(), first=form.question_data()
        )

    def success(self, form: Any, result: Any) -> str:
        return f"Dodano część „{form.cleaned_data['title']}”."


class SectionEdit(OfSection, VersionForm):
    form_class = forms.SectionForm

    def get_title(self) -> str:
        return f"Część: {self.section.title}"

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"dimensions": self.dimensions()}

    def initial(self) -> Mapping[str, Any]:
        return forms.section_initial(self.section)

    def save(self, form: forms.SectionForm) -> DiagnosisTemplate:
        return services.edit_section(template_id=self.row.pk, key=self.section.key, data=form.section_data())


class QuestionAdd(OfSection, VersionForm):
    form_class = forms.QuestionForm
    submit = "Dodaj pytanie"

    def get_title(self) -> str:
        return f"Nowe pytanie: {self.section.title}"

    def version(self) -> str:
        return ""

    def save(self, form: forms.QuestionForm) -> DiagnosisTemplate:
        return services.add_question(
            template_id=self.row.pk, section=self.section.key, data=form.question_data()
        )

    def success(self, form: Any, result: Any) -> str:
        return "Dodano pytanie."


class QuestionEdit(OfQuestion, VersionForm):
    title = "Pytanie"
    form_class = forms.QuestionForm

    def form_kwargs(self) -> Mapping[str, Any]:
        earlier = surveys.before(self.row)
        asked = {one.key for one in earlier.questions} if earlier is not None else set()
        return {"fixed_kind": self.question.key in asked}

    def initial(self) -> Mapping[str, Any]:
        return forms.question_initial(self.question)

    def save(self, form: forms.QuestionForm) -> DiagnosisTemplate:
        return services.edit_question(
            template_id=self.row.pk,
            section=self.section.key,
            key=self.question.key,
            data=form.question_data(),
        )


class Move(OfVersion, Page):
    """One place up or down; a POST, so that a link followed by a machine moves nothing."""

    action = {"POST": perms.TEMPLATE_EDIT}
    http_method_names = ["post", "options"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object(lock=True)
        up = request.POST.get("gdzie") == "wyzej"
        try:
            anchor = self.move(up=up)
        except InputError as error:
            toasts.refused(request, error.message)
            anchor = ""
        return go_to(request, self.back_url + anchor)

    def move(self, *, up: bool) -> str:
        raise NotImplementedError


class SectionMove(OfSection, Move):
    def move(self, *, up: bool) -> str:
        services.move_section(template_id=self.row.pk, key=self.section.key, up=up)
        return f"#{self.section.key}"


class QuestionMove(OfQuestion, Move):
    def move(self, *, up: bool) -> str:
        services.move_question(
            template_id=self.row.pk, section=self.section.key, key=self.question.key, up=up
        )
        return f"#{self.section.key}"


class SectionRemove(OfSection, ConfirmPage):
    action = perms.TEMPLATE_EDIT
    verb = "Usuń część"
    danger = True

    def get_title(self) -> str:
        return f"Usunąć część „{self.section.title}”?"

    def text(self) -> str:
        return (
            f"Zniknie ze szkicu z pytaniami: {len(self.section.questions)}. Zrobione diagnozy je zachowają."
        )

    def perform(self) -> str:
        services.remove_section(template_id=self.row.pk, key=self.section.key)
        return self.back_url

    def success(self) -> str:
        return f"Usunięto część „{self.section.title}”."


class QuestionRemove(OfQuestion, ConfirmPage):
    action = perms.TEMPLATE_EDIT
    verb = "Usuń pytanie"
    danger = True

    def get_title(self) -> str:
        return "Usunąć pytanie?"

    def text(self) -> str:
        return f"„{self.question.text}” Zrobione diagnozy je zachowają."

    def perform(self) -> str:
        services.remove_question(template_id=self.row.pk, section=self.section.key, key=self.question.key)
        return f"{self.back_url}#{self.section.key}"

    def success(self) -> str:
        return "Usunięto pytanie."


class Publish(OfVersion, ConfirmPage):
    action = perms.TEMPLATE_PUBLISH
    verb = "Oddaj do użytku"

    def get_title(self) -> str:
        return f"Oddać do użytku: {self.row.title}?"

    def text(self) -> str:
        earlier = surveys.before(self.row)
        if earlier is None:
            return "Od teraz można według niej zaczynać diagnozy. Potem zmienisz ją tylko nową wersją."
        count = len(differences(earlier, self.template))
        return f"Zmian: {count}. Nowe diagnozy zaczną się od tej wersji, a zrobione zostaną bez zmian."

    def perform(self) -> str:
        made = services.publish_template(template_id=self.row.pk)
        return reverse("participants:template_show", args=[made.key])

    def success(self) -> str:
        return f"W użyciu jest wersja {self.row.version} ankiety „{self.row.title}”."


class Retire(OfVersion, ConfirmPage):
    action = perms.TEMPLATE_RETIRE
    verb = "Wycofaj ankietę"
    only = TemplateState.ACTIVE

    def get_title(self) -> str:
        return f"Wycofać: {self.row.title}?"

    def text(self) -> str:
        if surveys.builtin(self.row.key) is not None:
            return "Wróci gotowa ankieta z programu. Zrobione diagnozy zostaną bez zmian."
        return "Nie da się według niej zacząć nowej diagnozy. Zrobione zostaną bez zmian."

    def perform(self) -> str:
        services.retire_template(template_id=self.row.pk)
        return list_url()

    def success(self) -> str:
        return f"Wycofano ankietę „{self.row.title}”."


class Drop(OfVersion, ConfirmPage):
    action = perms.TEMPLATE_DROP
    verb = "Usuń szkic"
    danger = True

    def get_title(self) -> str:
        return f"Usunąć szkic: {self.row.title}?"

    def text(self) -> str:
        return "Znikną zmiany, których nie oddano do użytku."

    def perform(self) -> str:
        services.drop_template(template_id=self.row.pk)
        return list_url()

    def success(self) -> str:
        return "Usunięto szkic ankiety."
