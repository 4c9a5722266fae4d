"""Everything that is known of one person (art. 15 and 20 RODO): as data and as a paper.

Rooms that stand on this one add theirs with `slots.fill("participants.person_export", provider)`; a
provider gets the person's key and answers with sections.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

from participants import teryt
from participants.enums import EntryVisibility
from participants.forms.people.fields import country
from participants.models import (
    Agreement,
    CardEntry,
    FileTransfer,
    Intake,
    IntakeNote,
    Merge,
    NameKey,
    NotDuplicate,
    Participation,
    Person,
    Referral,
    ReferralEntry,
    ReferralFile,
    ReferralOpinion,
    SpecialistOpinion,
    TeamMember,
)
from reintegration.core import clock, slots
from reintegration.core.fields import BlindIndexField
from reintegration.core.formats import format_table_date, format_table_moment
from reintegration.documents.models import Document, StoredFile
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead

SLOT: Final = "participants.person_export"
TITLE: Final = "Wszystkie dane jednej osoby"
TEMPLATE: Final = "participants/consents/paper/person_export.html"

# Keys of a search, and pairs of persons somebody compared: they say nothing that the person's own row does
# not say, or speak of somebody else.
LEFT_OUT: Final = frozenset({NameKey, NotDuplicate, Merge})

# What only its author and few others may read is told of, and given out by its author: whoever makes the
# export would read it otherwise.
HELD_BACK: Final = frozenset({"text", "advice", "course", "plan", "effect"})


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of records, each as label and plain value."""

    key: str
    title: str
    rows: Sequence[Mapping[str, Any]]


# What is stored as a code that is not a choice of its field, by the name of the field.
SAID_OF_PERSON: Final[Mapping[str, Callable[[Any], str]]] = {
    str(Person._meta.get_field(name).verbose_name): said  # type: ignore[union-attr]
    for name, said in (("citizenship", country), ("gmina", teryt.label))
}

Tell = Callable[[int, int, str], None]


def collect(person_id: UUID, *, tell: Tell = lambda done, total, text: None) -> list[Section]:
    """Everything of one person in the current unit, section by section; empty ones are left out."""
    providers = slots.providers(SLOT)
    found: list[Section] = []
    for done, provider in enumerate(providers):
        tell(done, len(providers), "działów")
        found += [section for section in provider(person_id) if section.rows]
    return found


def own_sections(person_id: UUID) -> Iterator[Section]:
    """What this room keeps of a person."""
    yield _section(Person, Person.objects.filter(pk=person_id))
    for model in of_person():
        yield _section(model, model._default_manager.filter(person=person_id))
    cases = Participation.objects.filter(person=person_id).values("pk")
    yield _section(TeamMember, TeamMember.objects.filter(participation__in=cases))
    yield _section(Agreement, Agreement.objects.filter(participation__in=cases))
    yield _section(FileTransfer, FileTransfer.objects.filter(from_participation__in=cases))
    referrals = Intake.objects.filter(person=person_id).values("referral_id")
    yield _section(Referral, Referral.objects.filter(pk__in=referrals))
    for part in (ReferralEntry, ReferralOpinion, ReferralFile, IntakeNote):
        yield _section(part, part._default_manager.filter(referral__in=referrals))
    yield _section(Document, Document.objects.filter(subject_id=person_id))
    yield _section(StoredFile, StoredFile.objects.filter(subject_id=person_id, erased_at__isnull=True))


def of_person() -> list[type[Model]]:
    """The tables of this room whose rows name a person."""
    return [
        model
        for model in apps.get_app_config("participants").get_models()
        if model not in LEFT_OUT
        and any(field.name == "person" and field.related_model is Person for field in model._meta.fields)
    ]


def _section(model: type[Model], rows: QuerySet[Any]) -> Section:
    title = str(model._meta.verbose_name_plural)
    return Section(model._meta.label_lower, title, [described(row) for row in rows.order_by("pk")])


def described(row: Model) -> dict[str, Any]:
    """A row as label and value: choices in words, people by name, keys left out."""
    found = {}
    author = author_of_secret(row)
    for field in row._meta.concrete_fields:
        if author and field.name in HELD_BACK:
            found[str(field.verbose_name)] = f"Poufne. Treść wydaje autor: {author}."
            continue
        if field.primary_key or field.generated or isinstance(field, BlindIndexField):
            continue
        if isinstance(field, ForeignKey):
            if field.related_model._meta.label == "accounts.User":
                found[str(field.verbose_name)] = str(getattr(row, field.name) or "")
            continue
        value = getattr(row, field.attname)
        if field.choices:
            value = dict(field.flatchoices).get(value, value)
        found[str(field.verbose_name)] = _plain(value)
    return found


def author_of_secret(row: Model) -> str:
    """Who gives out what the row says, when it is not for the eyes of whoever makes the export."""
    if isinstance(row, SpecialistOpinion) and row.confidential:
        return row.author_name
    if isinstance(row, CardEntry) and row.visibility != EntryVisibility.TEAM:
        return row.author_name
    return ""


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def as_json(sections: Iterable[Section], *, unit: str) -> bytes:
    told = {
        "jednostka": unit,
        "sporządzono": clock.now().isoformat(timespec="seconds"),
        "części": [{"klucz": one.key, "tytuł": one.title, "wpisy": list(one.rows)} for one in sections],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def as_pdf(sections: Iterable[Section], *, name: str) -> bytes:
    shown = [(one.title, [_told(one.key, row) for row in one.rows]) for one in sections]
    return render_pdf(
        TEMPLATE,
        {"name": name, "parts": [(title, [_filled(row) for row in rows]) for title, rows in shown]},
        title=TITLE,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def _told(key: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A row for reading: the codes that the data keep are said as the screens say them."""
    said = SAID_OF_PERSON if key == Person._meta.label_lower else {}
    return [(label, said.get(label, _in_words)(value)) for label, value in row.items()]


def _filled(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, value) for label, value in pairs if value]


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {told}" for name, one in value.items() if (told := _in_words(one)))
    if isinstance(value, list):
        return "; ".join(told for one in value if (told := _in_words(one)))
    return _day(value) if isinstance(value, str) else str(value)


def _day(text: str) -> str:
    """A date or an instant of the data, as a paper writes it; any other text as it is."""
    try:
        if len(text) == 10:
            return format_table_date(date.fromisoformat(text))
        return format_table_moment(datetime.fromisoformat(text)) if "T" in text and len(text) < 40 else text
    except ValueError:
        return text
