"""Drafts and submissions, in the database."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.memory import Draft
from reintegration.shell.models import FormDraft, SubmissionKey
from reintegration.tenancy.scope import scope_or_none

MOST_DRAFTS = 30
LONGEST_DRAFT = 200_000
LONGEST_PATH = 300
NEVER_KEPT = {"csrfmiddlewaretoken", "submission", "code"}
DRAFTS_LIVE = timedelta(days=30)
SUBMISSIONS_LIVE = timedelta(days=2)


def save_draft(*, user_id: UUID, path: str, data: QueryDict) -> datetime:
    """Keep what was typed at an address. Passwords are not kept."""
    kept = {
        name: values
        for name, values in data.lists()
        if name not in NEVER_KEPT and "password" not in name.lower()
    }
    if len(json.dumps(kept)) > LONGEST_DRAFT or len(path) > LONGEST_PATH:
        raise InputError("Ten szkic jest za długi. Zapisz formularz teraz.")
    now = clock.now()
    mine = FormDraft.objects.filter(user_id=user_id)
    draft = mine.filter(path=path).select_for_update(of=("self",)).first()
    if draft is None:
        too_old = mine.order_by("-saved_at").values_list("pk", flat=True)[MOST_DRAFTS - 1 :]
        mine.filter(pk__in=list(too_old)).delete()
        draft = FormDraft(user_id=user_id, path=path)
    draft.data = kept
    draft.saved_at = now
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        # The same page in two tabs saved its first draft twice at once; the later one wins next time.
        return now
    return now


def drop_draft(*, user_id: UUID, path: str) -> None:
    FormDraft.objects.filter(user_id=user_id, path=path).delete()


def forget_old(*, now: datetime) -> int:
    """Remove drafts and tokens past their time, in the organisation of the scope."""
    drafts, _ = FormDraft.objects.filter(saved_at__lt=now - DRAFTS_LIVE).delete()
    tokens, _ = SubmissionKey.objects.filter(sent_at__lt=now - SUBMISSIONS_LIVE).delete()
    return int(drafts + tokens)


class DatabaseMemory:
    """The form base's memory (core.memory), in tables of the current organisation."""

    def draft(self, request: HttpRequest) -> Draft | None:
        if scope_or_none() is None:
            return None
        found = FormDraft.objects.filter(user_id=request.user.pk, path=request.path).first()
        if found is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in found.data.items():
            data.setlist(name, values)
        return Draft(found.saved_at, data)

    def drop_draft(self, request: HttpRequest) -> None:
        if scope_or_none() is not None and request.user.pk:
            drop_draft(user_id=request.user.pk, path=request.path)

    def result(self, request: HttpRequest, token: str) -> str:
        if scope_or_none() is None:
            return ""
        found = self._sent(request, token).values_list("location", flat=True).first()
        return found or ""

    def claim(self, request: HttpRequest, token: str) -> bool:
        if scope_or_none() is None:
            return True
        try:
            with transaction.atomic():
                SubmissionKey.objects.create(user_id=request.user.pk, token=token, sent_at=clock.now())
        except IntegrityError:
            return False
        return True

    def settle(self, request: HttpRequest, token: str, location: str) -> None:
        if scope_or_none() is not None and token:
            self._sent(request, token).update(location=location[:500])

    def _sent(self, request: HttpRequest, token: str) -> Any:
        return SubmissionKey.objects.filter(user_id=request.user.pk, token=token)
