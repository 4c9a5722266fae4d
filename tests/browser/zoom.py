"""A page for whoever magnifies it: nothing is cut off, and there is nothing to scroll to the side for."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.conftest import ALL_BUT_COLOURS, axe, sideways_scroll

# A window of 1280 by 1024 pixels at 400 %.
FOUR_TIMES = {"width": 320, "height": 256}
USUAL = {"width": 1280, "height": 900}
# What somebody who reads with difficulty may set: WCAG 1.4.12.
FAR_APART = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
        p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
CLOSE = "document.adoptedStyleSheets = []"
# Texts of which a part is where nobody can see it: outside the window, or outside what surrounds them. A
# table may be wider than the window, and then is scrolled in a frame of its own.
CUT_OFF = """() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown = {visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true};
    while (texts.nextNode()) {
        const text = texts.currentNode, holder = text.parentElement;
        if (!text.data.trim() || !holder.checkVisibility(shown)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect();
        if (!box.width || holder.closest("option, textarea")) continue;
        let cut = "";
        for (let up = holder; up; up = up.parentElement) {
            const style = getComputedStyle(up), around = up.getBoundingClientRect();
            // Only for the ears, or for whoever comes there by the keyboard.
            if (style.clipPath !== "none" || style.clip !== "auto" || around.bottom < 0) break;
            if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
            if (/hidden|clip/.test(style.overflowX) && box.right > around.right + 1) cut = up.className;
            if (/hidden|clip/.test(style.overflowY) && box.bottom > around.bottom + 6) cut = up.className;
            if (up === document.body && box.right > innerWidth + 1) cut = "window";
        }
        if (cut) found.push(`${text.data.trim().slice(0, 40)} (${cut})`);
    }
    return found;
}"""


def cut_off(page: Page) -> list[str]:
    found: list[str] = page.evaluate(CUT_OFF)
    return found


def magnified(page: Page) -> Iterator[tuple[str, object]]:
    """What is wrong with the open page at 400 %, and with letters far apart."""
    page.set_viewport_size(FOUR_TIMES)
    if violations := axe(page, ALL_BUT_COLOURS):
        yield "400 %", violations
    if wide := sideways_scroll(page):
        yield "400 % scroll", wide
    if cut := cut_off(page):
        yield "400 % cut off", cut
    page.set_viewport_size(USUAL)
    page.evaluate(FAR_APART)
    if wide := sideways_scroll(page):
        yield "far apart scroll", wide
    if cut := cut_off(page):
        yield "far apart cut off", cut
    page.evaluate(CLOSE)
