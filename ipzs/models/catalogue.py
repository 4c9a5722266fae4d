"""What a unit offers: services, workshops and groups, rooms, and reasons that excuse an absence."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ipzs import enums
from ipzs.rules.words import hours_text
from participants.models import Participation, Person
from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.formats import WEEKDAYS_SHORT, clock_text
from reintegration.core.sql import order_column
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import Site, UnitModel


class Service(UnitModel):
    """A service of the unit's catalogue (art. 3 ust. 1, art. 18 ust. 2); those built in keep their key."""

    key = models.CharField("klucz", max_length=40, blank=True, editable=False)
    name = models.CharField("nazwa", max_length=120)
    description = models.CharField("na czym polega", max_length=600, blank=True)
    area = models.CharField("obszar", max_length=10, choices=enums.Area)
    form = models.CharField("forma", max_length=10, choices=enums.Form)
    dimension = models.CharField("rola", max_length=12, choices=enums.Dimension)
    provider = models.CharField("czyja", max_length=10, choices=enums.Provider, default=enums.Provider.OWN)
    partner = models.CharField("partner", max_length=160, blank=True)
    hours = models.DecimalField("godziny w programie", max_digits=6, decimal_places=1, null=True, blank=True)
    active = models.BooleanField("w ofercie", default=True)
    name_order = order_column("name")

    class Meta(UnitModel.Meta):
        verbose_name = "usługa"
        verbose_name_plural = "usługi"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="service_name_once",
                violation_error_message="Jest już usługa o tej nazwie.",
            ),
            models.UniqueConstraint(
                fields=["unit", "key"],
                condition=~Q(key=""),
                name="service_key_once",
                violation_error_message="Ta usługa jest już w katalogu.",
            ),
            models.CheckConstraint(
                condition=Q(provider="own", partner="") | Q(provider="partner") & ~Q(partner=""),
                name="service_partner_named",
                violation_error_message="Przy usłudze partnera wpisz, kto nim jest.",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0, hours__lte=2000),
                name="service_hours_sensible",
                violation_error_message="Godziny to liczba od 0,5 do 2000.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Room(UnitModel):
    site = KinForeignKey(Site, related_name="rooms", verbose_name="miejsce")
    name = models.CharField("nazwa", max_length=80)
    places = models.PositiveSmallIntegerField("miejsca", null=True, blank=True)
    active = models.BooleanField("używana", default=True)
    name_order = order_column("name")

    class Meta(UnitModel.Meta):
        verbose_name = "sala"
        verbose_name_plural = "sale"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "site", "name"],
                name="room_name_once",
                violation_error_message="W tym miejscu jest już sala o tej nazwie.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Workshop(UnitModel):
    """A workshop, a warsztat at an employer's, or a group that has classes together."""

    kind = models.CharField(
        "rodzaj", max_length=10, choices=enums.WorkshopKind, default=enums.WorkshopKind.WORKSHOP
    )
    name = models.CharField("nazwa", max_length=80)
    trade = models.CharField("dziedzina", max_length=40, blank=True)
    site = KinForeignKey(Site, null=True, blank=True, related_name="workshops", verbose_name="miejsce")
    employer = models.CharField("u kogo", max_length=160, blank=True)
    places = models.PositiveSmallIntegerField("miejsca", null=True, blank=True)
    opened_on = models.DateField("działa od")
    closed_on = models.DateField("działa do", null=True, blank=True)
    name_order = order_column("name")

    class Meta(UnitModel.Meta):
        verbose_name = "pracownia"
        verbose_name_plural = "pracownie"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="workshop_name_once",
                violation_error_message="Jest już pracownia albo grupa o tej nazwie.",
            ),
            span_ordered("opened_on", "closed_on", name="workshop_span"),
            models.CheckConstraint(
                condition=~Q(kind="external") | ~Q(employer=""),
                name="workshop_external_named",
                violation_error_message="Przy warsztacie zewnętrznym wpisz, u kogo się odbywa.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkshopLeader(UnitModel):
    """Who leads a workshop; at most ten people to one of them is what art. 11 ust. 3 asks for."""

    workshop = KinForeignKey(Workshop, related_name="leaders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto")
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "prowadzący pracownię"
        verbose_name_plural = "prowadzący pracownie"
        constraints: ClassVar = [
            span_ordered("since", "until", name="leader_span"),
            models.UniqueConstraint(
                fields=["unit", "workshop", "user"],
                condition=Q(until__isnull=True),
                name="leader_once",
                violation_error_message="Ta osoba już prowadzi tę pracownię.",
            ),
        ]


class WorkshopPlace(UnitModel):
    """Who belongs to a workshop or a group, from a day to a day."""

    workshop = KinForeignKey(Workshop, related_name="places_taken")
    participation = KinForeignKey(Participation, related_name="workshop_places")
    person = KinForeignKey(Person, related_name="+")
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "miejsce w pracowni"
        verbose_name_plural = "miejsca w pracowniach"
        indexes: ClassVar = [
            models.Index(fields=["unit", "participation", "since"], name="place_by_file"),
        ]
        constraints: ClassVar = [
            span_ordered("since", "until", name="place_span"),
            exclude_overlap(
                "workshop",
                "participation",
                since="since",
                until="until",
                name="place_once",
                message="Ta osoba jest już w tej pracowni w tych dniach.",
            ),
        ]


def work_week() -> list[int]:
    return [1, 2, 3, 4, 5]


class Placement(UnitModel):
    """Practice at an employer on an agreement between the unit and the employer.

    Its weekdays inside its span are class days with its hours. `hours` is how long a day lasts; where the
    hours of the day are known it is the time between them.
    """

    participation = KinForeignKey(Participation, related_name="placements")
    person = KinForeignKey(Person, related_name="+")
    employer = models.CharField("pracodawca", max_length=160)
    place = models.CharField("miejsce", max_length=200, blank=True)
    tutor = models.CharField("opiekun u pracodawcy", max_length=120, blank=True)
    agreement_number = models.CharField("numer porozumienia", max_length=60)
    agreement_on = models.DateField("porozumienie z dnia")
    since = models.DateField("od")
    until = models.DateField("do")
    # 1 is Monday, as ISO 8601 has it.
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=work_week, verbose_name="dni u pracodawcy"
    )
    hours = models.DecimalField("godziny dziennie", max_digits=4, decimal_places=2, default=6)
    begins = models.TimeField("od godziny", null=True, blank=True)
    ends = models.TimeField("do godziny", null=True, blank=True)
    tasks = models.TextField("zadania", max_length=2000, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "praktyka u pracodawcy"
        verbose_name_plural = "praktyki u pracodawców"
        constraints: ClassVar = [
            span_ordered("since", "until", name="placement_span"),
            exclude_overlap(
                "participation",
                since="since",
                until="until",
                name="placement_once",
                message="W tych dniach ta osoba ma już praktykę.",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1, weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="placement_weekdays",
                violation_error_message="Zaznacz przynajmniej jeden dzień tygodnia.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=Decimal("0.25"), hours__lte=24),
                name="placement_hours_sensible",
                violation_error_message="Godziny to liczba od 0,25 do 24.",
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True, ends__isnull=True)
                | Q(begins__isnull=False, ends__isnull=False, ends__gt=F("begins")),
                name="placement_times_ordered",
                violation_error_message="Koniec jest po początku, tego samego dnia.",
            ),
        ]

    @property
    def days_text(self) -> str:
        """On which days and how long: `pn., wt. 8:00–14:00`, `pn., wt. po 6 godzin`."""
        days = ", ".join(WEEKDAYS_SHORT[day - 1] for day in self.weekdays)
        if self.begins is not None and self.ends is not None:
            return f"{days} {clock_text(self.begins)}–{clock_text(self.ends)}"
        return f"{days} po {hours_text(round(self.hours * 60))}"


