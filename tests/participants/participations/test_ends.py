"""The end, its correction, taking it back, and the certificate."""

from datetime import date, timedelta

import pytest

from participants.models import Agreement, FollowUp, Participation, Period, TeamMember
from participants.services import participations as services
from reintegration.core.errors import InputError
from tests.cast import World
from tests.participants.participations.made import (
    SIGNED,
    TODAY,
    TRIAL,
    agreed,
    candidate,
    ended,
    in_classes,
    in_trial,
)

pytestmark = pytest.mark.django_db


def end(file: Participation, on: date, reason: str = "statement", **more: str) -> Participation:
    return services.end_participation(participation_id=file.pk, ended_on=on, reason=reason, **more)


def test_an_end_cuts_the_running_period_and_plans_a_follow_up(world: World):
    with world.scope("cis", "anna"):
        file = end(in_classes(), date(2026, 8, 31), "job", destination="open_market")
        main = Period.objects.get(kind="main")
        assert (main.until, main.planned_until) == (date(2026, 8, 31), date(2027, 3, 8))
        follow_up = FollowUp.objects.get()
        assert (follow_up.due_on, follow_up.person_id) == (date(2027, 2, 28), file.person_id)
        assert (file.end_reason, file.destination) == ("job", "open_market")


def test_an_end_closes_what_waits(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        services.add_team_member(
            participation_id=file.pk, user_id=world.people["olga"].pk, task="psycholog", since=TRIAL
        )
        services.ask_agreement(participation_id=file.pk, body_name="OPS", signed_on=SIGNED)
        end(file, TODAY, "resigned")
        assert Agreement.objects.get().state == "replaced"
        assert TeamMember.objects.get().until == TODAY


def test_after_death_nobody_is_asked(world: World):
    with world.scope("cis", "anna"):
        file = end(in_classes(), TODAY, "death", destination="unknown")
        assert file.destination == ""
        assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    ("on", "reason", "sentence"),
    [
        (TODAY + timedelta(days=1), "job", "jeszcze nie nadszedł"),
        (date(2026, 2, 28), "job", "Sprawę otwarto 01.03.2026"),
        (TODAY, "completed", "Okres trwa do 08.03.2027"),
        (TODAY, "resigned", "Zajęcia już się zaczęły"),
        (TODAY, "trial_failed", "nie trwał okres próbny"),
    ],
)
def test_an_end_that_does_not_fit_is_refused(world: World, on: date, reason: str, sentence: str):
    with world.scope("cis", "anna"):
        file = in_classes()
        with pytest.raises(InputError, match=sentence):
            end(file, on, reason)


def test_a_period_that_is_over_sets_the_last_day(world: World):
    with world.scope("cis", "anna"):
        file = in_trial()
        with pytest.raises(InputError, match="Okres skończył się 08.04.2026"):
            end(file, date(2026, 4, 9), "trial_failed")
        assert end(file, date(2026, 4, 8), "trial_failed").ended_on == date(2026, 4, 8)


def test_a_candidate_did_not_complete(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        with pytest.raises(InputError, match="żadnego okresu"):
            end(file, TODAY, "completed")


def test_an_ended_file_is_not_changed_but_opened_anew(world: World):
    with world.scope("cis", "anna"):
        file = ended()
        for change in (
            lambda: end(file, TODAY),
            lambda: services.extend(participation_id=file.pk, until=TODAY),
            lambda: services.sign_programme(participation_id=file.pk, signed_on=TODAY),
        ):
            with pytest.raises(InputError, match="jest zakończona"):
                change()


def test_an_end_is_corrected_and_the_period_follows(world: World):
    with world.scope("cis", "anna"):
        file = ended(on=date(2026, 8, 31))
        services.correct_end(
            participation_id=file.pk, ended_on=date(2026, 9, 15), reason="business", note="Sklep."
        )
        main = Period.objects.get(kind="main")
        assert (main.until, main.planned_until) == (date(2026, 9, 15), date(2027, 3, 8))
        assert [row.due_on for row in FollowUp.objects.all()] == [date(2027, 3, 15)]
        file.refresh_from_db()
        assert (file.end_reason, file.destination, file.end_note) == ("business", "business", "Sklep.")


def test_a_mistaken_end_is_taken_back_with_its_reason(world: World):
    with world.scope("cis", "anna"):
        file = in_classes()
        services.add_team_member(
            participation_id=file.pk, user_id=world.people["olga"].pk, task="psycholog", since=TRIAL
        )
        end(file, date(2026, 8, 31))
        with pytest.raises(InputError, match="dlaczego"):
            services.reopen(participation_id=file.pk, reason=" ")
        found = services.reopen(participation_id=file.pk, reason="Pomyłka osoby.")
        assert (found.ended_on, found.end_reason, found.reopened_on) == (None, "", TODAY)
        assert found.reopen_reason == "Pomyłka osoby."
        main = Period.objects.get(kind="main")
        assert (main.until, main.planned_until) == (date(2027, 3, 8), None)
        assert not FollowUp.objects.exists()
        assert TeamMember.objects.get().until is None
        with pytest.raises(InputError, match="nie jest zakończona"):
            services.reopen(participation_id=file.pk, reason="Jeszcze raz.")


def test_an_old_end_stays_when_there_is_a_newer_file(world: World):
    with world.scope("cis", "anna"):
        old = ended(on=date(2026, 8, 31))
        new = services.open_participation(person_id=old.person_id, opened_on=date(2026, 9, 1))
        with pytest.raises(InputError, match=f"nowszą sprawę {new.number}"):
            services.reopen(participation_id=old.pk, reason="Pomyłka.")
        with pytest.raises(InputError, match="Ta kończy się wcześniej"):
            services.correct_end(participation_id=old.pk, ended_on=date(2026, 9, 10), reason="statement")


def test_who_left_early_may_return_on_the_days_that_were_planned(world: World):
    with world.scope("cis", "anna"):
        old = ended(on=date(2026, 6, 30))
        new = services.open_participation(person_id=old.person_id, opened_on=date(2026, 7, 1))
        agreed(new, on=date(2026, 7, 1))
        services.start_trial(participation_id=new.pk, since=date(2026, 7, 6))
        assert Period.objects.filter(person=old.person_id).count() == 3


def test_a_certificate_comes_after_the_end(world: World):
    with world.scope("cis", "anna"):
        file = in_classes()
        with pytest.raises(InputError, match="nie jest zakończona"):
            services.note_certificate(participation_id=file.pk, day=TODAY)
        end(file, date(2026, 11, 10))
        with pytest.raises(InputError, match="od 10.11.2026"):
            services.note_certificate(participation_id=file.pk, day=date(2026, 11, 9))
        assert services.note_certificate(participation_id=file.pk, day=TODAY).certificate_on == TODAY
        assert services.note_certificate(participation_id=file.pk, day=None).certificate_on is None
