"""What is to be agreed to: of one file for the unit, and of all units for the body that was asked."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from participants.enums import AgreementState
from participants.models import Agreement, Participation
from reintegration.documents.models import StoredFile
from reintegration.tenancy.enums import BodyType, OrganisationKind
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

# Art. 12 ust. 4: the head of the welfare centre agrees, or of the centre of services that does its work.
AGREEING = (BodyType.OPS, BodyType.CUS)


def agreements_of(file: Participation) -> QuerySet[Agreement]:
    """All versions of one file, the newest first."""
    rows: QuerySet[Agreement] = Agreement.objects.filter(participation=file).order_by("-version")
    return rows


def answered_before(agreement: Agreement) -> QuerySet[Agreement]:
    """Earlier versions that the same body has answered, the newest first: what it said then."""
    rows: QuerySet[Agreement] = Agreement.objects.filter(
        participation_id=agreement.participation_id,
        sender_id=agreement.sender_id,
        body_name=agreement.body_name,
        version__lt=agreement.version,
        answered_at__isnull=False,
    )
    return rows.order_by("-version")


def asked_of_body() -> QuerySet[Agreement]:
    """What the current body was asked to agree to; what waits comes first, the oldest term on top."""
    rows: QuerySet[Agreement] = Agreement.objects.filter(sender=current_scope().organisation_id)
    waiting = Case(
        When(state=AgreementState.ASKED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.select_related("unit__organisation").annotate(turn=waiting).order_by("turn", "due_on", "pk")


def programme_of(agreement: Agreement) -> StoredFile | None:
    """The programme's file for the body that may read it."""
    found: StoredFile | None = StoredFile.brought.filter(
        pk=agreement.stored_file, erased_at__isnull=True
    ).first()
    return found


def bodies() -> QuerySet[Organisation]:
    """Welfare centres of the unit's voivodeship that work in this program."""
    here = Organisation.objects.filter(pk=current_scope().organisation_id).values("voivodeship")
    return Organisation.objects.filter(
        Q(closed_on__isnull=True),
        kind=OrganisationKind.REFERRING_BODY,
        referringbody__body_type__in=AGREEING,
        voivodeship__in=here,
    ).order_by("name_order", "pk")
