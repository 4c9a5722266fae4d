"""A program that reads the payroll lists of every centre of the large demo."""

from datetime import timedelta
from typing import Final

from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import id_of
from reintegration.api.models import Token
from reintegration.api.perms import ME
from reintegration.api.services import make_token
from reintegration.core import clock
from reintegration.core.demo import demo_step
from reintegration.tenancy.scope import scope

# The room of the payroll is above this one.
READS: Final = (ME.name, "benefits.list.show")


@demo_step("a token of every centre", order=13, large=True)
def load_tokens() -> None:
    for unit in country.UNITS:
        if not unit.is_cis or Token.objects.filter(organisation=id_of(unit.key)).exists():
            continue
        owner, today = unit.user("manager").pk, clock.today()
        with scope(organisation_id=id_of(unit.key), user_id=owner, source="demo"):  # type: ignore[arg-type]
            make_token(
                name="Program księgowy",
                owner_id=owner,
                actions=READS,
                expires_on=today + timedelta(days=200),
                today=today,
            )
