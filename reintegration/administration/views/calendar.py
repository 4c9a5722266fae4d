"""The calendar of classes: which days of the week, and which days not."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from reintegration.administration import perms, queries, services
from reintegration.administration.forms.unit import ClosedDayForm, WeekForm
from reintegration.administration.rules import week_in_words
from reintegration.administration.views.own import crumbs
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Link
from reintegration.core.formats import counted, format_long_date
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.tenancy.models import ClosedDay, UnitCalendar

TITLE = "Kalendarz zajęć"
FIRST_YEAR, LAST_YEAR = 2015, 2099


class Calendar(Page):
    action = perms.CALENDAR_SHOW
    template_name = "administration/calendar.html"
    title = TITLE

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, ""))

    def year(self) -> int:
        asked = self.request.GET.get("rok", "")
        year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
        return year if FIRST_YEAR <= year <= LAST_YEAR else clock.today().year

    def lead(self) -> str:
        return "Obecność i świadczenie liczą dni zajęć z tego kalendarza."

    def actions(self) -> Sequence[Link]:
        found = []
        if self.request.may(perms.CLOSED_DAY_ADD):
            found.append(
                Link("Dodaj dzień bez zajęć", reverse("administration:closed_day_add"), current=True)
            )
        if self.request.may(perms.WEEK_SET):
            found.append(Link("Zmień dni tygodnia", reverse("administration:week_set")))
        return found

    def page(self) -> Mapping[str, Any]:
        year, here = self.year(), reverse("administration:calendar")
        return {
            "year": year,
            "found": queries.calendar_of(year, today=clock.today()),
            "today": clock.today(),
            "years": [
                Link(str(one), f"{here}?rok={one}", current=one == year)
                for one in range(max(FIRST_YEAR, year - 1), min(LAST_YEAR, year + 1) + 1)
            ],
        }


class WeekSet(FormPage):
    action = perms.WEEK_SET
    title = "Dni tygodnia"
    form_class = WeekForm
    back_url = reverse_lazy("administration:calendar")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), (self.title, ""))

    def lead(self) -> str:
        return "Nowy układ działa od dnia, który wpiszesz. Wcześniejsze dni zostają."

    def initial(self) -> Mapping[str, Any]:
        return {"since": clock.today(), "weekdays": ["1", "2", "3", "4", "5"]}

    def save(self, form: WeekForm) -> UnitCalendar:
        made = services.set_weekdays(**form.cleaned_data)
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: UnitCalendar) -> str:
        return f"Od {format_long_date(result.since)}: {week_in_words(result.weekdays)}."


class WeekRemove(ConfirmPage):
    action = perms.WEEK_REMOVE
    verb = "Wycofaj zmianę"
    danger = True
    back_url = reverse_lazy("administration:calendar")

    def object(self, *, lock: bool) -> UnitCalendar:
        rows = UnitCalendar.objects.filter(pk=self.kwargs["pk"])
        return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)

    def get_title(self) -> str:
        return f"Wycofać dni tygodnia od {format_long_date(self.found.since)}?"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), ("Wycofanie", ""))

    def text(self) -> str:
        return f"Układ: {week_in_words(self.found.weekdays)}. Zostanie wcześniejszy."

    def perform(self) -> str:
        record.about(self.request, self.found)
        services.remove_weekdays(row=self.found, today=clock.today())
        return str(self.back_url)

    def success(self) -> str:
        return "Wycofano zmianę dni tygodnia."


class ClosedDayAdd(FormPage):
    action = perms.CLOSED_DAY_ADD
    title = "Dzień bez zajęć"
    form_class = ClosedDayForm
    back_url = reverse_lazy("administration:calendar")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), (self.title, ""))

    def lead(self) -> str:
        return "Świąt nie wpisuj, program je zna."

    def save(self, form: ClosedDayForm) -> list[ClosedDay]:
        typed = form.cleaned_data
        return services.close_days(first=typed["day"], last=typed["last"], reason=typed["reason"])

    def next_url(self, result: list[ClosedDay]) -> str:
        return f"{self.back_url}?rok={result[0].day.year}"

    def success(self, form: Any, result: list[ClosedDay]) -> str:
        return f"Zapisano {counted(len(result), 'dzień', 'dni', 'dni')} bez zajęć."


class ClosedDayRemove(ConfirmPage):
    action = perms.CLOSED_DAY_REMOVE
    verb = "Przywróć zajęcia"
    back_url = reverse_lazy("administration:calendar")

    def object(self, *, lock: bool) -> ClosedDay:
        rows = ClosedDay.objects.filter(pk=self.kwargs["pk"])
        return get_object_or_404(rows.select_for_update(of=("self",)) if lock else rows)

    def get_title(self) -> str:
        return f"Przywrócić zajęcia {format_long_date(self.found.day)}?"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs((TITLE, str(self.back_url)), ("Przywrócenie zajęć", ""))

    def text(self) -> str:
        return f"Zapisany powód: {self.found.reason}."

    def perform(self) -> str:
        record.about(self.request, self.found)
        services.remove_closed_day(row=self.found)
        return f"{self.back_url}?rok={self.found.day.year}"

    def success(self) -> str:
        return "Ten dzień znów ma zajęcia."
