"""The file is locked first, then what belongs to it: threads that waited for each other in a circle."""

import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.models import Programme, ProgrammeVersion
from ipzs.services import programmes as services
from ipzs.services.programmes import writing
from ipzs.views.programmes import base
from participants.models import Agreement, Participation
from participants.services import participations as files
from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.dates import add_months
from reintegration.core.errors import InputError
from tests.cast import World, known_world, sign_in
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import TODAY
from tests.participants.participations.made import alone, candidate

WAIT = 10
# The last day of the trial.
LAST = TODAY - timedelta(days=1)
Work = Callable[[], Any]


@pytest.fixture
def people(committed_db: str) -> World:
    return known_world()


class Pause:
    """Where the first of two stops, until the second has come as far as it can."""

    def __init__(self) -> None:
        self.held, self.go = threading.Event(), threading.Event()

    def __call__(self, *_: Any) -> None:
        if not self.held.is_set():
            self.held.set()
            assert self.go.wait(WAIT)

    def then(self, first: Work, second: Work) -> list[Any]:
        """What each gave, or the error that stopped it."""
        given: list[Any] = [None, None]

        def run(at: int, work: Work) -> None:
            try:
                with clock.frozen(TODAY):
                    if at:
                        assert self.held.wait(WAIT)
                        threading.Timer(0.5, self.go.set).start()
                    given[at] = work()
            except Exception as error:  # noqa: BLE001 - told to the test
                given[at] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate((first, second))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT * 2)
            assert not thread.is_alive(), "They wait for each other."
        return given


def test_laying_aside_and_an_answer_come_one_after_the_other(people: World, monkeypatch: Any) -> None:
    with people.scope("cis", "ewa"):
        version = made.signed()
        agreement = Agreement.objects.get()
    pause = Pause()
    drop_asked = writing.drop_asked
    monkeypatch.setattr(writing, "drop_asked", lambda file: (pause(), drop_asked(file)))

    def discarding() -> None:
        with people.scope("cis", "ewa"):
            services.discard(version_id=version.pk)

    def answering() -> None:
        with people.scope("cis", "anna"):
            made.agree(version, on=TODAY)

    done, told = pause.then(discarding, answering)
    assert done is None
    assert isinstance(told, InputError)
    with people.scope("cis", "ewa"):
        assert Agreement.objects.get(pk=agreement.pk).state == "replaced"
        assert Programme.objects.get().state == "dropped"


@pytest.fixture
def ending(people: World, monkeypatch: pytest.MonkeyPatch) -> tuple[Pause, Programme, Work]:
    """A file whose trial is over, and its end, which stops between the file and its programme."""
    since = add_months(TODAY, -1)
    with people.scope("cis", "ewa"):
        programme = made.running(
            candidate(opened_on=since - timedelta(days=9)), on=since - timedelta(days=5), since=since
        )
        with alone():
            files.start_trial(participation_id=programme.participation_id, since=since)
    pause = Pause()
    monkeypatch.setitem(
        slots._filled, "participants.ended", [(-1, pause), *slots._filled["participants.ended"]]
    )

    def work() -> None:
        with people.scope("cis", "ewa"):
            files.end_participation(
                participation_id=programme.participation_id, ended_on=LAST, reason="statement"
            )

    return pause, programme, work


def test_an_end_and_a_qualification_come_one_after_the_other(people: World, ending: Any) -> None:
    pause, programme, work = ending

    def qualifying() -> None:
        with people.scope("cis", "ewa"):
            services.qualify(participation_id=programme.participation_id, decided_on=TODAY)

    done, told = pause.then(work, qualifying)
    assert done is None
    assert isinstance(told, InputError)
    with people.scope("cis", "ewa"):
        assert Programme.objects.get().state == "ended"


def test_an_end_and_a_form_of_the_programme_come_one_after_the_other(people: World, ending: Any) -> None:
    """The form holds its row as soon as it is sent."""
    pause, programme, work = ending
    client = Client()
    with clock.frozen(TODAY):
        sign_in(client, people.people["ewa"])
    url = reverse("ipzs:end_statement", args=[programme.pk])
    day = f"{LAST.day}.{LAST.month}.{LAST.year}"
    done, answer = pause.then(work, lambda: client.post(url, {"statement_on": day, "ended_on": day}))
    assert done is None
    assert answer.status_code == 422
    assert "Nie można zakończyć programu" in answer.content.decode()


@pytest.mark.parametrize("model", [Programme, ProgrammeVersion])
@pytest.mark.django_db
def test_a_form_locks_the_file_before_its_row(world: World, monkeypatch: Any, model: Any) -> None:
    monkeypatch.setattr(record, "about", lambda *_: None)
    monkeypatch.setattr(record, "shows", lambda *_: None)
    with world.scope("cis", "anna"):
        made.drafted()
        with CaptureQueriesContext(connection) as asked:
            base.row_of(SimpleNamespace(), model, model.objects.get().pk, lock=True)
    held = [
        one["sql"].partition("FOR UPDATE OF ")[2].strip('"') for one in asked if "FOR UPDATE" in one["sql"]
    ]
    assert list(filter(None, held)) == [Participation._meta.db_table, model._meta.db_table]
