"""What of a person stands on the page, what is covered there, and what uncovering it gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from participants import enums
from participants.models import Disability, Person, PersonFact, PersonGroup
from participants.perms import partners as partner_perms
from participants.perms import people as perms
from participants.queries.people import Known, PersonPage
from reintegration.core.components import Link
from reintegration.core.formats import format_money, format_table_date

# Why somebody looks; the journal keeps the key, so nothing of a person gets into it.
REASONS: Final = {
    "talk": "rozmawiam z tą osobą",
    "paper": "wypełniam dokument",
    "rights": "sprawdzam uprawnienia",
    "plan": "planuję pomoc",
    "correct": "poprawiam dane",
    "authority": "pyta uprawniony urząd",
}
MASK: Final = "•••••••"


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A value that was asked for: lines of what it is and what it says. Without lines a reason is missing."""

    what: str
    lines: tuple[tuple[str, str], ...] = ()
    # What was chosen before nobody knew which place was meant.
    reason: str = ""

    @property
    def name(self) -> str:
        """What was asked for, for the journal: the kind, without the number of an entry."""
        return self.what.partition(":")[0]

    @property
    def id(self) -> str:
        return self.what.replace(":", "-")


@dataclass(frozen=True, slots=True)
class Covered:
    """A covered place on the page."""

    what: str
    label: str
    url: str
    mask: str = MASK

    @property
    def id(self) -> str:
        return self.what.replace(":", "-")


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    lines: tuple[str, ...]
    dates: str
    over: bool
    main: bool
    links: tuple[Link, ...]
    covered: Covered | None = None


@dataclass(frozen=True, slots=True)
class Section:
    kind: str
    title: str
    none: str
    add: Link | None
    rows: tuple[Row, ...]
    covered: Covered | None = None
    hint: str = ""
    past: tuple[Row, ...] = field(default_factory=tuple)


_TITLES: Final[Mapping[str, tuple[str, str, str]]] = {
    "group": ("Grupy z ustawy", "Dodaj grupę", "Żadnej grupy jeszcze nie wpisano."),
    "disability": ("Niepełnosprawność", "Dodaj orzeczenie", "Nie wpisano orzeczenia."),
    "barrier": ("Bariery", "Dodaj barierę", "Nie wpisano barier."),
    "income": ("Dochody", "Dodaj dochód", "Nie wpisano dochodów."),
    "fact": ("Informacje wrażliwe", "Dodaj informację", "Nie ma informacji wrażliwych."),
}


def reason_of(sent: str) -> str:
    return sent if sent in REASONS else ""


def number_covers(person: Person) -> list[Covered]:
    """The numbers that stand covered among the facts of a person."""
    url = reverse("participants:number_reveal", args=[person.pk])
    found = []
    if person.pesel:
        found.append(Covered("pesel", "PESEL", url, "•" * 9 + person.pesel[-2:]))
    if person.document_number:
        kind = person.get_document_kind_display() or "dokument"
        found.append(Covered("document", kind[:1].upper() + kind[1:], url))
    return found


def entries(request: Any, page: PersonPage, today: date) -> list[Section]:
    """The sections of what is known from a day to a day, for whoever may see them."""
    return [_section(request, page, kind, today) for kind in _TITLES]


def _section(request: Any, page: PersonPage, kind: str, today: date) -> Section:
    title, add, none = _TITLES[kind]
    person = page.person
    link = None
    if request.may(perms.PART_ADD[kind]):
        link = Link(add, reverse(f"participants:{kind}_add", args=[person.pk]))
    known = page.of(kind)
    url = reverse("participants:fact_reveal", args=[person.pk])
    ask = _ask_url(request, page) if kind == "barrier" else ""
    rows = [_row(request, entry, today, url, ask=ask) for entry in known]
    covered, hint = None, ""
    if kind in {"group", "disability"} and known:
        covered = Covered(kind, title, url)
    if kind == "group" and known and not any(entry.main and not entry.over(today) for entry in known):
        hint = "Żadna z obecnych grup nie jest główna. Otwórz jedną z nich i zaznacz ją jako główną."
    return Section(
        kind,
        title,
        none,
        link,
        tuple(row for row in rows if not row.over),
        covered,
        hint,
        tuple(row for row in rows if row.over),
    )


