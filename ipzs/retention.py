"""What this room holds of people: it goes with the file of the person (art. 8b ust. 5, art. 18f).

Marks, hours and days say nothing about anybody once the name is gone, and stay for the statistics.
"""

from participants.services.people import merging
from reintegration.audit.retention import declare

_OF_PERSON: dict[str, tuple[str, str]] = {
    "Programme": ("end_note", "kind number state since until ended_on end_kind work_since made_at"),
    "ProgrammeVersion": (
        "content motion_reason witness remarks",
        "number state since until motion_by motion_on signed_on signed_how scan revision made_at",
    ),
    "StepResult": ("words", "step state on made_at"),
    "Evaluation": ("note", "due_on held_on result"),
    "Decision": (
        "reasons change_considered",
        "kind number state decided_on ends_on delivered_on delivered_how complained_on judged_on judgment"
        " scan made_at",
    ),
    "PeriodDecision": (
        "analysis",
        "step decided_on since until basis basis_on author told_on told_whom",
    ),
    "ExtensionMotion": (
        "analysis answer",
        "state basis asked_on until author decided_on made_at",
    ),
    "WorkshopPlace": ("", "since until"),
    "Placement": (
        "tasks place tutor",
        "employer agreement_number agreement_on since until weekdays hours begins ends",
    ),
    "PracticalSkill": ("name", "acquired_on"),
    "TimetableEntry": ("label", "purpose weekday since until begins ends"),
    "ClassPresence": ("", "day hours"),
    "SickLeave": ("note", "since until confirmed_on scan"),
    "FreeDayRequest": ("reason", "since until asked_on state decided_on"),
    "DayMark": ("reason", "day kind hours meal revision marked_at"),
    "OpeningBalance": (
        "",
        "until sick_days sick_days_extension free_days free_days_extension unexcused_in_month hours_in_month"
        " source",
    ),
    "DutyRecord": ("note done_by", "kind done_on valid_until scan"),
    "IssuedItem": ("name size", "kind quantity issued_on wear_until returned_on"),
    "Accident": (
        "place circumstances injury witnesses first_aid prevention",
        "number state happened_at protocol_on sent_on reported_on",
    ),
}
for _model, (_personal, _plain) in _OF_PERSON.items():
    declare(f"ipzs.{_model}", personal=_personal, plain=_plain, subject="person_id")
    merging.moves(f"ipzs.{_model}")

declare("ipzs.Service", plain="key name description area form dimension provider partner hours active")
declare("ipzs.Room", plain="name places active")
declare("ipzs.Workshop", plain="kind name trade employer places opened_on closed_on")
declare("ipzs.WorkshopLeader", plain="since until")
declare("ipzs.ExcuseReason", plain="key name pay_rule paper active")
declare("ipzs.TimetableFeed", plain="kind token_hash made_at revoked_at")
declare("ipzs.ClassMeeting", plain="day begins ends hours topic state cancel_reason")
declare(
    "ipzs.AttendanceMonth",
    plain="first_day state closed_at reopened_at reopen_reason closings",
)
declare("ipzs.MealCount", plain="day extra reason")
declare(
    "ipzs.AttendanceSettings",
    plain="day_hours late_days meals quiet_days ending_days sick_alert",
)
declare("ipzs.DutyRule", plain="kind effect months remind_days")
