"""An inspection of a unit by its office: access with an end, the sample, the checklist, and what came of it.

The rows are the office's. The unit reads an inspection from the moment its access is opened, and of its
parts those that name it as `addressee`: who inspects and which files at once, what was found once the
protocol is handed over, a recommendation once it is given. Of people a row keeps keys and numbers of files;
words are encrypted.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from reintegration.core.constraints import span_ordered
from reintegration.core.fields import EncryptedTextField
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import OrganisationModel, Unit
from reporting import enums
from reporting.models.registers import RegisterEntry
from reporting.rules import inspections as rules
from reporting.rules.procedures import LAST_WEEKDAY

_HANDED = Q(state__in=["protocol", "objections", "settled", "closed"])
_SETTLED = Q(state__in=["settled", "closed"])


def _plus(day: str, days: Any) -> models.ExpressionWrapper:
    return models.ExpressionWrapper(F(day) + days, output_field=models.DateField())


def _has_day(name: str, day: str, states: Q, words: str) -> models.CheckConstraint:
    """A day stands in these states and in no other."""
    return models.CheckConstraint(
        condition=states & Q(**{f"{day}__isnull": False}) | ~states & Q(**{f"{day}__isnull": True}),
        name=name,
        violation_error_message=words,
    )


class Inspection(OrganisationModel):
    """Its steps stand in `reporting.transitions`; who may look, and at what, in `queries.inspections`."""

    partner_field: ClassVar[str] = "addressee"

    entry = KinForeignKey(RegisterEntry, related_name="inspections")
    unit_type = models.CharField("rodzaj jednostki", max_length=3, choices=UnitType, editable=False)
    # The unit of the entry when access was opened; of one outside the program only papers are looked at.
    addressee = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")
    state = models.CharField(
        "stan", max_length=10, choices=enums.InspectionState, default=enums.InspectionState.DRAFT
    )
    number = models.CharField("znak sprawy", max_length=60)
    authorisation = models.CharField("numer upoważnienia", max_length=60)
    authorised_on = models.DateField("upoważnienie z dnia")
    basis = models.CharField("podstawa", max_length=12, choices=enums.InspectionBasis)
    basis_words = models.CharField("podstawa słowami", max_length=300, blank=True)
    areas = ArrayField(
        models.CharField(max_length=12, choices=enums.InspectionArea), verbose_name="zakres kontroli"
    )
    period_from = models.DateField("okres kontrolowany od")
    period_until = models.DateField("okres kontrolowany do")
    access_from = models.DateField("dostęp od")
    access_until = models.DateField("dostęp do")
    extended = models.BooleanField("dostęp przedłużono", default=False, editable=False)
    access_ended_at = models.DateTimeField("dostęp zakończono", null=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    made_on = models.DateField("przygotowano", editable=False)
    opened_at = models.DateTimeField("otwarto dostęp", null=True, editable=False)
    cancelled_on = models.DateField("odwołano", null=True, editable=False)
    # Whoever has the keys of the frame draws the same files again.
    seed = models.CharField("ziarno losowania", max_length=32, blank=True, editable=False)
    frame_size = models.PositiveIntegerField("akta w okresie", null=True, editable=False)
    frame_digest = models.CharField("skrót listy akt", max_length=64, blank=True, editable=False)
    drawn_at = models.DateTimeField("wylosowano", null=True, editable=False)
    # What the program counted for the checklist: key of the fact, its count, of how many.
    facts = models.JSONField("liczby z programu", null=True, editable=False)
    facts_at = models.DateTimeField("policzono", null=True, editable=False)
    # The protocol with its pack of evidence, as they were handed over.
    findings = EncryptedTextField("ustalenia", max_length=20_000, blank=True)
    pack = models.UUIDField("zestaw dowodów", null=True, editable=False)
    pack_digest = models.CharField("skrót zestawu dowodów", max_length=64, blank=True, editable=False)
    protocol = models.UUIDField("protokół", null=True, editable=False)
    handed_on = models.DateField("protokół przekazano", null=True, editable=False)
    objection_days = models.PositiveSmallIntegerField(
        "dni robocze na zastrzeżenia", default=rules.OBJECTION_DAYS
    )
    received_on = models.DateField("protokół odebrano", null=True, editable=False)
    # What the unit confirmed, the office no longer moves.
    received_by_unit = models.BooleanField("odbiór potwierdziła jednostka", default=False, editable=False)
    objections_due = models.DateField("zastrzeżenia do", null=True, editable=False)
    objections = EncryptedTextField("zastrzeżenia", max_length=8000, blank=True)
    objections_file = models.UUIDField("załącznik zastrzeżeń", null=True, editable=False)
    objected_on = models.DateField("zgłoszono zastrzeżenia", null=True, editable=False)
    objections_result = models.CharField(
        "wynik zastrzeżeń", max_length=4, choices=enums.ObjectionsResult, blank=True
    )
    objections_reply = EncryptedTextField("stanowisko wobec zastrzeżeń", max_length=8000, blank=True)
    replied_on = models.DateField("rozpatrzono zastrzeżenia", null=True, editable=False)
    # The recommendations on paper.
    settled_on = models.DateField("wydano zalecenia", null=True, editable=False)
    settled_paper = models.UUIDField("pismo z zaleceniami", null=True, editable=False)
    closed_on = models.DateField("zakończono", null=True, editable=False)

    class Meta(OrganisationModel.Meta):
        verbose_name = "kontrola"
        verbose_name_plural = "kontrole"
        indexes: ClassVar = [models.Index(fields=["organisation", "state"], name="inspection_by_state")]
        constraints: ClassVar = [
            span_ordered("period_from", "period_until", name="inspection_period"),
            span_ordered("access_from", "access_until", name="inspection_access"),
            models.CheckConstraint(
                condition=Q(access_until__lt=_plus("access_from", rules.MOST_DAYS))
                | Q(extended=True, access_until__lt=_plus("access_from", rules.MOST_EXTENDED)),
                name="inspection_access_ends",
                violation_error_message=(
                    f"Dostęp trwa najwyżej {rules.MOST_DAYS} dni, a z przedłużeniem {rules.MOST_EXTENDED}."
                ),
            ),
            models.CheckConstraint(
                condition=Q(authorised_on__lte=F("access_from")),
                name="inspection_authorised",
                violation_error_message="Dostęp zaczyna się nie wcześniej niż upoważnienie.",
            ),
            models.CheckConstraint(
                condition=Q(areas__len__gte=1),
                name="inspection_scope",
                violation_error_message="Zaznacz, co obejmuje kontrola.",
            ),
            models.CheckConstraint(
                condition=Q(basis="supervision", unit_type="CIS")
                | Q(basis__in=["government", "voivode"])
                | Q(basis="other") & ~Q(basis_words=""),
                name="inspection_basis",
                violation_error_message="Nadzór z art. 5b dotyczy CIS, a inną podstawę trzeba nazwać.",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, addressee__isnull=True, state__in=["draft", "cancelled"])
                | Q(opened_at__isnull=False) & ~Q(state="draft"),
                name="inspection_opened",
                violation_error_message="Otwarta kontrola ma chwilę otwarcia i nie jest już przygotowywana.",
            ),
            models.CheckConstraint(
                condition=Q(access_ended_at__isnull=True) | Q(opened_at__isnull=False),
                name="inspection_access_ended",
            ),
            models.CheckConstraint(
                condition=Q(seed="", frame_size__isnull=True, frame_digest="", drawn_at__isnull=True)
                | ~Q(seed="")
                & ~Q(frame_digest="")
                & Q(frame_size__isnull=False, drawn_at__isnull=False, addressee__isnull=False),
                name="inspection_drawn",
                violation_error_message="Losowanie ma ziarno, listę akt i chwilę.",
            ),
            _has_day("inspection_handed", "handed_on", _HANDED, "Protokół ma dzień, w którym go przekazano."),
            # That words come with their day is `inspection_words` of `0028_findings`: they are encrypted.
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True, pack__isnull=True, pack_digest="", protocol__isnull=True)
                | Q(handed_on__isnull=False, pack__isnull=False, protocol__isnull=False) & ~Q(pack_digest=""),
                name="inspection_evidence",
                violation_error_message="Protokół przekazuje się z zestawem dowodów.",
            ),
            models.CheckConstraint(
                condition=Q(objection_days__range=(rules.OBJECTION_DAYS, rules.MOST_OBJECTION_DAYS)),
                name="inspection_objection_days",
                violation_error_message=(
                    f"Na zastrzeżenia jest od {rules.OBJECTION_DAYS} do {rules.MOST_OBJECTION_DAYS}"
                    " dni roboczych."
                ),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, objections_due__isnull=True, received_by_unit=False)
                | Q(
                    handed_on__isnull=False,
                    received_on__gte=F("handed_on"),
                    objections_due__gte=_plus("received_on", F("objection_days")),
                    objections_due__lte=_plus("received_on", F("objection_days") * 2 + 10),
                    objections_due__iso_week_day__lte=LAST_WEEKDAY,
                ),
                name="inspection_received",
                violation_error_message="Termin zastrzeżeń liczy się od odbioru protokołu.",
            ),
            models.CheckConstraint(
                condition=~Q(state="objections") & Q(objected_on__isnull=True)
                | Q(objected_on__isnull=False, received_on__isnull=False, objected_on__gte=F("received_on")),
                name="inspection_objected",
                violation_error_message="Zastrzeżenia zgłasza się po odbiorze protokołu.",
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, objections_result="")
                & (Q(objected_on__isnull=True) | Q(state="objections"))
                | Q(objected_on__isnull=False, replied_on__gte=F("objected_on")) & ~Q(objections_result=""),
                name="inspection_replied",
                violation_error_message="Rozpatrzone zastrzeżenia mają dzień i wynik.",
            ),
            _has_day("inspection_settled", "settled_on", _SETTLED, "Zalecenia mają dzień wydania."),
            _has_day("inspection_closed", "closed_on", Q(state="closed"), "Zakończona kontrola ma dzień."),
            _has_day(
                "inspection_cancelled", "cancelled_on", Q(state="cancelled"), "Odwołana kontrola ma dzień."
            ),
        ]

    def __str__(self) -> str:
        return f"kontrola {self.number}"

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return Q(organisation=organisation_id) | Q(addressee=organisation_id, opened_at__isnull=False)


class InspectionPart(OrganisationModel):
    """What belongs to an inspection; the unit reads a row that names it."""

    partner_field: ClassVar[str] = "addressee"

    addressee = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")
    made_at = models.DateTimeField("kiedy zapisano", editable=False)

    class Meta(OrganisationModel.Meta):
        abstract = True

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return Q(organisation=organisation_id) | Q(addressee=organisation_id)


class InspectionMember(InspectionPart):
    """Who inspects: nobody else of the office looks into a file."""

    inspection = KinForeignKey(Inspection, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kontrolujący"
    )
    removed_at = models.DateTimeField("odwołano", null=True, editable=False)

    class Meta(InspectionPart.Meta):
        verbose_name = "kontrolujący"
        verbose_name_plural = "kontrolujący"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "inspection", "user"],
                condition=Q(removed_at__isnull=True),
                name="inspection_member_once",
                violation_error_message="Ta osoba już prowadzi tę kontrolę.",
            ),
        ]


class InspectionFile(InspectionPart):
    """A file of the sample: drawn, or added by hand with a reason. The unit's file is its key here.

    Of a unit outside the program only the number of the file is known. The unit reads the sample at once.
    """

    inspection = KinForeignKey(Inspection, related_name="files")
    position = models.PositiveSmallIntegerField("lp.")
    participation = models.UUIDField("akta w jednostce", null=True, editable=False)
    file_number = models.CharField("numer sprawy", max_length=40, blank=True)
    drawn = models.BooleanField("wylosowane", default=False, editable=False)
    reason = EncryptedTextField("dlaczego te akta", max_length=300, blank=True)

    class Meta(InspectionPart.Meta):
        verbose_name = "akta w próbie"
        verbose_name_plural = "akta w próbie"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "inspection", "position"], name="inspection_file_position"
            ),
            models.UniqueConstraint(
                fields=["organisation", "inspection", "participation"],
                name="inspection_file_once",
                violation_error_message="Te akta są już w próbie.",
            ),
            models.CheckConstraint(
                condition=Q(drawn=False) | Q(participation__isnull=False),
                name="inspection_file_drawn",
            ),
        ]


class InspectionFound(InspectionPart):
    """What was found: the unit reads it once the protocol is handed over, whatever it is asked for before."""

    # The way from a row to its inspection.
    found_in: ClassVar[str] = "inspection"

    class Meta(InspectionPart.Meta):
        abstract = True

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        handed = Q(**{f"{cls.found_in}__handed_on__isnull": False})
        return Q(organisation=organisation_id) | Q(addressee=organisation_id) & handed


class InspectionFinding(InspectionFound):
    """What was found in a file of the sample; there from the moment the file is in it."""

    found_in: ClassVar[str] = "file__inspection"

    file = KinForeignKey(InspectionFile, related_name="+")
    finding = models.CharField("wynik", max_length=5, choices=enums.FileFinding, blank=True)
    words = EncryptedTextField("ustalenia", max_length=4000, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    checked_at = models.DateTimeField("kiedy sprawdzono", null=True, editable=False)

    class Meta(InspectionFound.Meta):
        verbose_name = "wynik kontroli akt"
        verbose_name_plural = "wyniki kontroli akt"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "file"], name="inspection_finding_once"),
            models.CheckConstraint(
                condition=Q(finding="", checked_at__isnull=True, checked_by__isnull=True)
                | ~Q(finding="") & Q(checked_at__isnull=False, checked_by__isnull=False),
                name="inspection_finding_checked",
                violation_error_message="Wynik ma osobę, która sprawdziła akta, i chwilę.",
            ),
        ]


class InspectionPoint(InspectionFound):
    """The answer to a point of the checklist (`reporting.rules.checklist`)."""

    inspection = KinForeignKey(Inspection, related_name="points")
    code = models.CharField("punkt", max_length=3)
    answer = models.CharField("odpowiedź", max_length=5, choices=enums.PointAnswer, blank=True)
    words = EncryptedTextField("ustalenia", max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField("kiedy", null=True, editable=False)

    class Meta(InspectionFound.Meta):
        verbose_name = "punkt kontroli"
        verbose_name_plural = "punkty kontroli"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "inspection", "code"],
                name="inspection_point_once",
                violation_error_message="Ktoś właśnie zapisał ten punkt. Odśwież stronę.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="inspection_point_answered",
            ),
        ]


class InspectionStep(InspectionPart):
    """An act with its reason: access opened, extended or ended, a draw, somebody added or taken away."""

    inspection = KinForeignKey(Inspection, related_name="steps")
    act = models.CharField("czynność", max_length=14, choices=enums.InspectionAct)
    words = EncryptedTextField("powód", max_length=2000, blank=True)
    # The last day of access, where the act is about it.
    until = models.DateField("dostęp do", null=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    class Meta(InspectionPart.Meta):
        verbose_name = "czynność kontroli"
        verbose_name_plural = "czynności kontroli"


class Recommendation(InspectionPart):
    """What the unit has to mend, and until when; it answers, and the office says whether it was done."""

    inspection = KinForeignKey(Inspection, related_name="recommendations")
    position = models.PositiveSmallIntegerField("lp.")
    state = models.CharField(
        "stan",
        max_length=8,
        choices=enums.RecommendationState,
        default=enums.RecommendationState.GIVEN,
    )
    words = EncryptedTextField("zalecenie", max_length=4000)
    due_on = models.DateField("wykonać do")
    # From here on the unit reads it and it stays as it is.
    given_on = models.DateField("wydano", null=True, editable=False)
    answer = EncryptedTextField("odpowiedź", max_length=4000, blank=True)
    answer_file = models.UUIDField("załącznik odpowiedzi", null=True, editable=False)
    answered_on = models.DateField("odpowiedziano", null=True, editable=False)
    reply = EncryptedTextField("stanowisko urzędu", max_length=2000, blank=True)
    checked_on = models.DateField("sprawdzono", null=True, editable=False)

    class Meta(InspectionPart.Meta):
        verbose_name = "zalecenie pokontrolne"
        verbose_name_plural = "zalecenia pokontrolne"
        indexes: ClassVar = [models.Index(fields=["organisation", "state"], name="recommendation_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "inspection", "position"], name="recommendation_position"
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True, state="given", answered_on__isnull=True)
                | Q(given_on__isnull=False, due_on__gt=F("given_on")),
                name="recommendation_given",
                violation_error_message="Termin jest późniejszy niż wydanie zalecenia.",
            ),
            models.CheckConstraint(
                condition=Q(addressee__isnull=True) | Q(given_on__isnull=False),
                name="recommendation_addressed",
                violation_error_message="Jednostka czyta zalecenie od dnia, w którym je wydano.",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_on__isnull=False),
                name="recommendation_answered",
                violation_error_message="Odpowiedź ma dzień.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "not_done"]) | Q(checked_on__isnull=False),
                name="recommendation_checked",
                violation_error_message="Sprawdzone zalecenie ma dzień.",
            ),
        ]
