"""A KIS hands a file on to a CIS: a copy of what the consent names, opened by nobody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import FileTransfer, Participation, Person
from participants.services import transfers as services
from participants.services.consents import withdraw_consent
from reintegration.core.errors import InputError
from reintegration.documents.files import read_file
from reintegration.documents.models import Document
from tests.cast import World, sign_in
from tests.participants.cards.made import entry
from tests.participants.consents.made import consent
from tests.participants.consents.test_consents import text_of
from tests.participants.participations.made import candidate

pytestmark = pytest.mark.django_db

PARTS = frozenset({"personal", "situation", "entries"})


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


@pytest.fixture
def case(world: World, files_dir: Any) -> Participation:
    with world.scope("kis", "bozena"):
        found = candidate("Iga Sowa", serial=9, sex="F", last_work="krawcowa")
        found.person.pesel, found.person.no_pesel = "", "unknown"
        found.person.save()
        entry(world, found, "bozena", course="Chce szyć.")
        entry(world, found, "bozena", course="Zostaje u nas.", visibility="author")
    return found


def sent(world: World, case: Participation, **given: Any) -> FileTransfer:
    with world.scope("kis", "bozena"):
        made = consent(
            world, case, "file_transfer", recipient=world.cis.name, purpose="dalsze zajęcia", parts=PARTS
        )
        values = {"to_unit_id": world.cis.pk, "parts": PARTS, **given}
        return services.send_transfer(
            consent_id=made.pk, participation_id=case.pk, sent_by=world.people["bozena"].pk, **values
        )


def states(world: World, organisation: str) -> list[str]:
    with world.scope(organisation):
        return list(FileTransfer.objects.values_list("state", flat=True))


def test_the_whole_way_from_consent_to_person(world: World, case: Participation):
    with world.scope("kis", "bozena"):
        made = consent(
            world, case, "file_transfer", recipient=world.cis.name, purpose="dalsze zajęcia", parts=PARTS
        )
    url = reverse("participants:transfer_send", args=[made.pk])
    assert client_of(world, "bozena").post(url, {"parts": sorted(PARTS)}).status_code == 302
    with world.scope("cis"):
        transfer = FileTransfer.objects.get()
    anna = client_of(world, "anna")
    assert "Iga Sowa" in anna.get(reverse("participants:transfer_list")).content.decode()
    shown = anna.get(reverse("participants:transfer_show", args=[transfer.pk])).content.decode()
    assert "Chce szyć." in shown
    assert "Zostaje u nas." not in shown
    desk = anna.get(reverse("notices:desk")).content.decode()
    assert "Przekazane do Was: 1 sprawa" in desk
    accept = reverse("participants:transfer_accept", args=[transfer.pk])
    assert "Nikogo podobnego w niej jeszcze nie ma." in anna.get(accept).content.decode()
    assert anna.post(accept).status_code == 302
    with world.scope("cis"):
        transfer.refresh_from_db()
        person = Person.objects.get()
        assert (transfer.state, transfer.person, transfer.content) == ("received", person, None)
        assert (str(person), person.last_work) == ("Iga Sowa", "krawcowa")
        assert not Participation.objects.exists()
        paper = Document.objects.get(kind="participants.received_card", subject_id=person.pk)
        assert "Chce szyć." in text_of(read_file(paper.file))
    with world.scope("kis"):
        assert FileTransfer.objects.get().state == "received"
        assert str(Person.objects.get()) == "Iga Sowa"


def test_the_person_may_be_known_already(world: World, case: Participation):
    transfer = sent(world, case)
    with world.scope("cis", "anna"):
        known = candidate("Iga Sowa").person
        services.accept_transfer(transfer_id=transfer.pk, person_id=known.pk)
        assert Person.objects.count() == 1


def test_a_refusal_takes_the_copy_away_and_the_sender_sees_it(world: World, case: Participation):
    transfer = sent(world, case)
    url = reverse("participants:transfer_refuse", args=[transfer.pk])
    assert client_of(world, "anna").post(url).status_code == 302
    with world.scope("kis"):
        transfer.refresh_from_db()
        assert (transfer.state, transfer.content) == ("refused", None)
    shown = client_of(world, "bozena").get(reverse("participants:transfer_list")).content.decode()
    assert "odmowa" in shown


def test_the_withdrawal_of_the_consent_calls_the_copy_back(world: World, case: Participation):
    transfer = sent(world, case)
    with world.scope("kis", "bozena"):
        withdraw_consent(consent_id=transfer.consent, how="in_presence")
    assert states(world, "cis") == ["cancelled"]
    with world.scope("cis", "anna"), pytest.raises(InputError):
        services.accept_transfer(transfer_id=transfer.pk)


def test_each_side_has_its_own_answer(world: World, case: Participation):
    transfer = sent(world, case)
    with world.scope("cis", "anna"), pytest.raises(InputError):
        services.cancel_transfer(transfer_id=transfer.pk)
    with world.scope("kis", "bozena"):
        with pytest.raises(InputError):
            services.accept_transfer(transfer_id=transfer.pk)
        services.cancel_transfer(transfer_id=transfer.pk)
    assert states(world, "cis") == ["cancelled"]


@pytest.mark.parametrize("parts", [{"personal", "sensitive"}, {"opinions"}])
def test_nothing_goes_that_the_consent_does_not_name(world: World, case: Participation, parts: set[str]):
    with pytest.raises(InputError, match="obejmuje tylko"):
        sent(world, case, parts=parts)


def test_a_consent_for_one_unit_opens_no_other(world: World, case: Participation):
    with world.scope("kis", "bozena"):
        made = consent(world, case, "file_transfer", recipient="CIS „Inne”", purpose="zajęcia", parts=PARTS)
        with pytest.raises(InputError, match="Zgoda jest dla"):
            services.send_transfer(
                consent_id=made.pk, participation_id=case.pk, to_unit_id=world.cis.pk, parts=PARTS,
                sent_by=world.people["bozena"].pk,
            )  # fmt: skip


def test_it_is_sent_once_while_it_waits(world: World, case: Participation):
    sent(world, case)
    with pytest.raises(InputError, match="czeka już"):
        sent(world, case)


@pytest.mark.parametrize("person", ["zofia", "pawel", "tomasz", "celina"])
def test_nobody_else_opens_a_file_on_its_way(world: World, case: Participation, person: str):
    transfer = sent(world, case)
    for name in ("transfer_show", "transfer_accept", "transfer_refuse"):
        answer = client_of(world, person).get(reverse(f"participants:{name}", args=[transfer.pk]))
        assert answer.status_code == 403


def test_an_organisation_that_is_no_side_has_no_row(world: World, case: Participation):
    sent(world, case)
    assert states(world, "ops") == []
