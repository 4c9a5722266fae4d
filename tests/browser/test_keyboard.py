"""Core tasks by the keyboard alone: where the focus is, that it is seen, and where it lands.

Each task is done on its real page. First every stop of the page is looked at, in a narrow window and in a
wide one; what opens is opened and closed. Then the form is refused and leads to its error, and is filled in
and sent from stop to stop, as whoever has no mouse does it.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Error, Locator, Page, Response, expect

from tests.browser.conftest import PageOf, Watch
from tests.browser.stops import FOUND, MOST_STOPS, STOP, at_each_stop, begin
from tests.browser.test_every_route import PAGES, arrive, full_world, go
from tests.cast import World
from tests.fuzz.pages import forms_of, good_file, visitor
from tests.fuzz.ways_answers import bank_answer
from tests.walls.routes import Route

pytestmark = pytest.mark.refills

WINDOWS = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
FORMS = "main form[method=post]"
# The field or button that has the focus, in the words of its form.
HERE = """forms => {
    const one = document.activeElement, kind = one.tagName === "INPUT" ? one.type : one.tagName.toLowerCase();
    const form = [...document.querySelectorAll(forms)].indexOf(one.form ?? one.closest("form"));
    const options = [...(one.options ?? [])].map(option => option.value);
    return {form, kind, name: one.name ?? "", value: one.value ?? "", checked: Boolean(one.checked),
        chosen: one.selectedIndex ?? 0, options, fixed: Boolean(one.readOnly),
        main: one.matches(".btn-primary"), folded: one.matches("details:not([open]) > summary")};
}"""
# The form that is the page's task: that of its main button, or else the first that is filled in.
FORM = """forms => {
    const all = [...document.querySelectorAll(forms)].filter(one => one.checkVisibility());
    const main = all.find(one => [...one.elements].some(two => two.matches("button.btn-primary")))
        ?? all.find(one => one.querySelector("input:not([type=hidden]), select, textarea"));
    return main ? [...document.querySelectorAll(forms)].indexOf(main) : -1;
}"""
TEXTS = {"text", "email", "password", "search", "tel", "url", "number", "date", "textarea"}
PATIENCE = 10.0
MOST_CHOICES = 30
# A character that no text of ours may have.
REFUSED = "\u202e"
IN_DIALOG = "Boolean(document.activeElement.closest('dialog[open]'))"
NOWHERE = "document.activeElement === document.body"


@dataclass(frozen=True)
class Task:
    route: str
    does: Callable[[Page], None] | None = None
    gives: tuple[str, bytes] = ("pismo.pdf", good_file(None).read())


# --- what has no form to be sent ---


def marks_a_month(page: Page) -> None:
    """A letter in a cell is an answer in its place, and the focus stays on the grid."""
    reach(page, page.locator("[data-grid] [data-d][tabindex='0']"))
    page.keyboard.press("ArrowRight")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("n")
    expect(page.locator("[data-grid] [data-d]:focus, [data-grid] [data-d] :focus")).to_have_count(1)


def asks_what_if(page: Page) -> None:
    """The answer comes in place while somebody types, and leaves them in their field."""
    field = page.locator("main form[hx-get] input:not([type=hidden])").first
    reach(page, field)
    page.keyboard.press("Control+a")
    with page.expect_response(lambda answer: "hx-request" in answer.request.headers):
        page.keyboard.insert_text("3")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    expect(field).to_be_focused()


def narrows_a_list(page: Page) -> None:
    """A filter that is chosen draws the list anew, and keeps the focus."""
    field = page.locator("main form[hx-get] select:visible").first
    reach(page, field)
    page.evaluate("window.stillHere = true")
    with page.expect_response(lambda answer: "hx-request" in answer.request.headers):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    expect(field).to_be_focused()
    assert page.evaluate("window.stillHere")
    assert at_each_stop(page) == []


def finds(field: str) -> Callable[[Page], None]:
    def does(page: Page) -> None:
        reach(page, page.locator(field))
        page.keyboard.insert_text("Przykład")
        page.evaluate("window.stillHere = true")
        page.keyboard.press("Enter")
        arrives(page)
        assert at_each_stop(page) == []

    return does


TASKS = {
    "sign in with a code": Task("mfa_authenticate"),
    "correct a month of attendance": Task("ipzs:attendance_month", marks_a_month),
    "add a reason for absence": Task("ipzs:excuse_add"),
    "search a person": Task("participants:search", finds("main input[type=search]")),
    "open a file": Task("participants:file"),
    "write a referral": Task("participants:own_referral_new"),
    "accept a referral": Task("participants:referral_accept"),
    "sign a programme": Task("ipzs:version_sign"),
    "write an annex": Task("ipzs:annex_add"),
    "put somebody into a class": Task("ipzs:entry_add_person"),
    "close a month": Task("ipzs:month_close"),
    "lock a list": Task("benefits:list_lock"),
    "approve a list": Task("benefits:list_approve"),
    "make a file for the bank": Task("benefits:transfers_make"),
    "take in the bank's answer": Task("benefits:answers_take_in", gives=("wyciag.sta", bank_answer())),
    "fill in the annual report": Task("reporting:report_part"),
    "explain a cell of it": Task("reporting:report_cell"),
    "send it": Task("reporting:report_check"),
    "return a report": Task("reporting:office_report_return"),
    "read a register": Task("reporting:cis_register"),
    "propose a value of the law": Task("law:value_new"),
    "see what somebody agreed to": Task("participants:consent_list"),
    "give somebody their data": Task("participants:person_export"),
    "ask what a change would pay": Task("benefits:what_if_sample", asks_what_if),
    "narrow the journal": Task("audit:journal", narrows_a_list),
    "open the help": Task("shell:help", finds("main input[type=search]")),
}
# What every run walks; the others are for `make audit`.
ORDINARY = {"correct a month of attendance", "accept a referral", "narrow the journal", "search a person"}


# --- how a person goes ---


def steps(page: Page, key: str = "Tab") -> bool:
    """One stop on; what is wrong there is kept. False at the end of the page."""
    page.keyboard.press(key)
    return bool(page.evaluate(STOP))


def reach(page: Page, target: Locator) -> None:
    begin(page)
    for _ in range(MOST_STOPS):
        if target.evaluate("one => one === document.activeElement"):
            break
        assert steps(page), f"The keyboard does not reach {target}"
    assert page.evaluate(FOUND) == []


def skips_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.matches('.skip')"):
        page.keyboard.press("Enter")
        expect(page.locator("#tresc")).to_be_focused()


def what_opens_is_closed(page: Page) -> None:
    """Menus and questions: Escape closes them, and the focus is where it was."""
    for menu in page.locator("details.switch:visible > summary, details.btn-menu:visible > summary").all():
        menu.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('details[open]'))")
        page.keyboard.press("Escape")
        expect(menu).to_be_focused()
        assert not menu.evaluate("one => one.parentElement.open")
    opener = page.locator("main a[data-dialog]:visible").first
    if not opener.count():
        return
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    expect(dialog.locator(":focus")).to_have_count(1)
    stops = dialog.locator("a[href], button, input:not([type=hidden]), select, textarea").count()
    for _ in range(stops + 1):
        page.keyboard.press("Tab")
        # Between the last stop and the first the focus may be with the window itself.
        assert page.evaluate(f"{IN_DIALOG} || {NOWHERE}")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def presses(page: Page) -> Response:
    """Enter on a button: a new page comes, or a part of this one, or a file."""
    page.evaluate("window.stillHere = true")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.keyboard.press("Enter")
    answer = answered.value
    in_place = "hx-request" in answer.request.headers
    if not in_place and "content-disposition" not in answer.headers:
        arrives(page)
    return answer


def arrives(page: Page) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if page.evaluate("!window.stillHere"):
                page.wait_for_load_state()
                return
        except Error:
            pass  # The old page is going away.
        time.sleep(0.01)
    raise AssertionError(f"Nothing came of it: {page.url}")


class Hands:
    """Whoever fills in one form of the open page from stop to stop."""

    def __init__(self, page: Page, task: Task) -> None:
        self.page = page
        self.task = task
        self.place: int = page.evaluate(FORM, FORMS)
        forms = forms_of(html.document_fromstring(page.content()), page.url)
        self.form = forms[self.place] if self.place >= 0 else None

    def sends(self, fill: Callable[[dict[str, Any]], None]) -> Response:
        """Every stop of the form up to its button, and the button."""
        page = self.page
        begin(page)
        while steps(page):
            here = page.evaluate(HERE, FORMS)
            if here["form"] != self.place:
                continue
            if here["folded"]:
                page.keyboard.press("Enter")
            elif here["kind"] == "button" and (here["main"] or not self._has_a_main_button()):
                assert page.evaluate(FOUND) == []
                return presses(page)
            else:
                fill(here)
        raise AssertionError(f"No button: {page.evaluate(FOUND)}")

    def _has_a_main_button(self) -> bool:
        return bool(
            self.page.evaluate(
                "([forms, place]) => [...document.querySelectorAll(forms)[place].elements]"
                ".some(one => one.matches('button.btn-primary'))",
                [FORMS, self.place],
            )
        )

    def spoils(self) -> Response:
        return self.sends(self._spoil)

    def _spoil(self, here: dict[str, Any]) -> None:
        if here["kind"] in TEXTS and not here["fixed"]:
            self._writes(REFUSED)

    def fills_in(self) -> Response:
        return self.sends(self._fill)

    def _fill(self, here: dict[str, Any]) -> None:
        page, control = self.page, self.form.controls.get(here["name"])
        if control is None or here["fixed"]:
            return
        (wanted, *_) = control.value or [""]
        if here["kind"] in TEXTS:
            self._writes(wanted)
        elif here["kind"] == "select":
            way = here["options"].index(wanted) - here["chosen"] if wanted in here["options"] else 0
            for _ in range(abs(way)):
                page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
        elif here["kind"] == "radio":
            self._chooses(wanted)
        elif here["kind"] == "checkbox" and not here["checked"] and here["value"] == wanted:
            page.keyboard.press("Space")
        elif here["kind"] == "file":
            # The window in which the system lets choose one is not ours.
            name, content = self.task.gives
            page.locator("*:focus").set_input_files(
                {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            )

    def _chooses(self, wanted: str) -> None:
        """The arrows move among the answers of one question, and choose."""
        for _ in range(MOST_CHOICES):
            if self.page.evaluate("document.activeElement.value") == wanted:
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")

    def _writes(self, text: str) -> None:
        self.page.keyboard.press("Control+a")
        if text:
            self.page.keyboard.insert_text(text)
        else:
            self.page.keyboard.press("Delete")


def is_led_to_the_error(page: Page) -> None:
    """A refused form: its errors have the focus, and the first of them leads on.

    Where one field is all there is to fill in, it has the focus itself.
    """
    summary = page.locator("main .errs, main [role=alert]").first
    if not summary.count():
        expect(page.locator("main [aria-invalid=true]").first).to_be_focused()
        return
    expect(summary).to_be_focused()
    if summary.locator("a").count():
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate(
            "document.activeElement.matches('input, select, textarea, fieldset, [tabindex]')"
        )


@pytest.fixture
def cast(committed_db: str, request: pytest.FixtureRequest) -> World:
    return full_world(committed_db, visitor(page_of_task(request.node.callspec.params["task"])))


@pytest.fixture
def without_motion(kept_page: tuple[Page, Watch]) -> Iterator[None]:
    """What moves would be looked at on its way."""
    page, _ = kept_page
    page.emulate_media(reduced_motion="reduce")
    yield
    page.emulate_media(reduced_motion="null")


def page_of_task(task: str) -> Route:
    return next(route for route in PAGES if route.name == TASKS[task].route)


def tasks() -> list[Any]:
    return [pytest.param(one, marks=() if one in ORDINARY else pytest.mark.audit) for one in TASKS]


@pytest.mark.parametrize("task", tasks())
@pytest.mark.usefixtures("without_motion")
def test_a_task_can_be_done_by_the_keyboard(task: str, page_of: PageOf, cast: World):
    route = page_of_task(task)
    where, client = arrive(route, cast, visitor(route))
    page = page_of(client)
    found = {}
    for window in WINDOWS:
        page.set_viewport_size(window)
        go(page, where)
        if faults := at_each_stop(page):
            found[window["width"]] = faults
    assert found == {}
    go(page, where)
    skips_to_the_content(page)
    what_opens_is_closed(page)
    hands, does = Hands(page, TASKS[task]), TASKS[task].does
    if does:
        does(page)
    elif hands.form:
        answer = hands.spoils()
        if answer.status == 422:
            is_led_to_the_error(page)
            answer = hands.fills_in()
        assert answer.status != 422, page.locator("main .errs").all_inner_texts()
