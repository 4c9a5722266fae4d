"""A unit's own versions of the surveys."""

from decimal import Decimal

import pytest

from participants.diagnosis.content import Kind, Leaning, Question
from participants.diagnosis.reading import TemplateError
from participants.diagnosis.versions import Change, differences
from participants.enums import TemplateState
from participants.models import DiagnosisTemplate
from participants.queries.diagnoses import surveys
from participants.services.diagnoses import templates as services
from participants.services.diagnoses.templates import QuestionData, SectionData
from reintegration.core.errors import InputError
from tests.cast import World
from tests.participants.diagnoses import made


def scale(text: str = "Mam siłę.", **given: object) -> QuestionData:
    values = {"kind": Kind.SCALE, "leaning": Leaning.ASSET} | given
    return QuestionData(question=Question(key="", text=text, **values))


def draft(world: World, key: str = "general") -> DiagnosisTemplate:
    return services.copy_template(key=key, by=world.people["ewa"].pk)


def questions(row: DiagnosisTemplate, section: int = 0) -> list[str]:
    row.refresh_from_db()
    return [question.key for question in surveys.template_of(row).sections[section].questions]


def test_every_built_in_survey_is_in_use_from_the_first_day(unit: World):
    assert [survey.key for survey in surveys.surveys()] == [
        "general", "interests", "skills", "potential", "observation",
    ]  # fmt: skip


def test_a_copy_is_the_next_version_and_not_yet_in_use(unit: World):
    row = draft(unit)
    assert (row.version, row.state) == (2, TemplateState.DRAFT)
    assert surveys.newest("general") == surveys.builtin("general")


def test_one_version_is_made_at_a_time(unit: World):
    draft(unit)
    with pytest.raises(InputError, match="już powstaje"):
        draft(unit)


def test_what_is_published_takes_the_place_of_the_one_before(unit: World):
    row = draft(unit)
    services.set_heading(template_id=row.pk, title="Nasza ankieta", lead="")
    services.publish_template(template_id=row.pk)
    assert surveys.newest("general").title == "Nasza ankieta"
    later = draft(unit)
    services.set_heading(template_id=later.pk, title="Nasza druga", lead="")
    services.publish_template(template_id=later.pk)
    row.refresh_from_db()
    assert (row.state, later.version) == (TemplateState.RETIRED, 3)
    assert surveys.titles()["general"] == "Nasza druga"


def test_an_unchanged_copy_is_not_published(unit: World):
    row = draft(unit)
    with pytest.raises(TemplateError, match="nic się nie zmieniło"):
        services.publish_template(template_id=row.pk)


def test_a_withdrawn_version_gives_way_to_the_built_in_one(unit: World):
    row = draft(unit)
    services.set_heading(template_id=row.pk, title="Nasza ankieta", lead="")
    services.publish_template(template_id=row.pk)
    services.retire_template(template_id=row.pk)
    assert surveys.newest("general") == surveys.builtin("general")
    assert draft(unit).version == 3


def test_a_survey_of_its_own_starts_from_another(unit: World):
    row = services.copy_template(key="skills", by=unit.people["ewa"].pk, title="Próba w kuchni")
    assert (row.key, row.version) == ("own_1", 1)
    assert surveys.first_drafts() == [row]
    services.publish_template(template_id=row.pk)
    assert surveys.titles()["own_1"] == "Próba w kuchni"


def test_questions_are_added_moved_and_removed(unit: World):
    row = draft(unit)
    first = questions(row)
    services.add_question(template_id=row.pk, section="start", data=scale())
    assert questions(row) == [*first, "q_1"]
    services.move_question(template_id=row.pk, section="start", key="q_1", up=True)
    assert questions(row)[-2] == "q_1"
    services.move_question(template_id=row.pk, section="start", key=first[0], up=True)
    services.remove_question(template_id=row.pk, section="start", key=first[0])
    assert questions(row)[0] == first[1]


def test_the_differences_are_told(unit: World):
    row = draft(unit)
    services.add_question(template_id=row.pk, section="start", data=scale())
    services.remove_section(template_id=row.pk, key="household")
    row.refresh_from_db()
    found = differences(surveys.before(row), surveys.template_of(row))
    assert {one.change for one in found} == {Change.ADDED, Change.REMOVED}


