"""A unit's referrals: the inbox, what is awaited, and what one page of a referral shows."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models import UUIDField as UUIDColumn

from participants.enums import IncomeKind, Recommendation, ReferralSource, ReferralState
from participants.models import (
    Intake,
    IntakeNote,
    Participation,
    Referral,
    ReferralEntry,
    ReferralFile,
    ReferralOpinion,
)
from participants.perms import CASE
from participants.queries.people import Similar, similar_persons
from participants.rules.codes import Answer, Group, UnitType
from participants.rules.eligibility import Answers, Verdict, verdict
from participants.rules.readiness import Point, Told, points
from participants.rules.situation import GROUPS, HELP, INSURED, STORY, scatter
from reintegration.core import clock
from reintegration.core.components import Badge
from reintegration.core.errors import InputError
from reintegration.core.formats import format_date, format_moment
from reintegration.core.identifiers import parse_pesel
from reintegration.core.text import search_key
from reintegration.documents.models import StoredFile
from reintegration.tenancy.models import Membership, Organisation, Unit
from reintegration.tenancy.scope import current_scope

S = ReferralState
OPEN = (S.SENT, S.RECEIVED, S.IN_STUDY, S.WAITING, S.TRIAL_OFFERED)
STALE_AFTER = timedelta(days=90)

# Which of the rights that exclude is said by which help that a person gets.
RIGHTS: dict[str, str] = {
    IncomeKind.UNEMPLOYMENT: "unemployment_benefit",
    IncomeKind.RETIREMENT: "pension",
    IncomeKind.INCAPACITY_PENSION: "incapacity_pension",
}
KINDS: dict[str, str] = {
    S.DRAFT: "plain",
    S.SENT: "brand",
    S.RECEIVED: "info",
    S.IN_STUDY: "info",
    S.WAITING: "plum",
    S.TRIAL_OFFERED: "warn",
    S.ACCEPTED: "ok",
    S.REFUSED: "bad",
    S.WITHDRAWN: "plain",
    S.OBSOLETE: "plain",
}


def of_unit() -> QuerySet[Any]:
    """The referrals to the current unit; what is handed to it counts once it has its own copy."""
    here = current_scope().organisation_id
    opinions = ReferralOpinion.objects.filter(referral=OuterRef("pk"))
    assigned = Intake.objects.filter(referral=OuterRef("pk")).values("assigned_to")[:1]
    rows: QuerySet[Any] = Referral.objects.filter(unit=here).annotate(
        has_opinion=Exists(opinions), assigned_to=Subquery(assigned, output_field=UUIDColumn())
    )
    return rows


def inbox() -> QuerySet[Any]:
    """Everything that came, the newest first; a draft of a signed link is not here yet."""
    return of_unit().exclude(state=S.DRAFT).order_by("-sent_at", "pk")


def to_take() -> QuerySet[Any]:
    """What waits for this unit's next step."""
    here = current_scope().organisation_id
    rows: QuerySet[Any] = Referral.objects.filter(unit=here, state__in=[S.SENT, S.RECEIVED])
    return rows


def waiting_list() -> QuerySet[Any]:
    """Who waits for a place, the longest first."""
    return of_unit().filter(state=S.WAITING).order_by("waiting_since", "sent_at", "pk")


