"""Kinds for tests only."""

from reintegration.notices.enums import ByMail, Urgency
from reintegration.notices.registry import NotWanted, Text, notice_kind, task_kind, text_kind
from reintegration.tenancy.enums import Role

USUAL = notice_kind(
    "test.usual", title="Nowe skierowanie", lead="Przyszło skierowanie.", roles={Role.MANAGER, Role.BODY_HEAD}
)
MANDATORY = notice_kind(
    "test.mandatory",
    title="Zamknięcie miesiąca",
    lead="Miesiąc czeka na zamknięcie.",
    roles={Role.MANAGER},
    by_mail=ByMail.ALWAYS,
)
QUIET = notice_kind("test.quiet", title="Drobna rzecz", lead="Coś się zmieniło.", by_mail=ByMail.OFF)
DESK_ONLY = notice_kind("test.desk", title="Tylko pulpit", lead="Bez poczty.", by_mail=ByMail.NEVER)
PERSONAL = notice_kind(
    "test.personal", title="Nowe logowanie", lead="Ktoś się zalogował.", by_mail=ByMail.ALWAYS, personal=True
)
PAPER = task_kind("test.paper", label="Brak dokumentu", roles={Role.MANAGER}, action="Dodaj dokument")
URGENT = task_kind("test.urgent", label="Pilne", roles={Role.MANAGER}, urgency=Urgency.BAD)


def _words(key: str) -> Text:
    if key == "unwanted":
        raise NotWanted("nie ma zgody")
    return Text("+48600100200", f"Na próbę: {key}.")


TEXT = text_kind("test.text", title="Na próbę", words=_words)
