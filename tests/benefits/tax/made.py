"""Lists that were paid, made by the services themselves. All names are invented."""

from datetime import date

from benefits.models import PayrollList, TaxStatement
from benefits.services import lists
from participants.models import Person
from reintegration.core.dates import Month
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope
from tests.benefits.lists import made
from tests.cast import World
from tests.ipzs.attendance.made import TODAY

NIP = "9591234567"
OFFICE = "Urząd Skarbowy w Kielcach"


def told() -> None:
    """What the year's information names of everybody."""
    for place, one in enumerate(Person.objects.order_by("pk")):
        one.document_kind, one.document_number = "identity_card", f"ABC 00000{place}"
        one.street, one.postcode, one.town = "Polna 3/4", "25-001", "Kielce"
        one.save()
    TaxStatement.objects.update(office=OFFICE)
    Organisation.objects.filter(pk=current_scope().organisation_id).update(nip=NIP)


def paid(world: World, month: Month = made.OCTOBER, *, on: date = TODAY) -> PayrollList:
    """An approved list of three that the manager says is paid."""
    row = made.approved(world, month)
    with world.scope("cis", "ewa"):
        return lists.confirm_payment(list_id=row.pk, paid_on=on, without_file=True)


def without_pit2(count: int = 1) -> None:
    """So many people pay an advance."""
    keys = TaxStatement.objects.order_by("participation__number").values_list("pk", flat=True)[:count]
    TaxStatement.objects.filter(pk__in=list(keys)).update(pit2=False, filed_on=None)


def people(world: World, *, taxed: int = 1) -> None:
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people()
        told()
        without_pit2(taxed)
