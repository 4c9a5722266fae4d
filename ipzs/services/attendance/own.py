"""What a unit says of itself: reasons that excuse, meals that differ from the marks, its settings."""

from datetime import date
from typing import Any
from uuid import UUID

from ipzs.enums import PayRule
from ipzs.models import AttendanceSettings, DayMark, ExcuseReason, MealCount
from ipzs.services.attendance.common import refuse_closed
from participants.services.participations.common import stored
from reintegration.core.errors import InputError
from reintegration.core.text import clean


def save_excuse(
    *,
    excuse_id: UUID | None = None,
    name: str,
    pay_rule: str = PayRule.FULL,
    paper: str = "",
    active: bool = True,
) -> ExcuseReason:
    """Add a reason to the unit's list, or change it; one that was used is put aside, never removed."""
    rows = ExcuseReason.objects.select_for_update(of=("self",))
    row: ExcuseReason = rows.get(pk=excuse_id) if excuse_id else ExcuseReason()
    if excuse_id and pay_rule != row.pay_rule and DayMark.objects.filter(excuse=row).exists():
        # The days that are marked with it would be paid otherwise than when they were.
        raise InputError(
            "Ten powód stoi już przy czyjejś nieobecności. Wyłącz go i dodaj nowy z inną zasadą.",
            field="pay_rule",
        )
    row.name, row.pay_rule, row.paper, row.active = clean(name), pay_rule, clean(paper), active
    return stored(row)


def set_meals(*, day: date, extra: int, reason: str = "") -> MealCount | None:
    """Note how many meals more or fewer were given out than there were people; 0 takes the note away."""
    refuse_closed([day])
    standing = MealCount.objects.select_for_update(of=("self",)).filter(day=day).first()
    if extra == 0:
        if standing is not None:
            standing.delete()
        return None
    said = clean(reason)
    if not said:
        raise InputError("Napisz, skąd różnica: goście, ktoś wyszedł wcześniej, dokładka.", field="reason")
    row: MealCount = standing or MealCount(day=day)
    row.extra, row.reason = extra, said
    return stored(row)


def save_settings(**values: Any) -> AttendanceSettings:
    """Change what the unit set for itself about marking days."""
    row: AttendanceSettings = (
        AttendanceSettings.objects.select_for_update(of=("self",)).first() or AttendanceSettings()
    )
    for name, value in values.items():
        setattr(row, name, value)
    return stored(row)
