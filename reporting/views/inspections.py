"""Inspections: led by the office, read by the unit from the moment access is opened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property

from reintegration.audit import record
from reintegration.audit.queries import actor_names, actor_of
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link, TimelineEntry
from reintegration.core.formats import counted, format_long_date, format_table_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import ConfirmPage, DetailPage, FormPage
from reporting import perms
from reporting.enums import FileFinding, InspectionAct, InspectionArea, InspectionState, PointAnswer
from reporting.forms import inspections as forms
from reporting.models import Inspection, InspectionFile, InspectionMember, InspectionStep, RegisterEntry
from reporting.queries import inspections as queries
from reporting.queries.procedures import name_of_entry
from reporting.rules import checklist
from reporting.rules import inspections as rules
from reporting.services import inspections as services
from reporting.transitions import INSPECTIONS, OfInspection
from reporting.views.cases import OWN
from reporting.views.registers import OneEntry
from reporting.views.sides import OfTwoSides

TITLE = "Kontrole"
SHOWN_LOOKS = 20
# What is proposed; the authorisation says how long it is.
PROPOSED = timedelta(days=13)
KINDS = {
    InspectionState.DRAFT: "plain",
    InspectionState.OPEN: "brand",
    InspectionState.PROTOCOL: "info",
    InspectionState.OBJECTIONS: "warn",
    InspectionState.SETTLED: "info",
    InspectionState.CLOSED: "ok",
    InspectionState.CANCELLED: "plain",
}
FOUND = {
    FileFinding.OK: "ok",
    FileFinding.FAULT: "bad",
    PointAnswer.OK: "ok",
    PointAnswer.FAULT: "bad",
    PointAnswer.NOT_APPLICABLE: "plain",
}
ICONS = {
    InspectionAct.OPENED: "lock-open",
    InspectionAct.EXTENDED: "clock",
    InspectionAct.ENDED: "lock",
    InspectionAct.CANCELLED: "x",
    InspectionAct.DRAWN: "list",
    InspectionAct.MEMBER_ADDED: "user-plus",
    InspectionAct.MEMBER_REMOVED: "user",
}


def badge_of(row: Inspection) -> Badge:
    """The state, and while files are open how long they are."""
    state = InspectionState(row.state)
    if state is InspectionState.OPEN:
        today = clock.today()
        if queries.may_look(row, today):
            left = rules.days_left(today, row.access_until)
            return Badge(f"dostęp jeszcze {counted(left, 'dzień', 'dni', 'dni')}", "warn")
        if row.access_ended_at is None and today < row.access_from:
            return Badge(f"dostęp od {format_table_date(row.access_from)}", "info")
        return Badge("dostęp zakończony", "info")
    return Badge(str(state.label), KINDS[state])


def found_badge(value: str, empty: str) -> Badge:
    """What was found in a file or answered to a point."""
    if not value:
        return Badge(empty)
    labels = {**dict(FileFinding.choices), **dict(PointAnswer.choices)}
    return Badge(str(labels[value]), FOUND[value])


class InspectionList(ListPage):
    action = perms.INSPECTION_LIST
    title = TITLE
    file_name = "kontrole"
    filter_form = forms.InspectionFilter
    default_sort = "-made_on"
    row_url_name = "reporting:inspection"
    columns = (
        Column("number", "Znak sprawy", sort="number"),
        Column("name", "Jednostka"),
        Column("unit_type", "Rodzaj", sort="unit_type", phone="hide"),
        Column("made_on", "Przygotowano", sort="made_on", phone="hide"),
        Column("access_until", "Dostęp do", sort="access_until", phone="hide"),
        Column("state", "Stan", sort="state", cell=badge_of, phone="main"),
    )

    def queryset(self) -> QuerySet[Any]:
        return queries.inspections()

    def lead(self) -> str:
        number = queries.inspections().filter(queries.open_on(clock.today())).count()
        if not number:
            return "Żadna jednostka nie ma teraz otwartego dostępu do akt."
        return f"Otwarty dostęp do akt: {counted(number, 'kontrola', 'kontrole', 'kontroli')}."

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nie ma kontroli", "Kontrolę przygotujesz na stronie wpisu w rejestrze.", "clipboard-list"
        )


class OneInspection(OfTwoSides):
    kwargs: dict[str, Any]
    inspection: Inspection
    back_url: str
    title = ""

    def object(self, *, lock: bool = False) -> Any:
        rows = Inspection.objects.all()
        self.inspection = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows.select_related("addressee__organisation"),
            pk=self.kwargs["pk"],
        )
        self.back_url = reverse("reporting:inspection", args=[self.inspection.pk])
        self.request.nav_place = "inspections"
        record.about(self.request, self.inspection)
        return self.inspection

    @cached_property
    def members(self) -> list[InspectionMember]:
        return queries.members_of(self.inspection)

    @property
    def inspecting(self) -> bool:
        """Whether whoever asks is one of those who inspect."""
        return any(one.user_id == self.request.user.pk for one in self.members)

    def trail(self) -> Sequence[tuple[str, str]]:
        if self.office:
            return [(TITLE, reverse("reporting:inspections"))]
        return [(OWN[0], reverse(OWN[1]))]

    def name(self) -> str:
        return f"Kontrola {self.inspection.number}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*self.trail(), (self.name(), self.back_url), (self.get_title(), "")]

    def get_title(self) -> str:
        return self.title

    def lead(self) -> str:
        return name_of_entry(self.inspection.entry_id)


class Show(OneInspection, DetailPage):
    """What both sides see of an inspection; the checklist is the office's until the protocol."""

    action = perms.INSPECTION_SHOW
    template_name = "reporting/inspections/show.html"

    def get_title(self) -> str:
        return self.name()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*self.trail(), (self.name(), "")]

    def actions(self) -> Sequence[Link]:
        row = self.inspection
        if row.handed_on is not None:
            return [self.link("Protokół i zalecenia", "results", main=True)]
        if not (self.office and self.request.may(perms.INSPECTION_WRITE)):
            return []
        found = []
        if row.state == InspectionState.DRAFT:
            found = [self.link("Otwórz dostęp", "open", main=True), self.link("Popraw", "change")]
        elif self.open and row.addressee_id and not row.seed and checklist.draws_files(row.areas):
            found = [self.link("Wylosuj akta", "draw", main=True)]
        elif row.state == InspectionState.OPEN and self.inspecting:
            waits = [one.point.code for one in self.points if _waits(one)][:1]
            urls = [reverse("reporting:inspection_point", args=[row.pk, code]) for code in waits]
            found = [Link("Sprawdź następny punkt", url, current=True) for url in urls]
        if self.inspecting and INSPECTIONS.may(row, OfInspection.HAND):
            found.append(self.link("Napisz protokół", "hand", main=not found))
        if INSPECTIONS.may(row, OfInspection.EXTEND) and row.access_ended_at is None:
            found += [self.link("Przedłuż dostęp", "extend"), self.link("Zakończ dostęp", "end")]
        if INSPECTIONS.may(row, OfInspection.CANCEL):
            found.append(self.link("Odwołaj kontrolę", "cancel"))
        return found

    @property
    def open(self) -> bool:
        return queries.may_look(self.inspection, clock.today())

    @cached_property
    def points(self) -> list[queries.CheckedPoint]:
        """The checklist; the unit reads it in the protocol."""
        return queries.points_of(self.inspection) if self.office else []

    def link(self, label: str, name: str, *, main: bool = False) -> Link:
        url = reverse(f"reporting:inspection_{name}", args=[self.inspection.pk])
        return Link(label, url, current=main)

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.inspection
        yield "Podstawa", row.basis_words or str(row.get_basis_display())
        yield "Upoważnienie", f"{row.authorisation} z {format_long_date(row.authorised_on)}"
        yield "Zakres", "; ".join(str(InspectionArea(area).label) for area in row.areas)
        yield (
            "Okres kontrolowany",
            f"{format_long_date(row.period_from)} – {format_long_date(row.period_until)}",
        )
        until = format_long_date(row.access_until)
        yield "Dostęp do akt", f"{format_long_date(row.access_from)} – {until}"
        if row.state != InspectionState.DRAFT and row.addressee_id is None:
            yield "Jednostka", "nie pracuje w programie: kontrola idzie na papierze"

    def page(self) -> Mapping[str, Any]:
        row = self.inspection
        files, points = queries.sample_of(row), self.points
        times = queries.looks_by_file(row)
        may_write = self.office and self.request.may(perms.INSPECTION_WRITE)
        return {
            **super().page(),
            "badge": badge_of(row),
            "inspection": row,
            "office": self.office,
            "open": self.open,
            "may_write": may_write and self.inspecting and row.state == InspectionState.OPEN,
            "may_staff": may_write and row.state in {InspectionState.DRAFT, InspectionState.OPEN},
            "may_look": self.open and self.inspecting and self.office,
            "members": self.members,
            "files": [
                (one.row, found_badge(one.finding, "nieobejrzane"), times.get(one.row.pk, 0)) for one in files
            ],
            "areas": _by_area(points),
            "progress": queries.progress(files, points),
            "steps": [_step(one) for one in queries.steps_of(row)],
            "looks": looks_shown(row, [one.row for one in files], self.request.principal.place),
            # What was found is told with the protocol.
            "found_shown": self.office or row.handed_on is not None,
            "draws": checklist.draws_files(row.areas),
        }


