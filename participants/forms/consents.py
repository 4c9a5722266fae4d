"""Forms of consents and of what rests on them."""

from typing import Any

from participants.card_parts import CardPart
from participants.enums import ConsentKind, GivenHow, PersonLanguage
from participants.papers import CONSENT_FILE
from participants.services.consents import OUTWARD
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MultiField,
    ObjectField,
    PolishDateField,
    TextField,
)
from reintegration.core.forms import Form
from reintegration.documents.form_fields import CheckedFileField
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

# Agreeing by a code is for links without an account; here a paper is signed, or somebody was present.
HOW = [(one.value, str(one.label)) for one in (GivenHow.PAPER, GivenHow.IN_PRESENCE)]


def other_units() -> Any:
    here = current_scope().organisation_id
    rows = Organisation.objects.filter(kind=OrganisationKind.UNIT, closed_on__isnull=True).exclude(pk=here)
    return rows.order_by("name_order", "pk")


class ConsentForm(Form):
    """One consent. What goes out of the unit names somebody, a purpose, parts and an end."""

    recipient = TextField(label="Dla kogo", max_length=200, help_text="Pełna nazwa instytucji albo osoby.")
    unit = ObjectField(Organisation.objects.none(), label="Dla której jednostki", width="l")
    purpose = TextField(label="Po co", max_length=300, help_text="Jednym zdaniem, w czym to pomoże.")
    parts = MultiField(label="Jakie dane obejmuje", choices=CardPart.choices)
    since = PolishDateField(label="Wyrażono dnia", latest=clock.today)
    until = PolishDateField(label="Ważna do")
    given_how = ChoiceField(label="Jak wyrażono", choices=HOW)
    language = ChoiceField(label="W jakim języku", choices=PersonLanguage.choices)
    paper = CheckedFileField(
        kind=CONSENT_FILE,
        label="Podpisane pismo",
        required=False,
        help_text="PDF albo zdjęcie. Możesz je dołączyć później.",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        unneeded = {ConsentKind.CARD_SHARING: {"unit"}, ConsentKind.FILE_TRANSFER: {"recipient"}}
        for name in unneeded.get(ConsentKind(kind), {"recipient", "unit", "parts"}):
            self.fields.pop(name)
        if "unit" in self.fields:
            self.fields["unit"].queryset = other_units()  # type: ignore[attr-defined]
        if kind not in OUTWARD:
            for name in ("purpose", "until"):
                self.fields[name].required = False


class PaperForm(Form):
    paper = CheckedFileField(kind=CONSENT_FILE, label="Podpisane pismo", help_text="PDF albo zdjęcie.")


class ConfirmForm(Form):
    statement = LongTextField(
        label="Jak oferta odbiorcy wzmocni dotychczasową pracę",
        max_length=600,
        help_text="Co odbiorca zrobi z uczestnikiem i czego potrzebuje do tego z karty.",
    )


class WithdrawForm(Form):
    how = ChoiceField(label="Jak cofnięto", choices=HOW)


class TransferForm(Form):
    parts = MultiField(label="Co przekazujesz", choices=CardPart.choices)

    def __init__(self, *args: Any, allowed: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [  # type: ignore[attr-defined]
            (part.value, part.label) for part in CardPart if part.value in allowed
        ]


class AcceptForm(Form):
    person = ChoiceField(
        label="Kto to jest",
        choices=[],
        required=True,
        help_text="Sprawdź, czy tej osoby nie ma już w kartotece.",
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("new", "nowa osoba w naszej kartotece"),
            *people,
        ]
        if not people:
            # There is nobody to choose from; the page says so.
            del self.fields["person"]
