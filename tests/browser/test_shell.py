"""What the script of the frame adds, each beside its plain counterpart."""

import io
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from reintegration.api.perms import ME
from reintegration.api.services import make_token
from reintegration.core import clock
from reintegration.shell.models import FormDraft
from tests.browser.conftest import OpenAs
from tests.cast import PEOPLE, World
from tests.walls.routes import ROWS

TOKEN_FORM = reverse("api:token_make")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_look_is_chosen_and_stays(open_as: OpenAs, javascript: bool):
    page = open_as("ewa", javascript=javascript)
    page.goto("/menu/")
    with page.expect_response("**" + reverse("shell:theme")):
        page.get_by_role("button", name="kontrast").click()
    expect(page.get_by_role("button", name="kontrast")).to_have_attribute("aria-pressed", "true")
    page.goto("/pomoc/")
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")


def test_forced_colours_show_what_is_chosen_and_where_we_are(open_as: OpenAs, cast: World):
    page = open_as("ewa")
    page.emulate_media(forced_colors="active")
    page.goto(reverse("accounts:invite"))
    box = page.locator("input[type=checkbox]").first
    box.uncheck()
    empty = box.screenshot()
    box.check()
    assert box.screenshot() != empty
    page.goto("/wzorce/")
    line = "one => getComputedStyle(one).borderBottomColor"
    here = page.locator(".tabs a[aria-current]").first.evaluate(line)
    assert page.locator(".tabs a:not([aria-current])").first.evaluate(line) != here
    paint = "one => getComputedStyle(one).backgroundColor"
    look = page.get_by_role("button", name="jak w systemie")
    assert look.evaluate(paint) != page.get_by_role("button", name="ciemny").evaluate(paint)


def test_the_button_of_a_file_has_the_colours_of_the_look(open_as: OpenAs, cast: World):
    page = open_as("ewa", theme="contrast")
    page.goto(reverse("ipzs:opening_import"))
    field = page.locator("input[type=file]")
    for part, colour in (("color", "rgb(255, 255, 255)"), ("backgroundColor", "rgb(0, 0, 0)")):
        assert field.evaluate(f"one => getComputedStyle(one, '::file-selector-button').{part}") == colour


def test_two_letters_lead_to_a_place_and_can_be_switched_off(open_as: OpenAs):
    page = open_as("ewa")
    page.goto("/pomoc/")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/pulpit/")
    page.goto("/pomoc/")
    page.get_by_role("button", name="Wyłącz skróty jednoliterowe").click()
    expect(page.get_by_role("button", name="Włącz skróty jednoliterowe")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile(r"/pomoc/$"))


def test_a_question_mark_opens_help_but_not_while_somebody_types(open_as: OpenAs):
    page = open_as("ewa")
    page.goto(TOKEN_FORM)
    page.get_by_label("Nazwa").press_sequentially("Czy to działa?")
    expect(page).to_have_url(re.compile(TOKEN_FORM))
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url("**/pomoc/")


def test_the_first_stop_of_the_keyboard_skips_the_menu(open_as: OpenAs):
    page = open_as("ewa")
    page.goto("/menu/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Przejdź do treści")
    expect(skip).to_be_focused()
    assert skip.evaluate("link => getComputedStyle(link).boxShadow") != "none"
    page.keyboard.press("Enter")
    expect(page.locator("#tresc")).to_be_focused()


def test_errors_take_the_focus_and_lead_to_their_fields(open_as: OpenAs):
    page = open_as("ewa")
    page.goto(TOKEN_FORM)
    page.get_by_role("button", name="Utwórz token").click()
    summary = page.get_by_role("alert").filter(has_text="Popraw")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Błąd: "))
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Nazwa")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_draft_waits_for_whoever_comes_back(open_as: OpenAs, cast: World, javascript: bool):
    page = open_as("ewa", javascript=javascript)
    page.goto(TOKEN_FORM)
    page.get_by_label("Nazwa").press_sequentially("Płatnik")
    if javascript:
        expect(page.locator("[data-saved]")).to_contain_text("Zapisano szkic")
    else:
        page.get_by_role("button", name="Zapisz szkic").click()
    with cast.scope("cis", "ewa"):
        assert FormDraft.objects.get().data["name"] == ["Płatnik"]
    page.goto(TOKEN_FORM)
    expect(page.get_by_label("Nazwa")).to_have_value("Płatnik")
    page.get_by_role("button", name="Zacznij od nowa").click()
    expect(page.get_by_label("Nazwa")).to_have_value("")


