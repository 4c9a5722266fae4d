"""A club is told of and entered; a status is applied for, completed, granted and prolonged; a letter is
answered. Another voivodeship sees nothing of it."""

from io import BytesIO
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from reintegration.core import clock
from reintegration.core.formats import format_long_date, format_table_date
from reporting.models import ClubNotice, ProcedureFile, StatusApplication, SupervisionLetter
from reporting.queries import procedures as queries
from reporting.rules.procedures import completion_due, entry_due, letter_due
from reporting.services import applications, proceedings, registers
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.reporting.made import entered
from tests.reporting.procedures_made import ANSWERS, pdf

CLUB = {
    "Ulica i numer": "ul. Portowa 1",
    "Kod pocztowy": "22-011",
    "Dzień utworzenia": "1.10.2026",
    "Rozpoczęcie działalności": "1.11.2026",
    "Imię i nazwisko kierownika Klubu": "Bożena Lipa",
}


def looked_at(page: Page, name: str) -> None:
    """Nothing is wrong with what is shown, and nothing sticks out, on a screen and on a phone."""
    for width in reversed(WIDTHS.values()):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == [], (name, width)
        assert sideways_scroll(page) == 0, (name, width)


def paper_of_one_page() -> bytes:
    target = BytesIO()
    with PdfWriter() as writer:
        writer.add_blank_page(595, 842)
        writer.write(target)
    return target.getvalue()


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Any, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def said(page: Any, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def test_a_club_is_told_of_and_entered(open_as: OpenAs, cast: World) -> None:
    unit: Any = open_as("bozena")
    unit.goto(reverse("reporting:own_entry"))
    follow(unit, "Zgłoś Klub do rejestru")
    looked_at(unit, "new notice")
    for label, value in CLUB.items():
        unit.get_by_label(label, exact=True).fill(value)
    # The labels of what may stay empty say so, too.
    unit.locator("[name=phone]").fill("810 000 003")
    unit.locator("[name=founder_email]").fill("biuro@krok.example")
    press(unit, "Zapisz")
    said(unit, "kopia aktu o utworzeniu Klubu, jako załącznik")
    looked_at(unit, "notice without the act")
    expect(unit.get_by_role("link", name="Wyślij do urzędu")).to_have_count(0)
    follow(unit, "Dodaj załącznik")
    unit.get_by_label("Co to jest").fill("Akt o utworzeniu Klubu")
    unit.get_by_label("Plik").set_input_files(
        {"name": "akt.pdf", "mimeType": "application/pdf", "buffer": paper_of_one_page()}
    )
    press(unit, "Dodaj załącznik")
    looked_at(unit, "draft of a notice")
    follow(unit, "Wyślij do urzędu")
    press(unit, "Wyślij")
    said(unit, "Wysłano do urzędu.")
    with cast.scope("kis", "bozena"):
        notice = ClubNotice.objects.get()

    other: Any = open_as("dorota")
    other.goto(reverse("reporting:notices"))
    expect(other.get_by_text("Nic tu nie czeka")).to_be_visible()
    assert other.goto(reverse("reporting:notice", args=[notice.pk])).status == 404

    office: Any = open_as("maria")
    office.goto(reverse("notices:desk"))
    said(office, "Zgłoszenie KIS: KIS „Przystań”")
    office.goto(reverse("reporting:notices"))
    looked_at(office, "notices")
    office.goto(reverse("reporting:notice", args=[notice.pk]))
    left = (entry_due(clock.today()) - clock.today()).days
    said(office, f"zostało {left} dni")
    looked_at(office, "notice")
    with office.expect_download() as paper:
        follow(office, "Pobierz PDF")
    assert paper.value.suggested_filename.endswith(".pdf")
    follow(office, "Wpisz do rejestru")
    office.get_by_label("Numer w rejestrze").fill("7/2026")
    press(office, "Wpisz do rejestru")
    said(office, "Wpisano do rejestru pod numerem 7/2026 i połączono z jednostką.")
    expect(office.locator('nav[aria-label="Główna"] [aria-current]').first).to_contain_text("Rejestr KIS")
    unit.goto(reverse("reporting:own_entry"))
    said(unit, "7/2026")
    looked_at(unit, "own entry")


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


def test_a_letter_of_supervision_is_answered(open_as: OpenAs, cast: World) -> None:
    with cast.scope("office", "maria"):
        entry = entered(number="9", name="CIS „Nowy Most”")
        registers.link(entry_id=entry.pk, unit_id=cast.cis.pk)
    office: Any = open_as("stefan")
    office.goto(reverse("reporting:entry", args=[entry.pk]))
    follow(office, "Napisz pismo nadzoru")
    looked_at(office, "new letter")
    office.get_by_label("żądanie wyjaśnień").check()
    office.get_by_label("Znak sprawy").fill("PS.7.2026")
    office.get_by_label("Termin odpowiedzi w dniach").fill("10")
    office.get_by_label("Treść").fill("Prosimy wyjaśnić godziny zajęć.")
    press(office, "Zapisz szkic")
    expect(office.locator(".err").first).to_be_visible()
    office.get_by_label("Termin odpowiedzi w dniach").fill("14")
    press(office, "Zapisz szkic")
    with office.expect_download():
        follow(office, "Pobierz PDF")
    follow(office, "Wyślij")
    press(office, "Wyślij")
    with cast.scope("office", "maria"):
        letter = SupervisionLetter.objects.get()
    here = reverse("reporting:letter", args=[letter.pk])

    unit: Any = open_as("ewa")
    unit.goto(reverse("reporting:own_entry"))
    looked_at(unit, "own entry with a letter")
    unit.goto(here)
    follow(unit, "Potwierdź odbiór")
    press(unit, "Potwierdź odbiór")
    due = format_table_date(letter_due(clock.today(), 14))
    unit.goto(reverse("reporting:own_entry"))
    said(unit, due)
    unit.goto(here)
    follow(unit, "Odpowiedz")
    unit.get_by_label("Odpowiedź", exact=True).fill("Zajęcia trwają 6 godzin dziennie.")
    press(unit, "Wyślij odpowiedź")
    looked_at(unit, "answered")
    office.goto(reverse("reporting:letters"))
    looked_at(office, "letters")
    office.goto(here)
    said(office, "Zajęcia trwają 6 godzin dziennie.")
    follow(office, "Zakończ sprawę")
    office.get_by_label("tak, sprawa wyjaśniona albo usunięta").check()
    press(office, "Zakończ sprawę")
    said(office, "Zakończono sprawę.")

    other: Any = open_as("wiktor")
    assert other.goto(here).status == 404
    stranger: Any = open_as("teresa")
    assert stranger.goto(here).status == 404
