"""Forms of a season: filters, reports that came on paper, and what goes to the minister."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Select

from ipzs.forms.opening import TableForm
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    PolishDateField,
    TextField,
    TickField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key
from reintegration.tenancy.enums import UnitType
from reporting.enums import Turn
from reporting.models.season import MOST_WORDS
from reporting.queries import season as queries

KINDS = [(UnitType.CIS.value, "CIS"), (UnitType.KIS.value, "KIS")]
COUNTED = [("", "przyjęte"), ("wyslane", "przyjęte i czekające na sprawdzenie")]
COMPARED = [("", "wszystkie jednostki"), ("te-same", "te same jednostki")]


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in queries.years(clock.today())]


def year_in(data: dict[str, Any]) -> int:
    """The year that is asked for; without one, that which is due."""
    return int(data.get("rok") or clock.today().year - 1)


class YearFields(FilterForm):
    """The year of a season, of those that can be asked for."""

    rok = ChoiceField(label="Za rok", choices=(), required=False, widget=Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rok"].choices = _years()  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows


class SeasonFilter(YearFields):
    szukaj = TextField(label="Szukaj", max_length=80, required=False, width="m")
    rodzaj = ChoiceField(label="Rodzaj", choices=[("", "CIS i KIS"), *KINDS], required=False, widget=Select)
    stan = ChoiceField(
        label="Stan sprawozdania", choices=[("", "każdy"), *Turn.choices], required=False, widget=Select
    )
    powiat = ChoiceField(label="Powiat", choices=(), required=False, widget=Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["powiat"].choices = _powiats()  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        data = self.cleaned_data
        if words := search_key(data["szukaj"] or ""):
            rows = rows.filter(search__contains=words)
        if data["rodzaj"]:
            rows = rows.filter(entry__unit_type=data["rodzaj"])
        if data["stan"]:
            rows = rows.filter(turn=data["stan"])
        if data["powiat"]:
            rows = rows.filter(powiat=data["powiat"])
        return rows


def _powiats() -> list[tuple[str, str]]:
    return [("", "każdy"), *((one, one) for one in queries.powiats())]


class TotalsFilter(YearFields):
    """What is added up, and with what it is compared. Sums are of one kind; without a word of centres."""

    rodzaj = ChoiceField(label="Rodzaj", choices=KINDS, required=False, widget=Select)
    powiat = ChoiceField(label="Powiat", choices=(), required=False, widget=Select)
    licz = ChoiceField(label="Które sprawozdania", choices=COUNTED, required=False, widget=Select)
    wobec = ChoiceField(label="Rok wcześniej", choices=COMPARED, required=False, widget=Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["powiat"].choices = [("", "całe województwo"), *_powiats()[1:]]  # type: ignore[attr-defined]

    def asked(self) -> queries.Asked:
        data = self.cleaned_data
        return queries.Asked(
            year_in(data),
            data["rodzaj"] or UnitType.CIS.value,
            waiting=bool(data["licz"]),
            powiat=data["powiat"],
        )

    @property
    def same(self) -> bool:
        return bool(self.cleaned_data["wobec"])


class BringForm(Form):
    received_on = PolishDateField(
        label="Kiedy wpłynęło", latest=clock.today, help_text="Dzień z pieczęci wpływu."
    )


class OutsideFileForm(TableForm):
    received_on = PolishDateField(
        label="Kiedy wpłynęły", latest=clock.today, help_text="Dzień, który dostaną wszystkie z tego pliku."
    )


class CollectiveForm(Form):
    with_waiting = TickField(
        label="Licz także sprawozdania, których jeszcze nie sprawdziliście", required=False
    )
    words = LongTextField(
        label="Uwagi dla ministra",
        max_length=MOST_WORDS,
        required=False,
        help_text="Stoją na początku wydruku. Nie wpisuj imion ani nazwisk uczestników.",
    )
