"""Forms of the bank's answer: a file, why a booking is put aside, and what becomes of a payment."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from benefits.enums import BookingState, PayMethod
from benefits.services.answers import LARGEST_FILE, LONGEST_REMARK
from benefits.services.lines import LONGEST_REASON
from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, PolishDateField, TextField
from reintegration.core.formats import format_size
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.documents.form_fields import ReadFileField


class TakeInForm(Form):
    file = ReadFileField(
        label="Plik z banku",
        max_bytes=LARGEST_FILE,
        accept=".sta,.mt940,.txt,.xml,.camt",
        help_text=f"MT940 albo camt.053, do {format_size(LARGEST_FILE)}.",
    )


STATES = [("", "wszystkie"), *BookingState.choices]
SIDES = [("", "wszystkie"), ("in", "wpływy"), ("out", "wydatki")]


class BookingFilter(FilterForm):
    stan = ChoiceField(label="Stan", choices=STATES, widget=forms.Select)
    strona = ChoiceField(label="Kierunek", choices=SIDES, widget=forms.Select)

    def narrow(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        if state := self.cleaned_data.get("stan"):
            rows = rows.filter(state=state)
        if side := self.cleaned_data.get("strona"):
            rows = rows.filter(amount__gt=0) if side == "in" else rows.filter(amount__lt=0)
        return rows


class AsideForm(Form):
    remark = TextField(
        label="Co to za operacja",
        max_length=LONGEST_REMARK,
        help_text="Na przykład: prąd, opłata bankowa. Bez nazwisk uczestników.",
    )


class DayForm(Form):
    day = PolishDateField(label="Dzień", latest=clock.today)


class ReturnedForm(Form):
    day = PolishDateField(label="Kiedy wróciła", latest=clock.today)
    reason = TextField(
        label="Dlaczego",
        max_length=LONGEST_REASON,
        help_text="Na przykład: rachunek zamknięty, nie przyszedł do kasy, poczta zwróciła.",
    )


class GiveUpForm(Form):
    reason = TextField(
        label="Dlaczego", max_length=LONGEST_REASON, help_text="Na przykład: nie ma kontaktu z osobą."
    )


class AgainForm(Form):
    method = ChoiceField(label="Jak wypłacić", choices=PayMethod.choices)
