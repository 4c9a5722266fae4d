"""A status is applied for, completed, granted and prolonged; another voivodeship sees nothing of it."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from reintegration.core import clock
from reintegration.core.formats import format_long_date
from reporting.models import ProcedureFile, StatusApplication
from reporting.queries import procedures as queries
from reporting.rules.procedures import completion_due
from reporting.services import applications, proceedings
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.reporting.procedures_made import ANSWERS, pdf


def looked_at(page: Page, name: str) -> None:
    """Nothing is wrong with what is shown, and nothing sticks out, on a screen and on a phone."""
    for width in reversed(WIDTHS.values()):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == [], (name, width)
        assert sideways_scroll(page) == 0, (name, width)


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Any, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def said(page: Any, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def test_a_status_is_applied_for_completed_granted_and_prolonged(open_as: OpenAs, cast: World) -> None:
    unit: Any = open_as("ewa")
    unit.goto(reverse("reporting:own_entry"))
    follow(unit, "Wniosek o status")
    press(unit, "Zacznij wniosek")
    said(unit, "Brakuje:")
    with cast.scope("cis", "ewa"):
        application = StatusApplication.objects.get()
        for code, content in ANSWERS.items():
            if code != "6":
                applications.answer(application_id=application.pk, point=code, content=content)
        for code in ("12", "13", "14"):
            proceedings.attach(application, file=pdf(), label="Załącznik", point=code)
    here = reverse("reporting:application", args=[application.pk])
    unit.goto(here)
    looked_at(unit, "checklist")
    follow(unit, "6. Pracownicy")
    unit.get_by_label("Przewidywana liczba pracowników").fill("6")
    unit.get_by_label("Opis").fill("Instruktorzy z uprawnieniami.")
    looked_at(unit, "point")
    press(unit, "Zapisz punkt")
    said(unit, "Wszystkie punkty są gotowe.")
    follow(unit, "Wyślij do urzędu")
    press(unit, "Wyślij")

    office: Any = open_as("maria")
    office.goto(reverse("reporting:applications"))
    looked_at(office, "applications")
    office.goto(here)
    follow(office, "Wezwij do uzupełnienia")
    office.get_by_label("Czego brakuje").fill("W punkcie 6 brakuje kwalifikacji.")
    press(office, "Wyślij wezwanie")
    said(office, "Wysłano wezwanie.")
    unit.goto(here)
    said(unit, "Urząd wzywa do uzupełnienia")
    said(unit, "Odbioru jeszcze nie potwierdzono, więc termin nie biegnie.")
    looked_at(unit, "called")
    follow(unit, "Potwierdź odbiór")
    looked_at(unit, "receipt")
    press(unit, "Potwierdź odbiór")
    said(unit, f"Termin: {format_long_date(completion_due(clock.today(), 14))}.")
    follow(unit, "6. Pracownicy")
    unit.get_by_label("Opis").fill("Instruktor stolarstwa, kwalifikacje czeladnicze.")
    press(unit, "Zapisz punkt")
    office.goto(here)
    expect(office.get_by_text("czeladnicze")).to_have_count(0)
    unit.goto(here)
    follow(unit, "Wyślij uzupełnienie")
    press(unit, "Wyślij")
    office.goto(here)
    said(office, "czeladnicze")
    looked_at(office, "application at the office")
    follow(office, "Nadaj status")
    office.get_by_label("Numer w rejestrze").fill("5/2026")
    office.get_by_label("Numer decyzji").fill("PS.5.2026")
    looked_at(office, "decision")
    press(office, "Nadaj status")
    said(office, "Nadano status. Numer w rejestrze: 5/2026.")
    unit.goto(here)
    with unit.expect_download():
        follow(unit, "Decyzja PS.5.2026")
    looked_at(unit, "granted")

    unit.goto(reverse("reporting:own_entry"))
    follow(unit, "Wniosek o przedłużenie")
    press(unit, "Zacznij wniosek")
    with cast.scope("cis", "ewa"):
        again = StatusApplication.objects.get(kind="prolong")
        for point in queries.missing_of(again):
            proceedings.attach(again, file=pdf(), label="Załącznik", point=point.code)
        applications.send(application_id=again.pk)
    office.goto(reverse("reporting:application", args=[again.pk]))
    follow(office, "Przedłuż status")
    office.get_by_label("Numer decyzji").fill("PS.6.2026")
    press(office, "Przedłuż status")
    said(office, "Zaznacz, żeby iść dalej.")
    office.get_by_label("Wzięto pod uwagę sprawozdania z 3 ostatnich lat").check()
    press(office, "Przedłuż status")
    said(office, "Przedłużono status na 5 lat.")

    other: Any = open_as("dorota")
    assert other.goto(here).status == 404
    with cast.scope("cis", "ewa"):
        file = ProcedureFile.objects.filter(application=application, by_office=False)[0]
    assert other.goto(reverse("reporting:case_file", args=[file.pk])).status == 404
