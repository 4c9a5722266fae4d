"""The season through the API of an office: how reports stand, what they say, and sums, of its voivodeship."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from reintegration.core import clock
from reporting import perms
from reporting.models import Report
from tests.api.test_base import assert_problem, token
from tests.cast import World
from tests.reporting import reports_made
from tests.reporting.season_made import MARCH, YEAR, on_paper, somebody

pytestmark = [pytest.mark.django_db]
ACTIONS = [one.name for one in (perms.SEASON_SHOW, perms.OFFICE_REPORT_SHOW, perms.TOTALS_SHOW)]
MEN = "participants.g1.men"


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clock.frozen(MARCH):
        yield


def ask(secret: str, address: str, **asked: Any) -> Any:
    return Client().get(f"/api/v1/{address}/", asked, headers={"Authorization": f"Bearer {secret}"})


def test_a_token_of_an_office_reads_the_season_of_its_voivodeship(world: World):
    with world.scope("office", "maria"):
        paper = on_paper(somebody(), {MEN: 3})
        somebody("10", "CIS „Kuźnia”")
    with world.scope("cis", "ewa"):
        reports_made.sent()
        report = Report.objects.get()
    secret = token(world, "maria", actions=ACTIONS)
    rows = ask(secret, "reports").json()["results"]
    assert [(row["name"], row["state"], row["outside"]) for row in rows] == [
        ("CIS „Kuźnia”", "missing", False),
        ("CIS „Łan”", "accepted", True),
        ("Centrum Integracji Społecznej „Nowy Most”", "submitted", False),
    ]
    # What stands at no entry is told too, and leads to its numbers.
    assert (rows[2]["entry"], rows[2]["report"]) == (None, str(report.pk))
    assert [row["name"] for row in ask(secret, "reports", state="missing").json()["results"]] == [
        "CIS „Kuźnia”"
    ]
    told = ask(secret, f"reports/{paper.pk}").json()
    assert {one["key"]: one["value"] for one in told["cells"]}[MEN] == "3.00"
    assert ask(secret, f"reports/{report.pk}").json()["state"] == "submitted"
    sums = ask(secret, "report-totals", level="powiat").json()["results"]
    assert [(row["place"], row["value"], row["units"]) for row in sums if row["key"] == MEN] == [
        ("powiat wierzbowiecki", "3.00", 1)
    ]
    for wrong in ({"year": "rok"}, {"year": "1999"}, {"kind": "ZAZ"}, {"level": "wieś"}, {"waiting": "może"}):
        assert_problem(ask(secret, "report-totals", **wrong), 400)
    other = token(world, "dorota", actions=ACTIONS)
    for key in (paper.pk, report.pk):
        assert_problem(ask(other, f"reports/{key}"), 404)
    assert ask(other, "reports").json()["count"] == 0
    assert ask(other, "report-totals", year=YEAR).json()["count"] == 0
