"""Tables for a test of fields: made in the test's own schema of the connection, gone with its transaction."""

from django.db import connection, models


def create_temporary_tables(*tables: type[models.Model]) -> None:
    """Create the tables of models that no migration knows; the program's role may make temporary ones."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO pg_temp, public")
    with connection.schema_editor() as editor:
        for table in tables:
            editor.create_model(table)
