"""What came of an inspection, for both sides: protocol, objections, recommendations and their answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property

from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Link
from reintegration.core.formats import counted, format_long_date
from reintegration.core.memory import memory
from reintegration.core.views import ConfirmPage, DetailPage, FormPage
from reintegration.documents.exports import as_download
from reintegration.tenancy.actions import handles
from reporting import inspection_papers as papers
from reporting import perms
from reporting.enums import InspectionState, RecommendationState
from reporting.forms import inspection_results as forms
from reporting.models import Inspection, Recommendation
from reporting.queries import inspection_results as queries
from reporting.queries import inspections
from reporting.rules import inspection_results as rules
from reporting.rules import inspections as terms
from reporting.rules.procedures import days_left
from reporting.services import inspection_results as services
from reporting.transitions import INSPECTIONS, OfInspection, OfRecommendation
from reporting.views.inspections import OneInspection, badge_of
from reporting.views.sides import WordsOfUnit, is_office, served

STATES = {
    RecommendationState.GIVEN: "info",
    RecommendationState.ANSWERED: "warn",
    RecommendationState.DONE: "ok",
    RecommendationState.NOT_DONE: "bad",
}
SOON = 7
# What an address calls a file of an inspection, and the column that holds its key.
FILES = {
    "dowody": "pack",
    "protokol": "protocol",
    "zalecenia": "settled_paper",
    "zastrzezenia": "objections_file",
}
WAITS = {
    rules.Waits.RECEIPT: "Termin zastrzeżeń biegnie od odbioru protokołu, a nikt go jeszcze nie potwierdził.",
    rules.Waits.TERM: "Zalecenia wydasz, gdy minie termin zastrzeżeń.",
    rules.Waits.STAND: "Zalecenia wydasz, gdy urząd rozpatrzy zastrzeżenia.",
}


def recommendation_badge(one: Recommendation) -> Badge:
    """The state, and how the term stands while nothing was answered."""
    state = RecommendationState(one.state)
    if one.given_on is None:
        return Badge("projekt")
    if state is not RecommendationState.GIVEN:
        return Badge(str(state.label), STATES[state])
    left = days_left(one.due_on, clock.today())
    if left < 0:
        return Badge(f"{counted(-left, 'dzień', 'dni', 'dni')} po terminie", "bad")
    return Badge(f"zostało {counted(left, 'dzień', 'dni', 'dni')}", "warn" if left <= SOON else "info")


class OneResult(OneInspection):
    """A page of the results: it leads back to them, and they to the inspection."""

    def object(self, *, lock: bool = False) -> Any:
        found = super().object(lock=lock)
        self.back_url = reverse("reporting:inspection_results", args=[self.inspection.pk])
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        above = reverse("reporting:inspection", args=[self.inspection.pk])
        return [
            *self.trail(),
            (self.name(), above),
            ("Protokół i zalecenia", self.back_url),
            (self.get_title(), ""),
        ]


class Show(OneResult, DetailPage):
    action = perms.INSPECTION_SHOW
    template_name = "reporting/inspections/results.html"

    def get_title(self) -> str:
        return f"Protokół i zalecenia: {self.inspection.number}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*super().crumbs()[:-2], ("Protokół i zalecenia", "")]

    @cached_property
    def waits(self) -> rules.Waits:
        return queries.settling_waits(self.inspection, clock.today())

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        return queries.recommendations_of(self.inspection)

    @property
    def may_object(self) -> bool:
        """Whether this side may write objections today."""
        row = self.inspection
        return (
            INSPECTIONS.may(row, OfInspection.OBJECT)
            and row.objected_on is None
            and rules.in_time(clock.today(), row.objections_due)
            and self.office == (row.addressee_id is None)
            and self.request.may(perms.INSPECTION_ANSWER)
        )

    def actions(self) -> Sequence[Link]:
        found = self.of_office() if self.office else self.of_unit()
        return [
            Link(label, reverse(f"reporting:inspection_{name}", args=[self.inspection.pk]), current=first)
            for first, (label, name) in zip([True] + [False] * len(found), found, strict=False)
        ]

    def of_unit(self) -> list[tuple[str, str]]:
        row = self.inspection
        if row.state != InspectionState.PROTOCOL or not self.request.may(perms.INSPECTION_ANSWER):
            return []
        found = [] if row.received_on else [("Potwierdź odbiór", "received")]
        return [*found, ("Zgłoś zastrzeżenia", "object")] if self.may_object else found

    def of_office(self) -> list[tuple[str, str]]:
        row = self.inspection
        if not self.request.may(perms.INSPECTION_RESULT):
            return []
        if row.state == InspectionState.OPEN:
            return [("Napisz protokół", "hand")] if self.inspecting else []
        if row.state == InspectionState.OBJECTIONS:
            return [("Zajmij stanowisko", "decide"), ("Dodaj zalecenie", "recommend")]
        if row.state == InspectionState.PROTOCOL:
            return self.while_protocol()
        checked = rules.all_checked(queries.is_checked(one) for one in self.recommendations)
        if row.state == InspectionState.SETTLED and checked:
            return [("Zakończ kontrolę", "close")]
        return []

    def while_protocol(self) -> list[tuple[str, str]]:
        row = self.inspection
        found = [("Wpisz zastrzeżenia", "object")] if self.may_object else []
        if row.objected_on is None and not row.received_by_unit:
            found.insert(0, ("Wpisz dzień odbioru", "received"))
        written = [("Dodaj zalecenie", "recommend")]
        if self.waits is rules.Waits.NOTHING:
            there = bool(self.recommendations)
            settle = [("Wydaj zalecenia" if there else "Zakończ bez zaleceń", "settle")]
            return [*settle, *written, *found] if there else [*written, *settle, *found]
        return [*found, *written] if self.waits is rules.Waits.RECEIPT else [*written, *found]

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.inspection
        if row.handed_on is None:
            return
        yield "Protokół przekazano", format_long_date(row.handed_on)
        yield "Odebrano", format_long_date(row.received_on) if row.received_on else "jeszcze nie potwierdzono"
        if row.objections_due is not None:
            yield "Zastrzeżenia do", format_long_date(row.objections_due)
        else:
            yield (
                "Na zastrzeżenia",
                f"{counted(row.objection_days, 'dzień roboczy', 'dni robocze', 'dni roboczych')} od odbioru",
            )
        if row.settled_on is not None:
            yield "Zalecenia wydano", format_long_date(row.settled_on)
        if row.closed_on is not None:
            yield "Kontrolę zakończono", format_long_date(row.closed_on)

    def page(self) -> Mapping[str, Any]:
        row = self.inspection
        points, files = inspections.points_of(row), inspections.sample_of(row)
        may_answer, handed = self.request.may(perms.INSPECTION_ANSWER), row.handed_on is not None
        settled = row.state == InspectionState.SETTLED
        return {
            **super().page(),
            "badge": badge_of(row),
            "inspection": row,
            "office": self.office,
            "handed": handed,
            "faults": queries.faults_of(points, files) if handed else None,
            "recommendations": [(one, recommendation_badge(one)) for one in self.recommendations],
            "waits": WAITS.get(self.waits, "") if self.office and row.state in services.DRAFTED else "",
            "may_draft": self.office
            and row.state in services.DRAFTED
            and self.request.may(perms.INSPECTION_RESULT),
            "may_answer": settled and may_answer and self.office == (row.addressee_id is None),
            "may_check": settled and self.office and self.request.may(perms.INSPECTION_RESULT),
        }


class ResultForm(OneResult, FormPage):
    action = perms.INSPECTION_RESULT


class Hand(ResultForm):
    """The protocol; what was typed so far can be read as a paper before it is handed over."""

    title = "Protokół kontroli"
    form_class = forms.HandForm
    submit = "Przekaż protokół"
    template_name = "reporting/inspections/hand.html"

    def initial(self) -> Mapping[str, Any]:
        return {"objection_days": terms.OBJECTION_DAYS}

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "podglad" not in request.GET:
            return super().get(request, *args, **kwargs)
        row = self.object()
        draft = memory().draft(request)
        row.findings = draft.data.get("findings", "") if draft is not None else row.findings
        return as_download(papers.protocol_preview(row), f"protokół {row.number} projekt")

    def page(self) -> Mapping[str, Any]:
        row = self.inspection
        points, files = inspections.points_of(row), inspections.sample_of(row)
        return {
            "progress": inspections.progress(files, points),
            "faults": queries.faults_of(points, files),
            "inspection": row,
        }

    def save(self, form: Any) -> Any:
        return services.hand(inspection_id=self.inspection.pk, **form.cleaned_data)

    def success(self, form: Any, result: Inspection) -> str:
        if result.addressee_id is None:
            return "Zapisano protokół. Pobierz go w PDF i doręcz jednostce."
        return "Przekazano protokół. Jednostka czyta go w programie."


class Received(ResultForm):
    action = perms.INSPECTION_ANSWER
    title = "Odbiór protokołu"
    form_class = forms.ReceivedForm
    submit = "Potwierdź odbiór"
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"received_on": self.inspection.received_on or clock.today()}

    def save(self, form: Any) -> Any:
        return services.receive(inspection_id=self.inspection.pk, **form.cleaned_data)

    def success(self, form: Any, result: Inspection) -> str:
        return f"Zastrzeżenia można zgłosić do {format_long_date(result.objections_due)}."


class Object(OneResult, WordsOfUnit):
    action = perms.INSPECTION_ANSWER
    title = "Zastrzeżenia do protokołu"
    form_class = forms.ObjectionsForm
    what, buttons = "zastrzeżenia", ("Zapisz zastrzeżenia", "Wyślij zastrzeżenia")

    def keep(self, typed: Mapping[str, Any]) -> Any:
        return services.object_to(inspection_id=self.inspection.pk, **typed)


class Decide(ResultForm):
    title = "Stanowisko wobec zastrzeżeń"
    form_class = forms.StandForm
    submit = "Zapisz stanowisko"
    template_name = "reporting/inspections/decide.html"

    def page(self) -> Mapping[str, Any]:
        return {"inspection": self.inspection}

    def save(self, form: Any) -> Any:
        return services.decide(inspection_id=self.inspection.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano stanowisko. Teraz możesz wydać zalecenia."


class Recommend(ResultForm):
    title = "Nowe zalecenie"
    form_class = forms.RecommendationForm
    submit = "Zapisz zalecenie"

    def initial(self) -> Mapping[str, Any]:
        return {"due_on": rules.proposed_term(clock.today())}

    def save(self, form: Any) -> Any:
        return services.recommend(inspection_id=self.inspection.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano. Jednostka przeczyta zalecenia, gdy je wydasz."


class Settle(OneResult, ConfirmPage):
    action = perms.INSPECTION_RESULT
    title = "Wydać zalecenia?"
    verb = "Wydaj zalecenia"

    def text(self) -> str:
        number = len(queries.recommendations_of(self.inspection))
        if not number:
            return "Nie ma żadnego zalecenia. Jednostka dostanie wystąpienie pokontrolne bez zaleceń."
        which = counted(number, "zalecenie", "zalecenia", "zaleceń")
        if self.inspection.addressee_id is None:
            return (
                f"Wystąpienie ma {which}. Pobierz je w PDF i doręcz jednostce. Wydanych nie da się zmienić."
            )
        return f"Jednostka dostanie {which} i terminy. Wydanych nie da się zmienić."

    def perform(self) -> str:
        services.settle(inspection_id=self.inspection.pk)
        return self.back_url

    def success(self) -> str:
        return "Wydano wystąpienie pokontrolne."


class Close(OneResult, ConfirmPage):
    action = perms.INSPECTION_RESULT
    title = "Zakończyć kontrolę?"
    verb = "Zakończ kontrolę"

    def text(self) -> str:
        return "Wszystkie zalecenia są sprawdzone. Zakończonej kontroli nie da się zmienić."

    def perform(self) -> str:
        services.close(inspection_id=self.inspection.pk)
        return self.back_url

    def success(self) -> str:
        return "Zakończono kontrolę."


# One recommendation


class OfRecommendationPage(OneResult):
    """A key of its own leads here: the recommendation names its inspection."""

    one: Recommendation

    def object(self, *, lock: bool = False) -> Any:
        rows = Recommendation.objects.all()
        rows = rows.select_for_update(of=("self",)) if lock else rows
        self.one = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.kwargs = {**self.kwargs, "pk": self.one.inspection_id}
        super().object()
        return self.one

    def lead(self) -> str:
        return f"Termin: {format_long_date(self.one.due_on)}."

    def page(self) -> Mapping[str, Any]:
        return {"one": self.one}


class Reword(OfRecommendationPage, FormPage):
    action = perms.INSPECTION_RESULT
    title = "Popraw zalecenie"
    form_class = forms.RecommendationForm

    def lead(self) -> str:
        return "Jednostka jeszcze go nie widzi."

    def initial(self) -> Mapping[str, Any]:
        return {"words": self.one.words, "due_on": self.one.due_on}

    def save(self, form: Any) -> Any:
        return services.reword(recommendation_id=self.one.pk, **form.cleaned_data)


class Drop(OfRecommendationPage, ConfirmPage):
    action = perms.INSPECTION_RESULT
    title = "Usunąć zalecenie?"
    verb = "Usuń zalecenie"
    danger = True

    def text(self) -> str:
        return "Jednostka jeszcze go nie widzi."

    def page(self) -> Mapping[str, Any]:
        return ConfirmPage.page(self)

    def perform(self) -> str:
        services.drop(recommendation_id=self.one.pk)
        return self.back_url

    def success(self) -> str:
        return "Usunięto zalecenie."


class Answer(OfRecommendationPage, WordsOfUnit):
    action = perms.INSPECTION_ANSWER
    title = "Odpowiedź na zalecenie"
    form_class = forms.RecommendationAnswerForm
    template_name = "reporting/inspections/recommendation.html"

    def keep(self, typed: Mapping[str, Any]) -> Any:
        return services.answer(recommendation_id=self.one.pk, **typed)


class Check(OfRecommendationPage, FormPage):
    action = perms.INSPECTION_RESULT
    title = "Sprawdź zalecenie"
    form_class = forms.CheckForm
    submit = "Zapisz wynik"
    template_name = "reporting/inspections/recommendation.html"

    def save(self, form: Any) -> Any:
        step = OfRecommendation(form.cleaned_data["step"])
        return services.follow(
            recommendation_id=self.one.pk,
            step=step,
            words=form.cleaned_data["words"],
            due_on=form.cleaned_data["due_on"],
        )


# Files


@handles(GET=perms.INSPECTION_SHOW)
def file_of_inspection(request: Any, pk: UUID, what: str) -> HttpResponse:
    """A paper of the office, or what came with the objections; recommendations also before they are given."""
    row = get_object_or_404(Inspection.objects.all(), pk=pk)
    record.about(request, row)
    office = is_office(request)
    if what == "zalecenia" and row.settled_paper is None and office and row.state in services.DRAFTED:
        return as_download(papers.recommendations_preview(row), f"wystąpienie {row.number} projekt")
    return served(request, getattr(row, FILES[what]) if what in FILES else None)


@handles(GET=perms.INSPECTION_SHOW)
def file_of_answer(request: Any, pk: UUID) -> HttpResponse:
    """What was attached to the answer to a recommendation."""
    one = get_object_or_404(Recommendation.objects.all(), pk=pk)
    record.about(request, one)
    return served(request, one.answer_file)


_ONE = "rejestr-wojewody/kontrole/<uuid:pk>/"
_RECOMMENDATION = "rejestr-wojewody/zalecenia/<uuid:pk>/"
urlpatterns = [
    path(f"{_ONE}wynik/", Show.as_view(), name="inspection_results"),
    path(f"{_ONE}protokol/", Hand.as_view(), name="inspection_hand"),
    path(f"{_ONE}odbior/", Received.as_view(), name="inspection_received"),
    path(f"{_ONE}zastrzezenia/", Object.as_view(), name="inspection_object"),
    path(f"{_ONE}stanowisko/", Decide.as_view(), name="inspection_decide"),
    path(f"{_ONE}zalecenie/", Recommend.as_view(), name="inspection_recommend"),
    path(f"{_ONE}wydaj-zalecenia/", Settle.as_view(), name="inspection_settle"),
    path(f"{_ONE}zakoncz/", Close.as_view(), name="inspection_close"),
    path(f"{_ONE}pliki/<slug:what>/", file_of_inspection, name="inspection_file"),
    path(f"{_RECOMMENDATION}tresc/", Reword.as_view(), name="recommendation_change"),
    path(f"{_RECOMMENDATION}usun/", Drop.as_view(), name="recommendation_drop"),
    path(f"{_RECOMMENDATION}odpowiedz/", Answer.as_view(), name="recommendation_answer"),
    path(f"{_RECOMMENDATION}sprawdz/", Check.as_view(), name="recommendation_check"),
    path(f"{_RECOMMENDATION}zalacznik/", file_of_answer, name="recommendation_file"),
]
