"""The unit's screens of referrals."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from participants.models import Participation, Referral, ReferralFile
from participants.services import referrals as services
from reintegration.core.identifiers import false_pesel
from reintegration.documents.uploads import CheckedFile
from tests.cast import World, sign_in
from tests.participants.referrals.made import TODAY, application, in_state, sent


@pytest.fixture
def client(world: World) -> Client:
    browser = Client()
    sign_in(browser, world.people["anna"])
    return browser


def url(name: str, referral: Referral) -> str:
    return reverse(f"participants:referral{name}", args=[referral.pk])


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def post(client: Client, address: str, **data: Any) -> Any:
    return client.post(address, data, follow=True)


def test_the_inbox_shows_what_came_and_what_is_awaited(world: World, client: Client) -> None:
    sent(world)
    second = sent(world, "Piotr Grab", 2)
    with world.scope("cis", "anna"):
        in_state("in_study", second)
        services.add_opinion(referral_id=second.pk, visited_on=TODAY, text="Popieram.", recommendation="yes")
    page = text(client.get(reverse("participants:referral_list")))
    assert "1 skierowanie czeka na pierwszy krok" in page
    assert "Dąbek Marek" in page
    assert "rozmowa 25 listopada, 10:30" in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", {"Dąbek", "Jesion"}),
        ("?stan=sent", {"Dąbek"}),
        ("?stan=otwarte", {"Dąbek", "Jesion"}),
        ("?stan=refused", set()),
        ("?zrodlo=self", {"Jesion"}),
        ("?q=jes", {"Jesion"}),
        ("?moje=on", {"Jesion"}),
        ("?spoznione=on", set()),
        ("?stan=bzdura&zrodlo=1", {"Dąbek", "Jesion"}),
    ],
)
def test_the_inbox_is_narrowed(world: World, client: Client, asked: str, names: set[str]) -> None:
    sent(world)
    with world.scope("cis", "anna"):
        services.assign_worker(referral_id=application().pk, user_id=world.people["anna"].pk)
    page = text(client.get(reverse("participants:referral_list") + asked))
    assert {name for name in ("Dąbek", "Jesion") if f"{name} " in page} == names


def test_a_list_shows_no_pesel(world: World, client: Client) -> None:
    found = sent(world)
    for address in (reverse("participants:referral_list"), url("", found)):
        assert found.pesel not in text(client.get(address))


def test_the_waiting_list_stands_in_the_order_of_entry(world: World, client: Client) -> None:
    with world.scope("cis", "anna"):
        for serial, name in enumerate(("Anna Brzoza", "Zenon Cis"), 20):
            services.put_on_waiting_list(referral_id=application(name, serial).pk)
    page = text(client.get(reverse("participants:referral_waiting")))
    assert page.index("Brzoza") < page.index("Cis Zenon")


def test_the_next_step_is_the_primary_button(world: World, client: Client) -> None:
    found = sent(world)
    page = text(client.get(url("", found)))
    assert re.search(r"btn-primary[^>]*>[^<]*Odbierz", page)
    assert "Co mówią przepisy" in page
    answer = post(client, url("_receive", found))
    assert "Odebrano skierowanie" in text(answer)
    assert re.search(r"btn-primary[^>]*>Zaproś na rozmowę", text(answer))


def test_it_is_studied_without_an_interview(world: World, client: Client) -> None:
    found = sent(world)
    assert url("_study", found) not in text(client.get(url("", found)))
    post(client, url("_receive", found))
    assert f'action="{url("_study", found)}"' in text(client.get(url("", found)))
    assert "w rozpatrywaniu" in text(post(client, url("_study", found)))


def test_what_the_sender_told_is_judged_by_the_rules(world: World, client: Client) -> None:
    found = sent(world, situation={"groups": ["1"], "help": ["incapacity_pension"]})
    page = text(client.get(url("", found)))
    assert "Prawo do renty z tytułu niezdolności do pracy wyłącza udział." in page


def test_a_step_too_late_is_refused_with_a_sentence(world: World, client: Client) -> None:
    found = sent(world)
    post(client, url("_receive", found))
    assert "nie można teraz odebrać" in text(post(client, url("_receive", found)))
    answer = client.post(url("_accept", found), {"opened_on": "20.11.2026"})
    assert answer.status_code == 422
    assert "nie można teraz przyjąć" in text(answer)


def test_the_whole_way_on_the_screens(world: World, client: Client) -> None:
    found = sent(world)
    post(client, url("_receive", found))
    answer = post(
        client,
        url("_invite", found),
        day="25.11.2026",
        hour="10:30",
        place="ul. Klonowa 4",
        text="Zapraszamy.",
    )
    assert "Rozmowa: 25 listopada, 10:30" in text(answer)
    answer = post(client, url("_offer", found), since="1.12.2026", text="")
    assert "Osoba może zacząć 1 grudnia" in text(answer)
    answer = post(client, url("_accept", found), opened_on="20.11.2026", text="", case_manager="")
    assert "Przyjęto: Marek Dąbek." in text(answer)
    with world.scope("cis", "anna"):
        file = Participation.objects.get(referral=found)
    tab = client.get(reverse("participants:file_referral", args=[file.pk]))
    assert "Zapraszamy." in text(tab)
    file_page = text(client.get(reverse("participants:file_history", args=[file.pk])))
    assert "Skierowanie: zaproszono na rozmowę" in file_page
    assert "Otwórz sprawę" in text(client.get(url("", found)))


@pytest.mark.parametrize("hour", ["25:00", "rano", "10:7", ""])
def test_an_hour_that_cannot_be_read_stands_at_its_field(world: World, client: Client, hour: str) -> None:
    found = sent(world)
    post(client, url("_receive", found))
    answer = client.post(url("_invite", found), {"day": "25.11.2026", "hour": hour, "place": "biuro"})
    assert answer.status_code == 422
    assert "biuro" in text(answer)


def test_who_is_on_file_is_chosen_and_never_guessed(world: World, client: Client) -> None:
    first, second = sent(world), sent(world, serial=2)
    with world.scope("cis", "anna"):
        in_state("in_study", first)
        in_state("in_study", second)
        person_id = services.accept(referral_id=first.pk).person_id
    page = text(client.get(url("", second)))
    assert "Podobne osoby w kartotece" in page
    answer = client.post(url("_accept", second), {"opened_on": "20.11.2026"})
    assert answer.status_code == 422
    answer = client.post(url("_accept", second), {"opened_on": "20.11.2026", "person": str(person_id)})
    assert answer.status_code == 422
    assert "otwartą sprawę" in text(answer)
    answer = post(client, url("_accept", second), opened_on="20.11.2026", person="new")
    assert "Przyjęto" in text(answer)


def test_refusal_return_and_closing_have_their_reasons(world: World, client: Client) -> None:
    for name, data, said in (
        ("_refuse", {"reason": "no_places", "text": "Od stycznia."}, "Zapisano odmowę"),
        ("_return", {"reason": "papers_missing", "text": "Brak wywiadu."}, "Zwrócono do uzupełnienia"),
        ("_obsolete", {"reason": "found_work", "text": ""}, "Zamknięto jako nieaktualne"),
    ):
        found = sent(world)
        post(client, url("_receive", found))
        assert client.post(url(name, found), {}).status_code == 422
        assert said in text(post(client, url(name, found), **data))


def test_a_refusal_goes_out_on_paper(world: World, client: Client) -> None:
    found = sent(world)
    assert client.get(url("_refusal_print", found)).status_code == 404
    post(client, url("_receive", found))
    page = post(client, url("_refuse", found), reason="no_places", text="Zadzwonimy w styczniu.")
    assert url("_refusal_print", found) in text(page)
    answer = client.get(url("_refusal_print", found))
    said = " ".join(one.extract_text() for one in PdfReader(BytesIO(b"".join(answer))).pages)
    for part in ("Marek Dąbek", "Brak wolnych miejsc.", "Zadzwonimy w styczniu."):
        assert part in " ".join(said.split())


def test_before_the_interview_it_is_seen_what_is_missing(world: World, client: Client) -> None:
    found = sent(world)
    page = text(client.get(url("", found)))
    assert "Czy wszystko jest" in page
    assert "Opinia pracownika socjalnego po wywiadzie.</b> Dodaje ją OPS." in page
    with world.scope("cis", "anna"):
        in_state("refused", found)
    assert "Czy wszystko jest" not in text(client.get(url("", found)))


def test_only_a_lead_reopens_and_hands_over(world: World, client: Client) -> None:
    found = sent(world)
    with world.scope("cis", "anna"):
        in_state("refused", found)
    assert "Otwarto ponownie" in text(post(client, url("_reopen", found), text=""))
    browser = Client()
    sign_in(browser, world.people["jan"])
    assert browser.get(url("_reopen", found)).status_code == 403
    answer = post(client, url("_hand_over", found), unit=str(world.kis.pk), text="Macie miejsca.")
    assert "Przekazano" in text(answer)


def test_notes_are_for_colleagues_only(world: World, client: Client) -> None:
    found = sent(world)
    assert "Zapisano notatkę" in text(post(client, url("_note", found), text="Zadzwonić w piątek."))
    assert "Zadzwonić w piątek." in text(client.get(url("", found)))
    browser = Client()
    sign_in(browser, world.people["zofia"])
    own = browser.get(reverse("participants:own_referral", args=[found.pk]))
    assert own.status_code == 200
    assert "Zadzwonić" not in text(own)
    assert browser.get(url("", found)).status_code == 403


def test_messages_opinions_files_and_who_works_on_it(world: World, client: Client) -> None:
    found = sent(world)
    assert "Wysłano wiadomość" in text(post(client, url("_message", found), text="Kiedy wywiad?"))
    opinion = {
        "visited_on": "18.11.2026",
        "recommendation": "yes",
        "text": "Popieram.",
        "author_name": "Zofia Kalina",
    }
    assert "Zapisano opinię" in text(post(client, url("_opinion", found), **opinion))
    answer = post(client, url("_assign", found), assigned_to=str(world.people["jan"].pk))
    assert "Prowadzi: Jan Dereń" in text(answer)
    bad = SimpleUploadedFile("wywiad.pdf", b"MZ\x90\x00 to nie jest PDF", "application/pdf")
    answer = client.post(url("_attach", found), {"file": bad, "label": "wywiad"})
    assert answer.status_code == 422
    assert not labels(world, found)


def labels(world: World, referral: Referral) -> list[str]:
    with world.scope("cis", "anna"):
        return list(ReferralFile.objects.filter(referral=referral).values_list("label", flat=True))


def test_a_file_of_the_sender_is_opened_through_the_referral_alone(world: World, client: Client) -> None:
    found = sent(world)
    with world.scope("ops", "zofia"):
        kept = services.attach_file(
            referral_id=found.pk,
            file=CheckedFile(name="wywiad.pdf", media_type="application/pdf", content=b"%PDF-1.7 x"),
            label="wywiad",
        )
    address = reverse("participants:referral_file", args=[found.pk, kept.pk])
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7 x")
    assert client.get(reverse("documents:file", args=[kept.stored_file])).status_code == 404
    for stranger in ("marek", "krystyna"):
        browser = Client()
        sign_in(browser, world.people[stranger])
        assert browser.get(address).status_code in {403, 404}


def test_an_application_on_paper_is_entered_and_received(world: World, client: Client) -> None:
    form = {
        "source": "self",
        "first_name": "Irena",
        "last_name": "Jesion",
        "pesel": false_pesel(TODAY.replace(year=1885, month=5, day=4), 7, "K"),
        "town": "Modrzewno",
        "groups": ["9"],
        "story": "Szuka pracy.",
        "insured": "unknown",
        "person_agrees": "on",
    }
    address = reverse("participants:referral_enter")
    answer = client.post(address, {**form, "pesel": "85050412345"})
    assert answer.status_code == 422
    assert "Jesion" in text(answer)
    assert client.post(address, {**form, "source": "PCPR"}).status_code == 422
    answer = post(client, address, **form)
    assert "Zapisano wniosek: Irena Jesion." in text(answer)
    assert "Napisz do kierującego" not in text(answer)


def test_what_could_not_be_done_for_many_is_named(world: World, client: Client) -> None:
    first, second = sent(world), sent(world, "Piotr Grab", 2)
    with world.scope("cis", "anna"):
        services.receive(referral_id=second.pk)
    ids = [str(first.pk), str(second.pk)]
    address = reverse("participants:referral_bulk")
    page = text(client.post(address, {"ids": ids}))
    assert "Marek Dąbek" in page
    assert "Piotr Grab" in page
    answer = text(post(client, address, ids=ids, chosen="1", step="receive"))
    assert "Odbierz: 1 skierowanie." in answer
    assert "Piotr Grab: Stan skierowania to „odebrane”" in answer
    assert client.post(address, {"ids": ids, "chosen": "1", "step": "refuse"}).status_code == 422
    answer = text(
        post(client, address, ids=ids, chosen="1", step="refuse", reason="no_places", text="Od stycznia.")
    )
    assert "Odmów przyjęcia: 2 skierowania." in answer
    assert "Zaznacz przynajmniej jedno" in text(post(client, address))


def test_a_foreign_id_among_the_ticked_is_left_out(world: World, client: Client) -> None:
    with world.scope("kis", "marek"):
        foreign = application()
    address = reverse("participants:referral_bulk")
    alone = {"ids": [str(foreign.pk)], "chosen": "1", "step": "wait"}
    assert client.post(address, alone).status_code == 404
    own = sent(world)
    answer = text(post(client, address, ids=[str(own.pk), str(foreign.pk)], chosen="1", step="receive"))
    assert "Odbierz: 1 skierowanie." in answer
    assert "Jesion" not in answer
    with world.scope("kis", "marek"):
        assert Referral.objects.get(pk=foreign.pk).state == "received"


@pytest.mark.parametrize("stranger", ["marek", "krystyna", "celina"])
def test_nobody_else_reaches_a_referral(world: World, stranger: str) -> None:
    found = sent(world)
    browser = Client()
    sign_in(browser, world.people[stranger])
    for name in ("", "_invite", "_accept", "_refuse", "_note"):
        assert browser.get(url(name, found)).status_code in {403, 404}


def test_the_navigation_counts_what_waits(world: World, client: Client) -> None:
    sent(world)
    page = text(client.get(reverse("participants:referral_waiting")))
    place = page[page.index('href="/skierowania/"') :][:400]
    assert "1" in place


def test_the_inbox_asks_as_often_for_many_as_for_few(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    with world.scope("cis", "anna"):
        for serial in range(30, 42):
            services.assign_worker(
                referral_id=application("Jan Wiąz", serial).pk, user_id=world.people["anna"].pk
            )
    client.get(reverse("participants:referral_list"))
    with django_assert_max_num_queries(16):
        client.get(reverse("participants:referral_list"))
