"""What can be made to happen with referrals, on both sides.

Everything runs in the transaction of its scope: the unit's, the sender's, or the unit's in the name of a
body that came by a signed link (`side`, `by_name`). A refusal is an `InputError` with a Polish sentence.
"""

from participants.services.referrals.accepting import accept
from participants.services.referrals.adding import (
    add_message,
    add_note,
    add_opinion,
    assign_worker,
    attach_file,
    enter_application,
)
from participants.services.referrals.handing import hand_to_unit
from participants.services.referrals.sending import Incomplete, gaps, send_referral
from participants.services.referrals.steps import (
    invite,
    make_obsolete,
    offer_trial,
    put_on_waiting_list,
    receive,
    refuse,
    reopen,
    return_to_sender,
    study,
    withdraw,
)

__all__ = [
    "Incomplete",
    "accept",
    "add_message",
    "add_note",
    "add_opinion",
    "assign_worker",
    "attach_file",
    "enter_application",
    "gaps",
    "hand_to_unit",
    "invite",
    "make_obsolete",
    "offer_trial",
    "put_on_waiting_list",
    "receive",
    "refuse",
    "reopen",
    "return_to_sender",
    "send_referral",
    "study",
    "withdraw",
]
