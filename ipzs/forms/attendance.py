"""Forms of days: a mark, a sick leave, free days, meals, the unit's reasons and settings."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from ipzs.enums import FreeDayState, MarkKind, PayRule
from ipzs.forms.programmes import SCANS
from ipzs.models import ExcuseReason
from ipzs.services.attendance.common import LEAST_HOURS, MOST_HOURS
from ipzs.sick_papers import SICK_FILE
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    ParsedField,
    PolishDateField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from reintegration.core.formats import format_number
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.documents.form_fields import CheckedFileField


class HoursField(ParsedField):
    """Hours as people write them: `6`, `5,5`."""

    width = "xs"
    missing = "Wpisz godziny."
    attrs = {"inputmode": "decimal"}

    def read(self, text: str) -> Decimal:
        try:
            found = Decimal(text.replace(",", ".").replace(" ", ""))
        except InvalidOperation:
            raise InputError("Godziny to liczba, na przykład 6 albo 5,5.") from None
        if not found.is_finite() or not LEAST_HOURS <= found <= MOST_HOURS or found != round(found, 2):
            raise InputError("Godziny to liczba od 0,25 do 24, na przykład 5,5.")
        return found

    def show(self, value: Any) -> str:
        return format_number(value.normalize()) if isinstance(value, Decimal) else str(value)


class ExcuseChoice(ChoiceField):
    """One of the unit's reasons; gives its key."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[], coerce=UUID, empty_value=None, widget=forms.Select, **kwargs)

    def offer(self, rows: Iterable[ExcuseReason]) -> None:
        self.choices = [("", "Wybierz z listy"), *((str(row.pk), row.name) for row in rows)]


class ReasonForm(Form):
    """Why a whole day is marked so late."""

    reason = TextField(label="Powód późnego wpisu", max_length=300, required=False)


class QuickForm(Form):
    """What one key sends; an empty kind clears the day."""

    kind = ChoiceField(label="Wpis", choices=MarkKind.choices, none="bez wpisu", required=False)
    hours = HoursField(label="Godziny", required=False)
    excuse = ExcuseChoice(label="Powód", required=False)
    reason = TextField(label="Powód późnego wpisu lub zmiany", max_length=300, required=False)
    revision = WholeNumberField(label="Wersja", required=False)

    def __init__(self, data: Any, *, excuses: Callable[[], Iterable[ExcuseReason]]) -> None:
        super().__init__(data)
        if data.get("kind") == MarkKind.EXCUSED:
            self.fields["excuse"].offer(excuses())
        else:
            # Every other kind has no reason, and does not wait for the list of them.
            del self.fields["excuse"]


class CellsField(ParsedField):
    """The days of a range as its page sends them: `file:day:revision`, with commas between."""

    missing = "Zaznacz dni, które mają dostać wpis."

    def read(self, text: str) -> list[tuple[UUID, date, int]]:
        try:
            parts = [part.split(":") for part in text.split(",")]
            return [(UUID(key), date.fromisoformat(day), int(revision)) for key, day, revision in parts]
        except ValueError:
            raise InputError("Nie wiadomo, których dni to dotyczy. Zaznacz je jeszcze raz.") from None

    def show(self, value: Any) -> str:
        return str(value)


