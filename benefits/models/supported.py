"""Supported employment: work after a referral of PUP, and what the employer gets back for it (art. 16).

The refund goes from the starosta to the employer. It is not the unit's money, so nothing here is posted.
"""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from benefits import enums
from participants.models import Participation, Person
from reintegration.core.constraints import span_ordered
from reintegration.core.fields import EncryptedTextField, MoneyField
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel

# What ZUS asks of an employer of up to nine people; a larger one has a rate of its own.
USUAL_ACCIDENT_RATE = Decimal("1.67")
_BEGUN = ["working", "completed", "broken_off"]
_REFERRED = ["referred", "agreed", *_BEGUN]
_ENDED = ["completed", "broken_off"]
_UNDER_WAY = ["drafted", "sent", "referred", "agreed", "working"]


def _from(day: str, first: str) -> Q:
    """A day that is known and not before another; a check that is NULL would let everything pass."""
    return Q(**{f"{day}__isnull": False, f"{first}__isnull": False, f"{day}__gte": F(first)})


class SupportedJob(UnitModel):
    """One person's way to work: motion, answer of PUP, agreement, employment."""

    participation = KinForeignKey(Participation, related_name="supported_jobs")
    person = KinForeignKey(Person, related_name="+")
    # A foreign key to the unit with its kind: who signs the motion is another thing in a club (ust. 1).
    unit_type = models.CharField(max_length=3, choices=UnitType, editable=False)
    state = models.CharField(
        "stan", max_length=12, choices=enums.JobState, default=enums.JobState.DRAFTED, editable=False
    )
    place = models.CharField("gdzie", max_length=10, choices=enums.JobPlace, default=enums.JobPlace.EMPLOYER)
    pup_name = models.CharField("powiatowy urząd pracy", max_length=160)
    reason = EncryptedTextField("uzasadnienie", max_length=1200, blank=True)
    position = models.CharField("stanowisko", max_length=120, blank=True)

    employer_name = models.CharField("pracodawca", max_length=200, blank=True)
    employer_nip = models.CharField("NIP", max_length=10, blank=True)
    employer_street = models.CharField("ulica i numer", max_length=120, blank=True)
    employer_postcode = models.CharField("kod pocztowy", max_length=6, blank=True)
    employer_town = models.CharField("miejscowość", max_length=80, blank=True)
    employer_contact = EncryptedTextField("osoba do kontaktu", max_length=160, blank=True)
    employer_phone = EncryptedTextField("telefon", max_length=20, blank=True)
    employer_email = EncryptedTextField("adres e-mail", max_length=254, blank=True)
    accident_rate = models.DecimalField(
        "składka wypadkowa w %", max_digits=4, decimal_places=2, default=USUAL_ACCIDENT_RATE
    )

    manager_on = models.DateField("podpis kierownika", null=True)
    social_worker_on = models.DateField("podpis pracownika socjalnego", null=True)
    participant_on = models.DateField("podpis osoby", null=True)
    sent_on = models.DateField("wysłano do PUP", null=True)
    answered_on = models.DateField("skierowanie z dnia", null=True)

    agreement_number = models.CharField("numer umowy", max_length=60, blank=True)
    agreed_on = models.DateField("umowa z dnia", null=True)
    since = models.DateField("praca od", null=True)
    until = models.DateField("praca do", null=True)
    # The last day of the months that are refunded, by the rules of the agreement.
    refund_until = models.DateField("refundacja do", null=True, editable=False)
    monthly_pay = MoneyField("wynagrodzenie brutto", null=True)
    de_minimis_note = models.CharField("zaświadczenie de minimis", max_length=200, blank=True)

    ended_on = models.DateField("koniec pracy", null=True)
    end_reason = models.CharField("powód przerwania", max_length=12, choices=enums.JobBreak, blank=True)
    failed_on = models.DateField("zamknięto bez skutku", null=True)
    fail_reason = models.CharField("dlaczego bez skutku", max_length=12, choices=enums.JobFailure, blank=True)
    end_note = EncryptedTextField("uwagi o końcu", max_length=600, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "zatrudnienie wspierane"
        verbose_name_plural = "zatrudnienia wspierane"
        indexes: ClassVar = [
            models.Index(fields=["unit", "unit_type", "state"], name="supported_job_by_state"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation"],
                condition=Q(state__in=_UNDER_WAY),
                name="supported_job_once",
                violation_error_message="Ta osoba ma już jedno zatrudnienie wspierane w toku.",
            ),
            models.CheckConstraint(
                name="supported_job_signed",
                condition=Q(state__in=["drafted", "failed"])
                | _from("sent_on", "social_worker_on")
                & (
                    Q(unit_type=UnitType.KIS)
                    | _from("sent_on", "manager_on") & _from("sent_on", "participant_on")
                ),
                violation_error_message="Przed wysłaniem wniosek podpisują ci, którzy go składają.",
            ),
            models.CheckConstraint(
                name="supported_job_referred",
                condition=~Q(state__in=_REFERRED)
                | _from("answered_on", "sent_on") & ~Q(employer_name="") & ~Q(position=""),
                violation_error_message="Skierowanie ma dzień po wysłaniu wniosku, pracodawcę i stanowisko.",
            ),
            models.CheckConstraint(
                name="supported_job_agreed",
                condition=~Q(state__in=["agreed", *_BEGUN])
                | Q(place="centre", agreed_on__isnull=True, refund_until__isnull=True) & ~Q(state="agreed")
                | Q(place="employer", agreed_on__isnull=False, refund_until__isnull=False)
                & Q(monthly_pay__isnull=False, monthly_pay__gt=0, since__isnull=False),
                violation_error_message="Umowa pracodawcy ze starostą ma dzień, początek i wynagrodzenie.",
            ),
            models.CheckConstraint(
                name="supported_job_begun",
                condition=~Q(state__in=_BEGUN) | Q(since__isnull=False, until__isnull=False),
                violation_error_message="Wpisz, od kiedy do kiedy jest praca.",
            ),
            span_ordered("since", "until", name="supported_job_span"),
            models.CheckConstraint(
                name="supported_job_ended",
                condition=Q(state__in=_ENDED) & _from("ended_on", "since")
                | ~Q(state__in=_ENDED) & Q(ended_on__isnull=True),
                violation_error_message="Koniec pracy nie może być wcześniejszy niż początek.",
            ),
            models.CheckConstraint(
                name="supported_job_broken_off",
                condition=Q(state="broken_off") & ~Q(end_reason="")
                | ~Q(state="broken_off") & Q(end_reason=""),
                violation_error_message="Wybierz, dlaczego praca się skończyła.",
            ),
            models.CheckConstraint(
                name="supported_job_failed",
                condition=Q(state="failed", failed_on__isnull=False) & ~Q(fail_reason="")
                | ~Q(state="failed") & Q(failed_on__isnull=True, fail_reason=""),
                violation_error_message="Wybierz, dlaczego nic z tego nie wyszło, i wpisz dzień.",
            ),
            models.CheckConstraint(
                name="supported_job_nip",
                condition=Q(employer_nip="") | Q(employer_nip__regex=r"^[0-9]{10}$"),
                violation_error_message="NIP ma 10 cyfr.",
            ),
            models.CheckConstraint(
                name="supported_job_accident",
                condition=Q(accident_rate__gte=0, accident_rate__lte=10),
                violation_error_message="Składka wypadkowa to od 0 do 10 procent.",
            ),
        ]


class SupportedMonth(UnitModel):
    """The refund of one month: what the employer paid, asked for and got (art. 16 ust. 5).

    That the month lies in those that the agreement refunds is held by the trigger `keep_refunded`.
    """

    job = KinForeignKey(SupportedJob, related_name="months")
    person = KinForeignKey(Person, related_name="+")
    month = models.DateField("miesiąc")
    state = models.CharField(
        "stan", max_length=10, choices=enums.RefundState, default=enums.RefundState.PREPARED, editable=False
    )
    pay = MoneyField("wypłacone wynagrodzenie brutto")
    contributions = MoneyField("składki pracodawcy")
    cap = MoneyField("najwyższa refundacja wynagrodzenia")
    asked = MoneyField("kwota wniosku")
    asked_on = models.DateField("wniosek złożono", null=True)
    due_on = models.DateField("termin zapłaty", null=True)
    paid = MoneyField("zapłacono", null=True)
    paid_on = models.DateField("dzień zapłaty", null=True)
    refused_on = models.DateField("dzień odmowy", null=True)
    refusal = models.CharField("powód odmowy", max_length=10, choices=enums.RefundRefusal, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "refundacja wynagrodzenia"
        verbose_name_plural = "refundacje wynagrodzenia"
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_on"], name="supported_month_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "job", "month"],
                name="supported_month_once",
                violation_error_message="Ten miesiąc ma już wniosek. Otwórz go.",
            ),
            models.CheckConstraint(
                name="supported_month_month",
                condition=Q(month__day=1),
                violation_error_message="Refundacja jest za miesiąc kalendarzowy.",
            ),
            models.CheckConstraint(
                name="supported_month_amounts",
                condition=Q(pay__gt=0, contributions__gte=0, contributions__lte=F("pay"), cap__gte=0),
                violation_error_message="Wynagrodzenie jest większe od zera, a składki nie większe od niego.",
            ),
            models.CheckConstraint(
                name="supported_month_within",
                condition=Q(asked__gt=0)
                & Q(asked__lte=F("pay") + F("contributions"))
                & Q(asked__lte=F("cap") + F("contributions")),
                violation_error_message="Wniosek nie może być wyższy niż limit refundacji. (art. 16 ust. 2)",
            ),
            models.CheckConstraint(
                name="supported_month_asked",
                condition=Q(state="prepared", asked_on__isnull=True, due_on__isnull=True)
                | ~Q(state="prepared") & _from("asked_on", "month") & _from("due_on", "asked_on"),
                violation_error_message="Wpisz, kiedy pracodawca złożył wniosek: nie przed miesiącem pracy.",
            ),
            models.CheckConstraint(
                name="supported_month_paid",
                condition=Q(state="paid", paid__isnull=False, paid__gt=0, paid__lte=F("asked"))
                & _from("paid_on", "asked_on")
                | ~Q(state="paid") & Q(paid_on__isnull=True, paid__isnull=True),
                violation_error_message="Zapłata jest po wniosku i nie większa niż kwota z wniosku.",
            ),
            models.CheckConstraint(
                name="supported_month_refused",
                condition=Q(state="refused") & ~Q(refusal="") & _from("refused_on", "asked_on")
                | ~Q(state="refused") & Q(refused_on__isnull=True, refusal=""),
                violation_error_message="Odmowa ma dzień po wniosku i powód.",
            ),
        ]
