"""The plan of a synthetic country, without a database."""

from datetime import date

import pytest

from reintegration.administration.generation.country import Country, kind_of_day
from reintegration.core.dates import add_months
from reintegration.core.identifiers import is_false_pesel, parse_pesel

UNTIL = date(2026, 4, 10)


def country(**given: object) -> Country:
    return Country(**{"seed": 1, "units": 4, "years": 3, "people": 12, "until": UNTIL} | given)  # type: ignore[arg-type]


def files_of(found: Country):
    return [file for unit in found.plans() for year in found.year_numbers for file in unit.year(year).files]


def test_the_same_seed_makes_the_same_people_and_another_one_others():
    assert files_of(country()) == files_of(country())
    assert files_of(country()) != files_of(country(seed=2))


def test_nobody_carries_the_pesel_of_somebody_else_or_of_anybody_living():
    found = files_of(country(units=40, people=30))
    numbers = [file.pesel for file in found]
    assert len(set(numbers)) == len(numbers) > 2000
    assert all(is_false_pesel(parse_pesel(number)) for number in numbers)
    assert len({file.key for file in found} | {file.person for file in found}) == 2 * len(found)


def test_everybody_stays_within_their_year_and_what_is_known_of_it():
    found = country()
    for unit in found.plans():
        for number in found.year_numbers:
            for file in unit.year(number).files:
                assert date(number, 1, 1) <= file.opened_on <= file.signed_on <= file.since <= UNTIL
                assert file.last <= min(date(number, 12, 31), add_months(file.since, 12))
                assert file.ended_on is None or file.ended_on < UNTIL
                assert all(file.since <= day <= file.last and day < UNTIL for day in file.days)


def test_a_running_year_has_people_who_are_still_there_and_years_that_are_over_have_none():
    found = country()
    running = [file.ended_on is None for unit in found.plans() for file in unit.year(2026).files]
    assert sum(running) > len(running) / 2
    assert all(file.ended_on for unit in found.plans() for file in unit.year(2025).files)


def test_each_day_says_one_thing_and_most_of_them_that_somebody_came():
    found = [file for file in files_of(country(until=date(2026, 12, 31))) if file.days]
    marks = absences = 0
    for file in found:
        told = kind_of_day(file)
        marks, absences = marks + len(file.days), absences + len(told)
        assert told.keys() <= set(file.days)
        spans = [span for span in (file.sick, file.free) if span is not None]
        assert not [day for day in {*file.unexcused, file.excused} - {None} for span in spans if day in span]
    # Two hundred days of a person are the fifty million of the whole country.
    assert 180 < marks / len(found) < 220
    assert 0.005 < absences / marks < 0.05


@pytest.mark.parametrize(("until", "over"), [(date(2026, 3, 31), 2), (date(2026, 4, 1), 3)])
def test_a_month_is_over_when_its_last_day_is(until: date, over: int):
    (unit, *_) = country(until=until).plans()
    assert len(unit.year(2026).months_over) == over
