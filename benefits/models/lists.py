"""The payroll list of a unit and month, and what it says of each person.

Amounts are columns, because they are added up; what shows on which days somebody was ill is one encrypted
document. What was locked is kept by triggers of the migration, whoever writes.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from benefits import enums
from benefits.models.who import who
from participants.models import Participation, Person
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField, MoneyField
from reintegration.core.money import ZERO
from reintegration.law.models import Proposal, proposal_constraints
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


def _when(verbose_name: str) -> "models.DateTimeField[Any, Any]":
    return models.DateTimeField(verbose_name, null=True, editable=False)


class SigningRule(Proposal, UnitModel):
    """How many people a list passes through, from a month on; one proposes it and another confirms it."""

    since_month = models.DateField("od miesiąca")
    # Three: who prepares, who checks, who approves. Two where a unit has no third one.
    hands = models.PositiveSmallIntegerField("ile osób podpisuje listę", default=3)
    second_above = MoneyField("drugie zatwierdzenie powyżej kwoty", null=True, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "zasada podpisów"
        verbose_name_plural = "zasady podpisów"
        constraints: ClassVar = [
            *proposal_constraints("signing"),
            models.CheckConstraint(name="signing_has_author", condition=Q(proposed_by__isnull=False)),
            models.CheckConstraint(
                name="signing_confirmed", condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False)
            ),
            models.CheckConstraint(
                name="signing_hands",
                condition=Q(hands__in=[2, 3]),
                violation_error_message="Listę podpisują dwie albo trzy osoby.",
            ),
            models.CheckConstraint(
                name="signing_second",
                condition=Q(second_above__isnull=True) | Q(second_above__gt=0, hands=3),
                violation_error_message="Drugie zatwierdzenie wymaga trzech osób i kwoty większej od zera.",
            ),
            models.CheckConstraint(
                name="signing_from_first_of_month",
                condition=Q(since_month__day=1),
                violation_error_message="Zasada zmienia się od pierwszego dnia miesiąca.",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state="proposed"),
                name="signing_proposed_once",
                violation_error_message="Zmiana zasady podpisów czeka już na drugą osobę.",
            ),
        ]


def _signed(who: str, when: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{who}__isnull": True, f"{when}__isnull": True})
        | Q(**{f"{who}__isnull": False, f"{when}__isnull": False}),
        violation_error_message="Przy podpisie stoi, kto i kiedy podpisał.",
    )


AFTER_PAYMENT = ("paid", "settled", "closed")


def _somebody(*steps: str) -> Q:
    return Q(**{f"{step}_by__isnull": False for step in steps})


def _nobody(*steps: str) -> Q:
    return Q(**{f"{step}_by__isnull": True for step in steps})


class PayrollList(UnitModel):
    """Who is paid how much for a month: one list, and the people through whose hands it went."""

    # A foreign key to the unit with its kind: a club pays no benefit (art. 18), and the table knows.
    unit_type = models.CharField(max_length=3, default=UnitType.CIS, editable=False)
    number = models.CharField("numer", max_length=20)
    month = models.DateField("miesiąc")
    state = models.CharField(
        "stan", max_length=10, choices=enums.ListState, default=enums.ListState.OPEN, editable=False
    )
    # As the unit's rule stood when the list was locked.
    hands = models.PositiveSmallIntegerField(default=3, editable=False)
    second_above = MoneyField(null=True, editable=False)
    counted_at = models.DateTimeField("przeliczono", editable=False)
    locked_by, locked_at = who("kto przygotował"), _when("oddano do podpisów")
    checked_by, checked_at = who("kto sprawdził"), _when("sprawdzono")
    approved_by, approved_at = who("kto zatwierdził"), _when("zatwierdzono")
    second_by, second_at = who("kto zatwierdził po raz drugi"), _when("zatwierdzono po raz drugi")
    paid_by, paid_at = who("kto potwierdził wypłatę"), _when("potwierdzono wypłatę")
    paid_on = models.DateField("dzień wypłaty", null=True, editable=False)
    # The law as it stood when the list was locked: what a statement says in words is counted by it for good.
    law = models.JSONField(default=dict, blank=True, editable=False)
    # About the list, not about anybody on it.
    remark = models.CharField("uwaga", max_length=600, blank=True)
    remark_by = who("kto zwrócił")
    # Of everything that the list says, from the lock on.
    digest = models.CharField("skrót", max_length=64, blank=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "lista wypłat"
        verbose_name_plural = "listy wypłat"
        indexes: ClassVar = [models.Index(fields=["unit", "unit_type", "month"], name="list_of_month")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="list_of_cis",
                condition=Q(unit_type=UnitType.CIS),
                violation_error_message="KIS nie wypłaca świadczeń integracyjnych. (art. 18)",
            ),
            models.UniqueConstraint(
                fields=["unit", "month"],
                condition=~Q(state="abandoned"),
                name="list_once",
                violation_error_message="Na ten miesiąc jest już lista wypłat.",
            ),
            models.UniqueConstraint(fields=["unit", "number"], name="list_number"),
            models.CheckConstraint(
                name="list_month",
                condition=Q(month__day=1),
                violation_error_message="Lista jest na cały miesiąc.",
            ),
            models.CheckConstraint(name="list_hands", condition=Q(hands__in=[2, 3])),
            _signed("locked_by", "locked_at", "list_locked_whole"),
            _signed("checked_by", "checked_at", "list_checked_whole"),
            _signed("approved_by", "approved_at", "list_approved_whole"),
            _signed("second_by", "second_at", "list_second_whole"),
            _signed("paid_by", "paid_at", "list_paid_whole"),
            models.CheckConstraint(
                name="list_checked_by_another",
                condition=Q(checked_by__isnull=True) | Q(hands=2) | ~Q(checked_by=F("locked_by")),
                violation_error_message="Listę sprawdza ktoś inny niż ten, kto ją przygotował.",
            ),
            models.CheckConstraint(
                name="list_approved_by_another",
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("locked_by")) & ~Q(approved_by=F("checked_by")),
                violation_error_message=(
                    "Listę zatwierdza ktoś inny niż ten, kto ją przygotował albo sprawdził."
                ),
            ),
            models.CheckConstraint(
                name="list_second_by_another",
                condition=Q(second_by__isnull=True)
                | ~Q(second_by=F("locked_by"))
                & ~Q(second_by=F("checked_by"))
                & ~Q(second_by=F("approved_by")),
                violation_error_message="Drugi raz zatwierdza ktoś, kto tej listy jeszcze nie podpisał.",
            ),
            models.CheckConstraint(
                name="list_signed_in_order",
                condition=Q(state="abandoned")
                | Q(state="open") & _nobody("locked", "checked", "approved", "second")
                | Q(state="locked") & _somebody("locked") & _nobody("checked", "approved", "second")
                | Q(state="checked") & _somebody("locked", "checked") & _nobody("approved", "second")
                | Q(state="half") & _somebody("locked", "checked", "approved") & _nobody("second")
                | Q(state__in=["approved", *AFTER_PAYMENT]) & _somebody("locked", "checked", "approved"),
                violation_error_message="Lista nie ma podpisów, których wymaga jej stan.",
            ),
            models.CheckConstraint(
                name="list_paid_state",
                condition=Q(state__in=AFTER_PAYMENT, paid_by__isnull=False, paid_on__isnull=False)
                | ~Q(state__in=AFTER_PAYMENT) & Q(paid_by__isnull=True, paid_on__isnull=True),
                violation_error_message="Przy wypłaconej liście stoi dzień wypłaty.",
            ),
            models.CheckConstraint(
                name="list_digest",
                condition=Q(state="open", digest="")
                | Q(state="abandoned")
                | (~Q(state="open") & Q(digest__regex=r"^[0-9a-f]{64}$")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Statement(UnitModel):
    """What a list says of one person: the benefit of its month, and corrections of months before."""

    payroll_list = KinForeignKey(PayrollList, related_name="statements")
    participation = KinForeignKey(Participation, related_name="statements")
    person = KinForeignKey(Person, related_name="+")
    position = models.PositiveSmallIntegerField("lp.")
    benefit = MoneyField("świadczenie", default=ZERO)
    # The applied corrections together; they and their months stand in rows of their own.
    corrected = MoneyField("wyrównania", default=ZERO)
    premium = MoneyField("premia", default=ZERO)
    tax = MoneyField("podatek", default=ZERO)
    to_pay = MoneyField("do wypłaty", default=ZERO)
    pension_insured = MoneyField(default=ZERO)
    pension_payer = MoneyField(default=ZERO)
    disability_insured = MoneyField(default=ZERO)
    disability_payer = MoneyField(default=ZERO)
    blocked = models.BooleanField("zatrzymane", default=False)
    first = models.BooleanField("pierwsza wypłata", default=False)
    leaves = models.BooleanField("kończy w tym miesiącu", default=False)
    method = models.CharField("sposób wypłaty", max_length=10, choices=enums.PayMethod, blank=True)
    account = EncryptedTextField("numer konta", max_length=26, blank=True)
    # Basis, rows, what blocks and why months before are corrected; an erasure takes it away as a whole.
    document = EncryptedJSONField("podstawa i wyliczenie", null=True)
    # Of the account and the document, which an erasure takes, and of the whole; empty in a draft.
    sealed_digest = models.CharField(max_length=64, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "rozliczenie świadczenia"
        verbose_name_plural = "rozliczenia świadczeń"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "payroll_list", "participation"],
                name="statement_once",
                violation_error_message="Ta osoba jest już na tej liście.",
            ),
            models.CheckConstraint(
                name="statement_adds_up",
                condition=Q(to_pay=F("benefit") + F("corrected") + F("premium") - F("tax")),
                violation_error_message="Kwoty na liście nie dają kwoty do wypłaty.",
            ),
            models.CheckConstraint(
                name="statement_not_negative",
                condition=Q(benefit__gte=0, premium__gte=0, tax__gte=0, to_pay__gte=0),
                violation_error_message="Wypłata nie może być mniejsza od zera.",
            ),
            models.CheckConstraint(
                name="statement_blocked_unpaid",
                condition=Q(blocked=False) | Q(benefit=0, corrected=0, premium=0, tax=0),
                violation_error_message="Komu czegoś brakuje, temu ta lista nic nie wypłaca.",
            ),
        ]


class Recovery(UnitModel):
    """A person's consent, or a decision, by which what was paid too much may be taken (spec., section 5)."""

    participation = KinForeignKey(Participation, related_name="recoveries")
    person = KinForeignKey(Person, related_name="+")
    kind = models.CharField("podstawa", max_length=10, choices=enums.RecoveryKind)
    given_on = models.DateField("z dnia")
    reference = models.CharField("numer decyzji", max_length=60, blank=True)
    # Taken from one payment at most; without it as much as the payment holds.
    at_most = MoneyField("najwyżej z jednej wypłaty", null=True, blank=True)
    withdrawn_on = models.DateField("wycofano", null=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "podstawa potrącenia"
        verbose_name_plural = "podstawy potrąceń"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation"],
                condition=Q(withdrawn_on__isnull=True),
                name="recovery_once",
                violation_error_message="Podstawa potrącenia jest już wpisana. Najpierw ją wycofaj.",
            ),
            models.CheckConstraint(
                name="recovery_named",
                condition=Q(kind="consent") | ~Q(reference=""),
                violation_error_message="Wpisz numer decyzji.",
            ),
            models.CheckConstraint(
                name="recovery_amount",
                condition=Q(at_most__isnull=True) | Q(at_most__gt=0),
                violation_error_message="Kwota potrącenia jest większa od zera.",
            ),
            models.CheckConstraint(
                name="recovery_withdrawn_after",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                violation_error_message="Wycofanie nie może być wcześniejsze niż zgoda albo decyzja.",
            ),
        ]


