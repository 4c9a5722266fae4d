"""What accounts let go of by night."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from reintegration.accounts import held, throttling
from reintegration.accounts.models import HeldForm


def forget_forms(*, now: datetime) -> int:
    """Remove forms that waited too long, in the organisation of the current scope."""
    return HeldForm.objects.filter(created_at__lt=now - held.KEPT_FOR).delete()[0]


def forget_sessions(*, now: datetime) -> int:
    """Remove sessions that have run out, what is known of them, and counters nobody needs."""
    removed = Session.objects.filter(expire_date__lt=now).delete()[0]
    living = Session.objects.values("session_key")
    removed += UserSession.objects.exclude(session_key__in=living).delete()[0]
    return removed + throttling.clean_up()
