"""An annual report is drafted, cross-checked, sent, returned at two cells, corrected and accepted."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from reintegration.core import clock, slots
from reintegration.jobs.worker import drain
from reporting.models import Report
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.reporting.reports_made import GRANT, PLAN, YEAR
from tests.reporting.test_annual_reports import in_2026

MONEY = "Gmina, Otrzymane"
RUNNING = "Gmina, Bieżąca działalność"
STAFF = "W kadrze nie ma nikogo."
UNGROUPED = "są osoby bez głównej grupy"
ABSENT = "Nie każdy uczestnik był na zajęciach."
SPENT = "Dotacja „Gmina”: kwota otrzymana bez zwrotu różni się od kwoty rozpisanej na cele"
ALL_SPENT = "Dotacja „Razem”: kwota otrzymana bez zwrotu różni się od kwoty rozpisanej na cele"
PLANNED = "Wydatki w preliminarzu są wyższe od przychodów."
BUDGET = "Świadczenia integracyjne i motywacyjne premie integracyjne (pkt 1), Preliminarz"


@pytest.fixture(autouse=True)
def _in_march(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any) -> None:
    """The season, for the server's threads too; and what programmes ask is theirs to test."""
    settings.FILES_DIR = str(tmp_path)
    monkeypatch.setenv(clock.VARIABLE, "2027-03-05")
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])


def looked_at(page: Page, name: str) -> None:
    """Nothing is wrong with what is shown, and nothing sticks out."""
    assert axe(page) == [], name
    assert sideways_scroll(page) == 0, name


def typed(page: Page, part: str, label: str, value: str) -> None:
    page.goto(part)
    page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Zapisz i dalej").click()
    expect(page.get_by_text("Zapisano.")).to_be_visible()


def check(page: Page, sentence: str) -> Locator:
    return page.locator("#sprawdzenia").get_by_role("listitem").filter(has_text=sentence)


