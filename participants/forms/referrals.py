"""What a unit writes about a referral, and how it narrows the inbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from participants import enums
from participants.forms.portal.referral import ReferralForm
from participants.models import Person
from participants.papers import REFERRAL_FILE
from participants.queries import referrals as queries
from participants.services.referrals.sending import OWN_SOURCES
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    HourField,
    LongTextField,
    ObjectField,
    PolishDateField,
    TextField,
    TickField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.documents.form_fields import CheckedFileField

S = enums.ReferralState
OPEN, CLOSED = "otwarte", "zamkniete"
SHOWN_STATES = [(OPEN, "w toku"), *((one.value, str(one.label)) for one in S if one != S.DRAFT)]
TEXT_TO_SENDER = "Zobaczy ją kierujący. Nie pisz więcej, niż potrzebuje."


def person_name(user: Any) -> str:
    """A colleague in a list."""
    return f"{user.first_name} {user.last_name}".strip() or user.email


class WorkerField(ObjectField):
    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


class InboxFilter(FilterForm):
    q = TextField(label="Nazwisko", max_length=80, width="m")
    stan = ChoiceField(label="Stan", choices=SHOWN_STATES, none="wszystkie")
    zrodlo = ChoiceField(label="Kto kieruje", choices=enums.ReferralSource.choices)
    spoznione = TickField(label="Tylko po terminie")
    moje = TickField(label="Tylko moje")

    def __init__(self, *args: Any, user_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id = user_id

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data
        rows = queries.named_like(rows, asked["q"])
        if asked["stan"]:
            rows = rows.filter(state__in=queries.OPEN if asked["stan"] == OPEN else [asked["stan"]])
        if asked["zrodlo"]:
            rows = rows.filter(source=asked["zrodlo"])
        if asked["spoznione"]:
            rows = queries.overdue(rows)
        return rows.filter(assigned_to=self.user_id) if asked["moje"] else rows


class InviteForm(Form):
    day = PolishDateField(label="Dzień rozmowy", earliest=clock.today)
    hour = HourField(label="Godzina", help_text="Na przykład 10:30.")
    place = TextField(label="Gdzie", max_length=160)
    text = LongTextField(
        label="Wiadomość", max_length=2000, required=False, help_text="Na przykład, co osoba ma zabrać."
    )

    @property
    def moment(self) -> datetime:
        """When the interview is, in Poland."""
        asked = self.cleaned_data
        return datetime.combine(asked["day"], asked["hour"], tzinfo=clock.WARSAW)


class TextForm(Form):
    text = LongTextField(label="Wiadomość", max_length=2000, required=False, help_text=TEXT_TO_SENDER)


class OfferForm(Form):
    since = PolishDateField(label="Od kiedy osoba może zacząć", earliest=clock.today)
    text = LongTextField(label="Wiadomość", max_length=2000, required=False, help_text=TEXT_TO_SENDER)


class RefuseForm(Form):
    reason = ChoiceField(label="Powód", choices=enums.RefusalReason.choices)
    text = LongTextField(
        label="Co z tego wynika",
        max_length=2000,
        help_text="Dla osoby i dla kierującego: co może zrobić dalej.",
    )


class ReturnForm(Form):
    reason = ChoiceField(label="Czego brakuje", choices=enums.ReturnReason.choices)
    text = LongTextField(label="Co uzupełnić", max_length=2000)


class ObsoleteForm(Form):
    reason = ChoiceField(
        label="Powód",
        choices=[one for one in enums.ObsoleteReason.choices if one[0] != enums.ObsoleteReason.TRANSFERRED],
    )
    text = LongTextField(label="Wiadomość", max_length=2000, required=False, help_text=TEXT_TO_SENDER)


class WithdrawForm(Form):
    reason = ChoiceField(label="Powód", choices=enums.WithdrawalReason.choices)
    text = LongTextField(label="Co jeszcze warto zapisać", max_length=2000, required=False)


class HandForm(Form):
    text = LongTextField(
        label="Wiadomość",
        max_length=2000,
        required=False,
        help_text="Zobaczą ją druga jednostka i kierujący.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = ObjectField(queries.sister_units(), label="Której jednostce")
        self.order_fields(["unit", "text"])


class AcceptForm(Form):
    """`similar`: who on file may be the one; nobody is linked without a choice."""

    opened_on = PolishDateField(label="Sprawa otwarta od", latest=clock.today)
    text = LongTextField(label="Wiadomość", max_length=2000, required=False, help_text=TEXT_TO_SENDER)

    def __init__(self, *args: Any, similar: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if similar:
            known = [(str(one.person.pk), _told(one)) for one in similar]
            self.fields["person"] = ChoiceField(
                label="Czy ta osoba jest już w kartotece?",
                choices=[*known, ("new", "To nowa osoba: dodaj ją do kartoteki")],
                width="l",
            )
        self.fields["case_manager"] = WorkerField(
            queries.workers(), label="Opiekun", required=False, empty_label="bez opiekuna na razie"
        )
        self.order_fields(["person", "opened_on", "case_manager", "text"])


def _told(one: Any) -> str:
    person: Person = one.person
    return f"{person}: {' '.join(one.likeness.reasons)}"


class MessageForm(Form):
    text = LongTextField(label="Wiadomość", max_length=2000, help_text=TEXT_TO_SENDER)


class NoteForm(Form):
    text = LongTextField(label="Notatka", max_length=2000, help_text="Tylko dla osób z Twojej jednostki.")


class AssignForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assigned_to"] = WorkerField(
            queries.workers(), label="Kto prowadzi", required=False, empty_label="nikt jeszcze"
        )


class FileForm(Form):
    file = CheckedFileField(
        label="Plik", kind=REFERRAL_FILE, help_text="PDF, zdjęcie albo dokument, do 10 MB."
    )
    label = TextField(label="Co to jest", max_length=80, width="m")


class ApplicationForm(ReferralForm):
    """What came on paper: the same as a sender writes, and who it was."""

    source = ChoiceField(label="Kto składa", choices=enums.ReferralSource.choices)
    sender_name = TextField(
        label="Jaki podmiot kieruje", max_length=200, required=False, help_text="Puste przy własnym wniosku."
    )
    sender_person = TextField(label="Kto podpisał", max_length=160, required=False, width="m")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, units=[], source=enums.ReferralSource.PUP, **kwargs)
        # On paper the office told the centre itself.
        for name in ("unit", "attachment", "attachment_label", "ops"):
            del self.fields[name]
        self.fields["ops_notified_on"].required = False
        self.order_fields(["source", "sender_name", "sender_person", *self.fields])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("source") and values["source"] not in OWN_SOURCES and not values.get("sender_name"):
            self.add_error("sender_name", "Wpisz, jaki podmiot kieruje.")
        return values

    def sections(self) -> list[tuple[str, str, list[Any]]]:
        own = ["source", "sender_name", "sender_person"]
        return [("Kto składa", "kto", [self[name] for name in own]), *super().sections()]


class BulkForm(Form):
    """One step for all that were ticked."""

    STEPS: Mapping[str, str] = {
        "receive": "Odbierz",
        "wait": "Wpisz na listę oczekujących",
        "refuse": "Odmów przyjęcia",
    }

    step = ChoiceField(label="Co zrobić z zaznaczonymi", choices=list(STEPS.items()))
    reason = ChoiceField(label="Powód odmowy", choices=enums.RefusalReason.choices, required=False)
    text = LongTextField(label="Wiadomość", max_length=2000, required=False, help_text=TEXT_TO_SENDER)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("step") == "refuse":
            if not values.get("reason"):
                self.add_error("reason", "Wybierz powód.")
            if not values.get("text"):
                self.add_error("text", "Napisz, co z tego wynika dla osoby i dla kierującego.")
        return values
