"""What goes between units and the office of their voivode: notices, applications, letters of supervision.

A notice and an application are the unit's until they are sent: the office is their `sender` from then on.
An answer and an attachment begin the same way, so that what a unit writes while it completes something
is its own until it sends it.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import OrganisationModel, SharedModel, Unit
from reporting import enums
from reporting.models.registers import RegisterEntry
from reporting.rules import procedures as rules

_DECIDED = Q(state__in=["done", "refused", "left"])


def _plus(day: str, days: Any) -> models.ExpressionWrapper:
    return models.ExpressionWrapper(F(day) + days, output_field=models.DateField())


def _term(end: str, begun: str, days: str) -> Q:
    """A term of days ends on its last day or, when that one is a day off, on a working day soon after it
    (art. 57 § 4 of the code); which days are off the program knows."""
    return Q(
        **{
            f"{begun}__isnull": False,
            f"{end}__isnull": False,
            f"{end}__gte": _plus(begun, F(days)),
            f"{end}__lte": _plus(begun, F(days) + rules.MOST_MOVED),
            f"{end}__iso_week_day__lte": rules.LAST_WEEKDAY,
        }
    )


def _proceeding(name: str) -> list[models.BaseConstraint]:
    """What holds of every case that a unit brings before its office."""
    return [
        models.CheckConstraint(
            condition=Q(sent_on__isnull=False, due_on__isnull=False)
            | Q(
                state__in=["draft", "withdrawn"],
                sent_on__isnull=True,
                due_on__isnull=True,
                sender__isnull=True,
            ),
            name=f"{name}_sent",
            violation_error_message="Sprawa, którą ma urząd, ma dzień wysłania i termin.",
        ),
        models.CheckConstraint(
            condition=~Q(state="draft") | Q(sent_on__isnull=True),
            name=f"{name}_draft",
            violation_error_message="Szkicu jeszcze nie wysłano.",
        ),
        models.CheckConstraint(
            condition=~Q(state="to_complete") & Q(complete_by__isnull=True)
            | Q(state="to_complete", called_on__isnull=False, call_days__isnull=False)
            & (
                Q(call_received_on__isnull=True, call_received_by_unit=False, complete_by__isnull=True)
                | Q(call_received_on__gte=F("called_on"))
                & _term("complete_by", "call_received_on", "call_days")
            ),
            name=f"{name}_call",
            violation_error_message="Termin uzupełnienia biegnie od dnia odbioru wezwania.",
        ),
        models.CheckConstraint(
            condition=Q(call_days__isnull=True)
            | Q(call_days__range=(rules.COMPLETION_DAYS, rules.MOST_DAYS)),
            name=f"{name}_call_days",
            violation_error_message="Na uzupełnienie jest co najmniej 7 dni. (art. 64 § 2 KPA)",
        ),
        models.CheckConstraint(
            condition=_DECIDED & Q(decided_on__isnull=False) | ~_DECIDED & Q(decided_on__isnull=True),
            name=f"{name}_decided",
            violation_error_message="Załatwiona sprawa ma dzień rozstrzygnięcia.",
        ),
        models.UniqueConstraint(
            fields=["unit", "kind"],
            condition=Q(state="draft"),
            name=f"{name}_one_draft",
            violation_error_message="Taki szkic jest już zaczęty. Dokończ go albo wycofaj.",
        ),
    ]


class Proceeding(SharedModel):
    """A case that a unit brings before its office; its steps stand in `reporting.transitions`."""

    state = models.CharField(
        "stan", max_length=12, choices=enums.ProcedureState, default=enums.ProcedureState.DRAFT
    )
    made_at = models.DateTimeField("kiedy zaczęto", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="kto zaczął"
    )
    sent_on = models.DateField("wysłano", null=True, editable=False)
    # When the office has to have decided.
    due_on = models.DateField("termin urzędu", null=True, editable=False)
    called_on = models.DateField("wezwano", null=True, editable=False)
    call_days = models.PositiveSmallIntegerField("na uzupełnienie, w dniach", null=True, editable=False)
    # From here the term runs; before it is known there is none.
    call_received_on = models.DateField("odebrano wezwanie", null=True, editable=False)
    # What the unit confirmed, the office no longer moves.
    call_received_by_unit = models.BooleanField(
        "odbiór wezwania potwierdziła jednostka", default=False, editable=False
    )
    complete_by = models.DateField("uzupełnić do", null=True, editable=False)
    decided_on = models.DateField("rozstrzygnięto", null=True, editable=False)
    # The entry is the office's own row: a key from here would not carry its tenant.
    entry = models.UUIDField("wpis", null=True, editable=False)

    class Meta(SharedModel.Meta):
        abstract = True


class ClubNotice(Proceeding):
    """A club is told of to the register, as are a change of its data and its end (art. 18a ust. 2 and 4)."""

    kind = models.CharField("rodzaj", max_length=8, choices=enums.NoticeKind)
    state = models.CharField(
        "stan", max_length=12, choices=enums.NoticeState, default=enums.NoticeState.DRAFT
    )
    # The data of the form, the manager's name among them, which no register publishes.
    content = EncryptedJSONField("dane", null=True)
    # From when the data hold, or since when the club is closed.
    since = models.DateField("od kiedy", null=True, blank=True)

    class Meta(Proceeding.Meta):
        verbose_name = "zgłoszenie KIS"
        verbose_name_plural = "zgłoszenia KIS"
        constraints: ClassVar = [
            *_proceeding("club_notice"),
            models.CheckConstraint(
                condition=Q(kind="entry") | Q(since__isnull=False),
                name="club_notice_since",
                violation_error_message="Wpisz, od kiedy.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class StatusApplication(Proceeding):
    """An application for the status of a CIS, or for five years more of it (art. 4, art. 5a)."""

    kind = models.CharField("rodzaj", max_length=8, choices=enums.ApplicationKind)
    local = models.BooleanField("Centrum tworzy jednostka samorządu", default=False)
    powiat = models.BooleanField("wniosek składa powiat", default=False)
    # Days for which the office waited for the applicant, which its month does not count (art. 35 § 5 KPA).
    waited = models.PositiveSmallIntegerField("dni czekania na uzupełnienie", default=0, editable=False)
    # From when the month runs anew, after a refusal was reversed.
    due_from = models.DateField("miesiąc urzędu biegnie od", null=True, editable=False)

    class Meta(Proceeding.Meta):
        verbose_name = "wniosek o status CIS"
        verbose_name_plural = "wnioski o status CIS"
        constraints: ClassVar = [
            *_proceeding("status_application"),
            models.CheckConstraint(
                condition=Q(powiat=False) | Q(local=True),
                name="status_application_powiat",
                violation_error_message="Powiat jest jednostką samorządu terytorialnego.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ApplicationAnswer(SharedModel):
    """What is said to one point of art. 4 ust. 2; what was sent stays, and a completion is a new answer."""

    application = KinForeignKey(StatusApplication, related_name="answers")
    point = models.CharField("punkt", max_length=3)
    content = EncryptedJSONField("treść", null=True)
    made_at = models.DateTimeField("kiedy zapisano", editable=False)

    class Meta(SharedModel.Meta):
        verbose_name = "odpowiedź na punkt wniosku"
        verbose_name_plural = "odpowiedzi na punkty wniosku"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "application", "point"],
                condition=Q(sender__isnull=True),
                name="application_answer_once",
                violation_error_message="Ktoś właśnie zapisał ten punkt. Odśwież stronę.",
            ),
        ]


def _of_one(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(notice__isnull=True, application__isnull=False)
        | Q(notice__isnull=False, application__isnull=True),
        name=name,
    )


class ProcedurePart(SharedModel):
    """The base of what belongs to a notice or to an application."""

    notice = KinForeignKey(ClubNotice, null=True, related_name="%(class)ss")
    application = KinForeignKey(StatusApplication, null=True, related_name="%(class)ss")

    class Meta(SharedModel.Meta):
        abstract = True


class ProcedureFile(ProcedurePart):
    """An attachment of the unit, or a paper of the office; the file belongs to whoever brought it."""

    # The point of the application to which it belongs.
    point = models.CharField("punkt", max_length=3, blank=True)
    stored_file = models.UUIDField("plik", editable=False)
    label = models.CharField("co to jest", max_length=80)
    media_type = models.CharField("format", max_length=100)
    size = models.PositiveBigIntegerField("rozmiar")
    made_at = models.DateTimeField("kiedy dodano", editable=False)
    by_office = models.BooleanField("pismo urzędu", default=False, editable=False)

    class Meta(ProcedurePart.Meta):
        verbose_name = "załącznik sprawy"
        verbose_name_plural = "załączniki spraw"
        constraints: ClassVar = [_of_one("procedure_file_of_one")]


class ProcedureStep(ProcedurePart):
    """One step of a case and what was said with it."""

    step = models.CharField("krok", max_length=12)
    words = EncryptedTextField("treść", max_length=4000, blank=True)
    at = models.DateTimeField("kiedy", editable=False)
    by_office = models.BooleanField("po stronie urzędu", editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    class Meta(ProcedurePart.Meta):
        verbose_name = "krok sprawy"
        verbose_name_plural = "kroki spraw"
        constraints: ClassVar = [_of_one("procedure_step_of_one")]


class SupervisionLetter(OrganisationModel):
    """What an office asks a CIS to explain or to mend (art. 5b); the unit reads it once it is sent.

    Of a unit outside the program the office writes the answer down itself.
    """

    partner_field: ClassVar[str] = "addressee"

    entry = KinForeignKey(RegisterEntry, related_name="letters")
    addressee = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")
    kind = models.CharField("rodzaj", max_length=8, choices=enums.LetterKind)
    state = models.CharField("stan", max_length=8, choices=enums.LetterState, default=enums.LetterState.DRAFT)
    number = models.CharField("znak sprawy", max_length=60)
    words = EncryptedTextField("treść", max_length=6000)
    days = models.PositiveSmallIntegerField("termin w dniach")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    made_on = models.DateField("napisano", editable=False)
    sent_on = models.DateField("wysłano", null=True, editable=False)
    received_on = models.DateField("otrzymano", null=True, editable=False)
    # What the unit confirmed, the office no longer moves.
    received_by_unit = models.BooleanField("odbiór potwierdziła jednostka", default=False, editable=False)
    due_on = models.DateField("odpowiedź do", null=True, editable=False)
    # The paper as it was sent, and what the unit attached: files of either side that the other may read.
    paper = models.UUIDField("pismo", null=True, editable=False)
    answer = EncryptedTextField("odpowiedź", max_length=6000, blank=True)
    answer_file = models.UUIDField("załącznik odpowiedzi", null=True, editable=False)
    answered_on = models.DateField("odpowiedziano", null=True, editable=False)
    closed_on = models.DateField("zakończono", null=True, editable=False)
    heeded = models.BooleanField("skutecznie", null=True, editable=False)

    class Meta(OrganisationModel.Meta):
        verbose_name = "pismo nadzoru"
        verbose_name_plural = "pisma nadzoru"
        indexes: ClassVar = [models.Index(fields=["organisation", "state"], name="letter_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="explain", days__range=(rules.EXPLANATION_DAYS, rules.MOST_DAYS))
                | Q(kind="remedy", days__range=(rules.REMEDY_DAYS, rules.MOST_DAYS)),
                name="letter_days",
                violation_error_message=(
                    "Na wyjaśnienia jest co najmniej 14 dni, na usunięcie nieprawidłowości co najmniej 30."
                ),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, due_on__isnull=True)
                | Q(
                    sent_on__isnull=False,
                    received_on__gte=F("sent_on"),
                )
                & _term("due_on", "received_on", "days"),
                name="letter_term",
                violation_error_message="Termin liczy się od dnia otrzymania pisma.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_on__isnull=True)
                | ~Q(state="draft") & Q(sent_on__isnull=False),
                name="letter_sent",
                violation_error_message="Wysłane pismo ma dzień wysłania.",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_on__isnull=False, received_on__isnull=False),
                name="letter_answered",
                violation_error_message="Odpowiedź ma dzień.",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False, heeded__isnull=False)
                | ~Q(state="closed") & Q(closed_on__isnull=True, heeded__isnull=True),
                name="letter_closed",
                violation_error_message="Zakończone pismo ma dzień i wynik.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return Q(organisation=organisation_id) | Q(addressee=organisation_id, sent_on__isnull=False)
