"""What programmes ask before the first day, and what they follow in the room below."""

from ipzs.queries import programmes as queries
from ipzs.services import programmes as services
from reintegration.core import slots

slots.fill("participants.entry_conditions", queries.entry_obstacles, order=10)
slots.fill("participants.first_day", queries.first_day)
slots.fill("participants.decided_end", queries.decided_end_of)
slots.fill("participants.agreement_answered", services.answered)
slots.fill("participants.periods_planned", services.periods_planned)
slots.fill("participants.ended", services.file_ended)
slots.fill("participants.reopened", services.file_reopened)
