"""Publishing free places and the next start."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from participants import teryt
from participants.models import Gmina, IntakeSettings, PlaceOffer
from participants.rules.areas import is_area
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import search_key
from reintegration.tenancy.enums import Voivodeship
from reintegration.tenancy.managers import claim


def read_areas(lines: Iterable[str]) -> list[str]:
    """Codes of what somebody typed, a line for each: a code, a gmina, `powiat …`, a voivodeship."""
    codes = [_read_area(line.strip()) for line in lines if line.strip()]
    return list(dict.fromkeys(codes))


def _read_area(text: str) -> str:
    if is_area(text):
        if text[:2] not in Voivodeship.values:
            raise InputError(f"Nie ma województwa o kodzie {text[:2]}.")
        return text
    key = search_key(text)
    for voivodeship in Voivodeship:
        if key in {search_key(voivodeship.label), search_key(f"województwo {voivodeship.label}")}:
            return str(voivodeship.value)
    if key.startswith("powiat "):
        rows = Gmina.objects.order_by("code").values_list("code", "powiat")
        found = {code[:4] for code, powiat in rows if search_key(powiat) == key}
        if len(found) == 1:
            return str(found.pop())
        raise InputError(f"Nie rozpoznajemy: „{text}”. Wpisz 4 cyfry kodu TERYT powiatu.")
    return teryt.resolve(text)


def default_areas() -> list[str]:
    """The area that the unit set for itself; empty means its whole voivodeship."""
    found = IntakeSettings.objects.values_list("area", flat=True).first()
    return list(found or [])


def save_offer(
    *,
    offer_id: UUID | None,
    title: str,
    places: int,
    starts_on: date | None,
    note: str,
    areas: list[str],
    published: bool,
) -> PlaceOffer:
    """Publish free places, or change them; every saving renews the day of the state."""
    if starts_on is not None and starts_on < clock.today() and published:
        raise InputError("Ten dzień minął. Wpisz następny początek albo zostaw puste.", field="starts_on")
    found = PlaceOffer.objects.select_for_update(of=("self",)).get(pk=offer_id) if offer_id else PlaceOffer()
    found.title, found.places, found.starts_on, found.note = title, places, starts_on, note
    found.areas, found.published, found.updated_at = areas, published, clock.now()
    claim(found)
    found.full_clean()
    found.save()
    return found
