"""Units, welfare centres and offices of a synthetic country, and who works there."""

from functools import cache
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import make_password

from reintegration.accounts.demo import app_of
from reintegration.accounts.models import User
from reintegration.administration.demo_data import PASSWORD
from reintegration.administration.generation.country import Country, UnitPlan
from reintegration.administration.generation.steps import Phase, Work, generate_step
from reintegration.tenancy.enums import BODY_ROLES, ROLES_OF_KIND, UNIT_ROLES, Role, Voivodeship
from reintegration.tenancy.models import (
    Founder,
    Membership,
    Organisation,
    ReferringBody,
    Site,
    StaffMember,
    Unit,
    UnitAccount,
    UnitCalendar,
    VoivodeOffice,
)
from reintegration.tenancy.scope import OPERATOR_ID

# The bank with the number zero does not exist; the check digits are right.
ACCOUNT: Final = "54000000000000000000001234"
FOUNDERS: Final = ("ngo", "local_government", "cooperative", "church")
NAMES: Final = {
    Role.MANAGER: ("Ewa", "Kierowniczka"),
    Role.SOCIAL_WORKER: ("Anna", "Socjalna"),
    Role.CASE_MANAGER: ("Jan", "Opiekun"),
    Role.INSTRUCTOR: ("Tomasz", "Instruktor"),
    Role.SPECIALIST: ("Beata", "Doradcza"),
    Role.ACCOUNTANT: ("Celina", "Księgowa"),
    Role.OFFICE: ("Rafał", "Biurowy"),
    Role.BODY_WORKER: ("Zofia", "Kierująca"),
    Role.BODY_HEAD: ("Paweł", "Uzgadniający"),
    Role.REGISTRAR: ("Maria", "Rejestrowa"),
    Role.INSPECTOR: ("Stefan", "Kontrolny"),
    Role.OPERATOR: ("Oskar", "Operatorski"),
}
STAFF: Final = (
    (Role.MANAGER, "manager", "employment", 1),
    (Role.SOCIAL_WORKER, "social_worker", "employment", 1),
    (Role.INSTRUCTOR, "instructor", "employment", 1),
    (Role.ACCOUNTANT, "finance", "employment", "0.5"),
)


def email_of(place: str, role: str) -> str:
    return f"{role}@{place}.example"


@generate_step("organisations", phase=Phase.COUNTRY, order=10)
def organisations(work: Work) -> None:
    country = work.country
    for voivodeship in country.voivodeships():
        _office(work, voivodeship)
    for unit in country.plans():
        _unit(work, unit)
    _person(work, "operator", OPERATOR_ID, Role.OPERATOR, country.user("operator"))


def _organisation(country: Country, key: UUID, **given: str) -> Organisation:
    return Organisation(
        pk=key, opened_on=country.opened_on, street="ul. Wymyślona 1", postcode="00-001", **given
    )


def _office(work: Work, voivodeship: str) -> None:
    country, key = work.country, work.country.office(voivodeship)
    name = f"Urząd Wojewódzki – {Voivodeship(voivodeship).label}"
    work.put(
        _organisation(
            country, key, kind="voivode_office", name=name, short_name=name[:60], voivodeship=voivodeship,
            town="Wymysłów",
        ),
        VoivodeOffice(organisation_id=key, voivodeship=voivodeship),
    )  # fmt: skip
    place = f"urzad-{voivodeship}"
    _person(work, place, key, Role.REGISTRAR, country.user("office", voivodeship))
    _person(work, place, key, Role.INSPECTOR, country.user("inspector", voivodeship))


def _unit(work: Work, unit: UnitPlan) -> None:
    country = work.country
    where = {"voivodeship": unit.voivodeship, "town": unit.town}
    long_name = "Centrum" if unit.is_cis else "Klub"
    founder = Founder(
        pk=unit.key("founder"), name=f"Podmiot Wymyślony {unit.number}", town=unit.town,
        kind=FOUNDERS[unit.number % len(FOUNDERS)],
    )  # fmt: skip
    work.put(
        founder,
        _organisation(
            country, unit.id, kind="unit", short_name=unit.short_name,
            name=f"{long_name} Integracji Społecznej „Wymyślony {unit.number}”", **where,
        ),
        Unit(organisation_id=unit.id, unit_type=unit.type, founder=founder),
    )  # fmt: skip
    name = f"Ośrodek Pomocy Społecznej {unit.town} {unit.number}"
    work.put(
        _organisation(
            country, unit.body, kind="referring_body", name=name, short_name=unit.body_name, **where
        ),
        ReferringBody(organisation_id=unit.body, body_type="OPS"),
    )
    # In an order, so that each time they get the same keys.
    for role in sorted(UNIT_ROLES):
        _person(work, f"{unit.type.lower()}{unit.number}", unit.id, role, unit.user(role))
    for role in sorted(BODY_ROLES):
        _person(work, f"ops{unit.number}", unit.body, role, unit.user(role))


def _person(work: Work, place: str, organisation: UUID, role: Role, key: UUID) -> None:
    first_name, last_name = NAMES[role]
    user = User(
        pk=key, email=email_of(place, role), first_name=first_name, last_name=last_name, password=_password()
    )
    kind = next(one for one, roles in ROLES_OF_KIND.items() if role in roles)
    work.put(
        user,
        app_of(user),
        Membership(
            id=work.keys(), user_id=key, organisation_id=organisation, kind=kind, role=role,
            since=work.country.opened_on,
        ),
    )  # fmt: skip


@cache
def _password() -> str:
    """Hashed once: it is the same for all of them, and no secret."""
    return make_password(PASSWORD)


@generate_step("sites and staff", phase=Phase.UNIT, order=10)
def sites_and_staff(work: Work) -> None:
    unit, since = work.unit, work.country.opened_on
    work.put(
        work.new(
            Site, name="Siedziba", street="ul. Wymyślona 1", postcode="00-001", town=unit.town,
            opened_on=since,
        ),
        work.new(UnitCalendar, since=since, weekdays=[1, 2, 3, 4, 5]),
        work.new(UnitAccount, since=since, number=ACCOUNT, bank="Bank Wymyślony"),
    )  # fmt: skip
    work.put(
        *(
            work.new(
                StaffMember, first_name=NAMES[role][0], last_name=NAMES[role][1], kind=kind, basis=basis,
                fte=fte, since=since, user_id=unit.user(role), person_key=unit.user(role),
            )
            for role, kind, basis, fte in STAFF
        )
    )  # fmt: skip
