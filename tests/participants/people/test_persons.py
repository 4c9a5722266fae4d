"""Adding persons and changing them."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from participants.models import NameKey, Person
from participants.services.people import KnownPesel, PersonRefused, data_of, edit_person, similar_persons
from reintegration.core.errors import InputError
from reintegration.core.ids import uuid7
from tests.cast import World
from tests.participants.people.conftest import added, data, pesel

from participants.services.people import add_person  # isort: skip


def test_birth_date_and_sex_are_read_from_the_pesel(unit: World):
    person = added(pesel=pesel(1, "K"))
    # The made-up number of 1883 stands for somebody born a century later.
    assert (person.birth_date, person.sex) == (date(1983, 5, 4), "F")


@pytest.mark.parametrize(
    ("given", "field", "word"),
    [
        ({"pesel": pesel()[:-1] + str((int(pesel()[-1]) + 1) % 10)}, "pesel", "kontroln"),
        ({"pesel": pesel(), "birth_date": date(1983, 5, 5)}, "birth_date", "Według PESEL"),
        ({"pesel": pesel(), "sex": "F"}, "sex", "To PESEL mężczyzny"),
        ({"no_pesel": ""}, "pesel", "powód jego braku"),
        ({"no_pesel": "foreigner", "birth_date": date(1980, 1, 1)}, "document_kind", "Wybierz dokument"),
        ({"no_pesel": "unknown", "birth_date": date(2025, 1, 1)}, "birth_date", "Sprawdź rok"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(unit: World, given: dict, field: str, word: str):
    with pytest.raises(PersonRefused) as refused:
        added(**given)
    assert refused.value.field == field
    assert word in refused.value.message
    assert not Person.objects.exists()


def test_every_problem_is_told_at_once(unit: World):
    with pytest.raises(PersonRefused) as refused:
        added(pesel=pesel(), sex="F", birth_date=date(1983, 5, 5))
    assert {problem.field for problem in refused.value.problems} == {"birth_date", "sex"}


def test_a_pesel_on_file_is_refused_with_whom_it_belongs_to(unit: World):
    known = added("Anna Bąk", pesel=pesel(2, "K"))
    with pytest.raises(KnownPesel) as refused:
        added("Anna Inna", pesel=pesel(2, "K"))
    assert (refused.value.person.pk, refused.value.field) == (known.pk, "pesel")


def test_the_database_refuses_a_second_row_with_the_same_pesel(unit: World):
    added(pesel=pesel(3))
    second = added("Jan Dwa")
    second.pesel, second.no_pesel = pesel(3), ""
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_another_unit_may_add_the_same_person(world: World):
    for place in ("cis", "kis"):
        with world.scope(place):
            assert added(pesel=pesel(4)).pk
            assert Person.objects.count() == 1


def test_a_change_of_address_does_not_judge_an_old_identity(unit: World):
    person = added()
    Person.objects.filter(pk=person.pk).update(no_pesel="")
    old = Person.objects.get(pk=person.pk)
    edited = edit_person(person_id=person.pk, data=replace(data_of(old), town="Jodłów"))
    assert edited.town == "Jodłów"


def test_a_change_that_changes_nothing_writes_nothing(unit: World, django_assert_num_queries):
    person = added(pesel=pesel(5))
    with django_assert_num_queries(1):
        edit_person(person_id=person.pk, data=data_of(person))


def test_a_new_name_is_found_and_the_old_one_is_not(unit: World):
    person = added("Maria Wrona")
    edit_person(person_id=person.pk, data=replace(data_of(person), last_name="Sowa"))
    keys = set(NameKey.objects.filter(person=person).values_list("key", flat=True))
    assert "sowa" in keys
    assert "wrona" not in keys
    assert "maria" in keys


def test_a_name_of_letters_that_become_two_fits_its_keys(unit: World):
    person = added(f"Jan {'ß' * 80}")
    assert NameKey.objects.filter(person=person).exists()


def test_somebody_who_is_not_on_file_cannot_be_changed(unit: World):
    with pytest.raises(InputError):
        edit_person(person_id=uuid7(), data=data())


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ({"first_name": "Marek", "last_name": "Dabek", "birth_date": date(1983, 5, 4)}, "likely"),
        ({"first_name": "Marek", "last_name": "Dąbeg", "birth_date": date(1983, 5, 4)}, "likely"),
        ({"first_name": "Dąbek", "last_name": "Marek", "birth_date": date(1983, 4, 5)}, "likely"),
        ({"first_name": "Marek", "last_name": "Dąbek-Nowak", "birth_date": date(1983, 5, 4)}, "likely"),
        ({"first_name": "Ktoś", "last_name": "Inny", "pesel": pesel(6)}, "certain"),
        ({"first_name": "Ktoś", "last_name": "Inny", "phone": "500100200"}, "possible"),
        ({"first_name": "Marek", "last_name": "Dąbek"}, "possible"),
    ],
)
def test_a_double_is_warned_of(unit: World, typed: dict, score: str):
    person = added(pesel=pesel(6), phone="500100200")
    (found,) = similar_persons(**typed)
    assert (found.person.pk, found.likeness.score) == (person.pk, score)


def test_who_shares_nothing_but_a_first_name_is_no_double(unit: World):
    added(pesel=pesel(7))
    assert similar_persons(first_name="Marek", last_name="Zając", birth_date=date(1983, 5, 4)) == []


def test_two_of_the_same_name_are_added_because_likeness_only_warns(unit: World):
    assert added().pk != added().pk
    assert add_person(data=data()).pk
