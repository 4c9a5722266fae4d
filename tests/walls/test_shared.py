"""Rows that two organisations see: who reads them with both walls, with either one, and with none.

The usual wall tests know one tenant for each row. Here a referral, its parts, a shared file and free
places are looked at from everywhere: the unit, the sender, another unit, another sender.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from benefits.models import PaymentTerms
from participants.models import (
    Intake,
    IntakeNote,
    OpsNotice,
    PlaceOffer,
    Referral,
    ReferralEntry,
    ReferralFile,
    ReferralOpinion,
)
from participants.services import referrals as services
from reintegration.core import clock
from reintegration.documents.files import store_bytes
from reintegration.documents.models import SharedFiles, StoredFile
from reintegration.documents.uploads import CheckedFile
from reintegration.tenancy import scope as scopes
from tests.cast import World, known_world
from tests.participants.referrals.made import TODAY, draft
from tests.specimens import specimen
from tests.walls.modes import BOTH, NONE, QUERYSETS_ONLY, ROWS_ONLY, STANDING, walls

PARTS = (Referral, ReferralEntry, ReferralOpinion, ReferralFile)
EVERYBODY = {"cis": "anna", "kis": "marek", "ops": "zofia", "other_ops": "krystyna", "office": "maria"}


@pytest.fixture(autouse=True)
def _november(tmp_path: Any, settings: Any) -> Iterator[None]:
    settings.FILES_DIR = tmp_path
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def standing(request: Any, monkeypatch: pytest.MonkeyPatch, django_db_setup: None) -> Iterator[World]:
    """The cast, while the walls of `request.param` stand."""
    if request.param in {ROWS_ONLY, NONE}:
        # The manager of shared files narrows in a method of its own.
        monkeypatch.setattr(SharedFiles, "restrict", lambda self, rows, organisation_id: rows)
    with walls(request.param, monkeypatch):
        request.getfixturevalue("db")
        yield known_world()


def whole(world: World) -> Referral:
    """A draft with an opinion and a file."""
    made = draft(world)
    services.add_opinion(referral_id=made.pk, visited_on=TODAY, text="Popieram.", recommendation="yes")
    file = CheckedFile(name="wywiad.pdf", media_type="application/pdf", content=b"%PDF-1.7 x")
    services.attach_file(referral_id=made.pk, file=file, label="wywiad")
    return made


def readers(world: World, model: Any, **lookup: Any) -> set[str]:
    """Which organisations read a row of the model."""
    found = set()
    for organisation, person in EVERYBODY.items():
        with world.scope(organisation, person):
            if model.objects.filter(**lookup).exists():
                found.add(organisation)
    return found


def of(referral: Referral, model: Any) -> dict[str, Any]:
    return {"pk": referral.pk} if model is Referral else {"referral_id": referral.pk}


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_a_draft_is_its_senders_alone(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        referral = whole(standing)
    for model in PARTS:
        assert readers(standing, model, **of(referral, model)) == {"ops"}, model


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_a_draft_that_was_withdrawn_stays_its_senders(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        referral = whole(standing)
        services.withdraw(referral_id=referral.pk, reason="mistake")
    for model in PARTS:
        assert readers(standing, model, **of(referral, model)) == {"ops"}, model


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_a_sent_referral_is_seen_by_its_two_sides(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        referral = whole(standing)
        services.send_referral(referral_id=referral.pk)
    for model in PARTS:
        assert readers(standing, model, **of(referral, model)) == {"ops", "cis"}, model


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_what_was_given_back_is_its_senders_alone_again(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        referral = whole(standing)
        services.send_referral(referral_id=referral.pk)
    with standing.scope("cis", "anna"):
        services.return_to_sender(referral_id=referral.pk, reason="other", text="Uzupełnij adres.")
        # The door for writing closes behind the write.
        assert not Referral.objects.filter(pk=referral.pk).exists()
    for model in PARTS:
        assert readers(standing, model, **of(referral, model)) == {"ops"}, model


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_what_is_handed_on_is_read_by_the_unit_that_gets_it(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        referral = whole(standing)
        services.send_referral(referral_id=referral.pk)
    with standing.scope("cis", "ewa"):
        services.receive(referral_id=referral.pk)
        services.hand_to_unit(referral_id=referral.pk, unit_id=standing.kis.pk)
    for model in PARTS:
        assert readers(standing, model, **of(referral, model)) == {"ops", "cis", "kis"}, model


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_the_units_own_side_is_seen_by_the_unit_alone(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        referral = whole(standing)
        services.send_referral(referral_id=referral.pk)
    with standing.scope("cis", "ewa"):
        services.receive(referral_id=referral.pk)
        services.add_note(referral_id=referral.pk, text="Zadzwonić.")
        services.hand_to_unit(referral_id=referral.pk, unit_id=standing.kis.pk)
    for model in (Intake, IntakeNote):
        assert readers(standing, model, referral_id=referral.pk) == {"cis"}, model


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_a_shared_file_is_read_by_one_other_organisation(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        stored = store_bytes(
            b"x", name="wywiad.pdf", media_type="text/plain", kind="participants.referral_file"
        )
        stored.shared_with_id = standing.cis.pk
        stored.save(update_fields=["shared_with"])
    found = set()
    for organisation, person in EVERYBODY.items():
        with standing.scope(organisation, person):
            if StoredFile.brought.filter(pk=stored.pk).exists():
                found.add(organisation)
    # Without the narrowing of the manager its owner reads it here too, as in every other way.
    assert found - {"ops"} == {"cis"}


@pytest.mark.parametrize("standing", [BOTH, ROWS_ONLY], indirect=True)
def test_a_shared_file_is_changed_by_its_owner_alone(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        stored = store_bytes(
            b"x", name="wywiad.pdf", media_type="text/plain", kind="participants.referral_file"
        )
        stored.shared_with_id = standing.cis.pk
        stored.save(update_fields=["shared_with"])
    with standing.scope("cis", "anna"):
        assert StoredFile.brought.filter(pk=stored.pk).update(media_type="text/html") == 0
        assert StoredFile.brought.filter(pk=stored.pk)._raw_delete("default") == 0
    with standing.scope("kis", "marek"):
        assert not StoredFile.brought.filter(pk=stored.pk).exists()


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_published_places_are_read_by_everybody_and_others_by_the_unit(standing: World) -> None:
    with standing.scope("cis", "ewa"):
        shown = PlaceOffer.objects.create(title="kuchnia", places=2, published=True, updated_at=clock.now())
        kept = PlaceOffer.objects.create(title="stolarnia", places=1, updated_at=clock.now())
    for organisation, person in EVERYBODY.items():
        with standing.scope(organisation, person):
            assert PlaceOffer.public.filter(pk=shown.pk).exists()
            assert not PlaceOffer.public.filter(pk=kept.pk).exists()
    assert scopes.scope_or_none() is None
    assert PlaceOffer.public.filter(pk=shown.pk).exists()
    assert not PlaceOffer.public.filter(pk=kept.pk).exists()
    assert readers(standing, PlaceOffer, pk=kept.pk) == {"cis"}


@pytest.mark.parametrize("standing", [BOTH, ROWS_ONLY], indirect=True)
def test_published_places_are_changed_by_the_unit_alone(standing: World) -> None:
    with standing.scope("cis", "ewa"):
        shown = PlaceOffer.objects.create(title="kuchnia", places=2, published=True, updated_at=clock.now())
    with standing.scope("kis", "bozena"):
        assert PlaceOffer.public.filter(pk=shown.pk).update(places=9) == 0


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_told_terms_are_read_by_everybody_and_others_by_the_unit(standing: World) -> None:
    with standing.scope("cis", "ewa"):
        shown = PaymentTerms.objects.create(payment_day=5)
    with standing.scope("other_cis", "teresa"):
        kept = PaymentTerms.objects.create(payment_day=7, published=False)
    for organisation, person in EVERYBODY.items():
        with standing.scope(organisation, person):
            assert set(PaymentTerms.public.filter(pk__in=[shown.pk, kept.pk])) == {shown}
    assert readers(standing, PaymentTerms, pk=kept.pk) == set()


@pytest.mark.parametrize("standing", [BOTH, ROWS_ONLY], indirect=True)
def test_told_terms_are_written_by_the_unit_alone(standing: World) -> None:
    with standing.scope("cis", "ewa"):
        shown = PaymentTerms.objects.create(payment_day=5)
    with standing.scope("ops", "zofia"):
        assert PaymentTerms.public.filter(pk=shown.pk).update(payment_day=9) == 0


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_a_notice_is_read_by_the_centre_that_was_told_and_the_unit(standing: World) -> None:
    """The referral itself stays closed to the centre."""
    with standing.scope("cis", "anna"):
        told = specimen(OpsNotice, standing, "x", sender_id=standing.organisations["other_ops"].pk)
    assert readers(standing, OpsNotice, pk=told.pk) == {"cis", "other_ops"}
    assert readers(standing, Referral, pk=told.referral_id) == {"cis"}


@pytest.mark.parametrize("standing", [NONE], indirect=True)
def test_without_walls_everybody_sees_everything(standing: World) -> None:
    with standing.scope("ops", "zofia"):
        referral = whole(standing)
        stored = StoredFile.objects.get(pk=ReferralFile.objects.get(referral=referral).stored_file)
    for model in PARTS:
        assert readers(standing, model, **of(referral, model)) == set(EVERYBODY), model
    with standing.scope("kis", "marek"):
        assert StoredFile.brought.filter(pk=stored.pk).exists()


@pytest.mark.parametrize("standing", [BOTH, QUERYSETS_ONLY], indirect=True)
def test_no_third_organisation_stores_a_row_between_two_others(standing: World) -> None:
    from reintegration.tenancy.managers import ForeignTenant

    with standing.scope("kis", "marek"), pytest.raises(ForeignTenant):
        draft(standing)
