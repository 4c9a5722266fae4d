"""Fill the texts in: a paper is a title and sections of paragraphs, which a template draws.

A text names what it needs in braces. Whoever asks for a paper gives a value for each; a paper with a hole
is refused, because a consent that does not say for whom, why and until when is none (art. 7 RODO).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal

HERE = Path(__file__).parent

UnitType = Literal["CIS", "KIS"]
LANGUAGES = ("pl", "uk", "en")
NOTICE = "notice"
CONSENTS = ("card_sharing", "file_transfer", "contact", "image")
# What a notice says only of a unit that has it.
OPTIONAL = frozenset({"inspector_contact"})


class UnknownText(KeyError):
    """There is no such paper, or not in this language."""


class MissingValues(ValueError):
    """A paper was asked for without a value that it names."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(names))
        super().__init__(f"No value for: {', '.join(self.names)}.")


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Paragraphs under one heading."""

    key: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A text ready to be drawn; `signatures` are the labels of those who sign."""

    key: str
    language: str
    title: str
    sections: tuple[PaperSection, ...]
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as written: for one type of unit, or with (`given`) or without (`absent`) a value."""

    text: str
    only: str = ""
    given: str = ""
    absent: str = ""

    def fits(self, unit_type: str, values: Mapping[str, str]) -> bool:
        return (
            (not self.only or self.only == unit_type)
            and (not self.given or bool(values.get(self.given)))
            and (not self.absent or not values.get(self.absent))
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper before it is filled in."""

    key: str
    language: str
    title: str
    sections: tuple[tuple[str, str, tuple[Paragraph, ...]], ...]
    signatures: tuple[str, ...]


def information_notice(*, unit_type: UnitType, language: str, values: Mapping[str, str]) -> Paper:
    """The information of art. 13 (and 14) RODO for participants; `needed_values` names the values."""
    return _filled(draft(NOTICE, language), unit_type, values)


def consent_paper(*, kind: str, unit_type: UnitType, language: str, values: Mapping[str, str]) -> Paper:
    """A consent of one of `CONSENTS`: what, for whom, why, until when, and how to withdraw it."""
    if kind not in CONSENTS:
        raise UnknownText(kind)
    return _filled(draft(kind, language), unit_type, values)


def needed_values(key: str, *, unit_type: UnitType) -> frozenset[str]:
    """Names of the values without which a paper is refused; the languages do not differ in them."""
    paper = draft(key, LANGUAGES[0])
    paragraphs = [paragraph for _, _, held in paper.sections for paragraph in held]
    texts = [paragraph.text for paragraph in paragraphs if paragraph.only in {"", unit_type}]
    found = {name for text in [paper.title, *texts] for name in placeholders(text)}
    return frozenset(found - OPTIONAL)


def placeholders(text: str) -> tuple[str, ...]:
    """What a text names in braces, in order."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@cache
def draft(key: str, language: str) -> Draft:
    """The text of one paper as written; several consents stand in one file of their language."""
    if language not in LANGUAGES or key not in {NOTICE, *CONSENTS}:
        raise UnknownText(f"{key}, {language}")
    if key == NOTICE:
        raw = _file(f"notice.{language}.toml")
        signatures: tuple[str, ...] = ()
    else:
        held = _file(f"consents.{language}.toml")
        raw = held[key]
        # Every consent ends with the same words on withdrawal, and is signed by the same people.
        raw = {**raw, "sections": [*raw["sections"], *held["common"]["sections"]]}
        signatures = tuple(raw["signatures"])
    sections = tuple(
        (section["key"], section["title"], tuple(_paragraph(one) for one in section["paragraphs"]))
        for section in raw["sections"]
    )
    return Draft(key=key, language=language, title=raw["title"], sections=sections, signatures=signatures)


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _paragraph(written: str | dict[str, str]) -> Paragraph:
    return Paragraph(written) if isinstance(written, str) else Paragraph(**written)


def _filled(paper: Draft, unit_type: UnitType, values: Mapping[str, str]) -> Paper:
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    missing = needed_values(paper.key, unit_type=unit_type) - given.keys()
    if missing:
        raise MissingValues(missing)
    sections = []
    for key, title, paragraphs in paper.sections:
        kept = tuple(one.text.format_map(given) for one in paragraphs if one.fits(unit_type, given))
        if kept:
            sections.append(PaperSection(key=key, title=title, paragraphs=kept))
    return Paper(
        key=paper.key,
        language=paper.language,
        title=paper.title.format_map(given),
        sections=tuple(sections),
        signatures=paper.signatures,
    )