def test_a_section_comes_with_its_first_question_and_its_own_dimension(unit: World):
    row = draft(unit)
    services.add_section(
        template_id=row.pk,
        data=SectionData(title="Ogród", new_dimension="Zieleń"),
        first=scale("Lubię sadzić."),
    )
    row.refresh_from_db()
    section = surveys.template_of(row).sections[-1]
    assert (section.key, section.dimensions, section.questions[0].text) == (
        "part_1", ("dim_1",), "Lubię sadzić.",
    )  # fmt: skip
    services.move_section(template_id=row.pk, key="part_1", up=True)
    services.edit_section(template_id=row.pk, key="part_1", data=SectionData(title="Sad"))
    row.refresh_from_db()
    assert surveys.template_of(row).sections[-2].title == "Sad"


def test_the_last_question_and_the_last_section_stay(unit: World):
    made.small_survey(unit)
    row = draft(unit, "small")
    services.remove_section(template_id=row.pk, key="second")
    with pytest.raises(InputError, match="jedyna część"):
        services.remove_section(template_id=row.pk, key="first")
    for key in ("roof", "debts"):
        services.remove_question(template_id=row.pk, section="first", key=key)
    with pytest.raises(InputError, match="jedyne pytanie"):
        services.remove_question(template_id=row.pk, section="first", key="health")


def test_a_question_that_was_asked_keeps_its_kind(unit: World):
    made.small_survey(unit)
    row = draft(unit, "small")
    with pytest.raises(InputError, match="rodzaj odpowiedzi zostaje"):
        services.edit_question(
            template_id=row.pk,
            section="first",
            key="roof",
            data=scale(kind=Kind.NUMBER, leaning=None, least=Decimal(0)),
        )


def test_a_choice_keeps_its_key_when_it_is_put_otherwise(unit: World):
    made.small_survey(unit)
    row = draft(unit, "small")
    services.edit_question(
        template_id=row.pk,
        section="second",
        key="search",
        data=QuestionData(
            question=Question(key="", text="Jak szukasz?", kind=Kind.ONE, leaning=Leaning.ASSET),
            options=(("bardzo często", 4), ("wcale", 0), ("nie dotyczy", None), ("czasem", 2)),
        ),
    )
    row.refresh_from_db()
    search = surveys.template_of(row).sections[1].questions[0]
    assert [(option.key, option.text) for option in search.options] == [
        ("o1", "bardzo często"), ("never", "wcale"), ("retired", "nie dotyczy"), ("o2", "czasem"),
    ]  # fmt: skip
    services.edit_question(
        template_id=row.pk,
        section="second",
        key="search",
        data=QuestionData(
            question=Question(key="", text="Jak szukasz?", kind=Kind.ONE, leaning=Leaning.ASSET),
            options=(("codziennie", 4), ("wcale", 0), ("nie dotyczy", None), ("czasem", 2)),
        ),
    )
    row.refresh_from_db()
    assert surveys.template_of(row).sections[1].questions[0].options[0].key == "o1"


def test_a_key_that_was_used_is_never_used_again(unit: World):
    row = draft(unit)
    services.add_question(template_id=row.pk, section="start", data=scale())
    services.publish_template(template_id=row.pk)
    later = draft(unit)
    services.remove_question(template_id=later.pk, section="start", key="q_1")
    services.add_question(template_id=later.pk, section="start", data=scale("Coś innego."))
    assert questions(later)[-1] == "q_2"


def test_a_version_in_use_is_not_edited(unit: World):
    row = made.small_survey(unit)
    with pytest.raises(InputError, match="się nie zmienia"):
        services.set_heading(template_id=row.pk, title="Inna", lead="")
    with pytest.raises(InputError, match="się nie zmienia"):
        services.drop_template(template_id=row.pk)


def test_a_draft_is_dropped(unit: World):
    services.drop_template(template_id=draft(unit).pk)
    assert not DiagnosisTemplate.objects.exists()


def test_several_own_surveys_stand_beside_the_built_in_ones(unit: World):
    by = unit.people["ewa"].pk
    for title in ("Kuchnia", "Ogród"):
        row = services.copy_template(key="skills", by=by, title=title)
        services.publish_template(template_id=row.pk)
    for title in ("Szycie", "Stolarnia"):
        services.copy_template(key="skills", by=by, title=title)
    draft(unit, "own_1")
    draft(unit, "own_2")
    found = surveys.surveys()
    assert [survey.template.title for survey in found[-2:]] == ["Kuchnia", "Ogród"]
    assert all(survey.draft is not None for survey in found[-2:])
    assert [row.title for row in surveys.first_drafts()] == ["Stolarnia", "Szycie"]
