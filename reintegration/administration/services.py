"""What can be made to happen with organisations, their members, sites and staff.

Everything here runs in a scope whose transaction is the request's own. What the models' constraints say
is asked before the row is stored, so that the answer is a sentence and not a refusal of the database.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import OperationalError, connection, models, transaction

from reintegration.accounts.models import Invitation, User
from reintegration.accounts.services import invite
from reintegration.administration.perms import LEADS
from reintegration.administration.queries import lasting
from reintegration.administration.rules import MOST_CLOSED, Held, leaves_nobody_in_charge
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.identifiers import parse_nrb
from reintegration.tenancy.enums import ROLES_OF_KIND, OrganisationKind, Role
from reintegration.tenancy.managers import claim
from reintegration.tenancy.models import (
    ClosedDay,
    Founder,
    Membership,
    Organisation,
    ReferringBody,
    Site,
    StaffMember,
    TenantRecord,
    Unit,
    UnitAccount,
    UnitCalendar,
    VoivodeOffice,
)

M = TypeVar("M", bound=models.Model)

LEAD_OF_KIND = {
    kind: next(iter(LEADS & ROLES_OF_KIND[kind]))
    for kind in OrganisationKind
}  # fmt: skip
BUSY = "Ktoś inny właśnie zmienia uprawnienia w tej organizacji. Spróbuj jeszcze raz za chwilę."


def stored(row: M) -> M:
    """Check a row against its fields and constraints, and store it."""
    if isinstance(row, TenantRecord):
        claim(row)
    row.full_clean()
    row.save()
    return row


def changed(row: M, values: Mapping[str, Any]) -> M:
    for name, value in values.items():
        setattr(row, name, value)
    return stored(row)


@contextmanager
def promptly() -> Iterator[None]:
    """Wait for a lock only for a moment.

    Every request of a member holds that member's own roles until it ends, so two people who take each
    other's role would wait for one another; here the first to lose patience is told to try again.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '800ms'")
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        raise InputError(BUSY) from error


# Organisations


def open_unit(
    *, organisation: Mapping[str, Any], unit_type: str, founder: Founder, register_number: str = ""
) -> Organisation:
    """Open a CIS or a KIS (art. 3, art. 18)."""
    made = stored(Organisation(kind=OrganisationKind.UNIT, **organisation))
    stored(Unit(organisation=made, unit_type=unit_type, founder=founder, register_number=register_number))
    return made


def open_body(*, organisation: Mapping[str, Any], body_type: str) -> Organisation:
    made = stored(Organisation(kind=OrganisationKind.REFERRING_BODY, **organisation))
    stored(ReferringBody(organisation=made, body_type=body_type))
    return made


def open_office(*, organisation: Mapping[str, Any]) -> Organisation:
    """Open a voivode's office; there is one in a voivodeship."""
    voivodeship = organisation["voivodeship"]
    if VoivodeOffice.objects.filter(voivodeship=voivodeship).exists():
        raise InputError("To województwo ma już swój urząd.", field="voivodeship")
    made = stored(Organisation(kind=OrganisationKind.VOIVODE_OFFICE, **organisation))
    stored(VoivodeOffice(organisation=made, voivodeship=voivodeship))
    return made


def make_founder(*, values: Mapping[str, Any]) -> Founder:
    return stored(Founder(**values))


def change_founder(*, founder: Founder, values: Mapping[str, Any]) -> Founder:
    return changed(founder, values)


def change_organisation(
    *,
    organisation: Organisation,
    values: Mapping[str, Any],
    founder: Founder | None = None,
    register_number: str | None = None,
    body_type: str | None = None,
) -> Organisation:
    """Change the data of an organisation and of what it is: a unit, a body or an office."""
    changed(organisation, values)
    if organisation.kind == OrganisationKind.UNIT:
        unit = Unit.objects.select_for_update(of=("self",)).get(organisation=organisation)
        unit.founder = founder or unit.founder
        unit.register_number = unit.register_number if register_number is None else register_number
        stored(unit)
    elif organisation.kind == OrganisationKind.REFERRING_BODY and body_type:
        body = ReferringBody.objects.select_for_update(of=("self",)).get(organisation=organisation)
        body.body_type = body_type
        stored(body)
    elif organisation.kind == OrganisationKind.VOIVODE_OFFICE and "voivodeship" in values:
        office = VoivodeOffice.objects.select_for_update(of=("self",)).get(organisation=organisation)
        office.voivodeship = organisation.voivodeship
        stored(office)
    return organisation


