"""A range of the month's grid, marked by one key: answers with every row that it touched."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from ipzs.forms import attendance as forms
from ipzs.perms import attendance as perms
from ipzs.queries import attendance as queries
from ipzs.services import attendance as services
from ipzs.services.attendance.ranges import Cell, Done
from ipzs.services.warnings import look_again, tells
from ipzs.views.attendance import base
from ipzs.views.attendance.base import uuid_of
from ipzs.views.attendance.days import REFUSED, days_of, errors_of, said
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.dates import Month
from reintegration.core.formats import counted
from reintegration.core.views import Once, go_to, wants_fragment
from reintegration.tenancy.scope import current_scope


class Range(Once):
    action = {"POST": perms.MARK}
    http_method_names = ["post", "options"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.RangeForm(request.POST, excuses=queries.excuses())
        self.cells: list[Cell] = []
        if not form.is_valid():
            return self.answer_with(errors_of(form), status=422)
        self.cells = [Cell(*one) for one in form.cleaned_data["cells"]]
        try:
            with transaction.atomic():
                done = services.mark_range(
                    cells=self.cells,
                    kind=form.cleaned_data["kind"],
                    excuse_id=form.cleaned_data["excuse"],
                    workshop_id=self.place_id,
                    reason=form.cleaned_data["reason"],
                )
        except services.Changed as error:
            return self.answer_with(error.message, status=409)
        except REFUSED as error:
            return self.answer_with(said(error), status=422)
        kind = form.cleaned_data["kind"]
        look_again(done.people, news=any(tells(kind, cell.day) for cell in self.cells))
        return self.answer_with(_told(done), status=200, saved=bool(done.changed))

    @property
    def place_id(self) -> UUID | None:
        return uuid_of(self.request.POST.get("pracownia", ""))

    def answer_with(self, text: str, *, status: int, saved: bool = False) -> HttpResponse:
        request: Any = self.request
        month = Month.of(self.cells[0].day if self.cells else clock.today())
        if not wants_fragment(request):
            (toasts.saved if status == 200 else toasts.refused)(request, text)
            return go_to(request, base.month_url(month, self.place_id))
        context: Mapping[str, Any] = {
            "rows": self.rows(month),
            "told": text,
            "bad": status != 200,
            "month": month,
            "day": month.first,
            "pays": base.pays(request),
            "change": current_scope().request_id if saved else None,
            "place_id": self.place_id,
        }
        return render(request, "ipzs/attendance/range.html", context, status=status)

    def rows(self, month: Month) -> list[queries.GridRow]:
        """Those that the range is about, as they stand now, also after a refusal."""
        request: Any = self.request
        keys = {cell.participation_id for cell in self.cells}
        files = list(queries.month_files(month).filter(pk__in=keys)) if keys else []
        record.shows(request, [file.person_id for file in files])
        days: list[date] = [day for day in days_of(request.POST.get("dni", "")) if day in month]
        if not files:
            return []
        found = queries.grid(month, today=clock.today(), pays=base.pays(request), files=files, days=days)
        return list(found.rows)


def _told(done: Done) -> str:
    text = f"Zapisano: {counted(done.changed, 'wpis', 'wpisy', 'wpisów')}."
    if done.spared:
        days = counted(done.spared, "dzień", "dni", "dni")
        text += f" Bez zmian: {days} bez zajęć albo z papierem (zwolnienie, zgoda na dzień wolny)."
    return text
