"""Pages as a visitor gets them: their forms, the fields, and what a person would plausibly type."""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core import mail
from django.db import transaction
from django.test import Client, TestCase
from django.urls import resolve, reverse
from lxml import html

from reintegration.accounts import mails
from reintegration.accounts.models import HeldForm
from reintegration.core import clock
from reintegration.tenancy.actions import Audience
from tests.accounts.helpers import give_password, link_in, with_app
from tests.cast import PEOPLE, TWINS, World, sign_in
from tests.walls.routes import ROWS, Route, routes

PAGES = [route for route in routes() if "GET" in route.actions and not route.for_programs]
# Open to everybody, and of use to who is signed in.
FOR_MEMBERS = {"account_logout"}
FRAME_PAGE = "notices:desk"
URLENCODED = "application/x-www-form-urlencoded"
TOKEN = "csrfmiddlewaretoken"
PLAUSIBLE = {"email": "kalina@nowymost.example", "password": "Siedem gwizdów nad Wisłą"}
# HTML knows no control characters; a parser may stop at one.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def visitor(route: Route) -> str | None:
    """Who opens this address: nobody in particular, or the first of the cast who may."""
    action = route.actions["GET"]
    if action.audience is Audience.PUBLIC:
        return "ewa" if route.name in FOR_MEMBERS else None
    return next(person for person in TWINS if action.allows({PEOPLE[person][3]}))


def address(route: Route, world: World, person: str | None) -> str:
    if not route.arguments:
        return route.address({})
    person = person or "ewa"
    with world.scope(PEOPLE[person][2], person):
        return route.address(ROWS[route.name].make(world, "Przykład"))


def client_of(world: World, person: str | None, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    if person is not None:
        sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


# Pages that show their form only to somebody who has come a certain way.


def invited(world: World, client: Client) -> str:
    sender = client_of(world, "ewa")
    data = {"email": "nowa@nowymost.example", "roles": ["instructor"], "since": "1.1.2026", "until": ""}
    client.get(mailed(lambda: sender.post(reverse("accounts:invite"), data)))
    return reverse("accounts:accept")


def forgetful(world: World, client: Client) -> str:
    data = {"email": world.people["ewa"].email}
    client.get(mailed(lambda: client.post(reverse("account_reset_password"), data)))
    return reverse("accounts:new_password")


def half_way_in(world: World, client: Client) -> str:
    give_password(client, with_app(world.people["ewa"]))
    return reverse("mfa_authenticate")


def with_a_waiting_form(world: World, client: Client) -> str:
    with world.scope("cis", "ewa"):
        held = HeldForm.objects.create(
            user=world.people["ewa"],
            path=reverse("accounts:edit_name"),
            content={"fields": [["first_name", "Ewa"]], "files": []},
            created_at=clock.now(),
        )
    return reverse("accounts:resume", args=[held.pk])


def mailed(ask: Callable[[], Any]) -> str:
    """Ask, and open the link of the mail that comes for it."""
    usual = mails.installed()
    mails.deliver_by(mails.directly)
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):
            ask()
    finally:
        mails.deliver_by(usual)
    return link_in(mail.outbox[-1])


WAYS: dict[str, Callable[[World, Client], str]] = {
    "accounts:accept": invited,
    "accounts:new_password": forgetful,
    "accounts:resume": with_a_waiting_form,
    "mfa_authenticate": half_way_in,
}


def parse(answer: Any) -> Any:
    text = answer.content.decode()
    return html.document_fromstring(_UNREADABLE.sub("\ufffd", text) or "<html></html>")


def is_page(answer: Any) -> bool:
    return not answer.streaming and answer.get("Content-Type", "").startswith("text/html")


@dataclass
class Control:
    name: str
    kind: str
    value: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)


