"""Read a template from plain values, and say in Polish what is wrong and where.

Strict: a field that nobody knows is refused, because a typing error in `sensitive` would otherwise show
what was meant for few.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from participants.diagnosis.content import (
    CHOICES,
    MOST,
    SCALE,
    WEIGHED,
    Dimension,
    Kind,
    Leaning,
    Option,
    Question,
    Section,
    Template,
)
from reintegration.core.errors import InputError

T = TypeVar("T")

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = {"title": 120, "text": 300, "hint": 300, "label": 80, "lead": 600, "group": 60}

_TEMPLATE = frozenset({"key", "version", "title", "sections", "lead", "dimensions"})
_SECTION = frozenset({"key", "title", "questions", "lead", "dimensions", "scale"})
_QUESTION = frozenset(
    {
        "key", "text", "kind", "hint", "label", "leaning", "sensitive", "required", "options", "least",
        "most",
    }
)  # fmt: skip
_OPTION = frozenset({"key", "text", "worth"})
_DIMENSION = frozenset({"key", "title", "group"})


class TemplateError(InputError):
    """A template cannot be used; every problem is a Polish sentence that names its place."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def read_template(data: object) -> Template:
    """Read a template; all its problems are named at once."""
    reader = _Reader()
    template = reader.template(data)
    if reader.problems:
        raise TemplateError(tuple(reader.problems))
    return template


