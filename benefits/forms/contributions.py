"""How the unit settles contributions."""

from benefits.enums import ContributionTerm, CountedBy
from reintegration.core.form_fields import ChoiceField, MonthField, TextField
from reintegration.core.forms import Form


class RuleForm(Form):
    since = MonthField(label="Od miesiąca", help_text="Miesiąc listy wypłat, na przykład 11.2026.")
    counted_by = ChoiceField(
        label="Do którego miesiąca należą składki",
        choices=CountedBy.choices,
        help_text="Ustawa nie mówi tego wprost. Zapytaj swój oddział ZUS.",
    )
    pay_by = ChoiceField(label="Termin płacenia", coerce=int, choices=ContributionTerm.choices)
    title_code = TextField(
        label="Kod tytułu ubezpieczenia",
        max_length=4,
        help_text="Cztery cyfry ze słownika Płatnika. Dla świadczenia integracyjnego 0910.",
    )
