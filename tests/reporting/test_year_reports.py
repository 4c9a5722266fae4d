"""Which report counts for which entry and year: links and units move, and nothing is lost or doubled."""

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Organisation
from reporting.enums import Turn, VersionState
from reporting.models import OutsideReport, RegisterEntry, Report, ReportVersion, YearReport
from reporting.queries import collective
from reporting.queries import registers as register_queries
from reporting.queries import season as queries
from reporting.services import registers, report_office
from reporting.services import season as services
from tests.cast import World, sign_in
from tests.reporting import reports_made
from tests.reporting.procedures_made import granted, handed_in
from tests.reporting.season_made import MARCH, YEAR, on_paper, somebody

pytestmark = [pytest.mark.django_db]
MEN = "participants.g1.men"
COST = "costs.c2.done"
NAME = "CIS „Nowy Most”"
OFFICES = {"office": "maria", "other_office": "dorota"}


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clock.frozen(MARCH):
        yield


@pytest.fixture
def entry(world: World) -> RegisterEntry:
    """The entry of the CIS that works in the program; nobody has linked the two."""
    with world.scope("office", "maria"):
        return somebody("1", NAME, powiat="powiat modrzewski", gmina="Modrzewno")


def link(world: World, entry: RegisterEntry, office: str = "office") -> None:
    with world.scope(office, OFFICES[office]):
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)


def unlink(world: World, entry: RegisterEntry) -> None:
    with world.scope("office", "maria"):
        registers.unlink(entry_id=entry.pk)


def send(world: World, year: int = YEAR, cost: int = 1000) -> UUID:
    with world.scope("cis", "ewa"):
        report = Report.objects.filter(year=year).first() or reports_made.filled(year)
        reports_made.typed(report.pk, COST, cost)
        reports_made.submitted(report.pk)
        return report.pk


def accept(world: World, report_id: UUID, office: str = "office") -> None:
    with world.scope(office, OFFICES[office]):
        report_office.accept(report_id=report_id, number=reports_made.newest(report_id))


def move(world: World, key: str = "cis", to: str = "other_office") -> None:
    """The unit is in another voivodeship from now on."""
    there = Organisation.objects.get(pk=world.organisations[to].pk).voivodeship
    with world.scope("operator", "operator"):
        Organisation.objects.filter(pk=world.organisations[key].pk).update(voivodeship=there)


def board(world: World, office: str = "office", year: int = YEAR) -> dict[str, str]:
    with world.scope(office, OFFICES[office]):
        return {row.entry.number: row.turn for row in queries.board(year)}


def told(world: World, office: str = "office", year: int = YEAR, *, waiting: bool = False) -> list[Any]:
    """Who counts, under which number and where, with what the year cost."""
    with world.scope(office, OFFICES[office]):
        asked = queries.Asked(year, waiting=waiting)
        season = queries.season(asked)
        return [(one.number, one.powiat, one.gmina, one.cells.get(COST)) for one in season.now]


COUNTED = ("1", "powiat modrzewski", "Modrzewno", Decimal(1000))


def test_a_link_that_is_taken_back_loses_no_report_and_doubles_none(world: World, entry: RegisterEntry):
    link(world, entry)
    report_id = send(world)
    accept(world, report_id)
    unlink(world, entry)
    assert board(world) == {"1": Turn.ACCEPTED}
    assert told(world) == [COUNTED]
    with world.scope("office", "maria"):
        assert queries.without_entry(YEAR) == []
        assert [(one.year, one.report_id) for one in queries.years_of(entry, clock.today())][:1] == [
            (YEAR, report_id)
        ]
        with pytest.raises(InputError, match="w programie"):
            on_paper(entry, {COST: 7})
    # A correction that comes without a link stays where the report was.
    with world.scope("cis", "ewa"):
        reports_made.unit.correct(report_id=report_id, reason="Pomyłka.")
    send(world, cost=1200)
    accept(world, report_id)
    assert told(world) == [(*COUNTED[:3], Decimal(1200))]
    assert board(world) == {"1": Turn.ACCEPTED}


