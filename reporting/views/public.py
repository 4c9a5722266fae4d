"""Both registers for everybody, without an account (art. 5 ust. 5b)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.cache import get_conditional_response
from django.utils.safestring import mark_safe

from reintegration.core import clock
from reintegration.core.downloads import named
from reintegration.core.formats import format_long_date
from reintegration.core.sheets import MOST_EXPORTED, WRITERS
from reintegration.core.views import Page
from reintegration.tenancy.enums import Voivodeship
from reporting import perms, tables
from reporting.forms.public import PublicFilter
from reporting.queries import public as queries

PAGE_SIZE = 50
# Where the tile of a voivodeship lies: column and row, more or less as on a map.
TILES: Mapping[str, tuple[int, int]] = {
    code: (place % 4, place // 4)
    for place, code in enumerate(
        ["32", "22", "28", "20", "08", "30", "04", "14", "02", "10", "26", "06", "16", "24", "12", "18"]
    )
}


def lines_of(name: str, top: int) -> list[tuple[str, int]]:
    """A name as a tile writes it, each line with its place: two words do not fit side by side."""
    first, joint, second = name.replace("zachodniopomorskie", "zachodnio-pomorskie").partition("-")
    if not joint:
        return [(first, top + 24)]
    return [(f"{first}-", top + 16), (second, top + 28)]


class PublicRegister(Page):
    action = perms.REGISTER_READ
    title = "Centra i kluby integracji społecznej"
    template_name = "reporting/registers/public.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = PublicFilter(request.GET)
        good = form.is_valid()
        told = form.cleaned_data
        asked = queries.Asked(
            told.get("woj") or "", told.get("rodzaj") or "", told.get("szukaj") or "", told.get("stan")
        )
        kind = request.GET.get("plik", "")
        stamped = queries.stamp()
        if kind in {*WRITERS, "json"}:
            return self.take(asked, kind, stamped)
        number = request.GET.get("strona", "1")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
        drawn = queries.kept(asked, page, stamped, lambda: self.draw(asked, page))
        return self.answer(filter=form, drawn=drawn, status=200 if good else 422)

    def lead(self) -> str:
        return "Rejestr prowadzą wojewodowie. Tu są wszystkie CIS i KIS z terminem statusu i kontaktem."

    def draw(self, asked: queries.Asked, page: int) -> Any:
        """The rows and the map, as HTML: they are the same for everybody."""
        day = asked.day or clock.today()
        rows = queries.rows(asked)
        found = queries.counts(day)
        total = self.total(asked, found)
        if asked.words:
            total = rows.count()
        pages = max(1, -(-total // PAGE_SIZE))
        number = min(max(page, 1), pages)
        first = (number - 1) * PAGE_SIZE
        context = {
            "rows": list(rows[first : first + PAGE_SIZE]),
            "total": total, "first": first + 1, "last": min(first + PAGE_SIZE, total), "pages": pages,
            "next_url": self.url(asked, strona=str(number + 1)) if number < pages else "",
            "previous_url": self.url(asked, strona=str(number - 1)) if number > 1 else "",
            "files": [(kind.upper(), self.url(asked, plik=kind)) for kind in (*WRITERS, "json")],
            "place": Voivodeship(asked.voivodeship).label if asked.voivodeship else "cała Polska",
            "when": format_long_date(day), "whole": not asked.voivodeship,
            "tiles": self.tiles(asked, found),
            "voivodeships": [(one, self.url(asked, woj=one.code)) for one in found],
        }  # fmt: skip
        # The template has made it safe already.
        return mark_safe(render_to_string("reporting/registers/public_rows.html", context))  # noqa: S308

    @staticmethod
    def total(asked: queries.Asked, found: Sequence[queries.OfVoivodeship]) -> int:
        here = [one for one in found if not asked.voivodeship or one.code == asked.voivodeship]
        if asked.unit_type:
            return sum(one.cis if asked.unit_type == "CIS" else one.kis for one in here)
        return sum(one.total for one in here)

    def tiles(self, asked: queries.Asked, found: Sequence[queries.OfVoivodeship]) -> list[dict[str, Any]]:
        most = max((one.total for one in found), default=0)
        drawn = []
        for one in found:
            column, row = TILES[one.code]
            shade = 0 if not one.total else 1 + (2 * one.total > most)
            drawn.append(
                {
                    "x": column * 90, "y": row * 60, "total": one.total, "shade": shade,
                    "chosen": one.code == asked.voivodeship, "url": self.url(asked, woj=one.code),
                    "lines": lines_of(one.name, row * 60), "text_x": column * 90 + 42,
                    "total_y": row * 60 + 47,
                }
            )  # fmt: skip
        return drawn

    @staticmethod
    def url(asked: queries.Asked, **changes: str) -> str:
        day = asked.day.isoformat() if asked.day else ""
        kept = {"szukaj": asked.words, "woj": asked.voivodeship, "rodzaj": asked.unit_type, "stan": day}
        return "?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    def take(self, asked: queries.Asked, kind: str, stamped: object) -> HttpResponseBase:
        """The same rows as a file; whoever has the newest one is told so."""
        tag = f'"{sha256(repr((stamped, asked, kind)).encode()).hexdigest()[:32]}"'
        unchanged = get_conditional_response(self.request, etag=tag)
        if unchanged is not None and unchanged.status_code == 304:
            return unchanged
        content, media_type = queries.kept(asked, kind, stamped, lambda: self.file(asked, kind))
        answer = HttpResponse(content, content_type=media_type)
        day = (asked.day or clock.today()).isoformat()
        named(answer, f"rejestr-{day}.{kind}")
        answer["ETag"] = tag
        answer["Cache-Control"] = "public, max-age=60"
        return answer

    @staticmethod
    def file(asked: queries.Asked, kind: str) -> tuple[bytes, str]:
        columns = [tables.VOIVODESHIP, *tables.columns_of(asked.unit_type)]
        rows = list(queries.rows(asked)[:MOST_EXPORTED])
        if kind == "json":
            told = {
                "stan_na": (asked.day or clock.today()).isoformat(), "wpisy": tables.as_json(columns, rows)
            }  # fmt: skip
            answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
            return bytes(answer.content), "application/json"
        write, media_type = WRITERS[kind]
        table = ([one.value(row) for one in columns] for row in rows)
        return write([one.label for one in columns], table), media_type


urlpatterns = [
    path("rejestr/", PublicRegister.as_view(), name="public_register"),
]
