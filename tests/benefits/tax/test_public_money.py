"""What is owed to ZUS and to the tax office, what was paid, and what is left. All names are invented."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from benefits.enums import LedgerAccount, PublicKind
from benefits.models import BankBooking, JournalEntry, PaySettings, Posting, PublicPayment
from benefits.queries import contributions as of_contributions
from benefits.queries import public_money as queries
from benefits.services import contributions, recoveries
from benefits.services import pay as pay_services
from benefits.services import public_money as services
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO
from tests.benefits.lists.made import OCTOBER, SEPTEMBER, approved, missed, somebody
from tests.benefits.tax import made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY
from tests.specimens import specimen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER = Month.of(TODAY)
TAX = reverse("benefits:tax")


@pytest.fixture
def october(world: World) -> World:
    """October was paid in November to three people; one of them has no PIT-2."""
    made.people(world)
    made.paid(world)
    return world


def owed(kind: PublicKind) -> queries.Owed:
    (found,) = queries.months_of(kind)
    return found


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_the_list_of_october_owes_both_offices(october: World):
    with october.scope("cis", "ewa"):
        zus, tax = queries.of_month(OCTOBER)
        assert (zus.month, zus.amount, zus.due) == (OCTOBER, Decimal("1767.33"), date(2026, 11, 16))
        # Of the month in which it was paid; the twentieth of December is a Sunday.
        assert (tax.month, tax.amount, tax.due) == (NOVEMBER, Decimal("257.00"), date(2026, 12, 21))
        assert zus.is_overdue(TODAY)
        assert not tax.is_overdue(TODAY)
        assert queries.of_month(NOVEMBER) == []


def test_one_month_is_asked_for_as_it_stands_among_all(world: World):
    """Of lists from then on alone, with what later ones corrected, and what was paid for a month before."""
    made.people(world)
    made.paid(world, SEPTEMBER, on=TODAY)
    with world.scope("cis", "ewa"):
        missed(somebody())
        recoveries.add(
            participation_id=somebody().pk, kind="consent", given_on=TODAY, reference="", at_most=None
        )
        services.pay(kind=PublicKind.ZUS, month=OCTOBER, amount=Decimal("10.00"), paid_on=TODAY)
    row = made.paid(world)
    with world.scope("cis", "ewa"):
        for kind in PublicKind:
            months = queries.months_of(kind)
            assert len(months) == (2 if kind == PublicKind.ZUS else 1)
            assert [queries.month_with(kind, one.month) for one in months] == months
        assert of_contributions.untold(row) == []


def test_nothing_is_owed_to_the_tax_office_before_the_payment(world: World):
    made.people(world)
    with world.scope("cis", "ewa"):
        contributions.set_rule(since=OCTOBER, counted_by="paid", pay_by=15, title_code="0910")
    approved(world)
    with world.scope("cis", "ewa"):
        assert queries.of_month(OCTOBER) == []
        assert queries.months_of(PublicKind.TAX) == []


def test_a_payment_is_compared_to_the_grosz_and_posted(october: World):
    with october.scope("cis", "celina"):
        services.pay(kind=PublicKind.ZUS, month=OCTOBER, amount=Decimal("1767.32"), paid_on=TODAY)
        assert owed(PublicKind.ZUS).left == Decimal("0.01")
        services.pay(kind=PublicKind.ZUS, month=OCTOBER, amount=Decimal("0.02"), paid_on=TODAY)
        assert owed(PublicKind.ZUS).left == Decimal("-0.01")
        services.pay(kind=PublicKind.TAX, month=NOVEMBER, amount=Decimal("257.00"), paid_on=TODAY)
        assert owed(PublicKind.TAX).left == ZERO
        sums = Posting.objects.values_list("account").annotate(total=Sum("amount")).order_by("account")
        posted = dict(sums)
        assert posted[LedgerAccount.TAX] == ZERO
        assert posted[LedgerAccount.ZUS] == Decimal("0.01")


def test_a_mistake_is_taken_back_once_and_both_rows_stay(october: World):
    with october.scope("cis", "celina"):
        row = services.pay(kind=PublicKind.TAX, month=NOVEMBER, amount=Decimal(100), paid_on=TODAY)
        with pytest.raises(InputError, match="nie tak"):
            services.take_back(payment_id=row.pk, note=" ")
        back = services.take_back(payment_id=row.pk, note="zły miesiąc")
        assert owed(PublicKind.TAX).paid == ZERO
        for one in (row, back):
            with pytest.raises(InputError, match="już wycofana"):
                services.take_back(payment_id=one.pk, note="jeszcze raz")
        assert JournalEntry.objects.filter(event="storno").count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            PublicPayment.objects.filter(pk=row.pk).update(amount=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            PublicPayment.objects.filter(pk=row.pk).delete()


@pytest.mark.parametrize(
    ("amount", "month", "day"),
    [("0", NOVEMBER, TODAY), ("10", NOVEMBER.next, TODAY), ("10", OCTOBER, date(2026, 11, 21))],
)
def test_nonsense_is_refused(october: World, amount: str, month: Month, day: date):
    with october.scope("cis", "celina"), pytest.raises(InputError):
        services.pay(kind=PublicKind.TAX, month=month, amount=Decimal(amount), paid_on=day)


def test_the_accountant_writes_a_payment_down_and_takes_it_back(october: World, client: Client):
    sign_in(client, october.people["celina"])
    page = shown(client, TAX)
    assert "do zapłaty" in page
    assert "21.12.2026" in page
    address = reverse("benefits:tax_pay", args=[str(NOVEMBER)])
    assert 'value="257,00"' in shown(client, address)
    given = {"amount": "256,99", "paid_on": "20.11.2026", "note": "przelew"}
    assert client.post(address, given | {"amount": "0"}).status_code == 422
    assert client.post(address, given).url == TAX
    page = shown(client, TAX)
    assert "zapłacone w części" in page
    assert "zostało 0,01 zł" in page
    with october.scope("cis", "ewa"):
        row = PublicPayment.objects.get()
    back = reverse("benefits:public_payment_back", args=[row.pk])
    assert "256,99 zł" in shown(client, back)
    assert client.post(back, {"note": "pomyłka"}).url == TAX
    assert "storno" in shown(client, TAX)


def test_contributions_show_what_was_paid(october: World, client: Client):
    sign_in(client, october.people["celina"])
    index = reverse("benefits:contributions")
    assert "po terminie" in shown(client, index)
    address = reverse("benefits:zus_pay", args=[str(OCTOBER)])
    client.post(address, {"amount": "2000", "paid_on": "20.11.2026"})
    assert "nadpłata 232,67 zł" in shown(client, index)


def test_the_accounts_of_the_unit_stand_beside_the_amounts(october: World, client: Client):
    sign_in(client, october.people["ewa"])
    assert "nie jest wpisany" in shown(client, TAX)
    settings = reverse("benefits:pay_settings")
    tax, zus = _nrb("101000712221959123456700"), _nrb("600000020260009591234567")
    given = {"payment_day": "10", "tax_office": made.OFFICE, "tax_account": tax, "zus_account": zus}
    assert client.post(settings, given | {"tax_account": zus}).status_code == 422
    assert client.post(settings, given | {"zus_account": zus[:-1] + "0"}).status_code == 422
    assert client.post(settings, given).status_code == 302
    with october.scope("cis", "ewa"):
        assert PaySettings.objects.get().zus_account == zus
    assert f"{tax[:2]} 1010 0071" in shown(client, TAX)
    assert f"{zus[:2]} 6000 0002" in shown(client, reverse("benefits:contributions"))


def _nrb(rest: str) -> str:
    return f"{98 - int(rest + '252100') % 97:02d}{rest}"


def test_a_club_and_the_office_pay_nothing(october: World, client: Client):
    sign_in(client, october.people["bozena"])
    assert client.get(TAX).status_code == 404
    sign_in(client, october.people["rafal"])
    assert client.get(TAX).status_code == 200
    assert "Zapisz zapłatę" not in shown(client, TAX)
    assert client.get(reverse("benefits:tax_pay", args=[str(NOVEMBER)])).status_code == 403


@pytest.mark.parametrize("month", ["2026-13", "abc"])
def test_a_month_that_is_none_is_not_found(october: World, client: Client, month: str):
    sign_in(client, october.people["celina"])
    assert client.get(f"{TAX}{month}/zaplata/").status_code == 404


def test_settings_of_a_club_are_refused(world: World):
    with world.scope("kis", "bozena"), pytest.raises(InputError, match="KIS"):
        services.pay(kind=PublicKind.ZUS, month=OCTOBER, amount=Decimal(1), paid_on=TODAY)
    with world.scope("kis", "bozena"), pytest.raises(InputError, match="KIS"):
        pay_services.save_settings(payment_day=10)


def test_a_booking_of_the_bank_is_written_down_once_and_released(october: World, client: Client):
    with october.scope("cis", "celina"):
        booking = specimen(BankBooking, october, "", amount=Decimal("-300.00"), day=TODAY)
    sign_in(client, october.people["celina"])
    page = shown(client, reverse("benefits:booking", args=[booking.pk]))
    address = f"{reverse('benefits:tax_booked')}?zapis={booking.pk}"
    assert address in page
    assert "To zapłata składek" in page
    page = shown(client, address)
    assert 'value="300,00"' in page
    assert 'value="11.2026"' in page
    given = {"month": "11.2026", "amount": "257,00"}
    assert client.post(address, given | {"amount": "300,01"}).status_code == 422
    assert client.post(address, given).url == TAX
    # Written down elsewhere meanwhile, it is not taken twice.
    assert client.post(address, given).status_code == 422
    with october.scope("cis", "celina"):
        row = PublicPayment.objects.get()
        assert (row.booking, row.paid_on, row.booking.state) == (booking, TODAY, "matched")
        services.take_back(payment_id=row.pk, note="pomyłka")
        booking.refresh_from_db()
        assert booking.state == "open"
    assert client.post(address, given).url == TAX
    assert client.get(reverse("benefits:tax_booked")).url == TAX
    assert client.get(f"{reverse('benefits:tax_booked')}?zapis={row.pk}").status_code == 404