class Correction(UnitModel):
    """A month before that is counted differently today, as a row of this list."""

    statement = KinForeignKey(Statement, related_name="corrections")
    payroll_list = KinForeignKey(PayrollList, related_name="+")
    participation = KinForeignKey(Participation, related_name="+")
    month = models.DateField("miesiąc")
    # What would make the month right, and how much of it this list does.
    difference = MoneyField("różnica")
    benefit = MoneyField("wyrównanie", default=ZERO)
    pension_insured = MoneyField(default=ZERO)
    pension_payer = MoneyField(default=ZERO)
    disability_insured = MoneyField(default=ZERO)
    disability_payer = MoneyField(default=ZERO)
    recovery = KinForeignKey(Recovery, related_name="+", null=True)

    class Meta(UnitModel.Meta):
        verbose_name = "wyrównanie"
        verbose_name_plural = "wyrównania"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "statement", "month"],
                name="correction_once",
                violation_error_message="Ten miesiąc jest już wyrównany na tej liście.",
            ),
            models.CheckConstraint(name="correction_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="correction_within",
                condition=Q(difference__gt=0, benefit__gte=0, benefit__lte=F("difference"))
                | Q(difference__lt=0, benefit__lte=0, benefit__gte=F("difference")),
                violation_error_message="Wyrównanie nie może być większe niż różnica.",
            ),
            models.CheckConstraint(
                name="correction_has_ground",
                condition=Q(benefit__gte=0) | Q(recovery__isnull=False),
                violation_error_message="Potrącić można za zgodą osoby albo na podstawie decyzji.",
            ),
        ]
