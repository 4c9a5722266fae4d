"""What can be made to happen with diagnoses, opinions of specialists and a unit's own surveys.

Everything runs in a unit's scope, whose transaction is the request's own. A refusal is an `InputError`
with a Polish sentence.
"""

from participants.services.diagnoses.filling import (
    Unfinished,
    drop_diagnosis,
    finish_diagnosis,
    save_answers,
    start_diagnosis,
)
from participants.services.diagnoses.opinions import (
    OpinionData,
    close_opinion,
    drop_opinion,
    edit_opinion,
    open_opinion,
    sign_opinion,
    write_opinion,
)
from participants.services.diagnoses.templates import (
    copy_template,
    drop_template,
    publish_template,
    retire_template,
)

__all__ = [
    "OpinionData",
    "Unfinished",
    "close_opinion",
    "copy_template",
    "drop_diagnosis",
    "drop_opinion",
    "drop_template",
    "edit_opinion",
    "finish_diagnosis",
    "open_opinion",
    "publish_template",
    "retire_template",
    "save_answers",
    "sign_opinion",
    "start_diagnosis",
    "write_opinion",
]
