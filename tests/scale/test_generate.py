"""`manage.py generate`: stopped by force and taken up again it writes the same country, by all the rules."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from benefits.models import PayrollList, Statement
from benefits.queries.integrity import faults
from ipzs.models import AttendanceMonth, DayMark
from ipzs.queries import months
from participants.models import Participation
from reintegration.accounts.models import User
from reintegration.administration.generation import course
from reintegration.administration.generation.country import Country
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.ops.postgres import ADMIN, DATABASE
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Founder, Membership, Organisation, Unit
from reintegration.tenancy.scope import platform_scope, scope
from reporting.models import UnitYear
from reporting.services import rollups
from tests import servers
from tests.cast import sign_in
from tests.conftest import connected_to
from tests.servers import ROOT, dsn

pytestmark = [pytest.mark.process, pytest.mark.refills]

COUNTRY = Country(seed=7, units=3, years=1, people=3, until=date(2026, 4, 10))
ARGUMENTS = ("--units=3", "--people=3", "--seed=7", "--until=2026-04-10")
PATIENCE = 120
# Part of the way, in the middle of a unit's year.
STOPPED = "unit 3 year 2026"
# Written by the program's own services, whose keys are new each time.
OWN_KEYS = (
    "benefits_journalentry", "benefits_paidline", "benefits_posting", "documents_counter", "ipzs_dutyrule",
    "ipzs_excusereason", "ipzs_service", "reporting_unityear", "reporting_yearcell",
)  # fmt: skip
# Of this database alone: others of the same server have their own races.
WAITS = (
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
    " AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO generated_part%')"
)
# What is drawn or timed when it is written, besides ciphertexts, which hide that they are the same.
DRAWN = ["password", "data", "created_at", "digest", "sealed_digest", "transaction", "seconds", "entry_id"]
NOT_OF_THE_COUNTRY = ("audit\\_%", "django\\_%", "auth\\_%", "law\\_parameter%", "reporting_reportlayout")


def generating(database: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "generate", *(arguments or ARGUMENTS)],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "reintegration.settings.test",
            "DATABASE_URL": dsn("reintegra_owner", database),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said


def superuser(database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(dsn(ADMIN, database), autocommit=True)


def wait_until(process: subprocess.Popen[str], door: psycopg.Connection[Any], question: str) -> None:
    end = time.monotonic() + PATIENCE
    while not door.execute(question).fetchone()[0]:  # type: ignore[arg-type, index]
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end, question
        time.sleep(0.02)


def stop_in_the_middle(database: str) -> None:
    """Kill it while the transaction of a part is open: it waits for ours, which has written the same mark."""
    process = generating(database)
    with superuser(database) as door, door.transaction(force_rollback=True):
        with superuser(database) as watch:
            wait_until(process, watch, "SELECT to_regclass('generated_part') IS NOT NULL")
            door.execute("INSERT INTO generated_part VALUES (%s, 0, 0, 0)", [STOPPED])
            wait_until(process, watch, WAITS)
        process.kill()
        process.communicate()


def digests(database: str) -> dict[str, str]:
    """Of each table of the country, whatever the order of its rows."""
    with superuser(database) as door:
        names = [
            name
            for (name,) in door.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                " AND NOT tablename LIKE ANY (%s) ORDER BY 1",
                [list(NOT_OF_THE_COUNTRY)],
            )
        ]
        return {name: _digest(door, name) for name in names}


def _digest(door: psycopg.Connection[Any], table: str) -> str:
    sealed = [
        name
        for (name,) in door.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND atttypid = 'bytea'::regtype",
            [table],
        )
    ]
    left_out = [*DRAWN, *sealed, *(["id"] if table in OWN_KEYS else [])]
    if table == "mfa_authenticator":
        left_out.append("id")
    count, found = door.execute(
        f"SELECT count(*), md5(string_agg(said, '' ORDER BY said)) FROM"  # noqa: S608 - names of the catalog
        f' (SELECT md5((to_jsonb(row) - %s::text[])::text) AS said FROM "{table}" AS row) AS rows',
        [left_out],
    ).fetchone()  # type: ignore[misc]
    return f"{count} {found}"


@pytest.fixture(scope="module")
def countries(database_name: str, django_db_setup: None) -> tuple[str, str]:
    """One country that was written at once, and one that was stopped by force and gone on with."""
    whole, broken = f"{database_name}_whole", f"{database_name}_broken"
    for name in (whole, broken):
        servers.clone(name, template=DATABASE)
    at_once = generating(whole)
    stop_in_the_middle(broken)
    with superuser(broken) as door:
        parts = [name for (name,) in door.execute("SELECT part FROM generated_part ORDER BY number")]
    assert "unit 2 year 2026" in parts
    assert STOPPED not in parts
    assert f"{len(parts)} of " in finished(generating(broken))
    finished(at_once)
    return whole, broken


@pytest.fixture
def country(countries: tuple[str, str], request: pytest.FixtureRequest) -> Iterator[None]:
    """The one that was stopped, in a transaction that is rolled back."""
    with connected_to(countries[1]), clock.frozen(COUNTRY.until):
        request.getfixturevalue("db")
        yield


def test_whoever_is_stopped_goes_on_to_the_same_rows(countries: tuple[str, str]):
    whole, broken = (digests(name) for name in countries)
    different = {name for name in whole if whole[name] != broken.get(name)}
    assert different == set()
    for name in ("ipzs_daymark", "benefits_statement", "participants_person", "reporting_yearcell"):
        assert not whole[name].startswith("0 "), name


def test_every_trigger_is_as_it_was(countries: tuple[str, str]):
    question = "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"
    with superuser(DATABASE) as before, superuser(countries[1]) as after:
        assert set(after.execute(question)) == set(before.execute(question))


def test_what_was_written_is_no_history_and_what_was_signed_is(countries: tuple[str, str]):
    with superuser(countries[1]) as door:
        rows = door.execute("SELECT table_name, operation FROM audit_change WHERE source = 'generate'")
        found = set(rows.fetchall())
    assert ("benefits_payrolllist", "U") in found
    assert not {("ipzs_daymark", "I"), ("participants_person", "I"), ("benefits_statement", "I")} & found


@pytest.mark.usefixtures("country")
def test_months_are_closed_lists_agree_and_years_are_counted():
    looked_at = 0
    for unit in COUNTRY.plans():
        with scope(organisation_id=unit.id, source="test"):
            files = unit.year(2026).files
            assert Participation.objects.count() == len(files)
            assert DayMark.objects.count() == sum(len(file.days) for file in files)
            closed = AttendanceMonth.objects.filter(state="closed").order_by("first_day")
            assert [row.first_day.month for row in closed] == [1, 2, 3]
            for row in closed:
                checked = months.check(Month.of(row.first_day), today=clock.today())
                assert [one.found for one in checked.blocked] == [], row.first_day
                looked_at += len(checked.people)
            lists = list(PayrollList.objects.order_by("month"))
            assert len(lists) == (3 if unit.is_cis else 0)
            assert [fault for row in lists for fault in faults(row)] == []
            assert not Statement.objects.filter(blocked=True).exists()
            assert UnitYear.objects.count() == 1
            assert rollups.check().wrong == ()
    assert looked_at


@pytest.mark.usefixtures("country")
def test_every_role_has_an_account():
    with platform_scope(source="test"):
        held = Membership.objects.order_by("pk").values_list("role", flat=True)
        assert set(held) == set(Role.values)


@pytest.mark.usefixtures("country")
def test_pages_of_a_unit_open_for_its_people(client: Client):
    unit = next(COUNTRY.plans())
    manager = User.objects.get(pk=unit.user("manager"))
    with scope(organisation_id=unit.id, source="test"):
        file = Participation.objects.order_by("number")[0]
        row = PayrollList.objects.order_by("month")[0]
        name = str(file.person)
        assert Statement.objects.filter(payroll_list=row, blocked=False).exists()
    sign_in(client, manager, unit.id)
    pages = {
        reverse("participants:list"): name,
        reverse("participants:file", args=[file.pk]): name,
        reverse("benefits:list", args=[str(Month.of(row.month))]): row.number,
    }
    for address, words in pages.items():
        page = client.get(address)
        assert page.status_code == 200, address
        assert words in page.content.decode(), address


def test_a_database_with_people_of_its_own_is_left_alone(db: None):
    with pytest.raises(CommandError, match="not empty"):
        call_command("generate", stderr=StringIO())
    assert Unit.objects.exists()


@pytest.mark.usefixtures("country")
def test_another_country_is_not_mixed_into_the_first():
    with pytest.raises(course.Refused, match="--units 3 --years 1 --people 3 --seed 7"):
        course.prepare(replace(COUNTRY, units=4))
    with pytest.raises(course.Refused, match="owner"):
        course.prepare(COUNTRY)
    founder = Founder.objects.order_by("pk")[0]
    with platform_scope(source="test"):
        real = Organisation.objects.create(
            kind="unit", name="CIS prawdziwy", short_name="CIS", voivodeship="06", town="Modrzewno",
            opened_on=COUNTRY.until,
        )  # fmt: skip
        Unit.objects.create(organisation=real, unit_type="CIS", founder=founder)
    with pytest.raises(course.Refused, match="1 units of their own"):
        course.prepare(COUNTRY)
