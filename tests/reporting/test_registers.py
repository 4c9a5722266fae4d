"""What the office decides about its registers, and what stood there on a day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.transitions import WrongState
from reintegration.tenancy import scope as scopes
from reintegration.tenancy.enums import UnitType
from reporting.enums import EndReason, Standing
from reporting.models import EntryNote, EntryVersion, RegisterEntry, StatusDecision
from reporting.queries import registers as queries
from reporting.queries.identity import identity, told
from reporting.rules.registers import standing_on
from reporting.services import registers
from tests.cast import World
from tests.reporting.made import DATA, GRANTED, entered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


@pytest.fixture
def office(world: World):
    with world.scope("office", "maria"):
        yield world


def lost(entry: RegisterEntry, since: date) -> StatusDecision:
    return registers.end(
        entry_id=entry.pk, reason=EndReason.UNHEEDED, number="PS.9", decided_on=since, since=since,
        words="Nie odpowiedziano na dwa wezwania.",
    )  # fmt: skip


def test_a_status_is_granted_prolonged_and_lost(office: World):
    entry = entered()
    first = StatusDecision.objects.get(entry=entry)
    assert (first.kind, first.since, first.until) == ("granted", GRANTED, date(2027, 4, 30))
    with clock.frozen(date(2027, 5, 1)), pytest.raises(InputError, match="nowy wniosek"):
        registers.prolong(entry_id=entry.pk, number="PS.2", decided_on=date(2027, 5, 1))
    second = registers.prolong(entry_id=entry.pk, number="PS.2", decided_on=date(2026, 10, 1))
    assert (second.since, second.until) == (date(2027, 5, 1), date(2032, 4, 30))
    lost(entry, date(2026, 11, 2))
    entry.refresh_from_db()
    assert entry.state == "lost"
    assert EntryNote.objects.get().words == "Nie odpowiedziano na dwa wezwania."
    for again in (
        lambda: registers.prolong(entry_id=entry.pk, number="PS.3", decided_on=clock.today()),
        lambda: registers.change(entry_id=entry.pk, since=clock.today(), **DATA),
        lambda: lost(entry, date(2026, 11, 3)),
    ):
        with pytest.raises(WrongState):
            again()


def test_a_club_is_entered_and_deleted_and_never_prolonged(office: World):
    club = entered("KIS")
    assert StatusDecision.objects.get().until is None
    with pytest.raises(InputError):
        registers.prolong(entry_id=club.pk, number="1", decided_on=clock.today())
    with pytest.raises(InputError, match="nie dotyczy"):
        lost(club, clock.today())
    registers.end(
        entry_id=club.pk, reason=EndReason.CLOSED, number="", decided_on=clock.today(), since=clock.today()
    )
    club.refresh_from_db()
    assert club.state == "deleted"


def test_the_database_refuses_what_cannot_be(office: World):
    entry = entered()
    with pytest.raises(ValidationError, match="inna decyzja"):
        registers.stored(
            StatusDecision(
                entry=entry, kind="prolonged", decided_on=GRANTED, since=date(2027, 4, 30),
                until=date(2032, 4, 29),
            )
        )  # fmt: skip
    for wrong in (
        {"kind": "granted", "until": None, "since": date(2040, 1, 1)},
        {"kind": "lost", "until": None, "since": date(2026, 1, 1)},
        {"kind": "prolonged", "until": date(2030, 1, 1), "since": date(2027, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StatusDecision.objects.create(entry=entry, decided_on=GRANTED, **wrong)
    with pytest.raises(ValidationError, match="już w rejestrze"):
        entered()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.create(unit_type="KIS", number="x", state="lost")


def test_data_change_from_a_day_and_the_day_itself_is_corrected(office: World):
    entry = entered()
    registers.change(entry_id=entry.pk, since=date(2024, 3, 1), **{**DATA, "town": "Świerkowo"})
    registers.change(entry_id=entry.pk, since=date(2024, 3, 1), **{**DATA, "town": "Rokitowo"})
    with pytest.raises(InputError):
        registers.change(entry_id=entry.pk, since=GRANTED - timedelta(days=1), **DATA)

    def town(day: date) -> str:
        return str(queries.register(UnitType.CIS, day).get().town)

    assert town(date(2024, 2, 29)) == "Wierzbowiec"
    assert town(date(2024, 3, 1)) == "Rokitowo"
    assert EntryVersion.objects.count() == 2


def test_the_rule_and_the_query_agree_on_every_day(office: World):
    plain = entered(number="1")
    longer = entered(number="2")
    ended = entered(number="3")
    club = entered("KIS", number="1")
    registers.prolong(entry_id=longer.pk, number="P", decided_on=date(2026, 10, 1))
    registers.prolong(entry_id=ended.pk, number="P", decided_on=date(2026, 10, 1))
    lost(ended, date(2026, 11, 2))
    registers.end(
        entry_id=club.pk, reason=EndReason.FOUND_CLOSED, number="", decided_on=clock.today(),
        since=date(2026, 6, 1),
    )  # fmt: skip
    for entry in (plain, longer, ended, club):
        facts = registers.decided(entry)
        for day in (
            GRANTED, date(2026, 5, 31), date(2026, 6, 1), date(2026, 11, 1), date(2026, 11, 2),
            date(2027, 4, 30), date(2027, 5, 1), date(2032, 5, 1),
        ):  # fmt: skip
            row = queries.on_day(day).get(entry=entry)
            assert row.standing == standing_on(facts, day).value, (entry, day)
    assert [row.entry_id for row in queries.running_out(clock.today(), date(2027, 11, 20))] == [plain.pk]
    row = queries.register(UnitType.CIS, clock.today()).get(entry=longer)
    assert (row.standing, row.valid_until) == (Standing.ACTIVE, date(2032, 4, 30))


def test_an_entry_is_linked_to_one_unit_of_the_voivodeship(office: World):
    entry, other = entered(number="1"), entered(number="2")
    assert {one.pk for one in queries.units_to_link("CIS")} == {
        office.cis.pk,
        office.organisations["other_cis"].pk,
    }
    registers.link(entry_id=entry.pk, unit_id=office.cis.pk)
    with pytest.raises(ValidationError, match="innym wpisem"):
        registers.link(entry_id=other.pk, unit_id=office.cis.pk)
    with pytest.raises(InputError):
        registers.link(entry_id=other.pk, unit_id=office.kis.pk)
    found = queries.entry_of_unit(office.cis.pk, clock.today())
    assert found.entry_id == entry.pk
    registers.unlink(entry_id=entry.pk)
    assert queries.entry_of_unit(office.cis.pk, clock.today()) is None


def test_everybody_reads_what_is_published_and_the_office_alone_the_rest(world: World):
    with world.scope("office", "maria"):
        shown, kept = entered(number="1"), entered(number="2")
        registers.note(entry_id=shown.pk, words="Zadzwonić w styczniu.")
        RegisterEntry.objects.filter(pk=kept.pk).update(published=False)
    assert scopes.scope_or_none() is None
    assert [row.entry_id for row in queries.on_day(clock.today(), public=True).order_by("pk")] == [shown.pk]
    with world.scope("other_office", "dorota"):
        assert not RegisterEntry.objects.exists()
        assert not EntryNote.objects.exists()
        assert not queries.register(UnitType.CIS, clock.today()).exists()
        assert RegisterEntry.public.filter(pk=shown.pk).exists()
        assert RegisterEntry.public.filter(pk=shown.pk).update(number="9") == 0
        with pytest.raises(RegisterEntry.DoesNotExist):
            registers.prolong(entry_id=shown.pk, number="P", decided_on=clock.today())


def test_a_report_of_a_year_knows_no_decision_made_after_it(world: World):
    with world.scope("office", "maria"):
        entry = registers.enter(
            unit_type=UnitType.CIS, number="1", decision="PS.1", decided_on=date(2022, 4, 20), since=GRANTED,
            **DATA,
        )  # fmt: skip
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        registers.prolong(entry_id=entry.pk, number="PS.2", decided_on=date(2026, 10, 1))
    before, after = date(2025, 12, 31), date(2026, 10, 1)
    with world.scope("cis", "ewa"):
        found = [identity(day) for day in (before, after)]
    assert [[one[key] for key in ("since", "times", "last_since", "until")] for one in found] == [
        ["20.04.2022", "1", "20.04.2022", "30.04.2027"],
        ["20.04.2022", "2", "01.10.2026", "30.04.2032"],
    ]
    # The public statistics of the office say the same day.
    with world.scope("office", "maria"):
        assert told(queries.on_day(before).get(entry=entry))["since"] == "20.04.2022"
