"""The lines below the rows: the benefit, corrections of months before, premium, tax and what is paid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from benefits.explain.book import Book
from benefits.explain.shown import Line, Named
from benefits.explain.texts import Say, Texts, Total
from benefits.rules.corrections import Applied, Change, Differs, Due
from benefits.rules.facts import Readings
from benefits.rules.law import Law
from benefits.rules.tax import Relief, Together
from reintegration.core.dates import Month
from reintegration.core.money import ZERO

_TAX_RATE: Final = "tax_advance_rate"
_TAX_REDUCTION: Final = "tax_monthly_reduction"
BENEFIT_ACT: Final = "art. 15 ust. 4–7a"
PREMIUM_ACT: Final = "art. 15a"
# A parameter and a reading of the same name.
PREMIUM_CAP: Final = "premium_cap"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a list pays besides the benefit of its month: the tax is taken once, on all of it together."""

    tax: Decimal
    to_pay: Decimal
    relief: Relief
    premium: Decimal = ZERO
    corrections: Sequence[Applied] = ()
    # Of a person who has another statement on the same list.
    together: Together | None = None


class Totals:
    """Tells what stands below the rows, in one language."""

    def __init__(self, month: Month, law: Law, texts: Texts, readings: Readings | None = None) -> None:
        self.month, self.law, self.texts, self.readings = month, law, texts, readings
        self.book = Book(law, month.first, texts)

    def line(
        self,
        key: Total,
        amount: Decimal,
        sentence: str,
        *,
        act: str = "",
        label: str = "",
        parameters: Iterable[str] = (),
    ) -> Line:
        texts = self.texts
        return Line(
            key=key,
            label=label or texts.totals[key],
            count="",
            amount=amount,
            shown=texts.grammar.amount(amount),
            sentence=sentence,
            article=texts.articles.get(act, act),
            parameters=self.book.named(parameters),
        )

    def settled(self, paid: Settled, benefit: Decimal) -> Iterator[Line]:
        """Everything below the benefit, in the order in which it makes up what is paid."""
        texts = self.texts
        for one in paid.corrections:
            yield self._correction(one)
        if paid.premium:
            yield self._premium(paid.premium)
        sentence = " ".join(self._about_tax(paid, benefit))
        act = self.law.book.parameter(_TAX_RATE).article
        keys = (_TAX_RATE, _TAX_REDUCTION) if paid.relief.pit2.holds else (_TAX_RATE,)
        yield self.line(Total.TAX, -paid.tax, sentence, act=act, parameters=keys)
        yield self.line(Total.TO_PAY, paid.to_pay, texts.say(_to_pay(paid)))

    def _premium(self, amount: Decimal) -> Line:
        texts = self.texts
        line = self.line(
            Total.PREMIUM, amount, texts.say(Say.PREMIUM), act=PREMIUM_ACT, parameters=(PREMIUM_CAP,)
        )
        if self.readings is None:
            return line
        answer = texts.answers[PREMIUM_CAP, self.readings.premium_cap.value]
        return replace(line, readings=(Named(texts.readings[PREMIUM_CAP], answer),))

    def _about_tax(self, paid: Settled, benefit: Decimal) -> Iterator[str]:
        texts, together = self.texts, paid.together
        if benefit or paid.premium or paid.corrections:
            rate = self.book.value(_TAX_RATE)
            if together is None:
                yield texts.say(_taxed(paid), rate=rate)
            else:
                income = texts.grammar.amount(together.income)
                yield texts.say(Say.TAX_TOGETHER, rate=rate, income=income)
            yield self._reduced(paid.relief)
        if together is not None and together.tax != paid.tax:
            yield texts.say(Say.TAX_ELSEWHERE, tax=texts.grammar.amount(together.tax))
        elif not paid.tax:
            yield texts.say(Say.TAX_NONE)

    def _reduced(self, relief: Relief) -> str:
        """By how much the tax of this payment is smaller, or why it is not."""
        texts, reduction = self.texts, self.book.value(_TAX_REDUCTION)
        if relief.pit2.over:
            return texts.say(Say.TAX_PIT2_OVER, reduction=reduction)
        if not relief.pit2.holds:
            return texts.say(Say.TAX_NO_PIT2)
        if not relief.used:
            return texts.say(Say.TAX_PIT2, reduction=reduction)
        left = self.law.amount(_TAX_REDUCTION, self.month.first) - relief.used
        if left <= ZERO:
            return texts.say(Say.TAX_PIT2_USED, reduction=reduction)
        return texts.say(Say.TAX_PIT2_PART, left=texts.grammar.amount(left), reduction=reduction)

    def _correction(self, one: Applied) -> Line:
        """What of a month before is put right, why, and whether some of it is left."""
        texts = self.texts
        month = texts.grammar.month(one.due.month)
        label = texts.say(Say.CORRECTION, month=month)
        return self.line(
            Total.CORRECTION, one.benefit, " ".join(self._about(one)), act=BENEFIT_ACT, label=label
        )

    def _about(self, one: Applied) -> Iterator[str]:
        texts, due = self.texts, one.due
        yield from why(due, texts)
        if one.benefit != due.difference:
            left = Say.CARRIED if one.benefit else Say.NOT_TAKEN
            yield texts.say(left, difference=texts.grammar.amount(due.difference))


def why(due: Due, texts: Texts) -> Iterator[str]:
    """What makes a month that was paid another one today."""
    changes = [differs for differs in due.differs if differs.change is not Change.NOT_PAID]
    if len(changes) < len(due.differs):
        yield texts.say(Say.NOT_PAID)
    if changes:
        yield texts.say(Say.CHANGED, changes="; ".join(_change(one, texts) for one in changes))


def _change(differs: Differs, texts: Texts) -> str:
    """`dni choroby (doszły: 8 i 9 września)`."""
    pairs = ((Say.ADDED, differs.added), (Say.REMOVED, differs.removed))
    days = "; ".join(texts.say(say, dates=texts.grammar.dates(some)) for say, some in pairs if some)
    label = texts.changes[differs.change]
    return f"{label} ({days})" if days else label


def _taxed(paid: Settled) -> Say:
    if paid.corrections:
        return Say.TAX_ON_ALL
    return Say.TAX_WITH_PREMIUM if paid.premium else Say.TAX


def _to_pay(paid: Settled) -> Say:
    if paid.corrections:
        return Say.TO_PAY_ALL
    return Say.TO_PAY_WITH_PREMIUM if paid.premium else Say.TO_PAY
