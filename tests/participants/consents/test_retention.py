"""Until when data are kept, and what is left when they go."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import AnonymousFile, IntakeSettings, Participation, Person
from participants.queries import retention as queries
from participants.retention import persons_due, years_kept
from participants.services.people import add_part, merge_persons
from reintegration.audit.erasure import erase_subject, place_hold
from reintegration.audit.models import Erasure
from reintegration.core import clock
from tests.cast import World, sign_in
from tests.participants.participations.made import TODAY, candidate, person

pytestmark = pytest.mark.django_db


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def ended(name: str, on: date, **given: Any) -> Participation:
    case = candidate(name, opened_on=date(2014, 3, 3), **given)
    Participation.objects.filter(pk=case.pk).update(ended_on=on, end_reason="job", destination="open_market")
    case.refresh_from_db()
    return case


def test_a_cis_keeps_ten_years_whatever_it_set(world: World):
    with world.scope("cis", "ewa"):
        IntakeSettings.objects.create(keep_years=20)
        assert years_kept() == 10


def test_a_kis_may_keep_longer(world: World):
    with world.scope("kis", "bozena"):
        IntakeSettings.objects.create(keep_years=20)
        assert years_kept() == 20
        ended("Marek Dąbek", date(2014, 6, 30))
        # The border of ten years; the unit keeps ten years more.
        assert not persons_due(date(2024, 1, 1)).exists()
        assert persons_due(date(2025, 1, 1)).exists()


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2016, 12, 31)])
def test_the_term_counts_from_the_end_of_the_year(world: World, day: date):
    with world.scope("cis", "ewa"):
        case = ended("Marek Dąbek", day)
        found = queries.keeping_of_person(case.person_id, today=TODAY)
        assert found is not None
        assert found.until == date(2026, 12, 31)
        assert not found.due(date(2026, 12, 31))
        assert found.due(date(2027, 1, 1))
        assert list(queries.ending_by(queries.kept_persons(), year=2026)) == [case.person]
        assert not queries.ending_by(queries.kept_persons(), year=2025).exists()
        # The job and the screen say the same.
        assert not persons_due(date(2016, 1, 1)).exists()
        assert persons_due(date(2017, 1, 1)).exists()


def test_who_came_back_is_kept_from_the_last_time(world: World):
    with world.scope("cis", "ewa"):
        case = ended("Marek Dąbek", date(2014, 6, 30))
        again = Participation.objects.create(person=case.person, number="U/2", opened_on=date(2026, 1, 5))
        found = queries.keeping_of_person(case.person_id, today=TODAY)
        assert found is not None
        assert found.until is None
        assert not queries.ending_by(queries.kept_persons(), year=2026).exists()
        assert again.ended_on is None
        Participation.objects.filter(pk=again.pk).update(
            ended_on=date(2026, 10, 30), end_reason="job", destination="open_market"
        )
        found = queries.keeping_of_person(case.person_id, today=TODAY)
        assert found is not None
        assert found.until == date(2036, 12, 31)


def test_who_never_took_part_is_kept_from_the_year_here_and_not_in_utc(world: World):
    with world.scope("cis", "ewa"):
        row = person("Marek Dąbek", made_at=datetime(2016, 1, 1, 0, 30, tzinfo=clock.WARSAW))
        found = queries.keeping_of_person(row.pk, today=TODAY)
        assert found is not None
        assert found.until == date(2026, 12, 31)
        assert not persons_due(date(2016, 1, 1)).exists()
        assert persons_due(date(2017, 1, 1)).exists()


def test_the_screen_lists_terms_and_holds(world: World):
    with world.scope("cis", "ewa"):
        ended("Marek Dąbek", date(2016, 6, 30))
        held = ended("Iga Sowa", date(2015, 6, 30))
        candidate("Olaf Wilk")
        place_hold(subject_id=held.person_id, reason="Spór", on=TODAY)
    client = client_of(world, "ewa")
    url = reverse("participants:retention_list")
    whole = client.get(url).content.decode()
    assert "31.12.2026" in whole
    assert "sprawa jest otwarta" in whole
    assert "Do usunięcia w 2026 roku: 2" in whole
    year = client.get(url, {"koniec": "rok"}).content.decode()
    assert "Olaf Wilk" not in year
    only_held = client.get(url, {"koniec": "wstrzymane"}).content.decode()
    assert "Iga Sowa" in only_held
    assert "Marek Dąbek" not in only_held


@pytest.mark.parametrize("person", ["jan", "olga", "celina"])
def test_only_leads_see_the_terms(world: World, person: str):
    assert client_of(world, person).get(reverse("participants:retention_list")).status_code == 403


def test_an_erased_person_is_counted_without_a_name(world: World):
    with world.scope("cis", "ewa"):
        case = ended(
            "Marek Dąbek",
            date(2016, 6, 30),
            birth_date=date(1987, 5, 4),
            education="primary",
            gmina="0601011",
        )
        add_part(person_id=case.person_id, kind="group", values={"code": "5", "since": date(2014, 3, 3)})
        add_part(person_id=case.person_id, kind="group", values={"code": "8", "since": date(2014, 3, 3)})
        erase_subject(subject_id=case.person_id, basis="próba")
        kept = AnonymousFile.objects.get()
        assert (kept.opened_month, kept.ended_month) == (date(2014, 3, 1), date(2016, 6, 1))
        assert (kept.decade, kept.sex, kept.education, kept.gmina) == (1980, "M", "primary", "0601011")
        assert (kept.groups, kept.main_group) == (["5", "8"], "5")
        assert (kept.end_reason, kept.destination) == ("job", "open_market")
        erase_subject(subject_id=case.person_id, basis="próba")
        assert AnonymousFile.objects.count() == 1


def test_a_row_that_was_merged_goes_with_the_one_that_stayed(world: World):
    with world.scope("cis", "ewa"):
        kept, gone = person("Marek Dąbek"), person("Marek Dombek")
        merge_persons(keep_id=kept.pk, gone_id=gone.pk)
        erase_subject(subject_id=kept.pk, basis="próba")
        assert [str(one) for one in Person.objects.order_by("pk")] == ["", ""]
        assert Erasure.objects.filter(subject_id=gone.pk).exists()