def _waits(one: queries.CheckedPoint) -> bool:
    """Whether a point may be answered and is not."""
    return one.row is not None and not one.row.answer


def _by_area(points: Sequence[queries.CheckedPoint]) -> list[tuple[str, list[Any]]]:
    """The checklist by areas, each point with the badge of its answer."""
    found: dict[str, list[Any]] = {}
    for one in points:
        answer = one.row.answer if one.row is not None else ""
        area = str(InspectionArea(one.point.area).label)
        found.setdefault(f"{area[:1].upper()}{area[1:]}", []).append(
            (one, found_badge(answer, "niesprawdzone"))
        )
    return list(found.items())


def _step(row: InspectionStep) -> TimelineEntry:
    label = str(row.get_act_display())
    until = f" do {format_long_date(row.until)}" if row.until else ""
    return TimelineEntry(
        row.made_at,
        f"{label[:1].upper()}{label[1:]}{until}",
        row.words,
        str(row.by),
        ICONS[InspectionAct(row.act)],
    )


def looks_shown(row: Inspection, files: Sequence[InspectionFile], place: Any) -> list[tuple[Any, str, str]]:
    """The newest looks: when, who, at which file of the sample."""
    events = list(queries.looks(row)[:SHOWN_LOOKS])
    actors = actor_names(events, place)
    numbers = {one.pk: f"{one.position}. {one.file_number}" for one in files}
    return [
        (event, actor_of(event, actors), numbers.get(event.object_id, "–") + _taken(event))
        for event in events
    ]


