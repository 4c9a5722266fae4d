"""A file: one person's way through one unit, from candidate to graduate."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from participants import enums
from participants.models.person import Person
from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import SharedModel, UnitModel


class Participation(UnitModel):
    """Its stage is derived from its periods and its end (`rules.stages`)."""

    person = KinForeignKey(Person, related_name="participations")
    number = models.CharField("numer sprawy", max_length=40)
    referral = KinForeignKey("participants.Referral", null=True, editable=False, related_name="+")
    opened_on = models.DateField("sprawa otwarta")
    case_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="opiekun",
    )
    # Art. 12 ust. 4: nobody enters before the programme is signed and the head of OPS has agreed.
    programme_signed_on = models.DateField("program podpisano", null=True, blank=True)
    last_contact_on = models.DateField("ostatni kontakt", null=True, editable=False)
    ended_on = models.DateField("koniec", null=True, blank=True)
    end_reason = models.CharField("powód zakończenia", max_length=20, choices=enums.EndReason, blank=True)
    end_note = EncryptedTextField("uwagi o zakończeniu", max_length=2000, blank=True)
    destination = models.CharField("dokąd", max_length=20, choices=enums.Destination, blank=True)
    certificate_on = models.DateField("zaświadczenie wydano", null=True, blank=True)
    # An end entered by mistake: when and why the file was opened again.
    reopened_on = models.DateField("otwarto ponownie", null=True, editable=False)
    reopen_reason = EncryptedTextField("dlaczego otwarto ponownie", max_length=600, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "uczestnictwo"
        verbose_name_plural = "uczestnictwa"
        indexes: ClassVar = [
            models.Index(fields=["unit", "case_manager"], name="participation_by_manager"),
            models.Index(fields=["unit", "ended_on"], name="participation_by_end"),
            models.Index(fields=["unit", "last_contact_on"], name="participation_by_contact"),
            # Whoever left without a certificate, counted in the menu of each page.
            models.Index(
                fields=["unit", "ended_on"],
                condition=Q(ended_on__isnull=False, certificate_on__isnull=True),
                name="participation_no_certificate",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                name="participation_number_once",
                violation_error_message="Ten numer ma już inna sprawa.",
            ),
            models.UniqueConstraint(
                fields=["unit", "person"],
                condition=Q(ended_on__isnull=True),
                name="participation_one_open",
                violation_error_message="Ta osoba ma już otwartą sprawę.",
            ),
            models.UniqueConstraint(
                fields=["unit", "referral"],
                condition=Q(referral__isnull=False),
                name="participation_one_a_referral",
                violation_error_message="Z tego skierowania jest już otwarta sprawa.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="", destination="")
                | Q(ended_on__isnull=False, ended_on__gte=F("opened_on")) & ~Q(end_reason=""),
                name="participation_end_whole",
                violation_error_message="Koniec ma datę nie wcześniejszą niż początek, i powód.",
            ),
        ]


class Period(UnitModel):
    """Trial, main period or extension (art. 15 ust. 1, 3); a KIS has only main periods.

    How many months all periods of one kind last together is held by the trigger `keep_months`, and that an
    extension follows a main period by `keep_order`, when the transaction ends.
    """

    participation = KinForeignKey(Participation, related_name="periods")
    person = KinForeignKey(Person, related_name="periods")
    kind = models.CharField("rodzaj", max_length=10, choices=enums.PeriodKind)
    since = models.DateField("od")
    until = models.DateField("do")
    # Until when it was to last, when the participation ended earlier; the days after it are free again.
    planned_until = models.DateField("planowano do", null=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "okres"
        verbose_name_plural = "okresy"
        constraints: ClassVar = [
            span_ordered("since", "until", name="period_span"),
            exclude_overlap(
                "person",
                since="since",
                until="until",
                name="period_one_at_a_time",
                message="Te dni należą już do innego okresu tej osoby.",
            ),
            models.UniqueConstraint(
                fields=["unit", "participation"],
                condition=Q(kind="trial"),
                name="period_one_trial",
                violation_error_message="Okres próbny jest jeden.",
            ),
        ]


class TeamMember(UnitModel):
    """Who besides the case manager works with a person, from a day to a day."""

    participation = KinForeignKey(Participation, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto")
    task = models.CharField("w jakiej roli", max_length=80)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "osoba z zespołu"
        verbose_name_plural = "zespół uczestnika"
        constraints: ClassVar = [
            span_ordered("since", "until", name="team_span"),
            models.UniqueConstraint(
                fields=["unit", "participation", "user"],
                condition=Q(until__isnull=True),
                name="team_member_once",
                violation_error_message="Ta osoba jest już w zespole.",
            ),
        ]


class Agreement(SharedModel):
    """The head of the welfare centre agrees to a programme, or says what to change (art. 12 ust. 4).

    The body that agrees is `sender`; without one the answer comes by a signed link. That remarks are not
    empty is held by the trigger `keep_remarks`, as they are encrypted.
    """

    participation = KinForeignKey(Participation, related_name="agreements")
    version = models.PositiveSmallIntegerField("wersja")
    person_name = models.CharField("kogo dotyczy", max_length=160)
    body_name = models.CharField("z kim uzgadniane", max_length=200)
    # The programme itself; a file of the unit that the body may read (`StoredFile.shared_with`).
    stored_file = models.UUIDField("plik programu", null=True, editable=False)
    summary = EncryptedTextField("najważniejsze z programu", max_length=4000, blank=True)
    signed_on = models.DateField("program podpisano")
    state = models.CharField(
        "stan", max_length=10, choices=enums.AgreementState, default=enums.AgreementState.ASKED
    )
    asked_at = models.DateTimeField("kiedy poproszono")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField("termin")
    answered_at = models.DateTimeField("kiedy odpowiedziano", null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_name = models.CharField("kto odpowiedział", max_length=160, blank=True)
    remarks = EncryptedTextField("uwagi", max_length=4000, blank=True)

    class Meta(SharedModel.Meta):
        verbose_name = "uzgodnienie programu"
        verbose_name_plural = "uzgodnienia programów"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation", "version"],
                name="agreement_version",
                violation_error_message="O tę wersję już zapytano.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["agreed", "remarks"], answered_at__isnull=False)
                | Q(state__in=["asked", "replaced"]),
                name="agreement_answered",
                violation_error_message="Odpowiedź ma swój dzień.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "remarks"]) | ~Q(answered_name=""),
                name="agreement_answered_by_name",
                violation_error_message="Wpisz imię i nazwisko osoby, która odpowiada.",
            ),
        ]


class FileTransfer(SharedModel):
    """What a person let be handed on to another unit (KIS to CIS), copied; `sender` is the unit before."""

    person_name = models.CharField("kogo dotyczy", max_length=160)
    # The consent and the file of the unit that sends; the other unit sees only that there is one.
    consent = models.UUIDField("zgoda", editable=False)
    from_participation = models.UUIDField("sprawa w jednostce wysyłającej", editable=False)
    parts = ArrayField(models.CharField(max_length=20), verbose_name="co przekazano")
    content = EncryptedJSONField("przekazane dane", null=True)
    state = models.CharField(
        "stan", max_length=10, choices=enums.TransferState, default=enums.TransferState.SENT
    )
    sent_at = models.DateTimeField("kiedy wysłano")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("kiedy odpowiedziano", null=True)
    person = KinForeignKey(Person, null=True, editable=False, related_name="+")

    class Meta(SharedModel.Meta):
        verbose_name = "przekazanie sprawy"
        verbose_name_plural = "przekazania spraw"


class AnonymousFile(UnitModel):
    """What a file counted for, kept when its person is erased: ages without a birthday, groups without proof.

    It names no file: among files of the same months, sex and end nobody knows whose it was.
    """

    opened_month = models.DateField("miesiąc otwarcia")
    ended_month = models.DateField("miesiąc zakończenia")
    sex = models.CharField("płeć", max_length=1, choices=enums.Sex, blank=True)
    decade = models.PositiveSmallIntegerField("dekada urodzenia", null=True)
    gmina = models.CharField("gmina", max_length=7, blank=True)
    education = models.CharField("wykształcenie", max_length=20, choices=enums.Education, blank=True)
    groups = ArrayField(models.CharField(max_length=1), verbose_name="grupy", default=list)
    main_group = models.CharField("główna grupa", max_length=1, choices=enums.Group, blank=True)
    # The groups that were held in the years of the file: code, whether main, first and last day.
    groups_held = models.JSONField("grupy w czasie", default=list)
    # The band of age at the end of each of these years.
    ages = models.JSONField("wiek na koniec roku", default=dict)
    end_reason = models.CharField("powód zakończenia", max_length=20, choices=enums.EndReason)
    destination = models.CharField("dokąd", max_length=20, choices=enums.Destination, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "anonimowy zapis"
        verbose_name_plural = "anonimowe zapisy"


class IntakeSettings(UnitModel):
    """The terms that a unit sets for itself; the act knows none of them."""

    opinion_days = models.PositiveSmallIntegerField("dni na opinię pracownika socjalnego", default=14)
    study_days = models.PositiveSmallIntegerField("dni na rozpatrzenie skierowania", default=21)
    agreement_days = models.PositiveSmallIntegerField("dni na uzgodnienie programu", default=14)
    contact_days = models.PositiveSmallIntegerField("dni bez kontaktu do przypomnienia", default=14)
    keep_years = models.PositiveSmallIntegerField("lata przechowywania akt", default=10)
    # Prefixes of TERYT codes; empty means the whole voivodeship.
    area = ArrayField(models.CharField(max_length=7), verbose_name="obszar", default=list, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "ustawienia przyjęć"
        verbose_name_plural = "ustawienia przyjęć"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                name="intake_settings_once",
                violation_error_message="Ktoś właśnie zapisał ustawienia przyjęć. Odśwież stronę.",
            ),
            models.CheckConstraint(
                condition=Q(
                    opinion_days__range=(1, 365),
                    study_days__range=(1, 365),
                    agreement_days__range=(1, 365),
                    contact_days__range=(1, 365),
                    keep_years__range=(10, 50),
                ),
                name="intake_settings_sensible",
                violation_error_message="Termin to od 1 do 365 dni, a akta przechowuje się od 10 do 50 lat.",
            ),
        ]
