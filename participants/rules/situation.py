"""What a referral tells of a person's situation: the keys of `Referral.situation`, in one place.

The form of the referring body, the API and the unit's own form write it; taking a person in reads it.
"""

from collections.abc import Mapping
from typing import Any, Final

# Lists hold codes of participants.enums, the others hold a text or an answer.
GROUPS: Final = "groups"  # codes of Group, art. 1 ust. 2
STORY: Final = "story"
HELP: Final = "help"  # codes of IncomeKind
HELP_NOTE: Final = "help_note"
INSURED: Final = "insured"  # yes, no, unknown
INSURANCE_NOTE: Final = "insurance_note"
BARRIERS: Final = "barriers"  # codes of BarrierKind
BARRIERS_NOTE: Final = "barriers_note"
CARE: Final = "care"  # codes of BarrierKind that speak of care
CARE_NOTE: Final = "care_note"
HOPES: Final = "hopes"

LISTS: Final = (GROUPS, HELP, BARRIERS, CARE)
TEXTS: Final = (STORY, HELP_NOTE, INSURANCE_NOTE, BARRIERS_NOTE, CARE_NOTE, HOPES)
KEYS: Final = (*LISTS, INSURED, *TEXTS)
CARE_KINDS: Final = ("child_care", "elder_care", "disabled_care")


def gather(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was told, without what was left empty."""
    found: dict[str, Any] = {}
    for key in KEYS:
        value = told.get(key)
        if value:
            found[key] = sorted(str(one) for one in value) if key in LISTS else str(value)
    return found


def scatter(situation: Mapping[str, Any] | None) -> dict[str, Any]:
    """The values of a form's fields from what is stored."""
    stored = situation or {}
    return {key: stored.get(key, [] if key in LISTS else "") for key in KEYS}
