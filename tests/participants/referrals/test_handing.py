"""A referral in the unit that got it from another one of its founder: its papers, and nothing else."""

from django.test import Client
from django.urls import reverse

from participants.models import Referral, ReferralFile
from participants.papers import REFERRAL_FILE
from participants.services import referrals as services
from reintegration.documents.files import store_bytes
from reintegration.documents.models import StoredFile
from reintegration.documents.uploads import CheckedFile
from reintegration.jobs.worker import drain
from tests.cast import World, sign_in
from tests.participants.referrals.made import draft


def paper(name: str) -> CheckedFile:
    return CheckedFile(name=name, media_type="application/pdf", content=b"%PDF-1.7 paper")


def test_papers_of_both_sides_are_opened_where_it_is_handed_and_no_others(
    world: World, client: Client
) -> None:
    with world.scope("ops", "zofia"):
        made = draft(world)
        services.attach_file(referral_id=made.pk, file=paper("wywiad.pdf"), label="wywiad")
        services.send_referral(referral_id=made.pk)
    with world.scope("cis", "ewa"):
        services.receive(referral_id=made.pk)
        services.attach_file(referral_id=made.pk, file=paper("orzeczenie.pdf"), label="orzeczenie")
        other = store_bytes(b"other", name="inne.pdf", media_type="application/pdf", kind=REFERRAL_FILE)
        services.hand_to_unit(referral_id=made.pk, unit_id=world.kis.pk)
    drain()
    with world.scope("cis", "ewa"):
        first = list(ReferralFile.objects.filter(referral=made.pk))
    with world.scope("kis", "marek"):
        copy = Referral.objects.get(copy_of=made.pk)
        attached = list(ReferralFile.objects.filter(referral=copy))
        assert {one.label for one in attached} == {"wywiad", "orzeczenie"}
        closed = [other.pk, *(one.stored_file for one in first)]
        assert not StoredFile.brought.filter(pk__in=closed).exists()
        assert not StoredFile.objects.filter(pk__in=closed).exists()
    sign_in(client, world.people["marek"])
    for one in attached:
        answer = client.get(reverse("participants:referral_file", args=[copy.pk, one.pk]))
        assert answer.content == b"%PDF-1.7 paper"
    for one in first:
        address = reverse("participants:referral_file", args=[made.pk, one.pk])
        assert client.get(address).status_code == 404
