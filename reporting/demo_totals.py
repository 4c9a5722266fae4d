"""Yearly totals of the large demo, counted as the night would count them."""

from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import id_of
from reintegration.core.demo import demo_step
from reintegration.tenancy.scope import scope
from reporting.models import UnitYear
from reporting.services import rollups


@demo_step("yearly totals", order=120, large=True)
def load_totals() -> None:
    for unit in country.UNITS:
        with scope(organisation_id=id_of(unit.key), source="demo"):  # type: ignore[arg-type]
            if not UnitYear.objects.exists():
                rollups.recount_changed()
