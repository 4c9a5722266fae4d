"""On which days a row rests: the calculator says how many there are, a person wants to know which."""

from collections.abc import Iterable, Mapping
from datetime import date

from benefits.rules.codes import RowCode, SickOver
from benefits.rules.days import Calendar, due_span, numbered, sick_days, trial_end
from benefits.rules.facts import Basis
from benefits.rules.law import Law
from benefits.rules.rows import Row
from ipzs.rules.codes import PayRule, UnexcusedLimit

Days = tuple[date, ...]


def days_of_rows(rows: Iterable[Row], basis: Basis, law: Law) -> Mapping[RowCode, Days]:
    """The days on which each of the rows rests, in order; rounding and the floor rest on none."""
    codes = frozenset(row.code for row in rows)
    found = _Found(basis, law, codes).by_row()
    return {code: tuple(sorted(days)) for code, days in found.items() if code in codes}


class _Found:
    """The days of one month, sorted by what they do to its benefit."""

    def __init__(self, basis: Basis, law: Law, codes: frozenset[RowCode]) -> None:
        self.basis, self.law, self.codes = basis, law, codes
        self.due = due_span(basis)
        self.trial_end = trial_end(basis)
        self.calendar = Calendar(basis.class_days)
        self.days: dict[RowCode, list[date]] = {code: [] for code in RowCode}

    def by_row(self) -> Mapping[RowCode, list[date]]:
        if self.due is None:
            return self.days
        if RowCode.FORFEITED in self.codes:
            # The month is lost before any other absence is looked at.
            self.days[RowCode.FORFEITED] = self._forfeiting()
        else:
            self._sick()
            self._single_days()
        self._due_days()
        return self.days

    def _due_days(self) -> None:
        not_due = set(self.days[RowCode.SICK_NOT_DUE])
        for day in self.due or ():
            if day not in not_due:
                self._put(day, RowCode.TRIAL, RowCode.MAIN)

    def _single_days(self) -> None:
        for day in self._in_due(self.basis.unexcused):
            self._put(day, RowCode.UNEXCUSED_TRIAL, RowCode.UNEXCUSED_MAIN)
        for one in self.basis.excused:
            for day in self._in_due((one.day,)):
                if one.pay is PayRule.FULL:
                    self.days[RowCode.EXCUSED_FULL].append(day)
                else:
                    self._put(day, RowCode.EXCUSED_TRIAL, RowCode.EXCUSED_MAIN)
        self.days[RowCode.FREE] += self._in_due(self.basis.free)

    def _sick(self) -> None:
        counted = list(sick_days(self.basis, self.calendar))
        self.days[RowCode.SICK_TRIAL] += self._in_due(day for day in counted if day <= self.trial_end)
        over = self.basis.readings.sick_over is SickOver.DAYS_DUE
        for day, place in numbered(self.basis, (day for day in counted if day > self.trial_end)):
            if self.due is not None and day in self.due:
                inside = place <= self.law.count("sick_days_limit", day)
                more = RowCode.SICK_NOT_DUE if over else RowCode.SICK_OVER
                self.days[RowCode.SICK if inside else more].append(day)

    def _forfeiting(self) -> list[date]:
        """The days that cost the month: all unexcused ones, or the longest run of them (art. 15 ust. 7)."""
        missed = {day for day in self.basis.unexcused if day in self.basis.month}
        if self.basis.readings.unexcused_over_limit is UnexcusedLimit.TOTAL:
            return list(missed)
        longest: list[date] = []
        run: list[date] = []
        for day in self.basis.month if missed else ():
            if self.calendar.is_class_day(day):
                run = [*run, day] if day in missed else []
                longest = max(longest, run, key=len)
        return longest

    def _in_due(self, days: Iterable[date]) -> list[date]:
        return [day for day in days if self.due is not None and day in self.due]

    def _put(self, day: date, in_trial: RowCode, after: RowCode) -> None:
        self.days[in_trial if day <= self.trial_end else after].append(day)
