"""Forms of the counselling card and of the talk half a year after the end."""

from typing import Any

from participants.enums import Destination, EntryKind, EntryVisibility
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    HourField,
    LongTextField,
    PolishDateField,
    TextField,
    TickField,
    WholeNumberField,
    YesNoField,
)
from reintegration.core.forms import Form

LONGEST_MEETING = 720
# Names of the usual services, offered while typing; a unit may write its own.
SERVICES = (
    "doradztwo zawodowe",
    "poradnictwo psychologiczne",
    "poradnictwo prawne",
    "wsparcie socjalne",
    "terapia uzależnień",
    "pośrednictwo pracy",
)
SHORT_SERVICES = ", ".join(SERVICES[:3])


class EntryForm(Form):
    kind = ChoiceField(label="Rodzaj wpisu", choices=EntryKind.choices)
    held_on = PolishDateField(label="Kiedy", latest=clock.today)
    minutes = WholeNumberField(
        label="Czas w minutach", required=False, least=1, most=LONGEST_MEETING, help_text="Na przykład 45."
    )
    service = TextField(
        label="Usługa", max_length=120, required=False, width="m", help_text=f"Na przykład: {SHORT_SERVICES}."
    )
    led_by = TextField(
        label="Imię i nazwisko asystenta rodziny",
        max_length=160,
        required=False,
        width="m",
        help_text="Tylko gdy wpis dotyczy asystenta: jakie widzi potrzeby, jak pomógł, co przeszkadza.",
    )
    course = LongTextField(label="Przebieg", max_length=6000, help_text="Co się działo i co ustalono.")
    plan = LongTextField(label="Plan", required=False, help_text="Co dalej i kto to zrobi.")
    effect = LongTextField(label="Efekt", required=False, help_text="Co się udało od ostatniego razu.")
    next_on = PolishDateField(label="Następne spotkanie", required=False)
    next_time = HourField(label="O której", required=False, help_text="Na przykład 10:30.")
    visibility = ChoiceField(
        label="Kto to przeczyta",
        choices=EntryVisibility.choices,
        help_text="Na zewnątrz, za zgodami, wychodzi tylko to, co czyta zespół.",
    )


class StrikeForm(Form):
    reason = TextField(
        label="Dlaczego skreślasz",
        max_length=300,
        help_text="Wpis zostanie w karcie, przekreślony. Powód zobaczy, kto czyta kartę.",
    )


class PrintForm(Form):
    open_facts = TickField(
        label="Wydrukuj też dane zakryte: PESEL, zdrowie, grupy, dochody, mieszkanie", required=False
    )
    reason = TextField(
        label="Po co te dane",
        max_length=200,
        required=False,
        help_text="Potrzebne tylko z danymi zakrytymi. Zapisze się w dzienniku.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("open_facts") and not data.get("reason"):
            self.add_error("reason", "Wpisz, po co te dane mają być na wydruku.")
        return data


class FollowUpForm(Form):
    held_on = PolishDateField(label="Kiedy rozmawialiście", latest=clock.today)
    situation = ChoiceField(label="Co ta osoba teraz robi", choices=Destination.choices)
    lasting = YesNoField(
        label="Czy to trwa od zakończenia uczestnictwa?", unknown="nie wiadomo", required=False
    )
    livelihood = TextField(label="Z czego się utrzymuje", max_length=200, required=False)
    helped = LongTextField(label="Co z zajęć najbardziej pomogło", max_length=1000, required=False)
    needs = LongTextField(label="Jakiej pomocy teraz potrzebuje", max_length=1000, required=False)
    keep_in_touch = YesNoField(label="Czy chce, żebyśmy się jeszcze odezwali?", required=False)


class MissForm(Form):
    held_on = PolishDateField(label="Kiedy próbowaliście", latest=clock.today)
    again_on = PolishDateField(
        label="Kolejna próba", required=False, help_text="Puste pole kończy próby z tą osobą."
    )


class DueForm(Form):
    due_on = PolishDateField(label="Nowy termin")
