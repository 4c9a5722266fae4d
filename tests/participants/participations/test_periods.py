"""Trial, main period, extension; and what must stand before anybody enters."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.models import Period
from participants.rules import stages
from participants.rules.codes import PeriodKind
from participants.services import participations as services
from reintegration.core import slots
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError
from tests.cast import World
from tests.participants.participations.made import SIGNED, TRIAL, agreed, candidate, in_classes, in_trial

pytestmark = pytest.mark.django_db


def spans_of(file) -> list[tuple[str, date, date]]:
    rows = Period.objects.filter(participation=file).order_by("since")
    return [(row.kind, row.since, row.until) for row in rows]


def test_the_trial_lasts_a_month_and_the_main_period_eleven(world: World):
    with world.scope("cis", "anna"):
        file = in_classes()
        assert spans_of(file) == [
            ("trial", date(2026, 3, 9), date(2026, 4, 8)),
            ("main", date(2026, 4, 9), date(2027, 3, 8)),
        ]


def test_nobody_enters_before_the_programme_is_signed(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        with pytest.raises(InputError, match="Program nie jest podpisany"):
            services.start_trial(participation_id=file.pk, since=TRIAL)


def test_nobody_enters_before_it_is_agreed(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        services.sign_programme(participation_id=file.pk, signed_on=SIGNED)
        with pytest.raises(InputError, match="nie uzgodniono"):
            services.start_trial(participation_id=file.pk, since=TRIAL)
        asked = services.ask_agreement(participation_id=file.pk, body_name="OPS", signed_on=SIGNED)
        with pytest.raises(InputError, match="nie odpowiedział jeszcze w sprawie wersji 1"):
            services.start_trial(participation_id=file.pk, since=TRIAL)
        services.answer_agreement(
            agreement_id=asked.pk, agreed=False, remarks="Za mało zajęć.", name="P. Tarnina", user_id=None
        )
        with pytest.raises(InputError, match="ma uwagi do wersji 1"):
            services.start_trial(participation_id=file.pk, since=TRIAL)


def test_an_agreement_to_an_older_version_is_not_enough(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        agreed(file)
        services.ask_agreement(participation_id=file.pk, body_name="OPS", signed_on=SIGNED)
        with pytest.raises(InputError, match="wersji 2"):
            services.start_trial(participation_id=file.pk, since=TRIAL)


def test_nobody_enters_before_the_day_of_signing_or_agreeing(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        agreed(file, on=TRIAL)
        with pytest.raises(InputError, match="podpisano 09.03.2026"):
            services.start_trial(participation_id=file.pk, since=TRIAL - timedelta(days=1))
        asked = services.ask_agreement(participation_id=file.pk, body_name="OPS", signed_on=SIGNED)
        services.record_answer(
            agreement_id=asked.pk, agreed=True, remarks="", name="P. Tarnina", answered_on=TRIAL
        )
        with pytest.raises(InputError, match="uzgodnił program 09.03.2026"):
            services.start_trial(participation_id=file.pk, since=TRIAL - timedelta(days=1))


def test_another_room_may_stop_the_trial(world: World):
    slots.fill("participants.entry_conditions", lambda file, day: ["Brakuje badania lekarza."])
    with world.scope("cis", "anna"):
        file = candidate()
        agreed(file)
        with pytest.raises(InputError, match="Brakuje badania lekarza"):
            services.start_trial(participation_id=file.pk, since=TRIAL)
        file.refresh_from_db()
        assert services.entry_obstacles(file) == ["Brakuje badania lekarza."]


def test_there_is_one_trial(world: World):
    with world.scope("cis", "anna"):
        file = in_trial()
        with pytest.raises(InputError, match="Okres próbny jest jeden"):
            services.start_trial(participation_id=file.pk, since=date(2026, 5, 1))


def test_a_period_does_not_begin_before_the_file(world: World):
    with world.scope("cis", "anna"):
        file = candidate(opened_on=date(2026, 4, 1))
        agreed(file)
        with pytest.raises(InputError, match="Sprawę otwarto 01.04.2026"):
            services.start_trial(participation_id=file.pk, since=TRIAL)


def test_the_main_period_needs_a_trial_before_it(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        with pytest.raises(InputError, match="Najpierw jest okres próbny"):
            services.qualify(participation_id=file.pk)


def test_the_main_period_is_at_most_eleven_months(world: World):
    with world.scope("cis", "anna"):
        file = in_trial()
        with pytest.raises(InputError, match="najdłużej do 08.03.2027"):
            services.qualify(participation_id=file.pk, until=date(2027, 3, 9))
        with pytest.raises(InputError, match="Koniec nie może być wcześniejszy"):
            services.qualify(participation_id=file.pk, until=date(2026, 4, 1))
        services.qualify(participation_id=file.pk, until=date(2026, 12, 31))
        assert spans_of(file)[-1] == ("main", date(2026, 4, 9), date(2026, 12, 31))


def test_extensions_together_are_at_most_twelve_months(world: World):
    with world.scope("cis", "anna"):
        file = in_classes()
        services.extend(participation_id=file.pk, until=date(2027, 9, 8))
        with pytest.raises(InputError, match="do 12 miesięcy, najdłużej do 08.03.2028"):
            services.extend(participation_id=file.pk, until=date(2028, 3, 9))
        services.extend(participation_id=file.pk, until=date(2028, 3, 8))
        assert [kind for kind, *_ in spans_of(file)] == ["trial", "main", "extension", "extension"]


def test_only_a_main_period_is_extended(world: World):
    with world.scope("cis", "anna"):
        file = in_trial()
        with pytest.raises(InputError, match="który można przedłużyć"):
            services.extend(participation_id=file.pk, until=date(2027, 1, 1))


def test_a_kis_has_main_periods_as_long_as_agreed(world: World):
    with world.scope("kis", "bozena"):
        file = candidate()
        with pytest.raises(InputError, match="Kontrakt nie jest podpisany"):
            services.qualify(participation_id=file.pk, since=TRIAL, until=date(2028, 1, 1))
        services.sign_programme(participation_id=file.pk, signed_on=SIGNED)
        with pytest.raises(InputError, match="W KIS nie ma okresu próbnego"):
            services.start_trial(participation_id=file.pk, since=TRIAL)
        with pytest.raises(InputError, match="pierwszy i ostatni dzień"):
            services.qualify(participation_id=file.pk)
        services.qualify(participation_id=file.pk, since=TRIAL, until=date(2028, 1, 1))
        with pytest.raises(InputError, match="W KIS nie ma przedłużenia"):
            services.extend(participation_id=file.pk, until=date(2029, 1, 1))
        services.qualify(participation_id=file.pk, since=date(2028, 3, 1), until=date(2028, 6, 1))
        assert [kind for kind, *_ in spans_of(file)] == ["main", "main"]
        with pytest.raises(InputError, match="nie uzgadnia się"):
            services.ask_agreement(participation_id=file.pk, body_name="OPS", signed_on=SIGNED)


def test_periods_are_corrected_as_a_whole(world: World):
    with world.scope("cis", "anna"):
        file = in_classes()
        later = [
            stages.Period(PeriodKind.TRIAL, DateSpan(date(2026, 3, 16), date(2026, 4, 15))),
            stages.Period(PeriodKind.MAIN, DateSpan(date(2026, 4, 16), date(2027, 3, 15))),
        ]
        services.set_periods(participation_id=file.pk, periods=later)
        assert [since for _, since, _ in spans_of(file)] == [date(2026, 3, 16), date(2026, 4, 16)]
        with pytest.raises(InputError, match="dzień po poprzednim okresie"):
            services.set_periods(
                participation_id=file.pk,
                periods=[
                    later[0],
                    stages.Period(PeriodKind.MAIN, DateSpan(date(2026, 4, 20), date(2026, 5, 1))),
                ],
            )
        with pytest.raises(InputError, match="Zostaw przynajmniej jeden okres"):
            services.set_periods(participation_id=file.pk, periods=[])


def test_a_correction_is_no_way_around_the_agreement(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        trial = stages.Period(PeriodKind.TRIAL, DateSpan(TRIAL, date(2026, 4, 8)))
        with pytest.raises(InputError, match="Program nie jest podpisany"):
            services.set_periods(participation_id=file.pk, periods=[trial])


day = st.dates(min_value=date(2026, 3, 1), max_value=date(2026, 11, 20))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(since=day, main=st.integers(0, 400), extra=st.integers(0, 450), left=st.integers(0, 30))
def test_what_the_services_store_is_always_lawful(
    world: World, since: date, main: int, extra: int, left: int
):
    """Whatever is asked for: stored periods obey the act, follow each other, and an end cuts them."""
    with world.scope("cis", "anna"):
        file = in_trial(since=since)
        until = Period.objects.get(participation=file).until
        for ask in (
            lambda: services.qualify(participation_id=file.pk, until=until + timedelta(days=main)),
            lambda: services.extend(participation_id=file.pk, until=until + timedelta(days=main + extra)),
        ):
            try:
                ask()
            except InputError:
                continue
        rows = list(Period.objects.filter(participation=file).order_by("since"))
        planned = [stages.Period(PeriodKind(row.kind), DateSpan(row.since, row.until)) for row in rows]
        assert stages.problems(planned) == ()
        ended_on = min(since + timedelta(days=left), rows[-1].until, date(2026, 11, 20))
        services.end_participation(participation_id=file.pk, ended_on=ended_on, reason="statement")
        cut = list(Period.objects.filter(participation=file).order_by("since"))
        assert max(row.until for row in cut) == ended_on
        before = sum((min(row.until, ended_on) - row.since).days + 1 for row in rows if row.since <= ended_on)
        assert sum((row.until - row.since).days + 1 for row in cut) == before
