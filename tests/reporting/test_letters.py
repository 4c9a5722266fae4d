"""Letters of supervision: their receipt, their term, and answers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.jobs.models import Job
from reporting.models import (
    SupervisionLetter,
)
from reporting.services import proceedings, registers, supervision
from tests.cast import World, sign_in
from tests.reporting.made import entered
from tests.reporting.procedures_made import (
    pdf,
    written,
)

TODAY = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.mark.django_db
def test_a_letter_runs_from_its_receipt_and_gives_a_ground(world: World, client: Any) -> None:
    with world.scope("office", "stefan"):
        entry = entered(number="9")
        with pytest.raises(InputError, match="co najmniej 30 dni"):
            written(entry.pk, "remedy", 29)
        with pytest.raises(InputError, match="art. 5b"):
            written(entered("KIS", number="1").pk)
    with world.scope("office", "maria"):
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        letter = supervision.send(letter_id=written(entry.pk).pk)
        assert letter.due_on is None
    with world.scope("cis", "ewa"):
        supervision.receive(letter_id=letter.pk, received_on=date(2026, 11, 22))
        with pytest.raises(InputError, match="już potwierdzony"):
            supervision.receive(letter_id=letter.pk, received_on=date(2026, 11, 22))
    with world.scope("office", "maria"):
        with pytest.raises(InputError, match="już potwierdzony"):
            supervision.receive(letter_id=letter.pk, received_on=date(2026, 11, 22))
        with pytest.raises(InputError, match="odpowiada w nim sama"):
            supervision.answer(letter_id=letter.pk, words="X.", answered_on=date(2026, 11, 22), file=None)
    # Fourteen days end on Sunday, 6 December.
    late = datetime(2026, 12, 8, 10, tzinfo=UTC)
    page = reverse("reporting:entry", args=[entry.pk])
    sign_in(client, world.people["maria"])
    assert "Podstawa utraty statusu" not in client.get(page).content.decode()
    with world.scope("office", "maria"), pytest.raises(InputError, match="07.12.2026"):
        supervision.close(letter_id=letter.pk, heeded=False)
    with clock.frozen(late):
        sign_in(client, world.people["maria"])
        shown = client.get(page).content.decode()
        assert "Podstawa utraty statusu" in shown
        # The page belongs to one of two registers, and marks it.
        assert 'aria-current="page"' in shown
        offered = client.get(reverse("reporting:entry_end", args=[entry.pk]), {"powod": "unheeded"})
        assert offered.context["form"]["reason"].value() == "unheeded"
        assert "Bez odpowiedzi w terminie" in client.get(reverse("notices:desk")).content.decode()
        with world.scope("cis", "ewa"):
            supervision.answer(
                letter_id=letter.pk, words="Już są.", answered_on=date(2026, 12, 8), file=pdf()
            )
        with world.scope("office", "maria"):
            found = SupervisionLetter.objects.get(pk=letter.pk)
            assert (found.state, found.answer) == ("answered", "Już są.")
            assert proceedings.stored_of(found.answer_file) is not None
            supervision.close(letter_id=letter.pk, heeded=True)
        assert "Podstawa utraty statusu" not in client.get(page).content.decode()


@pytest.mark.django_db
def test_of_a_unit_outside_the_program_the_office_writes_the_answer_down(world: World) -> None:
    with world.scope("office", "maria"):
        letter = supervision.send(letter_id=written(entered(number="9").pk).pk)
        with clock.frozen(TODAY + timedelta(days=1)):
            for day in (22, 23):
                supervision.receive(letter_id=letter.pk, received_on=date(2026, 11, day))
            said = supervision.answer(
                letter_id=letter.pk, words="Już są.", answered_on=date(2026, 11, 23), file=None
            )
        assert (said.state, said.received_by_unit) == ("answered", False)


@pytest.mark.django_db
def test_a_unit_hears_of_each_day_that_the_office_writes_down(world: World) -> None:
    with world.scope("office", "maria"):
        entry = entered(number="9")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        letter = supervision.send(letter_id=written(entry.pk).pk)
        with clock.frozen(TODAY + timedelta(days=1)):
            for day in (22, 23, 23):
                supervision.receive(letter_id=letter.pk, received_on=date(2026, 11, day))
        told = Job.objects.filter(kind=proceedings.TELL_JOB, payload__step="receive")
        assert told.count() == 2
