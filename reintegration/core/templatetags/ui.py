"""The parts of every screen, as tags and filters. A builtin library: no template loads it.

What a part shows is decided here; how it looks stands in `templates/components/`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html, format_html_join, strip_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from reintegration.core import clock, formats, icon_set
from reintegration.core.components import Badge, Blocker, DueDay, Link, Task, TimelineEntry, Verdict
from reintegration.core.dates import DateSpan, Month
from reintegration.core.slots import Panel
from reintegration.core.toasts import UNDO

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
    "check": Badge("sprawdź z PUP", "warn"),
    "open": Badge("jeszcze nie wiadomo", "plain"),
}
MOST_PIPS = 6
MOST_IN_A_ROW = 3
# More letters than that do not fit beside each other on a phone, so the answers stand in a column.
MOST_LETTERS_IN_A_ROW = 40


class UnknownKind(ValueError):
    """A template asked for a part in a kind that is not drawn."""


def _kind(kind: str, known: Mapping[str, Any]) -> str:
    if kind not in known:
        message = f"„{kind}” is none of {', '.join(known)}."
        raise UnknownKind(message)
    return kind


def _draw(name: str, /, **values: Any) -> SafeString:
    return mark_safe(render_to_string(f"components/{name}.html", values))  # noqa: S308 – a template's output


@cache
def _drawn_once(name: str) -> SafeString:
    return mark_safe(render_to_string(name))  # noqa: S308 – a template's output


@register.simple_tag
def fixed(name: str) -> SafeString:
    """Include a template that depends on nothing; it is drawn once for the life of the process."""
    return mark_safe(render_to_string(name)) if settings.DEBUG else _drawn_once(name)  # noqa: S308


@register.simple_tag
@cache
def path(name: str) -> str:
    """An address without arguments. The frame has fifteen of them on each page, and they never change."""
    return reverse(name)


# --- words and numbers ---------------------------------------------------------------------------


@register.filter
def zl(amount: Decimal | None) -> str:
    return formats.format_money(amount)


@register.filter
def zl_diff(amount: Decimal | None) -> str:
    return formats.format_money(amount, plus=True)


@register.filter
def amount(value: Decimal | None) -> str:
    return formats.format_money(value, unit=False)


@register.filter
def number(value: int | Decimal | None) -> str:
    return formats.format_number(value)


@register.filter
def percent(value: int | Decimal) -> str:
    return formats.format_percent(value)


@register.filter
def size(value: int) -> str:
    return formats.format_size(value)


@register.filter
def day(value: date | None) -> str:
    return formats.format_date(value, today=clock.today())


@register.filter
def long_day(value: date | None) -> str:
    return formats.format_long_date(value)


@register.filter
def day_table(value: date | None) -> str:
    return formats.format_table_date(value)


@register.filter
def weekday(value: date) -> str:
    return formats.format_day_of_week(value, today=clock.today())


@register.filter
def moment(value: datetime | None) -> str:
    return formats.format_moment(value, today=clock.today())


@register.filter
def moment_table(value: datetime | None) -> str:
    return formats.format_table_moment(value)


@register.filter
def hour(value: datetime) -> str:
    return formats.format_time(value)


@register.filter
def month(value: Month) -> str:
    return formats.format_month(value)


@register.filter
def month_in(value: Month) -> str:
    return formats.format_month_locative(value)


@register.filter
def span(value: DateSpan | None) -> str:
    if value is None:
        return formats.NONE
    return formats.format_span(value.first, value.last, today=clock.today())


@register.filter
def span_table(value: DateSpan | None) -> str:
    if value is None:
        return formats.NONE
    return formats.format_table_span(value.first, value.last)


@register.filter
def distance(value: date) -> str:
    return formats.distance(value, today=clock.today())


@register.filter
def dash(value: object) -> object:
    """Show that there is nothing, instead of a hole in the page."""
    return formats.NONE if value is None or value == "" else value


@register.simple_tag
def plural(n: int, one: str, few: str, many: str, *, bare: bool = False) -> str:
    """`5 osób`; `bare` leaves the number out, for when it stands apart in bold."""
    return formats.plural(n, one, few, many) if bare else formats.counted(n, one, few, many)


@register.simple_tag
def join(words: Iterable[object]) -> str:
    return formats.join_words(str(word) for word in words)


# --- small parts ---------------------------------------------------------------------------------


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
    _kind(kind, STATUS_ICONS)
    return _draw("status", text=text, kind=kind, icon=icon or STATUS_ICONS[kind])


@register.simple_tag
def badge(value: Badge) -> SafeString:
    return status(value.text, value.kind, value.icon)


@register.simple_tag
def person(name: str, url: str = "", sub: str = "") -> SafeString:
    """A person's name as it is: the system never declines it."""
    return _draw("person", name=name, url=url, sub=sub)


