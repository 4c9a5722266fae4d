"""The referrals of a body: written, sent, followed; and seen by nobody else."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from participants.models import Referral, ReferralFile, ReferralOpinion
from participants.queries import portal as queries
from participants.services import referrals
from reintegration.core import clock
from tests.cast import World
from tests.participants.portal.made import LIST, NEW, draft, filled, pesel, sent, signed_in

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def text_of(response: object) -> str:
    return " ".join(response.content.decode().split())


def test_the_groups_of_the_check_come_into_the_form_and_nothing_is_stored(world: World):
    client = signed_in(world, "zofia")
    response = client.post(NEW, {"step": "check", "groups": ["2", "77"], "pension": "yes"})
    page = text_of(response)
    assert response.status_code == 200
    assert 'name="groups" value="2" id="id_groups_1" checked' in page
    assert page.count("checked") <= 4
    with world.scope("ops", "zofia"):
        assert not Referral.objects.exists()


def test_an_empty_list_offers_its_one_thing_once(world: World):
    page = signed_in(world, "zofia").get(LIST).content.decode()
    assert page.count(">Nowe skierowanie<") == 1
    with world.scope("ops", "zofia"):
        draft(world)
    page = signed_in(world, "zofia").get(LIST).content.decode()
    assert page.count(">Nowe skierowanie<") == 1


def test_groups_in_the_address_are_not_read(world: World):
    page = text_of(signed_in(world, "zofia").get(f"{NEW}?step=check&groups=2"))
    assert 'value="2" id="id_groups_1" checked' not in page


def test_a_worker_writes_and_sends_and_the_unit_sees_it(world: World):
    response = signed_in(world, "zofia").post(NEW, filled(world))
    assert response.status_code == 302
    with world.scope("cis", "anna"):
        found = Referral.objects.get()
        assert (found.state, str(found), found.birth_date.year) == ("sent", "Roman Sęk", 1985)
        assert found.situation["groups"] == ["1", "5"]
        assert (found.sender_name, found.source) == ("Ośrodek Pomocy Społecznej w Modrzewnie", "OPS")
    page = text_of(signed_in(world, "zofia").get(response.headers["Location"]))
    assert "Roman Sęk" in page
    assert "Wysłano" in page


def test_a_draft_asks_for_the_unit_alone_and_is_seen_by_its_body_alone(world: World):
    client = signed_in(world, "zofia")
    response = client.post(NEW, {"intent": "keep", "unit": str(world.cis.pk), "last_name": "Sęk"})
    assert response.status_code == 302
    with world.scope("cis", "anna"):
        assert not Referral.objects.exists()
    assert "Sęk" in text_of(signed_in(world, "pawel").get(LIST))
    edit = f"{response.headers['Location']}uzupelnij/"
    assert client.post(edit, filled(world)).status_code == 302
    with world.scope("cis", "anna"):
        assert Referral.objects.get().state == "sent"


def test_a_wrong_pesel_stands_at_its_field_and_all_the_rest_stays(world: World):
    wrong = pesel()[:-1] + str((int(pesel()[-1]) + 1) % 10)
    response = signed_in(world, "zofia").post(NEW, filled(world, pesel=wrong))
    page = text_of(response)
    assert response.status_code == 422
    assert "Cyfra kontrolna PESEL się nie zgadza" in page
    assert 'aria-describedby="id_pesel-hint id_pesel-err"' in page
    assert f'value="{wrong}"' in page
    assert "mieszka u brata" in page
    with world.scope("ops", "zofia"):
        assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"sex": "F"}, "To PESEL mężczyzny."),
        ({"birth_date": "1.1.1990"}, "Według PESEL data urodzenia to"),
        ({"birth_date": "31.2.1985"}, "31"),
        ({"pesel": ""}, "Wpisz numer PESEL albo wybierz powód jego braku."),
        ({"pesel": "", "no_pesel": "foreigner"}, "Wpisz serię i numer dokumentu."),
        ({"person_agrees": ""}, "Porozmawiaj z osobą i zaznacz zgodę."),
        ({"groups": []}, "Zaznacz przynajmniej jedną odpowiedź."),
        ({"unit": ""}, "Zaznacz jedną odpowiedź."),
        ({"gmina": "Nigdzie"}, "Nie ma gminy „Nigdzie”."),
        ({"first_name": ""}, "Wpisz odpowiedź."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(world: World, changed: dict, sentence: str):
    response = signed_in(world, "zofia").post(NEW, filled(world, **changed))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "mieszka u brata" in text_of(response)


def test_a_form_of_five_megabytes_is_refused_with_a_sentence_and_kept(world: World):
    response = signed_in(world, "zofia").post(NEW, filled(world, story="a" * 5 * 1024 * 1024))
    assert response.status_code == 422
    page = text_of(response)
    assert re.search(r'<p[^>]* id="id_story-err"[^>]*>.*?Mieści się 2.*?</p>', page)
    assert 'value="Roman"' in page
    assert 'name="barriers" value="distance" id="id_barriers_0" checked' in page


def test_a_program_that_calls_itself_a_paper_is_refused_and_the_form_kept(world: World):
    program = SimpleUploadedFile("opinia.pdf", b"MZ\x90\x00" + bytes(400), content_type="application/pdf")
    response = signed_in(world, "zofia").post(NEW, filled(world, attachment=program))
    page = text_of(response)
    assert response.status_code == 422
    assert re.search(r'<p[^>]* id="id_attachment-err"[^>]*>.*?PDF.*?</p>', page)
    assert "mieszka u brata" in page
    with world.scope("ops", "zofia"):
        assert not ReferralFile.objects.exists()


def test_a_unit_of_another_voivodeship_or_none_is_no_choice(world: World):
    for unit in (str(world.organisations["ops"].pk), "x", "00000000-0000-0000-0000-000000000000"):
        response = signed_in(world, "zofia").post(NEW, filled(world, unit=unit))
        assert response.status_code == 422


def test_two_presses_send_one_referral(world: World):
    client = signed_in(world, "zofia")
    token = {"submission": "a" * 32}
    first = client.post(NEW, filled(world, **token))
    second = client.post(NEW, filled(world, **token))
    assert first.headers["Location"] == second.headers["Location"]
    with world.scope("ops", "zofia"):
        assert Referral.objects.count() == 1


def test_status_is_said_in_words_with_who_is_awaited(world: World):
    made = sent(world)
    with world.scope("cis", "anna"):
        referrals.receive(referral_id=made.pk)
        at = clock.now() + timedelta(days=3)
        referrals.invite(referral_id=made.pk, interview_at=at, place="pokój 4")
    page = text_of(signed_in(world, "zofia").get(LIST))
    assert "rozmowa" in page
    assert "Czeka na Ciebie: dodaj opinię do" in page
    with world.scope("ops", "zofia"):
        referrals.add_opinion(
            referral_id=made.pk, visited_on=clock.today(), text="Popieram.", recommendation="yes"
        )
    assert "Jednostka czeka na osobę, pokój 4" in text_of(signed_in(world, "zofia").get(LIST))


def test_the_list_is_found_by_name_and_narrowed(world: World):
    sent(world, last_name="Żółć")
    sent(world, "pawel", last_name="Dąbek", pesel="", no_pesel="unknown", sex="M")
    client = signed_in(world, "zofia")
    assert "Żółć" in text_of(client.get(f"{LIST}?q=zolc"))
    assert "Dąbek" not in text_of(client.get(f"{LIST}?q=zolc"))
    mine = text_of(client.get(f"{LIST}?moje=on"))
    assert "Żółć" in mine
    assert "Dąbek" not in mine
    assert "Żółć" in text_of(client.get(f"{LIST}?stan=w-toku"))
    assert "Żółć" not in text_of(client.get(f"{LIST}?stan=odmowy"))


def test_an_opinion_a_message_and_a_withdrawal_reach_the_unit(world: World):
    made = sent(world)
    client = signed_in(world, "zofia")
    here = f"{LIST}{made.pk}/"
    opinion = {
        "visited_on": f"{clock.today():%d.%m.%Y}",
        "recommendation": "yes",
        "text": "Chce pracować.",
        "author_name": "Zofia Kalina",
    }
    assert client.post(f"{here}opinia/", opinion).status_code == 302
    assert client.post(f"{here}wiadomosc/", {"text": "Osoba zmieniła telefon."}).status_code == 302
    withdrawn = {"reason": "found_work", "text": "Od poniedziałku pracuje."}
    assert client.post(f"{here}wycofaj/", withdrawn).status_code == 302
    with world.scope("cis", "anna"):
        assert ReferralOpinion.objects.get().text == "Chce pracować."
        found = Referral.objects.get()
        assert (found.state, found.reason) == ("withdrawn", "found_work")
        told = [entry.text for entry in found.referralentrys.order_by("at")]
        assert "Osoba zmieniła telefon." in told
    answer = client.get(here)
    assert "wycofane: osoba podjęła pracę" in text_of(answer)
    # In the open: on paper and in a wide window nothing unfolds.
    assert '<h3 class="h6">Popieram</h3>' in answer.content.decode()
    assert client.post(f"{here}wznow/").status_code == 302
    with world.scope("ops", "zofia"):
        assert Referral.objects.get().state == "draft"


def test_what_came_back_is_completed_and_sent_again(world: World):
    made = sent(world)
    with world.scope("cis", "anna"):
        referrals.receive(referral_id=made.pk)
        referrals.return_to_sender(referral_id=made.pk, reason="data_missing", text="Brakuje adresu.")
    client = signed_in(world, "zofia")
    page = text_of(client.get(LIST))
    assert "zwrócone do uzupełnienia" in page
    here = text_of(client.get(f"{LIST}{made.pk}/"))
    assert "brakuje danych" in here
    assert "Brakuje adresu." in here
    edit = f"{LIST}{made.pk}/uzupelnij/"
    assert 'value="Roman"' in text_of(client.get(edit))
    assert client.post(edit, filled(world, street="Lipowa 3")).status_code == 302
    with world.scope("cis", "anna"):
        assert Referral.objects.get().street == "Lipowa 3"


def test_what_is_sent_is_not_edited(world: World):
    made = sent(world)
    client = signed_in(world, "zofia")
    assert client.get(f"{LIST}{made.pk}/uzupelnij/").status_code == 404
    assert client.post(f"{LIST}{made.pk}/uzupelnij/", filled(world)).status_code == 404


@pytest.mark.parametrize("person", ["krystyna", "adam"])
def test_another_body_finds_nothing_and_changes_nothing(world: World, person: str):
    made = sent(world)
    client = signed_in(world, person)
    assert "Sęk" not in text_of(client.get(LIST))
    here = f"{LIST}{made.pk}/"
    for address in ("", "uzupelnij/", "opinia/", "zalacznik/", "wycofaj/", "wznow/"):
        assert client.get(f"{here}{address}").status_code == 404, address
    for address in ("uzupelnij/", "opinia/", "wiadomosc/", "zalacznik/", "wycofaj/", "wznow/"):
        response = client.post(f"{here}{address}", {"text": "x", "reason": "mistake"})
        assert response.status_code == 404, address


@pytest.mark.parametrize("person", ["ewa", "bozena", "maria", "operator"])
def test_who_refers_nobody_has_no_such_pages(world: World, person: str):
    made = sent(world)
    client = signed_in(world, person)
    for address in (LIST, NEW, f"{LIST}{made.pk}/"):
        assert client.get(address).status_code == 403, address


def test_a_file_is_opened_by_its_body_and_by_nobody_else(world: World):
    made = sent(world)
    client = signed_in(world, "zofia")
    picture = io.BytesIO()
    from PIL import Image  # noqa: PLC0415

    Image.new("RGB", (8, 8)).save(picture, "PNG")
    upload = SimpleUploadedFile("wywiad.png", picture.getvalue(), content_type="image/png")
    added = {"attachment": upload, "attachment_label": "wywiad"}
    assert client.post(f"{LIST}{made.pk}/zalacznik/", added).status_code == 302
    with world.scope("ops", "zofia"):
        file = ReferralFile.objects.get()
    address = reverse("participants:own_referral_file", args=[made.pk, file.pk])
    assert client.get(address).status_code == 200
    assert signed_in(world, "krystyna").get(address).status_code == 404
    assert signed_in(world, "ewa").get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_list_asks_as_much_for_ten_as_for_one(world: World, django_assert_max_num_queries):
    for at in range(10):
        sent(world, last_name=f"Sęk{chr(97 + at)}", pesel="", no_pesel="unknown", sex="M")
    client = signed_in(world, "zofia")
    client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get(LIST)


def test_a_draft_is_where_it_is_said_to_be(world: World):
    with world.scope("ops", "zofia"):
        made = draft(world)
        row = queries.own_referrals().get(pk=made.pk)
        assert queries.standing(row).awaited_line == "Czeka na Ciebie: dokończ i wyślij"


def test_a_labour_office_prints_its_notice_to_the_welfare_centre(world: World):
    own = sent(world)
    address = reverse("participants:own_referral_notice", args=[own.pk])
    client = signed_in(world, "zofia")
    # A welfare centre that refers has nobody to tell.
    assert client.get(address).status_code == 404
    with world.scope("ops", "zofia"):
        Referral.objects.filter(pk=own.pk).update(
            source="PUP", ops_name="OPS Jodłów", ops_notified_on=clock.today()
        )
    assert address in text_of(client.get(reverse("participants:own_referral", args=[own.pk])))
    pages = PdfReader(io.BytesIO(b"".join(client.get(address)))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    for part in ("OPS Jodłów", "art. 12 ust. 3", "Roman Sęk", world.organisations["ops"].name):
        assert part in said
