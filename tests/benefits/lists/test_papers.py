"""The list on paper and in a spreadsheet: every column, the totals, who signed when."""

import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from benefits.list_papers import LABELS
from benefits.models import Statement
from ipzs.enums import MarkKind
from participants.models import Person
from reintegration.audit.erasure import erase_subject
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import mark
from tests.participants.participations.made import in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
PRINT, SHEET = (reverse(f"benefits:list_{name}", args=[str(OCTOBER)]) for name in ("print", "sheet"))


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


def cells_of(content: bytes) -> list[list[Any]]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_an_approved_list_says_who_gets_what_and_who_signed(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        first, *_ = made.people()
        in_classes("Adam Modrzew")
        mark(first, OCTOBER.first.replace(day=6), MarkKind.UNEXCUSED, reason="późno")
    row = made.approved(world, without_blocked=True)
    sign_in(client, world.people["celina"])
    text = text_of(client.get(PRINT).content)
    for said in (
        row.number, "październik 2026", "Leszek Bażant", "2 033,65", "6 315,01", "zatwierdzona", "przelew",
        "Rafał Wiąz", "Celina Grab", "Ewa Jarzębina", "Adam Modrzew Brakuje wniosku o świadczenie.",
        f"Skrót listy: {row.digest}",
    ):  # fmt: skip
        assert said in text, said
    labels, *rows, totals = cells_of(client.get(SHEET).content)
    assert labels == list(LABELS)
    assert [one[1] for one in rows] == ["Leszek Bażant", "Henryk Borsuk", "Marek Dąbek", "Adam Modrzew"]
    assert [one[-1] for one in rows] == ["przelew", "przelew", "przelew", "zatrzymane"]
    assert rows[0][2:5] == [30, 1, 0]
    assert Decimal(str(totals[9])) == sum(Decimal(str(one[9])) for one in rows) == Decimal("6315.01")


def test_a_draft_says_that_it_is_one(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(1)
        made.draft()
    sign_in(client, world.people["rafal"])
    text = text_of(client.get(PRINT).content)
    assert "Lista robocza" in text
    assert "Przygotowanie – –" in text


def test_a_month_without_a_list_has_nothing_to_print(world: World, client: Client):
    sign_in(client, world.people["rafal"])
    assert client.get(PRINT).status_code == client.get(SHEET).status_code == 404


@pytest.mark.parametrize("start", ["=1+1", "+48", "-2", "@SUM", "\t=1"])
def test_a_name_that_looks_like_a_formula_stays_text(world: World, client: Client, start: str):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        (file,) = made.people(1)
        Person.objects.filter(pk=file.person_id).update(first_name=start)
        made.draft()
    sign_in(client, world.people["rafal"])
    _, row, _ = cells_of(client.get(SHEET).content)
    assert row[1] == f"{start} Bażant"


def test_whoever_was_erased_has_no_name_on_it(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(2)
    row = made.approved(world)
    with world.scope("cis", "ewa"):
        erase_subject(subject_id=Statement.objects.get(payroll_list=row, position=1).person_id, basis="próba")
    sign_in(client, world.people["rafal"])
    text = text_of(client.get(PRINT).content)
    assert "dane osoby usunięte" in text
    assert "Bażant" not in text
    assert "4 281,36" in text
