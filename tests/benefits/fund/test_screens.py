"""The board, the pages and papers of the Labour Fund, and what it puts on the desk."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from benefits.models import BankBooking, FundReceipt, PayrollList
from benefits.queries import fund as queries
from benefits.queries import fund_board
from benefits.services.fund import applications, receipts
from reintegration.core import clock
from reintegration.core.errors import InputError
from tests.benefits.fund import made
from tests.benefits.lists import made as lists_made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY
from tests.specimens import specimen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
BOARD = reverse("benefits:fund")
# Its application is due on the fifteenth of November.
LATER = TODAY + timedelta(days=45)


@pytest.fixture
def october(world: World, client: Client) -> PayrollList:
    """A paid list of three, looked at by the accountant."""
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people()
    row = made.paid(world)
    sign_in(client, world.people["celina"])
    return row


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_the_board_counts_the_days_of_waiting(world: World, client: Client, october: PayrollList):
    with world.scope("cis", "celina"):
        made.asked(on=TODAY - timedelta(days=47))
    page = shown(client, BOARD)
    assert "47 dni" in page
    assert "Zrób wniosek" not in page


def test_the_board_says_places_and_what_the_year_costs(world: World, client: Client, october: PayrollList):
    with world.scope("cis", "celina"):
        made.signed(places=2)
        row = applications.draw(list_id=october.pk)
        assert fund_board.people_on(TODAY) == 3
        applications.leave_out(line_id=made.lines(row)[0].pk, reason="places", words="", carry=False)
        applications.send(application_id=row.pk, sent_on=TODAY)
    page = shown(client, BOARD)
    assert "zajęte z 2 miejsc" in page
    assert "Osób jest więcej niż miejsc" in page
    # Two people in October, and once more in November.
    assert "5 459,58 zł z 100 000,00 zł" in page
    assert "10 919,16 zł" in page
    assert "Jeszcze 1 wniosek (listopad 2026), średnio po 5 459,58 zł." in page


def test_what_is_late_stands_on_the_board_and_on_the_desk(world: World, client: Client, october: PayrollList):
    desk = reverse("notices:desk")
    with world.scope("cis", "celina"):
        made.signed()
    assert "Wniosek do urzędu pracy za październik 2026" in shown(client, desk)
    with world.scope("cis", "celina"):
        row = made.sent(october)
    assert "Wniosek do urzędu pracy za październik 2026" not in shown(client, desk)
    with clock.frozen(LATER):
        sign_in(client, world.people["celina"])
        assert "15 dni po terminie" in shown(client, BOARD)
        assert f"Urząd pracy nie zapłacił wniosku {row.number}" in shown(client, desk)


def test_the_ledger_names_the_agreement_that_is_open(world: World, client: Client, october: PayrollList):
    with world.scope("cis", "celina"):
        made.signed()
        row = made.sent(october)
    ledger = reverse("benefits:ledger")
    assert "winien <b>8 189,37 zł</b>" in shown(client, ledger)
    with world.scope("cis", "celina"):
        receipts.receive(application_id=row.pk, day=TODAY, amount=3 * made.FULL)
    assert "Umowa UM/1/2026" not in shown(client, ledger)


def test_the_spreadsheet_is_the_application(world: World, client: Client, october: PayrollList):
    with world.scope("cis", "celina"):
        made.signed()
        row = made.sent(october)
    content = client.get(reverse("benefits:fund_sheet", args=[row.pk])).content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [one[1] for one in rows[1:]] == [
        *(queries.name_on(one) for one in _lines(world, row)),
        "Razem",
    ]
    assert Decimal(str(rows[-1][-1])) == 3 * made.FULL


def _lines(world: World, row: object) -> list[object]:
    with world.scope("cis", "celina"):
        return list(made.lines(row))


def test_the_close_of_a_month_is_told_what_is_missing(world: World, client: Client, october: PayrollList):
    with world.scope("cis", "celina"):
        found = queries.of_month(lists_made.OCTOBER)
        assert (found.agreement, found.missing) == (None, "Na ten miesiąc nie ma umowy z urzędem pracy.")
        made.signed()
        found = queries.of_month(lists_made.OCTOBER)
        assert found.missing == "Nie ma jeszcze wniosku o refundację."
        assert found.due == date(2026, 11, 15)
        row = applications.draw(list_id=october.pk)
        assert queries.of_month(lists_made.OCTOBER).missing == "Wniosek nie jest wysłany."
        applications.send(application_id=row.pk, sent_on=TODAY)
        assert queries.of_month(lists_made.OCTOBER).missing == "Urząd jeszcze nie odpowiedział."
        receipts.receive(application_id=row.pk, day=TODAY, amount=3 * made.FULL)
        applications.settle(application_id=row.pk)
        assert queries.of_month(lists_made.OCTOBER).missing == ""


def test_a_club_has_no_such_page(world: World, client: Client):
    sign_in(client, world.people["bozena"])
    assert client.get(BOARD).status_code == 404


def booked(world: World, amount: Decimal) -> tuple[BankBooking, str]:
    """Money on the bank's statement, and the page that asks what it is of."""
    with world.scope("cis", "celina"):
        row = specimen(BankBooking, world, "", amount=amount, day=TODAY)
    return row, f"{reverse('benefits:fund_booked')}?zapis={row.pk}"


