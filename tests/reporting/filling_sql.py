"""The cells of a report counted by somebody else: SQL written from the definitions, with no rule of ours.

Each source becomes a table of whose, how much and the codes; a cell is then a plain WHERE.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection

from participants.enums import Group
from participants.models import PersonGroup
from reporting.enums import LayoutKind
from reporting.queries.filling import fill, year_of
from reporting.queries.layouts import in_force
from reporting.rules.definitions import Measure
from reporting.rules.layouts import Cell, CellKind, Layout, add_up

WORK = "('open_market', 'supported', 'business', 'cooperative')"
DAYS = "BETWEEN %(first)s AND %(last)s"

TABLES = {
    # Files with what their periods and ends say.
    "q_file": f"""SELECT f.id, f.person_id, f.opened_on, f.ended_on, f.end_reason, f.destination,
        f.certificate_on, min(p.since) AS started, o.reached, o.independent,
        bool_or(p.since <= %(last)s AND p.until >= %(first)s) AS taking,
        bool_or(p.since <= %(last)s AND p.until >= %(last)s) AS there,
        coalesce(min(p.since) <= f.ended_on AND f.ended_on {DAYS}, false) AS gone,
        coalesce(min(p.since) <= f.ended_on AND f.destination IN {WORK}, false) AS works,
        -- Half a year goes by the calendar, or is 180 days when there was a break.
        coalesce(sum(least(p.until, f.ended_on) - p.since + 1) FILTER (WHERE p.kind <> 'trial'), 0) >=
        CASE WHEN sum(p.until - p.since + 1) FILTER (WHERE p.kind <> 'trial') = max(p.until) FILTER
            (WHERE p.kind <> 'trial') - min(p.since) FILTER (WHERE p.kind <> 'trial') + 1
            THEN (min(p.since) FILTER (WHERE p.kind <> 'trial') + interval '6 months')::date
                - min(p.since) FILTER (WHERE p.kind <> 'trial')
            ELSE 180 END AS long_enough
        FROM participants_participation f LEFT JOIN participants_period p
            ON p.participation_id = f.id AND p.until >= p.since
        LEFT JOIN reporting_outcome o ON o.participation_id = f.id
        GROUP BY f.id, o.reached, o.independent""",
    "q_held": """SELECT g.person_id, codes.code, g.main, g.since FROM participants_persongroup g
        JOIN unnest(%(codes)s::text[], %(prints)s::bytea[]) AS codes (code, print)
            ON codes.print = g.code_index
        WHERE g.since <= %(last)s AND coalesce(g.until, %(last)s) >= %(first)s
            AND coalesce(g.until, g.since) >= g.since""",
    "q_lesson": f"""SELECT f.person_id, coalesce(nullif(s.key, ''), 'own') AS service, s.area,
            c.hours * 45 AS minutes
        FROM ipzs_classpresence c JOIN ipzs_classmeeting m ON m.id = c.meeting_id AND m.state = 'held'
        JOIN ipzs_service s ON s.id = m.service_id
        JOIN participants_participation f ON f.id = c.participation_id WHERE c.day {DAYS}
        UNION ALL
        SELECT f.person_id, coalesce(nullif(s.key, ''), CASE WHEN s.id IS NOT NULL THEN 'own' ELSE '' END),
            coalesce(s.area, ''), e.minutes
        FROM participants_cardentry e JOIN participants_participation f ON f.id = e.participation_id
        LEFT JOIN ipzs_service s ON lower(s.name) = lower(e.service)
        WHERE e.kind = 'counselling' AND e.struck_at IS NULL AND e.minutes IS NOT NULL
            AND e.held_on {DAYS}""",
    "q_shop": f"""SELECT f.person_id, m.hours FROM ipzs_daymark m
        JOIN participants_participation f ON f.id = m.participation_id
        WHERE m.day {DAYS} AND (m.kind = 'employer' OR m.kind = 'present' AND m.workshop_id IS NOT NULL)""",
    "q_person": """SELECT p.id AS person_id, p.sex,
            coalesce((SELECT h.code FROM q_held h WHERE h.person_id = p.id
                ORDER BY h.main DESC, h.since, h.code LIMIT 1), '') AS "group"
        FROM participants_person p""",
    # Somebody for every way to be told apart: as many rows as ways.
    "q_area": """SELECT DISTINCT person_id, area FROM q_lesson
        UNION SELECT person_id, 'vocational' FROM q_shop""",
    # Of a whole file until the day, also of the years before.
    "q_whole": """SELECT c.participation_id AS file_id, s.area FROM ipzs_classpresence c
            JOIN ipzs_classmeeting m ON m.id = c.meeting_id AND m.state = 'held'
            JOIN ipzs_service s ON s.id = m.service_id WHERE c.day <= %(last)s
        UNION SELECT e.participation_id, s.area FROM participants_cardentry e
            JOIN ipzs_service s ON lower(s.name) = lower(e.service)
            WHERE e.kind = 'counselling' AND e.struck_at IS NULL AND e.minutes IS NOT NULL
                AND e.held_on <= %(last)s
        UNION SELECT m.participation_id, 'vocational' FROM ipzs_daymark m WHERE m.day <= %(last)s
            AND (m.kind = 'employer' OR m.kind = 'present' AND m.workshop_id IS NOT NULL)""",
    "q_effect": """SELECT f.person_id, e.effect FROM q_file f, LATERAL (
            SELECT 'employment' AS effect WHERE f.works UNION ALL SELECT 'social' WHERE f.reached > 0
            UNION ALL SELECT 'any' WHERE f.works OR f.reached > 0) e
        WHERE f.gone AND f.end_reason <> 'death'""",
}
WHO = """JOIN q_person p USING (person_id) LEFT JOIN q_area a USING (person_id)
    LEFT JOIN (SELECT DISTINCT person_id, effect FROM q_effect) e USING (person_id)
    LEFT JOIN (SELECT DISTINCT person_id, code AS any_group FROM q_held) h USING (person_id)"""
OF_PERSON = "f.person_id AS who, 1 AS amount, p.sex, p.\"group\", a.area, e.effect, coalesce(h.any_group, '')"
OF_FILE = f"SELECT {OF_PERSON} AS any_group, {{more}} FROM q_file f {WHO} WHERE {{where}}"


def _files(where: str, more: str = "f.id") -> str:
    return OF_FILE.format(where=where, more=more)


_PART = """UNION ALL SELECT 'corrected', s.corrected, 'benefit' UNION ALL SELECT 'premium', s.premium,
    'premium'"""
# Of one that was sent: the first time that it did not come back in the same calendar year.
_SENT = "SELECT g.* FROM benefits_paidline g WHERE g.statement_id = s.id AND g.part IN (parts.line, 'whole')"
_WHEN_PAID = f"""CASE WHEN EXISTS ({_SENT}) THEN (SELECT min(g.sent_on) FROM ({_SENT}) g
    WHERE coalesce(date_trunc('year', g.returned_on) > date_trunc('year', g.sent_on), true))
    ELSE l.paid_on END"""
_PAID = f"""benefits_statement s JOIN benefits_payrolllist l ON l.id = s.payroll_list_id
    JOIN participants_participation f ON f.id = s.participation_id
    JOIN q_person p ON p.person_id = f.person_id
    CROSS JOIN LATERAL (SELECT 'benefit' AS part, s.benefit AS amount, 'benefit' AS line {_PART}) parts
    WHERE {_WHEN_PAID} {DAYS} AND parts.amount <> 0"""
_STAFF = """tenancy_staffmember s
    WHERE s.since <= %(last)s AND coalesce(s.until, %(last)s) >= %(first)s
        AND s.kind {volunteer} 'volunteer'"""
# What the report has no row for stands among the others.
_POSITION = """CASE WHEN s.kind = ANY (ARRAY['manager', 'social_worker', 'instructor', 'psychologist',
        'vocational_adviser', 'lawyer', 'finance', 'supported']) THEN s.kind ELSE 'other' END AS kind"""
_WHEN = "unnest(CASE WHEN coalesce(s.until, %(last)s) >= %(last)s THEN ARRAY['year', 'end']"
_WHEN += " ELSE ARRAY['year'] END)"

SOURCES = {
    "participants": _files("f.taking"),
    "at_end": _files("f.there"),
    "started": _files(f"f.started {DAYS}"),
    "ended": OF_FILE.replace("q_area a USING (person_id)", "q_whole a ON a.file_id = f.id").format(
        where="f.gone",
        more="""f.destination, f.end_reason AS reason, CASE WHEN f.end_reason = 'completed' THEN 'completed'
        WHEN f.end_reason IN ('job', 'business', 'cooperative') THEN 'working'
        WHEN f.end_reason IN ('breach', 'abandoned', 'statement', 'trial_failed') THEN 'interrupted'
        ELSE 'other' END AS how""",
    ),
    "independent": _files(
        "f.gone AND f.end_reason <> 'death' AND (f.works OR f.independent)",
        "CASE WHEN f.works THEN f.destination ELSE 'other' END AS kind",
    ),
    "effects": _files("f.gone AND f.end_reason <> 'death' AND (f.works OR f.reached > 0)"),
    "graduates": _files(
        f"""f.certificate_on {DAYS} AND f.ended_on IS NOT NULL AND f.long_enough
        AND CASE WHEN %(club)s THEN f.end_reason <> ALL (%(unfulfilled)s)
            ELSE f.certificate_on <= f.ended_on + interval '6 months' END"""
    ),
    "certificates": _files(f"f.certificate_on {DAYS}"),
    "talks": f"""SELECT {OF_PERSON} AS any_group, t.situation FROM q_file f JOIN LATERAL (
            SELECT t.situation, t.held_on FROM participants_followup t WHERE t.participation_id = f.id
            AND t.state = 'done' AND t.held_on >= f.ended_on + interval '5 months'
            ORDER BY t.held_on LIMIT 1) t ON t.held_on {DAYS} {WHO}""",
    "covered": f"""SELECT {OF_PERSON.replace("a.area", "f.area")} AS any_group, f.service
        FROM (SELECT person_id, area, service FROM q_lesson UNION
            SELECT person_id, 'vocational', 'workshop' FROM q_shop) f {WHO}""",
    "hours": """SELECT l.person_id AS who, l.minutes AS amount, l.area, l.service, p.sex, p."group"
        FROM q_lesson l JOIN q_person p USING (person_id)""",
    "practice": """SELECT s.person_id AS who, s.hours AS amount, p.sex, p."group" FROM q_shop s
        JOIN q_person p USING (person_id)""",
    "staff": f"""SELECT s.person_key AS who, 1 AS amount, {_POSITION}, s.basis, {_WHEN} AS "when"
        FROM {_STAFF.format(volunteer="<>")}""",
    "volunteers": f"""SELECT s.person_key AS who, 1 AS amount, {_WHEN} AS "when"
        FROM {_STAFF.format(volunteer="=")}""",
    "posts": f"""SELECT s.id::text AS who, {_POSITION}, s.basis, w."when",
        CASE w."when" WHEN 'end' THEN s.fte ELSE
            s.fte * (least(s.until, %(last)s) - greatest(s.since, %(first)s) + 1)
            / (%(last)s::date - %(first)s::date + 1)::numeric END AS amount
        FROM tenancy_staffmember s CROSS JOIN LATERAL (SELECT {_WHEN} AS "when") w
        WHERE s.since <= %(last)s AND coalesce(s.until, %(last)s) >= %(first)s AND s.kind <> 'volunteer'""",
    "paid": f"""SELECT f.person_id AS who, parts.amount, parts.part, p.sex, p."group" FROM {_PAID}""",
    "paid_people": f"""SELECT f.person_id AS who, 1 AS amount, parts.part, p.sex, p."group" FROM {_PAID}""",
    "payments": f"""SELECT s.id AS who, 1 AS amount, parts.part FROM {_PAID}""",
    "contributions": f"""SELECT s.id AS who,
            s.pension_insured + s.pension_payer + s.disability_insured + s.disability_payer AS amount
        FROM benefits_statement s JOIN benefits_payrolllist l ON l.id = s.payroll_list_id
        WHERE l.paid_on {DAYS}""",
    "fund": f"""SELECT r.id AS who, r.amount, r.kind AS part FROM benefits_fundreceipt r
        WHERE r.day {DAYS} AND r.taken_back_on IS NULL""",
}
# Of these a row is one: how many different ones there are.
BY_ROW = {"payments"}
CIS, KIS = (LayoutKind.CIS, LayoutKind.CAS02), (LayoutKind.KIS, LayoutKind.CAS01)
STEPS = {Measure.HOURS: "0.1", Measure.MINUTES_AS_HOURS: "0.01", Measure.POSTS: "0.01"}


def counted_in_sql(layout: Layout, first: date, last: date) -> Iterator[tuple[str, Decimal]]:
    """Every counted cell with a number, as the other count has it."""
    cells = [cell for cell in layout.of_kind(CellKind.COUNTED) if cell.measure is not Measure.TEXT]
    index: Any = PersonGroup._meta.get_field("code_index")
    values = {
        "first": first, "last": last, "codes": Group.values, "club": layout.unit_type == "KIS",
        "prints": [index.fingerprint(one) for one in Group.values],
        "unfulfilled": ["breach", "abandoned", "statement"],
    }  # fmt: skip
    tables = {**TABLES, **{f"q_of_{key}": text for key, text in SOURCES.items()}}
    with connection.cursor() as cursor:
        for name, text in tables.items():
            cursor.execute(f"CREATE TEMPORARY TABLE {name} AS {text}", values)
        for cell in cells:
            yield cell.key, _cell(cursor, cell)
        cursor.execute(f"DROP TABLE {', '.join(reversed(tables))}")


def _cell(cursor: Any, cell: Cell) -> Decimal:
    assert cell.source is not None
    key = cell.source.key
    by_row = cell.measure in {Measure.PERSONS, Measure.REFERRALS} or key in BY_ROW
    what = "count(DISTINCT who)" if by_row else "coalesce(sum(amount), 0)"
    where = " AND ".join(f'"{name}" = ANY(%s)' for name in cell.where) or "true"
    cursor.execute(f"SELECT {what} FROM q_of_{key} WHERE {where}", [list(one) for one in cell.where.values()])
    found = Decimal(cursor.fetchone()[0])
    if cell.measure is Measure.HOURS:
        found /= 45
    step = STEPS.get(cell.measure)
    return found.quantize(Decimal(step), ROUND_HALF_UP) if step else found


def differences(kinds: tuple[LayoutKind, ...], *years: int) -> list[tuple[Any, ...]]:
    """Cells in which the two counts differ; and people who do not make the number beside them."""
    found: list[tuple[Any, ...]] = []
    for kind in kinds:
        layout = in_force(kind, years[-1]).layout
        for year in years:
            ours, span = fill(layout, year), year_of(year)
            theirs = dict(counted_in_sql(layout, span.first, span.last or date.max))
            counted = {cell.key for cell in layout.of_kind(CellKind.COUNTED)} - set(ours.texts)
            assert set(theirs) == counted
            found += [
                (kind, year, key, ours.values[key], number)
                for key, number in theirs.items()
                if ours.values[key] != number
            ]
            assert add_up(layout, ours.values) == ours.values
    return found


def asked(kind: LayoutKind) -> set[str]:
    """Counted sources of a layout; words of the unit and of the register are no numbers."""
    cells = in_force(kind, 2026).layout.of_kind(CellKind.COUNTED)
    return {cell.source.key for cell in cells if cell.source and cell.measure is not Measure.TEXT}


def told(kind: LayoutKind, year: int) -> Counter[str]:
    """In how many cells of a report each source says something."""
    layout = in_force(kind, year).layout
    values = fill(layout, year).values
    cells = (cell for cell in layout.of_kind(CellKind.COUNTED) if values.get(cell.key))
    return Counter(cell.source.key for cell in cells if cell.source)
