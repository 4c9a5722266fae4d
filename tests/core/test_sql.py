import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.ids import uuid7
from reintegration.core.sql import order_column, search_column
from reintegration.core.text import polish_order, search_key
from tests.core.tables import create_temporary_tables

pytestmark = pytest.mark.django_db

with isolate_apps("reintegration.core"):

    class Name(models.Model):
        first = models.TextField()
        last = models.TextField()
        sought = search_column("last", "first")
        ordered = order_column("last", "first")

        class Meta:
            app_label = "core"
            indexes = [models.Index(fields=["sought"], name="name_sought")]

        def __str__(self):
            return f"{self.first} {self.last}"

    class Stay(models.Model):
        person = models.UUIDField(null=True, blank=True)
        unit = models.UUIDField(default=uuid7)
        kind = models.TextField(default="main")
        cancelled = models.BooleanField(default=False)
        since = models.DateField()
        until = models.DateField(null=True, blank=True)

        class Meta:
            app_label = "core"
            constraints = [
                span_ordered("since", "until", name="stay_ordered"),
                exclude_overlap(
                    "person",
                    "unit",
                    texts=["kind"],
                    since="since",
                    until="until",
                    where=models.Q(cancelled=False),
                    name="stay_once",
                    message="Te okresy się nakładają.",
                ),
            ]

        def __str__(self):
            return f"{self.since}–{self.until}"


@pytest.fixture
def tables():
    create_temporary_tables(Name, Stay)


LETTERS = [
    chr(code)
    for first, end in [(0x20, 0x250), (0x300, 0x370), (0x400, 0x530), (0x1E00, 0x1F00), (0x2000, 0x2040)]
    for code in range(first, end)
] + [" "] * 60


def test_the_database_folds_and_orders_as_python_does(db):
    chance = random.Random(20)  # noqa: S311 - letters, no secrets
    texts = ["".join(chance.choices(LETTERS, k=chance.randint(0, 30))) for _ in range(400)]
    texts += LETTERS + ["ẞ", "😀", "\tŻółć\n-\u00a0Nowak", "İstanbul"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t, search_key(t), polish_order(t) FROM unnest(%s::text[]) AS t", [texts])
        for text, key, order in cursor.fetchall():
            assert (key, order) == (search_key(text), polish_order(text)), ascii(text)


def test_names_are_found_by_a_prefix_and_sorted_in_polish(tables):
    for last in ["Łoś", "Lis", "Żak", "Zając", "Źrebak", "Lisowski-Nowak"]:
        Name.objects.create(first="Anna", last=last)
    assert [name.last for name in Name.objects.order_by("ordered")] == [
        "Lis",
        "Lisowski-Nowak",
        "Łoś",
        "Zając",
        "Źrebak",
        "Żak",
    ]
    found = Name.objects.filter(sought__prefix=search_key("LIS"))
    assert sorted(name.last for name in found) == ["Lis", "Lisowski-Nowak"]
    assert not Name.objects.filter(sought__prefix="is").exists()
    assert Name.objects.filter(sought__prefix="").count() == 6
    assert not Name.objects.filter(sought__prefix="l%").exists()


def test_a_prefix_uses_the_index(tables):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Name.objects.filter(sought__prefix="kow").explain()
    assert "name_sought" in plan
    assert "sought >= 'kow'" in plan


def stay(person, since, until, **values):
    return Stay(person=person, unit=UNIT, since=since, until=until, **values)


UNIT, ANNA = uuid7(), uuid7()


def test_a_span_that_ends_before_it_begins_is_refused(tables):
    backwards = stay(ANNA, date(2026, 3, 2), date(2026, 3, 1))
    with pytest.raises(ValidationError, match="Koniec nie może być wcześniejszy"):
        backwards.full_clean()
    with pytest.raises(IntegrityError, match="stay_ordered"), transaction.atomic():
        backwards.save()
    stay(ANNA, date(2026, 3, 1), date(2026, 3, 1)).save()
    stay(ANNA, date(2026, 3, 2), None).save()


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 3, 31), date(2026, 4, 5)),
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 3, 10), None),
        (date(2026, 1, 1), None),
    ],
)
def test_two_spans_with_a_day_in_common_are_refused(tables, since, until):
    stay(ANNA, date(2026, 3, 1), date(2026, 3, 31)).save()
    second = stay(ANNA, since, until)
    with pytest.raises(ValidationError, match="Te okresy się nakładają"):
        second.full_clean()
    with pytest.raises(IntegrityError, match="stay_once"), transaction.atomic():
        second.save()


def test_spans_without_a_common_day_or_key_stand_side_by_side(tables):
    for other in (
        stay(ANNA, date(2026, 3, 1), date(2026, 3, 31)),
        stay(ANNA, date(2026, 4, 1), None),
        stay(ANNA, date(2026, 2, 1), date(2026, 2, 28)),
        stay(uuid7(), date(2026, 3, 1), date(2026, 3, 31)),
        stay(ANNA, date(2026, 3, 1), date(2026, 3, 31), kind="other"),
        stay(ANNA, date(2026, 3, 1), date(2026, 3, 31), cancelled=True),
        stay(None, date(2026, 3, 1), None),
        stay(None, date(2026, 3, 1), None),
    ):
        other.save()
    assert Stay.objects.count() == 8
