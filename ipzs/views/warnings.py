"""What one does about a warning: a contact written down in a few words, which takes it off the desk."""

from collections.abc import Mapping
from typing import Any

from django.urls import path, reverse

from ipzs.forms.warnings import ContactForm
from ipzs.services.warnings import open_tasks
from participants.enums import EntryKind
from participants.models import CardEntry, Participation
from participants.perms.cards import CARD_ADD
from participants.services import cards
from participants.views.participations.base import FileForm
from reintegration.audit import record
from reintegration.core import clock


class ContactAdd(FileForm):
    """Opened from the desk it is filled already: one key saves it."""

    action = CARD_ADD
    title = "Kontakt"
    form_class = ContactForm
    submit = "Zapisz kontakt"

    def object(self, *, lock: bool) -> Participation:
        found = super().object(lock=lock)
        self.back_url = reverse("notices:desk")
        rows = open_tasks().filter(subject_id=self.file.person_id).order_by("raised_at", "pk")
        self.signs = list(rows.values_list("text", flat=True))
        return found

    def lead(self) -> str:
        return " ".join([f"{self.file.person}.", *self.signs])

    def initial(self) -> Mapping[str, Any]:
        about = f"Kontakt w sprawie: {self.signs[0]}" if self.signs else ""
        return {"kind": EntryKind.CONTACT, "held_on": clock.today(), "course": about}

    def save(self, form: ContactForm) -> CardEntry:
        made = cards.add_entry(
            participation_id=self.file.pk,
            data=cards.EntryData(**form.cleaned_data),
            author_id=self.request.principal.user_id,
        )
        record.about(self.request, made)
        return made

    def success(self, form: Any, result: CardEntry) -> str:
        return f"{self.file.person}: zapisano kontakt w karcie."


urlpatterns = [path("uczestnicy/<uuid:pk>/kontakt/", ContactAdd.as_view(), name="contact_add")]
