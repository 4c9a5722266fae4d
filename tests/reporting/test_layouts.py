"""Layouts in the database and on the operator's screens: two people, one year, and nothing ever changes."""

import json
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from reintegration.core.errors import InputError
from reintegration.law.enums import Origin, State
from reintegration.notices.models import DeskTask
from reporting import layout_words
from reporting.enums import LayoutKind
from reporting.models import ReportLayout
from reporting.queries.filling import fill
from reporting.queries.layouts import in_force
from reporting.rules.checks import broken
from reporting.rules.definitions import Measure
from reporting.rules.layouts import CellKind, counterparts
from reporting.rules.layouts import LayoutKind as Kind
from reporting.services import layouts as services
from tests.cast import World, sign_in
from tests.reporting.layouts_made import content, proposed
from tests.reporting.population import populate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def client_of(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.people[name])
    return client


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_layouts_of_the_program_stand_in_the_table(world: World):
    with world.scope("cis", "ewa"):
        rows = {row.kind: row for row in ReportLayout.objects.order_by("pk")}
        assert set(rows) == set(LayoutKind.values)
        assert {row.origin for row in rows.values()} == {Origin.FILE}
    layouts = {kind: row.layout for kind, row in rows.items()}
    for kind, layout in layouts.items():
        assert layout.kind == Kind(kind)
        assert layout_words.preview(layout)
    # Whatever goes to public statistics is in the report as well: nothing is asked for twice.
    for small, large in ((LayoutKind.CAS02, LayoutKind.CIS), (LayoutKind.CAS01, LayoutKind.KIS)):
        found = counterparts(layouts[small], layouts[large])
        asked = {cell.key for cell in layouts[small].cells.values() if cell.kind is not CellKind.SUMMED}
        assert asked <= set(found)
    # What the act and the regulation name has a place of its own (art. 5 ust. 4 and 6, art. 18a ust. 6).
    said = {cell.source.key for cell in layouts[LayoutKind.CIS].cells.values() if cell.source}
    assert said >= {
        "identity", "staff", "participants", "independent", "covered", "hours", "grants", "grants_used",
        "paid", "paid_people", "income", "costs", "words", "works_people", "fund",
    }  # fmt: skip
    with world.scope("operator", "operator"):
        assert services.load_layouts() == 0


def test_a_report_fills_itself_and_says_what_does_not_agree(world: World):
    with world.scope("cis", "ewa"):
        populate(40, Random(3))
        layout = in_force(LayoutKind.CIS, 2025).layout
        found = fill(layout, 2025)
        with pytest.raises(InputError, match="jeszcze się nie zaczął"):
            fill(layout, 2027)
    assert found.values["participants.all.total"] == len(found.people["participants.all.total"]) > 0
    assert found.texts["identity.town.value"] == "Modrzewno"
    assert set(found.values) | set(found.texts) <= set(layout.cells)
    assert {layout.cells[key].measure for key in found.texts} == {Measure.TEXT}
    wrong = {one.sentence: one.cells for one in broken(layout, found.values)}
    # Nobody has classes here, and nobody is on the staff.
    assert any("Nie każdy uczestnik" in one for one in wrong)
    assert any("kadrze nie ma nikogo" in one for one in wrong)
    assert all(key in layout.cells for cells in wrong.values() for key in cells)


def test_of_two_people_one_brings_a_version_and_the_other_lets_it_hold(world: World):
    operator = client_of(world, "operator")
    operator.get(reverse("reporting:layouts"))
    bad = SimpleUploadedFile("wzor.json", content(kind="inny", checks=[{"left": "x"}]), "application/json")
    page = text(operator.post(reverse("reporting:layout_new"), {"file": bad}), 422)
    assert "Nie ma sprawozdania „inny”" in page
    assert "Do poprawienia w pliku" in page
    good = SimpleUploadedFile("wzor.json", content(version="2026-1"), "application/json")
    answer = operator.post(reverse("reporting:layout_new"), {"file": good})
    assert answer.status_code == 302
    with world.scope("operator", "operator"):
        row = ReportLayout.objects.get(version="2026-1")
        assert row.waits
        assert DeskTask.objects.filter(key=str(row.pk)).exists()
        assert in_force(LayoutKind.CIS, 2026).version == "2017"
    page = text(operator.get(answer["Location"]))
    assert "Potwierdza drugi operator" in page
    for said in ("Uczestnicy", "wpisać: zł", "suma, osoby", "people.all.both ≥ 1"):
        assert said in page
    yes = reverse("reporting:layout_confirm", args=[row.pk])
    assert "druga osoba" in text(operator.post(yes), 422)
    assert client_of(world, "second_operator").post(yes).status_code == 302
    with world.scope("cis", "ewa"):
        assert in_force(LayoutKind.CIS, 2026).version == "2026-1"
        assert in_force(LayoutKind.CIS, 2025).version == "2017"
    kept = operator.get(reverse("reporting:layout_file", args=[row.pk]))
    assert json.loads(kept.content) == row.document
    assert text(client_of(world, "ewa").get(reverse("reporting:layouts")), 403)


def test_a_version_may_be_taken_back_until_it_holds_and_never_changes(world: World):
    with world.scope("operator", "operator"):
        gone, row = proposed(), proposed()
        services.withdraw_layout(pk=gone.pk, by=world.people["operator"].pk)
    with world.scope("operator", "second_operator"):
        by = world.people["second_operator"].pk
        services.confirm_layout(pk=row.pk, by=by)
        for refused in (services.withdraw_layout, services.confirm_layout):
            with pytest.raises(InputError):
                refused(pk=row.pk, by=by)
        for found in ReportLayout.objects.filter(state__in=State.values).order_by("pk"):
            for change in ({"title": "Inny"}, {"document": {}}, {"since_year": 2030}, {"state": "proposed"}):
                with pytest.raises(DatabaseError), transaction.atomic():
                    ReportLayout.objects.filter(pk=found.pk).update(**change)
            with pytest.raises(DatabaseError), transaction.atomic():
                found.delete()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"{", "przestaje być zapisem JSON"),
        (b"\xff\xfe", "nie da się przeczytać"),
        (b"[" * 100_000, "nie da się przeczytać"),
        (b'{"kind": "cis", "kind": "kis"}', "dwa razy"),
        (content(since_year=2019), "najwcześniej od roku 2025"),
        (content(kind="cis", version="2017"), "Ta wersja wzoru już jest"),
        (content(title="a\u0000b"), "nie da się wydrukować"),
        (rb'{"kind": "cis", "title": "\ud800"}', "nie da się wydrukować"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(world: World, written: bytes, sentence: str):
    with world.scope("operator", "operator"), pytest.raises(services.Refused) as refused:
        services.propose_layout(content=written, by=world.people["operator"].pk)
    assert any(sentence in one.sentence for one in refused.value.problems)
