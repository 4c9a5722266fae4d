"""The editor of a survey: one small form for each part, all of it without a script."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from participants.diagnosis.content import MOST, WEIGHED, Kind, Leaning, Option, Question, Section
from participants.diagnosis.reading import LONGEST
from participants.diagnosis.versions import KINDS
from participants.services.diagnoses.templates import QuestionData, SectionData
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MultiField,
    ParsedField,
    TextField,
    TickField,
)
from reintegration.core.formats import format_number
from reintegration.core.forms import Form
from reintegration.core.money import parse_money

LEANINGS = [
    ("", "nic nie wnosi do wyniku"),
    (Leaning.ASSET.value, "zasób: im wyżej, tym lepiej"),
    (Leaning.PLUS.value, "atut: pomaga, gdy jest, a nie szkodzi, gdy go nie ma"),
    (Leaning.DEFICIT.value, "trudność: im wyżej, tym trudniej"),
]
LEANING_ERROR = "Zasobem albo trudnością bywa tylko skala, tak albo nie, jedna odpowiedź."


class CopyForm(Form):
    title = TextField(
        label="Nazwa nowej ankiety", max_length=LONGEST["title"], error_messages={"required": "Wpisz nazwę."}
    )


class HeadingForm(Form):
    title = TextField(
        label="Nazwa ankiety", max_length=LONGEST["title"], error_messages={"required": "Wpisz nazwę."}
    )
    lead = LongTextField(
        label="Wstęp",
        max_length=LONGEST["lead"],
        required=False,
        width="full",
        help_text="Stoi nad pytaniami. Zwraca się do osoby, z którą ją wypełniacie.",
    )


class SectionForm(Form):
    title = TextField(
        label="Nazwa części", max_length=LONGEST["title"], error_messages={"required": "Wpisz nazwę części."}
    )
    lead = LongTextField(label="Wstęp do części", max_length=LONGEST["lead"], required=False, width="full")
    dimensions = MultiField(
        label="Co ta część mierzy",
        required=False,
        choices=[],
        help_text="Pytania, które są zasobem albo trudnością, liczą się do zaznaczonych wyników.",
    )
    new_dimension = TextField(
        label="Nowy wynik", max_length=LONGEST["title"], required=False, help_text="Na przykład: Zdrowie."
    )

    def __init__(self, *args: Any, dimensions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dimensions:
            self.fields["dimensions"].choices = dimensions  # type: ignore[attr-defined]
        else:
            del self.fields["dimensions"]

    def section_data(self) -> SectionData:
        found = self.cleaned_data
        return SectionData(
            title=found["title"],
            lead=found["lead"],
            dimensions=tuple(found.get("dimensions", ())),
            new_dimension=found["new_dimension"],
        )


class BoundField(ParsedField):
    """A limit of a number; at most two places after the comma."""

    width = "xs"
    attrs = {"inputmode": "decimal"}

    def read(self, text: str) -> Decimal:
        negative = text[:1] in "-−"
        found = parse_money(text[1:] if negative else text)
        return -found if negative else found

    def show(self, value: Decimal) -> str:
        return format_number(value)


class QuestionForm(Form):
    text = TextField(
        label="Pytanie",
        max_length=LONGEST["text"],
        width="full",
        error_messages={"required": "Wpisz pytanie."},
    )
    kind = ChoiceField(label="Rodzaj odpowiedzi", choices=list(KINDS.items()))
    hint = TextField(label="Podpowiedź", max_length=LONGEST["hint"], width="full", required=False)
    options = LongTextField(
        label="Odpowiedzi do wyboru",
        required=False,
        help_text=(
            "Po jednej w wierszu, gdy wybiera się jedną albo kilka. Wagę od 0 do 4 dopisz po znaku „=”,"
            " na przykład: mam stałą pracę = 4."
        ),
    )
    leaning = ChoiceField(
        label="Co znaczy wysoka odpowiedź", choices=LEANINGS, required=False, widget=forms.RadioSelect
    )
    label = TextField(
        label="Krótka nazwa",
        max_length=LONGEST["label"],
        required=False,
        help_text="Na liście zasobów i trudności. Puste: całe pytanie.",
    )
    least = BoundField(label="Najmniejsza liczba", required=False)
    most = BoundField(label="Największa liczba", required=False)
    sensitive = TickField(
        label="Dane wrażliwe",
        required=False,
        help_text="Zdrowie, nałogi, wyroki, pochodzenie, przemoc: odpowiedź widzą tylko osoby prowadzące.",
    )
    required = TickField(label="Bez tej odpowiedzi diagnozy nie da się zakończyć", required=False)

    def __init__(self, *args: Any, fixed_kind: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaning"].choices = LEANINGS  # type: ignore[attr-defined]
        if fixed_kind:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = "To pytanie już zadawano, więc rodzaj zostaje."

    def clean_options(self) -> tuple[tuple[str, int | None], ...]:
        return tuple(_option(line) for line in self.cleaned_data["options"].splitlines() if line.strip())

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        kind, options = found.get("kind"), found.get("options")
        if kind in {Kind.ONE, Kind.MANY} and options is not None and len(options) < 2:
            self.add_error("options", "Podaj co najmniej dwie odpowiedzi, każdą w osobnym wierszu.")
        if kind not in {Kind.ONE, Kind.MANY} and options:
            self.add_error("options", "Odpowiedzi do wyboru ma tylko pytanie z wyborem. Zmień rodzaj.")
        if found.get("leaning") and kind not in WEIGHED:
            self.add_error("leaning", LEANING_ERROR)
        return found

    def question_data(self) -> QuestionData:
        found = self.cleaned_data
        return QuestionData(
            question=Question(
                key="",
                text=found["text"],
                kind=Kind(found["kind"]),
                hint=found["hint"],
                label=found["label"],
                leaning=Leaning(found["leaning"]) if found["leaning"] else None,
                sensitive=found["sensitive"],
                required=found["required"],
                least=found["least"],
                most=found["most"],
            ),
            options=found["options"],
        )


class FirstQuestionForm(SectionForm, QuestionForm):
    """A new section comes with its first question."""

    field_order = ["title", "dimensions", "new_dimension", "text", "kind", "hint", "options", "leaning"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["lead"]
        self.fields["text"].label = "Pierwsze pytanie"

    def section_data(self) -> SectionData:
        self.cleaned_data.setdefault("lead", "")
        return super().section_data()


def _option(line: str) -> tuple[str, int | None]:
    text, sign, worth = line.rpartition("=")
    if not sign:
        return line.strip(), None
    digits = worth.strip()
    if not text.strip() or digits not in {str(place) for place in range(MOST + 1)}:
        raise forms.ValidationError(f"W wierszu „{line.strip()}” waga to liczba od 0 do {MOST}.")
    return text.strip(), int(digits)


def section_initial(section: Section) -> dict[str, Any]:
    return {"title": section.title, "lead": section.lead, "dimensions": list(section.dimensions)}


def question_initial(question: Question) -> dict[str, Any]:
    return {
        "text": question.text,
        "kind": question.kind.value,
        "hint": question.hint,
        "label": question.label,
        "leaning": question.leaning.value if question.leaning else "",
        "sensitive": question.sensitive,
        "required": question.required,
        "options": "\n".join(_line(option) for option in question.options),
        "least": question.least,
        "most": question.most,
    }


def _line(option: Option) -> str:
    return option.text if option.worth is None else f"{option.text} = {option.worth}"
