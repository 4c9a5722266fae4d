"""Early warnings on the desk: each says what to do about it."""

from typing import Final

from ipzs.rules.codes import AlertKind
from participants.perms import CASE
from reintegration.notices.enums import Urgency
from reintegration.notices.registry import TaskKind, task_kind

TALK: Final = "Zapisz kontakt"

KINDS: Final[dict[AlertKind, TaskKind]] = {
    AlertKind.EARLY_ABSENCES: task_kind(
        "ipzs.early_absences", label="Nieobecności na początku", roles=CASE, icon="phone", action=TALK
    ),
    AlertKind.THIRD_UNEXCUSED: task_kind(
        "ipzs.third_unexcused",
        label="Trzeci dzień nieusprawiedliwiony",
        roles=CASE,
        urgency=Urgency.BAD,
        icon="alert-triangle",
        action=TALK,
    ),
    AlertKind.SICK_DAYS: task_kind(
        "ipzs.sick_days", label="Długa choroba", roles=CASE, icon="stethoscope", action=TALK
    ),
    AlertKind.FEW_HOURS: task_kind(
        "ipzs.few_hours", label="Mało godzin w tygodniu", roles=CASE, icon="hourglass", action="Zobacz dni"
    ),
    AlertKind.SILENCE: task_kind(
        "ipzs.silence", label="Cisza w sprawie", roles=CASE, icon="phone", action=TALK
    ),
    AlertKind.ENDS_SOON: task_kind(
        "ipzs.ends_soon", label="Koniec programu", roles=CASE, icon="calendar-due", action="Zaplanuj"
    ),
}
