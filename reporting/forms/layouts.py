"""The form by which an operator brings a layout."""

from typing import Final

from reintegration.core.forms import Form
from reintegration.documents.form_fields import ReadFileField

MOST_BYTES: Final = 1024 * 1024


class LayoutForm(Form):
    file = ReadFileField(
        max_bytes=MOST_BYTES,
        accept=".json,application/json",
        label="Plik ze wzorem",
        help_text="JSON, do 1 MB. Najprościej pobrać poprzednią wersję i zmienić w niej wiersze oraz numer.",
    )
