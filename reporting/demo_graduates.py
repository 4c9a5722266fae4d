"""What became of those who left the units of the demo, and the certificates that some of them have."""

from typing import Final
from uuid import UUID

from participants.enums import EndReason
from participants.models import Participation
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import id_of
from reintegration.core.demo import demo_step
from reintegration.core.errors import InputError
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import scope
from reporting.enums import OwnMissing
from reporting.models import Outcome
from reporting.services import certificates
from reporting.services.outcomes import note_outcome, work_forms

UNITS: Final = ("nowymost", "przystan", "razem", "warsztat")
CHANGES: Final = (("motivation", "goals", "formalities"), ("ties",), ())
# Some see themselves as the unit does, some otherwise, and some did not want to say.
OWN: Final = (("goals", "self_esteem"), ("ties",), None, ("motivation", "goals"), ("communication", "ties"))


@demo_step("certificates and outcomes", order=101)
def load_outcomes() -> None:
    """Everybody who left was asked; the certificate of the last one waits for its manager."""
    for key in UNITS:
        heads = Membership.objects.filter(organisation_id=id_of(key), role=Role.MANAGER).order_by("pk")
        head = heads.values_list("user_id", flat=True).first()
        if head is None:
            continue
        with scope(organisation_id=id_of(key), user_id=head, source="demo"):
            if not Outcome.objects.exists():
                _ask()


@demo_step("outcomes of three years", order=100, large=True)
def load_years() -> None:
    """Noted when they left, for whoever left a unit of the large demo."""
    for unit in country.UNITS:
        head = unit.user("manager").pk
        with scope(organisation_id=id_of(unit.key), user_id=head, source="demo"):  # type: ignore[arg-type]
            if not Outcome.objects.exists():
                Outcome.objects.bulk_create(_noted(place, file, head) for place, file in enumerate(_left()))


def _left() -> list[Participation]:
    left = Participation.objects.filter(ended_on__isnull=False, periods__isnull=False)
    return list(left.exclude(end_reason=EndReason.DEATH).distinct().order_by("number"))


def _noted(place: int, file: Participation, by: UUID) -> Outcome:
    forms = work_forms(file.destination)
    changes, own = CHANGES[place % len(CHANGES)], OWN[place % len(OWN)]
    return Outcome(
        participation=file,
        person_id=file.person_id,
        changes=list(changes),
        reached=len(changes),
        own_changes=None if own is None else list(own),
        own_reached=None if own is None else len(own),
        own_missing="" if own is not None else OwnMissing.REFUSED,
        work=forms[0].value if forms else "",
        independent=bool(forms) if place % 2 == 0 else None,
        noted_on=file.ended_on,
        noted_by_id=by,
    )


def _ask() -> None:
    files = _left()
    for place, file in enumerate(files):
        forms = work_forms(file.destination)
        note_outcome(
            participation_id=file.pk,
            changes=CHANGES[place % len(CHANGES)],
            own_changes=OWN[place % len(OWN)],
            own_missing="" if OWN[place % len(OWN)] is not None else OwnMissing.REFUSED,
            work=forms[0].value if forms else "",
            independent=bool(forms) if place % 2 == 0 else None,
        )
    for file in files[:-1]:
        try:
            certificates.issue(participation_id=file.pk)
        except InputError:
            # It was given on paper, as the demo's file says.
            continue
