"""The month of everybody as a grid; the days of one person as a tab of the file."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from ipzs.enums import FreeDayState
from ipzs.models import OpeningBalance
from ipzs.perms import attendance as perms
from ipzs.perms import opening as opening_perms
from ipzs.queries import attendance as queries
from ipzs.queries.timetable_hours import teaching
from ipzs.views.attendance import base
from participants.models import Participation
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.calendar_pl import public_holidays
from reintegration.core.components import Link
from reintegration.core.formats import counted, format_month, weekday_short
from reintegration.core.views import Page


class MonthPage(Page):
    """Everybody's month; letters mark, arrows move, names lead to one person's month."""

    action = perms.MONTH_SHOW
    template_name = "ipzs/attendance/month.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.month = base.asked_month(request)
        self.place: UUID | None = None
        with suppress(ValueError):
            self.place = UUID(request.GET.get("pracownia", ""))
        self.grid = queries.grid(self.month, today=clock.today(), pays=base.pays(request))
        rows = self.grid.rows
        self.rows = [row for row in rows if self.place is None or row.place_id == self.place]
        record.shows(request, [row.file.person_id for row in self.rows])
        return self.answer()

    def get_title(self) -> str:
        return format_month(self.month).capitalize()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(base.TITLE, reverse("ipzs:attendance_today")), ("Miesiąc", "")]

    def lead(self) -> str:
        people = counted(len(self.rows), "osoba", "osoby", "osób")
        missing = sum(row.missing for row in self.rows)
        said = counted(missing, "dzień bez wpisu", "dni bez wpisu", "dni bez wpisu") if missing else "komplet"
        holidays = [f"{day.day}.{day.month:02}" for day in public_holidays(self.month) if day.weekday() < 6]
        return f"{people} · {said}" + (f" · święta: {', '.join(holidays)}" if holidays else "")

    def actions(self) -> Sequence[Link]:
        request: Any = self.request
        if not request.may(perms.PAPER):
            return []
        place = f"&pracownia={self.place}" if self.place else ""
        url = reverse("ipzs:attendance_month_print")
        return [Link("Drukuj", f"{url}?miesiac={self.month}{place}")]

    def page(self) -> Mapping[str, Any]:
        request: Any = self.request
        today = clock.today()
        chips = [Link("Wszyscy", base.month_url(self.month), self.place is None, len(self.grid.rows))]
        chips += [
            Link(name, base.month_url(self.month, key), key == self.place, count)
            for key, name, count in self.grid.places
        ]
        months = [
            Link(format_month(one), base.month_url(one, self.place), current=one == self.month)
            for one in (self.month.previous, self.month, self.month.next)
        ]
        return {
            "grid": self.grid,
            "rows": self.rows,
            "month": self.month,
            "chips": chips,
            "months": months,
            "days": [(day, weekday_short(day), day == today) for day in self.grid.days],
            "columns": ",".join(day.isoformat() for day in self.grid.days),
            "keys": json.dumps({one.key: one.kind for one in base.LEGEND}),
            "legend": base.LEGEND,
            "excuses": base.options(queries.excuses()),
            "pays": base.pays(request),
            "may_mark": request.may(perms.MARK) and not self.grid.closed,
            "place_id": self.place,
            "width": len(self.grid.days) + (4 if base.pays(request) else 1),
        }


class PersonMonth(OfTab):
    """The days of one person: marks, sick leaves, free days, balances."""

    action = perms.PERSON_SHOW
    template_name = "ipzs/attendance/person.html"
    tab = base.TITLE

    def page(self) -> Mapping[str, Any]:
        request: Any = self.request
        month, today = base.asked_month(request), clock.today()
        shown = queries.person_month(self.file, month, today=today, pays=base.pays(request))
        months = [
            Link(format_month(one), base.person_url(self.file, one), current=one == month)
            for one in (month.previous, month, month.next)
        ]
        return {
            **super().page(),
            "person_month": shown,
            "teaching": None if base.pays(request) else teaching(self.file, month, shown.done),
            "months": months,
            "month": month,
            "may_mark": request.may(perms.MARK) and not shown.closed,
            "may_sick": request.may(perms.SICK_ADD),
            "may_scan": request.may(perms.SICK_SCAN),
            "may_ask": request.may(perms.FREE_ASK) and base.pays(request),
            "may_decide": request.may(perms.FREE_DECIDE),
            "may_print": request.may(perms.PAPER),
            "open_states": {FreeDayState.ASKED.value},
            "takes_back": {FreeDayState.ASKED.value, FreeDayState.GRANTED.value},
            "today": today,
            "opening": OpeningBalance.objects.filter(participation=self.file).first(),
            "may_open": request.may(opening_perms.EDIT) and self.shown.periods and not self.file.ended_on,
        }


def tab(request: Any, file: Participation) -> tuple[str, str] | None:
    """The tab of the file."""
    if not request.may(perms.PERSON_SHOW):
        return None
    return base.TITLE, reverse("ipzs:attendance_person", args=[file.pk])
