"""Several querysets in one question give what each alone gives."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from reintegration.accounts.models import User
from reintegration.core.together import together
from reintegration.tenancy.models import Membership, Site, StaffMember
from tests.cast import World
from tests.specimens import specimen, tenant_models

pytestmark = pytest.mark.django_db


def plain(row: Any) -> list[Any]:
    values = [getattr(row, field.attname) for field in row._meta.concrete_fields]
    return [(type(value), bytes(value) if isinstance(value, memoryview) else value) for value in values]


def same(*asked: QuerySet[Any]) -> None:
    alone = [list(rows.all()) for rows in asked]
    with CaptureQueriesContext(connection) as queries:
        found = together(*asked)
    assert len(queries) == 1
    assert [[plain(row) for row in rows] for rows in found] == [
        [plain(row) for row in rows] for rows in alone
    ]


def test_every_kind_of_row_comes_back_as_it_is(world: World):
    """Dates, moments, amounts, arrays, ciphertexts: whatever a column can hold."""
    models = [model for model in tenant_models() if model._meta.app_label != "audit"]
    with world.scope("cis", "ewa"):
        for model in models:
            specimen(model, world, 'Żółw, \\ "cytat" {} NULL')
        assert sum(model.objects.exists() for model in models) > 60
        same(*(model.objects.order_by("pk") for model in models))


def test_relations_annotations_and_the_order_are_those_of_the_queryset(world: World):
    with world.scope("cis", "ewa"):
        for number in range(3):
            specimen(StaffMember, world, f"Osoba {number}")
        people = User.objects.order_by("-last_name", "pk")
        told, counted, pairs, first, none = together(
            Membership.objects.filter(organisation=world.cis)
            .select_related("user", "organisation")
            .annotate(shown=Concat("user__last_name", Value(" "), "role"), one=Value(None, TextField()))
            .order_by("-user__last_name"),
            people.annotate(held=Count("memberships")),
            people.values_list("last_name", "pk"),
            people[:2],
            Site.objects.none(),
        )
        with CaptureQueriesContext(connection) as queries:
            assert [row.shown for row in told] == [f"{row.user.last_name} {row.role}" for row in told]
            assert {row.organisation.short_name for row in told} == {world.cis.short_name}
            assert {row.one for row in told} == {None}
        assert not len(queries)
        assert len(told) > 5
        assert [row.user.last_name for row in told] == [
            row.user.last_name
            for row in Membership.objects.filter(organisation=world.cis).order_by("-user__last_name")
        ]
        assert pairs == [(row.last_name, row.pk) for row in people]
        assert [(row.pk, row.held) for row in counted] == [
            (row.pk, row.memberships.count()) for row in people
        ]
        assert [plain(row) for row in first] == [plain(row) for row in people[:2]]
        assert none == []


def test_what_is_asked_stays_as_it_was(world: World):
    rows = User.objects.order_by("pk")
    assert together(rows)[0] == list(rows.filter(pk__isnull=False))
    assert [row.pk for row in rows[:1]] == [row.pk for row in User.objects.order_by("pk")[:1]]
    assert together() == []
    assert together(rows.none(), rows.none()) == [[], []]
