"""The close of a month, step by step: what is done, whose turn it is, what blocks (journey C.3).

Each step is judged from what stands in the month, and of those whose turn it is the first one is the next
thing to do. Nothing here is stored: a step that is undone elsewhere is undone here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """The steps, in their order."""

    ENTRIES = "entries"
    DAYS = "days"
    PREMIUMS = "premiums"
    LIST = "list"
    SIGNATURES = "signatures"
    TRANSFERS = "transfers"
    OFFICES = "offices"
    CLAIM = "claim"
    ANSWER = "answer"
    REFUND = "refund"
    STATEMENTS = "statements"


class State(StrEnum):
    DONE = "done"
    YOURS = "yours"
    WAITS = "waits"
    BLOCKED = "blocked"
    LATER = "later"


class Turn(StrEnum):
    """What somebody has to do for a step to be done."""

    MARK = "mark"
    CLOSE = "close"
    DECIDE = "decide"
    COUNT = "count"
    LOCK = "lock"
    CHECK = "check"
    APPROVE = "approve"
    MAKE_FILE = "make_file"
    PAY = "pay"
    PAY_ZUS = "pay_zus"
    PAY_TAX = "pay_tax"
    MAKE_CLAIM = "make_claim"
    SEND_CLAIM = "send_claim"
    REDIRECT = "redirect"
    SEND_AGAIN = "send_again"
    MATCH = "match"
    POSTED = "posted"
    SETTLE = "settle"
    TAKE_REFUND = "take_refund"
    EXPLAIN = "explain"
    CLOSE_LIST = "close_list"
    PRINT = "print"


class Stage(StrEnum):
    """How far the list of the month is."""

    NONE = "none"
    OPEN = "open"
    LOCKED = "locked"
    CHECKED = "checked"
    HALF = "half"
    APPROVED = "approved"
    PAID = "paid"
    SETTLED = "settled"
    CLOSED = "closed"


AFTER = (Stage.PAID, Stage.SETTLED, Stage.CLOSED)
SIGNED = (Stage.APPROVED, *AFTER)


class Claim(StrEnum):
    """How far the application to the Labour Fund is (art. 15 ust. 8)."""

    NONE = "none"
    DRAFT = "draft"
    SENT = "sent"
    # The labour office answered or paid something.
    ANSWERED = "answered"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the month looks like; the numbers are of what blocks."""

    over: bool
    closed: bool
    # Whether anybody took part at all.
    people: bool = True
    entries: int = 0
    days: int = 0
    proposals: int = 0
    stage: Stage = Stage.NONE
    # Of the list as it would be locked now, and of the money on its way.
    on_list: int = 0
    on_transfers: int = 0
    has_transfers: bool = False
    has_file: bool = False
    # Of what is owed to ZUS for the month and to the tax office for the month of the payment.
    on_offices: int = 0
    zus_open: bool = False
    tax_open: bool = False
    on_claim: int = 0
    claim: Claim = Claim.NONE
    # Payments of which the bank has said nothing yet, orders that nobody said the post delivered, what came
    # back and nobody decided about, and what is to be paid once more.
    unanswered: int = 0
    posted: int = 0
    returned: int = 0
    planned: int = 0
    statements_missing: int = 0
    # The papers that are missing are being made.
    printing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `turn` is what is to be done next in it."""

    key: Key
    state: State
    turn: Turn | None = None


May = Callable[[Turn], bool]


def steps(facts: Facts, may: May) -> Sequence[Step]:
    """Every step of a month as it stands for whoever asks."""
    return tuple(_steps(facts, may))


def next_step(found: Sequence[Step]) -> Step | None:
    """What this person can do next: the first step whose turn is theirs, else the first one that blocks."""
    yours = (one for one in found if one.state is State.YOURS)
    blocked = (one for one in found if one.state is State.BLOCKED)
    return next(yours, None) or next(blocked, None)


def _steps(facts: Facts, may: May) -> Iterator[Step]:
    yield _entries(facts)
    yield _days(facts, may)
    yield _premiums(facts, may)
    yield _list(facts, may)
    yield _signatures(facts, may)
    yield _transfers(facts, may)
    yield _offices(facts, may)
    yield _claim(facts, may)
    yield _answer(facts, may)
    yield _refund(facts, may)
    yield _statements(facts, may)


def _turn(key: Key, turn: Turn, may: May) -> Step:
    return Step(key, State.YOURS if may(turn) else State.WAITS, turn)


def _entries(facts: Facts) -> Step:
    if facts.closed:
        return Step(Key.ENTRIES, State.DONE)
    if facts.entries:
        return Step(Key.ENTRIES, State.BLOCKED, Turn.MARK)
    return Step(Key.ENTRIES, State.DONE if facts.over and facts.people else State.LATER)


def _days(facts: Facts, may: May) -> Step:
    """The attendance is closed here, when neither an entry nor a balance keeps it open."""
    if facts.closed:
        return Step(Key.DAYS, State.DONE)
    if facts.days:
        return Step(Key.DAYS, State.BLOCKED, Turn.MARK)
    if facts.entries or not facts.over or not facts.people:
        return Step(Key.DAYS, State.LATER)
    return _turn(Key.DAYS, Turn.CLOSE, may)


def _premiums(facts: Facts, may: May) -> Step:
    """A proposal that nobody decided is paid by no list; once the list is handed over it is too late."""
    if facts.stage not in {Stage.NONE, Stage.OPEN}:
        return Step(Key.PREMIUMS, State.DONE)
    if facts.proposals:
        return _turn(Key.PREMIUMS, Turn.DECIDE, may)
    return Step(Key.PREMIUMS, State.DONE if facts.closed else State.LATER)


def _list(facts: Facts, may: May) -> Step:
    if facts.stage not in {Stage.NONE, Stage.OPEN}:
        return Step(Key.LIST, State.DONE)
    if facts.on_list:
        return Step(Key.LIST, State.BLOCKED)
    if not facts.closed:
        return Step(Key.LIST, State.LATER)
    return _turn(Key.LIST, Turn.COUNT if facts.stage is Stage.NONE else Turn.LOCK, may)


def _signatures(facts: Facts, may: May) -> Step:
    if facts.stage in SIGNED:
        return Step(Key.SIGNATURES, State.DONE)
    if facts.stage is Stage.LOCKED:
        return _turn(Key.SIGNATURES, Turn.CHECK, may)
    if facts.stage in {Stage.CHECKED, Stage.HALF}:
        return _turn(Key.SIGNATURES, Turn.APPROVE, may)
    return Step(Key.SIGNATURES, State.LATER)


def _transfers(facts: Facts, may: May) -> Step:
    if facts.stage in AFTER:
        return Step(Key.TRANSFERS, State.DONE)
    if facts.stage is not Stage.APPROVED:
        return Step(Key.TRANSFERS, State.LATER)
    if facts.on_transfers:
        return Step(Key.TRANSFERS, State.BLOCKED)
    if facts.has_transfers and not facts.has_file:
        return _turn(Key.TRANSFERS, Turn.MAKE_FILE, may)
    return _turn(Key.TRANSFERS, Turn.PAY, may)


def _offices(facts: Facts, may: May) -> Step:
    """Contributions are those of the list; the tax is known when it is paid."""
    if facts.stage not in SIGNED:
        return Step(Key.OFFICES, State.LATER)
    if facts.on_offices:
        return Step(Key.OFFICES, State.BLOCKED)
    if facts.stage not in AFTER:
        return Step(Key.OFFICES, State.LATER)
    if facts.zus_open or facts.tax_open:
        return _turn(Key.OFFICES, Turn.PAY_ZUS if facts.zus_open else Turn.PAY_TAX, may)
    return Step(Key.OFFICES, State.DONE)


def _claim(facts: Facts, may: May) -> Step:
    """Asked for is what was paid (art. 15 ust. 8)."""
    if facts.stage not in AFTER:
        return Step(Key.CLAIM, State.LATER)
    if facts.claim in {Claim.SENT, Claim.ANSWERED, Claim.SETTLED}:
        return Step(Key.CLAIM, State.DONE)
    if facts.on_claim:
        return Step(Key.CLAIM, State.BLOCKED)
    return _turn(Key.CLAIM, Turn.MAKE_CLAIM if facts.claim is Claim.NONE else Turn.SEND_CLAIM, may)


def _answer(facts: Facts, may: May) -> Step:
    if facts.stage not in AFTER:
        return Step(Key.ANSWER, State.LATER)
    if facts.stage is Stage.CLOSED:
        return Step(Key.ANSWER, State.DONE)
    # Money may come back after the list was settled, or a match be taken back.
    waits = {
        Turn.REDIRECT: facts.returned,
        Turn.SEND_AGAIN: facts.planned,
        Turn.MATCH: facts.unanswered,
        Turn.POSTED: facts.posted,
        Turn.SETTLE: facts.stage is not Stage.SETTLED,
    }
    turn = next((turn for turn, count in waits.items() if count), None)
    return _turn(Key.ANSWER, turn, may) if turn is not None else Step(Key.ANSWER, State.DONE)


def _refund(facts: Facts, may: May) -> Step:
    """The month is closed when the labour office owes nothing of it, and every payment arrived."""
    if facts.stage is Stage.CLOSED:
        return Step(Key.REFUND, State.DONE)
    if facts.claim is Claim.SENT:
        return Step(Key.REFUND, State.WAITS, Turn.TAKE_REFUND)
    if facts.claim is Claim.ANSWERED:
        return _turn(Key.REFUND, Turn.EXPLAIN, may)
    waits = facts.returned or facts.planned or facts.unanswered or facts.posted
    if facts.claim is Claim.SETTLED and facts.stage is Stage.SETTLED and not waits:
        return _turn(Key.REFUND, Turn.CLOSE_LIST, may)
    return Step(Key.REFUND, State.LATER)


def _statements(facts: Facts, may: May) -> Step:
    if facts.stage not in SIGNED:
        return Step(Key.STATEMENTS, State.LATER)
    if facts.printing:
        return Step(Key.STATEMENTS, State.WAITS)
    if facts.statements_missing:
        return _turn(Key.STATEMENTS, Turn.PRINT, may)
    return Step(Key.STATEMENTS, State.DONE)
