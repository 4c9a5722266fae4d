"""Telling people, and giving them tasks. Everything here lives and dies with the transaction of the scope."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from reintegration.core import clock
from reintegration.core.text import clean
from reintegration.jobs.services import enqueue
from reintegration.notices.enums import ByMail, MailChannel, Urgency
from reintegration.notices.models import TEXT, TITLE, DeskTask, Mail, MailPreference, Notice
from reintegration.notices.registry import NOTICES, TASKS, TEXTS, NoticeKind
from reintegration.notices.transitions import Transition, turn
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import current_scope

MAIL_JOB = "notices.mail"


class UnsafeLink(ValueError):
    """A link of a notice leads to a page of this program, and nowhere else."""


def notify(
    *,
    kind: str,
    to: Iterable[Any] | None = None,
    roles: Iterable[Role] | None = None,
    title: str = "",
    text: str = "",
    link: str = "",
    key: str = "",
    subject_id: UUID | None = None,
) -> list[Notice]:
    """Tell the named accounts, or those who hold the roles here today (the kind's own when none are given).

    `title` and `text` are shown on the desk only and may name a person (`subject_id` says whom); the
    mail says what the registry says. With a key nobody is told the same thing twice.
    """
    found = NOTICES[kind]
    people = list(to) if to is not None else list(_holders(found.roles if roles is None else roles))
    new = [
        Notice(
            kind=kind,
            recipient=person,
            title=_fitting(title, TITLE) or found.title,
            text=_fitting(text, TEXT),
            link=own_link(link),
            subject_id=subject_id,
        )
        for person in people
    ]
    for notice in new:
        notice.key = key or str(notice.pk)
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in new]).order_by("pk")
    stored = set(rows.values_list("pk", flat=True))
    told = [notice for notice in new if notice.pk in stored]
    wishes = _wishes(found, [notice.recipient_id for notice in told])
    for notice in told:
        if wishes[notice.recipient_id]:
            _post(kind=kind, key=str(notice.pk), notice=notice, recipient_id=notice.recipient_id, link=link)
    return told


def write_to(*, kind: str, address: str, link: str, key: str) -> Mail:
    """Mail somebody who has no account here yet, such as an invited person; once for each key."""
    return _post(kind=kind, key=key, address=address, link=link)


def text_to(*, kind: str, key: str) -> Mail:
    """Promise a text message, once for each key; to whom and what it says is asked when it is sent."""
    return _post(kind=TEXTS[kind].key, key=key, link="", channel=MailChannel.SMS)


def raise_task(
    *,
    kind: str,
    key: str,
    title: str,
    link: str,
    text: str = "",
    roles: Iterable[Role] | None = None,
    person_id: UUID | None = None,
    due_on: date | None = None,
    urgency: Urgency | None = None,
    subject_id: UUID | None = None,
) -> DeskTask:
    """Put a task on the desk of a person, or of whoever holds a role (the kind's own when none is given).

    While a task with this key is open there is no second one; raising it again brings it up to date.
    """
    found = TASKS[kind]
    values = {
        "title": _fitting(title, TITLE),
        "text": _fitting(text, TEXT),
        "link": own_link(link),
        "roles": [] if person_id else sorted(found.roles if roles is None else roles),
        "person_id": person_id,
        "due_on": due_on,
        "urgency": urgency or found.urgency,
        "subject_id": subject_id,
    }
    DeskTask.objects.bulk_create([DeskTask(kind=kind, key=key, **values)], ignore_conflicts=True)
    rows = DeskTask.objects.select_for_update(of=("self",))
    task: DeskTask = rows.get(kind=kind, key=key, settled_at__isnull=True)
    changed = [name for name, value in values.items() if getattr(task, name) != value]
    if changed:
        for name in changed:
            setattr(task, name, values[name])
        task.save(update_fields=changed)
    return task


def _fitting(text: str, most: int) -> str:
    """As much of a text as its line holds: a long name must not stop what people are told of."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= most else f"{cleaned[: most - 1]}…"


def settle_task(*, kind: str, key: str) -> bool:
    """Take the open task with this key off the desks; False when there is none."""
    open_now = DeskTask.objects.filter(kind=kind, key=key, settled_at__isnull=True)
    return bool(open_now.update(settled_at=clock.now(), settled_by=current_scope().user_id))


def read_all(*, recipient_id: UUID) -> int:
    """Note that a person has read what lay on the desk."""
    rows: QuerySet[Notice] = Notice.objects.filter(recipient=recipient_id, read_at__isnull=True)
    return rows.update(read_at=clock.now())


def set_preferences(*, person_id: UUID, wishes: Mapping[str, bool]) -> None:
    """Store which kinds a person wants by mail; a mandatory kind is not asked about."""
    chosen = [
        MailPreference(person_id=person_id, kind=kind, by_mail=by_mail)
        for kind, by_mail in wishes.items()
        if NOTICES[kind].by_mail in (ByMail.ON, ByMail.OFF)
    ]
    MailPreference.objects.bulk_create(
        chosen,
        update_conflicts=True,
        unique_fields=["organisation", "person", "kind"],
        update_fields=["by_mail"],
    )


def resend_mail(*, mail_id: UUID) -> None:
    """Send a mail again of which nobody knows whether it went; a person decided so."""
    mail = turn(Transition.RESEND, mail_id)
    enqueue(kind=MAIL_JOB, payload={"mail": mail.pk}, key=f"{mail.pk}:{clock.now():%Y%m%dT%H%M%S%f}")


def accept_mail(*, mail_id: UUID) -> None:
    """Leave a mail as it is; a person decided that it arrived, or that it need not."""
    turn(Transition.ACCEPT, mail_id)


def own_link(link: str) -> str:
    """A path of this program; another host, a scheme or a control character is refused."""
    if link and (not link.startswith("/") or link.startswith(("//", "/\\")) or not link.isprintable()):
        raise UnsafeLink(link)
    return link


def _post(
    *, kind: str, key: str, link: str, notice: Notice | None = None, recipient_id: UUID | None = None,
    address: str | None = None, channel: MailChannel = MailChannel.MAIL,
) -> Mail:  # fmt: skip
    mail = Mail(
        kind=kind, key=key, channel=channel, notice=notice, recipient_id=recipient_id, address=address,
        link=own_link(link),
    )  # fmt: skip
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    found: Mail = Mail.objects.get(kind=kind, key=key)
    enqueue(kind=MAIL_JOB, payload={"mail": found.pk}, key=str(found.pk))
    return found


def _holders(roles: Iterable[Role]) -> QuerySet[Any]:
    held = Membership.objects.active(today=clock.today()).filter(
        organisation=current_scope().organisation_id, role__in=list(roles)
    )
    people = get_user_model().objects.filter(is_active=True, pk__in=held.values("user"))
    return people.order_by("pk")


def _wishes(kind: NoticeKind, people: list[UUID]) -> dict[UUID, bool]:
    """Who of them gets this kind by mail."""
    if kind.by_mail in (ByMail.ALWAYS, ByMail.NEVER):
        return dict.fromkeys(people, kind.by_mail is ByMail.ALWAYS)
    wishes = dict.fromkeys(people, kind.by_mail is ByMail.ON)
    rows = MailPreference.objects.filter(person__in=people, kind=kind.key).order_by("person")
    wishes.update(rows.values_list("person_id", "by_mail"))
    return wishes
