"""What can be made to happen with programmes and contracts: writing, signing, the course, the end.

Everything runs in a unit's scope, whose transaction is the request's own; only `answered` also runs in
the scope of the body that was asked. A refusal is an `InputError` with a Polish sentence.
"""

from ipzs.services.programmes.corrections import periods_planned
from ipzs.services.programmes.course import (
    begin_contract_period,
    extend,
    hold_evaluation,
    note_told,
    plan_evaluation,
    qualify,
    record_step,
)
from ipzs.services.programmes.decisions import (
    complain,
    deliver_decision,
    draft_decision,
    edit_decision,
    issue_decision,
    judge,
    withdraw_decision,
)
from ipzs.services.programmes.ends import (
    close_decided,
    end_by_period,
    end_by_statement,
    end_by_work,
    end_of,
    end_otherwise,
    file_ended,
    file_reopened,
    finish_after_work,
)
from ipzs.services.programmes.motions import ask_extension, refuse_extension, withdraw_motion
from ipzs.services.programmes.signing import answered, enter_running, needs_agreement, settle, sign_version
from ipzs.services.programmes.writing import (
    back_to_draft,
    discard,
    draft_annex,
    draft_programme,
    make_ready,
    obstacles,
    revise,
    save_content,
)

__all__ = [
    "answered",
    "ask_extension",
    "back_to_draft",
    "begin_contract_period",
    "close_decided",
    "complain",
    "deliver_decision",
    "discard",
    "draft_annex",
    "draft_decision",
    "draft_programme",
    "edit_decision",
    "end_by_period",
    "end_by_statement",
    "end_by_work",
    "end_of",
    "end_otherwise",
    "enter_running",
    "extend",
    "file_ended",
    "file_reopened",
    "finish_after_work",
    "hold_evaluation",
    "issue_decision",
    "judge",
    "make_ready",
    "needs_agreement",
    "note_told",
    "obstacles",
    "periods_planned",
    "plan_evaluation",
    "qualify",
    "record_step",
    "refuse_extension",
    "revise",
    "save_content",
    "settle",
    "sign_version",
    "withdraw_decision",
    "withdraw_motion",
]
