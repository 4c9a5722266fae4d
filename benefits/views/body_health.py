"""What an OPS registers: whom units told it of, and the days on which it did so."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse, reverse_lazy

from benefits import perms
from benefits.forms.health import BodyFilter, DoneForm
from benefits.models import HealthRegistration
from benefits.queries import health as queries
from benefits.services import health as services
from benefits.views import health_words as words
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty
from reintegration.core.formats import counted, format_long_date
from reintegration.core.lists import Column, ListPage
from reintegration.core.views import FormPage

TITLE = "Zgłoszenia zdrowotne"


class Asked(ListPage):
    action = perms.HEALTH_ASKED
    title = TITLE
    file_name = "zgloszenia-zdrowotne"
    filter_form = BodyFilter
    row_url_name = "benefits:health_asked_one"
    default_sort = "since"
    request: Any

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        return [
            Column("person_name", "Osoba", sort="person_name"),
            Column("unit.organisation.short_name", "Jednostka", phone="full"),
            Column("since", "Od", sort="since"),
            Column("until", "Do", sort="until"),
            Column("event", "Do zrobienia", cell=self._event, phone="full"),
            Column("registered_on", "Zgłoszono", sort="registered_on", phone="hide"),
            Column("deregistered_on", "Wyrejestrowano", sort="deregistered_on", phone="hide"),
        ]

    def _event(self, row: Any) -> Badge | str:
        return words.waiting(queries.event_of(row), self.today) or ""

    def queryset(self) -> QuerySet[HealthRegistration]:
        return queries.asked_of_body()

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, [row.participation_id for row in rows])

    def lead(self) -> str:
        waiting = queries.waiting_for_body(queries.asked_of_body(), self.today).count()
        if not waiting:
            return "Nikt nie czeka na zgłoszenie ani wyrejestrowanie."
        return f"Czeka {counted(waiting, 'osoba', 'osoby', 'osób')}."

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty("Nie ma kogo zgłaszać", "Zobaczysz tu osoby z Waszych skierowań, które zaczęły program.")


class AskedOne(FormPage):
    """One person: what the registration asks for, and the days on which it was done."""

    action = {"GET": perms.HEALTH_ASKED, "HEAD": perms.HEALTH_ASKED, "POST": perms.HEALTH_ANSWER}
    template_name = "benefits/health/asked.html"
    form_class = DoneForm
    submit = "Zapisz"
    back_url = reverse_lazy("benefits:health_asked")
    request: Any

    def object(self, *, lock: bool) -> HealthRegistration:
        rows = queries.asked_of_body()
        if lock:
            rows = rows.select_for_update(of=("self",))
        self.row: HealthRegistration = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(self.request, self.row)
        record.shows(self.request, [self.row.participation_id])
        return self.row

    def get_title(self) -> str:
        return self.row.person_name

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, reverse("benefits:health_asked")), (self.row.person_name, "")]

    def lead(self) -> str:
        return f"{self.row.unit.organisation.name} prosi o ubezpieczenie zdrowotne. (art. 75 ust. 12)"

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.row, name) for name in ("registered_on", "deregistered_on")}

    def page(self) -> Mapping[str, Any]:
        row, told = self.row, self.row.told or {}
        born = told.get("born", "")
        return {
            "row": row,
            "waiting": words.waiting(queries.event_of(row), clock.today()),
            "pairs": [
                ("Osoba", row.person_name),
                ("PESEL albo dokument", told.get("number", "")),
                (
                    "Data urodzenia",
                    format_long_date(date.fromisoformat(born)) if born else "",
                ),
                ("Adres", told.get("address", "")),
                ("Kod tytułu", queries.TITLE_CODE),
                ("Od", format_long_date(row.since)),
                ("Do", format_long_date(row.until)),
            ],
        }

    def save(self, form: DoneForm) -> HealthRegistration:
        return services.note_done(registration_id=self.row.pk, **form.cleaned_data)


urlpatterns = [
    path("zgloszenia-zdrowotne/", Asked.as_view(), name="health_asked"),
    path("zgloszenia-zdrowotne/<uuid:pk>/", AskedOne.as_view(), name="health_asked_one"),
]
