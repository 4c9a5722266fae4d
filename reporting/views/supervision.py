"""Letters of supervision: written by the office, received and answered by the centre (art. 5b)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted, format_long_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, DetailPage, FormPage
from reintegration.documents.exports import as_download
from reintegration.tenancy.actions import handles
from reintegration.tenancy.enums import UnitType
from reporting import perms
from reporting import procedure_papers as papers
from reporting.enums import LetterState
from reporting.forms import procedures as forms
from reporting.models import RegisterEntry, SupervisionLetter
from reporting.queries import procedures as queries
from reporting.rules import procedures as rules
from reporting.services import supervision as services
from reporting.transitions import LETTERS, OfLetter
from reporting.views.cases import OWN, capital
from reporting.views.registers import OneEntry
from reporting.views.sides import OfTwoSides, WordsOfUnit, served

TITLE = "Pisma nadzoru"
KINDS = {
    LetterState.DRAFT: "plain",
    LetterState.SENT: "info",
    LetterState.ANSWERED: "ok",
    LetterState.CLOSED: "plain",
}


def letter_badge(row: SupervisionLetter) -> Badge:
    """The state, and how the term stands while there is no answer."""
    state = LetterState(row.state)
    if state is LetterState.SENT and row.due_on is not None:
        left = rules.days_left(row.due_on, clock.today())
        if left < 0:
            return Badge(f"{counted(-left, 'dzień', 'dni', 'dni')} po terminie", "bad")
        return Badge(f"zostało {counted(left, 'dzień', 'dni', 'dni')}", "warn" if left <= 7 else "info")
    if state is LetterState.CLOSED and row.heeded is False:
        return Badge("bez skutku", "bad")
    return Badge(str(state.label), KINDS[state])


class LetterList(ListPage):
    action = perms.LETTER_LIST
    title = TITLE
    file_name = "pisma-nadzoru"
    filter_form = forms.LetterFilter
    default_sort = "-made_on"
    row_url_name = "reporting:letter"
    request: Any
    columns = (
        Column("number", "Znak sprawy", sort="number"),
        Column("name", "Centrum"),
        Column("kind", "Rodzaj", cell=lambda row: capital(str(row.get_kind_display())), phone="hide"),
        Column("made_on", "Napisano", sort="made_on", phone="hide"),
        Column("sent_on", "Wysłano", sort="sent_on", phone="hide"),
        Column("due_on", "Odpowiedź do", sort="due_on", phone="hide"),
        Column("state", "Stan", sort="state", cell=letter_badge, phone="main"),
    )

    def queryset(self) -> QuerySet[Any]:
        return queries.letters()

    def lead(self) -> str:
        late = queries.letters().filter(queries.overdue(clock.today())).count()
        return f"Po terminie bez odpowiedzi: {late}." if late else "Żaden termin nie minął bez odpowiedzi."

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nie ma pism nadzoru", "Pismo napiszesz na stronie wpisu CIS w rejestrze.")


class OneLetter(OfTwoSides):
    kwargs: dict[str, Any]
    letter: SupervisionLetter
    back_url: str
    title = ""

    def object(self, *, lock: bool = False) -> SupervisionLetter:
        rows = SupervisionLetter.objects.all()
        self.letter = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows.select_related("addressee__organisation"),
            pk=self.kwargs["pk"],
        )
        self.back_url = reverse("reporting:letter", args=[self.letter.pk])
        self.request.nav_place = "letters"
        record.about(self.request, self.letter)
        return self.letter

    def trail(self) -> Sequence[tuple[str, str]]:
        if self.office:
            return [(TITLE, reverse("reporting:letters"))]
        return [(OWN[0], reverse(OWN[1]))]

    def name(self) -> str:
        return f"Pismo {self.letter.number}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*self.trail(), (self.name(), self.back_url), (self.get_title(), "")]

    def get_title(self) -> str:
        return self.title

    def lead(self) -> str:
        kind = capital(str(self.letter.get_kind_display()))
        return f"{kind}. {queries.name_of_entry(self.letter.entry_id)}".strip()


class Show(OneLetter, DetailPage):
    action = perms.LETTER_SHOW
    template_name = "reporting/procedures/letter.html"

    def get_title(self) -> str:
        return self.name()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*self.trail(), (self.name(), "")]

    def actions(self) -> Sequence[Link]:
        row, found, may = self.letter, [], self.request.may
        if self.office and may(perms.LETTER_WRITE):
            found += self.of_office()
        if not self.office and row.state == LetterState.SENT and may(perms.LETTER_ANSWER):
            found.append(self.link("Odpowiedz", "letter_answer", main=True))
            if row.received_on is None:
                found.append(self.link("Potwierdź odbiór", "letter_received"))
        return [*found, self.link("Pobierz PDF", "letter_paper")]

    def of_office(self) -> list[Link]:
        row = self.letter
        if row.state == LetterState.DRAFT:
            return [self.link("Wyślij", "letter_send", main=True), self.link("Popraw", "letter_change")]
        found = []
        if LETTERS.may(row, OfLetter.CLOSE):
            found.append(self.link("Zakończ sprawę", "letter_close", main=True))
        if row.state == LetterState.SENT:
            if not row.received_by_unit:
                found.append(self.link("Wpisz dzień otrzymania", "letter_received"))
            if row.addressee_id is None:
                found.append(self.link("Wpisz odpowiedź", "letter_answer"))
        return found

    def link(self, label: str, name: str, *, main: bool = False) -> Link:
        return Link(label, reverse(f"reporting:{name}", args=[self.letter.pk]), current=main)

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.letter
        yield "Termin", f"{counted(row.days, 'dzień', 'dni', 'dni')} od otrzymania"
        if row.sent_on is not None:
            yield "Wysłano", format_long_date(row.sent_on)
            by = (
                "w programie"
                if row.addressee_id is not None
                else "na papierze, jednostka nie pracuje w programie"
            )
            yield "Jak", by
            received = format_long_date(row.received_on) if row.received_on else "jeszcze nie potwierdzono"
            yield "Otrzymano", received
        if row.due_on is not None:
            yield "Odpowiedź do", format_long_date(row.due_on)
        if row.closed_on is not None:
            yield (
                "Zakończono",
                f"{format_long_date(row.closed_on)}, {'skutecznie' if row.heeded else 'bez skutku'}",
            )

    def page(self) -> Mapping[str, Any]:
        row = self.letter
        ground = self.office and queries.is_ground(row, clock.today())
        return {
            **super().page(),
            "badge": letter_badge(row),
            "letter": row,
            "entry_url": reverse("reporting:entry", args=[row.entry_id]) if self.office else "",
            "ground": ground,
        }


class Write(OneEntry, FormPage):
    """A new letter to the centre of an entry."""

    action = perms.LETTER_WRITE
    title = "Pismo nadzoru"
    form_class = forms.LetterForm
    submit = "Zapisz szkic"
    drafts = False

    def object(self, *, lock: bool = False) -> Any:
        found = super().object(lock=lock)
        if found.unit_type != UnitType.CIS:
            raise Http404
        return found

    def lead(self) -> str:
        return self.name

    def initial(self) -> Mapping[str, Any]:
        return {"days": rules.EXPLANATION_DAYS}

    def save(self, form: Any) -> SupervisionLetter:
        return services.write(entry_id=self.found.pk, **form.cleaned_data)

    def next_url(self, result: SupervisionLetter) -> str:
        return reverse("reporting:letter", args=[result.pk])

    def success(self, form: Any, result: SupervisionLetter) -> str:
        return "Zapisano szkic. Przeczytaj pismo i wyślij je."


class LetterFormPage(OneLetter, FormPage):
    action = perms.LETTER_WRITE


class Change(LetterFormPage):
    title = "Popraw pismo"
    form_class = forms.LetterForm

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.letter, name) for name in ("kind", "number", "days", "words")}

    def save(self, form: Any) -> Any:
        return services.change(letter_id=self.letter.pk, **form.cleaned_data)


class Received(LetterFormPage):
    action = perms.LETTER_ANSWER
    title = "Odbiór pisma"
    form_class = forms.ReceivedForm
    submit = "Potwierdź odbiór"
    drafts = False

    def initial(self) -> Mapping[str, Any]:
        return {"received_on": self.letter.received_on or clock.today()}

    def save(self, form: Any) -> Any:
        return services.receive(letter_id=self.letter.pk, **form.cleaned_data)

    def success(self, form: Any, result: SupervisionLetter) -> str:
        return f"Termin odpowiedzi: {format_long_date(result.due_on)}." if result.due_on else "Zapisano."


class Answer(OneLetter, WordsOfUnit):
    action = perms.LETTER_ANSWER
    title = "Odpowiedź na pismo"
    form_class = forms.AnswerForm

    def keep(self, typed: Mapping[str, Any]) -> Any:
        return services.answer(letter_id=self.letter.pk, **typed)


class Send(OneLetter, ConfirmPage):
    action = perms.LETTER_WRITE
    title = "Wysłać pismo?"
    verb = "Wyślij"

    def text(self) -> str:
        unit = (
            RegisterEntry.objects.select_related("joined__organisation").get(pk=self.letter.entry_id).joined
        )
        if unit is None:
            return (
                "Ta jednostka nie pracuje w programie. Pobierz pismo w PDF i wyślij je pocztą albo ePUAP-em."
            )
        return f"Pismo przeczyta w programie {unit}. Wysłanego nie da się zmienić."

    def perform(self) -> str:
        services.send(letter_id=self.letter.pk)
        return self.back_url

    def success(self) -> str:
        return "Wysłano pismo."


class Close(LetterFormPage):
    title = "Zakończ sprawę"
    form_class = forms.CloseForm
    submit = "Zakończ sprawę"
    drafts = False

    def save(self, form: Any) -> Any:
        return services.close(letter_id=self.letter.pk, **form.cleaned_data)

    def success(self, form: Any, result: SupervisionLetter) -> str:
        return "Zakończono sprawę." if result.heeded else "Zapisano, że pismo było bez skutku."


@handles(GET=perms.LETTER_SHOW)
def letter_paper(request: Any, pk: UUID) -> HttpResponse:
    """The letter as it was sent, or as it would be sent."""
    letter = get_object_or_404(SupervisionLetter.objects.all(), pk=pk)
    record.about(request, letter)
    if letter.paper is None:
        return as_download(papers.letter_preview(letter), f"pismo {letter.number} szkic")
    return served(request, letter.paper)


@handles(GET=perms.LETTER_SHOW)
def letter_file(request: Any, pk: UUID) -> HttpResponse:
    """What was attached to the answer."""
    letter = get_object_or_404(SupervisionLetter.objects.all(), pk=pk)
    record.about(request, letter)
    return served(request, letter.answer_file)


_ONE = "rejestr-wojewody/nadzor/<uuid:pk>/"
urlpatterns = [
    path("rejestry/nadzor/", LetterList.as_view(), name="letters"),
    path("rejestry/wpis/<uuid:pk>/pismo/", Write.as_view(), name="letter_write"),
    path(_ONE, Show.as_view(), name="letter"),
    path(f"{_ONE}tresc/", Change.as_view(), name="letter_change"),
    path(f"{_ONE}wyslij/", Send.as_view(), name="letter_send"),
    path(f"{_ONE}odbior/", Received.as_view(), name="letter_received"),
    path(f"{_ONE}odpowiedz/", Answer.as_view(), name="letter_answer"),
    path(f"{_ONE}zakoncz/", Close.as_view(), name="letter_close"),
    path(f"{_ONE}pismo/", letter_paper, name="letter_paper"),
    path(f"{_ONE}zalacznik/", letter_file, name="letter_file"),
]
