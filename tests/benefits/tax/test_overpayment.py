"""What was paid too much for one month is counted to another. All names are invented."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from benefits.enums import PublicKind
from benefits.models import JournalEntry, PublicPayment
from benefits.queries import public_money as queries
from benefits.services import public_money as services
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO
from tests.benefits.lists.made import OCTOBER, SEPTEMBER, approved
from tests.benefits.lists.test_race import clicked, two  # noqa: F401 - a fixture
from tests.benefits.tax import made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY

ZUS = PublicKind.ZUS
INDEX = reverse("benefits:contributions")
COUNT = reverse("benefits:zus_count", args=[str(SEPTEMBER)])
# Of the contributions of three people for October.
OWED = Decimal("1767.33")


@pytest.fixture
def world(db: None, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """October owes contributions; 86.33 was paid for September, which owes nothing any more."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with clock.frozen(TODAY):
        made.people(world)
        made.paid(world)
        with world.scope("cis", "celina"):
            services.pay(kind=ZUS, month=SEPTEMBER, amount=Decimal("86.33"), paid_on=TODAY)
        yield world


def left() -> dict[Month, Decimal]:
    return {one.month: one.left for one in queries.months_of(ZUS)}


def counted(amount: str, *, source: Month = SEPTEMBER, target: Month = OCTOBER) -> PublicPayment:
    return services.count_over(kind=ZUS, source=source, target=target, amount=Decimal(amount))


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_a_part_and_the_rest_are_counted_and_nothing_is_posted(world: World):
    with world.scope("cis", "celina"):
        posted = JournalEntry.objects.count()
        counted("50.00")
        assert left() == {SEPTEMBER: Decimal("-36.33"), OCTOBER: OWED - 50}
        counted("36.33")
        assert left() == {SEPTEMBER: ZERO, OCTOBER: OWED - Decimal("86.33")}
        with pytest.raises(InputError, match="nie ma już nadpłaty"):
            counted("0.01")
        assert JournalEntry.objects.count() == posted


@pytest.mark.parametrize(
    ("amount", "source", "target"),
    [
        ("86.34", SEPTEMBER, OCTOBER),
        ("0.00", SEPTEMBER, OCTOBER),
        ("-1.00", SEPTEMBER, OCTOBER),
        ("1.00", OCTOBER, SEPTEMBER),
        ("1.00", SEPTEMBER, SEPTEMBER),
        ("1.00", SEPTEMBER, OCTOBER.next),
    ],
)
def test_more_than_there_is_and_a_month_that_owes_nothing_are_refused(
    world: World, amount: str, source: Month, target: Month
):
    with world.scope("cis", "celina"), pytest.raises(InputError):
        counted(amount, source=source, target=target)


def test_no_more_is_counted_than_the_month_owes(world: World):
    with world.scope("cis", "celina"):
        services.pay(kind=ZUS, month=OCTOBER, amount=OWED - Decimal("10.00"), paid_on=TODAY)
        with pytest.raises(InputError, match="najwyżej 10,00"):
            counted("10.01")
        counted("10.00")
        assert left() == {SEPTEMBER: Decimal("-76.33"), OCTOBER: ZERO}


def test_it_is_taken_back_once_and_both_months_are_as_before(world: World):
    with world.scope("cis", "celina"):
        before, posted = left(), JournalEntry.objects.count()
        row = counted("86.33")
        back = services.take_back(payment_id=row.pk, note="nie ten miesiąc")
        assert left() == before
        for one in (row, back):
            with pytest.raises(InputError, match="już wycofana"):
                services.take_back(payment_id=one.pk, note="jeszcze raz")
        assert JournalEntry.objects.count() == posted
        counted("86.33")


def test_a_payment_whose_overpayment_was_counted_is_not_taken_back(world: World, client: Client):
    with world.scope("cis", "celina"):
        payment = PublicPayment.objects.get()
        row = counted("86.33")
    sign_in(client, world.people["celina"])
    address = reverse("benefits:public_payment_back", args=[payment.pk])
    answer = client.post(address, {"note": "pomyłka"})
    assert answer.status_code == 422
    assert "Wycofaj najpierw to zaliczenie" in answer.content.decode()
    with world.scope("cis", "celina"):
        services.take_back(payment_id=row.pk, note="pomyłka")
        services.take_back(payment_id=payment.pk, note="pomyłka")
        assert left() == {SEPTEMBER: ZERO, OCTOBER: OWED}


