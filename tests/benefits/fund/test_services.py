"""From the agreement to 0.00: what the services let happen, and what the journal says of it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from benefits.models import FundApplication, FundLine, FundReceipt, JournalEntry, PayrollList
from benefits.queries import fund as queries
from benefits.queries.lists import overview
from benefits.services import recoveries
from benefits.services.fund import agreements, applications, receipts
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from tests.benefits.fund import made
from tests.benefits.lists import made as lists_made
from tests.cast import World
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def october(world: World) -> PayrollList:
    """A paid list of three."""
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people()
    return made.paid(world)


@pytest.fixture
def here(world: World, october: PayrollList) -> Iterator[World]:
    """Whoever settles, in the unit."""
    with world.scope("cis", "celina"):
        yield world


def test_the_lines_are_the_list_to_the_grosz(here: World, october: PayrollList):
    made.signed()
    row = applications.draw(list_id=october.pk)
    assert sum(one.amount for one in made.lines(row)) == overview(october).refund == 3 * made.FULL
    assert row.number == "WF/1/2026"


def test_what_is_not_paid_is_not_refunded(world: World):
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people(1)
        made.signed()
    row = lists_made.approved(world)
    with world.scope("cis", "ewa"), pytest.raises(InputError, match="nie jest jeszcze wypłacona"):
        applications.draw(list_id=row.pk)


def test_without_an_agreement_nothing_is_asked(here: World, october: PayrollList):
    made.asked()
    with pytest.raises(InputError, match="nie ma podpisanej umowy"):
        applications.draw(list_id=october.pk)


def test_a_whole_payment_grants_everybody(here: World, october: PayrollList):
    agreement = made.signed()
    row = made.sent(october)
    assert made.standing(row).pending == 3 * made.FULL
    assert queries.posted(agreement) == 3 * made.FULL
    receipts.receive(application_id=row.pk, day=TODAY, amount=3 * made.FULL)
    assert made.standing(row).is_even
    applications.settle(application_id=row.pk)
    assert queries.posted(agreement) == made.posted_of(row) == 0
    made.balanced(agreement)


def test_one_person_is_refused_and_carried(here: World, october: PayrollList):
    """Partial receipt, refusal of one person, settlement to 0.00; the next application asks again."""
    agreement = made.signed()
    row = made.sent(october)
    receipts.receive(application_id=row.pk, day=TODAY, amount=2 * made.FULL)
    with pytest.raises(InputError, match="Nie przy każdej"):
        applications.settle(application_id=row.pk)
    one, *others = made.lines(row)
    applications.answer(line_id=one.pk, granted=Decimal(0), reason="paper", carry=True)
    applications.accept_rest(application_id=row.pk)
    assert made.standing(row).refused == made.FULL
    made.balanced(agreement)
    applications.settle(application_id=row.pk)
    assert queries.posted(agreement) == 0
    assert [one.rest for one in queries.to_carry()] == [made.FULL]
    assert {other.granted for other in made.lines(row)} == {Decimal(0), made.FULL}


def test_a_part_of_a_line_is_refused_to_the_grosz(here: World, october: PayrollList):
    made.signed()
    row = made.sent(october)
    line = made.lines(row)[0]
    with pytest.raises(InputError, match="Wybierz powód"):
        applications.answer(line_id=line.pk, granted=made.FULL - Decimal("0.02"))
    with pytest.raises(InputError, match="We wniosku jest"):
        applications.answer(line_id=line.pk, granted=made.FULL + Decimal("0.01"))
    with pytest.raises(InputError, match="Napisz, jaki"):
        applications.answer(line_id=line.pk, granted=Decimal(1), reason="other")
    applications.answer(line_id=line.pk, granted=made.FULL - Decimal("0.02"), reason="rounding")
    assert made.standing(row).refused == Decimal("0.02")
    # A slip is put right: the journal follows.
    applications.answer(line_id=line.pk, granted=made.FULL)
    assert made.standing(row).refused == 0
    made.balanced(row.agreement)


def test_settling_asks_for_the_last_grosz(here: World, october: PayrollList):
    made.signed()
    row = made.sent(october)
    receipts.receive(application_id=row.pk, day=TODAY, amount=3 * made.FULL - Decimal("0.01"))
    applications.accept_rest(application_id=row.pk)
    with pytest.raises(InputError, match="0,01"):
        applications.settle(application_id=row.pk)
    receipts.receive(application_id=row.pk, day=TODAY, amount=Decimal("0.02"))
    with pytest.raises(InputError, match="Do zwrotu jest"):
        applications.settle(application_id=row.pk)
    with pytest.raises(InputError, match="Nadpłata"):
        receipts.give_back_overpaid(application_id=row.pk, day=TODAY, amount=Decimal("0.02"))
    receipts.give_back_overpaid(application_id=row.pk, day=TODAY, amount=Decimal("0.01"))
    applications.settle(application_id=row.pk)
    made.balanced(row.agreement)


def test_over_the_places_somebody_is_left_out(here: World, october: PayrollList):
    made.signed(places=2)
    row = applications.draw(list_id=october.pk)
    with pytest.raises(InputError, match="są 3 osoby, a umowa daje 2 miejsca"):
        applications.send(application_id=row.pk, sent_on=TODAY)
    line = made.lines(row)[0]
    applications.leave_out(line_id=line.pk, reason="places", words="", carry=True)
    applications.send(application_id=row.pk, sent_on=TODAY)
    found = made.standing(row)
    assert (found.asked, found.left_out) == (2 * made.FULL, made.FULL)
    assert [one.rest for one in queries.to_carry()] == [made.FULL]


def test_over_the_years_amount_is_refused(here: World, october: PayrollList):
    agreement = made.signed(amount="8000.00")
    row = applications.draw(list_id=october.pk)
    with pytest.raises(InputError, match="na 2026 rok zostało"):
        applications.send(application_id=row.pk, sent_on=TODAY)
    agreements.set_budget(agreement_id=agreement.pk, year=2026, amount=3 * made.FULL)
    applications.send(application_id=row.pk, sent_on=TODAY)
    assert queries.left_of(agreement, 2026) == 0
    with pytest.raises(InputError, match="Wnioski na 2026 rok to już"):
        agreements.set_budget(agreement_id=agreement.pk, year=2026, amount=Decimal("8000.00"))


def test_a_withdrawn_application_gives_its_list_free(here: World, october: PayrollList):
    agreement = made.signed()
    row = made.sent(october)
    with pytest.raises(ValidationError, match="Z tej listy jest już wniosek"):
        applications.draw(list_id=october.pk)
    applications.withdraw(application_id=row.pk, because="zła kwota")
    assert queries.posted(agreement) == 0
    again = made.sent(october)
    assert made.standing(again).asked == 3 * made.FULL
    made.balanced(agreement)


def test_money_of_an_application_keeps_it_from_being_withdrawn(here: World, october: PayrollList):
    made.signed()
    row = made.sent(october)
    got = receipts.receive(application_id=row.pk, day=TODAY, amount=made.FULL)
    with pytest.raises(InputError, match="Najpierw cofnij wpłatę"):
        applications.withdraw(application_id=row.pk, because="pomyłka")
    receipts.take_back(receipt_id=got.pk, because="inny wniosek")
    with pytest.raises(InputError, match="już cofnięta"):
        receipts.take_back(receipt_id=got.pk, because="jeszcze raz")
    assert made.standing(row).received == 0
    made.balanced(row.agreement)
    assert JournalEntry.objects.filter(event="storno").count() == 1
    applications.withdraw(application_id=row.pk, because="pomyłka")


def test_an_advance_is_settled_by_the_application(here: World, october: PayrollList):
    agreement = made.signed(mode="advance")
    asked = receipts.ask_advance(
        agreement_id=agreement.pk, month=lists_made.OCTOBER, amount=Decimal("9000.00"), asked_on=TODAY
    )
    assert asked.number == "ZF/1/2026"
    receipts.receive_advance(advance_id=asked.pk, day=TODAY, amount=Decimal("9000.00"))
    assert queries.account_of(agreement).balance == Decimal("-9000.00")
    row = made.sent(october)
    applications.accept_rest(application_id=row.pk)
    assert made.standing(row).is_even
    applications.settle(application_id=row.pk)
    row.refresh_from_db()
    assert row.from_advance == 3 * made.FULL
    left = Decimal("9000.00") - 3 * made.FULL
    assert queries.account_of(agreement).free == left
    made.balanced(agreement)
    got = FundReceipt.objects.get(advance=asked)
    with pytest.raises(InputError, match="rozliczyła już wnioski"), transaction.atomic():
        receipts.take_back(receipt_id=got.pk, because="pomyłka")
    with pytest.raises(InputError, match="Z zaliczek zostało"):
        receipts.give_back(agreement_id=agreement.pk, day=TODAY, amount=left + Decimal("0.01"))
    receipts.give_back(agreement_id=agreement.pk, day=TODAY, amount=left)
    assert queries.posted(agreement) == 0
    made.balanced(agreement)


def test_an_agreement_without_advances_gives_none(here: World):
    agreement = made.signed()
    with pytest.raises(InputError, match="bez zaliczek"):
        receipts.ask_advance(
            agreement_id=agreement.pk, month=lists_made.OCTOBER, amount=Decimal(1), asked_on=TODAY
        )


def test_two_agreements_do_not_hold_at_once(here: World):
    made.signed()
    with pytest.raises(ValidationError, match="inna umowa"):
        made.signed(since=date(2026, 12, 31), until=date(2027, 12, 31))


def test_a_settlement_is_opened_again(here: World, october: PayrollList):
    made.signed()
    row = made.sent(october)
    receipts.receive(application_id=row.pk, day=TODAY, amount=3 * made.FULL)
    applications.settle(application_id=row.pk)
    with pytest.raises(InputError, match="rozliczony"):
        receipts.receive(application_id=row.pk, day=TODAY, amount=Decimal(1))
    applications.reopen(application_id=row.pk)
    assert made.standing(row).is_even


@pytest.mark.parametrize(
    "values",
    [{"benefit": 1}, {"contributions": 1}, {"month": date(2026, 9, 1)}, {"asked": False, "reason": "days"}],
)
def test_what_was_sent_does_not_change(here: World, october: PayrollList, values: dict[str, object]):
    made.signed()
    row = made.sent(october)
    with pytest.raises(DatabaseError, match="sent to the employment office"), transaction.atomic():
        FundLine.objects.filter(application=row).update(**values)


def test_what_was_sent_is_not_removed_or_added_to(here: World, october: PayrollList):
    made.signed()
    row = made.sent(october)
    line = made.lines(row)[0]
    with pytest.raises(DatabaseError, match="employment office"), transaction.atomic():
        FundLine.objects.filter(pk=line.pk).delete()
    with pytest.raises(DatabaseError, match="employment office"), transaction.atomic():
        FundLine.objects.bulk_create(
            [FundLine(application=row, participation_id=line.participation_id, person_id=line.person_id,
                      statement=line.statement, kind="own", month=date(2026, 9, 1), benefit=1,
                      contributions=0)]
        )  # fmt: skip
    with pytest.raises(DatabaseError, match="employment office"), transaction.atomic():
        FundApplication.objects.filter(pk=row.pk).update(number="WF/9/2026")
    got = receipts.receive(application_id=row.pk, day=TODAY, amount=made.FULL)
    with pytest.raises(DatabaseError, match="receipt"), transaction.atomic():
        FundReceipt.objects.filter(pk=got.pk).update(amount=1)


def test_a_correction_of_the_next_list_lowers_the_next_application(world: World):
    """September is applied for; a day of it turns out to be unexcused, and October asks for less."""
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people(2)
        made.signed()
    first = made.paid(world, lists_made.SEPTEMBER)
    with world.scope("cis", "ewa"):
        earlier = made.sent(first)
        receipts.receive(application_id=earlier.pk, day=TODAY, amount=2 * made.FULL)
        applications.settle(application_id=earlier.pk)
        file = lists_made.somebody()
        recoveries.add(participation_id=file.pk, kind="consent", given_on=TODAY, reference="", at_most=None)
        lists_made.missed(file)
    second = made.paid(world, lists_made.OCTOBER)
    with world.scope("cis", "ewa"):
        row = made.sent(second)
        found = made.lines(row)
        later = [one for one in found if one.kind == "correction"]
        assert [Month.of(one.month) for one in later] == [lists_made.SEPTEMBER]
        assert later[0].amount < 0
        assert sum(one.amount for one in found) == overview(second).refund == 2 * made.FULL + later[0].amount
        receipts.receive(application_id=row.pk, day=TODAY, amount=made.standing(row).asked)
        applications.settle(application_id=row.pk)
        made.balanced(row.agreement)


def test_what_a_withdrawn_application_left_out_is_carried_on(world: World):
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people(2)
    first, second = made.paid(world, lists_made.SEPTEMBER), made.paid(world)
    with world.scope("cis", "celina"):
        made.signed()
        line = made.lines(made.sent(first))[0]
        applications.answer(line_id=line.pk, granted=Decimal(0), reason="paper", carry=True)
        drawn = applications.draw(list_id=second.pk)
        [again] = [one for one in made.lines(drawn) if one.kind == "carried"]
        applications.leave_out(line_id=again.pk, reason="places", words="", carry=False)
        applications.withdraw(application_id=drawn.pk, because="pomyłka")
        assert [one.rest for one in queries.to_carry()] == [made.FULL]


@pytest.fixture
def carried(world: World) -> Iterator[tuple[FundLine, PayrollList]]:
    """A line that the office refused, and the list whose application is to ask for it again."""
    with world.scope("cis", "ewa"):
        lists_made.rounding(world)
        lists_made.people(2)
    first, second = made.paid(world, lists_made.SEPTEMBER), made.paid(world)
    with world.scope("cis", "celina"):
        made.signed()
        line = made.lines(made.sent(first))[0]
        applications.answer(line_id=line.pk, granted=Decimal(0), reason="paper", carry=True)
        yield line, second


def again_in(row: FundApplication) -> list[Decimal]:
    return [one.amount for one in made.lines(row) if one.kind == "carried"]


def test_an_answer_is_corrected_after_what_had_carried_it_was_withdrawn(
    carried: tuple[FundLine, PayrollList],
):
    """The office gives a part after all: a new application asks for the rest of today, and once."""
    line, second = carried
    drawn = applications.draw(list_id=second.pk)
    with pytest.raises(InputError, match=f"To jest już we wniosku {drawn.number}"):
        applications.answer(line_id=line.pk, granted=made.FULL)
    applications.withdraw(application_id=drawn.pk, because="pomyłka")
    assert queries.carried([line]) == {}
    applications.answer(line_id=line.pk, granted=Decimal("1000.00"), reason="paper", carry=True)
    assert [one.rest for one in queries.to_carry()] == [made.FULL - 1000]
    drawn = made.sent(second)
    assert again_in(drawn) == [made.FULL - 1000]
    assert queries.carried([line]) == {line.pk: drawn.number}
    with pytest.raises(InputError, match=f"To jest już we wniosku {drawn.number}"):
        applications.decide_carry(line_id=line.pk, carry=False)
    made.balanced(drawn.agreement)


@pytest.mark.parametrize("given", [True, False])
def test_what_is_given_or_borne_after_all_is_not_carried_on(
    carried: tuple[FundLine, PayrollList], given: bool
):
    line, second = carried
    for _ in range(2):
        drawn = applications.draw(list_id=second.pk)
        assert again_in(drawn) == [made.FULL]
        applications.withdraw(application_id=drawn.pk, because="pomyłka")
    if given:
        applications.answer(line_id=line.pk, granted=made.FULL)
    else:
        applications.decide_carry(line_id=line.pk, carry=False)
    assert queries.to_carry() == []
    assert again_in(applications.draw(list_id=second.pk)) == []


def test_an_application_whose_rest_was_carried_in_vain_may_be_withdrawn(
    carried: tuple[FundLine, PayrollList],
):
    """Its list is asked for again as a whole, so nothing of it is carried on besides."""
    line, second = carried
    drawn = applications.draw(list_id=second.pk)
    with pytest.raises(InputError, match=f"jest już we wniosku {drawn.number}"):
        applications.withdraw(application_id=line.application_id, because="pomyłka")
    applications.withdraw(application_id=drawn.pk, because="pomyłka")
    applications.withdraw(application_id=line.application_id, because="pomyłka")
    assert queries.to_carry() == []
    first = FundApplication.objects.get(pk=line.application_id).payroll_list
    assert again_in(made.sent(first)) == again_in(made.sent(second)) == []
    made.balanced(drawn.agreement)


def test_an_advance_that_went_back_is_not_taken_back(here: World, october: PayrollList):
    agreement = made.signed(mode="advance")
    asked = receipts.ask_advance(
        agreement_id=agreement.pk, month=Month(2026, 10), amount=Decimal(100), asked_on=TODAY
    )
    came = receipts.receive_advance(advance_id=asked.pk, day=TODAY, amount=Decimal(100))
    receipts.give_back(agreement_id=agreement.pk, day=TODAY, amount=Decimal(100))
    with pytest.raises(InputError, match="wróciła do urzędu"), transaction.atomic():
        receipts.take_back(receipt_id=came.pk, because="pomyłka")
