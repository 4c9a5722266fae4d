"""Day by day: marks, sick leaves, free days, and the months that are closed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from ipzs import enums
from ipzs.models.catalogue import ExcuseReason, Workshop
from participants.models import Participation, Person
from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.fields import EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class SickLeave(UnitModel):
    """Days on which a doctor says that somebody could not come, both ends included (art. 15 ust. 7a)."""

    participation = KinForeignKey(Participation, related_name="sick_leaves")
    person = KinForeignKey(Person, related_name="+")
    since = models.DateField("od")
    until = models.DateField("do")
    confirmed_on = models.DateField("zaświadczenie przyniesiono", null=True, blank=True)
    scan = models.UUIDField("skan", null=True, editable=False)
    note = EncryptedTextField("uwagi", max_length=600, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "zwolnienie lekarskie"
        verbose_name_plural = "zwolnienia lekarskie"
        # The order of the list: a page of it need not sort those of all years.
        indexes: ClassVar = [models.Index(fields=["unit", "-since", "id"], name="sick_leave_by_start")]
        constraints: ClassVar = [
            span_ordered("since", "until", name="sick_span"),
            exclude_overlap(
                "person",
                since="since",
                until="until",
                name="sick_days_once",
                message="Te dni należą już do innego zwolnienia.",
            ),
        ]


class FreeDayRequest(UnitModel):
    """A person asks for a free day, the manager agrees or does not (art. 15 ust. 6b)."""

    participation = KinForeignKey(Participation, related_name="free_day_requests")
    person = KinForeignKey(Person, related_name="+")
    since = models.DateField("od")
    until = models.DateField("do")
    asked_on = models.DateField("dzień wniosku")
    state = models.CharField(
        "stan", max_length=10, choices=enums.FreeDayState, default=enums.FreeDayState.ASKED
    )
    decided_on = models.DateField("rozstrzygnięto", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reason = EncryptedTextField("powód odmowy", max_length=300, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "wniosek o dni wolne"
        verbose_name_plural = "wnioski o dni wolne"
        indexes: ClassVar = [models.Index(fields=["unit", "state", "since"], name="free_days_by_state")]
        constraints: ClassVar = [
            span_ordered("since", "until", name="free_span"),
            exclude_overlap(
                "person",
                since="since",
                until="until",
                name="free_days_once",
                message="O te dni jest już wniosek.",
                where=Q(state__in=["asked", "granted"]),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"])
                | Q(decided_on__isnull=False, decided_by__isnull=False),
                name="free_days_decided_whole",
                violation_error_message="Przy zgodzie i odmowie stoi, kto i kiedy zdecydował.",
            ),
        ]


class DayMark(UnitModel):
    """What a day was for a person: one mark, corrected with a reason, never in a closed month."""

    participation = KinForeignKey(Participation, related_name="marks")
    person = KinForeignKey(Person, related_name="+")
    day = models.DateField("dzień")
    kind = models.CharField("co to był za dzień", max_length=10, choices=enums.MarkKind)
    hours = models.DecimalField("godziny", max_digits=4, decimal_places=2, null=True, blank=True)
    workshop = KinForeignKey(Workshop, null=True, blank=True, related_name="marks", verbose_name="pracownia")
    excuse = KinForeignKey(ExcuseReason, null=True, blank=True, related_name="+", verbose_name="powód")
    sick_leave = KinForeignKey(SickLeave, null=True, editable=False, related_name="marks")
    free_day = KinForeignKey(FreeDayRequest, null=True, editable=False, related_name="marks")
    meal = models.BooleanField("posiłek", default=False)
    # Why it was written late or changed; who and when is in the history.
    reason = EncryptedTextField("powód późnego wpisu lub zmiany", max_length=300, blank=True)
    # Counts the changes, so that nobody overwrites what they have not seen.
    revision = models.PositiveIntegerField(default=1, editable=False)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    marked_at = models.DateTimeField("kiedy wpisano", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wpis obecności"
        verbose_name_plural = "wpisy obecności"
        indexes: ClassVar = [
            models.Index(fields=["unit", "day"], name="mark_by_day"),
            models.Index(fields=["unit", "participation", "day"], name="mark_by_file"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "person", "day"],
                name="mark_one_a_day",
                violation_error_message="Ta osoba ma już wpis w tym dniu.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["present", "employer"], hours__gt=0, hours__lte=24)
                | ~Q(kind__in=["present", "employer"]) & Q(hours__isnull=True),
                name="mark_hours_when_present",
                violation_error_message="Godziny wpisuje się przy obecności: więcej niż 0.",
            ),
            models.CheckConstraint(
                condition=Q(kind="excused", excuse__isnull=False)
                | ~Q(kind="excused") & Q(excuse__isnull=True),
                name="mark_excused_has_reason",
                violation_error_message="Wybierz powód usprawiedliwienia.",
            ),
            models.CheckConstraint(
                condition=Q(kind="sick") | Q(sick_leave__isnull=True),
                name="mark_sick_leave_when_sick",
                violation_error_message="Zwolnienie należy tylko do dnia choroby.",
            ),
            models.CheckConstraint(
                condition=Q(kind="free") | Q(free_day__isnull=True),
                name="mark_free_day_when_free",
                violation_error_message="Wniosek należy tylko do dnia wolnego.",
            ),
            models.CheckConstraint(
                condition=Q(meal=False) | Q(kind="present"),
                name="mark_meal_when_present",
                violation_error_message="Posiłek dostaje tylko osoba obecna.",
            ),
        ]


class AttendanceMonth(UnitModel):
    """Whether a month may still be written to; the database refuses when it is closed."""

    first_day = models.DateField("miesiąc")
    state = models.CharField("stan", max_length=10, choices=enums.MonthState, default=enums.MonthState.OPEN)
    closed_at = models.DateTimeField("kiedy zamknięto", null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reopened_at = models.DateTimeField("kiedy otwarto ponownie", null=True, editable=False)
    reopen_reason = models.CharField("dlaczego otwarto ponownie", max_length=600, blank=True)
    # Each closing counts, so that a reopened month is another one to whoever paid from it.
    closings = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "miesiąc obecności"
        verbose_name_plural = "miesiące obecności"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "first_day"],
                name="attendance_month_once",
                violation_error_message="Ktoś właśnie zapisał ten miesiąc. Odśwież stronę.",
            ),
            models.CheckConstraint(
                condition=Q(first_day__day=1),
                name="attendance_month_first_day",
                violation_error_message="Miesiąc zaczyna się pierwszego dnia.",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="attendance_month_closed_whole",
                violation_error_message="Przy zamkniętym miesiącu stoi, kto i kiedy go zamknął.",
            ),
        ]


class OpeningBalance(UnitModel):
    """What had been used up before the unit began to mark days here."""

    participation = KinForeignKey(Participation, related_name="opening_balances")
    person = KinForeignKey(Person, related_name="+")
    # The last day that these figures hold; the first mark comes after it.
    until = models.DateField("stan na dzień")
    sick_days = models.PositiveSmallIntegerField("dni choroby w okresie uczestnictwa", default=0)
    sick_days_extension = models.PositiveSmallIntegerField("dni choroby w przedłużeniu", default=0)
    free_days = models.PositiveSmallIntegerField("wykorzystane dni wolne", default=0)
    free_days_extension = models.PositiveSmallIntegerField("dni wolne w przedłużeniu", default=0)
    unexcused_in_month = models.PositiveSmallIntegerField("nieusprawiedliwione w tym miesiącu", default=0)
    hours_in_month = models.DecimalField("godziny w tym miesiącu", max_digits=5, decimal_places=1, default=0)
    source = models.CharField("skąd te dane", max_length=200)

    class Meta(UnitModel.Meta):
        verbose_name = "stan początkowy"
        verbose_name_plural = "stany początkowe"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation"],
                name="opening_balance_once",
                violation_error_message="Ta osoba ma już stan początkowy.",
            ),
            models.CheckConstraint(
                condition=Q(sick_days__lte=366, free_days__lte=24, unexcused_in_month__lte=31),
                name="opening_balance_sensible",
                violation_error_message="Sprawdź liczby: dni wolnych jest najwyżej 24, choroby 366.",
            ),
        ]


class MealCount(UnitModel):
    """How many meals were given out when that differs from the marks (art. 14 ust. 4)."""

    day = models.DateField("dzień")
    extra = models.SmallIntegerField("różnica")
    reason = models.CharField("skąd różnica", max_length=200)

    class Meta(UnitModel.Meta):
        verbose_name = "różnica posiłków"
        verbose_name_plural = "różnice posiłków"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "day"],
                name="meal_day_once",
                violation_error_message="Różnica posiłków z tego dnia jest już zapisana. Odśwież stronę.",
            ),
            models.CheckConstraint(
                condition=Q(extra__range=(-500, 500)),
                name="meal_extra_sensible",
                violation_error_message="Różnica to najwyżej 500 posiłków.",
            ),
        ]


class AttendanceSettings(UnitModel):
    """What a unit sets for itself about marking days; the act knows none of it."""

    day_hours = models.DecimalField("zwykły dzień, godziny", max_digits=4, decimal_places=2, default=6)
    late_days = models.PositiveSmallIntegerField("po ilu dniach wpis wymaga powodu", default=3)
    meals = models.BooleanField("jednostka wydaje posiłki", default=True)
    quiet_days = models.PositiveSmallIntegerField("dni bez wpisu do przypomnienia", default=14)
    ending_days = models.PositiveSmallIntegerField("dni do końca programu do przypomnienia", default=60)
    sick_alert = models.PositiveSmallIntegerField("który dzień choroby przypomina", default=15)

    class Meta(UnitModel.Meta):
        verbose_name = "ustawienia obecności"
        verbose_name_plural = "ustawienia obecności"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                name="attendance_settings_once",
                violation_error_message="Te ustawienia już są. Odśwież stronę.",
            ),
            models.CheckConstraint(
                condition=Q(
                    day_hours__gt=0,
                    day_hours__lte=12,
                    late_days__range=(0, 60),
                    quiet_days__range=(1, 90),
                    ending_days__range=(1, 180),
                    sick_alert__range=(1, 60),
                ),
                name="attendance_settings_sensible",
                violation_error_message="Sprawdź liczby: dzień ma do 12 godzin, terminy do 180 dni.",
            ),
        ]
