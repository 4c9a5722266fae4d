"""The tax of a list is that of the day on which it is paid: counted again before the approval, said after it.

All names are invented.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from benefits.enums import ListState
from benefits.models import JournalEntry, PayrollList
from benefits.queries.advances import payment_day, reliefs_of, taxed_otherwise
from benefits.rules.law import Law
from benefits.services import lists, pay, transfers
from participants.models import Participation
from participants.services import participations
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.law.book import law_book
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.benefits.transfers import made as transfers_made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
FIRST = date(2026, 12, 1)
WHOLE = Decimal("257.00")
TICK = "Podatek zostaje taki jak na zatwierdzonej liście"
OTHER = "Podatek 1 osoby jest w dniu wypłaty inny niż na liście."


@pytest.fixture
def file(world: World) -> Participation:
    """Somebody with PIT-2 from the beginning, and another one of whom nothing changes."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        transfers_made.own_account()
        return transfers_made.people(2, cash=0)[0]


def taken_back(file: Participation) -> None:
    """From December on; the payer may heed it no later."""
    pay.set_tax(participation_id=file.pk, since=Month.of(FIRST), pit2=False, filed_on=TODAY)


def at(name: str) -> str:
    return reverse(f"benefits:{name}", args=[str(OCTOBER)])


def shown(client: Client, name: str = "list") -> str:
    return client.get(at(name)).content.decode()


def tax_of(row: PayrollList, file: Participation) -> Decimal:
    return made.statement_of(row, file).tax


def test_what_was_just_handed_over_is_taxed_as_it_will_be_paid(world: World, file: Participation):
    row = made.approved(world, SEPTEMBER)
    with world.scope("cis", "ewa"):
        made.missed(file, count=2)
        assert taxed_otherwise(row, payment_day(SEPTEMBER)) == []
    row = made.locked(world)
    with world.scope("cis", "ewa"):
        assert tax_of(row, file) > 0
        assert taxed_otherwise(row, payment_day(OCTOBER)) == []
        # The list before was handed over first; it does not wait for this one.
        (before,) = PayrollList.objects.filter(month=SEPTEMBER.first)
        assert taxed_otherwise(before, payment_day(SEPTEMBER)) == []


def test_a_tax_that_changed_is_counted_again_before_anybody_approves(
    world: World, file: Participation, client: Client
):
    row = made.locked(world)
    with world.scope("cis", "ewa"):
        taken_back(file)
    with clock.frozen(FIRST):
        with world.scope("cis", "celina"), pytest.raises(InputError, match=OTHER):
            lists.check(list_id=row.pk)
        sign_in(client, world.people["rafal"])
        page = shown(client)
        assert "Podatek jest w dniu wypłaty inny" in page
        assert f'class="btn btn-primary" href="{at("list_count")}"' in page
        assert at("list_check") not in page
        assert "Podpisy, które już są, przestaną obowiązywać." in shown(client, "list_count")
        assert client.post(at("list_count")).url == at("list")
        page = shown(client)
        assert "Podatek jest w dniu wypłaty inny, więc lista policzyła się od nowa." in page
        with world.scope("cis", "rafal"):
            row.refresh_from_db()
            assert (row.state, row.locked_by_id, tax_of(row, file)) == (ListState.OPEN, None, WHOLE)
            lists.lock(list_id=row.pk)
        with world.scope("cis", "celina"):
            lists.check(list_id=row.pk)
        with world.scope("cis", "ewa"):
            assert lists.approve(list_id=row.pk).state == ListState.APPROVED


def test_it_is_looked_at_by_whoever_approves_too(world: World, file: Participation):
    row = made.locked(world)
    with world.scope("cis", "celina"):
        lists.check(list_id=row.pk)
    with world.scope("cis", "ewa"):
        participations.end_participation(
            participation_id=file.pk, ended_on=date(2026, 11, 19), reason="job", destination="open_market"
        )
        with pytest.raises(InputError, match=OTHER):
            lists.approve(list_id=row.pk)
        row.refresh_from_db()
        assert (row.state, JournalEntry.objects.count()) == (ListState.CHECKED, 0)
        assert tax_of(lists.count_again(list_id=row.pk), file) == WHOLE


