from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ipzs import catalogue as built_in
from ipzs.models import DutyRule, ExcuseReason, Service, WorkshopLeader, WorkshopPlace
from ipzs.services import catalogue
from ipzs.services.catalogue import ServiceData
from reintegration.core.errors import InputError
from tests.cast import World, sign_in
from tests.ipzs.timetable.made import OPENED, place, service, workshop
from tests.participants.participations.made import in_classes

DAY = date(2026, 11, 20)


@pytest.fixture
def cis(world: World) -> Iterator[World]:
    with world.scope("cis", "ewa"):
        yield world


def test_a_unit_gets_the_built_in_lists_once(cis: World) -> None:
    assert catalogue.ensure_catalogue() > 0
    assert Service.objects.count() == len(
        [one for one in built_in.services() if "CIS" in {unit.value for unit in one.units}]
    )
    assert ExcuseReason.objects.count() == len(built_in.excuses())
    assert DutyRule.objects.exists()
    assert catalogue.ensure_catalogue() == 0


def test_a_renamed_service_comes_no_second_time(cis: World) -> None:
    catalogue.ensure_catalogue()
    one = Service.objects.exclude(key="").first()
    one.name = "Nasza nazwa"
    one.save()

    assert catalogue.ensure_catalogue() == 0


def test_a_kis_has_no_duties_of_a_cis(world: World) -> None:
    with world.scope("kis", "bozena"):
        catalogue.ensure_catalogue()
        assert not DutyRule.objects.exists()
        assert Service.objects.exists()


def test_a_partner_s_service_names_the_partner(cis: World) -> None:
    with pytest.raises(InputError) as refused:
        service(provider="partner")
    assert refused.value.field == "partner"


def test_a_built_in_service_of_a_partner_waits_for_the_name(cis: World) -> None:
    catalogue.ensure_catalogue()
    loaded = dict(Service.objects.exclude(key="").values_list("key", "provider"))
    assert loaded == {one.key: one.provider for one in built_in.services() if one.key in loaded}
    assert "partner" in loaded.values()
    one = Service.objects.filter(provider="partner").first()
    assert one.partner == catalogue.UNNAMED
    stands = {name: getattr(one, name) for name in ServiceData.__dataclass_fields__}
    with pytest.raises(InputError, match="wpisz, kto nim jest"):
        catalogue.change_service(service_id=one.pk, data=ServiceData(**stands))
    named = catalogue.change_service(service_id=one.pk, data=ServiceData(**stands | {"partner": "PUP"}))
    assert named.partner == "PUP"


def test_the_list_says_which_partner_is_to_be_named(world: World) -> None:
    with world.scope("cis", "ewa"):
        catalogue.ensure_catalogue()
        one = Service.objects.filter(provider="partner").first()
    client = Client()
    sign_in(client, world.people["ewa"])
    assert catalogue.UNNAMED in client.get(reverse("ipzs:service_list")).content.decode()
    form = client.get(reverse("ipzs:service_edit", args=[one.pk])).content.decode()
    assert catalogue.UNNAMED not in form


def test_a_service_off_the_offer_stays_known(cis: World) -> None:
    made = service()
    assert not catalogue.set_service_active(service_id=made.pk, active=False).active


def test_two_places_of_one_person_in_a_workshop_never_meet(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)

    with pytest.raises(InputError, match="już w tej pracowni"):
        place(joinery, case, DAY)


def test_a_person_moves_from_a_day_and_leaves_the_day_before(cis: World) -> None:
    joinery, kitchen, case = workshop(), workshop("Kuchnia"), in_classes()
    old = place(joinery, case)

    new = catalogue.move_place(place_id=old.pk, to_workshop_id=kitchen.pk, since=DAY)

    old.refresh_from_db()
    assert (old.until, new.since, new.workshop) == (DAY - timedelta(days=1), DAY, kitchen)


def test_a_workshop_takes_nobody_before_it_opens(cis: World) -> None:
    joinery, case = workshop(opened_on=DAY), in_classes()

    with pytest.raises(InputError) as refused:
        place(joinery, case, DAY - timedelta(days=1))
    assert refused.value.field == "since"


def test_closing_a_workshop_ends_its_places_and_leaders(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    catalogue.add_leader(workshop_id=joinery.pk, user_id=cis.people["tomasz"].pk, since=OPENED)

    workshop_data = catalogue.WorkshopData(kind="workshop", name="Stolarnia", opened_on=OPENED, closed_on=DAY)
    catalogue.save_workshop(workshop_id=joinery.pk, data=workshop_data)

    assert WorkshopPlace.objects.get().until == DAY
    assert WorkshopLeader.objects.get().until == DAY


def test_only_who_works_here_leads_a_workshop(cis: World) -> None:
    with pytest.raises(InputError):
        catalogue.add_leader(workshop_id=workshop().pk, user_id=cis.people["igor"].pk, since=DAY)
