"""Both registers of a voivode (art. 5 ust. 5, art. 18a ust. 1).

Three tables hold what the law publishes and nothing else: their published rows are for everybody to read,
in no organisation too. Whatever an office writes down for itself stands in tables of its own.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from reintegration.core import clock
from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.fields import EncryptedTextField
from reintegration.core.sql import order_column, search_column
from reintegration.tenancy.enums import FounderKind, UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import OrganisationModel, Unit
from reporting.enums import AppealKind, AppealState, DecisionKind, EndReason, EntryState, FounderForm


class Published(models.Manager[Any]):
    """What anybody may read, in no organisation: the policy `published` lets these rows through."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(published=True)


class RegisterEntry(OrganisationModel):
    """A CIS or a KIS in the register of a voivode; it stands whether or not the unit works here."""

    unit_type = models.CharField("rodzaj jednostki", max_length=3, choices=UnitType)
    number = models.CharField("numer w rejestrze", max_length=40)
    state = models.CharField("stan", max_length=10, choices=EntryState, default=EntryState.OPEN)
    # The unit, when it works in this program.
    joined = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="jednostka w programie"
    )
    # The unit whose entry this was until its status was over and it got the entry of a new one.
    former = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="jednostka przedtem"
    )
    published = models.BooleanField("w rejestrze publicznym", default=True)
    # When anything that the public page shows of the entry last changed.
    changed_at = models.DateTimeField("ostatnia zmiana", default=clock.now, editable=False)

    public = Published()

    class Meta(OrganisationModel.Meta):
        verbose_name = "wpis w rejestrze"
        verbose_name_plural = "wpisy w rejestrze"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "unit_type", "number"],
                name="register_number_once",
                violation_error_message="Ten numer jest już w rejestrze.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "joined"],
                name="register_unit_once",
                violation_error_message="Ta jednostka jest już połączona z innym wpisem.",
            ),
            models.CheckConstraint(
                condition=Q(state="open")
                | Q(state="lost", unit_type="CIS")
                | Q(state="deleted", unit_type="KIS"),
                name="register_end_fits_kind",
                violation_error_message="Status traci CIS, a z rejestru wykreśla się KIS.",
            ),
            models.CheckConstraint(
                condition=Q(joined__isnull=True) | Q(former__isnull=True),
                name="register_unit_now_or_before",
                violation_error_message="Wpis jest jednostki teraz albo był jej przedtem.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_type} {self.number}"


class EntryVersion(OrganisationModel):
    """What the register says of a unit from a day on; the next version ends this one.

    Art. 4 ust. 2 pkt 1–2a and 4 of a CIS, the form of notification of a KIS without the names of people.
    """

    entry = KinForeignKey(RegisterEntry, models.PROTECT, related_name="versions")
    since = models.DateField("dane od")
    name = models.CharField("nazwa", max_length=200)
    regon = models.CharField("REGON", max_length=14, blank=True)
    street = models.CharField("ulica i numer", max_length=120)
    postcode = models.CharField("kod pocztowy", max_length=6)
    town = models.CharField("miejscowość", max_length=80)
    gmina = models.CharField("gmina", max_length=60, blank=True)
    gmina_code = models.CharField("kod TERYT gminy", max_length=7, blank=True)
    powiat = models.CharField("powiat", max_length=60, blank=True)
    service_places = models.CharField("miejsca realizacji usług", max_length=1000, blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    created_on = models.DateField("utworzono", null=True, blank=True)
    starts_on = models.DateField("rozpoczęcie działalności", null=True, blank=True)
    activity = models.CharField("rodzaj działalności", max_length=1000, blank=True)
    founder_name = models.CharField("podmiot prowadzący", max_length=200)
    founder_kind = models.CharField("rodzaj podmiotu", max_length=20, choices=FounderKind)
    founder_form = models.CharField("forma prowadzenia", max_length=20, choices=FounderForm, blank=True)
    founder_street = models.CharField("siedziba: ulica i numer", max_length=120, blank=True)
    founder_postcode = models.CharField("siedziba: kod pocztowy", max_length=6, blank=True)
    founder_town = models.CharField("siedziba: miejscowość", max_length=80)
    founder_nip = models.CharField("NIP podmiotu", max_length=10, blank=True)
    founder_regon = models.CharField("REGON podmiotu", max_length=14, blank=True)
    founder_krs = models.CharField("KRS podmiotu", max_length=10, blank=True)
    published = models.BooleanField("w rejestrze publicznym", default=True)
    name_order = order_column("name")
    town_order = order_column("town")
    search = search_column("name", "town", "founder_name", "regon")

    public = Published()

    class Meta(OrganisationModel.Meta):
        verbose_name = "dane w rejestrze"
        verbose_name_plural = "dane w rejestrze"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "entry", "since"],
                name="entry_version_once",
                violation_error_message="Od tego dnia są już zapisane dane.",
            ),
            models.CheckConstraint(
                condition=Q(founder_form="") | Q(founder_kind="local_government"),
                name="entry_version_form",
                violation_error_message="Formę prowadzenia wybiera się tylko przy jednostce samorządu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StatusDecision(OrganisationModel):
    """What was decided about the status, and the days from which and until which it holds."""

    entry = KinForeignKey(RegisterEntry, models.PROTECT, related_name="decisions")
    kind = models.CharField("rodzaj", max_length=10, choices=DecisionKind)
    number = models.CharField("numer decyzji", max_length=60, blank=True)
    decided_on = models.DateField("z dnia", null=True, blank=True)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)
    reason = models.CharField("powód", max_length=20, choices=EndReason, blank=True)
    # Whose end this decision takes back.
    reverses = KinForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    # Of what an office read in from its old register the number or the day may be unknown.
    imported = models.BooleanField("z wczytanego rejestru", default=False, editable=False)
    published = models.BooleanField("w rejestrze publicznym", default=True)

    public = Published()

    class Meta(OrganisationModel.Meta):
        verbose_name = "decyzja o statusie"
        verbose_name_plural = "decyzje o statusie"
        constraints: ClassVar = [
            span_ordered("since", "until", name="status_span_ordered"),
            models.CheckConstraint(
                condition=Q(kind__in=["granted", "prolonged"], until__isnull=False, reason="")
                | Q(kind="entered", until__isnull=True, reason="")
                | Q(kind__in=["lost", "deleted"], until__isnull=True) & ~Q(reason="")
                | Q(kind="reversed", until__isnull=True, reason=""),
                name="status_term_fits_kind",
                violation_error_message="Status nadaje się do dnia, a jego koniec ma powód.",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversed", reverses__isnull=False)
                | ~Q(kind="reversed") & Q(reverses__isnull=True),
                name="status_reverses",
                violation_error_message="Uchylenie wskazuje decyzję, którą uchyla.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "reverses"],
                name="status_reversed_once",
                violation_error_message="Ta decyzja jest już uchylona.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False) | Q(imported=True, kind__in=["granted", "entered"]),
                name="status_decided_on",
                violation_error_message="Wpisz dzień decyzji.",
            ),
            exclude_overlap(
                "entry",
                since="since",
                until="until",
                name="status_days_once",
                message="W tych dniach jest już inna decyzja o statusie.",
                where=Q(kind__in=["granted", "prolonged", "entered"]),
            ),
            # One beginning and prolongations after it; the trigger `one_end` holds the one end that stands.
            models.UniqueConstraint(
                fields=["organisation", "entry"],
                condition=Q(kind__in=["granted", "entered"]),
                name="status_begins_once",
                violation_error_message="Ten wpis ma już nadany status.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} od {self.since}"


class StatusAppeal(OrganisationModel):
    """That an end of a status, or a refusal to give it, was taken further, and what came of it (art. 6a)."""

    decision = KinForeignKey(StatusDecision, models.PROTECT, null=True, related_name="appeals")
    # A refused application is its unit's row: a key from here would not carry its tenant.
    application = models.UUIDField("wniosek", null=True, editable=False)
    kind = models.CharField("co złożono", max_length=8, choices=AppealKind)
    state = models.CharField("wynik", max_length=8, choices=AppealState, default=AppealState.LODGED)
    lodged_on = models.DateField("złożono")
    number = models.CharField("znak rozstrzygnięcia", max_length=60, blank=True)
    decided_on = models.DateField("rozstrzygnięto", null=True)

    class Meta(OrganisationModel.Meta):
        verbose_name = "odwołanie"
        verbose_name_plural = "odwołania"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, application__isnull=True)
                | Q(decision__isnull=True, application__isnull=False),
                name="appeal_of_one",
            ),
            models.CheckConstraint(
                condition=Q(state="lodged", decided_on__isnull=True, number="")
                | ~Q(state="lodged") & Q(decided_on__isnull=False, decided_on__gte=models.F("lodged_on")),
                name="appeal_decided",
                violation_error_message="Wynik ma dzień, nie wcześniejszy niż złożenie.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "decision"],
                condition=Q(state="lodged"),
                name="appeal_of_decision_once",
                violation_error_message="Na wynik czeka już inne odwołanie od tej decyzji.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "application"],
                condition=Q(state="lodged"),
                name="appeal_of_refusal_once",
                violation_error_message="Na wynik czeka już inne odwołanie od tej odmowy.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "application"], name="appeal_of_application")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class EntryNote(OrganisationModel):
    """What the office writes down about an entry for itself, such as why a status was lost."""

    entry = KinForeignKey(RegisterEntry, models.PROTECT, related_name="notes")
    day = models.DateField("dzień")
    words = EncryptedTextField("treść")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="kto zapisał"
    )

    class Meta(OrganisationModel.Meta):
        verbose_name = "notatka o wpisie"
        verbose_name_plural = "notatki o wpisach"
