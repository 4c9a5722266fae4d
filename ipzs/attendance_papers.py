"""Attendance on paper: a day with a code to type it back by, a month, a person, meals, a request.

They are made for whoever prints them and not kept: the next print shows what is true then.
"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import qrcode

from ipzs.enums import MarkKind
from ipzs.models import DayMark, FreeDayRequest, Workshop
from ipzs.queries import attendance as queries
from ipzs.queries.balances import of
from ipzs.queries.meals import Meals, MonthOfMeals
from ipzs.rules.hours import TeachingHours
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_long_date, format_month, format_number, weekday_short
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead

LEGEND = [(queries.LETTERS[kind], queries.SHORT[kind]) for kind in MarkKind]


def _paper(template: str, context: dict[str, Any], *, title: str, **more: Any) -> bytes:
    return render_pdf(
        f"ipzs/attendance/paper/{template}.html",
        {"legend": LEGEND, **context},
        title=title,
        made_at=clock.now(),
        letterhead=letterhead(),
        **more,
    )


def qr(text: str) -> bytes:
    """A code that a phone reads, as PNG."""
    drawn = BytesIO()
    qrcode.make(text, box_size=6, border=2).save(drawn, kind="PNG")
    return drawn.getvalue()


def day_sheet(place: Workshop, day: date, rows: Sequence[queries.DayRow], *, address: str) -> bytes:
    """The list of a day: what is marked already stands there, the rest is for the pen."""
    lines = [
        (
            row,
            queries.LETTERS[MarkKind(row.mark.kind)] if row.mark is not None else "",
            format_number(row.hours.normalize()) if row.hours is not None else "",
        )
        for row in rows
    ]
    return _paper(
        "day",
        {
            "place": place,
            "day": format_long_date(day),
            "lines": lines,
            "address": address,
            "boxes": [SignatureBox("podpis prowadzącego")],
        },
        title=f"Lista obecności: {place.name}",
        images={"qr": qr(address)},
    )


def month_sheet(grid: queries.Grid, rows: Sequence[queries.GridRow], *, place: str) -> bytes:
    """Everybody's month, wide, in letters."""
    return _paper(
        "month",
        {
            "days": [(day.day, weekday_short(day)) for day in grid.days],
            "rows": rows,
            "place": place,
            "boxes": [SignatureBox("podpis kierownika")],
        },
        title=f"Obecność: {format_month(grid.month)}",
    )


def person_sheet(
    file: Participation, shown: queries.PersonMonth, teaching: TeachingHours | None = None
) -> bytes:
    """One person's days and hours of a month; both sign it."""
    return _paper(
        "person",
        {
            "file": file,
            "shown": shown,
            "teaching": teaching,
            "boxes": [
                SignatureBox("podpis uczestnika", name=str(file.person)),
                SignatureBox("podpis kierownika"),
            ],
        },
        title=f"Karta obecności: {format_month(shown.month)}",
        number=file.number,
    )


def meal_day(day: date, rows: Sequence[DayMark], meals: Meals) -> bytes:
    """Who eats on a day, with a place for each signature; the kitchen reads the number on top."""
    return _paper(
        "meal_day",
        {"rows": rows, "meals": meals, "boxes": [SignatureBox("podpis osoby, która wydała posiłki")]},
        title=f"Lista posiłków: {format_long_date(day)}",
    )


def meal_month(month: Month, shown: MonthOfMeals) -> bytes:
    """The meals of a month, by days and by people, for whoever settles them."""
    return _paper(
        "meal_month",
        {"shown": shown, "boxes": [SignatureBox("podpis kierownika")]},
        title=f"Posiłki: {format_month(month)}",
    )


def free_request(request: FreeDayRequest) -> bytes:
    """The application for free days with the place for the manager's consent (art. 15 ust. 6b)."""
    balance = of([request.participation_id], request.since)[request.participation_id].free
    return _paper(
        "free",
        {
            "request": request,
            "balance": balance,
            "boxes": [
                SignatureBox("podpis uczestnika", name=str(request.person)),
                SignatureBox("podpis kierownika"),
            ],
        },
        title="Wniosek o dni wolne",
        number=request.participation.number,
    )
