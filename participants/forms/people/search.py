"""The one box of the search."""

from reintegration.core.form_fields import TextField
from reintegration.core.forms import Form


class SearchForm(Form):
    q = TextField(label="Kogo szukasz", max_length=120, required=False)
