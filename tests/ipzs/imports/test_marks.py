"""A table of days: whole or not at all, twice the same, and a month of a hundred and forty persons."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ipzs.models import DayMark, FreeDayRequest, SickLeave
from ipzs.queries import balances, timetable
from ipzs.services import attendance, imports
from ipzs.services import months as month_services
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.attendance.made import MONDAY, TODAY, closed, excuse
from tests.ipzs.imports.made import MARK_HEADINGS, XLSX, as_xlsx, bring_marks, check_marks, line, unit_of
from tests.ipzs.months.made import OCTOBER
from tests.ipzs.timetable import made as plan
from tests.participants.participations import made

DAYS = [MONDAY + timedelta(days=n) for n in range(5)]


def kinds() -> list[str]:
    return list(DayMark.objects.order_by("day").values_list("kind", flat=True))


def test_a_week_of_a_person_is_read_with_its_leave_and_its_consent(world: World) -> None:
    with world.scope("cis", "ewa"):
        file, reason = made.in_classes(), excuse()
        report = bring_marks(
            line(file, DAYS[0], "O", "7,5"),
            line(file, DAYS[1], "l4", "", "", "tak"),
            line(file, DAYS[2], "choroba"),
            line(file, DAYS[3], "NU", "", reason.name.upper()),
            line(file, DAYS[4], "dw"),
        )
        assert (report.rows, report.fresh, report.unchanged) == (5, 5, 0)
        assert kinds() == ["present", "sick", "sick", "excused", "free"]
        assert DayMark.objects.get(day=DAYS[0]).hours == Decimal("7.5")
        leave = SickLeave.objects.get()
        assert (leave.since, leave.until, leave.confirmed_on) == (DAYS[1], DAYS[2], DAYS[2])
        request = FreeDayRequest.objects.get()
        assert (request.state, request.decided_by, request.since) == ("granted", world.people["ewa"], DAYS[4])
        found = balances.of([file.pk], TODAY)[file.pk]
        assert (found.free.used, found.sick.used) == (1, 2)


def test_the_same_file_again_changes_nothing(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        rows = [line(file, DAYS[0], "O"), line(file, DAYS[1], "L4"), line(file, DAYS[2], "DW")]
        bring_marks(*rows)
        before = list(DayMark.objects.order_by("pk").values())
        again = bring_marks(*rows)
        assert (again.fresh, again.unchanged) == (0, 3)
        assert list(DayMark.objects.order_by("pk").values()) == before
        assert (SickLeave.objects.count(), FreeDayRequest.objects.count()) == (1, 1)


def test_every_row_that_does_not_fit_is_named_and_nothing_is_written(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        attendance.mark(participation_id=file.pk, day=DAYS[3], kind="unexcused")
        closed(date(2026, 9, 1))
        rows = [
            line(file, DAYS[0], "O"),
            line(file, DAYS[0], "NN"),
            line(file, DAYS[3], "O"),
            line(file, date(2026, 9, 2), "O"),
            line(file, date(2026, 3, 2), "O"),
            line(file, TODAY + timedelta(days=3), "O"),
            line(file, DAYS[1], "X"),
            line(file, DAYS[1], "O", "25"),
            line(file, DAYS[1], "O", "dużo"),
            line(file, DAYS[1], "U", "", "wesele"),
            line(file, date(2026, 3, 10), "DW"),
            ["0/0", "", "20.11.2026", "O"],
            [file.number, "Ktoś Inny", "20.11.2026", "O"],
            [file.number, "", "20.13.2026", "O"],
        ]
        report = check_marks(*rows)
        said = {one.row: one.sentence for one in report.problems}
        assert sorted(said) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
        assert said[3] == "Ta osoba i ten dzień są już w wierszu 2."
        assert said[4] == "19.11.2026 ma już inny wpis: nieobecność nieusprawiedliwiona."
        assert said[5] == "02.09.2026 należy do zamkniętego miesiąca."
        assert said[14] == f"Sprawa {file.number} to Marek Dąbek, a w pliku jest „Ktoś Inny”."
        with pytest.raises(imports.Refused, match="Do poprawienia: 13 wierszy"):
            bring_marks(*rows)
        assert kinds() == ["unexcused"]


def test_days_without_hours_take_those_of_the_plan_in_as_many_queries_for_more_months(world: World) -> None:
    cost = []
    with world.scope("cis", "ewa"):
        file, other = made.in_classes(), made.in_classes("Ada Lipa")
        plan.practice(file, date(2026, 9, 1), TODAY, hours=Decimal("7.5"))
        plan.once(DAYS[1], participation=other, person=other.person, ends=10)
        rows = [line(file, DAYS[0], "P"), line(other, DAYS[1], "O"), line(other, date(2026, 10, 12), "O")]
        more = [line(file, date(2026, 9, 14), "P"), line(file, date(2026, 10, 12), "P")]
        for asked in (rows, more):
            with CaptureQueriesContext(connection) as caught:
                bring_marks(*asked)
            cost.append(len(caught))
        hours = {(mark.participation_id, mark.day): mark.hours for mark in DayMark.objects.all()}
        assert [hours[file.pk, day] for day in (DAYS[0], date(2026, 9, 14))] == [Decimal("7.5")] * 2
        assert (hours[other.pk, DAYS[1]], hours[other.pk, date(2026, 10, 12)]) == (2, 6)
        assert cost[0] == cost[1]
        # Later another plan: the file that named no hours still says the same.
        plan.once(DAYS[0], participation=file, person=file.person, begins=16, ends=20)
        assert bring_marks(*rows, *more).unchanged == 5


def test_more_free_days_than_there_are_are_refused(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        days = [date(2026, 10, day) for day in (5, 6, 7, 8, 9, 12, 13)]
        report = check_marks(*[line(file, day, "DW") for day in days])
        assert [(one.row, one.sentence[:24]) for one in report.problems] == [(8, "Więcej dni wolnych, niż ")]


def test_a_file_that_is_no_table_of_days_is_refused_in_one_sentence(world: World) -> None:
    with world.scope("cis", "ewa"):
        for content, kind, sentence in (
            (b"a;b\r\n1;2\r\n", "text/plain", "brakuje kolumn: numer sprawy"),
            (b"", "text/plain", "brakuje kolumn"),
            (b"PK\x03\x04nothing", XLSX, "nie udało się odczytać"),
            (as_xlsx(MARK_HEADINGS, []), XLSX, "żadnego wiersza"),
            (as_xlsx([*MARK_HEADINGS, "wpis"], [["1"]]), XLSX, "dwa razy"),
        ):
            with pytest.raises(InputError, match=sentence):
                imports.check(kind=imports.MARKS, content=content, media_type=kind)


def test_a_formula_of_a_file_is_never_worked_out(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        report = check_marks(
            [file.number, "", "20.11.2026", '=HYPERLINK("http://zly.example";"O")'],
            ["=1+1", "", "20.11.2026", "O"],
        )
        assert [one.row for one in report.problems] == [2, 3]


def test_a_month_of_a_hundred_and_forty_persons_is_brought_whole_and_may_be_closed(world: World) -> None:
    with world.scope("cis", "ewa"):
        files = unit_of(140)
        planned = timetable.class_days([file.pk for file in files], OCTOBER)
        rows = [
            [file.number, str(file.person), day, "O", float(hours)]
            for file in files
            for day, hours in planned[file.pk].items()
        ]
        content = as_xlsx(MARK_HEADINGS, rows)
        with CaptureQueriesContext(connection) as caught:
            report = imports.run(kind=imports.MARKS, content=content, media_type=XLSX)
        assert report.fresh == len(rows) == DayMark.objects.count() == 140 * 22
        assert len(caught) <= 25
        assert imports.run(kind=imports.MARKS, content=content, media_type=XLSX).fresh == 0
        assert month_services.close(month=Month(2026, 10)).state == "closed"
