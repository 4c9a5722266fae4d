"""A country of payroll: one unit made by the services, copied whole to many. All names are invented.

The copies are made by SQL alone, table by table, with every key that belongs to the unit or to a person
replaced; what is encrypted for its row is encrypted again. No trigger fires while they are made.
"""

from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from benefits.models import PayWay
from ipzs.enums import MarkKind
from ipzs.queries import timetable
from ipzs.services import attendance
from reintegration.core import clock
from reintegration.core.crypto import encrypt
from reintegration.core.dates import Month
from reintegration.core.keys import field_keys
from tests.benefits.lists.made import OCTOBER, people, rounding
from tests.benefits.pay.made import ACCOUNT
from tests.cast import World
from tests.ipzs.attendance.made import closed, excuse, placed, workshop
from tests.servers import dsn

TEMPLATE = 4
# History and its queue: whoever copies past the triggers writes none.
LEFT_OUT = ("audit_change", "audit_event", "audit_eventperson", "audit_unsealed", "reporting_staleyear")
# Columns that are unique within a unit, and across units.
NUMBERED = {("participants_participation", "number"), ("tenancy_organisation", "short_name")}


def template(world: World, month: Month = OCTOBER) -> None:
    """Four persons in a workshop with every class day marked: two always there, one absent, one excused."""
    with world.scope("cis", "ewa"):
        rounding(world)
        place = workshop()
        court = excuse()
        files = [placed(file, place) for file in people(TEMPLATE)]
        planned = timetable.class_days([file.pk for file in files], month)
        for number, file in enumerate(files):
            for at, (day, hours) in enumerate(planned[file.pk].items()):
                said: dict[str, Any] = {"kind": MarkKind.PRESENT, "hours": hours}
                # One in four has missed a day, one in four was excused for one.
                if at == 5 and number == 2:
                    said = {"kind": MarkKind.UNEXCUSED}
                if at == 5 and number == 3:
                    said = {"kind": MarkKind.EXCUSED, "excuse_id": court.pk}
                with clock.frozen(day):
                    attendance.mark(participation_id=file.pk, day=day, **said)
        closed(month.first)


def copy(world: World, *, units: int, people: int) -> list[UUID]:
    """Copy the unit of the template; each copy has so many people. Returns the keys of the copies."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(dsn("postgres", name), autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "CREATE TEMPORARY TABLE a_unit AS SELECT unit FROM generate_series(1, %s) AS unit", [units]
        )
        superuser.execute(
            "CREATE TEMPORARY TABLE a_person AS SELECT unit, person FROM a_unit,"
            " generate_series(1, %s) AS person",
            [people // TEMPLATE],
        )
        rows = _rows(superuser, world.cis.pk)
        mine = {world.cis.pk} | {row["id"] for _, row in rows if "id" in row}
        of_people = _of_people(rows)
        for table, row in rows:
            _copy(superuser, table, row, {key: key in of_people for key in _keys(row) & mine})
        _encrypt(superuser)
        superuser.execute("ANALYZE")
        found = superuser.execute(
            sql.SQL("SELECT {} FROM a_unit ORDER BY unit").format(_new(world.cis.pk, of_person=False))
        )
        return [key for (key,) in found]


def _rows(superuser: Any, unit: UUID) -> list[tuple[str, dict[str, Any]]]:
    """Every row of the unit, with the columns that the database does not compute itself."""
    columns = superuser.execute(
        "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'"
        " AND is_identity = 'NO' AND NOT table_name = ANY (%s) GROUP BY table_name ORDER BY table_name",
        [list(LEFT_OUT)],
    ).fetchall()
    found = []
    for table, names in columns:
        tenant = next((one for one in ("unit_id", "organisation_id") if one in names), "")
        if table == "tenancy_organisation":
            tenant = "id"
        if tenant:
            query = sql.SQL("SELECT {} FROM {} WHERE {} = %s").format(
                sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table), sql.Identifier(tenant)
            )
            for row in superuser.execute(query, [unit]).fetchall():
                found.append((table, dict(zip(names, row, strict=True))))
    return found


def _of_people(rows: list[tuple[str, dict[str, Any]]]) -> set[UUID]:
    """The keys of persons, and of all that points at them or at what points at them."""
    found = {row["id"] for table, row in rows if table == "participants_person"}
    while True:
        more = {row["id"] for _, row in rows if "id" in row and found & _keys(row)}
        if more <= found:
            return found
        found |= more


def _keys(row: dict[str, Any]) -> set[UUID]:
    return {value for value in row.values() if isinstance(value, UUID)}


def _new(key: UUID, *, of_person: bool) -> sql.Composed:
    """The key that stands for another one in each copy."""
    copy = " || '-' || person" if of_person else ""
    return sql.SQL("md5({} || '-' || unit" + copy + ")::uuid").format(str(key))


def _copy(superuser: Any, table: str, row: dict[str, Any], keys: dict[UUID, bool]) -> None:
    """The copies of one row; `keys` are those to be replaced, and whether they are of a person."""
    of_person = any(keys.values())
    values = []
    for name, value in row.items():
        if isinstance(value, UUID) and value in keys:
            values.append(_new(value, of_person=keys[value]))
        elif (table, name) in NUMBERED:
            values.append(sql.SQL("{} || '-' || " + ("person" if of_person else "unit")).format(value))
        elif isinstance(value, dict):
            values.append(sql.Literal(Jsonb(value)))
        else:
            values.append(sql.Literal(value))
    superuser.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(values),
            sql.Identifier("a_person" if of_person else "a_unit"),
        )
    )


def _encrypt(superuser: Any) -> None:
    """An account opens in its own row only."""
    field = PayWay._meta.get_field("account")
    keys = [key for (key,) in superuser.execute("SELECT id FROM benefits_payway").fetchall()]
    superuser.execute("CREATE TEMPORARY TABLE sealed (id uuid, account bytea)")
    with superuser.cursor().copy("COPY sealed FROM STDIN (FORMAT binary)") as rows:
        rows.set_types(["uuid", "bytea"])
        for key in keys:
            rows.write_row((key, encrypt(field_keys(), ACCOUNT.encode(), field.place(str(key)))))
    superuser.execute(
        "UPDATE benefits_payway SET account = sealed.account FROM sealed WHERE sealed.id = benefits_payway.id"
    )
