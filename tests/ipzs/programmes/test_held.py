"""What a state of a version, a decision or a motion means is held by the database too."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ipzs.models import Decision, ExtensionMotion, ProgrammeVersion
from ipzs.services import programmes as services
from participants.services.participations.common import stored
from reintegration.audit.erasure import erase_subject
from reintegration.core.errors import InputError
from tests.cast import World
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import TODAY
from tests.ipzs.programmes.test_transitions import decision, motion, version
from tests.participants.participations.made import candidate

pytestmark = pytest.mark.django_db
SCAN = "Do programu podpisanego na papierze dodaj skan."
WITNESS = "Wpisz, w czyjej obecności podpisano."
DELIVERY = "Doręczenie ma dzień nie wcześniejszy niż decyzja, i sposób."
COMPLAINT = "Skarga ma dzień, w którym wpłynęła."
JUDGMENT = "Wyrok ma dzień nie wcześniejszy niż skarga, i sygnaturę."
ANSWER = "Odpowiedź ma dzień nie wcześniejszy niż wniosek, i osobę."
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
    ],
)
def test_a_state_without_what_it_means_is_refused(
    world: World, make: Any, state: str, change: dict[str, Any], sentence: str
):
    with world.scope("cis", "anna"):
        row: ProgrammeVersion | Decision | ExtensionMotion = make(world, state)
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
