"""The frame: what it shows to whom, at what cost, and the pages of the shell itself."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reintegration.core import clock
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.shell import errors, nav
from reintegration.shell.context import Shell
from reintegration.shell.models import FormDraft, SubmissionKey
from reintegration.tenancy import navigation, prepared
from reintegration.tenancy.actions import Action, Audience
from reintegration.tenancy.enums import OrganisationKind, Role
from reintegration.tenancy.models import Site
from reintegration.tenancy.scope import current_scope
from tests.cast import PEOPLE, TWINS, World, sign_in


class Asking:
    """As much of a request as the navigation reads."""

    def __init__(self, world: World, person: str, path: str = "/") -> None:
        user = world.people[person]
        self.user = user
        self.path = path
        self.principal = user.principals[0]
        self.may = self.principal.may


def place(key: str, **values: Any) -> navigation.NavItem:
    action = Action(f"test.{key}.open", key, Audience.MEMBERS, frozenset({Role.MANAGER}), reauth=False)
    return nav.NavItem(
        **{"key": key, "label": key, "icon": "home", "url_name": "shell:help", "action": action} | values
    )


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> dict[str, navigation.NavItem]:
    items: dict[str, navigation.NavItem] = {}
    monkeypatch.setattr(navigation, "_items", items)
    monkeypatch.setattr(navigation, "_open", {})
    return items


def labels(groups: Sequence[nav.Group]) -> list[str]:
    return [found.label for group in groups for found in group.places]


def test_a_place_is_shown_to_whoever_may_open_it(world: World, places: Any):
    navigation.register(place("Ustawienia"))
    assert labels(nav.menu_of(Asking(world, "ewa")).groups) == ["Ustawienia"]
    assert labels(nav.menu_of(Asking(world, "tomasz")).groups) == []


def test_a_place_may_belong_to_one_kind_of_organisation(world: World, places: Any):
    navigation.register(place("Uczestnicy", kinds=frozenset({OrganisationKind.REFERRING_BODY})))
    assert labels(nav.menu_of(Asking(world, "ewa")).groups) == []


def test_the_place_with_the_longest_address_is_the_current_one(world: World, places: Any):
    navigation.register(place("Pomoc"))
    navigation.register(place("Wzorce", url_name="shell:patterns"))
    found = nav.menu_of(Asking(world, "ewa", "/wzorce/dalej/")).groups
    assert [one.label for one in found[0].places if one.current] == ["Wzorce"]


def test_a_place_is_the_current_one_on_pages_that_stand_behind_it(world: World, places: Any):
    navigation.register(place("Ustawienia", covers=lambda request: ["shell:patterns"]))
    behind = Asking(world, "ewa", "/wzorce/dalej/")
    assert [one.current for one in nav.menu_of(behind).groups[0].places] == [True]
    assert Shell(behind).hub == ("Ustawienia", "/pomoc/")
    assert Shell(Asking(world, "ewa", "/pomoc/")).hub is None
    navigation.register(place("Wzorce", url_name="shell:patterns"))
    found = nav.menu_of(behind).groups[0].places
    assert [one.label for one in found if one.current] == ["Wzorce"]
    assert Shell(behind).hub is None


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/programy/wersje/1/cele/", "Uczestnicy"),
        ("/diagnozy/1/", "Uczestnicy"),
        ("/osoby/1/", "Uczestnicy"),
        ("/osoby/podobne/", "Uczestnicy"),
        ("/praktyki/1/", "Uczestnicy"),
        ("/swiadczenia/wnioski/1/przyznaj/", "Uczestnicy"),
        ("/platnosci/1/", "Listy wypłat"),
        ("/swiadczenia/rozliczenia/1/", "Listy wypłat"),
        ("/wyrownania/", "Listy wypłat"),
    ],
)
def test_a_page_that_is_named_after_its_thing_marks_where_it_belongs(world: World, path: str, label: str):
    found = [place for group in nav.menu_of(Asking(world, "ewa", path)).groups for place in group.places]
    assert [one.label for one in found if one.current] == [label]


def test_breadcrumbs_begin_at_the_place_that_the_page_stands_behind():
    class Behind:
        hub = ("Ustawienia", "/ustawienia/")

    text = "{% trail pairs %}"
    known = [("Ustawienia", "/ustawienia/"), ("Dane", "")]
    for pairs, wanted in (
        ([], ["Ustawienia", "Prawo"]),
        ([("Dni", "")], ["Ustawienia", "Dni"]),
        (known, ["Ustawienia", "Dane"]),
    ):
        drawn = Template(text).render(Context({"shell": Behind(), "title": "Prawo", "pairs": pairs}))
        assert re.findall(r"<(?:a|span)[^>]*>([^<]+)</", drawn) == wanted


def test_everything_that_waits_is_counted_in_one_query(world: World, places: Any):
    for key in ("a", "b", "c"):
        navigation.register(place(key, count=lambda principal, today: Site.objects.filter(town="Modrzewno")))
    navigation.register(place("d", count=lambda principal, today: Site.objects.none()))
    with world.scope("cis", "ewa"):
        Site.objects.create(
            name="K", town="Modrzewno", street="W 1", postcode="20-001", opened_on="2026-03-01"
        )
        asking = Asking(world, "ewa")
        with CaptureQueriesContext(connection) as queries:
            found = nav.menu_of(asking).groups
    assert len(queries) == 1
    assert [one.count for one in found[0].places] == [1, 1, 1, 0]


def test_the_menu_counts_no_further_than_it_says(world: World, places: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nav, "MOST_COUNTED", 3)
    navigation.register(place("a", count=lambda principal, today: Site.objects.all()))
    with world.scope("cis", "ewa"):
        Site.objects.all().delete()
        for name, said in (("K", "1"), ("L", "2"), ("M", "2+"), ("N", "2+")):
            Site.objects.create(
                name=name, town="Modrzewno", street="W 1", postcode="20-001", opened_on="2026-03-01"
            )
            prepared.forget()
            menu = nav.menu_of(Asking(world, "ewa"))
            assert f'<span class="n">{said}<' in menu.text


def test_what_to_count_is_put_together_once_a_day_for_each_person(world: World, places: Any):
    made = []

    def counted(principal: Any, today: Any) -> Any:
        made.append((principal.user_id, current_scope().organisation_id, today))
        return Site.objects.all()

    navigation.register(place("a", count=counted))
    for key, person in (("cis", "ewa"), ("cis", "ewa"), ("cis", "anna"), ("other_cis", "ewa")):
        with world.scope(key, person):
            asking = Asking(world, "ewa")
            asking.principal = replace(asking.principal, user_id=world.people[person].pk)
            (group,) = nav.menu_of(asking).groups
            assert group.places[0].count == Site.objects.count()
    assert len(made) == len(set(made)) == 3


@pytest.mark.parametrize("person", TWINS)
def test_places_say_what_to_count_without_asking_anything(world: World, person: str):
    """What is put together once must not hold an answer of that moment."""
    asking = Asking(world, person)
    with world.scope(PEOPLE[person][2], person), CaptureQueriesContext(connection) as queries:
        prepared.forget()
        nav.menu_of(asking)
    assert len(queries) <= 1


def test_a_mistake_in_a_place_is_refused_at_once(places: Any):
    navigation.register(place("a"))
    with pytest.raises(ValueError, match="twice"):
        navigation.register(place("a"))
    with pytest.raises(ValueError, match="no group"):
        navigation.register(place("b", group="inne"))


@pytest.fixture
def ewa(client: Client, world: World) -> Client:
    sign_in(client, world.people["ewa"], world.cis.pk)
    return client


@pytest.mark.parametrize("name", ["menu", "help", "accessibility", "patterns"])
def test_a_page_of_the_shell_opens_in_the_frame(ewa: Client, name: str):
    text = ewa.get(reverse(f"shell:{name}")).content.decode()
    assert "CIS „Nowy Most”" in text
    assert 'id="tresc"' in text
    assert "Ewa Jarzębina" in text


def test_the_main_part_shares_its_name_with_nothing():
    """The way over the menu leads to the first thing of this name."""
    folder = settings.BASE_DIR / "templates"
    named = [one.name for one in folder.rglob("*.html") if 'id="tresc"' in one.read_text(encoding="utf-8")]
    assert sorted(named) == ["base.html", "base_auth.html", "base_error.html", "base_public.html"]


def test_the_frame_costs_five_queries_at_most(ewa: Client):
    ewa.get(reverse("shell:menu"))
    with CaptureQueriesContext(connection) as queries:
        ewa.get(reverse("shell:menu"))
    reads = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(reads) <= 5, reads


@pytest.mark.parametrize("name", ["help", "accessibility"])
def test_help_is_for_everybody(client: Client, db: None, name: str):
    answer = client.get(reverse(f"shell:{name}"))
    assert answer.status_code == 200
    assert "Zaloguj się" in answer.content.decode()


def test_the_declaration_has_what_the_act_asks_for(client: Client, db: None):
    """Art. 10 of the act on digital accessibility, under the ids of the minister's technical conditions."""
    page = client.get(reverse("shell:accessibility")).content.decode()
    asked = (
        "deklaracja", "wstep", "podmiot", "url", "data-publikacja", "data-aktualizacja", "status", "ocena",
        "data-sporzadzenie", "kontakt", "osoba", "procedura", "architektura", "aplikacje",
    )  # fmt: skip
    assert [name for name in asked if page.count(f'id="a11y-{name}"') != 1] == []
    assert "http://testserver/" in page


