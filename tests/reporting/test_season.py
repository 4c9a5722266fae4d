"""The season in an office: the board, reports from paper, sums, reminders, and what the minister is told."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.notices.models import Mail
from reintegration.tenancy.enums import UnitType
from reporting.enums import Turn
from reporting.models import CollectiveReport, OutsideReport, RegisterEntry, SeasonReminder
from reporting.queries import collective
from reporting.queries import season as queries
from reporting.queries.office import year_to_year
from reporting.rules.reports import digest
from reporting.rules.season import figures
from reporting.services import registers, report_office
from reporting.services import season as services
from reporting.services.report_papers import issue_collective
from tests.cast import World, sign_in
from tests.reporting import reports_made
from tests.reporting.season_made import CAME, MARCH, YEAR, on_paper, paper_file, somebody, typed_keys

pytestmark = [pytest.mark.django_db]
MEN, WOMEN = "participants.g1.men", "participants.g1.women"
SUM = "costs.all.done"
COST = "costs.c2.done"


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clock.frozen(MARCH):
        yield


@pytest.fixture
def linked(world: World) -> RegisterEntry:
    """The entry of the CIS that works in the program."""
    with world.scope("office", "maria"):
        entry = somebody("1", "CIS „Nowy Most”", powiat="powiat modrzewski", gmina="Modrzewno")
        return registers.link(entry_id=entry.pk, unit_id=world.cis.pk)


def turns(world: World, year: int = YEAR) -> dict[str, str]:
    with world.scope("office", "maria"):
        return {row.name: row.turn for row in queries.board(year)}


def test_the_board_shows_who_sent_and_nothing_of_what_is_prepared(world: World, linked: RegisterEntry):
    with world.scope("office", "maria"):
        gone = somebody("8", "CIS „Dawny”")
        registers.end(
            entry_id=gone.pk,
            reason="unheeded",
            number="8",
            decided_on=date(2026, 6, 1),
            since=date(2026, 6, 1),
        )
        somebody("9")
    assert turns(world) == {"CIS „Nowy Most”": Turn.MISSING, "CIS „Łan”": Turn.MISSING}
    with world.scope("cis", "ewa"):
        reports_made.filled()
    assert turns(world)["CIS „Nowy Most”"] == Turn.MISSING
    with world.scope("cis", "ewa"):
        report = reports_made.submitted(reports_made.Report.objects.get().pk).report
    assert turns(world)["CIS „Nowy Most”"] == Turn.SUBMITTED
    with world.scope("office", "maria"):
        reports_made.returned(report.pk)
    assert turns(world)["CIS „Nowy Most”"] == Turn.RETURNED
    with world.scope("cis", "ewa"):
        reports_made.submitted(report.pk)
    with world.scope("office", "maria"):
        report_office.accept(report_id=report.pk, number=2)
        on_paper(RegisterEntry.objects.get(number="9"), {MEN: 3}, accepted=False)
        counts = queries.counts(YEAR)
    assert turns(world) == {"CIS „Nowy Most”": Turn.ACCEPTED, "CIS „Łan”": Turn.SUBMITTED}
    assert (counts[Turn.ACCEPTED], counts[Turn.SUBMITTED], counts[Turn.MISSING]) == (1, 1, 0)
    with world.scope("cis", "ewa"):
        reports_made.unit.correct(report_id=report.pk, reason="Pomyłka w kosztach.")
    # A correction that is only begun changes nothing for the office.
    assert turns(world)["CIS „Nowy Most”"] == Turn.ACCEPTED
    with world.scope("other_office", "dorota"):
        assert not queries.board(YEAR).exists()


def test_a_report_without_an_entry_is_shown_wherever_it_is_counted(world: World, client: Client):
    with world.scope("cis", "ewa"):
        report_id = reports_made.sent().report_id
    shown, attach = (
        reverse(f"reporting:{name}", args=[report_id]) for name in ("office_report", "office_report_attach")
    )
    sign_in(client, world.people["maria"])
    desk = client.get(reverse("notices:desk")).content.decode()
    assert f"Do sprawdzenia: 1 sprawozdanie za {YEAR}" in desk
    board = client.get(reverse("reporting:season"), {"stan": "submitted"})
    assert [(one.unit_id, one.turn) for one, _ in board.context["alone"]] == [(world.cis.pk, Turn.SUBMITTED)]
    assert {shown, attach} <= set(re.findall(r'href="([^"]+)"', board.content.decode()))
    assert attach in client.get(shown).content.decode()
    told = json.loads(client.get(reverse("reporting:season"), {"plik": "json"}).content)
    assert [one["stan sprawozdania"] for one in told["bez_wpisu"]] == ["do sprawdzenia"]
    paper = client.get(reverse("reporting:season"), {"plik": "pdf"}).content
    assert "Bez wpisu w rejestrze" in PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    # Of another year the board says where the badge of the navigation counts.
    board = client.get(reverse("reporting:season"), {"rok": YEAR - 1})
    assert [(one.label, one.count) for one in board.context["others"]] == [(str(YEAR), 1)]
    # Who only inspects reads it, and joins nothing.
    sign_in(client, world.people["stefan"])
    assert attach not in client.get(reverse("reporting:season")).content.decode()
    assert client.post(attach, {}).status_code == 403


@pytest.fixture
def told(world: World, linked: RegisterEntry) -> World:
    """Two years of three units: one in the program, two on paper; one of these is new."""
    with world.scope("cis", "ewa"):
        report = reports_made.filled()
        reports_made.typed(report.pk, COST, 1000)
        report_id = reports_made.submitted(report.pk).report_id
    with world.scope("office", "maria"):
        report_office.accept(report_id=report_id, number=1)
        old = somebody("9")
        new = somebody("10", "CIS „Kuźnia”", powiat="powiat kuźnicki", gmina="Kuźnica", town="Kuźnica")
        on_paper(old, {MEN: 3, WOMEN: 4, COST: 500})
        on_paper(old, {MEN: 5, COST: 300}, year=YEAR - 1)
        on_paper(new, {MEN: 10, COST: 50}, accepted=False)
        on_paper(linked, {MEN: 1}, year=YEAR - 1)
    return world


def lines(world: World, **asked: Any) -> dict[str, tuple[Decimal | None, Decimal | None, int]]:
    same = asked.pop("same", False)
    with world.scope("office", "maria"):
        found = queries.season(queries.Asked(YEAR, **asked), same=same)
        return {
            key: (line.value, line.before, line.units)
            for key, line in found.lines.items()
            if key in (MEN, SUM, COST)
        }


def test_sums_are_of_accepted_reports_beside_the_year_before(told: World):
    assert lines(told) == {MEN: (3, 6, 2), SUM: (1500, 300, 2), COST: (1500, 300, 2)}
    assert lines(told, waiting=True) == {MEN: (13, 6, 3), SUM: (1550, 300, 3), COST: (1550, 300, 3)}
    assert lines(told, powiat="powiat wierzbowiecki") == {
        MEN: (3, 5, 1),
        SUM: (500, 300, 1),
        COST: (500, 300, 1),
    }
    assert lines(told, powiat="powiat kuźnicki", waiting=True)[MEN] == (10, None, 1)
    with told.scope("office", "maria"):
        services.reopen(report_id=OutsideReport.objects.get(entry__number="9", year=YEAR - 1).pk)
    assert lines(told)[MEN] == (3, 1, 2)
    assert lines(told, unit_type=UnitType.KIS) == {}
    with told.scope("other_office", "dorota"):
        assert queries.season(queries.Asked(YEAR)).lines == {}


def test_the_year_before_may_be_of_the_same_units(told: World):
    with told.scope("office", "maria"):
        OutsideReport.objects.filter(entry__number="9", year=YEAR).delete()
    assert lines(told)[MEN] == (0, 6, 1)
    assert lines(told, same=True)[MEN] == (0, 1, 1)


def sheet(content: bytes) -> list[dict[str, Any]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_everything_of_a_season_is_taken_away_in_four_shapes(told: World, client: Client):
    sign_in(client, told.people["stefan"])

    def taken(name: str, query: str, *args: Any) -> bytes:
        answer = client.get(f"{reverse(f'reporting:{name}', args=args)}{query}")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        return bytes(answer.getvalue())

    board = sheet(taken("season", f"?rok={YEAR}&plik=xlsx"))
    assert [(row["nazwa"], row["stan sprawozdania"], row["skąd"]) for row in board] == [
        ("CIS „Kuźnia”", "do sprawdzenia", "poza programem"),
        ("CIS „Łan”", "przyjęte", "poza programem"),
        ("CIS „Nowy Most”", "przyjęte", "w programie"),
    ]
    assert json.loads(taken("season", f"?rok={YEAR}&plik=json"))["jednostki"][1]["name"] == "CIS „Łan”"
    assert "CIS „Łan”" in text_of(taken("season", f"?rok={YEAR}&plik=pdf"))
    sums = sheet(taken("totals", f"?rok={YEAR}&plik=xlsx"))
    at = {(row["Poziom"], row["Miejsce"]): row["Wartość"] for row in sums if row["Komórka"] == COST}
    assert at == {
        ("województwo", ""): 1500,
        ("powiat", "powiat modrzewski"): 1000,
        ("powiat", "powiat wierzbowiecki"): 500,
        ("gmina", "Modrzewno, powiat modrzewski"): 1000,
        ("gmina", "Wierzbowiec, powiat wierzbowiecki"): 500,
    }
    assert taken("totals", f"?rok={YEAR}&plik=csv").startswith(b"\xef\xbb\xbf")
    whole = json.loads(taken("totals", f"?rok={YEAR}&plik=json"))["poziomy"]["województwo"][""]
    assert whole[MEN] == {"jednostek": 2, "wartosc": "3", "rok_wczesniej": "6", "zmiana": "-3"}
    assert "Część III. Uczestnicy" in text_of(taken("totals", f"?rok={YEAR}&plik=pdf"))
    every = {row["Komórka"]: row for row in sheet(taken("every_report", f"?rok={YEAR}"))}
    assert every[MEN]["CIS „Łan” (9)"] == 3
    assert every[MEN]["CIS „Kuźnia” (10)"] == 10
    assert taken("every_report", f"?rok={YEAR}&plik=csv").startswith(b"\xef\xbb\xbf")
    cell = sheet(taken("totals_cell", f"?rok={YEAR}&plik=xlsx", COST))
    assert [(row["Miejsce"], row["Wartość"]) for row in cell] == [
        (place, at[one]) for one in at for place in one[1:]
    ]
    page = client.get(reverse("reporting:totals_cell", args=[COST]), {"rok": YEAR})
    assert [row.place for row in page.context["levels"][0][2]] == [
        "powiat modrzewski",
        "powiat wierzbowiecki",
    ]


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_a_report_from_paper_is_copied_by_the_layout(world: World, client: Client, linked: RegisterEntry):
    sign_in(client, world.people["maria"])
    with world.scope("office", "maria"):
        entry = somebody()
    bring = reverse("reporting:outside_bring", args=[YEAR, entry.pk])
    assert client.post(bring, {"received_on": "10.2.2027"}).status_code == 302
    with world.scope("office", "maria"):
        row = OutsideReport.objects.get()
        with pytest.raises(InputError, match="puste"):
            services.accept(report_id=row.pk)
        for wrong in (SUM, "identity.name.value", "nie.ma.takiej"):
            with pytest.raises(InputError):
                services.copy(report_id=row.pk, cells={wrong: Decimal(1)})
    part = reverse("reporting:outside_part", args=[row.pk, "people"])
    assert (
        client.post(part, {"participants--g1--men": "3", "participants--g1--women": "4,5"}).status_code == 422
    )
    assert (
        client.post(part, {"participants--g1--men": "3", "participants--g1--women": "4"}).status_code == 302
    )
    with world.scope("office", "maria"):
        row.refresh_from_db()
    assert row.content["cells"][WOMEN]["value"] == "4"
    assert row.content["cells"]["identity.name.value"]["text"] == "CIS „Łan”"
    assert client.post(reverse("reporting:outside_accept", args=[row.pk])).status_code == 302
    assert turns(world)["CIS „Łan”"] == Turn.ACCEPTED
    assert client.post(part, {"participants--g1--men": "9"}).status_code == 422
    with world.scope("office", "maria"), pytest.raises(InputError, match="nie było jeszcze"):
        services.bring(entry_id=entry.pk, year=2020, received_on=CAME)
    with world.scope("cis", "ewa"):
        reports_made.sent()
    with world.scope("office", "maria"), pytest.raises(InputError, match="w programie"):
        services.bring(entry_id=linked.pk, year=YEAR, received_on=CAME)
    sign_in(client, world.people["dorota"])
    for name in ("outside", "outside_accept", "outside_reopen"):
        assert client.get(reverse(f"reporting:{name}", args=[row.pk])).status_code == 404


def test_reports_from_paper_are_read_from_a_spreadsheet(world: World, client: Client):
    sign_in(client, world.people["maria"])
    with world.scope("office", "maria"):
        somebody()
    at = reverse("reporting:outside_import_cis", args=[YEAR])
    template = sheet(bytes(client.get(reverse("reporting:outside_template_cis", args=[YEAR])).getvalue()))
    assert [row["komórka"] for row in template] == typed_keys()

    def send(content: bytes) -> Any:
        file = SimpleUploadedFile("papier.csv", content, "text/csv")
        return client.post(at, {"file": file, "received_on": "10.2.2027"})

    refused = send(
        paper_file(
            participants__g1__men="trzech",
            costs__all__done="7",
            nie__ma__mnie="1",
            costs__c2__done="-5",
        )
    )
    assert refused.status_code == 422
    assert [one.row for one in refused.context["problems"]] == [2, 3, 4, 5]
    assert send(paper_file("404", participants__g1__men="1")).status_code == 422
    good = send(paper_file(participants__g1__men="3", costs__c2__done="12 345,67"))
    assert good.status_code == 302
    with world.scope("office", "maria"):
        assert not OutsideReport.objects.exists()
    page = client.get(good.url)
    assert "1 jednostka i 2 komórki" in page.content.decode()
    shown = [(one.there, one.said) for one in page.context["cells"]]
    assert shown == [(None, Decimal(3)), (None, Decimal("12345.67"))]
    assert client.post(good.url).status_code == 302
    with world.scope("office", "maria"):
        row = OutsideReport.objects.get()
    assert (row.how, row.content["cells"][COST]["value"]) == ("imported", "12345.67")
    assert client.get(good.url).status_code == 404


def test_whoever_has_not_sent_is_reminded_once_a_day(world: World, client: Client, linked: RegisterEntry):
    sign_in(client, world.people["stefan"])
    with world.scope("office", "maria"):
        somebody("9", email="")
        somebody("10", "CIS „Kuźnia”", email="kuznia@rejestr.example")
        on_paper(somebody("11", "CIS „Oddany”", email="oddany@rejestr.example"), {MEN: 1})
    at = reverse("reporting:remind", args=[YEAR])
    page = client.get(at).content.decode()
    assert "2 jednostki" in page
    assert "CIS „Łan”" in page
    assert client.post(at).status_code == 302
    assert client.post(at).status_code == 422
    with world.scope("office", "maria"):
        assert sorted(SeasonReminder.objects.values_list("address", flat=True)) == [
            "biuro@starymlyn.example",
            "kuznia@rejestr.example",
        ]
        assert Mail.objects.filter(kind="reporting.report_wanted").count() == 2
    assert (
        "kuznia@rejestr.example" in client.get(reverse("reporting:reminders", args=[YEAR])).content.decode()
    )
    assert client.get(reverse("reporting:remind", args=[99_999])).status_code == 404


def test_what_the_minister_is_told_is_frozen(told: World, client: Client):
    sign_in(client, told.people["maria"])
    answer = client.post(reverse("reporting:collective_begin_cis", args=[YEAR]))
    assert answer.status_code == 302
    with told.scope("office", "maria"):
        row = CollectiveReport.objects.get()
        services.describe(report_id=row.pk, words="Rok powodzi.", with_waiting=False)
    draft = client.get(answer.url)
    assert [one["name"] for one in draft.context["missing"]] == ["CIS „Kuźnia”"]
    assert client.post(reverse("reporting:collective_send", args=[row.pk])).status_code == 302
    with told.scope("office", "maria"):
        row.refresh_from_db()
    assert row.digest == digest(row.content)
    assert row.content["cells"][COST] == {"value": "1500", "before": "300", "units": 2}
    powiats = row.content["powiats"]
    assert powiats["powiat modrzewski"][COST] == {"value": "1000", "before": None, "units": 1}
    assert powiats["powiat wierzbowiecki"][COST] == {"value": "500", "before": "300", "units": 1}
    assert row.content["gminas"]["Wierzbowiec, powiat wierzbowiecki"][MEN]["before"] == "5"
    with told.scope("office", "maria"):
        services.accept(report_id=OutsideReport.objects.get(entry__number="10").pk)
    assert client.get(answer.url).context["missing"] == row.content["missing"]
    with told.scope("office", "maria"), pytest.raises(DatabaseError), transaction.atomic():
        CollectiveReport.objects.filter(pk=row.pk).update(words="inne")
    with told.scope("office", "maria"), pytest.raises(InputError):
        services.describe(report_id=row.pk, words="inne", with_waiting=True)
    assert "PDF" not in [label for label, _url in client.get(answer.url).context["files"]]
    assert client.get(reverse("reporting:collective_file", args=[row.pk, "pdf"])).status_code == 404
    with told.scope("office", "maria"):
        made = issue_collective(report_id=row.pk)
        assert issue_collective(report_id=row.pk) == made
    files = {
        kind: bytes(
            client.get(reverse("reporting:collective_file", args=[row.pk, kind]), follow=True).getvalue()
        )
        for kind in ("pdf", "xlsx", "csv", "json")
    }
    paper = text_of(files["pdf"])
    assert "Rok powodzi." in paper
    assert row.digest[:20] in paper.replace("\n", "")
    assert "Załącznik. Powiaty i gminy" in paper
    assert "powiat wierzbowiecki" in paper
    sums = [row for row in sheet(files["xlsx"]) if row["Komórka"] == COST]
    assert [
        (one["Poziom"], one["Miejsce"], one["Wartość"], one["Rok wcześniej"], one["Zmiana"]) for one in sums
    ] == [
        ("województwo", "", 1500, 300, 1200),
        ("powiat", "powiat modrzewski", 1000, "", ""),
        ("powiat", "powiat wierzbowiecki", 500, 300, 200),
        ("gmina", "Modrzewno, powiat modrzewski", 1000, "", ""),
        ("gmina", "Wierzbowiec, powiat wierzbowiecki", 500, 300, 200),
    ]
    cell = client.get(reverse("reporting:collective_cell", args=[row.pk, COST]))
    assert [(one.place, one.change) for one in cell.context["levels"][0][2]] == [
        ("powiat modrzewski", "–"),
        ("powiat wierzbowiecki", "+200,00"),
    ]
    assert client.get(reverse("reporting:collective_cell", args=[row.pk, "nie.ma.takiej"])).status_code == 404
    assert json.loads(files["json"])["sha256"] == row.digest
    client.post(reverse("reporting:collective_begin_cis", args=[YEAR]))
    with told.scope("office", "maria"):
        assert CollectiveReport.objects.get(state="draft").number == 2
    sign_in(client, told.people["dorota"])
    assert client.get(answer.url).status_code == 404


def test_what_was_frozen_with_one_year_for_each_place_still_opens(told: World, client: Client):
    with told.scope("office", "maria"):
        row = services.begin(unit_type="CIS", year=YEAR)
        content = dict(collective.told(row).content)
        for level in ("powiats", "gminas"):
            content[level] = {
                place: {cell: one["value"] for cell, one in cells.items() if one["value"] is not None}
                for place, cells in content[level].items()
            }
        row.content, row.digest, row.state = content, digest(content), "sent"
        row.sent_at, row.sent_by_id = clock.now(), told.people["maria"].pk
        row.save()
        made = issue_collective(report_id=row.pk)
    assert made is not None
    sign_in(client, told.people["maria"])
    assert client.get(reverse("reporting:collective", args=[row.pk])).status_code == 200
    cell = client.get(reverse("reporting:collective_cell", args=[row.pk, COST]))
    assert [(one.before, one.units) for one in cell.context["levels"][0][2]] == [("–", None), ("–", None)]
    file = client.get(reverse("reporting:collective_file", args=[row.pk, "xlsx"]))
    assert {one["Poziom"] for one in sheet(bytes(file.getvalue()))} == {"województwo", "powiat", "gmina"}


def test_of_clubs_the_minister_is_told_how_many_are_registered(world: World, client: Client):
    with world.scope("office", "maria"):
        for number, since in (("1", date(2026, 12, 31)), ("2", date(2027, 1, 1)), ("3", date(2024, 5, 1))):
            club = somebody(number, f"KIS „{number}”", "KIS", since=since)
        registers.end(
            entry_id=club.pk, reason="closed", number="", decided_on=date(2026, 12, 31),
            since=date(2026, 12, 31),
        )  # fmt: skip
    sign_in(client, world.people["maria"])
    answer = client.post(reverse("reporting:collective_begin_kis", args=[YEAR]))
    with world.scope("office", "maria"):
        row = CollectiveReport.objects.get()
    assert "KIS w rejestrze 31 grudnia 2026" in client.get(answer.url).content.decode()
    file = client.get(reverse("reporting:collective_file", args=[row.pk, "pdf"]))
    paper = " ".join(text_of(bytes(file.getvalue())).split())
    assert "Zarejestrowanych KIS według stanu na 31 grudnia 2026: 1 (art. 18b" in paper
    assert "art. 5 ust. 7" not in paper
    # The act asks for the number alone, so no report has to come first; of centres it asks for sums.
    send = client.post(reverse("reporting:collective_send", args=[row.pk]))
    assert send.status_code == 302
    with world.scope("office", "maria"):
        row.refresh_from_db()
        assert (row.state, row.content["registered"], row.content["units"]) == ("sent", 1, [])
        assert issue_collective(report_id=row.pk) is not None
        centre = services.begin(unit_type="CIS", year=YEAR)
        with pytest.raises(InputError, match="nie ma czego zebrać"):
            services.send(report_id=centre.pk)


def test_the_desk_asks_for_what_the_minister_was_not_told(told: World, client: Client):
    def asked(day: datetime, person: str = "maria") -> list[tuple[str, str]]:
        sign_in(client, told.people[person])
        with clock.frozen(day):
            desk = client.get(reverse("notices:desk")).context["desk"]
        return [(line.title, line.kind) for line in desk.gaps if "zbiorcze" in line.title]

    march, april, july = (datetime(2027, *day, 10, tzinfo=UTC) for day in ((3, 31), (4, 1), (7, 1)))
    centres, clubs = (f"Sprawozdanie zbiorcze {kind} za {YEAR} dla ministra" for kind in UnitType)
    with told.scope("office", "maria"):
        somebody("1", "KIS „Gniazdo”", "KIS")
    assert asked(march) == []
    assert [title for title, _ in asked(april)] == [centres, clubs]
    with told.scope("office", "maria"):
        services.send(report_id=services.begin(unit_type="KIS", year=YEAR).pk)
    assert asked(july) == [(centres, "bad")]
    assert asked(july, "dorota") == []


def test_public_statistics_say_what_the_reports_and_the_register_say(told: World, client: Client):
    sign_in(client, told.people["maria"])

    def page(kind: str) -> Any:
        return client.get(reverse("reporting:office_statistics", args=[YEAR, kind]))

    register = page("uw_cis01").context["rows"]
    assert [row[0] for row in register] == ["CIS „Kuźnia”", "CIS „Łan”", "CIS „Nowy Most”"]
    cas = page("cas02")
    assert cas.status_code == 200
    values = {(row[1], row[2], row[3]): row[4] for row in cas.context["rows"]}
    assert 1500 in values.values()
    assert page("cas01").status_code == 200
    assert page("cas03").status_code == 404
    taken = client.get(reverse("reporting:office_statistics", args=[YEAR, "cas02"]), {"plik": "xlsx"})
    assert len(sheet(bytes(taken.getvalue()))) == len(values)

    def paper(kind: str) -> str:
        at = reverse("reporting:office_statistics", args=[YEAR, kind])
        return " ".join(text_of(bytes(client.get(at, {"plik": "pdf"}).getvalue())).split())

    assert "1 500,00" in paper("cas02").replace("\xa0", " ")
    assert "CIS „Kuźnia”" in paper("uw_cis01")
    assert paper("cas01")


def test_the_desk_shows_the_last_year_beside_the_one_before(
    told: World, client: Client, django_assert_max_num_queries: Any
):
    sign_in(client, told.people["maria"])
    desk = client.get(reverse("notices:desk"))
    panel = next(one for one in desk.context["desk"].main if one.id == "rok-do-roku")
    (sums,) = re.findall(r'href="([^"]+)">Sumy CIS', desk.content.decode())
    followed = client.get(unescape(sums))
    assert (followed.status_code, followed.context["title"]) == (200, f"Sumy CIS za {YEAR}")
    [(kind, rows)] = panel.context["kinds"]
    assert kind == "CIS"
    assert {label: (line.value, line.before) for label, line, _ in rows}["Sprawozdania"] == (2, 2)
    with told.scope("office", "maria"):
        season = queries.season(queries.Asked(YEAR))
        cells = figures(season.layout)
        for label, line, _ in rows[1:]:
            assert line == season.lines[cells[label].key]
        with django_assert_max_num_queries(3):
            year_to_year(YEAR)
    sign_in(client, told.people["dorota"])
    assert "rok-do-roku" not in {one.id for one in client.get(reverse("notices:desk")).context["desk"].main}


def test_an_office_reaches_every_year_that_a_unit_may_still_send() -> None:
    today = date(2026, 11, 22)
    assert queries.years(today) == list(range(2025, 2015, -1))
    # The years of a season begin where the register of units does.
    assert queries.years(date(2010, 5, 1))[-1] == queries.FIRST_YEAR