@pytest.mark.parametrize(
    "changed",
    [
        {"counted_from": SEPTEMBER.first, "month": OCTOBER.first, "amount": Decimal("86.34")},
        {"counted_from": SEPTEMBER.first, "month": SEPTEMBER.first, "amount": Decimal(1)},
        {"counted_from": TODAY, "month": OCTOBER.first, "amount": Decimal(1)},
    ],
)
def test_the_database_refuses_nonsense(world: World, changed: dict[str, object]):
    with world.scope("cis", "celina"):
        row = PublicPayment.objects.get()
        same = {"kind": ZUS, "paid_on": TODAY, "made_at": clock.now(), "made_by_id": row.made_by_id}
        with pytest.raises(DatabaseError), transaction.atomic():
            PublicPayment.objects.create(**same | changed)


@pytest.mark.parametrize(
    "changed",
    [{"amount": Decimal("-49.99")}, {"counted_from": None}, {"month": OCTOBER.next.first}, {"kind": "tax"}],
)
def test_what_takes_a_row_back_says_the_opposite_of_it(world: World, changed: dict[str, object]):
    with world.scope("cis", "celina"):
        row = counted("50.00")
        same = {
            "kind": ZUS, "month": OCTOBER.first, "counted_from": SEPTEMBER.first, "amount": -row.amount,
            "paid_on": TODAY, "made_at": clock.now(), "made_by_id": row.made_by_id, "reverses": row,
        }  # fmt: skip
        with pytest.raises(DatabaseError, match="as it stands"), transaction.atomic():
            PublicPayment.objects.create(**same | changed)


def test_the_accountant_counts_an_overpayment_and_takes_it_back(world: World, client: Client):
    sign_in(client, world.people["celina"])
    page = shown(client, INDEX)
    assert "nadpłata 86,33 zł" in page
    assert page.count("Zalicz nadpłatę") == 1
    form = shown(client, COUNT)
    assert 'value="86,33"' in form
    assert f'value="{OCTOBER}"' in form
    given = {"month": str(OCTOBER), "amount": "86,33", "note": ""}
    assert client.post(COUNT, given | {"amount": "86,34"}).status_code == 422
    assert client.post(COUNT, given | {"month": str(SEPTEMBER)}).status_code == 422
    assert client.post(COUNT, given).url == INDEX
    page = shown(client, INDEX)
    assert "Zalicz nadpłatę" not in page
    assert "nadpłata 86,33 zł" not in page
    assert "zostało 1 681,00 zł" in page
    assert "z nadpłaty za wrzesień 2026" in page
    assert "nie ma nadpłaty" in shown(client, COUNT)
    assert client.post(COUNT, given).status_code == 422
    with world.scope("cis", "ewa"):
        row = PublicPayment.objects.get(counted_from__isnull=False)
    back = reverse("benefits:public_payment_back", args=[row.pk])
    assert "Wycofaj zaliczenie nadpłaty" in shown(client, back)
    assert client.post(back, {"note": "pomyłka"}).url == INDEX
    assert "nadpłata 86,33 zł" in shown(client, INDEX)


def test_there_is_no_button_where_no_month_waits_or_for_whoever_may_not(world: World, client: Client):
    sign_in(client, world.people["rafal"])
    assert "Zalicz nadpłatę" not in shown(client, INDEX)
    assert client.get(COUNT).status_code == 403
    with world.scope("cis", "celina"):
        services.pay(kind=ZUS, month=OCTOBER, amount=OWED, paid_on=TODAY)
    sign_in(client, world.people["celina"])
    assert "Zalicz nadpłatę" not in shown(client, INDEX)
    assert "nie ma na co" in shown(client, COUNT)
    assert client.get(reverse("benefits:zus_count", args=["2026-13"])).status_code == 404


def test_advances_on_tax_are_counted_alike(world: World, client: Client):
    with world.scope("cis", "celina"):
        services.pay(kind=PublicKind.TAX, month=OCTOBER, amount=Decimal("20.00"), paid_on=TODAY)
    sign_in(client, world.people["celina"])
    index = reverse("benefits:tax")
    address = reverse("benefits:tax_count", args=[str(OCTOBER)])
    assert address in shown(client, index)
    given = {"month": str(OCTOBER.next), "amount": "20,00"}
    assert client.post(address, given).url == index
    assert "zostało 237,00 zł" in shown(client, index)


def test_two_people_count_it_once(two: World):  # noqa: F811
    approved(two)
    with two.scope("cis", "ewa"):
        services.pay(kind=ZUS, month=SEPTEMBER, amount=Decimal("86.33"), paid_on=TODAY)
    turns = count()

    def click() -> PublicPayment:
        return counted("86.33") if next(turns) % 3 else counted("50.00")

    given = clicked(two, "celina", click, times=2)
    made_rows = [one for one in given if isinstance(one, PublicPayment)]
    with two.scope("cis", "ewa"):
        assert len(made_rows) == 1
        assert left()[SEPTEMBER] == sum(one.amount for one in made_rows) - Decimal("86.33")
