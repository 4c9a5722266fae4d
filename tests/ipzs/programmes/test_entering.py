"""Nobody is in classes on a day on which no programme that holds lets them in."""

from datetime import date, timedelta

import pytest

from ipzs.models import Programme, ProgrammeVersion
from ipzs.queries import duties as duty_queries
from ipzs.queries import programmes as queries
from ipzs.services import programmes as services
from participants.enums import AgreementState
from participants.models import Agreement, Participation, Period
from participants.rules import stages
from participants.rules.codes import PeriodKind
from participants.services import participations as files
from reintegration.core import clock, slots
from reintegration.core.dates import ONE_DAY, DateSpan, add_months
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import OPENED, SIGNED, TODAY, TRIAL
from tests.participants.participations.made import alone, candidate
from tests.participants.participations.made import ready as with_duties

DAY = timedelta(days=1)


def agreed(since: date, until: date | None = None) -> Participation:
    """Whose programme was agreed in time and holds from a day to a day."""
    made.running(since=since, until=until)
    return Participation.objects.get()


def trial(since: date) -> stages.Period:
    return stages.Period(PeriodKind.TRIAL, DateSpan(since, add_months(since, 1) - ONE_DAY))


def started(file: Participation, since: date) -> Period:
    return files.start_trial(participation_id=file.pk, since=since)


def test_nobody_enters_before_the_first_day_of_the_programme(world: World):
    since = TODAY + timedelta(days=20)
    with world.scope("cis", "anna"):
        file = agreed(since)
        [said] = queries.entry_obstacles(file, TODAY)
        assert said == "Program obowiązuje od 10.12.2026. Zajęcia zaczynają się najwcześniej wtedy."
        with pytest.raises(InputError, match="Program obowiązuje od 10.12.2026"):
            started(file, since - DAY)
        # The page asks about the first day that is to come, so that it can be planned ahead.
        assert files.entry_obstacles(file) == []
        assert started(file, since).since == since


def test_nobody_enters_a_programme_that_is_over(world: World):
    with world.scope("cis", "anna"):
        file = agreed(TRIAL, until=TODAY - DAY)
        assert files.entry_obstacles(file) == [
            "Program obowiązuje do 19.11.2026. Zajęcia nie mogą zacząć się później."
        ]
        with pytest.raises(InputError, match="Program obowiązuje do 19.11.2026"):
            started(file, TODAY)


def test_a_trial_does_not_last_longer_than_the_programme(world: World):
    with world.scope("cis", "anna"):
        file = agreed(TRIAL, until=TODAY + timedelta(days=10))
        with pytest.raises(InputError, match=r"do 30.11.2026\. Zmień go najpierw aneksem"):
            started(file, TODAY)
        assert not Period.objects.exists()
        started(file, TODAY - timedelta(days=30))


def test_what_ops_agreed_to_lets_in_on_its_own_days_before_the_job_came(world: World):
    since = TODAY - timedelta(days=30)
    with world.scope("cis", "anna"):
        version = made.signed(since=since)
        Agreement.objects.update(
            state="agreed", answered_at=clock.now() - timedelta(days=60), answered_name="Paweł Tarnina"
        )
        file = Participation.objects.get()
        with pytest.raises(InputError, match="Program obowiązuje od"):
            started(file, since - DAY)
        started(file, since)
        assert version.programme.state == "prepared"


def test_periods_are_not_corrected_to_before_the_programme(world: World):
    since = TODAY - timedelta(days=20)
    with world.scope("cis", "anna"):
        file = agreed(since)
        started(file, since + DAY)
        with pytest.raises(InputError, match="Program obowiązuje od"):
            files.set_periods(participation_id=file.pk, periods=[trial(since - DAY)])
        files.set_periods(participation_id=file.pk, periods=[trial(since)])
        assert Period.objects.get().since == since


