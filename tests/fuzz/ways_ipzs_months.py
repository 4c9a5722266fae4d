"""The way to a month that may be closed."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.dates import Month
from tests.cast import World
from tests.ipzs.months.made import marked
from tests.participants.participations.made import in_classes


def ready_to_close(world: World, client: Client) -> str:
    month = Month.of(clock.today()).previous
    with world.scope("cis", "ewa"):
        marked([in_classes(since=month.first - timedelta(days=40))], month)
    return reverse("ipzs:month_close", args=[str(month)])


def several_ready(world: World, client: Client) -> str:
    month = Month.of(clock.today()).previous
    with world.scope("cis", "ewa"):
        file = in_classes(since=month.previous.first)
        for one in (month.previous, month):
            marked([file], one)
    return reverse("ipzs:month_close_several")


MONTHS_WAYS = {"ipzs:month_close": ready_to_close, "ipzs:month_close_several": several_ready}
