"""A form that was sent while the person had to prove anew who they are: kept, encrypted, and given back.

It is kept in the organisation it was typed in and for the person who typed it, for a few hours.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from reintegration.accounts.models import HeldForm, User
from reintegration.core import clock

KEPT_FOR = timedelta(hours=12)
MOST_CHARACTERS = 400_000
LONGEST_PATH = 2000
# What is not the form's own: the frame adds these anew.
NOT_KEPT = frozenset({"csrfmiddlewaretoken"})
SECRET_WORDS = ("password", "haslo", "code", "credential", "token")


def worth_keeping(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form, without secrets; empty when there is nothing to keep or too much."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_KEPT and not any(word in name.lower() for word in SECRET_WORDS)
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    fits = size <= MOST_CHARACTERS and len(request.get_full_path()) <= LONGEST_PATH
    return fields if fits else []


def keep(request: HttpRequest, *, user_id: UUID) -> UUID | None:
    """Keep the form of this request in the current scope."""
    fields = worth_keeping(request)
    if not fields:
        return None
    HeldForm.objects.filter(user_id=user_id, created_at__lt=clock.now() - KEPT_FOR).delete()
    kept = HeldForm.objects.create(
        user_id=user_id,
        path=request.get_full_path(),
        content={"fields": fields, "files": sorted(request.FILES)},
        created_at=clock.now(),
    )
    return kept.pk


def of(user: User, key: UUID) -> HeldForm | None:
    """A form that this person left in the current organisation."""
    return HeldForm.objects.filter(pk=key, user=user, created_at__gte=clock.now() - KEPT_FOR).first()


def newest(user: User) -> HeldForm | None:
    rows = HeldForm.objects.filter(user=user, created_at__gte=clock.now() - KEPT_FOR)
    return rows.order_by("-created_at", "-pk").first()


def drop(user: User, key: UUID) -> None:
    HeldForm.objects.filter(pk=key, user=user).delete()


def fields_of(form: HeldForm) -> list[tuple[str, str]]:
    content: dict[str, Any] = form.content
    return [(name, value) for name, value in content["fields"]]
