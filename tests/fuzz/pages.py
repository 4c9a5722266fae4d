"""Pages as a visitor gets them: their forms, the fields, and the rows that the fields offer."""

import copy
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes, urljoin, urlsplit
from uuid import UUID

from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import resolve
from lxml import html
from PIL import Image
from pypdf import PdfWriter

from reintegration.documents.form_fields import ReadFileField
from reintegration.tenancy.actions import Audience
from tests.cast import PEOPLE, TWINS, World
from tests.fuzz.payloads import body
from tests.fuzz.typed import TYPED, WELL_FORMED, plausible
from tests.fuzz.ways import FOR_MEMBERS, WAYS, client_of
from tests.fuzz.ways_answers import bank_answer
from tests.fuzz.ways_ipzs_opening import TABLES as OPENING_TABLES
from tests.fuzz.ways_reporting import FOR_CLUBS
from tests.fuzz.ways_reporting import TABLES as REGISTER_TABLES
from tests.fuzz.ways_season import TABLES as PAPER_TABLES
from tests.reporting.layouts_made import content as layout_content
from tests.specimens import specimen
from tests.walls.routes import ROWS, Route, routes

PAGES = [route for route in routes() if "GET" in route.actions and not route.for_programs]
FRAME_PAGE = "notices:desk"
TABLES = {**OPENING_TABLES, **REGISTER_TABLES, **PAPER_TABLES}
URLENCODED = "application/x-www-form-urlencoded"
TOKEN = "csrfmiddlewaretoken"
# What the pages themselves carry; a person types nothing there.
OWN = {"submission", "version"}
UNTYPED = {"hidden", "submit", "button", "readonly", "file"}
# HTML knows no control characters; a parser may stop at one.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def visitor(route: Route) -> str | None:
    """Who opens this address: nobody in particular, or the first of the cast who may."""
    action = route.actions["GET"]
    if action.audience is Audience.PUBLIC:
        return FOR_MEMBERS.get(route.name)
    if route.name in FOR_CLUBS:
        return "bozena"
    return next(person for person in TWINS if action.allows({PEOPLE[person][3]}))


def address(route: Route, world: World, person: str | None) -> str:
    if not route.arguments:
        return route.address({})
    person = person or "ewa"
    with world.scope(PEOPLE[person][2], person):
        return route.address(ROWS[route.name].make(world, "Przykład"))


def parse(answer: Any) -> Any:
    text = answer.content.decode()
    return html.document_fromstring(_UNREADABLE.sub("\ufffd", text).strip() or "<html></html>")


def is_page(answer: Any) -> bool:
    return not answer.streaming and answer.get("Content-Type", "").startswith("text/html")


@dataclass
class Control:
    name: str
    kind: str
    value: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    numeric: bool = False
    # What an answer would send again as it stands.
    state: list[str] = field(default_factory=list)


@dataclass
class FoundForm:
    url: str
    controls: dict[str, Control]
    files: bool

    @property
    def route(self) -> str:
        return resolve(urlsplit(self.url).path).view_name

    @property
    def is_typed(self) -> bool:
        """Whether a person fills anything in; the rest are buttons."""
        return any(control.kind not in UNTYPED - {"file"} for control in self.controls.values())

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
            fill_in(found[-1], page)
    return found


def fill_in(form: FoundForm, page: Any) -> None:
    for name, typed in TYPED.get(form.route, {}).items():
        if name in form.controls:
            form.controls[name].value = list(typed(page) if callable(typed) else typed)


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
        control.numeric = tag.get("inputmode") in {"numeric", "decimal"}
        if tag.tag == "select":
            control.options = [one.get("value", "") for one in tag.iter("option")]
            selected = [one for one in tag.iter("option") if one.get("selected") is not None]
            control.state = [one.get("value", "") for one in selected] or control.options[:1]
            control.value = [next((one for one in control.options if one), "")]
        elif kind in {"radio", "checkbox"}:
            control.options.append(tag.get("value", "on"))
            if tag.get("checked") is not None:
                control.state.append(tag.get("value", "on"))
            if kind == "radio" or not control.value:
                control.value = [next((one for one in control.options if one), "")]
        elif tag.get("readonly") is not None:
            control.kind, control.value = "readonly", [tag.get("value", "")]
        elif kind in {"hidden", "submit", "button"}:
            control.value = (
                [*control.value, tag.get("value", "")] if kind == "hidden" else [tag.get("value", "")]
            )
            control.state = control.value
        elif kind != "file":
            # A line break after the tag of a long text is the parser's to drop.
            text = (tag.text or "").removeprefix("\n") if tag.tag == "textarea" else tag.get("value", "")
            control.state = [text]
            control.value = [
                WELL_FORMED[name]() if name in WELL_FORMED else text or plausible(form, tag, kind)
            ]
    return found


def bound_fields(answer: Any) -> Iterator[tuple[str, Any]]:
    """(name in the body, field) of every form that the page was drawn with."""
    seen = set()
    for context in answer.context or ():
        for one in context if isinstance(context, list) else [context]:
            for values in getattr(one, "dicts", ()):
                for value in values.values():
                    if isinstance(value, forms.BaseForm) and id(value) not in seen:
                        seen.add(id(value))
                        for name, inner in value.fields.items():
                            yield value.add_prefix(name), inner


