"""The tour of the README, walked to the letter in the large demo: nothing here says what it claims.

A paragraph names an account in `code` and then, in bold, what is done from the desk on: "open" follows a
link of that name, "press" wants a button or a link of it, and "see" wants the words on the page.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client

from reintegration.accounts.models import User
from reintegration.core import demo
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from tests.cast import sign_in

pytestmark = [pytest.mark.audit, pytest.mark.usefixtures("large")]

README: Final = Path(__file__).resolve().parents[2] / "README.md"
TOUR: Final = re.compile(r"^## A tour\n(.*?)^## ", re.DOTALL | re.MULTILINE)
ACCOUNT: Final = re.compile(r"`(\S+@\S+\.example)`")
STEP: Final = re.compile(r"\b(open|see|press|and|or) \*\*(.+?)\*\*|\*\*(.+?)\*\*", re.IGNORECASE)
LINK: Final = re.compile(r'<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
BUTTON: Final = re.compile(r"<button\b[^>]*>(.*?)</button>", re.DOTALL)
MAIN: Final = re.compile(r"<main\b.*?</main>", re.DOTALL)


@dataclass(frozen=True)
class Paragraph:
    email: str
    text: str

    def steps(self) -> Iterator[tuple[str, str]]:
        """Verb and name; what follows without a verb of its own keeps the one before."""
        verb = ""
        for said, name, bare in STEP.findall(self.text):
            verb = said.lower() if said and said.lower() not in {"and", "or"} else verb
            yield verb, name or bare


def paragraphs() -> list[Paragraph]:
    found = TOUR.search(README.read_text(encoding="utf-8"))
    assert found, "The README has no tour."
    made = []
    for text in found[1].split("\n"):
        account = ACCOUNT.search(text)
        if account and text.startswith("- "):
            made.append(Paragraph(account[1], text[account.end() :]))
    return made


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


class Visit:
    """Somebody at a page."""

    def __init__(self, email: str) -> None:
        self.client = Client()
        sign_in(self.client, User.objects.get(email=email))
        self.go("/")

    def go(self, url: str) -> None:
        page: Any = self.client.get(url, follow=True)
        assert page.status_code == 200, url
        self.page = re.sub(r"<svg\b.*?</svg>", "", page.text, flags=re.DOTALL)

    def take(self, verb: str, name: str) -> None:
        """Do what the tour says; places of the navigation go after what is on the page itself."""
        found = MAIN.search(self.page)
        assert found, self.page[:600]
        main = found[0]
        if verb == "see":
            assert name in words(main), f"„{name}” is not on the page: {words(main)[:600]}"
            return
        links = [(url, words(label)) for part in (main, self.page) for url, label in LINK.findall(part)]
        wanted = [url for url, label in links if label == name]
        wanted += [url for url, label in links if label.startswith(f"{name} ")]
        if verb == "press":
            buttons = [words(label) for label in BUTTON.findall(main)]
            assert wanted or name in buttons, (
                f"No button „{name}”: {buttons}, {[label for _, label in links]}"
            )
            return
        assert verb == "open", f"What is done with „{name}”?"
        assert wanted, f"No link „{name}”: {sorted({label for _, label in links})}"
        self.go(html.unescape(wanted[0]))


@pytest.mark.parametrize("told", paragraphs(), ids=lambda told: told.email)
def test_the_tour_works_to_the_letter(told: Paragraph):
    steps = list(told.steps())
    assert len(steps) >= 3, told.text
    visit = Visit(told.email)
    for verb, name in steps:
        visit.take(verb, name)


def test_the_tour_goes_through_every_role():
    emails = [told.email for told in paragraphs()]
    assert set(emails) <= {account.email for account in demo.accounts()}
    held = Membership.objects.filter(user__email__in=emails).order_by("pk").values_list("role", flat=True)
    assert set(held) == set(Role)
