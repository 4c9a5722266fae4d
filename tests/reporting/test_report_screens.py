"""What leaves the program of a report, and who is told whom a cell counts."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from reintegration.audit.models import EventPerson
from reintegration.core import clock
from reintegration.documents.models import Document
from reintegration.jobs.worker import drain
from reporting import report_words as words
from reporting.models import Report, StatusApplication
from reporting.queries import procedures
from reporting.queries import reports as queries
from reporting.services import report_office
from reporting.services import reports as services
from tests.canary import sightings
from tests.cast import World, sign_in
from tests.participants.participations.made import TODAY, in_classes
from tests.reporting.reports_made import GRANT, MARCH, YEAR, filled, submitted, typed
from tests.reporting.test_annual_reports import TOTAL, in_2026

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world: World) -> Iterator[Report]:
    in_2026(world)
    with clock.frozen(MARCH):
        with world.scope("cis", "ewa"):
            made = filled()
            typed(made.pk, GRANT, 5000)
        yield made


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def sent_file(world: World, report: Report, ending: str) -> Any:
    with world.scope("cis", "ewa"):
        if not queries.versions_of(report):
            services.put(report_id=report.pk, cells={"works.psu.words": "=1+1"})
            submitted(report.pk)
    return client_of(world, "ewa").get(reverse("reporting:report_file", args=[report.pk, 1, ending]))


def test_a_spreadsheet_holds_numbers_and_no_formula(world: World, report: Report):
    content = sent_file(world, report, "xlsx").content
    header, *lines = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert tuple(header) == words.LABELS
    found = {line[8]: line for line in lines}
    assert (found[TOTAL][4], found[GRANT][4]) == (2, 5000)
    assert isinstance(found[GRANT][4], int | float)
    assert found["works.psu.words"][5] == "=1+1"
    with ZipFile(BytesIO(content)) as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/sheet" in name]
    assert sheets
    assert not any(b"<f>" in one for one in sheets)


def test_a_csv_is_for_a_polish_spreadsheet(world: World, report: Report):
    with world.scope("cis", "ewa"):
        services.put(report_id=report.pk, cells={GRANT: Decimal("5000.50")})
    content = sent_file(world, report, "csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    line = next(one for one in content.decode("utf-8-sig").splitlines() if one.endswith(GRANT))
    assert ";5000,50;" in line


def test_the_json_is_what_was_sealed(world: World, report: Report):
    told = json.loads(sent_file(world, report, "json").content)
    seal = told.pop("sha256")
    assert told.pop("version") == 1
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == seal


def test_whom_a_cell_counts_is_for_those_who_lead_cases_and_leaves_a_trace(world: World, report: Report):
    url = reverse("reporting:report_cell", args=[report.pk, TOTAL])
    assert "Marek" not in client_of(world, "celina").get(url).content.decode()
    with world.scope("cis"):
        before = EventPerson.objects.count()
    assert "Marek" in client_of(world, "anna").get(url).content.decode()
    with world.scope("cis"):
        assert EventPerson.objects.count() == before + 2


def test_the_office_reads_no_person_in_any_file(world: World, report: Report):
    sent_file(world, report, "json")
    drain()
    office = client_of(world, "stefan")
    told = []
    for name, args in (
        ("office_report", [report.pk]),
        ("office_report_cell", [report.pk, 1, TOTAL]),
        *(("office_report_file", [report.pk, 1, ending]) for ending in ("json", "csv", "xlsx", "pdf")),
    ):
        answer = office.get(reverse(f"reporting:{name}", args=args), follow=True)
        assert answer.status_code == 200, args
        told.append((f"{name} {args[-1]}", answer.getvalue()))
    # Cells of the spreadsheet and pages of the paper are opened; what stands in them is found there.
    assert sightings(told, ["Dąbek"]) == []
    named = {place.split("/")[0] for _, place in sightings(told, ["Nowy Most"])}
    assert {"office_report_file xlsx", "office_report_file pdf text"} <= named
    for name, args in (("report", [report.pk]), ("report_cell", [report.pk, TOTAL])):
        assert office.get(reverse(f"reporting:{name}", args=args)).status_code == 403


def test_a_page_asks_as_much_for_two_people_as_for_six(world: World, report: Report):
    client, url = client_of(world, "ewa"), reverse("reporting:report", args=[report.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    with clock.frozen(TODAY), world.scope("cis", "ewa"):
        for serial in range(3, 7):
            in_classes(f"Osoba {serial}", serial=serial)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few)


def test_two_who_type_the_same_cell_see_both_entries(world: World, report: Report):
    client, url = client_of(world, "ewa"), reverse("reporting:report_cell", args=[report.pk, GRANT])
    page = client.get(url)
    assert page.context is not None
    version = page.context["version"]
    with world.scope("cis", "rafal"):
        typed(report.pk, GRANT, 7000)
    answer = client.post(url, {"value": "6000", "note": "", "version": version, "submission": "a" * 32})
    assert answer.status_code == 409
    assert "7 000" in answer.content.decode().replace("\xa0", " ")
    with world.scope("cis", "ewa"):
        assert Report.objects.get(year=YEAR).drafts.get().typed[GRANT]["value"] == "7000"


def sent_again(world: World, report: Report) -> None:
    """The unit takes its first version back and sends a second one."""
    with world.scope("cis", "ewa"):
        services.withdraw(report_id=report.pk)
        typed(report.pk, GRANT, 9000)
        submitted(report.pk)


def test_the_office_decides_about_the_version_that_it_read(world: World, report: Report):
    sent_file(world, report, "json")
    office = client_of(world, "maria")
    page = office.get(reverse("reporting:office_report", args=[report.pk]))
    # Joining a report to an entry is about no version.
    addresses = [link.url for link in page.context["actions"] if "/wersja/1/" in link.url]
    assert len(addresses) == 2
    asked = reverse("reporting:office_report_cell", args=[report.pk, 1, GRANT])
    assert asked in office.get(f"{page.wsgi_request.path}?czesc=finance").content.decode()
    sent_again(world, report)
    for url in (*addresses, asked):
        answer = office.post(url, {"words": "Ile?"})
        assert answer.status_code == 422, url
        assert "wersję 2" in answer.content.decode()
    with world.scope("cis", "ewa"):
        assert {row.number: row.state for row in queries.versions_of(report)} == {
            1: "withdrawn",
            2: "submitted",
        }
    assert office.post(reverse("reporting:office_report_accept", args=[report.pk, 2])).status_code == 302


def test_what_was_taken_back_is_not_read_by_the_office(world: World, report: Report):
    sent_file(world, report, "json")
    with world.scope("cis", "ewa"):
        services.withdraw(report_id=report.pk)
    drain()
    office = client_of(world, "maria")
    gone = [
        reverse("reporting:office_report", args=[report.pk]),
        reverse("reporting:office_report_version", args=[report.pk, 1]),
        *(
            reverse("reporting:office_report_file", args=[report.pk, 1, ending])
            for ending in ("pdf", "xlsx", "csv", "json")
        ),
        *(reverse(f"reporting:office_report_{name}", args=[report.pk, 1]) for name in ("accept", "return")),
        reverse("reporting:office_report_cell", args=[report.pk, 1, GRANT]),
    ]
    assert [office.get(url).status_code for url in gone] == [404] * len(gone)
    with world.scope("office", "maria"):
        assert not queries.papers_of([version.pk for version in queries.versions_of(report)])
    with world.scope("cis", "ewa"):
        submitted(report.pk)
    page = office.get(gone[0])
    assert page.status_code == 200
    assert [row.number for row, *_ in page.context["versions"]] == [2]
    assert {office.get(url).status_code for url in gone[1:6]} == {404}


def test_a_paper_of_what_was_taken_back_says_so_on_both_sides(world: World, report: Report):
    sent_file(world, report, "json")
    drain()
    with world.scope("cis", "ewa"):
        services.withdraw(report_id=report.pk)
    drain()
    for side, person in (("cis", "ewa"), ("office", "maria")):
        with world.scope(side, person):
            paper = Document.objects.get(kind=queries.PAPER)
            assert (paper.state, paper.withdrawal) == ("withdrawn", "Jednostka wycofała wersję 1.")
        client = client_of(world, person)
        shown = client.get(reverse("documents:document", args=[paper.pk])).content.decode()
        assert "wycofany" in shown
        assert "Jednostka wycofała wersję 1." in shown


def test_a_correction_that_is_only_begun_changes_nothing_beside_an_application(world: World, report: Report):
    sent_file(world, report, "json")
    application = StatusApplication(unit_id=world.cis.pk)

    def state() -> str:
        # In April, when the term of the year has passed.
        found = procedures.reports_of(application, date(YEAR + 1, 4, 1))
        return next(one.state for one in found if one.year == YEAR)

    with world.scope("office", "maria"):
        report_office.accept(report_id=report.pk, number=1)
    with world.scope("cis", "ewa"):
        services.correct(report_id=report.pk, reason="Pomyłka.")
    with world.scope("office", "maria"):
        assert state() == "przyjęte"
    with world.scope("cis", "ewa"):
        submitted(report.pk)
        services.withdraw(report_id=report.pk)
    with world.scope("office", "maria"):
        assert state() == "przyjęte"
