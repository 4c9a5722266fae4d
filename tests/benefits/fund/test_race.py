"""Many connections send one application and write down one receipt at once: once each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from benefits.models import BankBooking, FundApplication, FundReceipt, JournalEntry, PayrollList
from benefits.queries import fund as queries
from benefits.services.fund import applications, receipts
from tests.benefits.fund import made
from tests.benefits.lists.test_race import clicked, two  # noqa: F401 - two people, committed
from tests.cast import World
from tests.ipzs.attendance.made import TODAY
from tests.specimens import specimen


@pytest.fixture
def paid(two: World) -> tuple[World, PayrollList]:  # noqa: F811 - the fixture
    """A paid list of two, and an agreement."""
    row = made.paid(two)
    with two.scope("cis", "celina"):
        made.signed()
    return two, row


def together(world: World, work: Callable[[], Any]) -> tuple[int, list[Exception]]:
    """Of how many it was, and what stopped the others."""
    given = clicked(world, "celina", work, times=1)
    stopped = [one for one in given if isinstance(one, Exception)]
    return len(given) - len(stopped), stopped


def events(name: str) -> int:
    return JournalEntry.objects.filter(event=name).count()


def test_an_application_is_drawn_sent_paid_and_settled_once(paid: tuple[World, PayrollList]):
    world, listed = paid
    assert together(world, lambda: applications.draw(list_id=listed.pk))[0] == 1
    with world.scope("cis", "celina"):
        row = FundApplication.objects.get()
    assert together(world, lambda: applications.send(application_id=row.pk, sent_on=TODAY))[0] == 1
    whole = 2 * made.FULL
    once, stopped = together(world, lambda: receipts.receive(application_id=row.pk, day=TODAY, amount=whole))
    assert once == 1
    assert all("jest już zapisana" in str(one) for one in stopped)
    assert together(world, lambda: applications.settle(application_id=row.pk))[0] == 1
    with world.scope("cis", "celina"):
        assert (events("claim"), events("receipt"), FundReceipt.objects.count()) == (1, 1, 1)
        assert queries.posted(row.agreement) == 0


def test_a_booking_of_the_bank_is_written_down_and_released_once(paid: tuple[World, PayrollList]):
    world, listed = paid
    with world.scope("cis", "celina"):
        row = made.sent(listed)
        booking = specimen(BankBooking, world, "", amount=made.FULL, day=TODAY)
    assert together(world, lambda: receipts.book(booking_id=booking.pk, of=row))[0] == 1
    with world.scope("cis", "celina"):
        got = FundReceipt.objects.get()
        assert got.booking == booking
    assert together(world, lambda: receipts.take_back(receipt_id=got.pk, because="pomyłka"))[0] == 1
    with world.scope("cis", "celina"):
        booking.refresh_from_db()
        assert (booking.state, events("receipt"), events("storno")) == ("open", 1, 1)
        made.balanced(row.agreement)


def test_without_the_lock_the_journal_refuses_the_second_sending(
    paid: tuple[World, PayrollList], monkeypatch: pytest.MonkeyPatch
):
    """The control: the clicks do meet, and a constraint stands behind the lock."""
    world, listed = paid
    with world.scope("cis", "celina"):
        row = applications.draw(list_id=listed.pk)
    monkeypatch.setattr(
        applications,
        "held",
        lambda key: FundApplication.objects.select_related("agreement", "payroll_list").get(pk=key),
    )
    once, stopped = together(world, lambda: applications.send(application_id=row.pk, sent_on=TODAY))
    assert once == 1
    assert any(isinstance(one, IntegrityError) or "już zaksięgowane" in str(one) for one in stopped)
