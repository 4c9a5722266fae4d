"""What the bases of pages and lists draw."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html_join, strip_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from reintegration.core.components import Badge, Link
from reintegration.core.slots import Panel
from reintegration.core.ui.drawing import draw
from reintegration.core.ui.parts import badge, icon

register = template.Library()


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


SORTED = {"ascending": "sort-ascending", "descending": "sort-descending"}


@register.simple_tag
def list_headings(headings: Sequence[Any]) -> SafeString:
    """The headings of a list (core.lists.Heading), written out as its rows are."""
    return mark_safe("".join(map(_heading, headings)))  # noqa: S308 – escaped


def _heading(heading: Any) -> str:
    column, state = heading.column, heading.state
    number = ' class="num"' if column.number else ""
    turned = f' aria-sort="{state}"' if state else ""
    start = f'<th scope="col"{number}{turned}>'
    label = escape(column.label)
    if not heading.url:
        return f"{start}{label}</th>"
    url = escape(heading.url)
    sign = icon(SORTED[state], size=16) if state else ""
    return (
        f'{start}<a id="sort-{escape(column.key)}" href="{url}" hx-get="{url}" hx-target="#list"'
        f' hx-swap="outerHTML" hx-push-url="true">{label}{sign}</a></th>'
    )


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
        drawn.append((draw(
            "section", content=mark_safe(content), title=panel.title, id=panel.id, count=panel.count,  # noqa: S308
            end_label="", end_url="", now=False,
        ),))  # fmt: skip
    return format_html_join("", "{}", drawn)


@register.simple_tag(takes_context=True)
def draft_url(context: template.Context, *, drop: bool = False) -> str:
    """Where this page's form keeps its draft, or throws it away."""
    address = reverse("shell:draft_drop" if drop else "shell:draft")
    return f"{address}?{urlencode({'dla': context['request'].path})}"
