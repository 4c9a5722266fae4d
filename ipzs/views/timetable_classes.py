"""Screens of the class journal: the classes of a day, what was held or cancelled, and the journal itself."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from ipzs import timetable_papers
from ipzs.enums import MeetingState
from ipzs.forms import timetable_classes as forms
from ipzs.models import ClassMeeting, TimetableEntry
from ipzs.perms import timetable as perms
from ipzs.queries import catalogue as offer
from ipzs.queries import timetable_classes as queries
from ipzs.services import timetable_classes as services
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Empty, Link
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_date, format_day_of_week, format_number
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage, Page, go_to

DAY = "Zajęcia dnia"
JOURNAL = "Dziennik zajęć"
ONE = timedelta(days=1)
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


def asked_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text.isascii() else None
    except ValueError:
        return None
    return day if day is not None and FIRST <= day < LAST else None


class MeetingDay(Page):
    action = perms.MEETING_LIST
    title = DAY
    template_name = "ipzs/timetable/day.html"
    request: Any

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.day = asked_day(request.GET.get("dzien", "")) or clock.today()
        self.off, self.slots = queries.of_day(self.day)
        record.shows(request, {slot.person_id for slot in self.slots if slot.person_id is not None})
        return self.answer()

    def lead(self) -> str:
        day = format_day_of_week(self.day, today=clock.today())
        if self.off:
            return f"{day[:1].upper()}{day[1:]}. Bez zajęć: {self.off}."
        return f"{day[:1].upper()}{day[1:]}."

    def actions(self) -> Sequence[Link]:
        return [
            Link("Dziennik", reverse("ipzs:journal")),
            Link("Plan", reverse("ipzs:timetable_unit")),
        ]

    def page(self) -> Mapping[str, Any]:
        def url(day: date) -> str:
            return f"{self.request.path}?dzien={day.isoformat()}"

        return {
            "day": self.day,
            "off": self.off,
            "slots": self.slots,
            "moves": [
                Link("Poprzedni", url(self.day - ONE)),
                Link("Dziś", self.request.path, current=self.day == clock.today()),
                Link("Następny", url(self.day + ONE)),
            ],
            "may_write": self.request.may(perms.MEETING_WRITE),
            "coming": self.day > clock.today(),
            "outside": self.outside(),
        }

    def outside(self) -> Sequence[Link]:
        """Where a class that the plan does not have is added, a link for each group."""
        if self.off or not self.request.may(perms.PLAN_EDIT) or not self.request.may(perms.MEETING_WRITE):
            return []
        asked = f"?dzien={self.day.isoformat()}"
        groups = offer.groups_on(self.day)
        return [Link(row.name, reverse("ipzs:entry_add_once", args=[row.pk]) + asked) for row in groups]


class OfMeeting(FormPage):
    """A line of the journal: of the plan on a day, or one that is written already."""

    action = perms.MEETING_WRITE
    drafts = False
    request: Any
    entry: TimetableEntry | None = None
    meeting: ClassMeeting | None = None
    day: date

    def object(self, *, lock: bool) -> ClassMeeting | None:
        if "day" in self.kwargs:
            self.of_plan(lock=lock)
        else:
            rows = ClassMeeting.objects.select_related(
                "service", "workshop", "leader", "entry__participation"
            )
            self.meeting = get_object_or_404(
                rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
            )
            self.entry, self.day = self.meeting.entry, self.meeting.day
        self.back_url = f"{reverse('ipzs:meeting_day')}?dzien={self.day.isoformat()}"
        if self.meeting is not None:
            record.about(self.request, self.meeting)
        self.people = queries.people_of(self.entry, self.meeting, self.day)
        record.shows(self.request, {row.person_id for row in self.people})
        return self.meeting

    def of_plan(self, *, lock: bool) -> None:
        day = asked_day(self.kwargs["day"])
        if day is None:
            raise Http404
        rows = TimetableEntry.objects.select_related(
            "service", "workshop", "leader", "participation", "person"
        )
        self.entry = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"], purpose="class"
        )
        if not services.falls_on(self.entry, day):
            raise Http404
        self.day = day
        written = ClassMeeting.objects.filter(entry=self.entry, day=day)
        self.meeting = written.select_related("service", "workshop", "leader", "entry__participation").first()
        record.about(self.request, self.entry)

    def version(self) -> str:
        return "" if self.meeting is None else super().version()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(DAY, self.back_url), (self.get_title(), "")]

    def lead(self) -> str:
        source: Any = self.meeting or self.entry
        parts = [format_day_of_week(self.day, today=clock.today())]
        if source.workshop is not None:
            parts.append(source.workshop.name)
        elif self.entry is not None and self.entry.person is not None:
            parts.append(str(self.entry.person))
        text = ", ".join(parts)
        return f"{text[:1].upper()}{text[1:]}."

    def reference(self) -> dict[str, Any]:
        """How the service finds it."""
        if self.meeting is not None:
            return {"meeting_id": self.meeting.pk}
        return {"entry_id": self.entry.pk if self.entry else None, "day": self.day}


class MeetingWrite(OfMeeting):
    form_class = forms.MeetingForm
    template_name = "ipzs/timetable/meeting.html"
    submit = "Zapisz w dzienniku"

    def get_title(self) -> str:
        source: Any = self.meeting or self.entry
        return str(source.service.name if source.service else "Zajęcia")

    def form_kwargs(self) -> Mapping[str, Any]:
        source: Any = self.meeting or self.entry
        people = offer.colleagues(today=clock.today())
        if source.leader is not None and str(source.leader_id) not in dict(people):
            people.append((str(source.leader_id), source.leader.get_full_name()))
        offered = offer.services().filter(Q(active=True) | Q(pk=source.service_id))
        rooms = offer.rooms().filter(Q(active=True) | Q(pk=source.room_id))
        return {
            "services": offered.order_by("name_order", "pk"),
            "rooms": rooms.order_by("name_order", "pk"),
            "colleagues": people,
            "people": [(str(row.pk), str(row.person)) for row in self.people],
        }

    def initial(self) -> Mapping[str, Any]:
        source: Any = self.meeting or self.entry
        hours = source.hours if self.meeting else services.lessons(source.begins, source.ends)
        return {
            "topic": self.meeting.topic if self.meeting else "",
            "service": source.service_id,
            "leader": str(source.leader_id or self.request.principal.user_id),
            "room": source.room_id,
            "begins": source.begins,
            "ends": source.ends,
            "hours": hours,
            "present": self.ticked(),
            **self.parts(),
        }

    def parts(self) -> dict[str, Any]:
        """The hours of those who were there for a part of the class; at first what their marks say."""
        if self.meeting is None:
            part = queries.shorter_by_marks(self.people, self.entry, self.day)
            return {forms.part_of(str(key)): hours for key, hours in part.items()}
        shorter = self.meeting.presences.filter(hours__lt=self.meeting.hours).order_by("pk")
        return {forms.part_of(str(one.participation_id)): one.hours for one in shorter}

    def ticked(self) -> list[str]:
        """Whoever is written down; at first everybody but those whose day is marked otherwise."""
        if self.meeting is not None and self.meeting.state == MeetingState.HELD:
            rows = self.meeting.presences.order_by("pk").values_list("participation", flat=True)
            return [str(key) for key in rows]
        away = queries.away_by_marks(self.people, self.day)
        return [str(row.pk) for row in self.people if row.pk not in away]

    def page(self) -> Mapping[str, Any]:
        cancelled = self.meeting is not None and self.meeting.state == MeetingState.CANCELLED
        if self.meeting is not None:
            cancel = reverse("ipzs:meeting_cancel", args=[self.meeting.pk])
        else:
            cancel = reverse("ipzs:meeting_cancel_planned", args=[self.kwargs["pk"], self.day.isoformat()])
        return {
            "meeting": self.meeting,
            "cancel_url": "" if cancelled else cancel,
            "nobody": not self.people,
        }

    def save(self, form: Any) -> ClassMeeting:
        said = form.cleaned_data
        # Who was there for a part of the class has that part.
        present = {UUID(key): said[forms.part_of(key)] or said["hours"] for key in said["present"]}
        made = services.hold(
            data=services.MeetingData(
                service_id=said["service"].pk,
                leader_id=UUID(said["leader"]),
                room_id=said["room"].pk if said["room"] else None,
                begins=said["begins"],
                ends=said["ends"],
                hours=said["hours"],
                topic=said["topic"],
                present=present,
            ),
            **self.reference(),
        )
        record.about(self.request, made)
        self.count = len(present)
        return made

    def success(self, form: Any, result: ClassMeeting) -> str:
        return f"W dzienniku: {result.service.name}, {counted(self.count, 'osoba', 'osoby', 'osób')}."


class MeetingOpen(MeetingWrite):
    """A class of the plan; once it is written, its own page has it."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.of_plan(lock=False)
        if self.meeting is not None:
            return go_to(request, reverse("ipzs:meeting_edit", args=[self.meeting.pk]))
        return super().get(request, *args, **kwargs)


