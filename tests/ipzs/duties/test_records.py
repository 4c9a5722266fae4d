"""Entries of duties: terms, mistakes, one training for several people, and what is handed out."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from ipzs.models import DutyRecord, IssuedItem
from ipzs.services import duties as services
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.duties.made import CHECKED, TODAY, done, issued
from tests.participants.participations.made import candidate, ended

pytestmark = pytest.mark.django_db


def test_a_training_holds_as_long_as_the_unit_says(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        assert done(file).valid_until == date(2027, 3, 1)
        services.set_rules(wanted=[services.RuleData("safety", "blocks", months=36)])
        assert done(file, on=TODAY).valid_until == date(2029, 11, 19)
        assert DutyRecord.objects.filter(participation=file, valid_until=date(2027, 3, 1)).exists()


def test_a_doctor_says_until_when(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        with pytest.raises(InputError, match="do którego ważne") as refused:
            services.record_duty(participation_id=file.pk, data=services.DutyData("medical", CHECKED))
        assert refused.value.field == "valid_until"
        until = date(2026, 12, 31)
        assert done(file, "medical", valid_until=until).valid_until == until


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"done_on": TODAY + timedelta(days=1)}, "done_on"),
        ({"done_on": TODAY, "valid_until": TODAY - timedelta(days=1)}, "valid_until"),
    ],
)
def test_days_that_cannot_be_are_refused(world: World, given: dict, field: str):
    with world.scope("cis", "anna"):
        file = candidate()
        with pytest.raises(InputError) as refused:
            services.record_duty(participation_id=file.pk, data=services.DutyData("safety", **given))
        assert refused.value.field == field


def test_the_same_day_is_written_once(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        done(file)
        with pytest.raises(ValidationError, match="już zapisane"):
            done(file)


def test_what_a_unit_switched_off_is_not_written(world: World):
    with world.scope("kis", "bozena"):
        file = candidate()
        with pytest.raises(InputError, match="wyłączony"):
            done(file)
        services.set_rules(wanted=[services.RuleData("safety", "warns", months=12)])
        assert done(file).valid_until == date(2027, 3, 1)


def test_an_ended_file_takes_no_training_but_things_come_back(world: World):
    with world.scope("cis", "anna"):
        file = ended()
        with pytest.raises(InputError, match="zakończona"):
            done(file)
        thing = IssuedItem.objects.create(
            participation=file, person_id=file.person_id, kind="clothing", name="buty", issued_on=CHECKED,
            issued_by=world.people["anna"],
        )  # fmt: skip
        assert services.return_item(item_id=thing.pk, returned_on=TODAY).returned_on == TODAY


def test_one_training_for_several_names_those_left_out(world: World):
    with world.scope("cis", "anna"):
        here, again, gone = candidate("Ada Jest"), candidate("Bea Była"), ended("Cyryl Odszedł")
        done(again, on=TODAY)
        data = services.DutyData("safety", TODAY, done_by="Jan Dereń")
        found = services.record_for_many(participation_ids=[here.pk, again.pk, gone.pk], data=data)
        assert [row.participation_id for row in found.done] == [here.pk]
        assert [str(file.person) for file, _ in found.refused] == ["Bea Była", "Cyryl Odszedł"]
        assert "już zapisane" in found.refused[0][1]


def test_mending_an_entry_keeps_the_note_of_those_who_read_it(world: World):
    with world.scope("cis", "anna"):
        row = done(candidate(), "medical", note="Bez pracy na wysokości.")
        changed = services.change_duty(record_id=row.pk, done_on=TODAY, valid_until=date(2027, 5, 5))
        assert (changed.note, changed.valid_until) == ("Bez pracy na wysokości.", date(2027, 5, 5))
        services.change_duty(record_id=row.pk, done_on=TODAY, valid_until=date(2027, 5, 5), note="")
        assert DutyRecord.objects.get(pk=row.pk).note == ""
        services.remove_duty(record_id=row.pk)
        assert not DutyRecord.objects.filter(pk=row.pk).exists()


def test_a_thing_comes_back_once_and_not_before_it_went_out(world: World):
    with world.scope("cis", "anna"):
        thing = issued(candidate())
        with pytest.raises(InputError, match="nie jest wcześniejszy"):
            services.return_item(item_id=thing.pk, returned_on=CHECKED - timedelta(days=1))
        services.return_item(item_id=thing.pk, returned_on=TODAY)
        with pytest.raises(InputError, match="zapisano już"):
            services.return_item(item_id=thing.pk, returned_on=TODAY)


def test_things_are_handed_out_all_or_none(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        good, bad = (
            services.ItemData("clothing", "fartuch"),
            services.ItemData("clothing", "buty", quantity=100),
        )
        with pytest.raises(ValidationError, match="od 1 do 99"):
            services.issue_items(participation_id=file.pk, issued_on=TODAY, items=[bad])
        with pytest.raises(InputError, match="co wydano"):
            services.issue_items(participation_id=file.pk, issued_on=TODAY, items=[])
        assert len(services.issue_items(participation_id=file.pk, issued_on=TODAY, items=[good, good])) == 2