def explain(page: Page, sentence: str, words: str) -> None:
    here = check(page, sentence)
    here.get_by_label("Wyjaśnienie").fill(words)
    here.get_by_role("button").click()
    expect(page.get_by_text("Zapisano wyjaśnienie.")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_report_goes_to_the_office_and_back_and_is_accepted(
    open_as: OpenAs, cast: World, width: int
) -> None:
    in_2026(cast)
    unit: Any = open_as("ewa", width=width)
    office: Any = open_as("stefan", width=width)

    # Drafted: the program has counted, the unit types what nobody else knows.
    unit.goto(reverse("reporting:reports"))
    expect(unit.locator("main")).to_contain_text("Zostało 26 dni")
    looked_at(unit, "years")
    unit.get_by_role("button", name=f"Zacznij sprawozdanie za {YEAR}").click()
    expect(unit.get_by_role("heading", name="Puste komórki")).to_be_visible()
    looked_at(unit, "draft")
    with cast.scope("cis", "ewa"):
        report = Report.objects.get()
    here = reverse("reporting:report", args=[report.pk])
    finance = reverse("reporting:report_part", args=[report.pk, "finance"])
    budget = reverse("reporting:report_part", args=[report.pk, "budget"])
    unit.goto(reverse("reporting:report_part", args=[report.pk, "people"]))
    looked_at(unit, "people")
    unit.get_by_role("link", name=re.compile("^2 ?: Razem, Razem$")).first.click()
    expect(unit.get_by_role("listitem").filter(has_text="Marek Dąbek")).to_be_visible()
    expect(unit.get_by_label("Wartość")).to_have_count(0)
    looked_at(unit, "cell")
    unit.get_by_label("Uwaga do komórki").fill("Jedna osoba wróciła po przerwie.")
    unit.get_by_role("button", name="Zapisz").click()
    typed(unit, finance, MONEY, "5000")
    unit.goto(finance)
    looked_at(unit, "finance")

    # Cross-checked: one check is explained, others are put right in their cells; then the report is sent.
    unit.goto(here)
    unit.get_by_role("button", name="Wpisz zero w puste komórki").click()
    expect(unit.get_by_text("Wszystkie komórki mają odpowiedź.")).to_be_visible()
    expect(unit.get_by_role("link", name="Wyślij do urzędu")).to_have_count(0)
    looked_at(unit, "checks")
    explain(unit, STAFF, "Kadra jest prowadzona gdzie indziej.")
    expect(check(unit, STAFF)).to_contain_text("wyjaśnione")
    for sentence in (UNGROUPED, ABSENT):
        explain(unit, sentence, "Wpisy są w dzienniku papierowym.")
    expect(unit.locator("main")).to_contain_text("Sprawdzenia do poprawy albo wyjaśnienia: 2.")
    check(unit, SPENT).get_by_role("link", name="Dotacje za rok sprawozdania").click()
    expect(unit.get_by_role("heading", level=1)).to_contain_text("Dotacje za rok sprawozdania")
    typed(unit, finance, RUNNING, "5000")
    unit.goto(here)
    expect(check(unit, STAFF)).to_be_visible()
    expect(check(unit, SPENT)).to_have_count(0)
    unit.get_by_role("link", name="Wyślij do urzędu").click()
    expect(unit.locator("main")).to_contain_text("Kadra jest prowadzona gdzie indziej.")
    looked_at(unit, "submit")
    unit.get_by_role("button", name="Wyślij do urzędu").click()
    expect(unit.get_by_text("Wysłano wersję 1.")).to_be_visible()
    looked_at(unit, "sent")
    drain()

    # Returned at two cells.
    came = reverse("reporting:office_report", args=[report.pk])
    for cell, words in ((GRANT, "Umowa mówi o 6000 zł."), (PLAN, "Brak preliminarza świadczeń.")):
        office.goto(reverse("reporting:office_report_cell", args=[report.pk, 1, cell]))
        office.get_by_label("Co poprawić albo wyjaśnić").fill(words)
        office.get_by_role("button", name="Zapisz uwagę").click()
        expect(office.locator("main")).to_contain_text("jeszcze nie wysłana")
    office.goto(f"{came}?czesc=finance")
    told = office.get_by_role("listitem").filter(has_text=STAFF)
    expect(told).to_contain_text("Wyjaśnienie jednostki: Kadra jest prowadzona gdzie indziej.")
    looked_at(office, "office")
    assert "Marek" not in office.content()
    office.get_by_role("link", name="Zwróć do poprawy").click()
    office.get_by_role("button", name="Zwróć do poprawy").click()
    expect(office.get_by_text("Sprawozdanie zwrócone.")).to_be_visible()

    # Corrected: each comment leads to its cell, and the office sees what has changed.
    unit.goto(here)
    expect(unit.get_by_text("Umowa mówi o 6000 zł.")).to_be_visible()
    looked_at(unit, "returned")
    typed(unit, finance, MONEY, "6000")
    typed(unit, budget, BUDGET, "900")
    # What the office asked to be changed is another difference, and that of the staff still the same.
    unit.goto(here)
    expect(check(unit, STAFF)).to_contain_text("wyjaśnione")
    for sentence in (SPENT, ALL_SPENT, PLANNED):
        explain(unit, sentence, "Umowę zmieniono aneksem, pieniądze wpłyną w styczniu.")
    unit.get_by_role("link", name="Wyślij do urzędu").click()
    unit.get_by_role("button", name="Wyślij do urzędu").click()
    expect(unit.get_by_text("Wysłano wersję 2.")).to_be_visible()
    drain()
    office.goto(f"{came}?czesc=finance")
    expect(office.get_by_role("row").filter(has_text=MONEY).first).to_contain_text("+1 000,00")
    expect(office.locator("main")).to_contain_text("było: 5 000,00")
    looked_at(office, "changes")
    with office.expect_download() as paper:
        office.get_by_role("link", name="PDF").click()
    assert paper.value.suggested_filename.endswith(".pdf")

    # Accepted.
    office.get_by_role("link", name="Przyjmij").click()
    office.get_by_role("button", name="Przyjmij").click()
    expect(office.get_by_text("Sprawozdanie przyjęte.")).to_be_visible()
    unit.goto(here)
    expect(unit.get_by_text("Stan: przyjęte.")).to_be_visible()
    looked_at(unit, "accepted")

    # Nobody else is told that it exists.
    for stranger, url in (("dorota", came), ("teresa", here), ("bozena", here)):
        other: Any = open_as(stranger, width=width)
        assert other.goto(url).status == 404
