"""Forms of the class journal, of practice and of skills."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField

from ipzs.enums import MeetingState
from ipzs.forms.attendance import HoursField as DayHoursField
from ipzs.forms.catalogue import HoursField
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    HourField,
    LongTextField,
    MonthField,
    MultiField,
    ObjectField,
    PolishDateField,
    TextField,
)
from reintegration.core.formats import WEEKDAYS, format_number
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm

Choices = Iterable[tuple[Any, str]]
LONGEST = Decimal(16)
ISO_DAYS = tuple((str(number), name) for number, name in enumerate(WEEKDAYS, 1))


class MeetingForm(Form):
    topic = TextField(label="Temat zajęć", max_length=300)
    begins = HourField(label="Od godziny", help_text="Na przykład 8:00.")
    ends = HourField(label="Do godziny", help_text="Na przykład 14:00.")
    hours = HoursField(
        label="Godziny dydaktyczne", least=Decimal("0.1"), most=LONGEST, help_text="Po 45 minut."
    )

    def __init__(
        self,
        *args: Any,
        services: QuerySet[Any],
        rooms: QuerySet[Any],
        colleagues: Choices,
        people: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        self.fields["present"] = MultiField(label="Kto był", choices=self.people, required=False)
        self.fields["service"] = ObjectField(services, label="Usługa")
        self.fields["leader"] = ChoiceField(label="Prowadzący", choices=colleagues)
        self.fields["room"] = ObjectField(rooms, label="Sala", required=False, empty_label="bez sali")
        self.order_fields(["topic", "present", "service", "leader", "room", "begins", "ends", "hours"])
        for key, name in self.people:
            self.fields[part_of(key)] = HoursField(
                label=f"Godziny: {name}", required=False, least=Decimal("0.1"), most=LONGEST
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        whole, came = typed.get("hours"), set(typed.get("present", ()))
        for key, _ in self.people:
            part = typed.get(part_of(key))
            if part is None:
                continue
            if key not in came:
                self.add_error(part_of(key), "Zaznacz tę osobę na liście „Kto był” albo usuń godziny.")
            elif whole is not None and part > whole:
                said = format_number(whole.normalize())
                self.add_error(part_of(key), f"Zajęcia miały {said} godz. Wpisz tyle albo mniej.")
        return typed

    @property
    def of_all(self) -> list[BoundField]:
        parts = {bound.name for bound in self.parts}
        return [bound for bound in self.visible_fields() if bound.name not in parts]

    @property
    def parts(self) -> list[BoundField]:
        """The hours of those who came later or left earlier."""
        return [self[part_of(key)] for key, _ in self.people]

    @property
    def any_part(self) -> bool:
        return any(bound.value() or bound.errors for bound in self.parts)


def part_of(key: str) -> str:
    return f"hours_{key}"


class CancelForm(Form):
    reason = TextField(label="Dlaczego odwołano", max_length=200)


class JournalFilter(FilterForm):
    miesiac = MonthField(label="Miesiąc", required=False)
    stan = ChoiceField(label="Stan", choices=MeetingState.choices, required=False, none="każdy")

    def __init__(self, *args: Any, workshops: QuerySet[Any], colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grupa"] = ObjectField(
            workshops, label="Pracownia lub grupa", required=False, empty_label="wszystkie"
        )
        self.fields["kto"] = ChoiceField(label="Prowadzący", choices=colleagues, required=False, none="każdy")

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        data = self.cleaned_data
        if data["miesiac"]:
            rows = rows.filter(day__range=(data["miesiac"].first, data["miesiac"].last))
        if data["stan"]:
            rows = rows.filter(state=data["stan"])
        if data["grupa"]:
            rows = rows.filter(workshop=data["grupa"])
        if data["kto"]:
            rows = rows.filter(leader=data["kto"])
        return rows


class PlacementForm(Form):
    employer = TextField(label="Pracodawca", max_length=160, width="m")
    place = TextField(label="Miejsce", max_length=200, required=False)
    tutor = TextField(label="Opiekun u pracodawcy", max_length=120, required=False, width="m")
    agreement_number = TextField(label="Numer porozumienia", max_length=60, width="s")
    agreement_on = PolishDateField(label="Porozumienie z dnia")
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do")
    weekdays = MultiField(label="Dni u pracodawcy", choices=ISO_DAYS)
    begins = HourField(
        label="Od godziny", required=False, help_text="Na przykład 8:00. Puste, gdy godziny są różne."
    )
    ends = HourField(label="Do godziny", required=False)
    hours = DayHoursField(
        label="Godziny dziennie",
        required=False,
        help_text="Gdy godziny są różne. Puste: zwykły dzień jednostki.",
    )
    tasks = LongTextField(label="Zadania", max_length=2000, required=False)

    def clean_weekdays(self) -> tuple[int, ...]:
        return tuple(int(day) for day in self.cleaned_data["weekdays"])


class SkillsForm(Form):
    acquired_on = PolishDateField(label="Kiedy potwierdzone", latest=clock.today)
    own = TextField(
        label="Inna umiejętność",
        max_length=160,
        required=False,
        width="m",
        help_text="Własnymi słowami, gdy nie ma jej na liście.",
    )

    def __init__(self, *args: Any, offered: Choices, workshops: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(offered)
        if choices:
            self.fields["names"] = MultiField(label="Co ta osoba umie", choices=choices, required=False)
        else:
            self.fields["own"].required = True
            self.fields["own"].label = "Umiejętność"
            self.fields["own"].help_text = "Własnymi słowami. Pracownia z dziedziną podpowiada gotowe."
        self.fields["workshop"] = ObjectField(
            workshops, label="W której pracowni", required=False, empty_label="bez pracowni"
        )
        self.order_fields(["names", "own", "workshop", "acquired_on"])
