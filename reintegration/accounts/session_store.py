"""Sessions in the database, read together with the person who opened them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from reintegration.accounts.models import User
from reintegration.core import clock
from reintegration.core.planned import planned
from reintegration.tenancy.principal import HELD


class SessionStore(DatabaseStore):
    """One question brings the session, its person and their memberships of today.

    Who opened a session is also known beside it, in the list that its owner sees. The person found there
    only waits: whether the session is theirs, and still good, is decided as ever from what it holds itself
    (`django.contrib.auth.get_user`).
    """

    person: User | None = None

    def _get_session_from_db(self) -> Session | None:
        with planned() as cursor:
            cursor.execute(
                _statement(), {"key": self.session_key, "now": timezone.now(), "today": clock.today()}
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        data, held, *person = row
        if held is not None:
            self.person = User.from_db("default", _columns(), person)
            self.person.held = held  # type: ignore[attr-defined]
        return Session(session_key=self.session_key, session_data=data)


_asking: ContextVar[SessionStore | None] = ContextVar("asking", default=None)


@contextmanager
def at_hand(session: Any) -> Iterator[None]:
    """While the person of this session is looked for, the one who came with it is at hand."""
    token = _asking.set(session)
    try:
        yield
    finally:
        _asking.reset(token)


def person_at_hand(user_id: object) -> User | None:
    session = _asking.get()
    person = getattr(session, "person", None)
    return person if person is not None and person.pk == user_id else None


@cache
def _columns() -> list[str]:
    return [field.attname for field in User._meta.concrete_fields]


@cache
def _statement() -> str:
    """Written out, like every question of the frame; the names of the columns are the models' own."""
    columns = ", ".join(f'person."{field.column}"' for field in User._meta.concrete_fields)
    return (
        f"SELECT s.session_data, CASE WHEN person.id IS NOT NULL THEN {HELD} END, {columns}"  # noqa: S608
        f" FROM {Session._meta.db_table} s"
        f" LEFT JOIN {UserSession._meta.db_table} known ON known.session_key = s.session_key"
        f" LEFT JOIN {User._meta.db_table} person ON person.id = known.user_id AND person.is_active"
        " WHERE s.session_key = %(key)s AND s.expire_date > %(now)s"
    )
