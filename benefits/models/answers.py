"""What the bank answers, and how each payment of a list stands.

A booking is taken in once, whatever statements it stands on. An entitlement is on its way or paid once: an
index keeps it, and triggers of the migration keep amounts and the way of a row, whoever writes.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from benefits import enums
from benefits.models.lists import PayrollList, Statement
from benefits.models.transfers import TransferFile
from benefits.models.who import who
from participants.models import Person
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField, MoneyField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel

# Longer than any of our references, of which the file's own is the shortest.
REFERENCE = 35


class BankStatement(UnitModel):
    """A file of the bank that was taken in. The file itself is not kept; its digest tells it again."""

    digest = models.CharField("skrót pliku", max_length=64)
    format = models.CharField("format", max_length=10, choices=enums.AnswerFormat)
    account = models.CharField("rachunek", max_length=26)
    number = models.CharField("numer wyciągu", max_length=60, blank=True)
    first_day = models.DateField("od")
    last_day = models.DateField("do")
    opening = MoneyField("saldo początkowe")
    closing = MoneyField("saldo końcowe")
    # Bookings that it brought; those that another statement had brought are not among them.
    count = models.PositiveIntegerField("nowe operacje")
    read_by = who("kto wczytał", null=False)
    read_at = models.DateTimeField("wczytano")

    class Meta(UnitModel.Meta):
        verbose_name = "wyciąg bankowy"
        verbose_name_plural = "wyciągi bankowe"
        indexes: ClassVar = [models.Index(fields=["unit", "last_day"], name="bank_statement_of_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "digest"],
                name="bank_statement_once",
                violation_error_message="Ten plik jest już wczytany.",
            ),
            models.CheckConstraint(
                name="bank_statement_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="bank_statement_account",
                condition=Q(account__regex=r"^[0-9]{26}$"),
                violation_error_message="Numer rachunku ma 26 cyfr.",
            ),
            models.CheckConstraint(
                name="bank_statement_brings",
                condition=Q(count__gt=0),
                violation_error_message="W tym pliku nie ma żadnej nowej operacji.",
            ),
            models.CheckConstraint(name="bank_statement_days", condition=Q(first_day__lte=F("last_day"))),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.first_day:%d.%m.%Y}"


class BankBooking(UnitModel):
    """One movement on the unit's account: above zero money that came, below zero money that went."""

    statement = KinForeignKey(BankStatement, related_name="bookings")
    position = models.PositiveIntegerField("lp.")
    day = models.DateField("dzień")
    amount = MoneyField("kwota")
    # Our own names of payments and files, as the bank told them; a broken title allows several readings.
    references = ArrayField(
        models.CharField(max_length=REFERENCE), verbose_name="oznaczenia", default=list, blank=True
    )
    bank_reference = models.CharField("oznaczenie banku", max_length=80, blank=True)
    # Whether the bank itself calls it taken back.
    reversal = models.BooleanField("wycofana przez bank", default=False)
    account = EncryptedTextField("konto drugiej strony", max_length=26, blank=True)
    name = EncryptedTextField("nazwa drugiej strony", max_length=300, blank=True)
    title = EncryptedTextField("tytuł", max_length=600, blank=True)
    # Keyed, of everything that tells a booking from others: overlapping statements bring it once.
    identity = models.CharField(max_length=64, editable=False)
    state = models.CharField(
        "stan", max_length=10, choices=enums.BookingState, default=enums.BookingState.OPEN, editable=False
    )
    remark = models.CharField("dlaczego odłożono", max_length=200, blank=True)
    decided_by = who("kto rozstrzygnął")
    decided_at = models.DateTimeField("rozstrzygnięto", null=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "operacja bankowa"
        verbose_name_plural = "operacje bankowe"
        indexes: ClassVar = [models.Index(fields=["unit", "state"], name="bank_booking_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "identity"],
                name="bank_booking_once",
                violation_error_message="Ta operacja jest już wczytana.",
            ),
            models.UniqueConstraint(fields=["unit", "statement", "position"], name="bank_booking_position"),
            models.CheckConstraint(
                name="bank_booking_identity", condition=Q(identity__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="bank_booking_amount",
                condition=~Q(amount=0),
                violation_error_message="Operacja na zero złotych nic nie znaczy.",
            ),
            models.CheckConstraint(
                name="bank_booking_state",
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True, remark="")
                | Q(state="matched", decided_by__isnull=False, decided_at__isnull=False, remark="")
                | Q(state="aside", decided_by__isnull=False, decided_at__isnull=False) & ~Q(remark=""),
                violation_error_message="Przy odłożonej operacji stoi, dlaczego, kto i kiedy.",
            ),
        ]

    def __str__(self) -> str:
        return self.bank_reference or str(self.position)


class PaidLine(UnitModel):
    """One sending of one payment of a list, by transfer or in cash: the first one, or one after a return."""

    payroll_list = KinForeignKey(PayrollList, related_name="lines")
    statement = KinForeignKey(Statement, related_name="lines")
    person = KinForeignKey(Person, related_name="+")
    part = models.CharField("za co", max_length=10, choices=enums.PayPart)
    attempt = models.PositiveSmallIntegerField("który raz", default=1)
    amount = MoneyField("kwota")
    reference = models.CharField("oznaczenie", max_length=REFERENCE)
    method = models.CharField("sposób wypłaty", max_length=10, choices=enums.PayMethod)
    # Of what goes out again; the first sending is as the list says.
    account = EncryptedTextField("numer konta", max_length=26, blank=True)
    party = EncryptedJSONField("odbiorca", null=True)
    transfer_file = KinForeignKey(TransferFile, related_name="lines", null=True)
    state = models.CharField(
        "stan", max_length=10, choices=enums.LineState, default=enums.LineState.PLANNED, editable=False
    )
    sent_on = models.DateField("wysłano", null=True, editable=False)
    booked_on = models.DateField("zaksięgowano", null=True, editable=False)
    # The day that somebody's word had given before the bank's booking did.
    said_on = models.DateField("potwierdzono przed wyciągiem", null=True, editable=False)
    returned_on = models.DateField("wróciło", null=True, editable=False)
    # One of the bank may be of a whole file; together they make its amount.
    booking = KinForeignKey(BankBooking, related_name="lines", null=True)
    return_booking = KinForeignKey(BankBooking, related_name="returned_lines", null=True)
    reason = models.CharField("powód", max_length=200, blank=True)
    # Who brought it to where it stands.
    moved_by = who("kto", null=False)
    moved_at = models.DateTimeField("kiedy", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "płatność z listy"
        verbose_name_plural = "płatności z list"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "statement", "part", "attempt"],
                name="paid_line_attempt",
                violation_error_message="Ta płatność idzie już jeszcze raz.",
            ),
            models.UniqueConstraint(
                fields=["unit", "statement", "part"],
                condition=Q(state__in=["planned", "sent", "paid"]),
                name="paid_line_once",
                violation_error_message="Ta płatność jest już w drodze albo wypłacona.",
            ),
            models.UniqueConstraint(fields=["unit", "reference"], name="paid_line_reference"),
            models.UniqueConstraint(
                fields=["unit", "return_booking"],
                name="paid_line_return",
                violation_error_message="Ten zwrot jest już dopasowany.",
            ),
            models.CheckConstraint(
                name="paid_line_amount",
                condition=Q(amount__gt=0, attempt__gt=0),
                violation_error_message="Kwota płatności jest większa od zera.",
            ),
            models.CheckConstraint(
                name="paid_line_cash",
                condition=Q(method="transfer")
                | Q(transfer_file__isnull=True, booking__isnull=True, return_booking__isnull=True),
                violation_error_message="Gotówki nie ma na wyciągu z banku.",
            ),
            models.CheckConstraint(
                name="paid_line_state",
                condition=Q(
                    state="planned", sent_on__isnull=True, booked_on__isnull=True, returned_on__isnull=True
                )
                | Q(state="sent", sent_on__isnull=False, booked_on__isnull=True, returned_on__isnull=True)
                | Q(state="paid", sent_on__isnull=False, booked_on__isnull=False, returned_on__isnull=True)
                | Q(state="returned", sent_on__isnull=False, returned_on__isnull=False)
                | Q(state="dropped"),
                violation_error_message="Dni płatności nie zgadzają się z jej stanem.",
            ),
            models.CheckConstraint(
                name="paid_line_booked",
                condition=Q(booking__isnull=True) | Q(booked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="paid_line_said",
                condition=Q(said_on__isnull=True) | Q(booking__isnull=False),
            ),
            models.CheckConstraint(
                name="paid_line_came_back",
                condition=Q(return_booking__isnull=True) | Q(returned_on__isnull=False),
            ),
            models.CheckConstraint(
                name="paid_line_why",
                condition=Q(state__in=["planned", "sent", "paid"], reason="")
                | Q(state="returned") & (Q(return_booking__isnull=False) | ~Q(reason=""))
                | Q(state="dropped") & ~Q(reason=""),
                violation_error_message="Napisz, dlaczego.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_drawn(self) -> bool:
        """Whether the row is only what would be stored: of a list that was paid before sendings were kept."""
        return self._state.adding
