"""A person as one unit knows them. Another unit has its own row, and neither learns of the other's."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants import enums
from reintegration.core.constraints import span_ordered
from reintegration.core.fields import (
    BlindIndexField,
    EncryptedJSONField,
    EncryptedTextField,
    MoneyField,
)
from reintegration.core.sql import order_column, search_column
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.managers import TenantManager, TenantQuerySet
from reintegration.tenancy.models import UnitModel


class PersonQuerySet(TenantQuerySet[Any]):
    def present(self) -> "PersonQuerySet":
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)


class Person(UnitModel):
    """Who somebody is and how they live (art. 8b, art. 18f); what is sensitive stands in `PersonFact`."""

    first_name = models.CharField("imię", max_length=60)
    second_name = models.CharField("drugie imię", max_length=60, blank=True)
    last_name = models.CharField("nazwisko", max_length=80)
    pesel = EncryptedTextField("PESEL", max_length=11, blank=True)
    pesel_index = BlindIndexField(source="pesel")
    no_pesel = models.CharField("dlaczego bez numeru PESEL", max_length=20, choices=enums.NoPesel, blank=True)
    document_kind = models.CharField(
        "rodzaj dokumentu", max_length=20, choices=enums.DocumentKind, blank=True
    )
    document_number = EncryptedTextField("numer dokumentu", max_length=40, blank=True)
    birth_date = models.DateField("data urodzenia", null=True)
    sex = models.CharField("płeć", max_length=1, choices=enums.Sex, blank=True)
    citizenship = models.CharField("obywatelstwo", max_length=2, default="PL")
    language = models.CharField(
        "język", max_length=5, choices=enums.PersonLanguage, default=enums.PersonLanguage.POLISH
    )
    marital_status = models.CharField("stan cywilny", max_length=12, choices=enums.MaritalStatus, blank=True)

    street = models.CharField("ulica i numer", max_length=120, blank=True)
    postcode = models.CharField("kod pocztowy", max_length=6, blank=True)
    town = models.CharField("miejscowość", max_length=80, blank=True)
    gmina = models.CharField("gmina", max_length=7, blank=True)
    mail_address = models.CharField("adres do listów", max_length=240, blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    contact_person = models.CharField("osoba do kontaktu", max_length=160, blank=True)

    education = models.CharField("wykształcenie", max_length=20, choices=enums.Education, blank=True)
    qualifications = models.TextField("kwalifikacje i doświadczenie", max_length=4000, blank=True)
    last_work = models.CharField("ostatnia praca", max_length=200, blank=True)
    months_without_work = models.PositiveSmallIntegerField("miesiące bez pracy", null=True, blank=True)
    household_size = models.PositiveSmallIntegerField("osoby w gospodarstwie", null=True, blank=True)
    children = models.PositiveSmallIntegerField("dzieci na utrzymaniu", null=True, blank=True)
    household = models.TextField("sytuacja rodzinna", max_length=4000, blank=True)
    distance_km = models.PositiveSmallIntegerField("odległość w kilometrach", null=True, blank=True)

    merged_into = KinForeignKey("participants.Person", null=True, editable=False, related_name="merged")
    made_at = models.DateTimeField("kiedy dodano", editable=False)

    name_order = order_column("last_name", "first_name")
    search_last = search_column("last_name", "first_name")
    search_first = search_column("first_name", "last_name")

    objects: ClassVar[Any] = TenantManager.from_queryset(PersonQuerySet)()

    class Meta(UnitModel.Meta):
        verbose_name = "osoba"
        verbose_name_plural = "osoby"
        indexes: ClassVar = [
            models.Index(fields=["unit", "name_order", "id"], name="person_in_order"),
            models.Index(fields=["unit", "search_last"], name="person_by_last_name"),
            models.Index(fields=["unit", "search_first"], name="person_by_first_name"),
            models.Index(fields=["unit", "birth_date"], name="person_by_birth_date"),
            models.Index(fields=["unit", "phone"], condition=~Q(phone=""), name="person_by_phone"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "pesel_index"],
                condition=Q(merged_into__isnull=True),
                name="person_pesel_once",
                violation_error_message="Osoba z tym numerem PESEL jest już w kartotece.",
            ),
            models.CheckConstraint(
                condition=Q(pesel_index__isnull=True) | Q(no_pesel=""),
                name="person_pesel_or_reason",
                violation_error_message="Wpisz numer PESEL albo powód jego braku, nie oba.",
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte="1800-01-01"),
                name="person_birth_sensible",
                violation_error_message="Data urodzenia jest niemożliwa.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class NameKey(UnitModel):
    """A name with one letter left out: found by equality, so that a search forgives a typo."""

    person = KinForeignKey(Person, models.CASCADE, related_name="name_keys")
    key = models.CharField("klucz", max_length=80)

    class Meta(UnitModel.Meta):
        verbose_name = "klucz nazwiska"
        verbose_name_plural = "klucze nazwisk"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "key", "person"], name="name_key_once"),
        ]


class PersonGroup(UnitModel):
    """One of the groups of art. 1 ust. 2 that a person belongs to, with its proof; one of them is main.

    Which group it is says something of health or conviction, so the code is encrypted.
    """

    person = KinForeignKey(Person, related_name="groups")
    code = EncryptedTextField("grupa", max_length=1)
    code_index = BlindIndexField(source="code", label="group")
    main = models.BooleanField("główna", default=False)
    proof = EncryptedTextField("dowód", max_length=200, blank=True)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "grupa osoby"
        verbose_name_plural = "grupy osoby"
        indexes: ClassVar = [
            models.Index(fields=["unit", "code_index"], name="person_group_by_code"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "person", "code_index", "since"],
                name="person_group_once",
                violation_error_message="Ta grupa jest już wpisana od tego dnia.",
            ),
            models.UniqueConstraint(
                fields=["unit", "person"],
                condition=Q(main=True, until__isnull=True),
                name="person_group_one_main",
                violation_error_message="Główna grupa jest jedna.",
            ),
            span_ordered("since", "until", name="person_group_span"),
        ]


class Disability(UnitModel):
    """A certificate of disability: its degree shortens the week of classes (art. 14 ust. 1)."""

    person = KinForeignKey(Person, related_name="disabilities")
    degree = EncryptedTextField("stopień", max_length=20)
    symbols = EncryptedTextField("symbole", max_length=60, blank=True)
    certificate = EncryptedTextField("numer orzeczenia", max_length=60, blank=True)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "orzeczenie o niepełnosprawności"
        verbose_name_plural = "orzeczenia o niepełnosprawności"
        constraints: ClassVar = [span_ordered("since", "until", name="disability_span")]


class PersonFact(UnitModel):
    """Health, addiction, conviction, origin and the like: covered on screen, opened with a reason."""

    person = KinForeignKey(Person, related_name="facts")
    # That there is a fact of addiction says as much as the fact.
    kind = EncryptedTextField("rodzaj", max_length=20, choices=enums.FactKind)
    text = EncryptedTextField("treść", max_length=4000)
    proof = EncryptedTextField("dokument", max_length=200, blank=True)
    since = models.DateField("od", null=True, blank=True)
    until = models.DateField("do", null=True, blank=True)
    made_at = models.DateTimeField("kiedy wpisano", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="kto wpisał"
    )

    class Meta(UnitModel.Meta):
        verbose_name = "informacja wrażliwa"
        verbose_name_plural = "informacje wrażliwe"
        constraints: ClassVar = [span_ordered("since", "until", name="person_fact_span")]


class Barrier(UnitModel):
    """What stands in the way of taking part, and what was done about it; who is asked: `PartnerRequest`."""

    person = KinForeignKey(Person, related_name="barriers")
    kind = models.CharField("rodzaj", max_length=20, choices=enums.BarrierKind)
    text = EncryptedTextField("opis", max_length=1000, blank=True)
    help_given = EncryptedTextField("co pomaga", max_length=1000, blank=True)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "bariera"
        verbose_name_plural = "bariery"
        constraints: ClassVar = [span_ordered("since", "until", name="barrier_span")]


class Income(UnitModel):
    """What a person lives on, from a day to a day; a pension may exclude from a CIS (art. 1 ust. 3)."""

    person = KinForeignKey(Person, related_name="incomes")
    kind = EncryptedTextField("rodzaj", max_length=20)
    amount = MoneyField("kwota miesięcznie", null=True, blank=True)
    paid_by = models.CharField("kto wypłaca", max_length=120, blank=True)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "dochód"
        verbose_name_plural = "dochody"
        constraints: ClassVar = [
            span_ordered("since", "until", name="income_span"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="income_not_negative",
                violation_error_message="Kwota nie może być ujemna.",
            ),
        ]


class Merge(UnitModel):
    """Two rows of one person became one: what was moved, and what the row that went had said."""

    kept = KinForeignKey(Person, related_name="+")
    gone = KinForeignKey(Person, related_name="+")
    moved = models.JSONField("przeniesiono")
    before = EncryptedJSONField("dane sprzed połączenia", null=True)
    merged_at = models.DateTimeField("kiedy połączono")
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(UnitModel.Meta):
        verbose_name = "połączenie osób"
        verbose_name_plural = "połączenia osób"


class NotDuplicate(UnitModel):
    """Two persons look alike and somebody has checked that they are two; they are not listed again."""

    one = KinForeignKey(Person, related_name="+")
    other = KinForeignKey(Person, related_name="+")
    checked_at = models.DateTimeField("kiedy sprawdzono")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(UnitModel.Meta):
        verbose_name = "dwie różne osoby"
        verbose_name_plural = "dwie różne osoby"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "one", "other"],
                name="not_duplicate_once",
                violation_error_message="Te dwie osoby oznaczono już jako różne.",
            ),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="not_duplicate_in_order"),
        ]
