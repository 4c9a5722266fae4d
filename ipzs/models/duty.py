"""What a unit owes to everybody who takes part (art. 14): training, medical checks, clothing, accidents."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ipzs import enums
from participants.models import Participation, Person
from reintegration.core.fields import EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class DutyRule(UnitModel):
    """What a missing duty does before the first class, and how long one holds."""

    kind = models.CharField("obowiązek", max_length=20, choices=enums.DutyKind)
    effect = models.CharField("skutek", max_length=10, choices=enums.DutyEffect)
    months = models.PositiveSmallIntegerField("ważne miesięcy", null=True, blank=True)
    remind_days = models.PositiveSmallIntegerField("przypomnienie, dni wcześniej", default=30)

    class Meta(UnitModel.Meta):
        verbose_name = "zasada obowiązku"
        verbose_name_plural = "zasady obowiązków"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "kind"],
                name="duty_rule_once",
                violation_error_message="Ta zasada jest już zapisana. Odśwież stronę.",
            ),
            models.CheckConstraint(
                condition=(Q(months__isnull=True) | Q(months__range=(1, 120)))
                & Q(remind_days__range=(1, 180)),
                name="duty_rule_sensible",
                violation_error_message="Ważność to 1–120 miesięcy, przypomnienie 1–180 dni wcześniej.",
            ),
        ]


class DutyRecord(UnitModel):
    """A duty done: the training held, the examination passed."""

    participation = KinForeignKey(Participation, related_name="duties")
    person = KinForeignKey(Person, related_name="+")
    kind = models.CharField("obowiązek", max_length=20, choices=enums.DutyKind)
    done_on = models.DateField("kiedy")
    valid_until = models.DateField("ważne do", null=True, blank=True)
    done_by = models.CharField("kto przeprowadził", max_length=120, blank=True)
    # What a doctor wrote is health: it is nobody's but the case's.
    note = EncryptedTextField("uwagi", max_length=1000, blank=True)
    scan = models.UUIDField("skan", null=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "spełniony obowiązek"
        verbose_name_plural = "spełnione obowiązki"
        indexes: ClassVar = [
            models.Index(fields=["unit", "participation", "kind", "done_on"], name="duty_by_file"),
            models.Index(fields=["unit", "valid_until"], name="duty_by_validity"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation", "kind", "done_on"],
                name="duty_once_a_day",
                violation_error_message="To jest już zapisane z tym dniem.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("done_on")),
                name="duty_validity_after",
                violation_error_message="Ważność nie kończy się przed dniem, w którym to zrobiono.",
            ),
        ]


class IssuedItem(UnitModel):
    """A line of the card of clothing and protective equipment."""

    participation = KinForeignKey(Participation, related_name="issued_items")
    person = KinForeignKey(Person, related_name="+")
    kind = models.CharField(
        "rodzaj",
        max_length=20,
        choices=[(one.value, one.label) for one in (enums.DutyKind.CLOTHING, enums.DutyKind.PROTECTION)],
    )
    name = models.CharField("co", max_length=120)
    size = models.CharField("rozmiar", max_length=20, blank=True)
    quantity = models.PositiveSmallIntegerField("ile", default=1)
    issued_on = models.DateField("wydano")
    wear_until = models.DateField("używać do", null=True, blank=True)
    returned_on = models.DateField("zwrócono", null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wydana rzecz"
        verbose_name_plural = "wydane rzeczy"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(returned_on__isnull=True) | Q(returned_on__gte=F("issued_on")))
                & (Q(wear_until__isnull=True) | Q(wear_until__gte=F("issued_on"))),
                name="item_days_ordered",
                violation_error_message="Zwrot i koniec używania nie są wcześniej niż wydanie.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__range=(1, 99)),
                name="item_quantity_sensible",
                violation_error_message="Ilość to liczba od 1 do 99.",
            ),
        ]


class Accident(UnitModel):
    """An accident during the stay (art. 14 ust. 3), up to the protocol and its way to ZUS."""

    participation = KinForeignKey(Participation, related_name="accidents")
    person = KinForeignKey(Person, related_name="+")
    number = models.CharField("numer w rejestrze", max_length=40)
    state = models.CharField(
        "stan", max_length=10, choices=enums.AccidentState, default=enums.AccidentState.REPORTED
    )
    happened_at = models.DateTimeField("kiedy")
    place = models.CharField("gdzie", max_length=200)
    circumstances = EncryptedTextField("okoliczności i przyczyny", max_length=4000)
    injury = EncryptedTextField("uraz", max_length=1000, blank=True)
    witnesses = EncryptedTextField("świadkowie", max_length=600, blank=True)
    first_aid = EncryptedTextField("pierwsza pomoc", max_length=600, blank=True)
    prevention = models.CharField("co zrobiono, aby się nie powtórzył", max_length=600, blank=True)
    protocol_on = models.DateField("protokół z dnia", null=True, blank=True)
    sent_on = models.DateField("przekazano do ZUS", null=True, blank=True)
    reported_on = models.DateField("zgłoszono")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wypadek"
        verbose_name_plural = "rejestr wypadków"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                name="accident_number_once",
                violation_error_message="Taki numer ma już inny wypadek. Spróbuj jeszcze raz.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reported", "examined"]) | Q(protocol_on__isnull=False),
                name="accident_confirmed_has_protocol",
                violation_error_message="Wpisz dzień protokołu.",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_on__isnull=False, sent_on__gte=F("protocol_on")),
                name="accident_sent_after_protocol",
                violation_error_message="Do ZUS przekazuje się gotowy protokół.",
            ),
        ]
