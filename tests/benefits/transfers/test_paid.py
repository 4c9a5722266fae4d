"""A list is paid when its file is made, when nothing is to be sent, or when somebody says how it was."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from benefits.enums import ListState
from benefits.models import PayrollList
from benefits.services import lists, transfers
from ipzs.enums import MarkKind
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from tests.benefits.lists import made as made_lists
from tests.benefits.lists.made import OCTOBER
from tests.benefits.transfers import made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY, mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
DAY = date(2026, 11, 23)
TYPED = {"paid_on": format_table_date(TODAY)}
HOW = "Przelewy zrobiono w banku bez pliku z programu"


def at(name: str) -> str:
    return reverse(f"benefits:{name}", args=[str(OCTOBER)])


def shown(client: Client, name: str) -> str:
    return client.get(at(name)).content.decode()


def confirm(row: PayrollList, **given: bool) -> str:
    return lists.confirm_payment(list_id=row.pk, paid_on=TODAY, **given).state


def test_a_list_with_transfers_is_paid_after_its_file_was_made(world: World):
    row = made.ready(world)
    with world.scope("cis", "ewa"):
        with pytest.raises(InputError, match="„Przelewy i kasa”") as refused:
            confirm(row)
        assert refused.value.field == "without_file"
        transfers.make_file(list_id=row.pk, day=DAY)
        assert confirm(row) == ListState.PAID


def test_who_typed_the_transfers_at_the_bank_says_so_and_no_file_pays_them_again(world: World):
    row = made.ready(world)
    with world.scope("cis", "ewa"):
        assert confirm(row, without_file=True) == ListState.PAID
        with pytest.raises(InputError, match="już wypłacona"):
            transfers.make_file(list_id=row.pk, day=DAY)


def test_cash_needs_no_file(world: World):
    row = made.ready(world, transfers=0, cash=2)
    with world.scope("cis", "ewa"):
        assert confirm(row) == ListState.PAID


def test_a_list_that_pays_nothing_needs_no_file(world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        (file,) = made.people(1, cash=0)
        for day in OCTOBER:
            if day.weekday() < 5:  # noqa: PLR2004 – Saturday
                mark(file, day, MarkKind.UNEXCUSED, reason="późno")
    row = made_lists.approved(world)
    with world.scope("cis", "ewa"):
        assert confirm(row) == ListState.PAID


def test_the_pages_lead_to_the_file_and_then_to_the_confirmation(world: World, client: Client):
    row = made.ready(world)
    sign_in(client, world.people["ewa"])
    for page in (shown(client, "list"), shown(client, "close")):
        assert f'class="btn btn-primary" href="{at("transfers_make")}"' in page
    assert at("list_pay") in shown(client, "list")
    assert HOW in shown(client, "list_pay")
    refused = client.post(at("list_pay"), TYPED)
    assert (refused.status_code, "„Przelewy i kasa”" in refused.content.decode()) == (422, True)
    client.post(at("transfers_make"), {"day": format_table_date(DAY)})
    for page in (shown(client, "list"), shown(client, "close")):
        assert f'class="btn btn-primary" href="{at("list_pay")}"' in page
    assert HOW not in shown(client, "list_pay")
    assert client.post(at("list_pay"), TYPED).status_code == 302
    with world.scope("cis", "ewa"):
        row.refresh_from_db()
        assert row.state == ListState.PAID


def test_a_tick_confirms_what_went_without_a_file(world: World, client: Client):
    row = made.ready(world)
    sign_in(client, world.people["ewa"])
    assert client.post(at("list_pay"), {**TYPED, "without_file": "on"}).status_code == 302
    assert at("transfers_make") not in shown(client, "transfers")
    assert client.get(at("transfers_make")).url == at("transfers")
    with world.scope("cis", "ewa"):
        row.refresh_from_db()
        assert row.state == ListState.PAID