def test_without_a_reason_nobodys_signature_is_taken(world: World, file: Participation, client: Client):
    row = made.locked(world)
    sign_in(client, world.people["rafal"])
    refused = client.post(at("list_count"))
    assert (refused.status_code, "Nie ma czego liczyć od nowa" in refused.content.decode()) == (422, True)
    with world.scope("cis", "ewa"):
        row.refresh_from_db()
        assert row.state == ListState.LOCKED
        lists.send_back(list_id=row.pk, remark="konto")
        with pytest.raises(InputError, match="nie można teraz"):
            lists.count_again(list_id=row.pk)


def test_who_pays_an_approved_list_on_such_a_day_says_that_the_tax_stays(
    world: World, file: Participation, client: Client
):
    """What was approved is posted and promised on paper: it is not counted again."""
    row = made.approved(world)
    with world.scope("cis", "ewa"):
        taken_back(file)
    sign_in(client, world.people["ewa"])
    assert TICK not in shown(client, "transfers_make")
    refused = client.post(at("transfers_make"), {"day": "01.12.2026"})
    assert (refused.status_code, OTHER in (page := refused.content.decode()), TICK in page) == (
        422,
        True,
        True,
    )
    with clock.frozen(FIRST):
        assert "kto wypłaca, potwierdza, że zostają" in shown(client)
        assert TICK in shown(client, "transfers_make")
        given = {"day": "01.12.2026", "as_counted": "on"}
        assert client.post(at("transfers_make"), given).status_code == 302
        given = {"paid_on": "01.12.2026"}
        assert TICK in shown(client, "list_pay")
        assert client.post(at("list_pay"), given).status_code == 422
        assert client.post(at("list_pay"), given | {"as_counted": "on"}).status_code == 302
        with world.scope("cis", "ewa"):
            row.refresh_from_db()
            assert (row.state, tax_of(row, file)) == (ListState.PAID, 0)
        assert "Podatek jest w dniu wypłaty inny" not in shown(client)


def test_on_a_day_with_the_same_tax_nobody_is_asked(world: World, file: Participation, client: Client):
    row = made.approved(world)
    with world.scope("cis", "ewa"):
        taken_back(file)
        transfers.make_file(list_id=row.pk, day=TODAY)
    sign_in(client, world.people["ewa"])
    with clock.frozen(FIRST):
        # It is said in December that it was paid in November.
        assert client.post(at("list_pay"), {"paid_on": "30.11.2026"}).status_code == 302


def test_a_list_that_slips_into_the_next_month_is_looked_at(world: World, file: Participation):
    """It was counted beside another one of the same month, and is paid alone: too much was withheld."""
    first, second = made.approved(world, SEPTEMBER), made.approved(world)
    with world.scope("cis", "ewa"):
        assert [taxed_otherwise(one, TODAY) for one in (first, second)] == [[], []]
        lists.confirm_payment(list_id=first.pk, paid_on=TODAY, without_file=True)
        assert taxed_otherwise(second, TODAY) == []
        assert [(one.counted, one.due) for one in taxed_otherwise(second, FIRST)] == [(214, 0)] * 2
    with clock.frozen(FIRST), world.scope("cis", "ewa"):
        with pytest.raises(InputError, match="Podatek 2 osób"):
            lists.confirm_payment(list_id=second.pk, paid_on=FIRST, without_file=True)
        lists.confirm_payment(list_id=second.pk, paid_on=TODAY, without_file=True)


def test_a_list_with_a_file_takes_its_part_in_the_month_of_the_file(world: World, file: Participation):
    """Its payment is confirmed after the next list was counted: the reduction is given once all the same."""
    row, key = made.approved(world), file.person_id
    with world.scope("cis", "ewa"):
        transfers.make_file(list_id=row.pk, day=FIRST)
        law = Law(law_book())
        assert [reliefs_of([key], day, law)[key].used > 0 for day in (TODAY, FIRST)] == [False, True]
    with clock.frozen(date(2026, 12, 2)):
        after = made.approved(world, OCTOBER.next)
    with clock.frozen(date(2026, 12, 5)), world.scope("cis", "ewa"):
        assert tax_of(after, file) == 214
        lists.confirm_payment(list_id=after.pk, paid_on=clock.today(), without_file=True)
        assert taxed_otherwise(row, FIRST) == []
        lists.confirm_payment(list_id=row.pk, paid_on=FIRST)
