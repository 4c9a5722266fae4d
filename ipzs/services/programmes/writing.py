"""Writing a programme: the draft, its content, the annex, and the version that answers remarks."""

from datetime import date
from uuid import UUID

from ipzs.enums import ProgrammeKind, ProgrammeState, Side, VersionState
from ipzs.models import Programme, ProgrammeVersion
from ipzs.programme_paper import content_of
from ipzs.programmes_papers import SERIES_OF
from ipzs.rules import changes as change_rules
from ipzs.rules import content as rules
from ipzs.rules import programmes as programme_rules
from ipzs.services.catalogue import ensure_catalogue
from ipzs.services.programmes.common import (
    PREPARED,
    last_planned,
    locked_programme,
    locked_version,
    newest_version,
    open_file,
    paper,
    planned_periods,
    refuse,
    refuse_decided,
    refuse_live,
    version_in_force,
)
from ipzs.transitions.programmes import OfProgramme, OfVersion, passed, refuse_state
from participants.enums import AgreementState
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.rules.stages import last_day
from participants.services.participations.agreements import drop_asked, newest_agreement
from participants.services.participations.common import (
    actor,
    locked_open,
    not_in_future,
    stored,
    trial_reading,
    unit_type,
)
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.documents.numbers import next_number

KINDS = {
    UnitType.CIS: (ProgrammeKind.IPZS,),
    UnitType.KIS: (ProgrammeKind.INTERNAL_CONTRACT, ProgrammeKind.SOCIAL_CONTRACT),
}
CHANGED = "Ktoś zmienił tę wersję w międzyczasie. Odśwież stronę."


def draft_programme(*, participation_id: UUID, kind: str | None = None) -> ProgrammeVersion:
    """Begin a programme, in a KIS a contract, with its first version to be written."""
    file = locked_open(participation_id)
    here = unit_type()
    chosen = ProgrammeKind(kind) if kind is not None else KINDS[here][0]
    if chosen not in KINDS[here]:
        raise InputError("Tego rodzaju nie pisze się w tej jednostce.", field="kind")
    refuse_live(file)
    ensure_catalogue()
    programme = stored(
        Programme(
            participation=file,
            person_id=file.person_id,
            kind=chosen,
            number=next_number(SERIES_OF[chosen], on=clock.today()),
            made_by_id=actor(),
            made_at=clock.now(),
        )
    )
    return _version(programme, 1, rules.to_dict(first_content(file, chosen)))


def first_content(file: Participation, kind: str) -> rules.Content:
    """What is known before anybody writes: who leads the case."""
    leader = file.case_manager
    known = (
        ()
        if leader is None
        else (
            rules.Responsible(str(leader.pk), leader.get_full_name(), "prowadzi i łączy wszystkie działania"),
        )
    )
    return rules.Content(rules.Face(kind), responsible=known)


def save_content(*, version_id: UUID, content: rules.Content, revision: int) -> ProgrammeVersion:
    """Store what was written; a draft may lack anything."""
    programme, version = locked_version(version_id)
    open_file(programme)
    if version.state != VersionState.DRAFT:
        state = version.get_state_display()
        raise InputError(f"Pisze się tylko szkic. Ta wersja ma stan „{state}”.")
    if version.revision != revision:
        raise InputError(CHANGED)
    if content.face != programme.kind:
        raise ValueError("A version keeps the face of its programme.")
    version.content = rules.to_dict(content)
    version.since, version.until = content.since, content.until
    version.revision += 1
    return stored(version)


def make_ready(*, version_id: UUID) -> ProgrammeVersion:
    """Close the draft for signing; what it lacks is named."""
    programme, version = locked_version(version_id)
    file = open_file(programme)
    refuse(obstacles(programme, version, file))
    passed(version, OfVersion.MAKE_READY)
    return version


def obstacles(programme: Programme, version: ProgrammeVersion, file: Participation) -> list[str]:
    """What keeps a draft from being signed, in sentences."""
    content = content_of(version, programme.kind)
    found = [gap.sentence for gap in programme_rules.gaps(content)]
    old = version_in_force(programme)
    if old is not None:
        found += change_rules.annex_problems(
            change_rules.changes(content_of(old, programme.kind), content),
            asked_by=programme_rules.Side(version.motion_by) if version.motion_by else None,
            asked_on=version.motion_on,
            # An annex repeats the first day of the programme and changes what comes.
            since=None,
        )
        found += _against_running(programme, content, last_planned(planned_periods(file)))
    if content.since is not None and content.since < file.opened_on:
        opened = format_table_date(file.opened_on)
        found.append(f"Sprawę otwarto {opened}. {paper(unit_type())} nie może zacząć się wcześniej.")
    longest = _longest(file, content)
    if longest is not None and content.until is not None and content.until > longest:
        day = format_table_date(longest)
        found.append(f"Program w Centrum trwa najdłużej do {day}: 1, 11 i 12 miesięcy. (art. 15)")
    return found


