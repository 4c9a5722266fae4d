"""Payroll lists and statements for programs of bookkeepers: read only, by the queries of the screens.

Nothing is signed here: whoever signs shows anew who they are, and a program cannot.
"""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from benefits import enums, perms
from benefits.explain.languages import LANGUAGES
from benefits.models import PayrollList, Statement
from benefits.queries import integrity, statements
from benefits.queries import lists as queries
from benefits.views.pay import only_cis
from participants.api import PAGE_PARAMETERS
from reintegration.api.pages import Pages
from reintegration.api.views import Endpoint
from reintegration.audit import record
from reintegration.core.dates import Month
from reintegration.core.errors import InputError


def _money(label: str, **kwargs: Any) -> serializers.DecimalField:
    return serializers.DecimalField(label=label, max_digits=12, decimal_places=2, **kwargs)


class ListHead(serializers.Serializer[Any]):
    """A list without the people on it."""

    id = serializers.UUIDField(label="identyfikator")
    number = serializers.CharField(label="numer")
    month = serializers.DateField(label="miesiąc, jego pierwszy dzień")
    state = serializers.ChoiceField(label="stan", choices=enums.ListState.choices)
    people = serializers.IntegerField(label="ile osób dostaje wypłatę")
    to_pay = _money("do wypłaty", allow_null=True)
    counted_at = serializers.DateTimeField(label="przeliczona")
    locked_at = serializers.DateTimeField(label="oddana do podpisów", allow_null=True)
    checked_at = serializers.DateTimeField(label="sprawdzona", allow_null=True)
    approved_at = serializers.DateTimeField(label="zatwierdzona", allow_null=True)
    second_at = serializers.DateTimeField(label="zatwierdzona drugi raz", allow_null=True)
    paid_on = serializers.DateField(label="dzień wypłaty", allow_null=True)
    digest = serializers.CharField(label="skrót SHA-256, pusty w liście roboczej")


class Blocked(serializers.Serializer[Any]):
    code = serializers.CharField(label="kod")
    sentence = serializers.CharField(label="czego brakuje")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        code, sentence = instance
        return {"code": code, "sentence": sentence}


class CorrectionRow(serializers.Serializer[Any]):
    month = serializers.DateField(label="którego miesiąca, jego pierwszy dzień")
    difference = _money("różnica")
    benefit = _money("ile z niej robi ta lista")


class StatementHead(serializers.Serializer[Any]):
    """What a list says of one person (`queries.lists.Person`), in amounts. The account is not told."""

    id = serializers.UUIDField(label="identyfikator", source="statement.pk")
    position = serializers.IntegerField(label="lp.", source="statement.position")
    participation = serializers.UUIDField(label="sprawa", source="statement.participation_id")
    person = serializers.CharField(label="osoba", source="statement.person")
    benefit = _money("świadczenie", source="statement.benefit")
    corrected = _money("wyrównania", source="statement.corrected")
    premium = _money("premia", source="statement.premium")
    tax = _money("podatek", source="statement.tax")
    to_pay = _money("do wypłaty", source="statement.to_pay")
    method = serializers.ChoiceField(
        label="sposób wypłaty, pusty bez wyboru",
        choices=enums.PayMethod.choices,
        allow_blank=True,
        source="statement.method",
    )
    first = serializers.BooleanField(label="pierwsza wypłata", source="statement.first")
    leaves = serializers.BooleanField(label="kończy w tym miesiącu", source="statement.leaves")
    blocked = Blocked(label="dlaczego ta lista nic nie wypłaca", many=True)
    corrections = CorrectionRow(label="wyrównania miesięcy wcześniejszych", many=True)


class NamedValue(serializers.Serializer[Any]):
    label = serializers.CharField(label="nazwa")
    value = serializers.CharField(label="wartość")


class Row(serializers.Serializer[Any]):
    """A line of „Skąd ta kwota?”."""

    code = serializers.CharField(label="kod", source="key")
    label = serializers.CharField(label="nazwa")
    count = serializers.CharField(label="ile i po ile")
    amount = _money("kwota")
    sentence = serializers.CharField(label="skąd się wzięła")
    article = serializers.CharField(label="artykuł")
    parameters = NamedValue(label="liczby ustawy", many=True)
    readings = NamedValue(label="odczyty jednostki", many=True)