@register.simple_tag
def balance(letters: str, label: str, *, left: int, of: int, opens: str = "") -> SafeString:
    """What is left of a pool. `opens`: the day from which the pool can be used at all."""
    low = 5 if of > MOST_PIPS else 1
    state = "bad" if left <= 0 else "low" if left <= low else ""
    width = 40 if of > MOST_PIPS else of * 7 - 2
    pips = [] if of > MOST_PIPS else [(place * 7, place < left) for place in range(of)]
    # Widths of bars are attributes of SVG, hence strings with a dot whatever the locale.
    bar = f"{40 * max(left, 0) / of:.1f}"
    return _draw(
        "balance", letters=letters, label=label, left=left, of=of, opens=opens,
        state=state, width=width, pips=pips, bar=bar,
    )  # fmt: skip


@register.simple_tag
def countdown(left: int, text: str, *, passed: int = 0, total: int = 0) -> SafeString:
    """Days left, a sentence under it, and a bar of how far it has come."""
    return _draw(
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
    return _draw("progress", value=value, most=most, label=label, text=text, poll_url=poll_url)


@register.simple_tag(takes_context=True)
def may(context: template.Context, name: str) -> bool:
    """Whether this person may perform an action here: `{% may "tenancy.site.edit" as ok %}`."""
    return bool(context["shell"].may(name))


# --- heads and sections --------------------------------------------------------------------------


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
    return _draw("head", title=title, lead=_trimmed(content), acts=_trimmed(buttons))


@register.simple_tag
def crumbs(*parts: str) -> SafeString:
    """`{% crumbs "Ustawienia" url "Placówki" %}`: pairs of label and address, the last without one."""
    pairs = [(parts[at], parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)]
    return _draw("crumbs", pairs=pairs)


@register.simple_tag
def trail(pairs: Sequence[tuple[str, str]]) -> SafeString:
    """Breadcrumbs that a view made."""
    return _draw("crumbs", pairs=pairs) if pairs else SafeString("")


@register.simple_block_tag
def section(
    content: str, title: str, *, id: str, count: int | None = None, end_label: str = "", end_url: str = "",
    now: bool = False,
) -> SafeString:  # fmt: skip
    return _draw(
        "section", content=content, title=title, id=id, count=count, end_label=end_label, end_url=end_url,
        now=now,
    )  # fmt: skip


# --- blocks --------------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def note(
    context: template.Context, content: str, kind: str = "info", *, title: str = "", url: str = "",
    action: str = "", post: bool = False,
) -> SafeString:  # fmt: skip
    """About the page, not about a field; at most two at once."""
    _kind(kind, NOTE_ICONS)
    return _draw(
        "note", content=_trimmed(content), kind=kind, icon=NOTE_ICONS[kind], title=title, url=url,
        action=action, post=post, csrf_token=context.get("csrf_token", ""),
    )  # fmt: skip


@register.simple_block_tag
def empty(
    content: str, title: str, *, icon: str = "circle-check", url: str = "", action: str = "", level: int = 3
) -> SafeString:
    return _draw(
        "empty", content=_trimmed(content), title=title, icon=icon, url=url, action=action, level=level
    )


@register.simple_block_tag
def why(content: str, title: str) -> SafeString:
    return _draw("why", content=content, title=title)


@register.simple_block_tag
def table(
    content: str, caption: str, *, hidden: bool = False, stack: bool = True, dense: bool = False, id: str = ""
) -> SafeString:
    return _draw("table", content=content, caption=caption, hidden=hidden, stack=stack, dense=dense, id=id)


@register.simple_block_tag
def steps(content: str) -> SafeString:
    return format_html('<ol class="steps">{}</ol>', content)


STEP_STATES = {"done": "zrobione", "now": "", "later": ""}


@register.simple_block_tag
def step(content: str, title: str, *, state: str = "later", end: str = "") -> SafeString:
    """A step of a fixed order of work; only the current one is open."""
    _kind(state, STEP_STATES)
    return _draw("step", content=_trimmed(content), title=title, state=state, end=end)


@register.simple_block_tag
def task(
    content: str, title: str, *, url: str = "", kind: str = "", icon: str = "", action: str = "",
    action_url: str = "", end: str = "", next: bool = False,
) -> SafeString:  # fmt: skip
    return _task(Task(title, _trimmed(content), url, kind, icon, action, action_url, end, next))


TASK_ICONS = {"": "circle", "ok": "circle-check", "warn": "alert-triangle", "bad": "alert-octagon"}


def _task(value: Task) -> SafeString:
    _kind(value.kind, TASK_ICONS)
    return _draw("task", task=value, icon=value.icon or TASK_ICONS[value.kind])


@register.simple_tag
def task_list(tasks: Sequence[Task]) -> SafeString:
    return format_html('<ul class="tasks">{}</ul>', format_html_join("", "{}", ((_task(t),) for t in tasks)))