class MeetingCancel(OfMeeting):
    title = "Odwołanie zajęć"
    form_class = forms.CancelForm
    submit = "Odwołaj zajęcia"

    def initial(self) -> Mapping[str, Any]:
        return {"reason": self.meeting.cancel_reason if self.meeting else ""}

    def save(self, form: Any) -> ClassMeeting:
        made = services.cancel(reason=form.cleaned_data["reason"], **self.reference())
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: ClassMeeting) -> str:
        return f"Odwołano: {result.service.name}, {format_date(result.day, today=clock.today())}."


class Journal(ListPage):
    action = perms.JOURNAL
    title = JOURNAL
    file_name = "dziennik-zajec"
    filter_form = forms.JournalFilter
    default_sort = "-day"
    filters_all = True
    request: Any
    columns = (
        Column("service.name", "Zajęcia", sort="service__name_order"),
        Column("day", "Dzień", sort=("day", "begins"), phone="main"),
        Column("workshop.name", "Pracownia lub grupa", sort="workshop__name_order"),
        Column("topic", "Temat", cell=lambda row: row.topic or row.cancel_reason),
        Column("leader", "Prowadzący", cell=lambda row: row.leader.get_full_name(), phone="hide"),
        Column("hours", "Godziny", cell=lambda row: format_number(row.hours.normalize()), number=True),
        Column("people", "Obecni", number=True),
        Column("state", "Stan", cell=lambda row: queries.BADGES[MeetingState(row.state)]),
    )

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(DAY, reverse("ipzs:meeting_day")), (JOURNAL, "")]

    def filter_kwargs(self) -> Mapping[str, Any]:
        groups = offer.workshops(today=clock.today()).order_by("name_order", "pk")
        return {"workshops": groups, "colleagues": offer.colleagues(today=clock.today())}

    def queryset(self) -> QuerySet[ClassMeeting]:
        return queries.journal()

    def actions(self) -> Sequence[Link]:
        return [Link("Wydrukuj miesiąc", self.url_with(plik="pdf", page=""))]

    def row_url(self, row: Any) -> str:
        return reverse("ipzs:meeting_edit", args=[row.pk]) if self.request.may(perms.MEETING_WRITE) else ""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("plik") == "pdf":
            return self.paper()
        return super().get(request, *args, **kwargs)

    def paper(self) -> HttpResponse:
        """The month that the filter asks for, or this one."""
        form, month, subject = self.filters, Month.of(clock.today()), ""
        rows = self.queryset()
        if form is not None and form.is_valid():
            month = form.cleaned_data["miesiac"] or month
            group = form.cleaned_data["grupa"]
            subject = str(group) if group else ""
            rows = form.narrow(rows)
        rows = rows.filter(day__range=(month.first, month.last))
        listed = list(queries.for_paper(rows))
        record.shows(self.request, {one.person_id for row in listed for one in row.presences.all()})
        hours = format_number(sum((row.hours for row in listed if row.state == MeetingState.HELD), start=0))
        return timetable_papers.journal(listed, month=month, subject=subject, hours=hours)

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Dziennik jest jeszcze pusty",
            "Otwórz zajęcia dnia, wpisz temat i zaznacz, kto był.",
            "book",
            "Zajęcia dnia",
            reverse("ipzs:meeting_day"),
        )


urlpatterns = [
    path("zajecia/", MeetingDay.as_view(), name="meeting_day"),
    path("zajecia/dziennik/", Journal.as_view(), name="journal"),
    path("zajecia/<uuid:pk>/", MeetingWrite.as_view(), name="meeting_edit"),
    path("zajecia/<uuid:pk>/odwolaj/", MeetingCancel.as_view(), name="meeting_cancel"),
    path("zajecia/plan/<uuid:pk>/<str:day>/", MeetingOpen.as_view(), name="meeting_open"),
    path("zajecia/plan/<uuid:pk>/<str:day>/odwolaj/", MeetingCancel.as_view(), name="meeting_cancel_planned"),
]
