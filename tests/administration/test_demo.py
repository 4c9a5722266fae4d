"""The demo: loaded twice it is the same, and everybody in it can be named."""

import io

import pytest
from django.core.management import call_command

from reintegration.administration.demo_data import ORGANISATIONS, PEOPLE, email_of, id_of
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Organisation
from tests.conftest import Demo


def test_a_second_loading_changes_nothing(demo: Demo):
    assert demo.twice == demo.once
    assert demo.once["tenancy_membership"] >= len(PEOPLE)


@pytest.mark.usefixtures("demo")
def test_every_organisation_has_the_id_of_every_demo():
    wanted = {id_of(key) for key in ORGANISATIONS}
    assert wanted <= set(Organisation.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_the_list_names_every_account_and_every_role():
    out = io.StringIO()
    call_command("demo", "--list", stdout=out)
    for login, organisation, *_ in PEOPLE:
        assert email_of(login, organisation) in out.getvalue()
    held = {role for _, _, roles, *_ in PEOPLE for role in roles}
    assert held == set(Role)
