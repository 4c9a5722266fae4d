"""What the page of settings lists. A room adds its own places; a person sees those they may open."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from reintegration.accounts.perms import FACTOR_RESET, INVITATION_LIST
from reintegration.administration import perms
from reintegration.audit import perms as audit_perms
from reintegration.documents import perms as documents_perms
from reintegration.law import perms as law_perms
from reintegration.tenancy.actions import Action
from reintegration.tenancy.enums import OrganisationKind

GROUPS = {
    "organisation": "Organizacja",
    "people": "Ludzie i uprawnienia",
    "work": "Praca jednostki",
    "system": "Prawo i program",
}


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    label: str
    text: str
    icon: str
    url_name: str
    action: Action
    group: str
    kinds: frozenset[OrganisationKind] = frozenset(OrganisationKind)
    # Kinds of units that have it, when not all do.
    subtypes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    text: str
    icon: str
    url: str


_places: list[SettingsPlace] = []
# By the kind of person.
_url_names: dict[Hashable, Sequence[str]] = {}
UNIT = frozenset({OrganisationKind.UNIT})
# The operator works with the law and the journal every day; they stand in the operator's own navigation.
NOT_OPERATOR = frozenset(OrganisationKind) - {OrganisationKind.OPERATOR}
NOT_UNIT = frozenset(OrganisationKind) - UNIT


def settings_place(place: SettingsPlace) -> SettingsPlace:
    _places.append(place)
    _url_names.clear()
    return place


def open_to(request: Any) -> Iterator[SettingsPlace]:
    principal = request.principal
    for place in _places:
        here = principal.place.kind in place.kinds
        if place.subtypes and principal.place.subtype not in place.subtypes:
            here = False
        if here and principal.may(place.action):
            yield place


def url_names(request: Any) -> Sequence[str]:
    """What this person reaches through the page of settings; the menu of each page asks."""
    kind = request.principal.kind
    if kind not in _url_names:
        _url_names[kind] = [place.url_name for place in open_to(request)]
    return _url_names[kind]


def places_for(request: Any) -> list[tuple[str, str, list[Shown]]]:
    places = list(open_to(request))
    found = []
    for group, heading in GROUPS.items():
        shown = [
            Shown(place.label, place.text, place.icon, reverse(place.url_name))
            for place in places
            if place.group == group
        ]
        if shown:
            found.append((group, heading, shown))
    return found


for _place in (
    SettingsPlace(
        "Pierwsze kroki", "Co zrobić, zanim zacznie się praca.", "checklist",
        "administration:start", perms.START, "organisation", UNIT,
    ),
    SettingsPlace(
        "Dane organizacji", "Adres, telefon, NIP, REGON.", "building",
        "administration:own_edit", perms.OWN_EDIT, "organisation",
    ),
    SettingsPlace(
        "Rachunek jednostki", "Z którego konta wychodzą świadczenia.", "credit-card",
        "administration:account", perms.ACCOUNT_SHOW, "organisation", UNIT,
    ),
    SettingsPlace(
        "Osoby z dostępem", "Kto ma konto, jakie role i do kiedy.", "users",
        "administration:member_list", perms.MEMBER_LIST, "people",
    ),
    SettingsPlace(
        "Zaproszenia", "Kogo zaproszono i kto przyjął zaproszenie.", "user-plus",
        "accounts:invitations", INVITATION_LIST, "people",
    ),
    SettingsPlace(
        "Pomoc w logowaniu", "Dla osoby, która straciła telefon i kody.", "shield-lock",
        "accounts:help_colleague", FACTOR_RESET, "people",
    ),
    SettingsPlace(
        "Kto co może", "Tabela ról i czynności.", "lock",
        "administration:matrix", perms.MATRIX, "people",
    ),
    SettingsPlace(
        "Tylko dwie osoby", "Zapis, gdy w jednostce pracują dwie osoby.", "user",
        "administration:two_people", perms.TWO_PEOPLE, "people", UNIT,
    ),
    SettingsPlace(
        "Miejsca zajęć", "Gdzie odbywają się zajęcia.", "map-pin",
        "administration:site_list", perms.SITE_LIST, "work", UNIT,
    ),
    SettingsPlace(
        "Kalendarz zajęć", "Dni tygodnia, dni bez zajęć, święta.", "calendar",
        "administration:calendar", perms.CALENDAR_SHOW, "work", UNIT,
    ),
    SettingsPlace(
        "Kadra i wolontariusze", "Wykaz do sprawozdania rocznego.", "users",
        "administration:staff_list", perms.STAFF_LIST, "work", UNIT,
    ),
    SettingsPlace(
        "Dokumenty", "Pisma i pliki organizacji.", "file-text",
        "documents:list", documents_perms.DOCUMENT_LIST, "organisation", NOT_UNIT,
    ),
    SettingsPlace(
        "Prawo", "Stawki, progi i terminy, z podstawą i datą.", "scale",
        "law:parameters", law_perms.LAW_LIST, "system", NOT_OPERATOR,
    ),
    SettingsPlace(
        "Odczyty ustawy", "Jak jednostka czyta miejsca, które da się czytać dwojako.", "adjustments",
        "law:readings", law_perms.READING_LIST, "system", UNIT,
    ),
    SettingsPlace(
        "Dziennik zdarzeń", "Kto, kiedy i co zrobił albo obejrzał.", "history",
        "audit:journal", audit_perms.JOURNAL, "system", NOT_OPERATOR,
    ),
    SettingsPlace(
        "Wstrzymane usunięcia danych", "Spór, kontrola albo prośba osoby: dane zostają po terminie.", "lock",
        "audit:hold_list", audit_perms.HOLD_LIST, "system", UNIT,
    ),
):  # fmt: skip
    settings_place(_place)
