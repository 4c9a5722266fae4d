"""Attendance to print."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from ipzs import attendance_papers as papers
from ipzs.models import FreeDayRequest, Workshop
from ipzs.perms import attendance as perms
from ipzs.queries import attendance as queries
from ipzs.queries import meals, timetable
from ipzs.queries.timetable_hours import teaching
from ipzs.views.attendance import base
from participants.views.participations.base import file_of
from reintegration.audit import record
from reintegration.core import clock
from reintegration.documents.exports import as_download
from reintegration.tenancy.actions import handles


@handles(GET=perms.PAPER)
def day_print(request: Any, pk: UUID) -> HttpResponse:
    """The sheet of a workshop's day; its code leads to the screen where it is typed back."""
    place, day = get_object_or_404(Workshop, pk=pk), base.asked_day(request)
    files = timetable.workshop_people(place.pk, day)
    record.about(request, place)
    record.shows(request, [file.person_id for file in files])
    rows = queries.day_rows(files, day, pays=False)
    address = request.build_absolute_uri(base.day_url(place.pk, day, arkusz="1"))
    return as_download(papers.day_sheet(place, day, rows, address=address), f"obecnosc {place.name} {day}")


@handles(GET=perms.PAPER)
def month_print(request: Any) -> HttpResponse:
    month, place = base.asked_month(request), None
    with suppress(ValueError):
        place = UUID(request.GET.get("pracownia", ""))
    grid = queries.grid(month, today=clock.today(), pays=False)
    rows = [row for row in grid.rows if place is None or row.place_id == place]
    record.shows(request, [row.file.person_id for row in rows])
    name = next((name for key, name, _ in grid.places if key == place), "")
    return as_download(papers.month_sheet(grid, rows, place=name), f"obecnosc {month}")


@handles(GET=perms.PAPER)
def person_print(request: Any, pk: UUID) -> HttpResponse:
    file, month = file_of(request, pk), base.asked_month(request)
    pays = base.pays(request)
    shown = queries.person_month(file, month, today=clock.today(), pays=pays)
    lessons = None if pays else teaching(file, month, shown.done)
    return as_download(papers.person_sheet(file, shown, lessons), f"obecnosc {file.number} {month}")


@handles(GET=perms.PAPER)
def meal_day_print(request: Any) -> HttpResponse:
    day = base.asked_day(request)
    rows = meals.eating_on(day)
    record.shows(request, [row.person_id for row in rows])
    return as_download(papers.meal_day(day, rows, meals.meals_on(day)), f"posilki {day}")


@handles(GET=perms.PAPER)
def meal_month_print(request: Any) -> HttpResponse:
    month = base.asked_month(request)
    shown = meals.meals_in(month)
    record.shows(request, [file.person_id for file, _ in shown.people])
    return as_download(papers.meal_month(month, shown), f"posilki {month}")


@handles(GET=perms.PAPER)
def free_print(request: Any, pk: UUID) -> HttpResponse:
    rows = FreeDayRequest.objects.select_related("person", "participation")
    found = get_object_or_404(rows, pk=pk)
    record.about(request, found)
    record.shows(request, [found.person_id])
    return as_download(papers.free_request(found), f"wniosek {found.participation.number}")
