"""What duties put into other rooms' screens."""

from ipzs.queries import duties as queries
from reintegration.core import slots

slots.fill("participants.entry_conditions", queries.entry_conditions, order=40)
slots.fill("participants.missing_papers", queries.missing_paper, order=40)
