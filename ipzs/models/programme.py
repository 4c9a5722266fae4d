"""What was agreed with a person: a programme or contract, its versions, its goals and its end."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import DateField, F, Func, Q

from ipzs import enums
from participants.models import Agreement, Participation, Person
from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel

LIVE = Q(state__in=[enums.ProgrammeState.PREPARED, enums.ProgrammeState.RUNNING])
# Art. 13 ust. 5; `ipzs.rules.programmes.tail_after_work` counts the same.
TAIL = Func(
    F("work_since"),
    template="CAST(CAST(%(expressions)s AS date) + interval '6 months' AS date)",
    output_field=DateField(),
)


class Programme(UnitModel):
    """One agreement with one person, through all its versions (art. 13; for a KIS art. 18)."""

    participation = KinForeignKey(Participation, related_name="programmes")
    person = KinForeignKey(Person, related_name="programmes")
    kind = models.CharField("rodzaj", max_length=20, choices=enums.ProgrammeKind)
    number = models.CharField("numer", max_length=40)
    state = models.CharField(
        "stan", max_length=10, choices=enums.ProgrammeState, default=enums.ProgrammeState.PREPARED
    )
    # The days of the version in force; a programme may outlive the participation by six months of work.
    since = models.DateField("od", null=True, blank=True)
    until = models.DateField("do", null=True, blank=True)
    ended_on = models.DateField("koniec", null=True, blank=True)
    end_kind = models.CharField("jak się zakończył", max_length=20, choices=enums.ProgrammeEnd, blank=True)
    end_note = EncryptedTextField("uwagi o zakończeniu", max_length=2000, blank=True)
    # Art. 13 ust. 5: the first day of work, from which the programme runs on without a benefit.
    work_since = models.DateField("pierwszy dzień pracy", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField("kiedy założono", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "program"
        verbose_name_plural = "programy"
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "until"], name="programme_by_end"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                name="programme_number_once",
                violation_error_message="Taki numer ma już inny program. Wpisz następny.",
            ),
            models.UniqueConstraint(
                fields=["unit", "person"],
                condition=LIVE,
                name="programme_one_at_a_time",
                violation_error_message="Ta osoba ma już program, który trwa albo jest przygotowywany.",
            ),
            span_ordered("since", "until", name="programme_span"),
            exclude_overlap(
                "person",
                since="since",
                until="until",
                name="programme_days_once",
                message="Te dni należą już do innego programu tej osoby.",
                where=Q(state__in=["running", "ended"], since__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "dropped"]) | Q(since__isnull=False, until__isnull=False),
                name="programme_running_has_days",
                violation_error_message="Program w realizacji ma pierwszy i ostatni dzień.",
            ),
            models.CheckConstraint(
                condition=Q(work_since__isnull=True) | Q(work_since__gte=F("since"), until__lte=TAIL),
                name="programme_tail",
                violation_error_message=(
                    "Praca zaczyna się w czasie programu, a po jej podjęciu program trwa do 6 miesięcy."
                    " (art. 13 ust. 5)"
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False, ended_on__gte=F("since")) & ~Q(end_kind="")
                | ~Q(state="ended") & Q(ended_on__isnull=True, end_kind=""),
                name="programme_end_whole",
                violation_error_message="Koniec programu ma dzień nie wcześniejszy niż początek, i powód.",
            ),
        ]


class ProgrammeVersion(UnitModel):
    """What the parties agreed, as a whole: version 1, then one more for each annex (art. 13 ust. 3).

    The content is one document (`rules.changes.Content`), because it is signed as one.
    """

    programme = KinForeignKey(Programme, related_name="versions")
    person = KinForeignKey(Person, related_name="+")
    number = models.PositiveSmallIntegerField("wersja")
    state = models.CharField(
        "stan", max_length=10, choices=enums.VersionState, default=enums.VersionState.DRAFT
    )
    since = models.DateField("obowiązuje od", null=True, blank=True)
    until = models.DateField("obowiązuje do", null=True, blank=True)
    # None once its person is erased.
    content = EncryptedJSONField("treść", null=True)
    # Why there is an annex, and who moved it.
    motion_by = models.CharField("na wniosek", max_length=10, choices=enums.Side, blank=True)
    motion_on = models.DateField("dzień wniosku", null=True, blank=True)
    motion_reason = EncryptedTextField("powód zmiany", max_length=2000, blank=True)
    signed_on = models.DateField("podpisano", null=True, blank=True)
    signed_how = models.CharField("jak podpisano", max_length=10, choices=enums.SignedHow, blank=True)
    witness = models.CharField("w czyjej obecności", max_length=120, blank=True)
    scan = models.UUIDField("skan", null=True, editable=False)
    agreement = KinForeignKey(Agreement, null=True, editable=False, related_name="+")
    remarks = EncryptedTextField("uwagi", max_length=4000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField("kiedy przygotowano", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wersja programu"
        verbose_name_plural = "wersje programu"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "programme", "number"],
                name="version_number_once",
                violation_error_message="Ktoś właśnie zapisał tę wersję. Odśwież stronę.",
            ),
            models.UniqueConstraint(
                fields=["unit", "programme"],
                condition=Q(state="in_force"),
                name="version_one_in_force",
                violation_error_message="Obowiązuje jedna wersja programu.",
            ),
            models.UniqueConstraint(
                fields=["unit", "programme"],
                condition=Q(state__in=["draft", "ready", "signed"]),
                name="version_one_prepared",
                violation_error_message="Zmiana tego programu jest już przygotowywana.",
            ),
            span_ordered("since", "until", name="version_span"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "ready", "discarded"])
                | Q(signed_on__isnull=False, since__isnull=False, until__isnull=False) & ~Q(signed_how=""),
                name="version_signed_whole",
                violation_error_message="Podpisany program ma dzień i sposób podpisania oraz okres.",
            ),
            models.CheckConstraint(
                condition=~Q(signed_how="paper") | Q(scan__isnull=False),
                name="version_paper_has_scan",
                violation_error_message="Do programu podpisanego na papierze dodaj skan.",
            ),
            # Without a content its person is erased, and the name of the witness with it.
            models.CheckConstraint(
                condition=~Q(signed_how="witnessed") | ~Q(witness="") | Q(content__isnull=True),
                name="version_witness_named",
                violation_error_message="Wpisz, w czyjej obecności podpisano.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(motion_on__isnull=False) & ~Q(motion_by=""),
                name="version_annex_has_motion",
                violation_error_message="Aneks ma wniosek: czyj i z jakiego dnia. (art. 13 ust. 3)",
            ),
        ]


class StepResult(UnitModel):
    """How a step of a goal went. A step that failed is part of the way and closes nothing."""

    programme = KinForeignKey(Programme, related_name="step_results")
    person = KinForeignKey(Person, related_name="+")
    # The key of the step in the content; it stays through all versions.
    step = models.UUIDField("krok", editable=False)
    state = models.CharField("jak poszło", max_length=10, choices=enums.StepState)
    on = models.DateField("kiedy")
    words = EncryptedTextField("słowami uczestnika", max_length=2000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField("kiedy zapisano", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wynik kroku"
        verbose_name_plural = "wyniki kroków"
        indexes: ClassVar = [models.Index(fields=["unit", "programme", "step"], name="result_by_step")]


class Evaluation(UnitModel):
    """A day on which both sides look at the programme together, planned and then held."""

    programme = KinForeignKey(Programme, related_name="evaluations")
    person = KinForeignKey(Person, related_name="+")
    due_on = models.DateField("termin oceny")
    held_on = models.DateField("ocena odbyła się", null=True, blank=True)
    result = models.CharField("wynik", max_length=10, choices=enums.EvaluationResult, blank=True)
    note = EncryptedTextField("ustalenia", max_length=4000, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta(UnitModel.Meta):
        verbose_name = "ocena programu"
        verbose_name_plural = "oceny programu"
        indexes: ClassVar = [models.Index(fields=["unit", "held_on", "due_on"], name="evaluation_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "programme", "due_on"],
                name="evaluation_day_once",
                violation_error_message="Na ten dzień jest już zaplanowana ocena.",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, result="") | Q(held_on__isnull=False) & ~Q(result=""),
                name="evaluation_held_whole",
                violation_error_message="Ocena, która się odbyła, ma dzień i wynik.",
            ),
        ]


class Decision(UnitModel):
    """The manager's decision that ends a programme (art. 13 ust. 4a); a court may look at it (4b)."""

    programme = KinForeignKey(Programme, related_name="decisions")
    person = KinForeignKey(Person, related_name="+")
    kind = models.CharField("podstawa", max_length=20, choices=enums.ProgrammeEnd)
    number = models.CharField("numer decyzji", max_length=40)
    state = models.CharField(
        "stan", max_length=10, choices=enums.DecisionState, default=enums.DecisionState.DRAFT
    )
    decided_on = models.DateField("dzień decyzji", null=True, blank=True)
    ends_on = models.DateField("ostatni dzień udziału")
    reasons = EncryptedTextField("uzasadnienie", max_length=8000)
    # Why the programme was not changed rather than ended.
    change_considered = EncryptedTextField("dlaczego nie zmiana programu", max_length=4000, blank=True)
    delivered_on = models.DateField("doręczono", null=True, blank=True)
    delivered_how = models.CharField("jak doręczono", max_length=12, choices=enums.Delivery, blank=True)
    complained_on = models.DateField("skarga wpłynęła", null=True, blank=True)
    judged_on = models.DateField("wyrok", null=True, blank=True)
    judgment = models.CharField("sygnatura", max_length=60, blank=True)
    scan = models.UUIDField("skan", null=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField("kiedy przygotowano", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "decyzja o zaprzestaniu"
        verbose_name_plural = "decyzje o zaprzestaniu"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                name="decision_number_once",
                violation_error_message="Taki numer ma już inna decyzja. Wpisz następny.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["breach", "abandonment"]),
                name="decision_by_law",
                violation_error_message="Decyzją kończy się program z powodów art. 13 ust. 4 pkt 1 i 2.",
            ),
            models.UniqueConstraint(
                fields=["unit", "programme"],
                condition=~Q(state__in=["set_aside", "withdrawn"]),
                name="decision_one_valid",
                violation_error_message="Ten program ma już decyzję.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(decided_on__isnull=False),
                name="decision_issued_has_day",
                violation_error_message="Wydana decyzja ma dzień wydania.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn", "issued"])
                | Q(delivered_on__isnull=False, delivered_on__gte=F("decided_on")) & ~Q(delivered_how=""),
                name="decision_delivered_whole",
                violation_error_message="Doręczenie ma dzień nie wcześniejszy niż decyzja, i sposób.",
            ),
            models.CheckConstraint(
                condition=Q(complained_on__isnull=True) | Q(complained_on__gte=F("delivered_on")),
                name="decision_complaint_after",
                violation_error_message="Skarga wpływa po doręczeniu decyzji.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["complained", "upheld", "set_aside"])
                | Q(complained_on__isnull=False),
                name="decision_complaint_has_day",
                violation_error_message="Skarga ma dzień, w którym wpłynęła.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "set_aside"])
                | Q(judged_on__isnull=False, judged_on__gte=F("complained_on")) & ~Q(judgment=""),
                name="decision_judgment_whole",
                violation_error_message="Wyrok ma dzień nie wcześniejszy niż skarga, i sygnaturę.",
            ),
        ]


