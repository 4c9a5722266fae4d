"""MT940 as Polish banks write it: tags at the start of a line, and details in numbered parts.

The details (`:86:`) begin with a code of the bank and go on in parts of two digits, which each bank divides
by a sign of its own; the title is in parts 20–26, the other side in 27–29 or 32–33 and 31 or 38.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from benefits.bank.answer import (
    Answer,
    Booking,
    BrokenLine,
    account_in,
    amount_in,
    day_in,
    other_account,
    refuse_nothing,
    refuse_other_currency,
)

_TAG = re.compile(r":(\d{2}[A-Z]?|NS):(.*)")
# What SWIFT and Polish banks write; whatever else looks like a tag is a line that was broken.
_KNOWN = frozenset(
    ("13", "13D", "20", "21", "25", "25P", "28", "28C", "34F", "60F", "60M", "61", "62F", "62M", "64", "65")
    + ("86", "90C", "90D", "NS")
)
_LIKE_A_TAG = re.compile(r"\s*:\s*\w{1,3}\s*:")
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})([\d,]+)")
_MOVEMENT = re.compile(r"(\d{2})(\d{2})(\d{2})(?:\d{4})?(R?[CD])[A-Z]?([\d,]+)[A-Z][A-Z0-9]{3}([^\n]*)")
_PARTED = re.compile(r"(?:\d{3})?\s*([?~<^])(\d{2})")
# What ends one statement of a file, and what wraps it.
_END, _WRAP = "-", ("{", "}", "-}")
_TITLE = frozenset(range(20, 27))
_NAME = frozenset((27, 28, 29, 32, 33))


@dataclass(slots=True)
class _Tag:
    line: int
    key: str
    text: str


@dataclass(slots=True)
class _Parts:
    """What the details of a movement say."""

    title: str = ""
    name: str = ""
    account: str = ""


def read_mt940(text: str) -> list[Answer]:
    """Every statement of a file, or the line that cannot be read."""
    return refuse_nothing(_answers(_tags(text)))


def _tags(text: str) -> Iterator[_Tag]:
    """Tags with the lines that continue them."""
    held: _Tag | None = None
    for number, line in enumerate(text.splitlines(), 1):
        found = _TAG.match(line)
        if (found is None and _LIKE_A_TAG.match(line)) or (found is not None and found[1] not in _KNOWN):
            raise BrokenLine(number, f"„{line.strip()[:10]}” nie jest znanym polem MT940.")
        if found is None and held is not None and line.strip() and not line.startswith((_END, *_WRAP)):
            held.text += f"\n{line}"
            continue
        if held is not None:
            yield held
            held = None
        if found is not None:
            held = _Tag(number, found[1], found[2])
        elif line.strip() and not line.lstrip("\ufeff").startswith((_END, *_WRAP)):
            raise BrokenLine(number, "to nie jest wyciąg MT940. Pobierz z banku wyciąg MT940 albo camt.053.")
    if held is not None:
        yield held


def _answers(tags: Iterator[_Tag]) -> Iterator[Answer]:
    group: list[_Tag] = []
    for tag in tags:
        if tag.key == "20" and group:
            yield _answer(group)
            group = []
        group.append(tag)
    if group:
        yield _answer(group)


def _answer(tags: list[_Tag]) -> Answer:
    first = {tag.key: tag for tag in reversed(tags)}
    begins = tags[0].line
    for names, said in ((("25",), "numeru konta (:25:)"), (("60F", "60M"), "salda początkowego (:60F:)")):
        if not first.keys() & set(names):
            raise BrokenLine(begins, f"w wyciągu brakuje {said}.")
    opening = first.get("60F") or first["60M"]
    closing = first.get("62F") or first.get("62M")
    if closing is None:
        raise BrokenLine(tags[-1].line, "wyciąg urywa się przed saldem końcowym (:62F:).")
    return Answer(
        line=closing.line,
        account=account_in(first["25"].text.split("\n")[0], first["25"].line),
        number=first["28C"].text.strip() if "28C" in first else "",
        opening=_balance(opening),
        closing=_balance(closing),
        bookings=tuple(_bookings(tags)),
    )


def _balance(tag: _Tag) -> Decimal:
    found = _BALANCE.fullmatch(tag.text.strip())
    if found is None:
        raise BrokenLine(tag.line, f"„{tag.text.strip()}” nie jest saldem.")
    refuse_other_currency(found[3], tag.line)
    amount = amount_in(found[4], tag.line)
    return amount if found[1] == "C" else -amount


def _bookings(tags: list[_Tag]) -> Iterator[Booking]:
    for tag, following in zip(tags, [*tags[1:], None], strict=True):
        if tag.key == "61":
            details = following.text if following is not None and following.key == "86" else ""
            yield _booking(tag, _parts(details))


def _booking(tag: _Tag, parts: _Parts) -> Booking:
    found = _MOVEMENT.match(tag.text)
    if found is None:
        raise BrokenLine(tag.line, f"„{tag.text.splitlines()[0]}” nie jest operacją.")
    year, month, day, side, said, references = found.groups()
    amount = amount_in(said, tag.line)
    own, _, bank = references.partition("//")
    return Booking(
        line=tag.line,
        day=day_in(2000 + int(year), int(month), int(day), tag.line),
        # A debit taken back is money that came, and a credit taken back money that went.
        amount=amount if side in {"C", "RD"} else -amount,
        account=parts.account,
        name=parts.name,
        title=parts.title,
        end_to_end="" if own.strip() in {"", "NONREF"} else own.strip(),
        bank_reference=bank.split("\n")[0].strip(),
        reversal=side.startswith("R"),
    )


def _parts(text: str) -> _Parts:
    """Details by their numbered parts; a bank that writes none of them writes a title."""
    whole = text.replace("\n", "")
    begins = _PARTED.match(whole)
    if begins is None:
        return _Parts(title=" ".join(text.split()))
    found = {
        int(part[:2]): part[2:].strip()
        for part in whole[begins.start(1) :].split(begins[1])
        if part[:2].isdecimal()
    }

    def joined(keys: frozenset[int]) -> str:
        return " ".join(found[one] for one in sorted(found) if one in keys and found[one])

    return _Parts(joined(_TITLE), joined(_NAME), other_account(found.get(38) or found.get(31, "")))
