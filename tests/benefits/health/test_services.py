"""Health insurance with a database: the facts, what the OPS is told, and what the walls keep."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from benefits.models import HealthRegistration, HealthTitle
from benefits.queries.health import health_of_one, lacking, ops_lines
from benefits.rules.health import Cover
from benefits.services import health as services
from participants.models import Participation
from participants.services import participations as files
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month
from reintegration.core.errors import InputError
from tests.benefits.health import made
from tests.benefits.health.made import ARISES, SINCE, TODAY, UNTIL
from tests.cast import World
from tests.ipzs.programmes import made as programmes
from tests.participants.participations.made import candidate, in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def said(file: Participation) -> list[str]:
    return [f"{one.cover} {one.since}" for one in health_of_one(file).segments]


def test_a_programme_insures_after_thirty_days_and_the_gap_is_known_before(world: World):
    with world.scope("cis", "ewa"):
        file = made.begun()
        assert said(file) == [f"gap {SINCE}", f"programme {ARISES}"]
        found = health_of_one(file)
        assert not found.asked
        assert found.stretches == [DateSpan(ARISES, UNTIL)]
        services.add_title(
            participation_id=file.pk, kind="own", since=date(2020, 1, 1), until=date(2026, 11, 1)
        )
        assert said(file) == [f"after {SINCE}", "gap 2026-12-02", f"programme {ARISES}"]
        assert health_of_one(file).asked


def test_a_planned_programme_shows_its_gap_and_obliges_nobody(world: World):
    with world.scope("cis", "ewa"):
        file = programmes.ready(since=date(2026, 12, 1)).programme.participation
        found = health_of_one(file)
        assert found.planned
        assert [one.cover for one in found.segments] == [Cover.GAP, Cover.PROGRAMME]
        assert found.stretches == []
        assert lacking(Month(2026, 12)) == []
        with pytest.raises(InputError):
            services.tell(participation_id=file.pk)


def test_a_contract_of_a_club_insures_from_its_signature_and_its_own_agreement_does_not(world: World):
    with world.scope("kis", "bozena"):
        signed, began = date(2026, 11, 2), date(2026, 11, 10)
        file = programmes.running(kind="social_contract", on=signed, since=began).participation
        assert health_of_one(file).segments[0].since == signed
        other = candidate("Ewa Topola", opened_on=date(2026, 3, 1))
        programmes.running(other, kind="internal_contract", on=signed, since=began)
        found = health_of_one(other)
        assert found.uninsured
        assert not found.segments


def test_a_file_without_a_written_programme_is_read_by_its_periods(world: World):
    with world.scope("cis", "ewa"):
        file = in_classes()
        assert [one.cover for one in health_of_one(file).segments] == [Cover.GAP, Cover.PROGRAMME]


def test_who_begins_to_work_is_insured_by_the_work(world: World):
    with world.scope("cis", "ewa"):
        file = made.begun(since=date(2026, 9, 1))
        programme = file.programmes.get()
        programme.work_since = date(2026, 11, 16)
        programme.until = date(2027, 5, 15)
        programme.save()
        assert health_of_one(file).stretches == [DateSpan(date(2026, 10, 2), date(2026, 11, 15))]


def test_days_without_a_title_are_told_to_the_close_of_a_month(world: World):
    with world.scope("cis", "ewa"):
        file = made.begun()
        (one,) = lacking(Month(2026, 12))
        assert (one.file, one.spans, one.asked) == (
            file,
            [DateSpan(date(2026, 12, 1), date(2026, 12, 10))],
            False,
        )
        assert one.unregistered
        # Without a registration the programme insures on paper alone (art. 67 ust. 1).
        (one,) = lacking(Month(2027, 1))
        assert (one.spans, one.unregistered) == ([], True)
        services.add_title(participation_id=file.pk, kind="family", since=SINCE, until=None)
        (row,) = services.tell(participation_id=file.pk)
        with clock.frozen(ARISES):
            services.note_done(registration_id=row.pk, registered_on=ARISES, deregistered_on=None)
        assert lacking(Month(2026, 12)) == []
        assert lacking(Month(2027, 1)) == []


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "own", "since": date(2026, 11, 2), "until": date(2026, 11, 1)},
        {"kind": "decision", "since": date(2026, 11, 2), "until": date(2027, 1, 31)},
        {"kind": "none", "since": TODAY + timedelta(days=1), "until": None},
    ],
    ids=["ends before it begins", "longer than ninety days", "nothing known of tomorrow"],
)
def test_what_cannot_be_is_refused(world: World, given: dict[str, Any]):
    with world.scope("cis", "ewa"):
        file = made.begun()
        with pytest.raises(InputError):
            services.add_title(participation_id=file.pk, **given)


def test_a_decision_without_an_end_has_ninety_days(world: World):
    with world.scope("cis", "ewa"):
        file = made.begun()
        row = services.add_title(participation_id=file.pk, kind="decision", since=SINCE, until=None)
        assert row.until == date(2027, 2, 7)
        services.remove_title(title_id=row.pk)
        assert not HealthTitle.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "decision", "until": None},
        {"kind": "none", "until": UNTIL},
        {"until": SINCE - timedelta(days=1)},
        {"since": SINCE + timedelta(days=3)},
    ],
    ids=["a decision for ever", "nothing until", "backwards", "the same days twice"],
)
def test_the_database_refuses_it_too(world: World, broken: dict[str, Any]):
    with world.scope("cis", "ewa"):
        file = made.begun()
        given = {"participation": file, "person_id": file.person_id, "kind": "own", "since": SINCE}
        HealthTitle.objects.create(**given, until=SINCE + timedelta(days=5))
        with pytest.raises(DatabaseError), transaction.atomic():
            HealthTitle.objects.create(**given | {"until": UNTIL} | broken)


# What the OPS is told


def test_a_body_that_referred_sees_the_person_registers_and_ends(world: World):
    file = made.referred_and_begun(world)
    with world.scope("cis", "jan"):
        (row,) = services.tell(participation_id=file.pk)
        assert (row.since, row.until) == (ARISES, UNTIL)
        assert row.body_name == "Ośrodek Pomocy Społecznej w Modrzewnie"
        with pytest.raises(InputError, match="wie już wszystko"):
            services.tell(participation_id=file.pk)
    with clock.frozen(ARISES), world.scope("ops", "zofia"):
        seen = HealthRegistration.objects.get()
        assert seen.told["number"]
        with pytest.raises(InputError, match="wcześniej nikogo"):
            services.note_done(registration_id=seen.pk, registered_on=TODAY, deregistered_on=None)
        services.note_done(registration_id=seen.pk, registered_on=ARISES, deregistered_on=None)
        with pytest.raises(InputError, match="ubezpieczona do"):
            services.note_done(registration_id=seen.pk, registered_on=ARISES, deregistered_on=ARISES)
    with world.scope("cis", "ewa"):
        assert HealthRegistration.objects.get().registered_on == ARISES
        assert ops_lines(Month(2026, 11)) == []
        (line,) = ops_lines(Month(2026, 12))
        assert line.told is not None
        assert line.span == DateSpan(ARISES, UNTIL)


def test_the_end_of_a_programme_reaches_the_body_by_the_daily_work(world: World):
    file = made.referred_and_begun(world, since=date(2026, 9, 1))
    arises = date(2026, 10, 2)
    with world.scope("cis", "ewa"):
        (row,) = services.tell(participation_id=file.pk)
        services.note_done(registration_id=row.pk, registered_on=arises, deregistered_on=None)
        assert services.bring_up_to_date() == 0
        made.ended(file, TODAY)
        assert services.bring_up_to_date() == 1
        assert services.bring_up_to_date() == 0
    with clock.frozen(TODAY + timedelta(days=1)), world.scope("ops", "zofia"):
        seen = HealthRegistration.objects.get()
        assert seen.until == TODAY
        services.note_done(registration_id=seen.pk, registered_on=arises, deregistered_on=clock.today())
    with world.scope("cis", "ewa"):
        assert health_of_one(file).events == []
        assert services.bring_up_to_date() == 0


def test_a_job_in_the_middle_is_told_at_once(world: World):
    file = made.referred_and_begun(world)
    with world.scope("cis", "ewa"):
        services.tell(participation_id=file.pk)
        services.add_title(participation_id=file.pk, kind="own", since=date(2026, 12, 1), until=None)
        assert HealthRegistration.objects.get().cancelled_on == TODAY
        assert health_of_one(file).events == []


def test_without_a_body_in_the_program_the_unit_writes_it_down_itself(world: World):
    with world.scope("cis", "ewa"):
        file = made.begun(since=date(2026, 9, 1))
        (row,) = services.tell(participation_id=file.pk)
        assert row.sender_id is None
        services.note_done(registration_id=row.pk, registered_on=TODAY, deregistered_on=None)
        assert not health_of_one(file).due(TODAY)
        with pytest.raises(InputError, match="Wpisz też"):
            services.note_done(registration_id=row.pk, registered_on=None, deregistered_on=TODAY)


# The walls


def test_nobody_but_the_two_sides_sees_a_row(world: World):
    file = made.referred_and_begun(world)
    with world.scope("cis", "ewa"):
        services.tell(participation_id=file.pk)
        services.add_title(participation_id=file.pk, kind="none", since=TODAY, until=None)
    for organisation, person, seen in (
        ("cis", "ewa", 1),
        ("ops", "zofia", 1),
        ("other_ops", "krystyna", 0),
        ("other_cis", "teresa", 0),
        ("kis", "bozena", 0),
    ):
        with world.scope(organisation, person):
            assert HealthRegistration.objects.count() == seen, organisation
            assert HealthTitle.objects.count() == (organisation == "cis"), organisation


@pytest.mark.parametrize(
    "change",
    [{"since": TODAY}, {"until": UNTIL + timedelta(days=9)}, {"person_name": "Ktoś Inny"},
     {"body_name": "Inny OPS"}, {"cancelled_on": TODAY}],
    ids=lambda one: next(iter(one)),
)  # fmt: skip
def test_a_body_writes_its_two_days_and_nothing_else(world: World, change: dict[str, Any]):
    file = made.referred_and_begun(world)
    with world.scope("cis", "ewa"):
        services.tell(participation_id=file.pk)
    with world.scope("ops", "zofia"):
        assert HealthRegistration.objects.update(registered_on=ARISES) == 1
        with pytest.raises(DatabaseError, match="is the unit's"), transaction.atomic():
            HealthRegistration.objects.update(**change)
        row = HealthRegistration.objects.get()
        row.told = {"number": "123"}
        with pytest.raises(DatabaseError, match="is the unit's"), transaction.atomic():
            row.save(update_fields=["told"])


def test_a_body_makes_no_row_and_is_told_of_nobody_whom_it_did_not_refer(world: World):
    file = made.referred_and_begun(world)
    with world.scope("cis", "ewa"):
        (row,) = services.tell(participation_id=file.pk)
        stranger = made.begun(candidate("Ewa Topola", opened_on=date(2026, 3, 1)))
        for sender in ("ops", "other_ops"):
            with pytest.raises(DatabaseError, match="of whom it referred"), transaction.atomic():
                HealthRegistration.objects.create(
                    participation=stranger, sender=world.organisations[sender], person_name="x",
                    since=ARISES, until=UNTIL, told_on=TODAY, told_by=world.people["ewa"],
                )  # fmt: skip
        with pytest.raises(DatabaseError, match="of whom it referred"), transaction.atomic():
            HealthRegistration.objects.filter(pk=row.pk).update(sender=world.organisations["other_ops"])
    with world.scope("ops", "zofia"):
        row.pk, row._state.adding = None, True
        row.cancelled_on = TODAY
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()


def test_a_file_that_ended_takes_its_stretch_back_before_it_began(world: World):
    file = made.referred_and_begun(world)
    with world.scope("cis", "ewa"):
        services.tell(participation_id=file.pk)
        made.ended(file, TODAY)
        services.bring_up_to_date()
        row = HealthRegistration.objects.get()
        assert row.cancelled_on == TODAY
        assert Participation.objects.get(pk=file.pk).ended_on == TODAY
        files.reopen(participation_id=file.pk, reason="pomyłka")
        services.bring_up_to_date()
        row.refresh_from_db()
        assert (row.cancelled_on, row.since) == (None, ARISES)
