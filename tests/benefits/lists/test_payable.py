"""How the money of a list goes out: by the way that holds when it is counted, and as a bank can take it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from benefits.models import PayWay, TaxStatement
from benefits.queries import standing
from benefits.queries.close import close_of
from benefits.queries.pay import pay_file
from benefits.services import pay, transfers
from ipzs.enums import MarkKind
from participants.models import Participation
from reintegration.core.errors import InputError
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER
from tests.benefits.pay.made import payable
from tests.benefits.transfers import made as transfers_made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY, mark
from tests.participants.participations.made import in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NEW = "27114020040000300201355387"
AFTER = date(2026, 11, 3)


@pytest.fixture
def one(world: World) -> Participation:
    """Somebody who is paid on an account that was known from the first day."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        transfers_made.own_account()
        return transfers_made.people(1, cash=0)[0]


def way(file: Participation, since: date, account: str = NEW) -> None:
    method = "transfer" if account else "cash"
    pay.set_way(participation_id=file.pk, since=since, method=method, account=account)


def test_tax_follows_the_day_of_the_payment(world: World, one: Participation):
    """PIT-2 was filed in November: October is paid in November, so its advance has the relief."""
    with world.scope("cis", "ewa"):
        TaxStatement.objects.filter(participation=one).delete()
        assert "PIT-2" in str(made.statement_of(made.draft(), one).document["blocked"])
        pay.set_tax(participation_id=one.pk, since=OCTOBER, pit2=False, filed_on=None)
        assert made.statement_of(made.draft(), one).tax == Decimal("257.00")
        pay.set_tax(participation_id=one.pk, since=OCTOBER.next, pit2=True, filed_on=AFTER)
        assert made.statement_of(made.draft(), one).tax == 0


def test_an_account_that_changed_after_the_month_is_paid_on(world: World, one: Participation):
    with world.scope("cis", "ewa"):
        before = made.statement_of(made.draft(), one).account
        way(one, AFTER)
        assert made.statement_of(made.draft(), one).account == NEW != before
    # A day later the person comes to the till; the lock asks again.
    with world.scope("cis", "ewa"):
        way(one, TODAY, account="")
    row = made.locked(world)
    with world.scope("cis", "ewa"):
        statement = made.statement_of(row, one)
        assert (statement.method, statement.account) == ("cash", "")


def test_a_first_account_after_the_month_pays_it(world: World, one: Participation):
    with world.scope("cis", "ewa"):
        PayWay.objects.all().delete()
        codes = [code for code, _ in made.statement_of(made.draft(), one).document["blocked"]]
        assert codes == ["no_way"]
        assert [some.file for some in close_of(OCTOBER).ready.lacking] == [one]
        way(one, AFTER)
        statement = made.statement_of(made.draft(), one)
        assert (statement.blocked, statement.account) == (False, NEW)
        assert close_of(OCTOBER).ready.blocks == 0
        assert pay_file(one.pk).missing(one, OCTOBER) == []


def test_a_way_that_has_not_begun_is_not_used_yet(world: World, one: Participation):
    with world.scope("cis", "ewa"):
        before = made.statement_of(made.draft(), one).account
        way(one, TODAY + timedelta(days=1))
        assert made.statement_of(made.draft(), one).account == before
        PayWay.objects.filter(since__lt=TODAY).delete()
        assert made.statement_of(made.draft(), one).blocked


def test_within_the_month_the_way_of_its_last_day_counts(world: World, one: Participation):
    with world.scope("cis", "ewa"):
        way(one, OCTOBER.next.last)
        assert made.statement_of(made.draft(OCTOBER.next), one).account == NEW


SHOW, CLOSE = (reverse(f"benefits:{name}", args=[str(OCTOBER)]) for name in ("list", "close"))
REFUSED = [
    ({"name": "李 明"}, "nie da się zapisać literami, które przyjmuje bank"),
    ({"account": transfers_made.OWN}, "jest kontem, z którego idą przelewy"),
]


def refused(given: dict[str, str]) -> Participation:
    """Somebody to whom the bank's file could not send anything."""
    return payable(in_classes(given.get("name", "Jan Sad")), account=given.get("account", NEW))


@pytest.mark.parametrize(("given", "why"), REFUSED)
def test_whom_no_file_could_pay_is_blocked_before_anybody_signs(
    world: World, one: Participation, client: Client, given: dict[str, str], why: str
):
    with world.scope("cis", "ewa"):
        file = refused(given)
        row = made.draft()
        statement = made.statement_of(row, file)
        assert (statement.blocked, statement.to_pay) == (True, 0)
        (said,) = statement.document["blocked"]
        assert said[0] == "not_for_bank"
        assert why in said[1]
        assert said[1].endswith("Popraw to albo wybierz wypłatę w kasie.")
        assert not made.statement_of(row, one).blocked
    with pytest.raises(InputError, match="1 osobie czegoś brakuje"):
        made.locked(world)
    sign_in(client, world.people["rafal"])
    mend = reverse("benefits:pay", args=[file.pk])
    for url in (SHOW, CLOSE):
        page = client.get(url).content.decode()
        assert why in page
        assert mend in page
    assert why in client.get(mend).content.decode()


@pytest.mark.parametrize(("given", "why"), REFUSED)
def test_the_others_are_paid_and_the_next_list_pays_whoever_was_left_out(
    world: World, one: Participation, given: dict[str, str], why: str
):
    with world.scope("cis", "ewa"):
        file = refused(given)
    row = made.approved(world, without_blocked=True)
    with world.scope("cis", "ewa"):
        assert transfers.make_file(list_id=row.pk, day=date(2026, 11, 23)).count == 1
        (waits,) = standing.report(file).found
        assert why in waits.missing[0]
        way(file, AFTER, account="")
        (pays,) = standing.report(file).found
        assert not pays.missing
        later = made.draft(OCTOBER.next)
        assert made.statement_of(later, file).corrected == Decimal(made.FULL)


@pytest.mark.parametrize(("given", "why"), REFUSED)
def test_cash_is_refused_to_nobody(world: World, one: Participation, given: dict[str, str], why: str):
    with world.scope("cis", "ewa"):
        file = refused(given)
        way(file, AFTER, account="")
        assert not made.statement_of(made.draft(), file).blocked
        assert close_of(OCTOBER).ready.blocks == 0


def test_who_is_paid_nothing_is_not_asked_what_a_bank_would_say(world: World, one: Participation):
    with world.scope("cis", "ewa"):
        file = refused(REFUSED[0][0])
        for day in OCTOBER:
            if day.weekday() < 5:  # noqa: PLR2004 – Saturday
                mark(file, day, MarkKind.UNEXCUSED, reason="późno")
        statement = made.statement_of(made.draft(), file)
        assert (statement.blocked, statement.to_pay) == (False, 0)
        assert close_of(OCTOBER).ready.lacking == []
