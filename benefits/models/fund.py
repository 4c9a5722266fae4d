"""The Labour Fund: agreements with the employment office, what is asked, and what comes (art. 15 ust. 8).

An application asks for what a paid list gave, person by person. Once it is sent its lines are kept by
triggers of the migration; what the office answers is written beside them.
"""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from benefits import enums
from benefits.models.answers import BankBooking
from benefits.models.lists import PayrollList, Statement
from benefits.models.who import who
from participants.models import Participation, Person
from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.fields import EncryptedTextField, MoneyField
from reintegration.core.money import ZERO
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class FundAgreement(UnitModel):
    """What the unit and the employment office of its seat agreed on, or what the unit asked for."""

    unit_type = models.CharField(max_length=3, default=UnitType.CIS, editable=False)
    state = models.CharField(
        "stan",
        max_length=10,
        choices=enums.FundAgreementState,
        default=enums.FundAgreementState.ASKED,
        editable=False,
    )
    office = models.CharField("urząd pracy", max_length=200)
    address = models.CharField("adres urzędu", max_length=200, blank=True)
    asked_on = models.DateField("dzień wniosku o umowę")
    number = models.CharField("numer umowy", max_length=60, blank=True)
    signed_on = models.DateField("dzień podpisania", null=True)
    since = models.DateField("obowiązuje od", null=True)
    until = models.DateField("obowiązuje do", null=True)
    places = models.PositiveSmallIntegerField("liczba miejsc")
    mode = models.CharField("sposób", max_length=10, choices=enums.FundMode, default=enums.FundMode.REFUND)
    # The act names no term for either; agreements do.
    apply_by = models.PositiveSmallIntegerField("wniosek do dnia miesiąca", default=15)
    pays_within = models.PositiveSmallIntegerField("urząd płaci w ciągu dni", default=30)
    attachments = models.CharField("załączniki", max_length=600, blank=True)
    remark = models.CharField("uwagi", max_length=600, blank=True)
    closed_on = models.DateField("dzień odmowy albo zakończenia", null=True, editable=False)
    closed_because = models.CharField("dlaczego", max_length=600, blank=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "umowa z urzędem pracy"
        verbose_name_plural = "umowy z urzędem pracy"
        indexes: ClassVar = [models.Index(fields=["unit", "unit_type", "since"], name="fund_agreement_days")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fund_agreement_of_cis",
                condition=Q(unit_type=UnitType.CIS),
                violation_error_message="KIS nie wypłaca świadczeń integracyjnych. (art. 18)",
            ),
            span_ordered("since", "until", name="fund_agreement_span"),
            exclude_overlap(
                "unit",
                since="since",
                until="until",
                name="fund_agreement_once",
                message="W tych dniach obowiązuje już inna umowa.",
                where=Q(state__in=["signed", "ended"]),
            ),
            models.CheckConstraint(
                name="fund_agreement_signed",
                condition=Q(state__in=["asked", "refused"])
                | ~Q(number="") & Q(signed_on__isnull=False, since__isnull=False, until__isnull=False),
                violation_error_message="Podpisana umowa ma numer, dzień podpisania i dni obowiązywania.",
            ),
            models.CheckConstraint(
                name="fund_agreement_closed",
                condition=Q(state__in=["refused", "ended"], closed_on__isnull=False)
                | Q(state__in=["asked", "signed"], closed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="fund_agreement_places",
                condition=Q(places__gt=0),
                violation_error_message="Umowa jest na co najmniej jedno miejsce.",
            ),
            models.CheckConstraint(
                name="fund_agreement_terms",
                condition=Q(apply_by__range=(1, 28), pays_within__range=(1, 365)),
                violation_error_message="Wniosek jest do dnia od 1 do 28, a urząd płaci w ciągu 1–365 dni.",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.office


class FundBudget(UnitModel):
    """What an agreement gives for one year."""

    agreement = KinForeignKey(FundAgreement, related_name="budgets")
    year = models.PositiveSmallIntegerField("rok")
    amount = MoneyField("kwota na rok")

    class Meta(UnitModel.Meta):
        verbose_name = "kwota umowy na rok"
        verbose_name_plural = "kwoty umów na rok"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "agreement", "year"],
                name="fund_budget_once",
                violation_error_message="Kwota na ten rok jest już wpisana.",
            ),
            models.CheckConstraint(
                name="fund_budget_amount",
                condition=Q(amount__gt=0),
                violation_error_message="Kwota na rok jest większa od zera.",
            ),
        ]


