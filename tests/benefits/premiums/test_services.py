"""Who may get a premium, how much, and until when somebody may change their mind (art. 15a)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from benefits.enums import ListState, PremiumState
from benefits.models import Premium, Statement
from benefits.queries import premiums as queries
from benefits.services import lists, pay, premiums
from ipzs.enums import MarkKind
from participants.models import Participation
from participants.services import participations
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.transitions import WrongState
from tests.benefits.lists.made import FULL, OCTOBER, draft, locked, people, rounding
from tests.benefits.pay.made import asked
from tests.benefits.premiums import made
from tests.benefits.test_basis import chosen
from tests.cast import World
from tests.ipzs.attendance.made import TODAY, closed, mark
from tests.participants.participations.made import TRIAL, candidate, in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER = Month(2026, 11)


@pytest.fixture
def files(world: World) -> list[Participation]:
    with world.scope("cis", "ewa"):
        rounding(world)
        return people()


def test_what_is_proposed_and_granted_is_paid_by_the_list(world: World, files: list[Participation]):
    with world.scope("cis", "tomasz"):
        row = made.proposed(files[0])
    with world.scope("cis", "ewa"):
        made.proposed(files[1])
        row = premiums.grant(premium_id=row.pk)
        assert (row.state, row.number, row.decided_on) == (PremiumState.GRANTED, "PM/1/2026", TODAY)
        assert (row.proposed_by, row.decided_by) == (world.people["tomasz"], world.people["ewa"])
    listed = locked(world)
    with world.scope("cis", "ewa"):
        paid = Statement.objects.filter(payroll_list=listed).order_by("position")
        assert [str(one.premium) for one in paid] == ["200.00", "0.00", "0.00"]


def test_the_manager_may_grant_another_amount(world: World, files: list[Participation]):
    with world.scope("cis", "ewa"):
        row = premiums.grant(premium_id=made.proposed(files[0]).pk, amount=Decimal("150.00"))
        assert row.amount == Decimal("150.00")
        assert queries.plan_of(OCTOBER) == queries.Plan(Decimal("150.00"), None)
        pay.save_settings(payment_day=10, premium_plan=Decimal("100.00"))
        assert queries.plan_of(OCTOBER).left == Decimal("-50.00")


def test_a_list_that_would_lose_a_premium_is_not_locked(world: World, files: list[Participation]):
    """Whoever lacks something is paid later, but no list after this one pays its premium."""
    with world.scope("cis", "ewa"):
        lacking = in_classes("Adam Modrzew")
        row = made.granted(lacking)
        closed(OCTOBER.first)
        listed = draft()
    with world.scope("cis", "rafal"), pytest.raises(InputError, match=r"premia: Adam Modrzew\. Uzupełnij"):
        lists.lock(list_id=listed.pk, without_blocked=True)
    with world.scope("cis", "ewa"):
        premiums.take_back(premium_id=row.pk)
    with world.scope("cis", "rafal"):
        assert lists.lock(list_id=listed.pk, without_blocked=True).state == ListState.LOCKED


def test_a_premium_of_who_left_before_the_month_is_not_lost(world: World, files: list[Participation]):
    """There is no line for somebody who left, and so nothing that would pay the premium."""
    left = files[0]
    with world.scope("cis", "ewa"):
        row, name = made.granted(left), str(left.person)
        participations.end_participation(
            participation_id=left.pk, ended_on=OCTOBER.previous.last, reason="job", destination="open_market"
        )
    with pytest.raises(InputError, match=f"premia: {name}"):
        locked(world)
    with world.scope("cis", "ewa"):
        premiums.take_back(premium_id=row.pk)
    with world.scope("cis", "rafal"):
        assert lists.lock(list_id=draft().pk).state == ListState.LOCKED


def test_who_is_in_the_trial_gets_no_premium(world: World):
    with world.scope("cis", "ewa"):
        rounding(world)
        begins = in_classes(since=date(2026, 10, 15))
        with pytest.raises(InputError, match=r"dopiero po okresie próbnym. \(art. 15a ust. 1\)"):
            made.proposed(begins)
        with pytest.raises(InputError, match="po okresie próbnym"):
            made.proposed(candidate("Iga Bielik"))
        assert queries.standings(OCTOBER) == ([], "")
        # The 15th of November is the first day of the main period.
        assert made.proposed(begins, month=NOVEMBER).state == PremiumState.PROPOSED


def test_a_premium_is_the_full_benefit_at_most(world: World, files: list[Participation]):
    with world.scope("cis", "ewa"):
        mark(files[0], date(2026, 10, 6), MarkKind.UNEXCUSED, reason="późno")
        with pytest.raises(InputError, match=r"Najwyższa premia to 2\s140,68\szł"):
            made.proposed(files[0], "2140.69")
        assert str(made.granted(files[0], FULL).amount) == FULL


def test_a_unit_may_read_the_cap_as_what_is_due(world: World, files: list[Participation]):
    with world.scope("cis", "ewa"):
        chosen(world, "premium_cap", "due")
        mark(files[0], date(2026, 10, 6), MarkKind.UNEXCUSED, reason="późno")
        row = made.proposed(files[0], "2033.66")
        with pytest.raises(InputError, match=r"Najwyższa premia to 2\s033,65\szł"):
            premiums.grant(premium_id=row.pk)
        premiums.grant(premium_id=row.pk, amount=Decimal("2033.65"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": "  "}, "za co"),
        ({"amount": "0.00"}, "większa od zera"),
        ({"month": Month(2026, 12)}, "jeszcze się nie zaczął"),
    ],
)
def test_a_proposal_says_for_what_how_much_and_when(
    world: World, files: list[Participation], given: dict[str, object], sentence: str
):
    with world.scope("cis", "ewa"), pytest.raises(Exception, match=sentence):
        made.proposed(files[0], **given)


def test_there_is_one_premium_of_a_person_and_month(world: World, files: list[Participation]):
    with world.scope("cis", "ewa"):
        first = made.proposed(files[0])
        with pytest.raises(InputError, match="ma już premię"):
            made.proposed(files[0])
        with pytest.raises(IntegrityError, match="premium_once"), transaction.atomic():
            Premium.objects.create(
                participation=files[0], person_id=files[0].person_id, month=OCTOBER.first, amount=5,
                reason="x", proposed_by=world.people["ewa"],
            )  # fmt: skip
        changed = premiums.change(premium_id=first.pk, amount=Decimal("50.00"), reason="Inaczej.")
        assert (changed.pk, str(changed.amount), changed.reason) == (first.pk, "50.00", "Inaczej.")
        premiums.refuse(premium_id=first.pk)
        for work in (premiums.withdraw, premiums.grant, premiums.refuse, premiums.take_back):
            with pytest.raises(WrongState, match="nieprzyznana"):
                work(premium_id=first.pk)
        again = made.granted(files[0])
        with pytest.raises(WrongState, match="nie można jej zmienić"):
            premiums.change(premium_id=again.pk, amount=Decimal("1.00"), reason="x")
        with pytest.raises(WrongState, match="nie można jej wycofać"):
            premiums.withdraw(premium_id=again.pk)
        assert premiums.take_back(premium_id=again.pk).state == PremiumState.WITHDRAWN
        assert queries.granted_premiums(OCTOBER) == {}


def test_a_list_that_was_handed_over_stands(world: World, files: list[Participation]):
    with world.scope("cis", "ewa"):
        paid, late = made.granted(files[0]), made.proposed(files[1])
    listed = locked(world)
    with world.scope("cis", "ewa"):
        with pytest.raises(InputError, match="oddanej do podpisów"):
            premiums.take_back(premium_id=paid.pk)
        for work in (
            lambda: premiums.grant(premium_id=late.pk),
            lambda: premiums.grant_several(month=OCTOBER, premium_ids=[late.pk]),
            lambda: made.proposed(files[2]),
        ):
            with pytest.raises(InputError, match="Premię można przyznać za listopad 2026"):
                work()
        lists.send_back(list_id=listed.pk, remark="Jeszcze premia.")
        premiums.grant(premium_id=late.pk)
        premiums.take_back(premium_id=paid.pk)
    with world.scope("cis", "rafal"):
        lists.lock(list_id=listed.pk)
        found = Statement.objects.filter(payroll_list=listed).order_by("position")
        assert [str(one.premium) for one in found] == ["0.00", "200.00", "0.00"]


def test_several_are_granted_at_once_and_the_rest_is_named(world: World, files: list[Participation]):
    with world.scope("cis", "ewa"):
        rows = [made.proposed(file) for file in files]
        premiums.refuse(premium_id=rows[1].pk)
        done, refused = premiums.grant_several(month=OCTOBER, premium_ids=[row.pk for row in rows])
        assert [row.number for row in done] == ["PM/1/2026", "PM/2/2026"]
        assert [(row.pk, "nieprzyznana" in why) for row, why in refused] == [(rows[1].pk, True)]
        assert premiums.grant_several(month=NOVEMBER, premium_ids=[row.pk for row in rows]) == ([], [])


def test_who_was_refused_the_benefit_is_still_paid_a_premium(world: World):
    with world.scope("cis", "ewa"):
        rounding(world)
        ways = {"Iga Bielik": True, "Jan Buk": False}
        for name, known in ways.items():
            file = in_classes(name)
            pay.refuse(grant_id=asked(file).pk, reason="inne świadczenie", decided_on=TODAY)
            made.granted(file)
            if known:
                pay.set_way(participation_id=file.pk, since=TRIAL, method="cash", account="")
        drawn = draft()
        found = Statement.objects.filter(payroll_list=drawn).order_by("position")
        said = [(one.blocked, str(one.benefit), str(one.premium), str(one.to_pay)) for one in found]
        assert said == [(False, "0.00", "200.00", "176.00"), (True, "0.00", "0.00", "0.00")]


def test_a_club_has_no_premiums(world: World):
    with world.scope("kis", "bozena"), pytest.raises(InputError, match="KIS nie wypłaca premii"):
        made.proposed(candidate())


def test_premiums_are_about_the_month_before_until_it_is_paid(world: World, files: list[Participation]):
    with world.scope("cis", "ewa"):
        assert queries.usual_month() == NOVEMBER
        with clock.frozen(date(2026, 11, 9)):
            assert queries.usual_month() == OCTOBER
            made.proposed(files[0])
        # After the day of payment too, as long as somebody waits for a decision or the list is a draft.
        assert queries.usual_month() == OCTOBER
        premiums.refuse(premium_id=Premium.objects.get().pk)
        assert queries.usual_month() == NOVEMBER
        draft()
        assert queries.usual_month() == OCTOBER
    locked(world)
    with world.scope("cis", "ewa"), clock.frozen(date(2026, 11, 9)):
        assert queries.usual_month() == NOVEMBER