def _ask_url(request: Any, page: PersonPage) -> str:
    """Where somebody outside is asked for help, while a file of the person is open."""
    file = next((one for one in page.files if one.ended_on is None), None)
    if file is None or not request.may(partner_perms.REQUEST_ASK):
        return ""
    return reverse("participants:partner_ask", args=[file.pk])


def _row(request: Any, entry: Known, today: date, url: str, *, ask: str) -> Row:
    over = entry.over(today)
    links = [Link("Poproś partnera", f"{ask}?bariera={entry.id}")] if ask and not over else []
    for label, name, action in (
        ("Zmień", "edit", perms.PART_EDIT),
        ("Zakończ", "end", perms.PART_END),
        ("Usuń pomyłkę", "remove", perms.PART_REMOVE),
    ):
        if name == "end" and entry.until is not None:
            continue
        if request.may(action[entry.what]):
            links.append(Link(label, reverse(f"participants:{entry.what}_{name}", args=[entry.id])))
    title, lines = _said(entry)
    covered = Covered(f"fact:{entry.id}", title, url) if entry.what == "fact" else None
    return Row(title, lines, _dates(entry), over, entry.main, tuple(links), covered)


def _said(entry: Known) -> tuple[str, tuple[str, ...]]:
    row = entry.row
    if entry.what == "barrier":
        helps = f"Pomaga: {row.help_given}" if row.help_given else ""
        told = (row.text, helps)
        return _word(enums.BarrierKind, entry.kind), tuple(line for line in told if line)
    if entry.what == "income":
        amount = format_money(row.amount) if row.amount is not None else "kwota nieznana"
        return _word(enums.IncomeKind, row.kind), tuple(line for line in (amount, row.paid_by) if line)
    if entry.what == "fact":
        return _word(enums.FactKind, entry.kind), ()
    return ("Grupa" if entry.what == "group" else "Orzeczenie"), ()


def _dates(entry: Known) -> str:
    since = f"od {format_table_date(entry.since)}" if entry.since else ""
    until = f"do {format_table_date(entry.until)}" if entry.until else ""
    return " ".join(part for part in (since, until) if part)


def opened(person: Person, what: str, *, numbers: bool) -> Uncovered | None:
    """What a covered place holds; nothing for a place that this person's page does not have."""
    kind, _, key = what.partition(":")
    lines: Sequence[tuple[str, str]] = ()
    if numbers:
        value = {"pesel": person.pesel, "document": person.document_number}.get(what)
        lines = [("", value)] if value else ()
    elif what == "group":
        rows = PersonGroup.objects.filter(person=person).order_by("-main", "-since", "pk")
        lines = [(_dates_of(row), _group(row)) for row in rows]
    elif what == "disability":
        rows = Disability.objects.filter(person=person).order_by("-since", "pk")
        lines = [(_dates_of(row), _disability(row)) for row in rows]
    elif kind == "fact":
        lines = [
            (_dates_of(row), f"{row.text}\nDokument: {row.proof}" if row.proof else row.text)
            for row in PersonFact.objects.filter(person=person, pk=_uuid(key)).order_by("pk")
        ]
    return Uncovered(what, tuple(lines)) if lines else None


def _group(row: PersonGroup) -> str:
    said = [_word(enums.Group, row.code)]
    said += ["główna"] * row.main
    said += [f"dowód: {row.proof}"] * bool(row.proof)
    return " · ".join(said)


def _disability(row: Disability) -> str:
    said = [f"stopień {_word(enums.DisabilityDegree, row.degree)}"]
    said += [f"symbole {row.symbols}"] * bool(row.symbols)
    said += [f"orzeczenie {row.certificate}"] * bool(row.certificate)
    return " · ".join(said)


def _dates_of(row: Any) -> str:
    return _dates(Known("", row.pk, "", main=False, since=row.since, until=row.until))


def _word(words: Any, value: str) -> str:
    return str(words(value).label) if value in words.values else value


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
