"""What can be made to happen with files: opening, periods, end, team, and the agreement of the programme.

Everything runs in a unit's scope, whose transaction is the request's own; only `answer_agreement` also
runs in the scope of the body that was asked. A refusal is an `InputError` with a Polish sentence.
"""

from participants.services.participations.agreements import (
    answer_agreement,
    ask_agreement,
    entry_obstacles,
    newest_agreement,
    record_answer,
    sign_programme,
)
from participants.services.participations.ends import (
    correct_end,
    end_participation,
    note_certificate,
    reopen,
)
from participants.services.participations.files import (
    assign_case_manager,
    open_participation,
    touch_contact,
)
from participants.services.participations.intake_settings import set_intake_settings
from participants.services.participations.periods import extend, qualify, set_periods, start_trial
from participants.services.participations.team import HandedOver, add_team_member, end_team_member, hand_over
from participants.services.participations.walls import elsewhere

__all__ = [
    "HandedOver",
    "add_team_member",
    "answer_agreement",
    "ask_agreement",
    "assign_case_manager",
    "correct_end",
    "elsewhere",
    "end_participation",
    "end_team_member",
    "entry_obstacles",
    "extend",
    "hand_over",
    "newest_agreement",
    "note_certificate",
    "open_participation",
    "qualify",
    "record_answer",
    "reopen",
    "set_intake_settings",
    "set_periods",
    "sign_programme",
    "start_trial",
    "touch_contact",
]
