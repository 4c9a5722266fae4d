"""The counselling card (karta usług doradczych): its rolling part, and the follow-up after the end."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants import enums
from participants.models.participation import Participation
from participants.models.person import Person
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.managers import TenantManager, TenantQuerySet
from reintegration.tenancy.models import UnitModel
from reintegration.tenancy.principal import Principal


class CardEntryQuerySet(TenantQuerySet[Any]):
    def visible_to(self, principal: Principal) -> "CardEntryQuerySet":
        """What the author said of who may read: the team, the case manager besides, or nobody else."""
        return self.filter(
            Q(visibility=enums.EntryVisibility.TEAM)
            | Q(author=principal.user_id)
            | Q(visibility=enums.EntryVisibility.CASE, participation__case_manager=principal.user_id)
        )


class CardEntry(UnitModel):
    """One meeting or note; a mistake is struck out with a reason, never overwritten."""

    participation = KinForeignKey(Participation, related_name="card_entries")
    person = KinForeignKey(Person, related_name="card_entries")
    kind = models.CharField("rodzaj", max_length=20, choices=enums.EntryKind)
    held_on = models.DateField("kiedy")
    minutes = models.PositiveSmallIntegerField("czas w minutach", null=True, blank=True)
    service = models.CharField("usługa", max_length=120, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="konto"
    )
    author_name = models.CharField("kto prowadził", max_length=160)
    course = EncryptedTextField("przebieg", max_length=6000)
    plan = EncryptedTextField("plan", max_length=4000, blank=True)
    effect = EncryptedTextField("efekt", max_length=4000, blank=True)
    next_on = models.DateField("następne spotkanie", null=True, blank=True)
    next_time = models.TimeField("godzina następnego spotkania", null=True, blank=True)
    visibility = models.CharField(
        "kto widzi", max_length=10, choices=enums.EntryVisibility, default=enums.EntryVisibility.TEAM
    )
    made_at = models.DateTimeField("kiedy wpisano", editable=False)
    struck_at = models.DateTimeField("kiedy skreślono", null=True, editable=False)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    struck_reason = EncryptedTextField("powód skreślenia", max_length=300, blank=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(CardEntryQuerySet)()

    class Meta(UnitModel.Meta):
        verbose_name = "wpis w karcie"
        verbose_name_plural = "wpisy w karcie"
        indexes: ClassVar = [
            models.Index(fields=["unit", "participation", "-held_on"], name="card_entry_in_time"),
            models.Index(fields=["unit", "next_on"], name="card_entry_next"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 720)),
                name="card_entry_minutes",
                violation_error_message="Czas spotkania to od 1 do 720 minut.",
            ),
            models.CheckConstraint(
                condition=Q(next_time__isnull=True) | Q(next_on__isnull=False),
                name="card_entry_hour_of_a_day",
                violation_error_message="Godzina spotkania potrzebuje dnia.",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="card_entry_struck_by_someone",
                violation_error_message="Skreślenie wpisu ma osobę i chwilę.",
            ),
        ]


class FollowUp(UnitModel):
    """How a person fares half a year after the end (OUT-04)."""

    participation = KinForeignKey(Participation, related_name="follow_ups")
    person = KinForeignKey(Person, related_name="follow_ups")
    due_on = models.DateField("termin")
    state = models.CharField(
        "stan", max_length=12, choices=enums.FollowUpState, default=enums.FollowUpState.DUE
    )
    held_on = models.DateField("kiedy", null=True, blank=True)
    situation = models.CharField("co robi", max_length=20, choices=enums.Destination, blank=True)
    answers = EncryptedJSONField("odpowiedzi", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta(UnitModel.Meta):
        verbose_name = "rozmowa po zakończeniu"
        verbose_name_plural = "rozmowy po zakończeniu"
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_on"], name="follow_up_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation", "due_on"],
                name="follow_up_once",
                violation_error_message="Rozmowa na ten dzień jest już zaplanowana.",
            ),
            models.CheckConstraint(
                condition=Q(state="due", held_on__isnull=True) | ~Q(state="due") & Q(held_on__isnull=False),
                name="follow_up_held",
                violation_error_message="Wpisz dzień rozmowy albo próby kontaktu.",
            ),
        ]
