"""A referral: shared by the unit and the body that sends it, seen by nobody else."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, Value, When

from participants import enums
from participants.models.person import Person
from reintegration.core.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from reintegration.core.sql import order_column, search_column
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import Organisation, SharedModel, UnitModel

CLOSED = ["refused", "withdrawn", "obsolete", "accepted"]


class Referral(SharedModel):
    """Its states and who may change them stand in `participants.transitions`.

    Sender, kind of sender and the worker are frozen when it is sent: what they were then is part of the
    referral. `sender` is empty for an own application and for a body that uses a signed link.
    """

    state = models.CharField(
        "stan", max_length=20, choices=enums.ReferralState, default=enums.ReferralState.DRAFT
    )
    source = models.CharField("kto kieruje", max_length=20, choices=enums.ReferralSource)
    sender_name = models.CharField("podmiot kierujący", max_length=200, blank=True)
    sender_person = models.CharField("kto wysłał", max_length=160, blank=True)
    sender_phone = models.CharField("telefon", max_length=20, blank=True)
    sender_email = models.EmailField("adres e-mail", blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField("kiedy zaczęto", editable=False)
    sent_at = models.DateTimeField("kiedy wysłano", null=True, editable=False)

    # The candidate, before the unit has a person
    first_name = models.CharField("imię", max_length=60, blank=True)
    last_name = models.CharField("nazwisko", max_length=80, blank=True)
    pesel = EncryptedTextField("PESEL", max_length=11, blank=True)
    pesel_index = BlindIndexField(source="pesel")
    no_pesel = models.CharField("dlaczego bez numeru PESEL", max_length=20, choices=enums.NoPesel, blank=True)
    document_kind = models.CharField(
        "rodzaj dokumentu", max_length=20, choices=enums.DocumentKind, blank=True
    )
    document_number = EncryptedTextField("numer dokumentu", max_length=40, blank=True)
    birth_date = models.DateField("data urodzenia", null=True, blank=True)
    sex = models.CharField("płeć", max_length=1, choices=enums.Sex, blank=True)
    street = models.CharField("ulica i numer", max_length=120, blank=True)
    postcode = models.CharField("kod pocztowy", max_length=6, blank=True)
    town = models.CharField("miejscowość", max_length=80, blank=True)
    gmina = models.CharField("gmina", max_length=7, blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    representative = models.CharField("przedstawiciel ustawowy", max_length=160, blank=True)
    # Groups, help received, insurance, barriers, care duties, what is hoped for: as the form asked.
    situation = EncryptedJSONField("sytuacja osoby", null=True, blank=True)
    person_agrees = models.BooleanField("osoba zgadza się na skierowanie", default=False)
    # Art. 12 ust. 3: a labour office refers the long-term unemployed and tells the welfare centre.
    ops_notified_on = models.DateField("zawiadomiono OPS", null=True, blank=True)
    ops_name = models.CharField("zawiadomiony OPS", max_length=200, blank=True)
    # The account of that centre, when somebody chose it: a name is that of many.
    ops = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="konto OPS"
    )

    # What the unit does with it
    received_at = models.DateTimeField("kiedy odebrano", null=True, editable=False)
    opinion_due_on = models.DateField("opinia do", null=True, editable=False)
    answer_due_on = models.DateField("odpowiedź do", null=True, editable=False)
    interview_at = models.DateTimeField("rozmowa", null=True, blank=True)
    interview_place = models.CharField("miejsce rozmowy", max_length=160, blank=True)
    waiting_since = models.DateField("na liście od", null=True, editable=False)
    trial_since = models.DateField("proponowany początek", null=True, blank=True)
    decided_at = models.DateTimeField("kiedy rozstrzygnięto", null=True, editable=False)
    # What became of whom the unit accepted: whoever referred is told the days, and never why somebody left.
    started_on = models.DateField("pierwszy dzień zajęć", null=True, editable=False)
    left_on = models.DateField("ostatni dzień udziału", null=True, editable=False)
    reason = models.CharField("powód", max_length=30, blank=True)
    message = EncryptedTextField("wiadomość do kierującego", max_length=2000, blank=True)
    # A unit of the same founder to which the referral is being handed; it makes its own copy.
    handed_to = models.ForeignKey(Organisation, models.PROTECT, null=True, editable=False, related_name="+")
    copy_of = models.UUIDField("przekazane skierowanie", null=True, editable=False)

    name_order = order_column("last_name", "first_name")
    search_last = search_column("last_name", "first_name")
    search_first = search_column("first_name", "last_name")
    # New ones first, then those in work, the closed ones last: kept, so that an index holds the list's order.
    need = models.GeneratedField(
        expression=Case(
            When(state="sent", then=Value(0)),
            When(state__in=["draft", *CLOSED], then=Value(2)),
            default=Value(1),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
        editable=False,
    )

    class Meta(SharedModel.Meta):
        verbose_name = "skierowanie"
        verbose_name_plural = "skierowania"
        indexes: ClassVar = [
            models.Index(fields=["unit", "need", "-sent_at", "id"], name="referral_by_need"),
            models.Index(fields=["unit", "state"], name="referral_by_state"),
            models.Index(fields=["unit", "search_last"], name="referral_by_last_name"),
            models.Index(fields=["unit", "pesel_index"], name="referral_by_pesel"),
            models.Index(fields=["sender", "state"], name="referral_of_sender"),
            models.Index(fields=["sender", "search_last"], name="referral_sender_by_name"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True)
                | ~Q(state="draft") & Q(sent_at__isnull=False)
                | Q(state="withdrawn", sent_at__isnull=True),
                name="referral_sent_at",
                violation_error_message="Wysłane skierowanie ma dzień wysłania.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn", "obsolete"]) | ~Q(reason=""),
                name="referral_closed_for_a_reason",
                violation_error_message="Wybierz powód.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["refused", "withdrawn", "obsolete", "accepted"], decided_at__isnull=False
                )
                | ~Q(state__in=["refused", "withdrawn", "obsolete", "accepted"]) & Q(decided_at__isnull=True),
                name="referral_decided_at",
                violation_error_message="Rozstrzygnięte skierowanie ma dzień decyzji.",
            ),
            models.CheckConstraint(
                condition=~Q(state="trial_offered") | Q(trial_since__isnull=False),
                name="referral_trial_has_a_day",
                violation_error_message="Wpisz dzień, od którego osoba może zacząć.",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(started_on__isnull=True, left_on__isnull=True),
                name="referral_course_of_accepted",
                violation_error_message="Zajęcia ma tylko osoba, którą przyjęto.",
            ),
            models.CheckConstraint(
                condition=Q(pesel_index__isnull=True) | Q(no_pesel=""),
                name="referral_pesel_or_reason",
                violation_error_message="Wpisz numer PESEL albo powód jego braku, nie oba.",
            ),
        ]

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return (
            Q(sender=organisation_id)
            | Q(handed_to=organisation_id)
            | Q(unit=organisation_id) & (Q(sent_at__isnull=False) | Q(sender__isnull=True))
        )

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class ReferralPart(SharedModel):
    """The base of what belongs to a referral and is seen by whoever sees it."""

    referral = KinForeignKey(Referral, related_name="%(class)ss")

    class Meta(SharedModel.Meta):
        abstract = True

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return (
            Q(sender=organisation_id)
            | Q(referral__handed_to=organisation_id)
            | Q(unit=organisation_id) & (Q(referral__sent_at__isnull=False) | Q(sender__isnull=True))
        )


class ReferralEntry(ReferralPart):
    """One step or message, kept as it was written."""

    at = models.DateTimeField("kiedy")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("kto", max_length=160)
    by_unit = models.BooleanField("po stronie jednostki")
    transition = models.CharField("krok", max_length=30)
    from_state = models.CharField("z", max_length=20, choices=enums.ReferralState, blank=True)
    to_state = models.CharField("na", max_length=20, choices=enums.ReferralState, blank=True)
    reason = models.CharField("powód", max_length=30, blank=True)
    text = EncryptedTextField("treść", max_length=2000, blank=True)

    class Meta(ReferralPart.Meta):
        verbose_name = "wpis w skierowaniu"
        verbose_name_plural = "wpisy w skierowaniu"


class ReferralOpinion(ReferralPart):
    """The social worker's opinion after the interview at the person's home (art. 12 ust. 2)."""

    visited_on = models.DateField("wywiad środowiskowy")
    text = EncryptedTextField("opinia", max_length=6000)
    recommendation = models.CharField("wniosek", max_length=12, choices=enums.Recommendation)
    author_name = models.CharField("pracownik socjalny", max_length=160)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    signed_at = models.DateTimeField("kiedy podpisano", editable=False)

    class Meta(ReferralPart.Meta):
        verbose_name = "opinia pracownika socjalnego"
        verbose_name_plural = "opinie pracowników socjalnych"


class ReferralFile(ReferralPart):
    """An attachment. The file itself belongs to whoever brought it and is shared with the other side."""

    stored_file = models.UUIDField("plik", editable=False)
    label = models.CharField("co to jest", max_length=80)
    media_type = models.CharField("format", max_length=100)
    size = models.PositiveBigIntegerField("rozmiar")
    made_at = models.DateTimeField("kiedy dodano", editable=False)

    class Meta(ReferralPart.Meta):
        verbose_name = "załącznik skierowania"
        verbose_name_plural = "załączniki skierowania"


class Intake(UnitModel):
    """The unit's own side of a referral: who works on it, whom it became; the sender never sees it."""

    referral = KinForeignKey(Referral, related_name="+")
    person = KinForeignKey(Person, null=True, blank=True, related_name="intakes")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(UnitModel.Meta):
        verbose_name = "przyjęcie skierowania"
        verbose_name_plural = "przyjęcia skierowań"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "referral"],
                name="intake_once",
                violation_error_message="To skierowanie jest już przyjęte do rozpatrzenia.",
            ),
        ]


