"""Organisations, their people, and the bases of every tenant table."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from reintegration.core.ids import uuid7
from reintegration.core.models import Record
from reintegration.core.sql import order_column, search_column
from reintegration.tenancy import enums
from reintegration.tenancy.managers import TenantManager, claim


class Founder(Record):
    """Who created a unit; one founder may run several (art. 3 ust. 2, art. 18 ust. 2)."""

    name = models.CharField("nazwa", max_length=200)
    kind = models.CharField("rodzaj", max_length=20, choices=enums.FounderKind)
    nip = models.CharField("NIP", max_length=10, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)
    krs = models.CharField("KRS", max_length=10, blank=True)
    street = models.CharField("ulica i numer", max_length=120, blank=True)
    postcode = models.CharField("kod pocztowy", max_length=6, blank=True)
    town = models.CharField("miejscowość", max_length=80)
    name_order = order_column("name")
    search = search_column("name", "town")

    class Meta:
        verbose_name = "podmiot tworzący"
        verbose_name_plural = "podmioty tworzące"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["nip"],
                condition=~Q(nip=""),
                name="founder_nip_once",
                violation_error_message="Jest już podmiot z tym numerem NIP.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(Record):
    """A unit, a referring body, a voivode's office, or the operator itself."""

    kind = models.CharField("rodzaj", max_length=20, choices=enums.OrganisationKind)
    name = models.CharField("pełna nazwa", max_length=200)
    short_name = models.CharField("nazwa skrócona", max_length=60)
    voivodeship = models.CharField("województwo", max_length=2, choices=enums.Voivodeship)
    street = models.CharField("ulica i numer", max_length=120, blank=True)
    postcode = models.CharField("kod pocztowy", max_length=6, blank=True)
    town = models.CharField("miejscowość", max_length=80)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    nip = models.CharField("NIP", max_length=10, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)
    opened_on = models.DateField("działa od")
    closed_on = models.DateField("działa do", null=True, blank=True)
    name_order = order_column("short_name")
    search = search_column("short_name", "name", "town")

    class Meta:
        verbose_name = "organizacja"
        verbose_name_plural = "organizacje"
        constraints: ClassVar = [
            # Units, bodies, offices and memberships refer to (id, kind), so that each fits its kind.
            models.UniqueConstraint(fields=["id", "kind"], name="organisation_with_kind"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="organisation_span_ordered",
                violation_error_message="Koniec działalności jest przed jej początkiem.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class Unit(models.Model):
    """A CIS or a KIS; its key is the organisation's, so that `unit_id` names both."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True)
    unit_type = models.CharField("rodzaj jednostki", max_length=3, choices=enums.UnitType)
    founder = models.ForeignKey(
        Founder, models.PROTECT, related_name="units", verbose_name="podmiot tworzący"
    )
    register_number = models.CharField("numer w rejestrze wojewody", max_length=40, blank=True)
    only_two_people = models.BooleanField("w jednostce pracują tylko dwie osoby", default=False)

    class Meta:
        verbose_name = "jednostka"
        verbose_name_plural = "jednostki"
        constraints: ClassVar = [
            # A table that only a CIS may have refers to (unit_id, 'CIS').
            models.UniqueConstraint(fields=["organisation", "unit_type"], name="unit_with_type"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class ReferringBody(models.Model):
    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True)
    body_type = models.CharField("rodzaj podmiotu", max_length=10, choices=enums.BodyType)

    class Meta:
        verbose_name = "podmiot kierujący"
        verbose_name_plural = "podmioty kierujące"

    def __str__(self) -> str:
        return str(self.organisation)


class VoivodeOffice(models.Model):
    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True)
    voivodeship = models.CharField("województwo", max_length=2, choices=enums.Voivodeship, unique=True)

    class Meta:
        verbose_name = "urząd wojewódzki"
        verbose_name_plural = "urzędy wojewódzkie"

    def __str__(self) -> str:
        return str(self.organisation)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, *, today: date) -> Self:
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=today), since__lte=today, revoked_at__isnull=True
        )


class Membership(Record):
    """One role of one person in one organisation, from a day to a day; revoking takes effect at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="osoba"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="organizacja"
    )
    kind = models.CharField(max_length=20, choices=enums.OrganisationKind, editable=False)
    role = models.CharField("rola", max_length=20, choices=enums.Role)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)
    revoked_at = models.DateTimeField("odebrano", null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "członkostwo"
        verbose_name_plural = "członkostwa"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="membership_role_fits_kind",
                condition=models.Q(
                    *[Q(kind=kind, role__in=sorted(roles)) for kind, roles in enums.ROLES_OF_KIND.items()],
                    _connector=Q.OR,
                ),
                violation_error_message="Tej roli nie ma w tej organizacji.",
            ),
            models.CheckConstraint(
                name="membership_span_ordered",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="Data końca jest przed datą początku.",
            ),
            models.CheckConstraint(
                name="membership_revoked_by_someone",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            # That a role is held once at a time is an exclusion constraint of the migration.
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.organisation.kind
        super().save(*args, **kwargs)


class TenantRecord(Record):
    """The base of the two kinds of tenant tables; `tenant_field` names the column of the tenant."""

    tenant_field: ClassVar[str]

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        claim(self)
        super().save(*args, **kwargs)


class UnitModel(TenantRecord):
    """A unit's own: persons, files, programmes, attendance, money."""

    tenant_field = "unit"

    # Indexed by UNIQUE (unit_id, id).
    unit = models.ForeignKey(Unit, models.PROTECT, editable=False, db_index=False, related_name="+")

    class Meta(TenantRecord.Meta):
        abstract = True


class OrganisationModel(TenantRecord):
    """Any organisation's own: notices, files, drafts."""

    tenant_field = "organisation"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, editable=False, db_index=False, related_name="+"
    )

    class Meta(TenantRecord.Meta):
        abstract = True


