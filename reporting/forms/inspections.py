"""Forms of an inspection: what it is to be, its access, its sample and what was found."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Select

from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MultiField,
    ObjectField,
    PolishDateField,
    TextField,
    WholeNumberField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key
from reintegration.tenancy.enums import UnitType
from reporting.enums import FileFinding, InspectionArea, InspectionBasis, InspectionState, PointAnswer
from reporting.queries import inspections as queries
from reporting.rules import checklist
from reporting.rules import inspections as rules

NO_NAMES = "Nie wpisuj imion ani nazwisk: numer sprawy wystarczy, a jednostka przeczyta to w protokole."


class InspectionForm(Form):
    number = TextField(label="Znak sprawy", max_length=60, width="m")
    authorisation = TextField(label="Numer upoważnienia", max_length=60, width="m")
    authorised_on = PolishDateField(label="Upoważnienie z dnia", latest=clock.today)
    basis = ChoiceField(label="Podstawa kontroli", choices=InspectionBasis.choices)
    basis_words = TextField(
        label="Przepis albo umowa",
        max_length=300,
        required=False,
        help_text="Przy innej podstawie napisz, jaka to podstawa. Przeczyta to jednostka.",
    )
    areas = MultiField(
        label="Co obejmuje kontrola",
        choices=InspectionArea.choices,
        help_text="Z akt otworzy się tylko to, co zaznaczysz.",
    )
    period_from = PolishDateField(label="Okres kontrolowany od")
    period_until = PolishDateField(label="Okres kontrolowany do", latest=clock.today)
    access_from = PolishDateField(label="Dostęp do akt od")
    access_until = PolishDateField(
        label="Dostęp do akt do", help_text=f"Najwyżej {rules.MOST_DAYS} dni. Po tym dniu akta się zamkną."
    )

    def __init__(self, *args: Any, unit_type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = checklist.areas_for(unit_type)
        self.fields["areas"].choices = [  # type: ignore[attr-defined]
            one for one in InspectionArea.choices if one[0] in allowed
        ]
        if unit_type != UnitType.CIS:
            self.fields["basis"].choices = [  # type: ignore[attr-defined]
                one for one in InspectionBasis.choices if one[0] != InspectionBasis.SUPERVISION
            ]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for first, last in (("period_from", "period_until"), ("access_from", "access_until")):
            since, until = typed.get(first), typed.get(last)
            if since is not None and until is not None and until < since:
                self.add_error(last, "Koniec jest przed początkiem. Popraw jeden z tych dni.")
        return typed


class ExtendForm(Form):
    until = PolishDateField(label="Dostęp do akt do")
    words = LongTextField(label="Dlaczego", max_length=2000, help_text="Przeczyta to jednostka.")


class ReasonForm(Form):
    words = LongTextField(label="Dlaczego", max_length=2000, help_text="Przeczyta to jednostka.")


class MemberForm(Form):
    user = ObjectField(None, label="Kto kontroluje")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = queries.colleagues()  # type: ignore[attr-defined]


class DrawForm(Form):
    size = WholeNumberField(
        label="Ile akt wylosować",
        least=1,
        most=rules.MOST_FILES,
        help_text="Proponujemy pierwiastek z liczby akt, od 5 do 50.",
    )


class FileForm(Form):
    number = TextField(label="Numer sprawy", max_length=40, width="s")
    reason = TextField(label="Dlaczego te akta", max_length=300, help_text="Przeczyta to jednostka.")


class FindingForm(Form):
    finding = ChoiceField(
        label="Wynik", choices=FileFinding.choices[1:], required=False, none="jeszcze nieobejrzane"
    )
    words = LongTextField(label="Ustalenia", max_length=4000, required=False, help_text=NO_NAMES)

    def clean(self) -> dict[str, Any]:
        return _explained(self, "finding", FileFinding.FAULT)


class PointForm(Form):
    answer = ChoiceField(
        label="Odpowiedź", choices=PointAnswer.choices[1:], required=False, none="niesprawdzone"
    )
    words = LongTextField(label="Ustalenia", max_length=4000, required=False, help_text=NO_NAMES)

    def clean(self) -> dict[str, Any]:
        return _explained(self, "answer", PointAnswer.FAULT)


def _explained(form: Form, name: str, fault: str) -> dict[str, Any]:
    """A fault says what is wrong: the protocol is made of these words."""
    typed: dict[str, Any] = form.cleaned_data
    if typed.get(name) == fault and not typed.get("words") and "words" not in form.errors:
        form.add_error("words", "Napisz, na czym polega uchybienie.")
    return typed


class InspectionFilter(FilterForm):
    szukaj = TextField(label="Jednostka", max_length=80, required=False, width="m")
    stan = ChoiceField(label="Stan", choices=(), required=False, widget=Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stan"].choices = [  # type: ignore[attr-defined]
            ("", "niezakończone"),
            ("all", "wszystkie"),
            *InspectionState.choices,
        ]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        data = self.cleaned_data
        if words := search_key(data["szukaj"] or ""):
            rows = rows.filter(queries.named(words))
        if data["stan"] == "all":
            return rows
        return rows.filter(state=data["stan"]) if data["stan"] else rows.exclude(state__in=queries.OVER)
