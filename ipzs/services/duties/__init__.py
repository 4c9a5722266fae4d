"""What can be made to happen with duties: entries, things handed out, the unit's rules, accidents.

Everything runs in the unit's scope, whose transaction is the request's own. A refusal is an `InputError`
with a Polish sentence.
"""

from ipzs.services.duties.accidents import (
    AccidentData,
    change_accident,
    confirm_accident,
    examine_accident,
    reopen_accident,
    report_accident,
    send_accident,
)
from ipzs.services.duties.items import ItemData, issue_items, remove_item, return_item
from ipzs.services.duties.records import (
    DutyData,
    RecordedMany,
    change_duty,
    record_duty,
    record_for_many,
    remove_duty,
)
from ipzs.services.duties.rules import RuleData, built_in, rules, set_rules

__all__ = [
    "AccidentData",
    "DutyData",
    "ItemData",
    "RecordedMany",
    "RuleData",
    "built_in",
    "change_accident",
    "change_duty",
    "confirm_accident",
    "examine_accident",
    "issue_items",
    "record_duty",
    "record_for_many",
    "remove_duty",
    "remove_item",
    "reopen_accident",
    "report_accident",
    "return_item",
    "rules",
    "send_accident",
    "set_rules",
]
