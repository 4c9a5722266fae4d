"""The office's screens of its registers: lists, files to take away, an entry, and a register read in."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from reintegration.core import clock
from reintegration.documents.models import StoredFile
from reporting.models import EntryVersion, RegisterEntry, StatusDecision
from reporting.queries import registers as queries
from reporting.queries.identity import told
from reporting.services import registers
from tests.cast import World, sign_in
from tests.reporting.made import DATA, entered, register_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
CIS = "reporting:cis_register"


@pytest.fixture
def maria(world: World, client: Client) -> Client:
    sign_in(client, world.people["maria"])
    return client


def names(client: Client, name: str = CIS, **asked: str) -> list[str]:
    return [str(row.name) for row in client.get(reverse(name), asked).context["rows"]]


def test_a_register_is_searched_narrowed_and_shown_as_of_a_day(world: World, maria: Client):
    with world.scope("office", "maria"):
        entered(number="1")
        far = entered(
            number="2", name="CIS „Łan”", town="Rokitowo", powiat="powiat rokicki", since=date(2025, 1, 1)
        )
        entered("KIS", number="1", name="KIS „Gniazdo”")
        registers.change(
            entry_id=far.pk,
            since=date(2026, 6, 1),
            **{**DATA, "name": "CIS „Łan Nowy”", "powiat": "powiat rokicki"},
        )
    with world.scope("other_office", "dorota"):
        entered(number="1", name="CIS „Obcy”")
    assert names(maria) == ["CIS „Łan Nowy”", "CIS „Stary Młyn”"]
    assert names(maria, sort="-name") == ["CIS „Stary Młyn”", "CIS „Łan Nowy”"]
    assert names(maria, dzien="31.12.2025") == ["CIS „Łan”", "CIS „Stary Młyn”"]
    assert names(maria, dzien="31.12.2024") == ["CIS „Stary Młyn”"]
    assert names(maria, szukaj="stary") == ["CIS „Stary Młyn”"]
    assert names(maria, powiat="powiat rokicki") == ["CIS „Łan Nowy”"]
    assert names(maria, do="6") == ["CIS „Stary Młyn”"]
    assert names(maria, do="3") == []
    assert names(maria, stan="expired", dzien="1.5.2027") == ["CIS „Stary Młyn”"]
    assert names(maria, "reporting:kis_register") == ["KIS „Gniazdo”"]
    desk = reverse("notices:desk")
    assert "Status kończy się" not in maria.get(desk).content.decode()
    with clock.frozen(datetime(2027, 2, 10, 10, tzinfo=UTC)):
        sign_in(maria, world.people["maria"])
        assert "Status kończy się: CIS „Stary Młyn”" in maria.get(desk).content.decode()
    board = maria.get(reverse("reporting:expiry")).context["groups"]
    assert [len(rows) for *_, rows in board] == [0, 1, 0]


def test_a_register_is_taken_away_whole_in_four_shapes(world: World, maria: Client):
    with world.scope("office", "maria"):
        entered(number="1", name="=2+2")
        registers.note(entry_id=RegisterEntry.objects.get().pk, words="KANAREK")

    def taken(kind: str) -> bytes:
        answer = maria.get(reverse(CIS), {"plik": kind, "dzien": "20.11.2026"})
        assert "attachment" in answer["Content-Disposition"]
        return bytes(answer.content)

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(taken("xlsx"))).get_sheet_by_index(0).to_python()
    told: dict[str, Any] = dict(zip(sheet[0], sheet[1], strict=True))
    assert told["nazwa"] == "=2+2"
    assert told["status do"] == date(2027, 4, 30)
    assert told["stan"] == "czynny"
    csv = taken("csv")
    assert csv.startswith(b"\xef\xbb\xbf")
    assert "2027-04-30" in csv.decode("utf-8-sig")
    found = json.loads(taken("json"))
    assert found["stan_na"] == "2026-11-20"
    assert found["wpisy"][0]["valid_until"] == "2027-04-30"
    assert found["wpisy"][0]["regon"] is None
    paper = PdfReader(io.BytesIO(taken("pdf"))).pages[0].extract_text()
    assert "30.04.2027" in paper
    assert all(b"KANAREK" not in taken(kind) for kind in ("csv", "json"))


def test_a_register_that_is_taken_away_says_who_lost_the_status_and_by_which_decision(
    world: World, maria: Client
):
    with world.scope("office", "maria"):
        entry = entered(number="1", name="CIS „Zły”")
        registers.end(
            entry_id=entry.pk, reason="unheeded", number="PS.9", decided_on=date(2026, 3, 2),
            since=date(2026, 3, 12),
        )  # fmt: skip
        entered("KIS", number="2", name="KIS „Most”", created_on=date(2021, 4, 6))

    def taken(register: str, kind: str) -> bytes:
        return bytes(maria.get(reverse(register), {"plik": kind, "dzien": "20.11.2026"}).content)

    told = json.loads(taken(CIS, "json"))["wpisy"][0]
    assert told["decision_number"]
    assert (told["ended_on"], told["end_number"]) == ("2026-03-12", "PS.9")
    assert told["end_reason"] == "wezwanie bez skutku (art. 6 ust. 1a)"
    assert "created_on" not in told
    paper = PdfReader(io.BytesIO(taken(CIS, "pdf"))).pages[0].extract_text()
    said = " ".join(paper.split())
    assert "status utracony od 12.03.2026" in said
    assert "wezwanie bez skutku" in said
    club = json.loads(taken("reporting:kis_register", "json"))["wpisy"][0]
    assert club["created_on"] == "2021-04-06"
    assert "decision_number" not in club
    # The law publishes days, not the papers of the office.
    heading = maria.get(reverse("reporting:public_register"), {"plik": "csv"}).content.decode("utf-8-sig")
    assert "utworzono" in heading
    assert "numer decyzji" not in heading


def test_the_way_of_an_entry(world: World, maria: Client):
    typed = {**DATA, "starts_on": "1.5.2022", "number": "3", "decision": "PS.3", "decided_on": "20.4.2022"}
    answer = maria.post(reverse("reporting:cis_enter"), {**typed, "since": "1.5.2022"})
    assert answer.status_code == 302
    with world.scope("office", "maria"):
        entry = RegisterEntry.objects.get()
        assert [one.until for one in StatusDecision.objects.order_by("since")] == [date(2027, 4, 30)]

    def at(name: str) -> str:
        return reverse(f"reporting:entry{name}", args=[entry.pk])

    assert "20 kwietnia 2032" not in maria.get(at("")).content.decode()
    assert "30 kwietnia 2032" in maria.get(at("_prolong")).content.decode()
    maria.post(at("_prolong"), {"number": "PS.4", "decided_on": "20.10.2026"})
    assert "Status do 30 kwietnia 2032" in maria.get(at("")).content.decode()
    refused = maria.post(at("_change"), {**DATA, "starts_on": "", "since": "19.4.2022"})
    assert refused.status_code == 422
    maria.post(at("_change"), {**DATA, "starts_on": "1.5.2022", "since": "1.6.2026", "town": "Rokitowo"})
    maria.post(at("_link"), {"unit": str(world.cis.pk)})
    maria.post(at("_note"), {"words": "Zadzwonić."})
    ended = {"reason": "founder_asked", "number": "PS.5", "decided_on": "2.11.2026", "since": "2.11.2026"}
    maria.post(at("_end"), ended)
    page = maria.get(at("")).content.decode()
    for said in (
        "status utracony", "miejscowość", "Zadzwonić.", "Utrata statusu PS.5",
        "wniosek instytucji tworzącej", world.cis.name,
    ):  # fmt: skip
        assert said in page
    assert reverse("reporting:entry_change", args=[entry.pk]) not in page


def test_an_inspector_reads_and_changes_nothing(world: World, client: Client):
    with world.scope("office", "maria"):
        entry = entered()
    sign_in(client, world.people["stefan"])
    assert names(client) == ["CIS „Stary Młyn”"]
    page = client.get(reverse("reporting:entry", args=[entry.pk]))
    assert page.context["actions"] == []
    assert client.post(reverse("reporting:entry_note", args=[entry.pk]), {"words": "x"}).status_code == 403


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("rejestr.csv", content, "text/csv")


def test_a_register_is_read_in_whole_after_a_look(world: World, maria: Client):
    answer = maria.post(reverse("reporting:cis_import"), {"file": upload(register_file())})
    assert answer.status_code == 302
    with world.scope("office", "maria"):
        assert not RegisterEntry.objects.exists()
    assert "Nowe: 1" in maria.get(answer["Location"]).content.decode()
    maria.post(answer["Location"])
    with world.scope("office", "maria"):
        entry = RegisterEntry.objects.get()
        # Ten years, of which the file does not say how they were decided.
        said = StatusDecision.objects.get()
        assert (said.kind, said.since, said.until) == ("granted", date(2016, 7, 1), date(2026, 6, 30))
        assert (said.number, said.decided_on, said.imported) == ("", None, True)
        row = queries.on_day(date(2026, 6, 30)).get(entry=entry)
        assert (row.standing, row.valid_until, row.given_on) == ("active", date(2026, 6, 30), None)
        assert [queries.on_day(day).get().standing for day in (date(2022, 1, 1), date(2026, 7, 1))] == [
            "active",
            "expired",
        ]
        assert told(row, [said])["times"] == ""
        assert EntryVersion.objects.get(entry=entry).founder_kind == "local_government"
        assert StoredFile.objects.get().erased_at is not None
    page = maria.get(reverse("reporting:entry", args=[entry.pk])).content.decode()
    assert "Numer decyzji i dzień decyzji: brak danych w imporcie." in page
    again = maria.post(reverse("reporting:cis_import"), {"file": upload(register_file())})
    page = maria.get(again["Location"])
    assert "już w rejestrze: 1" in page.content.decode()
    assert (page.context["fresh"], page.context["differing"]) == ([], [])


def test_before_a_register_is_read_in_each_row_is_seen_column_by_column(world: World, maria: Client):
    maria.post(maria.post(reverse("reporting:cis_import"), {"file": upload(register_file())})["Location"])
    headings, there, *_ = register_file().decode().split("\r\n")
    # Somebody has exchanged the two places: of the entry that stands already, and of a new one.
    swapped = headings.replace(";miejscowość;", ";X;").replace("prowadzący: miejscowość", "miejscowość")
    swapped = swapped.replace(";X;", ";prowadzący: miejscowość;")
    rows = [there.replace("Rokitowo;1.07", "Modrzewno;2.07"), there.replace("7;", "8;", 1)]
    content = "\r\n".join([swapped, *rows, ""]).encode()
    answer = maria.post(reverse("reporting:cis_import"), {"file": upload(content)})
    page = maria.get(answer["Location"])
    differing = {one.heading: (one.there, one.said) for one in page.context["differing"]}
    assert differing == {
        "miejscowość": ("Rokitowo", "Modrzewno"),
        "status od": (date(2016, 7, 1), date(2016, 7, 2)),
    }
    [(line, cells)] = page.context["fresh"]
    assert (line, dict(cells)["status do"]) == (3, date(2026, 6, 30))
    maria.post(answer["Location"])
    with world.scope("office", "maria"):
        assert EntryVersion.objects.get(entry__number="7").town == "Rokitowo"


def test_of_a_register_with_a_bad_row_nothing_is_read_in(world: World, maria: Client):
    headings, good, *_ = register_file().decode().split("\r\n")
    bad = [
        good,
        good.replace("7;", "8;", 1).replace("1.07.2016;", "31.02.2016;"),
        good.replace("7;", "9;", 1).replace("jednostka samorządu terytorialnego", "gmina"),
        good,
        good.replace("7;", "10;", 1).replace("22-020", "22020x"),
        good.replace("7;", "11;", 1).replace("30.06.2026", ""),
    ]
    answer = maria.post(reverse("reporting:cis_import"), {"file": upload(register_file(*bad))})
    assert answer.status_code == 422
    assert [one.row for one in answer.context["problems"]] == [3, 4, 5, 6, 7]
    with world.scope("office", "maria"):
        assert not RegisterEntry.objects.exists()
        assert not StoredFile.objects.exists()
