"""What the bank answers is taken in whole or not at all, once, and says how each payment stands."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from benefits.bank.answer import BrokenLine
from benefits.enums import LedgerAccount as A
from benefits.enums import LineState
from benefits.models import BankBooking, BankStatement, JournalEntry, PaidLine, PayrollList, Posting
from benefits.queries import answers as queries
from benefits.queries import ledger as books
from benefits.queries import transfers as transfer_queries
from benefits.services import answers, lists, transfers
from benefits.services import lines as services
from reintegration.core.errors import InputError
from reintegration.notices.models import DeskTask
from tests.benefits.answers import made
from tests.benefits.answers.made import DAY, back, camt, lines, mt940, sent, states, take_in
from tests.benefits.bank.made import account
from tests.benefits.lists import made as made_lists
from tests.benefits.lists.made import FULL, OCTOBER
from tests.benefits.transfers import made as made_transfers
from tests.cast import World
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
YEAR = books.year_of(2026)


def owed() -> Decimal:
    return sum((amount for _, amount in books.owed_to_people(DAY.replace(month=12))), Decimal(0))


def bank() -> Decimal:
    rows = Posting.objects.filter(account=A.BANK).order_by("pk")
    return sum((one.amount for one in rows), Decimal(0))


def tasks() -> list[str]:
    rows = DeskTask.objects.filter(kind="benefits.payment_returned", settled_at__isnull=True)
    return [one.title for one in rows.order_by("title")]


# Payments of a list


def test_a_confirmed_list_has_a_payment_for_each_transfer_and_each_cash(world: World):
    row = made.paid(world)
    with world.scope("cis", "ewa"):
        assert [(one.reference, one.part, one.state, one.method) for one in lines()] == [
            ("LW/1/2026-01", "benefit", "sent", "transfer"),
            ("LW/1/2026-02", "benefit", "sent", "transfer"),
            ("LW/1/2026-03", "whole", "paid", "cash"),
        ]
        assert {one.transfer_file for one in lines()[:2]} == {transfer_queries.file_of(row)}
        assert [one.reference for one in queries.open_lines(row)] == ["LW/1/2026-01", "LW/1/2026-02"]


def test_a_list_that_was_paid_before_says_the_same_and_gets_its_payments_when_something_is_done(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    row = made_transfers.ready(world)
    monkeypatch.setattr(lists, "write_lines", lambda row: None)
    with world.scope("cis", "ewa"):
        row = lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        assert not PaidLine.objects.exists()
        before = [(one.reference, one.state) for one in queries.lines_of(row)]
        assert services.confirm_by_word(list_id=row.pk, day=TODAY) == 2
        assert [one.reference for one in lines()] == [reference for reference, _ in before]
        assert states() == ["paid", "paid", "paid"]
        assert {one.moved_by_id for one in lines()} == {world.people["ewa"].pk}


def test_a_list_that_was_paid_before_is_matched_with_what_the_bank_says_now(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    row = made_transfers.ready(world)
    monkeypatch.setattr(lists, "write_lines", lambda row: None)
    with world.scope("cis", "ewa"):
        transfers.make_file(list_id=row.pk, day=DAY)
        row = lists.confirm_payment(list_id=row.pk, paid_on=TODAY)
        assert take_in(*sent(row)).paid == 2
        assert states() == ["paid", "paid", "paid"]


# Taking in


@pytest.mark.parametrize("write", [mt940, camt])
@pytest.mark.parametrize("version", ["elixir", "pain.001.001.03", "pain.001.001.09"])
def test_what_we_sent_comes_round_and_every_payment_is_found(world: World, write, version: str):
    with world.scope("cis", "ewa"):
        transfers.set_profile(format=version, encoding="cp1250", addresses="structured")
    row = made.paid(world, transfers=3, cash=0)
    with world.scope("cis", "rafal"):
        file = transfer_queries.file_of(row)
        content = transfer_queries.handed_out(file, transfer_queries.sheet_of(row))
        booked = made.of_elixir(content) if version == "elixir" else made.of_pain(content)
        found = answers.take_in(content=write(*booked))
        assert (found.statement.count, found.paid, found.returned, found.known) == (3, 3, 0, 0)
        assert states() == ["paid"] * 3
        assert not BankBooking.objects.exclude(state="matched").exists()
        assert queries.open_lines(row) == []


def test_a_bank_file_imported_twice_changes_nothing(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        content = mt940(*sent(row))
        answers.take_in(content=content)
        before = [(one.pk, one.state, one.moved_at) for one in lines()], JournalEntry.objects.count()
        with pytest.raises(InputError, match="już wczytany") as refused:
            answers.take_in(content=content)
        assert refused.value.field == "file"
        assert before == (
            [(one.pk, one.state, one.moved_at) for one in lines()],
            JournalEntry.objects.count(),
        )
        assert (BankStatement.objects.count(), BankBooking.objects.count()) == (1, 2)


def test_a_statement_that_overlaps_brings_only_what_is_new(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first)
        found = take_in(first, second, number="2")
        assert (found.statement.count, found.known, found.paid) == (1, 1, 1)
        with pytest.raises(InputError, match="są już wczytane"):
            take_in(second, first, number="3")
        assert BankBooking.objects.count() == 2


def test_two_bookings_that_are_alike_are_two(world: World):
    with world.scope("cis", "celina"):
        made_transfers.own_account()
        alike = made.Entry(amount=Decimal("-10.00"), title="OPLATA", bank="BR7")
        silent = replace(alike, bank="")
        assert take_in(alike, alike, silent, silent).statement.count == 4
        # The day goes on on the next statement; without the bank's reference the balance tells them apart.
        assert take_in(silent, opening="9960.00", number="2").statement.count == 1


def test_a_file_with_a_broken_line_imports_nothing_and_names_the_line(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        whole = mt940(*sent(row))
        broken = whole.replace(b":61:", b":61:x", 2).replace(b":61:x", b":61:", 1)
        with pytest.raises(BrokenLine, match="Wiersz 7: ") as refused, transaction.atomic():
            answers.take_in(content=broken)
        assert refused.value.line == 7
        assert (BankStatement.objects.count(), BankBooking.objects.count()) == (0, 0)
        assert states() == ["sent", "sent", "paid"]


def test_a_statement_of_a_foreign_account_is_refused(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        with pytest.raises(InputError, match="jednostka takiego nie ma"):
            take_in(*sent(row), own=account(5))
        assert not BankStatement.objects.exists()


@pytest.mark.parametrize("content", [b"", b"  \n", b"Data;Kwota\n", b"<x/>", b"\x00\xff" * 50])
def test_what_is_no_statement_is_refused(world: World, content: bytes):
    with world.scope("cis", "celina"), pytest.raises(InputError):
        answers.take_in(content=content)


def test_a_statement_without_bookings_and_a_huge_one_are_refused(world: World):
    with world.scope("cis", "celina"):
        made_transfers.own_account()
        with pytest.raises(InputError, match="żadnej operacji"):
            take_in()
        with pytest.raises(InputError, match="za duży"):
            answers.take_in(content=b" " * (answers.LARGEST_FILE + 1))


def test_a_club_takes_nothing_in(world: World):
    with world.scope("kis", "bozena"), pytest.raises(InputError, match="KIS"):
        take_in()


@pytest.mark.parametrize("code", ["cp1250", "cp852", "iso-8859-2", "utf-8"])
def test_polish_letters_of_every_bank_are_read(world: World, code: str):
    with world.scope("cis", "celina"):
        made_transfers.own_account()
        one = made.Entry(amount=Decimal("-10.00"), title="ZAŻÓŁĆ GĘŚLĄ JAŹŃ", bank="B")
        answers.take_in(content=mt940(one).decode("cp1250").encode(code))
        assert BankBooking.objects.get().title == "ZAŻÓŁĆ GĘŚLĄ JAŹŃ"


def test_a_whole_file_booked_as_one_confirms_all_of_it(world: World):
    made.paid(world)
    with world.scope("cis", "celina"):
        one = made.Entry(amount=-2 * Decimal(FULL), title="PRZELEW ZBIORCZY LW/1/2026", bank="BR1")
        assert take_in(one).paid == 1
        booking = BankBooking.objects.get()
        assert [one.booking for one in lines()] == [booking, booking, None]
        assert states() == ["paid", "paid", "paid"]


def test_a_reference_with_another_amount_stays_open_and_says_why(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, _ = sent(row)
        take_in(replace(first, amount=first.amount + 1))
        booking = BankBooking.objects.get()
        found = queries.judged([booking])[booking.pk]
        assert (booking.state, found.why) == ("open", queries.WHY[queries.Why.AMOUNT])
        assert states()[0] == "sent"


def test_without_a_reference_a_person_confirms_what_is_proposed(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, _ = sent(row)
        take_in(replace(first, title="SWIADCZENIE"))
        booking = BankBooking.objects.get()
        ((line,),) = queries.judged([booking])[booking.pk].proposals
        assert line.reference == "LW/1/2026-01"
        with pytest.raises(InputError, match="nie pasuje"):
            answers.confirm(booking_id=booking.pk, line_ids=[lines()[1].pk])
        answers.confirm(booking_id=booking.pk, line_ids=[line.pk])
        assert states() == ["paid", "sent", "paid"]
        with pytest.raises(InputError, match="nie można jej dopasować"):
            answers.confirm(booking_id=booking.pk, line_ids=[lines()[1].pk])


def test_a_statement_that_came_before_the_confirmation_is_matched_by_it(world: World):
    row = made_transfers.ready(world)
    with world.scope("cis", "ewa"):
        transfers.make_file(list_id=row.pk, day=DAY)
        assert take_in(*sent(row)).paid == 0
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY)
        assert states() == ["paid", "paid", "paid"]


def test_what_is_something_else_is_put_aside_with_a_word_or_taken_elsewhere(world: World):
    with world.scope("cis", "rafal"):
        made_transfers.own_account()
        take_in(made.Entry(amount=Decimal("-50.00"), title="PRAD", bank="B"))
        booking = BankBooking.objects.get()
        for remark, said in (("  ", "co to za"), ("x" * 201, "zmieści się 200")):
            with pytest.raises(InputError, match=said):
                answers.put_aside(booking_id=booking.pk, remark=remark)
        assert answers.put_aside(booking_id=booking.pk, remark=" prąd ").remark == "prąd"
        with pytest.raises(InputError, match="odłożona"):
            answers.take(booking.pk)
        assert answers.reopen(booking_id=booking.pk).state == "open"
        answers.take(booking.pk)
        with pytest.raises(InputError, match="na innej stronie"):
            answers.reopen(booking_id=booking.pk)
        assert answers.release(booking.pk).state == "open"


# Returns


def test_what_comes_back_is_owed_again_and_lies_on_the_desk(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        before = bank()
        assert take_in(first, second, back(first)).returned == 1
        assert states() == ["returned", "paid", "paid"]
        assert owed() == Decimal(FULL)
        assert bank() == before + Decimal(FULL)
        assert tasks() == ["Wróciła wypłata: Leszek Bażant"]
        assert [one.reference for one in queries.open_lines(row)] == ["LW/1/2026-01"]


def test_a_return_that_names_nobody_is_proposed(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first, second, back(first, title="ZWROT"), back(second, title="INNE", account=second.account))
        one, other = BankBooking.objects.filter(state="open").order_by("position")
        found = queries.judged([one, other])
        assert len(found[one.pk].proposals) == 2
        ((line,),) = found[other.pk].proposals
        assert line.reference == "LW/1/2026-02"
        answers.confirm(booking_id=other.pk, line_ids=[line.pk])
        assert states() == ["paid", "returned", "paid"]


def test_a_returned_payment_paid_again_exists_once(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first, second, back(first))
        line = lines()[0]
        made_again = services.pay_again(line_id=line.pk, method="transfer")
        assert (made_again.attempt, made_again.amount, made_again.reference) == (
            2,
            line.amount,
            "LW/1/2026-01-R1",
        )
        assert tasks() == []
        with pytest.raises(InputError, match="idzie już jeszcze raz"):
            services.pay_again(line_id=line.pk, method="transfer")
        # Whoever writes past the services meets the table.
        for attempt, reference in ((2, "LW/1/2026-01-R1"), (3, "LW/1/2026-01-R2")):
            again = PaidLine.objects.get(pk=made_again.pk)
            again.pk, again.attempt, again.reference = None, attempt, reference
            again.id = PaidLine._meta.pk.get_default()
            again._state.adding = True
            with pytest.raises(DatabaseError), transaction.atomic():
                again.save(force_insert=True)
        assert PaidLine.objects.filter(statement=line.statement).count() == 2


def test_what_goes_again_leaves_in_a_file_of_its_own_and_arrives(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first, second, back(first))
        services.pay_again(line_id=lines()[0].pk, method="transfer")
        file = transfers.make_file_again(list_id=row.pk, day=DAY)
        assert (file.reference, file.round, file.count, file.total) == ("LW/1/2026-R1", 1, 1, Decimal(FULL))
        content = transfer_queries.handed_out(file, transfer_queries.sheet_of_file(file))
        (booked,) = made.of_elixir(content)
        assert "LW/1/2026-01-R1" in booked.title
        assert owed() == 0
        with pytest.raises(InputError, match="nie idzie żaden przelew"):
            transfers.make_file_again(list_id=row.pk, day=DAY)
        assert take_in(booked, number="2").paid == 1
        assert states() == ["returned", "paid", "paid", "paid"]
        # Byte for byte, whatever the person is called and paid by later.
        person = lines()[0].person
        type(person).objects.filter(pk=person.pk).update(last_name="Inna")
        assert transfer_queries.handed_out(file, transfer_queries.sheet_of_file(file)) == content
        # It may come back, too.
        take_in(back(booked, title="ZWROT LW/1/2026-01-R1"), number="3")
        services.pay_again(line_id=lines()[1].pk, method="cash")
        assert [one.reference for one in lines()[:3]] == [
            "LW/1/2026-01",
            "LW/1/2026-01-R1",
            "LW/1/2026-01-R2",
        ]


def test_cash_and_a_typed_transfer_go_again_by_word(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first, second, back(first), back(second))
        one, two, _ = lines()
        in_cash = services.pay_again(line_id=one.pk, method="cash")
        typed = services.pay_again(line_id=two.pk, method="transfer")
        assert services.send_by_word(line_id=in_cash.pk, day=TODAY).state == LineState.PAID
        assert services.send_by_word(line_id=typed.pk, day=TODAY).state == LineState.SENT
        assert owed() == 0
        with pytest.raises(InputError, match="nie idzie żaden przelew"):
            transfers.make_file_again(list_id=row.pk, day=DAY)
        cash = Posting.objects.filter(entry__source=in_cash.pk, account=A.CASH).order_by("pk")
        assert [one.amount for one in cash] == [-Decimal(FULL)]


def test_who_has_no_account_today_is_paid_in_cash_only(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first, second, back(first))
        line = lines()[0]
        line.statement.participation.pay_ways.all().delete()
        with pytest.raises(InputError, match="nie ma dziś konta") as refused:
            services.pay_again(line_id=line.pk, method="transfer")
        assert refused.value.field == "method"
        assert services.pay_again(line_id=line.pk, method="cash").account == ""


def test_what_is_given_up_stays_owed_and_may_be_paid_later(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first, second, back(first))
        line = lines()[0]
        with pytest.raises(InputError, match="dlaczego"):
            services.give_up(line_id=line.pk, reason=" ")
        services.give_up(line_id=line.pk, reason="nie wiadomo, gdzie jest")
        assert owed() == Decimal(FULL)
        assert tasks() == []
        assert queries.open_lines(row) == []
        again = services.pay_again(line_id=line.pk, method="cash")
        services.give_up(line_id=again.pk, reason="jednak nie")
        assert states()[:2] == ["dropped", "dropped"]


def test_a_return_by_word_and_cash_that_nobody_fetched(world: World):
    made.paid(world)
    with world.scope("cis", "celina"):
        one, _, cash = lines()
        services.return_by_word(line_id=one.pk, day=TODAY, reason="bank odrzucił")
        services.return_by_word(line_id=cash.pk, day=TODAY, reason="nie przyszedł")
        assert owed() == 2 * Decimal(FULL)
        till = Posting.objects.filter(entry__source=cash.pk).order_by("amount")
        assert {one.account for one in till} == {A.CASH, A.PEOPLE}
        services.undo_return(line_id=one.pk)
        assert states() == ["sent", "sent", "returned"]
        assert owed() == Decimal(FULL)
        # Once more: each return is an entry of its own.
        services.return_by_word(line_id=one.pk, day=TODAY, reason="jednak odrzucił")
        services.undo_return(line_id=one.pk)
        assert owed() == Decimal(FULL)


def test_what_was_matched_by_mistake_is_taken_back(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        first, second = sent(row)
        take_in(first, second, back(first))
        went, _, came = BankBooking.objects.order_by("position")
        with pytest.raises(InputError, match="wróciła"):
            answers.reopen(booking_id=went.pk)
        answers.reopen(booking_id=came.pk)
        assert (states(), owed(), tasks()) == (["paid", "paid", "paid"], Decimal(0), [])
        answers.reopen(booking_id=went.pk)
        assert states() == ["sent", "paid", "paid"]
        # What was undone can be said again.
        answers.confirm(booking_id=went.pk, line_ids=[lines()[0].pk])
        answers.confirm(booking_id=came.pk, line_ids=[lines()[0].pk])
        services.pay_again(line_id=lines()[0].pk, method="cash")
        with pytest.raises(InputError, match="poszła już jeszcze raz"):
            answers.reopen(booking_id=came.pk)


def test_what_has_not_happened_is_not_taken_in(world: World):
    row = made.paid(world)
    with world.scope("cis", "ewa"):
        with pytest.raises(BrokenLine, match="jeszcze nie było"):
            take_in(replace(sent(row)[0], day=TODAY + timedelta(days=1)))
        assert not BankBooking.objects.exists()


def test_a_movement_of_nothing_is_none(world: World):
    row = made.paid(world)
    with world.scope("cis", "ewa"):
        assert take_in(made.Entry(amount=Decimal(0), title="INFO"), *sent(row)).statement.count == 2
        with pytest.raises(InputError, match="nie ma żadnej operacji"):
            take_in(made.Entry(amount=Decimal(0), title="INFO"), number="2")


def test_money_does_not_go_again_before_it_came_back(world: World):
    row = made.paid(world)
    with world.scope("cis", "ewa"):
        first = sent(row)[0]
        take_in(first, back(first))
        again = services.pay_again(line_id=lines()[0].pk, method="cash")
        with pytest.raises(InputError, match="wcześniejszy niż dzień, w którym pieniądze wróciły"):
            services.send_by_word(line_id=again.pk, day=DAY - timedelta(days=1))
        assert services.send_by_word(line_id=again.pk, day=DAY).state == LineState.PAID


def test_a_return_that_was_given_up_is_taken_back_too(world: World):
    row = made.paid(world)
    with world.scope("cis", "ewa"):
        first, second = sent(row)
        take_in(first, second, back(first))
        services.give_up(line_id=lines()[0].pk, reason="nie wiadomo, gdzie jest")
        answers.reopen(booking_id=BankBooking.objects.get(amount__gt=0).pk)
        assert (states(), owed(), tasks()) == (["paid", "paid", "paid"], Decimal(0), [])
        # What never went out did not come back.
        services.return_by_word(line_id=lines()[1].pk, day=TODAY, reason="rachunek zamknięty")
        again = services.pay_again(line_id=lines()[1].pk, method="cash")
        services.give_up(line_id=again.pk, reason="nikt nie przyszedł")
        with pytest.raises(InputError, match="nie wróciła"):
            services.undo_return(line_id=again.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            PaidLine.objects.filter(pk=again.pk).update(
                state="paid", sent_on=DAY, booked_on=DAY, returned_on=None, reason=""
            )


# The list


def test_a_list_is_settled_when_every_payment_is_paid_or_decided(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        with pytest.raises(InputError, match="Czeka jeszcze 2 płatności"):
            lists.settle(list_id=row.pk)
        first, second = sent(row)
        take_in(first, second, back(first))
        with pytest.raises(InputError, match="Czeka jeszcze 1 płatność"):
            lists.settle(list_id=row.pk)
        services.give_up(line_id=lines()[0].pk, reason="nie wiadomo, gdzie jest")
        assert lists.settle(list_id=row.pk).state == "settled"
        # What comes back later is a task like any other.
        take_in(back(second), number="2")
        assert tasks() == ["Wróciła wypłata: Henryk Borsuk"]
        assert services.pay_again(line_id=lines()[1].pk, method="transfer").state == LineState.PLANNED


def test_where_the_bank_gives_no_file_a_word_confirms(world: World):
    row = made.paid(world)
    with world.scope("cis", "celina"):
        assert services.confirm_by_word(list_id=row.pk, day=TODAY) == 2
        with pytest.raises(InputError, match="nie czeka na potwierdzenie"):
            services.confirm_by_word(list_id=row.pk, day=TODAY)
        assert lists.settle(list_id=row.pk).state == "settled"
        # A statement that comes after the word says on which day it was.
        assert take_in(*sent(row)).paid == 2


def test_a_word_outlives_a_booking_that_was_taken_back(world: World):
    """The bank's day stands while its booking does; without it the day that somebody had said."""
    row = made.paid(world, transfers=1, cash=0)
    said = TODAY - timedelta(days=1)
    with world.scope("cis", "celina"):
        services.hold_lists([row.pk])
        PaidLine.objects.update(sent_on=said)
        services.confirm_by_word(list_id=row.pk, day=said)
        (went,) = sent(row)
        assert take_in(went).paid == 1
        booking = BankBooking.objects.get()
        for _ in range(2):
            (line,) = lines()
            assert (line.state, line.booking_id, line.said_on) == ("paid", booking.pk, said)
            answers.reopen(booking_id=booking.pk)
            (line,) = lines()
            assert (line.state, line.booking_id, line.booked_on, line.said_on) == ("paid", None, said, None)
            assert queries.open_lines(row) == []
            answers.confirm(booking_id=booking.pk, line_ids=[line.pk])


def test_nothing_is_confirmed_of_a_list_that_is_not_paid(world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        made_transfers.people()
    row = made_lists.approved(world, OCTOBER)
    with world.scope("cis", "ewa"):
        assert queries.open_lines(row) == []
        with pytest.raises(InputError, match="potwierdź wypłatę"):
            services.confirm_by_word(list_id=row.pk, day=TODAY)
        with pytest.raises(InputError, match="rozliczyć"):
            lists.settle(list_id=row.pk)


def test_the_bank_has_the_last_word_of_a_closed_list(world: World):
    row = made.paid(world, transfers=1, cash=0)
    with world.scope("cis", "ewa"):
        (went,) = sent(row)
        take_in(went)
        lists.settle(list_id=row.pk)
        PayrollList.objects.filter(pk=row.pk).update(state="closed")
        with pytest.raises(InputError, match="jest zamknięta"):
            answers.reopen(booking_id=BankBooking.objects.get().pk)
