"""Two rows of one person become one, and nothing of either is lost."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from participants.models import Merge, NotDuplicate, Participation, Period, Person, PersonGroup
from participants.services.people import (
    UnknownReference,
    add_part,
    mark_not_duplicate,
    merge_persons,
    merge_preview,
    merging,
    remove_part,
)
from participants.services.people.merging import BY_NUMBER, MOVED, SETTLED, references
from reintegration.audit.models import Erasure, LegalHold
from reintegration.core.errors import InputError
from reintegration.documents.models import StoredFile
from reintegration.tenancy.fields import KinForeignKey
from tests.cast import World
from tests.participants.people.conftest import added, pesel
from tests.specimens import specimen

DAY = date(2026, 11, 2)


def opened(person: Person, number: str, **given: Any) -> Participation:
    return Participation.objects.create(person=person, number=number, opened_on=DAY, **given)


def test_every_reference_to_a_person_is_moved_or_settled():
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    assert found == MOVED | SETTLED
    assert {(model._meta.label, field) for model, field in references()} == found


def test_every_number_of_a_person_in_lower_rooms_is_moved():
    history = {"audit.Change", "audit.Erasure"}
    numbered = {
        model._meta.label
        for model in apps.get_models()
        if any(field.name == "subject_id" for field in model._meta.local_fields)
    }
    assert {model._meta.label for model in BY_NUMBER} == numbered - history


def test_a_reference_that_nobody_declared_stops_the_merge(unit: World, monkeypatch: pytest.MonkeyPatch):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    monkeypatch.setattr(merging, "MOVED", MOVED - {("participants.Income", "person")})
    with pytest.raises(UnknownReference, match="participants.Income.person"):
        merge_persons(keep_id=keep.pk, gone_id=gone.pk)


@pytest.mark.parametrize("reference", sorted(MOVED - {("participants.Merge", "kept")}))
def test_a_row_of_each_kind_is_counted_and_moved(unit: World, reference: tuple[str, str]):
    label, field = reference
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    model = apps.get_model(label)
    row = specimen(model, unit, "kanarek")
    model._default_manager.filter(pk=row.pk).update(**{field: gone})
    counted = dict(merge_preview(keep_id=keep.pk, gone_id=gone.pk).references)
    assert counted[str(model._meta.verbose_name_plural)] == 1
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    row = model._default_manager.get(pk=row.pk)
    assert getattr(row, f"{field}_id") == keep.pk
    assert Merge.objects.get(kept=keep).moved[f"{label}.{field}"] == 1


def test_nothing_refers_to_the_row_that_went_but_its_merge(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    for model, field in references():
        if issubclass(model, Merge | NotDuplicate) or model is Person:
            continue
        assert isinstance(model._meta.get_field(field), KinForeignKey)
    add_part(person_id=gone.pk, kind="group", values={"code": "5", "since": DAY})
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    left = [
        (model._meta.label, field)
        for model, field in references()
        if model._default_manager.filter(**{field: gone.pk}).exists()
    ]
    assert left == [("participants.Merge", "gone")]


def test_what_went_is_kept_encrypted_and_leads_on(unit: World):
    keep = added("Jan Bóbr")
    gone = added("Jan Bobr", pesel=pesel(1), town="Jodłów")
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    keep.refresh_from_db()
    gone.refresh_from_db()
    merge = Merge.objects.get(gone=gone)
    assert (gone.merged_into_id, gone.last_name, gone.pesel, gone.town) == (keep.pk, "", "", "")
    assert merge.before["pesel"] == pesel(1)
    assert merge.merged_by == unit.people["ewa"]
    # What only the other row knew is taken over, so that nothing is lost by default.
    assert (keep.pesel, keep.no_pesel, keep.town, keep.last_name) == (pesel(1), "", "Jodłów", "Bóbr")


def test_the_person_chooses_which_of_two_values_is_true(unit: World):
    keep, gone = added("Jan Bóbr", town="Modrzewno"), added("Jan Bobr", town="Jodłów")
    merge_persons(keep_id=keep.pk, gone_id=gone.pk, choice={"town": "gone", "last_name": "kept"})
    keep.refresh_from_db()
    assert (keep.town, keep.last_name) == ("Jodłów", "Bóbr")


def test_a_choice_that_contradicts_itself_is_refused_and_changes_nothing(unit: World):
    keep = added("Jan Bóbr", pesel=pesel(1))
    gone = added("Ewa Bóbr", pesel=pesel(2, "K"))
    with pytest.raises(InputError, match="PESEL"):
        merge_persons(keep_id=keep.pk, gone_id=gone.pk, choice={"sex": "gone"})
    assert not Merge.objects.exists()


def test_two_open_files_refuse_the_merge_with_a_sentence(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    opened(keep, "U/1/2026")
    opened(gone, "U/2/2026")
    assert "otwartą sprawę" in merge_preview(keep_id=keep.pk, gone_id=gone.pk).refusals[0]
    with pytest.raises(InputError, match="Obie osoby mają otwartą sprawę"):
        merge_persons(keep_id=keep.pk, gone_id=gone.pk)


def test_overlapping_periods_refuse_the_merge_with_a_sentence(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    closed = {"ended_on": date(2026, 11, 20), "end_reason": "job"}
    for person, number in ((keep, "U/1/2026"), (gone, "U/2/2026")):
        Period.objects.create(
            participation=opened(person, number, **closed),
            person=person,
            kind="trial",
            since=DAY,
            until=date(2026, 12, 1),
        )
    with pytest.raises(InputError, match="nakładają się"):
        merge_persons(keep_id=keep.pk, gone_id=gone.pk)


def test_groups_of_both_stay_once_and_one_of_them_is_main(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    for person in (keep, gone):
        add_part(person_id=person.pk, kind="group", values={"code": "5", "since": DAY})
    add_part(person_id=gone.pk, kind="group", values={"code": "1", "since": DAY, "main": True})
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    groups = PersonGroup.objects.filter(person=keep).order_by("-main")
    assert [(group.code, group.main) for group in groups] == [("5", True), ("1", False)]


def test_an_address_of_long_ago_leads_to_the_last_person(unit: World):
    first, second, third = added("Jan Bóbr"), added("Jan Bobr"), added("Jan Bubr")
    merge_persons(keep_id=second.pk, gone_id=first.pk)
    merge_persons(keep_id=third.pk, gone_id=second.pk)
    first.refresh_from_db()
    assert first.merged_into_id == third.pk
    assert set(Merge.objects.order_by("pk").values_list("kept_id", flat=True)) == {third.pk}


def test_who_went_cannot_be_merged_again(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    with pytest.raises(InputError, match="nie ma już"):
        merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    with pytest.raises(InputError, match="dwa różne"):
        merge_persons(keep_id=keep.pk, gone_id=keep.pk)


def test_a_mark_of_two_different_persons_follows_the_one_who_stays(unit: World):
    keep, gone, other = added("Jan Bóbr"), added("Jan Bobr"), added("Jan Bubr")
    mark_not_duplicate(one_id=gone.pk, other_id=other.pk)
    mark_not_duplicate(one_id=keep.pk, other_id=gone.pk)
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    mark = NotDuplicate.objects.get()
    assert {mark.one_id, mark.other_id} == {keep.pk, other.pk}


def test_files_and_a_hold_of_the_row_that_went_belong_to_who_stays(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    file = specimen(StoredFile, unit, "plik")
    StoredFile.objects.filter(pk=file.pk).update(subject_id=gone.pk)
    LegalHold.objects.create(subject_id=gone.pk, reason="spór", placed_on=DAY)
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    assert StoredFile.objects.get(pk=file.pk).subject_id == keep.pk
    assert LegalHold.objects.get().subject_id == keep.pk


def test_of_two_holds_each_keeps_its_own(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr")
    for person in (keep, gone):
        LegalHold.objects.create(subject_id=person.pk, reason="spór", placed_on=DAY)
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    assert LegalHold.objects.filter(subject_id=gone.pk).exists()


def test_who_was_merged_is_erased_with_who_stayed(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr", pesel=pesel(1))
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    merging.erase_merged(keep.pk)
    assert Merge.objects.get().before is None
    assert Erasure.objects.get().subject_id == gone.pk


def test_of_several_groups_one_is_main_whatever_is_ended(unit: World):
    person = added()
    first = add_part(person_id=person.pk, kind="group", values={"code": "5", "since": DAY})
    second = add_part(person_id=person.pk, kind="group", values={"code": "1", "since": DAY})
    assert (first.main, second.main) == (True, False)
    third = add_part(person_id=person.pk, kind="group", values={"code": "2", "since": DAY, "main": True})
    first.refresh_from_db()
    assert (first.main, third.main) == (False, True)
    remove_part(kind="group", part_id=third.pk)
    with pytest.raises(InputError, match="nie ma już"):
        remove_part(kind="group", part_id=third.pk)