class SharedModel(UnitModel):
    """What a unit shares with one other organisation, such as a referral with the body that sent it.

    The table has a policy of its own (`SharedTable`), which `seen_by` says again for the first wall.
    """

    partner_field: ClassVar[str] = "sender"

    sender = models.ForeignKey(Organisation, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta(UnitModel.Meta):
        abstract = True

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return Q(unit=organisation_id) | Q(sender=organisation_id)


class Site(UnitModel):
    """A place where a unit gives its services (art. 3 ust. 1a: it may be other than the seat)."""

    name = models.CharField("nazwa", max_length=80)
    street = models.CharField("ulica i numer", max_length=120)
    postcode = models.CharField("kod pocztowy", max_length=6)
    town = models.CharField("miejscowość", max_length=80)
    opened_on = models.DateField("czynne od")
    closed_on = models.DateField("czynne do", null=True, blank=True)
    name_order = order_column("name")

    class Meta(UnitModel.Meta):
        verbose_name = "miejsce zajęć"
        verbose_name_plural = "miejsca zajęć"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="site_name_once",
                violation_error_message="Jest już miejsce o tej nazwie.",
            ),
            models.CheckConstraint(
                name="site_span_ordered",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message="Data zamknięcia jest przed datą otwarcia.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StaffMember(UnitModel):
    """The unit's register of staff and volunteers, which the annual reports count (art. 11, art. 18a)."""

    first_name = models.CharField("imię", max_length=60)
    last_name = models.CharField("nazwisko", max_length=80)
    kind = models.CharField("stanowisko", max_length=20, choices=enums.StaffKind)
    basis = models.CharField("podstawa", max_length=20, choices=enums.WorkBasis)
    fte = models.DecimalField("wymiar etatu", max_digits=4, decimal_places=3)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="konto",
    )
    # Two agreements of one person have the same key; two people of one name have not.
    person_key = models.UUIDField("klucz osoby", default=uuid7, editable=False)
    name_order = order_column("last_name", "first_name")
    # A person is looked for by either name, so both orders begin a column.
    search_last = search_column("last_name", "first_name")
    search_first = search_column("first_name", "last_name")

    class Meta(UnitModel.Meta):
        verbose_name = "osoba z kadry"
        verbose_name_plural = "kadra i wolontariusze"
        indexes: ClassVar = [
            models.Index(fields=["unit", "name_order"], name="staff_in_order"),
            models.Index(fields=["unit", "search_last"], name="staff_by_last_name"),
            models.Index(fields=["unit", "search_first"], name="staff_by_first_name"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="staff_span_ordered",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="Data końca jest przed datą początku.",
            ),
            models.CheckConstraint(
                name="staff_fte_sensible",
                condition=Q(fte__gte=0, fte__lte=1),
                violation_error_message="Wymiar etatu jest liczbą od 0 do 1.",
            ),
            models.CheckConstraint(
                name="staff_volunteer_basis",
                condition=Q(kind="volunteer", basis="volunteering")
                | (~Q(kind="volunteer") & ~Q(basis="volunteering")),
                violation_error_message="Wolontariusz ma porozumienie o wolontariacie, pracownik nie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class UnitCalendar(UnitModel):
    """On which days of the week a unit has classes, from a day on; the next row ends this one."""

    since = models.DateField("od")
    # 1 is Monday, as ISO 8601 has it.
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name="dni zajęć")

    class Meta(UnitModel.Meta):
        verbose_name = "układ tygodnia"
        verbose_name_plural = "układy tygodnia"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "since"],
                name="unit_calendar_once",
                violation_error_message="Od tego dnia jest już zapisany inny układ tygodnia.",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1, weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="unit_calendar_weekdays",
                violation_error_message="Zaznacz przynajmniej jeden dzień tygodnia.",
            ),
        ]

    def __str__(self) -> str:
        return f"układ tygodnia od {self.since}"


class ClosedDay(UnitModel):
    """A day without classes in one unit, besides the public holidays."""

    day = models.DateField("dzień")
    reason = models.CharField("powód", max_length=120)

    class Meta(UnitModel.Meta):
        verbose_name = "dzień bez zajęć"
        verbose_name_plural = "dni bez zajęć"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "day"],
                name="closed_day_once",
                violation_error_message="Ten dzień jest już wpisany jako dzień bez zajęć.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"


class UnitAccount(UnitModel):
    """The bank account from which a unit pays, from a day on; the next row ends this one."""

    number = models.CharField("numer rachunku", max_length=26)
    bank = models.CharField("bank", max_length=80, blank=True)
    since = models.DateField("od")

    class Meta(UnitModel.Meta):
        verbose_name = "rachunek jednostki"
        verbose_name_plural = "rachunki jednostki"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "since"],
                name="unit_account_once",
                violation_error_message="Od tego dnia jest już zapisany inny rachunek.",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{26}$"),
                name="unit_account_26_digits",
                violation_error_message="Numer rachunku ma 26 cyfr.",
            ),
        ]

    def __str__(self) -> str:
        return f"rachunek od {self.since}"