def _against_running(programme: Programme, content: rules.Content, planned: date | None) -> list[str]:
    """What an annex may not change: the first day, and the days on which the person still takes part."""
    found = []
    if programme.since is not None and content.since != programme.since:
        day = format_table_date(programme.since)
        found.append(f"Program zaczął się {day}. Aneks nie zmienia pierwszego dnia.")
    if planned is not None and content.until is not None and content.until < planned:
        day = format_table_date(planned)
        found.append(f"Uczestnictwo trwa do {day}. Program nie może skończyć się wcześniej.")
    return found


def _longest(file: Participation, content: rules.Content) -> date | None:
    """The last day that the law allows in a CIS; a KIS agrees on the length with everybody."""
    if unit_type() is UnitType.KIS or content.since is None:
        return None
    reading = trial_reading(content.since)
    latest = programme_rules.latest_day(planned_periods(file), reading)
    return latest or last_day(content.since, programme_rules.LONGEST_MONTHS, reading)


def back_to_draft(*, version_id: UUID) -> ProgrammeVersion:
    """Open a version that waits for signatures for writing again."""
    programme, version = locked_version(version_id)
    open_file(programme)
    passed(version, OfVersion.TAKE_BACK)
    return version


def draft_annex(
    *, programme_id: UUID, motion_by: str, motion_on: date, motion_reason: str = ""
) -> ProgrammeVersion:
    """The next version of a running programme, on motion of either side (art. 13 ust. 3)."""
    programme = locked_programme(programme_id)
    open_file(programme)
    if programme.state != ProgrammeState.RUNNING:
        raise InputError(f"Aneks zmienia program, który trwa. Ten ma stan „{programme.get_state_display()}”.")
    if programme.work_since is not None:
        raise InputError("Ta osoba podjęła już pracę. Program się kończy i nie zmienia się go.")
    refuse_decided(programme)
    not_in_future(motion_on, field="motion_on")
    if programme.since is not None and motion_on < programme.since:
        since = format_table_date(programme.since)
        raise InputError(f"Program zaczął się {since}. Wniosek o zmianę jest późniejszy.", field="motion_on")
    _refuse_second(programme)
    old = version_in_force(programme)
    if old is None:
        raise InputError("Nie ma wersji, która obowiązuje.")
    return _version(
        programme,
        newest_version(programme).number + 1,
        old.content,
        motion_by=Side(motion_by),
        motion_on=motion_on,
        motion_reason=motion_reason.strip(),
    )


def revise(*, programme_id: UUID) -> ProgrammeVersion:
    """The next version of a programme that OPS sent back with remarks, or that was laid aside."""
    programme = locked_programme(programme_id)
    open_file(programme)
    if programme.state != ProgrammeState.PREPARED:
        raise InputError("Ten program już obowiązuje. Zmienia go aneks.")
    _refuse_second(programme)
    before = newest_version(programme)
    return _version(
        programme,
        before.number + 1,
        before.content,
        motion_by=Side.UNIT,
        motion_on=clock.today(),
        motion_reason=before.remarks,
    )


def discard(*, version_id: UUID) -> ProgrammeVersion:
    """Lay a version aside that does not hold yet; what it would have replaced stays."""
    programme, version = locked_version(version_id)
    refuse_state(version, OfVersion.DISCARD)
    if version.agreement_id is not None:
        asked = newest_agreement(open_file(programme))
        if asked is not None and asked.state == AgreementState.AGREED:
            raise InputError("OPS uzgodnił już tę wersję. Zaraz zacznie obowiązywać, a zmieni ją aneks.")
    passed(version, OfVersion.DISCARD)
    kept = ProgrammeVersion.objects.filter(programme=programme).exclude(state=VersionState.DISCARDED)
    if programme.state == ProgrammeState.PREPARED and not kept.exists():
        passed(programme, OfProgramme.DROP)
    if version.agreement_id is not None:
        drop_asked(open_file(programme))
    return version


def _refuse_second(programme: Programme) -> None:
    if ProgrammeVersion.objects.filter(programme=programme, state__in=PREPARED).exists():
        raise InputError("Zmiana tego programu jest już przygotowywana.")


def _version(programme: Programme, number: int, content: object, **given: object) -> ProgrammeVersion:
    made = ProgrammeVersion(
        programme=programme,
        person_id=programme.person_id,
        number=number,
        content=content,
        made_by_id=actor(),
        made_at=clock.now(),
        **given,
    )
    if isinstance(content, dict):
        read = rules.from_dict(content)
        made.since, made.until = read.since, read.until
    return stored(made)
