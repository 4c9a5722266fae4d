"""The parts of every screen: marks, heads, notes, tasks, steps, verdicts."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from reintegration.core import clock, formats, icon_set
from reintegration.core.components import Badge, Blocker, DueDay, Link, Task, TimelineEntry, Verdict
from reintegration.core.dates import Month
from reintegration.core.toasts import UNDO
from reintegration.core.ui.drawing import draw, known, trimmed

register = template.Library()

STATUS_ICONS = {
    "ok": "check",
    "warn": "alert-triangle",
    "bad": "alert-octagon",
    "info": "clock",
    "brand": "player-play",
    "plum": "circle",
    "plain": "circle",
}
NOTE_ICONS = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-octagon",
    "info": "info-circle",
    "plain": "info-circle",
}
VERDICTS = {
    "yes": Badge("tak", "ok"),
    "no": Badge("nie", "bad"),
    "through": Badge("tak, przez PUP", "ok"),
    "check": Badge("sprawdź", "warn"),
    "check_pup": Badge("sprawdź z PUP", "warn"),
    "open": Badge("jeszcze nie wiadomo", "plain"),
}
MOST_PIPS = 6


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, size: int = 20, cls: str = "", label: str = "") -> SafeString:
    """Draw an icon. Without a label it is decoration and hidden from readers."""
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="ico{}" width="{}" height="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" {} focusable="false">{}</svg>',
        f" {cls}" if cls else "",
        size,
        size,
        named,
        icon_set.drawing(name),
    )


@register.simple_tag
@lru_cache(maxsize=1024)
def status(text: str, kind: str = "plain", icon: str = "") -> SafeString:
    known(kind, STATUS_ICONS)
    return draw("status", text=text, kind=kind, icon=icon or STATUS_ICONS[kind])


@register.simple_tag
def badge(value: Badge) -> SafeString:
    return status(value.text, value.kind, value.icon)


@register.simple_tag
def person(name: str, url: str = "", sub: str = "") -> SafeString:
    """A person's name as it is: the system never declines it."""
    return draw("person", name=name, url=url, sub=sub)


@register.simple_tag
def balance(letters: str, label: str, *, left: int, of: int, opens: str = "") -> SafeString:
    """What is left of a pool. `opens`: the day from which the pool can be used at all."""
    low = 5 if of > MOST_PIPS else 1
    state = "bad" if left <= 0 else "low" if left <= low else ""
    width = 40 if of > MOST_PIPS else of * 7 - 2
    pips = [] if of > MOST_PIPS else [(place * 7, place < left) for place in range(of)]
    # Widths of bars are attributes of SVG, hence strings with a dot whatever the locale.
    bar = f"{40 * max(left, 0) / of:.1f}"
    return draw(
        "balance", letters=letters, label=label, left=left, of=of, opens=opens,
        state=state, width=width, pips=pips, bar=bar,
    )  # fmt: skip


@register.simple_tag
def countdown(left: int, text: str, *, passed: int = 0, total: int = 0) -> SafeString:
    """Days left, a sentence under it, and a bar of how far it has come."""
    return draw(
        "countdown",
        left=left,
        noun=formats.plural(left, "dzień", "dni", "dni"),
        text=text,
        total=total,
        bar=f"{320 * min(passed, total) / total:.1f}" if total else "",
    )


@register.simple_tag
def progress(value: int, most: int, label: str, *, text: str = "", poll_url: str = "") -> SafeString:
    """Long work: how far it is. With `poll_url` the block asks for its successor every two seconds."""
    return draw("progress", value=value, most=most, label=label, text=text, poll_url=poll_url)


@register.simple_tag(takes_context=True)
def may(context: template.Context, name: str) -> bool:
    """Whether this person may perform an action here: `{% may "tenancy.site.edit" as ok %}`."""
    return bool(context["shell"].may(name))


@register.simple_block_tag(takes_context=True)
def acts(context: template.Context, content: str) -> str:
    """The buttons of a page, inside `{% head %}`."""
    context.render_context["ui_acts"] = content
    return ""


