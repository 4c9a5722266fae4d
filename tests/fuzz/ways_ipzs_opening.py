"""Ways to opening balances and to files that are read in, and files that fit."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from ipzs.imports.table import TEXT
from ipzs.services import opening
from ipzs.services.imports import MARKS, OPENINGS
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_table_date
from reintegration.documents.files import store_bytes
from tests.cast import World
from tests.participants.participations.made import in_classes

Way = Callable[[World, Client], str]
NUMBER = "T/1/2026"


def _in_classes() -> Participation:
    return in_classes(since=clock.today() - timedelta(days=60))


def marks_file() -> bytes:
    day = format_table_date(clock.today() - timedelta(days=1))
    return f"numer sprawy;dzień;wpis\r\n{NUMBER};{day};O\r\n".encode()


def openings_file() -> bytes:
    since, until = clock.today() - timedelta(days=20), clock.today() - timedelta(days=1)
    days = ";".join(format_table_date(day) for day in (since, until))
    return f"imię;nazwisko;okres próbny od;stan na dzień\r\nIga;Sowa;{days}\r\n".encode()


TABLES: dict[str, Callable[[], bytes]] = {MARKS: marks_file, OPENINGS: openings_file}


def _standing(name: str) -> Way:
    def way(world: World, client: Client) -> str:
        with world.scope("cis", "ewa"):
            file = _in_classes()
            until = Month.of(clock.today()).first - timedelta(days=1)
            data = opening.OpeningData(until=until, source="listy obecności")
            opening.save_opening(participation_id=file.pk, data=data)
            return reverse(name, args=[file.pk])

    return way


def _marks(world: World, client: Client) -> str:
    with world.scope("cis", "ewa"):
        file = _in_classes()
        file.number = NUMBER
        file.save(update_fields=["number"])
    return reverse("ipzs:marks_import")


def _checked(world: World, client: Client) -> str:
    with world.scope("cis", "ewa"):
        kept = store_bytes(openings_file(), name="plik.csv", media_type=TEXT, kind=OPENINGS)
    return reverse("ipzs:import_run", args=[kept.pk])


OPENING_WAYS: dict[str, Way] = {
    "ipzs:opening_edit": _standing("ipzs:opening_edit"),
    "ipzs:opening_remove": _standing("ipzs:opening_remove"),
    "ipzs:marks_import": _marks,
    "ipzs:import_run": _checked,
}
