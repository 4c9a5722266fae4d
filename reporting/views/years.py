"""Years side by side, from what is kept of each: a unit its own, the operator the sums of all."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import path, reverse

from participants.views.participations.base import unit_type
from reintegration.core.formats import format_table_moment, plural
from reintegration.core.views import Page
from reporting import perms
from reporting import statistics_words as words
from reporting.queries import rollups as queries
from reporting.rules.definitions import Measure
from reporting.rules.statistics import FEWEST

_NAMELESS = frozenset({Measure.PERSONS, Measure.REFERRALS, Measure.MIXED})


class Years(Page):
    """The last ten years of the unit."""

    action = perms.STATISTICS_SHOW
    title = "Lata obok siebie"
    template_name = "reporting/statistics/years.html"
    request: Any

    def found(self) -> queries.Years:
        return queries.of_unit(unit_type(self.request), self.request.principal.place.id)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Statystyka", reverse("reporting:statistics")), (self.title, "")]

    def said(self, measure: Measure, value: Decimal) -> str:
        return words.said(measure, value)

    def page(self) -> Mapping[str, Any]:
        found = self.found()
        return {
            "years": found.years,
            "lead": _counted(found),
            "blocks": [
                (
                    block.figure,
                    [
                        (
                            line.label,
                            [self.said(block.figure.measure, value) for value in line.values],
                            line.whole,
                        )
                        for line in block.lines
                    ],
                )
                for block in found.blocks
            ],
        }


class PlatformYears(Years):
    """The sums of all units; few people are not told, whichever unit they are of."""

    action = perms.YEARS_OF_ALL
    title = "Liczby wszystkich jednostek"

    def found(self) -> queries.Years:
        return queries.of_everybody()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(self.title, "")]

    def said(self, measure: Measure, value: Decimal) -> str:
        return words.FEW if measure in _NAMELESS and 0 < value < FEWEST else words.said(measure, value)

    def page(self) -> Mapping[str, Any]:
        state = queries.platform()
        facts = [
            ("Policzone jednostki", str(state.units)),
            ("Jednostki, które czekają na przeliczenie", str(state.waiting)),
            ("Liczby poprawione ostatniej nocy", str(state.mended)),
        ]
        return {**super().page(), "facts": facts}


def _counted(found: queries.Years) -> str:
    """The day of counting, which every reader sees."""
    if found.counted_at is None:
        return "Jeszcze nic nie policzono. Pierwsze liczby będą za kilka minut."
    said = f"Policzono {format_table_moment(found.counted_at)}"
    checked = f", porównano ze sprawami {format_table_moment(found.checked_at)}" if found.checked_at else ""
    waits = " Ostatnie zmiany będą tu za kilka minut." if found.waiting else ""
    many = plural(len(found.years), "rok", "lata", "lat")
    return f"{len(found.years)} {many}. {said}{checked}.{waits}"


urlpatterns = [
    path("statystyka/lata/", Years.as_view(), name="statistics_years"),
    path("platforma/liczby/", PlatformYears.as_view(), name="platform_years"),
]
