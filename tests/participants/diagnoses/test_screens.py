"""The screens: filled step by step, errors beside what was typed, the result, the editor."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from participants.enums import DiagnosisState, TemplateState
from participants.models import Diagnosis, DiagnosisTemplate, Participation, SpecialistOpinion
from participants.queries.diagnoses import surveys
from participants.services.diagnoses import templates as services
from tests.cast import World, sign_in
from tests.participants.diagnoses import made
from tests.participants.participations.made import TODAY


@pytest.fixture
def jan(world: World) -> Client:
    client = Client()
    sign_in(client, world.people["jan"], world.cis.pk)
    return client


@pytest.fixture
def anna(world: World) -> Client:
    client = Client()
    sign_in(client, world.people["anna"], world.cis.pk)
    return client


@pytest.fixture
def file(world: World) -> Participation:
    with world.scope("cis", "anna"):
        found = made.case(world)
        made.small_survey(world)
        return found


def address(name: str, *args: object) -> str:
    return reverse(f"participants:{name}", args=args)


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(address(name, *args), query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_diagnosis_from_the_tab_to_its_result(world: World, jan: Client, file: Participation):
    assert "Zacznij diagnozę" in page(jan, "diagnosis_list", file.pk)
    answer = jan.post(
        address("diagnosis_start", file.pk),
        {"survey": "small", "held_on": "20.11.2026", "with_person": "yes"},
    )
    with world.scope("cis", "jan"):
        row = Diagnosis.objects.get()
    assert answer.url == address("diagnosis_fill", row.pk, "first")
    assert "część 1 z 2" in page(jan, "diagnosis_fill", row.pk, "first")
    answer = jan.post(answer.url, {"a_roof": "4", "a_debts": "tak", "a_health": "0"})
    assert answer.url == address("diagnosis_fill", row.pk, "second")
    answer = jan.post(answer.url, {"a_search": "often", "a_obstacles": ["road", "care"]})
    assert answer.url == address("diagnosis_finish", row.pk)

    answer = jan.post(answer.url, {"summary": "Dom, potem praca."})
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "1 pytanie czeka na odpowiedź." in text
    assert "Czego chcesz?" in text
    assert "Dom, potem praca." in text

    jan.post(address("diagnosis_fill", row.pk, "second"), {"a_search": "often", "a_wish": "Pracy."})
    assert jan.post(answer.request["PATH_INFO"], {"summary": "Dom."}).status_code == 302
    text = page(jan, "diagnosis_show", row.pk)
    for words in ("Zasoby", "Trudności", "Mam siły.", "Pracy.", "Wydrukuj", "Powtórz"):
        assert words in text
    assert "Porównaj" not in text
    with world.scope("cis", "jan"):
        assert Diagnosis.objects.get().state == DiagnosisState.FINISHED


def test_what_cannot_be_read_stays_where_it_was_typed(world: World, jan: Client, file: Participation):
    with world.scope("cis", "jan"):
        row = made.begun(world, file)
    answer = jan.post(
        address("diagnosis_fill", row.pk, "second"),
        {"a_years": "sto", "a_ended": "31.02.2020", "a_wish": "Mieć psa.", "a_search": "never"},
    )
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Wpisz liczbę, na przykład 3 albo 1250,50." in text
    for typed in ('value="sto"', 'value="31.02.2020"', "Mieć psa."):
        assert typed in text
    with world.scope("cis", "jan"):
        row.refresh_from_db()
        assert row.answers == {}


def test_the_earlier_answer_stands_beside_the_question(world: World, jan: Client, file: Participation):
    with world.scope("cis", "jan"):
        made.finished(world, file, TODAY - timedelta(days=100), roof=1)
        row = made.begun(world, file)
    text = page(jan, "diagnosis_fill", row.pk, "first")
    assert "12.08.2026: raczej nie" in text
    assert text.count(" checked") == text.count('value="" id="id_a_')  # nothing is answered for them


def test_a_finished_diagnosis_has_no_way_back(world: World, jan: Client, file: Participation):
    with world.scope("cis", "jan"):
        row = made.finished(world, file)
    for name, args in (
        ("diagnosis_fill", (row.pk, "first")),
        ("diagnosis_finish", (row.pk,)),
        ("diagnosis_drop", (row.pk,)),
    ):
        assert jan.get(address(name, *args)).status_code == 404
        assert jan.post(address(name, *args)).status_code == 404


def test_diagnoses_are_compared(world: World, jan: Client, file: Participation):
    with world.scope("cis", "jan"):
        rows = [made.finished(world, file, TODAY - timedelta(days=100 - roof), roof=roof) for roof in (0, 4)]
    assert "Porównaj" in page(jan, "diagnosis_list", file.pk)
    assert "Porównaj" in page(jan, "diagnosis_show", rows[0].pk)
    text = page(jan, "diagnosis_compare", file.pk, ankieta="small")
    tab = f'<a href="{address("diagnosis_list", file.pk)}" aria-current="page">Diagnoza</a>'
    assert tab in text.split('aria-label="Karta uczestnika"', 1)[1].split("</nav>", 1)[0]
    assert "<svg" in text
    assert "+50" in text
    one = page(jan, "diagnosis_compare", file.pk, ankieta="small", d=str(rows[0].pk))
    assert "Zaznacz od dwóch do czterech" in one
    assert "Nie ma jeszcze czego porównać" in page(jan, "diagnosis_compare", file.pk, ankieta="general")


def test_what_was_begun_is_dropped(world: World, jan: Client, file: Participation):
    with world.scope("cis", "jan"):
        row = made.begun(world, file)
    assert "Dokończ: Mała ankieta" in page(jan, "diagnosis_list", file.pk)
    assert jan.post(address("diagnosis_drop", row.pk)).url == address("diagnosis_list", file.pk)
    with world.scope("cis", "jan"):
        assert not Diagnosis.objects.exists()


def test_the_paper_of_a_diagnosis(world: World, jan: Client, file: Participation):
    with world.scope("cis", "jan"):
        row = made.finished(world, file)
    answer = jan.get(address("diagnosis_print", row.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"


def test_an_opinion_from_draft_to_signature(world: World, jan: Client, file: Participation):
    form = address("specialist_opinion_add", file.pk)
    answer = jan.post(form, {"kind": "", "held_on": "jutro?", "text": "Spokojny.", "advice": ""})
    assert answer.status_code == 422
    assert "Spokojny." in answer.content.decode()
    answer = jan.post(
        form, {"kind": "social_worker", "held_on": "19.11.2026", "text": "Spokojny.", "confidential": "on"}
    )
    with world.scope("cis", "jan"):
        row = SpecialistOpinion.objects.get()
    assert answer.url == address("specialist_opinion_show", row.pk)
    assert "Podpisz" in page(jan, "specialist_opinion_show", row.pk)
    jan.post(address("specialist_opinion_sign", row.pk))
    text = page(jan, "specialist_opinion_show", row.pk)
    assert "Opinia poufna." in text
    assert "Poza autorem i opiekunem nikt." in text


def test_who_is_not_in_the_team_starts_nothing(world: World, file: Participation):
    client = Client()
    sign_in(client, world.people["olga"], world.cis.pk)
    assert "Diagnozy czyta zespół osoby." in page(client, "diagnosis_list", file.pk)
    for name in ("diagnosis_start", "specialist_opinion_add"):
        assert client.get(address(name, file.pk)).status_code == 404


def test_another_unit_finds_nothing(world: World, file: Participation):
    with world.scope("cis", "jan"):
        row = made.begun(world, file)
        opinion = made.opinion(world, file, confidential=False)
        survey = DiagnosisTemplate.objects.get()
    client = Client()
    sign_in(client, world.people["bozena"], world.kis.pk)
    for name, args in (
        ("diagnosis_list", (file.pk,)),
        ("diagnosis_start", (file.pk,)),
        ("diagnosis_show", (row.pk,)),
        ("diagnosis_fill", (row.pk, "first")),
        ("specialist_opinion_show", (opinion.pk,)),
        ("specialist_opinion_print", (opinion.pk,)),
        ("template_version", (survey.pk,)),
        ("template_show", ("small",)),
    ):
        assert client.get(address(name, *args)).status_code == 404
        assert client.post(address(name, *args)).status_code in {404, 405}


def test_a_survey_is_changed_by_forms(world: World, anna: Client, file: Participation):
    assert "Mała ankieta" in page(anna, "template_list")
    answer = anna.post(address("template_new_version", "small"))
    with world.scope("cis", "anna"):
        row = DiagnosisTemplate.objects.get(state=TemplateState.DRAFT)
    assert answer.url == address("template_version", row.pk)
    assert "Nic się jeszcze nie różni" in page(anna, "template_version", row.pk)

    question = {"text": "Co lubisz?", "kind": "one", "leaning": "asset", "options": "ogród = 4\nkuchnia"}
    bad = anna.post(address("template_question_add", row.pk, "first"), question | {"options": "ogród = 9"})
    assert bad.status_code == 422
    assert "waga to liczba od 0 do 4" in bad.content.decode()
    assert "ogród = 9" in bad.content.decode()
    assert anna.post(address("template_question_add", row.pk, "first"), question).status_code == 302
    anna.post(address("template_question_move", row.pk, "first", "q_1"), {"gdzie": "wyzej"})
    anna.post(
        address("template_section_add", row.pk),
        {
            "title": "Ogród",
            "new_dimension": "Zieleń",
            "text": "Sadzę drzewa.",
            "kind": "scale",
            "leaning": "asset",
        },
    )
    anna.post(address("template_section", row.pk, "first"), {"title": "Mieszkanie", "dimensions": "home"})
    anna.post(address("template_section_move", row.pk, "second"), {"gdzie": "wyzej"})
    anna.post(address("template_question_remove", row.pk, "first", "debts"))
    anna.post(address("template_heading", row.pk), {"title": "Ankieta z ogrodem", "lead": ""})

    fixed = page(anna, "template_question", row.pk, "first", "roof")
    assert "więc rodzaj zostaje" in fixed
    text = page(anna, "template_version", row.pk)
    for words in ("Co lubisz?", "Zieleń", "Mieszkanie", "Oddaj do użytku", "dodano", "usunięto"):
        assert words in text
    anna.post(address("template_publish", row.pk))
    with world.scope("cis", "anna"):
        template = surveys.newest("small")
        assert template is not None
        assert [section.key for section in template.sections] == ["second", "first", "part_1"]
        assert [one.key for one in template.sections[1].questions] == ["roof", "q_1", "health"]
    assert "wersja 2" in page(anna, "template_show", "small")


def test_an_earlier_version_is_read_and_not_changed(world: World, anna: Client, file: Participation):
    with world.scope("cis", "anna"):
        row = DiagnosisTemplate.objects.get()
    text = page(anna, "template_version", row.pk)
    assert "Dodaj pytanie" not in text
    assert anna.get(address("template_heading", row.pk)).status_code == 404
    assert anna.post(address("template_retire", row.pk)).url == address("template_list")
    assert anna.get(address("template_show", "small")).status_code == 404


def test_a_copy_begins_a_survey_of_its_own(world: World, anna: Client, file: Participation):
    answer = anna.post(address("template_copy", "skills"), {"title": "Próba w kuchni"})
    assert answer.status_code == 302
    assert "Próba w kuchni" in page(anna, "template_list")
    with world.scope("cis", "anna"):
        row = DiagnosisTemplate.objects.get(key="own_1")
    assert anna.post(address("template_drop", row.pk)).url == address("template_list")


def test_a_second_draft_is_refused_with_a_sentence(world: World, anna: Client, file: Participation):
    with world.scope("cis", "anna"):
        services.copy_template(key="small", by=world.people["anna"].pk)
    answer = anna.post(address("template_new_version", "small"), follow=True)
    assert "już powstaje" in answer.content.decode()


def test_the_settings_lead_to_the_surveys(anna: Client):
    assert "Ankiety diagnozy" in anna.get(reverse("administration:settings")).content.decode()
