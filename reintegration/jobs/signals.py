"""What this room tells the rooms above it."""

from django.dispatch import Signal

# A job was given up after its last attempt; sent in the operator's scope, with `job`.
job_parked = Signal()