def test_two_minutes_before_the_end_the_page_warns_and_can_stay(open_as: OpenAs):
    page = open_as("ewa")
    page.clock.install()
    page.goto(TOKEN_FORM)
    expect(page.locator("#alerts")).to_be_empty()
    until = settings.IDLE_LIMIT - timedelta(minutes=2) + timedelta(seconds=1)
    page.clock.fast_forward(int(until.total_seconds() * 1000))
    expect(page.locator("#alerts")).to_contain_text("Za 2 minuty wylogujemy.")
    page.get_by_role("button", name="Zostaję").click()
    expect(page.locator("#alerts")).to_be_empty()


def test_a_lost_network_is_said_and_taken_back(open_as: OpenAs):
    page = open_as("ewa")
    page.goto("/menu/")
    page.context.set_offline(True)
    expect(page.locator("#alerts")).to_contain_text("Nie ma sieci.")
    page.context.set_offline(False)
    expect(page.locator("#alerts")).to_be_empty()


def test_a_question_is_asked_in_a_dialog_and_escape_changes_nothing(open_as: OpenAs, cast: World):
    with cast.scope(PEOPLE["ewa"][2], "ewa"):
        arguments = ROWS["api:token_revoke"].make(cast, "Przykład")
    page = open_as("ewa")
    page.goto("/menu/")
    page.evaluate(
        """address => {
            const link = document.createElement("a");
            Object.assign(link, {href: address, textContent: "Unieważnij"});
            link.dataset.dialog = "";
            document.querySelector("main").append(link);
        }""",
        reverse("api:token_revoke", kwargs=arguments),
    )
    page.get_by_role("link", name="Unieważnij").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Unieważnij token")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Unieważnij")).to_be_focused()
    page.get_by_role("link", name="Unieważnij").click()
    dialog.get_by_role("link", name="Wróć bez zmian").click()
    expect(dialog).to_be_hidden()


def test_a_page_prints_without_its_frame(open_as: OpenAs):
    page = open_as("ewa")
    page.goto("/wzorce/")
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.get_by_role("button", name="kontrast")).to_be_hidden()
    expect(page.get_by_role("heading", name="Elementy i stany")).to_be_visible()
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    page.goto(reverse("participants:check"))
    page.locator(".yn input").first.check(force=True)
    chosen = page.locator(".yn input:checked + span")
    assert chosen.evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 0)"


def test_a_short_page_takes_one_sheet(open_as: OpenAs, cast: World):
    page = open_as("ewa")
    page.goto(reverse("api:token_list"))
    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 1


def test_a_list_is_paged_and_sorted_in_place_and_the_focus_stays(open_as: OpenAs, cast: World):
    with cast.scope("cis", "ewa"):
        for number in range(60):
            make_token(
                name=f"Program {number:02}",
                owner_id=cast.people["ewa"].pk,
                actions=[ME.name],
                expires_on=clock.today() + timedelta(days=30),
                today=clock.today(),
            )
    page = open_as("ewa")
    page.goto(reverse("api:token_list"))
    page.evaluate("window.stillHere = true")
    page.get_by_role("link", name="Nazwa").click()
    page.wait_for_url("**?sort=*")
    expect(page.get_by_role("link", name="Nazwa")).to_be_focused()
    page.get_by_role("link", name="Następne 10").click()
    page.wait_for_url("**page=2*")
    expect(page.get_by_text("51–60 z 60")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate("window.stillHere")
    page.go_back()
    expect(page.get_by_text("1–50 z 60")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_filters_are_folded_on_a_phone_and_open_beside_a_mouse(open_as: OpenAs, javascript: bool):
    journal = reverse("audit:journal")
    wide = open_as("ewa", javascript=javascript)
    wide.goto(journal)
    expect(wide.get_by_label("Wynik")).to_be_visible()
    expect(wide.locator(".fold > summary")).to_be_hidden()
    phone = open_as("ewa", width=390, javascript=javascript)
    phone.goto(journal)
    expect(phone.get_by_label("Wynik")).to_be_hidden()
    phone.get_by_text("Filtry i kolejność").click()
    expect(phone.get_by_label("Wynik")).to_be_visible()
    phone.goto(f"{journal}?wynik=done")
    expect(phone.get_by_text("Filtry i kolejność (ustawione: 1)")).to_be_visible()
    expect(phone.get_by_label("Wynik")).to_be_visible()
