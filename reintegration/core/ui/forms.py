"""Fields, errors and what a form carries unseen."""

from typing import Any

from django import forms, template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from reintegration.core import formats
from reintegration.core.ui.drawing import draw

register = template.Library()

MOST_IN_A_ROW = 3
# More letters than that do not fit beside each other on a phone, so the answers stand in a column.
MOST_LETTERS_IN_A_ROW = 40


@register.simple_tag
def field(bound: forms.BoundField, *, label: str = "", mark: bool = True) -> SafeString:
    """Label, hint, error, control, in this order; the width tells how long the answer is."""
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
        return draw("field", kind="group", options=options, row=row, **values)
    attrs: dict[str, Any] = {"aria-describedby": described} if described else {}
    if errors:
        attrs["aria-invalid"] = "true"
    if isinstance(widget, forms.CheckboxInput):
        attrs["class"] = "form-check-input"
        return draw("field", kind="tick", widget=bound.as_widget(attrs=attrs), **values)
    shape = "form-select" if isinstance(widget, forms.Select) else "form-control"
    attrs["class"] = f"{shape} w-{values['width']} {widget.attrs.get('class', '')}".strip()
    return draw("field", kind="line", widget=bound.as_widget(attrs=attrs), **values)


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
    return draw("error_summary", rows=rows, title=title, focus=focus)


@register.simple_tag(takes_context=True)
def form_hidden(
    context: template.Context, form: Any = None, *, submission: str = "", version: str = ""
) -> SafeString:
    """What a posting form carries unseen; pages of the form base pass their own."""
    return draw(
        "form_hidden",
        form=form,
        submission=submission,
        version=version,
        csrf_token=context.get("csrf_token", ""),
    )
