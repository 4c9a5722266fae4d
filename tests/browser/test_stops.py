"""Each thing that may be wrong with a stop of the keyboard is found where it was made."""

from django.urls import reverse

from tests.browser.conftest import OpenAs
from tests.browser.stops import at_each_stop

STYLE = "{const sheet = new CSSStyleSheet(); sheet.replaceSync('%s'); document.adoptedStyleSheets = [sheet];}"
STAYS = "const stays = event => { if (event.key === 'Tab') event.preventDefault(); };"
SPOILT = {
    "keeps the focus": STAYS + "document.querySelector('main a').addEventListener('keydown', stays);",
    "does not show the focus": STYLE % "main * {outline: 0 !important; box-shadow: none !important}",
    "is out of sight": "document.body.append(document.createElement('hr'));"
    + STYLE % "body > hr {position: fixed; inset: 30vh 0 0; opacity: 1; background: red; z-index: 99}",
    "has no name": "document.querySelector('main').append(document.createElement('button'));",
    "comes after": STYLE % "main form {display: flex; flex-direction: column-reverse}",
    "is passed by": "const last = [...document.querySelectorAll('footer button')].at(-1);"
    "document.querySelector('main button').addEventListener('focus', () => last.focus());",
}


def test_what_is_spoilt_is_found(open_as: OpenAs):
    page = open_as()
    page.emulate_media(reduced_motion="reduce")
    found = {}
    for fault, script in {"": "", **SPOILT}.items():
        page.goto(reverse("account_login"))
        page.evaluate(f"() => {{{script}}}")
        found[fault] = at_each_stop(page)
    assert found.pop("") == []
    assert [fault for fault, told in found.items() if not any(fault in one for one in told)] == []
