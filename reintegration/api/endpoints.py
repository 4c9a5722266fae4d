"""The resources of the API: each through the services and actions of its screens."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from reintegration.administration import perms as administration
from reintegration.administration.queries import sites
from reintegration.administration.services import open_site
from reintegration.api import perms
from reintegration.api.pages import Pages
from reintegration.api.views import Endpoint
from reintegration.audit import record
from reintegration.core.errors import InputError
from reintegration.core.identifiers import parse_postcode
from reintegration.core.text import clean
from reintegration.tenancy.models import Site


class MeSerializer(serializers.Serializer[Any]):
    organisation_id = serializers.UUIDField(source="place.id", label="identyfikator organizacji")
    organisation = serializers.CharField(source="place.name", label="nazwa organizacji")
    kind = serializers.CharField(source="place.kind.value", label="rodzaj organizacji")
    roles = serializers.ListField(child=serializers.CharField(), label="role właściciela")
    actions = serializers.ListField(child=serializers.CharField(), label="czynności tokenu")


class Me(Endpoint):
    acts = {"GET": perms.ME}
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        summary="Kim jest ten token",
        description="Organizacja, role właściciela i czynności, które ten token obejmuje.",
        responses=MeSerializer,
    )
    def get(self, request: Any) -> Response:
        principal = request.auth
        return Response(
            MeSerializer(
                {
                    "place": principal.place,
                    "roles": sorted(principal.roles),
                    "actions": sorted(principal.only or ()),
                }
            ).data
        )


class SiteSerializer(serializers.ModelSerializer[Site]):
    class Meta:
        model = Site
        fields = ("id", "name", "street", "postcode", "town", "opened_on", "closed_on")
        read_only_fields = ("id", "closed_on")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Read texts as the forms do: without control characters, the postcode with its hyphen."""
        read = {
            name: parse_postcode if name == "postcode" else clean
            for name in ("name", "street", "postcode", "town")
        }
        errors = {}
        for name, parse in read.items():
            try:
                attrs[name] = parse(attrs[name])
            except InputError as error:
                errors[name] = [error.message]
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class Sites(Endpoint):
    acts = {"GET": administration.SITE_LIST, "POST": administration.SITE_OPEN}
    pagination_class = Pages  # for the description
    http_method_names = ["get", "head", "post", "options"]

    @extend_schema(
        summary="Miejsca zajęć",
        parameters=[
            OpenApiParameter("page", int, description="numer strony, od 1"),
            OpenApiParameter("page_size", int, description="wierszy na stronie, najwyżej 200"),
        ],
        responses=SiteSerializer(many=True),
    )
    def get(self, request: Any) -> Response:
        pages = Pages()
        rows = pages.paginate_queryset(sites(), request, view=self)
        return pages.get_paginated_response(SiteSerializer(rows, many=True).data)

    @extend_schema(summary="Dodanie miejsca zajęć", request=SiteSerializer, responses={201: SiteSerializer})
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def perform(self, request: Any, *args: Any, **kwargs: Any) -> tuple[int, Any]:
        sent = SiteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = open_site(**sent.validated_data)
        record.about(request._request, made)
        return 201, SiteSerializer(made).data


class OneSite(Endpoint):
    acts = {"GET": administration.SITE_LIST}
    http_method_names = ["get", "head", "options"]

    @extend_schema(summary="Jedno miejsce zajęć", responses=SiteSerializer)
    def get(self, request: Any, pk: UUID) -> Response:
        found = get_object_or_404(sites(), pk=pk)
        record.about(request._request, found)
        return Response(SiteSerializer(found).data)
