"""The form of a month that is opened again."""

from reintegration.core.form_fields import LongTextField
from reintegration.core.forms import Form


class ReopenForm(Form):
    reason = LongTextField(
        label="Dlaczego otwierasz miesiąc ponownie",
        max_length=600,
        help_text="Na przykład: zwolnienie lekarskie dostarczone po zamknięciu.",
    )