class Explained(serializers.Serializer[Any]):
    """One statement and its rows in words."""

    list = serializers.UUIDField(label="lista", source="statement.payroll_list_id")
    month = serializers.DateField(label="miesiąc, jego pierwszy dzień", source="statement.payroll_list.month")
    digest = serializers.CharField(label="skrót SHA-256, pusty w liście roboczej", source="statement.digest")
    amounts = StatementHead(label="kwoty", source="*")
    rows = Row(label="wiersze", many=True)


class Lists(Endpoint):
    acts = {"GET": perms.LIST_SHOW}
    pagination_class = Pages  # for the description
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        summary="Listy wypłat",
        description="Najnowsze pierwsze, robocze i porzucone też.",
        parameters=[
            *PAGE_PARAMETERS,
            OpenApiParameter("month", str, description="tylko ten miesiąc, na przykład 2026-10"),
        ],
        responses=ListHead(many=True),
    )
    def get(self, request: Any) -> Response:
        only_cis(request._request)
        rows = queries.all_lists()
        if asked := request.query_params.get("month", ""):
            rows = rows.filter(month=_month(asked).first)
        pages = Pages()
        found = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(ListHead(found, many=True).data)


def _month(asked: str) -> Month:
    try:
        return Month.parse(asked)
    except ValueError as error:
        raise InputError("Podaj miesiąc jako rok i miesiąc, na przykład 2026-10.", field="month") from error


class OneList(Endpoint):
    acts = {"GET": perms.LIST_SHOW}
    http_method_names = ["get", "head", "options"]

    @extend_schema(summary="Jedna lista wypłat", responses=ListHead)
    def get(self, request: Any, pk: UUID) -> Response:
        return Response(ListHead(_list(request, pk)).data)


def _list(request: Any, pk: UUID) -> PayrollList:
    only_cis(request._request)
    found: PayrollList = get_object_or_404(queries.all_lists(), pk=pk)
    record.about(request._request, found)
    return found


class Statements(Endpoint):
    acts = {"GET": perms.LIST_SHOW}
    pagination_class = Pages
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        summary="Kwoty osób z jednej listy",
        description="W kolejności listy. Wiersze, z których wynika kwota, są przy jednym rozliczeniu.",
        parameters=PAGE_PARAMETERS,
        responses=StatementHead(many=True),
    )
    def get(self, request: Any, pk: UUID) -> Response:
        row = _list(request, pk)
        pages = Pages()
        rows = Statement.objects.filter(payroll_list=row).select_related("person").order_by("position")
        found = pages.paginate_queryset(rows, request, view=self) or []
        record.shows(request._request, {one.person_id for one in found})
        corrections = integrity.corrections_of(row)
        told = [queries.Person(one, corrections=corrections[one.pk]) for one in found]
        return pages.get_paginated_response(StatementHead(told, many=True).data)


class OneStatement(Endpoint):
    acts = {"GET": perms.STATEMENT_SHOW}
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        summary="Skąd ta kwota: jedno rozliczenie z wierszami",
        parameters=[
            OpenApiParameter("language", str, enum=sorted(LANGUAGES), description="język wierszy, zwykle pl")
        ],
        responses=Explained,
    )
    def get(self, request: Any, pk: UUID) -> Response:
        only_cis(request._request)
        language = request.query_params.get("language", "pl")
        if language not in LANGUAGES:
            raise InputError("Nie ma takiego języka.", field="language")
        rows = Statement.objects.select_related("payroll_list", "person")
        found: Statement = get_object_or_404(rows, pk=pk)
        record.about(request._request, found)
        record.shows(request._request, [found.person_id])
        if found.document is None:
            # An erasure took the rows away as a whole.
            raise Http404
        corrections = integrity.corrections_of(found.payroll_list)[found.pk]
        told = queries.Person(found, corrections=corrections)
        rows = statements.told(found, corrections, language).lines
        answer = {
            "statement": found,
            "blocked": told.blocked,
            "corrections": corrections,
            "rows": rows,
        }
        return Response(Explained(answer).data)


urlpatterns: list[URLPattern] = [
    path("api/v1/payroll-lists/", Lists.as_view(), name="api_lists"),
    path("api/v1/payroll-lists/<uuid:pk>/", OneList.as_view(), name="api_list"),
    path("api/v1/payroll-lists/<uuid:pk>/statements/", Statements.as_view(), name="api_statements"),
    path("api/v1/statements/<uuid:pk>/", OneStatement.as_view(), name="api_statement"),
]
