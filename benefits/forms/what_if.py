"""What is asked by „Co by było, gdyby…”: a GET, because nothing is kept of it."""

from datetime import date
from typing import Any

from benefits.rules.what_if import Question
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.form_fields import (
    SHORT_DAY_HINT,
    MoneyField,
    MonthField,
    PolishDateField,
    WholeNumberField,
    YesNoField,
)
from reintegration.core.forms import Form
from reintegration.core.money import ZERO

MOST_DAYS = 31
# The act pays the benefit since then.
EARLIEST = date(2003, 8, 1)


def latest() -> date:
    return Month.of(clock.today()).plus(24).last


class QuestionForm(Form):
    unexcused = WholeNumberField(label="Dni nieusprawiedliwione", most=MOST_DAYS)
    sick = WholeNumberField(label="Dni choroby ze zwolnieniem", most=MOST_DAYS)
    free = WholeNumberField(label="Dni wolne", most=MOST_DAYS)
    start = PolishDateField(
        label="Pierwszy dzień zajęć", earliest=EARLIEST, latest=latest, help_text=SHORT_DAY_HINT
    )
    granted_from = PolishDateField(
        label="Świadczenie od", earliest=EARLIEST, latest=latest, required=False, help_text=SHORT_DAY_HINT
    )
    premium = MoneyField(label="Premia", required=False)
    pit2 = YesNoField(label="PIT-2 złożony", yes="tak", no="nie")

    def question(self) -> Question:
        given: dict[str, Any] = {**self.cleaned_data, "premium": self.cleaned_data["premium"] or ZERO}
        given.pop("month", None)
        return Question(**given)


class SampleForm(QuestionForm):
    """The same about nobody: the month is asked too."""

    month = MonthField(label="Miesiąc")
    field_order = ("month", "unexcused", "sick", "free", "start", "granted_from", "premium", "pit2")