@register.simple_tag
def due_list(days: Sequence[DueDay]) -> SafeString:
    today = clock.today()
    rows = [
        (
            f"{formats.weekday_short(found.day)} {found.day.day}",
            formats.distance(found.day, today=today),
            found,
        )
        for found in days
    ]
    return _draw("due_list", rows=rows)


@register.simple_block_tag
def blocker(
    content: str, title: str, *, kind: str = "bad", url: str = "", action: str = "", why: str = ""
) -> SafeString:
    return _blocker(Blocker(title, _trimmed(content), kind, action, url, why))


BLOCKER_ICONS = {"bad": "alert-octagon", "warn": "alert-triangle"}


def _blocker(value: Blocker) -> SafeString:
    _kind(value.kind, BLOCKER_ICONS)
    return _draw("blocker", blocker=value, icon=BLOCKER_ICONS[value.kind])


@register.simple_tag
def blocks(blockers: Sequence[Blocker]) -> SafeString:
    return format_html(
        '<ul class="blocks">{}</ul>', format_html_join("", "{}", ((_blocker(b),) for b in blockers))
    )


def _month_of(entry: TimelineEntry) -> Month:
    return Month.of(
        entry.at if not isinstance(entry.at, datetime) else entry.at.astimezone(clock.WARSAW).date()
    )


@register.simple_tag
def timeline(entries: Sequence[TimelineEntry]) -> SafeString:
    """Newest first, by month."""
    ordered = sorted(entries, key=_sort_key, reverse=True)
    months = [
        (formats.format_month(found), [(_when(entry), entry) for entry in group])
        for found, group in groupby(ordered, key=_month_of)
    ]
    return _draw("timeline", months=months)


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
    drawn = [(row, VERDICTS[_kind(row.answer, VERDICTS)]) for row in rows]
    return _draw("verdict", rows=drawn, title=title)


@register.simple_tag
def chips(links: Sequence[Link], label: str) -> SafeString:
    return _draw("chips", links=links, label=label)


@register.simple_tag
def segments(links: Sequence[Link], label: str, small: bool = False) -> SafeString:
    return _draw("segments", links=links, label=label, small=small)


@register.simple_tag
def tabs(links: Sequence[Link], label: str) -> SafeString:
    return _draw("tabs", links=links, label=label)


@register.simple_tag
def facts(pairs: Iterable[tuple[str, object]], stack: bool = False) -> SafeString:
    """A list of label and value."""
    return _draw("facts", pairs=list(pairs), stack=stack)


@register.simple_block_tag
def dialog(content: str, title: str) -> SafeString:
    return _draw("dialog", content=content, title=title)


