"""The journal of a unit's money: entries in double entry that nobody changes.

An entry is right for good or is not there: triggers of the migration look at its balance when the
transaction ends, whoever writes, and let nobody add to it later.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits import enums
from benefits.models.lists import PayrollList
from participants.models import Participation
from reintegration.core.fields import MoneyField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class JournalEntry(UnitModel):
    """One event, with its day and the list that it is about."""

    number = models.CharField("numer", max_length=20)
    day = models.DateField("dzień")
    event = models.CharField("zdarzenie", max_length=12, choices=enums.LedgerEvent)
    payroll_list = KinForeignKey(PayrollList, related_name="entries")
    made_at = models.DateTimeField("zaksięgowano")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto zaksięgował"
    )
    # Of the database, which fills it in: lines are added in the transaction of their entry alone.
    transaction = models.BigIntegerField(default=0, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "księgowanie"
        verbose_name_plural = "księgowania"
        indexes: ClassVar = [models.Index(fields=["unit", "day"], name="entry_of_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "number"], name="entry_number"),
            models.UniqueConstraint(
                fields=["unit", "payroll_list", "event"],
                name="entry_once",
                violation_error_message="To zdarzenie jest już zaksięgowane.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Posting(UnitModel):
    """A line of an entry: above zero a debit, below zero a credit."""

    entry = KinForeignKey(JournalEntry, related_name="postings")
    account = models.CharField("konto", max_length=14, choices=enums.LedgerAccount)
    amount = MoneyField("kwota")
    participation = KinForeignKey(Participation, related_name="+")

    class Meta(UnitModel.Meta):
        verbose_name = "zapis księgi"
        verbose_name_plural = "zapisy księgi"
        indexes: ClassVar = [models.Index(fields=["unit", "account"], name="posting_of_account")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="posting_says_something",
                condition=~Q(amount=0),
                violation_error_message="Kwota zapisu nie może być zerem.",
            ),
        ]

    @property
    def credit(self) -> Any:
        return -self.amount
