"""What a state of a version, a decision or a motion means is held by the database too."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from ipzs.models import ProgrammeVersion
from ipzs.services import programmes as services
from participants.models import Agreement, Period
from participants.services import participations as files
from participants.services.participations.common import stored
from reintegration.audit.erasure import erase_subject
from reintegration.core import clock
from reintegration.core.errors import InputError, sentence_of
from tests.cast import World
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import TODAY
from tests.ipzs.programmes.test_transitions import DAYS, decision, motion, programme, version
from tests.participants.participations.made import candidate, in_classes
from tests.specimens import specimen

pytestmark = pytest.mark.django_db


def agreement(world: World, state: str) -> Agreement:
    given = {"answered_name": "Paweł Tarnina", "answered_at": clock.now()}
    made_row: Agreement = specimen(Agreement, world, "Przykład", state=state, **given)
    return made_row


SCAN = "Do programu podpisanego na papierze dodaj skan."
WITNESS = "Wpisz, w czyjej obecności podpisano."
DELIVERY = "Doręczenie ma dzień nie wcześniejszy niż decyzja, i sposób."
COMPLAINT = "Skarga ma dzień, w którym wpłynęła."
JUDGMENT = "Wyrok ma dzień nie wcześniejszy niż skarga, i sygnaturę."
ANSWER = "Odpowiedź ma dzień nie wcześniejszy niż wniosek, i osobę."
TAIL = "Praca zaczyna się w czasie programu, a po jej podjęciu program trwa do 6 miesięcy. (art. 13 ust. 5)"
NAME = "Wpisz imię i nazwisko osoby, która odpowiada."
EARLY = TODAY.replace(year=2025)


@pytest.mark.parametrize(
    ("make", "state", "change", "sentence"),
    [
        (version, "in_force", {"signed_how": "paper"}, SCAN),
        (version, "signed", {"witness": ""}, WITNESS),
        (decision, "delivered", {"delivered_on": None}, DELIVERY),
        (decision, "delivered", {"delivered_on": EARLY}, DELIVERY),
        (decision, "complained", {"complained_on": None}, COMPLAINT),
        (decision, "upheld", {"complained_on": None}, COMPLAINT),
        (decision, "upheld", {"judged_on": None}, JUDGMENT),
        (decision, "upheld", {"judged_on": EARLY}, JUDGMENT),
        (decision, "set_aside", {"judgment": ""}, JUDGMENT),
        (motion, "refused", {"decided_on": None}, ANSWER),
        (programme, "running", {"work_since": date(2026, 2, 28)}, TAIL),
        (programme, "running", {"work_since": date(2026, 8, 27)}, TAIL),
        (agreement, "agreed", {"answered_name": ""}, NAME),
    ],
)
def test_a_state_without_what_it_means_is_refused(
    world: World, make: Any, state: str, change: dict[str, Any], sentence: str
):
    with world.scope("cis", "anna"):
        row: Any = make(world, state)
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**change)
        for field, value in change.items():
            setattr(row, field, value)
        with pytest.raises(ValidationError) as refused:
            stored(row)
        assert sentence in refused.value.messages


def test_the_name_of_a_witness_goes_with_the_person(world: World):
    with world.scope("cis", "ewa"):
        row = version(world, "in_force")
        assert row.witness
        erase_subject(subject_id=row.person_id, basis="Minął czas przechowywania.")
        row.refresh_from_db()
        assert (row.signed_how, row.witness, row.content) == ("witnessed", "", None)


def test_a_paper_from_before_needs_neither_scan_nor_witness(world: World):
    with world.scope("cis", "anna"):
        services.enter_running(
            participation_id=candidate().pk,
            signed_on=made.SIGNED,
            content=made.whole(),
            agreed_by="Paweł Tarnina",
            body_name="OPS Modrzewno",
        )
        row = ProgrammeVersion.objects.get()
        assert (row.state, row.signed_how, row.scan) == ("in_force", "earlier", None)


def test_nobody_signs_as_if_it_had_been_before(world: World):
    with world.scope("cis", "anna"):
        row = made.ready()
        with pytest.raises(InputError, match="Wybierz, jak podpisano"):
            services.sign_version(version_id=row.pk, signed_on=TODAY, how="earlier")


def test_a_programme_runs_six_months_beside_work_and_not_a_day_more(world: World):
    with world.scope("cis", "anna"):
        row = programme(world, "running")
        row.work_since = date(2026, 8, 28)
        stored(row)
        row.work_since = row.since
        row.until = date(2026, 9, 1)
        stored(row)


def test_an_answer_with_remarks_has_them_until_the_person_is_erased(world: World):
    with world.scope("cis", "ewa"):
        asked = files.ask_agreement(participation_id=candidate().pk, body_name="OPS", signed_on=made.SIGNED)
        told = {"state": "remarks", "answered_at": clock.now(), "answered_name": "Paweł Tarnina"}
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            Agreement.objects.update(**told)
        assert sentence_of(refused.value) == "Napisz, co zmienić w programie."
        files.answer_agreement(
            agreement_id=asked.pk, agreed=False, remarks="Za mało zajęć.", name="P. Tarnina", user_id=None
        )
        erase_subject(subject_id=asked.participation.person_id, basis="Minął czas przechowywania.")
        asked.refresh_from_db()
        assert (asked.state, asked.remarks) == ("remarks", "")


def test_an_extension_follows_a_main_period_when_the_transaction_ends(world: World):
    with world.scope("cis", "ewa"):
        file = in_classes()
        files.extend(participation_id=file.pk, until=date(2027, 9, 8))
        connection.check_constraints()
        with transaction.atomic():
            Period.objects.filter(kind="main").delete()
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                connection.check_constraints()
            transaction.set_rollback(True)
        assert sentence_of(refused.value) == "Przedłużenie jest po okresie uczestnictwa. (art. 15 ust. 3)"
        files.end_participation(participation_id=file.pk, ended_on=TODAY, reason="statement")
        connection.check_constraints()
        assert not Period.objects.filter(kind="extension").exists()


def at_the_end(change: Any) -> str:
    """What the database says when a transaction with this change ends; nothing when it takes it."""
    try:
        with transaction.atomic():
            change()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except IntegrityError as error:
        return sentence_of(error)
    return ""


HOLDS = "Program, który trwa, ma wersję, która obowiązuje."
AGREED = "Program zaczyna się po uzgodnieniu z kierownikiem OPS. (art. 12 ust. 4)"


def test_a_programme_runs_on_a_version_that_holds(world: World):
    with world.scope("cis", "anna"):
        row = made.running()
        versions = ProgrammeVersion.objects.filter(programme=row)
        assert at_the_end(lambda: versions.update(until=row.until)) == ""
        assert at_the_end(lambda: versions.update(state="replaced")) == HOLDS
        assert at_the_end(lambda: versions.update(agreement=None)) == AGREED
        alone = programme(world, "prepared")
        begun = {**DAYS, "state": "running"}
        assert at_the_end(lambda: type(alone).objects.filter(pk=alone.pk).update(**begun)) == HOLDS


def test_a_version_sent_back_says_what_to_change(world: World):
    with world.scope("cis", "ewa"):
        row = made.answer(made.signed(), agreed=False)
        assert (row.state, row.remarks) == ("objected", "Dopiszcie psychologa.")
        row.remarks = ""
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            row.save()
        assert sentence_of(refused.value) == "Napisz, co zmienić w programie."
        erase_subject(subject_id=row.person_id, basis="Minął czas przechowywania.")
        row.refresh_from_db()
        assert (row.state, row.remarks, row.content) == ("objected", "", None)
