"""Addresses of the API that belong to no other room."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from reintegration.api import perms
from reintegration.api.views import Endpoint


class MeSerializer(serializers.Serializer[Any]):
    organisation_id = serializers.UUIDField(source="place.id", label="identyfikator organizacji")
    organisation = serializers.CharField(source="place.name", label="nazwa organizacji")
    kind = serializers.CharField(source="place.kind.value", label="rodzaj organizacji")
    roles = serializers.ListField(child=serializers.CharField(), label="role właściciela")
    actions = serializers.ListField(child=serializers.CharField(), label="czynności tokenu")


class Me(Endpoint):
    action = {"GET": perms.ME}
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
