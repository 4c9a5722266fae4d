"""How the money of a list goes out: by the way that holds when it is counted, and as a bank can take it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from benefits.models import PayWay
from benefits.queries.close import close_of
from benefits.queries.pay import pay_file
from benefits.services import pay
from participants.models import Participation
from reintegration.core import clock, slots
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER
from tests.benefits.transfers import made as transfers_made
from tests.cast import World
from tests.ipzs.attendance.made import TODAY

pytestmark = pytest.mark.django_db
NEW = "27114020040000300201355387"
AFTER = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # What other rooms ask before the trial is theirs to test.
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with clock.frozen(TODAY):
        yield


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