def close_organisation(*, organisation: Organisation, on: date, by: User) -> int:
    """End an organisation's work: every access and open invitation ends now. Says how many had access."""
    if organisation.kind == OrganisationKind.OPERATOR:
        raise InputError("Operatora systemu nie można zamknąć.")
    if organisation.closed_on is not None:
        raise InputError("Ta organizacja jest już zamknięta.")
    changed(organisation, {"closed_on": on})
    now = clock.now()
    with promptly():
        rows = Membership.objects.select_for_update(of=("self",)).filter(
            lasting(today=clock.today()), organisation=organisation
        )
        held = list(rows.order_by("pk"))
        for row in held:
            _end(row, by=by)
    for waiting in Invitation.objects.open().filter(organisation=organisation).order_by("pk"):
        waiting.revoked_at = now
        waiting.save(update_fields=["revoked_at"])
    return len({row.user_id for row in held})


def reopen_organisation(*, organisation: Organisation) -> Organisation:
    """Take a closing back. Accesses do not come back by themselves: people are invited anew."""
    if organisation.closed_on is None:
        raise InputError("Ta organizacja działa.")
    return changed(organisation, {"closed_on": None})


def invite_lead(*, organisation: Organisation, email: str, by: User) -> tuple[Invitation, str]:
    """Invite the person who will answer for an organisation: its manager, head or registrar."""
    if organisation.closed_on is not None:
        raise InputError("Ta organizacja jest zamknięta. Otwórz ją ponownie, zanim kogoś zaprosisz.")
    role = LEAD_OF_KIND[OrganisationKind(organisation.kind)]
    return invite(
        email=email, organisation=organisation, roles=[role], since=clock.today(), until=None, by=by
    )


def set_two_people(*, unit: Unit, only_two: bool) -> Unit:
    """Write down that two people alone work in a unit, so that one may do what asks for another."""
    if unit.only_two_people == only_two:
        raise InputError("Tak jest już zapisane.")
    return changed(unit, {"only_two_people": only_two})


# Members


def hold_organisation(organisation_id: UUID) -> None:
    """One change of roles in an organisation at a time; other rows may still refer to it."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    rows.only("pk").get(pk=organisation_id)


def _others_in_charge(row: Membership) -> list[Held]:
    leads = Membership.objects.filter(
        organisation_id=row.organisation_id, role__in=LEADS, revoked_at__isnull=True
    ).exclude(pk=row.pk)
    return [Held(since, until) for since, until in leads.order_by("pk").values_list("since", "until")]


def _refuse_own(user_id: UUID, by: User) -> None:
    if user_id == by.pk:
        raise InputError("Własnych uprawnień nie zmienisz. Poproś drugą osobę, która nadaje role.")


def _keep_somebody_in_charge(row: Membership, *, before: Held, after: Held | None) -> None:
    if row.role not in LEADS:
        return
    others = _others_in_charge(row)
    if leaves_nobody_in_charge(after=after, before=before, others=others, today=clock.today()):
        label = Role(row.role).label
        raise InputError(f"To ostatnia osoba z rolą: {label}. Najpierw nadaj tę rolę komuś innemu.")


def _end(row: Membership, *, by: User) -> None:
    row.revoked_at, row.revoked_by = clock.now(), by
    row.save(update_fields=["revoked_at", "revoked_by"])


def add_role(
    *, user: User, organisation: Organisation, role: Role, since: date, until: date | None, by: User
) -> Membership:
    """Give a member one role more."""
    _refuse_own(user.pk, by)
    if not Membership.objects.filter(user=user, organisation=organisation).exists():
        raise InputError("Tej osoby nie ma w tej organizacji. Wyślij jej zaproszenie.")
    if role not in ROLES_OF_KIND[OrganisationKind(organisation.kind)]:
        raise InputError("Tej roli nie ma w tej organizacji.", field="role")
    if until is not None and until < since:
        raise InputError("Ostatni dzień jest przed pierwszym.", field="until")
    _refuse_overlap(user_id=user.pk, organisation_id=organisation.pk, role=role, since=since, until=until)
    # The kind is written here, because it is checked before `save` fills it in.
    return stored(
        Membership(
            user=user, organisation=organisation, kind=organisation.kind, role=role, since=since, until=until
        )
    )


def _refuse_overlap(
    *,
    user_id: UUID,
    organisation_id: UUID,
    role: str,
    since: date,
    until: date | None,
    but: UUID | None = None,
) -> None:
    """The exclusion constraint of the table, said before it: a role is held once at a time."""
    rows = Membership.objects.filter(
        user_id=user_id, organisation_id=organisation_id, role=role, revoked_at__isnull=True
    ).exclude(models.Q(until__lt=since))
    if until is not None:
        rows = rows.filter(since__lte=until)
    if but is not None:
        rows = rows.exclude(pk=but)
    if rows.exists():
        raise InputError("Ta osoba ma już tę rolę w tych dniach.", field="since")


def change_role_dates(*, membership: Membership, since: date, until: date | None, by: User) -> Membership:
    """Move the first or the last day of a role."""
    _refuse_own(membership.user_id, by)
    if membership.revoked_at is not None:
        raise InputError("Ta rola jest odebrana. Nadaj ją od nowa.")
    if until is not None and until < since:
        raise InputError("Ostatni dzień jest przed pierwszym.", field="until")
    with promptly():
        hold_organisation(membership.organisation_id)
        before = Held(membership.since, membership.until)
        _keep_somebody_in_charge(membership, before=before, after=Held(since, until))
        _refuse_overlap(
            user_id=membership.user_id,
            organisation_id=membership.organisation_id,
            role=membership.role,
            since=since,
            until=until,
            but=membership.pk,
        )
        membership.since, membership.until = since, until
        membership.save(update_fields=["since", "until"])
    return membership


def revoke_role(*, membership: Membership, by: User) -> Membership:
    """Take a role away now: the person's next request is already refused."""
    _refuse_own(membership.user_id, by)
    with promptly():
        hold_organisation(membership.organisation_id)
        membership.refresh_from_db(fields=["revoked_at"])
        if membership.revoked_at is not None:
            raise InputError("Ta rola jest już odebrana.")
        if membership.until is not None and membership.until < clock.today():
            raise InputError("Ta rola już się skończyła.")
        _keep_somebody_in_charge(membership, before=Held(membership.since, membership.until), after=None)
        _end(membership, by=by)
    return membership


