import copy
import pickle
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.forms import modelform_factory
from django.test import override_settings
from django.test.utils import isolate_apps

from reintegration.core.crypto import Refused, key_id_of
from reintegration.core.fields import (
    BlindIndexField,
    Ciphertext,
    EncryptedJSONField,
    EncryptedTextField,
    MoneyField,
    SealingQuerySet,
    encrypted_fields,
)
from reintegration.core.ids import uuid7
from reintegration.settings import test as test_settings
from tests.core.tables import create_temporary_tables

pytestmark = pytest.mark.django_db

NEW_RING = f"t2:{test_settings._key('n')},{test_settings.REINTEGRA_FIELD_KEYS}"

with isolate_apps("reintegration.core"):

    class Person(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid7)
        name = models.TextField()
        pesel = EncryptedTextField("PESEL", max_length=11, blank=True)
        pesel_index = BlindIndexField(source="pesel")
        note = EncryptedTextField(blank=True)
        health = EncryptedJSONField(null=True, blank=True)

        objects = SealingQuerySet.as_manager()

        class Meta:
            app_label = "core"
            constraints = [
                models.UniqueConstraint(
                    fields=["pesel_index"], name="one_pesel", violation_error_message="Ten PESEL już jest."
                )
            ]

        def __str__(self):
            return self.name

    class Payment(models.Model):
        amount = MoneyField("kwota", null=True, blank=True)

        class Meta:
            app_label = "core"

        def __str__(self):
            return str(self.amount)

    class Numbered(models.Model):
        note = EncryptedTextField()

        class Meta:
            app_label = "core"

        def __str__(self):
            return "zaszyfrowane"


@pytest.fixture
def table():
    create_temporary_tables(Person, Payment, Numbered)


@pytest.fixture
def known(monkeypatch):
    """A copy finds its model by name."""
    monkeypatch.setitem(apps.all_models["core"], "person", Person)


@pytest.fixture
def anna(table):
    return Person.objects.create(name="Anna", pesel="01834512345", health={"leki": ["a", 1]}, note="ł")


def stored(person, column="pesel"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM core_person WHERE id = %s", [person.pk])
        return bytes(cursor.fetchone()[0])


def loaded(person):
    return Person.objects.get(pk=person.pk)


def test_a_value_is_stored_encrypted_and_read_back(anna):
    again = loaded(anna)
    assert (again.pesel, again.note) == ("01834512345", "ł")
    assert again.health == {"leki": ["a", 1]}
    for column in ("pesel", "note", "health"):
        assert stored(anna, column).startswith(b"\x01\x02t1")
    assert b"01834512345" not in stored(anna)


def test_nothing_known_is_stored_as_nothing(table):
    person = Person.objects.create(name="Jan")
    again = loaded(person)
    assert (again.pesel, again.pesel_index, again.health) == ("", None, None)
    assert stored(person) == b""
    assert Person.objects.filter(health__isnull=True).get() == person


def test_a_query_without_instances_yields_no_plain_text(anna):
    [row] = Person.objects.values("pesel", "health")
    assert isinstance(row["pesel"], Ciphertext)
    assert f"{row['pesel']} {row['pesel']!r}" == "<ciphertext> <ciphertext>"
    assert isinstance(Person.objects.values_list("health", flat=True)[0], Ciphertext)


@pytest.mark.parametrize("lookup", ["pesel", "pesel__contains", "note__lt", "health__leki", "pesel__prefix"])
def test_an_encrypted_column_cannot_be_compared(anna, lookup):
    with pytest.raises(FieldError):
        Person.objects.filter(**{lookup: "0"})


def test_a_value_copied_to_another_row_is_refused(anna):
    other = Person.objects.create(name="Jan")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_person SET note = (SELECT note FROM core_person WHERE id = %s) WHERE id = %s",
            [anna.pk, other.pk],
        )
        cursor.execute("UPDATE core_person SET note = pesel WHERE id = %s", [anna.pk])
    for person in (anna, other):
        with pytest.raises(Refused):
            _ = loaded(person).note


