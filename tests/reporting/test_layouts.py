"""Layouts in the database, and what they fill: the files of the program, and what nobody may change."""

from decimal import Decimal
from random import Random

import pytest
from django.db import InternalError, ProgrammingError

from reporting.enums import LayoutKind
from reporting.models import ReportLayout
from reporting.queries.filling import fill
from reporting.queries.layouts import in_force
from tests.cast import World
from tests.reporting.population import populate

pytestmark = pytest.mark.django_db


def test_a_report_fills_itself(world: World, in_november: None):
    with world.scope("cis", "ewa"):
        populate(40, Random(3))
        layout = in_force(LayoutKind.CIS, 2025).layout
        found = fill(layout, 2025)
    assert found.values["participants.all.total"] == len(found.people["participants.all.total"]) > 0
    assert found.values["staff.all.year"] == Decimal(0)
    assert found.texts["identity.town.value"] == "Modrzewno"
    assert set(found.values) <= set(layout.cells)


def test_what_a_layout_says_never_changes(world: World):
    with world.scope("ops", "zofia"):
        row = ReportLayout.objects.filter(kind=LayoutKind.CIS).order_by("pk")[0]
        row.title = "Inny"
        with pytest.raises((ProgrammingError, InternalError)):
            row.save()
