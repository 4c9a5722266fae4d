"""From the days of a person to the basis of a month, and from it to the benefit."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.queries.basis import Told, told_of
from benefits.rules.facts import Opening, Participation
from benefits.rules.law import Law
from benefits.rules.month import count_month
from ipzs.enums import MarkKind
from ipzs.models import OpeningBalance
from ipzs.services import attendance
from participants.services import participations
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month
from reintegration.law.book import law_book
from reintegration.law.models import Reading
from reintegration.law.readings import NotChosen
from tests.benefits.pay import made as paid
from tests.cast import World
from tests.ipzs.attendance.made import TODAY, excuse, in_workshop, mark, workshop
from tests.participants.participations.made import TRIAL, candidate
from tests.specimens import specimen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER = Month(2026, 11)


@pytest.fixture
def ewa(world: World) -> Iterator[World]:
    """In the scope of the manager of a unit that has chosen how it rounds."""
    with world.scope("cis", "ewa"):
        chosen(world, "rate_rounding", "exact")
        yield world


def chosen(world: World, key: str, value: str) -> None:
    people = {"proposed_by": world.people["ewa"], "confirmed_by": world.people["celina"]}
    specimen(
        Reading, world, "", key=key, value=value, since_month=date(2026, 3, 1), state="confirmed",
        confirmed_at=clock.now(), **people,
    )  # fmt: skip


def november(file: Any) -> Told:
    return told_of([file.pk], NOVEMBER)[file.pk]


def benefit(told: Told) -> Decimal:
    assert told.basis is not None
    return count_month(told.basis, Law(law_book())).benefit


def test_a_month_without_absence_pays_the_full_benefit(ewa: World):
    (file,) = in_workshop(workshop(), "Marek Dąbek")
    paid.payable(file)
    told = november(file)
    assert told.basis is not None
    assert told.basis.participation == Participation(TRIAL, date(2027, 3, 8))
    assert told.basis.pit2
    assert benefit(told) == Decimal("2140.68")


def test_every_kind_of_day_reaches_the_basis(ewa: World):
    (file,) = in_workshop(workshop(), "Marek Dąbek")
    paid.payable(file)
    mark(file, date(2026, 11, 2), MarkKind.UNEXCUSED, reason="późno")
    mark(file, date(2026, 11, 3), MarkKind.FREE, reason="późno")
    mark(file, date(2026, 11, 4), MarkKind.EXCUSED, excuse_id=excuse("sąd", "per_30").pk, reason="późno")
    mark(file, date(2026, 11, 5), MarkKind.EXCUSED, excuse_id=excuse("urząd").pk, reason="późno")
    mark(file, date(2026, 10, 30), MarkKind.UNEXCUSED, reason="późno")
    attendance.add_sick_leave(
        participation_id=file.pk, since=date(2026, 11, 6), until=date(2026, 11, 9), confirmed_on=TODAY
    )
    attendance.add_sick_leave(
        participation_id=file.pk, since=date(2026, 11, 12), until=date(2026, 11, 13), confirmed_on=None
    )
    told = november(file)
    basis = told.basis
    assert basis is not None
    assert basis.unexcused == (date(2026, 11, 2),)
    assert basis.free == (date(2026, 11, 3),)
    assert [(one.day.day, one.pay.value) for one in basis.excused] == [(4, "per_30"), (5, "full")]
    # The leave of the 12th has no paper yet.
    assert basis.sick == (DateSpan(date(2026, 11, 6), date(2026, 11, 9)),)
    assert date(2026, 11, 11) not in basis.class_days
    full = Decimal("2140.68")
    shares = Decimal(1) / 20 + Decimal(4) / 40
    assert benefit(told) == (full * (1 - shares) - full / 30).quantize(Decimal("0.01"))


def test_an_early_end_is_the_end(ewa: World):
    (file,) = in_workshop(workshop(), "Marek Dąbek")
    paid.payable(file)
    participations.end_participation(
        participation_id=file.pk, ended_on=date(2026, 11, 10), reason="statement", destination="unknown"
    )
    told = november(file)
    assert told.basis is not None
    assert told.basis.participation.end == date(2026, 11, 10)
    assert benefit(told) == (Decimal("2140.68") / 3).quantize(Decimal("0.01"))


def test_what_was_used_before_reaches_the_basis(ewa: World):
    (file,) = in_workshop(workshop(), "Marek Dąbek")
    paid.payable(file)
    specimen(
        OpeningBalance, ewa, "stan", participation_id=file.pk, person_id=file.person_id,
        until=date(2026, 10, 31), sick_days=20, sick_days_extension=0,
    )  # fmt: skip
    told = november(file)
    assert told.basis is not None
    assert told.basis.opening == Opening(date(2026, 10, 31), 20)


def test_who_has_not_begun_has_no_basis(ewa: World):
    told = november(candidate())
    assert told.basis is None


def test_nothing_is_counted_before_the_unit_chose_its_rounding(world: World):
    with world.scope("cis", "ewa"):
        (file,) = in_workshop(workshop(), "Marek Dąbek")
        with pytest.raises(NotChosen, match="rate_rounding"):
            told_of([file.pk], NOVEMBER)


def test_the_number_of_queries_does_not_depend_on_people(ewa: World):
    place = workshop()
    files = in_workshop(place, "Marek Dąbek", "Iga Bielik", "Ola Kot", "Jan Buk")
    for file in files:
        paid.payable(file)
        mark(file, date(2026, 11, 2), MarkKind.UNEXCUSED, reason="późno")
    counts = []
    for some in (files[:1], files):
        with CaptureQueriesContext(connection) as found:
            told_of([file.pk for file in some], NOVEMBER)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 16
