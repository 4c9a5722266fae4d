"""What of a person's file leaves the unit with a consent, part by part, as plain values.

Only what is named goes: nothing confidential, nothing that the team does not read, nothing struck out.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model, Q

from participants.card_parts import CardPart
from participants.enums import DiagnosisState
from participants.models import Diagnosis, Participation, Person, SpecialistOpinion
from participants.queries.cards import general_part, in_hours, minutes_in, shared_entries
from participants.services.people.data import NAMES, PersonData
from reintegration.core.formats import format_table_date

# What identifies and reaches a person, and how they live: the columns as their form asks for them.
_LIVING: Final = NAMES.index("education")
IDENTITY: Final = NAMES[:_LIVING]
SITUATION: Final = NAMES[_LIVING:]

ORDER: Final = (
    "kiedy", "rodzaj", "usługa", "czas", "kto", "diagnoza", "opinia", "przebieg", "plan", "efekt",
    "podsumowanie", "treść", "zalecenia",
)  # fmt: skip
ISO_DAY: Final = len("2026-11-20")

Content = dict[str, Any]


def content_of(case: Participation, parts: Iterable[str], *, today: date) -> Content:
    """The parts asked for, ready to be encrypted, sent or printed."""
    wanted = set(parts)
    return {part.value: WRITERS[part](case, today) for part in CardPart if part.value in wanted}


def person_data(content: Mapping[str, Any]) -> PersonData:
    """What was handed over of a person, as the receiving unit adds them."""
    values = {**content.get(CardPart.SITUATION, {}), **content[CardPart.PERSONAL]}
    kept = {name: values[name] for name in (*IDENTITY, *SITUATION) if values.get(name) not in (None, "")}
    if "birth_date" in kept:
        kept["birth_date"] = date.fromisoformat(kept["birth_date"])
    return PersonData(**kept)


def as_pairs(content: Mapping[str, Any]) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """What was handed over, for reading: title of the part, its records, and in each label and value."""
    found = []
    for part in CardPart:
        if part.value not in content:
            continue
        held = content[part.value]
        records = [held] if isinstance(held, Mapping) else held
        found.append((str(part.label), [_labelled(part, record) for record in records]))
    return found


def _labelled(part: CardPart, record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A record in the order in which people read it; what was stored has forgotten its own."""
    if part in {CardPart.PERSONAL, CardPart.SITUATION}:
        shown = []
        for name in NAMES:
            value = record.get(name)
            if value not in (None, ""):
                field: Any = Person._meta.get_field(name)
                named = dict(field.choices or [])
                shown.append((str(field.verbose_name), str(named.get(value, in_words(value)))))
        return shown
    labels = sorted(record, key=lambda label: ORDER.index(label) if label in ORDER else len(ORDER))
    return [(label, in_words(record[label])) for label in labels if record[label] not in (None, "")]


def in_words(value: Any) -> str:
    """A day as a table writes it, anything else as it is."""
    text = str(value)
    try:
        return format_table_date(date.fromisoformat(text)) if len(text) == ISO_DAY else text
    except ValueError:
        return text


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _columns(row: Model, names: Iterable[str]) -> Content:
    return {name: plain(getattr(row, name)) for name in names}


def _now(rows: Any, today: date) -> Any:
    return rows.filter(Q(until__isnull=True) | Q(until__gte=today)).order_by("since", "pk")


def _personal(case: Participation, today: date) -> Content:
    return _columns(case.person, IDENTITY)


def _situation(case: Participation, today: date) -> Content:
    return _columns(case.person, SITUATION)


def _sensitive(case: Participation, today: date) -> list[Content]:
    parts = general_part(case, today=today, open_facts=True)
    told = {
        fact.label: fact.value for part in parts if part.key in {"health", "living"} for fact in part.facts
    }
    return [{label: value for label, value in told.items() if value}]


def _diagnoses(case: Participation, today: date) -> list[Content]:
    rows = Diagnosis.objects.filter(person=case.person_id, state=DiagnosisState.FINISHED)
    return [
        {"diagnoza": row.title, "kiedy": plain(row.held_on), "podsumowanie": row.summary}
        for row in rows.order_by("held_on", "pk")
    ]


def _opinions(case: Participation, today: date) -> list[Content]:
    rows = SpecialistOpinion.objects.filter(
        person=case.person_id, confidential=False, signed_at__isnull=False
    )
    return [
        {
            "opinia": row.get_kind_display(),
            "kiedy": plain(row.held_on),
            "kto": row.author_name,
            "treść": row.text,
            "zalecenia": row.advice,
        }
        for row in rows.order_by("held_on", "pk")
    ]


def _entries(case: Participation, today: date) -> list[Content]:
    rows = shared_entries(case)
    found: list[Content] = [
        {
            "kiedy": plain(row.held_on),
            "rodzaj": row.get_kind_display(),
            "usługa": row.service,
            "czas": f"{row.minutes} min" if row.minutes else "",
            "kto": row.author_name,
            "przebieg": row.course,
            "plan": row.plan,
            "efekt": row.effect,
        }
        for row in rows
    ]
    return [*found, {"razem rozmów": in_hours(minutes_in(rows))}] if found else found


WRITERS: Final[Mapping[CardPart, Callable[[Participation, date], Any]]] = {
    CardPart.PERSONAL: _personal,
    CardPart.SITUATION: _situation,
    CardPart.SENSITIVE: _sensitive,
    CardPart.DIAGNOSES: _diagnoses,
    CardPart.OPINIONS: _opinions,
    CardPart.ENTRIES: _entries,
}
