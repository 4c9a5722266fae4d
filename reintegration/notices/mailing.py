"""What a mail says and to whom it goes, decided when it is sent."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from reintegration.core import clock
from reintegration.core.identifiers import format_phone
from reintegration.notices.models import Mail
from reintegration.notices.registry import NOTICES
from reintegration.notices.rules import IN_CHARGE
from reintegration.tenancy.models import Membership, Organisation


class NoReceiver(RuntimeError):
    """Nobody is left to whom this mail may go."""


def receiver(mail: Mail) -> tuple[str, bool]:
    """The address, and whether it is another person's than the one who was meant."""
    if mail.recipient_id is None:
        if mail.address is None:
            raise NoReceiver
        return mail.address, False
    today = clock.today()
    members = Membership.objects.active(today=today).filter(
        organisation=mail.organisation_id, user__is_active=True
    )
    meant = get_user_model().objects.get(pk=mail.recipient_id)
    if members.filter(user=meant).exists():
        return meant.email, False
    found: Any = members.filter(role__in=IN_CHARGE).select_related("user").order_by("since", "pk").first()
    if found is None or NOTICES[mail.kind].personal:
        raise NoReceiver
    return found.user.email, True


def compose(mail: Mail) -> EmailMultiAlternatives:
    """The registry's words, the organisation's name and a link: no personal data can get in."""
    kind = NOTICES[mail.kind]
    address, handed_on = receiver(mail)
    organisation = Organisation.objects.only("name", "phone", "email").get(pk=mail.organisation_id)
    reached = (format_phone(organisation.phone), organisation.email) if kind.outside else ()
    context = {
        "title": kind.title,
        "lead": kind.lead,
        "organisation": organisation.name,
        "outside": kind.outside,
        "reached": ", ".join(filter(None, reached)),
        "url": settings.SITE_URL + (mail.link or "/"),
        "handed_on": handed_on,
    }
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    message = EmailMultiAlternatives(
        subject=f"Reintegra: {kind.title}",
        body=render_to_string("notices/mail.txt", context),
        to=[address],
        # The same for every attempt, so that a server can tell a repetition.
        headers={"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    # A header with a line break is refused here, while the mail can still be put right.
    message.message()
    return message