@dataclass
class FoundForm:
    url: str
    controls: dict[str, Control]
    files: bool

    @property
    def route(self) -> str:
        return resolve(urlsplit(self.url).path).view_name

    def fields(self) -> dict[str, list[str]]:
        """What a person in a hurry sends; whatever the controls ask for is there."""
        return {name: control.value for name, control in self.controls.items()}

    def __str__(self) -> str:
        return self.route


def forms_of(page: Any, url: str, *, method: str = "post") -> list[FoundForm]:
    """The forms of a page; those of the frame are found on one page only."""
    frame = resolve(urlsplit(url).path).view_name == FRAME_PAGE
    inside = page if frame else next(iter(page.xpath("//main")), page)
    found = []
    for form in inside.iter("form"):
        if (form.get("method") or "get").lower() == method:
            controls = read_controls(form)
            found.append(
                FoundForm(
                    urljoin(url, form.get("action") or ""),
                    controls,
                    any(control.kind == "file" for control in controls.values()),
                )
            )
    return found


def read_controls(form: Any) -> dict[str, Control]:
    found: dict[str, Control] = {}
    own = list(form.iter("input", "select", "textarea", "button"))
    if form.get("id"):
        own += form.getroottree().xpath("//*[@form=$id]", id=form.get("id"))
    for tag in own:
        name = tag.get("name")
        kind = tag.get("type", "text").lower() if tag.tag == "input" else tag.tag
        if not name or name == TOKEN or tag.get("disabled") is not None:
            continue
        control = found.setdefault(name, Control(name, kind))
        if tag.tag == "select":
            control.options = [one.get("value", "") for one in tag.iter("option")]
            control.value = [next((one for one in control.options if one), "")]
        elif kind in {"radio", "checkbox"}:
            control.options.append(tag.get("value", "on"))
            if kind == "radio" or not control.value:
                control.value = [next((one for one in control.options if one), "")]
        elif tag.get("readonly") is not None:
            control.kind, control.value = "readonly", [tag.get("value", "")]
        elif kind in {"hidden", "submit", "button"}:
            control.value = (
                [*control.value, tag.get("value", "")] if kind == "hidden" else [tag.get("value", "")]
            )
        elif kind != "file":
            control.value = [tag.value if tag.tag == "textarea" else tag.get("value", "")]
            control.value = [control.value[0] or plausible(form, tag, kind)]
    return found


def plausible(form: Any, tag: Any, kind: str) -> str:
    """What the hint gives for an example, or what the kind of the field asks for."""
    for key in (tag.get("aria-describedby") or "").split():
        for hint in form.xpath(".//*[@id=$key]", key=key):
            if kind != "password" and (found := re.search(r"na przykład ([\w.,-]*\w)", hint.text_content())):
                return found[1]
    if kind in PLAUSIBLE:
        return PLAUSIBLE[kind]
    return "12" if tag.get("inputmode") == "numeric" else "Kalina"


class Visit:
    """A visitor on a page. Whatever is sent from here is taken back, so that each try finds the same."""

    def __init__(self, world: World, route: Route) -> None:
        person = visitor(route)
        self.client = client_of(world, person)
        if route.name in WAYS:
            self.url = WAYS[route.name](world, self.client)
        else:
            self.url = address(route, world, person)
        self.answer = self.client.get(self.url)
        self.cookies = copy.deepcopy(self.client.cookies)

    def forms(self, method: str = "post") -> list[FoundForm]:
        if self.answer.status_code != 200 or not is_page(self.answer):
            return []
        return forms_of(parse(self.answer), self.url, method=method)

    def ask(self, method: str, url: str, body: bytes = b"", kind: str = "", *, query: str = "") -> Any:
        self.client.cookies = copy.deepcopy(self.cookies)
        attempt = transaction.atomic()
        # As the transaction of a test case: what says it is the outermost may stand in it.
        attempt._from_testcase = True
        with attempt:
            environment = {"QUERY_STRING": query} if query else {}
            answer = self.client.generic(method, url, body, kind or URLENCODED, **environment)
            if answer.streaming:
                answer.close()
            transaction.set_rollback(True)
        return answer