def test_a_look_is_chosen_without_script_and_stays(client: Client, db: None):
    address = reverse("shell:theme")
    answer = client.post(address, {"theme": "contrast", "next": "/pomoc/"})
    assert answer["Location"] == "/pomoc/"
    assert 'data-theme="contrast"' in client.get("/pomoc/").content.decode()
    client.post(address, {"theme": "<b>"})
    assert 'data-theme="auto"' in client.get("/pomoc/").content.decode()


@pytest.mark.parametrize(
    "to", ["https://zly.example/", "//zly.example", "javascript:alert(1)", "\\\\zly", "", "x"]
)
def test_nobody_is_sent_out_of_the_program(client: Client, db: None, to: str):
    assert client.post(reverse("shell:theme"), {"theme": "dark", "next": to})["Location"] == "/"


def test_letter_shortcuts_can_be_switched_off(ewa: Client):
    assert 'data-keys="on"' in ewa.get("/pomoc/").content.decode()
    ewa.post(reverse("shell:keys"), {"keys": "off"})
    assert 'data-keys="off"' in ewa.get("/pomoc/").content.decode()


def test_staying_extends_the_session(ewa: Client):
    assert ewa.post(reverse("shell:extend")).status_code == 204


def test_a_draft_is_kept_by_script_and_by_the_button(ewa: Client, world: World):
    address = f"{reverse('shell:draft')}?dla=/miejsca/nowe/"
    by_script = ewa.post(address, {"name": "Kuch"}, headers={"X-Requested-With": "fetch"})
    assert set(by_script.json()) == {"saved"}
    assert ewa.post(address, {"name": "Kuchnia"})["Location"] == "/miejsca/nowe/"
    with world.scope("cis", "ewa"):
        assert FormDraft.objects.get().data == {"name": ["Kuchnia"]}
    ewa.post(f"{reverse('shell:draft_drop')}?dla=/miejsca/nowe/")
    with world.scope("cis", "ewa"):
        assert not FormDraft.objects.exists()


