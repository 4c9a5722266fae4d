"""The journal of an organisation, the history of an object, and who saw a person's file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from reintegration.audit import people, perms, queries, record
from reintegration.audit.enums import DETAILS, Outcome
from reintegration.audit.models import EventPerson
from reintegration.core import clock, formats
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.dates import parse_date
from reintegration.core.errors import InputError
from reintegration.core.form_fields import ChoiceField, PolishDateField, TextField
from reintegration.core.lists import Column, FilterForm, ListPage
from reintegration.core.views import DetailPage
from reintegration.tenancy.actions import REGISTRY
from reintegration.tenancy.enums import OrganisationKind

# A journal without dates shows this much: the whole of it is years long.
RECENT = timedelta(days=30)

BADGES = {
    Outcome.SEEN: "plain",
    Outcome.TAKEN: "warn",
    Outcome.DONE: "ok",
    Outcome.INVALID: "warn",
    Outcome.REFUSED: "bad",
    Outcome.NOT_FOUND: "plain",
    Outcome.FAILED: "bad",
}


def outcome_badge(event: Any) -> Badge:
    if event.outcome not in Outcome.values:
        return Badge(event.outcome)
    return Badge(str(Outcome(event.outcome).label), BADGES[Outcome(event.outcome)])


class PeriodFilter(FilterForm):
    """From when to when, and by whom: of the journal, of a history, of who saw a person."""

    od = PolishDateField(label="Od", required=False, help_text="")
    do = PolishDateField(label="Do", required=False, help_text="")
    kto = ChoiceField(label="Kto", choices=[], widget=forms.Select, required=False)

    def __init__(self, *args: Any, place: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.offer("kto", "każdy", queries.actors(place))

    def offer(self, name: str, every: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", every), *choices]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        given = self.cleaned_data
        if given.get("od"):
            rows = rows.filter(at__gte=_midnight(given["od"]))
        if given.get("do"):
            rows = rows.filter(at__lt=_midnight(given["do"] + timedelta(days=1)))
        if given.get("kto"):
            rows = rows.filter(user_id=given["kto"])
        return rows


class JournalFilter(PeriodFilter):
    czynnosc = ChoiceField(label="Czynność", choices=[], widget=forms.Select, required=False)
    wynik = ChoiceField(label="Wynik", choices=Outcome.choices, widget=forms.Select, required=False)
    osoba = TextField(label="Czyje dane", max_length=80, width="m", required=False)
    obiekt = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = sorted((action.label, name) for name, action in REGISTRY.items())
        self.offer("czynnosc", "każda", [(name, label) for label, name in labels])
        self.offer("wynik", "każdy", Outcome.choices)
        if self.place.kind is not OrganisationKind.UNIT:
            del self.fields["osoba"]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows, given = super().narrow(rows), self.cleaned_data
        if given.get("czynnosc"):
            rows = rows.filter(action=given["czynnosc"])
        if given.get("wynik"):
            rows = rows.filter(outcome=given["wynik"])
        if given.get("obiekt"):
            rows = rows.filter(object_id=given["obiekt"])
        if given.get("osoba"):
            wanted = people.find(given["osoba"], self.place.kind)
            seen = EventPerson.objects.filter(person_id__in=wanted).values("event_id")
            rows = rows.filter(Q(pk__in=seen) | Q(object_id__in=wanted))
        return rows


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.WARSAW)


class EventList(ListPage):
    """Events, with the names that they do not hold themselves."""

    request: Any

    def shown_rows(self, rows: Sequence[Any]) -> None:
        place = self.request.principal.place
        actors = queries.actor_names(rows, place)
        for row in rows:
            row.actor = queries.actor_of(row, actors)

    def row_url(self, row: Any) -> str:
        return reverse("audit:event", args=[row.pk])


WHEN = Column("at", "Kiedy", sort=("at", "id"), cell=lambda event: event.at)
ACTION = Column("action", "Czynność", cell=lambda event: queries.action_label(event.action), phone="main")
ACTOR = Column("actor", "Kto")
RESULT = Column("outcome", "Wynik", cell=outcome_badge)


class PeriodList(EventList):
    """Events of some time: a list without dates shows the newest, because the whole of it is years long."""

    filter_form = PeriodFilter
    default_sort = "-at"
    always_whole: tuple[str, ...] = ("od",)

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"place": self.request.principal.place}

    @property
    def whole(self) -> bool:
        return any(self.asked.get(name) for name in self.always_whole)

    def queryset(self) -> QuerySet[Any]:
        rows = self.events()
        return rows if self.whole else rows.filter(at__gte=self.border())

    def events(self) -> QuerySet[Any]:
        return queries.events()

    def border(self) -> datetime:
        """Counted back from the last day asked for."""
        try:
            last = parse_date(self.asked.get("do", ""), today=clock.today())
        except InputError:
            last = clock.today()
        return _midnight(last - RECENT)

    def lead(self) -> str:
        if self.whole:
            return self.said
        since = formats.format_date(self.border().date(), today=clock.today())
        return f"Wpisy od {since}. Starsze pokaże data w polu „Od”. Wpisów nie da się zmienić."

    said = "Kto, kiedy i co zrobił albo obejrzał. Wpisów nie da się zmienić."


class Journal(PeriodList):
    action = perms.JOURNAL
    title = "Dziennik zdarzeń"
    file_name = "dziennik"
    filter_form = JournalFilter
    always_whole = ("od", "osoba", "obiekt")
    columns = (
        ACTION,
        WHEN,
        ACTOR,
        RESULT,
        Column("object_type", "Czego dotyczy", cell=lambda event: queries.thing_label(event.object_type)),
        Column("persons", "Ilu osób dane", cell=lambda event: len(event.persons) or None, number=True),
    )

    def actions(self) -> Sequence[Link]:
        return [Link("Pobrane pliki", reverse("audit:taken"))]

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("W tym czasie nic się nie działo", "Wpisy powstają same, gdy ktoś otworzy stronę.")


class TakenFiles(PeriodList):
    """Every file that left the program: what, when, who took it, of what kind, and of how many people."""

    action = perms.TAKEN
    title = "Pobrane pliki"
    file_name = "pobrane-pliki"
    said = "Każdy plik, który ktoś pobrał z programu. Wpisów nie da się zmienić."
    columns = (
        ACTION,
        WHEN,
        ACTOR,
        Column("format", "Plik", cell=lambda event: _noted(event, "format").upper() or None),
        Column("rows", "Wierszy", cell=lambda event: _number(event, "rows"), number=True),
        Column("persons", "Ilu osób dane", cell=lambda event: len(event.persons) or None, number=True),
        Column("filters", "Filtry", cell=lambda event: _noted(event, "filters") or None),
    )

    def events(self) -> QuerySet[Any]:
        return queries.taken()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Dziennik zdarzeń", reverse("audit:journal")), (self.title, "")]

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("W tym czasie nikt nie pobrał pliku", "Wpis powstaje sam przy każdym pobraniu.")


def _noted(event: Any, name: str) -> str:
    return str(_plain((event.detail or {}).get(name, "")))


def _number(event: Any, name: str) -> int | None:
    found = (event.detail or {}).get(name)
    return found if isinstance(found, int) else None


class EventPage(DetailPage):
    action = perms.EVENT
    template_name = "audit/event.html"

    request: Any

    def object(self) -> Any:
        return get_object_or_404(queries.events(), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return queries.action_label(self.found.action)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Dziennik zdarzeń", reverse("audit:journal")), (self.get_title(), "")]

    def facts(self) -> Iterable[tuple[str, Any]]:
        event, place = self.found, self.request.principal.place
        yield "Kiedy", formats.format_table_moment(event.at)
        yield "Kto", queries.actor_of(event, queries.actor_names([event], place))
        yield "Wynik", str(outcome_badge(event).text)
        yield "Czego dotyczy", queries.thing_label(event.object_type)
        yield "Skąd", event.source
        yield "Numer żądania", str(event.request_id)[-7:].upper()

    def actions(self) -> Sequence[Link]:
        model = queries.model_named(self.found.object_type) if self.found.object_type else None
        if model is None or not queries.changes_of_row(self.found.object_id, model).exists():
            return []
        return [Link("Historia zmian", history_url(model, self.found.object_id))]

    def page(self) -> Mapping[str, Any]:
        place = self.request.principal.place
        names = people.names_of(self.found.persons, place.kind)
        record.shows(self.request, names)
        changes = list(queries.changes_of_request(self.found.request_id)[: queries.MOST_SHOWN])
        record.shows(self.request, people_in(changes, place.kind))
        blanked = self.found.blanked_by is not None
        return {
            **super().page(),
            "people": [(names.get(one, ""), self.seen_url(one)) for one in self.found.persons],
            "detail": self.details(),
            "note": queries.ERASED if blanked else "",
            "entries": queries.in_words(changes, place),
        }

    def details(self) -> list[tuple[str, Any]]:
        if self.request.principal.place.kind is OrganisationKind.OPERATOR:
            return []
        detail = self.found.detail or {}
        return [(DETAILS.get(name, name), _plain(value)) for name, value in sorted(detail.items())]

    def seen_url(self, person: UUID) -> str:
        return reverse("audit:seen_by", args=[person]) if self.request.may(perms.SEEN_BY) else ""


def _plain(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def people_in(changes: Iterable[Any], kind: OrganisationKind) -> set[UUID]:
    """Whose data these changes hold; a row that is its own subject is a person only if it has a name."""
    subjects = {change.subject_id: change.row_id for change in changes if change.subject_id}
    named = people.names_of(subjects, kind)
    return {subject for subject, row in subjects.items() if subject != row or subject in named}


def history_url(model: type[Model], row_id: UUID) -> str:
    return reverse("audit:history", args=[model._meta.label_lower, row_id])


class History(ListPage):
    """Every change of one object, newest first; the old values of encrypted columns stay covered."""

    action = perms.HISTORY
    request: Any
    opened = False
    file_name = "historia"
    filter_form = PeriodFilter
    default_sort = "-at"
    row_template = "audit/includes/history_row.html"
    columns = (
        Column("at", "Kiedy", sort="id", cell=lambda change: change.at),
        Column("by", "Kto", cell=lambda change: change.words.by),
        Column("what", "Co", cell=lambda change: f"{change.words.thing}: {change.words.what}"),
        Column("fields", "Zmiana", cell=lambda change: change.words.text),
    )

    @cached_property
    def model(self) -> type[Model]:
        found = queries.model_named(self.kwargs["model"])
        if found is None:
            raise Http404
        return found

    def queryset(self) -> QuerySet[Any]:
        rows = queries.changes_of_row(self.kwargs["pk"], self.model)
        if not rows.exists():
            raise Http404
        return rows

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"place": self.request.principal.place}

    def shown_rows(self, rows: Sequence[Any]) -> None:
        place = self.request.principal.place
        record.shows(self.request, people_in(rows, place.kind))
        for row, words in zip(rows, queries.in_words(rows, place, opened=self.opened), strict=True):
            row.words = words

    def get_title(self) -> str:
        return f"Historia zmian: {self.model._meta.verbose_name}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Dziennik zdarzeń", reverse("audit:journal")), (self.get_title(), "")]

    def lead(self) -> str:
        return "Co, kiedy i przez kogo zostało zmienione. Wpisów nie da się zmienić."

    def actions(self) -> Sequence[Link]:
        if self.opened or not self.request.may(perms.HISTORY_OPEN):
            return []
        if not queries.changes_of_row(self.kwargs["pk"], self.model).filter(sealed__isnull=False).exists():
            return []
        url = reverse("audit:history_open", args=[self.kwargs["model"], self.kwargs["pk"]])
        return [Link("Odsłoń zakryte wartości", url)]


class OpenedHistory(History):
    """The same with the old values of encrypted columns; an action of its own, so that it is logged."""

    action = perms.HISTORY_OPEN
    opened = True


class SeenBy(EventList):
    """Who saw this person's data, and when (art. 15 RODO)."""

    action = perms.SEEN_BY
    title = "Kto widział tę kartę?"
    file_name = "kto-widzial"
    filter_form = PeriodFilter
    default_sort = "-at"
    columns = (ACTION, WHEN, ACTOR, RESULT)

    def filter_kwargs(self) -> Mapping[str, Any]:
        return {"place": self.request.principal.place}

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person: UUID = self.kwargs["pk"]

    @cached_property
    def name(self) -> str:
        return people.names_of([self.person], self.request.principal.place.kind).get(self.person, "")

    def queryset(self) -> QuerySet[Any]:
        rows = queries.events_about(self.person)
        if not self.name and not rows.exists():
            raise Http404
        record.shows(self.request, [self.person])
        return rows

    def lead(self) -> str:
        who = f"{self.name}. " if self.name else ""
        return f"{who}Każde otwarcie strony albo pliku z danymi tej osoby zostawia tu wpis."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Dziennik zdarzeń", reverse("audit:journal")), (self.title, "")]

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nikt jeszcze nie otworzył danych tej osoby", "Pierwsze otwarcie zostawi tu wpis.")
