"""The scope: nothing of a tenant is seen or written outside it."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from reintegration.audit.models import Change, Event
from reintegration.tenancy.managers import ForeignTenant, UnscopedQuery
from reintegration.tenancy.models import Founder, Organisation, Site, Unit
from reintegration.tenancy.scope import OPERATOR_ID, NestedScope, scope

pytestmark = pytest.mark.django_db


def _unit(name: str) -> UUID:
    with scope(organisation_id=OPERATOR_ID, source="test"):
        founder = Founder.objects.create(name="Fundacja Krok", kind="ngo", town="Modrzewno")
        organisation = Organisation.objects.create(
            kind="unit",
            name=name,
            short_name=name,
            voivodeship="06",
            town="Modrzewno",
            opened_on=date(2020, 1, 1),
        )
        Unit.objects.create(organisation=organisation, unit_type="CIS", founder=founder)
    return organisation.pk


def _site(name: str = "Stolarnia") -> Site:
    return Site.objects.create(
        name=name, street="Leśna 1", postcode="20-001", town="Modrzewno", opened_on=date(2020, 1, 1)
    )


def test_tenant_rows_cannot_be_queried_outside_a_scope():
    with pytest.raises(UnscopedQuery):
        Site.objects.count()


def test_a_scope_sees_its_own_rows_only():
    one, other = _unit("CIS Jeden"), _unit("CIS Drugi")
    with scope(organisation_id=one, source="test"):
        _site()
    with scope(organisation_id=other, source="test"):
        assert list(Site.objects.all()) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM tenancy_site")
            assert cursor.fetchone() == (0,)


def test_a_scope_does_not_open_inside_another():
    one = _unit("CIS Jeden")
    inner = scope(organisation_id=OPERATOR_ID, source="test")
    with scope(organisation_id=one, source="test"), pytest.raises(NestedScope), inner:
        pass


def test_a_row_of_another_tenant_is_not_saved():
    one, other = _unit("CIS Jeden"), _unit("CIS Drugi")
    with scope(organisation_id=one, source="test"):
        site = _site()
    with scope(organisation_id=other, source="test"), pytest.raises(ForeignTenant):
        site.save()


def test_the_database_refuses_a_write_without_a_context():
    with pytest.raises(ProgrammingError, match="context"):
        Founder.objects.create(name="Fundacja Krok", kind="ngo", town="Modrzewno")


def test_a_change_becomes_history_with_both_values():
    one = _unit("CIS Jeden")
    with scope(organisation_id=one, source="test") as opened:
        site = _site()
        site.name = "Nowa stolarnia"
        site.save()
        first, second = Change.objects.filter(row_id=site.pk).order_by("id")
        assert (first.operation, first.values) == ("I", None)
        assert (second.operation, second.values) == ("U", {"name": ["Stolarnia", "Nowa stolarnia"]})
        assert second.request_id == opened.request_id


def test_an_event_carries_the_context_of_its_scope():
    one = _unit("CIS Jeden")
    with scope(organisation_id=one, source="test") as opened:
        event = Event.objects.create(action="tenancy.site.list")
        stored = Event.objects.get(pk=event.pk)
        assert (stored.organisation_id, stored.request_id) == (one, opened.request_id)
        assert len(stored.digest) == 32