@register.simple_block_tag(takes_context=True)
def head(context: template.Context, content: str, title: str) -> SafeString:
    """The h1, one sentence that sums the page up, and the buttons of `{% acts %}`."""
    held = context.render_context
    buttons = held.get("ui_acts") or ""
    held["ui_acts"] = ""
    return draw("head", title=title, lead=trimmed(content), acts=trimmed(buttons))


@register.simple_tag(takes_context=True)
def crumbs(context: template.Context, *parts: str) -> SafeString:
    """`{% crumbs "Ustawienia" url "Placówki" %}`: pairs of label and address, the last without one."""
    pairs = [(parts[at], parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)]
    return draw("crumbs", pairs=_from_hub(context, pairs))


@register.simple_tag(takes_context=True)
def trail(context: template.Context, pairs: Sequence[tuple[str, str]]) -> SafeString:
    """Breadcrumbs that a view made."""
    pairs = _from_hub(context, pairs)
    return draw("crumbs", pairs=pairs) if pairs else SafeString("")


def _from_hub(context: template.Context, pairs: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Breadcrumbs begin with the place of the navigation that the page stands behind.

    A room below that place does not know it, and need not: the same page may stand in the navigation itself
    for one organisation and behind a hub for another.
    """
    hub = getattr(context.get("shell"), "hub", None)
    if hub is None or any(str(url) == hub[1] for _, url in pairs):
        return pairs
    return [hub, *(pairs or [(str(context.get("title", "")), "")])]


@register.simple_block_tag
def section(
    content: str, title: str, *, id: str, count: int | None = None, end_label: str = "", end_url: str = "",
    now: bool = False,
) -> SafeString:  # fmt: skip
    return draw(
        "section", content=content, title=title, id=id, count=count, end_label=end_label, end_url=end_url,
        now=now,
    )  # fmt: skip


@register.simple_block_tag(takes_context=True)
def note(
    context: template.Context, content: str, kind: str = "info", *, title: str = "", url: str = "",
    action: str = "", post: bool = False,
) -> SafeString:  # fmt: skip
    """About the page, not about a field; at most two at once."""
    known(kind, NOTE_ICONS)
    return draw(
        "note", content=trimmed(content), kind=kind, icon=NOTE_ICONS[kind], title=title, url=url,
        action=action, post=post, csrf_token=context.get("csrf_token", ""),
    )  # fmt: skip


@register.simple_block_tag
def empty(
    content: str, title: str, *, icon: str = "circle-check", url: str = "", action: str = "", level: int = 3
) -> SafeString:
    return draw(
        "empty", content=trimmed(content), title=title, icon=icon, url=url, action=action, level=level
    )


@register.simple_block_tag
def why(content: str, title: str) -> SafeString:
    return draw("why", content=content, title=title)


@register.simple_block_tag
def table(
    content: str, caption: str, *, hidden: bool = False, stack: bool = True, dense: bool = False, id: str = ""
) -> SafeString:
    return draw("table", content=content, caption=caption, hidden=hidden, stack=stack, dense=dense, id=id)


@register.simple_block_tag
def steps(content: str) -> SafeString:
    return format_html('<ol class="steps">{}</ol>', content)


STEP_STATES = {"done": "zrobione", "now": "", "later": ""}


@register.simple_block_tag
def step(content: str, title: str, *, state: str = "later", end: str = "") -> SafeString:
    """A step of a fixed order of work; only the current one is open."""
    known(state, STEP_STATES)
    return draw("step", content=trimmed(content), title=title, state=state, end=end)


@register.simple_block_tag
def task(
    content: str, title: str, *, url: str = "", kind: str = "", icon: str = "", action: str = "",
    action_url: str = "", end: str = "", next: bool = False,
) -> SafeString:  # fmt: skip
    return _task(Task(title, trimmed(content), url, kind, icon, action, action_url, end, next))


TASK_ICONS = {"": "circle", "ok": "circle-check", "warn": "alert-triangle", "bad": "alert-octagon"}


def _task(value: Task) -> SafeString:
    known(value.kind, TASK_ICONS)
    return draw("task", task=value, icon=value.icon or TASK_ICONS[value.kind])


@register.simple_tag
def task_list(tasks: Sequence[Task]) -> SafeString:
    return format_html('<ul class="tasks">{}</ul>', format_html_join("", "{}", ((_task(t),) for t in tasks)))


# Further away a day without its month could be of this month or of the next.
DUE_NEAR = timedelta(days=14)


@register.simple_tag
def due_list(days: Sequence[DueDay]) -> SafeString:
    today = clock.today()
    rows = [
        (
            formats.weekday_short(found.day)
            + (f" {found.day.day}" if found.day < today + DUE_NEAR else f" {found.day:%d.%m}"),
            formats.distance(found.day, today=today),
            found,
        )
        for found in days
    ]
    return draw("due_list", rows=rows)


@register.simple_block_tag
def blocker(
    content: str, title: str, *, kind: str = "bad", url: str = "", action: str = "", why: str = ""
) -> SafeString:
    return _blocker(Blocker(title, trimmed(content), kind, action, url, why))


BLOCKER_ICONS = {"bad": "alert-octagon", "warn": "alert-triangle"}


def _blocker(value: Blocker) -> SafeString:
    known(value.kind, BLOCKER_ICONS)
    return draw("blocker", blocker=value, icon=BLOCKER_ICONS[value.kind])


@register.simple_tag
def blocks(blockers: Sequence[Blocker]) -> SafeString:
    return format_html(
        '<ul class="blocks">{}</ul>', format_html_join("", "{}", ((_blocker(b),) for b in blockers))
    )


def _month_of(entry: TimelineEntry) -> Month:
    return Month.of(entry.at if not isinstance(entry.at, datetime) else clock.day_of(entry.at))


@register.simple_tag
def timeline(entries: Sequence[TimelineEntry]) -> SafeString:
    """Newest first, by month."""
    ordered = sorted(entries, key=_sort_key, reverse=True)
    months = [
        (formats.format_month(found), [(_when(entry), entry) for entry in group])
        for found, group in groupby(ordered, key=_month_of)
    ]
    return draw("timeline", months=months)


def _sort_key(entry: TimelineEntry) -> str:
    return (
        entry.at.astimezone(clock.WARSAW).isoformat()
        if isinstance(entry.at, datetime)
        else entry.at.isoformat()
    )


def _when(entry: TimelineEntry) -> str:
    if isinstance(entry.at, datetime):
        return formats.format_moment(entry.at, today=clock.today())
    return formats.format_date(entry.at, today=clock.today())


@register.simple_tag
def verdict(rows: Sequence[Verdict], title: str = "Wynik") -> SafeString:
    drawn = [(row, VERDICTS[known(row.answer, VERDICTS)]) for row in rows]
    return draw("verdict", rows=drawn, title=title)


@register.simple_tag
def chips(links: Sequence[Link], label: str) -> SafeString:
    return draw("chips", links=links, label=label)


@register.simple_tag
def segments(links: Sequence[Link], label: str, small: bool = False) -> SafeString:
    return draw("segments", links=links, label=label, small=small)


@register.simple_tag
def tabs(links: Sequence[Link], label: str) -> SafeString:
    return draw("tabs", links=links, label=label)


@register.simple_tag
def facts(pairs: Iterable[tuple[str, object]], stack: bool = False) -> SafeString:
    """A list of label and value."""
    return draw("facts", pairs=list(pairs), stack=stack)


@register.simple_block_tag
def dialog(content: str, title: str) -> SafeString:
    return draw("dialog", content=content, title=title)


@register.simple_tag(takes_context=True)
def post(
    context: template.Context, url: str, label: str, *, kind: str = "secondary", small: bool = True,
    name: str = "", value: str = "", icon: str = "",
) -> SafeString:  # fmt: skip
    """A button that changes something: a form of its own, so that no link ever does."""
    return draw(
        "post", url=url, label=label, kind=kind, small=small, name=name, value=value, icon=icon,
        csrf_token=context.get("csrf_token", ""),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def toast(context: template.Context, message: Any) -> SafeString:
    """A message of Django's, drawn as a toast; `core.toasts` writes them."""
    tags = message.extra_tags or ""
    return draw(
        "toast",
        text=str(message),
        icon="check" if message.level_tag in {"success", "info"} else "alert-triangle",
        undo=tags.removeprefix(UNDO) if tags.startswith(UNDO) else "",
        csrf_token=context.get("csrf_token", ""),
    )
