"""Work of this room that is done in the background."""

from typing import Any
from uuid import UUID

from benefits.services import health, statements, tax
from reintegration.core.errors import InputError
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation


@job_handler(statements.WORK, title="Rozliczenia dla osób")
def make_statement(work: Work) -> dict[str, Any]:
    """One paper; whoever was erased meanwhile has none."""
    made = statements.issue(statement_id=UUID(work.payload["statement"]))
    return {"paper": str(made.pk)} if made is not None else {}


@job_handler("benefits.health_daily", title="Zgłoszenia zdrowotne po zmianach programów", in_steps=True)
def follow_programmes(work: Work) -> dict[str, Any]:
    """Let what each OPS was told follow programmes that ended or grew longer."""
    with work.step():
        rows = Organisation.objects.filter(kind=OrganisationKind.UNIT, closed_on=None)
        units = list(rows.order_by("pk").values_list("pk", flat=True))
    changed = 0
    for unit_id in units:
        with work.step(unit_id):
            changed += health.bring_up_to_date()
    return {"changed": changed}


@job_handler(tax.WORK, title="PIT-11 dla osób")
def make_tax_slip(work: Work) -> dict[str, Any]:
    """The year's information of one person; what is missing meanwhile stands on the list of the year."""
    try:
        made = tax.issue(person_id=UUID(work.payload["person"]), year=int(work.payload["year"]))
    except InputError:
        return {}
    return {"slip": str(made.pk)}
