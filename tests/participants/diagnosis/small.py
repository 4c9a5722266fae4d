"""A small template for tests, and how to change it."""

from copy import deepcopy
from typing import Any

SMALL: dict[str, Any] = {
    "key": "small",
    "version": 1,
    "title": "Mała ankieta",
    "dimensions": [{"key": "home", "title": "Dom"}, {"key": "work", "title": "Praca"}],
    "sections": [
        {
            "key": "first",
            "title": "Dom",
            "dimensions": ["home"],
            "questions": [
                {"key": "roof", "text": "Mam dach.", "kind": "scale", "leaning": "asset", "label": "dach"},
                {"key": "debts", "text": "Czy masz długi?", "kind": "yes_no", "leaning": "deficit"},
                {
                    "key": "health", "text": "Mam siły.", "kind": "scale", "leaning": "asset",
                    "sensitive": True,
                },
            ],
        },
        {
            "key": "second",
            "title": "Praca",
            "dimensions": ["work"],
            "questions": [
                {
                    "key": "search", "text": "Jak szukasz?", "kind": "one", "leaning": "asset",
                    "options": [
                        {"key": "often", "text": "często", "worth": 4},
                        {"key": "never", "text": "wcale", "worth": 0},
                        {"key": "retired", "text": "nie dotyczy"},
                    ],
                },
                {
                    "key": "obstacles", "text": "Co przeszkadza?", "kind": "many",
                    "options": [{"key": "road", "text": "dojazd"}, {"key": "care", "text": "opieka"}],
                },
                {"key": "licence", "text": "Prawo jazdy?", "kind": "yes_no", "leaning": "plus"},
                {"key": "years", "text": "Ile lat?", "kind": "number", "least": 0, "most": 60},
                {"key": "ended", "text": "Kiedy koniec?", "kind": "date"},
                {"key": "wish", "text": "Czego chcesz?", "kind": "text", "required": True},
            ],
        },
    ],
}  # fmt: skip


def small() -> dict[str, Any]:
    """A fresh copy, to be changed by one test."""
    return deepcopy(SMALL)
