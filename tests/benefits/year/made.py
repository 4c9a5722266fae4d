"""A year of a CIS, month by month, in which anything happens; all of it by the services themselves."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from benefits.enums import PublicKind
from benefits.models import BankBooking, BankStatement, PaidLine, PayrollList, Posting
from benefits.queries import fund, public_money
from benefits.services import answers, lines, lists, recoveries, transfers
from benefits.services import public_money as services
from benefits.services.fund import agreements, applications, receipts
from ipzs.enums import MarkKind
from ipzs.services import attendance
from participants.models import Participation, Period
from participants.services import participations
from reintegration.core import clock
from reintegration.core.calendar_pl import working_days
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO
from reintegration.law.models import Reading
from reintegration.tenancy.models import UnitAccount
from tests.benefits.answers.made import OWN, back, mt940, sent
from tests.benefits.bank.made import account
from tests.benefits.fund.made import OFFICE
from tests.benefits.lists.made import reopened, shut
from tests.benefits.pay.made import payable
from tests.benefits.premiums import made as premiums
from tests.cast import World
from tests.ipzs.attendance.made import closed, mark
from tests.participants.participations.made import in_classes
from tests.specimens import specimen

YEAR = 2026
MONTHS = tuple(Month(YEAR, number) for number in range(1, 13))
FIRST_NAMES = ("Leszek", "Wiesława", "Marek", "Irena", "Adam", "Zofia", "Jerzy")
LAST_NAMES = ("Bażant", "Borsuk", "Głóg", "Jawor", "Jesion", "Kulik", "Modrzew", "Olcha")
PEOPLE = 50
BUDGET = Decimal(2_000_000)
# How many are there when the year begins; the others come one by one.
AT_FIRST = 30
# Of the next month: when the list of a month is made, paid, and settled with everybody.
MADE, PAID, SETTLED = 4, 7, 9


class Year:
    """A unit that lives through a year; the same seed gives the same year."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = Random(seed)
        self.files: list[Participation] = []
        self.lists: list[PayrollList] = []
        before = date(YEAR - 1, 12, 1)
        with clock.frozen(before), world.scope("cis", "ewa"):
            specimen(
                Reading, world, "", key="rate_rounding", value="exact", since_month=before,
                state="confirmed", confirmed_at=clock.now(),
                proposed_by=world.people["ewa"], confirmed_by=world.people["celina"],
            )  # fmt: skip
            UnitAccount.objects.create(since=before, number=OWN, bank="Bank Wymyślony")
            asked = agreements.ask(
                asked_on=before, office=OFFICE, address="", places=PEOPLE, mode="refund", remark=""
            )
            agreements.sign(
                agreement_id=asked.pk, number="UM/1", signed_on=before, amount=BUDGET,
                since=before, until=date(YEAR + 1, 12, 31), places=PEOPLE, mode="refund",
                apply_by=15, pays_within=30, attachments="", remark="",
            )  # fmt: skip
            for year in (YEAR, YEAR + 1):
                agreements.set_budget(agreement_id=asked.pk, year=year, amount=BUDGET)

    def live(self, month: Month) -> PayrollList:
        """Everything of one month until its list is paid."""
        self._come(month)
        self._happen(month)
        with clock.frozen(self.day(month, MADE)):
            self._find_out_late(month)
            row = self._sign(month)
        with clock.frozen(self.day(month, PAID)), self.world.scope("cis", "ewa"):
            transfers.make_file(list_id=row.pk, day=clock.today())
            self.lists.append(lists.confirm_payment(list_id=row.pk, paid_on=clock.today()))
        with clock.frozen(self.day(month, SETTLED)), self.world.scope("cis", "ewa"):
            self._bank_answers(row)
            self._offices_are_paid()
            self._fund_refunds(row)
        return self.lists[-1]

    def _bank_answers(self, row: PayrollList) -> None:
        """The file of the bank, twice; what came back goes out again, and the list is settled."""
        booked = [replace(one, day=clock.today()) for one in sent(row)]
        gone = [replace(back(one), day=clock.today()) for one in booked if self.chance.random() < 0.06]
        content = mt940(*booked, *gone, number=str(len(self.lists)))
        answers.take_in(content=content)
        before = self.rows()
        with pytest.raises(InputError, match="Nic się nie zmieniło"):
            answers.take_in(content=content)
        assert self.rows() == before
        for line in PaidLine.objects.filter(payroll_list=row, state="returned").order_by("pk"):
            again = lines.pay_again(line_id=line.pk, method="transfer")
            with pytest.raises(InputError):
                lines.pay_again(line_id=line.pk, method="transfer")
            lines.send_by_word(line_id=again.pk, day=clock.today())
        if PaidLine.objects.filter(payroll_list=row, state="sent").exists():
            lines.confirm_by_word(list_id=row.pk, day=clock.today())
        lists.settle(list_id=row.pk)

    @staticmethod
    def rows() -> tuple[int, ...]:
        return tuple(model.objects.count() for model in (BankStatement, BankBooking, PaidLine, Posting))

    @staticmethod
    def _offices_are_paid() -> None:
        """Everything that is known to be owed, to the grosz; what was paid too much before pays for it."""
        for kind in PublicKind:
            for over in [one for one in public_money.months_of(kind) if one.over]:
                for owing in public_money.waiting(kind):
                    now = public_money.month_with(kind, over.month)
                    if most := public_money.most_counted(now, owing):
                        services.count_over(kind=kind, source=over.month, target=owing.month, amount=most)
            for owed in public_money.months_of(kind):
                if owed.left > ZERO:
                    services.pay(kind=kind, month=owed.month, amount=owed.left, paid_on=clock.today())

    def _fund_refunds(self, row: PayrollList) -> None:
        """The office refuses somebody now and then, pays the rest in two parts, and is asked again."""
        asked = applications.draw(list_id=row.pk)
        applications.send(application_id=asked.pk, sent_on=clock.today())
        last = row.month.month == MONTHS[-1].month
        for line in fund.lines_of(asked):
            if line.amount > ZERO and not last and self.chance.random() < 0.05:
                applications.answer(
                    line_id=line.pk, granted=ZERO, reason="paper", words="brak kopii", carry=True
                )
        applications.accept_rest(application_id=asked.pk)
        due = fund.account_of(asked.agreement).of(asked).found.open
        first = (due / 3).quantize(ZERO)
        for part in (first, due - first):
            receipts.receive(application_id=asked.pk, day=clock.today(), amount=part)
        applications.settle(application_id=asked.pk)
        lists.close(list_id=row.pk)

    @staticmethod
    def day(month: Month, number: int) -> date:
        return month.next.first.replace(day=number)

    def _come(self, month: Month) -> None:
        wanted = AT_FIRST if month == MONTHS[0] else min(PEOPLE, len(self.files) + 3)
        while len(self.files) < wanted:
            number = len(self.files)
            since = month.first + timedelta(days=self.chance.randrange(4, 20))
            name = f"{FIRST_NAMES[number % 7]} {LAST_NAMES[number % 8]}"
            with clock.frozen(since), self.world.scope("cis", "ewa"):
                cash = {"method": "cash", "account": ""}
                way = cash if number % 9 == 0 else {"account": account(number + 1)}
                file = payable(in_classes(name, since, serial=number + 1), since, **way)
                if number % 4 == 0:
                    recoveries.add(
                        participation_id=file.pk, kind="consent", given_on=since, reference="", at_most=None
                    )
            self.files.append(file)

    def _happen(self, month: Month) -> None:
        """Absences, sickness, premiums and ends of the month."""
        with clock.frozen(month.last), self.world.scope("cis", "ewa"):
            for file in self._there(month):
                luck, working = self.chance.random(), working_days(month)
                first = self.chance.randrange(5, 12)
                days = working[first : first + self.chance.randrange(1, 6)]
                since = Period.objects.filter(participation=file).order_by("since")[0].since
                if luck > 0.5 or days[0] < since:
                    continue
                if luck < 0.2:
                    for day in days:
                        mark(file, day, MarkKind.UNEXCUSED, reason="nie przyszedł")
                elif luck < 0.35:
                    attendance.add_sick_leave(
                        participation_id=file.pk, since=days[0], until=days[-1], confirmed_on=days[-1]
                    )
                elif luck < 0.45 and since < month.previous.first:
                    premiums.granted(file, f"{self.chance.randrange(5000, 50000) / 100:.2f}", month=month)
                elif luck > 0.48:
                    participations.end_participation(
                        participation_id=file.pk, ended_on=days[-1], reason="job", destination="open_market"
                    )
            closed(month.first)

    def _there(self, month: Month) -> list[Participation]:
        rows = Participation.objects.filter(ended_on__isnull=True, periods__since__lte=month.last)
        return list(rows.filter(periods__until__gte=month.last).distinct().order_by("number"))

    def _find_out_late(self, month: Month) -> None:
        """Now and then a paid month turns out to have been otherwise."""
        if month == MONTHS[0] or self.chance.random() < 0.4:
            return
        with self.world.scope("cis", "ewa"):
            long_here = self._there(month.previous)
            reopened(month.previous)
            for file in self.chance.sample(long_here, 2):
                day = self.chance.choice(working_days(month.previous)[15:])
                mark(file, day, MarkKind.UNEXCUSED, reason="wyszło po czasie")
            shut(month.previous)

    def _sign(self, month: Month) -> PayrollList:
        with self.world.scope("cis", "rafal"):
            row = lists.calculate(month=month)
            row = lists.lock(list_id=row.pk)
        with self.world.scope("cis", "celina"):
            lists.check(list_id=row.pk)
        with self.world.scope("cis", "ewa"):
            return lists.approve(list_id=row.pk)
