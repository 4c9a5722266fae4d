"""What is added to a referral besides its steps, and the entry of what came on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from participants.forms import referrals as forms
from participants.forms.portal.referral import OpinionForm
from participants.models import Referral
from participants.perms import referrals as perms
from participants.queries import referrals as queries
from participants.services import referrals as services
from participants.views.referrals.base import ReferralForm
from participants.views.referrals.inbox import LIST, TITLE
from reintegration.audit import record
from reintegration.core.views import FormPage


class Enter(FormPage):
    """An own application, or a referral on paper; it counts as received."""

    action = perms.ENTER
    title = "Wniosek z papieru"
    template_name = "participants/referrals/enter.html"
    form_class = forms.ApplicationForm
    submit = "Zapisz i odbierz"
    back_url = LIST

    def lead(self) -> str:
        return "Własny wniosek, wniosek przedstawiciela albo skierowanie podmiotu, który nie ma tu konta."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (self.title, "")]

    def save(self, form: Any) -> Referral:
        data = dict(form.cleaned_data)
        made = services.enter_application(
            source=data.pop("source"),
            sender_name=data.pop("sender_name"),
            sender_person=data.pop("sender_person"),
            data=data,
        )
        record.about(self.request, made)
        record.shows(self.request, [made.pk])
        return made

    def success(self, form: Any, result: Referral) -> str:
        return f"Zapisano wniosek: {result}."

    def next_url(self, result: Referral) -> str:
        return reverse("participants:referral", args=[result.pk])


class Message(ReferralForm):
    action = perms.MESSAGE
    title = "Wiadomość do kierującego"
    form_class = forms.MessageForm
    submit = "Wyślij wiadomość"

    def save(self, form: Any) -> Any:
        return services.add_message(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Wysłano wiadomość."


class Opinion(ReferralForm):
    action = perms.OPINION
    title = "Opinia pracownika socjalnego"
    form_class = OpinionForm
    submit = "Zapisz opinię"

    def lead(self) -> str:
        return "Gdy opinia przyszła na papierze. Kierujący z kontem dodaje ją sam."

    def save(self, form: Any) -> Any:
        return services.add_opinion(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano opinię."


class Attach(ReferralForm):
    action = perms.ATTACH
    title = "Załącznik"
    form_class = forms.FileForm
    submit = "Dodaj załącznik"

    def lead(self) -> str:
        return "Zobaczy go także kierujący."

    def save(self, form: Any) -> Any:
        return services.attach_file(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return f"Dodano załącznik: {result.label}."


class Note(ReferralForm):
    action = perms.NOTE
    title = "Notatka dla zespołu"
    form_class = forms.NoteForm
    submit = "Zapisz notatkę"

    def lead(self) -> str:
        return "Nie zobaczy jej kierujący ani inna jednostka."

    def save(self, form: Any) -> Any:
        return services.add_note(referral_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano notatkę."


class Assign(ReferralForm):
    action = perms.ASSIGN
    title = "Kto prowadzi skierowanie"
    form_class = forms.AssignForm

    def initial(self) -> Mapping[str, Any]:
        intake = queries.intake_of(self.found)
        return {"assigned_to": intake.assigned_to_id if intake else None}

    def save(self, form: Any) -> Any:
        chosen = form.cleaned_data["assigned_to"]
        return services.assign_worker(referral_id=self.found.pk, user_id=chosen.pk if chosen else None)

    def success(self, form: Any, result: Any) -> str:
        name = forms.person_name(result.assigned_to) if result.assigned_to else ""
        return f"Prowadzi: {name}." if name else "Nikt nie prowadzi tego skierowania."
