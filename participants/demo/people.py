"""What a unit knows of its persons: homes, work, income, barriers, what is sensitive; and two doubles."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from participants.models import Barrier, Person
from participants.services.people import PersonData, add_part, add_person, data_of, edit_person
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope

# Name, what is written of them, and their entries: kind, values, days ago.
KNOWN: tuple[tuple[str, dict[str, Any], tuple[tuple[str, dict[str, Any], int], ...]], ...] = (
    (
        "Marek Dąbek",
        {
            "phone": "+48810000061",
            "contact_person": "siostra Ewa, 810 000 062",
            "education": "vocational",
            "qualifications": "Stolarz. Prawo jazdy kat. B.",
            "last_work": "stolarz, do 2021 roku",
            "months_without_work": 61,
            "household_size": 3,
            "children": 1,
            "household": "Mieszka z siostrą i jej synem. Dojeżdża rowerem.",
            "distance_km": 7,
        },
        (
            (
                "barrier",
                {"kind": "distance", "text": "Autobus dwa razy dziennie.", "help_given": "Rower."},
                250,
            ),
            ("income", {"kind": "temporary_benefit", "amount": "418.00", "paid_by": "OPS Modrzewno"}, 300),
            ("fact", {"kind": "debt", "text": "Zaległość w czynszu, ugoda na 10 rat."}, 240),
        ),
    ),
    (
        "Irena Wierzba",
        {"phone": "+48810000063", "education": "secondary", "months_without_work": 30, "household_size": 1},
        (
            ("disability", {"degree": "light", "symbols": "05-R", "certificate": "OR/204/2024"}, 500),
            (
                "barrier",
                {"kind": "building", "text": "Schody bez poręczy.", "help_given": "Zajęcia ma na parterze."},
                90,
            ),
            ("fact", {"kind": "health", "text": "Nie dźwiga powyżej 5 kg."}, 90),
        ),
    ),
    (
        "Ryszard Kalina",
        {"phone": "+48810000064", "education": "primary", "months_without_work": 84},
        (
            ("income", {"kind": "permanent_benefit", "amount": "1000.00", "paid_by": "OPS Modrzewno"}, 400),
            ("fact", {"kind": "addiction", "text": "W terapii od roku, poradnia w Modrzewnie."}, 40),
        ),
    ),
)
# Looks like a person on file, so that the list of similar persons has somebody to judge.
DOUBLE = "Zdzisława Klon"


@demo_step("what is known of persons", order=56)
def load_people() -> None:
    worker = User.objects.get(email=email_of("anna.lawenda", "nowymost"))
    with scope(organisation_id=demo_id("organisation:nowymost"), user_id=worker.pk, source="demo"):
        if Barrier.objects.exists():
            return
        for name, values, parts in KNOWN:
            person = _called(name)
            edit_person(person_id=person.pk, data=replace(data_of(person), **values))
            for kind, said, ago in parts:
                add_part(person_id=person.pk, kind=kind, values={"since": _ago(ago), **said})
        like = _called("Zdzisław Klon")
        first_name, _, last_name = DOUBLE.partition(" ")
        add_person(
            data=PersonData(
                first_name=first_name,
                last_name=last_name,
                no_pesel="unknown",
                birth_date=like.birth_date,
                town="Modrzewno",
            )
        )


def _ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def _called(name: str) -> Person:
    first_name, _, last_name = name.partition(" ")
    rows = Person.objects.present().filter(first_name=first_name, last_name=last_name)
    found: Person = rows.order_by("made_at", "pk")[0]
    return found
