"""What an annex and an end leave as it was: the first day, the days of taking part, the evaluations."""

from datetime import date, timedelta

import pytest

from ipzs.models import Evaluation, Programme
from ipzs.programme_paper import content_of
from ipzs.services import programmes as services
from participants.models import Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind
from participants.services import participations as files
from participants.services.participations.common import periods_of
from reintegration.core.dates import DateSpan, add_months
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import TODAY, TRIAL
from tests.participants.participations.made import alone, candidate

DAY = timedelta(days=1)


def planned(programme: Programme) -> list[date]:
    rows = Evaluation.objects.filter(programme=programme, held_on__isnull=True).order_by("due_on")
    return list(rows.values_list("due_on", flat=True))


def in_trial(since: date) -> Programme:
    programme = made.running(candidate(opened_on=since - 10 * DAY), on=since - 5 * DAY, since=since)
    with alone():
        files.start_trial(participation_id=programme.participation_id, since=since)
    return programme


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"since": TRIAL + DAY}, "Aneks nie zmienia pierwszego dnia"),
        ({"until": add_months(TRIAL, 10)}, "Program nie może skończyć się wcześniej"),
    ],
    ids=["first day", "last day"],
)
def test_an_annex_leaves_the_first_day_and_the_days_of_taking_part(world: World, changes, sentence):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        with pytest.raises(InputError, match=sentence):
            made.annexed(programme, **changes)


def test_an_annex_takes_away_only_the_evaluations_that_it_replaces(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
        (version,) = programme.versions.all()
        (old,) = content_of(version, programme.kind).evaluations
        added, moved = TODAY + 10 * DAY, TODAY + 20 * DAY
        services.plan_evaluation(programme_id=programme.pk, due_on=added)
        annex = made.annexed(programme, evaluations=(moved,))
        services.sign_version(version_id=annex.pk, signed_on=TODAY, how="witnessed", witness="Ewa Jarzębina")
        assert planned(programme) == [added, moved]
        assert old not in planned(programme)


def test_a_programme_that_goes_on_again_has_its_evaluations(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        annex = made.annexed(programme, evaluations=(TODAY + 20 * DAY,))
        services.sign_version(version_id=annex.pk, signed_on=TODAY, how="witnessed", witness="Anna Lawenda")
        before = planned(programme)
        services.end_by_statement(programme_id=programme.pk, statement_on=TODAY, ended_on=TODAY)
        assert planned(programme) == []
        files.reopen(participation_id=programme.participation_id, reason="Pomyłka.")
        assert planned(programme) == before == [TODAY + 20 * DAY]


def test_a_trial_that_passes_without_a_decision_is_no_success(world: World):
    with world.scope("cis", "anna"):
        programme = in_trial(add_months(TODAY, -1) - 2 * DAY)
        last = Period.objects.get().until
        services.end_by_period(programme_id=programme.pk, ended_on=last)
        assert Participation.objects.get().end_reason == "trial_failed"


def test_a_file_ended_without_qualification_ends_the_programme_with_its_period(world: World):
    with world.scope("cis", "anna"):
        programme = in_trial(add_months(TODAY, -1) - 2 * DAY)
        last = Period.objects.get().until
        files.end_participation(
            participation_id=programme.participation_id, ended_on=last, reason="trial_failed"
        )
        programme.refresh_from_db()
        assert (programme.state, programme.end_kind) == ("ended", "period_over")


def corrected(file: Participation, **ends: date) -> None:
    """Move the ends of periods as the form of corrections does; a kind that is not there is added."""
    there = {row.kind: row for row in periods_of(file)}
    wanted = [
        stages.Period(PeriodKind(kind), DateSpan(row.since, ends.pop(kind, row.until)))
        for kind, row in there.items()
    ]
    since = max(one.span.last for one in wanted) + DAY
    wanted += [stages.Period(PeriodKind(kind), DateSpan(since, until)) for kind, until in ends.items()]
    files.set_periods(participation_id=file.pk, periods=wanted)


def test_a_correction_does_not_outlast_the_programme(world: World):
    with world.scope("cis", "anna"):
        programme = made.running(candidate(opened_on=TRIAL - 9 * DAY), until=add_months(TRIAL, 10) - DAY)
        with alone():
            files.start_trial(participation_id=programme.participation_id, since=TRIAL)
        services.qualify(
            participation_id=programme.participation_id, decided_on=TODAY, until=add_months(TRIAL, 8)
        )
        with pytest.raises(InputError, match="Zmień go najpierw aneksem"):
            corrected(programme.participation, main=add_months(TRIAL, 11))
        corrected(programme.participation, main=add_months(TRIAL, 9))
        assert Period.objects.get(kind="main").until == add_months(TRIAL, 9)


def test_a_correction_is_no_extension(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes(until=add_months(TRIAL, 18) - DAY)
        with pytest.raises(InputError, match="na wniosek albo po opinii"):
            corrected(programme.participation, extension=add_months(TRIAL, 15))
        services.extend(
            participation_id=programme.participation_id,
            until=add_months(TRIAL, 15),
            decided_on=TODAY,
            basis="opinion",
            basis_on=TODAY,
            author="Anna Lawenda",
            analysis="Uczy się dalej.",
        )
        with pytest.raises(InputError, match="trzeba przedłużyć jeszcze raz"):
            corrected(programme.participation, extension=add_months(TRIAL, 16))
        corrected(programme.participation, extension=add_months(TRIAL, 14))
        assert Period.objects.get(kind="extension").until == add_months(TRIAL, 14)