def test_what_was_sent_before_the_link_gets_its_entry_once(world: World, entry: RegisterEntry):
    report_id = send(world)
    accept(world, report_id)
    with world.scope("office", "maria"):
        other = somebody("2", "CIS „Łan”")
        assert [one.unit_id for one in queries.without_entry(YEAR)] == [world.cis.pk]
        version = ReportVersion.objects.get()
        assert (version.entry, version.content["unit"].get("powiat", "")) == (None, "")
    assert board(world) == {"1": Turn.MISSING, "2": Turn.MISSING}
    digest = version.digest
    link(world, entry)
    assert board(world) == {"1": Turn.ACCEPTED, "2": Turn.MISSING}
    # The content stays as it was sent; where the unit is, and under which number, the register says.
    assert told(world) == [COUNTED]
    with world.scope("office", "maria"):
        version.refresh_from_db()
        assert (version.entry, version.digest) == (entry.pk, digest)
        assert queries.without_entry(YEAR) == []
        for change in ({"entry": other.pk}, {"entry": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                ReportVersion.objects.filter(pk=version.pk).update(**change)
    unlink(world, entry)
    link(world, other)
    assert told(world) == [COUNTED]


def test_a_report_stays_with_the_office_that_got_it(world: World, entry: RegisterEntry, client: Client):
    link(world, entry)
    report_id = send(world)
    accept(world, report_id)
    assert (board(world, "other_office"), told(world, "other_office")) == ({}, [])
    move(world)
    with world.scope("other_office", "dorota"):
        there = somebody("1", NAME, since=date(2027, 3, 1))
        registers.link(entry_id=there.pk, unit_id=world.cis.pk)
    for _ in range(2):
        assert board(world) == {"1": Turn.ACCEPTED}
        assert told(world)[0][:3] == COUNTED[:3]
        assert (board(world, "other_office"), told(world, "other_office", waiting=True)) == ({}, [])
        with world.scope("other_office", "dorota"):
            assert queries.without_entry(YEAR) == []
            assert not Report.objects.exists()
            assert not ReportVersion.objects.exists()
            assert not YearReport.objects.exists()
        sign_in(client, world.people["dorota"])
        assert client.get(reverse("reporting:office_report", args=[report_id])).status_code == 404
        # A correction after the move goes to whoever accepted the report.
        with world.scope("cis", "ewa"):
            reports_made.unit.correct(report_id=report_id, reason="Pomyłka.")
        send(world, cost=1500)
        accept(world, report_id)
    assert told(world)[0][3] == 1500
    with clock.frozen(datetime(2028, 3, 1, 10, tzinfo=UTC)):
        with world.scope("office", "maria"):
            registers.end(
                entry_id=entry.pk, reason="unheeded", number="9", decided_on=date(2027, 6, 1),
                since=date(2027, 6, 1),
            )  # fmt: skip
        send(world, YEAR + 1)
        assert board(world, "other_office", YEAR + 1) == {"1": Turn.SUBMITTED}
        assert board(world, year=YEAR + 1) == {}


def test_a_year_has_one_report_from_paper_or_in_the_program(
    world: World, entry: RegisterEntry, client: Client
):
    link(world, entry)
    with world.scope("office", "maria"):
        paper = on_paper(entry, {COST: 7})
    with pytest.raises(InputError, match="Poproś urząd, żeby wycofał"):
        send(world)
    with world.scope("cis", "ewa"):
        assert not ReportVersion.objects.exists()
    assert told(world) == [(*COUNTED[:3], Decimal(7))]
    sign_in(client, world.people["stefan"])
    page = reverse("reporting:outside", args=[paper.pk])
    drop = reverse("reporting:outside_drop", args=[paper.pk])
    assert drop in client.get(page).content.decode()
    assert client.post(drop).status_code == 302
    assert "wycofane" in client.get(page).content.decode()
    assert client.post(drop).status_code == 422
    assert board(world) == {"1": Turn.MISSING}
    accept(world, send(world))
    assert told(world) == [COUNTED]
    with world.scope("office", "maria"):
        with pytest.raises(InputError, match="w programie"):
            services.bring(entry_id=entry.pk, year=YEAR, received_on=clock.today())
        # The database holds it, whatever the program would ask first.
        OutsideReport.objects.filter(pk=paper.pk).update(layout=paper.layout)
        with pytest.raises(IntegrityError, match="year_report_once"), transaction.atomic():
            OutsideReport.objects.filter(pk=paper.pk).update(state="received")


def test_a_link_that_would_make_two_reports_of_a_year_is_refused(world: World, entry: RegisterEntry):
    accept(world, send(world))
    with world.scope("office", "maria"):
        paper = on_paper(entry, {COST: 7})
        with (
            pytest.raises(InputError, match=f"Za {YEAR} r. ten wpis ma sprawozdanie z papieru"),
            transaction.atomic(),
        ):
            registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        services.drop(report_id=paper.pk)
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
    assert told(world) == [COUNTED]


def test_the_same_unit_on_paper_and_in_the_program_counts_once(
    world: World, entry: RegisterEntry, client: Client
):
    """Its paper stands at its entry; what it sent itself stands at none, since nobody has linked the two."""
    with world.scope("office", "maria"):
        on_paper(entry, {COST: 7})
    report_id = send(world)
    accept(world, report_id)
    assert told(world) == told(world, waiting=True) == [(*COUNTED[:3], Decimal(7))]
    with world.scope("office", "maria"):
        season = queries.season(queries.Asked(YEAR))
        assert (season.units, [one.report_id for one in season.alone]) == (1, [report_id])
        row = services.begin(unit_type="CIS", year=YEAR)
        content = collective.told(row).content
        assert (len(content["units"]), content["missing"], content["cells"][COST]["value"]) == (1, [], "7")
        assert [one["name"] for one in content["without_entry"]] == [season.alone[0].name]
        public = collective.statistical("cas02", YEAR)
        assert "1 z 1" in public.lead
        assert "bez wpisu w rejestrze: 1" in public.lead
    sign_in(client, world.people["maria"])
    for name, args in (("totals", []), ("collective", [row.pk])):
        address = reverse(f"reporting:{name}", args=args)
        page = client.get(address, {"rok": YEAR})
        assert "Nie liczy się: bez wpisu w rejestrze" in page.content.decode(), name
    papers = [
        client.get(reverse("reporting:totals"), {"rok": YEAR, "plik": "pdf"}),
        client.get(reverse("reporting:collective_file", args=[row.pk, "pdf"])),
    ]
    for paper in papers:
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
        assert "bez wpisu w rejestrze" in " ".join(text.split())


def test_a_report_taken_back_makes_room_for_the_one_from_paper(world: World, entry: RegisterEntry):
    link(world, entry)
    report_id = send(world)
    with world.scope("cis", "ewa"):
        reports_made.unit.withdraw(report_id=report_id)
    assert board(world) == {"1": Turn.MISSING}
    with world.scope("office", "maria"):
        on_paper(entry, {COST: 7})
    assert board(world) == {"1": Turn.ACCEPTED}


def test_reports_of_a_status_that_was_over_count_under_its_entry(world: World):
    """A new status is a new entry; what is reported of the years before it is of the old one."""
    with world.scope("office", "maria"):
        old = somebody("1", NAME, since=date(2022, 1, 5), powiat="powiat modrzewski", gmina="Modrzewno")
        registers.link(entry_id=old.pk, unit_id=world.cis.pk)
    early = send(world, YEAR - 1)
    accept(world, early)
    with clock.frozen(datetime(2027, 1, 20, 10, tzinfo=UTC)):
        with world.scope("cis", "ewa"):
            application = handed_in()
            assert application.kind == "grant"
        with world.scope("office", "maria"):
            new = granted(application.pk)
            old.refresh_from_db()
            assert (old.joined_id, old.former_id) == (None, world.cis.pk)
    assert board(world, year=YEAR - 1) == {"1": Turn.ACCEPTED}
    assert told(world, year=YEAR - 1) == [COUNTED]
    # Of 2026 the old entry owes, and the unit reports after it was over.
    assert board(world) == {"1": Turn.MISSING}
    accept(world, send(world))
    assert board(world) == {"1": Turn.ACCEPTED}
    assert told(world) == [COUNTED]
    with clock.frozen(datetime(2028, 3, 1, 10, tzinfo=UTC)):
        accept(world, send(world, YEAR + 1))
        assert board(world, year=YEAR + 1) == {"5/2026": Turn.ACCEPTED}
        with world.scope("office", "maria"):
            # The unit is the same one, though its entry is another.
            season = queries.season(queries.Asked(YEAR + 1), same=True)
            assert [one.entry for one in season.before] == [old.pk]
            assert [one.entry for one in season.now] == [new.pk]


def test_a_unit_that_was_entered_later_reports_at_its_nearest_entry(world: World, client: Client):
    """It had files in the year, and came into the register in February: the office says where it stands."""
    with world.scope("office", "maria"):
        near, far = somebody("1", NAME, since=date(2027, 2, 1)), somebody("2", "CIS „Łan”")
    report_id = send(world)
    accept(world, report_id)
    link(world, near)
    with world.scope("office", "maria"):
        assert [one.unit_id for one in queries.without_entry(YEAR)] == [world.cis.pk]
        with pytest.raises(InputError, match="Wybierz wpis tej jednostki"):
            registers.attach(report_id=report_id, entry_id=far.pk)
    assert board(world) == {"2": Turn.MISSING}
    attach = reverse("reporting:office_report_attach", args=[report_id])
    sign_in(client, world.people["maria"])
    page = client.get(attach)
    assert page.context["form"].initial == {"entry": near.pk}
    assert client.post(attach, {"entry": near.pk}).status_code == 302
    assert client.post(attach, {"entry": near.pk}).status_code == 422
    assert board(world) == {"1": Turn.ACCEPTED, "2": Turn.MISSING}
    assert told(world) == [("1", "powiat wierzbowiecki", "Wierzbowiec", Decimal(1000))]
    with world.scope("office", "maria"):
        assert queries.without_entry(YEAR) == []
    # Of the next year it owes by itself, and a correction stays at the entry.
    with world.scope("cis", "ewa"):
        reports_made.unit.correct(report_id=report_id, reason="Pomyłka.")
    send(world, cost=1300)
    assert board(world) == {"1": Turn.SUBMITTED, "2": Turn.MISSING}


def test_a_report_is_joined_to_an_entry_and_its_unit_with_it(world: World, entry: RegisterEntry):
    report_id = send(world)
    with world.scope("office", "maria"):
        paper = on_paper(entry, {COST: 7})
        with pytest.raises(InputError, match="sprawozdanie z papieru"), transaction.atomic():
            registers.attach(report_id=report_id, entry_id=entry.pk)
        services.drop(report_id=paper.pk)
        registers.attach(report_id=report_id, entry_id=entry.pk)
        entry.refresh_from_db()
        assert entry.joined_id == world.cis.pk
    assert board(world) == {"1": Turn.SUBMITTED}


def test_a_unit_with_entries_in_two_registers_is_read_by_its_own(world: World, entry: RegisterEntry):
    link(world, entry)
    move(world)
    with world.scope("other_office", "dorota"):
        there = somebody("77", NAME)
        registers.link(entry_id=there.pk, unit_id=world.cis.pk)
    with world.scope("cis", "ewa"):
        assert register_queries.entry_of_unit(world.cis.pk, clock.today()).entry_id == there.pk
    move(world, to="office")
    with world.scope("cis", "ewa"):
        assert register_queries.entry_of_unit(world.cis.pk, clock.today()).entry_id == entry.pk


@pytest.mark.parametrize("seed", [3, 11, 42])
def test_whatever_happens_every_report_counts_once(world: World, entry: RegisterEntry, seed: int):
    """Links, sendings, decisions, papers and moves in any order: the sums are of what was accepted."""
    dice = Random(seed)
    with world.scope("office", "maria"):
        second = somebody("2", "CIS „Łan”", powiat="powiat łanowy")
    entries = [entry, second]
    with world.scope("cis", "ewa"):
        report = reports_made.filled()

    def of_office(act: Any) -> None:
        with world.scope("office", "maria"):
            act()

    def of_unit(act: Any) -> None:
        with world.scope("cis", "ewa"):
            act()

    def number() -> int:
        return reports_made.newest(report.pk)

    def sent() -> None:
        reports_made.typed(report.pk, COST, dice.randint(1, 9999))
        reports_made.submitted(report.pk)

    def papers_here() -> list[OutsideReport]:
        return list(OutsideReport.objects.order_by("pk"))

    acts: list[Any] = [
        lambda: of_unit(sent),
        lambda: of_unit(lambda: reports_made.unit.withdraw(report_id=report.pk)),
        lambda: of_unit(lambda: reports_made.unit.correct(report_id=report.pk, reason="Pomyłka.")),
        lambda: of_office(lambda: report_office.accept(report_id=report.pk, number=number())),
        lambda: of_office(lambda: report_office.give_back(report_id=report.pk, number=number(), words="Co?")),
        lambda: of_office(
            lambda: registers.link(entry_id=dice.choice(entries).pk, unit_id=world.cis.pk)
        ),
        lambda: of_office(
            lambda: registers.attach(report_id=report.pk, entry_id=dice.choice(entries).pk)
        ),
        lambda: of_office(lambda: registers.unlink(entry_id=dice.choice(entries).pk)),
        lambda: of_office(lambda: on_paper(dice.choice(entries), {COST: dice.randint(1, 9999)})),
        lambda: of_office(lambda: services.drop(report_id=dice.choice(papers_here()).pk)),
        lambda: move(world, to=dice.choice(list(OFFICES))),
    ]  # fmt: skip
    counted = []
    for _ in range(60):
        # An act that does not fit is refused, and changes nothing.
        with suppress(InputError, ValidationError, Report.DoesNotExist, IndexError):
            dice.choice(acts)()
        with world.scope("cis", "ewa"):
            versions = list(ReportVersion.objects.exclude(state=VersionState.WITHDRAWN).order_by("number"))
        with world.scope("office", "maria"):
            mine = [one for one in versions if one.sender_id == world.organisations["office"].pk]
            accepted = [one for one in mine if one.state == VersionState.ACCEPTED]
            papers = list(OutsideReport.objects.filter(state="accepted").order_by("pk"))
            # What stands at no entry does not count; the board names it.
            stands = YearReport.objects.filter(report=report.pk).exists()
            rows = [*(accepted[-1:] if stands else []), *papers]
            expected = sum(Decimal(one.content["cells"][COST]["value"]) for one in rows)
            season = queries.season(queries.Asked(YEAR))
            assert len(season.alone) == (bool(mine) and not stands)
            shown = [one.cells[COST] for one in season.now]
            assert sum(shown) == expected
            assert len(shown) == len({one.entry for one in season.now})
            on_board = [row for row in queries.board(YEAR) if row.report_id is not None]
            assert len(on_board) + len(queries.without_entry(YEAR)) == bool(mine)
            by_entry = YearReport.objects.order_by("entry").values_list("entry", flat=True)
            assert len(by_entry) == len(set(by_entry))
        if mine:
            assert board(world, "other_office") == {}
        counted.append(len(shown))
    # The walk went somewhere: nothing, one report and two were counted on its way.
    assert len(set(counted)) > 1


@pytest.mark.parametrize("side", ["kis", "cis", "office"])
def test_nobody_writes_a_year_past_the_reports(world: World, entry: RegisterEntry, side: str):
    link(world, entry)
    report = send(world)
    office = world.organisations["office"].pk
    for statement, values in (
        (
            "INSERT INTO reporting_yearreport (id, organisation_id, unit_id, entry_id, year, report)"
            " VALUES (gen_random_uuid(), %s, %s, %s, %s, gen_random_uuid())",
            [office, world.organisations["kis"].pk, entry.pk, YEAR - 1],
        ),
        ("UPDATE reporting_yearreport SET year = %s", [YEAR - 2]),
        ("DELETE FROM reporting_yearreport WHERE report = %s", [report]),
    ):
        with (
            world.scope(side),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)
    assert board(world)["1"] == Turn.SUBMITTED


def test_a_version_names_an_entry_of_its_unit_or_none(world: World, entry: RegisterEntry):
    report = send(world)
    columns = [field.column for field in ReportVersion._meta.local_concrete_fields]
    kept = [name for name in columns if name not in {"id", "number", "entry", "state"}]
    copy = (
        f"INSERT INTO reporting_reportversion (id, number, entry, state, {', '.join(kept)})"
        f" SELECT gen_random_uuid(), number + 1, %s, 'submitted', {', '.join(kept)}"
        " FROM reporting_reportversion WHERE report_id = %s"
    )
    # The same with an entry that is its own is what every sending does.
    with (
        world.scope("cis", "ewa"),
        pytest.raises(DatabaseError, match="is refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(copy, [entry.pk, report])
