"""Many connections decide about one premium at once, while a list of its month is handed over."""

from benefits.models import PayrollList, Premium, Statement
from benefits.services import lists, premiums
from participants.models import Participation
from tests.benefits.lists.made import OCTOBER, draft
from tests.benefits.lists.test_race import clicked, two  # noqa: F401 - a fixture
from tests.benefits.premiums import made
from tests.cast import World
from tests.ipzs.attendance.made import closed


def test_one_decision_is_made_and_the_list_pays_what_was_granted(two: World):  # noqa: F811
    with two.scope("cis", "ewa"):
        files = list(Participation.objects.order_by("pk"))
        one, other = (made.proposed(file) for file in files)
        closed(OCTOBER.first)
        listed = draft()
    given = clicked(two, "ewa", lambda: premiums.grant(premium_id=one.pk), times=2)
    assert sum(isinstance(row, Premium) for row in given) == 1
    turns = iter(range(40))

    def grant_or_lock() -> Premium | PayrollList:
        if next(turns) % 2:
            return premiums.grant(premium_id=other.pk)
        return lists.lock(list_id=listed.pk)

    clicked(two, "ewa", grant_or_lock, times=2)
    with two.scope("cis", "ewa"):
        granted = set(Premium.objects.filter(state="granted").values_list("participation_id", "amount"))
        paid = Statement.objects.filter(payroll_list=listed, premium__gt=0)
        assert PayrollList.objects.get().state == "locked"
        assert set(paid.values_list("participation_id", "premium")) == granted
