"""Forms of months: which are closed at once, and why one is opened again."""

from collections.abc import Sequence
from typing import Any

from reintegration.core.dates import Month
from reintegration.core.form_fields import LongTextField, MultiField
from reintegration.core.formats import format_month
from reintegration.core.forms import Form


class CloseSeveralForm(Form):
    months = MultiField(label="Miesiące do zamknięcia")

    def __init__(self, *args: Any, ready: Sequence[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [(str(month), format_month(month)) for month in ready]

    def clean_months(self) -> list[Month]:
        return [Month.parse(one) for one in self.cleaned_data["months"]]


class ReopenForm(Form):
    reason = LongTextField(
        label="Dlaczego otwierasz miesiąc ponownie",
        max_length=600,
        help_text="Na przykład: zwolnienie lekarskie dostarczone po zamknięciu.",
    )
