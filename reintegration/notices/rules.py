"""Where a task stands on the desk: pure functions."""

from datetime import date, timedelta
from enum import StrEnum

from reintegration.tenancy.enums import Role

AHEAD = timedelta(days=7)

# Who stands in for somebody who has left, in each kind of organisation.
IN_CHARGE = frozenset({Role.MANAGER, Role.BODY_HEAD, Role.REGISTRAR, Role.OPERATOR})


class Section(StrEnum):
    TODAY = "today"
    GAPS = "gaps"
    WEEK = "week"


def section_of(due_on: date | None, *, today: date) -> Section | None:
    """Due today is for today; without a term, or after it, something is missing; later than a week waits."""
    if due_on is None or due_on < today:
        return Section.GAPS
    if due_on == today:
        return Section.TODAY
    return Section.WEEK if due_on <= today + AHEAD else None