def test_a_save_that_changes_nothing_keeps_the_ciphertext(anna):
    before = stored(anna), stored(anna, "health")
    anna.save()
    again = loaded(anna)
    assert again.pesel
    again.pesel = "01834512345"
    again.save()
    loaded(anna).save()
    refreshed = loaded(anna)
    refreshed.refresh_from_db()
    refreshed.save()
    assert (stored(anna), stored(anna, "health")) == before


def test_a_changed_value_is_encrypted_anew(anna):
    before = stored(anna)
    again = loaded(anna)
    again.pesel = "01834512346"
    again.health["leki"].append("b")
    again.save()
    changed = loaded(anna)
    assert (changed.pesel, changed.health) == ("01834512346", {"leki": ["a", 1, "b"]})
    assert stored(anna) != before


def test_a_save_after_a_rotation_uses_the_new_key(anna):
    again = loaded(anna)
    with override_settings(REINTEGRA_FIELD_KEYS=NEW_RING):
        again.save()
        assert key_id_of(stored(anna)) == "t2"
        assert loaded(anna).pesel == "01834512345"


def test_only_named_fields_are_saved(anna):
    before = stored(anna)
    again = loaded(anna)
    again.pesel, again.note = "01834512346", "nowa"
    again.save(update_fields=["note"])
    assert stored(anna) == before
    assert loaded(anna).note == "nowa"


def test_a_deferred_value_is_loaded_when_read_and_not_changed_by_a_save(anna, django_assert_num_queries):
    before = stored(anna, "note")
    person = Person.objects.defer("note", "pesel").get()
    person.save()
    with django_assert_num_queries(1):
        assert (person.note, person.note) == ("ł", "ł")
    person.save()
    assert stored(anna, "note") == before
    assert Person.objects.only("name").get().pesel == "01834512345"


def test_a_refreshed_instance_shows_what_is_stored(anna):
    again = loaded(anna)
    anna.note = "inna"
    anna.save()
    assert again.note == "ł"
    again.refresh_from_db()
    assert again.note == "inna"
    again.refresh_from_db(fields=["note"])
    assert again.note == "inna"


@pytest.mark.parametrize("opened", [True, False])
def test_a_copy_saved_under_another_key_belongs_to_its_own_row(anna, known, opened):
    again = loaded(anna)
    if opened:
        assert again.note
    twin = copy.copy(again)
    twin.pk, twin.pesel = uuid7(), ""
    twin._state.adding = True
    twin.save()
    before = stored(again, "note")
    again.save()
    assert loaded(twin).note == loaded(anna).note == "ł"
    assert stored(anna, "note") == before != stored(twin, "note")


def test_an_instance_survives_pickling(anna, known):
    assert pickle.loads(pickle.dumps(loaded(anna))).note == "ł"
    assert copy.deepcopy(loaded(anna)).note == "ł"


def test_rows_created_in_bulk_are_encrypted(table):
    Person.objects.bulk_create(Person(name=str(number), pesel=f"0{number}") for number in range(3))
    assert sorted(person.pesel for person in Person.objects.all()) == ["00", "01", "02"]
    assert Person.objects.get(pesel_index="02").name == "2"


def test_rows_updated_in_bulk_are_encrypted_and_found(anna):
    other = Person.objects.create(name="Jan", pesel="07", note="x")
    people = list(Person.objects.order_by("name"))
    before = stored(anna, "note")
    people[0].pesel, people[1].pesel, people[1].note = "11", "", "y"
    assert Person.objects.bulk_update(people, ["pesel", "note"]) == 2
    assert [person.pesel for person in people] == ["11", ""]
    assert (loaded(anna).pesel, loaded(other).pesel, loaded(other).note) == ("11", "", "y")
    assert Person.objects.get(pesel_index="11") == anna
    assert loaded(other).pesel_index is None
    assert stored(anna, "note") == before


def test_a_queryset_cannot_write_a_plain_value(anna):
    with pytest.raises(TypeError, match="encrypted for its row"), transaction.atomic():
        Person.objects.update(pesel="1")
    assert Person.objects.update(pesel="", health=None) == 1
    assert (loaded(anna).pesel, loaded(anna).health) == ("", None)


