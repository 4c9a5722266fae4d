"""Two voivodeships, four units of three founders, two welfare centres, and somebody in every role.

The large demo has eleven units more (`demo_country`).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import count
from zlib import crc32

from django.contrib.auth.hashers import make_password
from stdnum.pl import nip

from reintegration.accounts.demo import enrol
from reintegration.accounts.models import Invitation, User
from reintegration.accounts.services import invite
from reintegration.administration import demo_country as country
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.demo import DemoAccount, demo_accounts, demo_id, demo_step
from reintegration.documents.models import PaperSettings
from reintegration.documents.services import add_signatory, set_letterhead
from reintegration.law.demo_data import choose as choose_readings
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import (
    ClosedDay,
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
from reintegration.tenancy.scope import OPERATOR_ID, platform_scope, scope

# The same for every demo account; the second factor is what `manage.py demo_code` prints.
PASSWORD = "demo: rower w deszczu"  # noqa: S105 - a demo's password is no secret
SINCE = date(2023, 1, 1)
DAY_OFF = date(2026, 11, 12)

# key: (name, kind, town)
FOUNDERS = {
    "krok": ("Fundacja Krok", "ngo", "Modrzewno"),
    "jodlow": ("Gmina Jodłów", "local_government", "Jodłów"),
    "warta": ("Spółdzielnia Socjalna Warta", "cooperative", "Brzozowo"),
}


def _unit(unit: country.CountryUnit) -> tuple[str, ...]:
    full = "Centrum Integracji Społecznej" if unit.is_cis else "Klub Integracji Społecznej"
    return (
        "unit", unit.unit_type, unit.founder, f"{full} „{unit.name}”", unit.short_name, unit.voivodeship,
        unit.street, unit.postcode, unit.town,
    )  # fmt: skip


def _body(key: str) -> tuple[str, ...]:
    subtype, *rest = country.BODIES[key]
    return ("referring_body", subtype, "", *rest[:-2])


# key: (kind, subtype, founder, full name, short name, voivodeship, street, postcode, town)
ORGANISATIONS = {
    "nowymost": (
        "unit", "CIS", "krok", "Centrum Integracji Społecznej „Nowy Most”", "CIS „Nowy Most”",
        "06", "ul. Klonowa 4", "22-001", "Modrzewno",
    ),
    "przystan": (
        "unit", "KIS", "krok", "Klub Integracji Społecznej „Przystań”", "KIS „Przystań”",
        "06", "ul. Lipowa 12", "22-001", "Modrzewno",
    ),
    "razem": _unit(country.BY_KEY["razem"]),
    "warsztat": _unit(country.BY_KEY["warsztat"]),
    "ops-modrzewno": (
        "referring_body", "OPS", "", "Ośrodek Pomocy Społecznej w Modrzewnie", "OPS Modrzewno",
        "06", "ul. Szkolna 2", "22-001", "Modrzewno",
    ),
    "ops-brzozowo": _body("ops-brzozowo"),
    "uw-lubelski": (
        "voivode_office", "", "", "Lubelski Urząd Wojewódzki", "Urząd lubelski",
        "06", "ul. Spokojna 4", "20-001", "Lublin",
    ),
    "uw-opolski": (
        "voivode_office", "", "", "Opolski Urząd Wojewódzki", "Urząd opolski",
        "16", "ul. Piastowska 14", "45-001", "Opole",
    ),
}  # fmt: skip

# (login, organisation, roles, first name, last name)
PEOPLE = [
    ("ewa.jarzebina", "nowymost", ["manager"], "Ewa", "Jarzębina"),
    ("anna.lawenda", "nowymost", ["social_worker"], "Anna", "Lawenda"),
    ("jan.deren", "nowymost", ["case_manager"], "Jan", "Dereń"),
    ("tomasz.klon", "nowymost", ["instructor"], "Tomasz", "Klon"),
    ("olga.mieta", "nowymost", ["specialist"], "Olga", "Mięta"),
    ("celina.grab", "nowymost", ["accountant"], "Celina", "Grab"),
    ("rafal.wiaz", "nowymost", ["office"], "Rafał", "Wiąz"),
    ("bozena.lipa", "przystan", ["manager", "social_worker"], "Bożena", "Lipa"),
    ("igor.buk", "przystan", ["instructor"], "Igor", "Buk"),
    ("halina.wierzba", "razem", ["manager"], "Halina", "Wierzba"),
    ("piotr.jesion", "warsztat", ["manager"], "Piotr", "Jesion"),
    ("danuta.brzost", "warsztat", ["accountant"], "Danuta", "Brzost"),
    ("zofia.kalina", "ops-modrzewno", ["worker"], "Zofia", "Kalina"),
    ("pawel.tarnina", "ops-modrzewno", ["head"], "Paweł", "Tarnina"),
    ("krystyna.wrzos", "ops-brzozowo", ["worker"], "Krystyna", "Wrzos"),
    ("adam.leszczyna", "ops-brzozowo", ["head"], "Adam", "Leszczyna"),
    ("maria.sosna", "uw-lubelski", ["registrar"], "Maria", "Sosna"),
    ("stefan.jawor", "uw-lubelski", ["inspector"], "Stefan", "Jawor"),
    ("dorota.olcha", "uw-opolski", ["registrar"], "Dorota", "Olcha"),
    ("oskar.topola", "operator", ["operator"], "Oskar", "Topola"),
    ("oliwia.brzoza", "operator", ["operator"], "Oliwia", "Brzoza"),
]

SITES = {
    "nowymost": [
        ("Stolarnia", "ul. Klonowa 4", "22-001", "Modrzewno"),
        ("Kuchnia i ogród", "ul. Młyńska 9", "22-001", "Modrzewno"),
    ],
    "przystan": [("Sala klubu", "ul. Lipowa 12", "22-001", "Modrzewno")],
    "warsztat": [("Warsztat", "ul. Polna 30", "46-001", "Brzozowo")],
}

# The bank with the number zero does not exist; the check digits are right.
ACCOUNTS = {"nowymost": "54000000000000000000001234"}

# (first name, last name, kind, basis, working time)
STAFF = {
    "nowymost": [
        ("Ewa", "Jarzębina", "manager", "employment", 1),
        ("Anna", "Lawenda", "social_worker", "employment", 1),
        ("Tomasz", "Klon", "instructor", "employment", 1),
        ("Beata", "Żurawina", "instructor", "employment", "0.75"),
        ("Celina", "Grab", "finance", "employment", "0.5"),
        ("Olga", "Mięta", "psychologist", "mandate", "0.25"),
        ("Łukasz", "Śliwa", "volunteer", "volunteering", "0.1"),
    ],
    "przystan": [
        ("Bożena", "Lipa", "manager", "employment", "0.5"),
        ("Igor", "Buk", "instructor", "mandate", "0.5"),
    ],
    "warsztat": [("Piotr", "Jesion", "manager", "employment", 1)],
}


def email_of(login: str, organisation: str) -> str:
    return f"{login}@{organisation}.example"


def id_of(organisation: str) -> object:
    return OPERATOR_ID if organisation == "operator" else demo_id(f"organisation:{organisation}")


@demo_step("organisations and their people", order=10)
def load_organisations() -> None:
    with platform_scope(source="demo"):
        for key, (name, kind, town) in FOUNDERS.items():
            Founder.objects.get_or_create(
                pk=demo_id(f"founder:{key}"), defaults={"name": name, "kind": kind, "town": town}
            )
        for key, row in ORGANISATIONS.items():
            _organisation(key, row)
        for login, organisation, roles, first_name, last_name in PEOPLE:
            _person(login, organisation, roles, first_name, last_name)
    for key, sites in SITES.items():
        _rooms_and_staff(key, sites, STAFF.get(key, []))


@demo_step("a dozen units with a past", order=11, large=True)
def load_country() -> None:
    with platform_scope(source="demo"):
        for key, (name, kind, town) in country.FOUNDERS.items():
            Founder.objects.get_or_create(
                pk=demo_id(f"founder:{key}"), defaults={"name": name, "kind": kind, "town": town}
            )
        for key, (*_, worker, head) in country.BODIES.items():
            _organisation(key, _body(key))
            for person, role in ((worker, "worker"), (head, "head")):
                _person(country.login(person), key, [role], *person.split())
        for unit in country.UNITS:
            _organisation(unit.key, _unit(unit))
            for login, name, roles in unit.people():
                _person(login, unit.key, roles, *name.split())
    for number, unit in enumerate(country.UNITS, 1):
        sites = [(name, unit.street, unit.postcode, unit.town) for name, _ in unit.groups]
        _rooms_and_staff(unit.key, sites, list(_staff_of(unit)), _account(number) if unit.is_cis else "")
        if unit.is_cis:
            with scope(organisation_id=demo_id(f"organisation:{unit.key}"), source="demo"):
                choose_readings(demo_id(f"organisation:{unit.key}"))


@demo_step("what the settings of every unit hold", order=12, large=True)
def load_settings() -> None:
    for unit in country.UNITS:
        here = Organisation.objects.get(pk=id_of(unit.key))
        manager = unit.user("manager")
        with scope(organisation_id=here.pk, user_id=manager.pk, source="demo"):
            if not PaperSettings.objects.exists():
                set_letterhead(name=here.name, address="", contact="")
                add_signatory(name=manager.get_full_name(), position="kierownik", since=SINCE)
            if not Invitation.objects.filter(organisation=here).exists():
                # Somebody is to begin next month, and has not followed the link yet.
                invite(
                    email=f"praktyka@{unit.key}.example",
                    organisation=here,
                    roles=[Role.INSTRUCTOR],
                    since=Month.of(clock.today()).next.first,
                    until=None,
                    by=manager,
                )


def _staff_of(unit: country.CountryUnit) -> Iterator[tuple[str, str, str, str, object]]:
    """As many posts as the unit has people for, full where they are many."""
    kinds = {"manager": "manager", "social_worker": "social_worker", "instructor": "instructor",
             "accountant": "finance", "office": "other"}  # fmt: skip
    for _, name, roles in unit.people():
        first_name, last_name = name.split()
        yield first_name, last_name, kinds[roles[0]], "employment", 1 if unit.is_cis else "0.5"


def _account(number: int) -> str:
    """Of the bank with the number zero; the check digits are right."""
    own = f"{5000 + number:024d}"
    return f"{98 - int(own + '252100') % 97:02d}{own}"


def _organisation(key: str, row: tuple[str, ...]) -> None:
    kind, subtype, founder, name, short_name, voivodeship, street, postcode, town = row
    made, _ = Organisation.objects.get_or_create(
        pk=id_of(key),
        defaults={
            "kind": kind,
            "name": name,
            "short_name": short_name,
            "voivodeship": voivodeship,
            "street": street,
            "postcode": postcode,
            "town": town,
            "phone": _phone(key),
            "email": f"biuro@{key}.example",
            "nip": _nip(key),
            "opened_on": SINCE,
        },
    )
    if kind == "unit":
        Unit.objects.get_or_create(
            organisation=made, defaults={"unit_type": subtype, "founder_id": demo_id(f"founder:{founder}")}
        )
    elif kind == "referring_body":
        ReferringBody.objects.get_or_create(organisation=made, defaults={"body_type": subtype})
    else:
        VoivodeOffice.objects.get_or_create(organisation=made, defaults={"voivodeship": voivodeship})


def _phone(key: str) -> str:
    """Of a series that nobody has: no number in Poland begins with 10."""
    return f"+48100{crc32(key.encode()) % 900_000 + 100_000}"


def _nip(key: str) -> str:
    """Of a series that nobody has: no office gives numbers that begin with 00. The check digit is right."""
    numbers = (f"00{serial:08}" for serial in count(crc32(key.encode()) % 90_000_000))
    return next(number for number in numbers if nip.is_valid(number))


def _person(login: str, organisation: str, roles: list[str], first_name: str, last_name: str) -> None:
    email = email_of(login, organisation)
    person = User.objects.filter(email=email).first()
    if person is None:
        person = User.objects.create(
            pk=demo_id(f"person:{email}"), email=email, password=_hashed(), first_name=first_name,
            last_name=last_name,
        )  # fmt: skip
    enrol(person)
    for role in roles:
        Membership.objects.get_or_create(
            user=person, organisation_id=id_of(organisation), role=role, defaults={"since": SINCE}
        )


@cache
def _hashed() -> str:
    """Hashing takes a quarter of a second by design, and the password is the same for everybody."""
    return make_password(PASSWORD)


def _rooms_and_staff(
    key: str,
    sites: Iterable[tuple[str, str, str, str]],
    staff: Iterable[tuple[str, str, str, str, object]],
    account: str = "",
) -> None:
    account = account or ACCOUNTS.get(key, "")
    with scope(organisation_id=demo_id(f"organisation:{key}"), source="demo"):
        for name, street, postcode, town in sites:
            Site.objects.get_or_create(
                name=name, defaults={"street": street, "postcode": postcode, "town": town, "opened_on": SINCE}
            )
        UnitCalendar.objects.get_or_create(since=SINCE, defaults={"weekdays": [1, 2, 3, 4, 5]})
        ClosedDay.objects.get_or_create(
            day=DAY_OFF, defaults={"reason": "dzień po święcie, decyzja kierownika"}
        )
        if account:
            UnitAccount.objects.get_or_create(
                since=SINCE, defaults={"number": account, "bank": "Bank Wymyślony"}
            )
        for first_name, last_name, kind, basis, fte in staff:
            StaffMember.objects.get_or_create(
                first_name=first_name,
                last_name=last_name,
                defaults={"kind": kind, "basis": basis, "fte": fte, "since": SINCE},
            )


@demo_accounts
def people() -> Iterator[DemoAccount]:
    for login, organisation, roles, first_name, last_name in PEOPLE:
        place = "Operator" if organisation == "operator" else ORGANISATIONS[organisation][4]
        held = ", ".join(str(Role(role).label) for role in roles)
        yield DemoAccount(email_of(login, organisation), f"{first_name} {last_name}", place, held, PASSWORD)
    if country.present():
        known = {email_of(login, organisation) for login, organisation, *_ in PEOPLE}
        yield from (account for account in _country_people() if account.email not in known)


def _country_people() -> Iterator[DemoAccount]:
    for unit in country.UNITS:
        for login, name, roles in unit.people():
            held = ", ".join(str(Role(role).label) for role in roles)
            yield DemoAccount(email_of(login, unit.key), name, unit.short_name, held, PASSWORD)
    for key, (_, _, short_name, *_, worker, head) in country.BODIES.items():
        for name, role in ((worker, Role.BODY_WORKER), (head, Role.BODY_HEAD)):
            email = email_of(country.login(name), key)
            yield DemoAccount(email, name, short_name, str(role.label), PASSWORD)
