"""Which words an explanation needs; each language has all of them, or the program does not start."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from benefits.explain.grammar import Forms, Grammar
from benefits.rules.codes import RowCode
from benefits.rules.corrections import Change
from ipzs.rules.codes import BalanceKind


class Say(StrEnum):
    """Sentences. A template names what it needs in braces, the same in every language."""

    COUNT_AT_RATE = "count_at_rate"
    # Days that are due.
    DUE_WHOLE = "due_whole"
    DUE_DAYS = "due_days"
    DUE_TOGETHER = "due_together"
    FULL = "full"
    FULL_UP10 = "full_up10"
    PER_DAY = "per_day"
    # Absences, and what they take.
    UNEXCUSED = "unexcused"
    SICK = "sick"
    SICK_TRIAL = "sick_trial"
    SICK_OVER = "sick_over"
    NOT_DUE = "not_due"
    EXCUSED = "excused"
    FREE = "free"
    TAKES_FULL = "takes_full"
    TAKES_PRORATED = "takes_prorated"
    TAKES_NOTHING = "takes_nothing"
    FORFEITED = "forfeited"
    FORFEITED_RUN = "forfeited_run"
    # What evens out.
    FLOOR = "floor"
    ROUNDING = "rounding"
    ROUNDING_UP10 = "rounding_up10"
    # Below the rows.
    BENEFIT = "benefit"
    NOT_GRANTED = "not_granted"
    GRANTED_LATER = "granted_later"
    NO_DAYS = "no_days"
    PREMIUM = "premium"
    TAX = "tax"
    TAX_WITH_PREMIUM = "tax_with_premium"
    TAX_ON_ALL = "tax_on_all"
    TAX_TOGETHER = "tax_together"
    TAX_ELSEWHERE = "tax_elsewhere"
    TAX_PIT2 = "tax_pit2"
    TAX_PIT2_PART = "tax_pit2_part"
    TAX_PIT2_USED = "tax_pit2_used"
    TAX_PIT2_OVER = "tax_pit2_over"
    TAX_NO_PIT2 = "tax_no_pit2"
    TAX_NONE = "tax_none"
    TO_PAY = "to_pay"
    TO_PAY_WITH_PREMIUM = "to_pay_with_premium"
    TO_PAY_ALL = "to_pay_all"
    # Months before, put right by this list.
    CORRECTION = "correction"
    NOT_PAID = "not_paid"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    CARRIED = "carried"
    NOT_TAKEN = "not_taken"
    # What is not taken from the person.
    CONTRIBUTIONS = "contributions"
    BELONGS_DUE = "belongs_due"
    BELONGS_PAID = "belongs_paid"
    BELONGS_LATER = "belongs_later"
    BELONGS_CORRECTED = "belongs_corrected"
    PROTECTED = "protected"
    # What the next absence would do.
    NEXT_UNEXCUSED = "next_unexcused"
    NEXT_SICK = "next_sick"
    NEXT_FREE = "next_free"
    LESS = "less"
    MORE = "more"
    SAME = "same"
    FORFEITS = "forfeits"


class Total(StrEnum):
    """Lines below the rows."""

    BENEFIT = "benefit"
    CORRECTION = "correction"
    PREMIUM = "premium"
    TAX = "tax"
    TO_PAY = "to_pay"


@dataclass(frozen=True, slots=True)
class BalanceTexts:
    """How one kind of days stands; `left` in the form that the number of days left needs."""

    label: str
    left: Forms
    none: str
    over: str
    # The act gives no such days in the trial.
    in_trial: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Headings of a statement."""

    title: str
    what: str
    count: str
    amount: str
    article: str
    parameters: str
    readings: str
    next: str
    balances: str
    not_taken: str
    mistake: str


@dataclass(frozen=True, slots=True)
class Texts:
    """All words of one language."""

    grammar: Grammar
    frame: Frame
    rows: Mapping[RowCode, str]
    totals: Mapping[Total, str]
    sentences: Mapping[Say, str]
    # What differs in a month that was paid.
    changes: Mapping[Change, str]
    balances: Mapping[BalanceKind, BalanceTexts]
    # Unexcused days where the unit counts those that follow one another.
    in_a_row: BalanceTexts
    # By the key of a parameter; Polish has its home in the book of the law.
    parameters: Mapping[str, str] | None
    # By the key of a reading, and by key and value.
    readings: Mapping[str, str]
    answers: Mapping[tuple[str, str], str]
    # The Polish citation of an article, as this language cites it.
    articles: Mapping[str, str]

    def say(self, key: Say, **words: str) -> str:
        return self.sentences[key].format_map(words)
