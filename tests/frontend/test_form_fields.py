"""Fields read leniently and say what to change; nothing that is typed breaks them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from reintegration.core import clock, form_fields
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.forms import Form

TODAY = date(2026, 11, 20)

FIELDS: dict[str, forms.Field] = {
    "text": form_fields.TextField(max_length=20),
    "long text": form_fields.LongTextField(max_length=20),
    "email": form_fields.EmailField(),
    "date": form_fields.PolishDateField(earliest=date(2026, 3, 2), latest=lambda: date(2027, 3, 1)),
    "month": form_fields.MonthField(),
    "money": form_fields.MoneyField(most=Decimal("5000.00")),
    "number": form_fields.WholeNumberField(least=1, most=60),
    "pesel": form_fields.PeselField(),
    "nip": form_fields.NipField(),
    "regon": form_fields.RegonField(),
    "nrb": form_fields.NrbField(),
    "phone": form_fields.PhoneField(),
    "postcode": form_fields.PostcodeField(),
    "yes or no": form_fields.YesNoField(),
    "choice": form_fields.ChoiceField(choices=[("a", "A"), ("b", "B")]),
    "multi": form_fields.MultiField(choices=[("a", "A"), ("b", "B")]),
}


def read(field: forms.Field, value: Any) -> Any:
    with clock.frozen(TODAY):
        return field.clean(value)


def refusal(field: forms.Field, value: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        read(field, value)
    return str(caught.value.messages[0])


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("text", "  Pracownia   stolarska ", "Pracownia stolarska"),
        ("long text", "a\r\nb", "a\nb"),
        ("date", "1.4.26", date(2026, 4, 1)),
        ("date", "2026-04-01", date(2026, 4, 1)),
        ("month", "11.2026", Month(2026, 11)),
        ("month", "2026-11", Month(2026, 11)),
        ("money", "1 966,06 zł", Decimal("1966.06")),
        ("number", "60", 60),
        ("yes or no", "yes", True),
        ("yes or no", "no", False),
        ("choice", "a", "a"),
        ("multi", ["a", "b"], ["a", "b"]),
    ],
)
def test_a_value_is_read_as_people_write_it(field: str, typed: Any, expected: Any):
    assert read(FIELDS[field], typed) == expected


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("text", "x" * 22, "Za długie o 2 znaki. Mieści się 20."),
        ("email", "anna", "Adres ma znak @ i nazwę serwera, na przykład anna@przyklad.pl."),
        ("date", "31.12.2025", "Wpisz 2 marca 2026 albo późniejszy dzień."),
        ("date", "2.3.2027", "Wpisz 1 marca 2027 albo wcześniejszy dzień."),
        ("date", "", "Wpisz dzień."),
        ("month", "13.2026", "Wpisz miesiąc i rok, na przykład 11.2026."),
        ("money", "5000,01", "Wpisz 5\u00a0000,00\u00a0zł albo mniej."),
        ("number", "9" * 400, "Wpisz 60 albo mniej."),
        ("number", "-1", "Wpisz 1 albo więcej."),
        ("number", "1,5", "Wpisz liczbę bez przecinka, na przykład 12."),
        ("nrb", "1234", "Wpisano 4 cyfry, potrzeba 26."),
        ("yes or no", "", "Zaznacz tak albo nie."),
        ("choice", "z", "Wybierz jedną z podanych odpowiedzi."),
        ("multi", ["z"], "Wybierz z podanych odpowiedzi."),
        ("multi", [], "Zaznacz przynajmniej jedną odpowiedź."),
    ],
)
def test_an_error_says_what_to_change(field: str, typed: Any, said: str):
    assert refusal(FIELDS[field], typed) == said


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    "typed", ["a\x07b", "a\x00b", "\u202eabc", "x" * 5000, "🙂", "٣٤٥", "-1e999", "NaN", "'; --", "<b>"]
)
def test_whatever_is_typed_is_read_or_refused_in_polish(name: str, typed: str):
    form_class = type("One", (Form,), {"value": FIELDS[name]})
    form = form_class({"value": [typed] if name == "multi" else typed})
    with clock.frozen(TODAY):
        said = form.errors.get("value", [])
    assert all(message[0].isupper() and message.endswith(".") for message in said)


@pytest.mark.parametrize("name", ["text", "long text", "email", "date", "money", "number", "pesel", "nrb"])
def test_a_control_character_is_named(name: str):
    assert "znak sterujący" in refusal(FIELDS[name], "12\x0734")


class Example(Form):
    name = form_fields.TextField(label="Nazwa", help_text="Krótka.")
    since = form_fields.PolishDateField(label="Od kiedy", required=False)
    adult = form_fields.YesNoField(label="Czy pełnoletnia?")
    kind = form_fields.ChoiceField(label="Rodzaj", choices=[(str(n), str(n)) for n in range(9)])


def test_errors_are_listed_with_the_control_that_mends_them():
    form = Example({"since": "jutro"})
    assert form.error_list == [
        ("id_name", "Nazwa: wpisz odpowiedź."),
        ("id_since", "Od kiedy: wpisz dzień, miesiąc i rok, na przykład 20.11.2026."),
        ("id_adult_0", "Czy pełnoletnia? Zaznacz tak albo nie."),
        ("id_kind", "Rodzaj: zaznacz jedną odpowiedź."),
    ]
    drawn = Template("{% error_summary form %}{% fields form %}").render(Context({"form": form}))
    assert "Popraw 4 pola" in drawn
    for anchor, _ in form.error_list:
        assert f'href="#{anchor}"' in drawn
        assert f'id="{anchor}"' in drawn


def test_hint_and_error_describe_their_control():
    form = Example({})
    drawn = Template("{% field form.name %}").render(Context({"form": form}))
    assert 'aria-describedby="id_name-hint id_name-err"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert drawn.index('id="id_name-hint"') < drawn.index('id="id_name-err"') < drawn.index("<input")


def test_only_what_is_optional_is_marked():
    drawn = Template("{% fields form %}").render(Context({"form": Example()}))
    assert drawn.count("(nieobowiązkowe)") == 1
    assert " required" not in drawn


def test_what_was_typed_stays_as_it_was():
    form = Example({"name": "x" * 300, "since": "31.2.2026"})
    drawn = Template("{% fields form %}").render(Context({"form": form}))
    assert 'value="31.2.2026"' in drawn
    assert "x" * 300 in drawn
    assert "maxlength" not in drawn


def test_three_answers_stand_in_a_row_and_nine_in_a_list():
    drawn = Template("{% fields form %}").render(Context({"form": Example()}))
    assert drawn.count('class="yn') == 1
    assert drawn.count("<select") == 1


def test_what_a_service_refuses_stands_on_top_of_the_form():
    form = Example({"name": "a", "adult": "yes", "kind": "1"})
    assert form.is_valid()
    form.refuse(InputError("Ta pracownia jest już zamknięta."))
    assert form.error_list == [("", "Ta pracownia jest już zamknięta.")]
    assert "Nie zapisano" in Template("{% error_summary form %}").render(Context({"form": form}))
