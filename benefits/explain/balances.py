"""What is left of free days, of the limit of sickness and of the days that still cost no month."""

from collections.abc import Sequence

from benefits.explain.languages import LANGUAGES
from benefits.explain.shown import Named
from benefits.explain.texts import BalanceTexts, Texts
from ipzs.rules.balances import Balance, Balances
from ipzs.rules.codes import BalanceKind, UnexcusedLimit


def told_balances(balances: Balances, limit: UnexcusedLimit, language: str) -> Sequence[Named]:
    """The three balances in words; `limit` is how the unit counts unexcused days."""
    texts = LANGUAGES[language]
    return tuple(
        Named(words.label, _said(one, words, texts))
        for one in (balances.free, balances.sick, balances.unexcused)
        for words in (_words(one.kind, limit, texts),)
    )


def _words(kind: BalanceKind, limit: UnexcusedLimit, texts: Texts) -> BalanceTexts:
    if kind is BalanceKind.UNEXCUSED and limit is UnexcusedLimit.CONSECUTIVE:
        return texts.in_a_row
    return texts.balances[kind]


def _said(one: Balance, words: BalanceTexts, texts: Texts) -> str:
    if not one.applies:
        return words.in_trial
    left = texts.grammar.plural(one.left, *words.left) if one.left else words.none
    return (words.over if one.over else left).format(left=one.left, used=one.used, limit=one.limit)
