"""The unit's statistics against a count that somebody else wrote in SQL, and the pages that show them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from benefits.models import Statement
from benefits.services import lists
from ipzs.enums import MarkKind
from participants.enums import Group
from participants.models import PersonGroup
from participants.rules.codes import UnitType
from reintegration.core import clock, slots
from reintegration.core.dates import DateSpan
from reporting import statistics_words as words
from reporting.queries import statistics as queries
from reporting.rules.definitions import FIGURES
from tests.benefits.lists import made as payroll
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import mark
from tests.participants.participations.made import TODAY
from tests.reporting.graduates_made import course, left
from tests.reporting.population import correct, populate

pytestmark = pytest.mark.django_db
YEAR = DateSpan(date(2025, 1, 1), date(2025, 12, 31))
SPANS = (YEAR, DateSpan(date(2026, 1, 1), TODAY), DateSpan(date(2025, 4, 1), date(2025, 6, 30)))

# Written from the definitions and from nothing else: plain joins, no rule of the program.
FILE = """WITH course AS (
    SELECT f.id, f.person_id, f.ended_on, f.end_reason, f.destination, f.certificate_on,
        min(p.since) AS started, min(p.since) FILTER (WHERE p.kind = 'main') AS qualified,
        -- Half a year goes by the calendar, or is 180 days when there was a break.
        coalesce(sum(least(p.until, f.ended_on) - p.since + 1) FILTER (WHERE p.kind <> 'trial'), 0) >=
        CASE WHEN sum(p.until - p.since + 1) FILTER (WHERE p.kind <> 'trial') = max(p.until) FILTER
            (WHERE p.kind <> 'trial') - min(p.since) FILTER (WHERE p.kind <> 'trial') + 1
            THEN (min(p.since) FILTER (WHERE p.kind <> 'trial') + interval '6 months')::date
                - min(p.since) FILTER (WHERE p.kind <> 'trial')
            ELSE 180 END AS long_enough,
        bool_or(p.since <= %(last)s AND p.until >= %(first)s) AS taking
    FROM participants_participation f LEFT JOIN participants_period p ON p.participation_id = f.id
    GROUP BY f.id
), told AS (
    SELECT DISTINCT ON (t.participation_id) t.participation_id AS id, t.held_on, t.situation
    FROM participants_followup t JOIN participants_participation f ON f.id = t.participation_id
    WHERE t.state = 'done' AND t.held_on >= f.ended_on + interval '5 months'
    ORDER BY t.participation_id, t.held_on
), who AS (
    SELECT c.*, coalesce(c.started <= c.ended_on, false) AS gone,
        c.ended_on BETWEEN %(first)s AND %(last)s AS here, told.held_on, told.situation,
        coalesce(c.destination IN ('open_market', 'supported', 'business', 'cooperative')
            AND c.started <= c.ended_on, false) AS works,
        coalesce(c.certificate_on <= c.ended_on + interval '6 months' AND c.long_enough, false) AS graduate,
        o.reached, o.independent, o.work, p.sex, p.birth_date, p.education, r.source
    FROM course c JOIN participants_person p ON p.id = c.person_id
    LEFT JOIN told ON told.id = c.id LEFT JOIN reporting_outcome o ON o.participation_id = c.id
    LEFT JOIN participants_participation f ON f.id = c.id
    LEFT JOIN participants_referral r ON r.id = f.referral_id
)"""
WORK = "('open_market', 'supported', 'business', 'cooperative')"
NEWEST = """, newest AS (
    SELECT DISTINCT ON (w.person_id) w.* FROM who w JOIN participants_participation f ON f.id = w.id
    WHERE w.taking ORDER BY w.person_id, f.opened_on DESC, f.id DESC
)"""
HELD = "held_on BETWEEN %(first)s AND %(last)s"
BEGAN = "started BETWEEN %(first)s AND %(last)s"


def _steps(**where: str) -> str:
    """Rows of a figure, each with its own condition."""
    rows = (f"SELECT '{key}', count(DISTINCT person_id) FROM who WHERE {one}" for key, one in where.items())
    return f"{FILE} {' UNION ALL '.join(rows)}"


SQL = {
    "participants": _steps(all="taking", new=f"taking AND {BEGAN}"),
    "age": f"""{FILE}{NEWEST} SELECT CASE WHEN birth_date IS NULL THEN '' ELSE (
        SELECT max(band)::text FROM unnest(ARRAY[15, 25, 35, 45, 55, 65]) AS band
        WHERE band <= greatest(15, date_part('year', age(%(last)s, birth_date)))) END, count(*)
        FROM newest GROUP BY 1""",
    "education": f"{FILE}{NEWEST} SELECT education, count(*) FROM newest GROUP BY 1",
    "source": f"{FILE}{NEWEST} SELECT coalesce(source, 'none'), count(*) FROM newest GROUP BY 1",
    "group_any": f"""{FILE}{NEWEST} SELECT codes.code, count(DISTINCT n.person_id) FROM newest n
        JOIN participants_persongroup g ON g.person_id = n.person_id AND g.since <= %(last)s
            AND coalesce(g.until, %(last)s) >= %(first)s AND coalesce(g.until, g.since) >= g.since
        JOIN unnest(%(codes)s::text[], %(prints)s::bytea[]) AS codes (code, print)
            ON codes.print = g.code_index GROUP BY 1""",
    "group_main": f"""{FILE}{NEWEST}, held AS (
            SELECT DISTINCT ON (n.person_id) n.person_id, codes.code FROM newest n
            JOIN participants_persongroup g ON g.person_id = n.person_id AND g.since <= %(last)s
                AND coalesce(g.until, %(last)s) >= %(first)s AND coalesce(g.until, g.since) >= g.since
            JOIN unnest(%(codes)s::text[], %(prints)s::bytea[]) AS codes (code, print)
                ON codes.print = g.code_index
            ORDER BY n.person_id, g.main DESC, g.since, codes.code
        ) SELECT coalesce(held.code, ''), count(*) FROM newest LEFT JOIN held USING (person_id) GROUP BY 1""",
    "flow": _steps(
        started=BEGAN,
        qualified="qualified BETWEEN %(first)s AND %(last)s",
        graduated="graduate AND certificate_on BETWEEN %(first)s AND %(last)s",
        employed="works AND here",
        still_employed=f"works AND situation IN {WORK} AND {HELD}",
    )
    + " UNION ALL SELECT 'referred', count(*) FROM participants_referral"
    " WHERE (received_at AT TIME ZONE 'Europe/Warsaw')::date BETWEEN %(first)s AND %(last)s",
    "cohort": _steps(
        started=BEGAN,
        qualified=f"{BEGAN} AND qualified IS NOT NULL",
        left=f"{BEGAN} AND gone",
        graduated=f"{BEGAN} AND graduate",
        employed=f"{BEGAN} AND works",
        still_employed=f"{BEGAN} AND works AND situation IN {WORK}",
    ),
    "end_reason": f"""{FILE} SELECT end_reason, count(DISTINCT person_id) FROM who
        WHERE gone AND here GROUP BY 1""",
    "destination": f"""{FILE} SELECT destination, count(DISTINCT person_id) FROM who
        WHERE gone AND here AND end_reason <> 'death' GROUP BY 1""",
    "work": f"""{FILE} SELECT CASE
            WHEN destination = 'open_market' AND work IN ('employment', 'civil')
                OR destination = 'training' AND work = 'internship' THEN work ELSE destination END,
            count(DISTINCT person_id) FROM who
        WHERE gone AND here AND end_reason <> 'death'
            AND (destination IN {WORK} OR destination = 'training' AND work = 'internship') GROUP BY 1""",
    "situation": f"{FILE} SELECT situation, count(DISTINCT person_id) FROM who WHERE {HELD} GROUP BY 1",
    "effects": _steps(
        left="gone AND here AND end_reason <> 'death'",
        employment="works AND here AND end_reason <> 'death'",
        social="gone AND here AND end_reason <> 'death' AND reached > 0",
        independent="gone AND here AND end_reason <> 'death' AND independent",
    ),
}


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


def counted_in_sql(figure: str, span: DateSpan) -> dict[str, int]:
    index: Any = PersonGroup._meta.get_field("code_index")
    values = {
        "first": span.first,
        "last": span.last,
        "codes": Group.values,
        "prints": [index.fingerprint(one) for one in Group.values],
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL[figure], values)
        return {key: number for key, number in cursor.fetchall() if number}


def differences() -> list[tuple[str, DateSpan, dict[str, int], dict[str, Any]]]:
    found = []
    for span in SPANS:
        report = queries.report(UnitType.CIS, span, None)
        for figure in SQL:
            ours = {row.key: row.value for row in report.table(figure).rows if row.value}
            theirs = counted_in_sql(figure, span)
            told = {key: number for key, number in ours.items() if key in theirs or figure not in LEFT_OUT}
            if told != theirs:
                found.append((figure, span, theirs, ours))
    return found


# Rows that the other count does not make: they follow from those beside them.
LEFT_OUT = {"participants", "effects", "group_any"}


def test_every_cell_is_what_another_count_says_also_after_corrections(world: World):
    dice = Random(20261122)
    with world.scope("other_cis", "teresa"):
        populate(10, dice)
    with world.scope("cis", "ewa"):
        populate(60, dice)
        assert differences() == []
        user_id = world.people["ewa"].pk
        for _ in range(200):
            correct(dice, user_id)
        assert differences() == []
        report = queries.report(UnitType.CIS, YEAR, SPANS[1])
        main = report.table("group_main")
        assert main.total is not None
        assert sum(row.value for row in main.rows) == main.total.value
        assert {row.before for row in report.table("flow").rows} == {
            row.value for row in queries.report(UnitType.CIS, SPANS[1], None).table("flow").rows
        }
        # A cell and the list behind it are one thing.
        for row in report.table("effects").rows:
            people = queries.counted_people(UnitType.CIS, YEAR, "effects", row.key)
            assert people.count() == row.value
        # As many queries for sixty files as for none.
        with CaptureQueriesContext(connection) as many:
            queries.report(UnitType.CIS, YEAR, SPANS[1])
    with world.scope("kis", "bozena"), CaptureQueriesContext(connection) as none:
        queries.report(UnitType.CIS, YEAR, SPANS[1])
    assert len(many) == len(none) <= 16


def test_days_hours_and_places_are_added_up(world: World):
    with world.scope("cis", "ewa"):
        file = left()
        course(file)
        mark(file, date(2026, 5, 12), MarkKind.SICK, reason="Z listy na papierze")
        report = queries.report(UnitType.CIS, SPANS[1], YEAR)
    days = report.table("attendance")
    assert [(row.key, row.value, row.before, row.share) for row in days.rows] == [
        ("present", 1, 0, Decimal("50.0")),
        ("sick", 1, 0, Decimal("50.0")),
    ]
    assert [(row.label, row.value) for row in report.table("services").rows] == [("Doradztwo zawodowe", 2)]
    (shop,) = report.table("places").rows
    # From 9 March to 15 November of the 324 days until today.
    assert (shop.label, shop.value) == ("Stolarnia", Decimal("0.8"))


def test_money_is_what_was_paid_in_the_span(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with world.scope("cis", "ewa"):
        payroll.rounding(world)
        payroll.people(1)
    row = payroll.approved(world)
    with world.scope("cis", "celina"):
        assert queries.report(UnitType.CIS, SPANS[1], None).table("benefits").empty
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        money = queries.report(UnitType.CIS, SPANS[1], YEAR).table("benefits")
        paid = Statement.objects.get()
    assert money.total is not None
    assert (money.total.value, money.total.before) == (paid.to_pay, 0)
    assert {one.key: one.value for one in money.rows if one.value} == {"benefit": paid.benefit}


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def client_of(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.people[name])
    return client


def test_the_page_the_sheet_the_paper_and_the_people_behind_a_number(world: World):
    with world.scope("cis", "ewa"):
        populate(25, Random(7))
        left()
    worker = client_of(world, "anna")
    asked = {"od": "01.01.2025", "do": "31.12.2025", "z": "rok"}
    page = text(worker.get(reverse("reporting:statistics"), asked))
    assert "01.01.2024–31.12.2024" in page.replace(" ", "").replace(" ", "")
    assert "Przykład" not in page.partition("<main")[2]
    for figure in FIGURES.values():
        assert figure.definition[:40] in page
    people = reverse("reporting:statistics_people")
    assert people in page
    listed = text(worker.get(people, {**asked, "figura": "participants", "wiersz": "all"}))
    assert "Przykład" in listed
    assert worker.get(people, {**asked, "figura": "żadna"}).status_code == 404
    # Who leads no case sees the numbers alone.
    office = client_of(world, "rafal")
    assert people not in text(office.get(reverse("reporting:statistics"), asked))
    assert office.get(people, {**asked, "figura": "age", "wiersz": "15"}).status_code == 403
    assert "Popraw" in text(worker.get(reverse("reporting:statistics"), {"od": "1.1.2026", "do": "1.1.2025"}))
    text(worker.get(reverse("reporting:statistics"), {"od": "kiedyś", "z": "?"}))
    book = CalamineWorkbook.from_filelike(
        BytesIO(worker.get(reverse("reporting:statistics_sheet"), asked).content)
    )
    rows = book.get_sheet_by_index(0).to_python()
    assert {row[0] for row in rows[1:]} >= {FIGURES["participants"].title, FIGURES["age"].title}
    paper = worker.get(reverse("reporting:statistics_print"), asked)
    said = "".join(one.extract_text() for one in PdfReader(BytesIO(paper.content)).pages)
    assert "mniej niż 5" in said
    assert "Przykład" not in said
    assert FIGURES["benefits"].title not in text(
        client_of(world, "bozena").get(reverse("reporting:statistics"))
    )


def test_a_span_is_compared_with_any_other_one_on_the_page_the_sheet_and_the_paper(world: World):
    with world.scope("cis", "ewa"):
        populate(25, Random(7))
        spans = DateSpan(date(2025, 1, 1), date(2025, 12, 31)), DateSpan(date(2024, 5, 6), date(2024, 9, 17))
        rows = queries.report(UnitType.CIS, *spans).table("participants").rows
        (alone,) = [
            one.value for one in queries.report(UnitType.CIS, spans[1], None).table("participants").rows[:1]
        ]
    assert rows[0].before == alone
    worker, address = client_of(world, "anna"), reverse("reporting:statistics")
    other = {"z": "inny", "z_od": "06.05.2024", "z_do": "17.09.2024"}
    asked = {"od": "01.01.2025", "do": "31.12.2025", **other}
    page = text(worker.get(address, asked))
    said = words.span_said(spans[1])
    assert said in page
    # Each link of the page keeps what is compared with: other spans, the sheet, the paper, the people.
    kept = urlencode(other).replace("&", "&amp;")
    assert page.count(kept) >= 6 + 2 + len([row for row in rows if row.value])
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(worker.get(reverse("reporting:statistics_sheet"), asked).content)
    )
    first = sheet.get_sheet_by_index(0).to_python()[1]
    assert first[4:6] == [rows[0].value, rows[0].before]
    paper = worker.get(reverse("reporting:statistics_print"), asked)
    printed = "".join(one.extract_text() for one in PdfReader(BytesIO(paper.content)).pages)
    assert "".join(f"Porównanie: {said}".split()) in "".join(printed.split())
    # Days of another choice say nothing.
    assert said not in text(worker.get(address, {**asked, "z": "rok"}))
    for wrong, sentence in (
        ({"z_do": ""}, "Wpisz ostatni dzień okresu, z którym porównać."),
        ({"z_do": "01.05.2024"}, "Koniec jest przed początkiem."),
        ({"z_od": "kiedyś"}, "Popraw"),
        ({"z_od": "01.01.2030", "z_do": "01.02.2030"}, "Ten dzień jeszcze nie nadszedł."),
    ):
        assert sentence in text(worker.get(address, {**asked, **wrong}))
