"""One mark a day: who writes it, when it needs a reason, and what it may not be."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.enums import MarkKind
from ipzs.models import DayMark, ExcuseReason, Placement, WorkshopPlace
from ipzs.queries import balances
from ipzs.services import attendance
from participants.services import participations
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.law.book import law_book
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import (
    MONDAY,
    NAMES,
    TODAY,
    closed,
    excuse,
    in_workshop,
    mark,
    placed,
    workshop,
)
from tests.participants.participations import made

K = MarkKind


def test_a_presence_has_the_hours_of_the_unit_and_a_meal(world: World) -> None:
    with world.scope("cis", "tomasz"):
        row = mark(made.in_classes())
        assert (row.kind, row.hours, row.meal, row.revision) == ("present", Decimal(6), True, 1)
        assert row.marked_by == world.people["tomasz"]


def test_the_same_mark_twice_is_one(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        assert mark(file, expected_revision=0) == mark(file, expected_revision=0)
        assert DayMark.objects.get().revision == 1


def test_who_marks_on_top_of_another_is_told_what_they_wrote(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        mark(file, kind=K.UNEXCUSED, expected_revision=0)
    with world.scope("cis", "tomasz"):
        with pytest.raises(attendance.Changed, match="Anna Lawenda: nieobecność nieuspr") as refused:
            mark(file, expected_revision=0)
        assert refused.value.standing is not None
        row = mark(file, expected_revision=refused.value.standing.revision)
        assert (row.kind, row.revision) == ("present", 2)


def test_a_late_mark_needs_a_reason(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        mark(file, TODAY - timedelta(days=3))
        with pytest.raises(InputError, match="dopiero teraz"):
            mark(file, TODAY - timedelta(days=4))
        assert mark(file, TODAY - timedelta(days=4), reason="lista była u kierownika").reason


def test_a_correction_on_a_later_day_needs_a_reason(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        mark(file)
        mark(file, kind=K.UNEXCUSED)
        with clock.frozen(TODAY + timedelta(days=1)):
            with pytest.raises(InputError, match="zmieniasz"):
                mark(file, TODAY)
            assert mark(file, TODAY, reason="pomyłka").revision == 3


@pytest.mark.parametrize("kind", [K.PRESENT, K.UNEXCUSED, K.EMPLOYER])
def test_what_was_not_yet_cannot_be_said(world: World, kind: MarkKind) -> None:
    with world.scope("cis", "tomasz"), pytest.raises(InputError, match="nie nadszedł"):
        mark(made.in_classes(), TODAY + timedelta(days=3), kind)


def test_a_day_outside_the_participation_carries_no_mark(world: World) -> None:
    with world.scope("cis", "tomasz"), pytest.raises(InputError, match="okresu uczestnictwa"):
        mark(made.in_classes(), made.TRIAL - timedelta(days=1), reason="x")


def test_an_excused_absence_has_a_reason_of_the_list(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file, reason = made.in_classes(), excuse()
        with pytest.raises(InputError, match="Wybierz powód"):
            mark(file, kind=K.EXCUSED)
        assert mark(file, kind=K.EXCUSED, excuse_id=reason.pk).excuse == reason


def test_a_trial_has_no_free_day(world: World) -> None:
    with world.scope("cis", "tomasz"), pytest.raises(InputError, match="okresie próbnym"):
        mark(made.in_trial(since=date(2026, 11, 2)), kind=K.FREE)


def test_a_seventh_free_day_is_refused(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        for back in range(1, 9):
            day = TODAY - timedelta(days=back)
            if day.weekday() < 5:
                mark(file, day, K.FREE, reason="zaległe")
        assert balances.of([file.pk], TODAY)[file.pk].free.left == 0
        with pytest.raises(InputError, match="Nie ma już dni wolnych: wykorzystano 6 dni"):
            mark(file, kind=K.FREE)


def test_a_kis_has_no_free_days_of_the_act(world: World) -> None:
    with world.scope("kis", "marek"):
        file = made.candidate()
        participations.sign_programme(participation_id=file.pk, signed_on=made.SIGNED)
        participations.qualify(participation_id=file.pk, since=made.TRIAL, until=date(2027, 3, 1))
        with pytest.raises(InputError, match="CIS"):
            mark(file, kind=K.FREE)
        assert mark(file).kind == "present"


def test_a_sick_leave_lets_no_other_mark_stand(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        leave = attendance.add_sick_leave(participation_id=file.pk, since=MONDAY, until=TODAY)
        with pytest.raises(InputError, match="skróć zwolnienie"):
            mark(file)
        assert mark(file, kind=K.SICK).sick_leave == leave


def test_clearing_leaves_no_mark_and_never_somebody_elses(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        mark(file)
        mark(file, kind=K.UNEXCUSED)
        with pytest.raises(attendance.Changed):
            attendance.clear_mark(participation_id=file.pk, day=TODAY, expected_revision=1)
        attendance.clear_mark(participation_id=file.pk, day=TODAY, expected_revision=2)
        attendance.clear_mark(participation_id=file.pk, day=TODAY, expected_revision=2)
        assert not DayMark.objects.exists()


def test_all_present_spares_what_is_known(world: World) -> None:
    with world.scope("cis", "tomasz"):
        place = workshop()
        came, ill, free, away, absent, gone = in_workshop(place, *NAMES[:6])
        attendance.add_sick_leave(participation_id=ill.pk, since=MONDAY, until=TODAY)
        attendance.grant(request_id=attendance.ask(participation_id=free.pk, since=TODAY, until=TODAY).pk)
        Placement.objects.create(
            participation=away, person_id=away.person_id, employer="Tartak", agreement_number="1",
            agreement_on=MONDAY, since=MONDAY, until=TODAY,
        )  # fmt: skip
        mark(absent, kind=K.UNEXCUSED)
        WorkshopPlace.objects.filter(participation=gone).update(until=MONDAY)
        attendance.mark_all_present(workshop_id=place.pk, day=TODAY)
        attendance.mark_all_present(workshop_id=place.pk, day=TODAY)
        kinds = dict(DayMark.objects.order_by("pk").values_list("participation", "kind"))
        assert kinds == {
            came.pk: "present", ill.pk: "sick", free.pk: "free", away.pk: "employer",
            absent.pk: "unexcused",
        }  # fmt: skip


@pytest.mark.parametrize("kind", [K.PRESENT, K.UNEXCUSED, K.SICK, K.FREE, K.EXCUSED, K.EMPLOYER])
def test_saving_one_mark_asks_at_most_six_questions(world: World, kind: MarkKind) -> None:
    with world.scope("cis", "tomasz"):
        file, reason = made.in_classes(), excuse()
        law_book()
        with CaptureQueriesContext(connection) as asked:
            mark(file, kind=kind, excuse_id=reason.pk)
        assert len(asked) <= 6, [one["sql"] for one in asked]
        with CaptureQueriesContext(connection) as asked:
            mark(file, kind=K.CLOSED)
        assert len(asked) <= 6


@pytest.mark.parametrize("page", ["day", "month"])
def test_so_it_does_when_a_page_sends_it(world: World, client: Client, page: str) -> None:
    """What is asked from the file that is held to the row that is written, in the request itself."""
    with world.scope("cis", "tomasz"):
        place, reason = workshop(), excuse()
        file, *_ = in_workshop(place, NAMES[0])
    sign_in(client, world.people["tomasz"])
    if page == "day":
        shown = client.get(reverse("ipzs:attendance_day", args=[place.pk])).content.decode()
        hours = re.search(r'name="hours" value="([^"]+)"', shown)
    else:
        shown = client.get(reverse("ipzs:attendance_month")).content.decode()
        hours = re.search(rf'data-d="{TODAY}" data-r="0" data-open data-h="([^"]+)"', shown)
    assert hours
    data = {"dzien": TODAY.isoformat(), "hours": hours[1], "excuse": reason.pk}
    data |= {"widok": "miesiac", "dni": TODAY} if page == "month" else {"pracownia": place.pk}
    for revision, kind in enumerate((K.PRESENT, K.UNEXCUSED, K.SICK, K.FREE, K.EXCUSED, K.EMPLOYER, "")):
        with CaptureQueriesContext(connection) as asked:
            url = reverse("ipzs:mark_set", args=[file.pk])
            answer = client.post(url, data | {"kind": kind, "revision": revision}, HTTP_HX_REQUEST="true")
        assert answer.status_code == 200
        assert len(_written(asked)) <= 6, (kind, _written(asked))


def _written(asked: CaptureQueriesContext) -> list[str]:
    """The questions inside the savepoint of the mark; which law is in force is asked once a request."""
    said = [one["sql"] for one in asked.captured_queries]
    ends = next(at for at, sql in enumerate(said) if sql.startswith("RELEASE SAVEPOINT"))
    begins = max(at for at, sql in enumerate(said[:ends]) if sql.startswith("SAVEPOINT"))
    found = [sql for sql in said[begins + 1 : ends] if "law_parametervalue" not in sql]
    assert any("ipzs_daymark" in sql and not sql.startswith("SELECT") for sql in found)
    return found


def test_a_mark_in_a_closed_month_is_refused_in_words(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        closed(date(2026, 11, 1))
        with pytest.raises(InputError, match="Listopad 2026 jest zamknięty"):
            mark(file)


def test_the_database_keeps_to_one_mark_a_day(world: World) -> None:
    with world.scope("cis", "tomasz"):
        file = made.in_classes()
        mark(file)
        with pytest.raises(IntegrityError), transaction.atomic():
            DayMark(participation=file, person_id=file.person_id, day=TODAY, kind=K.CLOSED,
                    marked_by=world.people["tomasz"], marked_at=clock.now()).save()  # fmt: skip


def test_a_person_of_another_workshop_is_not_marked(world: World) -> None:
    with world.scope("cis", "tomasz"):
        place, other = workshop(), workshop("Kuchnia")
        placed(made.in_classes("Marek Dąbek"), place)
        assert attendance.mark_all_present(workshop_id=other.pk, day=TODAY) == []


def test_a_reason_that_was_used_keeps_how_it_is_paid(world: World) -> None:
    with world.scope("cis", "ewa"):
        reason = excuse()
        attendance.save_excuse(excuse_id=reason.pk, name="sąd", pay_rule="per_30")
        mark(made.in_classes(), kind=K.EXCUSED, excuse_id=reason.pk)
        attendance.save_excuse(excuse_id=reason.pk, name="wezwanie", pay_rule="per_30", active=False)
        with pytest.raises(InputError, match="Wyłącz go i dodaj nowy") as refused:
            attendance.save_excuse(excuse_id=reason.pk, name="wezwanie", pay_rule="full")
        assert refused.value.field == "pay_rule"


def test_no_door_changes_how_a_used_reason_is_paid(world: World) -> None:
    with world.scope("cis", "ewa"):
        reason = excuse()
        mark(made.in_classes(), kind=K.EXCUSED, excuse_id=reason.pk)
        with pytest.raises(IntegrityError, match="is used"), transaction.atomic():
            ExcuseReason.objects.filter(pk=reason.pk).update(pay_rule="per_30")