class PracticalSkill(UnitModel):
    """What somebody has learnt to do; the certificate lists it (art. 13 ust. 5a)."""

    participation = KinForeignKey(Participation, related_name="skills")
    person = KinForeignKey(Person, related_name="+")
    workshop = KinForeignKey(Workshop, null=True, blank=True, related_name="+", verbose_name="pracownia")
    name = models.CharField("umiejętność", max_length=160)
    acquired_on = models.DateField("potwierdzona")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )

    class Meta(UnitModel.Meta):
        verbose_name = "umiejętność praktyczna"
        verbose_name_plural = "umiejętności praktyczne"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation", "name"],
                name="skill_once",
                violation_error_message="Ta umiejętność jest już zapisana.",
            ),
        ]


class ExcuseReason(UnitModel):
    """An absence that the unit's own rules excuse, and what they say of pay (art. 4 ust. 2 pkt 12)."""

    key = models.CharField("klucz", max_length=40, blank=True, editable=False)
    name = models.CharField("nazwa", max_length=120)
    pay_rule = models.CharField(
        "świadczenie", max_length=10, choices=enums.PayRule, default=enums.PayRule.FULL
    )
    paper = models.CharField("jaki dokument", max_length=200, blank=True)
    active = models.BooleanField("używany", default=True)
    name_order = order_column("name")

    class Meta(UnitModel.Meta):
        verbose_name = "powód usprawiedliwiony"
        verbose_name_plural = "powody usprawiedliwione"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="excuse_name_once",
                violation_error_message="Jest już powód o tej nazwie.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
