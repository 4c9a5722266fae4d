"""The stops of the keyboard on a page: where the focus comes, and what is wrong there.

Whoever has no mouse goes by Tab from stop to stop. Each of them must be seen, must show that it is the one,
must have a name for whoever only listens, and must come where the eye expects it; none may keep the focus.
"""

from typing import Any

from playwright.sync_api import Page

# More stops than any page of ours has.
MOST_STOPS = 700

# All places where the keyboard should stop; of buttons of one choice there is one stop.
BEGIN = """within => {
    const shown = one => one.checkVisibility({visibilityProperty: true});
    const places = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
    const choices = new Set();
    const root = document.querySelector(within);
    const wanted = [...root.querySelectorAll(places)].filter(one => {
        if (!shown(one) || one.disabled || one.tabIndex < 0 || one.closest("[inert]")) return false;
        if (one.type !== "radio") return true;
        const choice = [one.name, one.form && [...document.forms].indexOf(one.form)].join();
        return !choices.has(choice) && choices.add(choice);
    });
    const name = one => `${one.tagName} ${(one.innerText || one.name || one.id || "").trim().slice(0, 40)}`;
    // What shows the focus: the place itself, what is drawn instead of it, or what stands around both.
    const look = one => [one, one.nextElementSibling, one.parentElement].filter(Boolean).map(part => {
        const style = getComputedStyle(part);
        return ["outlineStyle", "outlineWidth", "boxShadow"].map(one => style[one]).join();
    }).join();
    // A link over two lines has a middle that is not its own, and a box to tick is drawn by its label.
    const boxes = one => [one, one.nextElementSibling, one.closest("label")].filter(Boolean)
        .flatMap(part => [...part.getClientRects()].map(box => [part, box]));
    const top = (x, y) => document.elementFromPoint(x, y);
    const inSight = one => boxes(one).some(([part, box]) => {
        // Of what is larger than the window, some part.
        const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
        const x = middle(box.left, box.right, innerWidth), y = middle(box.top, box.bottom, innerHeight);
        const over = top(x, y);
        return over && (part.contains(over) || over.contains(part));
    });
    const cover = one => {
        const box = one.getBoundingClientRect();
        const over = top(box.x + box.width / 2, box.y + box.height / 2);
        return over ? `${over.tagName}.${over.className}` : `at ${Math.round(box.x)}, ${Math.round(box.y)}`;
    };
    // Whether the eye comes to `one` before `other`: what stays while the page moves has no order.
    const stays = one => {
        for (let up = one; up; up = up.parentElement)
            if (/sticky|fixed/.test(getComputedStyle(up).position)) return true;
        return false;
    };
    const before = (one, other) => {
        if (!one.closest("#tresc") || !other.closest("#tresc") || stays(one) || stays(other)) return false;
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        if (!a.width || !b.width) return false;
        if (a.bottom <= b.top) return a.left < b.right;
        const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return shared > Math.min(a.height, b.height) / 2 && a.right <= b.left;
    };
    const state = {wanted: new Set(wanted), found: [], last: null, seen: ""};
    window.tour = {...state, name, look, inSight, cover, before};
}"""
# From the very beginning, wherever the page has put the focus.
FROM_THE_TOP = """() => {
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
    scrollTo(0, 0);
}"""
# Notes what is wrong with the stop that is left now and with this one; false at the end of the page.
STOP = """async () => {
    const tour = window.tour, here = document.activeElement;
    const nextFrame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    for (const one of document.getAnimations())
        if (one.effect.getComputedTiming().iterations < 9) one.finish();
    // What has the focus is scrolled into sight in some frames.
    for (let frame = 0; frame < 10 && here !== document.body && !tour.inSight(here); frame++)
        await nextFrame();
    const told = what => tour.found.push(`${tour.name(tour.last)}: ${what}`);
    if (tour.last && tour.last.isConnected) {
        if (here === tour.last) { told("keeps the focus"); return false; }
        if (tour.look(tour.last) === tour.seen) told("does not show the focus");
    }
    if (here === document.body || here === document.documentElement) return false;
    const back = tour.last && here.compareDocumentPosition(tour.last) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (back && here.type !== "radio") return false;
    if (tour.last && tour.before(here, tour.last))
        tour.found.push(`${tour.name(here)}: comes after ${tour.name(tour.last)}, which stands behind it`);
    tour.last = here;
    tour.seen = tour.look(here);
    if (!tour.inSight(here)) told(`is out of sight, under ${tour.cover(here)}`);
    for (const one of tour.wanted) {
        const same = one.type === "radio" && one.name === here.name && one.form === here.form;
        if (one === here || same) tour.wanted.delete(one);
    }
    return true;
}"""
FOUND = "window.tour.found"
PASSED_BY = "[...window.tour.wanted].map(one => `${window.tour.name(one)}: is passed by`)"


def at_each_stop(page: Page, *, within: str = "body") -> list[str]:
    """What is wrong with the stops of the open page, from its first to its last."""
    begin(page, within=within)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if not page.evaluate(STOP):
            break
    found: list[str] = page.evaluate(f"[...{FOUND}, ...{PASSED_BY}]")
    return [*found, *without_a_name(page)]


def begin(page: Page, *, within: str = "body") -> None:
    page.evaluate(BEGIN, within)
    page.evaluate(FROM_THE_TOP)


def without_a_name(page: Page) -> list[str]:
    """What can have the focus and says nothing to whoever listens, as the browser tells it."""
    asked = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = asked.send("Accessibility.getFullAXTree")["nodes"]
    asked.detach()
    return [f"{node['role']['value']}: has no name" for node in nodes if _needs_a_name(node)]


def _needs_a_name(node: dict[str, Any]) -> bool:
    if node.get("ignored") or node["role"]["value"] in {"RootWebArea", "generic", "main"}:
        return False
    told = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    return bool(told.get("focusable")) and not node.get("name", {}).get("value")
