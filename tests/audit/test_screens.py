"""The journal, the history of an object, and who saw a person's file."""

import csv
import io
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from reintegration.accounts.models import Invitation
from reintegration.audit import erasure, queries
from reintegration.audit.models import Change, Event
from reintegration.audit.panels import history_panel
from reintegration.core import clock
from reintegration.core.ids import uuid7
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation, Site
from reintegration.tenancy.principal import Place, memberships_of, principals
from tests.audit.conftest import hire
from tests.cast import World, known_world, sign_in

TODAY = date(2026, 11, 20)
PLACE = Place(id=uuid7(), kind=OrganisationKind.UNIT, name="CIS", town="Modrzewno", subtype="CIS")


@pytest.fixture
def world(db: None) -> World:
    return known_world()


@pytest.fixture
def ewa(world: World) -> Client:
    return client_of(world, "ewa")


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def happen(world: World, person: str = "ewa", action: str = "tenancy.site.list", **values: Any) -> Event:
    with world.scope(world_key(world, person), person):
        return Event.objects.create(action=action, **values)


def world_key(world: World, person: str) -> str:
    mine = world.organisation_of(person).pk
    return next(key for key, found in world.organisations.items() if found.pk == mine)


def test_the_journal_says_who_did_what_in_words(world: World, ewa: Client):
    happen(world, "anna", "audit.history.show", object_type="tenancy.staffmember", object_id=uuid7())
    page = text_of(ewa.get(reverse("audit:journal")))
    for words in ("Historia zmian", "Anna Lawenda", "osoba z kadry"):
        assert words in page


def test_the_journal_of_one_organisation_is_not_anothers(world: World, ewa: Client):
    happen(world, "bozena")
    assert "Bożena Lipa" not in text_of(ewa.get(reverse("audit:journal")))


@pytest.mark.parametrize("person", ["ewa", "pawel", "maria", "operator"])
def test_whoever_answers_for_an_organisation_reads_its_journal(world: World, person: str):
    assert client_of(world, person).get(reverse("audit:journal")).status_code == 200


@pytest.mark.parametrize("person", ["anna", "celina", "zofia", "stefan"])
def test_others_do_not(world: World, person: str):
    assert client_of(world, person).get(reverse("audit:journal")).status_code == 403


def names_in(world: World, client: Client, **asked: str) -> set[str]:
    page = text_of(client.get(reverse("audit:journal"), asked))
    table = page.split("<tbody>")[1] if "<tbody>" in page else ""
    return {person.first_name for person in world.people.values() if person.get_full_name() in table}


def test_the_journal_is_filtered_by_actor_action_result_day_person_and_object(world: World, ewa: Client):
    with world.scope("cis", "ewa"):
        one = hire("Jaskółka")
    found = uuid7()
    happen(world, "anna", "audit.history.show", persons=[one.pk])
    happen(world, "jan", "tenancy.site.list", outcome="refused")
    happen(world, "olga", "tenancy.site.list", object_id=found)
    assert names_in(world, ewa, kto=str(world.people["anna"].pk)) == {"Anna"}
    assert names_in(world, ewa, czynnosc="audit.history.show") == {"Anna"}
    assert names_in(world, ewa, wynik="refused") == {"Jan"}
    assert names_in(world, ewa, osoba="jaskół") == {"Anna"}
    assert names_in(world, ewa, obiekt=str(found)) == {"Olga"}
    assert names_in(world, ewa, do="1.01.2020") == set()
    assert names_in(world, ewa, od="1.01.2020") >= {"Anna", "Jan", "Olga"}


@pytest.mark.parametrize("asked", [{"obiekt": "nie"}, {"od": "31.02.2026"}, {"kto": "x"}, {"do": "jutro"}])
def test_a_filter_that_cannot_be_read_is_said_and_does_not_break(ewa: Client, asked: dict[str, str]):
    assert ewa.get(reverse("audit:journal"), asked).status_code == 200