def chosen(page: str) -> int:
    return page.count(" checked")


def test_money_is_written_down_from_the_bank_and_released(world: World, client: Client, october: PayrollList):
    with world.scope("cis", "celina"):
        made.signed()
        row = made.sent(october)
    booking, address = booked(world, 3 * made.FULL)
    assert address in shown(client, reverse("benefits:booking", args=[booking.pk]))
    page = shown(client, address)
    assert "Wniosek WF/1/2026 za październik 2026, czekacie na 8 189,37 zł" in page
    assert chosen(page) == 1
    about = {"of": str(row.pk)}
    assert client.post(address, {}).status_code == 422
    here = reverse("benefits:fund_application", args=[row.pk])
    assert client.post(address, about).url == here
    # Written down, it is neither asked about nor taken again.
    assert client.get(address).url == reverse("benefits:booking", args=[booking.pk])
    assert client.post(address, about).status_code == 422
    with world.scope("cis", "celina"):
        got = FundReceipt.objects.get()
        assert (got.booking, got.day, got.amount) == (booking, booking.day, booking.amount)
        assert (got.booking.state, made.standing(row).is_even) == ("matched", True)
        receipts.take_back(receipt_id=got.pk, because="to nie ten wniosek")
        booking.refresh_from_db()
        assert booking.state == "open"
    assert client.post(address, about).url == here


def test_a_payment_of_another_amount_is_of_no_application_by_itself(
    world: World, client: Client, october: PayrollList
):
    with world.scope("cis", "celina"):
        made.signed()
        row = made.sent(october)
    _, address = booked(world, made.FULL)
    assert chosen(shown(client, address)) == 0
    client.post(address, {"of": str(row.pk)})
    with world.scope("cis", "celina"):
        assert made.standing(row).open == 2 * made.FULL


def test_an_advance_comes_and_its_rest_goes_back_by_the_bank(
    world: World, client: Client, october: PayrollList
):
    amount = Decimal("9000.00")
    with world.scope("cis", "celina"):
        agreement = made.signed(mode="advance")
        advance = receipts.ask_advance(
            agreement_id=agreement.pk, month=lists_made.OCTOBER, amount=amount, asked_on=TODAY
        )
    _, address = booked(world, amount)
    page = shown(client, address)
    assert "Zaliczka ZF/1/2026 na październik 2026, 9000,00 zł" in page.replace("9 000", "9000")
    here = reverse("benefits:fund_agreement", args=[agreement.pk])
    assert client.post(address, {"of": str(advance.pk)}).url == here
    with world.scope("cis", "celina"):
        made.sent(october)
        free = queries.account_of(agreement).free
        assert free == amount - 3 * made.FULL
    _, too_much = booked(world, -free - 1)
    assert client.get(too_much).status_code == 302
    _, back = booked(world, -free)
    page = shown(client, back)
    assert "To zwrot do urzędu pracy" in page
    assert chosen(page) == 1
    assert client.post(back, {"of": str(agreement.pk)}).url == here
    with world.scope("cis", "celina"):
        made.balanced(agreement)
        assert queries.account_of(agreement).free == 0


def test_what_came_twice_goes_back_by_the_bank(world: World, client: Client, october: PayrollList):
    with world.scope("cis", "celina"):
        made.signed()
        row = made.sent(october)
        receipts.receive(application_id=row.pk, day=TODAY, amount=3 * made.FULL + 1)
    _, back = booked(world, Decimal(-1))
    assert "do zwrotu 1,00 zł" in shown(client, back)
    client.post(back, {"of": str(row.pk)})
    with world.scope("cis", "celina"):
        assert made.standing(row).open == 0
        made.balanced(row.agreement)


def test_a_booking_says_its_own_day_and_amount_and_stays_in_its_unit(
    world: World, client: Client, october: PayrollList
):
    with world.scope("cis", "celina"):
        agreement = made.signed()
        row = made.sent(october)
    booking, address = booked(world, made.FULL)
    with world.scope("cis", "celina"):
        wrong = {"application_id": row.pk, "day": TODAY, "booking_id": booking.pk}
        with pytest.raises(InputError, match="inny dzień albo inna kwota"), transaction.atomic():
            receipts.receive(amount=made.FULL - 1, **wrong)
        with pytest.raises(InputError, match="nie jest tą wpłatą"):
            receipts.book(booking_id=booking.pk, of=agreement)
        booking.refresh_from_db()
        assert booking.state == "open"
    sign_in(client, world.people["teresa"])
    assert client.get(address).status_code == 404
    assert client.post(address, {"of": str(row.pk)}).status_code == 404
    assert client.get(reverse("benefits:fund_booked")).url == BOARD
