"""A journey: people of the cast at their own screens, by the keyboard alone, with the guide beside them.

A journey is one function, written once; whether it is walked at a desk or on a phone, with or without a
script, is its variant. Each section of its page of the guide is a step. What the section names in bold must
stand on a screen of that step, its pictures are taken there, and no section is left out: so the guide and the
program cannot part.
"""

import io
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Error, Locator, Page, expect
from pypdf import PdfReader

from reintegration.shell import guide
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll

# `make guide` sets it; only then pictures are written.
WRITE = "REINTEGRA_GUIDE"
PICTURES = Path(__file__).resolve().parents[3] / "docs" / "przewodnik" / "obrazy"
LARGEST = 60_000
# More stops than any page has between two things that are used one after the other.
MOST_TABS = 400
MOST_CHOICES = 30
PICTURE_HEIGHT = 760
MARGIN = 16
PATIENCE = 10.0

# What the visible things of a page are called: where one goes, what one presses, what stands above it.
NAMED = "h1, h2, h3, h4, a, button, label, legend, summary, th, dt, option, caption, .st"
NAMES = f"""() => [...document.querySelectorAll('{NAMED}')]
    .filter(one => one.tagName === "OPTION" || one.checkVisibility({{visibilityProperty: true}}))
    .map(one => (one.innerText || one.getAttribute("aria-label") || "").replace(/\\s+/g, " ").trim())
    .filter(Boolean)"""
FOCUSED = "one => one === document.activeElement"
# On one of the choices among which this is one.
BESIDE = """one => {
    const here = document.activeElement;
    return here.type === "radio" && here.name === one.name && here.form === one.form;
}"""
# Whether the nearest way to it leads back.
BACK = """one => {
    const here = document.activeElement;
    if (here && here !== document.body)
        return Boolean(one.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
    const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
    return stops.indexOf(one) > stops.length / 2;
}"""
IN_MAIN = "one => document.activeElement === document.body && Boolean(one.closest('#tresc'))"
ON_THE_PAGE = """one => {
    const box = one.getBoundingClientRect();
    return [box.x + window.scrollX, box.y + window.scrollY, box.width, box.height];
}"""
MOVED = "!window.stillHere || Boolean(document.querySelector('dialog[open]'))"


@dataclass(frozen=True)
class Variant:
    """How a journey is walked."""

    width: int
    javascript: bool


# The variant whose pictures the guide shows.
PICTURED = Variant(WIDTHS["desktop"], True)


def variants(*ordinary: str) -> pytest.MarkDecorator:
    """All four; those that are named are walked in every run, the rest in `make audit`."""
    found = [
        pytest.param(
            Variant(width, script),
            id=name,
            marks=() if name in ordinary else pytest.mark.audit,
        )
        for window, width in WIDTHS.items()
        for script, name in ((True, f"{window}-script"), (False, f"{window}-plain"))
    ]
    return pytest.mark.parametrize("variant", found)


class Walk:
    """One journey in one variant."""

    def __init__(self, open_as: OpenAs, variant: Variant, slug: str) -> None:
        found = guide.page(slug)
        assert found is not None, f"The guide has no page {slug}."
        self.page = found
        self.variant = variant
        self._open_as = open_as
        self._desks: dict[str | None, Desk] = {}
        self._steps = iter(found.sections)
        self._shown: set[str] = set()
        self._taken: list[str] = []
        self._within = False

    def sits(self, person: str | None) -> "Desk":
        """Somebody's screen, where they left it."""
        if person not in self._desks:
            page = self._open_as(person, width=self.variant.width, javascript=self.variant.javascript)
            self._desks[person] = Desk(self, page)
        return self._desks[person]

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """What the next section of the guide says."""
        section = next(self._steps)
        assert section.title == title
        self._shown, self._taken, self._within = set(), [], True
        yield
        for desk in self._desks.values():
            desk.notes()
        missing = [name for name in section.names if not self._has(name)]
        assert missing == [], f"{title}: not on the screen; there are {sorted(self._shown)}"
        assert self._taken == section.pictures, title
        for name in self._taken:
            assert 0 < (PICTURES / f"{name}.webp").stat().st_size < LARGEST, name
        self._within = False

    def ends(self) -> None:
        assert [one.title for one in self._steps] == [], "The guide goes on."

    def shown(self, names: list[str]) -> None:
        self._shown.update(names)

    def _has(self, name: str) -> bool:
        """A name may carry a count or a mark behind it: `Wszyscy obecni (12)`."""
        return name in self._shown or any(one.startswith(f"{name} ") for one in self._shown)

    def takes(self, name: str, picture: Callable[[], bytes]) -> None:
        self._taken.append(name)
        if os.environ.get(WRITE) and self.variant == PICTURED:
            _keep(picture(), PICTURES / f"{name}.webp")


