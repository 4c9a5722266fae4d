"""A canary in every text of a unit, and all that a voivode's office or anybody gets: none of it sings."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from participants.models import Person
from reintegration.tenancy.actions import Audience
from reintegration.tenancy.enums import Role
from reporting.models import Report
from reporting.services import registers
from tests.canary import sightings
from tests.cast import World, sign_in
from tests.reporting import reports_made
from tests.reporting.made import entered
from tests.specimens import specimen, tenant_models
from tests.walls.routes import ROWS, Route, routes
from tests.walls.test_urls import WRITTEN_BY_TRIGGERS, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
CANARY = "KANAREKURZĘDU"
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


def answers(world: World) -> Iterator[tuple[str, bytes]]:
    """Every address that is open to an office or to everybody, in every shape."""
    client = Client(raise_request_exception=False)
    sign_in(client, world.people["maria"], world.organisation_of("maria").pk)
    yield from sent_report(world, client)
    bearer = {"Authorization": f"Bearer {token_of(world, 'maria')}"}
    for route in routes():
        if not of_office(route) or "GET" not in route.methods:
            continue
        arguments: dict[str, Any] = {}
        if route.arguments:
            with world.scope("office", "maria"):
                arguments = ROWS[route.name].make(world, "rzecz urzędu")
        at = route.address(arguments)
        for shape in SHAPES if route.name.startswith(("reporting:", "documents:")) else SHAPES[:1]:
            address = f"{at}?plik={shape}" if shape else at
            answer = client.get(address, headers=bearer if route.for_programs else {})
            assert answer.status_code < 500, address
            content = answer.getvalue()
            yield f"{route.name} {shape}", content


def test_nothing_of_a_unit_sings_in_what_an_office_or_anybody_gets(singing: World):
    told = list(answers(singing))
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
