"""Many keys go as one array, and find what they would find one by one."""

from typing import Any

import pytest
from django.db.models import Q

from reintegration.accounts.models import User
from reintegration.tenancy.models import Membership, Organisation
from tests.cast import World

pytestmark = pytest.mark.django_db


def test_many_keys_find_what_each_of_them_finds(world: World):
    people = list(User.objects.order_by("pk")[:6])
    keys = [one.pk for one in people]
    asked: list[Any] = [keys, [*keys, None, keys[0]], [str(key) for key in keys], tuple(keys), set(keys)]
    for given in asked:
        found = User.objects.filter(pk__in=given).order_by("pk")
        assert list(found) == people
        assert "ANY" in str(found.query)
    everybody = User.objects.count()
    assert User.objects.exclude(pk__in=keys).count() == everybody - len(keys)
    assert User.objects.filter(Q(pk__in=keys) | Q(pk__in=keys[:1])).count() == len(keys)
    held = Membership.objects.filter(user__in=keys).order_by("pk")
    assert "ANY" in str(held.query)
    assert list(held) == [one for one in Membership.objects.order_by("pk") if one.user_id in keys]
    assert list(Membership.objects.filter(user__in=people).order_by("pk")) == list(held)
    units = Organisation.objects.filter(memberships__user__in=keys).distinct()
    assert set(units) == {one.organisation for one in held.select_related("organisation")}


def test_few_keys_none_at_all_and_a_subquery_stay_as_they_are(world: World):
    key = User.objects.order_by("pk").values_list("pk", flat=True)[0]
    few = User.objects.filter(pk__in=[key])
    assert "ANY" not in str(few.query)
    assert few.count() == 1
    assert not User.objects.filter(pk__in=[])
    assert not User.objects.filter(pk__in=[None] * 9)
    inside = Membership.objects.filter(user__in=User.objects.filter(pk=key))
    assert "ANY" not in str(inside.query)
    assert set(inside.values_list("user_id", flat=True)) == {key}
