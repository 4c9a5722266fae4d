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
from benefits.rules import ledger
from participants.models import Participation
from reintegration.core.fields import MoneyField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class JournalEntry(UnitModel):
    """One event, with its day and what it is about."""

    number = models.CharField("numer", max_length=20)
    day = models.DateField("dzień")
    event = models.CharField("zdarzenie", max_length=12, choices=enums.LedgerEvent)
    payroll_list = KinForeignKey(PayrollList, null=True, related_name="entries")
    agreement = KinForeignKey("benefits.FundAgreement", null=True, related_name="entries")
    # The row that the event happened to: with the event it names the entry, which is posted once.
    source = models.UUIDField(editable=False)
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
                fields=["unit", "source", "event"],
                name="entry_once",
                violation_error_message="To zdarzenie jest już zaksięgowane.",
            ),
            models.CheckConstraint(
                name="entry_of_list",
                condition=~Q(event__in=[one.value for one in ledger.OF_LIST]) | Q(payroll_list__isnull=False),
                violation_error_message="Brakuje listy, której to dotyczy.",
            ),
            models.CheckConstraint(
                name="entry_of_fund",
                condition=~Q(event__in=[one.value for one in ledger.OF_FUND]) | Q(agreement__isnull=False),
                violation_error_message="Brakuje umowy z urzędem pracy, której to dotyczy.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Posting(UnitModel):
    """A line of an entry: above zero a debit, below zero a credit."""

    entry = KinForeignKey(JournalEntry, related_name="postings")
    account = models.CharField("konto", max_length=14, choices=enums.LedgerAccount)
    amount = MoneyField("kwota")
    participation = KinForeignKey(Participation, null=True, related_name="+")

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
            models.CheckConstraint(
                name="posting_of_person",
                condition=~Q(account__in=[one.value for one in ledger.OF_PERSON])
                | Q(participation__isnull=False),
                violation_error_message="Brakuje osoby, której to dotyczy.",
            ),
        ]

    @property
    def credit(self) -> Any:
        return -self.amount
