"""The kinds of notices and of desk tasks there are. Each app lists its own in its `kinds.py`.

    MEMBER_INVITED = notice_kind(
        "tenancy.member_invited", title="Zaproszenie do jednostki", lead="...", roles={Role.MANAGER}
    )

Title and lead go by e-mail as they stand here, so they hold no personal data: nothing of a person can
reach a mail, because nothing of a person is ever put into one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reintegration.notices.enums import ByMail, Urgency
from reintegration.tenancy.enums import Role


@dataclass(frozen=True, slots=True)
class NoticeKind:
    key: str
    title: str
    lead: str
    roles: frozenset[Role]
    by_mail: ByMail
    urgency: Urgency
    # Meant for one person only: never handed on to the manager when that person has left.
    personal: bool
    # To somebody who has nothing here to open: in place of a link stands how to reach the organisation.
    outside: bool


@dataclass(frozen=True, slots=True)
class TaskKind:
    key: str
    label: str
    roles: frozenset[Role]
    urgency: Urgency
    icon: str
    action: str


class NotWanted(RuntimeError):
    """A text message that must not go, or need not go any more; the reason is a Polish phrase."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text message as it is sent."""

    phone: str
    words: str


@dataclass(frozen=True, slots=True)
class TextKind:
    """A kind of text message. `words` is asked when it is sent, so that what holds then decides."""

    key: str
    title: str
    words: Callable[[str], Text]


TEXTS: dict[str, TextKind] = {}
NOTICES: dict[str, NoticeKind] = {}
TASKS: dict[str, TaskKind] = {}


def notice_kind(
    key: str,
    *,
    title: str,
    lead: str,
    roles: Iterable[Role] = (),
    by_mail: ByMail = ByMail.ON,
    urgency: Urgency = Urgency.INFO,
    personal: bool = False,
    outside: bool = False,
) -> NoticeKind:
    """Register a kind of notice. `roles`: who receives it when nobody is named."""
    if key in NOTICES:
        message = f"The kind of notice {key} is declared twice."
        raise ValueError(message)
    NOTICES[key] = NoticeKind(key, title, lead, frozenset(roles), by_mail, urgency, personal, outside)
    return NOTICES[key]


def task_kind(
    key: str,
    *,
    label: str,
    roles: Iterable[Role],
    urgency: Urgency = Urgency.WARN,
    icon: str = "",
    action: str = "Otwórz",
) -> TaskKind:
    """Register a kind of desk task. `action`: the words on its button."""
    if key in TASKS:
        message = f"The kind of task {key} is declared twice."
        raise ValueError(message)
    TASKS[key] = TaskKind(key, label, frozenset(roles), urgency, icon, action)
    return TASKS[key]


def text_kind(key: str, *, title: str, words: Callable[[str], Text]) -> TextKind:
    """Register a kind of text message. `words`: from the key of a message; it may raise `NotWanted`."""
    if key in TEXTS or key in NOTICES:
        message = f"The kind of text {key} is declared twice."
        raise ValueError(message)
    TEXTS[key] = TextKind(key, title, words)
    return TEXTS[key]


def title_of(key: str) -> str:
    """What a message is called, whichever way it goes."""
    return TEXTS[key].title if key in TEXTS else NOTICES[key].title
