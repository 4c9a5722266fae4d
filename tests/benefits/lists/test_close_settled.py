"""The close of a month after the payment: ZUS and the tax office, the Labour Fund, the bank's answer."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.enums import ListState, PublicKind
from benefits.models import FundApplication, PaidLine, PayrollList
from benefits.services import lines, lists, public_money
from benefits.services.fund import applications, receipts
from participants.models import Person
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.identifiers import false_pesel
from tests.benefits.fund import made as fund
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER
from tests.benefits.transfers.made import own_account
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
SHOW = reverse("benefits:close", args=[str(OCTOBER)])
PRIMARY = re.compile(r'<a class="btn btn-primary" href="([^"]+)"')


@pytest.fixture
def paid(world: World) -> tuple[World, PayrollList]:
    """October of three is paid; the statements are on paper as far as anybody asks."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        own_account()
        made.people()
        for number, one in enumerate(Person.objects.order_by("pk"), 1):
            one.pesel, one.no_pesel = false_pesel(date(1885, 5, 4), number, "M"), ""
            one.save()
    return world, fund.paid(world)


def page_of(client: Client, world: World, person: str = "ewa") -> str:
    sign_in(client, world.people[person])
    return client.get(SHOW).content.decode().replace("\u00a0", " ")


def primary(client: Client, world: World, person: str = "ewa") -> list[str]:
    return PRIMARY.findall(page_of(client, world, person))


def at(name: str, *keys: object) -> str:
    return reverse(f"benefits:{name}", args=[str(key) for key in keys])


def offices_are_paid(world: World) -> None:
    with world.scope("cis", "celina"):
        public_money.pay(kind=PublicKind.ZUS, month=OCTOBER, amount=Decimal("1767.33"), paid_on=TODAY)


def application(world: World) -> FundApplication:
    with world.scope("cis", "celina"):
        return FundApplication.objects.select_related("payroll_list").get()


def test_a_paid_month_goes_on_to_its_end_by_its_one_button(paid: tuple[World, PayrollList], client: Client):
    world, row = paid
    assert primary(client, world) == [at("zus_pay", OCTOBER)]
    offices_are_paid(world)
    # Without an agreement nothing can be asked for; the transfers wait for the bank.
    assert primary(client, world) == [at("answers_take_in")]
    assert "Na ten miesiąc nie ma umowy z urzędem pracy." in page_of(client, world)
    with world.scope("cis", "ewa"):
        fund.signed()
    assert primary(client, world) == [at("fund_draw", row.pk)]
    with world.scope("cis", "ewa"):
        applications.draw(list_id=row.pk)
    asked = application(world)
    assert primary(client, world) == [at("fund_application", asked.pk)]
    with world.scope("cis", "ewa"):
        applications.send(application_id=asked.pk, sent_on=TODAY)
    assert primary(client, world) == [at("answers_take_in")]
    page = page_of(client, world)
    assert "czeka na urząd" in page
    assert "Urząd jeszcze nie odpowiedział. Ma czas do 20 grudnia." in page
    with world.scope("cis", "ewa"):
        line = PaidLine.objects.order_by("reference")[0]
        lines.return_by_word(line_id=line.pk, day=TODAY, reason="rachunek zamknięty")
    assert primary(client, world) == [at("payments", OCTOBER)]
    assert "Wrócił przelew 2 140,68 zł." in page_of(client, world)
    with world.scope("cis", "ewa"):
        again = lines.pay_again(line_id=line.pk, method="cash")
        lines.send_by_word(line_id=again.pk, day=TODAY)
        lines.confirm_by_word(list_id=row.pk, day=TODAY)
    assert primary(client, world) == [at("list_settle", OCTOBER)]
    assert client.post(at("list_settle", OCTOBER)).status_code == 302
    with world.scope("cis", "ewa"):
        receipts.receive(application_id=asked.pk, day=TODAY, amount=Decimal("100.00"))
    assert primary(client, world) == [at("fund_application", asked.pk)]
    assert client.post(at("list_close", OCTOBER)).status_code == 422
    with world.scope("cis", "ewa"):
        receipts.receive(application_id=asked.pk, day=TODAY, amount=3 * fund.FULL - 100)
        applications.settle(application_id=asked.pk)
    assert primary(client, world) == [at("list_close", OCTOBER)]
    # A manager closes; for the accountant nothing is left but the papers.
    assert at("list_close", OCTOBER) not in primary(client, world, "celina")
    sign_in(client, world.people["ewa"])
    assert client.post(at("list_close", OCTOBER)).status_code == 302
    with world.scope("cis", "ewa"):
        assert PayrollList.objects.get(pk=row.pk).state == ListState.CLOSED
        with pytest.raises(InputError, match="jest zamknięta"):
            applications.reopen(application_id=asked.pk)
    assert "Rozliczone do grosza: wpłynęło 8 189,37 zł." in page_of(client, world)


