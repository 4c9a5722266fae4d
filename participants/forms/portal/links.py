"""Issuing a signed link, and coming in by one."""

from typing import Any

from participants import enums
from participants.forms.portal.referral import ReferralForm
from participants.models import Agreement, Referral
from participants.services.portal.links import LONGEST_DAYS
from reintegration.core.form_fields import (
    ChoiceField,
    EmailField,
    ObjectField,
    PhoneField,
    TextField,
    WholeNumberField,
)
from reintegration.core.forms import Form
from reintegration.tenancy.enums import BodyType

KINDS = [(one.value, one.label) for one in BodyType]


# A link to what other rooms tell is issued where that is, by who may read it.
HERE = [one for one in enums.LinkPurpose if one not in enums.TOLD]


class IssueForm(Form):
    purpose = ChoiceField(label="Do czego", choices=[(one.value, one.label) for one in HERE])
    referral = ObjectField(
        None,
        label="Które skierowanie",
        required=False,
        help_text="Tylko do podglądu skierowania.",
    )
    agreement = ObjectField(
        None, label="Który program", required=False, help_text="Tylko do uzgodnienia programu."
    )
    body_name = TextField(label="Dla kogo", max_length=200, help_text="Pełna nazwa podmiotu.")
    body_kind = ChoiceField(label="Rodzaj podmiotu", choices=KINDS)
    email = EmailField(
        label="Adres e-mail podmiotu", help_text="Pójdzie tu sam odnośnik, bez danych osobowych i bez kodu."
    )
    phone = PhoneField(label="Telefon, pod który podasz kod", required=False)
    days = WholeNumberField(label="Ile dni działa", least=1, most=LONGEST_DAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked in the scope of the request: only rows of bodies without an account.
        self.fields["referral"].queryset = Referral.objects.filter(sender__isnull=True).order_by(
            "-made_at", "pk"
        )
        self.fields["agreement"].queryset = Agreement.objects.filter(
            sender__isnull=True, state=enums.AgreementState.ASKED
        ).order_by("due_on", "pk")
        self.fields["agreement"].label_from_instance = lambda row: f"{row.person_name}, wersja {row.version}"


class CodeForm(Form):
    code = TextField(
        label="Kod",
        max_length=40,
        width="s",
        help_text="9 cyfr z kartki albo z telefonu. Spacje nie przeszkadzają.",
    )


class LinkReferralForm(ReferralForm):
    """The same page for who has no account: the unit is known, and who writes is asked."""

    sender_person = TextField(label="Imię i nazwisko osoby, która kieruje", max_length=160, width="m")
    sender_phone = PhoneField(label="Telefon służbowy")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, units=[], **kwargs)
        del self.fields["unit"]
        self.order_fields(["sender_person", "sender_phone", *self.fields])

    def sections(self) -> list[tuple[str, str, list[Any]]]:
        return [
            ("Kto kieruje", "czesc-0", [self["sender_person"], self["sender_phone"]]),
            *super().sections(),
        ]