class FundApplication(UnitModel):
    """The application for the refund of one paid list."""

    agreement = KinForeignKey(FundAgreement, related_name="applications")
    payroll_list = KinForeignKey(PayrollList, related_name="fund_applications")
    number = models.CharField("numer", max_length=20)
    state = models.CharField(
        "stan",
        max_length=10,
        choices=enums.FundApplicationState,
        default=enums.FundApplicationState.DRAFT,
        editable=False,
    )
    sent_on = models.DateField("wysłano", null=True, editable=False)
    sent_by = who("kto wysłał")
    closed_on = models.DateField("rozliczono albo wycofano", null=True, editable=False)
    closed_by = who("kto rozliczył albo wycofał")
    closed_because = models.CharField("dlaczego", max_length=600, blank=True, editable=False)
    # What an advance covers, as it stood when the application was settled.
    from_advance = MoneyField("z zaliczki", default=ZERO, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wniosek o refundację"
        verbose_name_plural = "wnioski o refundację"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "number"], name="fund_application_number"),
            models.UniqueConstraint(
                fields=["unit", "payroll_list"],
                condition=~Q(state="withdrawn"),
                name="fund_application_once",
                violation_error_message="Z tej listy jest już wniosek.",
            ),
            models.CheckConstraint(
                name="fund_application_sent",
                condition=Q(state="withdrawn")
                | Q(state="draft", sent_on__isnull=True, sent_by__isnull=True)
                | Q(state__in=["sent", "settled"], sent_on__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="fund_application_closed",
                condition=Q(state__in=["draft", "sent"], closed_on__isnull=True, closed_by__isnull=True)
                | Q(state__in=["settled", "withdrawn"], closed_on__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="fund_application_advance",
                condition=Q(from_advance=0) | Q(state="settled", from_advance__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class FundLine(UnitModel):
    """What an application says of one person and month, and what the office gave of it."""

    application = KinForeignKey(FundApplication, related_name="lines")
    participation = KinForeignKey(Participation, related_name="+")
    person = KinForeignKey(Person, related_name="+")
    statement = KinForeignKey(Statement, related_name="+", null=True)
    # The line of an application before, of which this one asks again for what was not given.
    carried_from = KinForeignKey("self", related_name="carried_to", null=True)
    kind = models.CharField("rodzaj", max_length=10, choices=enums.FundLineKind)
    month = models.DateField("za miesiąc")
    benefit = MoneyField("świadczenie")
    contributions = MoneyField("składki")
    asked = models.BooleanField("we wniosku", default=True)
    # Nothing until the office answers; the whole amount, or less with a reason.
    granted = MoneyField("przyznano", null=True)
    reason = models.CharField("powód", max_length=12, choices=enums.FundReason, blank=True)
    words = EncryptedTextField("co napisał urząd", max_length=600, blank=True)
    # Whether the next application asks for what is left; otherwise the unit bears it.
    carry = models.BooleanField("przenieś do następnego wniosku", default=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wiersz wniosku o refundację"
        verbose_name_plural = "wiersze wniosków o refundację"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "application", "statement", "month"],
                name="fund_line_once",
                violation_error_message="Ten miesiąc osoby jest już we wniosku.",
            ),
            models.UniqueConstraint(
                fields=["unit", "carried_from"],
                name="fund_line_carried_once",
                violation_error_message="Ta kwota jest już przeniesiona do innego wniosku.",
            ),
            models.CheckConstraint(name="fund_line_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="fund_line_origin",
                condition=Q(kind="carried", carried_from__isnull=False, statement__isnull=True)
                | Q(kind__in=["own", "correction"], carried_from__isnull=True, statement__isnull=False),
            ),
            models.CheckConstraint(
                name="fund_line_granted",
                condition=Q(granted__isnull=True)
                | Q(asked=True, granted__gte=0, granted__lte=F("benefit") + F("contributions"))
                | Q(asked=True, granted__lte=0, granted__gte=F("benefit") + F("contributions")),
                violation_error_message="Urząd może przyznać najwyżej tyle, ile jest we wniosku.",
            ),
            models.CheckConstraint(
                name="fund_line_reason",
                condition=Q(asked=False) & ~Q(reason="")
                | Q(asked=True, granted__isnull=True, reason="")
                | Q(asked=True, granted=F("benefit") + F("contributions"), reason="")
                | Q(asked=True, granted__isnull=False)
                & ~Q(granted=F("benefit") + F("contributions"))
                & ~Q(reason=""),
                violation_error_message="Wpisz powód, dla którego kwota jest inna niż we wniosku.",
            ),
            models.CheckConstraint(
                name="fund_line_carry",
                condition=Q(carry=False) | ~Q(reason=""),
                violation_error_message="Przenosi się tylko to, czego urząd nie przyznał.",
            ),
        ]

    @property
    def amount(self) -> Decimal:
        found: Decimal = self.benefit + self.contributions
        return found

    @property
    def refused(self) -> Decimal:
        """What the office answered that it does not give; nothing before it answered."""
        return ZERO if self.granted is None else self.amount - self.granted


class FundAdvance(UnitModel):
    """An advance that the unit asked for, for the benefits of one month."""

    agreement = KinForeignKey(FundAgreement, related_name="advances")
    number = models.CharField("numer", max_length=20)
    month = models.DateField("na miesiąc")
    amount = MoneyField("kwota")
    asked_on = models.DateField("dzień wniosku")
    state = models.CharField(
        "stan",
        max_length=10,
        choices=enums.FundAdvanceState,
        default=enums.FundAdvanceState.ASKED,
        editable=False,
    )
    closed_because = models.CharField("dlaczego", max_length=600, blank=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wniosek o zaliczkę"
        verbose_name_plural = "wnioski o zaliczkę"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "number"], name="fund_advance_number"),
            models.CheckConstraint(name="fund_advance_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="fund_advance_amount",
                condition=Q(amount__gt=0),
                violation_error_message="Zaliczka jest większa od zera.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class FundReceipt(UnitModel):
    """Money that came from the office, or went back to it. A mistake is taken back, never removed."""

    agreement = KinForeignKey(FundAgreement, related_name="receipts")
    application = KinForeignKey(FundApplication, related_name="receipts", null=True)
    advance = KinForeignKey(FundAdvance, related_name="receipts", null=True)
    # The movement on the bank's statement that it was written down from; its day and amount are the bank's.
    booking = KinForeignKey(BankBooking, related_name="fund_receipts", null=True, editable=False)
    kind = models.CharField("rodzaj", max_length=10, choices=enums.FundReceiptKind)
    day = models.DateField("dzień")
    amount = MoneyField("kwota")
    made_at = models.DateTimeField("zapisano", editable=False)
    made_by = who("kto zapisał", null=False)
    taken_back_on = models.DateField("cofnięto", null=True, editable=False)
    taken_back_by = who("kto cofnął")
    taken_back_because = models.CharField("dlaczego", max_length=600, blank=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wpłata z Funduszu Pracy"
        verbose_name_plural = "wpłaty z Funduszu Pracy"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fund_receipt_amount",
                condition=Q(amount__gt=0),
                violation_error_message="Kwota jest większa od zera.",
            ),
            models.CheckConstraint(
                name="fund_receipt_for",
                condition=Q(kind="refund", application__isnull=False, advance__isnull=True)
                | Q(kind="advance", application__isnull=True, advance__isnull=False)
                | Q(kind="given_back", advance__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["unit", "advance"],
                condition=Q(taken_back_on__isnull=True),
                name="fund_receipt_advance_once",
                violation_error_message="Ta zaliczka jest już zapisana.",
            ),
            models.UniqueConstraint(
                fields=["unit", "booking"],
                condition=Q(taken_back_on__isnull=True),
                name="fund_receipt_booking_once",
                violation_error_message="Ta operacja z wyciągu jest już zapisana.",
            ),
            models.CheckConstraint(
                name="fund_receipt_taken_back",
                condition=Q(taken_back_on__isnull=True, taken_back_by__isnull=True, taken_back_because="")
                | Q(taken_back_on__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_because=""),
            ),
        ]