def revoke_member(*, user: User, organisation: Organisation, by: User) -> int:
    """Take all roles of a person in an organisation away now. Says how many there were."""
    _refuse_own(user.pk, by)
    rows = Membership.objects.filter(lasting(today=clock.today()), user=user, organisation=organisation)
    held = list(rows.order_by("pk"))
    if not held:
        raise InputError("Ta osoba nie ma już dostępu.")
    for row in held:
        revoke_role(membership=row, by=by)
    return len(held)


# Sites


def open_site(
    *, name: str, street: str, postcode: str, town: str, opened_on: date
) -> Site:  # fmt: skip
    """Add a place where the unit gives its services (art. 3 ust. 1a)."""
    return stored(Site(name=name, street=street, postcode=postcode, town=town, opened_on=opened_on))


def change_site(
    *, site: Site, name: str, street: str, postcode: str, town: str, opened_on: date
) -> Site:  # fmt: skip
    return changed(
        site,
        {"name": name, "street": street, "postcode": postcode, "town": town, "opened_on": opened_on},
    )


def close_site(*, site: Site, last_day: date | None) -> Site:
    """Say which day is the last in a place; without a day the closing is taken back."""
    return changed(site, {"closed_on": last_day})


# Staff


def add_staff_member(*, values: Mapping[str, Any]) -> StaffMember:
    return stored(StaffMember(**values))


def change_staff_member(*, member: StaffMember, values: Mapping[str, Any]) -> StaffMember:
    return changed(member, values)


def remove_staff_member(*, member: StaffMember) -> None:
    """Take out an entry made by mistake; who has left keeps the entry and gets a last day."""
    member.delete()


# Calendar


def set_weekdays(*, since: date, weekdays: Sequence[int]) -> UnitCalendar:
    """From a day on the unit has classes on these days of the week."""
    return stored(UnitCalendar(since=since, weekdays=sorted(set(weekdays))))


def remove_weekdays(*, row: UnitCalendar, today: date) -> None:
    if row.since < today:
        raise InputError("Ten układ już obowiązuje. Wpisz nowy, od innego dnia.")
    row.delete()


def close_days(*, first: date, last: date | None, reason: str) -> list[ClosedDay]:
    """Write down days without classes; each is a row, so that one can be taken back."""
    days = ((last or first) - first).days + 1
    if days < 1:
        raise InputError("Ostatni dzień jest przed pierwszym.", field="last")
    if days > MOST_CLOSED:
        raise InputError(f"Naraz zapiszesz najwyżej {MOST_CLOSED} dni. Podziel je na części.", field="last")
    wanted = [first + timedelta(days=number) for number in range(days)]
    known = set(ClosedDay.objects.filter(day__in=wanted).values_list("day", flat=True).order_by("day"))
    if known == set(wanted):
        raise InputError("Te dni są już wpisane jako dni bez zajęć.", field="day")
    return [stored(ClosedDay(day=day, reason=reason)) for day in wanted if day not in known]


def remove_closed_day(*, row: ClosedDay) -> None:
    row.delete()


# The unit's bank account


def set_account(*, number: str, bank: str, since: date, today: date) -> UnitAccount:
    """From a day on the unit pays from this account; the days behind us keep theirs."""
    if since < today:
        raise InputError("Wpisz dzisiejszy albo późniejszy dzień. Dni, które minęły, zostają.", field="since")
    return stored(UnitAccount(number=parse_nrb(number), bank=bank, since=since))


def remove_account(*, row: UnitAccount, today: date) -> None:
    if row.since < today:
        raise InputError("Z tego rachunku jednostka już płaciła. Wpisz nowy, od innego dnia.")
    row.delete()
