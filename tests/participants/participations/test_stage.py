"""The stage in SQL and the stage by the rules are one."""

from datetime import date, timedelta
from itertools import product

import pytest

from participants.models import Participation, Period
from participants.queries.participations import BADGES, IN_CARE, in_care, stage_of, with_stage
from participants.rules.codes import Stage, UnitType
from tests.cast import World
from tests.participants.participations.made import person

pytestmark = pytest.mark.django_db

# From the opening, in days: (kind, first, last).
WAYS = {
    "candidate": [],
    "planned": [("trial", 40, 70)],
    "trial": [("trial", 0, 30)],
    "main": [("trial", 0, 30), ("main", 31, 360)],
    "short": [("trial", 0, 30), ("main", 31, 100)],
    "extended": [("trial", 0, 30), ("main", 31, 360), ("extension", 361, 500)],
    "broken": [("main", 0, 80), ("main", 100, 220)],
    "broken short": [("main", 0, 80), ("main", 100, 190)],
}
ENDS = (None, 20, 100, 213, 214, 360, 500)
CERTIFICATES = (None, 0, 200)
DAYS = (0, 20, 30, 31, 100, 101, 214, 360, 361, 397, 398, 399, 500, 540, 541, 545, 700)
OPENED = date(2024, 8, 29)


def store(
    way: str, end: int | None, certificate: int | None, reason: str, unit_type: UnitType
) -> Participation:
    ended_on = OPENED + timedelta(days=end) if end is not None else None
    file = Participation.objects.create(
        person=person(),
        number=f"U/{Participation.objects.count() + 1}",
        opened_on=OPENED,
        ended_on=ended_on,
        end_reason=reason if ended_on else "",
        certificate_on=ended_on + timedelta(days=certificate)
        if ended_on and certificate is not None
        else None,
    )
    for kind, first, last in WAYS[way]:
        since, until = OPENED + timedelta(days=first), OPENED + timedelta(days=last)
        if ended_on is not None and since > ended_on:
            continue
        cut = ended_on is not None and until > ended_on
        Period.objects.create(
            participation=file,
            person=file.person,
            # A club has no other.
            kind="main" if unit_type is UnitType.KIS else kind,
            since=since,
            until=ended_on if cut else until,
            planned_until=until if cut else None,
        )
    return file


@pytest.mark.parametrize(("organisation", "unit_type"), [("cis", UnitType.CIS), ("kis", UnitType.KIS)])
def test_the_list_and_the_file_say_the_same(world: World, organisation: str, unit_type: UnitType):
    seen = set()
    with world.scope(organisation):
        for way, end, certificate in product(WAYS, ENDS, CERTIFICATES):
            if end is None and certificate is not None:
                continue
            for reason in ("job", "breach") if certificate is not None else ("job",):
                store(way, end, certificate, reason, unit_type)
        periods: dict[object, list[Period]] = {}
        for row in Period.objects.order_by("since"):
            periods.setdefault(row.participation_id, []).append(row)
        care = {}
        for days in DAYS:
            today = OPENED + timedelta(days=days)
            care[today] = set(
                in_care(Participation.objects.all(), today=today).order_by("pk").values_list("pk", flat=True)
            )
            for file in with_stage(Participation.objects.all(), today=today, unit_type=unit_type).order_by(
                "pk"
            ):
                said = stage_of(file, periods.get(file.pk, []), today=today, unit_type=unit_type)
                assert file.stage == said, (file.number, today, periods.get(file.pk))
                seen.add(file.stage)
                assert (file.pk in care[today]) == (file.stage in IN_CARE)
    of_cis = {Stage.TRIAL, Stage.EXTENDED} if unit_type is UnitType.KIS else set()
    assert seen == {stage.value for stage in BADGES if stage not in of_cis}
