"""Who reads the months and settlements of the demo's centres from an account of their own."""

from benefits.demo_years import CENTRES
from participants.enums import LinkPurpose
from participants.models import BodyAccess
from participants.services.portal.access import open_access
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of, id_of
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import scope

UNIT, OPS = "nowymost", "ops-modrzewno"


@demo_step("what an OPS reads from its account", order=106)
def load_access() -> None:
    manager = User.objects.get(email=email_of("ewa.jarzebina", UNIT))
    with scope(organisation_id=demo_id(f"organisation:{UNIT}"), user_id=manager.pk, source="demo"):
        _open(LinkPurpose.MONTH, OPS)


@demo_step("what bodies read from their accounts of every centre", order=107, large=True)
def load_everywhere() -> None:
    for unit in CENTRES:
        with scope(organisation_id=id_of(unit.key), user_id=unit.user("manager").pk, source="demo"):  # type: ignore[arg-type]
            _open(LinkPurpose.MONTH, unit.ops)
            _open(LinkPurpose.FUND, unit.pup)


def _open(purpose: LinkPurpose, body: str) -> None:
    found = Organisation.objects.get(pk=id_of(body))
    if not BodyAccess.objects.filter(sender=found.pk, purpose=purpose).exists():
        open_access(purpose=purpose, body_id=found.pk, body_name=found.name)
