"""Every form of every page: it takes what a person types, and refuses what it does not ask for.

A refusal is a page with a Polish sentence at the very field, a summary that links to it, and all that was
typed.
"""

from collections.abc import Iterator, Sequence

import pytest
from django.http import HttpResponse

from tests.cast import World
from tests.fuzz.pages import OWN, PAGES, Control, FoundForm, Visit, is_page, parse
from tests.fuzz.payloads import ESSENTIAL, MORE, Payloads, said
from tests.fuzz.refusals import CHOSEN, TYPED, complaints, failure, is_taken, sentences
from tests.fuzz.ways import client_of
from tests.walls.routes import Route

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
# Forms that a test cannot send as a person would.
UNSENDABLE = {
    "mfa_add_webauthn": "a browser's passkey must sign it; tests/browser/test_passkeys.py does",
    "shell:patterns": "its forms are drawings",
}
# (form, field): the field that may be marked instead; or none, as nobody is told what of signing in is wrong.
MARKED_INSTEAD: dict[tuple[str, str], str] = {
    ("account_login", "password"): "",
    # No key was signed, whatever its name is.
    ("mfa_add_webauthn", "name"): "",
    ("administration:organisation_open", "founder"): "founder_name",
    ("administration:organisation_open", "founder_name"): "founder",
    ("administration:organisation_open", "founder_town"): "founder",
    # Either the number or the reason why there is none.
    ("participants:identity_edit", "no_pesel"): "pesel",
    ("participants:person_add", "no_pesel"): "pesel",
    ("participants:referral_enter", "no_pesel"): "pesel",
}
# One in so many is tried of each form, and all of them by `make audit`.
PART = 6
# Only this one would be good again if the character were dropped in silence.
HIDDEN = "a control character within"
UNTAKEN = {"too long", "control characters", HIDDEN, "zero byte", "escape"}
SAID_WITHOUT_TOKEN = "odśwież stronę i wyślij jeszcze raz"

Try = tuple[str, str, dict[str, Sequence[str]]]


def tries(visit: Visit, form: FoundForm, *, whole: bool) -> Iterator[Try]:
    """(what is tried, the one field that is bad, the fields that are sent).

    Fields come from one place, so that each of a few hundred forms tries a part of what there is to try,
    unless the `whole` is asked for.
    """
    payloads: Payloads = {**ESSENTIAL, **(MORE if form.route in SAMPLE else {})}
    typed = usual(form)
    own = {name: values for name, values in typed.items() if name in OWN}
    for place, (what, values) in enumerate(payloads.items()):
        for turn, name in enumerate(typed):
            if whole or form.route in SAMPLE or (place + turn + len(form.url)) % PART == 0:
                yield what, name, {**typed, name: values}
        yield what, "", {**dict.fromkeys(typed, values), **own}
    for name, control in form.controls.items():
        if control.kind in TYPED and (good := control.value[0]):
            yield HIDDEN, name, {**typed, name: said(f"{good[:1]}\x07{good[1:]}")}
        if name not in OWN and (foreign := visit.foreign(control)) is not None:
            yield "a stranger's", name, {**typed, name: said(foreign)}


def usual(form: FoundForm) -> dict[str, Sequence[str]]:
    return {name: said(*values) for name, values in form.fields().items()}


def must_be_refused(what: str, control: Control | None) -> bool:
    """Whether no field of this kind may take this."""
    if control is None:
        return False
    if what == "a stranger's":
        return control.kind in CHOSEN
    many = len(control.options) > 1
    if what == "letters":
        return control.numeric or control.kind == "email" or (control.kind in CHOSEN and many)
    return what in UNTAKEN and (control.kind in TYPED or (control.kind in CHOSEN and many))


def troubles(visit: Visit, form: FoundForm, *, whole: bool) -> Iterator[str]:
    for what, name, fields in tries(visit, form, whole=whole):
        answer = visit.ask("POST", form.url, *visit.encoded(form, fields))
        tried = f"{form}, {what} in {name or 'every field'}"
        if trouble := failure(answer):
            yield f"{tried}: {trouble}"
            continue
        if must_be_refused(what, form.controls.get(name)) and is_taken(answer):
            yield f"{tried}: it is taken"
        found = complaints(answer, form, fields, name)
        if found and what not in UNTAKEN and (form.route, name) in MARKED_INSTEAD:
            found = complaints(answer, form, fields, MARKED_INSTEAD[form.route, name])
        for trouble in found:
            yield f"{tried}: {trouble}"


def forms_refuse_calmly(visit: Visit, *, whole: bool = False) -> Iterator[str]:
    """A form takes what a person types, and refuses the rest calmly."""
    guarded = client_of(visit.world, None, enforce_csrf_checks=True)
    for form in visit.forms():
        if form.route not in UNSENDABLE:
            answer = visit.ask("POST", form.url, *visit.encoded(form, usual(form)))
            if not is_taken(answer):
                # Whatever else it refuses tells nothing.
                yield f"{form}, as it stands: {failure(answer) or complained(answer)}"
                continue
        yield from troubles(visit, form, whole=whole)
        guarded.cookies = visit.client.cookies
        answer = guarded.post(form.url, form.fields())
        if answer.status_code != 403 or SAID_WITHOUT_TOKEN not in answer.content.decode():
            yield f"{form}, without its token: {answer.status_code}"


@pytest.mark.audit
@pytest.mark.parametrize("route", PAGES, ids=str)
def test_every_field_takes_what_a_person_types_and_refuses_the_rest_calmly(route: Route, world: World):
    wrong = list(forms_refuse_calmly(Visit(world, route), whole=True))
    assert not wrong, "\n".join(wrong)


def complained(answer: HttpResponse) -> str:
    return f"{answer.status_code} {sentences(parse(answer)) if is_page(answer) else ''}"


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
