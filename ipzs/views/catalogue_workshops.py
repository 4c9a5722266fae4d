"""Screens of workshops and groups: who leads them, who belongs to them, and moving people."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy

from ipzs.forms import catalogue as forms
from ipzs.models import Workshop, WorkshopLeader, WorkshopPlace
from ipzs.perms import catalogue as perms
from ipzs.queries import catalogue as queries
from ipzs.services import catalogue as services
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.addresses import address
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted, format_date, join_words
from reintegration.core.lists import Column
from reintegration.core.toasts import refused
from reintegration.core.views import FormPage, Page
from reintegration.tenancy.prepared import PreparedList

TITLE = "Pracownie i grupy"


def people_of(row: Any) -> str:
    return f"{row.people} z {row.places}" if row.places else str(row.people)


def state_of(row: Any) -> Badge:
    today = clock.today()
    if row.closed_on is not None and row.closed_on < today:
        return Badge("zamknięta", "plain", "lock")
    if row.opened_on > today:
        return Badge("od przyszłego dnia", "info")
    sentence = queries.crowding(row.people, row.led_by, day=today)
    if not sentence:
        return Badge("działa", "ok")
    return Badge("bez prowadzącego" if row.led_by == 0 else "za dużo osób", "warn")


class WorkshopList(PreparedList):
    action = perms.WORKSHOP_LIST
    title = TITLE
    file_name = "pracownie"
    default_sort = "name"
    row_url_name = "ipzs:workshop_show"
    request: Any
    columns = (
        Column("name", "Nazwa", sort="name_order"),
        Column("kind", "Rodzaj", sort="kind", cell=lambda row: row.get_kind_display()),
        Column("where", "Gdzie", cell=lambda row: row.employer or (row.site.name if row.site else "")),
        Column("people", "Osoby dziś", sort="people", cell=people_of, number=True),
        Column("led_by", "Prowadzący", sort="led_by", number=True, phone="hide"),
        Column("state", "Stan", cell=state_of, phone="main"),
    )

    def lead(self) -> str:
        most = queries.most_per_leader(clock.today())
        return f"Na jednego prowadzącego powinno przypadać najwyżej {most} osób. (art. 11 ust. 3)"

    def actions(self) -> Sequence[Link]:
        found = []
        outside = self.counts[1]
        if outside:
            url = f"{reverse('ipzs:attendance_today')}#bez-pracowni"
            found.append(Link(f"Bez pracowni i grupy: {counted(outside, 'osoba', 'osoby', 'osób')}", url))
        if self.request.may(perms.WORKSHOP_EDIT):
            found.append(Link("Dodaj pracownię lub grupę", address("ipzs:workshop_add"), current=True))
        return found

    def queryset(self) -> QuerySet[Workshop]:
        return queries.workshops(today=clock.today())

    def depends_on(self) -> tuple[Hashable, ...]:
        return (clock.today(),)

    def counted(self) -> Sequence[QuerySet[Any]]:
        """The workshops, and the people who are in none."""
        return [self.rows(), queries.without_workshop(today=clock.today())]

    def empty(self, *, filtered: bool) -> Empty:
        may = self.request.may(perms.WORKSHOP_EDIT)
        return Empty(
            "Nie ma jeszcze pracowni",
            "Pracownia albo grupa łączy osoby, plan i obecność jednego dnia.",
            "tools",
            "Dodaj pracownię lub grupę" if may else "",
            address("ipzs:workshop_add") if may else "",
        )


class WorkshopForms(FormPage):
    action = perms.WORKSHOP_EDIT
    form_class = forms.WorkshopForm

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"sites": queries.sites(today=clock.today()), "trades": queries.trades()}

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, address("ipzs:workshop_list")), (self.get_title(), "")]

    def data(self, form: Any) -> services.WorkshopData:
        data = dict(form.cleaned_data)
        site = data.pop("site")
        return services.WorkshopData(site_id=site.pk if site else None, **data)

    def next_url(self, result: Workshop) -> str:
        return reverse("ipzs:workshop_show", args=[result.pk])

    def success(self, form: Any, result: Workshop) -> str:
        return f"Zapisano: {result.name}."


class WorkshopAdd(WorkshopForms):
    title = "Nowa pracownia lub grupa"
    submit = "Dodaj"
    back_url = reverse_lazy("ipzs:workshop_list")

    def initial(self) -> Mapping[str, Any]:
        return {"kind": "workshop", "opened_on": clock.today()}

    def save(self, form: Any) -> Workshop:
        made = services.save_workshop(data=self.data(form))
        record.about(self.request, made)
        return made


class WorkshopEdit(WorkshopForms):
    def get_title(self) -> str:
        return str(self.found.name)

    def object(self, *, lock: bool) -> Workshop:
        found = workshop_of(self.request, self.kwargs["pk"], lock=lock)
        self.back_url = reverse("ipzs:workshop_show", args=[found.pk])
        return found

    def initial(self) -> Mapping[str, Any]:
        row = self.found
        names = ("name", "kind", "trade", "employer", "places", "opened_on", "closed_on")
        return {**{name: getattr(row, name) for name in names}, "site": row.site_id}

    def save(self, form: Any) -> Workshop:
        return services.save_workshop(workshop_id=self.found.pk, data=self.data(form))


def workshop_of(request: Any, pk: UUID, *, lock: bool = False) -> Workshop:
    rows = Workshop.objects.select_related("site")
    found: Workshop = get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows, pk=pk)
    record.about(request, found)
    return found


class WorkshopShow(Page):
    action = perms.WORKSHOP_SHOW
    template_name = "ipzs/catalogue/workshop.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.found = workshop_of(request, self.kwargs["pk"])
        self.shown = queries.workshop_page(self.found, today=clock.today())
        record.shows(
            request, {row.person_id for row in (*self.shown.now, *self.shown.coming, *self.shown.past)}
        )
        return self.answer()

    def get_title(self) -> str:
        return str(self.found.name)

    def lead(self) -> str:
        row, today = self.found, clock.today()
        parts = [row.get_kind_display()]
        if row.trade:
            parts.append(queries.trade_name(row.trade))
        if row.employer or row.site:
            parts.append(row.employer or row.site.name)
        parts.append(f"od {format_date(row.opened_on, today=today)}")
        if row.closed_on:
            parts.append(f"do {format_date(row.closed_on, today=today)}")
        text = ", ".join(parts)
        return f"{text[:1].upper()}{text[1:]}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, address("ipzs:workshop_list")), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        found = []
        if self.request.may(perms.PLACE_EDIT):
            found.append(Link("Dodaj osoby", reverse("ipzs:place_add", args=[self.found.pk]), current=True))
        if self.request.may(perms.WORKSHOP_EDIT):
            found.append(Link("Zmień dane", reverse("ipzs:workshop_edit", args=[self.found.pk])))
        return found

    def page(self) -> Mapping[str, Any]:
        free = None if self.found.places is None else max(self.found.places - len(self.shown.now), 0)
        return {"workshop": self.found, "shown": self.shown, "free": free}


class OfWorkshop(FormPage):
    """A form about one workshop; it leads back to it."""

    drafts = False
    request: Any

    def object(self, *, lock: bool) -> Any:
        self.workshop = workshop_of(self.request, self.kwargs["pk"], lock=lock)
        self.back_url = reverse("ipzs:workshop_show", args=[self.workshop.pk])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (TITLE, address("ipzs:workshop_list")),
            (self.workshop.name, self.back_url),
            (self.get_title(), ""),
        ]


class LeaderAdd(OfWorkshop):
    action = perms.LEADER_EDIT
    title = "Kto prowadzi"
    form_class = forms.LeaderForm
    submit = "Dodaj prowadzącego"

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"colleagues": queries.colleagues(today=clock.today())}

    def initial(self) -> Mapping[str, Any]:
        return {"since": max(clock.today(), self.workshop.opened_on)}

    def save(self, form: Any) -> WorkshopLeader:
        made = services.add_leader(
            workshop_id=self.workshop.pk,
            user_id=UUID(form.cleaned_data["user"]),
            since=form.cleaned_data["since"],
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: WorkshopLeader) -> str:
        return f"Prowadzi: {result.user.get_full_name()}."


class LeaderEnd(OfWorkshop):
    action = perms.LEADER_EDIT
    title = "Koniec prowadzenia"
    form_class = forms.EndForm
    submit = "Zapisz"

    def object(self, *, lock: bool) -> WorkshopLeader:
        rows = WorkshopLeader.objects.select_related("workshop", "user")
        found: WorkshopLeader = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        self.workshop = found.workshop
        self.back_url = reverse("ipzs:workshop_show", args=[found.workshop_id])
        record.about(self.request, found)
        return found

    def lead(self) -> str:
        return f"{self.found.user.get_full_name()}, {self.workshop.name}."

    def initial(self) -> Mapping[str, Any]:
        return {"until": max(clock.today(), self.found.since)}

    def save(self, form: Any) -> WorkshopLeader:
        return services.end_leader(leader_id=self.found.pk, until=form.cleaned_data["until"])

    def success(self, form: Any, result: WorkshopLeader) -> str:
        return f"{result.user.get_full_name()} prowadzi do {format_date(result.until, today=clock.today())}."


class PlaceAdd(OfWorkshop):
    """Several people at once: a group begins together."""

    action = perms.PLACE_EDIT
    title = "Nowe osoby"
    form_class = forms.PlacesForm
    submit = "Dodaj osoby"

    def object(self, *, lock: bool) -> None:
        super().object(lock=lock)
        self.people = list(queries.may_join(self.workshop, day=clock.today()))
        record.shows(self.request, {row.person_id for row in self.people})

    def lead(self) -> str:
        if self.people:
            return "Na liście są osoby, których udział trwa i które nie mają tu miejsca."
        return "Nie ma kogo dodać: wszyscy, których udział trwa, mają tu miejsce."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"people": [(str(row.pk), f"{row.person}, {row.number}") for row in self.people]}

    def initial(self) -> Mapping[str, Any]:
        return {"since": max(clock.today(), self.workshop.opened_on)}

    def save(self, form: Any) -> list[WorkshopPlace]:
        data = form.cleaned_data
        made = [
            services.take_place(
                workshop_id=self.workshop.pk,
                participation_id=UUID(key),
                since=data["since"],
                until=data["until"],
            )
            for key in data["people"]
        ]
        warn_crowded(self.request, self.workshop, data["since"])
        return made

    def next_url(self, result: Any) -> str:
        return str(self.back_url)

    def success(self, form: Any, result: list[WorkshopPlace]) -> str:
        names = join_words(str(row.person) for row in result[:3])
        more = len(result) - 3
        rest = f" i {counted(more, 'inna osoba', 'inne osoby', 'innych osób')}" if more > 0 else ""
        return f"W „{self.workshop.name}”: {names}{rest}."


def warn_crowded(request: Any, workshop: Workshop, day: date) -> None:
    """Say that it is tight; the places are taken all the same."""
    counts = queries.workshops(today=day).get(pk=workshop.pk)
    sentence = queries.crowding(counts.people, counts.led_by, day=day)  # type: ignore[attr-defined]
    if sentence:
        refused(request, f"„{workshop.name}”: {sentence[:1].lower()}{sentence[1:]}")


class OfPlace(OfWorkshop):
    request: Any

    def object(self, *, lock: bool) -> WorkshopPlace:
        rows = WorkshopPlace.objects.select_related("workshop", "person", "participation")
        found: WorkshopPlace = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        self.workshop = found.workshop
        self.back_url = reverse("ipzs:workshop_show", args=[found.workshop_id])
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        return found

    def lead(self) -> str:
        since = format_date(self.found.since, today=clock.today())
        return f"{self.found.person}, {self.workshop.name}, od {since}."


class PlaceEnd(OfPlace):
    action = perms.PLACE_EDIT
    title = "Koniec w pracowni"
    form_class = forms.EndForm
    submit = "Zapisz"

    def initial(self) -> Mapping[str, Any]:
        return {"until": self.found.until or max(clock.today(), self.found.since)}

    def save(self, form: Any) -> WorkshopPlace:
        return services.leave_place(place_id=self.found.pk, until=form.cleaned_data["until"])

    def success(self, form: Any, result: WorkshopPlace) -> str:
        until = format_date(result.until, today=clock.today())
        return f"{result.person}: w „{self.workshop.name}” do {until}."


class PlaceMove(OfPlace):
    action = perms.PLACE_EDIT
    title = "Przeniesienie"
    form_class = forms.MoveForm
    submit = "Przenieś"

    def form_kwargs(self) -> Mapping[str, Any]:
        others = queries.open_workshops(today=clock.today()).exclude(pk=self.workshop.pk)
        return {"workshops": others}

    def initial(self) -> Mapping[str, Any]:
        return {"since": clock.today()}

    def version(self) -> str:
        return ""

    def save(self, form: Any) -> WorkshopPlace:
        made = services.move_place(
            place_id=self.found.pk,
            to_workshop_id=form.cleaned_data["workshop"].pk,
            since=form.cleaned_data["since"],
        )
        warn_crowded(self.request, made.workshop, form.cleaned_data["since"])
        return made

    def success(self, form: Any, result: WorkshopPlace) -> str:
        since = format_date(result.since, today=clock.today())
        return f"{result.person}: w „{result.workshop.name}” od {since}."


urlpatterns = [
    path("pracownie/", WorkshopList.as_view(), name="workshop_list"),
    path("pracownie/nowa/", WorkshopAdd.as_view(), name="workshop_add"),
    path("pracownie/<uuid:pk>/", WorkshopShow.as_view(), name="workshop_show"),
    path("pracownie/<uuid:pk>/dane/", WorkshopEdit.as_view(), name="workshop_edit"),
    path("pracownie/<uuid:pk>/prowadzacy/", LeaderAdd.as_view(), name="leader_add"),
    path("pracownie/<uuid:pk>/osoby/", PlaceAdd.as_view(), name="place_add"),
    path("pracownie/prowadzacy/<uuid:pk>/", LeaderEnd.as_view(), name="leader_end"),
    path("pracownie/miejsca/<uuid:pk>/koniec/", PlaceEnd.as_view(), name="place_end"),
    path("pracownie/miejsca/<uuid:pk>/przenies/", PlaceMove.as_view(), name="place_move"),
]
