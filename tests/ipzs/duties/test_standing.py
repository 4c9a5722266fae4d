"""What is missing on a day, what it stops, and that SQL says the same as the rules."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ipzs.enums import DutyKind
from ipzs.queries import duties as queries
from ipzs.queries.duties.ends import ALWAYS, NEVER
from ipzs.rules.duties import State
from ipzs.services import duties as services
from participants.models import Participation
from participants.services import participations
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.duties.made import CHECKED, TODAY, done, issued
from tests.participants.participations.made import TRIAL, candidate, ready

pytestmark = pytest.mark.django_db


def test_a_centre_begins_with_the_built_in_rules_and_a_club_with_none(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        found = queries.missing([file.pk], TODAY)[file.pk]
        assert {one.kind for one in found} == set(DutyKind)
        assert {one.kind for one in found if one.blocks} == {
            DutyKind.SAFETY, DutyKind.MEDICAL, DutyKind.PROTECTION,
        }  # fmt: skip
    with world.scope("kis", "bozena"):
        file = candidate()
        assert queries.missing([file.pk], TODAY) == {file.pk: ()}
        assert queries.entry_conditions(file, TODAY) == []


def test_what_is_missing_is_said_of_a_day(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        done(file, "medical", valid_until=date(2026, 11, 19))

        def said(day: date) -> dict:
            found = {one.kind: one for one in queries.missing([file.pk], day)[file.pk]}
            return {DutyKind.MEDICAL: found[DutyKind.MEDICAL]} if DutyKind.MEDICAL in found else {}

        assert said(date(2026, 11, 19)) == {}
        (late,) = said(TODAY).values()
        assert late.until == date(2026, 11, 19)
        assert late.sentence == "Po terminie: badania lekarskie, ważne do 19.11.2026."
        (never,) = said(CHECKED - timedelta(days=1)).values()
        assert (never.until, never.sentence) == (None, "Brakuje wpisu: badania lekarskie.")


def test_nobody_begins_without_what_the_unit_asks_for(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        own = queries.entry_conditions(file, TODAY)
        assert own == [
            "Brakuje wpisu: szkolenie BHP.",
            "Brakuje wpisu: badania lekarskie.",
            "Brakuje wpisu: środki ochrony indywidualnej.",
        ]
        assert set(own) <= set(participations.entry_obstacles(file))
        with pytest.raises(InputError, match="Brakuje wpisu: szkolenie BHP"):
            participations.start_trial(participation_id=file.pk, since=TRIAL)
        ready(file)
        assert queries.entry_conditions(file, TODAY) == []
        assert set(own).isdisjoint(participations.entry_obstacles(file))


def test_what_has_to_be_there_is_there_on_the_first_day(world: World):
    """Neither before it was done, nor when it holds no longer."""
    with world.scope("cis", "anna"):
        file, week = candidate(), timedelta(days=7)
        for kind in ("safety", "medical", "protection"):
            done(file, kind, on=TODAY - week, valid_until=TODAY + timedelta(days=2))
        assert queries.entry_conditions(file, TODAY) == []
        assert len(queries.entry_conditions(file, TODAY - week - timedelta(days=1))) == 3
        assert "Po terminie: badania lekarskie, ważne do 22.11.2026." in (
            participations.entry_obstacles(file, on=TODAY + timedelta(days=3))
        )


def test_what_only_warns_stops_nobody(world: World):
    with world.scope("cis", "ewa"):
        file = candidate()
        services.set_rules(wanted=[services.RuleData(kind.value, "warns") for kind in DutyKind])
        assert queries.entry_conditions(file, TODAY) == []
        assert len(queries.missing([file.pk], TODAY)[file.pk]) == len(DutyKind)
        services.set_rules(wanted=[services.RuleData(kind.value, "off") for kind in DutyKind])
        assert queries.missing([file.pk], TODAY)[file.pk] == ()


def test_equipment_in_use_counts_until_it_comes_back(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        thing = issued(file, "protection", "hełm ochronny", wear_until=date(2029, 3, 1))
        of = DutyKind.PROTECTION
        assert queries.standings([file.pk], TODAY)[file.pk][of].state is State.VALID
        services.return_item(item_id=thing.pk, returned_on=TODAY)
        assert queries.standings([file.pk], TODAY)[file.pk][of].state is State.MISSING
        before = TODAY - timedelta(days=1)
        assert queries.standings([file.pk], before)[file.pk][of].state is State.VALID


def test_sql_says_the_same_as_the_rules(world: World):
    with world.scope("cis", "anna"):
        files = [candidate(f"Ada Osoba{number}") for number in range(6)]
        done(files[0])
        done(files[1], valid_until=date(2026, 11, 19))
        done(files[2], on=TODAY)
        done(files[2], valid_until=date(2026, 4, 1))
        issued(files[3], wear_until=date(2026, 5, 5))
        issued(files[3], wear_until=date(2027, 5, 5))
        done(files[3], "clothing", valid_until=date(2026, 12, 12))
        issued(files[4])
        services.return_item(item_id=issued(files[5], "protection", "maska").pk, returned_on=TODAY)
        of = services.rules()
        kinds = queries.asked_for(of)
        for day in (CHECKED - timedelta(days=1), CHECKED, date(2026, 5, 6), TODAY):
            expected = queries.standings([file.pk for file in files], day, of=of)
            for row in queries.expiring(kinds, today=day):
                for kind, end in queries.ends(row, kinds).items():
                    one = expected[row.pk][kind]
                    assert end == (NEVER if one.done is None else one.until or ALWAYS), (row, kind, day)
                assert row.first_end == min(queries.ends(row, kinds).values())
        _, lacks = queries.missing_paper(TODAY)
        assert set(Participation.objects.filter(lacks)) == set(files)
        ready(files[0])
        assert set(Participation.objects.filter(lacks)) == set(files[1:])


def test_a_hundred_files_cost_as_many_queries_as_one(world: World):
    with world.scope("cis", "anna"):
        files = [candidate(f"Ada Osoba{number}") for number in range(12)]
        counts = []
        for part in (files[:1], files):
            with CaptureQueriesContext(connection) as caught:
                queries.missing([file.pk for file in part], TODAY)
            counts.append(len(caught))
        assert counts[0] == counts[1] <= 4
