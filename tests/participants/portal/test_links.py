"""Signed links: what they open with their code, and nothing to anybody without it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from participants.models import Gmina, Referral, ReferralOpinion, SignedLink
from participants.services.participations import ask_agreement, open_participation
from participants.services.people import PersonData, add_person
from participants.services.portal import links
from participants.services.portal.links import issue_link, read_token, revoke_link, token_of
from participants.services.referrals import enter_application
from reintegration.audit.models import Event
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.jobs.worker import drain
from tests.cast import World
from tests.documents.made import pdf
from tests.participants.portal.made import filled, sent, signed_in, told

pytestmark = pytest.mark.django_db

BODY = {"body_name": "Ośrodek w Sosnowie", "body_kind": "OPS", "email": "biuro@sosnowo.example"}
WRONG = "Kod nie pasuje albo odnośnik już nie działa."


def issued(world: World, *, unit: str = "cis", person: str = "ewa", **given: object) -> tuple[str, str]:
    """A link of a unit: its address and its code."""
    with world.scope(unit, person):
        link, handover = issue_link(**{"purpose": "refer", **BODY, **given})
        return reverse("participants:link", args=[token_of(link)]), handover.code_to_show


def inside(address: str, code: str) -> Client:
    client = Client()
    assert client.post(address, {"do": "code", "code": code}).status_code == 302
    return client


def text_of(response: object) -> str:
    return " ".join(response.content.decode().split())


def by_link(world: World, **changed: object) -> dict:
    typed = filled(world, do="send", sender_person="Irena Malwa", sender_phone="600 100 200", **changed)
    del typed["unit"], typed["intent"]
    return typed


def entered(world: World) -> Referral:
    """A referral that came on paper from a body without an account."""
    with world.scope("cis", "anna"):
        return enter_application(source="OPS", data=told(), sender_name=BODY["body_name"])


def test_the_mail_carries_the_address_and_neither_code_nor_a_name(world: World):
    address, code = issued(world)
    drain()
    (message,) = mail.outbox
    assert address in message.body
    assert code not in message.body
    assert code.replace(" ", "") not in message.body
    assert message.to == [BODY["email"]]


def test_the_code_is_kept_as_a_hash(world: World):
    _, code = issued(world)
    with world.scope("cis", "ewa"):
        kept = SignedLink.objects.get()
    assert code.replace(" ", "") not in kept.code_hash


def test_without_the_code_nothing_is_told(world: World):
    address, _ = issued(world)
    page = text_of(Client().get(address))
    assert "Wpisz kod" in page
    for said in ("Nowy Most", "Sosnowo", "Skierowanie"):
        assert said not in page


def test_who_has_the_code_sends_a_referral(world: World):
    address, code = issued(world)
    client = inside(address, code)
    page = text_of(client.get(address))
    assert "CIS „Nowy Most”" in page
    assert "Jednostka" not in re.findall(r"<legend>(.*?)</legend>", page)
    assert client.post(address, by_link(world)).status_code == 302
    with world.scope("cis", "anna"):
        found = Referral.objects.get()
        assert (found.state, found.sender_id, found.sender_name) == ("sent", None, BODY["body_name"])
        assert (found.sender_person, found.source) == ("Irena Malwa", "OPS")
        assert SignedLink.objects.get().referral_id == found.pk
    assert "wysłane" in text_of(client.get(address))


def test_the_second_press_sends_nothing_more(world: World):
    address, code = issued(world)
    client = inside(address, code)
    client.post(address, by_link(world))
    assert client.post(address, by_link(world)).status_code == 302
    with world.scope("cis", "anna"):
        assert Referral.objects.count() == 1


def test_what_does_not_fit_is_said_and_kept_and_half_of_it_is_not_stored(world: World):
    address, code = issued(world)
    client = inside(address, code)
    response = client.post(address, by_link(world, pesel="12345678901"))
    page = text_of(response)
    assert response.status_code == 422
    assert "id_pesel-err" in page
    assert "mieszka u brata" in page
    with world.scope("cis", "anna"):
        assert not Referral.objects.exists()


def test_a_referral_is_followed_and_gets_its_opinion(world: World):
    made = entered(world)
    address, code = issued(world, purpose="follow", referral_id=made.pk)
    client = inside(address, code)
    assert "Roman Sęk" in text_of(client.get(address))
    opinion = {
        "do": "opinion",
        "visited_on": f"{clock.today():%d.%m.%Y}",
        "recommendation": "yes",
        "text": "Chce pracować.",
        "author_name": "Irena Malwa",
    }
    assert client.post(address, opinion).status_code == 302
    assert client.post(address, {"do": "message", "text": "Zmienił telefon."}).status_code == 302
    with world.scope("cis", "anna"):
        assert ReferralOpinion.objects.get().author_name == "Irena Malwa"
        entry = made.referralentrys.get(transition="message")
        assert (entry.by_unit, entry.by_name) == (False, BODY["body_name"])


def test_the_paper_of_the_interview_follows_by_the_link(world: World):
    made = entered(world)
    address, code = issued(world, purpose="follow", referral_id=made.pk)
    client = inside(address, code)
    paper = SimpleUploadedFile("wywiad.pdf", pdf(), content_type="application/pdf")
    sent = {"do": "attach", "attachment": paper, "attachment_label": "wywiad środowiskowy"}
    assert client.post(address, sent).status_code == 302
    assert "wywiad środowiskowy" in text_of(client.get(address))
    with world.scope("cis", "anna"):
        entry = made.referralentrys.get(transition="file")
        assert (entry.by_unit, entry.by_name) == (False, BODY["body_name"])
    refused = client.post(address, {"do": "attach", "attachment_label": "wywiad"})
    assert refused.status_code == 422


def agreement_of(world: World):
    with world.scope("cis", "anna"):
        person = add_person(data=PersonData(first_name="Marek", last_name="Dąbek", no_pesel="unknown"))
        file = open_participation(person_id=person.pk, opened_on=clock.today())
        return ask_agreement(
            participation_id=file.pk,
            body_name=BODY["body_name"],
            signed_on=clock.today(),
            summary="Kurs stolarski.",
        )


def test_the_head_agrees_to_a_programme(world: World):
    made = agreement_of(world)
    address, code = issued(world, purpose="agree", agreement_id=made.pk)
    client = inside(address, code)
    page = text_of(client.get(address))
    assert "Kurs stolarski." in page
    refused = client.post(address, {"do": "answer", "agreed": "no", "name": "Jan Malwa", "remarks": ""})
    assert refused.status_code == 422
    assert "Napisz, co zmienić w programie." in text_of(refused)
    assert client.post(address, {"do": "answer", "agreed": "yes", "name": "Jan Malwa"}).status_code == 302
    with world.scope("cis", "anna"):
        made.refresh_from_db()
        assert (made.state, made.answered_name, made.answered_by_id) == ("agreed", "Jan Malwa", None)
    assert "uzgodniono" in text_of(client.get(address))


def test_what_was_returned_is_read_and_answered_by_the_link(world: World):
    made = entered(world)
    client = signed_in(world, "anna")
    address = reverse("participants:referral_return", args=[made.pk])
    assert address in text_of(client.get(reverse("participants:referral", args=[made.pk])))
    typed = {"reason": "data_missing", "text": "Wpisz telefon osoby."}
    assert client.post(address, {**typed, "reason": "x"}).status_code == 422
    assert client.post(address, typed).url == reverse("participants:referral", args=[made.pk])
    link, code = issued(world, purpose="follow", referral_id=made.pk)
    visitor = inside(link, code)
    page = text_of(visitor.get(link))
    for said in ("Zwrócono do uzupełnienia.", "brakuje danych", "Wpisz telefon osoby."):
        assert said in page
    visitor.post(link, {"do": "message", "text": "Telefon: 600 100 200."})
    assert "Dopisz brakujące dane" not in text_of(visitor.get(link))
    with world.scope("cis", "anna"):
        made.refresh_from_db()
        assert made.state == "received"


def test_the_page_of_a_referral_leads_to_its_link(world: World):
    made = entered(world)
    client = signed_in(world, "anna")
    issue = f"{reverse('participants:link_issue')}?referral={made.pk}"
    assert f'href="{issue}"' in text_of(client.get(reverse("participants:referral", args=[made.pk])))
    initial = client.get(issue).context["form"].initial
    assert (initial["purpose"], initial["referral"], initial["body_name"], initial["body_kind"]) == (
        "follow", made.pk, BODY["body_name"], "OPS",
    )  # fmt: skip
    typed = {**BODY, "purpose": "follow", "referral": made.pk, "days": 14}
    assert client.post(issue, typed).status_code == 200
    with world.scope("cis", "anna"):
        assert SignedLink.objects.get().referral_id == made.pk


def test_the_file_leads_to_the_link_for_its_programme(world: World):
    made = agreement_of(world)
    client = signed_in(world, "anna")
    issue = f"{reverse('participants:link_issue')}?agreement={made.pk}"
    assert f'href="{issue}"' in text_of(
        client.get(reverse("participants:file", args=[made.participation_id]))
    )
    initial = client.get(issue).context["form"].initial
    assert (initial["purpose"], initial["agreement"], initial["body_name"]) == (
        "agree", made.pk, BODY["body_name"],
    )  # fmt: skip


def test_no_link_is_offered_where_the_sender_has_an_account(world: World):
    made = sent(world)
    page = text_of(signed_in(world, "anna").get(reverse("participants:referral", args=[made.pk])))
    assert reverse("participants:link_issue") not in page
    blank = signed_in(world, "anna").get(f"{reverse('participants:link_issue')}?referral={made.pk}")
    assert "referral" not in blank.context["form"].initial


def test_events_name_the_link_and_the_person(world: World):
    made = entered(world)
    address, code = issued(world, purpose="follow", referral_id=made.pk)
    inside(address, code).get(address)
    with world.scope("cis", "ewa"):
        link = SignedLink.objects.get()
        shown = Event.objects.get(action="participants.link.follow")
        assert shown.persons == [made.pk]
        assert shown.detail["link"] == str(link.pk)
        assert shown.source == f"link:{link.pk}"


# Attacks


def test_a_wrong_code_and_an_address_of_nothing_are_answered_alike(world: World):
    address, _ = issued(world)
    with world.scope("cis", "ewa"):
        link = SignedLink.objects.get()
    link.pk = link.unit_id  # signed, and there is no such link
    nothing = reverse("participants:link", args=[token_of(link)])
    link.unit_id = link.made_by_id  # nor such a unit
    nowhere = reverse("participants:link", args=[token_of(link)])
    answers = []
    for one in (address, nothing, nowhere, f"{address[:-5]}abcd/", reverse("participants:link", args=["x"])):
        response = Client().post(one, {"do": "code", "code": "000 000 000"})
        drawn = re.sub(r'value="[A-Za-z0-9]{64}"', "", text_of(response)).replace(one, "")
        answers.append((response.status_code, WRONG in drawn, drawn, Client().get(one).status_code))
    assert len({answer[:2] + answer[3:] for answer in answers}) == 1
    assert len({answer[2] for answer in answers}) == 1


def test_after_five_wrong_codes_the_right_one_opens_nothing(world: World):
    address, code = issued(world)
    for at in range(links.MOST_ATTEMPTS):
        assert Client().post(address, {"do": "code", "code": f"{at:09}"}).status_code == 422
    last = Client().post(address, {"do": "code", "code": code})
    assert last.status_code == 422
    assert WRONG in text_of(last)
    assert "odnosnik" not in last.cookies
    with world.scope("cis", "ewa"):
        assert SignedLink.objects.get().attempts == links.MOST_ATTEMPTS


def test_guessing_is_slowed_down_whatever_the_address_names(world: World):
    statuses = [
        Client()
        .post(reverse("participants:link", args=["x"]), {"do": "code", "code": f"{at:09}"})
        .status_code
        for at in range(12)
    ]
    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_who_guesses_puts_nobody_out(world: World):
    address, code = issued(world)
    client = inside(address, code)
    for at in range(links.MOST_ATTEMPTS):
        Client().post(address, {"do": "code", "code": f"{at:09}"})
    assert "CIS „Nowy Most”" in text_of(client.get(address))


def test_an_expired_link_says_so_to_who_has_its_code_only(world: World):
    address, code = issued(world, days=3)
    client = inside(address, code)
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert "Wpisz kod" in text_of(Client().get(address))
        told_so = Client().post(address, {"do": "code", "code": code})
        assert told_so.status_code == 410
        assert "Ten odnośnik wygasł" in text_of(told_so)
        assert client.post(address, by_link(world)).status_code == 410
    with world.scope("cis", "anna"):
        assert not Referral.objects.exists()


def test_a_revoked_link_ends_at_once(world: World):
    address, code = issued(world)
    client = inside(address, code)
    with world.scope("cis", "ewa"):
        revoke_link(link_id=SignedLink.objects.get().pk)
    gone = client.get(address)
    assert gone.status_code == 410
    assert "Ten odnośnik cofnięto" in text_of(gone)
    assert client.post(address, by_link(world)).status_code == 410
    with world.scope("cis", "anna"):
        assert not Referral.objects.exists()


def test_a_visit_of_one_link_opens_no_other(world: World):
    one, code = issued(world)
    made = entered(world)
    other, _ = issued(world, purpose="follow", referral_id=made.pk)
    client = inside(one, code)
    page = text_of(client.get(other))
    assert "Wpisz kod" in page
    assert "Roman" not in page
    answered = client.post(other, {"do": "message", "text": "x"})
    assert "Wpisz kod" in text_of(answered)
    with world.scope("cis", "anna"):
        assert not made.referralentrys.filter(transition="message").exists()


def test_a_visit_ends_after_half_an_hour(world: World):
    address, code = issued(world)
    client = inside(address, code)
    cookie = client.cookies["odnosnik"]
    assert cookie["max-age"] == 1800
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/dostep/", "Lax")


def test_a_forged_visit_opens_nothing(world: World):
    address, _ = issued(world)
    with world.scope("cis", "ewa"):
        link = SignedLink.objects.get()
    client = Client()
    client.cookies["odnosnik"] = f"{link.pk.hex}:0000.1w.AAAA"
    assert "Wpisz kod" in text_of(client.get(address))


def test_a_link_is_no_sign_in(world: World):
    address, code = issued(world)
    client = inside(address, code)
    for page in ("/pulpit/", "/moje-skierowania/", "/ustawienia/odnosniki/"):
        assert client.get(page).status_code == 302


def test_a_link_follows_nothing_of_a_body_with_an_account_and_nothing_of_another_unit(world: World):
    made = sent(world)
    with world.scope("cis", "ewa"), pytest.raises(InputError):
        issue_link(purpose="follow", referral_id=made.pk, **BODY)
    foreign = entered(world)
    with world.scope("kis", "bozena"), pytest.raises(InputError):
        issue_link(purpose="follow", referral_id=foreign.pk, **BODY)


def test_a_token_is_read_back_and_a_changed_one_is_not(world: World):
    issued(world)
    with world.scope("cis", "ewa"):
        link = SignedLink.objects.get()
    token = token_of(link)
    assert read_token(token) == links.Named(link.unit_id, link.pk)
    for wrong in ("", ".", token[:-1], "Z" + token[1:], token.replace(".", ""), "ą.ć", f"{token}x"):
        assert read_token(wrong) is None, wrong


# The unit's side


def test_the_unit_issues_sees_the_code_once_and_revokes(world: World):
    client = signed_in(world, "anna")
    typed = {"purpose": "refer", **BODY, "days": "7"}
    page = text_of(client.post(reverse("participants:link_issue"), typed))
    code = re.search(r'class="code mt-2">([\d ]+)<', page)
    assert code is not None
    listed = text_of(client.get(reverse("participants:link_list")))
    assert BODY["body_name"] in listed
    assert code.group(1) not in listed
    with world.scope("cis", "anna"):
        link = SignedLink.objects.get()
    assert client.post(reverse("participants:link_revoke", args=[link.pk])).status_code == 302
    assert "cofnięty" in text_of(client.get(reverse("participants:link_list")))


def test_links_of_namesakes_are_told_apart_by_their_place(world: World):
    """A gmina that the register has by its name, one that it has not by its code, an account by its town."""
    name = world.organisations["ops"].name
    Gmina.objects.create(
        code="1412011",
        name="Modrzewno",
        kind="miejska",
        powiat="powiat modrzewski",
        voivodeship="mazowieckie",
        state_on="2026-01-01",
    )
    for given in (
        {"body_place": "1412011"},
        {"body_place": "1412022"},
        {"body_place": "Sosnowo"},
        {"body_id": world.organisations["ops"].pk},
    ):
        issued(world, **{"purpose": "month", "body_name": name, **given})
    issued(world, body_name="Ośrodek bez miejsca")
    client = signed_in(world, "anna")
    listed = text_of(client.get(reverse("participants:link_list")))
    places = ["gmina Modrzewno", "1412022", "Sosnowo", world.organisations["ops"].town]
    assert all(f"{name} ({place})" in listed for place in places)
    assert "Ośrodek bez miejsca (" not in listed
    with world.scope("cis", "anna"):
        link = SignedLink.objects.get(body_place="Sosnowo")
    asked = client.get(reverse("participants:link_revoke", args=[link.pk]))
    assert f"{name} (Sosnowo)" in text_of(asked)


def test_another_unit_sees_and_revokes_nothing(world: World):
    issued(world)
    with world.scope("cis", "ewa"):
        link = SignedLink.objects.get()
    client = signed_in(world, "bozena")
    assert "Sosnowie" not in text_of(client.get(reverse("participants:link_list")))
    assert client.post(reverse("participants:link_revoke", args=[link.pk])).status_code == 404


@pytest.mark.parametrize("person", ["tomasz", "celina", "zofia", "maria"])
def test_who_leads_no_case_issues_no_link(world: World, person: str):
    assert signed_in(world, person).get(reverse("participants:link_issue")).status_code == 403