def _keep(png: bytes, target: Path) -> None:
    """As fine as fits."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (88, 75, 60, 45, 30):
        kept = io.BytesIO()
        image.save(kept, "WEBP", quality=quality, method=6)
        if len(kept.getvalue()) < LARGEST:
            break
    target.write_bytes(kept.getvalue())


class Desk:
    """A page of the browser as somebody without a mouse uses it."""

    def __init__(self, walk: Walk, page: Page) -> None:
        self.walk = walk
        self.page = page

    @property
    def main(self) -> Locator:
        return self.page.locator("#tresc")

    @property
    def script(self) -> bool:
        return self.walk.variant.javascript

    def notes(self) -> None:
        """What can be read here now, for the guide; and nothing sticks out."""
        self.walk.shown(self.page.evaluate(NAMES))
        assert sideways_scroll(self.page) == 0, self.page.url

    def faultless(self) -> None:
        """Nothing is wrong with this state for those who listen to it; axe itself is a script."""
        if self.script:
            assert axe(self.page) == [], self.page.url

    @property
    def address(self) -> str:
        """Where this screen is, to be opened again."""
        return self.page.url.partition("#")[0]

    def opens(self, address: str) -> None:
        """An address from a bookmark or a mail."""
        self.page.goto(address)

    def goes(self, place: str) -> None:
        """A place of the navigation; on a phone what has no room there is behind "Więcej"."""
        if self.page.url == "about:blank":
            self.page.goto("/")
        navigation = self.page.locator("nav:visible")
        if not navigation.get_by_role("link", name=place).count():
            self._follow(navigation.get_by_role("link", name="Więcej"))
        self._follow(self.page.locator("nav:visible").get_by_role("link", name=place).first)

    def follows(self, link: str, *, of: str = "", exact: bool = True) -> None:
        """`of`: whose it is, which the eyes see from the row and the ears hear behind the name."""
        name = re.compile(f"^{re.escape(link)} ?: {re.escape(of)}$") if of else link
        self.follows_in(self._link(name, exact=exact))

    def follows_in(self, link: Locator) -> None:
        self._follow(link)

    def _link(self, name: str | re.Pattern[str], *, exact: bool) -> Locator:
        """Two links of one name are one, if they lead to one place."""
        found = self.page.get_by_role("link", name=name, exact=exact)
        found.first.wait_for()
        addresses = {one.get_attribute("href") for one in found.all()}
        assert len(addresses) == 1, f"{name} leads to {addresses}"
        return found.first

    def presses(self, button: str, *, stays: bool = False) -> None:
        """`stays`: a script answers in place where there is one, and a new page comes where there is none."""
        self.presses_in(self.page.get_by_role("button", name=button, exact=True), stays=stays)

    def presses_in(self, button: Locator, *, stays: bool = False) -> None:
        self._follow(button, stays=stays and self.script)

    def takes_step(self, name: str) -> None:
        """The link of a step, and the button of the same name, in a dialog or on a page of its own."""
        self.follows(name)
        self.presses(name)

    def writes(self, label: str, text: str) -> None:
        self.writes_in(self.page.get_by_label(label, exact=True), text)

    def writes_in(self, field: Locator, text: str) -> None:
        self.reaches(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def chooses(self, label: str) -> None:
        self.chooses_in(self.page.get_by_label(label, exact=True))

    def chooses_in(self, box: Locator) -> None:
        """A box to tick, or one of several: the arrows move among these, and choose."""
        if box.get_attribute("type") == "checkbox":
            self.reaches(box)
            if not box.is_checked():
                self.page.keyboard.press("Space")
        else:
            self.reaches(box, enough=BESIDE)
            for _ in range(MOST_CHOICES):
                if box.evaluate(FOCUSED):
                    break
                self.page.keyboard.press("ArrowDown")
            if not box.is_checked():
                self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def picks(self, label: str, option: str) -> None:
        """One of a list that opens."""
        self.picks_in(self.page.get_by_label(label, exact=True), option)

    def picks_in(self, field: Locator, option: str) -> None:
        self.reaches(field)
        texts = [one.strip() for one in field.locator("option").all_inner_texts()]
        steps = texts.index(option.strip()) - field.evaluate("one => one.selectedIndex")
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        assert texts[field.evaluate("one => one.selectedIndex")] == option.strip()

    def unfolds(self, summary: str) -> None:
        self.reaches(self.page.locator("summary", has_text=summary))
        self.page.keyboard.press("Enter")

    def brings(self, label: str, name: str, content: bytes) -> None:
        """A file; the window in which the system lets choose one is not ours."""
        field = self.page.get_by_label(label, exact=True)
        self.reaches(field)
        field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})

    def fetches(self, link: str, *, exact: bool = True) -> bytes:
        """What a link gives to keep; a paper that opens in the browser is asked for as the browser does."""
        found = self._link(link, exact=exact)
        self.reaches(found)
        self.notes()
        # The whole address, for some say only what comes after the page's own.
        answer: Any = self.page.request.get(found.evaluate("one => one.href"))
        assert answer.status == 200, link
        return bytes(answer.body())

    def reads_paper(self, link: str, *said: str, exact: bool = True) -> None:
        """A PDF says this; a paper breaks its lines elsewhere."""
        pages = PdfReader(io.BytesIO(self.fetches(link, exact=exact))).pages
        text = "".join("".join(page.extract_text() for page in pages).split())
        assert [one for one in said if "".join(one.split()) not in text] == []

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).to_contain_text(text)
        self.notes()

    def picture(self, name: str, *, of: Locator | None = None) -> None:
        """The part of the screen where the work is done, or from some part of it on."""
        shown = of or self.main
        self.walk.takes(name, lambda: self._seen(shown))

    def _seen(self, shown: Locator) -> bytes:
        x, y, width, height = shown.evaluate(ON_THE_PAGE)
        left = max(x - MARGIN, 0)
        clip: Any = {
            "x": left,
            "y": y,
            "width": min(width + 2 * MARGIN, self.walk.variant.width - left),
            "height": min(height, PICTURE_HEIGHT),
        }
        # To hide the caret would be a style of no page of ours, which the content policy refuses.
        return self.page.screenshot(clip=clip, full_page=True, caret="initial")

    def reaches(self, target: Locator, *, enough: str = FOCUSED) -> None:
        """By the Tab key, as far as it takes; `enough`: when the focus has come far enough."""
        target.wait_for(state="attached")
        self.notes()
        handle: Any = target.element_handle()
        if handle.evaluate(IN_MAIN):
            self._skips_the_menu()
        key = "Shift+Tab" if handle.evaluate(BACK) else "Tab"
        for _ in range(MOST_TABS):
            if handle.evaluate(enough):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"The keyboard does not reach {target} on {self.page.url}")

    def _skips_the_menu(self) -> None:
        self.page.keyboard.press("Tab")
        if self.page.evaluate("document.activeElement.matches('.skip')"):
            self.page.keyboard.press("Enter")

    def _follow(self, target: Locator, *, stays: bool = False) -> None:
        self.reaches(target)
        if stays:
            self.page.keyboard.press("Enter")
            return
        with nullcontext() if self.script else self.page.expect_navigation():
            self.page.evaluate("window.stillHere = true")
            self.page.keyboard.press("Enter")
        if self.script:
            self._arrives()

    def _arrives(self) -> None:
        """A new page has come, or a dialog has opened on the old one."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if self.page.evaluate(MOVED):
                    self.page.wait_for_load_state()
                    return
            except Error:
                pass  # The old page is going away.
            time.sleep(0.01)
        raise AssertionError(f"Nothing came of it: {self.page.url}")
