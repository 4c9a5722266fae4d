"""Screens of the law: its parameters and holidays for everybody, and the readings of a unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.calendar_pl import public_holidays
from reintegration.core.components import Link
from reintegration.core.dates import DateSpan, Month
from reintegration.core.formats import format_long_date, format_month, weekday
from reintegration.core.views import ConfirmPage, FormPage, Page
from reintegration.law import perms, queries, services
from reintegration.law.enums import Confidence, Evidence, State
from reintegration.law.forms import ReadingForm, ValueForm
from reintegration.law.models import Parameter, ParameterValue, Reading
from reintegration.law.readings import READINGS, ReadingSpec
from reintegration.tenancy.enums import UnitType

FIRST_YEAR, LAST_YEAR = 2015, 2099
LAW = "Prawo"
READINGS_TITLE = "Odczyty ustawy"


def _person(request: Any) -> UUID:
    """Who is signed in; the gate let nobody else come here."""
    key: UUID = request.user.pk
    return key


def _sentence(label: str) -> str:
    return label[:1].upper() + label[1:]


def _law_crumbs() -> list[tuple[str, str]]:
    return [(LAW, reverse("law:parameters"))]


class Parameters(Page):
    """Every number of the law that the program counts with: what holds today, and where it comes from."""

    action = perms.LAW_LIST
    template_name = "law/parameters.html"
    title = LAW

    def lead(self) -> str:
        return "Liczby, którymi liczy program. Przy każdej akt, dzień i to, kto ją sprawdził."

    def actions(self) -> Sequence[Link]:
        return [Link("Dni ustawowo wolne", reverse("law:holidays"))]

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        lines = queries.parameter_lines(Parameter.objects.order_by("order", "key"), today=today)
        return {
            "groups": [
                (key, label, [line for line in lines if line.parameter.group == key])
                for key, label in queries.GROUPS.items()
            ],
            "gap": queries.indexation_gap(today=today),
        }


class ParameterPage(Page):
    """One parameter: each of its values with the source, the evidence and the day of checking."""

    action = perms.LAW_SHOW
    template_name = "law/parameter.html"

    def get(self, request: Any, key: str) -> Any:
        self.found = get_object_or_404(Parameter, key=key)
        record.about(request, self.found)
        return self.answer()

    def get_title(self) -> str:
        return _sentence(self.found.label)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*_law_crumbs(), (self.get_title(), "")]

    def actions(self) -> Sequence[Link]:
        if not self.request.may(perms.VALUE_PROPOSE):  # type: ignore[attr-defined]
            return []
        return [Link("Wpisz nową wartość", reverse("law:value_new", args=[self.found.key]), current=True)]

    def page(self) -> Mapping[str, Any]:
        today = clock.today()
        rows = self.found.values.select_related(
            "parameter", "proposed_by", "confirmed_by", "withdrawn_by"
        ).order_by("-since", "-proposed_at")
        values = list(rows)
        current = next((one for one in values if one.stands and one.since <= today), None)
        return {
            "parameter": self.found,
            "values": values,
            "current": current,
            "today": today,
            "gap": queries.indexation_gap(today=today) if self.found.key == queries.ALLOWANCE else None,
        }


class Holidays(Page):
    """The public holidays of a year, as attendance and the calendar of classes count them."""

    action = perms.HOLIDAYS
    template_name = "law/holidays.html"

    def get(self, request: Any) -> Any:
        asked = request.GET.get("rok", "")
        year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0  # noqa: PLR2004
        self.year = year if FIRST_YEAR <= year <= LAST_YEAR else clock.today().year
        return self.answer()

    def get_title(self) -> str:
        return f"Dni ustawowo wolne {self.year}"

    def lead(self) -> str:
        return "W te dni nie ma zajęć, chyba że jednostka ma własny kalendarz. Niedziele są wolne bez listy."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*_law_crumbs(), (self.get_title(), "")]

    def page(self) -> Mapping[str, Any]:
        span = DateSpan(date(self.year, 1, 1), date(self.year, 12, 31))
        years = [year for year in range(self.year - 1, self.year + 2) if FIRST_YEAR <= year <= LAST_YEAR]
        return {
            "days": [(day, weekday(day), name) for day, name in public_holidays(span).items()],
            "years": [
                Link(str(year), f"{reverse('law:holidays')}?rok={year}", current=year == self.year)
                for year in years
            ],
        }


class NewValue(FormPage):
    """The operator enters a value that was announced, or confirms that the old one stays."""

    action = perms.VALUE_PROPOSE
    form_class = ValueForm
    submit = "Zapisz do potwierdzenia"

    def object(self, *, lock: bool) -> None:
        self.parameter = get_object_or_404(Parameter, key=self.kwargs["key"])
        self.back_url = reverse("law:parameter", args=[self.parameter.key])
        record.about(self.request, self.parameter)

    def get_title(self) -> str:
        return f"Nowa wartość: {self.parameter.label}"

    def lead(self) -> str:
        return (
            "Wartość zacznie działać, gdy potwierdzi ją druga osoba. Wartości, które już działają, zostają."
        )

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*_law_crumbs(), (self.parameter.label, self.back_url), ("Nowa wartość", "")]

    def form_kwargs(self) -> Mapping[str, Any]:
        standing = self.parameter.values.filter(state=State.CONFIRMED).order_by("-since").first()
        return {"parameter": self.parameter, "current": standing.value if standing else ""}

    def initial(self) -> Mapping[str, Any]:
        gap = queries.indexation_gap(today=clock.today())
        return {"since": gap} if gap is not None and self.parameter.key == queries.ALLOWANCE else {}

    def save(self, form: Any) -> ParameterValue:
        typed = form.cleaned_data
        return services.propose_value(
            parameter=self.parameter,
            since=typed["since"],
            typed=typed["value"],
            source=typed["source"],
            evidence=Evidence(typed["evidence"]),
            confidence=Confidence(typed["confidence"]),
            by=_person(self.request),
            today=clock.today(),
        )

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano. Wartość czeka na drugą osobę."


class DecideValue(ConfirmPage):
    """What the two decisions about a value share."""

    def object(self, *, lock: bool) -> ParameterValue:
        rows = ParameterValue.objects.select_related("parameter", "proposed_by")
        self.value = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.back_url = reverse("law:parameter", args=[self.value.parameter.key])
        record.about(self.request, self.value)
        return self.value

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [*_law_crumbs(), (self.value.parameter.label, self.back_url), (self.verb, "")]

    def text(self) -> str:
        value = self.value
        what = "bez zmiany, " if value.unchanged else ""
        since = format_long_date(value.since)
        return (
            f"{_sentence(value.parameter.label)} od {since}: {what}{queries.shown(value)}."
            f" Źródło: {value.source}."
        )


class ConfirmValue(DecideValue):
    action = perms.VALUE_CONFIRM
    title = "Potwierdzić wartość?"
    verb = "Potwierdź wartość"

    def text(self) -> str:
        back = ""
        if self.value.since <= clock.today():
            back = " Ten dzień już minął: miesiące zatwierdzone zostają, a różnicę pokaże ich przeliczenie."
        return f"{super().text()}{back} Potem nikt jej nie zmieni."

    def perform(self) -> str:
        services.confirm_value(pk=self.value.pk, by=_person(self.request))
        return self.back_url

    def success(self) -> str:
        return "Potwierdzono wartość."


class WithdrawValue(DecideValue):
    action = perms.VALUE_WITHDRAW
    title = "Wycofać wartość?"
    verb = "Wycofaj wartość"

    def perform(self) -> str:
        services.withdraw_value(pk=self.value.pk, by=_person(self.request), today=clock.today())
        return self.back_url

    def success(self) -> str:
        return "Wycofano wartość."


def _reading_crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(READINGS_TITLE, reverse("law:readings")), *more]


def _spec(key: str) -> ReadingSpec:
    if key not in READINGS:
        raise Http404
    return READINGS[key]


class Readings(Page):
    """Each open point of the act, and how this unit reads it."""

    action = perms.READING_LIST
    template_name = "law/readings.html"
    title = READINGS_TITLE

    def lead(self) -> str:
        return (
            "Ustawa nie rozstrzyga wszystkiego. Tu jednostka mówi, jak liczy. Zmianę potwierdzają dwie osoby."
        )

    def page(self) -> Mapping[str, Any]:
        place = self.request.principal.place  # type: ignore[attr-defined]
        today = clock.today()
        points = queries.open_points(place.id, today=today)
        return {
            "points": points,
            "pays": place.subtype == UnitType.CIS,
            "unset": [point for point in points if not point.answer],
            "gap": queries.indexation_gap(today=today),
            # The room of benefits shows here what the readings make of a sample month.
            "panels": slots.items("law.readings", self.request, points),
        }


class ReadingPage(Page):
    """One open point: why the act leaves it open, the answers, and the history of this unit's own."""

    action = perms.READING_SHOW
    template_name = "law/reading.html"

    def get(self, request: Any, key: str) -> Any:
        self.spec = _spec(key)
        unit_id = request.principal.place.id
        self.point = queries.open_points(unit_id, today=clock.today(), keys=[key])[0]
        return self.answer()

    def get_title(self) -> str:
        return _sentence(self.spec.label)

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _reading_crumbs((self.get_title(), ""))

    def actions(self) -> Sequence[Link]:
        if self.point.waiting:
            return []
        label = "Zaproponuj zmianę" if self.point.answer else "Wybierz"
        return [Link(label, reverse("law:reading_new", args=[self.spec.key]), current=True)]

    def page(self) -> Mapping[str, Any]:
        waiting = self.point.waiting
        return {
            "point": self.point,
            "spec": self.spec,
            "history": [
                (row, queries.label_of(row), Month.of(row.since_month)) for row in self.point.history
            ],
            "waiting": waiting,
            "waiting_label": queries.label_of(waiting) if waiting else "",
            "waiting_month": Month.of(waiting.since_month) if waiting else None,
            "mine": waiting is not None and waiting.proposed_by_id == self.request.user.pk,
            "panels": slots.items("law.reading", self.request, self.point),
        }


