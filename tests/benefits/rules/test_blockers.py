"""What keeps a person from being paid for a month."""

from datetime import date

import pytest

from benefits.rules.blockers import SENTENCES, Blocker, PayFacts, blockers
from reintegration.core.dates import DateSpan

OCTOBER = DateSpan(date(2026, 10, 1), date(2026, 10, 31))
LATE = DateSpan(date(2026, 10, 16), date(2026, 10, 31))
WHOLE = (DateSpan(date(2026, 3, 9)),)
B = Blocker


def facts(**given: object) -> PayFacts:
    held = {
        "asked": False,
        "granted_from": date(2026, 3, 9),
        "has_way": True,
        "has_tax": True,
        "titles": WHOLE,
    }
    return PayFacts(**held | given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "due", "found"),
    [
        (facts(), OCTOBER, []),
        (facts(granted_from=None), OCTOBER, [B.NO_APPLICATION]),
        (facts(granted_from=None, asked=True), OCTOBER, [B.NOT_DECIDED]),
        (facts(has_way=False, has_tax=False), OCTOBER, [B.NO_WAY, B.NO_TAX]),
        (facts(titles=()), OCTOBER, [B.NO_TITLE]),
        # A title with a gap, one that ends too soon, one that begins with the grant.
        (facts(titles=(DateSpan(date(2026, 3, 9), date(2026, 10, 30)),)), OCTOBER, [B.NO_TITLE]),
        (facts(titles=(LATE,)), OCTOBER, [B.NO_TITLE]),
        (facts(titles=(LATE,), granted_from=date(2026, 10, 16)), OCTOBER, []),
        # Only sums are known of the first days of the month; or of days before these.
        (facts(summed_until=date(2026, 10, 1)), OCTOBER, [B.OPENING]),
        (facts(summed_until=date(2026, 11, 15)), OCTOBER, [B.OPENING]),
        (facts(summed_until=date(2026, 9, 30)), OCTOBER, []),
        (facts(summed_until=date(2026, 10, 15)), LATE, []),
        (facts(summed_until=date(2026, 10, 15), granted_from=date(2026, 11, 1)), OCTOBER, []),
        # Nothing is due: no day of participation, a refusal, a grant from a later day.
        (PayFacts(), None, []),
        (PayFacts(refused=True), OCTOBER, []),
        (facts(granted_from=date(2026, 11, 1), has_way=False), OCTOBER, []),
        # Refused once, asked again.
        (PayFacts(refused=True, asked=True), OCTOBER, [B.NOT_DECIDED, B.NO_WAY, B.NO_TAX, B.NO_TITLE]),
        (PayFacts(), OCTOBER, [B.NO_APPLICATION, B.NO_WAY, B.NO_TAX, B.NO_TITLE]),
    ],
)
def test_what_is_missing_is_named(known: PayFacts, due: DateSpan | None, found: list[Blocker]):
    assert list(blockers(known, due)) == found


def test_every_blocker_has_a_sentence():
    assert SENTENCES.keys() == set(Blocker)
