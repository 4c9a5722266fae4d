"""The fixed cast: everybody knows them. Two CIS and a KIS, two welfare centres, two offices, the operator.

They stand in the tests' database before the first test; `known_world()` hands them to one, who names them:
`world.cis`, `world.people["ewa"]`. All names are invented.
"""

import pickle
import time
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.utils.crypto import get_random_string

from reintegration.accounts import sessions
from reintegration.accounts.models import User
from reintegration.accounts.session_store import SessionStore
from reintegration.tenancy.models import Founder, Membership, Organisation, ReferringBody, Unit, VoivodeOffice
from reintegration.tenancy.scope import OPERATOR_ID, scope

PASSWORD = "Zielony kajak na Bugu 7"
SINCE = date(2020, 1, 1)

# key: (first name, last name, organisation, role)
PEOPLE = {
    "ewa": ("Ewa", "Jarzębina", "cis", "manager"),
    "anna": ("Anna", "Lawenda", "cis", "social_worker"),
    "jan": ("Jan", "Dereń", "cis", "case_manager"),
    "tomasz": ("Tomasz", "Klon", "cis", "instructor"),
    "olga": ("Olga", "Mięta", "cis", "specialist"),
    "celina": ("Celina", "Grab", "cis", "accountant"),
    "rafal": ("Rafał", "Wiąz", "cis", "office"),
    "bozena": ("Bożena", "Lipa", "kis", "manager"),
    "marek": ("Marek", "Świerk", "kis", "social_worker"),
    "grazyna": ("Grażyna", "Cis", "kis", "case_manager"),
    "igor": ("Igor", "Buk", "kis", "instructor"),
    "lucja": ("Łucja", "Żyto", "kis", "specialist"),
    "henryk": ("Henryk", "Modrzew", "kis", "accountant"),
    "nina": ("Nina", "Osika", "kis", "office"),
    "teresa": ("Teresa", "Tuja", "other_cis", "manager"),
    "leon": ("Leon", "Rokita", "other_cis", "social_worker"),
    "irena": ("Irena", "Morwa", "other_cis", "case_manager"),
    "hubert": ("Hubert", "Orzech", "other_cis", "instructor"),
    "wanda": ("Wanda", "Malwa", "other_cis", "specialist"),
    "karol": ("Karol", "Trzmielina", "other_cis", "accountant"),
    "sabina": ("Sabina", "Bez", "other_cis", "office"),
    "zofia": ("Zofia", "Kalina", "ops", "worker"),
    "pawel": ("Paweł", "Tarnina", "ops", "head"),
    "krystyna": ("Krystyna", "Wrzos", "other_ops", "worker"),
    "adam": ("Adam", "Leszczyna", "other_ops", "head"),
    "maria": ("Maria", "Sosna", "office", "registrar"),
    "stefan": ("Stefan", "Jawor", "office", "inspector"),
    "dorota": ("Dorota", "Olcha", "other_office", "registrar"),
    "wiktor": ("Wiktor", "Głóg", "other_office", "inspector"),
    "operator": ("Oskar", "Topola", "operator", "operator"),
    "second_operator": ("Oliwia", "Brzoza", "operator", "operator"),
}

# One person of each role and, in the other tenant of the very same kind, their twin.
TWINS = {
    "ewa": "teresa",
    "anna": "leon",
    "jan": "irena",
    "tomasz": "hubert",
    "olga": "wanda",
    "celina": "karol",
    "rafal": "sabina",
    "zofia": "krystyna",
    "pawel": "adam",
    "maria": "dorota",
    "stefan": "wiktor",
    "operator": "second_operator",
}

