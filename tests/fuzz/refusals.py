"""What an answer says: whether a form was taken, which field is marked, and what is still there."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

from tests.fuzz.pages import OWN, UNTYPED, FoundForm, forms_of, is_page, parse

ANSWERS = {200, 204, 302, 400, 403, 404, 405, 409, 410, 413, 415, 422, 429}
REFUSALS = {200, 409, 413, 422}
TYPED = {"text", "email", "textarea", "search", "tel", "url", "number"}
CHOSEN = {"radio", "checkbox", "select"}
WORDS = re.compile(r"[a-ząćęłńóśźż]{2,}", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(this|field|required|enter|valid|value|error|invalid|ensure|select|not|choice)\b", re.IGNORECASE
)
ERROR = "contains(concat(' ', @class, ' '), ' err ')"


def failure(answer: Any) -> str:
    """What went wrong in an answer that nobody should get."""
    if answer.status_code in ANSWERS:
        return ""
    error = getattr(answer, "exc_info", None)
    return f"{answer.status_code} {error[1]!r}" if error else str(answer.status_code)


def is_taken(answer: Any) -> bool:
    """Whether a form went through: sent on, or a page that complains of nothing."""
    if answer.status_code in {204, 302}:
        return True
    return answer.status_code == 200 and not (is_page(answer) and sentences(parse(answer)))


def kept(text: str) -> str:
    """A value without what HTML cannot carry, as two pages may be compared by it."""
    return re.sub("[\x00-\x1f\ufffd]+", "", text)


def shaped(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def read(values: Sequence[str]) -> list[str]:
    """What was sent, as the program reads it."""
    return [unquote_to_bytes(value.replace("+", " ")).decode(errors="replace") for value in values]


def form_again(page: Any, form: FoundForm) -> FoundForm | None:
    """The form on the page of its own refusal."""
    return next((one for one in forms_of(page, form.url) if one.url == form.url), None)


def complaints(answer: Any, form: FoundForm, sent: dict[str, Sequence[str]], bad: str = "") -> list[str]:
    """What is missing on the page of a refusal; `bad` names the field whose value was wrong."""
    if answer.status_code not in REFUSALS or not is_page(answer) or not answer.content:
        return []
    page = parse(answer)
    found = [*unlinked(page), *foreign_words(page)]
    again = form_again(page, form)
    if again is None or answer.status_code != 422:
        return found
    if not sentences(page):
        found.append("it says nothing")
    if bad and bad in again.controls and again.controls[bad].kind not in UNTYPED - {"file"}:
        found += unmarked(page, bad, listed=bool(OWN & set(form.controls)))
    return found + lost(again, form, sent, bad)


def lost(again: FoundForm, form: FoundForm, sent: dict[str, Sequence[str]], bad: str = "") -> list[str]:
    """Fields of a refused form that hold something else than was typed."""
    found = []
    for name, values in sent.items():
        control, shown = form.controls.get(name), again.controls.get(name)
        if control is None or shown is None or name in OWN or not values:
            continue
        if control.kind in TYPED:
            typed, there = kept(read(values)[-1]), kept("".join(shown.state))
            if name != bad and shaped(typed) == shaped(there):
                continue  # the digits of a good number may stand in groups
        elif control.kind in CHOSEN and name != bad and set(read(values)) <= set(control.options):
            typed, there = sorted(read(values)), sorted(shown.state)
        else:
            continue
        if typed != there:
            found.append(f"it loses what was typed in {name}: {there[:40]!r}")
    return found


def unmarked(page: Any, name: str, *, listed: bool) -> list[str]:
    """What is missing at the field that had the bad value: the mark, a sentence at it, a link to it.

    `listed`: the page is made by the form base, whose errors are listed on top; a page of signing in has
    one field or two and no list.
    """
    controls = page.xpath("//main//*[@name=$name][not(@type='hidden')]", name=name)
    if not controls:
        return []
    groups = [group for one in controls for group in one.xpath("ancestor::fieldset[@aria-describedby]")]
    described = [key for one in [*controls, *groups] for key in (one.get("aria-describedby") or "").split()]
    said = [
        text
        for key in described
        for one in page.xpath(f"//main//*[@id=$key][{ERROR}][not(@hidden)]", key=key)
        if WORDS.search(text := one.text_content())
    ]
    keys = {one.get("id") for one in controls}
    found = []
    if not said:
        found.append(f"no sentence stands at {name}")
    if not groups and all(one.get("aria-invalid") != "true" for one in controls):
        found.append(f"{name} is not marked as wrong")
    links = page.xpath("//main//*[contains(concat(' ', @class, ' '), ' errs ')]//a")
    if (listed or links) and not keys & {link.get("href", "").removeprefix("#") for link in links}:
        found.append(f"the summary does not link to {name}")
    return found


def unlinked(page: Any) -> list[str]:
    """Links of the summary that lead nowhere, and fields with an error that do not say so."""
    found = []
    for link in page.xpath("//*[contains(concat(' ', @class, ' '), ' errs ')]//a"):
        key = link.get("href", "").removeprefix("#")
        target = page.xpath("//*[@id=$key]", key=key)
        if not target:
            found.append(f"its summary links to nothing: {key}")
            continue
        group = target[0].xpath("ancestor::fieldset[@aria-describedby]")
        if target[0].get("aria-invalid") != "true" and not group:
            found.append(f"the field {key} is not marked as wrong")
    ids = set(page.xpath("//@id"))
    for control in page.xpath("//main//*[@aria-describedby]"):
        for key in control.get("aria-describedby").split():
            if key not in ids:
                found.append(f"a field is described by nothing: {key}")
    return found


def sentences(page: Any) -> list[str]:
    """What the page complains about: in its summary, at its fields, or in a note that is read out."""
    found = page.xpath(
        f"//main//p[{ERROR}][not(@hidden)]"
        " | //main//*[contains(concat(' ', @class, ' '), ' errs ')]//li | //main//*[@role='alert']//p"
    )
    return [" ".join(one.text_content().split()) for one in found]


def foreign_words(page: Any) -> list[str]:
    found = []
    for text in sentences(page):
        if not WORDS.search(text):
            found.append(f"it complains without words: {text!r}")
        elif ENGLISH.search(text):
            found.append(f"it complains in English: {text!r}")
    return found
