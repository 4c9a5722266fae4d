"""What screens read of notices, applications and letters; each side sees what its walls let through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from reintegration.tenancy.models import Organisation, Site, Unit
from reporting.enums import LetterState, NoticeKind, ProcedureState, ReportState, VersionState
from reporting.models import (
    ApplicationAnswer,
    ClubNotice,
    EntryVersion,
    OutsideReport,
    ProcedureFile,
    ProcedureStep,
    RegisterEntry,
    ReportVersion,
    StatusApplication,
    StatusDecision,
    SupervisionLetter,
    YearReport,
)
from reporting.queries.registers import of_unit
from reporting.rules import procedures as rules

Case = ClubNotice | StatusApplication
DAYS = frozenset({"created_on", "starts_on"})
# What the form of a club asks besides the data of the register, and no register publishes.
BESIDES = ("manager_name", "founder_phone", "founder_email")


def entry_of(unit_id: UUID) -> RegisterEntry | None:
    """The open entry in the register of its voivodeship that is linked to a unit; anybody may read it."""
    rows = RegisterEntry.public.filter(joined=unit_id, state="open")
    rows = rows.filter(organisation__voivodeship=F("joined__organisation__voivodeship"))
    found: RegisterEntry | None = rows.order_by("pk").first()
    return found


def prolongable_of(unit_id: UUID, day: date) -> RegisterEntry | None:
    """The entry of a CIS whose status has not run out on a day; of another one a new status is asked."""
    entry = entry_of(unit_id)
    lasting = StatusDecision.public.filter(entry=entry, kind__in=["granted", "prolonged"], until__gte=day)
    return entry if entry is not None and lasting.exists() else None


def decision_of(unit_id: UUID, day: date) -> StatusDecision | None:
    """The decision by which a CIS has its status on a day: the first, or a prolongation."""
    rows = StatusDecision.public.filter(
        of_unit(unit_id, "entry__"), kind__in=["granted", "prolonged"], since__lte=day, until__gte=day
    )
    found: StatusDecision | None = rows.order_by("-since", "-pk").first()
    return found


def data_of_unit(unit_id: UUID) -> dict[str, Any]:
    """What the register says of a unit, and of one that is not in it yet what the program knows."""
    entry = entry_of(unit_id)
    version = (
        EntryVersion.public.filter(entry=entry).order_by("-since").first() if entry is not None else None
    )
    if version is not None:
        left_out = {"id", "organisation", "entry", "since", "published", "gmina_code"}
        return {
            field.name: getattr(version, field.name)
            for field in EntryVersion._meta.local_concrete_fields
            if not field.generated and field.name not in left_out
        }
    here = Organisation.objects.get(pk=unit_id)
    founder = Unit.objects.select_related("founder").get(pk=unit_id).founder
    own = {
        name: getattr(here, name)
        for name in ("name", "regon", "street", "postcode", "town", "phone", "email")
    }
    theirs = {
        f"founder_{name}": getattr(founder, name)
        for name in ("name", "kind", "street", "postcode", "town", "nip", "regon", "krs")
    }
    sites = (
        Site.objects.filter(closed_on__isnull=True).exclude(street=here.street).order_by("name_order", "pk")
    )
    places = "; ".join(f"{row.name}, {row.street}, {row.postcode} {row.town}" for row in sites)
    return {**own, **theirs, "starts_on": here.opened_on, "service_places": places[:1000]}


def data_of_club(unit_id: UUID) -> dict[str, Any]:
    """What a club need not say again: the data of the register, and what its last notice told besides."""
    told = ClubNotice.objects.filter(unit=unit_id, sent_on__isnull=False).order_by("-made_at", "-pk").first()
    content = (told.content if told is not None else None) or {}
    return {**data_of_unit(unit_id), **{name: content[name] for name in BESIDES if name in content}}


def data_from(content: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was kept as text, with its days as days."""
    return {
        name: (date.fromisoformat(value) if value else None) if name in DAYS else value
        for name, value in (content or {}).items()
    }


def answers_of(application: StatusApplication) -> dict[str, ApplicationAnswer]:
    """The last answer to each point that this side may read."""
    rows = ApplicationAnswer.objects.filter(application=application).order_by("made_at", "pk")
    return {row.point: row for row in rows}


def register_data(answers: Mapping[str, ApplicationAnswer]) -> dict[str, Any]:
    """What the answers say for the register (art. 4 ust. 2 pkt 1–2a and 4)."""
    found: dict[str, Any] = {}
    for point in rules.POINTS:
        if point.way is rules.Way.DATA and point.code in answers:
            found |= data_from(answers[point.code].content)
    return found


def files_of(case: Case) -> list[ProcedureFile]:
    return list(ProcedureFile.objects.filter(_of(case)).order_by("made_at", "pk"))


def steps_of(case: Case) -> list[ProcedureStep]:
    return list(ProcedureStep.objects.filter(_of(case)).select_related("by").order_by("at", "pk"))


