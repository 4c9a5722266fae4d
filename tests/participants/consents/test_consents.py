"""What was agreed to, for whom, why and until when; two consents before a card goes out."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from participants.models import Consent, Participation
from participants.services import consents as services
from participants.services.participations import assign_case_manager
from participants.services.partners import Asking, ask_partner
from participants.services.transfers import share_card
from reintegration.audit.models import Event
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.files import read_file
from reintegration.documents.models import Document, StoredFile
from tests.cast import World, sign_in
from tests.documents.made import pdf
from tests.participants.cards.made import entry
from tests.participants.consents.made import CLINIC, HELPS, PURPOSE, SINCE, UNTIL, confirmed, consent
from tests.participants.participations.made import TODAY, candidate
from tests.participants.partners.made import partner

pytestmark = pytest.mark.django_db


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def case(world: World) -> Participation:
    with world.scope("cis", "anna"):
        found = candidate("Marek Dąbek", serial=7)
        assign_case_manager(participation_id=found.pk, user_id=world.people["jan"].pk)
        entry(world, found, "anna", course="Dla zespołu.")
        entry(world, found, "anna", course="Dla opiekuna.", visibility="case")
    return found


def may(case: Participation, day: date = TODAY, **other: Any) -> Any:
    asked = {"recipient": CLINIC, "purpose": PURPOSE, "parts": ["personal"], **other}
    return services.may_share(person_id=case.person_id, day=day, **asked)


# Two consents


def test_one_consent_is_not_enough(world: World, case: Participation):
    with world.scope("cis", "anna"):
        assert not may(case).allowed
        made = consent(world, case)
        assert not may(case).allowed
        services.confirm_consent(consent_id=made.pk, worker_id=world.people["jan"].pk, statement=HELPS)
        assert may(case).whole


@pytest.mark.parametrize(
    "other",
    [
        {"recipient": "Inna poradnia"},
        {"purpose": "reklama"},
        {"day": SINCE - timedelta(days=1)},
        {"day": UNTIL + timedelta(days=1)},
    ],
)
def test_a_consent_is_for_one_recipient_purpose_and_time(
    world: World, case: Participation, other: dict[str, Any]
):
    with world.scope("cis", "anna"):
        confirmed(world, case)
        assert may(case).whole
        assert not may(case, **other).allowed


def test_a_part_that_was_not_named_stays(world: World, case: Participation):
    with world.scope("cis", "anna"):
        confirmed(world, case)
        found = may(case, parts=["personal", "opinions"])
        assert found.allowed == {"personal"}
        assert not found.whole


def test_withdrawal_works_at_once(world: World, case: Participation):
    with world.scope("cis", "anna"):
        made = confirmed(world, case)
    url = reverse("participants:consent_withdraw", args=[made.pk])
    assert client_of(world, "jan").post(url, {"how": "in_presence"}).status_code == 302
    with world.scope("cis", "anna"):
        assert not may(case).allowed
        with pytest.raises(InputError):
            share_card(consent_id=made.pk, participation_id=case.pk)
        with pytest.raises(InputError, match="już cofnięto"):
            services.withdraw_consent(consent_id=made.pk, how="paper")


def test_a_withdrawn_consent_waits_on_the_desk_of_who_leads_the_case(world: World, case: Participation):
    """What it stops is said there, until that person says that it has stopped."""
    desk = reverse("notices:desk")
    jan, anna = client_of(world, "jan"), client_of(world, "anna")
    with world.scope("cis", "anna"):
        assign_case_manager(participation_id=case.pk, user_id=world.people["jan"].pk)
        made = confirmed(world, case)
        data = Asking(
            partner_id=partner(CLINIC).pk, help_kind="transport", text="Bilet.", wanted_by=clock.today(),
            asked_how="phone", named=True,
        )  # fmt: skip
        ask_partner(participation_id=case.pk, data=data)
        with pytest.raises(InputError, match="nie cofnięto"):
            services.heed_withdrawal(consent_id=made.pk)
        with pytest.raises(IntegrityError, match="consent_heeded_whole"), transaction.atomic():
            Consent.objects.update(heeded_at=clock.now(), heeded_by=world.people["jan"])
        services.withdraw_consent(consent_id=made.pk, how="paper")
    waits = f"Cofnięta zgoda: {case.person}"
    assert waits in jan.get(desk).content.decode()
    assert waits not in anna.get(desk).content.decode()
    heed = reverse("participants:consent_heed", args=[made.pk])
    page = jan.get(heed).content.decode()
    assert f"Powiedz odbiorcy ({CLINIC})" in page
    assert f"Zawiadom: {CLINIC}" in page
    assert heed in jan.get(reverse("participants:consent_list", args=[case.pk])).content.decode()
    assert jan.post(heed).status_code == 302
    assert jan.post(heed).status_code == 422
    assert waits not in jan.get(desk).content.decode()
    assert "Wstrzymano" in jan.get(reverse("participants:consent_list", args=[case.pk])).content.decode()


def test_of_nobodys_case_the_manager_is_told(world: World, case: Participation):
    with world.scope("cis", "anna"):
        assign_case_manager(participation_id=case.pk, user_id=None)
        services.withdraw_consent(consent_id=consent(world, case, "contact").pk, how="paper")
    page = client_of(world, "ewa").get(reverse("notices:desk")).content.decode()
    assert f"Cofnięta zgoda: {case.person}" in page


def test_only_the_worker_of_this_person_confirms_and_says_why(world: World, case: Participation):
    with world.scope("cis", "anna"):
        made = consent(world, case)
        with pytest.raises(InputError, match="opiekun"):
            services.confirm_consent(consent_id=made.pk, worker_id=world.people["olga"].pk, statement=HELPS)
        with pytest.raises(InputError, match="wzmocni"):
            services.confirm_consent(consent_id=made.pk, worker_id=world.people["jan"].pk, statement="tak")


def test_the_database_keeps_the_second_consent_whole(world: World, case: Participation):
    with world.scope("cis", "anna"):
        made = consent(world, case)
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=made.pk).update(worker=world.people["jan"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"recipient": " "}, "recipient"),
        ({"purpose": ""}, "purpose"),
        ({"parts": frozenset()}, "parts"),
        ({"until": None}, "until"),
        ({"until": SINCE - timedelta(days=1)}, "until"),
        ({"until": date(2029, 1, 1)}, "until"),
        ({"since": TODAY + timedelta(days=1)}, "since"),
    ],
)
def test_an_unclear_consent_is_refused_at_its_field(
    world: World, case: Participation, wrong: dict[str, Any], field: str
):
    with world.scope("cis", "anna"), pytest.raises(InputError) as refused:
        consent(world, case, **wrong)
    assert refused.value.field == field


# The card for the recipient


def test_the_card_goes_out_with_what_both_allowed_and_no_more(
    world: World, case: Participation, files_dir: Any
):
    with world.scope("cis", "anna"):
        made = confirmed(world, case)
    url = reverse("participants:card_share", args=[made.pk])
    assert client_of(world, "jan").post(url).status_code == 302
    with world.scope("cis"):
        paper = Document.objects.get(kind="participants.shared_card")
        text = text_of(read_file(paper.file))
        event = Event.objects.get(action="participants.card.share")
        assert event.detail == {"consent": str(made.pk)}
        assert case.person_id in event.persons
    assert "Dla zespołu." in text
    assert CLINIC in text
    assert case.person.pesel in text
    # What only some may read, and what no consent named.
    assert "Dla opiekuna." not in text
    assert "wykształcenie" not in text.lower()


def test_without_the_second_consent_no_card_is_made(world: World, case: Participation, files_dir: Any):
    with world.scope("cis", "anna"):
        made = consent(world, case)
    answer = client_of(world, "jan").post(reverse("participants:card_share", args=[made.pk]))
    assert answer.status_code == 422
    with world.scope("cis"):
        assert not Document.objects.exists()


# Screens


def test_a_consent_is_given_with_its_signed_paper(world: World, case: Participation, files_dir: Any):
    sent = {
        "recipient": CLINIC,
        "purpose": PURPOSE,
        "parts": ["personal", "diagnoses"],
        "since": "20.11.2026",
        "until": "20.5.2027",
        "given_how": "paper",
        "language": "uk",
        "paper": SimpleUploadedFile("zgoda.pdf", pdf(), "application/pdf"),
    }
    url = reverse("participants:consent_give", args=[case.pk, "karta"])
    client = client_of(world, "jan")
    assert client.post(url, sent).status_code == 302
    with world.scope("cis"):
        made = Consent.objects.get()
        assert (made.scope, made.language, made.paper.subject_id) == (
            "personal,diagnoses",
            "uk",
            case.person_id,
        )
    shown = client.get(reverse("participants:consent_list", args=[case.pk])).content.decode()
    assert CLINIC in shown
    assert "czeka na opiekuna" in shown
    assert client.get(reverse("participants:consent_open", args=[made.pk])).status_code == 200


def test_a_program_renamed_to_pdf_is_refused_and_the_rest_kept(world: World, case: Participation):
    sent = {
        "recipient": CLINIC, "purpose": PURPOSE, "parts": ["personal"], "since": "20.11.2026",
        "until": "20.5.2027", "given_how": "paper", "language": "pl",
        "paper": SimpleUploadedFile("zgoda.pdf", b"MZ\x90\x00" + bytes(400), "application/pdf"),
    }  # fmt: skip
    url = reverse("participants:consent_give", args=[case.pk, "karta"])
    answer = client_of(world, "jan").post(url, sent)
    assert answer.status_code == 422
    assert PURPOSE in answer.content.decode()
    with world.scope("cis"):
        assert not Consent.objects.exists()
        assert not StoredFile.objects.exists()


def test_the_list_asks_for_the_information_of_the_act(world: World, case: Participation):
    client = client_of(world, "jan")
    url = reverse("participants:consent_list", args=[case.pk])
    give = reverse("participants:consent_give", args=[case.pk, "informacja"])
    for person, leads in (("jan", True), ("rafal", False)):
        page = client_of(world, person).get(url).content.decode()
        assert "Nie zapisano, że osoba zna informację" in page
        assert (give in page) is leads
    sent = {"since": "20.11.2026", "given_how": "in_presence", "language": "uk"}
    assert client.post(give, sent).status_code == 302
    assert "Nie zapisano, że osoba zna informację" not in client.get(url).content.decode()


@pytest.mark.parametrize("person", ["tomasz", "olga", "celina"])
def test_helpers_without_a_case_see_no_consents(world: World, case: Participation, person: str):
    assert (
        client_of(world, person).get(reverse("participants:consent_list", args=[case.pk])).status_code == 403
    )


def test_another_unit_finds_no_consent(world: World, case: Participation):
    with world.scope("cis", "anna"):
        made = confirmed(world, case)
    client = client_of(world, "bozena")
    assert client.get(reverse("participants:consent_list", args=[case.pk])).status_code == 404
    for name in ("consent_paper", "consent_confirm", "consent_withdraw", "card_share", "transfer_send"):
        assert client.get(reverse(f"participants:{name}", args=[made.pk])).status_code == 404
        assert client.post(reverse(f"participants:{name}", args=[made.pk])).status_code == 404


# Papers in three languages


@pytest.mark.parametrize(("language", "said"), [("pl", "RODO"), ("uk", "дан"), ("en", "data")])
def test_the_notice_is_a_paper_in_three_languages(world: World, language: str, said: str):
    answer = client_of(world, "rafal").get(reverse("participants:notice_print", args=[language]))
    text = text_of(answer.content)
    assert said in text
    assert "Nowy Most" in text


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
@pytest.mark.parametrize("kind", ["karta", "przekazanie", "kontakt", "wizerunek"])
def test_each_form_to_sign_names_the_person(world: World, case: Participation, language: str, kind: str):
    url = reverse("participants:consent_form", args=[case.pk, kind, language])
    assert "Marek Dąbek" in text_of(client_of(world, "jan").get(url).content)


def test_a_form_may_be_printed_from_what_was_written_down(world: World, case: Participation):
    with world.scope("cis", "anna"):
        made = consent(world, case, language="uk")
    url = reverse("participants:consent_print", args=[made.pk, "uk"])
    text = text_of(client_of(world, "jan").get(url).content)
    assert CLINIC in text
    assert "31.10.2027" in text


@pytest.mark.parametrize(("kind", "language"), [("karta", "de"), ("nic", "pl"), ("informacja", "pl")])
def test_a_form_that_is_none_is_not_found(world: World, case: Participation, kind: str, language: str):
    url = reverse("participants:consent_form", args=[case.pk, kind, language])
    assert client_of(world, "jan").get(url).status_code == 404


def test_a_consent_of_tomorrow_is_none_of_today(world: World, case: Participation):
    with world.scope("cis", "anna"):
        made = consent(world, case)
    with clock.frozen(UNTIL + timedelta(days=1)), world.scope("cis", "anna"):
        assert not services.holds(made, day=clock.today())
