"""The screens of programmes: the whole way as people make it, without a script."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from ipzs import catalogue
from ipzs.models import Programme, ProgrammeVersion, Service
from ipzs.services import programmes as services
from ipzs.services.catalogue import ensure_catalogue
from participants.models import Participation, Person
from reintegration.documents.uploads import CheckedFile
from tests.cast import World, sign_in
from tests.ipzs.programmes import made
from tests.ipzs.programmes.test_services import decided
from tests.participants.participations.made import candidate

pytestmark = pytest.mark.django_db


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:4000]
    return str(response.content.decode())


def at(name: str, *args: Any) -> str:
    return reverse(f"ipzs:{name}", args=args)


def test_a_programme_is_written_part_by_part(world: World):
    with world.scope("cis", "anna"):
        file = candidate()
        ensure_catalogue()
        service = Service.objects.filter(area="vocational").order_by("pk")[0]
    client = client_of(world, "anna")
    assert "Napisz program" in text(client.get(at("programme_show", file.pk)))
    assert client.post(at("programme_draft", file.pk)).status_code == 302
    with world.scope("cis"):
        version = ProgrammeVersion.objects.get()
    answers: dict[str, dict[str, str]] = {
        "version_terms": {"since": "9.3.2026", "until": "8.3.2027", "day_0": "9.6.2026"},
        "version_goals": {
            "goal_0": "Chcę pracować w stolarni.",
            "goal_0_area": "vocational",
            "goal_0_main": "on",
            "goal_0_step_0": "Przyjdę na czas przez tydzień.",
            "goal_0_step_0_who": "Marek",
            "goal_0_step_0_due": "20.3.2026",
        },
        "version_texts": {
            "social_scope": "Sprawy urzędowe.",
            "social_forms": "Rozmowy.",
            "vocational_scope": "Stolarstwo.",
            "vocational_forms": "Pracownia.",
        },
        "version_services": {
            f"take_{service.pk}": "on",
            f"hours_{service.pk}": "20",
            f"leader_{service.pk}": "Tomasz Klon",
        },
        "version_people": {"name_0": "Anna Lawenda", "task_0": "prowadzi sprawę"},
    }
    with world.scope("cis"):
        offered = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    answers["version_services"] |= {f"per_{key}": "week" for key in offered}
    for name, typed in answers.items():
        assert "Części" in text(client.get(at(name, version.pk)))
        answer = client.post(at(name, version.pk), typed)
        assert answer.status_code == 302, text(answer, 0)
    page = text(client.get(at("programme_show", file.pk)))
    assert "Niczego nie brakuje" in page
    assert client.post(at("version_ready", version.pk)).url == at("version_show", version.pk)
    shown = text(client.get(at("version_show", version.pk)))
    assert "Chcę pracować w stolarni." in shown
    assert "Tomasz Klon" in shown
    assert client.get(at("version_print", version.pk)).content.startswith(b"%PDF")
    signed = {
        "signed_on": "10.11.2026",
        "how": "witnessed",
        "witness": "Anna Lawenda",
        "body_name": "OPS Bór",
    }
    assert client.post(at("version_sign", version.pk), signed).status_code == 302
    assert "Zapisz odpowiedź na piśmie" in text(client.get(at("programme_show", file.pk)))


def test_a_row_is_added_and_taken_away_without_a_script(world: World):
    with world.scope("cis", "anna"):
        version = made.drafted()
    client = client_of(world, "anna")
    url = at("version_goals", version.pk)
    typed = {
        "goal_0": "Chcę pracować.", "goal_0_step_0": "", "goal_0_step_1": "Napiszę życiorys.",
        "goal_1": "Chcę spokoju w domu.", "more": "1",
    }  # fmt: skip
    assert client.post(url, typed).url == url
    page = text(client.get(url))
    assert "Napiszę życiorys." in page
    assert "Nowy cel" in page
    wrong = text(client.post(url, {"goal_0": "", "goal_0_step_0": "Krok bez celu."}), 422)
    assert "Wpisz cel, do którego prowadzą te kroki." in wrong


def goals_of(version: ProgrammeVersion) -> list[tuple[str, list[str]]]:
    version.refresh_from_db()
    content = made.content_of(version, "ipzs")
    return [(goal.text, [step.text for step in goal.steps]) for goal in content.goals]


def test_goals_and_steps_are_moved_by_a_button(world: World):
    with world.scope("cis", "anna"):
        version = made.drafted()
    client = client_of(world, "anna")
    url = at("version_goals", version.pk)
    typed = {
        "goal_0": "Chcę pracować.", "goal_0_step_0": "Trudny.", "goal_0_step_1": "Łatwy.",
        "goal_1": "Chcę spokoju.",
    }  # fmt: skip
    sent = {**typed, "move": "goal_0_step_1:up"}
    assert client.post(url, sent).url == f"{url}#id_goal_0_step_0"
    with world.scope("cis"):
        assert goals_of(version) == [("Chcę pracować.", ["Łatwy.", "Trudny."]), ("Chcę spokoju.", [])]
    page = text(client.get(url))
    for value in ("goal_0:down", "goal_1:up", "goal_0_step_0:down", "goal_0_step_1:up"):
        assert f'value="{value}"' in page
    for value in ("goal_0:up", "goal_1:down", "goal_2:up", "goal_0_step_0:up", "goal_0_step_2:up"):
        assert f'value="{value}"' not in page
    typed |= {"goal_0_step_0": "Łatwy.", "goal_0_step_1": "Trudny."}
    assert client.post(url, {**typed, "move": "goal_1:up"}).url == f"{url}#id_goal_0"
    with world.scope("cis"):
        assert goals_of(version) == [("Chcę spokoju.", []), ("Chcę pracować.", ["Łatwy.", "Trudny."])]
    # What leads nowhere moves nothing.
    typed = {"goal_0": "Chcę spokoju.", "move": "goal_0:up"}
    assert client.post(url, typed).status_code == 302
    assert client.post(url, {**typed, "move": "goal_9:sideways"}).status_code == 302
    with world.scope("cis"):
        assert goals_of(version) == [("Chcę spokoju.", [])]


def test_an_idea_of_the_catalogue_becomes_a_goal_to_be_reworded(world: World):
    with world.scope("cis", "anna"):
        version = made.drafted()
    client = client_of(world, "anna")
    url = at("version_goals", version.pk)
    idea = catalogue.goals()[0]
    assert idea.text in text(client.get(url))
    assert client.post(url, {"goal_0": "Mój cel.", "idea": idea.key}).url == f"{url}#id_goal_1"
    with world.scope("cis"):
        assert goals_of(version) == [("Mój cel.", []), (idea.text, list(idea.steps))]
    page = text(client.get(url))
    assert f'<option value="{idea.key}"' not in page
    assert "słowami uczestnika" in page
    assert client.post(url, {"goal_0": "Mój cel.", "idea": "none"}).status_code == 422


def test_the_tab_shows_the_course(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        file_id = programme.participation_id
        step = made.content_of(programme.versions.get(), "ipzs").goals[0].steps[0].key
        evaluation = programme.evaluations.get()
    client = client_of(world, "ewa")
    page = text(client.get(at("programme_show", file_id)))
    for said in (
        "Zostało",
        "Wykorzystano",
        "Przygotuj aneks",
        "Oświadczenie uczestnika",
        "Przedłuż",
        "wersja 1",
    ):
        assert said in page
    went = {"state": "missed", "on": "20.11.2026", "words": "Zaspałem."}
    assert client.post(at("step_record", programme.pk, step), went).status_code == 302
    assert client.get(at("step_record", programme.pk, programme.pk)).status_code == 404
    held = {"held_on": "20.11.2026", "result": "on_course", "note": "Idzie dobrze."}
    assert client.post(at("evaluation_hold", evaluation.pk), held).status_code == 302
    page = text(client.get(at("programme_show", file_id)))
    assert "„Zaspałem.”" in page
    assert "Idzie dobrze." in page
    overview = text(client.get(reverse("participants:file", args=[file_id])))
    assert "Wykorzystano" in overview
    assert "wspólna ocena" in overview


def test_an_annex_shows_what_differs(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
    client = client_of(world, "anna")
    asked = {"motion_by": "person", "motion_on": "20.11.2026", "motion_reason": "Chcę więcej."}
    assert client.post(at("annex_add", programme.pk), asked).status_code == 302
    with world.scope("cis"):
        annex = ProgrammeVersion.objects.get(number=2)
    typed = {"name_0": "Anna Lawenda", "task_0": "prowadzi sprawę i umawia terminy"}
    client.post(at("version_people", annex.pk), typed)
    page = text(client.get(at("version_show", annex.pk)))
    assert "prowadzi sprawę i umawia terminy" in page
    assert "zmieniono" in page
    client.post(at("version_ready", annex.pk))
    signed = {"signed_on": "20.11.2026", "how": "witnessed", "witness": "Anna Lawenda"}
    assert client.post(at("version_sign", annex.pk), signed).status_code == 302
    assert client.get(at("version_print", annex.pk)).content.startswith(b"%PDF")
    with world.scope("cis"):
        annex.refresh_from_db()
        assert annex.state == "in_force"


def test_a_decision_goes_its_way_on_the_screens(world: World):
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
    client = client_of(world, "ewa")
    typed = {
        "kind": "breach", "ends_on": "20.11.2026", "reasons": "Przychodzi nietrzeźwy.",
        "change_considered": "Zmieniono plan dwa razy.", "number": "",
    }  # fmt: skip
    assert client.post(at("decision_add", programme.pk), typed).status_code == 302
    with world.scope("cis"):
        row = programme.decisions.get()
    assert client_of(world, "anna").get(at("decision_issue", row.pk)).status_code == 403
    assert client.post(at("decision_issue", row.pk), {"decided_on": "20.11.2026"}).status_code == 302
    done = {"delivered_on": "20.11.2026", "how": "in_person"}
    assert client.post(at("decision_deliver", row.pk), done).status_code == 302
    page = text(client.get(at("programme_show", programme.participation_id)))
    assert "Termin skargi" in page
    assert "uporczywe naruszanie programu" in page
    with world.scope("cis"):
        assert Participation.objects.get().end_reason == "breach"


def test_the_end_of_a_file_leads_to_the_ends_that_the_programme_writes(world: World):
    with world.scope("cis", "anna"):
        programme = made.in_classes()
    client = client_of(world, "ewa")
    url = reverse("participants:end", args=[programme.participation_id])
    asked = {"ended_on": "20.11.2026", "end_reason": "job", "destination": "open_market"}
    page = text(client.post(url, asked), 422)
    assert "do 6 miesięcy. (art. 13 ust. 5)" in page
    for name in ("end_work", "decision_add"):
        assert f'href="{at(name, programme.pk)}"' in page
    with world.scope("cis", "ewa"):
        assert Participation.objects.get().ended_on is None
        decided(programme)
    page = text(client.get(url))
    assert at("end_work", programme.pk) in page
    assert at("decision_add", programme.pk) not in page


def test_a_kis_offers_both_contracts(world: World):
    with world.scope("kis", "bozena"):
        file = candidate()
    client = client_of(world, "bozena")
    page = text(client.get(at("programme_show", file.pk)))
    assert "Kontrakt socjalny" in page
    assert client.post(at("programme_draft", file.pk), {"kind": "social_contract"}).status_code == 302
    with world.scope("kis"):
        programme = Programme.objects.get()
        assert programme.kind == "social_contract"
        version = programme.versions.get()
    assert "Przyczyny trudnej sytuacji" in text(client.get(at("version_texts", version.pk)))
    assert client.get(at("version_print", version.pk)).content.startswith(b"%PDF")


def test_a_kis_begins_as_its_contract_says(world: World):
    with world.scope("kis", "bozena"):
        version = made.signed(kind="internal_contract", on=made.TODAY, since=made.TODAY)
        file_id, last = version.programme.participation_id, version.until
    client = client_of(world, "bozena")
    url = at("contract_period", file_id)
    page = text(client.get(reverse("participants:file", args=[file_id])))
    assert f'href="{url}"' in page
    assert f'href="{url}"' in text(client.get(at("programme_show", file_id)))
    form = text(client.get(url))
    assert "Okres zajęć" in form
    assert 'value="20.11.2026"' in form
    wrong = text(client.post(url, {"since": "20.11.2026", "until": "31.12.2028"}), 422)
    assert "Kontrakt obowiązuje do" in wrong
    assert last is not None
    assert client.post(url, {"since": "20.11.2026", "until": f"{last:%d.%m.%Y}"}).status_code == 302
    assert "Zapisz kolejny okres" in text(client.get(at("programme_show", file_id)))


def test_a_refused_step_is_said_on_the_tab(world: World):
    with world.scope("cis", "anna"):
        version = made.ready()
        services.back_to_draft(version_id=version.pk)
        file_id = version.programme.participation_id
    client = client_of(world, "anna")
    client.post(at("version_back", version.pk))
    page = text(client.get(at("programme_show", file_id)))
    assert "Nie można wrócić do pisania tej wersji." in page


def test_the_desk_says_what_waits(world: World):
    with world.scope("cis", "ewa"):
        made.ready()
    page = text(client_of(world, "ewa").get(reverse("notices:desk")))
    assert "Do podpisania" in page


def test_a_signed_paper_and_a_proof_of_delivery_are_opened_again(world: World):
    proof = CheckedFile(name="zpo.pdf", media_type="application/pdf", content=b"%PDF-1.7 zpo")
    with world.scope("cis", "ewa"):
        programme = made.in_classes()
        version = ProgrammeVersion.objects.get()
        row = decided(programme)
        services.issue_decision(decision_id=row.pk, decided_on=made.TODAY)
        services.deliver_decision(decision_id=row.pk, delivered_on=made.TODAY, how="post", proof=proof)
        row.refresh_from_db()
    anna, tomasz = client_of(world, "anna"), client_of(world, "tomasz")
    page, url = at("programme_show", programme.participation_id), reverse("documents:file", args=[row.scan])
    assert "Potwierdzenie odbioru" in text(anna.get(page))
    assert url in text(anna.get(page))
    assert anna.get(url).status_code == 200
    assert "Potwierdzenie odbioru" not in text(tomasz.get(page))
    assert tomasz.get(url).status_code == 404
    # Who may read the version reads it as it was signed.
    page, url = at("version_show", version.pk), at("version_print", version.pk)
    for client in (anna, tomasz):
        assert f'href="{url}"' in text(client.get(page))
        assert "Podpisany dokument" in text(client.get(page))
        assert client.get(url).content == b"%PDF-1.7 program"
    assert tomasz.get(reverse("documents:file", args=[version.scan])).status_code == 404


def test_what_was_signed_in_somebody_s_presence_is_handed_out_as_it_was(world: World):
    with world.scope("kis", "bozena"):
        version = made.ready(kind="internal_contract", since=made.TODAY)
        services.sign_version(
            version_id=version.pk, signed_on=made.TODAY, how="witnessed", witness="Ewa Wrona"
        )
        Person.objects.filter(pk=version.person_id).update(last_name="Zmieniony")
    client = client_of(world, "bozena")
    assert "Podpisany dokument" in text(client.get(at("version_show", version.pk)))
    paper = client.get(at("version_print", version.pk))
    said = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert "Dąbek" in said
    assert "Zmieniony" not in said