def test_the_journal_is_taken_away_as_csv_and_xlsx(world: World, ewa: Client):
    happen(world, "anna", "audit.history.show", persons=[uuid7(), uuid7()])
    answer = ewa.get(reverse("audit:journal"), {"plik": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Czynność", "Kiedy", "Kto", "Wynik", "Czego dotyczy", "Ilu osób dane"]
    assert ["Historia zmian", "Anna Lawenda", "2"] in [[row[0], row[2], row[5]] for row in rows]
    answer = ewa.get(reverse("audit:journal"), {"plik": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == "Czynność"
    assert "Anna Lawenda" in [row[2] for row in sheet]


def test_history_shows_old_and_new_in_words(world: World, ewa: Client):
    with world.scope("cis", "anna"):
        one = hire("Jaskółka", since=date(2026, 11, 3))
        one.last_name, one.kind, one.fte, one.since = "Sikora", "psychologist", "0.5", date(2026, 11, 5)
        one.user = world.people["jan"]
        one.save()
    page = text_of(ewa.get(reverse("audit:history", args=["tenancy.staffmember", one.pk])))
    for words in (
        "Anna Lawenda", "dodano", "zmieniono", "nazwisko", "Jaskółka", "Sikora", "instruktor zawodu",
        "psycholog", "0,5", "03.11.2026", "05.11.2026", "Jan Dereń",
    ):  # fmt: skip
        assert words in page, words
    assert "search_last" not in page
    assert "name_order" not in page


def test_history_names_the_person_whose_data_it_showed(world: World, ewa: Client):
    with world.scope("cis", "anna"):
        one = hire()
    ewa.get(reverse("audit:history", args=["tenancy.staffmember", one.pk]))
    with world.scope("cis"):
        assert Event.objects.get(action="audit.history.show").persons == [one.pk]


def test_encrypted_values_are_covered_until_they_are_asked_for(world: World, ewa: Client):
    with world.scope("cis", "ewa"):
        hold = erasure.place_hold(subject_id=uuid7(), reason="Spór w sądzie", on=date(2026, 11, 3))
        hold.reason = "Ugoda"
        hold.save()
    arguments = ["audit.legalhold", hold.pk]
    covered = text_of(ewa.get(reverse("audit:history", args=arguments)))
    assert "wartość zakryta" in covered
    assert "Spór w sądzie" not in covered
    assert reverse("audit:history_open", args=arguments) in covered
    opened = text_of(ewa.get(reverse("audit:history_open", args=arguments)))
    assert "poprzednio Spór w sądzie" in opened
    with world.scope("cis"):
        assert Event.objects.filter(action="audit.history.open", persons=[hold.subject_id]).exists()


def test_the_operator_sees_no_personal_value(world: World):
    operator = client_of(world, "operator")
    with world.scope("operator", "operator"):
        hold = erasure.place_hold(subject_id=uuid7(), reason="Spór w sądzie", on=date(2026, 11, 3))
        hold.reason = "Ugoda"
        hold.save()
        Organisation.objects.filter(pk=world.cis.pk).update(phone="81 000 00 00")
        event = Event.objects.create(action="tenancy.site.list", detail={"note": "szczegół"})
        invited = Invitation.objects.create(
            email="kanarek@example.invalid", organisation=world.cis, roles=["office"],
            since=date(2026, 11, 1), token_hash="x", created_at=clock.now(), expires_at=clock.now(),
        )  # fmt: skip
        invited.email = "inny@example.invalid"
        invited.save()
    with world.scope("operator", "ewa"):
        Event.objects.create(action="tenancy.organisation.choose")
    page = text_of(operator.get(reverse("audit:history", args=["accounts.invitation", invited.pk])))
    assert "wartość zakryta" in page
    assert "kanarek@" not in page
    assert "szczegół" not in text_of(operator.get(reverse("audit:event", args=[event.pk])))
    journal = text_of(operator.get(reverse("audit:journal")))
    assert "Oskar Topola" in journal
    assert "Ewa Jarzębina" not in journal
    assert "81 000 00 00" in text_of(
        operator.get(reverse("audit:history", args=["tenancy.organisation", world.cis.pk]))
    )
    assert operator.get(reverse("audit:history_open", args=["audit.legalhold", hold.pk])).status_code == 403
    assert operator.get(reverse("audit:seen_by", args=[hold.subject_id])).status_code == 403


@pytest.mark.parametrize("model", ["nie.ma", "tenancy.staffmember", "x", "audit.event"])
def test_history_of_what_is_not_there_is_not_found(ewa: Client, model: str):
    assert ewa.get(reverse("audit:history", args=[model, uuid7()])).status_code == 404


def test_who_saw_a_person_lists_each_event_that_showed_them(world: World, ewa: Client):
    with world.scope("cis", "ewa"):
        one = hire("Jaskółka")
    happen(world, "anna", "tenancy.site.list", persons=[one.pk, uuid7()])
    happen(world, "jan", "tenancy.site.list", persons=[uuid7()])
    page = text_of(ewa.get(reverse("audit:seen_by", args=[one.pk]))).split("<tbody>")[1]
    assert "Anna Lawenda" in page
    assert "Jan Dereń" not in page
    # To look who looked is to look, too.
    assert "Ewa Jarzębina" in text_of(ewa.get(reverse("audit:seen_by", args=[one.pk])))
    assert b"Anna Lawenda" in ewa.get(reverse("audit:seen_by", args=[one.pk]), {"plik": "csv"}).content


def test_who_saw_a_stranger_is_not_found(world: World, ewa: Client):
    with world.scope("kis", "bozena"):
        stranger = hire("Obca")
    happen(world, "bozena", persons=[stranger.pk])
    assert ewa.get(reverse("audit:seen_by", args=[stranger.pk])).status_code == 404


def test_an_event_tells_whose_data_and_what_changed(world: World, ewa: Client):
    with world.scope("cis", "anna"):
        one = hire("Jaskółka")
        site = Site.objects.create(
            name="Stolarnia",
            street="Leśna 1",
            postcode="20-001",
            town="Modrzewno",
            opened_on=date(2020, 1, 1),
        )
        site.name = "Tokarnia"
        site.save()
        event = Event.objects.create(
            action="tenancy.site.list", persons=[one.pk], object_type="tenancy.site", object_id=site.pk
        )
    page = text_of(ewa.get(reverse("audit:event", args=[event.pk])))
    for words in ("Róża Jaskółka", "Stolarnia", "Tokarnia", "miejsce zajęć", "Historia zmian"):
        assert words in page, words


def test_what_was_erased_says_so(world: World, ewa: Client, as_role: Any):
    with world.scope("cis", "anna"):
        one = hire("Jaskółka")
        one.last_name = "Sikora"
        one.save()
    # As the keeper leaves it; the test's own transaction is out of the keeper's sight.
    with world.scope("cis", "ewa"):
        changes = list(Change.objects.filter(row_id=one.pk).order_by("id"))
    for change in changes:
        change.values, change.blanked_by = None, 1
    told = queries.in_words(changes, PLACE)
    assert [entry.blanked for entry in told] == [True, True]
    assert [entry.fields for entry in told] == [(), ()]


def asking(world: World, person: str) -> Any:
    """A request as a view of this person has it."""
    principal = principals(world.people[person].pk, memberships_of(world.people[person].pk, today=TODAY))[0]
    return SimpleNamespace(principal=principal, may=principal.may)


def test_history_stands_beside_an_object_for_whoever_may_read_it(world: World):
    with world.scope("cis", "ewa"):
        one = hire("Jaskółka")
        for number in range(6):
            one.last_name = f"Nazwa {number}"
            one.save()
        assert history_panel(asking(world, "anna"), one) is None
        panel = history_panel(asking(world, "ewa"), one)
        assert panel is not None
        page = render_to_string(panel.template, dict(panel.context))
    assert "Nazwa 5" in page
    assert "Jaskółka" not in page
    assert reverse("audit:history", args=["tenancy.staffmember", one.pk]) in page
    assert reverse("audit:seen_by", args=[one.pk]) in page


@pytest.mark.parametrize("name", ["audit:journal", "audit:seen_by", "audit:history"])
def test_the_number_of_queries_does_not_grow_with_the_rows(world: World, ewa: Client, name: str):
    with world.scope("cis", "ewa"):
        one = hire("Jaskółka")
    arguments = {
        "audit:journal": [],
        "audit:seen_by": [one.pk],
        "audit:history": ["tenancy.staffmember", one.pk],
    }[name]
    counts = []
    for rows in (1, 10, 50):
        with world.scope("cis", "anna"):
            for number in range(rows):
                one.last_name, one.user = f"Nazwa {rows} {number}", world.people["jan"]
                one.save()
                Event.objects.create(action="tenancy.site.list", persons=[one.pk])
        with CaptureQueriesContext(connection) as caught:
            assert ewa.get(reverse(name, args=arguments)).status_code == 200
        counts.append(len(caught))
    assert counts[2] <= counts[1], counts


def test_history_is_filtered_and_taken_away(world: World, ewa: Client):
    with world.scope("cis", "anna"):
        one = hire("Jaskółka")
        one.last_name = "Sikora"
        one.save()
    url = reverse("audit:history", args=["tenancy.staffmember", one.pk])
    assert "Sikora" in text_of(ewa.get(url, {"kto": str(world.people["anna"].pk)}))
    assert "Sikora" not in text_of(ewa.get(url, {"kto": str(world.people["jan"].pk)}))
    assert "Sikora" not in text_of(ewa.get(url, {"do": "1.01.2020"}))
    rows = ewa.get(url, {"plik": "csv"}).content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Kiedy;Kto;Co;Zmiana"
    assert rows[1].endswith(";Anna Lawenda;osoba z kadry: zmieniono;nazwisko: Jaskółka → Sikora")


def test_who_saw_a_person_is_filtered(world: World, ewa: Client):
    with world.scope("cis", "ewa"):
        one = hire("Jaskółka")
    happen(world, "anna", persons=[one.pk])
    happen(world, "jan", persons=[one.pk])
    page = text_of(
        ewa.get(reverse("audit:seen_by", args=[one.pk]), {"kto": str(world.people["jan"].pk)})
    ).split("<tbody>")[1]
    assert "Jan Dereń" in page
    assert "Anna Lawenda" not in page
