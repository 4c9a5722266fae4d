"""Parameters of the law, for everybody, and the readings of each unit."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reintegration.core.models import Record
from reintegration.law import enums
from reintegration.law.readings import READINGS
from reintegration.law.values import show
from reintegration.tenancy.models import UnitModel


def _person(verbose_name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=verbose_name,
    )


def _both_or_none(who: str, when: str) -> Q:
    return Q(**{f"{who}__isnull": True, f"{when}__isnull": True}) | Q(
        **{f"{who}__isnull": False, f"{when}__isnull": False}
    )


class Proposal(Record):
    """What one person enters and another confirms; each step says who and when."""

    state = models.CharField(
        "stan", max_length=10, choices=enums.State, default=enums.State.PROPOSED, editable=False
    )
    proposed_by = _person("kto wpisał")
    proposed_at = models.DateTimeField("kiedy wpisano", null=True, editable=False)
    confirmed_by = _person("kto potwierdził")
    confirmed_at = models.DateTimeField("kiedy potwierdzono", null=True, editable=False)
    withdrawn_by = _person("kto wycofał")
    withdrawn_at = models.DateTimeField("kiedy wycofano", null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def waits(self) -> bool:
        return self.state == enums.State.PROPOSED

    @property
    def stands(self) -> bool:
        return self.state == enums.State.CONFIRMED


def proposal_constraints(prefix: str) -> list[models.BaseConstraint]:
    """Two people, both known, and a state that agrees with what is filled in."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_two_people",
            condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
            violation_error_message="Potwierdza druga osoba, nie ta, która wpisała.",
        ),
        models.CheckConstraint(
            name=f"{prefix}_proposed_by_whom", condition=_both_or_none("proposed_by", "proposed_at")
        ),
        models.CheckConstraint(
            name=f"{prefix}_confirmed_by_whom", condition=_both_or_none("confirmed_by", "confirmed_at")
        ),
        models.CheckConstraint(
            name=f"{prefix}_withdrawn_by_whom", condition=_both_or_none("withdrawn_by", "withdrawn_at")
        ),
        models.CheckConstraint(
            name=f"{prefix}_state_agrees",
            condition=Q(state="proposed", confirmed_at__isnull=True, withdrawn_at__isnull=True)
            | Q(state="confirmed", withdrawn_at__isnull=True)
            | Q(state="withdrawn", withdrawn_at__isnull=False),
        ),
    ]


class Parameter(Record):
    """A number that the law gives and may change; its texts come from the reviewed files."""

    key = models.CharField("klucz", max_length=40, unique=True)
    group = models.CharField("dział", max_length=40)
    order = models.PositiveSmallIntegerField("kolejność")
    label = models.CharField("nazwa", max_length=120)
    unit = models.CharField("jednostka miary", max_length=20, choices=enums.Unit)
    act = models.CharField("akt", max_length=200)
    article = models.CharField("artykuł", max_length=120)
    link = models.URLField("adres aktu")
    note = models.TextField("uwaga", blank=True)
    reaches_back = models.BooleanField("stosowany też do wcześniejszych dni", default=False)

    class Meta:
        verbose_name = "parametr prawa"
        verbose_name_plural = "parametry prawa"

    def __str__(self) -> str:
        return self.label


class ParameterValue(Proposal):
    """A parameter's value from a day on. What is in force or was used is never changed, only followed."""

    parameter = models.ForeignKey(
        Parameter, models.PROTECT, related_name="values", verbose_name="parametr", db_index=False
    )
    since = models.DateField("obowiązuje od")
    value = models.CharField("wartość", max_length=20)
    unchanged = models.BooleanField("potwierdzenie bez zmiany", default=False)
    source = models.CharField("akt albo obwieszczenie", max_length=200)
    checked_on = models.DateField("sprawdzono")
    evidence = models.CharField("na podstawie", max_length=20, choices=enums.Evidence)
    confidence = models.CharField("pewność", max_length=10, choices=enums.Confidence)
    origin = models.CharField("skąd", max_length=10, choices=enums.Origin, editable=False)

    class Meta:
        verbose_name = "wartość parametru"
        verbose_name_plural = "wartości parametrów"
        indexes: ClassVar = [
            models.Index(fields=["parameter", "since"], name="value_of_parameter"),
        ]
        constraints: ClassVar = [
            *proposal_constraints("value"),
            models.UniqueConstraint(
                fields=["parameter", "since"],
                condition=Q(state="confirmed"),
                name="value_stands_once",
                violation_error_message="Od tego dnia jest już potwierdzona wartość.",
            ),
            models.UniqueConstraint(
                fields=["parameter", "since"],
                condition=Q(state="proposed"),
                name="value_proposed_once",
                violation_error_message="Od tego dnia jest już wpis, który czeka na drugą osobę.",
            ),
            models.CheckConstraint(
                name="value_legible",
                condition=Q(value__regex=r"^\d{1,10}(\.\d{1,4})?$")
                | Q(value__regex=r"^\d{1,4}/\d{1,4}$")
                | Q(value__regex=r"^\d\d-\d\d$"),
            ),
            # A file is reviewed before it is shipped; what an operator enters needs two people here.
            models.CheckConstraint(
                name="value_of_operator_has_author",
                condition=Q(origin="file", proposed_by__isnull=True, state="confirmed")
                | Q(origin="operator", proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="value_of_operator_confirmed",
                condition=Q(origin="file") | ~Q(state="confirmed") | Q(confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return show(self.value, enums.Unit(self.parameter.unit))


def _known_readings() -> Q:
    return Q(
        *[
            Q(key=key, value__in=sorted(option.value for option in spec.options))
            for key, spec in READINGS.items()
        ],
        _connector=Q.OR,
    )


class Reading(Proposal, UnitModel):
    """How a unit reads an open point of the act, from a month on."""

    key = models.CharField("odczyt", max_length=30)
    value = models.CharField("odpowiedź", max_length=20)
    since_month = models.DateField("od miesiąca")

    class Meta(UnitModel.Meta):
        verbose_name = "odczyt ustawy"
        verbose_name_plural = "odczyty ustawy"
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "since_month"], name="reading_of_unit"),
        ]
        constraints: ClassVar = [
            *proposal_constraints("reading"),
            models.CheckConstraint(name="reading_has_author", condition=Q(proposed_by__isnull=False)),
            models.CheckConstraint(
                name="reading_confirmed", condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False)
            ),
            models.CheckConstraint(
                name="reading_known",
                condition=_known_readings(),
                violation_error_message="Wybierz jedną z podanych odpowiedzi.",
            ),
            models.CheckConstraint(
                name="reading_from_first_of_month",
                condition=Q(since_month__day=1),
                violation_error_message="Odczyt zmienia się od pierwszego dnia miesiąca.",
            ),
            models.UniqueConstraint(
                fields=["unit", "key"],
                condition=Q(state="proposed"),
                name="reading_proposed_once",
                violation_error_message="Zmiana tego odczytu czeka już na drugą osobę.",
            ),
        ]

    def __str__(self) -> str:
        return READINGS[self.key].label
