"""Statements that PostgreSQL reads and plans once for a connection.

To read, rewrite and plan a page's statement takes PostgreSQL several times as long as to answer it. Django
writes the values into the text, so that each one is new; here they are sent beside it.
"""

from typing import Any

from django.db import connections
from django.db.backends.postgresql.base import CursorMixin
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor


class _Planned(CursorMixin, Cursor[Any]):
    def _convert_query(self, query: Any, params: Any = None) -> Any:
        # What is noted of a query is its text; the driver keeps it for statements without a plan only.
        self._query = super()._convert_query(query, params)
        return self._query

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        # For this statement alone: with a number, the driver would note each other one too, its text with
        # the values in it, and drop all plans when a savepoint is rolled back.
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **{"prepare": True, **how})
        finally:
            self.connection.prepare_threshold = None


def planned(using: str = "default") -> CursorWrapper:
    """A cursor for statements that are asked with each page: their text is the same, their values differ.

    The connection keeps a hundred plans. What guards and counts queries sees these as well.
    """
    connection: Any = connections[using]
    # As Django's own cursor does: the server may have gone since the last request.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    made: CursorWrapper = connection._prepare_cursor(_Planned(connection.connection))
    return made
