import pytest
from django.db import connection, models
from django.test import override_settings
from django.test.utils import isolate_apps

from reintegration.core import rotation
from reintegration.core.crypto import key_id_of
from reintegration.core.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from reintegration.core.ids import uuid7
from reintegration.core.rotation import all_work, count_remaining, rotate_batch, table_work
from reintegration.settings import test as test_settings
from tests.core.tables import create_temporary_tables

pytestmark = pytest.mark.django_db

OLD, NEW = test_settings.REINTEGRA_FIELD_KEYS, f"t2:{test_settings._key('n')}"
BOTH = f"{NEW},{OLD}"

with isolate_apps("reintegration.core"):

    class Secret(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid7)
        name = EncryptedTextField(blank=True)
        name_index = BlindIndexField(source="name")
        more = EncryptedJSONField(null=True)
        open = models.TextField(blank=True)

        class Meta:
            app_label = "core"

        def __str__(self):
            return str(self.pk)


@pytest.fixture
def table():
    create_temporary_tables(Secret)


def key_ids():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM core_secret WHERE name <> '' ORDER BY id")
        return [key_id_of(bytes(name)) for (name,) in cursor.fetchall()]


def rotate(size=2):
    after, steps = None, []
    while True:
        steps.append(rotate_batch(Secret, after=after, size=size))
        after = steps[-1].after
        if after is None:
            return steps


def test_every_value_is_encrypted_under_the_current_key(table):
    people = [Secret.objects.create(name=f"osoba {number}", more={"rok": 1801}) for number in range(5)]
    Secret.objects.create()
    with override_settings(REINTEGRA_FIELD_KEYS=BOTH):
        assert count_remaining(Secret, using="default") == 5
        assert [step.rotated for step in rotate()] == [2, 2, 1]
        assert count_remaining(Secret, using="default") == 0
    with override_settings(REINTEGRA_FIELD_KEYS=NEW):
        again = list(Secret.objects.order_by("id"))
        assert [person.name for person in again] == [*(person.name for person in people), ""]
        assert again[0].more == {"rok": 1801}
        assert Secret.objects.get(name_index="osoba 3") == people[3]
    assert key_ids() == ["t2"] * 5


def test_a_run_that_was_stopped_goes_on_where_it_stopped(table):
    for number in range(5):
        Secret.objects.create(name=f"osoba {number}")
    with override_settings(REINTEGRA_FIELD_KEYS=BOTH):
        rotate_batch(Secret, size=3)
        assert key_ids() == ["t2", "t2", "t2", "t1", "t1"]
        assert sum(step.rotated for step in rotate()) == 2
        assert [step.rotated for step in rotate()] == [0]


def test_a_row_with_one_old_value_of_two_is_found(table):
    secret = Secret.objects.create(name="Anna", more={"rok": 1801})
    with override_settings(REINTEGRA_FIELD_KEYS=BOTH):
        secret.name = "Joanna"
        secret.save(update_fields=["name", "name_index"])
        assert count_remaining(Secret, using="default") == 1
        rotate()
    with override_settings(REINTEGRA_FIELD_KEYS=NEW):
        again = Secret.objects.get()
        assert (again.name, again.more) == ("Joanna", {"rok": 1801})


def test_only_ciphertexts_are_written(table):
    secret = Secret.objects.create(name="Anna")
    with override_settings(REINTEGRA_FIELD_KEYS=BOTH):
        rotation_starts = Secret.objects.get()
        Secret.objects.update(open="zmienione w tym czasie")
        rotate()
        assert Secret.objects.get().open == "zmienione w tym czasie"
        assert rotation_starts.name == "Anna"
    assert secret.pk


def test_a_damaged_value_is_named_and_stops_nothing(table):
    first, second = (Secret.objects.create(name=name) for name in ("Anna", "Jan"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_secret SET name = name || '!' WHERE id = %s", [first.pk])
    with override_settings(REINTEGRA_FIELD_KEYS=BOTH):
        [step] = rotate(size=10)
        assert step.rotated == 1
        assert [line for line in step.unreadable if f"core_secret.name {first.pk}" in line]
        assert count_remaining(Secret, using="default") == 1
        assert Secret.objects.get(pk=second.pk).name == "Jan"


def test_a_value_whose_key_is_gone_is_named(table):
    Secret.objects.create(name="Anna")
    with override_settings(REINTEGRA_FIELD_KEYS=NEW):
        [step] = rotate(size=10)
        assert step.rotated == 0
        assert "'t1'" in step.unreadable[0]


def test_work_is_known_for_tables_and_for_what_rooms_register(monkeypatch):
    monkeypatch.setattr(rotation, "_registered", {})
    files = rotation.Work("files", lambda **_: rotation.Step(None), lambda **_: 0)
    rotation.register(files)
    assert all_work()[-1] is files
    assert table_work(Secret).name == "core_secret"
    assert not table_work(Secret).tenants