class NewReading(FormPage):
    action = perms.READING_PROPOSE
    template_name = "law/reading_form.html"
    form_class = ReadingForm
    submit = "Zapisz do potwierdzenia"

    def object(self, *, lock: bool) -> None:
        self.spec = _spec(self.kwargs["key"])
        self.back_url = reverse("law:reading", args=[self.spec.key])

    def get_title(self) -> str:
        return _sentence(self.spec.label)

    def lead(self) -> str:
        return "Zmiana zacznie działać, gdy potwierdzi ją druga osoba: kierownik albo księgowy."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _reading_crumbs((self.get_title(), self.back_url), ("Zmiana", ""))

    def form_kwargs(self) -> Mapping[str, Any]:
        unit_id = self.request.principal.place.id  # type: ignore[attr-defined]
        first = queries.first_month_to_answer(unit_id, self.spec.key, today=clock.today())
        return {"spec": self.spec, "first": first}

    def page(self) -> Mapping[str, Any]:
        return {"spec": self.spec}

    def save(self, form: Any) -> Reading:
        return services.propose_reading(
            key=self.spec.key,
            value=form.cleaned_data["value"],
            since=form.cleaned_data["since"],
            by=_person(self.request),
            today=clock.today(),
        )

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano. Zmiana czeka na drugą osobę."


