"""How a unit talks to its bank, and the files of transfers that were made of payroll lists."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits import enums
from benefits.models.lists import PayrollList
from reintegration.core.fields import MoneyField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class BankProfile(UnitModel):
    """The file that the unit's bank reads. Banks disagree, so each of the three is a setting."""

    format = models.CharField(
        "format pliku", max_length=20, choices=enums.BankFormat, default=enums.BankFormat.ELIXIR
    )
    # Of Elixir-0 only; pain.001 is always UTF-8.
    encoding = models.CharField(
        "kodowanie", max_length=10, choices=enums.BankEncoding, default=enums.BankEncoding.CP1250
    )
    # Of pain.001 only.
    addresses = models.CharField(
        "adresy", max_length=10, choices=enums.BankAddresses, default=enums.BankAddresses.LINES
    )

    class Meta(UnitModel.Meta):
        verbose_name = "ustawienia przelewów"
        verbose_name_plural = "ustawienia przelewów"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                name="bank_profile_once",
                violation_error_message="Te ustawienia już są. Odśwież stronę.",
            ),
        ]


class TransferFile(UnitModel):
    """A file that was made for the bank: everything besides the list that its bytes depend on.

    The content is not kept. It is made again from the frozen list and this row, and its digest says that it
    is the same. Nobody changes a row; triggers of the migration see to it.
    """

    payroll_list = KinForeignKey(PayrollList, related_name="transfer_files")
    purpose = models.CharField("do czego", max_length=10, choices=enums.TransferPurpose)
    # Of what goes out again; the payment of a list is made once and has none.
    round = models.PositiveSmallIntegerField("który raz jeszcze", default=0)
    # Names the file to the bank, which takes each name once.
    reference = models.CharField("oznaczenie", max_length=35)
    made_at = models.DateTimeField("zrobiono")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto zrobił"
    )
    day = models.DateField("dzień przelewu")
    format = models.CharField(max_length=20, choices=enums.BankFormat)
    encoding = models.CharField(max_length=10, choices=enums.BankEncoding)
    addresses = models.CharField(max_length=10, choices=enums.BankAddresses)
    account = models.CharField("z rachunku", max_length=26)
    payer_name = models.CharField(max_length=200)
    payer_street = models.CharField(max_length=120, blank=True)
    payer_postcode = models.CharField(max_length=6, blank=True)
    payer_town = models.CharField(max_length=80, blank=True)
    count = models.PositiveIntegerField("ile przelewów")
    total = MoneyField("razem")
    digest = models.CharField("skrót", max_length=64)

    class Meta(UnitModel.Meta):
        verbose_name = "plik przelewów"
        verbose_name_plural = "pliki przelewów"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "payroll_list", "purpose", "round"],
                name="transfer_file_once",
                violation_error_message="Plik przelewów tej listy jest już zrobiony.",
            ),
            models.CheckConstraint(
                name="transfer_file_round",
                condition=Q(purpose="payment", round=0) | Q(purpose="again", round__gt=0),
            ),
            models.UniqueConstraint(fields=["unit", "reference"], name="transfer_file_reference"),
            models.CheckConstraint(
                name="transfer_file_account",
                condition=Q(account__regex=r"^[0-9]{26}$"),
                violation_error_message="Numer rachunku ma 26 cyfr.",
            ),
            models.CheckConstraint(name="transfer_file_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="transfer_file_pays",
                condition=Q(count__gt=0, total__gt=0),
                violation_error_message="W pliku nie ma żadnego przelewu.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
