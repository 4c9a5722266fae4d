"""Work of this room that is done in the background."""

from typing import Any
from uuid import UUID

from benefits.services import statements
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work


@job_handler(statements.WORK, title="Rozliczenia dla osób")
def make_statement(work: Work) -> dict[str, Any]:
    """One paper; whoever was erased meanwhile has none."""
    made = statements.issue(statement_id=UUID(work.payload["statement"]))
    return {"paper": str(made.pk)} if made is not None else {}
