"""Numbers of the law in the words of a language."""

from collections.abc import Iterable
from datetime import date

from benefits.explain.shown import Named
from benefits.explain.texts import Texts
from benefits.rules.law import Law

# Counted across months: each day has the value of its own (benefit specification, section 1).
_OF_THE_DAY = frozenset({"sick_days_limit"})


class Book:
    """The law as it stands for a month."""

    def __init__(self, law: Law, day: date, texts: Texts) -> None:
        self.law, self.day, self.texts = law, day, texts

    def named(self, keys: Iterable[str], days: Iterable[date] = ()) -> tuple[Named, ...]:
        return tuple(Named(self._label(key), self.value(key, days)) for key in keys)

    def value(self, key: str, days: Iterable[date] = ()) -> str:
        """The value of the month, or of the days where each day has its own."""
        parameter, grammar = self.law.book.parameter(key), self.texts.grammar
        asked = days if key in _OF_THE_DAY else ()
        found = dict.fromkeys(parameter.on(day).text for day in asked) or (parameter.on(self.day).text,)
        return " / ".join(grammar.value(text, parameter.unit) for text in found)

    def _label(self, key: str) -> str:
        own = self.texts.parameters
        return self.law.book.parameter(key).label if own is None else own[key]
