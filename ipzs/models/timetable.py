"""When classes are: weekly patterns and single dates, the classes held, and who was there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ipzs import enums
from ipzs.models.catalogue import Room, Service, Workshop
from participants.models import Participation, Person
from reintegration.core.constraints import span_ordered
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class TimetableEntry(UnitModel):
    """A weekly pattern or one date, of a group or of one person; `away` keeps a person's time free."""

    purpose = models.CharField(
        "co to jest", max_length=10, choices=enums.EntryPurpose, default=enums.EntryPurpose.CLASS
    )
    service = KinForeignKey(Service, null=True, blank=True, related_name="+", verbose_name="usługa")
    workshop = KinForeignKey(
        Workshop, null=True, blank=True, related_name="timetable", verbose_name="pracownia lub grupa"
    )
    participation = KinForeignKey(
        Participation, null=True, blank=True, related_name="timetable", verbose_name="uczestnik"
    )
    person = KinForeignKey(Person, null=True, editable=False, related_name="+")
    label = models.CharField("opis", max_length=120, blank=True)
    room = KinForeignKey(Room, null=True, blank=True, related_name="+", verbose_name="sala")
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="prowadzący",
    )
    # Monday is 0; a single date has none.
    weekday = models.PositiveSmallIntegerField("dzień tygodnia", null=True, blank=True)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)
    begins = models.TimeField("od godziny")
    ends = models.TimeField("do godziny")

    class Meta(UnitModel.Meta):
        verbose_name = "zajęcia w planie"
        verbose_name_plural = "plan zajęć"
        indexes: ClassVar = [models.Index(fields=["unit", "since", "until"], name="entry_by_days")]
        constraints: ClassVar = [
            span_ordered("since", "until", name="entry_span"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="entry_times_ordered",
                violation_error_message="Koniec zajęć jest po ich początku, tego samego dnia.",
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, until=F("since")) | Q(weekday__range=(0, 6)),
                name="entry_week_or_date",
                violation_error_message="Zajęcia są co tydzień w jednym dniu albo jednego dnia.",
            ),
            models.CheckConstraint(
                condition=Q(workshop__isnull=False, participation__isnull=True)
                | Q(workshop__isnull=True, participation__isnull=False),
                name="entry_for_group_or_person",
                violation_error_message="Wybierz grupę albo jedną osobę.",
            ),
            models.CheckConstraint(
                condition=Q(purpose="class") | Q(participation__isnull=False, service__isnull=True),
                name="entry_away_is_personal",
                violation_error_message="Czas zajęty poza jednostką dotyczy jednej osoby.",
            ),
        ]


class ClassMeeting(UnitModel):
    """One class on one day: a line of the class journal."""

    entry = KinForeignKey(TimetableEntry, null=True, editable=False, related_name="meetings")
    service = KinForeignKey(Service, related_name="+", verbose_name="usługa")
    workshop = KinForeignKey(
        Workshop, null=True, blank=True, related_name="meetings", verbose_name="pracownia lub grupa"
    )
    room = KinForeignKey(Room, null=True, blank=True, related_name="+", verbose_name="sala")
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="prowadzący"
    )
    day = models.DateField("dzień")
    begins = models.TimeField("od godziny")
    ends = models.TimeField("do godziny")
    hours = models.DecimalField("godziny dydaktyczne", max_digits=4, decimal_places=1)
    topic = models.CharField("temat", max_length=300, blank=True)
    state = models.CharField(
        "stan", max_length=10, choices=enums.MeetingState, default=enums.MeetingState.PLANNED
    )
    cancel_reason = models.CharField("dlaczego odwołano", max_length=200, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "zajęcia"
        verbose_name_plural = "zajęcia"
        indexes: ClassVar = [models.Index(fields=["unit", "day", "begins"], name="meeting_by_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "entry", "day"],
                condition=Q(entry__isnull=False),
                name="meeting_once",
                violation_error_message="Te zajęcia są już w dzienniku.",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="meeting_times_ordered",
                violation_error_message="Koniec zajęć jest po ich początku, tego samego dnia.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=16),
                name="meeting_hours_sensible",
                violation_error_message="Zajęcia mają od 0,1 do 16 godzin dydaktycznych.",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(topic=""),
                name="meeting_held_has_topic",
                violation_error_message="Zajęcia, które się odbyły, mają temat.",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="meeting_cancelled_has_reason",
                violation_error_message="Napisz, dlaczego zajęcia odwołano.",
            ),
        ]


class ClassPresence(UnitModel):
    """That somebody was at a class, and for how long."""

    meeting = KinForeignKey(ClassMeeting, related_name="presences")
    participation = KinForeignKey(Participation, related_name="class_hours")
    person = KinForeignKey(Person, related_name="+")
    day = models.DateField("dzień", editable=False)
    hours = models.DecimalField("godziny dydaktyczne", max_digits=4, decimal_places=1)

    class Meta(UnitModel.Meta):
        verbose_name = "obecność na zajęciach"
        verbose_name_plural = "obecności na zajęciach"
        indexes: ClassVar = [
            models.Index(fields=["unit", "participation", "day"], name="presence_by_file"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "meeting", "participation"],
                name="presence_once",
                violation_error_message="Ta osoba jest już na liście tych zajęć.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=16),
                name="presence_hours_sensible",
                violation_error_message="Godziny na zajęciach to liczba od 0,1 do 16.",
            ),
        ]
