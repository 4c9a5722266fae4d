"""The screens of files: the way of a person through them, and who may do what."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from participants.models import Agreement, IntakeSettings, Participation, Period, TeamMember
from participants.services import participations as services
from reintegration.audit.models import Event
from reintegration.core import slots
from reintegration.core.slots import Panel
from reintegration.documents.uploads import CheckedFile
from tests.cast import World, sign_in
from tests.participants.participations.made import (
    TODAY,
    agreed,
    candidate,
    ended,
    in_classes,
    in_trial,
    person,
)

pytestmark = pytest.mark.django_db

NOTE = {"kind": "info", "icon": "info-circle", "title": "Nic.", "content": "", "action": ""}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = str(tmp_path)


@pytest.fixture
def client(world: World) -> Client:
    return as_person(world, "anna")


def as_person(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.people[name])
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"participants:{name}", args=args)


def of(world: World, make: Any = candidate, *args: Any, unit: str = "cis", **given: Any) -> Participation:
    with world.scope(unit, "anna" if unit == "cis" else "bozena"):
        return make(*args, **given)


def pdf() -> bytes:
    paper, out = PdfWriter(), BytesIO()
    paper.add_blank_page(width=100, height=100)
    paper.write(out)
    return out.getvalue()


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_candidate_is_led_to_the_first_day(world: World, client: Client):
    file = of(world)
    with world.scope("cis", "anna"):
        services.ask_agreement(
            participation_id=file.pk,
            sender_id=world.organisations["ops"].pk,
            body_name="",
            signed_on=date(2026, 11, 10),
            programme=CheckedFile("program.pdf", "application/pdf", pdf()),
            summary="Stolarnia i praca.",
        )
    assert "Czeka na odpowiedź do 4 grudnia" in text(client.get(at("file", file.pk)))

    head = as_person(world, "pawel")
    with world.scope("ops", "pawel"):
        agreement = Agreement.objects.get()
    assert "Marek Dąbek" in text(head.get(at("agreement_list")))
    page = text(head.get(at("agreement", agreement.pk)))
    assert "Stolarnia i praca." in page
    assert head.get(at("agreement_file", agreement.pk)).content.startswith(b"%PDF")
    assert head.post(at("agreement", agreement.pk), {"agreed": "yes"}).status_code == 302
    assert "Uzgodniono" in text(head.get(at("agreement", agreement.pk)))

    assert "Nic nie stoi na przeszkodzie" in text(client.get(at("file", file.pk)))
    assert "jeszcze" not in text(client.post(at("trial_start", file.pk), {"since": "23.11.2026"}), 302)
    with world.scope("cis"):
        period = Period.objects.get()
        assert (period.since, period.until) == (date(2026, 11, 23), date(2026, 12, 22))
        assert Agreement.objects.get().answered_name == "Paweł Tarnina"


def test_remarks_send_the_programme_back(world: World, client: Client):
    file = of(world)
    with world.scope("cis", "anna"):
        asked = services.ask_agreement(
            participation_id=file.pk, sender_id=world.organisations["ops"].pk, body_name="", signed_on=TODAY
        )
    head = as_person(world, "pawel")
    assert "Napisz, co zmienić" in text(head.post(at("agreement", asked.pk), {"agreed": "no"}), 422)
    head.post(at("agreement", asked.pk), {"agreed": "no", "remarks": "Za mało godzin."})
    page = text(client.get(at("file", file.pk)))
    assert "Za mało godzin." in page
    assert "Nie można już uzgodnić tej wersji. Jej stan to „są uwagi”." in text(
        head.post(at("agreement", asked.pk), {"agreed": "yes"}), 422
    )
    assert "Uwagi do programu: Marek Dąbek" in text(as_person(world, "ewa").get(reverse("notices:desk")))
    with world.scope("cis", "anna"):
        newer = services.ask_agreement(
            participation_id=file.pk,
            sender_id=world.organisations["ops"].pk,
            body_name="",
            signed_on=date(2026, 11, 11),
        )
    again = text(head.get(at("agreement", newer.pk)))
    assert "Wersja 1: są uwagi" in again
    assert "Za mało godzin." in again


def test_an_agreement_is_its_bodys_alone(world: World):
    file = of(world)
    with world.scope("cis", "anna"):
        asked = services.ask_agreement(
            participation_id=file.pk, sender_id=world.organisations["ops"].pk, body_name="", signed_on=TODAY
        )
    stranger = as_person(world, "adam")
    for url in (at("agreement", asked.pk), at("agreement_file", asked.pk)):
        assert stranger.get(url).status_code == 404
    assert "Marek Dąbek" not in text(stranger.get(at("agreement_list")))
    worker = as_person(world, "zofia")
    assert "Odpowiada kierownik ośrodka" in text(worker.get(at("agreement", asked.pk)))
    assert worker.post(at("agreement", asked.pk), {"agreed": "yes"}).status_code == 403
    assert as_person(world, "anna").get(at("agreement_list")).status_code == 403
    with world.scope("ops"):
        seen = Event.objects.filter(action="participants.agreement.show", user_id=world.people["zofia"].pk)
        assert seen.order_by("at")[0].persons == [file.pk]


def test_the_desk_of_the_head_says_what_waits(world: World):
    file = of(world)
    with world.scope("cis", "anna"):
        services.ask_agreement(
            participation_id=file.pk, sender_id=world.organisations["ops"].pk, body_name="", signed_on=TODAY
        )
    assert "Uzgodnij program: Marek Dąbek" in text(as_person(world, "pawel").get(reverse("notices:desk")))
    assert "Uzgodnij program" not in text(as_person(world, "zofia").get(reverse("notices:desk")))


def test_an_answer_on_paper_is_written_down(world: World, client: Client):
    file = of(world)
    with world.scope("cis", "anna"):
        services.ask_agreement(
            participation_id=file.pk, body_name="OPS w Borach", signed_on=date(2026, 11, 10)
        )
    answer = {"agreed": "yes", "name": "Jan Bór", "answered_on": "19.11.2026"}
    assert client.post(at("agreement_record", file.pk), answer).status_code == 302
    page = text(client.get(at("file", file.pk)))
    assert "19 listopada · Jan Bór" in page


def test_a_person_goes_from_the_trial_to_the_end(world: World, client: Client):
    file = of(world, in_trial, since=date(2026, 11, 2))
    page = text(client.get(at("file", file.pk)))
    assert "okres próbny do 1 grudnia · dzień 19 z 30" in page
    with world.scope("cis", "anna"):
        services.qualify(participation_id=file.pk)
        services.extend(participation_id=file.pk, until=date(2028, 5, 1))
    assert "przedłużenie" in text(client.get(at("file", file.pk)))
    end = {"ended_on": "20.11.2026", "end_reason": "job", "destination": "open_market", "note": "Tartak."}
    assert client.post(at("end", file.pk), end).status_code == 302
    page = text(client.get(at("file", file.pk)))
    assert "Podjęcie pracy" in page
    assert "20 maja 2027" in page
    assert client.post(at("end_correct", file.pk), {**end, "end_reason": "business"}).status_code == 302
    assert client.post(at("certificate", file.pk), {"day": "20.11.2026"}).status_code == 302
    assert client.post(at("reopen", file.pk), {"reason": "Pomyłka."}).status_code == 302
    assert "Pomyłka." in text(client.get(at("file_history", file.pk)))


def test_wrong_days_of_periods_are_refused_at_their_field(world: World, client: Client):
    file = of(world, in_classes)
    values = {"since_0": "9.3.2026", "until_0": "8.4.2026", "since_1": "9.4.2026", "until_1": "1.4.2026"}
    assert "Koniec nie może być wcześniejszy" in text(client.post(at("periods_edit", file.pk), values), 422)
    values["until_1"] = "8.4.2027"
    page = text(client.post(at("periods_edit", file.pk), values), 422)
    assert "najdłużej do 08.03.2027" in page
    assert 'value="8.4.2027"' in page
    values["until_1"] = "31.12.2026"
    assert client.post(at("periods_edit", file.pk), values).status_code == 302


def test_a_kis_begins_with_its_contract(world: World):
    client = as_person(world, "bozena")
    file = of(world, unit="kis")
    assert "Podpisany kontrakt" in text(client.get(at("file", file.pk)))
    with world.scope("kis", "bozena"):
        services.sign_programme(participation_id=file.pk, signed_on=date(2026, 11, 2))
        services.qualify(participation_id=file.pk, since=date(2026, 11, 9), until=date(2027, 7, 31))
    assert "zajęcia do 31 lipca 2027" in text(client.get(at("file", file.pk)))


def test_a_kis_speaks_of_a_contract(world: World):
    client = as_person(world, "bozena")
    file = of(world, unit="kis")
    with world.scope("kis", "bozena"):
        services.sign_programme(participation_id=file.pk, signed_on=date(2026, 11, 2))
        services.qualify(participation_id=file.pk, since=date(2026, 11, 9), until=date(2027, 7, 31))
    assert "kontrakt i kontakt" in text(client.get(at("case_manager", file.pk)))
    form = text(client.get(at("end", file.pk)))
    assert "uporczywe naruszanie kontraktu" in form
    assert "okres próbny" not in form
    end = {"ended_on": "19.11.2026", "end_reason": "breach", "destination": "", "note": ""}
    assert client.post(at("end", file.pk), end).status_code == 302
    for name in ("file", "card_show"):
        page = text(client.get(at(name, file.pk)))
        assert "naruszanie kontraktu" in page
        assert "naruszanie programu" not in page
    history = text(client.get(at("file_history", file.pk)))
    assert "naruszanie kontraktu" in history.lower()
    assert "Podpisanie kontraktu" in history
    assert "Początek zajęć" in history
    for word in ("Podpisanie programu", "okresu uczestnictwa"):
        assert word not in history


def test_people_of_a_file_change(world: World, client: Client):
    file = of(world)
    jan, olga = world.people["jan"], world.people["olga"]
    assert client.post(at("case_manager", file.pk), {"case_manager": str(jan.pk)}).status_code == 302
    member = {"user": str(olga.pk), "task": "psycholog", "since": "20.11.2026"}
    assert client.post(at("team_add", file.pk), member).status_code == 302
    page = text(client.get(at("file", file.pk)))
    assert "prowadzi" in page
    assert "Jan Dereń" in page
    assert "Olga Mięta" in page
    with world.scope("cis"):
        pk = TeamMember.objects.get().pk
    assert client.post(at("team_end", pk), {"until": "20.11.2026"}).status_code == 302


def test_a_whole_caseload_is_handed_over(world: World):
    files = [of(world, candidate, f"Marek {name}") for name in ("Dąbek", "Głóg")]
    jan, anna = world.people["jan"], world.people["anna"]
    with world.scope("cis", "ewa"):
        for file in files:
            services.assign_case_manager(participation_id=file.pk, user_id=jan.pk)
    client = as_person(world, "ewa")
    with world.scope("cis", "ewa"):
        other = candidate("Marek Sęk")
        services.assign_case_manager(participation_id=other.pk, user_id=anna.pk)
    listed = text(client.get(at("caseload_list")))
    assert "Jan Dereń" in listed
    assert "Anna Lawenda" in listed
    page = text(client.get(at("caseload_hand_over", jan.pk)))
    assert page.count("checked") >= 2
    sent = {"to": str(anna.pk), "files": [str(files[0].pk)]}
    assert client.post(at("caseload_hand_over", jan.pk), sent).status_code == 302
    with world.scope("cis"):
        led = {row.case_manager_id for row in Participation.objects.all()}
        assert led == {jan.pk, anna.pk}
    assert as_person(world, "jan").get(at("caseload_list")).status_code == 403
    assert client.get(at("caseload_hand_over", world.people["bozena"].pk)).status_code == 404


def test_a_file_is_opened_for_a_person_who_is_known(world: World, client: Client):
    with world.scope("cis", "anna"):
        known = person()
    sent = {"opened_on": "20.11.2026", "case_manager": ""}
    answer = client.post(at("participation_open", known.pk), sent)
    with world.scope("cis"):
        assert answer.url == at("file", Participation.objects.get().pk)
    assert "ma już otwartą sprawę U/1/2026" in text(
        client.post(at("participation_open", known.pk), sent), 422
    )


def test_history_is_filtered_and_earlier_files_are_linked(world: World, client: Client):
    old = of(world, ended, on=date(2026, 11, 10))
    with world.scope("cis", "anna"):
        new = services.open_participation(person_id=old.person_id, opened_on=TODAY)
        agreed(new, on=TODAY)
    assert f'href="{at("file", old.pk)}"' in text(client.get(at("file", new.pk)))
    page = text(client.get(at("file_history", new.pk)))
    assert "Otwarcie sprawy" in page
    papers = text(client.get(at("file_history", new.pk), {"co": "papiery"}))
    assert "Otwarcie sprawy" not in papers
    assert "Program uzgodniony, wersja 1" in papers
    assert client.get(at("file_history", new.pk), {"co": "bzdura"}).status_code == 200


def test_other_rooms_add_tabs_and_panels(world: World, client: Client, monkeypatch: pytest.MonkeyPatch):
    file = of(world)
    for name in ("file_tabs", "file", "file_rail", "file_acts", "timeline"):
        monkeypatch.setitem(slots._filled, f"participants.{name}", [])
    slots.fill("participants.file_tabs", lambda request, file: ("Obecność", "/obecnosc/"))
    slots.fill(
        "participants.file",
        lambda request, file: Panel("x", "Cele", "components/note.html", NOTE),
    )
    page = text(client.get(at("file", file.pk)))
    assert ">Obecność</a>" in page
    assert "Cele" in page


def test_silence_is_said_on_the_desk_and_on_the_file(world: World, client: Client):
    file = of(world, candidate, "Iga Cicha")
    with world.scope("cis", "anna"):
        services.assign_case_manager(participation_id=file.pk, user_id=world.people["anna"].pk)
    assert "Bez kontaktu: Iga Cicha" in text(client.get(reverse("notices:desk")))
    assert "dni bez kontaktu" in text(client.get(at("file", file.pk)))
    assert "Bez kontaktu" not in text(as_person(world, "jan").get(reverse("notices:desk")))


def test_the_terms_of_intake_are_set(world: World):
    client = as_person(world, "ewa")
    assert 'value="14"' in text(client.get(at("intake_settings")))
    terms = {
        "opinion_days": "10",
        "study_days": "20",
        "agreement_days": "7",
        "contact_days": "30",
        "keep_years": "10",
        "area": "0609, 0663011",
    }
    assert "nie jest kodem" in text(client.post(at("intake_settings"), {**terms, "area": "Lublin"}), 422)
    assert "Wpisz 10 albo więcej" in text(
        client.post(at("intake_settings"), {**terms, "keep_years": "9"}), 422
    )
    assert client.post(at("intake_settings"), terms).status_code == 302
    with world.scope("cis"):
        row = IntakeSettings.objects.get()
        assert (row.agreement_days, row.area) == (7, ["0609", "0663011"])
    assert "Przyjęcia" in text(client.get(reverse("administration:settings")))


def test_a_file_of_another_unit_is_not_there(world: World):
    file = of(world, in_classes)
    stranger = as_person(world, "bozena")
    for name in ("file", "file_history", "end", "periods_edit", "agreement_record", "case_manager"):
        assert stranger.get(at(name, file.pk)).status_code == 404
    assert stranger.post(at("file_elsewhere", file.pk)).status_code == 404


def test_who_only_looks_has_no_buttons(world: World):
    file = of(world, in_classes)
    page = text(as_person(world, "tomasz").get(at("file", file.pk)))
    assert "Zakończ" not in page
    assert "Czy osoba jest w innej jednostce" not in page
    assert as_person(world, "tomasz").get(at("end", file.pk)).status_code == 403
