"""The bases of forms and confirmations: drafts, errors, two presses, two people."""

import threading
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.db import connections
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from reintegration.core.errors import InputError
from reintegration.core.form_fields import PolishDateField, TextField
from reintegration.core.forms import Form
from reintegration.core.ids import uuid7
from reintegration.core.views import BulkPage, ConfirmPage, FormPage
from reintegration.shell.models import FormDraft
from reintegration.shell.services import save_draft
from reintegration.tenancy.models import Site
from tests.cast import World, known_world


class SiteForm(Form):
    name = TextField(label="Nazwa", max_length=80)
    town = TextField(label="Miejscowość", max_length=80)
    opened_on = PolishDateField(label="Czynne od")


class SitePage(FormPage):
    title = "Nowe miejsce"
    form_class = SiteForm
    drafts = True
    back_url = "/miejsca/"

    def save(self, form: Any) -> Site:
        if form.cleaned_data["town"] == "Nigdzie":
            raise InputError("Takiej miejscowości nie ma.")
        site = Site(street="Wierzbowa 1", postcode="20-001", **form.cleaned_data)
        site.full_clean()
        site.save()
        return site

    def next_url(self, result: Site) -> str:
        return f"/miejsca/{result.pk}/"


class SiteEdit(FormPage):
    title = "Miejsce"
    form_class = SiteForm
    back_url = "/miejsca/"

    def object(self, *, lock: bool) -> Site:
        rows = Site.objects.select_for_update(of=("self",)) if lock else Site.objects.all()
        return rows.get(pk=self.kwargs["pk"])

    def initial(self) -> Any:
        return {name: getattr(self.found, name) for name in ("name", "town", "opened_on")}

    def save(self, form: Any) -> Site:
        for name, value in form.cleaned_data.items():
            setattr(self.found, name, value)
        self.found.save()
        return self.found

    def changed_by(self) -> str:
        return "Tomasz Klon, dziś, 10:42"


class SiteClose(ConfirmPage):
    title = "Zamknąć miejsce?"
    verb = "Zamknij miejsce"
    danger = True
    back_url = "/miejsca/"

    def object(self, *, lock: bool) -> Site:
        return Site.objects.get(pk=self.kwargs["pk"])

    def text(self) -> str:
        return f"{self.found.name}: zajęć nie będzie od jutra."

    def perform(self) -> str:
        if self.found.closed_on:
            raise InputError("To miejsce jest już zamknięte.")
        self.found.closed_on = date(2026, 11, 20)
        self.found.save()
        return "/miejsca/"


class SitesClose(BulkPage):
    back_url = "/miejsca/"

    def objects(self, ids: Any) -> Any:
        return Site.objects.filter(pk__in=ids).order_by("name")

    def perform_one(self, obj: Site) -> None:
        if obj.town == "Nigdzie":
            raise InputError("nie wiadomo, gdzie jest.")
        obj.closed_on = date(2026, 11, 20)
        obj.save()


VALUES = {"name": "Kuchnia", "town": "Modrzewno", "opened_on": "1.3.26"}


def ask(view: Any, method: str, data: Any = None, *, user: Any, **kwargs: Any) -> HttpResponse:
    headers = kwargs.pop("headers", {})
    request: Any = getattr(RequestFactory(), method)("/miejsca/nowe/", data, headers=headers)
    request.user = user
    request.principal = None
    request.may = lambda action: False
    request._messages = CookieStorage(request)
    response: HttpResponse = view.as_view()(request, **kwargs)
    response.toasts = [str(message) for message in request._messages]  # type: ignore[attr-defined]
    return response


def hidden(response: HttpResponse, name: str) -> str:
    return response.content.decode().split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


@pytest.fixture
def ewa(world: World) -> Any:
    with world.scope("cis", "ewa"):
        yield world.people["ewa"]


@pytest.fixture
def kitchen(ewa: Any) -> Site:
    return Site.objects.create(
        name="Kuchnia", town="Modrzewno", street="Wierzbowa 1", postcode="20-001", opened_on=date(2026, 3, 1)
    )


def test_a_saved_form_leads_on_and_says_so(ewa: Any):
    response = ask(SitePage, "post", VALUES, user=ewa)
    site = Site.objects.get()
    assert (site.name, site.opened_on) == ("Kuchnia", date(2026, 3, 1))
    assert response.status_code == 302
    assert response["Location"] == f"/miejsca/{site.pk}/"
    assert response.toasts == ["Zapisano."]


