"""The end of a file, its correction, taking it back, and the certificate."""

from collections.abc import Mapping, Sequence
from typing import Any

from participants.forms import participations as forms
from participants.models import Participation
from participants.perms import participations as perms
from participants.queries import participations as queries
from participants.services import participations as services
from participants.views.participations.base import FileForm, unit_type
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.formats import format_date


class OfEnd(FileForm):
    form_class = forms.EndForm

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": unit_type(self.request)}


class End(OfEnd):
    action = perms.END
    title = "Zakończ sprawę"
    submit = "Zakończ sprawę"

    def lead(self) -> str:
        said = (
            f"{self.file.person}, sprawa {self.file.number}. Pół roku później program przypomni o rozmowie."
        )
        asked = queries.asked_partners(self.file.pk)
        return f"{said} Prośby w toku zostaną odwołane: {', '.join(asked)}." if asked else said

    def actions(self) -> Sequence[Link]:
        """The ends that other rooms write, as they need more than a day and a reason."""
        return [
            link
            for provider in slots.providers("participants.end_links")
            for link in provider(self.request, self.file)
        ]

    def save(self, form: forms.EndForm) -> Participation:
        typed = form.cleaned_data
        self.asked = queries.asked_partners(self.file.pk)
        return services.end_participation(
            participation_id=self.file.pk,
            ended_on=typed["ended_on"],
            reason=typed["end_reason"],
            destination=typed["destination"],
            note=typed["note"],
        )

    def success(self, form: Any, result: Participation) -> str:
        said = f"Zakończono {format_date(result.ended_on, today=clock.today())}."
        return f"{said} Odwołano prośby, powiedz o tym: {', '.join(self.asked)}." if self.asked else said


class Correct(OfEnd):
    action = perms.CORRECT
    title = "Popraw zakończenie"

    def lead(self) -> str:
        return "Popraw dzień, powód albo miejsce. Okresy dopasują się do nowego dnia."

    def initial(self) -> Mapping[str, Any]:
        file = self.file
        return {
            "ended_on": file.ended_on,
            "end_reason": file.end_reason,
            "destination": file.destination,
            "note": file.end_note,
        }

    def save(self, form: forms.EndForm) -> Participation:
        typed = form.cleaned_data
        return services.correct_end(
            participation_id=self.file.pk,
            ended_on=typed["ended_on"],
            reason=typed["end_reason"],
            destination=typed["destination"],
            note=typed["note"],
        )


class Reopen(FileForm):
    action = perms.REOPEN
    title = "Otwórz ponownie"
    form_class = forms.ReopenForm
    submit = "Otwórz ponownie"

    def lead(self) -> str:
        return "Tylko wtedy, gdy zakończenie wpisano przez pomyłkę. Kto wraca później, ma nową sprawę."

    def save(self, form: forms.ReopenForm) -> Participation:
        return services.reopen(participation_id=self.file.pk, reason=form.cleaned_data["reason"])

    def success(self, form: Any, result: Participation) -> str:
        return f"Sprawa {result.number} jest znów otwarta."


class Certificate(FileForm):
    action = perms.CERTIFICATE
    title = "Zaświadczenie na papierze"
    form_class = forms.CertificateForm

    def lead(self) -> str:
        return "Wpisz dzień zaświadczenia, które wydano poza programem. (art. 13 ust. 5a, art. 18 ust. 5a)"

    def initial(self) -> Mapping[str, Any]:
        return {"day": self.file.certificate_on}

    def save(self, form: forms.CertificateForm) -> Participation:
        return services.note_certificate(participation_id=self.file.pk, day=form.cleaned_data["day"])
