"""Referrals and free places for programs of referring bodies: the same services, the same walls.

What is read back is the way of a referral, never the person: the program that sent it knows whom it sent.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from participants import enums, teryt
from participants.models import Referral
from participants.perms import portal as perms
from participants.queries import places
from participants.queries import portal as queries
from participants.rules.situation import CARE_KINDS
from participants.services import referrals
from participants.services.portal import drafts
from participants.services.referrals import Incomplete
from reintegration.api.pages import Pages
from reintegration.api.views import Endpoint
from reintegration.audit import record
from reintegration.core.errors import InputError
from reintegration.core.identifiers import parse_pesel, parse_phone, parse_postcode
from reintegration.core.text import clean

PAGE_PARAMETERS = [
    OpenApiParameter("page", int, description="numer strony, od 1"),
    OpenApiParameter("page_size", int, description="wierszy na stronie, najwyżej 200"),
]
BARRIERS = [one for one in enums.BarrierKind.choices if one[0] not in CARE_KINDS]
CARE = [one for one in enums.BarrierKind.choices if one[0] in CARE_KINDS]
INSURED = [("yes", "tak"), ("no", "nie"), ("unknown", "nie wiadomo")]

# Fields with a reader of their own; every other text is cleaned of control characters.
READERS: dict[str, Callable[[str], str]] = {
    "pesel": parse_pesel,
    "phone": parse_phone,
    "postcode": parse_postcode,
    "gmina": teryt.resolve,
}
LONG = frozenset({"story", "help_note", "barriers_note", "hopes"})


def _text(label: str, longest: int, **kwargs: Any) -> serializers.CharField:
    optional = {"required": False, "allow_blank": True, "default": ""} if kwargs.pop("optional", True) else {}
    return serializers.CharField(label=label, max_length=longest, **optional, **kwargs)


def _codes(label: str, choices: Any, *, needed: bool = False) -> serializers.ListField:
    extra: dict[str, Any] = {"min_length": 1} if needed else {"required": False, "default": list}
    return serializers.ListField(
        label=label, child=serializers.ChoiceField(choices=choices), max_length=len(list(choices)), **extra
    )


class ReferralSent(serializers.Serializer[Any]):
    """What a referral needs before it is sent; the codes are those of the form."""

    unit = serializers.UUIDField(label="jednostka")
    first_name = _text("imię", 60, optional=False)
    last_name = _text("nazwisko", 80, optional=False)
    pesel = _text("numer PESEL", 20)
    no_pesel = serializers.ChoiceField(
        label="dlaczego bez numeru PESEL",
        choices=enums.NoPesel.choices,
        required=False,
        allow_blank=True,
        default="",
    )
    document_kind = serializers.ChoiceField(
        label="rodzaj dokumentu",
        choices=enums.DocumentKind.choices,
        required=False,
        allow_blank=True,
        default="",
    )
    document_number = _text("numer dokumentu", 40)
    birth_date = serializers.DateField(label="data urodzenia", required=False, allow_null=True, default=None)
    sex = serializers.ChoiceField(
        label="płeć", choices=enums.Sex.choices, required=False, allow_blank=True, default=""
    )
    street = _text("ulica i numer", 120)
    postcode = _text("kod pocztowy", 10)
    town = _text("miejscowość", 80)
    gmina = _text("gmina: kod TERYT albo nazwa", 80)
    phone = _text("telefon", 30)
    email = serializers.EmailField(
        label="adres e-mail", max_length=254, required=False, allow_blank=True, default=""
    )
    representative = _text("przedstawiciel ustawowy", 160)
    groups = _codes("grupy z art. 1 ust. 2", enums.Group.choices, needed=True)
    story = _text("sytuacja", 2000)
    hopes = _text("czego osoba oczekuje", 1000)
    help = _codes("świadczenia i dochody", enums.IncomeKind.choices)
    help_note = _text("inna pomoc", 1000)
    insured = serializers.ChoiceField(
        label="ubezpieczenie zdrowotne", choices=INSURED, required=False, default="unknown"
    )
    insurance_note = _text("kto opłaca składkę", 200)
    barriers = _codes("bariery", BARRIERS)
    barriers_note = _text("co by pomogło", 1000)
    care = _codes("opieka nad bliskimi", CARE)
    care_note = _text("kiedy opieka jest potrzebna", 200)
    ops_notified_on = serializers.DateField(
        label="kiedy PUP zawiadomił OPS", required=False, allow_null=True, default=None
    )
    ops_name = _text("zawiadomiony OPS", 200)
    person_agrees = serializers.BooleanField(label="osoba zgadza się na skierowanie")
    sender_person = _text("kto kieruje, imię i nazwisko", 160)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        errors: dict[str, list[str]] = {}
        for name, value in attrs.items():
            if not isinstance(value, str):
                continue
            try:
                attrs[name] = self._read(name, value)
            except InputError as error:
                errors[name] = [error.message]
        if errors:
            raise serializers.ValidationError(errors)
        return attrs

    @staticmethod
    def _read(name: str, value: str) -> str:
        text = clean(value, lines=name in LONG)
        reader = READERS.get(name)
        return reader(text) if reader is not None and text else text


class ReferralState(serializers.Serializer[Any]):
    """Where a referral is. Nothing of the person."""

    id = serializers.UUIDField(label="identyfikator")
    state = serializers.ChoiceField(label="stan", choices=enums.ReferralState.choices)
    status = serializers.CharField(label="gdzie jest, w słowach")
    awaited_of = serializers.ChoiceField(
        label="na kogo czeka",
        choices=[("you", "na kierującego"), ("unit", "na jednostkę"), ("", "na nikogo")],
    )
    awaited = serializers.CharField(label="na co czeka")
    unit = serializers.UUIDField(label="jednostka", source="unit_id")
    unit_name = serializers.CharField(label="nazwa jednostki")
    sent_at = serializers.DateTimeField(label="wysłane", allow_null=True)
    received_at = serializers.DateTimeField(label="odebrane", allow_null=True)
    opinion_due_on = serializers.DateField(label="opinia do", allow_null=True)
    answer_due_on = serializers.DateField(label="odpowiedź do", allow_null=True)
    interview_at = serializers.DateTimeField(label="rozmowa", allow_null=True)
    interview_place = serializers.CharField(label="miejsce rozmowy")
    trial_since = serializers.DateField(label="może zacząć", allow_null=True)
    decided_at = serializers.DateTimeField(label="rozstrzygnięte", allow_null=True)
    reason = serializers.CharField(label="powód, kod")
    reason_text = serializers.CharField(label="powód, w słowach")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        standing = queries.standing(instance)
        instance.status, instance.awaited, instance.awaited_of = standing.text, standing.awaited, standing.by
        instance.unit_name = str(instance.unit)
        instance.reason_text = (
            queries.reason_label(instance.state, instance.reason) if instance.reason else ""
        )
        return super().to_representation(instance)


class PlaceSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(label="identyfikator")
    unit = serializers.UUIDField(label="jednostka", source="unit_id")
    unit_name = serializers.CharField(label="nazwa jednostki", source="unit.organisation.short_name")
    unit_type = serializers.CharField(label="CIS albo KIS", source="unit.unit_type")
    town = serializers.CharField(label="miejscowość", source="unit.organisation.town")
    title = serializers.CharField(label="pracownia albo grupa")
    places = serializers.IntegerField(label="wolne miejsca")
    starts_on = serializers.DateField(label="najbliższy początek", allow_null=True)
    note = serializers.CharField(label="co warto wiedzieć")
    areas = serializers.ListField(child=serializers.CharField(), label="obszar, kody TERYT")
    updated_at = serializers.DateTimeField(label="stan na")


class Referrals(Endpoint):
    acts = {"GET": perms.OWN_LIST, "POST": perms.OWN_SEND}
    pagination_class = Pages  # for the description
    http_method_names = ["get", "head", "post", "options"]

    @extend_schema(
        summary="Skierowania wysłane przez ten podmiot",
        description="Stan każdego, najnowsze pierwsze. Danych osób tu nie ma.",
        parameters=[
            *PAGE_PARAMETERS,
            OpenApiParameter("state", str, enum=enums.ReferralState.values, description="tylko w tym stanie"),
        ],
        responses=ReferralState(many=True),
    )
    def get(self, request: Any) -> Response:
        rows = queries.own_referrals().order_by("-made_at", "-pk")
        state = request.query_params.get("state", "")
        if state:
            if state not in enums.ReferralState.values:
                raise InputError("Nie ma takiego stanu.", field="state")
            rows = rows.filter(state=state)
        pages = Pages()
        found = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(ReferralState(found, many=True).data)

    @extend_schema(
        summary="Wysłanie skierowania",
        description="Wysyła od razu. Ten sam klucz Idempotency-Key wysyła raz.",
        request=ReferralSent,
        responses={201: ReferralState},
    )
    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def perform(self, request: Any, *args: Any, **kwargs: Any) -> tuple[int, Any]:
        told = ReferralSent(data=request.data)
        told.is_valid(raise_exception=True)
        body = request.auth.place.id
        typed = dict(told.validated_data)
        unit, person = typed.pop("unit"), typed.pop("sender_person")
        try:
            kept = drafts.save_draft(
                referral_id=None,
                unit_id=unit,
                sender_id=body,
                source=drafts.source_of(body),
                data=typed,
            )
            sent = referrals.send_referral(referral_id=kept.pk, sender_person=person)
        except Incomplete as error:
            problems: dict[str, list[str]] = {}
            for field, sentence in error.problems:
                problems.setdefault(field, []).append(sentence)
            raise serializers.ValidationError(problems) from error
        record.about(request._request, sent)
        record.shows(request._request, [sent.pk])
        return 201, ReferralState(queries.own_referrals().get(pk=sent.pk)).data


class OneReferral(Endpoint):
    acts = {"GET": perms.OWN_SHOW}
    http_method_names = ["get", "head", "options"]

    @extend_schema(summary="Stan jednego skierowania", responses=ReferralState)
    def get(self, request: Any, pk: UUID) -> Response:
        found: Referral = get_object_or_404(queries.own_referrals(), pk=pk)
        record.about(request._request, found)
        record.shows(request._request, [found.pk])
        return Response(ReferralState(found).data)


class Places(Endpoint):
    acts = {"GET": perms.PLACE_LIST}
    pagination_class = Pages
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        summary="Wolne miejsca na terenie tego podmiotu",
        parameters=PAGE_PARAMETERS,
        responses=PlaceSerializer(many=True),
    )
    def get(self, request: Any) -> Response:
        pages = Pages()
        rows = places.for_area(places.area_of_body(request.auth.place.id))
        found = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(PlaceSerializer(found, many=True).data)


urlpatterns: list[URLPattern] = [
    path("api/v1/referrals/", Referrals.as_view(), name="api_referrals"),
    path("api/v1/referrals/<uuid:pk>/", OneReferral.as_view(), name="api_referral"),
    path("api/v1/places/", Places.as_view(), name="api_places"),
]