def test_whoever_does_not_want_to_save_has_a_way_out(ewa: Any):
    class BelowAList(SitePage):
        back_url = ""

        def crumbs(self) -> Any:
            return [("Ustawienia", "/ustawienia/"), ("Miejsca", "/miejsca/lista/"), ("Nowe", "")]

    for view, leads_to in ((SitePage, "/miejsca/"), (BelowAList, "/miejsca/lista/")):
        page = ask(view, "get", user=ewa).content.decode()
        assert f'<a class="btn btn-quiet" href="{leads_to}">Anuluj</a>' in page


def test_errors_come_back_as_422_with_everything_that_was_typed(ewa: Any):
    response = ask(SitePage, "post", {"name": "Kuchnia", "town": "", "opened_on": "31.2.2026"}, user=ewa)
    text = response.content.decode()
    assert response.status_code == 422
    assert "<title>Błąd: Nowe miejsce" in text
    assert "Popraw 2 pola" in text
    assert 'value="Kuchnia"' in text
    assert 'value="31.2.2026"' in text
    assert not Site.objects.exists()


def test_what_the_service_refuses_comes_back_with_the_form(ewa: Any):
    response = ask(SitePage, "post", {**VALUES, "town": "Nigdzie"}, user=ewa)
    assert response.status_code == 422
    assert "Takiej miejscowości nie ma." in response.content.decode()


def test_what_the_model_refuses_comes_back_at_its_field(kitchen: Site, ewa: Any):
    class Refusing(SitePage):
        def save(self, form: Any) -> Site:
            raise ValidationError({"town": "Za daleko.", "postcode": "Nie ma takiego kodu."})

    text = ask(Refusing, "post", VALUES, user=ewa).content.decode()
    assert 'href="#id_town">Miejscowość: za daleko.' in text
    assert "Nie ma takiego kodu." in text


def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(kitchen: Site, ewa: Any):
    class Careless(SitePage):
        def save(self, form: Any) -> Site:
            return Site.objects.create(street="Wierzbowa 1", postcode="20-001", **form.cleaned_data)

    response = ask(Careless, "post", VALUES, user=ewa)
    assert response.status_code == 422
    assert "Ktoś właśnie zapisał to samo." in response.content.decode()


def test_the_same_form_sent_twice_works_once(ewa: Any):
    token = hidden(ask(SitePage, "get", user=ewa), "submission")
    answers = [ask(SitePage, "post", {**VALUES, "submission": token}, user=ewa) for _ in range(2)]
    assert Site.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"] == f"/miejsca/{Site.objects.get().pk}/"


def test_a_refused_form_can_be_sent_again(ewa: Any):
    first = ask(SitePage, "post", {**VALUES, "town": "Nigdzie", "submission": "a" * 32}, user=ewa)
    token = hidden(first, "submission")
    assert token != "a" * 32
    assert ask(SitePage, "post", {**VALUES, "submission": token}, user=ewa).status_code == 302


@pytest.mark.parametrize("token", ["", "x" * 500, "<b>", "\x00", "ąę"])
def test_a_token_that_nobody_gave_breaks_nothing(ewa: Any, token: str):
    assert ask(SitePage, "post", {**VALUES, "submission": token}, user=ewa).status_code == 302


def test_a_draft_waits_at_its_address_and_goes_when_the_form_is_saved(ewa: Any):
    typed = QueryDict("name=Kuchnia&town=&opened_on=1.3&csrfmiddlewaretoken=x&password=tajne")
    save_draft(user_id=ewa.pk, path="/miejsca/nowe/", data=typed)
    assert set(FormDraft.objects.get().data) == {"name", "town", "opened_on"}
    text = ask(SitePage, "get", user=ewa).content.decode()
    assert "To Twój szkic." in text
    assert 'value="Kuchnia"' in text
    assert 'value="1.3"' in text
    assert "Popraw" not in text
    ask(SitePage, "post", VALUES, user=ewa)
    assert not FormDraft.objects.exists()


def test_nobody_else_sees_a_draft(ewa: Any, world: World):
    save_draft(user_id=ewa.pk, path="/miejsca/nowe/", data=QueryDict("name=Kuchnia"))
    assert "Kuchnia" not in ask(SitePage, "get", user=world.people["anna"]).content.decode()


def test_a_draft_holds_no_plain_text_in_the_database(ewa: Any):
    save_draft(user_id=ewa.pk, path="/miejsca/nowe/", data=QueryDict("name=Kuchnia"))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT data FROM shell_formdraft")
        assert b"Kuchnia" not in bytes(cursor.fetchone()[0])


