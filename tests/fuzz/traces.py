"""What a request left behind: every row of every table that an organisation sees."""

from collections.abc import Collection, Mapping
from functools import cache

from django.apps import apps

from reintegration.core.planned import planned
from tests.cast import World

# The law and its registers, which no form of a unit changes, and what merely shows the change of a table.
UNREAD = {
    "participants_gmina",
    "reporting_staleyear",
    "django_content_type",
    "auth_permission",
    "django_migrations",
}
# What every request may leave: its event, the use of the session, and the count of tries.
LEFT_BY_ANY = {
    "audit_event",
    "audit_eventperson",
    "audit_unsealed",
    "django_session",
    "usersessions_usersession",
    "core_throttle",
    "accounts_attempts",
}

Traces = Mapping[str, str]


@cache
def _every_row() -> str:
    tables = sorted(
        {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
        - UNREAD
    )
    return " UNION ALL ".join(
        f"SELECT '{table}', count(*)::text || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '')"
        f' FROM "{table}" t'
        for table in tables
    )


def traces(world: World, organisation: str, person: str) -> Traces:
    """Table → the number of its rows and a digest of them."""
    # To plan it takes longer than to run it, so each connection keeps the plan.
    with world.scope(organisation, person), planned() as cursor:
        cursor.execute(_every_row())
        return dict(cursor.fetchall())


def changed(before: Traces, after: Traces, *, but: Collection[str] = ()) -> list[str]:
    """The tables that differ, without what every request leaves."""
    return sorted(
        table for table in before if before[table] != after[table] and table not in {*LEFT_BY_ANY, *but}
    )