def missing_of(application: StatusApplication) -> list[rules.Point]:
    """The points that nobody has answered, as this side sees them."""
    return rules.missing(
        rules.points_for(local=application.local, powiat=application.powiat),
        {code: row.content or {} for code, row in answers_of(application).items()},
        {row.point for row in files_of(application) if not row.by_office},
    )


def missing_of_notice(notice: ClubNotice) -> list[str]:
    """What keeps a notice of a club from being sent; of a change and of an end the form asks nothing more."""
    if notice.kind != NoticeKind.ENTRY:
        return []
    attached = any(not row.by_office for row in files_of(notice))
    return rules.missing_of_club(notice.content or {}, attached=attached)


def find_case(pk: UUID, *, lock: bool = False) -> Case | None:
    """A notice or an application by its key."""
    for model in (ClubNotice, StatusApplication):
        rows = model.objects.select_for_update(of=("self",)) if lock else model.objects.all()
        found: Case | None = rows.filter(pk=pk).first()
        if found is not None:
            return found
    return None


def at_office(model: type[Case]) -> QuerySet[Any]:
    """The cases of a kind that the office has, or had."""
    rows: QuerySet[Any] = model.objects.exclude(state=ProcedureState.DRAFT)
    return rows.select_related("unit__organisation").order_by("due_on", "pk")


def waiting(model: type[Case]) -> QuerySet[Any]:
    """What waits for the office."""
    rows: QuerySet[Any] = at_office(model).filter(state=ProcedureState.SENT)
    return rows


def cases_of_unit() -> list[Case]:
    """Every case of the unit that looks, the newest first."""
    rows: list[Case] = [
        *ClubNotice.objects.order_by("-made_at", "-pk"),
        *StatusApplication.objects.order_by("-made_at", "-pk"),
    ]
    return sorted(rows, key=lambda row: row.made_at, reverse=True)


def letters() -> QuerySet[Any]:
    rows: QuerySet[Any] = SupervisionLetter.objects.select_related("addressee__organisation")
    versions = EntryVersion.public.filter(entry=OuterRef("entry")).order_by("-since")
    return rows.annotate(name=Subquery(versions.values("name")[:1])).order_by("-made_on", "-pk")


def letters_of(entry: RegisterEntry) -> list[SupervisionLetter]:
    return list(letters().filter(entry=entry))


def overdue(today: date) -> Q:
    """Letters whose term passed without an answer: a ground for the loss of status (art. 6 ust. 1a)."""
    return Q(state=LetterState.SENT, due_on__lt=today)


def is_ground(letter: SupervisionLetter, today: date) -> bool:
    """Whether a letter had no effect in its term (art. 6 ust. 1a)."""
    late = letter.state == LetterState.SENT and letter.due_on is not None and letter.due_on < today
    return letter.heeded is False or late


def cases_at_office(unit_id: UUID) -> list[Case]:
    """What the unit of an entry has sent and the office has not decided."""
    open_now = (ProcedureState.SENT, ProcedureState.TO_COMPLETE)
    return [
        *ClubNotice.objects.filter(unit=unit_id, state__in=open_now).order_by("due_on", "pk"),
        *StatusApplication.objects.filter(unit=unit_id, state__in=open_now).order_by("due_on", "pk"),
    ]


def name_of_entry(entry_id: UUID) -> str:
    """What the register calls an entry now; a unit reads it as everybody does."""
    rows = EntryVersion.public.filter(entry=entry_id).order_by("-since")
    return str(rows.values_list("name", flat=True).first() or "")


def _of(case: Case) -> Q:
    return Q(notice=case) if isinstance(case, ClubNotice) else Q(application=case)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A year of a prolongation: how its report stands at the office, or nothing when none is there."""

    year: int
    state: str

    @property
    def words(self) -> str:
        return self.state or "nie ma w programie"


_AT_OFFICE: Final[Mapping[str, str]] = {
    VersionState.SUBMITTED: str(ReportState.SUBMITTED.label),
    VersionState.RETURNED: str(ReportState.RETURNED.label),
    VersionState.ACCEPTED: str(ReportState.ACCEPTED.label),
}


def reports_of(application: StatusApplication, today: date) -> list[LookedAt]:
    """The three years that a prolongation looks at, each with what the office has of it (art. 5a)."""
    years = rules.years_looked_at(today)
    own = RegisterEntry.objects.filter(of_unit(application.unit_id) | Q(pk=application.entry))
    papers = YearReport.objects.filter(entry__in=own, year__in=years).values("outside")
    outside = OutsideReport.objects.filter(pk__in=papers).order_by("year")
    states = {row.year: str(row.get_state_display()) for row in outside}
    # What was taken back did not come, and of the rest the newest counts.
    sent = ReportVersion.objects.filter(unit=application.unit_id, year__in=years)
    sent = sent.exclude(state=VersionState.WITHDRAWN).order_by("year", "number")
    states |= {year: _AT_OFFICE[state] for year, state in sent.values_list("year", "state")}
    return [LookedAt(year, states.get(year, "")) for year in years]
