"""A referring body in a real browser: what its check and its form refuse; and a link with its code."""

from django.urls import reverse

from participants.models import Referral
from participants.services.portal.links import issue_link, token_of
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.participants.portal.made import pesel

CHECK = "/moje-skierowania/nowe/sprawdzenie/"
NO = ("long_unemployed", "unemployment_benefit", "pre_retirement", "pension", "structural_pension")


def sound(page) -> None:
    assert axe(page) == []
    assert sideways_scroll(page) == 0


def test_what_excludes_is_said_at_once_and_a_wrong_number_comes_back(open_as: OpenAs, cast: World):
    page = open_as("zofia", width=WIDTHS["phone"])
    page.goto(CHECK)
    page.locator("input[name=groups][value='1']").check()
    for key in NO:
        page.locator(f"input[name={key}][value=no]").check()
    page.locator("input[name=in_need][value=yes]").check()
    page.locator("input[name=incapacity_pension][value=yes]").check()
    page.locator("#wynik", has_text="wyłącza udział").wait_for()
    assert "nic nie wyłącza udziału" in page.locator("#wynik").inner_text()
    sound(page)
    page.get_by_role("button", name="Dalej: skierowanie").click()
    assert page.locator("input[name=groups][value='1']").is_checked()
    page.get_by_label("Imię", exact=True).fill("Roman")
    page.get_by_label("PESEL", exact=True).fill("12345678901")
    page.get_by_role("button", name="Wyślij skierowanie").click()
    page.get_by_role("alert").filter(has_text="Popraw").wait_for()
    assert page.get_by_label("Imię", exact=True).input_value() == "Roman"
    sound(page)


def test_a_body_without_an_account_sends_by_a_link_without_a_script(open_as: OpenAs, cast: World):
    with cast.scope("cis", "anna"):
        link, handover = issue_link(
            purpose="refer", body_name="Ośrodek w Sosnowie", body_kind="OPS", email="a@b.example"
        )
        address = reverse("participants:link", args=[token_of(link)])
    page = open_as(None, javascript=False)
    page.goto(address)
    page.get_by_label("Kod").fill(handover.code_to_show)
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("Imię i nazwisko osoby, która kieruje").fill("Irena Malwa")
    page.get_by_label("Telefon służbowy").fill("600 100 200")
    page.get_by_label("Imię", exact=True).fill("Roman")
    page.get_by_label("Nazwisko", exact=True).fill("Sęk")
    page.get_by_label("PESEL", exact=True).fill(pesel())
    page.get_by_label("Miejscowość").fill("Modrzewno")
    page.locator("input[name=groups][value='1']").check()
    page.get_by_label("Sytuacja w kilku zdaniach").fill("Od trzech lat bez pracy.")
    page.locator("input[name=insured][value=yes]").check()
    page.get_by_label("Osoba wie o skierowaniu").check()
    page.get_by_role("button", name="Wyślij skierowanie").click()
    page.get_by_role("heading", name="Roman Sęk").wait_for()
    assert "wysłane" in page.locator("main").inner_text()
    with cast.scope("cis", "anna"):
        assert Referral.objects.get().sender_person == "Irena Malwa"
