"""What a difference and what becomes of it are called on a screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from benefits.explain.languages import LANGUAGES
from benefits.explain.totals import why
from benefits.models import Recovery
from benefits.queries.standing import Outcome, Report, Standing
from reintegration.core.components import Badge
from reintegration.core.dates import Month
from reintegration.core.formats import format_money, format_month, format_table_date

BADGES = {
    Outcome.PAID: Badge("do wypłaty", "ok"),
    Outcome.WAITS: Badge("czeka", "warn"),
    Outcome.DEDUCTED: Badge("do potrącenia", "info"),
    Outcome.NOTHING_TO_TAKE: Badge("należność", "warn"),
    Outcome.RECEIVABLE: Badge("należność", "warn"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference as a table draws it."""

    one: Standing
    badge: Badge
    why: str
    then: str
    statement_url: str


def shown(report: Report, found: Sequence[Standing]) -> Sequence[Shown]:
    polish = LANGUAGES["pl"]
    return [
        Shown(
            one,
            BADGES[one.outcome],
            " ".join(why(one.due, polish)),
            _then(one, report.next_month),
            reverse("benefits:statement", args=[one.statement_id]) if one.statement_id else "",
        )
        for one in found
    ]


def ground_in_words(row: Recovery) -> str:
    """By what right something is deducted, and how much at once."""
    number = f" {row.reference}" if row.reference else ""
    most = f", najwyżej {format_money(row.at_most)} z jednej wypłaty" if row.at_most is not None else ""
    return f"{row.get_kind_display()}{number} z {format_table_date(row.given_on)}{most}"


def _then(one: Standing, coming: Month | None) -> str:
    """What becomes of it, in a sentence."""
    month = format_month(coming) if coming is not None else ""
    if one.outcome is Outcome.WAITS:
        return " ".join(one.missing)
    if one.outcome is Outcome.PAID:
        return f"Wypłaci to lista za {month}."
    if one.ground is None:
        return "Nikt tego nie potrąci, dopóki nie ma zgody osoby albo decyzji."
    ground = ground_in_words(one.ground)
    if one.outcome is Outcome.DEDUCTED:
        return f"Potrąci to lista za {month}: {ground}."
    return f"Jest podstawa ({ground}), ale nie ma z czego potrącić."
