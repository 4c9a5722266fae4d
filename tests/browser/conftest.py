"""A real Chromium against a real server on a database in which commits are real."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import undecided
from tests.cast import World, known_world, sign_in

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe" / "axe.min.js"
WIDTHS = {"desktop": 1280, "phone": 390}

# What a page may load: nothing from outside this machine.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str:
    named = os.environ.get("REINTEGRA_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-headless-shell")
    assert found, "No Chromium: `make test` installs one and names it in REINTEGRA_CHROMIUM."
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=ARGUMENTS, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        browser.close()


class PromptServer(ThreadedWSGIServer):
    """Stops when it is told to, and not half a second later."""

    def serve_forever(self, poll_interval: float = 0.02) -> None:
        super().serve_forever(poll_interval)


@pytest.fixture(scope="session")
def kept_server() -> Iterator[LiveServer]:
    """One server for all: where its address stays, a browser keeps what it has loaded."""
    LiveServerThread.server_class = PromptServer
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def live(committed_db: str, kept_server: LiveServer) -> LiveServer:
    return kept_server


@pytest.fixture
def cast(committed_db: str) -> World:
    """The fixed cast, committed, so that the server sees it."""
    return known_world()


class Watch:
    """Listens to a page: whatever the browser complains of is a failure."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")


OpenAs = Callable[..., Page]
PageOf = Callable[[Client], Page]
# What a person's browser says of itself.
WINDOW: dict[str, Any] = {"locale": "pl-PL", "timezone_id": "Europe/Warsaw"}


def cookies_of(client: Client, live: LiveServer) -> list[Any]:
    given = [(name, one.value) for name, one in client.cookies.items() if one.value]
    return [{"name": name, "value": value, "url": live.url} for name, value in given]


@pytest.fixture(scope="session")
def kept_page(chromium: Browser, kept_server: LiveServer) -> Iterator[tuple[Page, Watch]]:
    """One page for all: a new one would start a process, and read styles, scripts and axe anew."""
    watch = Watch()
    with chromium.new_context(base_url=kept_server.url, **WINDOW) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.add_init_script(f"window.bringAxe = () => {{ {AXE.read_text(encoding='utf-8')} }};")
        watch.over(page)
        yield page, watch


@pytest.fixture
def page_of(kept_page: tuple[Page, Watch], live: LiveServer) -> Iterator[PageOf]:
    """The page as it opens to the cookies of a client."""
    page, watch = kept_page
    watch.complaints.clear()

    def open_page(client: Client) -> Page:
        page.context.clear_cookies()
        page.context.add_cookies(cookies_of(client, live))
        return page

    yield open_page
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.goto("about:blank")  # Nothing asks the server any more, whose database goes away.
    assert watch.complaints == []


@pytest.fixture
def open_as(chromium: Browser, live: LiveServer, cast: World) -> Iterator[OpenAs]:
    """Open a page as one of the cast: open_as("ewa", width=390, theme="dark", javascript=False).

    `client`: the visitor goes on with the cookies that this client got on its way.
    """
    contexts: list[BrowserContext] = []
    watch = Watch()

    def open_page(
        person: str | None = None,
        *,
        width: int = 1280,
        theme: str = "",
        javascript: bool = True,
        client: Client | None = None,
    ) -> Page:
        context = chromium.new_context(
            base_url=live.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            **WINDOW,
        )
        contexts.append(context)
        if client is None and person is not None:
            client = Client()
            sign_in(client, cast.people[person], cast.organisation_of(person).pk)
        if client is not None:
            context.add_cookies(cookies_of(client, live))
        if theme:
            context.add_cookies([{"name": "theme", "value": theme, "url": live.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch.over(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.complaints == []


# What axe is asked for; to compare colours takes it as long as all the rest. It measures single letters and
# signs of every alphabet too.
EVERYTHING = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "checks": {"color-contrast": {"options": {"ignoreLength": True, "ignoreUnicode": False}}},
}
ALL_BUT_COLOURS = {**EVERYTHING, "rules": {"color-contrast": {"enabled": False}}}
# Once the page has settled in its window. What axe could not decide counts, unless we know of it.
RUN_AXE = """async ([within, asked, known]) => {
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const kinds = ["violations", "incomplete"];
    const result = await axe.run(within, {resultTypes: kinds, elementRef: true, ...asked});
    const line = (rule, node) => `${rule}: ${JSON.stringify(node.target)} ${node.failureSummary}`;
    const found = result.violations.flatMap(one => one.nodes.map(node => line(one.id, node)));
    for (const one of result.incomplete) for (const node of one.nodes) {
        const checks = [...node.any, ...node.all, ...node.none];
        const said = checks.map(check => check.data && check.data.messageKey).filter(Boolean);
        const kind = [one.id, ...said].join(" ");
        if (kind in known && node.element.matches(known[kind])) continue;
        found.push(line(`undecided ${kind}`, node));
    }
    return found;
}"""


def axe(page: Page, asked: dict[str, Any] = EVERYTHING, *, within: str = "html") -> list[str]:
    """What axe-core finds on a page or in a part of it, a line for each rule and element."""
    if not page.evaluate("'axe' in window || ('bringAxe' in window && (bringAxe(), true))"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN_AXE, [within, asked, undecided.ELEMENTS])
    return found


def sideways_scroll(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
