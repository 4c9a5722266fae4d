"""Forms of the plan."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from ipzs import enums
from reintegration.core.form_fields import (
    ChoiceField,
    HourField,
    MultiField,
    ObjectField,
    PolishDateField,
    TextField,
)
from reintegration.core.formats import WEEKDAYS
from reintegration.core.forms import Form

Choices = Iterable[tuple[Any, str]]
DAYS = tuple((str(number), name) for number, name in enumerate(WEEKDAYS))


class EntryForm(Form):
    """What is the same for groups and for persons."""

    begins = HourField(label="Od godziny", help_text="Na przykład 8:00.")
    ends = HourField(label="Do godziny", help_text="Na przykład 14:00.")
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", required=False, help_text="Puste: bez terminu.")
    label = TextField(
        label="Opis",
        max_length=120,
        required=False,
        width="m",
        help_text="Tylko gdy usługa nie wystarcza. Zobaczy go, kto otworzy plan tej osoby.",
    )

    def __init__(
        self,
        *args: Any,
        services: QuerySet[Any],
        rooms: QuerySet[Any],
        colleagues: Choices,
        personal: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        none = "bez usługi" if not personal else "nie dotyczy"
        self.fields["service"] = ObjectField(services, label="Usługa", required=False, empty_label=none)
        self.fields["room"] = ObjectField(rooms, label="Sala", required=False, empty_label="bez sali")
        self.fields["leader"] = ChoiceField(
            label="Prowadzący", choices=colleagues, required=False, none="bez prowadzącego"
        )
        if personal:
            self.fields["purpose"] = ChoiceField(
                label="Co to jest",
                choices=enums.EntryPurpose.choices,
                help_text="Terapia i wizyty zajmują czas, a zajęcia układa się obok nich.",
            )
        else:
            del self.fields["label"]
        self.order_fields(
            [
                "purpose",
                "service",
                "label",
                "weekdays",
                "weekday",
                "begins",
                "ends",
                "from_on",
                "since",
                "until",
            ]
        )


class AddForm(EntryForm):
    weekdays = MultiField(
        label="W które dni tygodnia",
        choices=DAYS,
        required=False,
        help_text="Nic nie zaznaczone: zajęcia są jeden raz, w dniu z pola „Od”.",
    )


class OnceForm(EntryForm):
    """A class that the plan does not have, on one day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].label = "Dzień"
        del self.fields["until"]
        self.order_fields(["service", "since", "begins", "ends"])


class ChangeForm(EntryForm):
    """`from_on` keeps what already was: the pattern before it stays."""

    from_on = PolishDateField(label="Od kiedy zmiana", help_text="Wcześniejsze dni zostają, jak były.")

    def __init__(self, *args: Any, weekly: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if weekly:
            self.fields["weekday"] = ChoiceField(label="Dzień tygodnia", choices=DAYS)
            del self.fields["since"]
            self.order_fields(["purpose", "service", "label", "weekday"])
        else:
            self.fields["since"].label = "Dzień"
            for name in ("until", "from_on"):
                del self.fields[name]


class EndForm(Form):
    until = PolishDateField(label="Ostatni dzień")
