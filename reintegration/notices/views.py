"""The desk, one's notices and preferences, the operator's decisions about mail, the demo's mail."""

import email
import email.policy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from reintegration.audit import record
from reintegration.core import clock, formats, toasts
from reintegration.core.views import FormPage, Page
from reintegration.jobs.services import enqueue
from reintegration.notices import kinds, perms, queries, services
from reintegration.notices.desk import desk_of
from reintegration.notices.forms import PreferenceForm
from reintegration.notices.models import DeskTask
from reintegration.notices.tasks import ACCEPT, RESEND
from reintegration.tenancy.actions import handles

MOST_NOTICES = 100
MOST_DEMO_MAILS = 50
DECISIONS = {RESEND: "Wiadomość zostanie wysłana jeszcze raz.", ACCEPT: "Wiadomość zostaje bez zmian."}


class DeskPage(Page):
    action = perms.DESK
    template_name = "notices/desk.html"

    def get_title(self) -> str:
        today = clock.today()
        day = formats.format_day_of_week(today, today=today)
        return day[:1].upper() + day[1:]

    def page(self) -> Mapping[str, Any]:
        desk = desk_of(self.request, today=clock.today())
        record.shows(self.request, {one.subject_id for one in desk.notices if one.subject_id} | desk.persons)
        return {"desk": desk}


class NoticePage(Page):
    action = perms.NOTICE_LIST
    template_name = "notices/notices.html"
    title = "Powiadomienia"

    def page(self) -> Mapping[str, Any]:
        found = list(queries.notices_of(self.request.principal)[:MOST_NOTICES])  # type: ignore[attr-defined]
        record.shows(self.request, {one.subject_id for one in found if one.subject_id})
        return {"notices": found, "unread": sum(one.read_at is None for one in found)}


@handles(POST=perms.NOTICE_READ)
def notices_read(request: Any) -> HttpResponse:
    services.read_all(recipient_id=request.user.pk)
    return redirect("notices:notice_list")


class PreferencePage(FormPage):
    action = perms.PREFERENCE_EDIT
    title = "Ustawienia powiadomień"
    form_class = PreferenceForm

    def lead(self) -> str:
        return (
            "Na pulpicie widzisz wszystkie powiadomienia. Tu wybierasz, które przychodzą też e-mailem. "
            "Wiadomości o Twoim koncie wysyłamy zawsze."
        )

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [("Powiadomienia", reverse("notices:notice_list")), (self.title, "")]

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"kinds": queries.preferences_of(self.request.principal)}  # type: ignore[attr-defined]

    def save(self, form: Any) -> str:
        person_id = self.request.principal.user_id  # type: ignore[attr-defined]
        services.set_preferences(person_id=person_id, wishes=form.cleaned_data)
        return reverse("notices:preferences")


class MailDecision(Page):
    """A mail of which nobody knows whether it went: the operator decides, without seeing whose it is."""

    action = perms.MAIL_DECIDE
    template_name = "notices/mail_decide.html"
    title = "Niepewna wiadomość"
    http_method_names: Sequence[str] = ["get", "head", "post", "options"]  # type: ignore[assignment]

    def task(self) -> DeskTask:
        rows = DeskTask.objects.filter(
            kind__in=[kinds.MAIL_UNCLEAR.key, kinds.MAIL_FAILED.key],
            key=str(self.kwargs["mail_id"]),
            settled_at__isnull=True,
        )
        found: DeskTask | None = rows.order_by("pk").first()
        if found is None or found.link != self.request.path:
            raise Http404
        record.about(self.request, found)
        return found

    def page(self) -> Mapping[str, Any]:
        return {"task": self.task(), "RESEND": RESEND, "ACCEPT": ACCEPT, "refused": ""}

    def post(self, request: HttpRequest, organisation_id: UUID, mail_id: UUID) -> HttpResponse:
        task = self.task()
        decision = request.POST.get("decision", "")
        if decision not in DECISIONS:
            return self.answer(status=422, refused="Wybierz: wysłać jeszcze raz albo zostawić.")
        enqueue(
            kind="notices.decide",
            payload={"mail": mail_id, "decision": decision},
            key=f"{task.pk}",
            organisation_id=organisation_id,
        )
        services.settle_task(kind=task.kind, key=task.key)
        toasts.saved(request, DECISIONS[decision])
        return redirect("notices:desk")


@dataclass(frozen=True, slots=True)
class DemoMail:
    subject: str
    to: str
    date: str
    text: str


@handles(GET=perms.DEMO_MAIL)
def demo_mail(request: HttpRequest) -> HttpResponse:
    """What the demo has sent; outside of the demo this page does not exist."""
    if not settings.DEMO:
        raise Http404
    folder = Path(settings.EMAIL_FILE_PATH) if settings.EMAIL_FILE_PATH else None
    files = sorted(folder.glob("*.eml"), reverse=True) if folder and folder.is_dir() else []
    return render(
        request, "notices/demo_mail.html", {"mails": [_read(file) for file in files[:MOST_DEMO_MAILS]]}
    )


def _read(file: Path) -> DemoMail:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return DemoMail(
        subject=str(message["subject"]),
        to=str(message["to"]),
        date=str(message["date"]),
        text=body.get_content() if body else "",
    )
