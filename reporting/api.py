"""The registers for the office's own programs: read only, by the queries of the screens.

What the office writes down for itself about an entry is not told here.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from participants.api import PAGE_PARAMETERS
from reintegration.api.pages import Pages
from reintegration.api.views import Endpoint
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.enums import FounderKind, UnitType
from reporting import enums, perms
from reporting.models import RegisterEntry
from reporting.queries import registers as queries


def _text(label: str, **kwargs: Any) -> serializers.CharField:
    return serializers.CharField(label=label, **kwargs)


def _day(label: str, **kwargs: Any) -> serializers.DateField:
    return serializers.DateField(label=label, allow_null=True, **kwargs)


class DataRow(serializers.Serializer[Any]):
    """What a register says of a unit."""

    since = serializers.DateField(label="dane od")
    name = _text("nazwa")
    regon = _text("REGON")
    street = _text("ulica i numer")
    postcode = _text("kod pocztowy")
    town = _text("miejscowość")
    gmina = _text("gmina")
    gmina_code = _text("kod TERYT gminy")
    powiat = _text("powiat")
    service_places = _text("miejsca realizacji usług")
    phone = _text("telefon")
    email = _text("e-mail")
    created_on = _day("utworzono")
    starts_on = _day("rozpoczęcie działalności")
    activity = _text("rodzaj działalności")
    founder_name = _text("prowadzący")
    founder_kind = serializers.ChoiceField(label="rodzaj prowadzącego", choices=FounderKind.choices)
    founder_form = serializers.ChoiceField(
        label="forma prowadzenia, tylko przy samorządzie", choices=enums.FounderForm.choices, allow_blank=True
    )
    founder_street = _text("prowadzący: ulica i numer")
    founder_postcode = _text("prowadzący: kod pocztowy")
    founder_town = _text("prowadzący: miejscowość")
    founder_nip = _text("prowadzący: NIP")
    founder_regon = _text("prowadzący: REGON")
    founder_krs = _text("prowadzący: KRS")


class EntryRow(DataRow):
    """An entry as it stood on the day that was asked."""

    id = serializers.UUIDField(label="identyfikator wpisu", source="entry_id")
    kind = serializers.ChoiceField(label="rodzaj", choices=UnitType.choices, source="entry.unit_type")
    number = _text("numer w rejestrze", source="entry.number")
    standing = serializers.ChoiceField(label="stan w tym dniu", choices=enums.Standing.choices)
    first_on = _day("w rejestrze od")
    granted_on = _day("data nadania albo przedłużenia")
    decision_number = _text("numer decyzji o nadaniu albo przedłużeniu", allow_null=True)
    valid_until = _day("status do, pusty w rejestrze KIS")
    ended_on = _day("utrata statusu albo wykreślenie od")
    end_reason = serializers.ChoiceField(
        label="powód utraty albo wykreślenia", choices=enums.EndReason.choices, allow_null=True
    )
    end_number = _text("numer decyzji albo pisma o końcu", allow_null=True)


class DecisionRow(serializers.Serializer[Any]):
    id = serializers.UUIDField(label="identyfikator decyzji", source="pk")
    kind = serializers.ChoiceField(label="rodzaj", choices=enums.DecisionKind.choices)
    number = _text("numer decyzji")
    decided_on = _day("z dnia, pusty, gdy wczytany rejestr go nie mówi")
    since = serializers.DateField(label="od")
    until = _day("do")
    reason = serializers.ChoiceField(
        label="powód, pusty przy nadaniu", choices=enums.EndReason.choices, allow_blank=True
    )
    reverses = serializers.UUIDField(label="którą decyzję uchyla", source="reverses_id", allow_null=True)


class HistoryOfEntry(serializers.Serializer[Any]):
    """Everything that was said and decided about an entry, from the oldest."""

    id = serializers.UUIDField(label="identyfikator wpisu", source="entry.pk")
    kind = serializers.ChoiceField(label="rodzaj", choices=UnitType.choices, source="entry.unit_type")
    number = _text("numer w rejestrze", source="entry.number")
    state = serializers.ChoiceField(label="stan", choices=enums.EntryState.choices, source="entry.state")
    versions = DataRow(label="dane", many=True)
    decisions = DecisionRow(label="decyzje", many=True)


class Entries(Endpoint):
    acts = {"GET": perms.REGISTER_SHOW}
    pagination_class = Pages  # for the description
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        summary="Rejestry CIS i KIS na dzień",
        description="Wpisy Waszego województwa, każdy z danymi i stanem z tego dnia.",
        parameters=[
            *PAGE_PARAMETERS,
            OpenApiParameter("day", str, description="dzień, na przykład 2025-12-31; bez niego dziś"),
            OpenApiParameter("kind", str, enum=UnitType.values, description="tylko CIS albo tylko KIS"),
            OpenApiParameter("standing", str, enum=enums.Standing.values, description="tylko w tym stanie"),
        ],
        responses=EntryRow(many=True),
    )
    def get(self, request: Any) -> Response:
        asked = request.query_params
        rows = queries.decided_on_day(day_asked(asked.get("day", "")))
        if kind := one_of("kind", asked.get("kind", ""), UnitType.values):
            rows = rows.filter(entry__unit_type=kind)
        if standing := one_of("standing", asked.get("standing", ""), enums.Standing.values):
            rows = rows.filter(standing=standing)
        pages = Pages()
        found = pages.paginate_queryset(
            rows.order_by("entry__unit_type", "name_order", "pk"), request, view=self
        )
        return pages.get_paginated_response(EntryRow(found, many=True).data)


class OneEntry(Endpoint):
    acts = {"GET": perms.REGISTER_SHOW}
    http_method_names = ["get", "head", "options"]

    @extend_schema(summary="Jeden wpis z całą historią", responses=HistoryOfEntry)
    def get(self, request: Any, pk: UUID) -> Response:
        entry: RegisterEntry = get_object_or_404(RegisterEntry.objects.all(), pk=pk)
        record.about(request._request, entry)
        return Response(HistoryOfEntry(queries.history(entry)).data)


def day_asked(asked: str) -> date:
    try:
        return date.fromisoformat(asked) if asked else clock.today()
    except ValueError as error:
        raise InputError(
            "Podaj dzień jako rok, miesiąc i dzień, na przykład 2025-12-31.", field="day"
        ) from error


def one_of(field: str, asked: str, known: list[str]) -> str:
    if asked and asked not in known:
        raise InputError(f"Nie ma takiej wartości. Są: {', '.join(known)}.", field=field)
    return asked


urlpatterns: list[URLPattern] = [
    path("api/v1/register-entries/", Entries.as_view(), name="api_entries"),
    path("api/v1/register-entries/<uuid:pk>/", OneEntry.as_view(), name="api_entry"),
]
