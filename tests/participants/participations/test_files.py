"""Opening a file, who leads it, who helps, and handing a caseload over."""

from datetime import date, timedelta

import pytest

from participants.models import Participation, TeamMember
from participants.services import participations as services
from reintegration.core.errors import InputError
from reintegration.notices.models import Notice
from tests.cast import World
from tests.participants.participations.made import OPENED, TODAY, candidate, ended, in_trial, person

pytestmark = pytest.mark.django_db


def test_files_are_numbered_in_a_run_of_their_own(world: World):
    with world.scope("cis", "anna"):
        numbers = [candidate(f"Marek {name}").number for name in ("Dąbek", "Głóg")]
    assert numbers == ["U/1/2026", "U/2/2026"]


def test_one_file_of_a_person_is_open(world: World):
    with world.scope("cis", "anna"):
        first = candidate()
        with pytest.raises(InputError, match=f"ma już otwartą sprawę {first.number}"):
            services.open_participation(person_id=first.person_id, opened_on=TODAY)


def test_a_file_is_not_opened_tomorrow(world: World):
    with world.scope("cis", "anna"), pytest.raises(InputError, match="jeszcze nie nadszedł"):
        candidate(opened_on=TODAY + timedelta(days=1))


def test_who_returns_gets_a_new_file_after_the_earlier_one(world: World):
    with world.scope("cis", "anna"):
        earlier = ended(on=date(2026, 11, 10))
        with pytest.raises(InputError, match="trwała do 10.11.2026"):
            services.open_participation(person_id=earlier.person_id, opened_on=date(2026, 11, 10))
        later = services.open_participation(person_id=earlier.person_id, opened_on=date(2026, 11, 11))
        assert list(Participation.objects.filter(person=earlier.person_id).order_by("opened_on")) == [
            earlier,
            later,
        ]


def test_a_person_who_was_merged_gets_no_file(world: World):
    with world.scope("cis", "anna"):
        gone = person("Marek Dombek", merged_into=person())
        with pytest.raises(InputError, match="połączono"):
            services.open_participation(person_id=gone.pk, opened_on=OPENED)


@pytest.mark.parametrize("who", ["tomasz", "bozena", "zofia"])
def test_a_file_is_led_by_a_case_worker_of_the_unit(world: World, who: str):
    with world.scope("cis", "anna"):
        file = candidate()
        with pytest.raises(InputError, match="Wybierz kogoś z listy"):
            services.assign_case_manager(participation_id=file.pk, user_id=world.people[who].pk)


def test_whoever_gets_a_file_is_told_and_who_takes_it_is_not(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        services.assign_case_manager(participation_id=file.pk, user_id=world.people["jan"].pk)
        services.assign_case_manager(participation_id=file.pk, user_id=world.people["anna"].pk)
        told = list(Notice.objects.filter(kind="participants.file_given"))
    assert [notice.recipient_id for notice in told] == [world.people["jan"].pk]


def test_a_contact_moves_only_forward(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        for day in (date(2026, 11, 10), date(2026, 11, 3)):
            services.touch_contact(participation_id=file.pk, day=day)
        file.refresh_from_db()
    assert file.last_contact_on == date(2026, 11, 10)


def test_a_team_has_people_from_a_day_to_a_day(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        values = {"participation_id": file.pk, "user_id": world.people["olga"].pk, "task": "psycholog"}
        with pytest.raises(InputError, match="Sprawę otwarto 01.03.2026"):
            services.add_team_member(**values, since=date(2026, 2, 1))
        member = services.add_team_member(**values, since=date(2026, 3, 5))
        with pytest.raises(InputError, match="od 05.03.2026"):
            services.end_team_member(member_id=member.pk, until=date(2026, 3, 4))
        services.end_team_member(member_id=member.pk, until=date(2026, 6, 1))
        with pytest.raises(InputError, match="nie jest już"):
            services.end_team_member(member_id=member.pk, until=date(2026, 6, 2))
        assert TeamMember.objects.get().until == date(2026, 6, 1)


def test_a_stranger_does_not_join_a_team(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        with pytest.raises(InputError, match="pracuje w tej jednostce"):
            services.add_team_member(
                participation_id=file.pk, user_id=world.people["bozena"].pk, task="gość", since=TODAY
            )


def test_a_caseload_is_handed_over_and_what_cannot_is_named(world: World):
    anna, jan, ewa = (world.people[one].pk for one in ("anna", "jan", "ewa"))
    with world.scope("cis", "ewa"):
        files = [in_trial(f"Marek {name}") for name in ("Dąbek", "Głóg", "Buk")]
        for file in files:
            services.assign_case_manager(participation_id=file.pk, user_id=anna)
        services.assign_case_manager(participation_id=files[1].pk, user_id=ewa)
        services.end_participation(
            participation_id=files[2].pk, ended_on=date(2026, 3, 20), reason="trial_failed"
        )
        found = services.hand_over(
            from_user_id=anna, to_user_id=jan, participation_ids=[file.pk for file in files]
        )
        assert [file.pk for file in found.done] == [files[0].pk]
        assert {sentence for _, sentence in found.refused} == {
            "prowadzi ją już Ewa Jarzębina.",
            "zakończona 20.03.2026.",
        }
        assert Participation.objects.get(pk=files[0].pk).case_manager_id == jan


def test_a_caseload_is_handed_to_somebody_else(world: World):
    anna = world.people["anna"].pk
    with world.scope("cis", "ewa"), pytest.raises(InputError, match="inną osobę"):
        services.hand_over(from_user_id=anna, to_user_id=anna, participation_ids=[])


def test_files_of_another_unit_are_not_handed_over(world: World):
    with world.scope("kis", "bozena"):
        foreign = candidate()
    with world.scope("cis", "ewa"):
        found = services.hand_over(
            from_user_id=world.people["anna"].pk,
            to_user_id=world.people["jan"].pk,
            participation_ids=[foreign.pk],
        )
    assert (found.done, found.refused) == ((), ())