def test_a_row_is_found_by_its_blind_index(anna):
    Person.objects.create(name="Jan", pesel="07")
    assert Person.objects.get(pesel_index="01834512345") == anna
    assert Person.objects.filter(pesel_index__in=["07", "01834512345"]).count() == 2
    assert not Person.objects.filter(pesel_index="").exists()
    assert not Person.objects.filter(pesel_index="1").exists()
    assert stored(anna, "pesel_index") == loaded(anna).pesel_index


@pytest.mark.parametrize("lookup", ["lt", "contains", "startswith"])
def test_a_blind_index_knows_only_equality(lookup):
    with pytest.raises(FieldError):
        Person.objects.filter(**{f"pesel_index__{lookup}": "0"})


def test_a_blind_index_and_its_source_are_saved_together(anna):
    anna.pesel = "07"
    for fields in (["pesel"], ["pesel_index"]):
        with pytest.raises(ValueError, match="together"):
            anna.save(update_fields=fields)
    anna.save(update_fields=["pesel", "pesel_index"])
    assert Person.objects.get(pesel_index="07") == anna


def test_the_same_number_twice_is_refused_with_a_sentence(anna):
    twin = Person(name="Anna", pesel="01834512345")
    with pytest.raises(ValidationError, match="Ten PESEL już jest"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_form_shows_and_saves_an_encrypted_value(anna):
    form_class = modelform_factory(Person, fields=["pesel", "note"])
    assert form_class(instance=loaded(anna)).initial["pesel"] == "01834512345"
    form = form_class({"pesel": "07", "note": "a\nb"}, instance=loaded(anna))
    assert form.is_valid(), form.errors
    form.save()
    assert (loaded(anna).pesel, loaded(anna).note) == ("07", "a\nb")


def test_a_value_that_is_too_long_or_no_document_is_refused(table):
    person = Person(name="Jan", pesel="1" * 12, health={"x": Decimal(1)})
    with pytest.raises(ValidationError) as refused:
        person.full_clean()
    assert set(refused.value.message_dict) == {"pesel", "health"}


def test_a_row_without_a_key_cannot_be_encrypted(table):
    with pytest.raises(ValueError, match="needs its key"), transaction.atomic():
        Numbered(note="x").save()


def test_the_fields_are_written_into_migrations():
    for name in ("pesel", "pesel_index", "health"):
        field = Person._meta.get_field(name)
        _, path, args, kwargs = field.deconstruct()
        again = type(field)(*args, **kwargs)
        assert again.deconstruct()[1:] == field.deconstruct()[1:]
        assert (again.editable, again.null, again.db_type(connection)) == (
            field.editable,
            field.null,
            "bytea",
        )
        assert path in MigrationWriter.serialize(field)[0]


def test_an_encrypted_column_is_never_unique_or_indexed():
    field = EncryptedTextField(unique=True)
    field.set_attributes_from_name("x")
    assert "core.E001" in {message.id for message in field.check()}
    assert not Person._meta.get_field("pesel").check()


def test_the_encrypted_fields_of_a_model_are_known():
    assert [field.name for field in encrypted_fields(Person)] == ["pesel", "note", "health"]


def test_an_amount_is_stored_to_the_grosz(table):
    payment = Payment.objects.create(amount=Decimal("1966.06"))
    assert Payment.objects.get(pk=payment.pk).amount == Decimal("1966.06")
    with pytest.raises(ValueError, match="rounded"), transaction.atomic():
        Payment(amount=Decimal("0.001")).save()
    with pytest.raises(TypeError, match="Decimal"), transaction.atomic():
        Payment(amount=0.5).save()
    with pytest.raises(TypeError, match="Decimal"):
        Payment(amount=0.5).full_clean()
    form = modelform_factory(Payment, fields=["amount"])({"amount": "1 966,06 zł"})
    assert form.is_valid(), form.errors
    assert form.save().amount == Decimal("1966.06")
