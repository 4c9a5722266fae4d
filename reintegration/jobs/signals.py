"""What this room tells the rooms above it."""

from django.dispatch import Signal

# A job was given up after its last attempt; sent in the operator's scope, with `job`.
job_parked = Signal()
# Somebody decided about a parked job: it runs again, or is cancelled; sent in that person's scope.
job_taken_up = Signal()
# The last job of a batch has ended; sent in the scope of its organisation, with `job`, that last one.
batch_ended = Signal()
