"""Practice at employers, and the practical skills that a person has shown (WKS-06, WKS-12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from ipzs.models import Placement, PracticalSkill, Workshop
from ipzs.services.attendance.common import LEAST_HOURS, own_settings
from participants.models import Participation
from participants.services.participations.common import actor, not_in_future, stored
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date


@dataclass(frozen=True, slots=True)
class PlacementData:
    """A practice, as its form asks for it."""

    employer: str
    agreement_number: str
    agreement_on: date
    since: date
    until: date
    # 1 is Monday, as ISO 8601 has it.
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    # How long a day is, where nobody knows from when to when.
    hours: Decimal | None = None
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    tutor: str = ""
    tasks: str = ""


def save_placement(
    *, data: PlacementData, participation_id: UUID | None = None, placement_id: UUID | None = None
) -> Placement:
    """Write down a practice at an employer, or change one."""
    if placement_id is not None:
        row: Placement = Placement.objects.select_for_update(of=("self",)).get(pk=placement_id)
        case: Participation = Participation.objects.get(pk=row.participation_id)
    else:
        case = Participation.objects.get(pk=participation_id)
        row = Placement(participation=case, person_id=case.person_id)
    if data.until < data.since:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="until")
    if data.since < case.opened_on:
        opened = format_table_date(case.opened_on)
        raise InputError(f"Sprawę otwarto {opened}. Wpisz ten dzień albo późniejszy.", field="since")
    if case.ended_on is not None and data.until > case.ended_on:
        ended = format_table_date(case.ended_on)
        raise InputError(f"Sprawę zakończono {ended}. Wpisz ten dzień albo wcześniejszy.", field="until")
    if data.agreement_on > data.since:
        raise InputError(
            "Porozumienie z pracodawcą jest przed praktyką. Wpisz wcześniejszy dzień.", field="agreement_on"
        )
    row.employer, row.place, row.tutor, row.tasks = data.employer, data.place, data.tutor, data.tasks
    row.agreement_number, row.agreement_on = data.agreement_number, data.agreement_on
    row.since, row.until = data.since, data.until
    row.weekdays = sorted(set(data.weekdays))
    row.begins, row.ends, row.hours = data.begins, data.ends, _day_of(data)
    return stored(row)


def _day_of(data: PlacementData) -> Decimal:
    """How long a day at the employer's is: between its hours, or as it was written."""
    if not data.weekdays:
        raise InputError("Zaznacz przynajmniej jeden dzień tygodnia.", field="weekdays")
    if data.begins is not None and data.ends is not None:
        if data.ends <= data.begins:
            raise InputError("Koniec jest po początku, tego samego dnia.", field="ends")
        minutes = (data.ends.hour - data.begins.hour) * 60 + data.ends.minute - data.begins.minute
        return max(round(Decimal(minutes) / 60, 2), LEAST_HOURS)
    if data.begins is not None or data.ends is not None:
        missing = "ends" if data.ends is None else "begins"
        raise InputError("Wpisz obie godziny albo zostaw obie puste.", field=missing)
    return own_settings().day_hours if data.hours is None else data.hours


def confirm_skills(
    *, participation_id: UUID, names: Iterable[str], acquired_on: date, workshop_id: UUID | None = None
) -> list[PracticalSkill]:
    """Confirm what somebody can do now; who confirms it is who signs in."""
    case: Participation = Participation.objects.select_for_update(of=("self",)).get(pk=participation_id)
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not wanted:
        raise InputError("Zaznacz albo wpisz przynajmniej jedną umiejętność.", field="own")
    not_in_future(acquired_on, field="acquired_on")
    if acquired_on < case.opened_on:
        opened = format_table_date(case.opened_on)
        raise InputError(f"Sprawę otwarto {opened}. Wpisz ten dzień albo późniejszy.", field="acquired_on")
    known = set(
        PracticalSkill.objects.filter(participation=case).order_by("pk").values_list("name", flat=True)
    )
    again = next((name for name in wanted if name in known), None)
    if again is not None:
        raise InputError(f"Ta umiejętność jest już zapisana: {again}.", field="own")
    workshop = Workshop.objects.get(pk=workshop_id) if workshop_id else None
    return [
        stored(
            PracticalSkill(
                participation=case,
                person_id=case.person_id,
                workshop=workshop,
                name=name,
                acquired_on=acquired_on,
                confirmed_by_id=actor(),
            )
        )
        for name in wanted
    ]


def remove_skill(*, skill_id: UUID) -> None:
    """Take back a confirmation made by mistake; the history keeps it."""
    PracticalSkill.objects.select_for_update(of=("self",)).get(pk=skill_id).delete()