def overdue(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Whose opinion, answer or interview should have been by now."""
    today = clock.today()
    answer = Q(state__in=[S.RECEIVED, S.IN_STUDY], answer_due_on__lt=today)
    opinion = Q(state__in=OPEN, opinion_due_on__lt=today)
    return rows.filter(answer | opinion | Q(state=S.TRIAL_OFFERED, trial_since__lt=today))


def named_like(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    key = search_key(text)
    return rows.filter(Q(search_last__prefix=key) | Q(search_first__prefix=key)) if key else rows


def in_order_of_need(rows: QuerySet[Any]) -> QuerySet[Any]:
    """New ones first, then those in work, the closed ones last."""
    return rows.order_by("need", "-sent_at", "pk")


def since(row: Any) -> Any:
    """Since which day it stands as it does."""
    if row.state == S.WAITING:
        return row.waiting_since
    moment = row.decided_at or row.received_at or row.sent_at
    return clock.day_of(moment) if moment else None


def awaited(row: Any) -> str:
    """What comes next, and by when; the opinion first, because the rest waits for it."""
    if row.state == S.SENT:
        return "odbierz"
    if row.state not in OPEN:
        return ""
    if row.opinion_due_on is not None:
        return _until("opinia", row.opinion_due_on)
    if row.state == S.WAITING:
        return "wolne miejsce"
    if row.state == S.TRIAL_OFFERED:
        return f"początek {format_date(row.trial_since, today=clock.today())}"
    return _interview(row) or _until("odpowiedź", row.answer_due_on)


def _interview(row: Any) -> str:
    if row.state != S.IN_STUDY or row.interview_at is None:
        return ""
    if row.interview_at < clock.now():
        return "wynik rozmowy"
    return f"rozmowa {format_moment(row.interview_at, today=clock.today())}"


def _until(what: str, day: Any) -> str:
    if day is None:
        return what
    late = ", po terminie" if day < clock.today() else ""
    return f"{what} do {format_date(day, today=clock.today())}{late}"


def state_badge(row: Any) -> Badge:
    return Badge(row.get_state_display(), KINDS[row.state])


def stored_of(attached: ReferralFile) -> Any:
    """The file of an attachment: the current organisation's own, or one that the other side shares."""
    own = StoredFile.objects.filter(pk=attached.stored_file, erased_at=None).first()
    return own or StoredFile.brought.filter(pk=attached.stored_file, erased_at=None).first()


def notes(referral: Referral) -> QuerySet[IntakeNote]:
    rows: QuerySet[IntakeNote] = IntakeNote.objects.filter(referral=referral).select_related("by")
    return rows.order_by("-at", "-pk")


def entries(referral: Referral) -> QuerySet[ReferralEntry]:
    rows: QuerySet[ReferralEntry] = ReferralEntry.objects.filter(referral=referral)
    return rows.order_by("-at", "-pk")


def intake_of(referral: Referral) -> Intake | None:
    rows: QuerySet[Intake] = Intake.objects.filter(referral=referral)
    return rows.select_related("assigned_to", "person").first()


def file_from(referral: Referral) -> Participation | None:
    """The file that was opened from a referral."""
    rows: QuerySet[Participation] = Participation.objects.filter(referral=referral)
    return rows.first()


def workers() -> QuerySet[Any]:
    """Who in this unit may work on referrals."""
    held = Membership.objects.active(today=clock.today()).filter(
        organisation=current_scope().organisation_id, role__in=CASE
    )
    people = get_user_model().objects.filter(is_active=True, pk__in=held.values("user"))
    return people.order_by("last_name", "first_name", "pk")


def sister_units() -> QuerySet[Organisation]:
    """The other open units of this unit's founder."""
    own = Unit.objects.get(pk=current_scope().organisation_id)
    units = Unit.objects.filter(founder=own.founder_id).exclude(pk=own.pk)
    return Organisation.objects.filter(pk__in=units.values("pk"), closed_on=None).order_by("name_order", "pk")


def may_take_part(referral: Referral) -> Verdict:
    """What the rules say of what the sender told; what was not asked is a gap, not a no.

    A social worker who supports the person has found them in need; who comes from PUP is known there.
    """
    told = scatter(referral.situation)
    supported = ReferralOpinion.objects.filter(referral=referral).exclude(recommendation=Recommendation.NO)
    from_pup = referral.source == ReferralSource.PUP
    answers = Answers(
        groups=frozenset(Group(code) for code in told[GROUPS] if code in set(Group)),
        in_need=Answer.YES if supported.exists() else Answer.UNKNOWN,
        long_unemployed=Answer.YES if from_pup else Answer.UNKNOWN,
        **{key: Answer.YES for kind, key in RIGHTS.items() if kind in told[HELP]},
    )
    unit_type = UnitType(Unit.objects.get(pk=referral.unit_id).unit_type)
    return verdict(answers, unit_type, clock.today())


def readiness(referral: Referral) -> list[Point]:
    """What of a referral is there before the interview, and what is missing."""
    told = scatter(referral.situation)
    return points(
        Told(
            unit_type=UnitType(Unit.objects.get(pk=referral.unit_id).unit_type),
            agrees=referral.person_agrees,
            opinion=ReferralOpinion.objects.filter(referral=referral).exists(),
            identity=referral.pesel_index is not None or bool(referral.document_number),
            address=bool(referral.town and referral.street),
            reachable=bool(referral.phone or referral.email),
            groups=bool(told[GROUPS]),
            story=bool(told[STORY]),
            insured=Answer(told[INSURED] or Answer.UNKNOWN),
            attachments=ReferralFile.objects.filter(referral=referral).count(),
            from_pup=referral.source == ReferralSource.PUP,
            ops_notified=referral.ops_notified_on is not None,
            needs_representative=referral.source == ReferralSource.REPRESENTATIVE,
            representative=bool(referral.representative),
        )
    )


def similar(referral: Referral) -> list[Similar]:
    """Who on file may be this person, the surest first."""
    return similar_persons(
        first_name=referral.first_name,
        last_name=referral.last_name,
        birth_date=referral.birth_date,
        pesel=_readable(referral.pesel),
        phone=referral.phone,
    )


def _readable(pesel: str) -> str:
    """A number that was never checked says nothing."""
    try:
        return parse_pesel(pesel) if pesel else ""
    except InputError:
        return ""


def stale(today: Any) -> QuerySet[Any]:
    """Open referrals in which nothing was written for a long time."""
    border = clock.now() - STALE_AFTER
    alive = ReferralEntry.objects.filter(referral=OuterRef("pk"), at__gte=border)
    return of_unit().filter(~Exists(alive), state__in=OPEN, sent_at__lt=border).order_by("sent_at", "pk")
