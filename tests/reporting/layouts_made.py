"""Layouts as an operator brings them."""

import json
from itertools import count
from typing import Any

from reintegration.tenancy.scope import current_scope
from reporting.models import ReportLayout
from reporting.services.layouts import propose_layout

_numbers = count(1)


def document(**changes: Any) -> dict[str, Any]:
    """The smallest layout that says something of everything: counted, typed, added up, checked."""
    sex = [
        {"key": "women", "label": "Kobiety", "where": {"sex": "F"}},
        {"key": "men", "label": "Mężczyźni", "where": {"sex": "M"}},
        {"key": "both", "label": "Razem", "formula": "women + men"},
    ]
    people = {
        "key": "people",
        "title": "Uczestnicy",
        "source": "participants",
        "columns": sex,
        "rows": [{"key": "all", "label": "Wszyscy"}],
    }
    costs = {
        "key": "costs",
        "title": "Koszty",
        "source": "costs",
        "where": {"year": "done"},
        "columns": [{"key": "money", "label": "Kwota"}],
        "rows": [
            {"key": "meals", "label": "Posiłki", "where": {"head": "8"}},
            {"key": "taxes", "label": "Podatki", "where": {"head": "4"}},
            {"key": "all", "label": "Razem", "formula": "meals + taxes"},
        ],
    }
    check = {"left": "people.all.both", "relation": ">=", "right": "1", "sentence": "Nie ma nikogo."}
    return {
        "kind": "cis",
        "version": f"proba-{next(_numbers)}",
        "title": "Sprawozdanie na próbę",
        "basis": "próba",
        "since_year": 2026,
        "parts": [{"key": "one", "title": "Część", "tables": [people, costs]}],
        "checks": [check],
        **changes,
    }


def content(**changes: Any) -> bytes:
    return json.dumps(document(**changes), ensure_ascii=False).encode()


def proposed(title: str = "Sprawozdanie na próbę") -> ReportLayout:
    user_id = current_scope().user_id
    assert user_id is not None
    return propose_layout(content=content(title=title), by=user_id)