def _taken(event: Any) -> str:
    return ", pobrano dokument" if event.outcome == "taken" else ""


class Write(OneEntry, FormPage):
    """A new inspection of the unit of an entry."""

    action = perms.INSPECTION_WRITE
    title = "Nowa kontrola"
    form_class = forms.InspectionForm
    submit = "Zapisz kontrolę"

    def lead(self) -> str:
        return self.name

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": self.found.unit_type}

    def initial(self) -> Mapping[str, Any]:
        today = clock.today()
        sensitive = {area.value for area in checklist.SENSITIVE}
        return {
            "authorised_on": today,
            "areas": [area for area in checklist.areas_for(self.found.unit_type) if area not in sensitive],
            "period_from": today.replace(year=today.year - 1, month=1, day=1),
            "period_until": today,
            "access_from": today,
            "access_until": today + PROPOSED,
        }

    def save(self, form: Any) -> Inspection:
        return services.prepare(entry_id=self.found.pk, **form.cleaned_data)

    def next_url(self, result: Inspection) -> str:
        return reverse("reporting:inspection", args=[result.pk])

    def success(self, form: Any, result: Inspection) -> str:
        return "Zapisano kontrolę. Jednostka zobaczy ją, gdy otworzysz dostęp."


class Change(OneInspection, FormPage):
    action = perms.INSPECTION_WRITE
    title = "Popraw kontrolę"
    form_class = forms.InspectionForm

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": self.inspection.unit_type}

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.inspection, name) for name in self.form_class.base_fields}

    def save(self, form: Any) -> Any:
        return services.change(inspection_id=self.inspection.pk, **form.cleaned_data)


class Open(OneInspection, ConfirmPage):
    action = perms.INSPECTION_OPEN
    title = "Otworzyć dostęp do akt?"
    verb = "Otwórz dostęp"

    def text(self) -> str:
        row = self.inspection
        unit = RegisterEntry.objects.select_related("joined__organisation").get(pk=row.entry_id).joined
        if unit is None:
            return "Ta jednostka nie pracuje w programie. Akta dopiszesz ręcznie, a pisma wyślesz pocztą."
        until = format_long_date(row.access_until)
        return (
            f"{unit} zobaczy, kto kontroluje, na jakiej podstawie i do kiedy. Dostęp potrwa do {until}."
            " Każdy wgląd w akta trafi do dziennika jednostki. Zakresu i okresu nie da się już zmienić."
        )

    def perform(self) -> str:
        services.open_access(inspection_id=self.inspection.pk)
        return self.back_url

    def success(self) -> str:
        return "Otwarto dostęp do akt."


