"""A unit that starts in mid-year: balances that are right from the first day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ipzs.imports.openings import COLUMNS
from ipzs.models import OpeningBalance, Programme
from ipzs.queries import balances
from ipzs.services import imports, opening, programmes
from ipzs.services.opening import OpeningData
from participants.models import Participation, Period, Person
from participants.rules.codes import PeriodKind
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.identifiers import false_pesel
from tests.cast import World
from tests.ipzs.attendance.made import TODAY, closed
from tests.ipzs.imports.made import OPENING_HEADINGS, TEXT, as_csv, bring_openings, under
from tests.ipzs.months.made import OCTOBER
from tests.participants.participations import made

END_OF_OCTOBER = OCTOBER.last
DATA = OpeningData(
    until=END_OF_OCTOBER, source="listy obecności", free_days=2, sick_days=9, unexcused_in_month=1
)


def person(**cells: Any) -> list[Any]:
    usual = {
        "first_name": "Wiesława", "last_name": "Kalina", "trial": "9.03.2026", "main": "9.04.2026",
        "signed_on": "2.03.2026", "until": "31.10.2026", "free_days": "2", "sick_days": "9",
        "unexcused_in_month": "1", "hours_in_month": "96,5",
    }  # fmt: skip
    return under(COLUMNS, **usual | cells)


def test_what_was_used_before_counts_from_the_first_day(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        opening.save_opening(participation_id=file.pk, data=DATA)
        found = balances.of([file.pk], TODAY)[file.pk]
        assert (found.free.used, found.sick.used, found.unexcused.used) == (2, 9, 0)
        october = balances.of([file.pk], END_OF_OCTOBER)[file.pk]
        assert october.unexcused.used == 1


def test_an_opening_is_corrected_until_a_later_month_is_closed(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        row = opening.save_opening(participation_id=file.pk, data=DATA)
        assert opening.save_opening(participation_id=file.pk, data=DATA) == row
        closed(OCTOBER.first)
        more = replace(DATA, sick_days=10)
        assert opening.save_opening(participation_id=file.pk, data=more).sick_days == 10
        closed(Month(2026, 11).first)
        with pytest.raises(InputError, match="Listopad 2026 jest zamknięty"):
            opening.save_opening(participation_id=file.pk, data=DATA)
        with pytest.raises(InputError, match="Październik 2026 jest zamknięty"):
            opening.remove_opening(participation_id=file.pk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": date(2027, 1, 1)}, "until"),
        ({"until": date(2026, 3, 1)}, "until"),
        ({"source": " "}, "source"),
        ({"until": date(2026, 3, 20), "free_days": 1, "sick_days": 0}, "free_days"),
        ({"until": date(2026, 3, 20), "free_days": 0}, "sick_days"),
        ({"free_days_extension": 1}, "free_days_extension"),
        ({"unexcused_in_month": 40}, "unexcused_in_month"),
    ],
)
def test_an_opening_that_cannot_be_says_which_field(
    world: World, changes: dict[str, Any], field: str
) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        with pytest.raises(InputError) as refused:
            opening.save_opening(participation_id=file.pk, data=replace(DATA, **changes))
        assert refused.value.field == field


def test_a_file_brings_persons_with_periods_and_balances(world: World) -> None:
    with world.scope("cis", "ewa"):
        report = bring_openings(
            person(pesel=false_pesel(date(1885, 5, 4), 7, "F")),
            person(first_name="Adam", last_name="Modrzew", main="", until="20.03.2026", free_days="",
                   sick_days="", sex="M"),
        )  # fmt: skip
        assert (report.rows, report.fresh) == (2, 2)
        file = Participation.objects.get(person__last_name="Kalina")
        assert file.opened_on == date(2026, 3, 9)
        assert file.programme_signed_on == date(2026, 3, 2)
        periods = Period.objects.filter(participation=file).order_by("since")
        assert [(row.kind, row.since, row.until) for row in periods] == [
            (PeriodKind.TRIAL, date(2026, 3, 9), date(2026, 4, 8)),
            (PeriodKind.MAIN, date(2026, 4, 9), date(2027, 3, 8)),
        ]
        standing = OpeningBalance.objects.get(participation=file)
        assert (standing.free_days, standing.sick_days, standing.hours_in_month) == (2, 9, Decimal("96.5"))
        programme = Programme.objects.get(participation=file)
        assert (programme.state, programme.since) == ("running", date(2026, 3, 9))
        assert programme.until == date(2027, 3, 8)


def test_who_came_by_a_file_is_prolonged_like_anybody_else(world: World) -> None:
    with world.scope("cis", "ewa"):
        bring_openings(person(programme_until="8.03.2028", body_name="OPS Modrzewno", agreed_by="Jan Klon"))
        file = Participation.objects.get()
        made_row = programmes.extend(
            participation_id=file.pk,
            until=date(2027, 9, 8),
            decided_on=TODAY,
            basis="opinion",
            basis_on=TODAY,
            author="Anna Lawenda",
            analysis="Uczy się dalej.",
        )
        assert (made_row.since, made_row.until) == (date(2027, 3, 9), date(2027, 9, 8))


def test_the_same_file_of_persons_again_changes_nothing(world: World) -> None:
    with world.scope("cis", "ewa"):
        bring_openings(person())
        models = (Participation, OpeningBalance, Programme)
        before = [list(model.objects.order_by("pk").values()) for model in models]
        assert bring_openings(person()).fresh == 0
        after = [list(model.objects.order_by("pk").values()) for model in models]
        assert after == before
        assert Person.objects.count() == 1


def test_one_wrong_row_keeps_everybody_out(world: World) -> None:
    with world.scope("cis", "ewa"):
        rows = [
            person(),
            person(last_name="Sarna", trial="", main="9.04.2026"),
            person(last_name="Olcha", until=""),
            person(last_name="Jawor", pesel="123"),
            person(last_name="Żubr", sick_days="dużo"),
            person(last_name="Bóbr", main_until="1.01.2026"),
            person(last_name="Wilga", programme_until="1.01.2027"),
            person(),
        ]
        content = as_csv(OPENING_HEADINGS, rows)
        report = imports.check(kind=imports.OPENINGS, content=content, media_type=TEXT)
        assert [one.row for one in report.problems] == [3, 4, 5, 6, 7, 8, 9]
        with pytest.raises(imports.Refused):
            imports.run(kind=imports.OPENINGS, content=content, media_type=TEXT)
        assert not Person.objects.exists()


def test_a_file_that_contradicts_what_stands_is_refused(world: World) -> None:
    with world.scope("cis", "ewa"):
        bring_openings(person())
        for changes, sentence in (({"sick_days": "10"}, "stan początkowy"), ({"main": "1.04.2026"}, "okres")):
            with pytest.raises(imports.Refused) as refused:
                bring_openings(person(**changes))
            assert sentence in refused.value.report.problems[0].sentence


def test_in_a_kis_the_contract_gives_the_days(world: World) -> None:
    with world.scope("kis", "bozena"):
        cells = {"trial": "", "free_days": "", "sick_days": "", "main_until": "31.12.2026"}
        assert bring_openings(person(**cells)).fresh == 1
        row = Period.objects.get()
        assert (row.kind, row.until) == ("main", date(2026, 12, 31))
