"""The lines of a statement: the calculator's rows and what stands below them, each in words.

No amount is counted here. What a line says and what is paid are the same `Row`, so they cannot differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from benefits.explain.book import Book
from benefits.explain.days import Days, days_of_rows
from benefits.explain.languages import LANGUAGES
from benefits.explain.shown import Line, Named
from benefits.explain.texts import Say, Texts, Total
from benefits.explain.totals import BENEFIT_ACT, Settled, Totals
from benefits.rules.codes import FractionBase, Part, PayoutRounding, RateRounding, RowCode, SickTrial
from benefits.rules.days import due_span
from benefits.rules.facts import Basis
from benefits.rules.law import ALLOWANCE, FACTORS, Law
from benefits.rules.month import Counted
from benefits.rules.rows import Row
from benefits.rules.tax import Pit2, Relief
from ipzs.rules.codes import PayRule, UnexcusedLimit
from reintegration.core.dates import Month
from reintegration.core.money import ZERO, grosz

# What a reading takes for a day, as people write it.
_PARTS: Final = MappingProxyType({"per_20": "1/20", "per_30": "1/30", "per_40": "1/40"})
_PARTS_OF: Final = MappingProxyType({RowCode.TRIAL: Part.TRIAL, RowCode.MAIN: Part.MAIN})
# The rule of its kind decides about such a day; the unit's reading only where the kind has none.
_EXCUSED: Final = MappingProxyType(
    {
        RowCode.EXCUSED_TRIAL: PayRule.PER_30,
        RowCode.EXCUSED_MAIN: PayRule.PER_30,
        RowCode.EXCUSED_FULL: PayRule.FULL,
    }
)
_EVENS_OUT: Final = frozenset({RowCode.FLOOR, RowCode.ROUNDING})


def explained(
    counted: Counted, basis: Basis, law: Law, language: str, *, paid: Settled | None = None
) -> Sequence[Line]:
    """The rows of a month in words, then the benefit, premium, tax and what is paid.

    Amounts of the rows add up to the benefit; benefit, corrections, premium and tax (below zero) to what is
    paid. A list that corrects months before says with `paid` what it takes and pays.
    """
    texts = LANGUAGES[language]
    teller, totals = _Teller(counted, basis, law, texts), Totals(basis.month, law, texts, basis.readings)
    if paid is None:
        paid = Settled(counted.tax, counted.to_pay, Relief(Pit2(basis.pit2)), counted.premium)
    return (
        *map(teller.row, counted.rows),
        totals.line(Total.BENEFIT, counted.benefit, teller.about_benefit(), act=BENEFIT_ACT),
        *totals.settled(paid, counted.benefit),
    )


def corrections_explained(paid: Settled, month: Month, law: Law, language: str) -> Sequence[Line]:
    """The same for who has left, and stands on the list of a month with corrections only."""
    return tuple(Totals(month, law, LANGUAGES[language]).settled(paid, ZERO))


@dataclass(frozen=True, slots=True)
class Belongs:
    """The month of contributions: that of the benefit, or of its payment, which may not have come yet."""

    by_payment: bool
    month: Month | None


def not_taken(
    counted: Counted | None, language: str, belongs: Belongs, *, corrected: bool = False
) -> Sequence[str]:
    """What the person might fear to have lost, and has not; `corrected`: months before are put right too."""
    texts, paid = LANGUAGES[language], counted.contributions if counted is not None else None
    said = []
    if paid is not None and paid.total:
        words = {
            "pension": texts.grammar.amount(paid.pension),
            "disability": texts.grammar.amount(paid.disability),
        }
        said = [texts.say(Say.CONTRIBUTIONS, **words), _belongs(texts, belongs)]
    if corrected and not belongs.by_payment:
        said.append(texts.say(Say.BELONGS_CORRECTED))
    elif corrected and not said:
        said.append(_belongs(texts, belongs))
    return (" ".join(said), texts.say(Say.PROTECTED)) if said else ()


def _belongs(texts: Texts, belongs: Belongs) -> str:
    if belongs.month is None:
        return texts.say(Say.BELONGS_LATER)
    month = texts.grammar.month(belongs.month)
    return texts.say(Say.BELONGS_PAID if belongs.by_payment else Say.BELONGS_DUE, month=month)


class _Teller:
    """Tells one month in one language."""

    def __init__(self, counted: Counted, basis: Basis, law: Law, texts: Texts) -> None:
        self.counted, self.basis, self.law, self.texts = counted, basis, law, texts
        self.readings, self.day = basis.readings, basis.month.first
        self.book = Book(law, self.day, texts)
        self.days: Mapping[RowCode, Days] = days_of_rows(counted.rows, basis, law)

    def row(self, row: Row) -> Line:
        kind = row.kind
        return Line(
            key=row.code,
            label=self.texts.rows[row.code],
            count=self._count(row),
            amount=row.amount,
            shown=self.texts.grammar.amount(row.amount),
            sentence=" ".join(_SENTENCES[row.code](self, row)),
            article=self.texts.articles.get(kind.act, kind.act),
            parameters=self.book.named(kind.law, self.days[row.code]),
            readings=self._readings(kind.readings, row.code),
        )

    def _count(self, row: Row) -> str:
        if row.code in _EVENS_OUT:
            return ""
        days = self.texts.grammar.days(row.quantity)
        # A month is lost as a whole: what would come to each of the days says nothing.
        if not row.rate or row.code is RowCode.FORFEITED:
            return days
        return self.texts.say(Say.COUNT_AT_RATE, days=days, rate=self.texts.grammar.rate(row.rate))

    def _readings(self, keys: Iterable[str], code: RowCode) -> tuple[Named, ...]:
        texts = self.texts
        return tuple(Named(texts.readings[key], texts.answers[key, self._answer(key, code)]) for key in keys)

    def _answer(self, key: str, code: RowCode) -> str:
        if key == "excused_other":
            return _EXCUSED[code].value
        return str(getattr(self.readings, key).value)

    def _dates(self, code: RowCode) -> str:
        return self.texts.grammar.dates(self.days[code])

    def due(self, row: Row) -> Iterator[str]:
        """Days that are due: which they are, and what a full month pays."""
        texts, both = self.texts, RowCode.TRIAL in self.days and RowCode.MAIN in self.days
        share = self.book.value("day_fraction")
        words = {"whole": texts.grammar.days(self.law.share("day_fraction", self.day).denominator)}
        whole = self._is_whole()
        if whole and not both:
            yield texts.say(Say.DUE_WHOLE, **words)
        else:
            yield texts.say(Say.DUE_DAYS, dates=self._dates(row.code))
        if whole and both and row.code is RowCode.MAIN:
            yield texts.say(Say.DUE_TOGETHER, **words)
        yield self._full(_PARTS_OF[row.code])
        if both or not whole:
            yield texts.say(Say.PER_DAY, part=share)

    def _is_whole(self) -> bool:
        due = due_span(self.basis)
        return due is not None and due.days == self.basis.month.days and RowCode.SICK_NOT_DUE not in self.days

    def _full(self, part: Part) -> str:
        rounding = self.readings.rate_rounding
        return self.texts.say(
            Say.FULL_UP10 if rounding is RateRounding.UP10 else Say.FULL,
            full=self.texts.grammar.amount(grosz(self.law.full(part, self.day, rounding))),
            factor=self.book.value(FACTORS[part]),
            allowance=self.book.value(ALLOWANCE),
        )

    def _takes(self, part: str) -> str:
        full = self.readings.fraction_base is FractionBase.FULL
        return self.texts.say(Say.TAKES_FULL if full else Say.TAKES_PRORATED, part=part)

    def unexcused(self, row: Row) -> Iterator[str]:
        yield self.texts.say(Say.UNEXCUSED, dates=self._dates(row.code))
        yield self._takes(self.book.value("unexcused_fraction"))

    def sick_trial(self, row: Row) -> Iterator[str]:
        yield self.texts.say(Say.SICK_TRIAL, dates=self._dates(row.code))
        taken = self.readings.sick_trial
        nothing = taken is SickTrial.FULL
        yield self.texts.say(Say.TAKES_NOTHING) if nothing else self._takes(_PARTS[taken.value])

    def sick(self, row: Row) -> Iterator[str]:
        limit = self.book.value("sick_days_limit", self.days[row.code])
        yield self.texts.say(Say.SICK, dates=self._dates(row.code), limit=limit)
        yield self._takes(self.book.value("sick_fraction"))

    def _over(self, row: Row) -> str:
        limit = self.book.value("sick_days_limit", self.days[row.code])
        return self.texts.say(Say.SICK_OVER, dates=self._dates(row.code), limit=limit)

    def sick_over(self, row: Row) -> Iterator[str]:
        yield self._over(row)
        yield self._takes(_PARTS[self.readings.sick_over.value])

    def sick_not_due(self, row: Row) -> Iterator[str]:
        yield self._over(row)
        yield self.texts.say(Say.NOT_DUE)

    def excused(self, row: Row) -> Iterator[str]:
        yield self.texts.say(Say.EXCUSED, dates=self._dates(row.code))
        rule = _EXCUSED[row.code]
        nothing = rule is PayRule.FULL
        yield self.texts.say(Say.TAKES_NOTHING) if nothing else self._takes(_PARTS[rule.value])

    def free(self, row: Row) -> Iterator[str]:
        yield self.texts.say(Say.FREE, dates=self._dates(row.code))

    def forfeited(self, row: Row) -> Iterator[str]:
        total = self.readings.unexcused_over_limit is UnexcusedLimit.TOTAL
        yield self.texts.say(
            Say.FORFEITED if total else Say.FORFEITED_RUN,
            dates=self._dates(row.code),
            count=self.texts.grammar.days(row.quantity),
            most=str(self.law.count("unexcused_days_limit", self.day)),
        )

    def floor(self, row: Row) -> Iterator[str]:
        yield self.texts.say(Say.FLOOR)

    def rounding(self, row: Row) -> Iterator[str]:
        up10 = self.readings.payout_rounding is PayoutRounding.UP10
        yield self.texts.say(Say.ROUNDING_UP10 if up10 else Say.ROUNDING)

    def about_benefit(self) -> str:
        """What the benefit is, or why there is none when nothing stands above it."""
        texts, basis = self.texts, self.basis
        if self.counted.rows:
            return texts.say(Say.BENEFIT)
        if basis.participation.days_in(basis.month) is None:
            return texts.say(Say.NO_DAYS)
        if basis.granted_from is None:
            return texts.say(Say.NOT_GRANTED)
        return texts.say(Say.GRANTED_LATER, day=texts.grammar.day(basis.granted_from))


_SENTENCES: Final[Mapping[RowCode, Callable[[_Teller, Row], Iterator[str]]]] = MappingProxyType(
    {
        RowCode.TRIAL: _Teller.due,
        RowCode.MAIN: _Teller.due,
        RowCode.FREE: _Teller.free,
        RowCode.UNEXCUSED_TRIAL: _Teller.unexcused,
        RowCode.UNEXCUSED_MAIN: _Teller.unexcused,
        RowCode.SICK_TRIAL: _Teller.sick_trial,
        RowCode.SICK: _Teller.sick,
        RowCode.SICK_OVER: _Teller.sick_over,
        RowCode.SICK_NOT_DUE: _Teller.sick_not_due,
        RowCode.EXCUSED_FULL: _Teller.excused,
        RowCode.EXCUSED_TRIAL: _Teller.excused,
        RowCode.EXCUSED_MAIN: _Teller.excused,
        RowCode.FORFEITED: _Teller.forfeited,
        RowCode.FLOOR: _Teller.floor,
        RowCode.ROUNDING: _Teller.rounding,
    }
)