def good_file(inner: Any) -> SimpleUploadedFile:
    """A file that the field takes."""
    if isinstance(inner, ReadFileField) and "json" in inner.widget.attrs.get("accept", ""):
        return SimpleUploadedFile("wzor.json", layout_content(), "application/json")
    if isinstance(inner, ReadFileField):
        return SimpleUploadedFile("wyciag.sta", bank_answer(), "text/plain")
    only = getattr(inner, "only", None)
    if only is not None and "text/plain" in only:
        return SimpleUploadedFile("dane.csv", TABLES[inner.kind](), "text/csv")
    content = io.BytesIO()
    if only is None or "application/pdf" in only:
        writer = PdfWriter()
        writer.add_blank_page(width=200, height=200)
        writer.write(content)
        return SimpleUploadedFile("pismo.pdf", content.getvalue(), "application/pdf")
    Image.new("RGB", (40, 40), "white").save(content, "PNG")
    return SimpleUploadedFile("znak.png", content.getvalue(), "image/png")


class Visit:
    """A visitor on a page. Whatever is sent from here is taken back, so that each try finds the same."""

    def __init__(self, world: World, route: Route) -> None:
        self.world = world
        self.route = route
        self.person = visitor(route)
        self.client = client_of(world, self.person)
        if route.name in WAYS:
            self.url = WAYS[route.name](world, self.client)
        else:
            self.url = address(route, world, self.person)
        self.answer = self.client.get(self.url)
        if self._offer_rows():
            self.answer = self.client.get(self.url)
        self.cookies = copy.deepcopy(self.client.cookies)

    def _offer_rows(self) -> bool:
        """Make a row for each field that has none to choose from."""
        made = False
        for _, inner in bound_fields(self.answer):
            asked = getattr(getattr(inner, "queryset", None), "model", None)
            if hasattr(asked, "tenant_field") and not inner.queryset.exists():
                with self.scope():
                    specimen(asked, self.world, "Przykład")
                made = True
        return made

    def scope(self) -> Any:
        person = self.person or "ewa"
        return self.world.scope(PEOPLE[person][2], person)

    def forms(self, method: str = "post") -> list[FoundForm]:
        if self.answer.status_code != 200 or not is_page(self.answer):
            return []
        return forms_of(parse(self.answer), self.url, method=method)

    def asks_for(self, control: Control) -> type[models.Model] | None:
        """The model whose row a field asks for."""
        for name, inner in bound_fields(self.answer):
            if name == control.name and isinstance(inner, forms.ModelChoiceField):
                return inner.queryset.model
        for value in [*control.options, *control.value]:
            try:
                key = UUID(value)
            except ValueError:
                continue
            with self.scope():
                for model in apps.get_models():
                    if isinstance(model._meta.pk, models.UUIDField) and (
                        getattr(model, "objects", model._default_manager).filter(pk=key).exists()
                    ):
                        return model
        return None

    def foreign(self, control: Control) -> str | None:
        """The key of a row of the kind that a field asks for, which belongs to somebody else."""
        model = self.asks_for(control)
        if model is None:
            return None
        twin = TWINS.get(self.person or "ewa", "")
        label = model._meta.label
        if label == "accounts.User":
            return str(self.world.people[twin].pk)
        place = self.world.organisation_of(twin)
        if PEOPLE[twin][2] == PEOPLE[self.person or "ewa"][2]:
            return None
        if label in {"tenancy.Organisation", "tenancy.Unit"}:
            # A choice may hold organisations that are not the visitor's: another unit of the same founder.
            others = [place, *self.world.organisations.values()]
            return next((str(one.pk) for one in others if str(one.pk) not in control.options), None)
        if not hasattr(model, "tenant_field"):
            return None
        with self.world.scope(PEOPLE[twin][2], twin):
            return str(specimen(model, self.world, "Cudze").pk)

    def encoded(
        self, form: FoundForm, fields: dict[str, Sequence[str]], **files: SimpleUploadedFile
    ) -> tuple[bytes, str]:
        """The body of a post, and its kind; a good file goes where one is asked for."""
        sent = dict(files)
        if form.files:
            for name, inner in bound_fields(self.answer):
                if isinstance(inner, forms.FileField) and inner.required and name in form.controls:
                    sent.setdefault(name, good_file(inner))
        if not sent:
            return body(fields), URLENCODED
        read = {
            name: [unquote_to_bytes(value.replace("+", " ")).decode(errors="replace") for value in values]
            for name, values in fields.items()
            if name not in sent
        }
        return encode_multipart(BOUNDARY, {**read, **sent}), MULTIPART_CONTENT

    @staticmethod
    @contextmanager
    def taken_back() -> Iterator[None]:
        attempt = transaction.atomic()
        # As the transaction of a test case: what says it is the outermost may stand in it.
        attempt._from_testcase = True
        with attempt:
            yield
            transaction.set_rollback(True)

    def ask(self, method: str, url: str, sent: bytes = b"", kind: str = "", *, query: str = "") -> Any:
        with self.taken_back():
            return self.send(method, url, sent, kind, query=query)

    def send(self, method: str, url: str, sent: bytes = b"", kind: str = "", *, query: str = "") -> Any:
        """Send with the cookies of the page, so that a second sending is the very same."""
        self.client.cookies = copy.deepcopy(self.cookies)
        environment = {"QUERY_STRING": query} if query else {}
        answer = self.client.generic(method, url, sent, kind or URLENCODED, **environment)
        if answer.streaming:
            answer.close()
        return answer