class Extend(OneInspection, FormPage):
    action = perms.INSPECTION_OPEN
    title = "Przedłuż dostęp"
    form_class = forms.ExtendForm
    submit = "Przedłuż dostęp"
    drafts = False

    def lead(self) -> str:
        row = self.inspection
        last = rules.latest_end(row.access_from, extended=True)
        now = f"Dostęp jest do {format_long_date(row.access_until)}."
        return f"{now} Można go przedłużyć do {format_long_date(last)}."

    def save(self, form: Any) -> Any:
        return services.extend(inspection_id=self.inspection.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Dostęp do akt trwa do {format_long_date(result.access_until)}."


class End(OneInspection, FormPage):
    action = perms.INSPECTION_WRITE
    title = "Zakończ dostęp"
    form_class = forms.ReasonForm
    submit = "Zakończ dostęp"
    drafts = False

    def lead(self) -> str:
        return "Akta zamkną się od razu. Tej kontroli nie da się otworzyć ponownie."

    def save(self, form: Any) -> Any:
        return services.end_access(inspection_id=self.inspection.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zakończono dostęp do akt."


class Cancel(OneInspection, FormPage):
    action = perms.INSPECTION_WRITE
    title = "Odwołaj kontrolę"
    form_class = forms.ReasonForm
    submit = "Odwołaj kontrolę"
    drafts = False

    def save(self, form: Any) -> Any:
        return services.cancel(inspection_id=self.inspection.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Odwołano kontrolę."


class MemberAdd(OneInspection, FormPage):
    """Whoever is added reads files from then on, so it is asked as opening is."""

    action = perms.INSPECTION_OPEN
    title = "Dodaj kontrolującego"
    form_class = forms.MemberForm
    submit = "Dodaj"
    drafts = False

    def save(self, form: Any) -> Any:
        return services.add_member(inspection_id=self.inspection.pk, user_id=form.cleaned_data["user"].pk)

    def next_url(self, result: Any) -> str:
        return self.back_url


class MemberRemove(OneInspection, ConfirmPage):
    action = perms.INSPECTION_WRITE
    title = "Odwołać kontrolującego?"
    verb = "Odwołaj"
    member: InspectionMember

    def object(self, *, lock: bool = False) -> Any:
        # A key of its own leads here: the member names the inspection.
        rows = InspectionMember.objects.select_related("user")
        self.member = get_object_or_404(rows, pk=self.kwargs["pk"], removed_at__isnull=True)
        self.kwargs = {**self.kwargs, "pk": self.member.inspection_id}
        return super().object(lock=lock)

    def text(self) -> str:
        return f"{self.member.user} nie zajrzy już do akt. To, co zapisano, zostaje."

    def perform(self) -> str:
        services.remove_member(inspection_id=self.inspection.pk, member_id=self.member.pk)
        return self.back_url


_ONE = "rejestr-wojewody/kontrole/<uuid:pk>/"
urlpatterns = [
    path("rejestry/kontrole/", InspectionList.as_view(), name="inspections"),
    path("rejestry/wpis/<uuid:pk>/kontrola/", Write.as_view(), name="inspection_new"),
    path(_ONE, Show.as_view(), name="inspection"),
    path(f"{_ONE}tresc/", Change.as_view(), name="inspection_change"),
    path(f"{_ONE}otworz/", Open.as_view(), name="inspection_open"),
    path(f"{_ONE}przedluz/", Extend.as_view(), name="inspection_extend"),
    path(f"{_ONE}zakoncz-dostep/", End.as_view(), name="inspection_end"),
    path(f"{_ONE}odwolaj/", Cancel.as_view(), name="inspection_cancel"),
    path(f"{_ONE}kontrolujacy/", MemberAdd.as_view(), name="inspection_member"),
    path(
        "rejestr-wojewody/kontrolujacy/<uuid:pk>/odwolaj/",
        MemberRemove.as_view(),
        name="inspection_member_remove",
    ),
]