class DecideReading(ConfirmPage):
    """What the two decisions about a reading share."""

    def object(self, *, lock: bool) -> Any:
        rows = Reading.objects.select_related("proposed_by")
        self.row: Reading = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.spec = READINGS[self.row.key]
        self.back_url = reverse("law:reading", args=[self.row.key])
        record.about(self.request, self.row)
        return self.row

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return _reading_crumbs((self.spec.label, self.back_url), (self.verb, ""))

    def text(self) -> str:
        month = format_month(Month.of(self.row.since_month))
        return f"{_sentence(self.spec.label)}: {queries.label_of(self.row)}. Od miesiąca: {month}."


class ConfirmReading(DecideReading):
    action = perms.READING_CONFIRM
    title = "Potwierdzić zmianę odczytu?"
    verb = "Potwierdź zmianę"

    def text(self) -> str:
        return (
            f"{super().text()} Od tego miesiąca program tak liczy wszystkim; wcześniejsze miesiące zostają."
        )

    def perform(self) -> str:
        services.confirm_reading(pk=self.row.pk, by=_person(self.request), today=clock.today())
        return self.back_url

    def success(self) -> str:
        return "Potwierdzono zmianę odczytu."


class WithdrawReading(DecideReading):
    action = perms.READING_WITHDRAW
    title = "Wycofać propozycję?"
    verb = "Wycofaj propozycję"

    def perform(self) -> str:
        services.withdraw_reading(pk=self.row.pk, by=_person(self.request))
        return self.back_url

    def success(self) -> str:
        return "Wycofano propozycję."
