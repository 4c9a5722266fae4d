"""The office that is written to is chosen by the name that its agreement has."""

import pytest
from django.test import Client
from django.urls import reverse

from benefits.forms.supported import OTHER, MotionForm
from benefits.models import SupportedJob
from benefits.queries.supported import names_of_pup
from tests.benefits.fund import made as fund
from tests.benefits.supported import made
from tests.cast import World, sign_in
from tests.participants.participations.made import ended

pytestmark = pytest.mark.django_db


def pup_of(offices: list[str], **typed: str) -> object:
    form = MotionForm({"place": "employer", **typed}, offices=offices)
    return form.cleaned_data["pup_name"] if form.is_valid() else set(form.errors)


def test_an_office_is_chosen_or_typed() -> None:
    known = ["PUP w Modrzewnie"]
    assert pup_of([], pup_name="PUP w Jodłowie") == "PUP w Jodłowie"
    assert pup_of(known, pup_name=known[0]) == known[0]
    assert pup_of(known, pup_name=OTHER, other_pup="PUP w Jodłowie") == "PUP w Jodłowie"
    # Whoever types it once more writes to the same one.
    assert pup_of(known, pup_name=OTHER, other_pup="pup w modrzewnie") == known[0]
    assert pup_of(known, pup_name=OTHER) == {"other_pup"}
    assert pup_of(known, pup_name="PUP w Jodłowie") == {"pup_name"}


def test_the_office_of_the_agreement_stands_first(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        file = ended("Adam Modrzew", on=made.ENDED)
        job = made.sent(file, pup_name=fund.OFFICE.upper())
        assert names_of_pup() == [fund.OFFICE.upper()]
    with world.scope("cis", "celina"):
        fund.signed(places=5)
        assert names_of_pup() == [fund.OFFICE]
    sign_in(client, world.people["ewa"])
    address = reverse("benefits:supported_propose", args=[file.pk])
    with world.scope("cis", "ewa"):
        SupportedJob.objects.filter(pk=job.pk).update(pup_name="PUP w Jodłowie")
        assert names_of_pup() == [fund.OFFICE, "PUP w Jodłowie"]
    form = client.get(address).context["form"]
    assert form["pup_name"].value() == fund.OFFICE