ORGANISATIONS = {
    "cis": ("unit", "Centrum Integracji Społecznej „Nowy Most”", "CIS „Nowy Most”", "06", "Modrzewno"),
    "kis": ("unit", "Klub Integracji Społecznej „Przystań”", "KIS „Przystań”", "06", "Jodłów"),
    "other_cis": ("unit", "Centrum Integracji Społecznej „Warsztat”", "CIS „Warsztat”", "06", "Jodłów"),
    "ops": ("referring_body", "Ośrodek Pomocy Społecznej w Modrzewnie", "OPS Modrzewno", "06", "Modrzewno"),
    "other_ops": ("referring_body", "Ośrodek Pomocy Społecznej w Jodłowie", "OPS Jodłów", "06", "Jodłów"),
    "office": ("voivode_office", "Lubelski Urząd Wojewódzki", "Urząd lubelski", "06", "Lublin"),
    "other_office": ("voivode_office", "Opolski Urząd Wojewódzki", "Urząd opolski", "16", "Opole"),
}


@dataclass
class World:
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @property
    def cis(self) -> Organisation:
        return self.organisations["cis"]

    @property
    def kis(self) -> Organisation:
        return self.organisations["kis"]

    def organisation_of(self, person: str) -> Organisation:
        return self.organisations[PEOPLE[person][2]]

    def role_of(self, person: str) -> str:
        return PEOPLE[person][3]

    def scope(self, organisation: str, person: str | None = None) -> Any:
        """Open the scope of one of the cast's organisations."""
        return scope(
            organisation_id=self.organisations[organisation].pk,
            user_id=self.people[person].pk if person else None,
            source="test",
        )


def make_world() -> World:
    """Make the cast; opens and closes the operator's scope."""
    world = World()
    with scope(organisation_id=OPERATOR_ID, source="test"):
        founder = Founder.objects.create(name="Fundacja Krok", kind="ngo", town="Modrzewno")
        for key, (kind, name, short_name, voivodeship, town) in ORGANISATIONS.items():
            found = Organisation.objects.create(
                kind=kind,
                name=name,
                short_name=short_name,
                voivodeship=voivodeship,
                town=town,
                opened_on=SINCE,
            )
            world.organisations[key] = found
            if kind == "unit":
                Unit.objects.create(
                    organisation=found, unit_type="KIS" if key == "kis" else "CIS", founder=founder
                )
            elif kind == "referring_body":
                ReferringBody.objects.create(organisation=found, body_type="OPS")
            else:
                VoivodeOffice.objects.create(organisation=found, voivodeship=voivodeship)
        world.organisations["operator"] = Organisation.objects.get(pk=OPERATOR_ID)
        for key, (first_name, last_name, organisation, role) in PEOPLE.items():
            person = get_user_model().objects.create_user(
                _address(key),
                PASSWORD,
                first_name=first_name,
                last_name=last_name,
            )
            world.people[key] = person
            Membership.objects.create(
                user=person, organisation=world.organisations[organisation], role=role, since=SINCE
            )
    return world


def known_world() -> World:
    """The cast as it stands in the tests' database, for one test to do with as it likes."""
    return pickle.loads(_kept())


@cache
def _kept() -> bytes:
    with scope(organisation_id=OPERATOR_ID, source="test"):
        organisations = {one.short_name: one for one in Organisation.objects.all()}
        people = {one.email: one for one in User.objects.all()}
        world = World(
            {key: organisations[short_name] for key, (_, _, short_name, *_) in ORGANISATIONS.items()},
            {key: people[_address(key)] for key in PEOPLE},
        )
        world.organisations["operator"] = Organisation.objects.get(pk=OPERATOR_ID)
    return pickle.dumps(world)


def _address(key: str) -> str:
    return f"{key}@{PEOPLE[key][2].replace('_', '-')}.example"


def sign_in(client: Any, person: User, organisation_id: UUID | None = None) -> None:
    """Sign a test client in as after password and second factor."""
    session = SessionStore()
    sessions.begin(session)
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "reintegration.accounts.backends.AccountBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    # What allauth writes down when a code of the app was accepted.
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    if organisation_id is not None:
        session["organisation"] = str(organisation_id)
    # What create() does, without asking first whether somebody has this key.
    session._session_key = get_random_string(32, VALID_KEY_CHARS)
    session.save(must_create=True)
    UserSession.objects.create(user=person, session_key=session.session_key, ip="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
