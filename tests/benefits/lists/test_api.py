"""Lists and statements for programs: what the screens say, and no signature."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from benefits import perms
from benefits.explain.languages import LANGUAGES
from benefits.models import Correction, PayrollList, Statement
from benefits.queries import statements
from ipzs.enums import MarkKind
from ipzs.models import AttendanceMonth
from ipzs.services import attendance, months
from reintegration.audit.models import EventPerson
from reintegration.core.errors import InputError
from tests.api.test_base import KEY_HEADER, token
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.cast import World
from tests.ipzs.attendance.made import closed, mark
from tests.participants.participations.made import in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
LISTS = "/api/v1/payroll-lists/"
READ = [perms.LIST_SHOW.name, perms.STATEMENT_SHOW.name]


@pytest.fixture
def paid(world: World) -> PayrollList:
    """September that was put right by October: three who are paid, and one who lacks something."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        file = made.people()[0]
        in_classes("Adam Modrzew")
        mark(file, SEPTEMBER.first, MarkKind.UNEXCUSED, reason="późno")
    made.approved(world, SEPTEMBER, without_blocked=True)
    with world.scope("cis", "ewa"):
        months.reopen(month=SEPTEMBER, reason="poprawka")
        attendance.clear_mark(participation_id=file.pk, day=SEPTEMBER.first, reason="pomyłka")
        AttendanceMonth.objects.filter(first_day=SEPTEMBER.first).delete()
        closed(SEPTEMBER.first)
    return made.approved(world, OCTOBER, without_blocked=True)


def ask(secret: str, address: str) -> Any:
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"})


def test_lists_are_read_with_what_their_page_says(world: World, paid: PayrollList):
    secret = token(world, actions=READ)
    listed = ask(secret, LISTS).json()
    assert [row["month"] for row in listed["results"]] == ["2026-10-01", "2026-09-01"]
    assert ask(secret, f"{LISTS}?month=2026-09").json()["count"] == 1
    assert ask(secret, f"{LISTS}?month=jesień").status_code == 400
    one = ask(secret, f"{LISTS}{paid.pk}/").json()
    assert (one["number"], one["state"], one["digest"]) == (paid.number, "approved", paid.digest)
    assert one["people"] == 3
    with world.scope("cis", "ewa"):
        rows = list(Statement.objects.filter(payroll_list=paid).order_by("position"))
    assert Decimal(one["to_pay"]) == sum(row.to_pay for row in rows)


def test_statements_carry_amounts_corrections_and_what_blocks(world: World, paid: PayrollList):
    found = ask(token(world, actions=READ), f"{LISTS}{paid.pk}/statements/").json()["results"]
    assert [row["position"] for row in found] == [1, 2, 3, 4]
    blocked = [row for row in found if row["blocked"]]
    assert [row["person"] for row in blocked] == ["Adam Modrzew"]
    assert Decimal(blocked[0]["to_pay"]) == 0
    corrected = [row for row in found if row["corrections"]]
    with world.scope("cis", "ewa"):
        (expected,) = Correction.objects.all()
        position = expected.statement.position
    assert [row["position"] for row in corrected] == [position]
    assert Decimal(corrected[0]["corrected"]) == expected.benefit > 0
    assert corrected[0]["corrections"][0]["month"] == "2026-09-01"
    for row in found:
        parts = (Decimal(row[name]) for name in ("benefit", "corrected", "premium"))
        assert Decimal(row["to_pay"]) == sum(parts) - Decimal(row["tax"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_statement_says_the_rows_of_its_page(world: World, paid: PayrollList, language: str):
    with world.scope("cis", "ewa"):
        row = Statement.objects.select_related("payroll_list").filter(corrected__gt=0).get()
        corrections = list(Correction.objects.filter(statement=row).order_by("month"))
        lines = statements.told(row, corrections, language).lines
    answer = ask(token(world, actions=READ), f"/api/v1/statements/{row.pk}/?language={language}").json()
    assert [one["sentence"] for one in answer["rows"]] == [line.sentence for line in lines]
    assert [Decimal(one["amount"]) for one in answer["rows"]] == [line.amount for line in lines]
    assert Decimal(answer["amounts"]["to_pay"]) == row.to_pay
    assert "account" not in str(answer)


def test_who_was_read_is_written_down(world: World, paid: PayrollList):
    with world.scope("cis", "ewa"):
        people = set(Statement.objects.filter(payroll_list=paid).values_list("person_id", flat=True))
        before = EventPerson.objects.filter(person_id__in=people).count()
    ask(token(world, actions=READ), f"{LISTS}{paid.pk}/statements/")
    with world.scope("cis", "ewa"):
        assert EventPerson.objects.filter(person_id__in=people).count() == before + len(people)


def test_a_program_signs_nothing(world: World, paid: PayrollList):
    """Who checked may not approve; by a program nobody may, for a signature asks who one is."""
    for action in (perms.LIST_CHECK, perms.LIST_APPROVE, perms.LIST_PAY):
        with pytest.raises(InputError):
            token(world, actions=[action.name])
    headers = {"Authorization": f"Bearer {token(world, actions=READ)}", KEY_HEADER: "k"}
    for address in (LISTS, f"{LISTS}{paid.pk}/"):
        answer = Client().post(address, {}, content_type="application/json", headers=headers)
        assert answer.status_code in {403, 405}


def test_a_club_has_no_lists(world: World):
    assert ask(token(world, "bozena", actions=READ), LISTS).status_code == 404
