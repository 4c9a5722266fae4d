"""A year of a CIS, month by month, in which anything happens; all of it by the services themselves."""

from datetime import date, timedelta
from random import Random

from benefits.models import PayrollList
from benefits.services import lists, recoveries
from ipzs.enums import MarkKind
from ipzs.services import attendance
from participants.models import Participation, Period
from participants.services import participations
from reintegration.core import clock
from reintegration.core.calendar_pl import working_days
from reintegration.core.dates import Month
from reintegration.law.models import Reading
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
# How many are there when the year begins; the others come one by one.
AT_FIRST = 30
# Of the next month: when the list of a month is made, and when it is paid.
MADE, PAID = 4, 7


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

    def live(self, month: Month) -> PayrollList:
        """Everything of one month until its list is paid."""
        self._come(month)
        self._happen(month)
        with clock.frozen(self.day(month, MADE)):
            self._find_out_late(month)
            row = self._sign(month)
        with clock.frozen(self.day(month, PAID)), self.world.scope("cis", "ewa"):
            self.lists.append(lists.confirm_payment(list_id=row.pk, paid_on=clock.today(), without_file=True))
        return self.lists[-1]

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
                way = {"method": "cash", "account": ""} if number % 9 == 0 else {}
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