class RangeForm(Form):
    """What one key sends for many days; an empty kind clears them."""

    cells = CellsField(label="Zaznaczone dni")
    kind = ChoiceField(
        label="Wpis", choices=[("usual", "jak zwykle"), *MarkKind.choices], none="bez wpisu", required=False
    )
    excuse = ExcuseChoice(label="Powód usprawiedliwienia", required=False)
    reason = TextField(label="Powód późnego wpisu lub zmiany", max_length=300, required=False)

    def __init__(self, *args: Any, excuses: Iterable[ExcuseReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excuse"].offer(excuses)


class MarkForm(Form):
    kind = ChoiceField(label="Co to był za dzień", choices=MarkKind.choices)
    hours = HoursField(label="Godziny", required=False, help_text="Przy obecności i u pracodawcy.")
    excuse = ExcuseChoice(
        label="Powód usprawiedliwienia", required=False, help_text="Przy innej usprawiedliwionej."
    )
    reason = TextField(
        label="Powód późnego wpisu lub zmiany",
        max_length=300,
        required=False,
        help_text="Potrzebny, gdy wpis jest spóźniony albo zmienia wcześniejszy.",
    )

    def __init__(self, *args: Any, excuses: Iterable[ExcuseReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excuse"].offer(excuses)


class CertificateForm(Form):
    """The doctor's paper as a file; who may not open one may not bring one in either."""

    scan = CheckedFileField(
        kind=SICK_FILE, only=SCANS, label="Skan zaświadczenia", required=False, help_text="PDF albo zdjęcie."
    )

    def __init__(self, *args: Any, opens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "scan"])
        if not opens:
            del self.fields["scan"]


class SickForm(CertificateForm):
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", help_text="Ostatni dzień zwolnienia.")
    confirmed_on = PolishDateField(
        label="Zaświadczenie przyniesiono",
        latest=clock.today,
        required=False,
        help_text="Puste, jeśli lekarz jeszcze go nie dał. Miesiąc na nie czeka.",
    )
    note = LongTextField(label="Uwagi", max_length=600, required=False, help_text="Bez rozpoznania choroby.")


class SickChangeForm(Form):
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do")
    note = LongTextField(label="Uwagi", max_length=600, required=False, help_text="Bez rozpoznania choroby.")


class SickConfirmForm(CertificateForm):
    confirmed_on = PolishDateField(label="Kiedy przyniesiono", latest=clock.today)


class FreeForm(Form):
    since = PolishDateField(label="Od")
    until = PolishDateField(label="Do", help_text="Liczą się tylko dni, w których są zajęcia.")
    asked_on = PolishDateField(label="Dzień wniosku", latest=clock.today)


class RefuseForm(Form):
    reason = LongTextField(label="Dlaczego nie ma zgody", max_length=300)


class MealForm(Form):
    extra = WholeNumberField(
        label="Różnica", least=-500, most=500, help_text="Na przykład 2 albo -1. Zero usuwa różnicę."
    )
    reason = TextField(label="Skąd różnica", max_length=200, required=False)


class ExcuseForm(Form):
    name = TextField(label="Powód", max_length=120)
    pay_rule = ChoiceField(label="Świadczenie", choices=PayRule.choices)
    paper = TextField(
        label="Jaki dokument", max_length=200, required=False, help_text="Na przykład wezwanie."
    )
    active = YesNoField(label="Używany")


class SettingsForm(Form):
    day_hours = HoursField(label="Zwykły dzień, godziny", help_text="Gdy osoba nie ma planu.")
    late_days = WholeNumberField(
        label="Po ilu dniach wpis wymaga powodu", most=60, help_text="0: już następnego dnia."
    )
    meals = YesNoField(label="Jednostka wydaje posiłki")
    quiet_days = WholeNumberField(label="Dni bez wpisu do przypomnienia", least=1, most=90)
    ending_days = WholeNumberField(label="Dni do końca programu do przypomnienia", least=1, most=180)
    sick_alert = WholeNumberField(label="Który dzień choroby przypomina", least=1, most=60)


class FreeFilter(FilterForm):
    stan = ChoiceField(label="Stan", choices=FreeDayState.choices, none="wszystkie", required=False)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        state = self.cleaned_data.get("stan")
        return rows.filter(state=state) if state else rows


class SickFilter(FilterForm):
    papier = ChoiceField(
        label="Zaświadczenie",
        choices=[("", "wszystkie"), ("nie", "brakuje"), ("tak", "jest")],
        required=False,
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data.get("papier")
        return rows.filter(confirmed_on__isnull=asked == "nie") if asked else rows


def day_asked(text: str) -> date:
    """The day of an address, today when there is none or it cannot be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
