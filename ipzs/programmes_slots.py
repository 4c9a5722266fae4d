"""What programmes ask before the first day, and what they follow in the room below."""

from uuid import UUID

from ipzs.queries import programmes as queries
from ipzs.services import programmes as services
from participants.models import Participation
from reintegration.core import slots


def step_words(file: Participation, step: UUID) -> str:
    """What a step of the programme says, for whoever asks somebody outside for help with it."""
    return queries.step_words(file.pk, str(step))


slots.fill("participants.entry_conditions", queries.entry_obstacles, order=10)
slots.fill("participants.first_day", queries.first_day)
slots.fill("participants.decided_end", queries.decided_end_of)
slots.fill("participants.agreement_answered", services.answered)
slots.fill("participants.periods_planned", services.periods_planned)
slots.fill("participants.ended", services.file_ended)
slots.fill("participants.reopened", services.file_reopened)
slots.fill("participants.request_words", step_words)