class PeriodDecision(UnitModel):
    """Why the time of a participation went on: the qualification and each extension (art. 15 ust. 2, 3)."""

    programme = KinForeignKey(Programme, related_name="period_decisions")
    person = KinForeignKey(Person, related_name="+")
    step = models.CharField("co postanowiono", max_length=10, choices=enums.PeriodStep)
    decided_on = models.DateField("kiedy")
    since = models.DateField("od")
    until = models.DateField("do")
    basis = models.CharField("podstawa", max_length=10, choices=enums.Basis, blank=True)
    basis_on = models.DateField("dzień wniosku lub opinii", null=True, blank=True)
    author = models.CharField("pracownik socjalny", max_length=120, blank=True)
    analysis = EncryptedTextField("analiza programu", max_length=4000, blank=True)
    # Art. 15 ust. 2: the head of OPS is told of the qualification.
    told_on = models.DateField("poinformowano OPS", null=True, blank=True)
    told_whom = models.CharField("kogo poinformowano", max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "postanowienie o okresie"
        verbose_name_plural = "postanowienia o okresach"
        constraints: ClassVar = [
            span_ordered("since", "until", name="period_decision_span"),
            models.CheckConstraint(
                condition=~Q(step="extended") | Q(basis_on__isnull=False) & ~Q(basis="") & ~Q(author=""),
                name="period_decision_basis",
                violation_error_message=(
                    "Przedłużenie opiera się na wniosku albo opinii pracownika socjalnego. (art. 15 ust. 3)"
                ),
            ),
        ]


class ExtensionMotion(UnitModel):
    """A motion or an opinion of the social worker about more time, and the manager's answer (art. 15 ust. 3).

    An extension keeps its own copy in `PeriodDecision`; a motion that was refused is kept here alone.
    """

    programme = KinForeignKey(Programme, related_name="motions")
    person = KinForeignKey(Person, related_name="+")
    state = models.CharField(
        "stan", max_length=10, choices=enums.MotionState, default=enums.MotionState.ASKED
    )
    basis = models.CharField("podstawa", max_length=10, choices=enums.Basis)
    asked_on = models.DateField("dzień wniosku lub opinii")
    until = models.DateField("do kiedy przedłużyć")
    author = models.CharField("pracownik socjalny", max_length=120)
    analysis = EncryptedTextField("analiza programu", max_length=4000)
    decided_on = models.DateField("dzień odpowiedzi", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    answer = EncryptedTextField("dlaczego nie", max_length=2000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField("kiedy zapisano", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wniosek o przedłużenie"
        verbose_name_plural = "wnioski o przedłużenie"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "programme"],
                condition=Q(state="asked"),
                name="motion_one_waits",
                violation_error_message="Wniosek o przedłużenie już czeka na kierownika.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"])
                | Q(decided_on__isnull=False, decided_on__gte=F("asked_on"), decided_by__isnull=False),
                name="motion_answered_whole",
                violation_error_message="Odpowiedź ma dzień nie wcześniejszy niż wniosek, i osobę.",
            ),
        ]
