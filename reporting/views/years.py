"""Years side by side, from what is kept of each: a unit its own, the operator the sums of all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path, reverse

from participants.views.participations.base import unit_type
from reintegration.core.formats import format_table_moment, plural
from reintegration.core.views import Page
from reporting import perms
from reporting import statistics_words as words
from reporting.queries import rollups as queries
from reporting.rules.definitions import Measure

_NAMELESS = frozenset({Measure.PERSONS, Measure.REFERRALS, Measure.MIXED})


class Years(Page):
    """The last ten years of the unit."""

    action = perms.STATISTICS_SHOW
    title = "Lata obok siebie"
    template_name = "reporting/statistics/years.html"
    nothing = "Nie ma jeszcze żadnego policzonego roku."
    request: Any

    def found(self) -> queries.Years:
        return queries.of_unit(unit_type(self.request), self.request.principal.place.id)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Statystyka", reverse("reporting:statistics")), (self.title, "")]

    def told(self, block: queries.Block) -> list[list[str]]:
        """What each row says, year by year."""
        return [[words.said(block.figure.measure, one) for one in line.values] for line in block.lines]

    def page(self) -> Mapping[str, Any]:
        found = self.found()
        return {
            "crumbs": self.crumbs(),
            "years": found.years,
            "nothing": self.nothing,
            "lead": _counted(found),
            "blocks": [(one.figure, zip(one.lines, self.told(one), strict=True)) for one in found.blocks],
        }


class PlatformYears(Years):
    """The sums of all units: neither of few people, nor of a year of few units, which could be told apart."""

    action = perms.YEARS_OF_ALL
    title = "Liczby wszystkich jednostek"
    nothing = f"Sumy pokażemy, gdy będzie policzonych co najmniej {queries.FEWEST_UNITS} jednostek w roku."

    def found(self) -> queries.Years:
        return queries.of_everybody()

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return []

    def told(self, block: queries.Block) -> list[list[str]]:
        if block.figure.measure not in _NAMELESS:
            return super().told(block)
        # Rows of one year are covered together: from those that are told the others could be reckoned.
        parts = [line.values for line in block.lines if not line.whole]
        by_year = [words.few(block.figure, column) for column in zip(*parts, strict=True)]
        wholes = [line.values for line in block.lines if line.whole]
        told = [words.few(block.figure, [one])[0] for values in wholes for one in values]
        return [*map(list, zip(*by_year, strict=True)), *([told] if told else [])]

    def page(self) -> Mapping[str, Any]:
        state = queries.platform()
        facts = [
            ("Jednostki", f"policzone {state.units} z {state.existing} jednostek"),
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
