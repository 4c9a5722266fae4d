"""The short form of a contact: enough to say that somebody called."""

from participants.enums import EntryKind
from reintegration.core import clock
from reintegration.core.form_fields import ChoiceField, LongTextField, PolishDateField
from reintegration.core.forms import Form

HOW = [
    (EntryKind.CONTACT, "telefon albo wiadomość"),
    (EntryKind.COUNSELLING, "rozmowa na miejscu"),
    (EntryKind.VISIT, "wizyta w domu"),
]


class ContactForm(Form):
    kind = ChoiceField(label="Jak", choices=HOW)
    held_on = PolishDateField(label="Kiedy", latest=clock.today)
    course = LongTextField(label="Co ustalono", max_length=6000)
    next_on = PolishDateField(label="Umówione spotkanie albo ocena", required=False)
