"""What a unit pays and gets, by the program's services: such rows stand only with their journal."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random

from benefits.enums import LineState
from benefits.models import FundAgreement, FundApplication, FundReceipt, PaidLine
from benefits.services import lines
from benefits.services.fund import applications, receipts
from ipzs.services import months
from participants.models import Person
from reintegration.core import clock
from reintegration.core.errors import InputError
from tests.benefits.fund import made as fund_made
from tests.benefits.lists import made as lists_made
from tests.benefits.premiums import made as premiums
from tests.cast import World

REASON = "rachunek zamknięty"


def pay(world: World, number: int, dice: Random) -> None:
    """Two months of a CIS: benefits, premiums, a correction of the first, and what the Labour Fund gave."""
    with world.scope("cis", "ewa"):
        agreement = fund_made.signed(mode="advance")
        advance = receipts.ask_advance(
            agreement_id=agreement.pk, month=lists_made.OCTOBER, amount=Decimal(5000), asked_on=clock.today()
        )
        receipts.receive_advance(advance_id=advance.pk, day=clock.today(), amount=Decimal(5000))
        receipts.give_back(agreement_id=agreement.pk, day=clock.today(), amount=Decimal(7))
        lists_made.rounding(world)
        files = lists_made.people(number)
        for file in files:
            Person.objects.filter(pk=file.person_id).update(sex=dice.choice(["F", "M"]))
    fund_made.paid(world, lists_made.SEPTEMBER)
    with world.scope("cis", "ewa"):
        lists_made.missed(*files[:2])
        for file in files[::2]:
            premiums.granted(file, f"{dice.randint(50, 900)}.{dice.randint(10, 99)}")
    row = fund_made.paid(world)
    with world.scope("cis", "celina"):
        application = fund_made.sent(row)
        applications.accept_rest(application_id=application.pk)
        receipts.receive(application_id=application.pk, day=clock.today(), amount=Decimal(500))
    with world.scope("cis", "ewa"), clock.frozen(clock.now() + timedelta(minutes=1)):
        # What is put right later is not in a closed month.
        for month in (lists_made.SEPTEMBER, lists_made.OCTOBER):
            months.reopen(month=month, reason="co było inaczej")


def correct_money(dice: Random) -> None:
    """Some payment or receipt turns out to have been otherwise; what stands in the way of one is another."""
    for work in dice.sample(CORRECTIONS, len(CORRECTIONS)):
        if work(dice):
            return


def _returned(dice: Random) -> bool:
    sent = PaidLine.objects.filter(state__in=[LineState.SENT, LineState.PAID]).order_by("reference")
    if len(sent) < 3:
        return False
    lines.return_by_word(line_id=dice.choice(sent).pk, day=clock.today(), reason=REASON)
    return True


def _sent_again(dice: Random) -> bool:
    again = [
        one
        for one in PaidLine.objects.filter(state=LineState.RETURNED).order_by("reference")
        if not PaidLine.objects.filter(
            statement=one.statement, part=one.part, attempt__gt=one.attempt
        ).exists()
    ]
    if not again:
        return False
    lines.send_by_word(
        line_id=lines.pay_again(line_id=dice.choice(again).pk, method="cash").pk, day=clock.today()
    )
    return True


def _return_undone(dice: Random) -> bool:
    came = PaidLine.objects.filter(state=LineState.RETURNED).order_by("reference")
    if not came:
        return False
    try:
        lines.undo_return(line_id=dice.choice(came).pk)
    except InputError:
        return False
    return True


def _received(dice: Random) -> bool:
    (application,) = FundApplication.objects.order_by("pk")
    amount = Decimal(dice.randint(100, 9999)) / 100
    receipts.receive(application_id=application.pk, day=clock.today(), amount=amount)
    return True


def _taken_back(dice: Random) -> bool:
    rows = FundReceipt.objects.filter(taken_back_on__isnull=True, advance__isnull=True).order_by(
        "kind", "amount"
    )
    if len(rows) < 3:
        return False
    receipts.take_back(receipt_id=dice.choice(rows).pk, because="pomyłka")
    return True


def _given_back(dice: Random) -> bool:
    (agreement,) = FundAgreement.objects.order_by("pk")
    try:
        receipts.give_back(agreement_id=agreement.pk, day=clock.today(), amount=Decimal(dice.randint(1, 9)))
    except InputError:
        return False
    return True


CORRECTIONS: tuple[Callable[[Random], bool], ...] = (
    _returned, _sent_again, _return_undone, _received, _taken_back, _given_back,
)  # fmt: skip
