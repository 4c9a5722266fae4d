"""The form of a programme that was signed before the unit began to write here."""

from typing import Any

from ipzs.enums import ProgrammeKind
from ipzs.forms.programmes import SCANS
from ipzs.services.programmes.writing import KINDS
from participants.papers import PROGRAMME_FILE
from participants.rules.codes import UnitType
from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.documents.form_fields import CheckedFileField

OF_OPS = ("body_name", "agreed_by", "agreed_on")


class EnteredForm(Form):
    kind = ChoiceField(label="Rodzaj", choices=ProgrammeKind.choices)
    number = TextField(
        label="Numer",
        max_length=40,
        required=False,
        width="m",
        help_text="Z papieru. Puste, jeśli numer ma nadać program.",
    )
    signed_on = PolishDateField(label="Dzień podpisania", latest=clock.today)
    since = PolishDateField(label="Obowiązuje od")
    until = PolishDateField(label="Obowiązuje do")
    body_name = TextField(label="Ośrodek, który uzgodnił program", max_length=200)
    agreed_by = TextField(label="Kto uzgodnił", max_length=120, help_text="Imię i nazwisko z pisma ośrodka.")
    agreed_on = PolishDateField(label="Kiedy uzgodniono", latest=clock.today)
    scan = CheckedFileField(
        kind=PROGRAMME_FILE, only=SCANS, label="Skan", required=False, help_text="PDF albo zdjęcie."
    )

    def __init__(self, *args: Any, unit_type: UnitType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = KINDS[unit_type]
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]
        if len(kinds) == 1:
            del self.fields["kind"]
        if unit_type is UnitType.KIS:
            for name in OF_OPS:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        since, until = typed.get("since"), typed.get("until")
        if since and until and until < since:
            self.add_error("until", "Ostatni dzień nie może być przed pierwszym.")
        return typed
