"""What the screens of files read: the list, one file, its timeline, and what is to be agreed to."""

from participants.queries.participations.agreements import (
    agreements_of,
    answered_before,
    asked_of_body,
    bodies,
    programme_of,
)
from participants.queries.participations.file import FilePage, earlier_of, file_page
from participants.queries.participations.list import (
    IN_CARE,
    agreement_late,
    asked_partners,
    asked_terms,
    colleagues,
    days_without_contact,
    in_care,
    leaders,
    led_by,
    list_page,
    not_agreed,
    of_group,
    terms,
    unsigned,
    without_contact,
)
from participants.queries.participations.stage import BADGES, end_label, stage_of, with_stage
from participants.queries.participations.timeline import timeline

__all__ = [
    "BADGES",
    "IN_CARE",
    "FilePage",
    "agreement_late",
    "agreements_of",
    "answered_before",
    "asked_of_body",
    "asked_partners",
    "asked_terms",
    "bodies",
    "colleagues",
    "days_without_contact",
    "earlier_of",
    "end_label",
    "file_page",
    "in_care",
    "leaders",
    "led_by",
    "list_page",
    "not_agreed",
    "of_group",
    "programme_of",
    "stage_of",
    "terms",
    "timeline",
    "unsigned",
    "with_stage",
    "without_contact",
]