@register.simple_tag(takes_context=True)
def post(
    context: template.Context, url: str, label: str, *, kind: str = "secondary", small: bool = True,
    name: str = "", value: str = "", icon: str = "",
) -> SafeString:  # fmt: skip
    """A button that changes something: a form of its own, so that no link ever does."""
    return _draw(
        "post", url=url, label=label, kind=kind, small=small, name=name, value=value, icon=icon,
        csrf_token=context.get("csrf_token", ""),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def toast(context: template.Context, message: Any) -> SafeString:
    """A message of Django's, drawn as a toast; `core.toasts` writes them."""
    tags = message.extra_tags or ""
    return _draw(
        "toast",
        text=str(message),
        icon="check" if message.level_tag in {"success", "info"} else "alert-triangle",
        undo=tags.removeprefix(UNDO) if tags.startswith(UNDO) else "",
        csrf_token=context.get("csrf_token", ""),
    )


def _trimmed(content: str) -> SafeString:
    """The inside of a block without the line breaks around it; the engine has escaped it already."""
    return mark_safe(content.strip())  # noqa: S308


# --- forms ---------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: forms.BoundField, *, label: str = "", mark: bool = True) -> SafeString:
    """A field as interface.md 6 wants it: label, hint, error, control; its width tells the length."""
    inner = bound.field
    widget = inner.widget
    if widget.is_hidden:
        return mark_safe(str(bound))  # noqa: S308 – drawn by Django
    hint = bound.help_text
    errors = list(bound.errors)
    hint_id, err_id = f"{bound.auto_id}-hint", f"{bound.auto_id}-err"
    described = " ".join([hint_id] * bool(hint) + [err_id] * bool(errors))
    values: dict[str, Any] = {
        "id": bound.auto_id,
        "label": label or bound.label,
        "hint": hint,
        "errors": errors,
        "hint_id": hint_id,
        "err_id": err_id,
        "described": described,
        "optional": mark and not inner.required,
        "disabled": inner.disabled,
        "width": getattr(inner, "width", "l"),
    }
    if isinstance(widget, forms.RadioSelect):  # boxes to tick are its kind, too
        options = [_option(one) for one in bound]
        many = isinstance(widget, forms.CheckboxSelectMultiple)
        letters = sum(len(str(one["label"])) for one in options)
        row = not many and len(options) <= MOST_IN_A_ROW and letters <= MOST_LETTERS_IN_A_ROW
        return _draw("field", kind="group", options=options, row=row, **values)
    attrs: dict[str, Any] = {"aria-describedby": described} if described else {}
    if errors:
        attrs["aria-invalid"] = "true"
    if isinstance(widget, forms.CheckboxInput):
        attrs["class"] = "form-check-input"
        return _draw("field", kind="tick", widget=bound.as_widget(attrs=attrs), **values)
    shape = "form-select" if isinstance(widget, forms.Select) else "form-control"
    attrs["class"] = f"{shape} w-{values['width']} {widget.attrs.get('class', '')}".strip()
    return _draw("field", kind="line", widget=bound.as_widget(attrs=attrs), **values)


def _option(one: forms.boundfield.BoundWidget) -> dict[str, Any]:
    data = one.data
    return {
        "type": data["type"],
        "name": data["name"],
        "value": "" if data["value"] is None else str(data["value"]),
        "id": data["attrs"]["id"],
        "on": data["selected"],
        "label": data["label"],
    }


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    return format_html_join("", "{}", ((field(bound),) for bound in form.visible_fields()))


@register.simple_tag
def error_summary(form: Any, *, focus: bool = True) -> SafeString:
    """What to mend, on top of the form, each line a link to its field."""
    rows = form.error_list if form.is_bound else []
    count = form.bad_fields if rows else 0
    title = f"Popraw {formats.counted(count, 'pole', 'pola', 'pól')}" if count else "Nie zapisano"
    return _draw("error_summary", rows=rows, title=title, focus=focus)


@register.simple_tag(takes_context=True)
def form_hidden(
    context: template.Context, form: Any = None, *, submission: str = "", version: str = ""
) -> SafeString:
    """What a posting form carries unseen; pages of the form base pass their own."""
    return _draw(
        "form_hidden",
        form=form,
        submission=submission,
        version=version,
        csrf_token=context.get("csrf_token", ""),
    )


# --- pages of the bases --------------------------------------------------------------------------


@register.simple_tag
def buttons(links: Sequence[Link]) -> SafeString:
    """The buttons of a page's head: the current one is the step a person takes next."""
    return format_html_join(
        "", '<a class="btn btn-{}" href="{}">{}</a>',
        (("primary" if link.current else "secondary", link.url, link.label) for link in links),
    )  # fmt: skip


@register.simple_tag
def cell(value: Any) -> Any:
    """A cell of a list: a badge is drawn, the rest was put into words by the list base."""
    return badge(value) if isinstance(value, Badge) else value


@register.simple_tag
def list_rows(rows: Sequence[Any], *, ticked: bool) -> SafeString:
    """The rows of a list (core.lists.Row). Written out here because a template takes six times as long."""
    if not rows:
        return SafeString("")
    columns = [column for column, _ in rows[0].cells]
    starts = [f'<td class="{column.css}" data-l="{escape(column.label)}">' for column in columns]
    return mark_safe("".join(_list_row(row, starts, ticked=ticked) for row in rows))  # noqa: S308 – escaped


def _list_row(row: Any, starts: Sequence[str], *, ticked: bool) -> str:
    name = conditional_escape(cell(row.name))
    box = ""
    if ticked:
        box = (
            '<td class="check"><input class="form-check-input" type="checkbox" name="ids"'
            f' value="{row.id}" aria-label="Zaznacz: {strip_tags(name)}"></td>'
        )
    title = f'<a href="{escape(row.url)}">{name}</a>' if row.url else name
    cells = "".join(
        f"{start}{conditional_escape(cell(value))}</td>"
        for start, (_, value) in zip(starts, row.cells, strict=True)
    )
    return f'<tr>{box}<th scope="row">{title}</th>{cells}</tr>'


@register.simple_tag(takes_context=True)
def panels(context: template.Context, found: Sequence[Panel]) -> SafeString:
    """What other rooms add to a screen."""
    request = context.get("request")
    drawn = []
    for panel in found:
        content = render_to_string(panel.template, dict(panel.context), request=request)
        drawn.append((_draw(
            "section", content=mark_safe(content), title=panel.title, id=panel.id, count=panel.count,  # noqa: S308
            end_label="", end_url="", now=False,
        ),))  # fmt: skip
    return format_html_join("", "{}", drawn)


@register.simple_tag(takes_context=True)
def draft_url(context: template.Context, *, drop: bool = False) -> str:
    """Where this page's form keeps its draft, or throws it away."""
    address = reverse("shell:draft_drop" if drop else "shell:draft")
    return f"{address}?{urlencode({'dla': context['request'].path})}"
