"""The operator's list, the progress of long work, and the sign of life."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from reintegration.jobs import queries, sweeper
from reintegration.jobs.models import Heartbeat, Job
from reintegration.jobs.queries import progress_of
from reintegration.jobs.registry import title_of
from reintegration.jobs.services import enqueue, new_batch
from reintegration.jobs.worker import drain
from tests.cast import World, sign_in

pytestmark = pytest.mark.django_db


def _signed_in(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def _refused(world: World) -> Job:
    with world.scope("cis", "ewa"):
        job = enqueue(kind="test.refuses", payload={"paper": "P-7"})
    drain()
    return job


def test_the_operator_sees_kinds_states_and_reasons_and_not_what_is_in_them(world):
    _refused(world)
    page = _signed_in(world, "operator").get(reverse("jobs:job_list")).content.decode()
    assert "Odmowa" in page
    assert "odłożone" in page
    assert "Brak pliku wzoru." in page
    assert "P-7" not in page


def test_the_list_says_when_the_work_stands_still(world):
    client = _signed_in(world, "operator")
    assert "Praca w tle stoi" in client.get(reverse("jobs:job_list")).content.decode()
    sweeper.sweep()
    assert "Praca w tle działa." in client.get(reverse("jobs:job_list")).content.decode()


def test_the_list_is_filtered_by_state_and_kind(world):
    _refused(world)
    with world.scope("cis"):
        enqueue(kind="test.quiet")
    client = _signed_in(world, "operator")
    parked = client.get(reverse("jobs:job_list"), {"stan": "parked"}).content.decode()
    assert "Brak pliku wzoru." in parked
    assert ">Zwykłe</a>" not in parked
    quiet = client.get(reverse("jobs:job_list"), {"rodzaj": "test.quiet"}).content.decode()
    assert "Brak pliku wzoru." not in quiet


def test_the_operator_runs_a_parked_job_again_or_cancels_it(world):
    job = _refused(world)
    client = _signed_in(world, "operator")
    assert "Ponów" in client.get(reverse("jobs:job_view", args=[job.pk])).content.decode()
    assert client.post(reverse("jobs:job_retry", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.state == "queued"
    client.post(reverse("jobs:job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_what_cannot_be_done_is_said(world):
    with world.scope("cis"):
        job = enqueue(kind="test.quiet")
    drain()
    client = _signed_in(world, "operator")
    page = client.post(reverse("jobs:job_cancel", args=[job.pk]), follow=True).content.decode()
    assert "Anulować można tylko zadanie" in page


@pytest.mark.parametrize("name", ["job_view", "job_retry", "job_cancel"])
def test_only_the_operator_touches_jobs(world, name):
    job = _refused(world)
    url = reverse(f"jobs:{name}", args=[job.pk])
    client = _signed_in(world, "ewa")
    assert (client.get if name == "job_view" else client.post)(url).status_code == 403


def test_progress_counts_the_jobs_of_a_batch(world):
    batch = new_batch()
    with world.scope("cis", "ewa"):
        for number in range(3):
            enqueue(kind="test.quiet", key=str(number), batch=batch)
        enqueue(kind="test.refuses", batch=batch)
        assert progress_of(batch).text == "0 z 4"
    client = _signed_in(world, "ewa")
    url = reverse("jobs:progress", args=[batch])
    assert f'hx-get="{url}"' in client.get(url, headers={"HX-Request": "true"}).content.decode()
    drain()
    whole = client.get(url).content.decode()
    assert title_of("test.quiet") in whole
    assert "Nie wszystko się udało." in whole
    assert "3 z 4, 1" in whole.replace("\xa0", " ")
    assert f'hx-get="{url}"' not in whole


def test_the_progress_of_one_long_job_is_its_own(world):
    batch = new_batch()
    with world.scope("cis"):
        job = enqueue(kind="test.quiet", batch=batch)
        Job.objects.filter(pk=job.pk).update(
            progress_done=41, progress_total=59, progress_message="osób", state="queued"
        )
        assert progress_of(batch).text == "41 z 59 osób"


def test_anothers_progress_does_not_exist(world):
    batch = new_batch()
    with world.scope("kis"):
        enqueue(kind="test.quiet", batch=batch)
    assert _signed_in(world, "ewa").get(reverse("jobs:progress", args=[batch])).status_code == 404


def test_the_sign_of_life_is_public_and_says_nothing_else(client):
    answer = client.get("/zdrowie/")
    assert (answer.status_code, answer.json()) == (200, {"baza": "działa", "praca": "stoi"})
    assert client.get("/zdrowie/?czesc=praca").status_code == 503
    sweeper.sweep()
    assert client.get("/zdrowie/?czesc=praca").status_code == 200
    Heartbeat.objects.update(at=Now() - timedelta(minutes=5))
    assert client.get("/zdrowie/?czesc=praca").status_code == 503


def test_without_a_database_the_sign_of_life_says_so(client, monkeypatch):
    def away() -> bool:
        raise OperationalError

    monkeypatch.setattr(queries, "is_beating", away)
    answer = client.get("/zdrowie/")
    assert (answer.status_code, answer.json()) == (503, {"baza": "nie odpowiada"})


def test_fifty_jobs_are_listed_with_few_queries(world, django_assert_max_num_queries):
    for number in range(50):
        Job.objects.create(organisation=world.cis, kind="test.quiet", key=str(number))
    client = _signed_in(world, "operator")
    with django_assert_max_num_queries(14):
        assert client.get(reverse("jobs:job_list")).content.decode().count(">Zwykłe</a>") == 50