def test_whom_zus_does_not_know_is_named(paid: tuple[World, PayrollList], client: Client):
    world, _ = paid
    with world.scope("cis", "ewa"):
        one = Person.objects.order_by("name_order")[0]
        one.pesel, one.no_pesel = "", "unknown"
        one.save()
    page = page_of(client, world)
    assert "ZUS: nie ma numeru PESEL, dowodu ani paszportu." in page
    # Nobody has asked by what the three are insured with a doctor: it stops nothing.
    assert "Bez ubezpieczenia zdrowotnego: 3 osoby." in page


def test_a_list_that_is_not_settled_is_not_closed(paid: tuple[World, PayrollList]):
    world, row = paid
    with world.scope("cis", "ewa"), pytest.raises(InputError, match="Stan listy to „wypłacona”"):
        lists.close(list_id=row.pk)


def test_a_list_whose_refund_is_open_is_not_closed(paid: tuple[World, PayrollList]):
    world, row = paid
    with world.scope("cis", "ewa"):
        lines.confirm_by_word(list_id=row.pk, day=TODAY)
        lists.settle(list_id=row.pk)
        with pytest.raises(InputError, match="nie jest jeszcze rozliczony"):
            lists.close(list_id=row.pk)


def test_a_list_of_which_money_came_back_since_is_not_closed(paid: tuple[World, PayrollList], client: Client):
    world, row = paid
    with world.scope("cis", "ewa"):
        lines.confirm_by_word(list_id=row.pk, day=TODAY)
        lists.settle(list_id=row.pk)
        one = lines.return_by_word(
            line_id=PaidLine.objects.order_by("reference")[0].pk, day=TODAY, reason="rachunek zamknięty"
        )
        with pytest.raises(InputError, match="Czeka jeszcze 1 płatność"):
            lists.close(list_id=row.pk)
    assert str(one.person) in page_of(client, world)
    with world.scope("cis", "ewa"):
        lines.give_up(line_id=one.pk, reason="nie wiadomo, gdzie jest")
        with pytest.raises(InputError, match="nie jest jeszcze rozliczony"):
            lists.close(list_id=row.pk)


def test_the_page_costs_the_same_after_the_payment(paid: tuple[World, PayrollList], client: Client):
    """Of three people, and of the same three once everything is open."""
    world, row = paid
    sign_in(client, world.people["ewa"])
    client.get(SHOW)
    with CaptureQueriesContext(connection) as before:
        client.get(SHOW)
    with world.scope("cis", "ewa"):
        for line in PaidLine.objects.order_by("reference"):
            lines.return_by_word(line_id=line.pk, day=TODAY, reason="rachunek zamknięty")
    with CaptureQueriesContext(connection) as after:
        client.get(SHOW)
    assert len(after) <= len(before)


def test_the_month_of_payment_owes_the_tax(paid: tuple[World, PayrollList], client: Client):
    """With PIT-2 there is no advance, so nothing is to be paid."""
    world, _ = paid
    page = page_of(client, world)
    assert "Składki za październik 2026: do zapłaty 1 767,33 zł, termin minął 16 listopada." in page
    assert "Podatek: nic do zapłaty." in page
    assert Month.of(TODAY) != OCTOBER
