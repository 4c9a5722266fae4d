"""What must be known of a person before they are paid: grant, way of payment, PIT-2, insurance.

Each is dated: a month is counted with what held in it, and a change leaves the months before as they are.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from benefits import enums
from participants.models import Participation, Person
from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.fields import BlindIndexField, EncryptedTextField, MoneyField
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class Grant(UnitModel):
    """An application for the benefit and what the manager decided (art. 15 ust. 4)."""

    participation = KinForeignKey(Participation, related_name="grants")
    person = KinForeignKey(Person, related_name="+")
    # A foreign key to the unit with its kind: a club has no benefit (art. 18), and the table knows.
    unit_type = models.CharField(max_length=3, default=UnitType.CIS, editable=False)
    asked_on = models.DateField("dzień wniosku")
    state = models.CharField(
        "stan", max_length=10, choices=enums.GrantState, default=enums.GrantState.ASKED, editable=False
    )
    granted_from = models.DateField("przyznane od", null=True)
    decided_on = models.DateField("dzień decyzji", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reason = EncryptedTextField("powód odmowy", max_length=500, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "wniosek o świadczenie integracyjne"
        verbose_name_plural = "wnioski o świadczenie integracyjne"
        # The foreign key to the unit with its kind, and what waits for a decision.
        indexes: ClassVar = [models.Index(fields=["unit", "unit_type", "state"], name="grant_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="grant_of_cis",
                condition=Q(unit_type=UnitType.CIS),
                violation_error_message="KIS nie wypłaca świadczeń integracyjnych. (art. 18)",
            ),
            models.UniqueConstraint(
                fields=["unit", "participation"],
                condition=Q(state__in=["asked", "granted"]),
                name="grant_once",
                violation_error_message="W tej sprawie jest już wniosek o świadczenie.",
            ),
            models.CheckConstraint(
                name="grant_decided_whole",
                condition=Q(state__in=["asked", "withdrawn"])
                | Q(decided_on__isnull=False, decided_by__isnull=False),
                violation_error_message="Przy decyzji stoi, kto i kiedy zdecydował.",
            ),
            models.CheckConstraint(
                name="grant_has_day",
                condition=~Q(state="granted") | Q(granted_from__isnull=False),
                violation_error_message="Wpisz dzień, od którego świadczenie jest przyznane.",
            ),
            models.CheckConstraint(
                name="grant_asked_before",
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("asked_on")),
                violation_error_message="Decyzja nie może być wcześniejsza niż wniosek.",
            ),
        ]


class PayWay(UnitModel):
    """How the money reaches a person, from a day on."""

    participation = KinForeignKey(Participation, related_name="pay_ways")
    person = KinForeignKey(Person, related_name="+")
    since = models.DateField("od")
    method = models.CharField("sposób wypłaty", max_length=10, choices=enums.PayMethod)
    account = EncryptedTextField("numer konta", max_length=26, blank=True)
    account_index = BlindIndexField(source="account", label="account")

    class Meta(UnitModel.Meta):
        verbose_name = "sposób wypłaty"
        verbose_name_plural = "sposoby wypłaty"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation", "since"],
                name="pay_way_once",
                violation_error_message="Od tego dnia jest już sposób wypłaty. Popraw go.",
            ),
            # That a transfer has an account is a trigger of the migration: an erasure takes the account.
            models.CheckConstraint(
                name="pay_way_cash",
                condition=Q(method="transfer") | Q(account_index__isnull=True),
                violation_error_message="Gotówka nie ma numeru konta.",
            ),
        ]


class TaxStatement(UnitModel):
    """Whether the advance on tax is smaller by the monthly reduction, from a month on (PIT-2, art. 32)."""

    participation = KinForeignKey(Participation, related_name="tax_statements")
    person = KinForeignKey(Person, related_name="+")
    since = models.DateField("od miesiąca")
    pit2 = models.BooleanField("złożono PIT-2")
    # Of PIT-2, or of the word that takes it back.
    filed_on = models.DateField("dzień złożenia", null=True)
    # To which the year's information on the person goes; it follows the place where they live.
    office = models.CharField("urząd skarbowy", max_length=120, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "oświadczenie PIT-2"
        verbose_name_plural = "oświadczenia PIT-2"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation", "since"],
                name="tax_statement_once",
                violation_error_message="Od tego miesiąca jest już oświadczenie. Popraw je.",
            ),
            models.CheckConstraint(
                name="tax_statement_month",
                condition=Q(since__day=1),
                violation_error_message="Oświadczenie działa od pierwszego dnia miesiąca.",
            ),
            models.CheckConstraint(
                name="tax_statement_whole",
                condition=Q(pit2=False) | Q(filed_on__isnull=False),
                violation_error_message="Wpisz dzień, w którym złożono PIT-2.",
            ),
        ]


class PaySettings(UnitModel):
    """What a unit says of its payments."""

    # Benefits are paid in arrears (art. 15 ust. 5); the unit's own rules say until when.
    payment_day = models.PositiveSmallIntegerField("wypłata do dnia miesiąca", default=10)
    # Own money that the unit means to give for premiums of one month; a plan, not a limit.
    premium_plan = MoneyField("plan premii na miesiąc", null=True, blank=True)
    # Where the unit files PIT-4R, and its own accounts in the offices, to which it pays.
    tax_office = models.CharField("urząd skarbowy", max_length=120, blank=True)
    tax_account = models.CharField("mikrorachunek podatkowy", max_length=26, blank=True)
    zus_account = models.CharField("numer rachunku składkowego", max_length=26, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "ustawienia wypłat"
        verbose_name_plural = "ustawienia wypłat"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                name="pay_settings_once",
                violation_error_message="Te ustawienia już są. Odśwież stronę.",
            ),
            models.CheckConstraint(
                name="pay_settings_day",
                condition=Q(payment_day__gte=1, payment_day__lte=28),
                violation_error_message="Wpisz dzień od 1 do 28, taki ma każdy miesiąc.",
            ),
            models.CheckConstraint(
                name="pay_settings_plan",
                condition=Q(premium_plan__isnull=True) | Q(premium_plan__gte=0),
                violation_error_message="Plan premii nie może być mniejszy od zera.",
            ),
            models.CheckConstraint(
                name="pay_settings_accounts",
                condition=Q(tax_account__regex=r"^([0-9]{26})?$", zus_account__regex=r"^([0-9]{26})?$"),
                violation_error_message="Numer rachunku ma 26 cyfr.",
            ),
        ]


class InsuranceTitle(UnitModel):
    """By what a person is insured in ZUS on a day: by the benefit, or otherwise."""

    participation = KinForeignKey(Participation, related_name="insurance_titles")
    person = KinForeignKey(Person, related_name="+")
    kind = models.CharField("tytuł ubezpieczenia", max_length=10, choices=enums.TitleKind)
    since = models.DateField("od")
    until = models.DateField("do", null=True)
    registered_on = models.DateField("zgłoszono do ZUS", null=True)
    deregistered_on = models.DateField("wyrejestrowano z ZUS", null=True)

    class Meta(UnitModel.Meta):
        verbose_name = "tytuł ubezpieczenia"
        verbose_name_plural = "tytuły ubezpieczenia"
        constraints: ClassVar = [
            span_ordered("since", "until", name="insurance_title_span"),
            exclude_overlap(
                "participation",
                since="since",
                until="until",
                name="insurance_title_once",
                message="W tych dniach jest już inny tytuł ubezpieczenia.",
            ),
            models.CheckConstraint(
                name="insurance_title_ended",
                condition=Q(deregistered_on__isnull=True) | Q(until__isnull=False),
                violation_error_message="Wyrejestrowuje się tytuł, który ma koniec. Wpisz, do kiedy trwał.",
            ),
        ]