def test_of_two_people_the_second_sees_both_entries_and_chooses(kitchen: Site, ewa: Any):
    version = hidden(ask(SiteEdit, "get", user=ewa, pk=kitchen.pk), "version")
    Site.objects.filter(pk=kitchen.pk).update(town="Jodłów")
    mine = {**VALUES, "town": "Cisownik", "version": version}
    conflict = ask(SiteEdit, "post", mine, user=ewa, pk=kitchen.pk)
    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Jodłów" in text
    assert "Cisownik" in text
    assert "Tomasz Klon, dziś, 10:42" in text
    kitchen.refresh_from_db()
    assert kitchen.town == "Jodłów"
    again = {**mine, "version": hidden(conflict, "version")}
    assert ask(SiteEdit, "post", again, user=ewa, pk=kitchen.pk).status_code == 302
    kitchen.refresh_from_db()
    assert kitchen.town == "Cisownik"


def test_an_unchanged_record_is_saved_without_a_question(kitchen: Site, ewa: Any):
    version = hidden(ask(SiteEdit, "get", user=ewa, pk=kitchen.pk), "version")
    answer = ask(SiteEdit, "post", {**VALUES, "town": "Jodłów", "version": version}, user=ewa, pk=kitchen.pk)
    assert answer.status_code == 302


def test_a_confirmation_repeats_the_verb_and_works_once(kitchen: Site, ewa: Any):
    question = ask(SiteClose, "get", user=ewa, pk=kitchen.pk)
    assert ">Zamknij miejsce</button>" in question.content.decode()
    assert "<html" in question.content.decode()
    token = hidden(question, "submission")
    for _ in range(2):
        answer = ask(SiteClose, "post", {"submission": token}, user=ewa, pk=kitchen.pk)
        assert answer["Location"] == "/miejsca/"
    refused = ask(SiteClose, "post", {}, user=ewa, pk=kitchen.pk)
    assert refused.status_code == 422
    assert "To miejsce jest już zamknięte." in refused.content.decode()


def test_a_confirmation_in_a_dialog_is_the_box_alone(kitchen: Site, ewa: Any):
    box = ask(SiteClose, "get", user=ewa, pk=kitchen.pk, headers={"HX-Request": "true"}).content.decode()
    assert box.startswith('<h1 id="dialog-h">')


def test_htmx_is_sent_on_by_a_header(ewa: Any):
    answer = ask(SitePage, "post", VALUES, user=ewa, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/miejsca/")


def test_a_bulk_action_names_what_it_left_out(kitchen: Site, ewa: Any, world: World):
    lost = Site.objects.create(
        name="Barak", town="Nigdzie", street="x", postcode="20-001", opened_on=date(2026, 3, 1)
    )
    ids = [str(kitchen.pk), str(lost.pk), "nie-id", "\x00", str(UUID(int=5))]
    answer = ask(SitesClose, "post", {"ids": ids}, user=ewa)
    assert answer.toasts == ["Zrobione: 1.", f"{lost}: nie wiadomo, gdzie jest."]
    assert ask(SitesClose, "post", {}, user=ewa).toasts == ["Zaznacz przynajmniej jeden wiersz."]


class Numbered(SitePage):
    """Makes a row with a name of its own, so that nothing but the token stands against a double."""

    def save(self, form: Any) -> Site:
        name = f"{form.cleaned_data['name']} {uuid7()}"
        return Site.objects.create(
            name=name, town="Modrzewno", street="Wierzbowa 1", postcode="20-001", opened_on=date(2026, 3, 1)
        )


def press_at_once(times: int, submission: str) -> tuple[int, set[str]]:
    """How many rows so many presses at the same instant make, and where they lead."""
    world = known_world()
    start = threading.Barrier(times)
    locations: list[str] = []

    def press() -> None:
        try:
            start.wait(timeout=10)
            with world.scope("cis", "ewa"):
                data = {**VALUES, "submission": submission}
                locations.append(ask(Numbered, "post", data, user=world.people["ewa"])["Location"])
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=press) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(locations) == times
    with world.scope("cis", "ewa"):
        return Site.objects.count(), set(locations)


def test_presses_at_once_make_one_row_and_lead_to_it(committed_db: str):
    rows, locations = press_at_once(4, "b" * 32)
    assert rows == 1
    assert len(locations) == 1


def test_without_the_token_each_press_would_make_a_row(committed_db: str):
    rows, _ = press_at_once(4, "")
    assert rows == 4
