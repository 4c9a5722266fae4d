"""Screens of the plan: weeks of the unit, a group, a leader and a person, hours, and what stands in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from ipzs import timetable_papers
from ipzs.forms import timetable as forms
from ipzs.models import TimetableEntry, Workshop
from ipzs.perms import timetable as perms
from ipzs.queries import catalogue as offer
from ipzs.queries import timetable as plans
from ipzs.queries import timetable_hours as hours
from ipzs.queries import timetable_week as weeks
from ipzs.rules.codes import Standing
from ipzs.rules.hours import week_of
from ipzs.services import timetable as services
from ipzs.services.timetable import EntryData
from ipzs.views.timetable_classes import asked_day
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.views.participations.base import file_of, unit_type
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.dates import DateSpan, Month
from reintegration.core.formats import WEEKDAYS, counted, format_date, format_month, format_span
from reintegration.core.toasts import refused
from reintegration.core.views import ConfirmPage, FormPage, Page

TITLE = "Plan zajęć"
WEEK = timedelta(days=7)
MOST_SAID = 3
# A week that nobody plans for would only be an error of the address.
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


def asked_week(request: Any) -> DateSpan:
    """The week of the day in the address, or this one."""
    text = request.GET.get("tydzien", "")
    try:
        day = date.fromisoformat(text) if text.isascii() else clock.today()
    except ValueError:
        day = clock.today()
    return week_of(day if FIRST <= day < LAST else clock.today())


class WeekPage(Page):
    """A week with the one before and the one after it, on screen and on paper."""

    action = perms.PLAN_SHOW
    template_name = "ipzs/timetable/week.html"
    request: Any

    def load(self) -> weeks.Week:
        raise NotImplementedError

    def subject(self) -> str:
        return ""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.span = asked_week(request)
        self.week = self.load()
        record.shows(request, self.week.person_ids)
        if request.GET.get("plik") == "pdf":
            return timetable_papers.week(self.week, subject=self.subject())
        return self.answer()

    def get_title(self) -> str:
        return f"{TITLE}: {self.subject()}" if self.subject() else TITLE

    def lead(self) -> str:
        last = self.span.last
        return f"Tydzień {format_span(self.span.first, last, today=clock.today())}."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("ipzs:timetable_unit")), (self.subject(), "")] if self.subject() else []

    def url(self, day: date) -> str:
        return f"{self.request.path}?tydzien={day.isoformat()}"

    def page(self) -> Mapping[str, Any]:
        first, here = self.span.first, week_of(clock.today())
        return {
            "week": self.week,
            "moves": [
                Link("Poprzedni", self.url(first - WEEK)),
                Link("Ten tydzień", self.request.path, current=self.span == here),
                Link("Następny", self.url(first + WEEK)),
            ],
            "pdf_url": f"{self.url(first)}&plik=pdf",
            "may_edit": self.request.may(perms.PLAN_EDIT),
            "single": bool(self.subject()),
            **self.more(),
        }

    def more(self) -> Mapping[str, Any]:
        return {}


class UnitWeek(WeekPage):
    def load(self) -> weeks.Week:
        return weeks.of_unit(self.span, today=clock.today())

    def actions(self) -> Sequence[Link]:
        own = reverse("ipzs:timetable_leader", args=[self.request.principal.user_id])
        found = [Link("Mój tydzień", own), Link("W kalendarzu telefonu", reverse("ipzs:feed_list"))]
        if self.request.may(perms.HOURS_SHOW):
            found.append(Link("Godziny osób", reverse("ipzs:timetable_hours")))
        return found

    def more(self) -> Mapping[str, Any]:
        rows = offer.open_workshops(today=self.span.first)
        groups = [Link(row.name, reverse("ipzs:timetable_workshop", args=[row.pk])) for row in rows]
        people = offer.colleagues(today=clock.today())
        leaders = [Link(name, reverse("ipzs:timetable_leader", args=[key])) for key, name in people]
        return {"workshops": groups, "leaders": leaders}


class WorkshopWeek(WeekPage):
    def load(self) -> weeks.Week:
        self.workshop: Workshop = get_object_or_404(Workshop, pk=self.kwargs["pk"])
        record.about(self.request, self.workshop)
        return weeks.of_workshop(self.workshop, self.span, today=clock.today())

    def subject(self) -> str:
        return str(self.workshop.name)

    def actions(self) -> Sequence[Link]:
        found = [Link("Osoby i prowadzący", reverse("ipzs:workshop_show", args=[self.workshop.pk]))]
        if self.request.may(perms.PLAN_EDIT):
            add = reverse("ipzs:entry_add_group", args=[self.workshop.pk])
            found.insert(0, Link("Dodaj zajęcia", add, current=True))
        return found


class LeaderWeek(WeekPage):
    def load(self) -> weeks.Week:
        key = str(self.kwargs["pk"])
        names = dict(offer.colleagues(today=clock.today()))
        if key not in names:
            raise Http404
        self.name = names[key]
        return weeks.of_leader(self.kwargs["pk"], self.name, self.span, today=clock.today())

    def subject(self) -> str:
        return self.name


class PersonWeek(WeekPage):
    def load(self) -> weeks.Week:
        self.case = file_of(self.request, self.kwargs["pk"])
        reasons = self.request.may(perms.PLAN_EDIT)
        return weeks.of_person(self.case, self.span, today=clock.today(), reasons=reasons)

    def subject(self) -> str:
        return str(self.case.person)

    def actions(self) -> Sequence[Link]:
        found = [Link("Zajęcia osoby", reverse("ipzs:classes_show", args=[self.case.pk]))]
        if self.request.may(perms.PLAN_EDIT):
            add = reverse("ipzs:entry_add_person", args=[self.case.pk])
            found.insert(0, Link("Dodaj do planu osoby", add, current=True))
        return found

    def more(self) -> Mapping[str, Any]:
        if not self.request.may(perms.HOURS_SHOW):
            return {}
        standing = standing_of(self.request, [self.case], self.span)[self.case.pk]
        return {"standing": standing}


def standing_of(request: Any, cases: Sequence[Participation], week: DateSpan) -> dict[UUID, dict[str, Any]]:
    """Hours of persons as a screen shows them: the week of a CIS, the month of a KIS."""
    found: dict[UUID, dict[str, Any]] = {}
    if unit_type(request) is UnitType.CIS:
        for key, row in hours.planned_weeks(cases, week).items():
            least = limits_text(row)
            found[key] = {
                "hours": hours.in_words(Fraction(row.minutes, 60)),
                "limits": least,
                "badge": hours.BADGES[row.standing],
                "of": "tygodnia",
                "sentences": row.sentences,
            }
        return found
    month = Month.of(week.first + timedelta(days=3))
    for key, said in hours.planned_months(cases, month).items():
        found[key] = {
            "hours": hours.in_words(said.total),
            "limits": f"{hours.in_words(said.owed)} w miesiącu: {format_month(month)}",
            "badge": hours.BADGES[said.standing],
            "of": "miesiąca",
            # Beside the numbers of a whole month that is as it should be it would say them once more.
            "sentences": [] if said.whole and said.standing is Standing.ENOUGH else [said.sentence],
        }
    return found


def limits_text(row: Any) -> str:
    return f"od {hours.in_words(row.owed / 60)} do {row.most // 60} w tygodniu"


class Hours(Page):
    """Everybody who takes part in a week, with what their plan gives."""

    action = perms.HOURS_SHOW
    title = "Godziny osób"
    template_name = "ipzs/timetable/hours.html"
    request: Any

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("ipzs:timetable_unit")), (self.title, "")]

    def lead(self) -> str:
        span = asked_week(self.request)
        week = format_span(span.first, span.last, today=clock.today())
        if unit_type(self.request) is UnitType.CIS:
            return f"Tydzień {week}. Tygodniowo 30–40 godzin. (art. 14 ust. 1)"
        return f"Tydzień {week}. Zalecenie dla KIS: 40 godzin dydaktycznych w miesiącu."

    def page(self) -> Mapping[str, Any]:
        span = asked_week(self.request)
        last = span.last or span.first
        cases = list(
            {case.pk: case for day in (span.first, last) for case in hours.taking_part(day)}.values()
        )
        record.shows(self.request, {case.person_id for case in cases})
        standing = standing_of(self.request, cases, span)
        first = span.first
        return {
            "rows": [(case, standing[case.pk]) for case in cases],
            "remarks": any(one["sentences"] for one in standing.values()),
            "moves": [
                Link("Poprzedni", f"{self.request.path}?tydzien={first - WEEK}"),
                Link("Ten tydzień", self.request.path, current=span == week_of(clock.today())),
                Link("Następny", f"{self.request.path}?tydzien={first + WEEK}"),
            ],
        }


# What stands in the plan


def say(request: Any, conflicts: Iterable[str]) -> None:
    """The first of what meets, in sentences; nothing of it keeps anybody from saving."""
    found = list(dict.fromkeys(conflicts))
    for sentence in found[:MOST_SAID]:
        refused(request, sentence)
    if len(found) > MOST_SAID:
        more = counted(len(found) - MOST_SAID, "inny konflikt", "inne konflikty", "innych konfliktów")
        refused(request, f"W planie jest jeszcze {more}.")


class EntryForms(FormPage):
    action = perms.PLAN_EDIT
    drafts = False
    request: Any
    workshop: Workshop | None = None
    case: Participation | None = None

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (TITLE, reverse("ipzs:timetable_unit")),
            (self.whose(), self.back_url),
            (self.get_title(), ""),
        ]

    def whose(self) -> str:
        return str(self.workshop.name) if self.workshop else str(self.case.person if self.case else "")

    def lead(self) -> str:
        return f"{self.whose()}."

    def about_group(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.back_url = reverse("ipzs:timetable_workshop", args=[workshop.pk])

    def about_person(self, case: Participation) -> None:
        self.case = case
        self.back_url = reverse("ipzs:timetable_person", args=[case.pk])

    def form_kwargs(self) -> Mapping[str, Any]:
        return {
            "services": offer.offered(),
            "rooms": offer.rooms().filter(active=True).order_by("name_order", "pk"),
            "colleagues": offer.colleagues(today=clock.today()),
            "personal": self.case is not None,
        }

    def data(self, form: Any) -> EntryData:
        said = form.cleaned_data
        leader, service, room = said["leader"], said["service"], said["room"]
        return EntryData(
            begins=said["begins"],
            ends=said["ends"],
            since=said.get("since") or clock.today(),
            until=said.get("until"),
            purpose=said.get("purpose") or "class",
            workshop_id=self.workshop.pk if self.workshop else None,
            participation_id=self.case.pk if self.case else None,
            service_id=service.pk if service else None,
            room_id=room.pk if room else None,
            leader_id=UUID(leader) if leader else None,
            label=said.get("label", ""),
        )

    def say_conflicts(self, rows: Sequence[TimetableEntry]) -> None:
        """What it meets is said; it stands all the same."""
        say(self.request, [one for row in rows for one in weeks.conflicts_of(row)])


class EntryAdd(EntryForms):
    form_class = forms.AddForm
    title = "Nowe zajęcia"
    submit = "Dodaj do planu"

    def save(self, form: Any) -> list[TimetableEntry]:
        chosen = [int(day) for day in form.cleaned_data["weekdays"]]
        made = services.add_entries(data=self.data(form), weekdays=chosen)
        record.about(self.request, made[0])
        self.say_conflicts(made)
        return made

    def next_url(self, result: Any) -> str:
        return f"{self.back_url}?tydzien={result[0].since.isoformat()}"

    def success(self, form: Any, result: list[TimetableEntry]) -> str:
        if result[0].weekday is None:
            return f"W planie: {format_date(result[0].since, today=clock.today())}."
        return f"W planie: {', '.join(WEEKDAYS[row.weekday] for row in result if row.weekday is not None)}."


class EntryAddGroup(EntryAdd):
    def object(self, *, lock: bool) -> None:
        found: Workshop = get_object_or_404(Workshop, pk=self.kwargs["pk"])
        record.about(self.request, found)
        self.about_group(found)

    def initial(self) -> Mapping[str, Any]:
        assert self.workshop is not None
        led = offer.workshop_page(self.workshop, today=clock.today()).leaders
        return {"since": clock.today(), "leader": str(led[0].user_id) if led else ""}


class EntryAddOnce(EntryAddGroup):
    """What was held outside the plan stands in it for its one day, and then in the journal."""

    form_class = forms.OnceForm
    title = "Zajęcia spoza planu"
    submit = "Dalej: dziennik"

    def initial(self) -> Mapping[str, Any]:
        return {
            "since": asked_day(self.request.GET.get("dzien", "")) or clock.today(),
            "leader": str(self.request.principal.user_id),
        }

    def save(self, form: Any) -> list[TimetableEntry]:
        made = services.add_entries(data=self.data(form))
        record.about(self.request, made[0])
        self.say_conflicts(made)
        return made

    def next_url(self, result: Any) -> str:
        day = result[0].since
        if day > clock.today():
            return f"{reverse('ipzs:meeting_day')}?dzien={day.isoformat()}"
        return reverse("ipzs:meeting_open", args=[result[0].pk, day.isoformat()])


class EntryAddPerson(EntryAdd):
    title = "Nowy czas w planie osoby"

    def object(self, *, lock: bool) -> None:
        self.about_person(file_of(self.request, self.kwargs["pk"]))

    def initial(self) -> Mapping[str, Any]:
        return {"since": clock.today(), "purpose": "class"}


class OfEntry:
    """An entry that is changed, ended or removed, with whose it is."""

    request: Any
    kwargs: dict[str, Any]
    found: TimetableEntry

    def find(self, *, lock: bool) -> TimetableEntry:
        rows = TimetableEntry.objects.select_related(
            "workshop", "participation__person", "person", "service", "leader"
        )
        found: TimetableEntry = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        if found.person_id is not None:
            record.shows(self.request, [found.person_id])
        return found


class EntryEdit(OfEntry, EntryForms):
    form_class = forms.ChangeForm
    template_name = "ipzs/timetable/entry.html"
    title = "Zmiana w planie"
    submit = "Zapisz zmianę"

    def object(self, *, lock: bool) -> TimetableEntry:
        found = self.find(lock=lock)
        if found.workshop is not None:
            self.about_group(found.workshop)
        elif found.participation is not None:
            self.about_person(found.participation)
        return found

    def form_kwargs(self) -> Mapping[str, Any]:
        kwargs = super().form_kwargs()
        row = self.found
        # What is off the offer, or of somebody who left, may stay where it stands.
        people = list(kwargs["colleagues"])
        if row.leader is not None and str(row.leader_id) not in dict(people):
            people.append((str(row.leader_id), row.leader.get_full_name()))
        offered = Q(active=True) | Q(pk=row.service_id)
        found = offer.services().filter(offered).order_by("name_order", "pk")
        return {**kwargs, "services": found, "colleagues": people, "weekly": row.weekday is not None}

    def initial(self) -> Mapping[str, Any]:
        row = self.found
        return {
            "purpose": row.purpose,
            "service": row.service_id,
            "room": row.room_id,
            "leader": str(row.leader_id) if row.leader_id else "",
            "label": row.label,
            "weekday": str(row.weekday) if row.weekday is not None else "",
            "begins": row.begins,
            "ends": row.ends,
            "since": row.since,
            "until": row.until,
            "from_on": max(clock.today(), row.since),
        }

    def version(self) -> str:
        """The day of the change moves by itself; the rest is what may differ."""
        return f"{self.found.weekday}{self.found.since}{self.found.until}{self.found.begins}{self.found.ends}"

    def page(self) -> Mapping[str, Any]:
        return {"entry": self.found}

    def save(self, form: Any) -> TimetableEntry:
        said = form.cleaned_data
        data = self.data(form)
        weekly = self.found.weekday is not None
        data = replace(
            data,
            weekday=int(said["weekday"]) if weekly else None,
            since=self.found.since if weekly else said["since"],
        )
        made = services.change_entry(
            entry_id=self.found.pk, data=data, from_on=said.get("from_on") or data.since
        )
        self.say_conflicts([made])
        return made

    def success(self, form: Any, result: TimetableEntry) -> str:
        return f"Zmieniono: {plans.name_of(result)}."


class EntryEnd(OfEntry, FormPage):
    action = perms.PLAN_EDIT
    title = "Koniec zajęć w planie"
    form_class = forms.EndForm
    submit = "Zakończ"
    drafts = False

    def object(self, *, lock: bool) -> TimetableEntry:
        found = self.find(lock=lock)
        self.back_url = back_of(found)
        return found

    def lead(self) -> str:
        return f"{plans.as_entry(self.found).hours} {plans.name_of(self.found)}."

    def initial(self) -> Mapping[str, Any]:
        return {"until": self.found.until or max(clock.today(), self.found.since)}

    def version(self) -> str:
        return f"{self.found.until}"

    def save(self, form: Any) -> TimetableEntry:
        return services.end_entry(entry_id=self.found.pk, until=form.cleaned_data["until"])

    def success(self, form: Any, result: TimetableEntry) -> str:
        return f"{plans.name_of(result)}: do {format_date(result.until, today=clock.today())}."


class EntryRemove(OfEntry, ConfirmPage):
    action = perms.PLAN_EDIT
    title = "Usunąć z planu?"
    verb = "Usuń z planu"
    danger = True

    def object(self, *, lock: bool) -> TimetableEntry:
        found = self.find(lock=lock)
        self.back_url = reverse("ipzs:entry_edit", args=[found.pk])
        return found

    def text(self) -> str:
        return (
            f"{plans.as_entry(self.found).hours} {plans.name_of(self.found)} zniknie też z dni, które minęły."
            " Jeżeli zajęcia się odbywały, lepiej je zakończyć."
        )

    def perform(self) -> str:
        where = back_of(self.found)
        services.remove_entry(entry_id=self.found.pk)
        return where

    def success(self) -> str:
        return "Usunięto z planu."


def back_of(row: TimetableEntry) -> str:
    if row.workshop_id is not None:
        return reverse("ipzs:timetable_workshop", args=[row.workshop_id])
    return reverse("ipzs:timetable_person", args=[row.participation_id])


urlpatterns = [
    path("plan/", UnitWeek.as_view(), name="timetable_unit"),
    path("plan/godziny/", Hours.as_view(), name="timetable_hours"),
    path("plan/pracownia/<uuid:pk>/", WorkshopWeek.as_view(), name="timetable_workshop"),
    path("plan/pracownia/<uuid:pk>/nowe/", EntryAddGroup.as_view(), name="entry_add_group"),
    path("plan/pracownia/<uuid:pk>/spoza-planu/", EntryAddOnce.as_view(), name="entry_add_once"),
    path("plan/osoba/<uuid:pk>/", PersonWeek.as_view(), name="timetable_person"),
    path("plan/osoba/<uuid:pk>/nowe/", EntryAddPerson.as_view(), name="entry_add_person"),
    path("plan/prowadzacy/<uuid:pk>/", LeaderWeek.as_view(), name="timetable_leader"),
    path("plan/zajecia/<uuid:pk>/", EntryEdit.as_view(), name="entry_edit"),
    path("plan/zajecia/<uuid:pk>/koniec/", EntryEnd.as_view(), name="entry_end"),
    path("plan/zajecia/<uuid:pk>/usun/", EntryRemove.as_view(), name="entry_remove"),
]
