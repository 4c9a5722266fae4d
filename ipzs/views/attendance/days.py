"""A workshop's day: everybody present with one key, then the exceptions; undo; meals."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ipzs.forms import attendance as forms
from ipzs.models import Workshop
from ipzs.perms import attendance as perms
from ipzs.queries import attendance as queries
from ipzs.queries import timetable
from ipzs.queries.meals import meals_on
from ipzs.services import attendance as services
from ipzs.services.attendance.marks import WITH_HOURS
from ipzs.services.warnings import look_again, tells
from ipzs.views.attendance import base
from ipzs.views.attendance.base import uuid_of
from participants.models import Participation
from participants.views.participations.base import file_of
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.components import Link
from reintegration.core.dates import ONE_DAY, Month
from reintegration.core.errors import InputError, sentence_of
from reintegration.core.formats import counted, format_day_of_week, format_long_date, format_number, weekday
from reintegration.core.views import FormPage, Once, Page, go_to, wants_fragment
from reintegration.tenancy.scope import current_scope

# How a service, or the database behind it, says no.
REFUSED = (InputError, ValidationError, IntegrityError)


class Today(Page):
    """Every workshop of a day with how far it is."""

    action = perms.DAY_SHOW
    title = base.TITLE
    template_name = "ipzs/attendance/today.html"

    def lead(self) -> str:
        return _named(self.day)

    @property
    def day(self) -> date:
        return base.asked_day(self.request)

    def actions(self) -> Sequence[Link]:
        request: Any = self.request
        found = [Link("Miesiąc", base.month_url(Month.of(self.day)))]
        if request.may(perms.SICK_LIST):
            found.append(Link("Zwolnienia", reverse("ipzs:sick_list")))
        if base.pays(request):
            found.append(Link("Wnioski o dni wolne", reverse("ipzs:free_list")))
        return found

    def page(self) -> Mapping[str, Any]:
        request: Any = self.request
        found = queries.day_overview(self.day)
        record.shows(request, [one.file.person_id for one in found.loose])
        return {
            "states": [(one, base.day_url(one.workshop.pk, self.day)) for one in found.states],
            "loose": found.loose,
            "may_mark": request.may(perms.MARK),
            "ahead": self.day > clock.today(),
            "day": self.day,
            "today": clock.today(),
            "meals": found.meals,
            "earlier": f"{self.request.path}?dzien={self.day - ONE_DAY}",
            "later": f"{self.request.path}?dzien={self.day + ONE_DAY}",
        }


class Day(Page):
    """One workshop on one day."""

    action = perms.DAY_SHOW
    template_name = "ipzs/attendance/day.html"
    # What did not stand when somebody without a script sent it: at a row, and at the reason of all.
    refused: Mapping[UUID, Mapping[str, Any]] = {}
    bad_reason: str = ""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.load(self.kwargs["pk"], base.asked_day(request))
        return self.answer()

    def load(self, place_id: UUID, day: date) -> None:
        request: Any = self.request
        self.place, self.day = get_object_or_404(Workshop, pk=place_id), day
        self.files = timetable.workshop_people(self.place.pk, day)
        record.about(request, self.place)
        record.shows(request, [file.person_id for file in self.files])

    @classmethod
    def again(cls, request: Any, place_id: UUID, day: date, **refused: Any) -> HttpResponse:
        """The day as it stands, with what was typed and why it was refused."""
        view = cls()
        view.setup(request, pk=place_id)
        view.load(place_id, day)
        view.refused = refused.get("rows", {})
        view.bad_reason = refused.get("reason", "")
        return view.answer(status=422)

    def get_title(self) -> str:
        return str(self.place.name)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        url = f"{reverse('ipzs:attendance_today')}?dzien={self.day}"
        return [(base.TITLE, url), (str(self.place.name), "")]

    def lead(self) -> str:
        people = counted(len(self.files), "osoba", "osoby", "osób")
        return f"{_named(self.day)} · {people}"

    def actions(self) -> Sequence[Link]:
        request: Any = self.request
        found = [Link("Miesiąc", base.month_url(Month.of(self.day), self.place.pk))]
        if request.may(perms.PAPER):
            url = reverse("ipzs:attendance_day_print", args=[self.place.pk])
            found.append(Link("Arkusz z QR", f"{url}?dzien={self.day}"))
        return found

    def page(self) -> Mapping[str, Any]:
        request: Any = self.request
        rows = queries.day_rows(self.files, self.day, pays=base.pays(request))
        here = [row for row in rows if row.has_class or row.mark is not None]
        own = services.own_settings()
        before, after = timetable.days_around(self.place.pk, self.day)
        return {
            **_row_context(request, self.day, self.place.pk),
            "place": self.place,
            "rows": base.shown_rows(request, here, self.day, self.refused),
            "away": [row for row in rows if row not in here],
            "left": sum(row.mark is None for row in here),
            "practising": sum(row.mark is None and bool(row.employer) for row in here),
            "meals": sum(row.mark is not None and row.mark.meal for row in here) if own.meals else None,
            "late": (clock.today() - self.day).days > own.late_days,
            "ahead": self.day > clock.today(),
            "reason": request.POST.get("reason", "przepisane z arkusza" if request.GET.get("arkusz") else ""),
            "bad_reason": self.bad_reason,
            "earlier": base.day_url(self.place.pk, before),
            "later": base.day_url(self.place.pk, after),
            "change": uuid_of(request.GET.get("zmiana", "")),
        }


def _row_context(request: Any, day: date, place_id: UUID | None) -> Mapping[str, Any]:
    return {
        "day": day,
        "day_text": format_day_of_week(day, today=clock.today()),
        "place_id": place_id,
        "legend": base.LEGEND,
        "excuses": base.options(queries.excuses()),
        "pays": base.pays(request),
        "may_mark": request.may(perms.MARK),
        "me": request.principal.user_id,
    }


def _named(day: date) -> str:
    return f"{weekday(day).capitalize()}, {format_long_date(day)}"


class Post(Once):
    """Something sent from a day or a month, and the way back there."""

    http_method_names = ["post", "options"]

    day: date

    def read_day(self) -> HttpResponse | None:
        """Which day it is about; without one nothing is written anywhere."""
        try:
            self.day = date.fromisoformat(self.request.POST.get("dzien", ""))
        except ValueError:
            toasts.refused(self.request, "Nie wiadomo, którego dnia to dotyczy. Spróbuj jeszcze raz.")
            return go_to(self.request, reverse("ipzs:attendance_today"))
        return None

    @property
    def place_id(self) -> UUID | None:
        return uuid_of(self.request.POST.get("pracownia", ""))

    @property
    def in_month(self) -> bool:
        return bool(self.request.POST.get("widok") == "miesiac")

    def back(self, **more: str) -> str:
        if self.in_month:
            return base.month_url(Month.of(self.day), self.place_id)
        if self.place_id is None:
            return f"{reverse('ipzs:attendance_today')}?dzien={self.day}"
        return base.day_url(self.place_id, self.day, **more)


class All(Post):
    """Everybody of the workshop is here; exceptions follow."""

    action = {"POST": perms.MARK}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        place = get_object_or_404(Workshop, pk=self.kwargs["pk"])
        record.about(request, place)
        astray = self.read_day()
        if astray is not None:
            return astray
        form = forms.ReasonForm(request.POST)
        if not form.is_valid():
            return Day.again(request, place.pk, self.day, reason=errors_of(form))
        more: dict[str, str] = {}
        try:
            with transaction.atomic():
                made = services.mark_all_present(
                    workshop_id=place.pk, day=self.day, reason=form.cleaned_data["reason"]
                )
        except REFUSED as error:
            if getattr(error, "field", None) == "reason":
                return Day.again(request, place.pk, self.day, reason=said(error))
            toasts.refused(request, said(error))
        else:
            record.shows(request, [row.person_id for row in made])
            news = any(tells(row.kind, row.day) for row in made)
            look_again([row.person_id for row in made], news=news)
            if made:
                more = {"zmiana": str(current_scope().request_id)}
            else:
                toasts.saved(request, "Wszyscy mają już wpis.")
        return go_to(request, base.day_url(place.pk, self.day, **more))


class Undo(Post):
    action = {"POST": perms.MARK}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        change = uuid_of(request.POST.get("zmiana", ""))
        astray = self.read_day()
        if astray is not None:
            return astray
        try:
            if change is None:
                raise InputError("Nie ma czego cofnąć.")
            with transaction.atomic():
                count = services.undo_last(request_id=change)
                look_again(news=True)
            toasts.saved(request, f"Cofnięto: {counted(count, 'wpis', 'wpisy', 'wpisów')}.")
        except REFUSED as error:
            toasts.refused(request, said(error))
        return go_to(request, self.back())


def said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return error.message if isinstance(error, InputError) else sentence_of(error)


def errors_of(form: Any) -> str:
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


class Mark(Post):
    """One mark by one key: answers with its row, or leads back where there is no script."""

    action = {"POST": perms.MARK}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.file = file_of(request, self.kwargs["pk"])
        astray = self.read_day()
        if astray is not None:
            return astray
        form = forms.QuickForm(request.POST, excuses=queries.excuses)
        if not form.is_valid():
            return self.refused(errors_of(form), field=next(iter(form.errors)))
        try:
            with transaction.atomic():
                self.save(form.cleaned_data)
        except services.Changed as error:
            return self.refused(error.message, status=409)
        except REFUSED as error:
            return self.refused(said(error), field=getattr(error, "field", None) or "")
        look_again([self.file.person_id], news=tells(form.cleaned_data["kind"], self.day))
        if not wants_fragment(request):
            return go_to(request, f"{self.back()}#r-{self.file.pk}")
        return self.row({}, 200)

    def save(self, data: Mapping[str, Any]) -> None:
        if not data["kind"]:
            services.clear_mark(
                participation_id=self.file.pk,
                day=self.day,
                expected_revision=data["revision"],
                reason=data["reason"],
            )
            return
        services.mark(
            participation_id=self.file.pk,
            day=self.day,
            kind=data["kind"],
            hours=data["hours"] or self.planned(data["kind"]),
            excuse_id=data.get("excuse"),
            workshop_id=self.place_id,
            reason=data["reason"],
            expected_revision=data["revision"],
        )

    def planned(self, kind: str) -> Decimal | None:
        """The hours of the person's own plan, where the key said that they came and not for how long.

        A cell of the month says them itself; one that says none has no class in the plan.
        """
        if kind not in WITH_HOURS or (self.in_month and "hours" in self.request.POST):
            return None
        return timetable.class_days([self.file.pk], Month.of(self.day))[self.file.pk].get(self.day)

    def refused(self, text: str, *, status: int = 422, field: str = "") -> HttpResponse:
        """The row again with what was chosen and why it did not stand."""
        sent = self.request.POST
        more = {"error": text, "excuse_id": sent.get("excuse", ""), "bad": field}
        more["hours"] = sent.get("hours", "")
        if sent.get("kind", "") in {one.kind for one in base.LEGEND}:
            more["kind"] = sent["kind"]
        if wants_fragment(self.request):
            return self.row(more, status)
        if self.place_id is not None and not self.in_month:
            more["form_url"] = self.form_url()
            return Day.again(self.request, self.place_id, self.day, rows={self.file.pk: more})
        toasts.refused(self.request, f"{self.file.person}: {text}")
        return go_to(self.request, self.form_url())

    def form_url(self) -> str:
        """The whole form of the mark, with what was chosen."""
        kind, view = self.request.POST.get("kind", ""), self.request.POST.get("widok", "")
        url = reverse("ipzs:mark_edit", args=[self.file.pk])
        chosen = f"&wpis={kind}" if kind in {one.kind for one in base.LEGEND} else ""
        return f"{url}?dzien={self.day}{chosen}" + ("&widok=miesiac" if view == "miesiac" else "")

    def row(self, more: Mapping[str, Any], status: int) -> HttpResponse:
        request: Any = self.request
        if self.in_month:
            return self.month_row(str(more.get("error", "")), status)
        rows = queries.day_rows([self.file], self.day, pays=base.pays(request))
        shown = base.shown_rows(request, rows, self.day, {self.file.pk: more})[0]
        context = {
            **_row_context(request, self.day, self.place_id),
            "shown": shown,
            "change": current_scope().request_id if status == 200 else None,
            "fresh": True,
        }
        return render(request, "ipzs/attendance/row.html", context, status=status)

    def month_row(self, error: str, status: int) -> HttpResponse:
        request: Any = self.request
        month = Month.of(self.day)
        files = list(queries.month_files(month).filter(pk=self.file.pk))
        days = [day for day in days_of(request.POST.get("dni", "")) if day in month]
        grid = queries.grid(month, today=clock.today(), pays=base.pays(request), files=files, days=days)
        context = {
            "row": grid.rows[0] if grid.rows else None,
            "month": month,
            "error": error,
            "day": self.day,
            "form_url": self.form_url() if error else "",
            "pays": base.pays(request),
            "fresh": True,
            "change": current_scope().request_id if status == 200 else None,
            "place_id": self.place_id,
            "may_mark": True,
        }
        return render(request, "ipzs/attendance/month_row.html", context, status=status)


def days_of(text: str) -> list[date]:
    """The columns that the page shows, so that a row that comes back has the same."""
    found = []
    for part in text.split(",")[:31]:
        with suppress(ValueError):
            found.append(date.fromisoformat(part))
    return found


class MarkEdit(FormPage):
    """The whole form of one mark: for whoever has no script, and where a reason is needed."""

    action = perms.MARK
    form_class = forms.MarkForm
    drafts = False

    def object(self, *, lock: bool) -> Participation:
        self.file = file_of(self.request, self.kwargs["pk"], lock=lock)
        self.day = base.asked_day(self.request)
        month = Month.of(self.day)
        # Where the link to this form stood.
        self.back_url = {
            "miesiac": base.month_url(month),
            "dzis": f"{reverse('ipzs:attendance_today')}?dzien={self.day}",
        }.get(self.request.GET.get("widok", ""), base.person_url(self.file, month))
        self.row = queries.day_rows([self.file], self.day, pays=False)[0]
        return self.file

    def get_title(self) -> str:
        return f"Wpis: {format_day_of_week(self.day, today=clock.today())}"

    def lead(self) -> str:
        if self.row.mark is None:
            practice = f" Praktyka: {self.row.employer}." if self.row.employer else ""
            return f"{self.file.person}. Nie ma jeszcze wpisu.{practice}"
        who = self.row.mark.marked_by.get_full_name()
        return f"{self.file.person}. Jest: {self.row.mark.get_kind_display()} ({who})."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (base.TITLE, reverse("ipzs:attendance_today")),
            (str(self.file.person), base.person_url(self.file)),
            (self.get_title(), ""),
        ]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"excuses": queries.excuses()}

    def initial(self) -> Mapping[str, Any]:
        mark = self.row.mark
        hours = mark.hours if mark is not None and mark.hours is not None else self.row.hours
        kind = self.request.GET.get("wpis", "") if self.request.method == "GET" else ""
        return {
            "kind": kind or (mark.kind if mark is not None else "employer" if self.row.employer else ""),
            "hours": format_number(hours.normalize()) if hours is not None else "",
            "excuse": str(mark.excuse_id) if mark is not None and mark.excuse_id else "",
            "reason": "",
        }

    def version(self) -> str:
        return str(self.row.revision)

    def save(self, form: forms.MarkForm) -> Any:
        data = form.cleaned_data
        made = services.mark(
            participation_id=self.file.pk,
            day=self.day,
            kind=data["kind"],
            hours=data["hours"],
            excuse_id=data["excuse"],
            reason=data["reason"],
        )
        look_again([self.file.person_id], news=tells(made.kind, made.day))
        return made

    def success(self, form: Any, result: Any) -> str:
        return f"{self.file.person}: {result.get_kind_display()}."


class Meals(FormPage):
    """How many meals were given out when that differs from the marks."""

    action = perms.MEALS
    title = "Posiłki"
    form_class = forms.MealForm
    drafts = False

    def object(self, *, lock: bool) -> None:
        self.day = base.asked_day(self.request)
        self.meals = meals_on(self.day)
        self.back_url = f"{reverse('ipzs:attendance_today')}?dzien={self.day}"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(base.TITLE, self.back_url), (self.title, "")]

    def lead(self) -> str:
        said = counted(self.meals.present, "osoba", "osoby", "osób")
        return f"{_named(self.day)}. Z listy obecności: {said}."

    def initial(self) -> Mapping[str, Any]:
        return {"extra": self.meals.extra, "reason": self.meals.reason}

    def save(self, form: forms.MealForm) -> Any:
        return services.set_meals(day=self.day, **form.cleaned_data) or self.back_url
