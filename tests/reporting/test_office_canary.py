"""A canary in every text of a unit, and all that a voivode's office or anybody gets: none of it sings."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from participants.models import Person
from reintegration.core import clock
from reintegration.documents.uploads import CheckedFile
from reintegration.tenancy.actions import Audience
from reintegration.tenancy.enums import Role
from reporting.models import Report
from reporting.services import applications, notices, proceedings, registers, supervision
from tests.canary import sightings
from tests.cast import PEOPLE, World, sign_in
from tests.reporting import procedures_made, reports_made
from tests.reporting.made import entered
from tests.specimens import specimen, tenant_models
from tests.walls.routes import ROWS, Route, routes
from tests.walls.test_urls import WRITTEN_BY_TRIGGERS, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
CANARY = "KANAREKURZĘDU"
# What stands in a letter is for the office; nobody else hears it.
LETTER = "KANAREKPISMA"
LAST_YEAR = 2025
# Lists and tables are taken away in these shapes; a page that knows none of them answers as a page.
SHAPES = ("", "xlsx", "csv", "json", "pdf")
OFFICE = {Role.REGISTRAR, Role.INSPECTOR}


@pytest.fixture
def singing(world: World) -> World:
    """A unit of the register in which every text is the canary."""
    with world.scope("office", "maria"):
        registers.link(entry_id=entered(number="1").pk, unit_id=world.cis.pk)
    with world.scope("cis", "ewa"):
        for model in tenant_models():
            if model.tenant_field == "unit" and model._meta.label not in WRITTEN_BY_TRIGGERS:  # type: ignore[attr-defined]
                with transaction.atomic():
                    specimen(model, world, CANARY)
        reports_made.sent(LAST_YEAR)
    return world


def of_office(route: Route) -> bool:
    """What an office may look at that not everybody has, such as their own account."""
    action = route.actions.get("GET")
    return action is not None and (action.audience is Audience.PUBLIC or bool(action.roles & OFFICE))


def shapes_of(route: Route) -> tuple[str, ...]:
    return SHAPES if route.name.startswith(("reporting:", "documents:")) else SHAPES[:1]


def sent_report(world: World, client: Client) -> Iterator[tuple[str, bytes]]:
    """The report that the singing unit sent: each part of it, and each file."""
    with world.scope("office", "maria"):
        (report,) = Report.objects.filter(year=LAST_YEAR).select_related("layout").order_by("pk")
    parts = [part.key for part in report.layout.layout.parts]
    at = [reverse("reporting:office_report", args=[report.pk])]
    at += [f"{at[0]}?czesc={part}" for part in parts]
    at += [reverse("reporting:office_report_file", args=[report.pk, 1, kind]) for kind in SHAPES[1:4]]
    for address in at:
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield address, answer.getvalue()


def answers(world: World, person: str = "maria", *, rows: bool = True) -> Iterator[tuple[str, bytes]]:
    """Every address that is open to an office or to everybody, in every shape; `rows`: also of one thing."""
    client = Client(raise_request_exception=False)
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    office = PEOPLE[person][2]
    bearer = {"Authorization": f"Bearer {token_of(world, person)}"}
    for route in routes():
        if not of_office(route) or "GET" not in route.methods or (route.arguments and not rows):
            continue
        arguments: dict[str, Any] = {}
        if route.arguments:
            with world.scope(office, person):
                arguments = ROWS[route.name].make(world, "rzecz urzędu")
        at = route.address(arguments)
        for shape in shapes_of(route):
            address = f"{at}?plik={shape}" if shape else at
            answer = client.get(address, headers=bearer if route.for_programs else {})
            assert answer.status_code < 500, address
            content = answer.getvalue()
            yield f"{route.name} {shape}", content


def seen_by_anybody() -> Iterator[tuple[str, bytes]]:
    """Every public address, asked by nobody that the program knows."""
    client = Client(raise_request_exception=False)
    for route in routes():
        action = route.actions.get("GET")
        if action is None or action.audience is not Audience.PUBLIC or route.arguments:
            continue
        for shape in shapes_of(route):
            answer = client.get(f"{route.address({})}{f'?plik={shape}' if shape else ''}")
            yield f"{route.name} {shape}", answer.getvalue()


def letters(world: World) -> list[str]:
    """A notice that was entered, an application on its way, a letter and its answer; their pages."""
    club = {**procedures_made.CLUB, "manager_name": LETTER, "founder_email": f"{LETTER.lower()}@krok.example"}
    file = CheckedFile(name=f"{LETTER}.txt", media_type="text/plain", content=LETTER.encode())
    with world.scope("kis", "bozena"):
        notice = notices.start(kind="entry", **club)
        proceedings.attach(notice, file=file, label=LETTER)
        notices.send(notice_id=notice.pk)
    with world.scope("cis", "ewa"):
        application = procedures_made.applied()
        for code, content in procedures_made.ANSWERS.items():
            if "words" in content:
                applications.answer(application_id=application.pk, point=code, content={"words": LETTER})
        proceedings.attach(application, file=file, label=LETTER, point="12")
        applications.send(application_id=application.pk)
    with world.scope("office", "maria"):
        data = {name: value for name, value in procedures_made.CLUB.items() if name != "manager_name"}
        notices.enter(notice_id=notice.pk, number="7", decided_on=clock.today(), **data)
        applications.call(application_id=application.pk, words=LETTER, days=14)
        entry = entered(number="8")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        letter = supervision.write(entry_id=entry.pk, kind="explain", number="PS.5", days=14, words=LETTER)
        supervision.send(letter_id=letter.pk)
    with world.scope("cis", "ewa"):
        supervision.answer(letter_id=letter.pk, words=LETTER, answered_on=clock.today(), file=file)
    return [
        reverse(f"reporting:{name}", args=[row.pk])
        for name, row in (("notice", notice), ("application", application), ("letter", letter))
    ]


def test_what_a_unit_writes_to_its_office_is_for_nobody_else(world: World):
    own = letters(world)
    other = Client()
    sign_in(other, world.people["dorota"], world.organisation_of("dorota").pk)
    assert [other.get(at).status_code for at in own] == [404] * len(own)
    told = [*answers(world, "dorota", rows=False), *seen_by_anybody()]
    assert sightings(told, [LETTER]) == []
    office = Client()
    sign_in(office, world.people["maria"], world.organisation_of("maria").pk)
    for at in own:
        assert sightings([(at, office.get(at).getvalue())], [LETTER]), at


def test_nothing_of_a_unit_sings_in_what_an_office_or_anybody_gets(singing: World):
    office = Client(raise_request_exception=False)
    sign_in(office, singing.people["maria"], singing.organisation_of("maria").pk)
    told = [*sent_report(singing, office), *answers(singing), *seen_by_anybody()]
    assert {"reporting:cis_register xlsx", "reporting:public_register json", "notices:desk "} <= {
        place for place, _ in told
    }
    assert sightings(told, [CANARY]) == []
    client = Client()
    sign_in(client, singing.people["ewa"])
    # The canary sings where it lives, so that the silence above is one.
    with singing.scope("cis", "ewa"):
        person = Person.objects.order_by("pk").first()
    page = client.get(reverse("participants:person", args=[person.pk])).getvalue()
    assert sightings([("a person's page in the unit", page)], [CANARY])