def test_what_the_first_day_needs_is_asked_of_an_earlier_one_too(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """Who was let in on a lawful day is not moved behind the wall of the duties."""
    since = TODAY - timedelta(days=20)
    with world.scope("cis", "anna"):
        file = agreed(since)
        with_duties(file)
        asked = [(10, queries.entry_obstacles), (20, duty_queries.entry_conditions)]
        monkeypatch.setitem(slots._filled, "participants.entry_conditions", asked)
        started(file, TODAY)
        with pytest.raises(InputError) as refused:
            files.set_periods(participation_id=file.pk, periods=[trial(since)])
        assert refused.value.message == " ".join(duty_queries.entry_conditions(file, since))
        # What does not get earlier is asked nothing.
        files.set_periods(participation_id=file.pk, periods=[trial(TODAY + DAY)])


def test_who_was_in_classes_before_the_unit_came_is_corrected_freely(world: World):
    with world.scope("cis", "anna"):
        file = candidate(opened_on=OPENED)
        files.set_periods(participation_id=file.pk, periods=[trial(TRIAL)], entered_before=True)
        files.set_periods(participation_id=file.pk, periods=[trial(TRIAL - DAY)])
        assert Period.objects.get().since == TRIAL - DAY


def test_a_period_of_a_kis_lies_within_its_contract_whoever_writes_it(world: World):
    since = TODAY + timedelta(days=20)
    with world.scope("kis", "bozena"):
        file = agreed(since)
        with pytest.raises(InputError, match="Kontrakt obowiązuje od 10.12.2026"):
            files.qualify(participation_id=file.pk, since=TODAY, until=since)
        with alone(), pytest.raises(InputError, match="Kontrakt obowiązuje od 10.12.2026"):
            files.qualify(participation_id=file.pk, since=TODAY, until=since)
        with pytest.raises(InputError, match="Kontrakt obowiązuje do"):
            files.qualify(participation_id=file.pk, since=since, until=add_months(since, 13))
        files.qualify(participation_id=file.pk, since=since, until=add_months(since, 1))
        main = stages.Period(PeriodKind.MAIN, DateSpan(TODAY, add_months(since, 1)))
        with pytest.raises(InputError, match="Kontrakt obowiązuje od 10.12.2026"):
            files.set_periods(participation_id=file.pk, periods=[main])


def sent_again() -> ProgrammeVersion:
    """A second version that is signed and waits for OPS, whose remarks it answers."""
    version = made.answer(made.signed(), agreed=False)
    again = services.revise(programme_id=version.programme_id)
    services.make_ready(version_id=again.pk)
    return services.sign_version(
        version_id=again.pk, signed_on=SIGNED, how="witnessed", witness="Anna Lawenda", body_name="OPS"
    )


def test_a_version_that_ops_agreed_to_is_not_laid_aside(world: World):
    """The answer came in the body's own scope, and the job that tells the unit is on its way."""
    with world.scope("cis", "anna"):
        version = sent_again()
        Agreement.objects.filter(state=AgreementState.ASKED).update(
            state="agreed", answered_at=clock.now(), answered_name="Paweł Tarnina"
        )
        with pytest.raises(InputError, match="OPS uzgodnił już tę wersję"):
            services.discard(version_id=version.pk)
        version.refresh_from_db()
        assert version.state == "signed"


def test_an_answer_to_what_was_laid_aside_lets_nobody_in(world: World):
    with world.scope("cis", "anna"):
        version = sent_again()
        services.discard(version_id=version.pk)
        assert Agreement.objects.get(version=2).state == "replaced"
        # As if it had come all the same.
        Agreement.objects.filter(version=2).update(
            state="agreed", answered_at=clock.now() - timedelta(days=200), answered_name="Paweł Tarnina"
        )
        file = Participation.objects.get()
        assert queries.entry_obstacles(file, TODAY) == ["Program porzucono. Napisz go od nowa."]
        with pytest.raises(InputError, match="porzucono"):
            started(file, TODAY)
        assert Programme.objects.get().state == "prepared"


def test_a_late_job_settles_only_the_version_that_was_sent(world: World):
    with world.scope("cis", "anna"):
        first = made.signed()
        Agreement.objects.update(
            state="remarks", answered_at=clock.now(), answered_name="Jan", person_name="", remarks=""
        )
        services.discard(version_id=first.pk)
        second = made.signed(Participation.objects.get())
        services.settle(Agreement.objects.get(version=1))
        second.refresh_from_db()
        assert second.state == "signed"
