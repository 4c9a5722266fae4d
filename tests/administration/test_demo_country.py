"""The large demo against the anchors of real registers and reports: two voivodeships and a dozen units."""

import io
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from benefits.models import PayrollList
from ipzs.models import AttendanceMonth, DayMark
from ipzs.queries import months
from participants.enums import EndReason
from participants.models import Agreement, OpsNotice, Participation, Period, PersonGroup, Referral
from reintegration.accounts.models import User
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import id_of
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.ops.postgres import ADMIN
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.scope import scope
from reporting.enums import FounderForm
from reporting.models import EntryVersion, RegisterEntry, Report, UnitYear
from tests.conftest import DEMO_TIME
from tests.servers import dsn

# They read only.
pytestmark = [pytest.mark.audit, pytest.mark.usefixtures("large")]

OLD = [unit for unit in country.UNITS if not unit.is_new]
LAST = Month.of(DEMO_TIME.date()).previous
EMPLOYED = {"open_market", "supported", "business", "cooperative"}


def of(key: str) -> Any:
    return scope(organisation_id=id_of(key), source="test")


def test_the_list_of_accounts_names_everybody():
    out = io.StringIO()
    call_command("demo", "--list", stdout=out)
    emails = User.objects.order_by("email").values_list("email", flat=True)
    assert [email for email in emails if email not in out.getvalue()] == []


def test_the_registers_hold_what_two_voivodeships_have():
    found: Counter[str] = Counter()
    for office in ("uw-lubelski", "uw-opolski"):
        with of(office):
            found.update(RegisterEntry.objects.order_by("pk").values_list("unit_type", flat=True))
    assert found == {UnitType.CIS: 33, UnitType.KIS: 28}


def test_gminas_and_associations_run_the_clubs():
    kinds: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    for office in ("uw-lubelski", "uw-opolski"):
        with of(office):
            clubs = EntryVersion.objects.filter(entry__unit_type=UnitType.KIS).order_by("pk")
            kinds.update(clubs.values_list("founder_kind", flat=True))
            forms.update(clubs.exclude(founder_form="").values_list("founder_form", flat=True))
    assert set(kinds) == {"local_government", "ngo"}
    assert 0.56 < kinds["local_government"] / kinds.total() < 0.68
    assert forms.total() == kinds["local_government"]
    assert 0.8 < forms[FounderForm.IN_OPS] / forms.total() < 0.95


def test_a_dozen_units_have_a_full_life():
    assert len(OLD) == 12


def test_units_are_as_large_as_those_of_the_sources():
    for unit in OLD:
        with of(unit.key):
            for year in (2024, 2025):
                held = Period.objects.filter(since__lte=date(year, 12, 31), until__gte=date(year, 1, 1))
                people = held.order_by("participation").values("participation").distinct().count()
                assert people in (range(20, 141) if unit.is_cis else range(8, 41)), (unit.key, year, people)
            assert DayMark.objects.exists()
            assert UnitYear.objects.filter(year=2025).exists()


def employed(units: list[country.CountryUnit]) -> float:
    """Which part of those who left went to work; a trial that failed was no participation yet."""
    ends: Counter[bool] = Counter()
    for unit in units:
        with of(unit.key):
            left = Participation.objects.filter(ended_on__isnull=False)
            rows = left.exclude(end_reason=EndReason.TRIAL_FAILED)
            ends.update(row.destination in EMPLOYED for row in rows.order_by("pk"))
    return ends[True] / ends.total()


def test_groups_and_ends_have_the_proportions_of_the_sources():
    groups: Counter[str] = Counter()
    for unit in (one for one in country.UNITS if one.is_cis):
        with of(unit.key):
            groups.update(row.code for row in PersonGroup.objects.order_by("pk"))
    total = groups.total()
    assert 0.42 < groups["5"] / total < 0.56
    assert 0.07 < groups["8"] / total < 0.17
    assert 0.06 < groups["2"] / total < 0.16
    assert 0.5 < employed([unit for unit in country.UNITS if unit.is_cis]) < 0.7
    assert 0.2 < employed([unit for unit in country.UNITS if not unit.is_cis]) < 0.3


def test_three_years_of_months_are_closed_and_would_close_again():
    for unit in OLD:
        with of(unit.key):
            closed = AttendanceMonth.objects.filter(state="closed").order_by("first_day")
            assert closed.count() in {34, 35}, unit.key
            for row in (closed[0], closed[20]):
                month = Month.of(row.first_day)
                assert months.check(month, today=clock.today()).may_close, (unit.key, str(month))


def test_the_last_month_waits_half_done():
    states = {}
    for unit in (one for one in country.UNITS if one.is_cis):
        with of(unit.key):
            row = PayrollList.objects.filter(month=LAST.first).first()
            states[unit.key] = row.state if row is not None else ""
            if unit.key == "zielnik":
                assert months.check(LAST, today=clock.today()).blockers
    assert states == {
        "furtka": "checked", "kram": "open", "zielnik": "", "czolenko": "paid", "przeslo": "", "warsztat": "",
    }  # fmt: skip


def test_two_centres_were_paid_for_a_year_and_every_other_for_three_months():
    paid = {}
    for key in ("nowymost", *(unit.key for unit in country.UNITS if unit.is_cis)):
        with of(key):
            rows = PayrollList.objects.filter(paid_on__isnull=False).order_by("month")
            paid[key] = rows.count()
    assert {key for key, many in paid.items() if many >= 12} == {"zielnik", "warsztat"}
    assert min(paid.values()) >= 3


def test_a_month_a_report_and_a_referral_wait_half_done():
    """Beside the lists of the last month: each for somebody with a name."""
    with of("furtka"):
        assert PayrollList.objects.get(month=LAST.first).state == "checked"
        assert Report.objects.get(year=DEMO_TIME.year).state == "draft"
        assert set(Referral.objects.order_by("pk").values_list("state", flat=True)) >= {
            "sent", "in_study", "waiting", "trial_offered",
        }  # fmt: skip
    with of("kram"):
        assert Report.objects.get(year=DEMO_TIME.year - 1).state == "returned"
    with of("ops-wierzbowiec"):
        assert Agreement.objects.filter(sender=id_of("ops-wierzbowiec"), state="asked").exists()
        assert OpsNotice.objects.filter(sender=id_of("ops-wierzbowiec"), read_at=None).exists()


def test_every_list_is_what_was_signed():
    out = io.StringIO()
    call_command("payroll_verify", stdout=out, stderr=out)
    assert "; 0 findings" in out.getvalue()
    assert not out.getvalue().startswith("0 lists")


def test_nothing_was_done_later_today_than_now():
    """Every moment that the program writes; those that the database writes are its own clock's."""
    end = datetime.combine(clock.today() + timedelta(days=1), time(), clock.WARSAW)
    later = {}
    with psycopg.connect(dsn(ADMIN, connections["default"].settings_dict["NAME"])) as superuser:
        columns = superuser.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'timestamp with time zone' AND column_default IS NULL"
        ).fetchall()
        for table, column in columns:
            found = superuser.execute(
                f'SELECT max("{column}") FROM "{table}" WHERE "{column}" > %s AND "{column}" < %s',
                [clock.now(), end],
            ).fetchone()
            if found is not None and found[0] is not None:
                later[f"{table}.{column}"] = found[0]
    assert len(columns) > 50
    assert later == {}