class _Reader:
    def __init__(self) -> None:
        self.problems: list[str] = []

    def template(self, data: object) -> Template:
        place = "Ankieta"
        raw = self._fields(data, _TEMPLATE, place)
        version = raw.get("version")
        if isinstance(version, bool) or not isinstance(version, int) or version < 1:
            self._add(place, "numer wersji to liczba od 1 w górę.")
            version = 1
        dimensions = tuple(self._list(raw, "dimensions", place, "Wymiar", self._dimension))
        known = frozenset(dimension.key for dimension in dimensions)
        sections = tuple(
            self._list(raw, "sections", place, "Część", lambda item, where: self._section(item, where, known))
        )
        if not sections:
            self._add(place, "dodaj co najmniej jedną część.")
        self._once((dimension.key for dimension in dimensions), "Wymiar")
        self._once((section.key for section in sections), "Część")
        self._once((question.key for section in sections for question in section.questions), "Pytanie")
        return Template(
            key=self._key(raw, place),
            version=version,
            title=self._text(raw, "title", place, needed=True),
            sections=sections,
            lead=self._text(raw, "lead", place),
            dimensions=dimensions,
        )

    def _dimension(self, data: object, place: str) -> Dimension:
        raw = self._fields(data, _DIMENSION, place)
        return Dimension(
            key=self._key(raw, place),
            title=self._text(raw, "title", place, needed=True),
            group=self._text(raw, "group", place),
        )

    def _section(self, data: object, place: str, known: frozenset[str]) -> Section:
        raw = self._fields(data, _SECTION, place)
        title = self._text(raw, "title", place, needed=True)
        named = f"{place} „{title}”" if title else place
        dimensions = self._words(raw, "dimensions", named)
        for key in dimensions:
            if key not in known:
                self._add(named, f"nie ma wymiaru „{key}”. Dodaj go albo usuń z tej części.")
        scale = self._words(raw, "scale", named) if "scale" in raw else SCALE
        if len(scale) != len(SCALE):
            self._add(named, f"skala ma {len(SCALE)} opisów, podano {len(scale)}.")
            scale = SCALE
        questions = tuple(
            self._list(
                raw,
                "questions",
                named,
                "pytanie",
                lambda item, where: self._question(item, f"{named}, {where}"),
            )
        )
        if not questions:
            self._add(named, "dodaj co najmniej jedno pytanie.")
        return Section(
            key=self._key(raw, named),
            title=title,
            questions=questions,
            lead=self._text(raw, "lead", named),
            dimensions=dimensions,
            scale=scale,
        )

    def _question(self, data: object, place: str) -> Question:
        raw = self._fields(data, _QUESTION, place)
        kind = self._kind(raw, place)
        leaning = self._leaning(raw, place)
        options = tuple(
            self._list(
                raw,
                "options",
                place,
                "odpowiedź",
                lambda item, where: self._option(item, f"{place}, {where}"),
            )
        )
        self._once((option.key for option in options), f"{place}, odpowiedź")
        least, most = self._bound(raw, "least", place), self._bound(raw, "most", place)
        self._fits(kind, leaning, options, (least, most), place)
        return Question(
            key=self._key(raw, place),
            text=self._text(raw, "text", place, needed=True),
            kind=kind,
            hint=self._text(raw, "hint", place),
            label=self._text(raw, "label", place),
            leaning=leaning,
            sensitive=self._flag(raw, "sensitive", place),
            required=self._flag(raw, "required", place),
            options=options,
            least=least,
            most=most,
        )

    def _fits(
        self,
        kind: Kind,
        leaning: Leaning | None,
        options: tuple[Option, ...],
        bounds: tuple[Decimal | None, Decimal | None],
        place: str,
    ) -> None:
        if kind in CHOICES and len(options) < 2:
            self._add(place, "podaj co najmniej dwie odpowiedzi do wyboru.")
        if kind not in CHOICES and options:
            self._add(place, "odpowiedzi do wyboru ma tylko pytanie z wyborem.")
        if leaning is not None and kind not in WEIGHED:
            self._add(place, "zasobem albo trudnością bywa tylko skala, tak/nie albo jedna z odpowiedzi.")
        weighed = [option for option in options if option.worth is not None]
        if weighed and (kind is not Kind.ONE or leaning is None):
            self._add(place, "wagi mają tylko odpowiedzi pytania o jedną z nich, zasobu albo trudności.")
        if kind is Kind.ONE and leaning is not None and not weighed:
            self._add(place, "podaj wagę co najmniej jednej odpowiedzi.")
        least, most = bounds
        if kind is not Kind.NUMBER and bounds != (None, None):
            self._add(place, "granice ma tylko pytanie o liczbę.")
        elif least is not None and most is not None and least > most:
            self._add(place, f"najmniejsza liczba {least} jest większa od największej {most}.")

    def _option(self, data: object, place: str) -> Option:
        raw = self._fields(data, _OPTION, place)
        worth = raw.get("worth")
        if worth is not None and (
            isinstance(worth, bool) or not isinstance(worth, int) or not 0 <= worth <= MOST
        ):
            self._add(place, f"waga to liczba całkowita od 0 do {MOST}.")
            worth = None
        return Option(
            key=self._key(raw, place), text=self._text(raw, "text", place, needed=True), worth=worth
        )

    def _kind(self, raw: Mapping[str, Any], place: str) -> Kind:
        found = raw.get("kind")
        if isinstance(found, str) and found in set(Kind):
            return Kind(found)
        self._add(place, f"nie ma rodzaju odpowiedzi „{found}”. Wybierz: {', '.join(Kind)}.")
        return Kind.TEXT

    def _leaning(self, raw: Mapping[str, Any], place: str) -> Leaning | None:
        found = raw.get("leaning")
        if found is None:
            return None
        if isinstance(found, str) and found in set(Leaning):
            return Leaning(found)
        self._add(place, f"„{found}” to ani zasób (asset), ani atut (plus), ani trudność (deficit).")
        return None

    def _bound(self, raw: Mapping[str, Any], name: str, place: str) -> Decimal | None:
        found = raw.get(name)
        if found is None:
            return None
        if isinstance(found, int | str | Decimal) and not isinstance(found, bool):
            try:
                value = Decimal(found)
            except InvalidOperation:
                value = Decimal("NaN")
            if value.is_finite():
                return value
        self._add(place, "granica to liczba.")
        return None

    def _flag(self, raw: Mapping[str, Any], name: str, place: str) -> bool:
        found = raw.get(name, False)
        if isinstance(found, bool):
            return found
        self._add(place, f"pole „{name}” ma wartość tak albo nie.")
        return False

    def _text(self, raw: Mapping[str, Any], name: str, place: str, *, needed: bool = False) -> str:
        found = raw.get(name, "")
        if not isinstance(found, str):
            self._add(place, f"pole „{name}” to tekst.")
            return ""
        text = found.strip()
        if needed and not text:
            self._add(place, f"wpisz treść pola „{name}”.")
        if len(text) > LONGEST[name]:
            self._add(place, f"pole „{name}” ma {len(text)} znaków. Skróć je do {LONGEST[name]}.")
        return text

    def _words(self, raw: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
        found = raw.get(name, [])
        if isinstance(found, list | tuple) and all(isinstance(word, str) and word.strip() for word in found):
            return tuple(word.strip() for word in found)
        self._add(place, f"pole „{name}” to lista tekstów.")
        return ()

    def _key(self, raw: Mapping[str, Any], place: str) -> str:
        found = raw.get("key")
        if isinstance(found, str) and KEY.fullmatch(found):
            return found
        self._add(place, "klucz to małe litery bez ogonków, cyfry i podkreślenia, do 40 znaków.")
        return ""

    def _fields(self, data: object, known: frozenset[str], place: str) -> Mapping[str, Any]:
        if not isinstance(data, Mapping):
            self._add(place, "to ma być zbiór pól.")
            return {}
        for name in data:
            if name not in known:
                self._add(place, f"nie ma pola „{name}”.")
        return data

    def _list(
        self,
        raw: Mapping[str, Any],
        name: str,
        place: str,
        noun: str,
        read: Callable[[object, str], T],
    ) -> list[T]:
        found = raw.get(name, [])
        if not isinstance(found, list | tuple):
            self._add(place, f"pole „{name}” to lista.")
            return []
        return [read(item, f"{noun} {number}") for number, item in enumerate(found, start=1)]

    def _once(self, keys: Iterable[str], noun: str) -> None:
        seen: set[str] = set()
        for key in keys:
            if key and key in seen:
                self._add(f"{noun} „{key}”", "ten klucz jest już zajęty. Każdy ma być inny.")
            seen.add(key)

    def _add(self, place: str, problem: str) -> None:
        self.problems.append(f"{place}: {problem}")
