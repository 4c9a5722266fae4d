"""The API against its own description: whatever is sent, no server error and nothing undescribed."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from benefits.models import Statement
from reintegration.api import limits
from reintegration.tenancy.actions import REGISTRY, Audience
from reintegration.tenancy.enums import Role
from tests.api.test_base import token
from tests.cast import PEOPLE, World
from tests.participants.portal.made import sent
from tests.reporting.made import entered
from tests.reporting.season_made import on_paper, year_due
from tests.specimens import specimen

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 20
ONE_REFERRAL = "/api/v1/referrals/{id}/"
OF_A_LIST = ("/api/v1/payroll-lists/{id}/", "/api/v1/payroll-lists/{id}/statements/")
ONE_STATEMENT = "/api/v1/statements/{id}/"
ONE_ENTRY = "/api/v1/register-entries/{id}/"
ONE_REPORT = "/api/v1/reports/{id}/"
OF_AN_OFFICE = (
    "/api/v1/register-entries/", ONE_ENTRY, "/api/v1/reports/", ONE_REPORT, "/api/v1/report-totals/",
)  # fmt: skip


@pytest.fixture
def kept_open() -> Iterator[None]:
    """A server ends its connections between requests; the test's transaction lives in the one it has."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def every_action_of(person: str) -> list[str]:
    role = Role(PEOPLE[person][3])
    return [
        name
        for name, action in REGISTRY.items()
        if action.audience is Audience.MEMBERS and not action.reauth and role in action.roles
    ]


def try_operation(operation: Any, headers: dict[str, str], known: dict[str, dict[str, str]]) -> set[int]:
    """Send what the description allows, and what it does not; every answer must be a described one.

    `known`: by path, keys of what is there, for an address of nothing is answered before anything is read.
    """
    answers: set[int] = set()
    for mode in GenerationMode:

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: Any) -> None:
            case.path_parameters.update(known.get(operation.path, {}))
            response = case.call(headers=headers)
            answers.add(response.status_code)
            case.validate_response(response, checks=CHECKS)

        send()
    return answers


@pytest.mark.parametrize("person", ["ewa", "pawel", "maria"])
def test_no_request_that_can_be_described_breaks_the_api(
    world: World, kept_open: None, person: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "LIMIT", 1_000_000)
    headers = {"Authorization": f"Bearer {token(world, person, actions=every_action_of(person))}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    with world.scope("cis", "ewa"):
        statement = specimen(Statement, world, "", document={"salt": "00", "rows": []})
    with world.scope("office", "maria"):
        entry = entered()
        # Reports and sums of the year that is due have something to say.
        report = on_paper(entry, {"participants.g1.men": 3}, year=year_due())
    known = {
        ONE_REFERRAL: {"id": str(sent(world).pk)},
        ONE_STATEMENT: {"id": str(statement.pk)},
        ONE_ENTRY: {"id": str(entry.pk)},
        ONE_REPORT: {"id": str(report.pk)},
        **{path: {"id": str(statement.payroll_list_id)} for path in OF_A_LIST},
    }
    operations = [found.ok() for found in schema.get_all_operations()]
    asked = {f"{one.method.upper()} {one.path}": try_operation(one, headers, known) for one in operations}
    assert {"GET /api/v1/me/", "POST /api/v1/referrals/", "GET /api/v1/places/"} <= set(asked)
    assert all(asked.values())
    assert 200 in asked["GET /api/v1/me/"]
    assert (200 in asked[f"GET {ONE_REFERRAL}"]) is (person == "pawel")
    for path in (*OF_A_LIST, ONE_STATEMENT):
        assert (200 in asked[f"GET {path}"]) is (person == "ewa"), path
    for path in OF_AN_OFFICE:
        assert (200 in asked[f"GET {path}"]) is (person == "maria"), path