@pytest.mark.parametrize("path", ["", "https://zly.example/", "nowe/", "/%00"])
def test_a_draft_belongs_to_an_address_of_ours(ewa: Client, path: str):
    assert ewa.post(f"{reverse('shell:draft')}?dla={path}", {"name": "x"}).status_code == 404


def test_a_draft_never_leads_out_of_the_program(ewa: Client):
    assert ewa.post(f"{reverse('shell:draft')}?dla=//zly.example/", {"name": "x"})["Location"] == "/"


def test_a_draft_too_long_is_refused_with_a_sentence(ewa: Client):
    address = f"{reverse('shell:draft')}?dla=/miejsca/nowe/"
    answer = ewa.post(address, {"name": "x" * 300_000}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 422
    assert answer.json() == {"error": "Ten szkic jest za długi. Zapisz formularz teraz."}


def test_only_so_many_drafts_are_kept(ewa: Client, world: World):
    for number in range(32):
        ewa.post(f"{reverse('shell:draft')}?dla=/miejsca/{number}/", {"name": "x"})
    with world.scope("cis", "ewa"):
        assert FormDraft.objects.count() == 30
        assert not FormDraft.objects.filter(path="/miejsca/0/").exists()


def test_home_leads_to_the_first_place_or_to_the_sign_in(client: Client, world: World):
    assert client.get("/")["Location"] == reverse("account_login")
    sign_in(client, world.people["ewa"], world.cis.pk)
    assert client.get("/")["Location"].startswith("/")


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_an_error_page_says_what_to_do_without_the_database(rf: Any, status: int):
    request = rf.get("/")
    request.request_id = "01a1fbf1-8b61-729b-a414-76677d4f219c"
    text = errors.page(request, status).content.decode()
    assert "Numer dla pomocy: <b>4F2-19C</b>" in text
    assert "<h1>" in text


def test_an_address_that_is_none_has_a_page(client: Client, db: None):
    answer = client.get("/nie-ma/")
    assert answer.status_code == 404
    assert "Nie ma tu takiej strony" in answer.content.decode()


def test_a_form_without_a_token_is_told_to_start_again(db: None):
    answer = Client(enforce_csrf_checks=True).post(reverse("shell:theme"), {"theme": "dark"})
    assert answer.status_code == 403
    assert "Ta strona czekała za długo" in answer.content.decode()


def test_a_look_is_not_chosen_by_a_link(client: Client, db: None):
    answer = client.get(reverse("shell:theme"))
    assert answer.status_code == 405
    assert "nie otwiera się w ten sposób" in answer.content.decode()


def test_what_is_past_its_time_is_forgotten_in_every_organisation(world: World):
    for organisation, person in (("cis", "ewa"), ("kis", "bozena")):
        with world.scope(organisation, person):
            user = world.people[person]
            for days, path in ((40, "/stary/"), (1, "/nowy/")):
                FormDraft.objects.create(
                    user=user, path=path, data={}, saved_at=clock.now() - timedelta(days=days)
                )
                SubmissionKey.objects.create(
                    user=user, token=f"t{days}", sent_at=clock.now() - timedelta(days=days)
                )
    with world.scope("operator"):
        enqueue(kind="shell.forget", payload={}, key="noc")
    drain()
    for organisation in ("cis", "kis"):
        with world.scope(organisation):
            assert [draft.path for draft in FormDraft.objects.order_by("pk")] == ["/nowy/"]
            assert [sent.token for sent in SubmissionKey.objects.order_by("pk")] == ["t1"]


def test_a_page_loads_nothing_from_elsewhere(ewa: Client):
    for address in (reverse("shell:help"), "/nie-ma-takiej/"):
        policy = ewa.get(address)["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= {*policy}


def test_a_page_behind_the_sign_in_stays_in_no_cache(ewa: Client):
    assert ewa.get("/menu/")["Cache-Control"] == "private, no-store"


def test_a_template_asks_what_this_person_may_do(world: World):
    source = Template(
        '{% may "shell.menu.open" as one %}{% may "tenancy.site.list" as two %}{{ one }} {{ two }}'
    )
    drawn = {
        person: source.render(Context({"shell": Shell(Asking(world, person))})) for person in ("ewa", "zofia")
    }
    assert drawn == {"ewa": "True True", "zofia": "True False"}
    with pytest.raises(KeyError):
        Template('{% may "nie.ma.takiej" %}').render(Context({"shell": Shell(Asking(world, "ewa"))}))
