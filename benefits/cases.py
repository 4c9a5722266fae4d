"""Cases as text: one JSON object a line, as section 6 of the benefit specification writes them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from benefits.rules.facts import Basis, Excused, Opening, Participation, Readings
from benefits.rules.law import Law
from benefits.rules.month import Counted, count_month
from ipzs.rules.balances import Balance, Balances
from ipzs.rules.codes import BalanceKind, PayRule
from reintegration.core.dates import DateSpan, Month
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO
from reintegration.law.readings import DEFAULTS, READINGS, checked
from reintegration.law.sources import book_of_files


def main(cases: BinaryIO, out: BinaryIO) -> None:
    """`manage.py calculate`: cases in, answers out, by the reviewed files of the law."""
    law = Law(book_of_files())
    for line in answers((raw.decode(errors="replace") for raw in cases), law):
        out.write(line.encode() + b"\n")


def answers(lines: Iterable[str], law: Law) -> Iterator[str]:
    """An answer to each case, in its order; a bad case is answered with what is wrong with it."""
    for line in lines:
        if line.strip():
            yield json.dumps(answer(line, law), ensure_ascii=False)


def answer(line: str, law: Law) -> dict[str, Any]:
    try:
        case = json.loads(line)
    except ValueError:
        return {"id": None, "error": "To nie jest obiekt JSON."}
    if not isinstance(case, dict):
        return {"id": None, "error": "To nie jest obiekt JSON."}
    try:
        return {"id": case.get("id"), **written(count_month(basis_of(case), law))}
    except InputError as error:
        return {"id": case.get("id"), "error": error.message}


def basis_of(case: Mapping[str, Any]) -> Basis:
    """The basis that a case describes."""
    taking = _object(case, "participation")
    return Basis(
        month=_month(case.get("month")),
        readings=readings_of(_object(case, "readings")),
        participation=Participation(
            _date(taking.get("start"), "participation.start"),
            _date_or_none(taking, "end"),
            _date_or_none(taking, "extension_from"),
        ),
        granted_from=_date_or_none(case, "granted_from"),
        unexcused=_dates(case, "unexcused"),
        sick=tuple(_span(one) for one in _list(case, "sick")),
        free=_dates(case, "free"),
        excused=tuple(_excused(one) for one in _list(case, "excused")),
        class_days=frozenset(_dates(case, "class_days")),
        premium=_money(case.get("premium")),
        pit2=_bool(case, "pit2"),
        insured_elsewhere=_bool(case, "insured_elsewhere"),
        opening=None if case.get("opening") is None else _opening(_object(case, "opening")),
    )


def document_of(basis: Basis) -> dict[str, Any]:
    """A basis as it is stored: `basis_of` gives the same one back, also years later."""

    def dates(days: Iterable[date]) -> list[str]:
        return [day.isoformat() for day in sorted(days)]

    taking, opening = basis.participation, basis.opening
    return {
        "month": str(basis.month),
        "readings": {field.name: getattr(basis.readings, field.name).value for field in fields(Readings)},
        "participation": {
            "start": _iso(taking.start),
            "end": _iso(taking.end),
            "extension_from": _iso(taking.extension_from),
        },
        "granted_from": _iso(basis.granted_from),
        "unexcused": dates(basis.unexcused),
        "sick": [[_iso(one.first), _iso(one.last)] for one in sorted(basis.sick, key=lambda one: one.first)],
        "free": dates(basis.free),
        "excused": [
            {"date": _iso(one.day), "pay": one.pay.value}
            for one in sorted(basis.excused, key=lambda one: one.day)
        ],
        "class_days": dates(basis.class_days),
        "premium": str(basis.premium),
        "pit2": basis.pit2,
        "insured_elsewhere": basis.insured_elsewhere,
        "opening": None
        if opening is None
        else {
            "until": _iso(opening.until),
            "sick": opening.sick,
            "sick_extension": opening.sick_extension,
        },
    }


def document_of_balances(balances: Balances) -> dict[str, Any]:
    """Balances as they are stored beside a basis."""
    return {
        one.kind.value: {"limit": one.limit, "used": one.used, "applies": one.applies}
        for one in (balances.free, balances.sick, balances.unexcused)
    }


def balances_of(stored: Mapping[str, Any]) -> Balances:
    def one(kind: BalanceKind) -> Balance:
        return Balance(kind, **stored[kind.value])

    return Balances(one(BalanceKind.FREE), one(BalanceKind.SICK), one(BalanceKind.UNEXCUSED))


def readings_of(given: Mapping[str, Any]) -> Readings:
    """The readings of a case; one that is missing takes its default, an unknown one is refused by name."""
    for key, value in given.items():
        if key not in READINGS:
            raise InputError(f"Nie ma odczytu „{key}”.")
        if not isinstance(value, str):
            raise InputError(f"Odczyt „{key}” nie ma wartości „{value}”.")
        try:
            checked(key, value)
        except InputError:
            raise InputError(f"Odczyt „{key}” nie ma wartości „{value}”.") from None
    return Readings.of({**DEFAULTS, **given})


def written(counted: Counted) -> dict[str, Any]:
    """A counted month as an answer: amounts are text with two decimals."""
    return {
        "benefit": str(counted.benefit),
        "premium": str(counted.premium),
        "pension": str(counted.contributions.pension),
        "disability": str(counted.contributions.disability),
        "tax": str(counted.tax),
        "to_pay": str(counted.to_pay),
        "refund": str(counted.refund),
        "rows": [
            {
                "code": row.code.value,
                "label": row.kind.label,
                "quantity": row.quantity,
                "rate": str(row.rate),
                "amount": str(row.amount),
                "act": row.kind.act,
            }
            for row in counted.rows
        ],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _opening(given: Mapping[str, Any]) -> Opening:
    return Opening(
        _date(given.get("until"), "opening.until"), _count(given, "sick"), _count(given, "sick_extension")
    )


def _count(case: Mapping[str, Any], key: str) -> int:
    found = case.get(key, 0)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise InputError(f"Pole „{key}” ma być liczbą dni.")
    return found


def _object(case: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = case.get(key)
    if not isinstance(found, dict):
        raise InputError(f"Pole „{key}” ma być obiektem.")
    return found


def _list(case: Mapping[str, Any], key: str) -> list[Any]:
    found = case.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise InputError(f"Pole „{key}” ma być listą.")
    return found


def _bool(case: Mapping[str, Any], key: str) -> bool:
    found = case.get(key)
    if found is not None and not isinstance(found, bool):
        raise InputError(f"Pole „{key}” ma być prawdą albo fałszem.")
    return bool(found)


def _month(text: Any) -> Month:
    try:
        return Month.parse(text)
    except (TypeError, ValueError):
        raise InputError(f"„{text}” nie jest miesiącem (RRRR-MM).") from None


def _date(text: Any, what: str) -> date:
    # The module reads weeks and days without dashes too; a case has neither.
    if isinstance(text, str) and len(text) == len("2026-01-01") and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise InputError(f"„{text}” w polu „{what}” nie jest datą (RRRR-MM-DD).")


def _date_or_none(case: Mapping[str, Any], key: str) -> date | None:
    found = case.get(key)
    return None if found is None else _date(found, key)


def _dates(case: Mapping[str, Any], key: str) -> tuple[date, ...]:
    return tuple(_date(one, key) for one in _list(case, key))


def _span(given: Any) -> DateSpan:
    if not isinstance(given, list) or len(given) != 2:
        raise InputError(f"„{given}” w polu „sick” nie jest parą dat.")
    first, last = (_date(one, "sick") for one in given)
    if last < first:
        raise InputError(f"Zwolnienie od {first} kończy się {last}, przed swoim początkiem.")
    return DateSpan(first, last)


def _excused(given: Any) -> Excused:
    if not isinstance(given, dict):
        raise InputError(f"„{given}” w polu „excused” nie jest obiektem.")
    day, pay = _date(given.get("date"), "excused"), given.get("pay")
    if pay not in set(PayRule):
        raise InputError(f"Dzień {day} w polu „excused” nie ma reguły „{pay}”.")
    return Excused(day, PayRule(pay))


def _money(text: Any) -> Decimal:
    if text is None:
        return ZERO
    try:
        found = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        raise InputError(f"„{text}” w polu „premium” nie jest kwotą.")
    return found
