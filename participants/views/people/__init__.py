"""Persons: search, data, what is covered, duplicates."""

from django.urls import URLPattern, path

from participants.views.people.doubles import DoubleDismiss, DoubleList, PersonMerge
from participants.views.people.editing import (
    AddressEdit,
    HouseholdEdit,
    IdentityEdit,
    PersonAdd,
    WorkEdit,
    gmina_find,
    person_check,
)
from participants.views.people.page import PersonDetail, fact_reveal, number_reveal
from participants.views.people.parts import WORDS, PartAdd, PartEdit, PartEnd, PartRemove
from participants.views.people.search import DoubleFind, SearchPage


def _parts() -> list[URLPattern]:
    """Four addresses for each kind of what is known: groups, certificates, facts, barriers, income."""
    found = []
    for kind, word in WORDS.items():
        found += [
            path(f"osoby/<uuid:pk>/{word}/", PartAdd.of(kind), name=f"{kind}_add"),
            path(f"osoby/{word}/<uuid:pk>/", PartEdit.of(kind), name=f"{kind}_edit"),
            path(f"osoby/{word}/<uuid:pk>/zakoncz/", PartEnd.of(kind), name=f"{kind}_end"),
            path(f"osoby/{word}/<uuid:pk>/usun/", PartRemove.of(kind), name=f"{kind}_remove"),
        ]
    return found


urlpatterns: list[URLPattern] = [
    path("szukaj/", SearchPage.as_view(), name="search"),
    path("gminy/", gmina_find, name="gmina_find"),
    path("osoby/dodaj/", PersonAdd.as_view(), name="person_add"),
    path("osoby/sprawdz/", person_check, name="person_check"),
    path("osoby/podobne/", DoubleList.as_view(), name="double_list"),
    path("osoby/<uuid:pk>/", PersonDetail.as_view(), name="person"),
    path("osoby/<uuid:pk>/odslon/numer/", number_reveal, name="number_reveal"),
    path("osoby/<uuid:pk>/odslon/dane/", fact_reveal, name="fact_reveal"),
    path("osoby/<uuid:pk>/tozsamosc/", IdentityEdit.as_view(), name="identity_edit"),
    path("osoby/<uuid:pk>/adres/", AddressEdit.as_view(), name="address_edit"),
    path("osoby/<uuid:pk>/praca/", WorkEdit.as_view(), name="work_edit"),
    path("osoby/<uuid:pk>/dom/", HouseholdEdit.as_view(), name="household_edit"),
    path("osoby/<uuid:pk>/polacz/", DoubleFind.as_view(), name="double_find"),
    path("osoby/<uuid:pk>/polacz/<uuid:other>/", PersonMerge.as_view(), name="person_merge"),
    path("osoby/<uuid:pk>/rozne/<uuid:other>/", DoubleDismiss.as_view(), name="double_dismiss"),
    *_parts(),
]
