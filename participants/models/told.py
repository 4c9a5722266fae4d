"""What a welfare centre with an account is told of somebody whom a labour office referred."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants.models.referral import Referral
from reintegration.core.fields import EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import SharedModel


class OpsNotice(SharedModel):
    """The notice of art. 12 ust. 3 on the desk of the centre; `sender` is the centre, which ticks it as read.

    The referral itself stays closed to it: it reads who was referred, where to and by whom, as on the paper.
    When the office names another centre, the first one is told no longer: its row stays, without the address.
    """

    referral = KinForeignKey(Referral, editable=False, related_name="+")
    person_name = models.CharField("kogo dotyczy", max_length=160)
    address = EncryptedTextField("gdzie mieszka albo przebywa", max_length=300, blank=True)
    office_name = models.CharField("kto kieruje", max_length=200)
    notified_on = models.DateField("zawiadomiono")
    told_at = models.DateTimeField("kiedy przekazano", editable=False)
    taken_back_at = models.DateTimeField("kiedy cofnięto", null=True, editable=False)
    read_at = models.DateTimeField("kiedy przeczytano", null=True, editable=False)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta(SharedModel.Meta):
        verbose_name = "zawiadomienie OPS"
        verbose_name_plural = "zawiadomienia OPS"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "referral", "sender"], name="ops_notice_once"),
            models.CheckConstraint(condition=Q(sender__isnull=False), name="ops_notice_has_a_centre"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="ops_notice_read_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.person_name