class IntakeNote(UnitModel):
    """A note for colleagues; it never follows the referral to another unit."""

    referral = KinForeignKey(Referral, related_name="+")
    text = EncryptedTextField("notatka", max_length=2000)
    at = models.DateTimeField("kiedy", editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "notatka o skierowaniu"
        verbose_name_plural = "notatki o skierowaniach"


class SignedLink(UnitModel):
    """A way in for a body without an account: one purpose, a code sent separately, an end."""

    purpose = models.CharField("do czego", max_length=10, choices=enums.LinkPurpose)
    referral = KinForeignKey(Referral, null=True, related_name="+")
    agreement = KinForeignKey("participants.Agreement", null=True, related_name="+")
    body_name = models.CharField("dla kogo", max_length=200)
    # Of a body that has an account too: two of one name are not one.
    body = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="czyje konto"
    )
    # Of a body without an account: its gmina, or a town; two of one name are not one either.
    body_place = models.CharField("gdzie działa", max_length=80, blank=True, editable=False)
    body_kind = models.CharField("rodzaj podmiotu", max_length=20, choices=enums.ReferralSource)
    email = models.EmailField("adres e-mail")
    code_hash = models.CharField(max_length=200, editable=False)
    attempts = models.PositiveSmallIntegerField("próby", default=0, editable=False)
    made_at = models.DateTimeField("kiedy wydano", editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    expires_at = models.DateTimeField("ważny do")
    used_at = models.DateTimeField("kiedy użyto", null=True, editable=False)
    revoked_at = models.DateTimeField("kiedy cofnięto", null=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "odnośnik z podpisem"
        verbose_name_plural = "odnośniki z podpisem"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose="refer", agreement__isnull=True)
                | Q(purpose="follow", referral__isnull=False, agreement__isnull=True)
                | Q(purpose="agree", agreement__isnull=False)
                | Q(purpose__in=["month", "fund"], referral__isnull=True, agreement__isnull=True),
                name="signed_link_leads_somewhere",
            ),
        ]


class PublishedOffers(models.Manager[Any]):
    """What anybody may read, in no organisation: the policy `published` lets these rows through."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(published=True)


class PlaceOffer(UnitModel):
    """Free places and the next start, published by the unit."""

    title = models.CharField("pracownia lub grupa", max_length=80)
    places = models.PositiveSmallIntegerField("wolne miejsca")
    starts_on = models.DateField("najbliższy początek", null=True, blank=True)
    note = models.CharField("dla kogo, co warto wiedzieć", max_length=300, blank=True)
    areas = ArrayField(models.CharField(max_length=7), verbose_name="obszar", default=list, blank=True)
    published = models.BooleanField("opublikowane", default=False)
    updated_at = models.DateTimeField("stan na", editable=False)

    public = PublishedOffers()

    class Meta(UnitModel.Meta):
        verbose_name = "wolne miejsca"
        verbose_name_plural = "wolne miejsca"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "title"],
                name="place_offer_once",
                violation_error_message="Jest już wpis o tej nazwie.",
            ),
        ]
