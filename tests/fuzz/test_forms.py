"""Every form of every page, filled with what it does not ask for.

A refusal is a page with a Polish sentence at the field, a summary that links to it, and all that was typed.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.http import HttpResponse

from tests.cast import World
from tests.fuzz.pages import PAGES, Control, FoundForm, Visit, client_of, forms_of, is_page, parse
from tests.fuzz.payloads import ESSENTIAL, MORE, Payloads, body, said
from tests.walls.routes import Route

ANSWERS = {200, 204, 302, 400, 403, 404, 405, 409, 410, 413, 415, 422, 429}
REFUSALS = {200, 409, 413, 422}
# What the pages themselves carry; a person types nothing there.
OWN = {"submission", "version"}
# Every payload goes into each field of these; their fields are of every kind that the ground has.
SAMPLE = {
    "accounts:invite",
    "account_login",
    "api:token_make",
    "documents:signatory_new",
    "law:value_new",
    "mfa_login_webauthn",
    "notices:preferences",
}
TYPED = {"text", "email", "textarea", "search", "tel", "url", "number"}
UNTAKEN = {"too long", "control characters", "zero byte", "escape"}
WORDS = re.compile(r"[a-ząćęłńóśźż]{2,}", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(this|field|required|enter|valid|value|error|invalid|ensure|select|not|choice)\b", re.IGNORECASE
)
SAID_WITHOUT_TOKEN = "odśwież stronę i wyślij jeszcze raz"


def tries(form: FoundForm, foreign: str) -> Iterator[tuple[str, dict[str, Sequence[str]]]]:
    """(what is tried, the fields that are sent)."""
    payloads: Payloads = {
        **ESSENTIAL,
        **(MORE if form.route in SAMPLE else {}),
        "a stranger's": said(foreign),
    }
    usual = {name: said(*values) for name, values in form.fields().items()}
    own = {name: values for name, values in usual.items() if name in OWN}
    yield "as it stands", usual
    for what, values in payloads.items():
        for name in usual:
            yield f"{what} in {name}", {**usual, name: values}
        yield f"{what} in every field", {**dict.fromkeys(usual, values), **own}


def failure(answer: Any) -> str:
    """What went wrong in an answer that nobody should get."""
    if answer.status_code in ANSWERS:
        return ""
    error = getattr(answer, "exc_info", None)
    return f"{answer.status_code} {error[1]!r}" if error else str(answer.status_code)


def taken_though(what: str, form: FoundForm) -> bool:
    """Whether a field that a person types in got what no field may take."""
    payload, _, name = what.partition(" in ")
    control = form.controls.get(name)
    return payload in UNTAKEN and control is not None and control.kind in TYPED


def kept(text: str) -> str:
    """A value without what HTML cannot carry, as two pages may be compared by it."""
    return re.sub("[\x00-\x1f\ufffd]+", "", text)


def complaints(answer: Any, form: FoundForm, sent: dict[str, Sequence[str]]) -> list[str]:
    """What is missing on the page of a refusal."""
    if answer.status_code not in REFUSALS or not is_page(answer) or not answer.content:
        return []
    page = parse(answer)
    found = [*unlinked(page), *foreign_words(page)]
    again = next((one for one in forms_of(page, form.url) if one.url == form.url), None)
    if again is None or answer.status_code != 422:
        return found
    if not sentences(page):
        found.append("it says nothing")
    for name, values in sent.items():
        control = form.controls.get(name)
        if control is None or control.kind not in TYPED or name not in again.controls or not values:
            continue
        typed = unquote_to_bytes(values[-1].replace("+", " ")).decode(errors="replace")
        shown = text_in(page, name)
        if kept(typed) != kept(shown):
            found.append(f"it loses what was typed in {name}: {kept(shown)[:40]!r}")
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
    for control in page.xpath("//main//*[@aria-describedby]"):
        for key in control.get("aria-describedby").split():
            if not page.xpath("//*[@id=$key]", key=key):
                found.append(f"a field is described by nothing: {key}")
    return found


def sentences(page: Any) -> list[str]:
    """What the page complains about: in its summary, at its fields, or in a note that is read out."""
    found = page.xpath(
        "//main//p[contains(concat(' ', @class, ' '), ' err ')][not(@hidden)]"
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


def text_in(page: Any, name: str) -> str:
    found = page.xpath("//main//*[@name=$name]", name=name)[0]
    return str((found.text if found.tag == "textarea" else found.get("value")) or "")


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_form_refuses_calmly(route: Route, world: World):
    visit = Visit(world, route)
    guarded = client_of(world, None, enforce_csrf_checks=True)
    wrong = []
    for form in visit.forms():
        for what, fields in tries(form, str(world.kis.pk)):
            answer = visit.ask("POST", form.url, body(fields))
            trouble = [failure(answer)] if failure(answer) else complaints(answer, form, fields)
            if answer.status_code == 302 and taken_though(what, form):
                trouble.append("it is taken")
            wrong += [f"{form}, {what}: {one}" for one in trouble]
        guarded.cookies = visit.client.cookies
        answer = guarded.post(form.url, form.fields())
        if answer.status_code != 403 or SAID_WITHOUT_TOKEN not in answer.content.decode():
            wrong.append(f"{form}, without its token: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


FORM = FoundForm("/konto/nazwisko/", {"name": Control("name", "text")}, files=False)
PAGE = (
    '<main><div class="errs"><ul><li><a href="#id_name">Nazwa: wpisz krótszą.</a></li></ul></div>'
    '<form method="post" action="/konto/nazwisko/"><p class="err" id="e">Wpisz krótszą.</p>'
    '<input id="id_name" name="name" value="Kalina" aria-invalid="true" aria-describedby="e"></form></main>'
)


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("", "", ""),
        ("Kalina", "", "it loses what was typed"),
        ("#id_name", "#id_nome", "links to nothing"),
        (' aria-invalid="true"', "", "is not marked as wrong"),
        ('aria-describedby="e"', 'aria-describedby="f"', "is described by nothing"),
        ("Wpisz krótszą", "Ensure this value is shorter", "it complains in English"),
        ("Wpisz krótszą", "!", "it complains without words"),
        ("Nazwa: wpisz krótszą.</a>", "</a>", "it complains without words"),
    ],
)
def test_a_bad_refusal_is_told_from_a_good_one(right: str, wrong: str, complaint: str):
    answer = HttpResponse(PAGE.replace(right, wrong) if right else PAGE, status=422)
    found = complaints(answer, FORM, {"name": ["Kalina"]})
    assert any(complaint in one for one in found) if complaint else found == []


def test_a_refusal_without_a_sentence_is_told():
    page = (
        '<main><form method="post" action="/konto/nazwisko/"><input name="name" value="Kalina"></form></main>'
    )
    assert complaints(HttpResponse(page, status=422), FORM, {"name": ["Kalina"]}) == ["it says nothing"]


def test_the_sample_names_pages():
    """A renamed address must not take its form out of the sample in silence."""
    assert {str(route) for route in PAGES} >= SAMPLE
